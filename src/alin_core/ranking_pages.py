"""A ranking told in French or in English, in 80 columns.

No unique number of another candidature is told to a candidate: only positions are.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from alin_core.law.pages import table
from alin_core.law.sentences import wrapped
from alin_core.law.wording import (
    count_text,
    date_text,
    label,
    legible,
    number_text,
    texts,
    word,
)
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, Counted, Place, SetAside

__all__ = [
    "criterion_label",
    "first_text",
    "pair_text",
    "place_text",
    "ranking_html",
    "ranking_text",
    "reminder",
    "set_aside_text",
    "title_text",
]


#: More would fill a notebook.
_IN_HTML = 10


def pair_text(this: Place, other: Place, policy: RankingPolicy, lang: str) -> str:
    """Which of the two comes first, from the side of `this`, and the first thing that says so."""
    first = this.position < other.position
    ahead, behind = (this, other) if first else (other, this)
    by = ahead.separated_from(behind, policy)
    told = [_told(place, by, lang) for place in (ahead, behind)]
    because = _text("because", by, lang).format(ahead=told[0], behind=told[1])
    return _text("pair", "before" if first else "after", lang).format(
        this=number_text(this.position, lang),
        other=number_text(other.position, lang),
        because=because,
    )


def _told(place: Place, by: str, lang: str) -> str:
    """What a place has of the thing that separates."""
    if by == "tier":
        return word("ranked_tier", place.tier or "UNKNOWN", lang)
    if by == "points":
        return count_text("points", place.score, lang)
    return _lodged(place.candidate, lang)


def place_text(
    place: Place,
    neighbours: Iterable[Place],
    offer: str,
    count: int,
    policy: RankingPolicy,
    lang: str,
) -> str:
    """A position among all, what it is made of, what separates from the neighbours."""
    head = _text("place", "position", lang).format(
        position=number_text(place.position, lang),
        count=number_text(count, lang),
        offer=legible(offer),
        rules=_rules(policy, lang),
    )
    parts = [_text("place", "lodged", lang).format(lodged=_lodged(place.candidate, lang))]
    if policy.criteria:
        parts.insert(0, count_text("points", place.score, lang))
    if policy.tiers:
        parts.insert(0, word("own_tier", place.tier or "UNKNOWN", lang))
    counts = _text("place", "counts", lang).format(parts=_text("place", "and", lang).join(parts))
    lines = [wrapped(f"  - {_line(line, policy, lang)}", indent="    ") for line in place.breakdown]
    pairs = [wrapped(pair_text(place, other, policy, lang)) for other in neighbours]
    return "\n".join([wrapped(head), wrapped(counts), *lines, *pairs, "", reminder(lang)])


def set_aside_text(aside: SetAside, offer: str, policy: RankingPolicy, lang: str) -> str:
    """Why a candidature has no position, and the reminder."""
    head = _text("place", "set_aside", lang).format(
        offer=legible(offer), rules=_rules(policy, lang), reason=_reason(aside, lang)
    )
    return f"{wrapped(head)}\n\n{reminder(lang)}"


def ranking_text(
    offer: str,
    policy: RankingPolicy,
    draw_key: str,
    count: int,
    places: Sequence[Place],
    set_aside: Sequence[SetAside],
    lang: str,
) -> str:
    """Every place in a table, those set aside with the reason, how to do the draw again."""
    page = texts(lang)["ranking"]["page"]
    key, source = legible(draw_key), legible(policy.source)
    draw = page["draw"].format(key=key, source=source, fingerprint=policy.fingerprint)
    parts = [wrapped(title_text(offer, policy, count, lang))]
    if len(places) < count:
        parts.append(wrapped(page["first"].format(first=number_text(len(places), lang))))
    if places:
        parts.append("\n".join(_rows(places, policy, lang)))
    if set_aside:
        rows = [wrapped(f"  - {row}", indent="    ") for row in _aside_rows(set_aside, lang)]
        parts.append("\n".join([page["set_aside"], *rows]))
    return "\n\n".join([*parts, wrapped(draw), reminder(lang)])


def ranking_html(
    offer: str,
    policy: RankingPolicy,
    count: int,
    places: Sequence[Place],
    set_aside: Sequence[SetAside],
    lang: str,
) -> str:
    """The first places and what they are made of, for a notebook; no unique number is in it."""
    # Here, so that only a notebook loads it.
    from alin_core.law.html import table_html

    columns = _columns(policy, "points", "breakdown")
    rows = [
        [_cell(column, place, policy, lang) for column in columns] for place in places[:_IN_HTML]
    ]
    notes = [count_text("set_aside", len(set_aside), lang)] if set_aside else []
    return table_html(
        " ".join([title_text(offer, policy, count, lang), *first_text(len(rows), count, lang)]),
        rows,
        head=[word("column", column, lang) for column in columns if rows],
        notes=[*notes, reminder(lang)],
    )


def _columns(policy: RankingPolicy, *made_of: str) -> tuple[str, ...]:
    """Those that the policy looks at."""
    tier = ("tier",) if policy.tiers else ()
    return ("position", *tier, *(made_of if policy.criteria else ()), "lodged_on")


def _cell(column: str, place: Place, policy: RankingPolicy, lang: str) -> str:
    if column == "number":
        return str(place.candidate.unique_number)
    if column == "position":
        return number_text(place.position, lang)
    if column == "tier":
        return word("short_tier", place.tier or "UNKNOWN", lang)
    if column == "points":
        return number_text(place.score, lang)
    if column == "lodged_on":
        return _lodged(place.candidate, lang)
    return _text("place", "and", lang).join(
        f"{criterion_label(line.code, policy, lang)} {number_text(line.points, lang)}"
        for line in place.breakdown
        if line.points
    )


def first_text(first: int, count: int, lang: str) -> list[str]:
    """That these are not all; nothing where they are."""
    if first == count:
        return []
    told = {"first": number_text(first, lang), "count": number_text(count, lang)}
    return [_text("page", "shown", lang).format_map(told)]


def title_text(offer: str, policy: RankingPolicy, count: int, lang: str) -> str:
    """Which offer, how many are ranked, and by which policy."""
    return _text("page", "title", lang).format(
        offer=legible(offer), count=count_text("ranked", count, lang), rules=_rules(policy, lang)
    )


def reminder(lang: str) -> str:
    """Whose terms rule, and who decides."""
    terms, caleol = label("help.terms_of_use"), label("name.commission", "short")
    return wrapped(_text("place", "reminder", lang).format(terms=terms, caleol=caleol))


def _rows(places: Iterable[Place], policy: RankingPolicy, lang: str) -> list[str]:
    columns = ("number", *_columns(policy, "points"))
    head = [word("column", column, lang) for column in columns]
    return table(
        [head, *([_cell(column, place, policy, lang) for column in columns] for place in places)]
    )


def _aside_rows(set_aside: Iterable[SetAside], lang: str) -> Iterator[str]:
    for aside in set_aside:
        number = aside.candidate.unique_number
        who = _text("page", "nobody", lang) if number is None else str(number)
        yield _text("place", "line", lang).format(label=who, points=_reason(aside, lang))


def _rules(policy: RankingPolicy, lang: str) -> str:
    official = word("official", "yes" if policy.official else "no", lang)
    return _text("place", "policy", lang).format(
        policy=legible(policy.name), version=legible(policy.version), official=official
    )


def _line(line: Counted, policy: RankingPolicy, lang: str) -> str:
    note = None if line.reason is None else word("counted", line.reason, lang)
    return _text("place", "line" if note is None else "noted", lang).format(
        label=criterion_label(line.code, policy, lang),
        points=count_text("points", line.points, lang),
        note=note,
    )


def criterion_label(code: str, policy: RankingPolicy, lang: str) -> str:
    """How the policy names a criterion; one that it does not have bears its code."""
    labels = {each.code: (each.label_fr, each.label_en) for each in policy.criteria}
    in_french, in_english = labels.get(code, (code, code))
    return legible(in_french if lang == "fr" else in_english)


def _reason(aside: SetAside, lang: str) -> str:
    return _text("reason", aside.reason, lang).format(
        verdict=word("verdict", aside.candidate.outcome, lang),
        tier=word("ranked_tier", aside.candidate.tier or "UNKNOWN", lang),
    )


def _lodged(candidate: Candidate, lang: str) -> str:
    return date_text(cast(date, candidate.lodged_on), lang)


def _text(kind: str, name: str, lang: str) -> str:
    return str(texts(lang)["ranking"][kind][name])

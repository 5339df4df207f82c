"""The page of a ranking, of one candidature in it, of two of them, and of two rankings compared.

No unique number of another candidature is told to a candidate: only positions are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from alin_core.ranking import Pair, Ranking, Standing
from alin_core.ranking_moves import Comparison, Move
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, Counted, Place, SetAside
from alin_core.text.page import Block, Page, Paragraph, Table, item
from alin_core.text.wording import Words, label, legible

__all__ = ["PAGES", "criterion_label", "first_text", "reminder", "title_text"]

#: More would fill a notebook.
_IN_HTML = 10


def _ranking(ranking: Ranking, words: Words) -> Page:
    """Every place in a table, those set aside with the reason, how to do the draw again."""
    policy, places, count = ranking.policy, ranking.places, ranking.count
    title = title_text(ranking, words)
    draw = words.say(
        "ranking.page.draw",
        key=legible(ranking.draw_key),
        source=legible(policy.source),
        fingerprint=policy.fingerprint,
    )
    details: list[list[Block]] = []
    if len(places) < count:
        first = words.number(len(places))
        details.append([Paragraph(words.say("ranking.page.first", first=first))])
    if places:
        details.append([_table(places, ("number", *_columns(policy, "points")), policy, words)])
    if ranking.set_aside:
        aside = map(item, _aside_rows(ranking.set_aside, words))
        details.append([Paragraph(words.say("ranking.page.set_aside")), *aside])
    details += [[Paragraph(draw)], [Paragraph(reminder(words))]]
    shown, columns = places[:_IN_HTML], _columns(policy, "points", "breakdown")
    set_aside = len(ranking.set_aside)
    return Page(
        answer=[[Paragraph(title)]],
        details=details,
        caption=" ".join([title, *first_text(len(shown), count, words)]),
        head=[words.word("column", column) for column in columns if shown],
        rows=[[_cell(column, place, policy, words) for column in columns] for place in shown],
        notes=[*([words.count("set_aside", set_aside)] if set_aside else []), reminder(words)],
    )


def _standing(standing: Standing, words: Words) -> Page:
    """A position among all, what it is made of, what separates from the neighbours.

    Of who is set aside, the reason; always whose terms rule and who decides.
    """
    ranking, place = standing.ranking, standing.place
    policy, offer = ranking.policy, legible(ranking.offer)
    end = [Paragraph(reminder(words))]
    if isinstance(place, SetAside):
        reason, rules = _reason(place, words), _rules(policy, words)
        head = words.say("ranking.place.set_aside", offer=offer, rules=rules, reason=reason)
        return Page(answer=[[Paragraph(head)]], details=[end])
    head = words.say(
        "ranking.place.position",
        position=words.number(place.position),
        count=words.number(ranking.count),
        offer=offer,
        rules=_rules(policy, words),
    )
    parts = [words.say("ranking.place.lodged", lodged=_lodged(place.candidate, words))]
    if policy.criteria:
        parts.insert(0, words.count("points", place.score))
    if policy.tiers:
        parts.insert(0, words.word("own_tier", place.tier or "UNKNOWN"))
    counts = words.say("ranking.place.counts", parts=words.say("ranking.place.and").join(parts))
    lines = [item(_line(line, policy, words)) for line in place.breakdown]
    pairs = [Paragraph(_pair_text(place, each, policy, words)) for each in standing.neighbours]
    return Page(answer=[[Paragraph(head), Paragraph(counts), *lines, *pairs]], details=[end])


def _pair_text(this: Place, other: Place, policy: RankingPolicy, words: Words) -> str:
    """Which of the two comes first, from the side of `this`, and the first thing that says so."""
    first = this.position < other.position
    ahead, behind = (this, other) if first else (other, this)
    by = ahead.separated_from(behind, policy)
    return words.say(
        "ranking.pair.before" if first else "ranking.pair.after",
        this=words.number(this.position),
        other=words.number(other.position),
        because=words.say(
            f"ranking.because.{by}",
            ahead=_separating(ahead, by, words),
            behind=_separating(behind, by, words),
        ),
    )


def _separating(place: Place, by: str, words: Words) -> str:
    """What a place has of the thing that separates."""
    if by == "tier":
        return words.word("ranked_tier", place.tier or "UNKNOWN")
    if by == "points":
        return words.count("points", place.score)
    return _lodged(place.candidate, words)


def _table(
    places: Iterable[Place], columns: Sequence[str], policy: RankingPolicy, words: Words
) -> Table:
    head = [words.word("column", column) for column in columns]
    rows = ([_cell(column, place, policy, words) for column in columns] for place in places)
    return Table([head, *rows])


def _columns(policy: RankingPolicy, *made_of: str) -> tuple[str, ...]:
    """Those that the policy looks at."""
    tier = ("tier",) if policy.tiers else ()
    return ("position", *tier, *(made_of if policy.criteria else ()), "lodged_on")


def _cell(column: str, place: Place, policy: RankingPolicy, words: Words) -> str:
    if column == "number":
        return str(place.candidate.unique_number)
    if column == "position":
        return words.number(place.position)
    if column == "tier":
        return words.word("short_tier", place.tier or "UNKNOWN")
    if column == "points":
        return words.number(place.score)
    if column == "lodged_on":
        return _lodged(place.candidate, words)
    return words.say("ranking.place.and").join(
        f"{criterion_label(line.code, policy, words)} {words.number(line.points)}"
        for line in place.breakdown
        if line.points
    )


def first_text(first: int, count: int, words: Words) -> list[str]:
    """Return that these are not all; nothing where they are."""
    if first == count:
        return []
    return [words.say("ranking.page.shown", first=words.number(first), count=words.number(count))]


def title_text(ranking: Ranking, words: Words) -> str:
    """Return which offer, how many are ranked, and by which policy."""
    return words.say(
        "ranking.page.title",
        offer=legible(ranking.offer),
        count=words.count("ranked", ranking.count),
        rules=_rules(ranking.policy, words),
    )


def reminder(words: Words) -> str:
    """Return whose terms rule, and who decides."""
    terms, caleol = label("help.terms_of_use"), label("name.commission", "short")
    return words.say("ranking.place.reminder", terms=terms, caleol=caleol)


def _aside_rows(set_aside: Iterable[SetAside], words: Words) -> Iterator[str]:
    for aside in set_aside:
        number = aside.candidate.unique_number
        who = words.say("ranking.page.nobody") if number is None else str(number)
        yield words.say("ranking.place.line", label=who, points=_reason(aside, words))


def _rules(policy: RankingPolicy, words: Words) -> str:
    return words.say(
        "ranking.place.policy",
        policy=legible(policy.name),
        version=legible(policy.version),
        official=words.word("official", "yes" if policy.official else "no"),
    )


def _line(line: Counted, policy: RankingPolicy, words: Words) -> str:
    note = None if line.reason is None else words.word("counted", line.reason)
    return words.say(
        "ranking.place.line" if note is None else "ranking.place.noted",
        label=criterion_label(line.code, policy, words),
        points=words.count("points", line.points),
        note=note,
    )


def criterion_label(code: str, policy: RankingPolicy, words: Words) -> str:
    """Return how the policy names a criterion; one that it does not have bears its code."""
    labels = {each.code: each.label[words.lang] for each in policy.criteria}
    return legible(labels.get(code, code))


def _reason(aside: SetAside, words: Words) -> str:
    return words.say(
        f"ranking.reason.{aside.reason}",
        verdict=words.word("verdict", aside.candidate.outcome),
        tier=words.word("ranked_tier", aside.candidate.tier or "UNKNOWN"),
    )


def _lodged(candidate: Candidate, words: Words) -> str:
    return words.day(cast(date, candidate.lodged_on))


def _move(move: Move, words: Words) -> Page:
    """How one candidature moved and how many made it move, then whose terms rule."""
    comparison = move.comparison
    before, after = comparison.before, comparison.after
    said = [_moved(move, words)]
    for name, those, other in (
        ("ahead", move.newly_ahead, before),
        ("gone", move.no_longer_ahead, after),
    ):
        if those:
            known = {each.number for each in other.ranked}
            alone = sum(each.number not in known for each in those)
            figures = {"number": words.number(len(those)), "alone": words.number(alone)}
            said.append(words.say(f"ranking.move.{name}", **figures))
    said += _what_else_changed(comparison, words)
    if move.strong_drop:
        times, cancel = words.number(comparison.strong_drop), label("label.cancel_candidature")
        said.append(words.say("ranking.move.strong", times=times, cancel=cancel))
    return Page(answer=[[*map(Paragraph, said)]], details=[[Paragraph(reminder(words))]])


def _comparison(comparison: Comparison, words: Words) -> Page:
    """How many moved, each with both positions; as of a ranking, no number is in a notebook."""
    moves = [(each, comparison[each]) for each in comparison.moved]
    nowhere = words.say("ranking.compared.nowhere")
    rows = [
        [nowhere if at is None else words.number(at) for at in (move.before, move.after)]
        for _, move in moves
    ]
    columns = [words.word("change", name) for name in ("before", "after")]
    number = words.word("column", "number")
    named = [[str(each.unique_number), *row] for (each, _), row in zip(moves, rows, strict=True)]
    moved = words.count("moved", len(moves))
    offer = legible(comparison.after.offer)
    title = words.say("ranking.compared.title", offer=offer, moved=moved)
    others = _what_else_changed(comparison, words)
    return Page(
        answer=[[*map(Paragraph, (title, *others))]],
        details=[
            *([[Table([[number, *columns], *named])]] if rows else []),
            [Paragraph(reminder(words))],
        ],
        caption=" ".join((title, *others)),
        head=columns if rows else (),
        rows=rows[:_IN_HTML],
        notes=[*first_text(min(len(rows), _IN_HTML), len(rows), words), reminder(words)],
    )


def _what_else_changed(comparison: Comparison, words: Words) -> list[str]:
    """Moves then come from the rules too, and not from people alone."""
    before, after = comparison.before, comparison.after
    policy = [words.say("ranking.move.policy")] if before.policy != after.policy else []
    key = [words.say("ranking.move.key")] if before.draw_key != after.draw_key else []
    return [*policy, *key]


def _moved(move: Move, words: Words) -> str:
    comparison = move.comparison
    figures = {
        "before": move.before,
        "after": move.after,
        "before_count": comparison.before.count,
        "after_count": comparison.after.count,
    }
    known = {name: words.number(value) for name, value in figures.items() if value is not None}
    if move.before is None:
        name = "entered"
    elif move.after is None:
        name = "left"
    else:
        name = "same" if move.before == move.after else "moved"
    return words.say(f"ranking.move.{name}", offer=legible(comparison.after.offer), **known)


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {
    Comparison: _comparison,
    Move: _move,
    Pair: lambda pair, words: Page(
        answer=[[Paragraph(_pair_text(pair.this, pair.other, pair.policy, words))]]
    ),
    Ranking: _ranking,
    Standing: _standing,
}

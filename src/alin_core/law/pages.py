"""Verdicts and ceilings laid out in 80 columns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_lowercase

from alin_core.law.catalogue import rule
from alin_core.law.findings import BORDERLINE, Finding
from alin_core.law.rulebook import Rulebook
from alin_core.law.sentences import mark_words, sentence, tier_sentence, wrapped
from alin_core.law.tables import CeilingEdition, Cell
from alin_core.law.wording import (
    count_text,
    date_text,
    euros_text,
    legible,
    number_text,
    texts,
    word,
)
from alin_core.law.zones import Zone
from alin_core.values.housing import Offer

__all__ = [
    "ceilings_text",
    "changed_fields",
    "cut",
    "hypothesis_text",
    "offer_text",
    "offer_words",
    "priority_text",
    "summary_text",
    "table",
]

_WIDTH = 80
_GAP = "  "
#: The rules that a verdict applies.
_OF_A_VERDICT = (
    "typology",
    "household-category",
    "income-ceiling",
    "zone",
    "affordability",
    "legal-priority",
    "company-priority",
)
#: One column for each of the three findings, in their order.
_COLUMNS = ("income-ceiling", "size", "affordability")


def offer_text(
    offer: Offer,
    on: date,
    outcome: str,
    findings: Iterable[Finding],
    remedies: Iterable[str],
    lang: str,
) -> str:
    """One offer, the verdict, each rule, and the remedies, on lines of 80 columns."""
    head = texts(lang)["head"]
    verdict = head["verdict"].format(on=date_text(on, lang), verdict=word("verdict", outcome, lang))
    parts = [wrapped(" · ".join(offer_words(offer, lang)), indent="  "), wrapped(verdict)]
    for finding in findings:
        title = finding.rule.title_fr if lang == "fr" else finding.rule.title_en
        told = word("outcome", finding.outcome, lang).lower()
        name = head["finding"].format(title=title[:1].upper() + title[1:], outcome=told)
        parts += [f"\n{name}", _block(sentence(finding, lang))]
    proposed = [_block(remedy, "- ") for remedy in remedies]
    return "\n".join([*parts, *([f"\n{head['remedies']}", *proposed] if proposed else [])])


def priority_text(findings: Iterable[Finding], tier: str | None, lang: str) -> str:
    """Where the candidature would stand, and why, on lines of 80 columns."""
    told = [sentence(finding, lang) for finding in findings]
    blocks = [_block(text) for text in (tier_sentence(tier, lang), *told)]
    return "\n".join([texts(lang)["head"]["priority"], *blocks])


def hypothesis_text(rulebook: Rulebook, lang: str) -> list[str]:
    """Which figures of a verdict are those of a reform; nothing where none is."""
    if rulebook == Rulebook.standard():  # before the catalogue is read
        return []
    changed = changed_fields(
        rulebook, (name for one in _OF_A_VERDICT for name in rule(one).parameters)
    )
    told: str = texts(lang)["page"]["hypothesis"]
    return [told.format(changed=changed)] if changed else []


def changed_fields(rulebook: Rulebook, names: Iterable[str]) -> str:
    """Those of the fields that a reform has changed, in one line; empty where none is."""
    standard = Rulebook.standard()
    changed = {name for name in names if getattr(rulebook, name) != getattr(standard, name)}
    return ", ".join(sorted(changed))


def _block(text: str, bullet: str = "") -> str:
    return wrapped(f"  {bullet}{text}", indent=" " * (2 + len(bullet)))


def offer_words(offer: Offer, lang: str) -> list[str]:
    """What an offer is known by: reference, typology, norm, rent, commune, lessor."""
    head, rent = texts(lang)["head"], offer.rent
    full = rent.including_charges
    amount = euros_text(rent.base if full is None else full, lang)
    return [
        legible(offer.reference),
        str(offer.typology),
        head["no_norm"] if offer.norm is None else offer.norm.value,
        head["base" if full is None else "rent"].format(rent=amount),
        head["commune"].format(commune=offer.commune),
        *([] if offer.lessor is None else [legible(offer.lessor)]),
        *([] if offer.available else [head["gone"]]),
    ]


def summary_text(
    rows: Sequence[tuple[Offer, str, Sequence[Finding]]], fitting: int, on: date, lang: str
) -> str:
    """The offers at a glance: each with its outcome, its findings, and how many fit."""
    summary = texts(lang)["summary"]
    # Those that fit come first, and the borderline ones are told apart.
    near = sum(outcome == BORDERLINE for _, outcome, _ in rows[:fitting])
    apart = summary["all_near" if near == fitting else "near"] if near else ""
    title = summary["title"].format(
        offers=count_text("offers", len(rows), lang),
        on=date_text(on, lang),
        fitting=count_text("fitting", fitting, lang) + apart.format(near=number_text(near, lang)),
    )
    columns = ("reference", "typology", "rent", "norm", *_COLUMNS, "verdict")
    head = [word("column", column, lang) for column in columns]
    lines = [_summary_row(*row, lang) for row in rows]
    return "\n".join([wrapped(title), "", *table([head, *lines]), "", wrapped(summary["legend"])])


def _summary_row(offer: Offer, outcome: str, findings: Sequence[Finding], lang: str) -> list[str]:
    summary, rent = texts(lang)["summary"], offer.rent.including_charges
    base = summary["from"].format(rent=euros_text(offer.rent.base, lang))
    return [
        legible(offer.reference),
        str(offer.typology),
        base if rent is None else euros_text(rent, lang),
        "?" if offer.norm is None else offer.norm.value,
        *(word("short", finding.outcome, lang) for finding in findings),
        word("verdict", outcome, lang) if offer.available else summary["gone"],
    ]


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as they need; the first is cut where the line would pass 80 columns."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    first = min(first, _WIDTH - sum(others) - len(_GAP) * len(others))
    return [
        _GAP.join(
            text.ljust(width)
            for text, width in zip((cut(row[0], first), *row[1:]), (first, *others), strict=True)
        ).rstrip()
        for row in rows
    ]


def cut(text: str, width: int) -> str:
    """The text on that width; what is too long ends in three dots.

    >>> print(cut("VILLEURBANNE-T2", 9))
    VILLEURB…
    """
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"


def ceilings_text(
    norm: str,
    on: date,
    edition: CeilingEdition,
    columns: Mapping[Zone, Sequence[Cell]],
    lang: str,
) -> str:
    """The ceilings of a day: categories 1 to 6 and the further person, each with its mark."""
    summary = texts(lang)["summary"]
    marks = dict.fromkeys(mark for column in columns.values() for _, mark in column)
    letters = dict(zip(marks, ascii_lowercase, strict=False))
    head = [word("column", name, lang) for name in ("category", *columns)]
    names = [*map(str, range(1, 7)), word("column", "further", lang)]
    rows = [
        [name, *(f"{euros_text(amount, lang):>10} {letters[mark]}" for amount, mark in cells)]
        for name, *cells in zip(names, *columns.values(), strict=True)
    ]
    source = summary["edition"].format(
        text=edition.text, in_force=date_text(edition.in_force, lang), article=edition.article
    )
    notes = [wrapped(f"{letters[mark]}  {mark_words(mark, lang)}", indent="   ") for mark in marks]
    title = summary["ceilings"].format(norm=norm, on=date_text(on, lang))
    factor = number_text(Rulebook.standard().pls_factor, lang)
    more = [wrapped(summary["pls"].format(factor=factor))] if norm == "PLS" else []
    return "\n".join([title, "", *table([head, *rows]), "", *notes, "", *more, wrapped(source)])

"""The page of what changed in the law between two days."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from alin_core.changes.between import Changes, FigureChange, Flip, TableChange
from alin_core.law.catalogue import rule
from alin_core.law.rulebook import Rulebook
from alin_core.text.page import Block, Page, Paragraph, Table, item
from alin_core.text.wording import Words
from alin_core.values.housing import RentalNorm

__all__ = ["PAGES"]

_COLUMNS = ("row", "column", "before", "after", "difference", "percent")


def _changes(changes: Changes, words: Words) -> Page:
    """Each table with its texts and the figures that changed, then the verdicts that did."""
    figures = sum(len(each.figures) for each in changes.tables)
    title = words.say(
        "changes.title",
        first=words.day(changes.first),
        last=words.day(changes.last),
        figures=words.count("figures", figures),
    )
    flips = words.count("flips", len(changes.flips))
    tried = Paragraph(words.say("changes.examples", flips=flips, tried=changes.tried))
    details = [group for table in changes.tables for group in _table(table, words)]
    if not changes.with_aid:
        details.append([Paragraph(words.say("changes.no_aid"))])
    details.append([tried, *(_flip(flip, words) for flip in changes.flips)])
    return Page(answer=[[Paragraph(title)]], details=details)


def _table(change: TableChange, words: Words) -> list[list[Block]]:
    if change.table in RentalNorm.__members__:
        title = words.say("changes.ceilings", norm=change.table)
    else:
        title = words.say("changes.aid", name=words.word("aid_table", change.table))
    lines = [
        words.say(
            "changes.amended" if text.endswith(", modifié") else "changes.text",
            text=text,
            in_force=words.day(in_force),
        )
        for in_force, text in change.texts
    ]
    if change.table == RentalNorm.PLS:
        factor = words.number(Rulebook.standard().pls_factor)
        lines.append(words.say("changes.computed", factor=factor))
    head = [words.word("change", name) for name in _COLUMNS]
    rows = [_row(figure, words) for figure in change.figures]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    # Figures stand under one another; a table sets text to the left.
    aligned = [
        [*row[:2], *(text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True))]
        for row in (head, *rows)
    ]
    return [[Paragraph(title), *map(item, lines)], [Table(aligned)]]


def _row(change: FigureChange, words: Words) -> list[str]:
    unit = f"changes.unit.{change.unit}"
    difference = _figure(change.difference, change.unit, words)
    gap = words.say(f"changes.gap.{change.unit}", figure=difference)
    percent = words.say("changes.unit.percent", figure=words.number(change.percent))
    return [
        words.word("row", change.row),
        words.word("figure", change.column),
        words.say(unit, figure=_figure(change.before, change.unit, words)),
        words.say(unit, figure=_figure(change.after, change.unit, words)),
        gap if change.difference < 0 else f"+{gap}",
        percent if change.percent < 0 else f"+{percent}",
    ]


def _figure(figure: Decimal, unit: str, words: Words) -> str:
    return words.euros(figure) if unit == "euros" else words.number(figure)


def _flip(flip: Flip, words: Words) -> Paragraph:
    offer = flip.offer
    return item(
        words.say(
            "changes.flip",
            household=words.pair(flip.household.title),
            offer=offer.reference,
            norm=offer.norm,
            rent=words.euros(offer.rent.including_charges or offer.rent.base),
            before=words.word("verdict", flip.before),
            after=words.word("verdict", flip.after),
            rules=", ".join(words.pair(rule(rule_id).title) for rule_id in flip.rules),
        )
    )


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {Changes: _changes}

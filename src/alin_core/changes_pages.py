"""What changed between two days, in 80 columns and in JSON."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from alin_core.changes.between import Changes, FigureChange, Flip, TableChange
from alin_core.exchange.unstructuring import plain_value
from alin_core.law.catalogue import rule
from alin_core.law.pages import table
from alin_core.law.rulebook import Rulebook
from alin_core.law.sentences import wrapped
from alin_core.law.wording import (
    count_text,
    date_text,
    euros_text,
    number_text,
    texts,
    typeset,
    word,
)
from alin_core.values.housing import RentalNorm

__all__ = ["changes_text", "changes_to_json"]

_COLUMNS = ("row", "column", "before", "after", "difference", "percent")


def changes_text(changes: Changes, lang: str) -> str:
    """Each table with its texts and the figures that changed, then the verdicts that did."""
    words = texts(lang)["changes"]
    figures = sum(len(each.figures) for each in changes.tables)
    title = words["title"].format(
        first=date_text(changes.first, lang),
        last=date_text(changes.last, lang),
        figures=count_text("figures", figures, lang),
    )
    flips = words["examples"].format(
        flips=count_text("flips", len(changes.flips), lang), tried=changes.tried
    )
    parts = [
        wrapped(title),
        *("\n".join(_table(each, lang)) for each in changes.tables),
        *([] if changes.with_aid else [wrapped(words["no_aid"])]),
        "\n".join([wrapped(flips), *(_flip(flip, lang) for flip in changes.flips)]),
    ]
    return "\n\n".join(parts)


def changes_to_json(changes: Changes) -> str:
    """The same as JSON: days, figures as texts, and the titles of the households in both languages.

    Keys keep one order, so that two texts compare line by line.
    """
    plain = plain_value(changes) | {
        "tables": [_plain_table(each) for each in changes.tables],
        "flips": [_plain_flip(each) for each in changes.flips],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _plain_table(change: TableChange) -> dict[str, Any]:
    return {
        "table": change.table,
        "texts": [{"in_force": day.isoformat(), "text": text} for day, text in change.texts],
        "figures": [
            plain_value(each)
            | {"difference": f"{each.difference:f}", "percent": f"{each.percent:f}"}
            for each in change.figures
        ],
    }


def _plain_flip(flip: Flip) -> dict[str, Any]:
    household = {"title_fr": flip.household.title_fr, "title_en": flip.household.title_en}
    return plain_value(flip) | {"household": household, "offer": flip.offer.reference}


def _table(change: TableChange, lang: str) -> Iterator[str]:
    words = texts(lang)["changes"]
    if change.table in RentalNorm.__members__:
        yield words["ceilings"].format(norm=change.table)
    else:
        yield words["aid"].format(name=word("aid_table", change.table, lang))
    for in_force, text in change.texts:
        told = words["amended" if text.endswith(", modifié") else "text"]
        told = told.format(text=text, in_force=date_text(in_force, lang))
        yield wrapped(f"  - {told}", indent="    ")
    if change.table == RentalNorm.PLS:
        factor = number_text(Rulebook.standard().pls_factor, lang)
        yield wrapped(f"  - {words['computed'].format(factor=factor)}", indent="    ")
    head = [word("change", name, lang) for name in _COLUMNS]
    rows = [_row(figure, lang) for figure in change.figures]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    # Figures stand under one another; `table` sets text to the left.
    aligned = [
        [*row[:2], *(text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True))]
        for row in (head, *rows)
    ]
    yield ""
    yield from table(aligned)


def _row(change: FigureChange, lang: str) -> list[str]:
    units = texts(lang)["changes"]
    gap = units["gap"][change.unit].format(figure=_figure(change.difference, change.unit, lang))
    percent = units["unit"]["percent"].format(figure=number_text(change.percent, lang))
    return [
        word("row", change.row, lang),
        word("figure", change.column, lang),
        *(
            units["unit"][change.unit].format(figure=_figure(figure, change.unit, lang))
            for figure in (change.before, change.after)
        ),
        gap if change.difference < 0 else f"+{gap}",
        percent if change.percent < 0 else f"+{percent}",
    ]


def _figure(figure: Decimal, unit: str, lang: str) -> str:
    return euros_text(figure, lang) if unit == "euros" else number_text(figure, lang)


def _flip(flip: Flip, lang: str) -> str:
    household, rules = flip.household, [rule(rule_id) for rule_id in flip.rules]
    french, offer = lang == "fr", flip.offer
    told = texts(lang)["changes"]["flip"].format(
        household=typeset(household.title_fr if french else household.title_en, lang),
        offer=offer.reference,
        norm=offer.norm,
        rent=euros_text(offer.rent.including_charges or offer.rent.base, lang),
        before=word("verdict", flip.before, lang),
        after=word("verdict", flip.after, lang),
        rules=", ".join(each.title_fr if french else each.title_en for each in rules),
    )
    return wrapped(f"  - {told}", indent="    ")

"""The page of the income ceilings of a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_lowercase

from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingEdition, Cell
from alin_core.law.zones import Zone
from alin_core.text.page import Page, Paragraph, Table
from alin_core.text.sentences import mark_words
from alin_core.text.wording import Words

__all__ = ["ceilings"]


def ceilings(
    norm: str,
    on: date,
    edition: CeilingEdition,
    columns: Mapping[Zone, Sequence[Cell]],
    words: Words,
) -> Page:
    """Return the ceilings of categories 1 to 6 and the further person, each with its mark."""
    marks = dict.fromkeys(mark for column in columns.values() for _, mark in column)
    letters = dict(zip(marks, ascii_lowercase, strict=False))
    head = [words.word("column", name) for name in ("category", *columns)]
    names = [*map(str, range(1, 7)), words.word("column", "further")]
    rows = [
        [name, *(f"{words.euros(amount):>10} {letters[mark]}" for amount, mark in cells)]
        for name, *cells in zip(names, *columns.values(), strict=True)
    ]
    notes = [Paragraph(f"{letters[mark]}  {mark_words(mark, words)}", "   ") for mark in marks]
    source = words.say(
        "summary.edition",
        text=edition.text,
        in_force=words.day(edition.in_force),
        article=edition.article,
    )
    factor = words.number(Rulebook.standard().pls_factor)
    computed = [Paragraph(words.say("summary.pls", factor=factor))] if norm == "PLS" else []
    title = words.say("summary.ceilings", norm=norm, on=words.day(on))
    return Page(
        answer=[[Paragraph(title)]],
        details=[[Table([head, *rows])], notes, [*computed, Paragraph(source)]],
    )

"""A page: what a value says, on lines of a given width or as a small table for a notebook."""

from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import field

from alin_core.frozen import frozen
from alin_core.text.html import table_html
from alin_core.text.sentences import wrapped

__all__ = ["Block", "Line", "Page", "Paragraph", "Table", "cut", "item"]

_GAP = "  "
#: A first column cut to less tells no row from another.
_LEAST = 8


@frozen
class Paragraph:
    """A text that may take several lines."""

    text: str
    #: What the lines after the first begin with.
    indent: str = ""
    #: Is a word that is longer than a line broken? Paths of a file are, words and links are not.
    breaks_words: bool = False

    def lines(self, width: int | None) -> list[str]:
        """Return the lines, of `width` columns at most; None: a single one."""
        if width is None:
            return [self.text]
        indent = self.indent[: width // 2]  # on a narrow page, the text has the other half
        return [wrapped(self.text, width, indent, breaks_words=self.breaks_words)]

    def cells(self) -> Iterator[Sequence[str]]:
        """Return one row of one cell."""
        yield (self.text.strip().removeprefix("- "),)


@frozen
class Line(Paragraph):
    """A text on a single line, cut where it is too long."""

    def lines(self, width: int | None) -> list[str]:
        """Return the line; `width` None: whole."""
        return [self.text if width is None else cut(self.text, width)]


@frozen
class Table:
    """Rows of cells, the first of them the head."""

    rows: Sequence[Sequence[str]]

    def lines(self, width: int | None) -> list[str]:
        """Return a line a row, columns as wide as they need; the first is cut to fit.

        Where nothing would be left of the first, each row is a list under its first cell.
        """
        first, *others = (max(map(len, column)) for column in zip(*self.rows, strict=True))
        if width is not None:
            room = width - sum(others) - len(_GAP) * len(others)
            if room < min(first, _LEAST):
                return self._listed(width)
            first = min(first, room)
        return [
            _GAP.join(
                text.ljust(size)
                for text, size in zip((cut(row[0], first), *row[1:]), (first, *others), strict=True)
            ).rstrip()
            for row in self.rows
        ]

    def _listed(self, width: int) -> list[str]:
        (_, *names), *rows = self.rows
        lines: list[str] = []
        for title, *cells in rows:
            lines += Line(title).lines(width)
            for name, text in zip(names, cells, strict=True):
                lines += item(f"{name}{_GAP}{text.strip()}").lines(width)
        return lines

    def cells(self) -> Iterator[Sequence[str]]:
        """Return the rows."""
        yield from self.rows


Block = Paragraph | Table


@frozen(kw_only=True)
class Page:
    """What a value says: the answer, then the details; each in groups, apart by a blank line.

    In a notebook, a table: a caption, rows and notes of their own where given, else the same texts.
    """

    answer: Sequence[Sequence[Block]]
    details: Sequence[Sequence[Block]] = ()
    caption: str | None = None
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default=())
    notes: Sequence[str] = ()

    def text(self, width: int | None = 80, *, details: bool = True) -> str:
        """Return the page as lines of text."""
        groups = (*self.answer, *self.details) if details else self.answer
        laid = ("\n".join(chain.from_iterable(b.lines(width) for b in group)) for group in groups)
        return "\n\n".join(laid)

    def html(self) -> str:
        """Return the page as a small table: no script, no colour, every text escaped."""
        if self.caption is not None:
            return table_html(self.caption, self.rows, head=self.head, notes=self.notes)
        blocks = chain(*self.answer, *self.details)
        caption, *rows = (row for block in blocks for row in block.cells())
        return table_html(" · ".join(caption), rows)


def item(text: str, bullet: str = "- ", margin: str = "  ") -> Paragraph:
    """Return an item of a list, its further lines below its text."""
    return Paragraph(f"{margin}{bullet}{text}", " " * len(margin + bullet))


def cut(text: str, width: int) -> str:
    """Return the text on that width; what is too long ends in three dots.

    >>> print(cut("VILLEURBANNE-T2", 9))
    VILLEURB…
    """
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"

"""A small table for a notebook: no script, no colour, every text escaped."""

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["table_html"]

# No colour but the reader's own: the table is then as legible on a dark page as on a light one.
_TABLE = "border-collapse:collapse;max-width:50em;color:inherit;background:transparent"
_CELL = "border:0;border-top:1px solid;padding:.2em .6em;text-align:left;vertical-align:top"


def table_html(
    caption: str,
    rows: Iterable[Sequence[str]],
    *,
    head: Sequence[str] = (),
    notes: Iterable[str] = (),
) -> str:
    """A compact table, every text escaped: its head, its rows, then notes as wide as it is.

    A row of one cell among longer ones is as wide, too.

    >>> "&lt;b&gt;" in table_html("<b>", [])
    True
    """
    listed = [*rows]
    longer = any(len(row) > 1 for row in listed)
    body = [_row("th", head)] if head else []
    body += [_wide(row[0]) if longer and len(row) == 1 else _row("td", row) for row in listed]
    body += [_wide(note) for note in notes]
    title = f'<caption style="text-align:left;color:inherit">{escape(caption)}</caption>'
    return f'<table style="{_TABLE}">{title}<tbody>{"".join(body)}</tbody></table>'


def _row(tag: str, cells: Iterable[str]) -> str:
    row = (f'<{tag} style="{_CELL}">{escape(text)}</{tag}>' for text in cells)
    return f"<tr>{''.join(row)}</tr>"


def _wide(text: str) -> str:
    return f'<tr><td colspan="9" style="{_CELL}">{escape(text)}</td></tr>'

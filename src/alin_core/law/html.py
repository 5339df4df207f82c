"""Small tables for notebooks: what `str()` says, no script, no colour, nothing of who a person is.

A verdict is laid out here; what is told elsewhere is laid out there, with `table_html`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from alin_core.law.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding
from alin_core.law.pages import offer_words
from alin_core.law.sentences import sentence
from alin_core.law.wording import date_text, texts, word
from alin_core.values.housing import Offer

__all__ = ["offer_html", "table_html"]

#: Told apart without colour.
_SIGNS = {MET: "✓", BORDERLINE: "≈", UNKNOWN: "?", NOT_MET: "✗"}
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

    >>> "&lt;b&gt;" in table_html("<b>", [])
    True
    """
    body = [_row("th", head)] if head else []
    body += [_row("td", row) for row in rows]
    body += [f'<tr><td colspan="9" style="{_CELL}">{escape(note)}</td></tr>' for note in notes]
    title = f'<caption style="text-align:left;color:inherit">{escape(caption)}</caption>'
    return f'<table style="{_TABLE}">{title}<tbody>{"".join(body)}</tbody></table>'


def _row(tag: str, cells: Iterable[str]) -> str:
    row = (f'<{tag} style="{_CELL}">{escape(text)}</{tag}>' for text in cells)
    return f"<tr>{''.join(row)}</tr>"


def offer_html(
    offer: Offer,
    on: date,
    outcome: str,
    findings: Iterable[Finding],
    caveats: Iterable[str],
    lang: str,
) -> str:
    """One offer, the verdict, each rule with its sign and its sentence, and whose word it is."""
    verdict = texts(lang)["head"]["verdict"].format(
        on=date_text(on, lang), verdict=word("verdict", outcome, lang)
    )
    rows = [
        (
            _SIGNS[finding.outcome],
            finding.rule.title_fr if lang == "fr" else finding.rule.title_en,
            word("outcome", finding.outcome, lang),
            sentence(finding, lang),
        )
        for finding in findings
    ]
    return table_html(" · ".join([*offer_words(offer, lang), verdict]), rows, notes=caveats)

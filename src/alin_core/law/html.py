"""A verdict as a small table for notebooks."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from alin_core.law.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding
from alin_core.law.pages import offer_words
from alin_core.law.sentences import outcome_word, sentence
from alin_core.law.wording import date_text, texts, word
from alin_core.values.housing import Offer

__all__ = ["offer_html", "table_html"]

#: Told apart without colour.
_SIGNS = {MET: "✓", BORDERLINE: "≈", UNKNOWN: "?", NOT_MET: "✗"}
# No colour but the reader's own: the table is then as legible on a dark page as on a light one.
_TABLE = "border-collapse:collapse;max-width:50em;color:inherit;background:transparent"
_CELL = "border:0;border-top:1px solid;padding:.2em .6em;text-align:left;vertical-align:top"


def table_html(caption: str, rows: Iterable[Sequence[str]]) -> str:
    """A compact table, every text escaped.

    >>> "&lt;b&gt;" in table_html("<b>", [])
    True
    """
    lines = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{escape(text)}</td>' for text in row) + "</tr>"
        for row in rows
    )
    head = f'<caption style="text-align:left;color:inherit">{escape(caption)}</caption>'
    return f'<table style="{_TABLE}">{head}<tbody>{lines}</tbody></table>'


def offer_html(offer: Offer, on: date, outcome: str, findings: Iterable[Finding], lang: str) -> str:
    """One offer, the verdict, and each rule with its sign and its sentence."""
    verdict = texts(lang)["head"]["verdict"].format(
        on=date_text(on, lang), verdict=word("verdict", outcome, lang)
    )
    rows = [
        (
            _SIGNS[finding.outcome],
            finding.rule.title_fr if lang == "fr" else finding.rule.title_en,
            outcome_word(finding.outcome, lang),
            sentence(finding, lang),
        )
        for finding in findings
    ]
    return table_html(" · ".join([*offer_words(offer, lang), verdict]), rows)

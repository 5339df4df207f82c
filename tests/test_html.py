"""What a notebook shows of a verdict."""

from datetime import date
from html.parser import HTMLParser

import pytest

from alin_core.eligibility import assess
from alin_core.law.html import offer_html
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources

DEMAND = Demand(household=Household.of(), resources=Resources(monthly_income=1_950))
OFFER = Offer(
    reference="<script>alert(1)</script>",
    commune="69123",
    typology="T4",
    norm="PLUS",
    rent=Rent(base=700, charges=0),
    lessor="A & B",
)
VERDICT = assess(DEMAND, OFFER, on=date(2026, 11, 23))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_texts_are_escaped() -> None:
    shown = read(VERDICT._repr_html_())
    assert shown.seen == {"table", "caption", "tbody", "tr", "td"}
    assert "<script>alert(1)</script>" in shown.text
    assert "A & B" in shown.text


def test_every_finding_has_a_sign_and_a_sentence() -> None:
    shown = read(VERDICT._repr_html_())
    assert [sign for sign in "✓≈?✗" if sign in shown.text] == ["≈", "?", "✗"]
    assert "too large" in shown.text


@pytest.mark.parametrize(("lang", "word"), [("fr", "Verdict pour un bail"), ("en", "Verdict for")])
def test_both_languages_are_shown(lang: str, word: str) -> None:
    html = offer_html(VERDICT.offer, VERDICT.on, VERDICT.outcome, VERDICT.findings, lang)
    assert word in read(html).text


def test_no_colour_is_imposed_on_a_light_or_a_dark_page() -> None:
    html = VERDICT._repr_html_()
    assert "#" not in html
    assert "color:inherit" in html
    assert len(html) < 4_000

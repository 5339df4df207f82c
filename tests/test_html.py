"""What a notebook shows of a verdict."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from attrs import evolve

from alin_core.candidature.events import Cancel, Submit, Validate
from alin_core.eligibility import assess
from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.record import Record
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN
from alin_core.text import pages
from alin_core.text.wording import Words
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from alin_core.workflow import Candidature
from tests.ranked import candidate, criterion, policy, ranked
from tests.test_rulebook import OTHER

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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for part in (dict(attrs).get("style") or "color:inherit").split(";"):
            assert re.fullmatch("[a-z-]+:[^:]+", part)
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


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_finding_has_a_sign_its_rule_its_outcome_and_a_sentence(lang: Lang) -> None:
    offers = [OFFER, evolve(OFFER, typology="T1")]
    verdicts = [assess(DEMAND, offer, on=VERDICT.on) for offer in offers]
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    signs = {MET: "✓", BORDERLINE: "≈", UNKNOWN: "?", NOT_MET: "✗"}
    assert {finding.outcome for finding in findings} == set(signs)
    rows = [
        signs[finding.outcome]
        + finding.rule.title[lang]
        + Words.of(lang).word("outcome", finding.outcome)
        + finding.explain(lang, width=None)
        for finding in findings
    ]
    shown = [read(pages.page(verdict, lang).html()).text for verdict in verdicts]
    assert "".join(rows[:3]) in shown[0]
    assert "".join(rows[3:]) in shown[1]


@pytest.mark.parametrize(("lang", "word"), [("fr", "Verdict pour un bail"), ("en", "Verdict for")])
def test_both_languages_are_shown_after_the_offer(lang: Lang, word: str) -> None:
    assert f"A & B · {word}" in read(pages.page(VERDICT, lang).html()).text


def test_the_cells_of_a_row_begin_on_the_same_line() -> None:
    cells = re.findall('<td style="([^"]*)"', VERDICT._repr_html_())
    assert {cell.split(";")[-1] for cell in cells} == {"vertical-align:top"}


def test_a_verdict_says_who_decides_and_whose_the_figures_of_a_reform_are() -> None:
    reform = evolve(VERDICT, rulebook=evolve(VERDICT.rulebook, rent_multiple="2.5", pls_factor=2))
    told = "Changed rulebook (pls_factor, rent_multiple): these figures and readings are a hypoth"
    for page in (read(reform._repr_html_()).text, " ".join(str(reform).split())):
        assert told in page
        assert "only the lessor’s commission (CALEOL) decides" in page
    for page in (read(VERDICT._repr_html_()).text, str(VERDICT)):
        assert "Changed rulebook" not in page
        assert "CALEOL" in page


#: Fields of the rulebook that no rule of a verdict reads.
ELSEWHERE = {
    "account_fields", "password_length", "password_after_nfc", "user_name_ignores_case",
    "activation_hours", "activation_last_instant", "security_code_before", "large_view",
    "demand_validity_years", "anniversary_included", "strong_drop", "common_tax_notice",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER)
def test_a_verdict_names_the_figures_of_a_reform_that_it_reads_and_no_other(name: str) -> None:
    reform = evolve(VERDICT, rulebook=evolve(VERDICT.rulebook, **{name: OTHER[name]}))
    assert (f"Changed rulebook ({name}):" in str(reform)) is (name not in ELSEWHERE)
    assert ("Changed rulebook" in str(reform)) is (name not in ELSEWHERE)


def test_no_colour_is_imposed_on_a_light_or_a_dark_page() -> None:
    html = VERDICT._repr_html_()
    assert "#" not in html
    assert "color:inherit" in html
    assert len(html) < 4_000


AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
NUMBER = "1111023000123GDPUB"
HOSTILE = "<script>alert('&')</script>\"><img src=x onerror=alert(1)>"


def submitted(offer: str) -> Submit:
    return Submit(at=AT, offer=offer, unique_number=NUMBER)


POLICY = evolve(
    policy(evolve(criterion("F", 8), label_en=HOSTILE), criterion("company", 12)), name=HOSTILE
)
RANKING = ranked(
    candidate(1, criteria={"F"}, points={"company": 7}),
    candidate(2, tier="LEGAL"),
    candidate(3, outcome="NOT_MET"),
    by=POLICY,
    offer=HOSTILE,
)
RECORD = Record([submitted("A"), Cancel(at=AT), submitted(HOSTILE), Validate(at=AT)])
ESTIMATE = estimate_housing_aid(
    rent=470,
    zone=3,
    household=HousingAidHousehold(couple=False, dependants=2),
    resources=8_000,
    on=date(2026, 11, 23),
)
SHOWN = {"ranking": RANKING, "candidature": RECORD.active, "record": RECORD, "aid": ESTIMATE}


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_shows_a_plain_table_of_escaped_text(name: str) -> None:
    html = SHOWN[name]._repr_html_()  # type: ignore[union-attr]
    shown = read(html)
    assert shown.seen <= {"table", "caption", "tbody", "tr", "th", "td"}
    assert (HOSTILE in shown.text) == (name != "aid")
    # No colour is imposed on a light or a dark page.
    assert set(re.findall('color:([^;"]*)', html)) == {"inherit"}
    assert set(re.findall('background:([^;"]*)', html)) == {"transparent"}


def test_no_text_of_a_ranking_moves_a_cursor_or_turns_the_line_round() -> None:
    turned = "A\x1b[2J\u202eB\0"
    rules = evolve(
        policy(evolve(criterion("F", 8), label_en=turned)), name=turned, version=turned, source="B"
    )
    first, aside = candidate(1, criteria={"F"}), candidate(2, outcome="NOT_MET")
    ranking = ranked(first, aside, by=rules, offer=turned, draw_key=turned)
    told = [ranking.standing(each).explain("en") for each in (first, aside)]
    for page in (ranking._repr_html_(), ranking.explain("en"), *told):
        assert "A\ufffd[2J\ufffdB\ufffd" in page
        assert {sign for sign in page if not sign.isprintable()} <= set("\n\u00a0\u202f")


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_shows_no_unique_number(name: str) -> None:
    html = SHOWN[name]._repr_html_()  # type: ignore[union-attr]
    assert "GDPUB" not in html
    assert "1111023" not in html


def test_a_ranking_shows_its_places_and_what_they_are_made_of() -> None:
    text = read(RANKING._repr_html_()).text
    assert "2 candidatures ranked" in text
    assert f"{HOSTILE} 8; company 7" in text
    assert "1 candidature not ranked." in text
    assert "binds nobody" in text
    assert "first 2 positions" not in text


def test_a_ranking_of_many_shows_ten_places() -> None:
    many = ranked(*(candidate(each) for each in range(5_000)))
    text = many._repr_html_()
    assert text.count("<tr>") == 1 + 10 + 1
    assert "The first 10 positions of 5,000." in text
    assert "Made of" not in text  # the neutral policy counts no points


def test_a_ranking_of_nobody_says_so() -> None:
    html = ranked()._repr_html_()
    assert "0 candidatures ranked" in html
    assert "<th" not in html


def test_a_candidature_shows_what_may_follow_while_it_blocks() -> None:
    active = RECORD.active
    assert active is not None
    text = read(active._repr_html_()).text
    assert "step 2 of 7" in text
    assert "What may follow" in text
    assert "Action Logement passes your file on to the lessor" in text
    assert "This is no agreement" in text
    closed = read(Candidature([submitted("A"), Cancel(at=AT)])._repr_html_()).text
    assert "it is closed" in closed
    assert "What may follow" not in closed
    assert "This is no agreement" not in closed


def test_a_record_shows_its_candidatures_the_last_one_first() -> None:
    text = read(RECORD._repr_html_()).text
    shown = read(Record(RECORD.history[:2])._repr_html_()).text
    assert "OfferStepWhere it standsA" in shown
    assert "AYou have cancelled your candidature" in shown
    assert f"{HOSTILE}2Action Logement has validated your file" in text
    assert "This is no agreement" in text
    assert "This is no agreement" not in shown
    assert text.index("validated your file") < text.index("cancelled your candidature")
    assert "Earlier" not in text
    ten, more = (
        Record([event for _ in range(times) for event in (submitted("A"), Cancel(at=AT))])
        for times in (10, 12)
    )
    assert "Earlier" not in ten._repr_html_()
    assert "Earlier ones: 2." in more._repr_html_()
    assert more._repr_html_().count("cancelled your candidature") == 10
    assert "No candidature is under way" in Record()._repr_html_()


def test_an_estimate_shows_every_step_and_its_limits() -> None:
    text = read(ESTIMATE._repr_html_()).text
    for step in ESTIMATE.steps:
        assert f"{step.label.en} ({step.text})" in text
    assert "only the CAF or the MSA" in text

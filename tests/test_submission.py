"""May a demand be submitted: its number, its documents, whether the offer stands."""

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.submission import (
    Documents,
    available_offer,
    documents_confirmed,
    documents_deposited,
    number_territory,
    number_validity,
    unique_number_held,
)
from alin_core.errors import InvalidValue, NotADate, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber, commune
from alin_core.values.resources import Resources


def demand(**known: Any) -> Demand:
    return Demand(household=Household.of(), resources=Resources(), **known)


class TestValidity:
    """CCH R441-2-7: one year from the deposit, or from the last renewal."""

    @pytest.mark.parametrize(
        ("lodged", "renewed", "on", "outcome", "margin"),
        [
            (date(2025, 11, 23), None, date(2026, 11, 22), Outcome.MET, 1),
            (date(2025, 11, 23), None, date(2026, 11, 23), Outcome.MET, 0),
            (date(2025, 11, 23), date(2025, 11, 23), date(2026, 11, 24), Outcome.NOT_MET, -1),
            (date(2020, 1, 1), date(2025, 11, 23), date(2026, 11, 23), Outcome.MET, 0),
            (date(2020, 1, 1), date(2025, 11, 23), date(2026, 11, 24), Outcome.NOT_MET, -1),
            (None, date(2025, 11, 23), date(2026, 11, 23), Outcome.MET, 0),
            (date(2024, 2, 29), None, date(2025, 2, 28), Outcome.MET, 0),
            (None, date(2024, 2, 29), date(2025, 3, 1), Outcome.NOT_MET, -1),
            (date(2023, 2, 28), None, date(2024, 2, 28), Outcome.MET, 0),
            (None, date(2023, 2, 28), date(2024, 2, 29), Outcome.NOT_MET, -1),
            (date(2026, 11, 23), None, date(2026, 11, 23), Outcome.MET, 365),
            # A renewal that comes later.
            (date(2026, 1, 1), date(2026, 12, 1), date(2026, 11, 30), Outcome.MET, 32),
            (date(2025, 1, 1), date(2026, 12, 1), date(2026, 12, 1), Outcome.MET, 365),
        ],
    )
    def test_its_last_day(
        self, lodged: date | None, renewed: date | None, on: date, outcome: Outcome, margin: int
    ) -> None:
        finding = number_validity(demand(lodged_on=lodged, renewed_on=renewed), on=on)
        assert (finding.outcome, finding.margin) == (outcome, margin)

    @pytest.mark.parametrize("renewed", [None, date(2026, 12, 1)])
    def test_past_the_first_year_a_renewal_may_have_come_that_is_not_told(
        self, renewed: date | None
    ) -> None:
        lodged = demand(lodged_on=date(2025, 1, 1), renewed_on=renewed)
        unknown = Finding("number-validity", Outcome.UNKNOWN, missing=("renewed_on",))
        assert number_validity(lodged, on=date(2026, 1, 1)).outcome is Outcome.MET
        assert number_validity(lodged, on=date(2026, 1, 2)) == unknown
        assert number_validity(lodged, on=date(2026, 11, 30)) == unknown

    @pytest.mark.parametrize(
        ("lodged", "on", "outcome", "last"),
        [
            (date(9998, 12, 30), date.max, Outcome.NOT_MET, date(9999, 12, 30)),
            (date(9998, 12, 31), date.max, Outcome.MET, date.max),
            (date(9999, 1, 1), date.max, Outcome.MET, date.max),
            (date(9999, 6, 1), date.max, Outcome.MET, date.max),
        ],
    )
    def test_a_year_that_ends_after_the_last_day_of_all_covers_every_day(
        self, lodged: date, on: date, outcome: Outcome, last: date
    ) -> None:
        told = demand(lodged_on=lodged, renewed_on=lodged)
        finding = number_validity(told, on=on)
        assert (finding.outcome, finding.fact("valid_until")) == (outcome, last)
        strict = evolve(Rulebook.standard(), anniversary_included=False)
        ends = lodged.year == 9999
        strictly = number_validity(demand(lodged_on=lodged), on=on, rulebook=strict)
        assert (strictly.outcome is Outcome.MET) is ends

    def test_it_begins_with_the_deposit(self) -> None:
        finding = number_validity(demand(lodged_on=date(2026, 11, 23)), on=date(2026, 11, 22))
        assert (finding.rule_id, finding.outcome) == ("number-validity", Outcome.NOT_MET)
        assert finding.reason == "not lodged"
        assert finding.fact("from") == date(2026, 11, 23)

    @pytest.mark.parametrize("renewed", [None, date(2026, 11, 24)])
    def test_an_unknown_deposit_leaves_it_open(self, renewed: date | None) -> None:
        finding = number_validity(demand(renewed_on=renewed), on=date(2026, 11, 23))
        missing = ("lodged_on", "renewed_on")
        assert finding == Finding("number-validity", Outcome.UNKNOWN, missing=missing)

    def test_a_datetime_is_no_day(self) -> None:
        with pytest.raises(NotADate, match="on: "):
            number_validity(demand(lodged_on=date(2026, 1, 1)), on=datetime(2026, 11, 23))  # noqa: DTZ001

    def test_a_reform_of_its_length(self) -> None:
        longer = evolve(Rulebook.standard(), demand_validity_years=2)
        lodged = demand(lodged_on=date(2020, 1, 1), renewed_on=date(2024, 11, 23))
        assert number_validity(lodged, on=date(2026, 11, 23)).outcome is Outcome.NOT_MET
        finding = number_validity(lodged, on=date(2026, 11, 23), rulebook=longer)
        assert (finding.outcome, finding.fact("valid_until")) == (Outcome.MET, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("number", "where", "outcome"),
    [
        ("059102300012359900", "59350", Outcome.MET),
        ("059102300012359900", "94041", Outcome.BORDERLINE),
        ("059102300012359900", "97411", Outcome.BORDERLINE),
        ("02A102300012359900", "2A004", Outcome.MET),
        ("02A102300012359900", "2B033", Outcome.BORDERLINE),
        ("111102300012359900", "75113", Outcome.MET),
        ("111102300012359900", "94041", Outcome.MET),
        ("111102300012359900", "60057", Outcome.BORDERLINE),
        ("132102300012359900", "59350", Outcome.UNKNOWN),
        ("974102300012359900", "97411", Outcome.UNKNOWN),
        # No department of metropolitan France bears these.
        ("097102300012359900", "97411", Outcome.UNKNOWN),
        ("020102300012359900", "2A004", Outcome.UNKNOWN),
        ("096102300012359900", "94041", Outcome.UNKNOWN),
        ("000102300012359900", "94041", Outcome.UNKNOWN),
        ("0AB102300012359900", "94041", Outcome.UNKNOWN),
        ("001102300012359900", "01004", Outcome.MET),
        ("019102300012359900", "19031", Outcome.MET),
        ("021102300012359900", "21231", Outcome.MET),
        ("029102300012359900", "29019", Outcome.MET),
        ("02B102300012359900", "2B033", Outcome.MET),
        ("030102300012359900", "30189", Outcome.MET),
        ("089102300012359900", "89024", Outcome.MET),
        ("090102300012359900", "90010", Outcome.MET),
        ("095102300012359900", "95127", Outcome.MET),
    ],
)
def test_a_number_has_its_territory(number: str, where: str, outcome: Outcome) -> None:
    assert number_territory(UniqueNumber(number), commune(where)).outcome is outcome


def test_no_number_has_no_territory() -> None:
    nothing: Any = None
    with pytest.raises(InvalidValue, match=r"^number: None is refused; give the unique number"):
        number_territory(nothing, commune("59350"))


def test_nothing_is_read_from_an_opaque_number() -> None:
    finding = number_territory(OpaqueNumber("059102300012359900"), commune("59350"))
    assert finding == Finding("number-territory", Outcome.UNKNOWN, reason="unread territory")


def test_a_number_is_needed() -> None:
    assert unique_number_held(demand()).outcome is Outcome.NOT_MET
    assert unique_number_held(demand(unique_number=OpaqueNumber("97-1"))).outcome is Outcome.MET


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("deposited", [True, False, None])
def test_confirmed_and_deposited_are_two_facts(confirmed: bool, deposited: bool | None) -> None:
    documents = Documents(confirmed=confirmed, deposited=deposited)
    outcomes = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}
    assert documents_confirmed(documents).outcome is outcomes[confirmed]
    finding = documents_deposited(documents)
    assert finding.outcome is outcomes[deposited]
    assert finding.missing == (("documents.deposited",) if deposited is None else ())


@pytest.mark.parametrize(
    "facts",
    [{"confirmed": None, "deposited": True}, {"confirmed": 1, "deposited": True},
     {"confirmed": True, "deposited": "all"}],
)  # fmt: skip
def test_a_fact_about_documents_is_true_or_false(facts: Any) -> None:
    with pytest.raises(WrongType):
        Documents(**facts)


def test_each_fact_about_documents_is_named_where_it_is_given() -> None:
    documents: Any = Documents
    with pytest.raises(TypeError):
        documents(True, False)


@pytest.mark.parametrize("available", [True, False])
def test_an_offer_stands_or_is_gone(available: bool) -> None:
    offer = Offer(
        reference="A", commune="94041", typology="T2", rent=Rent(base=1), available=available
    )
    assert available_offer(offer).outcome is (Outcome.MET if available else Outcome.NOT_MET)


def test_without_the_anniversary_the_last_day_is_the_one_before() -> None:
    reform = evolve(Rulebook.standard(), anniversary_included=False)
    lodged = demand(renewed_on=date(2025, 6, 10))
    for day, outcome in ((9, Outcome.MET), (10, Outcome.NOT_MET)):
        finding = number_validity(lodged, on=date(2026, 6, day), rulebook=reform)
        assert finding.outcome is outcome

"""An argument of a wrong type is told with its name, its type and what is expected."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest
from attrs import evolve

import alin_core as alin
from alin_core import eligibility
from alin_core.candidature import submission
from alin_core.candidature.events import (
    Decide,
    FailCondition,
    Invalidate,
    NotifyAward,
    PassOver,
    Submit,
    Validate,
)
from alin_core.changes.between import changes_between
from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.exchange import dossier as dossiers
from alin_core.exchange import ranking as ranking_json
from alin_core.exchange.replay import verify
from alin_core.housing_aid.affordability import aid_for
from alin_core.housing_aid.tables import aid_editions
from alin_core.law.catalogue import Rule, rule
from alin_core.law.guide import Statement
from alin_core.law.tables import CeilingEdition, CeilingTable
from alin_core.law.zones import is_in_ile_de_france
from alin_core.matching import group_of
from alin_core.national_xml.resources import household_tax_income
from alin_core.ranking import Pair, Standing
from alin_core.ranking_moves import Move
from alin_core.record import Submission
from alin_core.registration import codes, company, forms, identity, sharing, update
from alin_core.rules.findings import Finding
from alin_core.rules.income_ceiling import ceiling_column
from alin_core.rules.priority import legal_priority, priority_of
from alin_core.standing.score import Place, counted
from alin_core.text.registration import how_to_modify
from alin_core.values.arguments import explained

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DEMAND = alin.Demand(
    household=alin.Household.of(adults=1, dependants=1),
    resources=alin.Resources(reference_tax_income={2024: 31_000}, monthly_income=2_450),
    employment=alin.Employment(alin.Employer(siret="35600000000048")),
    unique_number="0751023000123GDPUB",
    lodged_on=date(2026, 10, 1),
    email="ada@example.org",
    data_sharing="IDENTITY",
)
OFFER = alin.Offer(
    reference="A", commune="94041", typology="T3", norm="PLUS", rent=alin.Rent(base=600, charges=85)
)
VERDICT = alin.assess(DEMAND, OFFER, on=ON)
HOUSEHOLD, LAW = DEMAND.household, alin.Rulebook.standard()
ONE, OTHER = (
    alin.Candidate(outcome="MET", tier="OTHER", unique_number=f"07510230001{n}GDPUB", lodged_on=ON)
    for n in (23, 24)
)
POLICY = alin.RankingPolicy.neutral()
RANKING = alin.rank([ONE, OTHER], POLICY, offer="A", draw_key="k")
COMPANY = alin.Company(siret="35600000000048", code="LP")
ADA = alin.Identity(surname="Lovelace", first_name="Ada", birth_date=date(1990, 5, 2))
ESTIMATE = alin.estimate_housing_aid(
    rent=500,
    zone=1,
    household=alin.HousingAidHousehold(couple=False, dependants=1),
    resources=12_000,
    on=ON,
)
ATTACHED = company.check_attachment(DEMAND, COMPANY, code="LP")
DOCUMENTS = alin.Documents(confirmed=True, deposited=True)
SUBMIT = Submit(at=AT, offer="A", unique_number="0751023000123GDPUB")
NORM, ZONE = alin.RentalNorm.PLUS, alin.Zone.ILE_DE_FRANCE
SECURITY_CODE = codes.SecurityCode.of(DEMAND, "0")
SENT = codes.ActivationCode.of(DEMAND, "0123", issued_at=AT)


def _every_demand(source: bytes) -> list[object]:
    return list(alin.read_demands(source))


#: Each public function with arguments that it takes, of which one at a time is then wrong.
CALLS: list[tuple[Callable[..., object], Mapping[str, Any]]] = [
    (alin.assess, {"demand": DEMAND, "offer": OFFER, "on": ON, "rulebook": LAW}),
    (alin.Assessment, {"demand": DEMAND, "offer": OFFER, "on": ON, "rulebook": LAW}),
    (alin.matching_offers, {"demand": DEMAND, "offers": [OFFER], "on": ON, "rulebook": LAW}),
    (VERDICT.explain, {"lang": "fr", "width": 80, "details": True}),
    (VERDICT.__getitem__, {"rule_id": "typology"}),
    (group_of, {"assessment": VERDICT}),
    (
        eligibility.affordability,
        {"monthly_income": 1, "rent": OFFER.rent, "housing_aid": 1, "rulebook": LAW},
    ),
    (eligibility.company_priority, {"employment": DEMAND.employment, "rulebook": LAW}),
    (eligibility.household_category, {"household": HOUSEHOLD, "on": ON, "rulebook": LAW}),
    (
        eligibility.income_ceiling,
        {
            "norm": NORM,
            "zone": ZONE,
            "category": eligibility.household_category(HOUSEHOLD, on=ON),
            "on": ON,
            "rulebook": LAW,
        },
    ),
    (ceiling_column, {"norm": NORM, "zone": ZONE, "on": ON}),
    (LAW.plus.on(ON).cell, {"zone": ZONE, "row": 0}),
    (eligibility.suitable_typologies, {"persons": 2, "rulebook": LAW}),
    (eligibility.typology_fit, {"persons": 2, "typology": OFFER.typology, "rulebook": LAW}),
    (
        eligibility.within_income_ceiling,
        {
            "household": HOUSEHOLD,
            "resources": DEMAND.resources,
            "norm": NORM,
            "zone": ZONE,
            "on": ON,
            "rulebook": LAW,
        },
    ),
    (aid_for, {"demand": DEMAND, "offer": OFFER, "on": ON}),
    (alin.estimate_for, {"demand": DEMAND, "offer": OFFER, "on": ON}),
    (
        alin.estimate_housing_aid,
        {
            "rent": 500,
            "zone": 1,
            "household": alin.HousingAidHousehold(couple=False, dependants=1),
            "resources": 12_000,
            "on": ON,
        },
    ),
    (alin.rank, {"candidates": [ONE], "policy": POLICY, "offer": "A", "draw_key": "k", "first": 1}),
    (alin.compare, {"before": RANKING, "after": RANKING, "rulebook": LAW}),
    (alin.compare(RANKING, RANKING).__getitem__, {"candidate": ONE}),
    (alin.Candidate.of, {"demand": DEMAND, "assessment": VERDICT}),
    (counted, {"candidate": ONE, "policy": POLICY}),
    (RANKING.__getitem__, {"who": ONE}),
    (RANKING.standing, {"candidate": ONE}),
    (RANKING.between, {"one": ONE, "other": OTHER}),
    (ranking_json.ranking_to_json, {"ranking": RANKING}),
    (ranking_json.read_ranking, {"text": "{}"}),
    (dossiers.read_offers, {"text": "{}"}),
    (dossiers.read_candidature, {"text": "{}"}),
    (dossiers.read_record, {"text": "{}"}),
    (alin.read_dossier, {"text": "{}"}),
    (_every_demand, {"source": b""}),
    (alin.to_json, {"value": VERDICT}),
    (verify, {"text": "{}"}),
    (changes_between, {"first": ON, "last": ON}),
    (
        alin.check_password,
        {"password": "a", "confirmation": "a", "user_name": "b", "rulebook": LAW},
    ),
    (alin.company_view, {"demand": DEMAND}),
    (codes.check_activation_code, {"code": SENT, "entered": "0", "at": AT, "rulebook": LAW}),
    (codes.check_security_code, {"sent": [SECURITY_CODE], "entered": "0"}),
    (codes.number_validation, {"created_on_alin": ON, "validated": False, "rulebook": LAW}),
    (codes.SecurityCode.of, {"demand": DEMAND, "text": "0"}),
    (codes.ActivationCode.of, {"demand": DEMAND, "text": "0", "issued_at": AT}),
    (company.check_attachment, {"demand": DEMAND, "company": COMPANY, "code": "LP"}),
    (company.company_access, {"company": COMPANY}),
    (company.company_benefit, {"choice": alin.DataSharing.IDENTITY, "attachment": ATTACHED}),
    (forms.account_form, {"entered": {}, "consent": True, "rulebook": LAW}),
    (forms.import_request, {"demand": DEMAND}),
    (
        forms.mini_form,
        {"confirmed": True, "choice": alin.DataSharing.IDENTITY, "attachment": ATTACHED},
    ),
    (identity.check_identity, {"entered": ADA, "attached": ADA}),
    (identity.comparable_name, {"name": "Ada"}),
    (sharing.visible_fields, {"choice": alin.DataSharing.LARGE_VIEW, "rulebook": LAW}),
    (update.updated, {"old": DEMAND, "new": DEMAND}),
    (how_to_modify, {"lang": "fr"}),
    (submission.available_offer, {"offer": OFFER}),
    (submission.documents_confirmed, {"documents": DOCUMENTS}),
    (submission.documents_deposited, {"documents": DOCUMENTS}),
    (submission.number_territory, {"number": DEMAND.unique_number, "commune": OFFER.commune}),
    (submission.number_validity, {"demand": DEMAND, "on": ON, "rulebook": LAW}),
    (submission.unique_number_held, {"demand": DEMAND}),
    (alin.Candidature([SUBMIT]).after, {"event": SUBMIT}),
    (alin.Record().after, {"event": SUBMIT}),
    (
        alin.Record().submit,
        {
            "demand": DEMAND,
            "offer": OFFER,
            "at": AT,
            "assessment": VERDICT,
            "documents": DOCUMENTS,
        },
    ),
    (alin.Journey().after, {"event": "SUBMIT_FORM", "finding": ATTACHED}),
    (
        alin.Record().switch,
        {
            "demand": DEMAND,
            "offer": OFFER,
            "at": AT,
            "assessment": VERDICT,
            "documents": DOCUMENTS,
        },
    ),
    (legal_priority, {"grounds": []}),
    (priority_of, {"demand": DEMAND, "rulebook": LAW}),
    (LAW.scaled_ceilings, {"factor": "1.1"}),
    (LAW.plus.on, {"day": ON}),
    (ESTIMATE.__getitem__, {"symbol": "A"}),
    (sharing.manager, {"choice": alin.DataSharing.IDENTITY}),
    (sharing.points_possible, {"choice": alin.DataSharing.IDENTITY}),
    (sharing.company_helps_with_documents, {"choice": alin.DataSharing.IDENTITY}),
    (rule, {"rule_id": "typology"}),
    (aid_editions, {"table": "taper"}),
    (alin.Household.of, {"adults": 1, "couple": False, "dependants": 0, "unborn": 0}),
    (alin.Typology.parse, {"text": "T3"}),
    (alin.Person(birth_date=ON).age, {"on": ON}),
    (HOUSEHOLD.born_by, {"on": ON}),
]


class Stranger:
    """A value of a type that no function of the library knows."""


def wrong_values(right: object) -> Iterator[object]:
    yield from (Stranger(), [Stranger()], object, b"\xff")
    if not isinstance(right, alin.Demand):
        yield DEMAND


def each_argument() -> Iterator[Any]:
    for function, given in CALLS:
        for name in given:
            label = f"{getattr(function, '__qualname__', function)}({name})"
            yield pytest.param(function, given, name, id=label)


@pytest.mark.parametrize(("function", "given", "name"), list(each_argument()))
def test_an_argument_of_a_wrong_type_is_an_error_of_the_library(
    function: Callable[..., object], given: Mapping[str, Any], name: str
) -> None:
    for wrong in wrong_values(given[name]):
        with pytest.raises(AlinError) as caught:
            function(**{**given, name: wrong})
        assert "Stranger object at" not in str(caught.value)


@pytest.mark.parametrize(
    ("function", "given", "name", "told"),
    [
        (*CALLS[0], "demand", "demand: a value of type Stranger is refused; give Demand"),
        (*CALLS[0], "offer", "offer: a value of type Stranger is refused; give Offer"),
        (*CALLS[0], "rulebook", "rulebook: a value of type Stranger is refused; give Rulebook | "
         "None"),
        (*CALLS[1], "offer", "offer: a value of type Stranger is refused; give Offer"),
        (*CALLS[2], "offers", "offers: a value of type Stranger is refused; give Iterable[Offer]"),
    ],
)  # fmt: skip
def test_the_error_says_the_name_the_type_and_what_to_give(
    function: Callable[..., object], given: Mapping[str, Any], name: str, told: str
) -> None:
    with pytest.raises(WrongType) as caught:
        function(**{**given, name: Stranger()})
    assert str(caught.value) == told
    assert caught.value.found is Stranger


#: Each function with an argument that is a member of an enumeration, and its name.
MEMBERS = [
    pytest.param(function, given, name, id=f"{getattr(function, '__qualname__', function)}({name})")
    for function, given in CALLS
    for name, value in given.items()
    if isinstance(value, Enum)
]


@pytest.mark.parametrize(("function", "given", "name"), MEMBERS)
def test_a_text_stands_for_its_member_or_is_refused(
    function: Callable[..., object], given: Mapping[str, Any], name: str
) -> None:
    for one in type(given[name]):
        answers = []
        for told in (one, one.value, one.value.lower()):
            try:
                answers.append(function(**{**given, name: told}))
            except AlinError as error:
                answers.append(str(error))
        assert answers == answers[:1] * 3
    with pytest.raises(InvalidValue, match="'XX' is refused; give one of"):
        function(**{**given, name: "XX"})


#: Values of several fields, which nobody should have to count.
BY_NAME: list[Any] = [
    alin.Demand, alin.Offer, alin.Rent, alin.Household, alin.Person, alin.Resources, alin.Employer,
    alin.Identity, alin.Documents, alin.Company, codes.ActivationCode, codes.SecurityCode,
    alin.Candidate, alin.Criterion, alin.RankingPolicy, alin.Ranking, Place, Standing, Pair, Move,
    Rule, Statement,
    Submit, Invalidate, Decide, NotifyAward, FailCondition, PassOver, Validate,
    CeilingEdition, CeilingTable, alin.Rulebook,
]  # fmt: skip


@pytest.mark.parametrize("kind", BY_NAME, ids=lambda kind: kind.__name__)
def test_each_field_of_a_value_is_named_where_it_is_given(kind: Any) -> None:
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        kind(None)


@pytest.mark.parametrize(("value", "given", "name"), [
    (alin.Assessment, {"demand": DEMAND, "offer": OFFER, "on": ON, "rulebook": LAW}, "findings"),
    (alin.Household, {"applicant": alin.Person()}, "adults"),
    (alin.Household, {"applicant": alin.Person()}, "persons"),
    (alin.Household, {"applicant": alin.Person()}, "disabled_resident"),
    (alin.Household, {"applicant": alin.Person()}, "latest_birth"),
    (alin.Rent, {"base": 500}, "including_charges"),
    (alin.Candidature, {"history": [SUBMIT]}, "led_by"),
    (alin.Record, {"history": [SUBMIT]}, "candidatures"),
    (
        CeilingTable,
        {"norm": NORM, "text": "", "editions": LAW.plus.editions, "checked_until": ON},
        "starts",
    ),
])  # fmt: skip
def test_what_follows_from_the_fields_is_neither_given_nor_shown(
    value: Any, given: dict[str, Any], name: str
) -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        value(**given, **{name: None})
    assert f"{name}=" not in repr(value(**given))


#: What iterates as the right thing would, and does not say the same.
MISTAKEN: dict[str, tuple[Callable[[Any], object], Any, str]] = {
    "a set has no last code": (
        lambda sent: codes.check_security_code(sent, "0"), {SECURITY_CODE},
        "sent: a value of type set is refused; give the codes in the order they were sent",
    ),
    "a set has no first event": (
        alin.Candidature, frozenset([SUBMIT]),
        "history: a value of type frozenset is refused; give the events in their order",
    ),
    **{
        f"a {type(numbers).__name__} holds numbers": (
            alin.Record, numbers,
            f"history: a value of type {type(numbers).__name__} is refused; "
            "give the events in their order",
        )
        for numbers in (b"", bytearray(), memoryview(b""))
    },
    "a set has no first tier": (
        lambda tiers: evolve(POLICY, tiers=tiers), {"LEGAL", "OTHER"},
        "tiers: a value of type set is refused; give a list, first to last",
    ),
    "a set has no first priority": (
        lambda order: evolve(LAW, priority_order=order), {"LEGAL", "COMPANY"},
        "priority_order: a value of type set is refused; give a tuple",
    ),
    "a set has no first step": (
        alin.Journey, {"SUBMIT_FORM"},
        "history: a value of type set is refused; give the events in their order",
    ),
    "a set of criteria has no order": (
        lambda criteria: evolve(POLICY, criteria=criteria), frozenset(),
        "criteria: a value of type frozenset is refused; give a list in its order",
    ),
    "a no is not told from a yes": (
        lambda grounds: evolve(DEMAND, priority_grounds=grounds), {"DALO": False},
        "priority_grounds: a value of type dict is refused; give a set of PriorityGround",
    ),
    "a criterion that is not met": (
        lambda met: evolve(ONE, criteria=met), {"F": False},
        "criteria: a value of type dict is refused; give a set of codes",
    ),
    "a criterion that is not proved": (
        lambda proved: evolve(ONE, proved=proved), {"F": False},
        "proved: a value of type dict is refused; give a set of codes",
    ),
    "a text that says no": (
        lambda asked: alin.matching_offers(DEMAND, [], on=ON, estimate_aid=asked), "false",
        "estimate_aid: a value of type str is refused; give bool",
    ),
    "another text that says no": (
        lambda joint: household_tax_income({}, joint=joint), "no",
        "joint: a value of type str is refused; give bool",
    ),
    "the table of another norm": (
        lambda table: evolve(LAW, plus=table), LAW.plai, "give the CeilingTable of PLUS",
    ),
    "the table of the other norm": (
        lambda table: evolve(LAW, plai=table), LAW.plus, "give the CeilingTable of PLAI",
    ),
    "the row before the first": (
        lambda row: aid_editions("rent_ceiling")[0].by_family(False, row), -1,
        "dependants: -1 is refused; give 0 to 9999",
    ),
    "a row that is a yes": (
        lambda row: LAW.plus.on(ON).cell(ZONE, row), True,
        "row: a value of type bool is refused; give int",
    ),
    "the company's points in other letters": (
        lambda code: alin.Criterion(code=code, label_fr="a", label_en="a", points=1), "Company",
        "code: 'Company' is refused; give company for the company's points",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKEN)
def test_what_does_not_say_what_it_seems_to_is_refused(name: str) -> None:
    call, given, told = MISTAKEN[name]
    with pytest.raises(AlinError, match=f"{re.escape(told)}$"):
        call(given)


def test_a_heading_may_be_called_as_the_company_is() -> None:
    given: dict[str, Any] = {"label_fr": "a", "label_en": "a", "points": 1, "group": "Company"}
    assert alin.Criterion(code="F", **given).group == "Company"


def test_a_commune_is_read_alike_by_every_rule() -> None:
    corsican, regional = "02A042300012359900", "111042300012359900"
    for number, told, due in ((corsican, "2a004", "2A004"), (regional, " 94041", "94041")):
        found: list[Any] = [
            submission.number_territory(alin.UniqueNumber(number), where)  # type: ignore[arg-type]
            for where in (told, due)
        ]
        assert found[0] == found[1]
        assert found[0].outcome == "MET"
    assert is_in_ile_de_france(" 94041")  # type: ignore[arg-type]


def test_an_outcome_given_as_text_decides_as_its_member() -> None:
    apart = Finding("company-attachment", "NOT_MET", reason="wrong code")  # type: ignore[arg-type]
    assert company.company_benefit("LARGE_VIEW", apart).outcome == "NOT_MET"
    assert Submission(alin.Record(), (apart,)).refusals == (apart,)


def test_a_number_lodged_in_the_last_year_there_is_stays_valid() -> None:
    last = evolve(DEMAND, lodged_on=date.max)
    assert submission.number_validity(last, on=date.max).outcome == "MET"


def test_a_text_is_no_list_of_candidates() -> None:
    with pytest.raises(WrongType, match="sent: a value of type str is refused"):
        codes.check_security_code("0123", "0123")  # type: ignore[arg-type]


def test_an_argument_that_is_missing_is_told_as_python_does() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'offers'"):
        alin.matching_offers(DEMAND, on=ON)  # type: ignore[call-arg]


def test_a_fault_of_our_own_is_not_blamed_on_the_caller() -> None:
    @explained
    def faulty(number: int, later: "Stranger") -> int:
        raise AttributeError(f"{number} {later}")

    with pytest.raises(AttributeError, match="1 Stranger"):
        faulty(1, "Stranger")  # type: ignore[arg-type]


def test_an_iterator_is_left_alone() -> None:
    offers = iter([OFFER, Stranger()])
    with pytest.raises(WrongType, match="offer: a value of type Stranger"):
        alin.matching_offers(DEMAND, offers, on=ON)  # type: ignore[arg-type]

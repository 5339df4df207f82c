"""Every boundary case of the catalogue gives what the catalogue says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.events import (
    Accept,
    AskDocuments,
    Cancel,
    Contact,
    Decide,
    Event,
    FailCondition,
    Invalidate,
    Lapse,
    MeetCondition,
    NotifyAward,
    NotifyCondition,
    NotifyRank,
    NotifyRefusal,
    PassOver,
    Promote,
    Sign,
    Submit,
    Transmit,
    Validate,
    Visit,
    Withdraw,
)
from alin_core.candidature.rulings import Refusal
from alin_core.candidature.submission import (
    Documents,
    available_offer,
    documents_confirmed,
    documents_deposited,
    number_territory,
    number_validity,
    unique_number_held,
)
from alin_core.eligibility import assess
from alin_core.errors import AlinError
from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.law.catalogue import Rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone, zone_of
from alin_core.national_xml.resources import household_tax_income
from alin_core.ranking_moves import compare
from alin_core.record import Record
from alin_core.registration.codes import (
    ActivationCode,
    SecurityCode,
    check_activation_code,
    check_security_code,
    number_validation,
)
from alin_core.registration.company import (
    Company,
    check_attachment,
    company_access,
    company_benefit,
)
from alin_core.registration.forms import account_form, import_request, mini_form
from alin_core.registration.identity import check_identity
from alin_core.registration.journey import ForbiddenStep, Journey
from alin_core.registration.password import check_password
from alin_core.registration.sharing import visible_fields
from alin_core.registration.update import updated
from alin_core.rules.affordability import affordability
from alin_core.rules.findings import Finding
from alin_core.rules.household_category import household_category
from alin_core.rules.income_ceiling import within_income_ceiling
from alin_core.rules.priority import company_priority, legal_priority
from alin_core.rules.typology import typology_fit
from alin_core.standing.score import Candidate, Place
from alin_core.values.demand import Demand, Identity
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology
from alin_core.values.identifiers import Commune, OpaqueNumber, UniqueNumber
from alin_core.values.resources import Resources
from alin_core.workflow import Candidature
from tests.ranked import candidate, criterion, policy, ranked

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER = timedelta(microseconds=1)
ADA = "Ada.Lovelace1@example.org"

# --- the household and the dwelling


def fits(persons: int, rooms: int) -> str:
    return typology_fit(persons, Typology(rooms)).outcome


def expecting(rooms: int) -> str:
    demand = Demand(household=evolve(Household.of(), unborn=1), resources=Resources())
    dwelling = evolve(OFFER, typology=Typology(rooms))
    return assess(demand, dwelling, on=ON)["typology"].outcome


def aged(age: int, *, disabled: bool = False) -> Person:
    return Person(birth_date=date(2026 - age, 1, 1), disabled=disabled)


def household(*ages: int, dependants: int = 0, disabled: bool = False, **more: Any) -> Household:
    persons = [aged(age, disabled=disabled) for age in ages]
    return Household(
        applicant=persons[0],
        partner=persons[1] if persons[1:] else None,
        dependants=(Person(),) * dependants,
        **more,
    )


def category(*ages: int, **more: Any) -> str:
    return str(household_category(household(*ages, **more), on=ON).number)


def further(*ages: int, **more: Any) -> str:
    found = household_category(household(*ages, **more), on=ON)
    assert found.number == 6
    return str(found.further_persons)


def income(tax: dict[int, str], norm: RentalNorm = RentalNorm.PLUS) -> str:
    resources = Resources(reference_tax_income=tax)
    zone = Zone.OTHER_REGIONS
    return within_income_ceiling(Household.of(), resources, norm, zone, on=ON).outcome


def rent(monthly_income: str) -> str:
    return affordability(monthly_income, Rent(base=600, charges=100)).outcome


def company(sector: str | None, headcount: str) -> str:
    known = None if sector is None else Sector(sector)
    return company_priority(Employment(Employer(sector=known, headcount=headcount))).outcome


# --- registration

FORM = {"surname": "Byron", "first_name": "Ada", "birth_date": date(1990, 5, 2), "email": ADA}
COMPANY = Company(siret="35600000000048", code="LA-POSTE")
DEMAND = Demand(
    unique_number="111 10 23 000123 GDPUB",
    lodged_on=date(2025, 11, 23),
    household=Household.of(),
    resources=Resources(reference_tax_income={2024: 20_000}, monthly_income=2_000),
    employment=Employment(Employer(siret="35600000000048")),
    email=ADA,
)
ATTACHED = check_attachment(DEMAND, COMPANY, code="LA-POSTE")
LE_GOFF = Identity(surname="LE GOFF", first_name="Élise", birth_date=date(1990, 5, 2))


def step(history: list[str], event: str, finding: Finding | None = None) -> str:
    try:
        return Journey(history).after(event, finding).state
    except ForbiddenStep:
        return "REFUSED"


TO_DASHBOARD = [
    "HAS_ACCOUNT", "LOG_IN", "REQUEST_IMPORT", "ENTER_ACTIVATION_CODE", "VERIFY_MINI_FORM"
]  # fmt: skip


def without(name: str) -> dict[str, Any]:
    return {held: value for held, value in FORM.items() if held != name}


def password(text: str, confirmation: str | None = None) -> str:
    return check_password(text, confirmation or text, user_name=ADA).outcome


def activation(entered: str, age: timedelta) -> str:
    code = ActivationCode(text="012345", issued_at=AT, sent_to=ADA)
    return check_activation_code(code, entered, at=AT + age).outcome


def security(entered: str, *sent: str) -> str:
    return check_security_code(
        [SecurityCode(text=text, sent_to=ADA) for text in sent], entered
    ).outcome


def form(attachment: Finding, choice: str | None = "IDENTITY") -> str:
    return mini_form(confirmed=True, choice=choice, attachment=attachment).outcome


def identity(**other: Any) -> str:
    return check_identity(evolve(LE_GOFF, **other), LE_GOFF).outcome


CREATED = evolve(DEMAND, renewed_on=date(2026, 9, 1), created_on_alin=date(2019, 1, 1))


def update(**other: Any) -> str:
    return updated(DEMAND, evolve(DEMAND, **other)).outcome


# --- a candidature


def leads(*events: Event) -> str:
    """The state after those events, or REFUSED: an event is refused at birth or in its place."""
    try:
        return Candidature(events).state
    except AlinError:
        return "REFUSED"


def born(make: Callable[[], Event], *before: Event) -> str:
    try:
        return leads(*before, make())
    except AlinError:
        return "REFUSED"


REFUSAL = Refusal("OTHERS_FIRST")
LAST_DAY = date(2026, 12, 3)
SUBMIT = Submit(at=AT, offer="IVRY-T2", unique_number="111 10 23 000123 GDPUB")
VALIDATED = (SUBMIT, Validate(at=AT))
GIVEN = (*VALIDATED, Transmit(at=AT))
AWARD = NotifyAward(at=AT, answer_by=LAST_DAY)
AWARDED = (*GIVEN, Decide(at=AT, ruling="A"), AWARD)
ACCEPTED = (*AWARDED, Accept(at=AT))
LEASED = (*ACCEPTED, Sign(at=AT))
INVALIDATED = (SUBMIT, Invalidate(at=AT, refusal=REFUSAL))
INADMISSIBLE = (*GIVEN, Decide(at=AT, ruling="E", refusal=REFUSAL), NotifyRefusal(at=AT))
FIRST = (*GIVEN, Decide(at=AT, ruling="B", rank=1))
SECOND = (*GIVEN, Decide(at=AT, ruling="B", rank=2))
RANKED = (*SECOND, NotifyRank(at=AT))
CONDITIONAL = (
    *GIVEN, Decide(at=AT, ruling="C", condition="le dernier avis"), NotifyCondition(at=AT)
)  # fmt: skip
#: The last hour of the last day in Paris, and the first one of the next day.
IN_TIME = datetime(2026, 12, 3, 22, 59, tzinfo=UTC)
TOO_LATE = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)

OFFER = Offer(
    reference="IVRY-T2",
    commune="94041",
    typology="T2",
    norm="PLUS",
    rent=Rent(base=500, charges=60),
)
LILLE = UniqueNumber("059042300012359900")


def applied(rule_id: str, record: Record | None = None, **other: Any) -> str:
    demand = evolve(DEMAND, unique_number=other.pop("number", DEMAND.unique_number))
    assessed = assess(demand, other.pop("assessed", OFFER), on=other.pop("on", ON))
    ready = Documents(confirmed=True, deposited=True)
    submission = (record or Record()).submit(
        demand, OFFER, at=AT, assessment=assessed, documents=ready
    )
    (answer,) = {each.outcome for each in submission.findings if each.rule_id == rule_id}
    return answer


def validity(lodged_on: date | None, on: date = ON, renewed_on: date | None = None) -> str:
    demand = evolve(DEMAND, lodged_on=lodged_on, renewed_on=renewed_on)
    return number_validity(demand, on=on).outcome


# --- figures


def aid(resources: int, on: date) -> str:
    one = HousingAidHousehold(couple=False, dependants=0)
    estimate = estimate_housing_aid(rent=470, zone=3, household=one, resources=resources, on=on)
    return str(estimate.before_rls)


def apart(first: dict[str, Any], second: dict[str, Any]) -> str:
    ranking = ranked(candidate(1, **first), candidate(2, **second))
    one, other = ranking.places
    return one.separated_from(other, ranking.policy)


OLD = date(2010, 1, 1)
POINTS = policy(
    criterion("F", 8, group="housing"),
    criterion("G", 5, group="housing"),
    criterion("P", 8, needs_proof=True),
    criterion("C", 10),
    criterion("company", 20),
    criterion("loss", -3),
    highest_only=["housing"],
)
SPACED = evolve(candidate(1), unique_number="111 10 23 000001 gdpub")


def aside(**known: Any) -> str:
    ranking = ranked(evolve(candidate(1), **known))
    return ranking.set_aside[0].reason if ranking.set_aside else "RANKED"


def first(one: dict[str, Any], other: dict[str, Any]) -> Place:
    return ranked(candidate(1, **one), candidate(2, **other)).places[0]


def score(**known: Any) -> str:
    return str(ranked(candidate(1, **known), by=POINTS).places[0].score)


def renewed() -> date | None:
    """The first deposit of a demand of 1 October 2023 that was renewed since."""
    lodged = evolve(DEMAND, lodged_on=date(2023, 10, 1), renewed_on=date(2026, 9, 1))
    return Candidate.of(lodged, assess(lodged, OFFER, on=ON)).lodged_on


def drawn(*candidates: Candidate, draw_key: str = "a key") -> str:
    """The order of the same two, given in another way."""
    try:
        again = ranked(*candidates, draw_key=draw_key)
    except AlinError:
        return "REFUSED"
    usual = ranked(candidate(1), candidate(2))
    numbers = ([each.number for each in ranking.ranked] for ranking in (usual, again))
    return "SAME" if len({*map(tuple, numbers)}) == 1 else "OTHER"


def fell(before: int, after: int) -> str:
    """From one place to another, as older demands come before."""
    first = [candidate(n, lodged_on=date(2021, 1, 1)) for n in range(1, before)]
    last = candidate(before)
    older = [candidate(n, lodged_on=date(2020, 1, 1)) for n in range(before + 1, after + 1)]
    move = compare(ranked(*first, last), ranked(*first, last, *older))[last]
    assert (move.before, move.after) == (before, after)
    return "STRONG" if move.strong_drop else "NOT_STRONG"


def tax_income(*, joint: bool) -> str:
    total = household_tax_income({2024: Decimal(31_000)}, {2024: None}, joint=joint)[2024]
    return "UNKNOWN" if total is None else str(total)


#: What each case of each rule gives, in the order of the catalogue.
RUNS: dict[str, Callable[[], list[str]]] = {
    "typology": lambda: [
        *(fits(1, rooms) for rooms in (1, 2, 3)),
        *(fits(persons, persons + more) for persons in (2, 3, 4) for more in (-1, 0, 1, 2)),
        *(fits(5, 4), fits(5, 5), fits(9, 7), expecting(3)),
    ],
    "household-category": lambda: [
        category(27, 28),
        category(28, 28),
        category(40, dependants=1),
        category(40, disabled=True),
        category(40, dependants=1, disabled=True),
        category(27, co_applicants=[aged(27)]),
        category(40, visiting_children=[Person()]),
        category(40, 40, unborn=1),
        further(40, dependants=5),
        further(40, 40, dependants=4, disabled=True),
        further(40, 40, dependants=5),
    ],
    "income-ceiling": lambda: [
        income({2024: "23403"}),
        income({2024: "23403.01"}),
        income({2024: "25000", 2025: "22500"}),
        income({2024: "25000", 2025: "22500.01"}),
        income({}),
        income({2024: "30424"}, RentalNorm.PLS),
        income({2024: "30424.01"}, RentalNorm.PLS),
    ],
    "zone": lambda: [
        zone_of(code, Rulebook.standard().merged_communes_keep_their_zone)
        for code in ("94041", "94046", "93059", "2A004")
    ],
    "affordability": lambda: [rent(each) for each in ("2100", "2099.99", "1890", "1889.99")],
    "legal-priority": lambda: [legal_priority({"F"}).outcome, legal_priority(()).outcome],
    "company-priority": lambda: [
        company("PRIVATE", "9.99"),
        company("PRIVATE", "10"),
        company("AGRICULTURAL", "49.99"),
        company("AGRICULTURAL", "50"),
        company(None, "60"),
        company("PUBLIC", "5000"),
    ],
    "journey": lambda: [
        step(TO_DASHBOARD, "CONFIRM_DOCUMENTS"),
        step(TO_DASHBOARD[:2], "CONFIRM_DOCUMENTS"),
        step([], "SUBMIT_FORM", account_form({}, consent=True)),
    ],
    "account-form": lambda: [
        account_form(FORM, consent=True).outcome,
        account_form(FORM, consent=False).outcome,
        account_form(FORM | {"surname": "  "}, consent=True).outcome,
        account_form(without("first_name"), consent=True).outcome,
        account_form(without("birth_date"), consent=True).outcome,
    ],
    "password": lambda: [
        *map(password, ("Abcdefg1", "Abcdef1", ADA.swapcase())),
        password("Abcdefg1\u00e9", "Abcdefg1e\u0301"),
    ],
    "import-request": lambda: [
        import_request(DEMAND).outcome,
        import_request(evolve(DEMAND, email=None)).outcome,
        import_request(evolve(DEMAND, unique_number=None)).outcome,
    ],
    "activation-code": lambda: [
        activation("012345", timedelta(hours=24)),
        activation("012345", timedelta(hours=24) + LATER),
        activation("12345", timedelta()),
    ],
    "mini-form": lambda: [
        form(ATTACHED),
        form(ATTACHED, None),
        form(check_attachment(DEMAND, COMPANY)),
        form(check_attachment(DEMAND, COMPANY, code="POSTE")),
        form(check_attachment(DEMAND, COMPANY), "ANONYMOUS"),
        form(check_attachment(DEMAND, None, code="POSTE")),
        form(check_attachment(DEMAND, None)),
    ],
    "company-attachment": lambda: [
        ATTACHED.outcome,
        check_attachment(DEMAND, COMPANY).outcome,
        check_attachment(DEMAND, evolve(COMPANY, code=None), code="LA-POSTE").outcome,
        check_attachment(DEMAND, None).outcome,
    ],
    "company-access": lambda: [
        company_access(evolve(COMPANY, access=True)).outcome,
        company_access(evolve(COMPANY, access=False, refusal="un an d’ancienneté")).outcome,
        company_access(COMPANY).outcome,
    ],
    "company-benefit": lambda: [
        company_benefit(choice, ATTACHED).outcome for choice in ("IDENTITY", "ANONYMOUS", None)
    ],
    "data-sharing": lambda: [
        str(len(visible_fields(choice)))
        for choice in ("ANONYMOUS", "IDENTITY", "LARGE_VIEW", "DELEGATED")
    ],
    "number-validation": lambda: [
        number_validation(date(2021, 4, 19)).outcome,
        number_validation(date(2021, 4, 20)).outcome,
        number_validation(date(2021, 4, 19), validated=True).outcome,
        number_validation(None).outcome,
    ],
    "security-code": lambda: [
        security("4420", "0071", "4420"), security("0071", "0071", "4420"), security("0071")
    ],
    "identity-check": lambda: [
        identity(surname="le-goff", first_name="elise"),
        identity(surname="L’Egoff"),
        identity(first_name="Élise Marie"),
        identity(birth_date=date(1990, 5, 3)),
    ],
    "update": lambda: [
        update(email="ada@example.org"),
        update(unique_number="111 10 23 000124 GDPUB"),
        update(lodged_on=date(2025, 11, 24)),
        update(lodged_on=date(2025, 11, 22)),
        updated(CREATED, evolve(CREATED, renewed_on=None)).outcome,
        updated(CREATED, evolve(CREATED, created_on_alin=date(2019, 1, 2))).outcome,
    ],
    "application": lambda: [
        leads(SUBMIT),
        born(lambda: Submit(at=AT, offer="IVRY-T2", unique_number="")),
        leads(SUBMIT, SUBMIT),
    ],
    "review": lambda: [
        leads(SUBMIT, Contact(at=AT)),
        leads(*VALIDATED),
        leads(*INVALIDATED),
        leads(*VALIDATED, *INVALIDATED[1:]),
    ],
    "transmission": lambda: [leads(*GIVEN), leads(SUBMIT, Transmit(at=AT))],
    "instruction": lambda: [
        leads(*GIVEN, *(AskDocuments(at=AT),) * 2),
        leads(*GIVEN, Visit(at=AT)),
        leads(*GIVEN, *(Visit(at=AT),) * 2),
    ],
    "commission": lambda: [
        leads(*GIVEN, Decide(at=AT, ruling="A")),
        leads(*VALIDATED, Decide(at=AT, ruling="A")),
        born(lambda: Decide(at=AT, ruling="B"), *GIVEN),
    ],
    "result": lambda: [
        leads(*FIRST, AWARD),
        leads(*SECOND, AWARD),
        leads(*RANKED),
        leads(*GIVEN, Decide(at=AT, ruling="D", refusal=REFUSAL), NotifyRefusal(at=AT)),
    ],
    "condition": lambda: [
        leads(*CONDITIONAL, MeetCondition(at=AT, answer_by=LAST_DAY)),
        born(lambda: MeetCondition(at=AT, answer_by=date(2026, 12, 2)), *CONDITIONAL),
        leads(*CONDITIONAL, FailCondition(at=AT)),
    ],
    "rank": lambda: [
        leads(*RANKED, Promote(at=AT, answer_by=LAST_DAY)),
        leads(*RANKED, PassOver(at=AT)),
        leads(*SECOND, Promote(at=AT, answer_by=LAST_DAY)),
    ],
    "answer": lambda: [
        leads(*AWARDED, Accept(at=IN_TIME)),
        leads(*AWARDED, Accept(at=TOO_LATE)),
        leads(*AWARDED, Lapse(at=IN_TIME)),
        leads(*AWARDED, Lapse(at=TOO_LATE)),
    ],
    "lease": lambda: [
        leads(*LEASED),
        leads(*AWARDED, Sign(at=AT)),
        leads(*AWARDED, *(Visit(at=AT),) * 2),
    ],
    "cancellation": lambda: [
        leads(*ACCEPTED, Cancel(at=AT)),
        leads(*LEASED, Cancel(at=AT)),
        leads(*INVALIDATED, Cancel(at=AT)),
    ],
    "withdrawal": lambda: [leads(*ACCEPTED, Withdraw(at=AT)), leads(*LEASED, Withdraw(at=AT))],
    "unique-number": lambda: [
        unique_number_held(DEMAND).outcome,
        unique_number_held(evolve(DEMAND, unique_number=None)).outcome,
    ],
    "number-validity": lambda: [
        validity(date(2025, 11, 23)),
        validity(date(2020, 1, 1), date(2026, 11, 24), renewed_on=date(2025, 11, 23)),
        validity(date(2025, 11, 23), date(2026, 11, 24)),
        validity(date(2025, 11, 23), date(2026, 11, 24), renewed_on=date(2027, 1, 1)),
        validity(None),
    ],
    "number-territory": lambda: [
        number_territory(LILLE, Commune("59350")).outcome,
        number_territory(LILLE, Commune("94041")).outcome,
        number_territory(OpaqueNumber("un ancien numéro"), Commune("94041")).outcome,
    ],
    "documents-confirmed": lambda: [
        documents_confirmed(Documents(confirmed=confirmed, deposited=True)).outcome
        for confirmed in (True, False)
    ],
    "documents-deposited": lambda: [
        documents_deposited(Documents(confirmed=True, deposited=deposited)).outcome
        for deposited in (True, False, None)
    ],
    "available-offer": lambda: [
        available_offer(OFFER).outcome, available_offer(evolve(OFFER, available=False)).outcome
    ],
    "own-assessment": lambda: [
        applied("own-assessment"),
        applied("own-assessment", on=date(2026, 11, 22)),
        applied("own-assessment", assessed=evolve(OFFER, reference="VITRY-T2")),
    ],
    "one-candidature": lambda: [
        applied("one-candidature"),
        applied("one-candidature", Record([SUBMIT])),
        applied("one-candidature", Record([SUBMIT, Cancel(at=AT)])),
    ],
    "struck-off": lambda: [
        applied("struck-off", Record(LEASED)),
        applied("struck-off", Record(LEASED), number="111 10 23 000124 GDPUB"),
        applied("struck-off", Record(INADMISSIBLE)),
    ],
    "housing-aid": lambda: [aid(0, date(2025, 10, 1)), aid(14_600, ON), aid(14_700, ON)],
    "ranking": lambda: [
        apart({"tier": "COMPANY", "lodged_on": date(2010, 1, 1)}, {"tier": "LEGAL"}),
        apart({}, {"lodged_on": date(2023, 10, 2)}),
        apart({}, {}),
    ],
    "ranking-set-aside": lambda: [
        aside(outcome="BORDERLINE"),
        aside(outcome="NOT_MET"),
        aside(unique_number=None),
        aside(lodged_on=None),
        aside(tier=None),
    ],
    "ranking-tier": lambda: [
        str(first({"tier": "COMPANY", "lodged_on": OLD}, {"tier": "LEGAL"}).tier),
        str(first({"lodged_on": OLD}, {"tier": "COMPANY"}).tier),
        apart({"tier": "LEGAL", "lodged_on": OLD}, {"tier": "LEGAL"}),
    ],
    "ranking-points": lambda: [
        score(criteria={"F"}),
        score(criteria={"P"}),
        score(criteria={"F", "G"}),
        score(points={"company": 12}, data_sharing="ANONYMOUS"),
        score(points={"company": 12}, data_sharing="IDENTITY"),
        score(points={"C": 12}),
        score(points={"loss": 2}),
        score(points={"loss": 4}),
    ],
    "ranking-seniority": lambda: [
        str(first({"lodged_on": date(2023, 10, 2)}, {}).candidate.lodged_on),
        apart({}, {}),
        str(first({"lodged_on": date(2023, 10, 2)}, {"lodged_on": renewed()}).candidate.lodged_on),
    ],
    "ranking-draw": lambda: [
        drawn(candidate(2), candidate(1)), drawn(SPACED, candidate(2)), drawn(draw_key="")
    ],
    "strong-drop": lambda: [fell(2, 4), fell(2, 3), fell(100, 199)],
    "common-tax-notice": lambda: [tax_income(joint=True), tax_income(joint=False)],
}  # fmt: skip


@pytest.mark.parametrize("row", rules(), ids=lambda row: row.id)
def test_every_boundary_case_gives_what_the_catalogue_says(row: Rule) -> None:
    given = RUNS[row.id]()
    assert [str(answer) for answer in given] == [case.gives for case in row.boundaries]


@pytest.mark.parametrize("row", rules(), ids=lambda row: row.id)
def test_the_cases_of_a_rule_stand_on_both_sides_of_an_edge(row: Rule) -> None:
    assert len({case.gives for case in row.boundaries}) > 1
    assert len({case.fr for case in row.boundaries}) == len(row.boundaries)
    assert len({case.en for case in row.boundaries}) == len(row.boundaries)

"""An UNKNOWN names every input that could change it, and no other.

No search: unknown inputs take every combination of a few values around the thresholds.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from alin_core.eligibility import Assessment, assess
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.household_category import HouseholdCategory
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.values.amounts import CENT, rounded_down
from alin_core.values.demand import Demand
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology
from alin_core.values.resources import Resources

#: By path; None: unknown. Who is absent has no path.
Inputs = Mapping[str, Any]
Values = Mapping[str, tuple[Any, ...]]

STANDARD = Rulebook.standard()
ON = date(2026, 11, 23)
SIRET = "35600000000048"
APPLICANT = "household.applicant.birth_date"
PARTNER = "household.partner.birth_date"
CO_APPLICANT = "household.co_applicants[0].birth_date"
ADULTS = (APPLICANT, PARTNER, CO_APPLICANT)
TAX_INCOME = "resources.reference_tax_income.2024"
MONTHLY_INCOME = "resources.monthly_income"
NORM = "offer.norm"
CHARGES = "offer.rent.charges"
WORK, SECOND_WORK = "employment", "co_applicant_employment"
#: Above all that is known here: for what is unknown only.
MUCH = Decimal(10**6)


def assessed(inputs: Inputs, rulebook: Rulebook) -> Assessment:
    known = inputs.get
    disabled, adults = known("disabled", False), [path for path in ADULTS if path in inputs]
    persons = {path: Person(birth_date=inputs[path], disabled=disabled) for path in adults}
    second_work = any(path.startswith(SECOND_WORK) for path in inputs)
    household = Household(
        applicant=persons.get(APPLICANT, Person()),
        partner=persons.get(PARTNER, Person() if second_work else None),
        co_applicants=[persons[CO_APPLICANT]] if CO_APPLICANT in persons else [],
        dependants=[Person()] * known("dependants", 0),
    )
    resources = Resources(
        reference_tax_income={} if known(TAX_INCOME) is None else {2024: inputs[TAX_INCOME]},
        last_twelve_months=known("last_twelve_months"),
        monthly_income=known(MONTHLY_INCOME),
        housing_aid=known("housing_aid", 0),
    )
    demand = Demand(
        household=household,
        resources=resources,
        employment=employed(inputs, WORK, None),
        co_applicant_employment=employed(inputs, SECOND_WORK, SIRET),
        attached_siret=SIRET if f"{SECOND_WORK}.employer.sector" in inputs else None,
        priority_grounds=known("grounds", ()),
    )
    rent = Rent(base=known("rent", 600), charges=known(CHARGES))
    commune, rooms = known("commune", "69123"), Typology(2)
    offer = Offer(reference="R", commune=commune, typology=rooms, norm=known(NORM), rent=rent)
    return assess(demand, offer, on=ON, rulebook=rulebook)


def employed(inputs: Inputs, path: str, siret: str | None) -> Employment | None:
    sector, headcount = f"{path}.employer.sector", f"{path}.employer.headcount"
    if sector not in inputs:
        return inputs.get(path)
    return Employment(Employer(siret=siret, sector=inputs[sector], headcount=inputs[headcount]))


def partly(inputs: Inputs, values: Values) -> Iterator[dict[str, Any]]:
    """Every way to know some of the other inputs: each is unknown, or one of its values."""
    paths = [path for path in values if path not in inputs]
    for chosen in product(*([None, *(v for v in values[path] if v != MUCH)] for path in paths)):
        yield {**inputs, **dict(zip(paths, chosen, strict=True))}


def completed(inputs: Inputs, values: Values) -> Iterator[dict[str, Any]]:
    unknown = [path for path in values if inputs[path] is None]
    for chosen in product(*(values[path] for path in unknown)):
        yield {**inputs, **dict(zip(unknown, chosen, strict=True))}


def told(finding: Finding) -> str:
    """What is told once nothing is missing: the outcome, or that no table can give one."""
    assert not finding.missing
    if finding.outcome is not Outcome.UNKNOWN:
        return finding.outcome
    assert finding.reason in ("no table", "no zone")
    return finding.reason


def check(rule_id: str, inputs: Inputs, values: Values, rulebook: Rulebook) -> None:
    """Whatever is unknown, the inputs named settle the answer, and each of them can change it."""
    findings: dict[tuple[Any, ...], Finding] = {}

    def finding(known: Inputs) -> Finding:
        key = tuple(known.values())
        if key not in findings:
            findings[key] = assessed(known, rulebook)[rule_id]
        return findings[key]

    for known in partly(inputs, values):
        missing = finding(known).missing
        answers: dict[tuple[Any, ...], str] = {}
        for complete in completed(known, values):
            named = {path: complete[path] for path in missing}
            answer = answers[tuple(named.values())] = told(finding({**known, **named}))
            assert told(finding(complete)) == answer, "an input that decides is not named"
        for place, path in enumerate(missing):
            assert changes(place, answers), f"{path} is named and changes nothing"


def changes(place: int, answers: Mapping[tuple[Any, ...], str]) -> bool:
    """Do two answers differ where all inputs but one are the same?"""
    firsts: dict[tuple[Any, ...], str] = {}
    return any(
        firsts.setdefault((*named[:place], *named[place + 1 :]), answer) != answer
        for named, answer in answers.items()
    )


def from_cent_to_cent(*amounts: Decimal) -> tuple[Decimal, ...]:
    """Each amount, cut to the cent, and the next one."""
    return tuple(rounded_down(amount) + step for amount in amounts for step in (0, CENT))


#: The first two ages sum to 55; the third is more alone.
BIRTHS = tuple(ON.replace(year=ON.year - age) for age in (0, 55, 56))
TABLED = (RentalNorm.PLAI, RentalNorm.PLUS, RentalNorm.PLS)
#: The adults, the others, and the categories that are possible.
Case = tuple[tuple[str, ...], Inputs, tuple[int, ...]]
ALONE: Case = ((APPLICANT,), {}, (1,))
COUPLE: Case = ((APPLICANT, PARTNER), {}, (2, 3))
RELATIVES: Case = ((APPLICANT, CO_APPLICANT), {}, (2, 3))
PARENTS: Case = ((APPLICANT, PARTNER), {"dependants": 1}, (3,))
DISABLED: Case = ((APPLICANT, PARTNER), {"disabled": True}, (3, 4))
CEILING_REFORMS: list[Inputs] = [
    {"income_drop": 1, "young_household_is_a_couple": False, "shifts_stack": True},
    {"income_drop": "0.9049", "alternatives_only_if_needed": True},
]


def ceilings(norm: RentalNorm, rows: tuple[int, ...]) -> list[Decimal]:
    categories, zone = map(HouseholdCategory, rows), Zone.OTHER_REGIONS
    return [income_ceiling(norm, zone, category, on=ON).amount for category in categories]


cases = st.sampled_from([ALONE, COUPLE, RELATIVES, PARENTS, DISABLED])


@given(cases, st.sampled_from([{}, *CEILING_REFORMS]))
def test_income_ceiling(case: Case, reform: Inputs) -> None:
    adults, others, rows = case
    book, tops = evolve(STANDARD, **reform), ceilings(RentalNorm.PLUS, rows)
    incomes = (*from_cent_to_cent(*tops), MUCH)
    values = {**dict.fromkeys(adults, BIRTHS), TAX_INCOME: incomes}
    low_enough = (book.income_drop * (top + CENT) for top in tops)
    for claimed in (None, *from_cent_to_cent(*tops, *low_enough)):
        inputs = {**others, NORM: RentalNorm.PLUS, "last_twelve_months": claimed}
        check("income-ceiling", inputs, values, book)


communes = st.sampled_from(["69123", "97411", "97502"])
claims = st.sampled_from([None, RentalNorm.PLAI, RentalNorm.PLUS])


@given(st.sampled_from([ALONE, COUPLE]), communes, claims)
def test_income_ceiling_of_any_norm(case: Case, commune: str, claim: RentalNorm | None) -> None:
    adults, _, rows = case
    claimed = None if claim is None else ceilings(claim, rows)[0]
    incomes = from_cent_to_cent(*(top for norm in TABLED for top in ceilings(norm, rows)))
    norms = (*TABLED, RentalNorm.LLI)
    values = {**dict.fromkeys(adults, BIRTHS), TAX_INCOME: (*incomes, MUCH), NORM: norms}
    check("income-ceiling", {"commune": commune, "last_twelve_months": claimed}, values, STANDARD)


#: A rent of 600 asks for 1 800, 1 620 at least; with charges of 100 for 2 100, 1 890 at least.
ASKED = map(Decimal, ("1619.99", "1799.99", "1889.99", "2099.99"))
INCOMES = (Decimal(0), *from_cent_to_cent(*ASKED), MUCH)
#: 2 100 bears 177.77 at most.
BORNE = from_cent_to_cent(Decimal(100), Decimal("177.77"))
SOME_CHARGES = (Decimal(0), *BORNE, Decimal(1000), MUCH)
aids = st.sampled_from([0, 1619, 1620, 1800])


@given(st.sampled_from([0, 600]), aids, st.sampled_from(["0", "0.1"]))
def test_affordability(rent: int, aid: int, tolerance: str) -> None:
    values = {MONTHLY_INCOME: INCOMES, CHARGES: SOME_CHARGES}
    book = evolve(STANDARD, rent_tolerance=tolerance)
    check("affordability", {"rent": rent, "housing_aid": aid}, values, book)


HEADCOUNTS = tuple(map(Decimal, ("0", "9.99", "10", "49.99", "50", "60")))
SIZES = product(Sector, HEADCOUNTS)
EMPLOYERS = [Employer(sector=sector, headcount=headcount) for sector, headcount in SIZES]
EMPLOYMENTS = tuple(Employment(employer) for employer in (None, *EMPLOYERS))
PRIORITY_REFORMS: list[Inputs] = [
    {"company_headcount": 60, "agricultural_headcount": 10},
    {"priority_order": ("COMPANY", "LEGAL")},
]
held = st.sampled_from([None, WORK, SECOND_WORK])
grounds = st.sampled_from([(), ("DALO",)])


@given(held, grounds, st.sampled_from([{}, *PRIORITY_REFORMS]))
def test_priority(path: str | None, grounds: tuple[str, ...], reform: Inputs) -> None:
    inputs, book = {"grounds": grounds}, evolve(STANDARD, **reform)
    values: Values = {WORK: EMPLOYMENTS}
    if path:
        employer = f"{path}.employer"
        values = {f"{employer}.sector": tuple(Sector), f"{employer}.headcount": HEADCOUNTS}
    check("company-priority", inputs, values, book)
    for known in partly(inputs, values):
        tiers = {assessed(each, book).priority.tier for each in completed(known, values)}
        assert None not in tiers
        certain = tiers.pop() if len(tiers) == 1 else None
        assert assessed(known, book).priority.tier is certain

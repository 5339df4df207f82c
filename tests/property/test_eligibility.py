"""What holds for every demand, offer and day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve, fields
from hypothesis import assume, example, given
from hypothesis import strategies as st

from alin_core.eligibility import Assessment, Remedy, assess
from alin_core.law.catalogue import rules
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.rules.affordability import affordability
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.household_category import possible_categories
from alin_core.rules.income_ceiling import income_ceiling, within_income_ceiling
from alin_core.values.amounts import add
from alin_core.values.demand import Demand
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm
from alin_core.values.resources import Resources
from tests import strategies as some

STANDARD = Rulebook.standard()
WORST_FIRST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.BORDERLINE, Outcome.MET)
tabled_norms = st.sampled_from([RentalNorm.PLAI, RentalNorm.PLUS, RentalNorm.PLS])
tabled_zones = st.sampled_from([zone for zone in Zone if zone is not Zone.OVERSEAS])
#: Near the ceilings, where outcomes change.
incomes = st.integers(10_000, 60_000).map(Decimal)


def within(household: Household, on: date, n2: Decimal | None, **claims: Any) -> Finding:
    known = {on.year - 2: n2, on.year - 1: claims.get("n1")}
    resources = Resources(
        reference_tax_income={year: x for year, x in known.items() if x is not None},
        last_twelve_months=claims.get("twelve"),
    )
    return within_income_ceiling(household, resources, RentalNorm.PLUS, Zone.OTHER_REGIONS, on=on)


class TestIncome:
    """Arrêté du 29 juillet 1987, art. 4: year N-2, or a later income at least 10 % lower."""

    @given(some.households, some.days, incomes, incomes, incomes, some.yearly_incomes)
    def test_a_higher_later_income_never_opens_the_dwelling(
        self,
        household: Household,
        on: date,
        n2: Decimal,
        n1: Decimal,
        twelve: Decimal,
        more: Decimal,
    ) -> None:
        before = within(household, on, n2, n1=n1, twelve=twelve)
        for claims in (
            {"n1": add(n1, more), "twelve": twelve},
            {"n1": n1, "twelve": add(twelve, more)},
        ):
            after = within(household, on, n2, **claims)
            assert WORST_FIRST.index(after.outcome) <= WORST_FIRST.index(before.outcome)

    @given(some.households, some.days, incomes, some.yearly_incomes)
    def test_without_an_alternative_a_higher_income_never_opens_the_dwelling(
        self, household: Household, on: date, n2: Decimal, more: Decimal
    ) -> None:
        before, after = within(household, on, n2), within(household, on, add(n2, more))
        assert WORST_FIRST.index(after.outcome) <= WORST_FIRST.index(before.outcome)

    @given(some.households, some.days, incomes, incomes)
    @example(Household.of(), date(2026, 6, 1), Decimal(26_000), Decimal(23_400))
    @example(Household.of(), date(2026, 6, 1), Decimal(25_999), Decimal(23_400))
    def test_the_slow_reading_agrees(
        self, household: Household, on: date, n2: Decimal, n1: Decimal
    ) -> None:
        finding = within(household, on, n2, n1=n1)
        qualifies = 10 * n1 <= 9 * n2
        assert finding.observed == (min(n1, n2) if qualifies else n2)


class TestCategories:
    """Arrêté du 29 juillet 1987, art. 2."""

    @given(some.households, some.days, tabled_norms, tabled_zones)
    def test_one_more_dependant_never_lowers_the_ceiling(
        self, household: Household, on: date, norm: RentalNorm, zone: Zone
    ) -> None:
        larger = evolve(household, dependants=(*household.dependants, Person()))
        before, after = (
            [
                income_ceiling(norm, zone, category, on=on).amount
                for category in possible_categories(each, on, STANDARD)[0]
            ]
            for each in (household, larger)
        )
        assert max(before) <= min(after)

    @given(some.households, some.days)
    def test_every_household_has_a_category_or_names_the_ages_that_decide(
        self, household: Household, on: date
    ) -> None:
        categories, missing = possible_categories(household, on, STANDARD)
        assert all(1 <= category.number <= 6 for category in categories)
        assert len(categories) == 1 + bool(missing)

    @given(some.households, some.days)
    def test_the_table_of_the_article_agrees(self, household: Household, on: date) -> None:
        """The slow reading: the alternatives of the article, the best of them."""
        n = household.persons
        dependants = len(household.dependants) + len(household.visiting_children)
        rows = {n}
        if n - dependants == 1 and dependants:
            rows.add(n + 1)
        if any(person.disabled for person in household.members):
            rows.add(n + 1)
        ages = [person.age(on) for person in (household.applicant, household.partner) if person]
        if n == 2 and household.partner:
            assume(None not in ages)
            if sum(age for age in ages if age is not None) <= 55:
                rows.add(3)
        (category,), _ = possible_categories(household, on, STANDARD)
        assert (category.number, category.further_persons) == (min(6, max(rows)), max(0, n - 6))


@given(some.resources_, some.rents, some.monthly_incomes)
def test_more_monthly_income_never_worsens_affordability(
    resources: Resources, rent: Rent, more: Decimal
) -> None:
    assume(resources.monthly_income is not None)
    income, aid = resources.monthly_income or Decimal(0), resources.housing_aid
    before = affordability(income, rent, aid).outcome
    after = affordability(add(income, more), rent, aid).outcome
    if rent.charges is None and after is Outcome.UNKNOWN:
        assert before in (Outcome.NOT_MET, Outcome.UNKNOWN)
    else:
        assert WORST_FIRST.index(before) <= WORST_FIRST.index(after)


@given(some.demands, some.offers, some.days)
def test_the_outcome_is_the_worst_finding(demand: Demand, offer: Offer, on: date) -> None:
    assessment = assess(demand, offer, on=on)
    outcomes = {finding.outcome for finding in assessment.findings}
    assert assessment.outcome is next(worst for worst in WORST_FIRST if worst in outcomes)
    for finding in (*assessment.findings, *assessment.priority.findings):
        assert finding.facts == tuple(sorted(finding.facts))
        assert finding.missing == tuple(sorted(finding.missing))
        assert bool(finding.missing or finding.reason) or finding.outcome is not Outcome.UNKNOWN
        assert not finding.missing or finding.outcome is Outcome.UNKNOWN
        assert assessment.explain("fr")
        assert assessment.explain("en")
        assert hash(finding) == hash(evolve(finding))


@given(some.demands, some.offers, some.days, st.randoms(use_true_random=False))
def test_the_order_of_persons_does_not_matter(
    demand: Demand, offer: Offer, on: date, random: Any
) -> None:
    household = demand.household
    groups = {
        name: random.sample(getattr(household, name), len(getattr(household, name)))
        for name in ("co_applicants", "dependants", "visiting_children")
    }
    shuffled = evolve(demand, household=evolve(household, **groups))
    assert assess(shuffled, offer, on=on).findings == assess(demand, offer, on=on).findings


#: A value for everything that may be unknown.
answers = st.fixed_dictionaries(
    {
        "tax_income": some.yearly_incomes,
        "monthly_income": some.monthly_incomes,
        "charges": some.cents(500),
        "norm": tabled_norms,
        "sector": some.sectors,
        "headcount": some.headcounts,
        "births": st.tuples(some.births, some.births),
    }
)


@given(some.demands, some.offers, some.days, answers)
def test_filling_in_a_missing_input_never_contradicts_a_certain_answer(
    demand: Demand, offer: Offer, on: date, answer: dict[str, Any]
) -> None:
    before = assess(demand, offer, on=on)
    charges = answer["charges"] if offer.rent.charges is None else offer.rent.charges
    rent = Rent(base=offer.rent.base, charges=charges)
    known = evolve(offer, norm=offer.norm or answer["norm"], rent=rent)
    after = assess(_filled(demand, on, answer), known, on=on)
    for old, new in zip(_all(before), _all(after), strict=True):
        assert old.outcome in (Outcome.UNKNOWN, new.outcome)
        assert new.outcome is not Outcome.UNKNOWN or new.reason in ("no table", "no zone")
    assert before.priority.tier in (None, after.priority.tier)


def _all(assessment: Assessment) -> tuple[Finding, ...]:
    return (*assessment.findings, *assessment.priority.findings)


def _filled(demand: Demand, on: date, answer: dict[str, Any]) -> Demand:
    """The same demand with every unknown known."""
    household, resources = demand.household, demand.resources
    first, second = answer["births"]
    partner = household.partner and _aged(household.partner, second)
    applicant = _aged(household.applicant, first)
    years = {on.year - 2: answer["tax_income"], **dict(resources.reference_tax_income)}
    monthly = resources.monthly_income
    path, work = demand.counted_employment
    employment: dict[str, Any] = {path: _employed(work, answer)}
    return evolve(
        demand,
        household=evolve(household, applicant=applicant, partner=partner),
        resources=evolve(
            resources,
            reference_tax_income=years,
            monthly_income=answer["monthly_income"] if monthly is None else monthly,
        ),
        **employment,
    )


def _employed(work: Employment | None, answer: dict[str, Any]) -> Employment:
    employer = Employer() if work is None else work.employer
    if employer is None:
        return Employment(None)
    headcount = answer["headcount"] if employer.headcount is None else employer.headcount
    sector = employer.sector or answer["sector"]
    return Employment(evolve(employer, sector=sector, headcount=headcount))


def _aged(person: Person, birth: date) -> Person:
    return person if person.birth_date else evolve(person, birth_date=birth)


@given(some.demands, some.offers, some.days)
def test_each_remedy_applied_meets_its_rule(demand: Demand, offer: Offer, on: date) -> None:
    for remedy in assess(demand, offer, on=on).remedies():
        for changed, other in _applied(remedy, demand, offer):
            assert assess(changed, other, on=on)[remedy.rule_id].outcome is Outcome.MET


def _applied(remedy: Remedy, demand: Demand, offer: Offer) -> list[tuple[Demand, Offer]]:
    value: Any = remedy.value
    if remedy.path == "offer.norm":
        return [(demand, evolve(offer, norm=norm)) for norm in value]
    if remedy.path == "offer.typology":
        ends = (value.smallest, value.largest or value.smallest)
        return [(demand, evolve(offer, typology=typology)) for typology in ends]
    if remedy.path == "offer.rent":
        return [(demand, evolve(offer, rent=Rent(base=value, charges=0)))]
    assert remedy.path == "resources.monthly_income"
    return [(evolve(demand, resources=evolve(demand.resources, monthly_income=value)), offer)]


@given(some.demands, some.offers, some.days)
def test_a_remedy_is_the_smallest_change(demand: Demand, offer: Offer, on: date) -> None:
    cent = Decimal("0.01")
    for remedy in assess(demand, offer, on=on).remedies():
        if remedy.rule_id == "affordability":
            value: Any = remedy.value
            step = cent if remedy.relation == "at most" else -cent
            nearer = evolve(remedy, value=value + step)
            ((changed, other),) = _applied(nearer, demand, offer)
            assert assess(changed, other, on=on)["affordability"].outcome is not Outcome.MET


#: Each threshold moved, by the name of its field.
MOVED: dict[str, Any] = {
    "plus": STANDARD.plus.scaled("1.1"),
    "plai": STANDARD.plai.scaled("1.1"),
    "pls_factor": "1.5",
    "income_drop": "0.5",
    "young_couple_ages": 80,
    "shifts_stack": True,
    "single_parent_further_from": 6,
    "disability_shift_past_six": True,
    "young_household_is_a_couple": False,
    "visiting_children_count": False,
    "unborn_count_for_rooms": True,
    "unborn_count_for_ceilings": True,
    "merged_communes_keep_their_zone": False,
    "alternatives_only_if_needed": True,
    "typologies": STANDARD.typologies[::-1],
    "rent_multiple": "2.5",
    "rent_tolerance": "0.3",
    "company_headcount": 20,
    "agricultural_headcount": 11,
    "priority_order": ("COMPANY", "LEGAL"),
    "account_fields": ("email",),
    "password_length": 12,
    "password_after_nfc": False,
    "user_name_ignores_case": False,
    "activation_hours": 1,
    "activation_last_instant": False,
    "security_code_before": date(2026, 1, 1),
    "large_view": ("lodged_on",),
    "demand_validity_years": 2,
    "strong_drop": 3,
    "common_tax_notice": False,
    "anniversary_included": False,
}
REFORMS = {name: evolve(STANDARD, **{name: value}) for name, value in MOVED.items()}


def test_every_field_of_the_rulebook_is_moved() -> None:
    assert set(MOVED) == {field.name for field in fields(Rulebook)}
    assert STANDARD not in REFORMS.values()


@given(some.demands, some.offers, some.days)
def test_moving_one_threshold_moves_only_the_findings_that_read_it(
    demand: Demand, offer: Offer, on: date
) -> None:
    before = _all(assess(demand, offer, on=on))
    for name, reform in REFORMS.items():
        readers = {rule.id for rule in rules() if name in rule.parameters}
        if readers & {"household-category", "zone"}:
            readers.add("income-ceiling")
        after = _all(assess(demand, offer, on=on, rulebook=reform))
        moved = {new.rule_id for old, new in zip(before, after, strict=True) if old != new}
        assert moved <= readers, name


@given(some.days)
def test_every_day_of_the_tables_answers_with_the_latest_edition_begun(day: date) -> None:
    for table in (STANDARD.plus, STANDARD.plai):
        begun = [edition for edition in table.editions if edition.in_force <= day]
        assert table.on(day) is max(begun, key=lambda edition: edition.in_force)
        assert day - table.on(day).in_force < timedelta(days=366)

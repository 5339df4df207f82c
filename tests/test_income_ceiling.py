"""CCH R441-1 1° and arrêté du 29 juillet 1987: resources may not exceed the ceiling."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, NotYetBorn
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NoTable, NotInForce
from alin_core.law.zones import Zone, zone_of
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.household_category import HouseholdCategory
from alin_core.rules.income_ceiling import ceiling_column, income_ceiling, within_income_ceiling
from alin_core.values.household import Household, Person
from alin_core.values.housing import RentalNorm
from alin_core.values.resources import Resources
from tests.days import LAST, day_after
from tests.worked import cases

ON = date(2026, 6, 1)
#: PLUS, other regions, 2026: one person, then two and three (a couple whose ages may decide).
ONE, TWO, THREE = 23_403, 31_254, 37_584


def within(
    n2: int | str | None = None,
    household: Household | None = None,
    norm: RentalNorm | None = RentalNorm.PLUS,
    zone: Zone = Zone.OTHER_REGIONS,
    *,
    n1: int | str | None = None,
    twelve: int | str | None = None,
    rulebook: Rulebook | None = None,
    on: date = ON,
) -> Finding:
    incomes = {year: amount for year, amount in ((2024, n2), (2025, n1)) if amount is not None}
    resources = Resources(reference_tax_income=incomes, last_twelve_months=twelve)
    household = household or Household.of()
    return within_income_ceiling(household, resources, norm, zone, on=on, rulebook=rulebook)


def household_of(case: dict[str, Any]) -> Household:
    def person(age: int, *, disabled: bool = False) -> Person:
        return Person(birth_date=date(case["on"].year - age, 1, 1), disabled=disabled)

    first, *others = case["adults"]
    partner = person(others.pop(0)) if case["couple"] else None
    custody = case.get("alternating_custody", 0)
    return Household(
        applicant=person(first, disabled=case["disabled"]),
        partner=partner,
        co_applicants=tuple(person(age) for age in others),
        dependants=tuple(
            Person(alternating_custody=place < custody) for place in range(case["dependants"])
        ),
    )


@pytest.mark.parametrize("case", cases("income-ceilings")["case"], ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    on, expected = case["on"], case["expected"]
    incomes = {on.year - 2: case["reference_tax_income"]}
    if "last_year" in case:
        incomes[on.year - 1] = case["last_year"]
    twelve = case.get("last_twelve_months")
    resources = Resources(reference_tax_income=incomes, last_twelve_months=twelve)
    zone = zone_of(case["commune"])
    finding = within_income_ceiling(
        household_of(case), resources, RentalNorm(case["norm"]), zone, on=on
    )
    assert zone.value == expected["zone"]
    assert finding.fact("category") == expected["category"]
    assert finding.threshold == expected["ceiling"]
    assert finding.observed == expected["income_used"]
    assert finding.fact("income_source") == expected["income_source"]
    assert finding.outcome is (Outcome.MET if expected["fits"] else Outcome.NOT_MET)


def test_equality_passes_and_one_cent_more_does_not() -> None:
    assert within(ONE).outcome is Outcome.MET
    assert within(f"{ONE}.01").outcome is Outcome.NOT_MET
    assert within(f"{ONE}.01").margin == Decimal("-0.01")


def test_exactly_ten_per_cent_lower_counts_and_one_cent_more_does_not() -> None:
    assert within(26_000, n1=23_400).fact("income_source") == "year N-1"
    assert within(26_000, n1=23_400).fact("income_reason") == "low enough"
    assert within(26_000, n1="23400.01").fact("income_source") == "year N-2"
    assert within(26_000, n1="23400.01").fact("income_reason") == "not low enough"


def test_the_lowest_claimed_income_counts() -> None:
    assert within(26_000, n1=23_000, twelve=22_000).observed == 22_000
    assert within(26_000, n1=22_000, twelve=23_000).observed == 22_000


def test_a_claim_counts_even_when_year_n2_passes_unless_the_rulebook_says_otherwise() -> None:
    only_if_needed = evolve(Rulebook.standard(), alternatives_only_if_needed=True)
    assert within(20_000, twelve=10_000).observed == 10_000
    assert within(20_000, twelve=10_000, rulebook=only_if_needed).observed == 20_000
    assert within(26_000, twelve=10_000, rulebook=only_if_needed).observed == 10_000


def test_each_category_that_an_age_leaves_open_has_its_own_income_that_counts() -> None:
    """In a reform whose ceilings fall: year N-2 passes the first one, the claim the second one."""
    law = Rulebook.standard()
    edition = law.plus.on(ON)
    one, two, three, *others = edition.columns[2]
    falling = evolve(edition, columns=(*edition.columns[:2], (one, three, two, *others)))
    plus = evolve(law.plus, editions=[falling])
    reform = evolve(law, plus=plus, alternatives_only_if_needed=True)
    finding = within(THREE, COUPLE, twelve=TWO - 9_000, rulebook=reform)
    assert (finding.outcome, finding.missing, finding.observed) == (Outcome.MET, (), THREE)


def test_raising_year_n2_can_open_the_drop() -> None:
    """The exception to monotony: 23 400 is not 10 % below 25 999, it is below 26 000."""
    assert within(25_999, n1=23_400).outcome is Outcome.NOT_MET
    assert within(26_000, n1=23_400).outcome is Outcome.MET


def test_an_unknown_year_n2_is_named() -> None:
    finding = within(None)
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.missing == ("resources.reference_tax_income.2024",)
    assert finding.threshold == ONE


def test_an_alternative_at_nine_tenths_of_the_ceiling_is_certain() -> None:
    finding = within(None, n1="21062.70")
    assert (finding.outcome, finding.fact("income_reason")) == (Outcome.MET, "whatever year N-2")
    assert within(None, n1="21062.71").outcome is Outcome.UNKNOWN
    assert within(None, twelve=90_000).outcome is Outcome.UNKNOWN


COUPLE = Household.of(adults=2, couple=True)
AGES = ("household.applicant.birth_date", "household.partner.birth_date")


def test_unknown_ages_matter_only_between_the_two_ceilings() -> None:
    below, between, above = (within(n2, COUPLE) for n2 in (TWO, TWO + 1, THREE + 1))
    assert (below.outcome, below.threshold, below.missing) == (Outcome.MET, TWO, ())
    assert (between.outcome, between.missing) == (Outcome.UNKNOWN, AGES)
    assert (above.outcome, above.missing) == (Outcome.NOT_MET, ())
    assert below.fact("category") == "2 or 3"


def test_of_two_ceilings_the_least_that_is_sure_is_told() -> None:
    below, above = within(TWO - 1, COUPLE), within(THREE + 1, COUPLE)
    assert (below.threshold, below.margin) == (TWO, 1)
    assert (above.threshold, above.margin) == (THREE, -1)


def test_unknown_ages_and_income_are_both_named() -> None:
    assert within(None, COUPLE).missing == (*AGES, "resources.reference_tax_income.2024")
    # Nine tenths of the ceiling of two persons, and of three.
    assert within(None, COUPLE, n1="28128.60").outcome is Outcome.MET
    assert within(None, COUPLE, n1="28128.61").outcome is Outcome.UNKNOWN


def test_without_a_norm_no_income_settles_the_question() -> None:
    assert within(0, norm=None).missing == ("offer.norm",)
    assert within(None, norm=None).missing == (
        "offer.norm",
        "resources.reference_tax_income.2024",
    )


@pytest.mark.parametrize("norm", [RentalNorm.PLI, RentalNorm.LLI, RentalNorm.LLS, RentalNorm.LLTS])
def test_a_norm_without_a_table_is_unknown_in_a_finding_and_raises_alone(norm: RentalNorm) -> None:
    finding = within(0, norm=norm)
    assert (finding.outcome, finding.reason) == (Outcome.UNKNOWN, "no table")
    with pytest.raises(NoTable, match=norm):
        income_ceiling(norm, Zone.OTHER_REGIONS, HouseholdCategory(1), on=ON)


def test_overseas_has_no_table() -> None:
    assert within(0, zone=Zone.OVERSEAS).reason == "no table"


@pytest.mark.parametrize("day", [date(2009, 12, 31), day_after(LAST)])
def test_outside_the_tables_there_is_no_answer(day: date) -> None:
    finding = within(0, on=day)
    assert (finding.outcome, finding.reason) == (Outcome.UNKNOWN, "no table")
    with pytest.raises(NotInForce):
        income_ceiling(RentalNorm.PLUS, Zone.OTHER_REGIONS, HouseholdCategory(1), on=day)


@pytest.mark.parametrize(
    ("norm", "amount"),
    [
        (RentalNorm.PLUS, 60_156 + 2 * 6_710),
        (RentalNorm.PLAI, 33_086 + 2 * 3_689),
        # 78 202.8 and 8 723 rounded each, then added.
        (RentalNorm.PLS, 78_203 + 2 * 8_723),
    ],
)
def test_further_persons_add_their_amount(norm: RentalNorm, amount: int) -> None:
    category = HouseholdCategory(6, 2)
    assert income_ceiling(norm, Zone.OTHER_REGIONS, category, on=ON).amount == amount


def test_the_mark_of_the_figure_used_is_told() -> None:
    assert within(0, norm=RentalNorm.PLAI).fact("verified") == "derived-one-sided"
    paris, day = Zone.PARIS_AND_ADJOINING, date(2023, 1, 1)
    ceiling = income_ceiling(RentalNorm.PLUS, paris, HouseholdCategory(6, 1), on=day)
    assert ceiling.verified == "two-sources, further persons one-source+revision"


def test_a_pls_ceiling_is_marked_as_computed_and_never_as_read() -> None:
    assert within(0, norm=RentalNorm.PLS).fact("verified") == "computed from two-sources"
    paris, day = Zone.PARIS_AND_ADJOINING, date(2023, 1, 1)
    ceiling = income_ceiling(RentalNorm.PLS, paris, HouseholdCategory(6, 1), on=day)
    assert ceiling.verified == (
        "computed from two-sources, further persons computed from one-source+revision"
    )
    reform = Rulebook.standard().scaled_ceilings(Decimal("1.05"))
    told = within(0, norm=RentalNorm.PLS, rulebook=reform).fact("verified")
    assert told == "computed from scaled"


def test_a_reform_scales_every_ceiling() -> None:
    reform = Rulebook.standard().scaled_ceilings(Decimal("1.05"))
    assert within(0, rulebook=reform).threshold == 24_573  # 24 573.15


def test_an_unknown_norm_names_the_ages_that_one_of_the_norms_would_ask_for() -> None:
    assert within(TWO, COUPLE, norm=None).missing == ("offer.norm",)
    assert within(TWO + 1, COUPLE, norm=None).missing == (*AGES, "offer.norm")
    assert within(None, COUPLE, norm=None).missing == (
        *AGES,
        "offer.norm",
        "resources.reference_tax_income.2024",
    )


@pytest.mark.parametrize(
    ("zone", "on"), [(Zone.OVERSEAS, ON), (Zone.OTHER_REGIONS, day_after(LAST))]
)
def test_no_norm_would_settle_what_no_table_answers(zone: Zone, on: date) -> None:
    finding = within(0, norm=None, zone=zone, on=on)
    assert (finding.reason, finding.missing) == ("no table", ())


def test_norm_and_zone_may_be_texts_and_the_facts_are_members() -> None:
    texts: Any = {"norm": "plus", "zone": "other_regions"}
    assert within(ONE, **texts).facts == within(ONE).facts
    assert within(ONE, **texts | {"norm": "lli"}).facts == within(ONE, norm=RentalNorm.LLI).facts
    assert type(within(ONE, **texts).fact("norm")) is RentalNorm
    with pytest.raises(InvalidValue, match="zone: 'MARS' is refused"):
        within(ONE, **texts | {"zone": "MARS"})


@pytest.mark.parametrize(("income", "outcome"), [("44217.40", "MET"), ("44217.41", "UNKNOWN")])
def test_the_lowest_year_n2_that_exceeds_the_ceiling_decides(income: str, outcome: str) -> None:
    """Category 3 in the other regions, PLS: 48 859; 0.905 x 48 859.01 = 44 217.404."""
    finding = within_income_ceiling(
        Household.of(adults=3),
        Resources(last_twelve_months=income),
        RentalNorm.PLS,
        Zone.OTHER_REGIONS,
        on=date(2026, 3, 1),
        rulebook=evolve(Rulebook.standard(), income_drop="0.905"),
    )
    assert finding.outcome == outcome


def test_a_finding_states_all_that_led_to_it() -> None:
    edition = Rulebook.standard().plus.on(ON)
    assert within(ONE).facts == (
        ("category", 1),
        ("edition", date(2026, 1, 1)),
        ("edition_text", edition.text),
        ("further_persons", 0),
        ("income_drop", Decimal("0.9")),
        ("income_reason", "no alternative"),
        ("income_source", "year N-2"),
        ("norm", RentalNorm.PLUS),
        ("reference_year", 2024),
        ("verified", "two-sources"),
        ("zone", Zone.OTHER_REGIONS),
    )


def test_where_no_table_answers_the_norm_and_the_zone_are_told() -> None:
    where = (("zone", Zone.OVERSEAS),)
    assert within(0, zone=Zone.OVERSEAS).facts == (("norm", RentalNorm.PLUS), *where)
    assert within(0, norm=None, zone=Zone.OVERSEAS).facts == where


def test_a_column_holds_six_categories_and_each_further_person() -> None:
    column = ceiling_column(RentalNorm.PLUS, Zone.OTHER_REGIONS, on=ON)
    categories = [HouseholdCategory(number) for number in range(1, 7)]
    norm, zone = RentalNorm.PLUS, Zone.OTHER_REGIONS
    amounts = [income_ceiling(norm, zone, category, on=ON).amount for category in categories]
    assert [amount for amount, _ in column] == [*amounts, 6_710]


def test_nobody_is_counted_before_birth() -> None:
    unborn = Household(applicant=Person(birth_date=date(2026, 6, 2)))
    with pytest.raises(NotYetBorn):
        within(0, unborn)


def test_a_reform_scales_both_ceilings_that_an_unknown_age_leaves_open() -> None:
    reform = Rulebook.standard().scaled_ceilings(Decimal("1.05"))
    # 32 817 for two persons, 39 463 for three; without the reform, above both.
    assert within(39_000, COUPLE).outcome is Outcome.NOT_MET
    assert within(39_000, COUPLE, rulebook=reform).missing == AGES
    assert within(39_000, COUPLE, norm=None, rulebook=reform).missing == (*AGES, "offer.norm")


def test_a_claim_counts_where_year_n2_is_unknown_and_alternatives_only_if_needed() -> None:
    only_if_needed = evolve(Rulebook.standard(), alternatives_only_if_needed=True)
    assert within(None, twelve=10_000, rulebook=only_if_needed).observed == 10_000


def test_a_claim_that_equals_the_ceiling_is_certain_where_any_drop_counts() -> None:
    any_drop = evolve(Rulebook.standard(), income_drop=1)
    assert within(None, twelve=ONE, rulebook=any_drop).outcome is Outcome.MET
    assert within(None, twelve=f"{ONE}.01", rulebook=any_drop).outcome is Outcome.UNKNOWN

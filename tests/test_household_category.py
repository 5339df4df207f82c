"""Arrêté du 29 juillet 1987, art. 2: the categories of household, and where the text is silent."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, MissingInput, NotADate, NotYetBorn, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.rules.household_category import (
    HouseholdCategory,
    household_category,
    possible_categories,
)
from alin_core.values.household import Household, Person

ON = date(2026, 6, 1)
HOLDER = Person(disabled=True)


def aged(years: int) -> Person:
    return Person(birth_date=date(ON.year - years, 1, 1))


def couple(first: Person, second: Person) -> Household:
    return Household(applicant=first, partner=second)


def number(household: Household, **readings: Any) -> int:
    rulebook = evolve(Rulebook.standard(), **readings)
    return household_category(household, on=ON, rulebook=rulebook).number


@pytest.mark.parametrize(
    ("adults", "dependants", "category", "further"),
    [
        (1, 0, 1, 0),
        (1, 1, 3, 0),
        (1, 2, 4, 0),
        (1, 3, 5, 0),
        (1, 4, 6, 0),
        (1, 5, 6, 0),
        (1, 6, 6, 1),
        (2, 0, 2, 0),
        (2, 1, 3, 0),
        (2, 4, 6, 0),
        (2, 5, 6, 1),
        (3, 0, 3, 0),
        (7, 2, 6, 3),
    ],
)
def test_persons_and_dependants_give_the_category(
    adults: int, dependants: int, category: int, further: int
) -> None:
    household = Household.of(adults=adults, dependants=dependants)
    assert household_category(household, on=ON) == HouseholdCategory(category, further)


@pytest.mark.parametrize(("first", "second", "category"), [(27, 28, 3), (28, 28, 2), (30, 25, 3)])
def test_completed_ages_of_55_at_most_make_a_young_household(
    first: int, second: int, category: int
) -> None:
    assert number(couple(aged(first), aged(second))) == category


def test_an_age_is_completed_on_the_birthday() -> None:
    partner = aged(27)
    eve = Person(birth_date=date(1997, 6, 2))
    day = Person(birth_date=date(1997, 6, 1))
    assert number(couple(eve, partner)) == 3
    assert number(couple(day, aged(26))) == 3
    assert number(couple(day, partner)) == 2


def test_two_adults_who_are_not_a_couple_have_no_young_household() -> None:
    siblings = Household(applicant=aged(22), co_applicants=(aged(24),))
    assert number(siblings) == 2
    assert number(siblings, young_household_is_a_couple=False) == 3


def test_a_couple_with_a_dependant_is_not_a_young_household() -> None:
    parents = evolve(couple(aged(22), aged(24)), dependants=(aged(1),))
    assert number(parents) == 3


def test_a_couple_with_an_independent_adult_child_is_three_persons() -> None:
    family = evolve(couple(aged(50), aged(50)), co_applicants=(aged(20),))
    assert number(family) == 3


@pytest.mark.parametrize(
    ("household", "category"),
    [
        (Household(applicant=HOLDER), 2),
        (couple(HOLDER, aged(60)), 3),
        (couple(HOLDER, HOLDER), 3),
        (Household(applicant=Person(), dependants=(HOLDER,)), 3),
        (Household(applicant=Person(), visiting_children=(HOLDER,)), 3),
    ],
)
def test_a_disabled_person_shifts_the_household_once(household: Household, category: int) -> None:
    assert number(household) == category


def test_shifts_do_not_stack_unless_the_rulebook_says_so() -> None:
    parent = Household(applicant=HOLDER, dependants=(Person(),))
    assert number(parent) == 3
    assert number(parent, shifts_stack=True) == 4
    young = couple(evolve(aged(25), disabled=True), aged(25))
    assert number(young) == 3
    assert number(young, shifts_stack=True) == 4


def test_from_which_person_the_further_amount_runs_for_a_single_parent_is_a_reading() -> None:
    parent = Household.of(adults=1, dependants=5)
    reform = evolve(Rulebook.standard(), single_parent_further_from=6)
    assert household_category(parent, on=ON).further_persons == 0
    assert household_category(parent, on=ON, rulebook=reform).further_persons == 1
    parents = Household.of(adults=2, dependants=5)
    assert household_category(parents, on=ON, rulebook=reform).further_persons == 1


def test_disability_shifts_nothing_past_six_persons_unless_the_rulebook_says_so() -> None:
    six = Household(applicant=HOLDER, partner=Person(), dependants=(Person(),) * 4)
    reform = evolve(Rulebook.standard(), disability_shift_past_six=True)
    assert household_category(six, on=ON) == HouseholdCategory(6, 0)
    assert household_category(six, on=ON, rulebook=reform) == HouseholdCategory(6, 1)
    five = evolve(six, dependants=(Person(),) * 3)
    assert household_category(five, on=ON, rulebook=reform) == HouseholdCategory(6, 0)


def test_visiting_children_count_by_law_and_a_switch_follows_the_form() -> None:
    parent = Household.of(visiting_children=1)
    assert number(parent) == 3
    assert number(parent, visiting_children_count=False) == 1
    holder = Household(applicant=Person(), visiting_children=(HOLDER,))
    assert number(holder, visiting_children_count=False) == 1


def test_an_unborn_child_counts_only_if_the_rulebook_says_so() -> None:
    expecting = Household.of(adults=1, unborn=1)
    assert number(expecting) == 1
    assert number(expecting, unborn_count_for_ceilings=True) == 3


@pytest.mark.parametrize(
    ("first", "second", "missing"),
    [
        (Person(), Person(), ("household.applicant.birth_date", "household.partner.birth_date")),
        (aged(30), Person(), ("household.partner.birth_date",)),
        (Person(), aged(55), ("household.applicant.birth_date",)),
    ],
)
def test_an_unknown_age_that_decides_is_named(
    first: Person, second: Person, missing: tuple[str, ...]
) -> None:
    with pytest.raises(MissingInput) as raised:
        household_category(couple(first, second), on=ON)
    assert raised.value.paths == missing


def test_a_partner_of_56_settles_the_question() -> None:
    assert number(couple(Person(), aged(56))) == 2


def test_an_unknown_age_does_not_matter_when_the_household_is_shifted_already() -> None:
    assert number(couple(HOLDER, Person())) == 3


def test_the_other_adult_is_named_when_two_adults_are_enough() -> None:
    reform = evolve(Rulebook.standard(), young_household_is_a_couple=False)
    with pytest.raises(MissingInput) as raised:
        household_category(Household.of(adults=2), on=ON, rulebook=reform)
    ages = ("household.applicant.birth_date", "household.co_applicants[0].birth_date")
    assert raised.value.paths == ages


def test_an_unknown_age_leaves_two_rows_one_after_the_other() -> None:
    for stack in (False, True):
        rulebook = evolve(Rulebook.standard(), shifts_stack=stack)
        rows, _ = possible_categories(couple(Person(), Person()), ON, rulebook)
        assert rows == (HouseholdCategory(2), HouseholdCategory(3))


def test_one_disabled_child_among_those_who_visit_is_enough() -> None:
    parents = couple(aged(60), aged(60))
    assert number(evolve(parents, visiting_children=(Person(), Person()))) == 4
    assert number(evolve(parents, visiting_children=(HOLDER, Person()))) == 5


def test_rows_are_in_the_order_of_their_ceilings() -> None:
    five, six, seven = HouseholdCategory(5), HouseholdCategory(6), HouseholdCategory(6, 1)
    assert sorted([seven, six, five]) == [five, six, seven]


def test_nobody_lives_there_before_birth() -> None:
    child = Person(birth_date=date(2026, 6, 2))
    with pytest.raises(NotYetBorn, match="2026-06-01"):
        household_category(Household(applicant=aged(30), dependants=(child,)), on=ON)


def test_a_datetime_is_not_a_day() -> None:
    from datetime import datetime

    with pytest.raises(NotADate, match="on"):
        household_category(Household.of(), on=datetime(2026, 6, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ((0, 0), "number"),
        ((7, 0), "number"),
        ((True, 0), "number"),
        ((3.0, 0), "number"),
        ((6, -1), "further_persons"),
        ((5, 1), "further_persons"),
        ((6, "1"), "further_persons"),
    ],
)
def test_a_row_that_no_table_has_is_refused(row: Any, field: str) -> None:
    with pytest.raises((InvalidValue, WrongType), match=f"^{field}: "):
        HouseholdCategory(*row)

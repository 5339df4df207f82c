from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from alin_core.errors import InvalidValue, NotADate, NotYetBorn, WrongType
from alin_core.values.household import Household, Person
from tests import strategies

BABY = Person(birth_date=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(1990, 5, 2), date(2026, 5, 1), 35),
        (date(1990, 5, 2), date(2026, 5, 2), 36),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2000, 2, 29), date(2024, 2, 28), 23),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
    ],
)
def test_an_age_is_the_number_of_completed_years(birth: date, on: date, age: int) -> None:
    assert Person(birth_date=birth).age(on) == age


def test_a_birth_is_a_day() -> None:
    with pytest.raises(NotADate, match=r"^birth_date: "):
        Person(birth_date=datetime(1990, 5, 2))  # noqa: DTZ001


def test_an_unknown_birth_leaves_the_age_unknown() -> None:
    assert Person().age(date(2026, 11, 23)) is None


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(NotYetBorn) as caught:
        BABY.age(date(2026, 11, 22))
    assert caught.value.on == date(2026, 11, 22)


def test_an_age_is_asked_for_a_day() -> None:
    with pytest.raises(NotADate):
        BABY.age(datetime(2026, 11, 23))  # noqa: DTZ001


@pytest.mark.parametrize("field", ["co_applicants", "dependants", "visiting_children"])
@pytest.mark.parametrize("value", [2, None, Person(), [BABY, date(2019, 1, 1)]])
def test_persons_that_are_none_are_told_by_their_field(field: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"^{field}: a value of type "):
        Household(**{"applicant": BABY, field: value})


@pytest.mark.parametrize("field", ["disabled", "alternating_custody"])
@pytest.mark.parametrize("value", [0, 1, "no", None])
def test_a_yes_or_a_no_is_a_real_bool(field: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"{field}: a value of type {type(value).__name__}"):
        Person(**{field: value})


def test_a_household_counts_everyone_born_who_will_live_there() -> None:
    household = Household(
        applicant=Person(),
        partner=Person(),
        co_applicants=[Person()],
        dependants=(Person() for _ in range(2)),
        visiting_children=(BABY,),
        unborn=1,
    )
    assert (household.adults, household.persons) == (3, 6)
    assert len(household.members) == 6
    assert household.members[-1] is BABY
    assert Household(applicant=Person()).persons == 1


def test_a_household_is_asked_about_after_every_birth() -> None:
    household = Household(applicant=Person(birth_date=date(1990, 1, 1)), dependants=[BABY])
    household.born_by(date(2026, 11, 23))
    with pytest.raises(NotYetBorn):
        household.born_by(date(2026, 11, 22))
    with pytest.raises(NotADate):
        household.born_by(datetime(2026, 11, 23))  # noqa: DTZ001
    Household.of().born_by(date.min)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("applicant", {"birth_date": None}),
        ("applicant", None),
        ("partner", {"birth_date": None}),
        ("co_applicants", Person()),
        ("dependants", 2),
        ("dependants", [{}]),
        ("visiting_children", "ab"),
        ("unborn", True),
        ("unborn", 1.0),
        ("unborn", None),
    ],
)
def test_a_member_is_a_person_and_a_count_an_int(field: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"^({field}|persons): "):
        Household(**{"applicant": Person(), field: value})


def test_children_to_be_born_are_zero_or_more() -> None:
    assert Household(applicant=Person(), unborn=9999).unborn == 9999
    for count in (-1, 10_000, 10**5000):
        with pytest.raises(InvalidValue, match=r"unborn: .* give 0 to 9999"):
            Household(applicant=Person(), unborn=count)


def test_counts_alone_make_a_household_of_unknown_ages() -> None:
    household = Household.of(adults=3, couple=True, dependants=2, visiting_children=1, unborn=1)
    assert household == Household(
        applicant=Person(),
        partner=Person(),
        co_applicants=(Person(),),
        dependants=(Person(), Person()),
        visiting_children=(Person(),),
        unborn=1,
    )
    assert Household.of(adults=2).partner is None
    assert Household.of() == Household(applicant=Person())


def test_a_person_has_neither_disability_nor_two_homes_unless_said() -> None:
    assert Person() == Person(birth_date=None, disabled=False, alternating_custody=False)
    assert "birth_date=…" in repr(Person(birth_date=date(1990, 5, 2)))


@pytest.mark.parametrize(
    ("role", "counts"),
    [
        ("applicant", True),
        ("partner", True),
        ("co_applicants", True),
        ("dependants", True),
        ("visiting_children", False),
    ],
)
def test_a_disability_counts_but_for_a_visiting_child(role: str, counts: bool) -> None:
    one, other = Person(disabled=True), Person()
    given: dict[str, Any] = {"applicant": other, "visiting_children": (other,)}
    given[role] = one if role in ("applicant", "partner") else (other, one)
    assert Household(**given).disabled_resident is counts
    assert Household(applicant=other, dependants=(other,)).disabled_resident is False


@pytest.mark.parametrize(
    ("counts", "name", "hint"),
    [
        ({"adults": 0}, "adults", "give 1 to 9999"),
        ({"adults": 1, "couple": True}, "adults", "give 2 to 9999"),
        ({"adults": 10**5000}, "adults", "give 1 to 9999"),
        ({"dependants": -1}, "dependants", "give 0 to 9999"),
        ({"visiting_children": -1}, "visiting_children", "give 0 to 9999"),
        ({"unborn": -1}, "unborn", "give 0 to 9999"),
    ],
)
def test_a_count_that_cannot_be_is_refused(counts: dict[str, Any], name: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Household.of(**counts)
    assert (caught.value.name, caught.value.hint) == (name, hint)


@pytest.mark.parametrize("counts", [{"adults": True}, {"couple": 1}, {"dependants": 1.5}])
def test_counts_are_ints_and_a_couple_is_a_bool(counts: dict[str, Any]) -> None:
    with pytest.raises(WrongType, match=f"^{next(iter(counts))}: "):
        Household.of(**counts)


@given(strategies.households, strategies.days)
def test_every_household_counts_its_members(household: Household, day: date) -> None:
    household.born_by(day)
    assert household.persons == len(household.members)
    assert all(person.age(day) != -1 for person in household.members)

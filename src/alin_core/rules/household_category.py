"""Which row of the ceiling tables a household reads: its category."""

from datetime import date

from alin_core.errors import InvalidValue, MissingInput, must_be
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook, kept
from alin_core.values.arguments import explained
from alin_core.values.household import Household, Person

__all__ = ["HouseholdCategory", "household_category", "possible_categories"]


@frozen(order=True)
class HouseholdCategory:
    """A row of annexes I and II of the arrêté du 29 juillet 1987.

    Raises `InvalidValue` for a row that is none, and for further persons before category 6.
    """

    #: 1 to 6.
    number: int
    #: How many times the amount « par personne supplémentaire » is added.
    further_persons: int = 0

    def __attrs_post_init__(self) -> None:
        if not 1 <= must_be(self.number, int, "number") <= 6:
            raise InvalidValue("number", self.number, "give a category from 1 to 6")
        further = must_be(self.further_persons, int, "further_persons")
        if further < 0 or (further and self.number < 6):
            raise InvalidValue("further_persons", further, "give 0, or more in category 6")


@explained
def household_category(
    household: Household, *, on: date, rulebook: Rulebook | None = None
) -> HouseholdCategory:
    """The category of the household on that day (arrêté du 29 juillet 1987, art. 2).

    The number of persons, one more for one adult alone with dependants, for a household with a
    disabled person, or for a young couple without dependant: any one of these is enough.

    >>> household_category(Household.of(adults=1, dependants=2), on=date(2026, 11, 23))
    HouseholdCategory(number=4, further_persons=0)

    Raises `MissingInput` when an age that is unknown decides.
    """
    rulebook = rulebook or Rulebook.standard()
    household.born_by(on)
    categories, missing = possible_categories(household, on, rulebook)
    if missing:
        raise MissingInput(missing)
    return categories[0]


def possible_categories(
    household: Household, on: date, rulebook: Rulebook
) -> tuple[tuple[HouseholdCategory, ...], tuple[str, ...]]:
    """The category; or the two that remain possible, lower first, and the ages that decide."""
    adults, dependants = household.adults, len(household.dependants)
    disabled = household.disabled_resident
    if household.visiting_children and rulebook.visiting_children_count:
        dependants += len(household.visiting_children)
        disabled |= any(child.disabled for child in household.visiting_children)
    if rulebook.unborn_count_for_ceilings:
        dependants += household.unborn
    shifts = disabled + (adults == 1 and dependants > 0)
    category = kept(_category, rulebook)
    if adults != 2 or dependants:
        return (category(adults, dependants, shifts, disabled),), ()
    young, missing = _young_household(household, on, rulebook)
    if young is not None:
        return (category(2, 0, shifts + young, disabled),), ()
    lower, higher = category(2, 0, shifts, disabled), category(2, 0, shifts + 1, disabled)
    return ((lower,), ()) if lower == higher else ((lower, higher), missing)


def _category(
    rulebook: Rulebook, adults: int, dependants: int, shifts: int, disabled: bool
) -> HouseholdCategory:
    persons = adults + dependants
    shift = shifts if rulebook.shifts_stack else min(shifts, 1)
    alone_with_dependants = adults == 1 and dependants
    further_from = rulebook.single_parent_further_from if alone_with_dependants else 7
    if disabled and rulebook.disability_shift_past_six:
        further_from = 6
    return HouseholdCategory(min(persons + shift, 6), max(persons + 1 - further_from, 0))


def _young_household(
    household: Household, on: date, rulebook: Rulebook
) -> tuple[bool | None, tuple[str, ...]]:
    """Do the completed ages of two adults sum to 55 at most? None: an unknown age decides."""
    other, path = _second_adult(household)
    if household.partner is None and rulebook.young_household_is_a_couple:
        return False, ()
    ages = {
        "household.applicant.birth_date": household.applicant.age(on),
        path: other.age(on),
    }
    # An unknown age is 0 or more: the known one alone may already be too high.
    if sum(age or 0 for age in ages.values()) > rulebook.young_couple_ages:
        return False, ()
    missing = tuple(sorted(where for where, age in ages.items() if age is None))
    return (None if missing else True), missing


def _second_adult(household: Household) -> tuple[Person, str]:
    if household.partner is not None:
        return household.partner, "household.partner.birth_date"
    return household.co_applicants[0], "household.co_applicants[0].birth_date"

"""Small tables of answers, made by asking the scalar rules: no law is written here."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from attrs import evolve

from alin_core.columns.names import OUTCOMES, bit
from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import BORDERLINE
from alin_core.rules.household_category import HouseholdCategory, possible_categories
from alin_core.rules.priority import priority_of
from alin_core.rules.typology import typology_fit
from alin_core.values.amounts import multiply, subtract
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Typology
from alin_core.values.resources import Resources

__all__ = [
    "LARGEST",
    "MANY",
    "MOST_ROOMS",
    "ROW",
    "SECTORS",
    "YOUNG",
    "Households",
    "Priorities",
    "Table",
    "Typologies",
    "employer_key",
    "headcount_bands",
    "household_key",
    "households",
    "hundredths",
    "passing_rooms",
    "priorities",
    "ratio",
    "rent_multiples",
    "typologies",
]

#: Answers by a whole number, zero or more; one that is not there has no answer.
Table = dict[int, Any]

#: Technical bounds, not law: below 10^9 euros each product of cents is below 2^53, which every
#: engine, even one that divides as floats do, holds exactly.
LARGEST = 10**9
_LARGEST_FACTOR = 40_000

#: The code of a sector is its place.
SECTORS = (None, *Sector)
#: The ages of two adults: above the limit, within it, undecided.
YOUNG = range(3)

#: Categories 1 to 6 of one norm, zone and edition; 0 is an unknown one.
ROW = 8
#: From this many persons on, each further one adds a further-person amount and nothing else.
MANY = 8
#: A technical bound, not law.
MOST_ROOMS = 9999
_ADULTS = range(1, 4)
_SOME_DAY = date(2000, 1, 1)


def ratio(number: Decimal, name: str) -> tuple[int, int]:
    """A factor of the rulebook as two integers, so that cents compare exactly.

    >>> ratio(Decimal("0.90"), "income_drop")
    (9, 10)

    Raises `InvalidValue` for one so precise that a product would not be exact.
    """
    above, below = number.as_integer_ratio()
    if max(above, below) > _LARGEST_FACTOR:
        hint = f"in columns, give a fraction whose terms are {_LARGEST_FACTOR} at most"
        raise InvalidValue(name, number, hint)
    return above, below


def rent_multiples(rulebook: Rulebook) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many times the rent is asked for, and how many times are near enough."""
    share = subtract(Decimal(1), rulebook.rent_tolerance)
    least = multiply(rulebook.rent_multiple, share)
    both = "rent_multiple x (1 - rent_tolerance)"
    return ratio(rulebook.rent_multiple, "rent_multiple"), ratio(least, both)


def hundredths(number: Decimal) -> int:
    """The lowest whole number of hundredths that reaches the number."""
    return int(multiply(number, Decimal(100)).to_integral_value(ROUND_CEILING))


def household_key(adults: Any, persons: Any, disabled: Any, young: Any) -> Any:
    """One integer for a household, or one column of them."""
    return ((adults * (MANY + 1) + persons) * 2 + disabled) * len(YOUNG) + young


def employer_key(legal: Any, employed: Any, sector: Any, size: Any) -> Any:
    """One integer for what the priority of a demand follows from, or one column of them."""
    return ((legal * 3 + employed) * len(SECTORS) + sector) * 4 + size


class Households(NamedTuple):
    """What follows from a household, by its key."""

    #: The category, and the higher one that an unknown age leaves possible, if any.
    category: Table
    higher: Table
    further_persons: Table


@lru_cache(maxsize=64)
def households(rulebook: Rulebook) -> Households:
    """Three adults and more are alike; above eight persons each adds one further person."""
    told = Households({}, {}, {})
    for adults, persons, disabled, young in product(_ADULTS, range(MANY + 1), (0, 1), YOUNG):
        if persons < adults:
            continue
        key = household_key(adults, persons, disabled, young)
        first, *others = _categories(adults, persons, bool(disabled), young, rulebook)
        told.category[key] = first.number
        told.further_persons[key] = first.further_persons
        if others:
            told.higher[key] = others[0].number
    return told


def _categories(
    adults: int, persons: int, disabled: bool, young: int, rulebook: Rulebook
) -> tuple[HouseholdCategory, ...]:
    born = (date(1999, 1, 1), _SOME_DAY, None)[young]
    if young == 0:  # one year each is then too old
        rulebook = evolve(rulebook, young_couple_ages=0)
    household = Household(
        applicant=Person(birth_date=born, disabled=disabled),
        partner=Person(birth_date=born) if adults > 1 else None,
        co_applicants=(Person(),) * (adults - 2),
        dependants=(Person(),) * (persons - adults),
    )
    return possible_categories(household, _SOME_DAY, rulebook)[0]


class Typologies(NamedTuple):
    """What the number of rooms comes to, by `key`."""

    #: From so many persons on, and above so many rooms, all are alike.
    most_persons: int
    most_rooms: int
    #: Codes of the outcomes.
    codes: Table
    reasons: Table

    def key(self, persons: Any, rooms: Any) -> Any:
        """One integer for persons and rooms that are not above the most, or one column of them."""
        return persons * (self.most_rooms + 1) + rooms


@lru_cache(maxsize=64)
def typologies(rulebook: Rulebook) -> Typologies:
    """The scalar rule, asked of every size of household and dwelling that differs."""
    ranges = rulebook.typologies
    edges = [end.rooms for fit in ranges for end in (fit.smallest, fit.largest or fit.smallest)]
    told = Typologies(len(ranges), min(max(edges) + 1, MOST_ROOMS), {}, {})
    for persons, rooms in product(range(1, told.most_persons + 1), range(1, told.most_rooms + 1)):
        finding = typology_fit(persons, Typology(rooms), rulebook=rulebook)
        told.codes[told.key(persons, rooms)] = OUTCOMES.index(finding.outcome)
        if finding.reason:
            told.reasons[told.key(persons, rooms)] = bit(finding.reason)
    return told


def passing_rooms(rulebook: Rulebook) -> tuple[Table, Table]:
    """The fewest and the most rooms that pass, by persons; the last count stands for any more."""
    table = typologies(rulebook)
    smallest: Table = {}
    largest: Table = {}
    for persons in range(1, table.most_persons + 1):
        codes = {
            rooms: table.codes[table.key(persons, rooms)]
            for rooms in range(1, table.most_rooms + 1)
        }
        passing = [rooms for rooms, code in codes.items() if code <= OUTCOMES.index(BORDERLINE)]
        smallest[persons], largest[persons] = passing[0], passing[-1]
        if passing[-1] == table.most_rooms:  # it stands for any number of rooms
            largest[persons] = MOST_ROOMS
    return smallest, largest


def headcount_bands(rulebook: Rulebook) -> tuple[int, int]:
    """The two thresholds in hundredths of an employee, lower first."""
    lower, upper = sorted((rulebook.company_headcount, rulebook.agricultural_headcount))
    return hundredths(lower), hundredths(upper)


class Priorities(NamedTuple):
    """What follows from an employer and the grounds recognised by law, by their key."""

    company: Table
    tiers: Table
    reasons: Table


@lru_cache(maxsize=64)
def priorities(rulebook: Rulebook) -> Priorities:
    """The employment is unknown, there is no employer, or there is one.

    The headcount is unknown, below both thresholds, between them, above both.
    """
    lower, upper = headcount_bands(rulebook)
    hundredth = Decimal("0.01")
    sizes = (None, Decimal(0), lower * hundredth, upper * hundredth)
    told = Priorities({}, {}, {})
    for legal, employed, sector, size in product(range(2), range(3), range(4), range(4)):
        employer = Employer(sector=SECTORS[sector], headcount=sizes[size])
        demand = Demand(
            household=Household.of(),
            resources=Resources(),
            employment=(None, Employment(None), Employment(employer))[employed],
            priority_grounds={PriorityGround.DALO} if legal else (),
        )
        priority = priority_of(demand, rulebook=rulebook)
        company = priority.findings[1]
        key = employer_key(legal, employed, sector, size)
        reasons = sum(map(bit, company.missing)) + (bit(company.reason) if company.reason else 0)
        told.company[key], told.reasons[key] = company.outcome.value, reasons
        if priority.tier:
            told.tiers[key] = priority.tier.value
    return told

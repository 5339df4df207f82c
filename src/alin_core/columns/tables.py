"""Small tables of answers, made by asking the scalar rules: no law is written here."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from itertools import product
from typing import Any

from attrs import evolve

from alin_core.columns.names import OUTCOMES, TIERS, bit
from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NoTable, NotInForce
from alin_core.law.zones import NoZone, Zone, listed_communes, zone_of
from alin_core.rules.household_category import HouseholdCategory, possible_categories
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.rules.priority import priority_of
from alin_core.rules.typology import typology_fit
from alin_core.values.amounts import euros, multiply, subtract
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import RentalNorm, Typology
from alin_core.values.resources import Resources

__all__ = [
    "LARGEST",
    "MANY",
    "NORMS",
    "NO_ZONE",
    "ROW",
    "SECTORS",
    "UNKNOWN_NORM",
    "YOUNG",
    "ZONES",
    "Table",
    "Zones",
    "ceilings",
    "employer_key",
    "further_amounts",
    "headcount_bands",
    "household_key",
    "households",
    "hundredths",
    "place_of",
    "priorities",
    "ratio",
    "starts",
    "typologies",
    "zones",
]

#: Answers by an integer key; a key that is not there has no answer.
Table = dict[int, int]

#: A technical bound, not law: below 10^9 euros each product of cents fits in 64 bits.
LARGEST = 10**9
_LARGEST_FACTOR = 10**7

#: The code of a norm, a zone or a sector is its place.
NORMS = tuple(RentalNorm)
ZONES = tuple(Zone)
SECTORS = (None, *Sector)
#: A norm that is not given.
UNKNOWN_NORM = len(NORMS)
#: A commune that exists where the ceilings have no zone.
NO_ZONE = len(ZONES)
#: The ages of two adults: above the limit, within it, undecided.
YOUNG = range(3)

#: Categories 1 to 6 of one norm, zone and edition; 0 is an unknown one.
ROW = 8
#: From this many persons on, each further one adds a further-person amount and nothing else.
MANY = 8
_ADULTS = range(1, 4)
_SOME_DAY = date(2000, 1, 1)


def ratio(number: Decimal, name: str) -> tuple[int, int]:
    """A factor of the rulebook as two integers, so that cents compare exactly.

    >>> ratio(Decimal("0.90"), "income_drop")
    (9, 10)

    Raises `InvalidValue` for one so precise that a product would not fit in 64 bits.
    """
    above, below = number.as_integer_ratio()
    if max(above, below) > _LARGEST_FACTOR:
        raise InvalidValue(name, number, "in columns, give a fraction of seven digits at most")
    return above, below


def hundredths(number: Decimal) -> int:
    """The lowest whole number of hundredths that reaches the number."""
    return int(multiply(number, Decimal(100)).to_integral_value(ROUND_CEILING))


def household_key(adults: Any, persons: Any, disabled: Any, young: Any) -> Any:
    """One integer for a household, or one column of them."""
    return ((adults * (MANY + 1) + persons) * 2 + disabled) * len(YOUNG) + young


def employer_key(legal: Any, employed: Any, sector: Any, size: Any) -> Any:
    """One integer for what the priority of a demand follows from, or one column of them."""
    return ((legal * 3 + employed) * len(SECTORS) + sector) * 4 + size


def place_of(since: Any, norm: Any, zone: Any) -> Any:
    """One integer for what a ceiling depends on beside the household, or one column of them."""
    return (since * (len(NORMS) + 1) + norm) * len(ZONES) + zone


@lru_cache(maxsize=64)
def households(rulebook: Rulebook) -> Table:
    """Lower category, higher one if an age decides (times 8), further persons (times 64).

    Three adults and more are alike; above eight persons each adds one further person.
    """
    table = {}
    for adults, persons, disabled, young in product(_ADULTS, range(MANY + 1), (0, 1), YOUNG):
        if persons < adults:
            continue
        first, *others = _categories(adults, persons, bool(disabled), young, rulebook)
        higher = others[0].number if others else 0
        answer = first.number + ROW * higher + ROW * ROW * first.further_persons
        table[household_key(adults, persons, disabled, young)] = answer
    return table


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


def starts(rulebook: Rulebook) -> tuple[date, ...]:
    """The days on which a ceiling may change, and those from which a table is silent."""
    days: set[date] = set()
    for table in (rulebook.plai, rulebook.plus):
        days.update(edition.in_force for edition in table.editions)
        days.add(table.checked_until + timedelta(1))
    return tuple(sorted(days))


@lru_cache(maxsize=64)
def ceilings(days: tuple[date, ...], rulebook: Rulebook) -> Table:
    """Cents by place of the day, norm, zone and category."""
    return {
        place * ROW + number: _cents(_amount(number, 0, *asked, rulebook))
        for place, asked in _places(days, rulebook)
        for number in range(1, 7)
    }


@lru_cache(maxsize=64)
def further_amounts(days: tuple[date, ...], rulebook: Rulebook) -> Table:
    """Cents « par personne supplémentaire » by place; 0 where a norm, unknown, may have a table."""
    table = {}
    for place, (norm, zone, day) in _places(days, rulebook):
        one, none = (_amount(6, persons, norm, zone, day, rulebook) for persons in (1, 0))
        table[place] = _cents(subtract(one, none))
        table[place + (UNKNOWN_NORM - NORMS.index(norm)) * len(ZONES)] = 0
    return table


def _places(
    days: tuple[date, ...], rulebook: Rulebook
) -> Iterator[tuple[int, tuple[RentalNorm, Zone, date]]]:
    """The days, norms and zones that have a table."""
    for (since, day), norm, zone in product(enumerate(days), NORMS, ZONES):
        try:
            _amount(1, 0, norm, zone, day, rulebook)
        except (NoTable, NotInForce):
            continue
        yield place_of(since, NORMS.index(norm), ZONES.index(zone)), (norm, zone, day)


def _amount(
    number: int, further: int, norm: RentalNorm, zone: Zone, day: date, rulebook: Rulebook
) -> Decimal:
    category = HouseholdCategory(number, further)
    return income_ceiling(norm, zone, category, on=day, rulebook=rulebook).amount


def _cents(amount: Decimal) -> int:
    if amount >= LARGEST:
        raise InvalidValue("ceiling", amount, f"in columns, give less than {LARGEST} euros")
    return hundredths(euros(amount, "ceiling"))


@lru_cache(maxsize=64)
def typologies(rulebook: Rulebook) -> tuple[int, int, Table]:
    """Most persons and most rooms that matter; code of the outcome, and reasons (times 4)."""
    ranges = rulebook.typologies
    edges = [end.rooms for fit in ranges for end in (fit.smallest, fit.largest or fit.smallest)]
    most = min(max(edges) + 1, 9999)
    table = {}
    for persons, rooms in product(range(1, len(ranges) + 1), range(1, most + 1)):
        finding = typology_fit(persons, Typology(rooms), rulebook=rulebook)
        reasons = bit(finding.reason) if finding.reason else 0
        table[persons * (most + 1) + rooms] = OUTCOMES.index(finding.outcome) + 4 * reasons
    return len(ranges), most, table


def headcount_bands(rulebook: Rulebook) -> tuple[int, int]:
    """The two thresholds in hundredths of an employee, lower first."""
    lower, upper = sorted((rulebook.company_headcount, rulebook.agricultural_headcount))
    return hundredths(lower), hundredths(upper)


@lru_cache(maxsize=64)
def priorities(rulebook: Rulebook) -> Table:
    """Code of the company outcome, of the tier (times 4), and reasons (times 16).

    The employment is unknown, there is no employer, or there is one; the headcount is unknown,
    below both thresholds, between them, above both.
    """
    lower, upper = headcount_bands(rulebook)
    hundredth = Decimal("0.01")
    sizes = (None, Decimal(0), lower * hundredth, upper * hundredth)
    table = {}
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
        reasons = sum(map(bit, company.missing)) + (bit(company.reason) if company.reason else 0)
        answer = OUTCOMES.index(company.outcome) + 4 * TIERS.index(priority.tier)
        table[employer_key(legal, employed, sector, size)] = answer + 16 * reasons
    return table


Zones = dict[int, list[str]]


@lru_cache(maxsize=2)
def zones(merged_communes_keep_their_zone: bool) -> tuple[Zones, Zones]:
    """By code of the zone, the communes that are listed, then the starts of all the others."""
    keep = merged_communes_keep_their_zone
    listed: Zones = {}
    for commune in sorted(listed_communes()):
        listed.setdefault(ZONES.index(zone_of(commune, keep)), []).append(commune)
    started: Zones = {}
    for first, last in product("0123456789", "0123456789AB"):
        for third in "0123456789":
            zone = _zone_from(first + last + third)
            if zone is not None:
                started.setdefault(zone, []).append(first + last + third)
    return listed, started


def _zone_from(start: str) -> int | None:
    """None: no department, or Paris, where each commune is listed."""
    try:
        return ZONES.index(zone_of(f"{start}00"))
    except NoZone:
        return NO_ZONE
    except InvalidValue:
        return None

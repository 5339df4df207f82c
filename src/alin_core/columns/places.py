"""Where a dwelling is: zones and ceilings by whole numbers, made by asking the scalar rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from alin_core.columns.tables import LARGEST, ROW, Table, hundredths
from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NoTable, NotInForce
from alin_core.law.zones import NoZone, Zone, listed_communes, zone_of
from alin_core.rules.household_category import HouseholdCategory
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.values.amounts import euros, subtract
from alin_core.values.housing import RentalNorm

__all__ = [
    "NORMS",
    "NO_ZONE",
    "UNKNOWN_NORM",
    "ZONES",
    "Place",
    "ceilings",
    "further_amounts",
    "place_of",
    "places",
    "starts",
    "zone_ranges",
    "zones",
]

#: The code of a norm or a zone is its place.
NORMS = tuple(RentalNorm)
ZONES = tuple(Zone)
#: A norm that is not given.
UNKNOWN_NORM = len(NORMS)
#: A commune that exists where the ceilings have no zone.
NO_ZONE = len(ZONES)


def place_of(since: Any, norm: Any, zone: Any) -> Any:
    """One integer for what a ceiling depends on beside the household, or one column of them.

    A zone of -1 is unknown; neither that one nor `NO_ZONE` has a ceiling.
    """
    return (since * (len(NORMS) + 1) + norm) * (NO_ZONE + 2) + zone + 1


def starts(rulebook: Rulebook) -> tuple[date, ...]:
    """The days on which a ceiling may change, and those from which a table is silent."""
    days: set[date] = set()
    for table in (rulebook.plai, rulebook.plus):
        days.update(edition.in_force for edition in table.editions)
        if table.checked_until < date.max:
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
        table[place + (UNKNOWN_NORM - NORMS.index(norm)) * (NO_ZONE + 2)] = 0
    return table


class Place(NamedTuple):
    """A norm and a zone that have ceilings on one day."""

    key: int
    #: Cents, by the category and, times 8, the one that an unknown age leaves: the lower of both.
    least: Table
    #: Cents, for each further person.
    further: int


@lru_cache(maxsize=64)
def places(days: tuple[date, ...], rulebook: Rulebook) -> tuple[Place, ...]:
    """Every place that has ceilings on these days."""
    amounts, further = ceilings(days, rulebook), further_amounts(days, rulebook)
    told = []
    for key, _asked in _places(days, rulebook):
        column = {number: amounts[key * ROW + number] for number in range(1, 7)}
        pairs = product(column, (0, *column))
        least = {
            number + ROW * higher: min(column[number], column.get(higher, column[number]))
            for number, higher in pairs
        }
        told.append(Place(key, least, further[key]))
    return tuple(told)


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


@lru_cache(maxsize=2)
def zone_ranges(merged_communes_keep_their_zone: bool) -> tuple[tuple[str, int], ...]:
    """The codes, in alphabetical order, from which on the zone of a commune is another one.

    What begins with a text comes before that text with the next character at its end.
    """
    listed, started = zones(merged_communes_keep_their_zone)
    answers = {text: zone for group in (started, listed) for zone in group for text in group[zone]}
    texts = set(answers) | {text[:-1] + chr(ord(text[-1]) + 1) for text in answers}
    ranges = [("", -2)]
    for text in sorted(texts):
        zone = answers.get(text, answers.get(text[:3], -2))
        if zone != ranges[-1][1]:
            ranges.append((text, zone))
    return tuple(ranges)


def _zone_from(start: str) -> int | None:
    """None: no department, or Paris, where each commune is listed."""
    try:
        return ZONES.index(zone_of(f"{start}00"))
    except NoZone:
        return NO_ZONE
    except InvalidValue:
        return None

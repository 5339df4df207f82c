"""What a text of the national XML says: a day, an amount, a year, a number of persons."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from alin_core.errors import InvalidValue
from alin_core.values.amounts import euros

__all__ = ["amount", "count", "day", "is_part_of_day", "year"]

_TIME = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_DAY = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_TIME}{_ZONE}")
#: Zeros stand for a day or a month that nobody knows, as in French civil status.
_PART_OF_DAY = re.compile(rf"[0-9]{{4}}(?:-(?:00|(?:0[1-9]|1[0-2]))(?:-00)?)?{_ZONE}")
_YEAR = re.compile(rf"((?:19|20|21)[0-9]{{2}}){_ZONE}")
_COUNT = re.compile(r"[0-9]{1,3}")
#: A decimal of XML, or a French one: its comma, its spaces between thousands.
_AMOUNT = re.compile(
    r"\+?([0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{0,12})(?:,([0-9]{1,2})|\.([0-9]{0,2})0*)?"
)


def day(text: str) -> date:
    """A day; the time and the zone that it may bear do not move it.

    >>> day("1985-02-03+01:00"), day("1985-02-03T00:00:00")
    (datetime.date(1985, 2, 3), datetime.date(1985, 2, 3))
    """
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date.fromisoformat(found[1])
    except ValueError:
        raise InvalidValue("date", text, "that day does not exist") from None
    raise InvalidValue("date", text, "give a day such as 1985-02-03")


def is_part_of_day(text: str) -> bool:
    """Does the text give a year, or a month, without its day?

    >>> is_part_of_day("1985-02"), is_part_of_day("1985-02-00"), is_part_of_day("1985-02-03")
    (True, True, False)
    """
    return _PART_OF_DAY.fullmatch(text) is not None


def amount(text: str) -> Decimal:
    """Euros exact to the cent, as XML or as French write them; raises `AmountError`.

    >>> amount("1910.5000"), amount("1 910,5")
    (Decimal('1910.50'), Decimal('1910.50'))
    """
    found = _AMOUNT.fullmatch(text)
    if found is not None:
        whole, comma, point = found.groups("")
        cents = comma or point
        if whole or cents:
            return Decimal(f"{whole.replace(' ', '')}.{cents:0<2}")
    return euros(text)  # refuses it


@lru_cache(maxsize=64)
def year(text: str) -> int:
    """An income year, whatever the zone that an XML year may bear."""
    found = _YEAR.fullmatch(text)
    if found is None:
        raise InvalidValue("year", text, "give a year of four digits, from 1900 to 2199")
    return int(found[1])


def count(text: str) -> int:
    """A whole number of persons."""
    if not _COUNT.fullmatch(text):
        raise InvalidValue("count", text, "give a whole number")
    return int(text)

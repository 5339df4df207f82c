"""When something happened: an instant, whatever clock read it, and its day in Paris."""

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import Attribute, Converter

from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.frozen import frozen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["NoTimeZone", "instant", "instant_field", "paris_day"]

#: A technical bound, not law: near the ends of the calendar no zone can be changed.
_FIRST, _PAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9001, 1, 1, tzinfo=UTC)


@frozen
class NoTimeZone(AlinError, LookupError):
    """This machine does not know the time zone in which the days of a deadline are counted."""

    name: str

    def __str__(self) -> str:
        return f"the time zone {self.name!r} is not on this machine; install the package tzdata"


@cache
def _paris() -> "ZoneInfo":
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        raise NoTimeZone("Europe/Paris") from None


def paris_day(at: datetime) -> date:
    """The day it is in Paris at that instant.

    >>> paris_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    datetime.date(2026, 11, 24)

    Raises as `instant` does, and `NoTimeZone` on a machine without that time zone.
    """
    return instant(at).astimezone(_paris()).date()


def instant(value: datetime, name: str = "at") -> datetime:
    """The instant, in UTC: two zones write one instant alike, and a fold of the clock is no trap.

    >>> from datetime import timedelta, timezone
    >>> instant(datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))).isoformat()
    '2026-11-23T09:00:00+00:00'

    Raises `WrongType` for what is no datetime and `InvalidValue` for one without a time zone
    or, in UTC, outside the years 1900 to 9000.
    """
    if not isinstance(value, datetime):
        raise WrongType(name, type(value), "datetime.datetime")
    if value != value:  # pandas.NaT, a datetime by its class alone
        raise InvalidValue(name, value, "give an instant, or leave it out")
    if value.utcoffset() is None:
        raise InvalidValue(name, value, "give its time zone: whose clock reads it?")
    # A plain datetime: a subclass may compare as it likes, and hold what JSON does not write.
    plain = datetime.combine(value.date(), value.timetz())
    if not _FIRST <= plain < _PAST:
        raise InvalidValue(name, value, "give a year from 1900 to 9000, in UTC")
    return plain.astimezone(UTC)


def _field_instant(value: datetime, attribute: "Attribute[Any]") -> datetime:
    return instant(value, attribute.name)


if TYPE_CHECKING:  # mypy reads the type of a converter off a function only

    def instant_field(value: datetime) -> datetime: ...

else:
    instant_field = Converter(_field_instant, takes_field=True)

"""When something happened: an instant, whatever clock read it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from attrs import Attribute, Converter

from alin_core.errors import InvalidValue, WrongType

__all__ = ["instant", "instant_field"]


def instant(value: datetime, name: str = "at") -> datetime:
    """The instant, in UTC: two zones write one instant alike, and a fold of the clock is no trap.

    >>> from datetime import timedelta, timezone
    >>> instant(datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))).isoformat()
    '2026-11-23T09:00:00+00:00'

    Raises `WrongType` for what is no datetime and `InvalidValue` for one without a time zone.
    """
    if not isinstance(value, datetime):
        raise WrongType(name, value, "datetime.datetime")
    if value.utcoffset() is None:
        raise InvalidValue(name, value, "give its time zone: whose clock reads it?")
    # A technical bound, not law: near the ends of the calendar no zone can be changed.
    if not 1900 <= value.year <= 9000:
        raise InvalidValue(name, value, "give a year from 1900 to 9000")
    return value.astimezone(UTC)


def _field_instant(value: datetime, attribute: "Attribute[Any]") -> datetime:
    return instant(value, attribute.name)


if TYPE_CHECKING:  # mypy reads the type of a converter off a function only

    def instant_field(value: datetime) -> datetime: ...

else:
    instant_field = Converter(_field_instant, takes_field=True)

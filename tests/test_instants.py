"""An instant is one, whatever clock read it; its day is that of Paris."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from alin_core.errors import InvalidValue, WrongType
from alin_core.values import instants
from alin_core.values.instants import NoTimeZone, instant, paris_day

PARIS = ZoneInfo("Europe/Paris")


def test_the_hour_that_comes_twice_keeps_its_order() -> None:
    first = instant(datetime(2026, 10, 25, 2, 50, tzinfo=PARIS))
    second = instant(datetime(2026, 10, 25, 2, 10, tzinfo=PARIS, fold=1))
    assert second - first == timedelta(minutes=20)


def test_two_zones_write_one_instant() -> None:
    here = datetime(2026, 11, 23, 10, tzinfo=PARIS)
    assert instant(here) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert instant(here).tzinfo is UTC


@pytest.mark.parametrize("value", [date(2026, 11, 23), "2026-11-23T10:00:00Z", None, 1.0])
def test_what_is_no_datetime_is_refused(value: object) -> None:
    with pytest.raises(WrongType, match=r"^at: .* give datetime\.datetime$"):
        instant(value)  # type: ignore[arg-type]


def test_a_datetime_without_zone_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^sent: .* give its time zone"):
        instant(datetime(2026, 11, 23), "sent")  # noqa: DTZ001


class Odd(datetime):
    """One that never comes before another."""

    def __lt__(self, _other: object) -> bool:
        return False


def test_an_instant_is_a_plain_datetime() -> None:
    odd = instant(Odd(2026, 10, 25, 2, 30, 1, 7, tzinfo=PARIS, fold=1))
    assert type(odd) is datetime
    assert odd == datetime(2026, 10, 25, 1, 30, 1, 7, tzinfo=UTC)


def test_a_day_in_paris_asks_for_a_time_zone() -> None:
    with pytest.raises(InvalidValue, match="give its time zone"):
        paris_day(datetime(2026, 11, 23))  # noqa: DTZ001


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(1900, 1, 1, tzinfo=PARIS),
        datetime(1899, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(9001, 1, 1, tzinfo=UTC),
        datetime(9000, 12, 31, 20, tzinfo=timezone(timedelta(hours=-4))),
        datetime(9999, 12, 31, tzinfo=timezone(timedelta(hours=-14))),
    ],
    ids=str,
)
def test_the_ends_of_the_calendar_are_refused(at: datetime) -> None:
    with pytest.raises(InvalidValue, match=r"^at: .* give a year from 1900 to 9000, in UTC$"):
        instant(at)


@pytest.mark.parametrize(
    "at",
    [
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(9001, 1, 1, 0, 59, 59, tzinfo=PARIS),
        datetime(9000, 12, 31, 19, 59, tzinfo=timezone(timedelta(hours=-4))),
    ],
    ids=str,
)
def test_what_is_an_instant_is_one_again_in_utc(at: datetime) -> None:
    assert instant(instant(at)) == at


def test_the_lack_of_an_instant_in_pandas_is_none() -> None:
    with pytest.raises(InvalidValue, match=r"^at: NaT is refused; give an instant, or"):
        instant(pd.NaT)


@pytest.mark.parametrize("year", [1900, 9000])
def test_every_other_year_is_an_instant(year: int) -> None:
    assert paris_day(instant(datetime(year, 6, 1, 12, tzinfo=UTC))) == date(year, 6, 1)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, tzinfo=UTC), date(2026, 3, 30)),
    ],
)
def test_the_day_in_paris_around_the_change_of_clocks(at: datetime, day: date) -> None:
    assert paris_day(at) == day


def test_a_machine_without_time_zones_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError

    monkeypatch.setattr(zoneinfo, "ZoneInfo", missing)
    instants._paris.cache_clear()
    with pytest.raises(NoTimeZone, match="'Europe/Paris' is not on this machine; install"):
        paris_day(datetime(2026, 11, 23, tzinfo=UTC))
    monkeypatch.undo()
    assert paris_day(datetime(2026, 11, 23, tzinfo=UTC)) == date(2026, 11, 23)

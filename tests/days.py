"""The days that the tables answer for, read off the tables: an edition more moves them."""

from datetime import date, timedelta

from alin_core.law.catalogue import load
from alin_core.law.tables import ceiling_table

__all__ = ["FIRST", "LAST", "LAST_OF_AID", "NEWEST", "day_after"]

_PLUS = ceiling_table("plus")
#: The first day of the ceilings, that of the newest edition, and the last day checked.
FIRST, NEWEST, LAST = _PLUS.editions[0].in_force, _PLUS.editions[-1].in_force, _PLUS.checked_until
#: The last day that the housing aid is estimated for.
LAST_OF_AID: date = min(table["checked_until"] for table in load("housing_aid").values())


def day_after(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)

"""`alin ceilings`: the income ceilings of a day."""

from argparse import Namespace
from decimal import Decimal

from alin_core.commands.terminal import day
from alin_core.eligibility import HouseholdCategory, income_ceiling
from alin_core.errors import member
from alin_core.law.pages import ceilings_text
from alin_core.law.zones import Zone
from alin_core.values.amounts import subtract
from alin_core.values.housing import RentalNorm

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """The ceilings of a norm on a day, with how each figure was verified."""
    norm, on = RentalNorm(asked.norm), day(asked.on)
    zones: list[Zone] = [zone for zone in Zone if zone is not Zone.OVERSEAS]
    if asked.zone is not None:
        zones = [member(Zone, asked.zone, "--zone")]
    columns: dict[Zone, list[tuple[Decimal, str]]] = {}
    for zone in zones:
        rows = [
            income_ceiling(norm, zone, HouseholdCategory(number), on=on) for number in range(1, 7)
        ]
        seven = income_ceiling(norm, zone, HouseholdCategory(6, 1), on=on).amount
        edition = rows[0].edition
        cells = [(row.amount, row.verified) for row in rows]
        further = (subtract(seven, rows[-1].amount), edition.cell(zone, 6)[1])
        columns[zone] = [*cells, further]
    return ceilings_text(norm.value, on, edition, columns, asked.lang)

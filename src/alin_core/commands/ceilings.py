"""`alin ceilings`: the income ceilings of a day."""

from argparse import Namespace

from alin_core.commands.terminal import day
from alin_core.eligibility import HouseholdCategory, income_ceiling
from alin_core.errors import member
from alin_core.law.zones import Zone
from alin_core.rules.income_ceiling import ceiling_column
from alin_core.text.ceilings import ceilings
from alin_core.text.wording import Words
from alin_core.values.housing import RentalNorm

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """The ceilings of a norm on a day, with how each figure was verified."""
    norm, on = RentalNorm(asked.norm), day(asked.on)
    zones: list[Zone] = [zone for zone in Zone if zone is not Zone.OVERSEAS]
    if asked.zone is not None:
        zones = [member(Zone, asked.zone, "--zone")]
    edition = income_ceiling(norm, zones[0], HouseholdCategory(1), on=on).edition
    columns = {zone: ceiling_column(norm, zone, on=on) for zone in zones}
    return ceilings(norm.value, on, edition, columns, Words.of(asked.lang)).text()

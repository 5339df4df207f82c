"""Which pairs of a demand and an offer can pass, from a few small columns of each side.

A pair holds no more than these while it is judged; the others are worked out for what passes.
"""

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.columns.pairs import further_persons
from alin_core.columns.sides import NEVER, Asked
from alin_core.columns.stages import LookUp, Row, at_least, at_most, cell, choose, flag, number

__all__ = ["demand_limits", "may_pass", "offer_limits"]

_TWO_BYTES = nw.Int16


def demand_limits(asked: Asked) -> list[Row]:
    """Where the income passes, as the bits of one number; the rooms and the rent that do."""
    smallest, largest = tables.passing_rooms(asked.rulebook)
    persons = at_most(cell("residents"), max(smallest))
    key = cell("category") if asked.ready else cell("category") + cell("higher") * tables.ROW
    ceilings = {
        f"least_{bit}": LookUp(key, place.least, default=-NEVER)
        for bit, place in enumerate(places.places(asked.days, asked.rulebook))
    }
    return [
        {
            "smallest": LookUp(persons, smallest, default=tables.MOST_ROOMS + 1),
            "largest": LookUp(persons, largest, default=0),
            **ceilings,
        },
        {
            "fits": _fits(asked).cast(_TWO_BYTES),
            "smallest": cell("smallest").cast(_TWO_BYTES),
            "largest": cell("largest").cast(_TWO_BYTES),
            "highest_rent": _highest_rent(asked),
        },
    ]


def _fits(asked: Asked) -> nw.Expr:
    further, needed = further_persons(asked), cell("needed")
    within = (
        flag(cell(f"least_{bit}") + further * place.further >= needed) * 2**bit
        for bit, place in enumerate(places.places(asked.days, asked.rulebook))
    )
    return sum(within, number(0))


def _highest_rent(asked: Asked) -> nw.Expr:
    """The rent including charges up to which it is affordable; without an income, on aid alone."""
    met, near = (
        cell("observed") * below // above for above, below in tables.rent_multiples(asked.rulebook)
    )
    return choose((cell("monthly_income") >= number(0), near), otherwise=met)


def offer_limits(asked: Asked) -> list[Row]:
    """The bit of its ceilings, its rooms and its rent."""
    tabled = places.places(asked.days, asked.rulebook)
    units = {place.key: 2**bit for bit, place in enumerate(tabled)}
    whole = nw.min_horizontal(cell("rent"), cell("charges")) >= number(0)
    return [
        {"unit": LookUp(cell("place"), units, default=2 ** len(tabled))},
        {
            "unit": cell("unit").cast(_TWO_BYTES),
            "few_rooms": at_most(at_least(cell("rooms"), 0), tables.MOST_ROOMS).cast(_TWO_BYTES),
            "asked_rent": choose((whole, cell("known_rent")), otherwise=number(NEVER)),
        },
    ]


def may_pass(engine: nw.Implementation) -> nw.Expr:
    """Does each rule pass, at BORDERLINE at worst?

    Polars would turn comparisons of the two sides into a join by ranges, which takes twice as long
    and loses the order of the rows: hence differences.
    """
    share = cell("fits") // cell("unit")
    # pandas has no remainder of the integers of Arrow; elsewhere it is the faster one.
    fits = (share - share // 2 * 2 if engine.is_pandas_like() else share % 2) == 1
    rooms = (cell("few_rooms") - cell("smallest") >= 0) & (cell("few_rooms") - cell("largest") <= 0)
    return fits & rooms & (cell("highest_rent") - cell("asked_rent") >= 0)

"""The APL, held against OpenFisca-France on 10 000 households a period; what differs is pinned."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from attrs import fields
from housing_aid import drawn, ours, theirs

from alin_core.housing_aid.tables import AidLaw, aid_editions, aid_law

COUNT = 10_000
FIRST = date(2020, 2, 1)
#: The days on which a figure changes, from the first that the estimate answers for.
PERIODS = sorted(
    {
        max(edition.in_force, FIRST)
        for table in fields(AidLaw)
        for edition in aid_editions(table.name)
    }
)
#: How many households of each period differ by one euro, without a rent reduction.
APART: dict[str, int] = {
    "2020-02-01": 2,
    "2020-10-01": 4,
    "2021-01-01": 2,
    "2021-10-01": 2,
    "2022-01-01": 1,
    "2022-07-01": 0,
    "2022-10-01": 0,
    "2023-01-01": 0,
    "2023-10-01": 1,
    "2024-01-01": 0,
    "2024-10-01": 1,
    "2025-01-01": 1,
    "2025-06-01": 1,
    "2025-10-01": 2,
    "2026-01-01": 1,
    "2026-06-01": 3,
    "2026-10-01": 4,
}
#: How many differ with one, once it is counted in their order.
APART_IN_THEIR_ORDER: dict[str, int] = {
    "2020-02-01": 2,
    "2020-10-01": 2,
    "2021-01-01": 1,
    "2021-10-01": 1,
    "2022-01-01": 0,
    "2022-07-01": 1,
    "2022-10-01": 2,
    "2023-01-01": 1,
    "2023-10-01": 1,
    "2024-01-01": 0,
    "2024-10-01": 1,
    "2025-01-01": 0,
    "2025-06-01": 0,
    "2025-10-01": 1,
    "2026-01-01": 2,
    "2026-06-01": 5,
    "2026-10-01": 4,
}

Steps = Mapping[str, Decimal]


#: How far numbers of single precision move an aid that falls with a dear rent, in euros.
SINGLE = Fraction("0.0002")


def halfway(value: Fraction, unit: str, within: Fraction = Fraction(0)) -> bool:
    """Is the value in the middle of two multiples of the unit, or that near to it?"""
    return abs(value % Fraction(unit) - Fraction(unit) / 2) <= within


def on_the_edge(steps: Steps, rent: str, paid: Fraction, on: date) -> bool:
    """Does one figure stand where the last digit of a binary number decides?

    Halfway between two multiples of what it is rounded to, or a whole euro that is cut.
    """
    law, exact = aid_law(on), {name: Fraction(value) for name, value in steps.items()}
    starts = [Fraction(start) for start, _ in law.rent_rate.rows]
    parts = zip(law.rent_rate.rows, starts, [*starts[1:], exact["RL"]], strict=True)
    rate = sum(
        Fraction(percent) / 100 * max(min(exact["RL"], end) - start, 0)
        for (_, percent), start, end in parts
    )
    bounds = [exact["ceiling"] * Fraction(times) for row in law.taper.rows for times in row]
    width, left = exact["d2"] - exact["d1"], exact["d2"] - Fraction(rent)
    return (
        halfway(rate, "0.001")
        or any(halfway(each, "0.01") for each in bounds if _near(each, exact["d1"], exact["d2"]))
        or (left < width and halfway(exact["Af"] * left / width, "0.01", SINGLE))
        or paid % 1 == 0
    )


def _near(value: Fraction, *others: Fraction) -> bool:
    return any(abs(value - other) < Fraction("0.01") for other in others)


def in_their_order(steps: Steps, rls_share: Decimal) -> Fraction:
    """The aid before it is cut to the euro, the reduction taken off before and to no cent."""
    cut = Fraction(steps["rls"]) * Fraction(rls_share) / 100 if "rls" in steps else Fraction(0)
    left = max(Fraction(steps["A"]) - cut, Fraction(0))
    crds = Fraction(floor(left / 2), 100)  # half a percent, cut to the cent
    return left - crds


def apart(on: date, *, reduced: bool) -> int:
    """How many of the households of a period differ, each by one euro and on an edge."""
    cases = [case | {"landlord_applies_rls": reduced} for case in drawn(COUNT, on, on.toordinal())]
    ((share,),) = aid_law(on).rls_share.rows
    count = 0
    for case, aid in zip(cases, theirs(cases, with_rls=reduced), strict=True):
        estimate = ours(case)
        steps = {step.symbol: step.value for step in estimate.steps}
        paid = in_their_order(steps, share)
        if not steps.get("rls"):
            assert floor(paid) == estimate.monthly, case
        if floor(paid) != aid:
            assert abs(floor(paid) - int(aid)) == 1, case
            assert on_the_edge(steps, case["rent"], paid, on), case
            count += 1
    return count


@pytest.mark.parametrize("on", PERIODS, ids=str)
def test_the_aid_without_a_rent_reduction(on: date) -> None:
    assert apart(on, reduced=False) == APART[str(on)]


@pytest.mark.parametrize("on", PERIODS, ids=str)
def test_the_aid_with_a_rent_reduction_in_their_order(on: date) -> None:
    assert apart(on, reduced=True) == APART_IN_THEIR_ORDER[str(on)]

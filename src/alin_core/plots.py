"""Pictures, drawn by matplotlib (extra `plots`); nothing else of the library loads them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure

from alin_core.housing_aid import HousingAidHousehold, estimate_housing_aid
from alin_core.law.rulebook import Rulebook
from alin_core.law.wording import texts
from alin_core.values.amounts import add, divide, multiply, subtract

__all__ = ["aid_picture"]

#: Euros per month.
_RENTS = [Decimal(rent) for rent in range(20, 1_001, 20)]
_INCOMES = [Decimal(income) for income in range(500, 3_001, 50)]
#: Twelve months of stable wages, less 10 %: an approximation of the annual base.
_BASE_OF_MONTHLY_WAGES = Decimal("10.8")
_PERCENT = Decimal(100)
_BLUE = "#00538a"

#: What is drawn, of a rent, an income and the aid.
_Drawn = Callable[[Decimal, Decimal, Decimal], Decimal]


def aid_picture(household: HousingAidHousehold, *, zone: int, on: date, lang: str) -> Figure:
    """The estimated APL, and the effort it leaves, against monthly income and rent.

    Charges are left out. The dashed line is where income and aid are three times the rent.
    ASSUMPTION: the income is stable wages, and the base of the aid is 90 % of twelve months of
    them; who knows the base asks `estimate_housing_aid`. Raises what that function raises.
    """
    words = texts(lang)["plot"]["aid"]
    aids = {
        (rent, income): estimate_housing_aid(
            rent=rent,
            zone=zone,
            household=household,
            resources=multiply(income, _BASE_OF_MONTHLY_WAGES),
            on=on,
        ).before_rls
        for rent in _RENTS
        for income in _INCOMES
    }
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    left.clabel(_contours(left, aids, _aid, range(0, 501, 100)), fmt="%d\u00a0€")
    right.clabel(_contours(right, aids, _effort, range(0, 61, 10)), fmt="%d\u00a0%%")
    for axes, title in ((left, words["aid"]), (right, words["effort"])):
        for label in axes.texts:
            label.set_clip_on(False)  # one at the very edge would be cut in two
        _contours(axes, aids, _margin, range(1), colors="black", linestyles="dashed")
        axes.set_title(title)
    left.set_ylabel(words["rent"])
    figure.supxlabel(words["income"])
    return figure


def _aid(_rent: Decimal, _income: Decimal, aid: Decimal) -> Decimal:
    return aid


def _effort(rent: Decimal, income: Decimal, aid: Decimal) -> Decimal:
    return multiply(divide(subtract(rent, aid), income), _PERCENT)


def _margin(rent: Decimal, income: Decimal, aid: Decimal) -> Decimal:
    return subtract(add(income, aid), multiply(rent, Rulebook.standard().rent_multiple))


def _contours(
    axes: Axes,
    aids: dict[tuple[Decimal, Decimal], Decimal],
    drawn: _Drawn,
    levels: range,
    **style: Any,
) -> QuadContourSet:
    heights = [
        [float(drawn(rent, income, aids[rent, income])) for income in _INCOMES] for rent in _RENTS
    ]
    # One dark colour: the labels tell the lines apart, in print and to the colour-blind too.
    style = {"colors": _BLUE, **style}
    return axes.contour(_INCOMES, _RENTS, heights, levels=list(levels), **style)

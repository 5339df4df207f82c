"""Lines of equal aid and of equal effort, over income and rent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.law.rulebook import Rulebook
from alin_core.text.wording import Words
from alin_core.values.amounts import add, divide, multiply, subtract

if TYPE_CHECKING:
    from matplotlib.axes import Axes
__all__ = ["Aids", "aids_over", "draw_aid", "draw_effort"]

#: Euros per month.
_RENTS = [Decimal(rent) for rent in range(20, 1_001, 20)]
_INCOMES = [Decimal(income) for income in range(500, 3_001, 50)]
#: Twelve months of stable wages, less 10 %: an approximation of the annual base.
_BASE_OF_MONTHLY_WAGES = Decimal("10.8")
_PERCENT = Decimal(100)

#: The aid for a rent and an income, euros per month.
Aids = dict[tuple[Decimal, Decimal], Decimal]
#: What is drawn, of a rent, an income and the aid.
_Drawn = Callable[[Decimal, Decimal, Decimal], Decimal]


def aids_over(household: HousingAidHousehold, zone: int, on: date) -> Aids:
    """The estimate of every rent and every income that are drawn; raises as it does."""
    return {
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


def draw_aid(axes: "Axes", aids: Aids, words: Words) -> None:
    """The lines of equal aid."""
    _labelled(axes, aids, _aid, range(0, 501, 100), lambda level: words.euros(Decimal(level)))


def draw_effort(axes: "Axes", aids: Aids, words: Words) -> None:
    """The lines of equal effort: the rent less the aid, as a share of the income."""
    _labelled(axes, aids, _effort, range(0, 61, 10), lambda level: words.percent(level))


def _labelled(
    axes: "Axes", aids: Aids, drawn: _Drawn, levels: range, labels: Callable[[int], str]
) -> None:
    """These lines with their figures, and the one where income and aid are just enough."""
    _contours(axes, aids, _margin, range(1), colors="black", linestyles="dashed")
    axes.clabel(_contours(axes, aids, drawn, levels), fmt=labels, inline=False)
    for label in axes.texts:
        income, rent = label.get_position()
        # One at the very edge would be cut in two.
        label.set_position((min(max(income, 600), 2_900), min(max(rent, 60), 940)))
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})


def _aid(_rent: Decimal, _income: Decimal, aid: Decimal) -> Decimal:
    return aid


def _effort(rent: Decimal, income: Decimal, aid: Decimal) -> Decimal:
    return multiply(divide(subtract(rent, aid), income), _PERCENT)


def _margin(rent: Decimal, income: Decimal, aid: Decimal) -> Decimal:
    return subtract(add(income, aid), multiply(rent, Rulebook.standard().rent_multiple))


def _contours(axes: "Axes", aids: Aids, drawn: _Drawn, levels: range, **style: Any) -> Any:
    heights = [
        [float(drawn(rent, income, aids[rent, income])) for income in _INCOMES] for rent in _RENTS
    ]
    # One dark colour: the labels tell the lines apart, in print and to the colour-blind too.
    style = {"colors": "#00538a", **style}
    return axes.contour(_INCOMES, _RENTS, heights, levels=list(levels), **style)

"""Pictures of the rules, readable in print and without colours; each function returns a figure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from alin_core.errors import member
from alin_core.law.findings import Outcome
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.rules.household_category import HouseholdCategory, possible_categories
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.values.amounts import Amount, euros, multiply, subtract
from alin_core.values.household import Household
from alin_core.values.housing import RentalNorm

__all__ = ["affordability_zones", "ceilings_over_years", "flips", "room_under_ceilings"]

# Okabe and Ito, for colour-blind readers; dashes, marks, hatches and words do in print.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#000000")
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
_MARKS = ("o", "s", "^", "D", "v", "P")


def _axes(title: str, x: str, y: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(8, 5), layout="constrained", facecolor="white")
    axes = figure.subplots()
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter(lambda value, _place: _spaced(value))
    return figure, axes


def ceilings_over_years(
    norm: RentalNorm, zone: Zone, years: Sequence[int], *, rulebook: Rulebook | None = None
) -> Figure:
    """The ceiling of each category of household on 1 January of each year.

    >>> figure = ceilings_over_years(RentalNorm.PLUS, Zone.OTHER_REGIONS, range(2020, 2027))
    >>> [line.get_label() for line in figure.axes[0].lines][0]
    'category 1'

    Raises `NotInForce` for a year without a table, `NoTable` for a norm or a zone without one.
    """
    norm, zone = RentalNorm(norm), Zone(zone)
    title = f"{norm.value} income ceilings, {_ZONES[zone]}"
    figure, axes = _axes(title, "year", "euros a year")
    for number, (colour, dash, mark) in enumerate(_styles(6), start=1):
        amounts = [float(_amount(norm, zone, number, date(year, 1, 1), rulebook)) for year in years]
        label = f"category {number}"
        axes.plot(years, amounts, color=colour, linestyle=dash, marker=mark, label=label)
        axes.annotate(str(number), (years[-1], amounts[-1]), (8, 0), textcoords="offset points")
    axes.set_ylim(bottom=0)
    axes.set_xticks(list(years))
    axes.tick_params(axis="x", rotation=45)
    figure.legend(loc="outside right center", reverse=True)
    return figure


def _styles(count: int) -> list[tuple[Any, Any, Any]]:
    endless = zip(cycle(_COLOURS), cycle(_DASHES), cycle(_MARKS), strict=False)
    return [next(endless) for _ in range(count)]


_ZONES = {
    Zone.PARIS_AND_ADJOINING: "Paris and adjoining communes",
    Zone.ILE_DE_FRANCE: "Île-de-France",
    Zone.OTHER_REGIONS: "other regions",
    Zone.OVERSEAS: "overseas",
}


def _amount(
    norm: RentalNorm, zone: Zone, number: int, on: date, rulebook: Rulebook | None
) -> Decimal:
    category = HouseholdCategory(number)
    return income_ceiling(norm, zone, category, on=on, rulebook=rulebook).amount


def room_under_ceilings(
    household: Household,
    income: Amount,
    zone: Zone,
    *,
    on: date,
    rulebook: Rulebook | None = None,
) -> Figure:
    """How far the income of a household is below or above the ceiling of each norm.

    The income is the one that counts, in euros per year. An age that decides and is unknown
    leaves the lower category.

    Raises as `household_category` and `income_ceiling` do.
    """
    used = euros(income, "income")
    household.born_by(on)
    category = possible_categories(household, on, rulebook or Rulebook.standard())[0][0]
    title = f"Room under each ceiling, category {category.number}, {_ZONES[Zone(zone)]}, {on}"
    figure, axes = _axes(title, "", "euros a year")
    for place, norm in enumerate(_TABLED):
        ceiling = income_ceiling(norm, zone, category, on=on, rulebook=rulebook).amount
        _bar(axes, place, norm, ceiling, subtract(ceiling, used))
    axes.axhline(float(used), color="black", linestyle="--", label=f"income {_spaced(used)} €")
    axes.set_xticks(range(len(_TABLED)), [norm.value for norm in _TABLED])
    axes.margins(y=0.15)
    axes.legend(loc="upper left")
    return figure


_TABLED = (RentalNorm.PLAI, RentalNorm.PLUS, RentalNorm.PLS)


def _bar(axes: Axes, place: int, norm: RentalNorm, ceiling: Decimal, room: Decimal) -> None:
    """A ceiling; hatched where the income is above it."""
    top, fits = float(ceiling), room >= 0
    colour, hatch = (_COLOURS[0], "") if fits else (_COLOURS[1], "///")
    axes.bar(place, top, width=0.5, alpha=0.75, color=colour, hatch=hatch, edgecolor="black")
    words = f"{norm.value}: {'room of' if fits else 'over by'} {_spaced(abs(room))} €"
    axes.annotate(words, (place, top), (0, 5), textcoords="offset points", ha="center")


def affordability_zones(
    highest_rent: Amount = 1_200, *, rulebook: Rulebook | None = None
) -> Figure:
    """Which incomes are MET, BORDERLINE and NOT_MET at each rent including charges.

    Income and aid in euros per month. The middle zone is an ASSUMPTION (`rent_tolerance`).
    """
    rulebook = rulebook or Rulebook.standard()
    rent = float(euros(highest_rent, "highest_rent"))
    share = subtract(Decimal(1), rulebook.rent_tolerance)
    met = float(rulebook.rent_multiple) * rent
    borderline = float(multiply(rulebook.rent_multiple, share)) * rent
    figure, axes = _axes(
        "Income and rent", "rent including charges, euros a month", "income and aid, euros a month"
    )
    top = met * 1.15
    zones = (
        (Outcome.NOT_MET, (0, 0), (0, borderline), _COLOURS[1], "..."),
        (Outcome.BORDERLINE, (0, borderline), (0, met), _COLOURS[4], "///"),
        (Outcome.MET, (0, met), (top, top), _COLOURS[0], ""),
    )
    for outcome, below, above, colour, hatch in zones:
        style: Any = {"color": colour, "hatch": hatch, "alpha": 0.35, "edgecolor": "black"}
        axes.fill_between((0, rent), below, above, label=outcome.value, **style)
    axes.plot((0, rent), (0, met), color="black", label=f"{rulebook.rent_multiple} times the rent")
    axes.plot((0, rent), (0, borderline), color="black", linestyle="--", label=f"{share:.0%} of it")
    axes.set(xlim=(0, rent), ylim=(0, top))
    axes.legend(loc="upper left")
    return figure


def flips(counts: Iterable[tuple[str, str, int]]) -> Figure:
    """How many rows a reform moves from one outcome to another.

    Each count is an outcome before, an outcome after and a number of rows, as in the counts of
    `compare_rulebooks`.

    >>> flips([("NOT_MET", "MET", 12), ("MET", "NOT_MET", 3)]).axes[0].get_title()
    'Who flips under the reform: 15 rows'

    Raises `InvalidValue` for an outcome that does not exist.
    """
    moves: Counter[tuple[Outcome, Outcome]] = Counter()
    for before, after, rows in counts:
        moves[_outcome(before), _outcome(after)] += rows
    title = f"Who flips under the reform: {_spaced(moves.total())} rows"
    figure, axes = _axes(title, "rows", "")
    for place, ((before, after), rows) in enumerate(reversed(moves.most_common())):
        better = _PASSES[after] > _PASSES[before]
        colour, hatch = (_COLOURS[0], "") if better else (_COLOURS[1], "///")
        axes.barh(place, rows, color=colour, alpha=0.75, hatch=hatch, edgecolor="black")
        words = f"{_spaced(rows)}, {'better' if better else 'worse'}"
        axes.annotate(words, (rows, place), (5, 0), textcoords="offset points", va="center")
    names = [f"{before} → {after}" for (before, after), _ in reversed(moves.most_common())]
    axes.set_yticks(range(len(names)), names)
    axes.margins(x=0.2)
    return figure


#: From the worst to the best.
_PASSES = {
    Outcome.NOT_MET: 0,
    Outcome.UNKNOWN: 1,
    Outcome.BORDERLINE: 2,
    Outcome.MET: 3,
}


def _outcome(name: str) -> Outcome:
    return member(Outcome, name, "counts")


def _spaced(number: Decimal | float) -> str:
    return f"{number:,.0f}".replace(",", "\N{NO-BREAK SPACE}")

"""Pictures, readable in print and without colours (extra `plots`: matplotlib).

Each function returns a figure of matplotlib, which a notebook shows and `savefig` writes; its words
are French (`lang="fr"`) or English. No other module of the library draws.
Raises `MissingExtra` without matplotlib, and `InvalidValue` for another language.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from alin_core.errors import InvalidValue, member, must_be
from alin_core.housing_aid.estimate import HousingAidHousehold
from alin_core.law.catalogue import rule
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.pictures.aid import aids_over, draw_aid, draw_effort
from alin_core.pictures.makeup import draw_points, draw_seniority, name_places, part_tiers
from alin_core.pictures.sheet import (
    BETWEEN,
    FAILS,
    FITS,
    blank,
    line_styles,
    plain,
    sheet,
    signs,
    titled,
)
from alin_core.ranking import Ranking
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Outcome
from alin_core.rules.household_category import HouseholdCategory, possible_categories
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Place
from alin_core.text.ranking import first_text, reminder, title_text
from alin_core.text.verdict import changed_fields
from alin_core.text.wording import Words
from alin_core.values.amounts import Amount, AmountError, euros, multiply, subtract
from alin_core.values.household import Household
from alin_core.values.housing import RentalNorm
from alin_core.values.languages import Lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "affordability_zones",
    "aid_picture",
    "ceilings_over_years",
    "flips",
    "ranking_makeup",
    "room_under_ceilings",
]

#: The norms that have a table, each with the fields of the rulebook that make its ceilings.
_TABLED = {
    RentalNorm.PLAI: ("plai",),
    RentalNorm.PLUS: ("plus",),
    RentalNorm.PLS: ("plus", "pls_factor"),
}
_WORST_FIRST = (NOT_MET, BORDERLINE, MET)
_ZONES = (FAILS, BETWEEN, FITS)


def ceilings_over_years(
    norm: RentalNorm,
    zone: Zone,
    years: Iterable[int],
    *,
    rulebook: Rulebook | None = None,
    lang: Lang = "en",
) -> "Figure":
    """The ceiling of each category of household on 1 January of each year.

    >>> figure = ceilings_over_years(RentalNorm.PLUS, Zone.OTHER_REGIONS, [2025, 2026])
    >>> [line.get_label() for line in figure.axes[0].lines][0]
    'category 1'

    Raises `NotInForce` for a year without a table, `NoTable` for a norm or a zone without one, and
    `InvalidValue` where no year is given.
    """
    norm, zone, shown = RentalNorm(norm), Zone(zone), sorted(set(years))
    if not shown:
        raise InvalidValue("years", shown, "give at least one year")
    words = Words.of(lang)
    title = words.say("plot.ceilings.title", norm=norm, zone=words.word("zone", zone))
    title = _of_reform(title, rulebook, _TABLED.get(norm, ()), words)
    figure, axes = sheet(title, words.say("plot.ceilings.year"), words.say("plot.ceilings.euros"))
    for number, style in enumerate(line_styles(6), start=1):
        category = HouseholdCategory(number)
        amounts = [
            float(
                income_ceiling(norm, zone, category, on=date(year, 1, 1), rulebook=rulebook).amount
            )
            for year in shown
        ]
        axes.plot(
            shown, amounts, label=words.say("plot.ceilings.category", category=number), **style
        )
        axes.annotate(str(number), (shown[-1], amounts[-1]), (8, 0), textcoords="offset points")
    axes.set_ylim(bottom=0)
    axes.set_xticks(shown, list(map(str, shown)), rotation=45)
    signs(axes, "y", words)
    figure.legend(loc="outside right center", reverse=True)
    return figure


def room_under_ceilings(
    household: Household,
    income: Amount,
    zone: Zone,
    *,
    on: date,
    rulebook: Rulebook | None = None,
    lang: Lang = "en",
) -> "Figure":
    """How far the income of a household is below or above the ceiling of each norm.

    The income is the one that counts, in euros per year. An age that decides and is unknown
    leaves the lower category.

    Raises as `household_category` and `income_ceiling` do.
    """
    words = Words.of(lang)
    used = euros(income, "income")
    household.born_by(on)
    category = possible_categories(household, on, rulebook or Rulebook.standard())[0][0]
    title = words.say(
        "plot.room.title",
        on=words.day(on),
        zone=words.word("zone", Zone(zone)),
        category=category.number,
    )
    read = chain(*_TABLED.values(), rule("household-category").parameters)
    title = _of_reform(title, rulebook, read, words)
    figure, axes = sheet(title, "", words.say("plot.room.euros"))
    for place, norm in enumerate(_TABLED):
        ceiling = income_ceiling(norm, zone, category, on=on, rulebook=rulebook).amount
        _ceiling_bar(axes, place, ceiling, subtract(ceiling, used), words)
    label = words.say("plot.room.income", income=words.euros(used))
    axes.axhline(float(used), color="black", linestyle="--", label=plain(label, 80))
    axes.set_xticks(range(len(_TABLED)), [norm.value for norm in _TABLED])
    axes.margins(y=0.2)
    signs(axes, "y", words)
    figure.legend(loc="outside lower center")
    return figure


def _of_reform(title: str, rulebook: Rulebook | None, read: Iterable[str], words: Words) -> str:
    """The title; under a reform of what the picture reads, that it is one and what it changes."""
    changed = "" if rulebook is None else changed_fields(rulebook, read)
    return words.say("plot.reform.title", title=title, changed=changed) if changed else title


def _ceiling_bar(axes: "Axes", place: int, ceiling: Decimal, room: Decimal, words: Words) -> None:
    """A ceiling; hatched where the income is above it."""
    fits, top = room >= 0, float(ceiling)
    axes.bar(place, top, width=0.5, **(FITS if fits else FAILS))
    told = words.say(
        f"plot.room.{'below' if fits else 'above'}",
        ceiling=words.euros(ceiling),
        room=words.euros(room.copy_abs()),
    )
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # no line runs through the words
    axes.annotate(told, (place, top), (0, 6), textcoords="offset points", ha="center", bbox=paper)


def affordability_zones(
    highest_rent: Amount = 1_200, *, rulebook: Rulebook | None = None, lang: Lang = "en"
) -> "Figure":
    """Which incomes are MET, BORDERLINE and NOT_MET at each rent including charges.

    Rent, and income with the aid, in euros per month. The middle zone is an ASSUMPTION
    (`rent_tolerance`); without a tolerance there is none. Raises `AmountError` for a rent of zero.
    """
    words = Words.of(lang)
    rulebook = rulebook or Rulebook.standard()
    rent = euros(highest_rent, "highest_rent")
    if not rent:
        raise AmountError("highest_rent", highest_rent, "give more than zero")
    full = rulebook.rent_multiple
    least = multiply(full, subtract(Decimal(1), rulebook.rent_tolerance))
    title = words.say("plot.affordability.title")
    figure, axes = sheet(
        _of_reform(title, rulebook, ("rent_multiple", "rent_tolerance"), words),
        words.say("plot.affordability.rent"),
        words.say("plot.affordability.income"),
    )
    right, top = float(rent), float(full) * float(rent) * 1.15
    edges = [
        (0.0, 0.0),
        *((0.0, float(multiple) * right) for multiple in (least, full)),
        (top, top),
    ]
    for outcome, below, above, style in zip(_WORST_FIRST, edges, edges[1:], _ZONES, strict=False):
        if below != above:
            zone = words.word("outcome", outcome)
            axes.fill_between((0, right), below, above, label=zone, alpha=0.6, **style)
    for multiple, dash in {least: "--", full: "-"}.items():
        line = words.say("plot.affordability.multiple", multiple=words.number(multiple))
        axes.plot((0, right), (0, float(multiple) * right), color="black", ls=dash, label=line)
    axes.set(xlim=(0, right), ylim=(0, top))
    signs(axes, "xy", words)
    figure.legend(loc="outside right upper", reverse=True)
    return figure


def ranking_makeup(ranking: Ranking, *, first: int = 25, lang: Lang = "en") -> "Figure":
    """Who comes before whom, and what each of the first places is made of.

    One row a place: its tier, the points of each criterion that counts, the day of the first
    deposit, and between two rows what separates them. It shows unique numbers, as
    `Ranking.explain` does: it is for who ranks, not for a candidate.
    Raises `InvalidValue` for `first` below 1 or above 100, which no sheet holds.
    """
    if not 1 <= must_be(first, int, "first") <= 100:
        raise InvalidValue("first", first, "give 1 to 100")
    words = Words.of(lang)
    places, policy = ranking.places[:first], ranking.policy
    height = 2 + 0.34 * len(places) + 0.3 * len(policy.criteria)
    figure = blank(11, max(height, 3.6) if places else 1.6)
    title = [title_text(ranking, words)]
    title += first_text(len(places), ranking.count, words)
    if len(places) > 1:
        title.append(words.say("plot.makeup.between"))
    titled(figure, " ".join(title))
    figure.supxlabel(plain(reminder(words), 140), size=8)
    if places:
        _draw_places(figure, places, policy, words)
    return figure


def _draw_places(
    figure: "Figure", places: Sequence[Place], policy: RankingPolicy, words: Words
) -> None:
    count = 2 if policy.criteria else 1
    panels = figure.subplots(1, count, sharey=True, squeeze=False, width_ratios=(3, 2)[:count])[0]
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="x", alpha=0.3)
        axes.set_axisbelow(True)
        part_tiers(axes, places, policy)
    name_places(panels[0], places, words)
    if policy.criteria:
        draw_points(panels[0], places, policy, words)
    draw_seniority(panels[-1], places, policy, words)


def flips(counts: Iterable[tuple[str, str, int]], *, lang: Lang = "en") -> "Figure":
    """How many rows a reform moves from one outcome to another.

    Each count is an outcome before, an outcome after and a number of rows, as in the counts of
    `compare_rulebooks`. To or from UNKNOWN is neither for the better nor for the worse.

    >>> flips([("NOT_MET", "MET", 12), ("MET", "NOT_MET", 3)]).get_suptitle()
    'Effect of the reform: 15 verdicts change'

    Raises `InvalidValue` for an outcome that does not exist or does not change.
    """
    words = Words.of(lang)
    moves = Counter[tuple[Outcome, Outcome]]()
    for old, new, rows in counts:
        before, after = member(Outcome, old, "counts"), member(Outcome, new, "counts")
        if before is after:
            raise InvalidValue("counts", old, "give an outcome after that is another one")
        moves[before, after] += rows
    title = words.say("plot.flips.title", rows=words.count("flips", moves.total()))
    figure, axes = sheet(title, words.say("plot.flips.rows"), "", height=1.6 + 0.5 * len(moves))
    names = []
    for place, ((before, after), rows) in enumerate(moves.most_common()):
        kind, style = _direction(before, after)
        axes.barh(place, rows, height=0.7, **style)
        told = words.say(
            "plot.flips.bar", rows=words.number(rows), kind=words.say(f"plot.flips.{kind}")
        )
        axes.annotate(told, (rows, place), (5, 0), textcoords="offset points", va="center")
        names.append(f"{words.word('outcome', before)} → {words.word('outcome', after)}")
    axes.set_yticks(range(len(names)), names)
    # Room for the words at the end of the longest bar.
    axes.set(xlim=(0, 1.6 * max((1, *moves.values()))), ylim=(len(names) - 0.4, -0.6))
    axes.locator_params(axis="x", integer=True, nbins=4)
    signs(axes, "x", words)
    return figure


def _direction(before: Outcome, after: Outcome) -> tuple[str, dict[str, Any]]:
    """The word and the style of a move."""
    if UNKNOWN in (before, after):
        return "unknown", BETWEEN
    better = _WORST_FIRST.index(after) > _WORST_FIRST.index(before)
    return ("better", FITS) if better else ("worse", FAILS)


def aid_picture(
    household: HousingAidHousehold, *, zone: int, on: date, lang: Lang = "en"
) -> "Figure":
    """The estimated APL, and the effort it leaves, against monthly income and rent.

    Charges are left out. The dashed line is where income and aid are three times the rent.
    ASSUMPTION: the income is stable wages, and the base of the aid is 90 % of twelve months of
    them; who knows the base asks `estimate_housing_aid`. Raises what that function raises.
    """
    words = Words.of(lang)
    aids = aids_over(household, zone, on)
    figure = blank(9, 4.2)
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, draw, title in ((left, draw_aid, "aid"), (right, draw_effort, "effort")):
        draw(axes, aids, words)
        axes.set_title(words.say(f"plot.aid.{title}"))
        signs(axes, "xy", words)
    left.set_ylabel(words.say("plot.aid.rent"))
    figure.supxlabel(words.say("plot.aid.income"))
    return figure

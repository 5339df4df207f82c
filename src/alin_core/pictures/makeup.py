"""What the places of a ranking are made of, one row each: points, seniority, what separates."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from alin_core.pictures.sheet import bar_styles, plain, signs
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Place
from alin_core.text.ranking import criterion_label
from alin_core.text.wording import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
__all__ = ["draw_points", "draw_seniority", "name_places", "part_tiers"]


def name_places(axes: "Axes", places: Sequence[Place], words: Words) -> None:
    """One row for each place, the first at the top, with its number and its tier."""
    names = [
        "{position}. {number}, {tier}".format(
            position=words.number(place.position),
            number=place.candidate.unique_number,
            tier=words.word("own_tier", place.tier or "UNKNOWN"),
        )
        for place in places
    ]
    axes.set_yticks(range(len(places)), [plain(name, 60) for name in names])
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.set_ylabel(words.say("plot.makeup.places"))


def part_tiers(axes: "Axes", places: Sequence[Place], policy: RankingPolicy) -> None:
    """A line between two places that their tier separates."""
    for row, (ahead, behind) in enumerate(pairwise(places)):
        if ahead.separated_from(behind, policy) == "tier":
            axes.axhline(row + 0.5, color="black", linewidth=0.8)


def draw_points(axes: "Axes", places: Sequence[Place], policy: RankingPolicy, words: Words) -> None:
    """The points of each place, one part a criterion; those taken away lie left of zero."""
    counted = [{line.code: line.points for line in place.breakdown} for place in places]
    codes = [each.code for each in policy.criteria if any(row.get(each.code) for row in counted)]
    drawn: dict[str, Any] = {}
    plus, minus = [0] * len(places), [0] * len(places)
    for code, style in zip(codes, bar_styles(len(codes)), strict=True):
        parts = [row.get(code, 0) for row in counted]
        starts = [minus[at] if part < 0 else plus[at] for at, part in enumerate(parts)]
        label = plain(criterion_label(code, policy, words), 36)
        drawn[label] = axes.barh(range(len(places)), parts, left=starts, height=0.7, **style)
        plus = [sum_ + max(part, 0) for sum_, part in zip(plus, parts, strict=True)]
        minus = [sum_ + min(part, 0) for sum_, part in zip(minus, parts, strict=True)]
    for row, place in enumerate(places):
        score = words.number(place.score)
        axes.annotate(score, (plus[row], row), (5, 0), textcoords="offset points", va="center")
    axes.axvline(0, color="black", linewidth=0.8)
    axes.legend(drawn.values(), drawn, loc="lower left", bbox_to_anchor=(0, 1), frameon=False)
    axes.set_xlabel(words.say("plot.makeup.points"))
    axes.margins(x=0.15)
    axes.locator_params(axis="x", integer=True)
    signs(axes, "x", words)


def draw_seniority(
    axes: "Axes", places: Sequence[Place], policy: RankingPolicy, words: Words
) -> None:
    """The day of each first deposit, the oldest at the left, and what separates two rows."""
    days = [cast(date, place.candidate.lodged_on) for place in places]
    since = [day.toordinal() for day in days]
    axes.plot(since, range(len(places)), "o", color="black")
    for row, day in enumerate(days):
        told = words.day(day)
        axes.annotate(told, (since[row], row), (7, 0), textcoords="offset points", va="center")
    for row, (ahead, behind) in enumerate(pairwise(places)):
        by = words.say(f"plot.makeup.by.{ahead.separated_from(behind, policy)}")
        axes.text(1.02, row + 0.5, by, transform=axes.get_yaxis_transform(), va="center", size=8)
    span = max(since[-1:] + since) - min(since) or 1
    axes.set_xlim(min(since) - 0.1 * span, max(since) + 1.3 * span)
    axes.set_xticks([])
    axes.set_xlabel(words.say("plot.makeup.seniority"))

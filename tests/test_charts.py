"""Pictures: what each shows, without its colours."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alin_core import charts
from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NotInForce
from alin_core.law.zones import Zone
from alin_core.values.household import Household
from alin_core.values.housing import RentalNorm

ON = date(2026, 11, 23)


def last(line: Any) -> float:
    return float(line.get_ydata()[-1])


def test_each_category_has_its_own_dash_and_mark() -> None:
    lines = (
        charts.ceilings_over_years(RentalNorm.PLUS, Zone.OTHER_REGIONS, range(2010, 2027))
        .axes[0]
        .lines
    )
    assert len(lines) == len({(line.get_linestyle(), line.get_marker()) for line in lines}) == 6
    assert last(lines[2]) == 37_584


def test_a_year_without_a_table_is_refused() -> None:
    with pytest.raises(NotInForce):
        charts.ceilings_over_years(RentalNorm.PLUS, Zone.OTHER_REGIONS, [2027])


def test_a_household_sees_its_room_under_each_ceiling() -> None:
    figure = charts.room_under_ceilings(
        Household.of(dependants=1), 31_000, Zone.PARIS_AND_ADJOINING, on=ON
    )
    told = [text.get_text().replace("\xa0", " ") for text in figure.axes[0].texts]
    assert told == ["PLAI: room of 643 €", "PLUS: room of 21 740 €", "PLS: room of 37 562 €"]
    poor = charts.room_under_ceilings(Household.of(), "12870.01", Zone.OTHER_REGIONS, on=ON)
    assert poor.axes[0].texts[0].get_text().startswith("PLAI: over by 0")
    assert [bar.get_hatch() for bar in poor.axes[0].patches] == ["///", "", ""]


def test_the_three_zones_meet_at_the_figures_of_the_rulebook() -> None:
    axes = charts.affordability_zones(1_000).axes[0]
    assert [last(line) for line in axes.lines] == [3_000, 2_700]
    assert [zone.get_label() for zone in axes.collections] == ["NOT_MET", "BORDERLINE", "MET"]
    assert len({zone.get_hatch() for zone in axes.collections}) == 3


def test_moves_are_added_up_and_told_better_or_worse() -> None:
    counts = [("NOT_MET", "MET", 12), ("MET", "NOT_MET", 3), ("NOT_MET", "MET", 1)]
    axes = charts.flips(counts).axes[0]
    assert [text.get_text() for text in axes.texts] == ["3, worse", "13, better"]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "MET → NOT_MET",
        "NOT_MET → MET",
    ]
    assert charts.flips([]).axes[0].get_title() == "Who flips under the reform: 0 rows"
    with pytest.raises(InvalidValue):
        charts.flips([("MET", "PERHAPS", 1)])


def test_every_picture_can_be_printed(tmp_path: Path) -> None:
    figures = {
        "ceilings": charts.ceilings_over_years(
            RentalNorm.PLUS, Zone.PARIS_AND_ADJOINING, range(2010, 2027)
        ),
        "room": charts.room_under_ceilings(Household.of(), 60_000, Zone.OTHER_REGIONS, on=ON),
        "zones": charts.affordability_zones(rulebook=Rulebook.standard()),
        "flips": charts.flips([("NOT_MET", "MET", 12_345), ("MET", "NOT_MET", 3_000)]),
    }
    for name, figure in figures.items():
        figure.savefig(tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000

"""Pictures: what each shows without its colours, in both languages."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve

from alin_core import plots
from alin_core.errors import InvalidValue, MissingExtra, WrongType
from alin_core.housing_aid.estimate import HousingAidHousehold
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NotInForce, ceiling_table
from alin_core.law.zones import Zone
from alin_core.ranking import Ranking
from alin_core.text.wording import Words
from alin_core.values.amounts import AmountError
from alin_core.values.household import Household
from alin_core.values.housing import RentalNorm
from alin_core.values.languages import Lang
from tests.days import FIRST, LAST, NEWEST, day_after
from tests.ranked import candidate, criterion, policy, ranked
from tests.told import LANGUAGES

ON = date(2026, 11, 23)
ALONE = HousingAidHousehold(couple=False, dependants=0)
SYSTEM = policy(criterion("F", 8), criterion("company", 12), criterion("away", -3))


LAW = Rulebook.standard()
HIGHER = LAW.scaled_ceilings("1.05")
REFORM = evolve(HIGHER, pls_factor="1.4", young_couple_ages=60, visiting_children_count=False)


def placed() -> Ranking:
    return ranked(
        candidate(1, criteria={"F", "away"}, points={"company": 7}),
        candidate(2, criteria={"F"}, lodged_on=date(2024, 1, 1)),
        candidate(3, criteria={"F"}, lodged_on=date(2024, 1, 1)),
        candidate(4, tier="LEGAL", criteria={"away"}),
        candidate(5, criteria={"F"}, lodged_on=date(2023, 1, 1)),
        by=SYSTEM,
    )


#: Each picture, of a language.
PICTURES: dict[str, Callable[[Lang], Any]] = {
    "ceilings": lambda lang: plots.ceilings_over_years(
        RentalNorm.PLUS, Zone.ILE_DE_FRANCE, range(FIRST.year, NEWEST.year + 1), lang=lang
    ),
    "one year": lambda lang: plots.ceilings_over_years(
        RentalNorm.PLS, Zone.OTHER_REGIONS, [2026], lang=lang
    ),
    "room": lambda lang: plots.room_under_ceilings(
        Household.of(), "60000.50", Zone.ILE_DE_FRANCE, on=ON, lang=lang
    ),
    "room of a reform": lambda lang: plots.room_under_ceilings(
        Household.of(), "60000.50", Zone.ILE_DE_FRANCE, on=ON, rulebook=REFORM, lang=lang
    ),
    "affordability": lambda lang: plots.affordability_zones(lang=lang),
    "makeup": lambda lang: plots.ranking_makeup(placed(), lang=lang),
    "makeup of thousands": lambda lang: plots.ranking_makeup(
        ranked(*(candidate(each) for each in range(2_000)), by=SYSTEM), lang=lang
    ),
    "makeup of one": lambda lang: plots.ranking_makeup(ranked(candidate(1)), lang=lang),
    "makeup of nobody": lambda lang: plots.ranking_makeup(ranked(), lang=lang),
    "flips": lambda lang: plots.flips(
        [("NOT_MET", "MET", 12_345), ("MET", "UNKNOWN", 300)], lang=lang
    ),
    "flips of millions": lambda lang: plots.flips(
        [("NOT_MET", "MET", 12_345_678), ("MET", "UNKNOWN", 300)], lang=lang
    ),
    "no flip": lambda lang: plots.flips([], lang=lang),
    "no row": lambda lang: plots.flips([("MET", "NOT_MET", 0)], lang=lang),
    "aid": lambda lang: plots.aid_picture(ALONE, zone=1, on=ON, lang=lang),
}


def words(figure: Any) -> str:
    """Give every text of a picture."""
    from matplotlib.text import Text

    return "\n".join(text.get_text() for text in figure.findobj(Text))


def drawn(figure: Any) -> list[Any]:
    """Give the axes; what they hold has no type that is of use here."""
    return list(figure.axes)


def told(axes: Any) -> list[str]:
    return [text.get_text() for text in axes.texts]


def last(line: Any) -> float:
    return float(line.get_ydata()[-1])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_can_be_printed(name: str, lang: Lang) -> None:
    file = BytesIO()
    # A warning is an error here: a glyph that is missing, a layout that does not hold.
    PICTURES[name](lang).savefig(file, format="png", dpi=40)
    assert file.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_speaks_the_language_that_is_asked(name: str) -> None:
    assert words(PICTURES[name]("fr")) != words(PICTURES[name]("en"))
    with pytest.raises(InvalidValue, match="give fr or en"):
        PICTURES[name]("de")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_leaves_the_sheet(name: str) -> None:
    for lang in LANGUAGES:
        figure = PICTURES[name](lang)
        figure.savefig(BytesIO(), format="png", dpi=figure.dpi)
        box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
        assert box.x0 > -0.01
        assert box.y0 > -0.01
        assert box.x1 < width + 0.01
        assert box.y1 < height + 0.01


@pytest.mark.parametrize("name", ["flips", "flips of millions"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_rows_do_not_meet(name: str, lang: Lang) -> None:
    figure = PICTURES[name](lang)
    figure.savefig(BytesIO(), format="png", dpi=figure.dpi)
    (axes,) = drawn(figure)
    shown = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
    assert len(shown) > 2
    assert all(one.x1 < other.x0 for one, other in pairwise(shown))


def test_each_category_has_its_own_dash_and_mark() -> None:
    lines = PICTURES["ceilings"]("en").axes[0].lines
    assert len(lines) == len({(line.get_linestyle(), line.get_marker()) for line in lines}) == 6
    newest = ceiling_table("plus").on(NEWEST)
    assert last(lines[2]) == newest.cell(Zone.ILE_DE_FRANCE, 2)[0]
    french = PICTURES["ceilings"]("fr").axes[0]
    assert french.lines[0].get_label() == "catégorie 1"
    assert french.yaxis.get_major_formatter()(20_000, 0) == "20\u202f000"


def test_a_year_without_a_table_is_refused_and_so_is_no_year() -> None:
    for years, error in (([day_after(LAST).year], NotInForce), ([], InvalidValue)):
        with pytest.raises(error):
            plots.ceilings_over_years(RentalNorm.PLUS, Zone.OTHER_REGIONS, years)


def test_a_household_sees_its_room_under_each_ceiling() -> None:
    figure = plots.room_under_ceilings(
        Household.of(dependants=1), 31_000, Zone.PARIS_AND_ADJOINING, on=ON
    )
    assert told(figure.axes[0]) == [
        "€31,643\nroom of €643",
        "€52,740\nroom of €21,740",
        "€68,562\nroom of €37,562",
    ]
    poor = plots.room_under_ceilings(
        Household.of(), "12870.01", Zone.OTHER_REGIONS, on=ON, lang="fr"
    ).axes[0]
    assert told(poor)[0] == "12\u202f870\u00a0€\ndépassé de 0,01\u00a0€"
    assert [bar.get_hatch() for bar in poor.patches] == ["////", "", ""]
    equal = plots.room_under_ceilings(Household.of(), 12_870, Zone.OTHER_REGIONS, on=ON).axes[0]
    assert told(equal)[0] == "€12,870\nroom of €0"


def test_the_three_zones_meet_at_the_figures_of_the_rulebook() -> None:
    axes = plots.affordability_zones(1_000).axes[0]
    assert [last(line) for line in axes.lines] == [2_700, 3_000]
    assert [line.get_label() for line in axes.lines] == ["2.7 times the rent", "3 times the rent"]
    assert [zone.get_label() for zone in axes.collections] == ["Not met", "Borderline", "Met"]
    assert len({zone.get_hatch() for zone in axes.collections}) == 3


@pytest.mark.parametrize(
    ("drawn_of", "reform", "changed"),
    [
        ("PLUS", HIGHER, "plus"),
        ("PLAI", HIGHER, "plai"),
        ("PLS", HIGHER, "plus"),
        ("PLS", evolve(LAW, pls_factor="1.4"), "pls_factor"),
        ("PLS", evolve(HIGHER, pls_factor="1.4"), "pls_factor, plus"),
        ("room", HIGHER, "plai, plus"),
        ("room", evolve(LAW, young_couple_ages=60), "young_couple_ages"),
        ("affordability", evolve(LAW, rent_multiple="2.5"), "rent_multiple"),
        ("affordability", evolve(LAW, rent_tolerance=0), "rent_tolerance"),
    ],
)
def test_a_picture_of_a_reform_says_so_in_its_title(
    drawn_of: str, reform: Rulebook, changed: str
) -> None:
    assert title_of(drawn_of, reform, "en").endswith(f". HYPOTHESIS: changed rulebook ({changed})")
    assert title_of(drawn_of, reform, "fr").endswith(
        f". HYPOTHÈSE\u00a0: recueil de règles modifié ({changed})"
    )


@pytest.mark.parametrize("drawn_of", ["PLUS", "PLAI", "PLS", "room", "affordability"])
def test_a_reform_of_what_a_picture_does_not_read_leaves_its_title(drawn_of: str) -> None:
    title = title_of(drawn_of, None, "fr")
    assert "HYPOTH" not in title
    for same in (LAW, evolve(LAW, anniversary_included=False)):
        assert title_of(drawn_of, same, "fr") == title


def test_a_reform_of_one_norm_is_none_of_another() -> None:
    plus = evolve(LAW, plus=LAW.plus.scaled("1.05"))
    assert title_of("PLAI", plus, "en") == title_of("PLAI", None, "en")
    assert "HYPOTHESIS" not in title_of("PLUS", evolve(LAW, pls_factor="1.4"), "en")


def title_of(drawn_of: str, rulebook: Rulebook | None, lang: Lang) -> str:
    zone = Zone.OTHER_REGIONS
    if drawn_of == "room":
        figure = plots.room_under_ceilings(
            Household.of(), 20_000, zone, on=ON, rulebook=rulebook, lang=lang
        )
    elif drawn_of == "affordability":
        figure = plots.affordability_zones(rulebook=rulebook, lang=lang)
    else:
        norm = RentalNorm(drawn_of)
        figure = plots.ceilings_over_years(norm, zone, [2026], rulebook=rulebook, lang=lang)
    return figure.get_suptitle().replace("\n", " ")


def test_without_a_tolerance_nothing_is_borderline() -> None:
    strict = evolve(Rulebook.standard(), rent_tolerance=Decimal(0))
    axes = plots.affordability_zones(1_000, rulebook=strict).axes[0]
    assert [zone.get_label() for zone in axes.collections] == ["Not met", "Met"]
    assert len(axes.lines) == 1


def test_a_rent_of_zero_is_refused() -> None:
    with pytest.raises(AmountError, match="highest_rent"):
        plots.affordability_zones(0)


def test_a_place_is_made_of_its_tier_its_points_and_its_seniority() -> None:
    points, seniority = drawn(plots.ranking_makeup(placed()))
    rows = [label.get_text() for label in points.get_yticklabels()]
    assert rows[:2] == [
        "1. 1111023000004GDPUB, priority recognised by law",
        "2. 1111023000001GDPUB, no particular priority",
    ]
    assert told(points) == ["−3", "12", "8", "8", "8"]
    legend = [text.get_text() for text in points.get_legend().get_texts()]
    assert legend == ["F", "company", "away"]
    second = [bars.patches[1] for bars in points.containers]
    assert [(bar.get_x(), bar.get_width()) for bar in second] == [(0, 8), (8, 7), (0, -3)]
    assert len({bar.get_hatch() for bar in second}) == 3
    days, between = told(seniority)[:5], told(seniority)[5:]
    assert days[:2] == ["1 October 2023", "1 October 2023"]
    assert between == ["priority", "points", "seniority", "draw"]


def test_a_line_parts_two_tiers() -> None:
    for axes in drawn(plots.ranking_makeup(placed())):
        across = [line for line in axes.lines if list(line.get_ydata()) == [0.5, 0.5]]
        assert len(across) == 1


def test_without_criteria_there_are_no_points_to_show() -> None:
    (seniority,) = plots.ranking_makeup(ranked(candidate(1), candidate(2))).axes
    assert seniority.get_xlabel() == "first deposit"


def test_no_criterion_that_counts_leaves_the_points_empty() -> None:
    points, _ = plots.ranking_makeup(ranked(candidate(1), by=SYSTEM)).axes
    assert points.containers == []
    assert told(points) == ["0"]


def test_only_the_first_of_many_are_drawn_and_that_is_said() -> None:
    figure = plots.ranking_makeup(ranked(*(candidate(each) for each in range(30))), first=3)
    assert len(figure.axes[0].get_yticks()) == 3
    title = figure.get_suptitle().replace("\n", " ")
    assert "The first 3 positions of 30." in title
    for wrong, error in ((0, InvalidValue), (101, InvalidValue), ("3", WrongType)):
        with pytest.raises(error):
            plots.ranking_makeup(placed(), first=wrong)  # type: ignore[arg-type]


def test_the_picture_of_a_ranking_binds_nobody() -> None:
    assert "binds nobody" in PICTURES["makeup of nobody"]("en").get_supxlabel()


def test_a_label_is_no_formula_and_none_is_left_out() -> None:
    hostile = criterion("_x", 3)
    hostile = evolve(hostile, label_en=r"_costs $1_{2$ or \frac and $3 \n <b> " + "long " * 20)
    figure = plots.ranking_makeup(
        ranked(candidate(1, criteria={"_x"}), by=policy(hostile), offer="$x_$"), lang="en"
    )
    figure.savefig(BytesIO(), format="png", dpi=40)
    (label,) = (text.get_text() for text in drawn(figure)[0].get_legend().get_texts())
    assert label.startswith(r"_costs \$1_{2\$ or \frac")
    assert label.count("long") == 20


def test_moves_are_added_up_and_told_better_or_worse() -> None:
    counts = [("NOT_MET", "MET", 12), ("MET", "NOT_MET", 3), ("NOT_MET", "MET", 1)]
    axes = plots.flips([*counts, ("UNKNOWN", "MET", 2)]).axes[0]
    assert told(axes) == ["13: for the better", "3: for the worse", "2: undetermined"]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Not met → Met",
        "Met → Not met",
        "Undetermined → Met",
    ]
    assert len({bar.get_hatch() for bar in axes.patches}) == 3
    assert plots.flips([]).get_suptitle() == "Effect of the reform: 0 verdicts change"
    for wrong in (("MET", "PERHAPS", 1), ("MET", "MET", 1), ("met", "MET", 1)):
        with pytest.raises(InvalidValue):
            plots.flips([wrong])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_aid_and_the_effort_against_income_and_rent(lang: Lang) -> None:
    said = Words.of(lang).texts["plot"]["aid"]
    picture = PICTURES["aid"](lang)
    left, right = picture.axes
    assert (left.get_title(), right.get_title()) == (said["aid"], said["effort"])
    assert left.get_ylabel() == said["rent"]
    assert picture.get_supxlabel() == said["income"]
    assert left.get_xlim() == right.get_xlim() == (500, 3_000)
    amount, share = {"fr": ("200\u00a0€", "10\u00a0%"), "en": ("€200", "10%")}[lang]
    assert amount in told(left)
    assert share in told(right)


def test_the_lines_of_the_aid_are_read_without_colours() -> None:
    for axes in PICTURES["aid"]("fr").axes:
        assert len(told(axes)) > 3
        assert len({text.get_color() for text in axes.texts}) == 1
        # A figure at the very edge would be cut in two.
        places = [text.get_position() for text in axes.texts]
        assert all(600 <= income <= 2_900 and 60 <= rent <= 940 for income, rent in places)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtra, match=r"pip install 'alin-core\[plots\]'"):
        plots.affordability_zones()


def test_nothing_else_loads_matplotlib() -> None:
    script = (
        "import pkgutil, sys, importlib, alin_core\n"
        "for each in pkgutil.walk_packages(alin_core.__path__, 'alin_core.'):\n"
        "    each.name.endswith('__main__') or importlib.import_module(each.name)\n"
        "print('alin_core.plots' in sys.modules, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True False\n"


def test_a_notebook_is_given_a_png() -> None:
    figure: Any = plots.affordability_zones(1_000)
    assert figure._repr_png_().startswith(b"\x89PNG")

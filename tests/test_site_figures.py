"""No page states a figure that is not computed on it."""

from decimal import Decimal

import pytest

from tests.pages import DOCS, parts_of, uncomputed

PAGES = ["README", *sorted(path.stem for path in DOCS.glob("*.md"))]

#: The figures that a page may state all the same, and why. `changelog` includes a file: it states
#: nothing itself.
EXEMPT: dict[str, tuple[set[str], str]] = {
    "columns": (
        {"5", "64", "250000", "16", "600"},
        "the signs of an INSEE code, the bits of an integer; bounds of a chunk and the mode of a"
        " file, which `tests/test_parquet.py` holds",
    ),
    "command-line": (
        {"80", "70", "130", "143", "8"},
        "the width of the terminal, in which every block is run; exit codes that no block ends"
        " with, each with its test in tests/test_processes.py; UTF-8",
    ),
    "design": ({"80", "300", "25", "1", "2", "29"}, "targets and habits; a day of birth"),
    "deviations": (
        {"13", "176.1", "8", "75056", "218805", "259", "2018", "5", "641", "642"},
        "what OpenFisca-France answers or holds, and its version: quoted, `oracles/run` checks it;"
        " the articles that another reading applies",
    ),
    "limits": ({"12", "23", "2018"}, "days from which texts are known; they are read nowhere"),
    "sne": (
        {"20", "100", "200", "1000"},
        "bounds of the reader, no figures of the law: tests/test_sne.py and tests/test_sne_costs.py"
        " hold them",
    ),
    "versions": ({"0"}, "the number of the first release of a month"),
}
#: Pages of measurements: each stands beside the command that gave it and is not made again.
MEASURED = {"trust"}

each_page = pytest.mark.parametrize("name", [name for name in PAGES if name not in MEASURED])


@each_page
def test_no_page_states_a_figure_that_is_not_computed_on_it(name: str) -> None:
    quoted, _ = EXEMPT.get(name, (set[str](), ""))
    assert {str(one) for one in uncomputed(parts_of(name))} == quoted


def test_what_is_exempt_is_a_page_and_says_why() -> None:
    assert EXEMPT.keys() | MEASURED <= set(PAGES)
    assert all(reason for _, reason in EXEMPT.values())


OUTPUT = ("python", ">>> ceiling\n37_584.01")
INPUT = ("python", ">>> ceiling(25_000, 0.9)\nTrue")


@pytest.mark.parametrize(
    "said",
    ["au plus 37\u202f584,01 €", "at most 37 584.01 €"],
)
def test_a_figure_of_the_output_counts_on_the_whole_page(said: str) -> None:
    page = [("prose", said), ("heading", "## Two"), OUTPUT]
    assert uncomputed(page) == set()
    assert uncomputed(page[:1]) != set()


def test_a_figure_of_the_input_counts_in_its_section() -> None:
    said = ("prose", "25 000 € of income")
    assert uncomputed([said, INPUT]) == set()
    assert uncomputed([said, ("heading", "## Two"), INPUT]) == {Decimal(25_000)}


def test_a_figure_of_the_executed_example_counts_everywhere() -> None:
    said, example = ("fr", "25 000 €"), ("heading", "## Exemple exécuté · Executed example")
    assert uncomputed([said, example, INPUT]) == set()


def test_a_share_is_told_in_percent_and_a_number_that_is_none_is_not() -> None:
    assert uncomputed([("prose", "90 %, or 10 % less, ten per cent"), INPUT]) == set()
    assert uncomputed([("prose", "10 employees"), INPUT]) == {Decimal(10)}


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("dans les dix jours", 10), ("within ten days", 10), ("trente pour cent", 30),
        ("thirty per cent", 30), ("vingt-quatre heures", 24), ("fifty employees", 50),
        ("trois pièces", 3), ("cinquante salariés", 50), ("au plus 37\u202f584 €", 37_584),
    ],
)  # fmt: skip
def test_a_figure_that_is_not_computed_is_found(said: str, number: int) -> None:
    assert uncomputed([("prose", said), OUTPUT]) == {Decimal(number)}


@pytest.mark.parametrize(
    "said", ["le 23 novembre", "le 23 novembre 2026", "on 23 November 2026", "en 2026", "in 2026"]
)
@pytest.mark.parametrize(
    "code", [">>> date(2026, 11, 23)", ">>> day\n2026-11-23", "23 novembre 2026"]
)
def test_a_day_is_computed_by_a_day(said: str, code: str) -> None:
    assert uncomputed([("prose", said), ("python", code)]) == set()


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("23 heures", 23), ("le 22 novembre", 22), ("le 23 octobre 2026", 23),
        ("on 23 November 2025", 23), ("in 2025", 2025),
    ],
)  # fmt: skip
def test_the_parts_of_a_day_compute_nothing_else(said: str, number: int) -> None:
    day = ("python", ">>> day\ndatetime.datetime(2026, 11, 23, 12)\n>>> other\n2026-11-23T12:00Z")
    assert uncomputed([("prose", said), day]) == {Decimal(number)}


def test_a_digit_in_a_name_of_the_code_is_no_figure() -> None:
    assert uncomputed([("prose", "3 rooms"), ("python", ">>> offer.typology\nT3")]) == {Decimal(3)}


def test_a_number_that_names_a_text_is_no_figure() -> None:
    said = "arrêté du 29 juillet 1987, art. 2, CCH R441-1 1°, zone 3, `x = 7`"
    assert uncomputed([("prose", said)]) == set()

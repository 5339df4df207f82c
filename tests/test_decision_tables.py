"""Every input falls in one row of its decision table, and the row says what the rule answers."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, product, starmap
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from alin_core.candidature.events import Accept, Decline, Lapse
from alin_core.law.catalogue import load, rules
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.household import Household, Person
from alin_core.values.housing import Rent
from alin_core.values.resources import Resources
from tests import strategies as some
from tools.decision_tables import decision_tables, main
from tools.decisions import MixedBand

TABLES = decision_tables()
DAY = date(2026, 11, 23)
CEILING = 37_584

known_persons = st.builds(
    Person,
    birth_date=st.dates(date(1994, 1, 1), date(2001, 12, 31)),
    disabled=st.booleans(),
)
few = st.lists(known_persons, max_size=3)
#: Ages are known, and couples stand near the sum that counts.
households = st.builds(
    Household,
    applicant=known_persons,
    partner=st.none() | known_persons,
    co_applicants=few,
    dependants=few,
    visiting_children=few,
    unborn=st.integers(0, 2),
)


def near(*edges: Decimal | int | str) -> st.SearchStrategy[Decimal]:
    """An edge, a cent from it, or anything."""
    cents = st.sampled_from([Decimal("-0.01"), Decimal(0), Decimal("0.01")])
    at = st.tuples(st.sampled_from([Decimal(edge) for edge in edges]), cents).map(sum)
    return at.map(Decimal).map(abs) | some.cents(90_000)


incomes = near(0, CEILING, "33825.60", 41_760, 20_000, 18_000)
resources = st.builds(
    Resources,
    reference_tax_income=st.fixed_dictionaries(
        {}, optional={DAY.year - 2: incomes, DAY.year - 1: incomes}
    ),
    last_twelve_months=st.none() | incomes,
)


@st.composite
def communes(draw: st.DrawFn) -> str:
    zones = load("zones")
    close = zones["paris_and_adjoining"]
    merged = [row["commune"] for row in zones["merged"]]
    listed = st.sampled_from([*close["paris"], *close["adjoining"], *merged])
    # Paris has no code but those listed: 75001 is refused as a postal code.
    mainland = [f"{number:02}" for number in range(1, 96) if number not in (20, 75)]
    department = st.sampled_from([*mainland, "2A", "2B"])
    anywhere = st.builds(lambda name, town: f"{name}{town:03}", department, st.integers(1, 909))
    overseas = st.sampled_from(["97101", "97209", "97302", "97411", "97608", "97502", "97701"])
    return draw(listed | anywhere | overseas | st.sampled_from(["97801", "98611", "98818"]))


means = st.tuples(
    st.none() | near(2_100, 1_890, 0),
    st.builds(Rent, base=near(600, 700, 0), charges=st.none() | near(100, 0)),
    st.just(Decimal(0)) | near(2_100, 1_890),
)
priorities = st.builds(
    Demand,
    household=st.just(Household.of()),
    resources=st.just(Resources()),
    employment=st.none() | some.employments,
    priority_grounds=some.grounds,
)
february = st.dates(date(2024, 2, 27), date(2025, 3, 2))
dated = st.tuples(
    st.builds(
        Demand,
        household=st.just(Household.of()),
        resources=st.just(Resources()),
        lodged_on=st.none() | february,
    ),
    february | st.dates(date(2023, 1, 1), date(2027, 1, 1)),
).flatmap(
    lambda pair: st.builds(
        lambda later: (evolve(pair[0], renewed_on=later), pair[1]),
        st.none() if pair[0].lodged_on is None else st.none() | st.dates(pair[0].lodged_on),
    )
)


@st.composite
def pairs(draw: st.DrawFn) -> Any:
    """Two candidatures that differ in some of what a ranking looks at."""
    first, other = TABLES["ranking"].make(*(draw(st.booleans()) for _ in range(3)))
    return draw(st.sampled_from([(first, other), (other, first)]))


SENT = datetime(2026, 3, 28, 19, tzinfo=UTC)
life = st.timedeltas(timedelta(days=-2), timedelta(days=3)) | st.sampled_from(
    [timedelta(0), timedelta(hours=24), timedelta(hours=24, microseconds=1), -timedelta(0, 0, 1)]
)
attachments = st.sampled_from([
    Finding("company-attachment", Outcome.MET),
    Finding("company-attachment", Outcome.NOT_MET, reason="no company"),
    Finding("company-attachment", Outcome.NOT_MET, reason="wrong code"),
    Finding("company-attachment", Outcome.UNKNOWN, missing=("company",)),
])  # fmt: skip
answers = st.builds(
    lambda kind, day, at: kind(at=datetime.combine(day, at, UTC)),
    st.sampled_from([Accept, Decline, Lapse]),
    st.dates(date(2026, 11, 24), date(2026, 12, 31)) | st.just(date(2026, 12, 3)),
    st.times() | st.sampled_from([time(22, 59, 59), time(23)]),
)
INPUTS: dict[str, st.SearchStrategy[Any]] = {
    "typology": st.tuples(st.integers(1, 12), st.integers(1, 12)),
    "household-category": households,
    "income-ceiling": resources,
    "zone": communes(),
    "affordability": means,
    "company-priority": st.tuples(st.none() | some.employments),
    "tier": priorities,
    "ranking": pairs(),
    "activation-code": st.tuples(
        st.sampled_from(["007133", "7133", "133"]), life.map(SENT.__add__)
    ),
    "number-validation": st.tuples(
        st.none() | st.dates() | st.dates(date(2021, 4, 18), date(2021, 4, 21)), st.booleans()
    ),
    "company-benefit": st.tuples(st.none() | st.sampled_from(DataSharing), attachments),
    "answer": answers,
    "number-validity": dated,
}


def test_every_table_is_tried() -> None:
    assert INPUTS.keys() == TABLES.keys()
    assert {table.rule_id for table in TABLES.values()} <= {rule.id for rule in rules()}


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_every_input_falls_in_one_row_which_says_what_the_rule_answers(
    name: str, data: st.DataObject
) -> None:
    given_to_the_rule = data.draw(INPUTS[name])
    table = TABLES[name]
    (row,) = table.row_of(given_to_the_rule)
    assert row.answer == table.ask(given_to_the_rule)
    for one in table.inputs:
        assert sum(case.holds(one.of(given_to_the_rule)) for case in one.cases) == 1


@pytest.mark.parametrize("name", TABLES)
def test_both_sides_of_every_threshold_fall_in_one_row(name: str) -> None:
    """What random inputs may miss: a band that reaches a little too far, or stops short."""
    table = TABLES[name]
    points = (chain.from_iterable(case.points for case in one.cases) for one in table.inputs)
    made = [found for found in starmap(table.make, product(*points)) if found is not None]
    assert made
    for one in made:
        assert [row.answer for row in table.row_of(one)] == [table.ask(one)]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_its_bands_and_its_answer(name: str) -> None:
    table = TABLES[name]
    heads, _, *lines = table.markdown().splitlines()
    assert len(lines) == len(table.rows) > 1
    assert {line.count(" | ") for line in (heads, *lines)} == {len(table.inputs)}


def test_a_gap_an_overlap_and_a_band_that_is_too_wide_are_found() -> None:
    table = TABLES["typology"]
    persons, rooms = table.inputs
    gap = evolve(table, inputs=(persons, evolve(rooms, cases=rooms.cases[1:])))
    assert gap.row_of((1, 1)) == []
    greedy = evolve(rooms.cases[1], holds=lambda number: number in (2, 3))
    twice = (rooms.cases[0], greedy, *rooms.cases[2:])
    assert len(evolve(table, inputs=(persons, evolve(rooms, cases=twice))).row_of((1, 3))) == 2
    wide = evolve(rooms.cases[1], points=(2, 3))
    with pytest.raises(MixedBand, match="'too_wide'"):
        evolve(table, name="too_wide", inputs=(persons, evolve(rooms, cases=(wide,))))


def test_a_table_is_printed_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("tier") == 0
    assert "| non *no* | oui *yes* | `COMPANY` |" in capsys.readouterr().out

"""The table of transitions: each row has its rule, its source and its words."""

import pickle
import re
import runpy
from pathlib import Path

import pytest

from alin_core.candidature.events import Visit
from alin_core.candidature.transitions import (
    GUARDS,
    TRANSITIONS,
    State,
    Transition,
    transitions_markdown,
    transitions_mermaid,
)
from alin_core.law.catalogue import rules
from alin_core.text.wording import Words
from alin_core.values.languages import Lang
from tests.test_workflow_model import STEPS

DOCS = Path(__file__).parent.parent / "docs"

each_row = pytest.mark.parametrize(
    "row", TRANSITIONS, ids=lambda row: f"{row.state}-{row.event.__name__}"
)


def test_an_event_leads_to_one_place() -> None:
    places = [(row.state, row.event) for row in TRANSITIONS]
    assert len(set(places)) == len(places)


@each_row
def test_a_row_points_at_a_rule_and_to_the_place_in_its_text(row: Transition) -> None:
    assert row.rule in rules()
    cited = " ".join(map(str, row.rule.sources))
    place = r"(?:guide, |CCH )?([RL][0-9-]+|étape [0-9]|#6|none)(?: [bc])?"
    number = re.fullmatch(place, row.source)
    assert number
    assert number[1] in cited.replace("étapes 6 et 7", "étape 6, étape 7") + "none"


@each_row
def test_an_event_has_one_actor(row: Transition) -> None:
    assert {other.actor for other in TRANSITIONS if other.event is row.event} == {row.actor}


@each_row
def test_a_guard_has_a_name(row: Transition) -> None:
    assert row.guard is None or row.guard in GUARDS


@each_row
def test_a_row_stands_at_a_step_that_the_guide_gives_its_state(row: Transition) -> None:
    assert row.step in STEPS[row.to]


def test_the_dwelling_is_visited_once() -> None:
    visits = [row for row in TRANSITIONS if row.event is Visit]
    assert {row.state for row in visits} == {State.WITH_LESSOR, State.AWARDED, State.ACCEPTED}
    assert {row.guard for row in visits} == {"not visited"}


def test_every_guard_is_used() -> None:
    assert {row.guard for row in TRANSITIONS} == {None, *GUARDS}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_state_and_event_has_its_words(lang: Lang) -> None:
    told = Words.of(lang).texts
    assert told["candidature"]["state"].keys() == set(State)
    events = {row.event.__name__ for row in TRANSITIONS}
    assert told["word"]["event"].keys() == events - {"Submit"}


@each_row
def test_a_row_is_a_value(row: Transition) -> None:
    assert pickle.loads(pickle.dumps(row)) == row
    assert hash(pickle.loads(pickle.dumps(row))) == hash(row)


def test_the_markdown_has_every_row() -> None:
    lines = transitions_markdown().splitlines()
    assert all(line[:2] == "| " and line[-2:] == " |" for line in lines)
    head, rule, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in lines)
    assert head == [
        "state", "event", "next state", "who", "step", "rule", "provenance", "source",
        "guard (READING)",
    ]  # fmt: skip
    assert {sign for cell in rule for sign in cell} == {"-"}
    assert rows == [
        [
            row.state or "", row.event.__name__, row.to, row.actor,
            "" if row.step is None else str(row.step),
            row.rule_id, row.rule.provenance, row.source, row.guard or "",
        ]
        for row in TRANSITIONS
    ]  # fmt: skip
    assert len({len(line) for line in lines}) == 1


def test_the_diagram_has_every_arrow() -> None:
    lines = [line.strip() for line in transitions_mermaid().splitlines()]
    assert lines[:2] == ["stateDiagram-v2", 'state "any open state" as OPEN']
    assert "[*] --> SUBMITTED: Submit" in lines
    assert "OPEN --> CANCELLED: Cancel" in lines
    assert "LEASED --> [*]" in lines
    assert len(set(lines)) == len(lines) == 2 + (len(TRANSITIONS) - 14) + 7


def test_the_picture_is_that_of_the_table() -> None:
    # To draw it anew: python docs/draw_workflow.py > docs/workflow.svg
    drawn = runpy.run_path(str(DOCS / "draw_workflow.py"))["drawn"]()
    committed = (DOCS / "workflow.svg").read_text(encoding="utf-8")
    assert "\n".join(drawn) + "\n" == committed

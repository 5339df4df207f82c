"""The table of transitions: each row has its rule, its source and its words."""

import pickle
import re
import runpy
from pathlib import Path

import pytest

from alin_core.law.rules import rules
from alin_core.law.wording import texts
from alin_core.transitions import (
    GUARDS,
    TRANSITIONS,
    State,
    Transition,
    transitions_markdown,
    transitions_mermaid,
)

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
    number = re.search(r"[RL][0-9-]+|étape [0-9]|#6|none", row.source)
    assert number
    assert number[0] in cited.replace("étapes 6 et 7", "étape 6, étape 7") + "none"


@each_row
def test_an_event_has_one_actor(row: Transition) -> None:
    assert {other.actor for other in TRANSITIONS if other.event is row.event} == {row.actor}


@each_row
def test_a_guard_has_a_name(row: Transition) -> None:
    assert row.guard is None or row.guard in GUARDS


def test_every_guard_is_used() -> None:
    assert {row.guard for row in TRANSITIONS} == {None, *GUARDS}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_state_and_event_has_its_words(lang: str) -> None:
    told = texts(lang)
    assert told["candidature"]["state"].keys() == set(State)
    events = {row.event.__name__ for row in TRANSITIONS}
    assert told["word"]["event"].keys() == events - {"Submit"}


@each_row
def test_a_row_is_a_value(row: Transition) -> None:
    assert pickle.loads(pickle.dumps(row)) == row
    assert hash(pickle.loads(pickle.dumps(row))) == hash(row)


def test_the_markdown_has_every_row() -> None:
    head, rule, *rows = transitions_markdown().splitlines()
    assert head.count("|") == rule.count("|") == 10
    assert len(rows) == len(TRANSITIONS)
    assert all(
        [row.state or "", row.event.__name__, row.to, row.actor]
        == [cell.strip() for cell in line.split("|")[1:5]]
        for row, line in zip(TRANSITIONS, rows, strict=True)
    )


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

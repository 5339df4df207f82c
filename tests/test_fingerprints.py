"""A fingerprint names the exact content of a value, everywhere and for ever."""

import copy
import json
import os
import pickle
import subprocess
import sys
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import pytest
from attrs import evolve, field, fields, frozen

from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingEdition, CeilingTable
from alin_core.values.fingerprints import fingerprint
from tests.days import day_after
from tests.test_rulebook import OTHER

STANDARD = Rulebook.standard()


@frozen
class Small:
    share: Decimal
    day: date
    rows: tuple[tuple[Decimal, str], ...]
    aside: int = field(default=0, eq=False)


SMALL = Small(Decimal("0.90"), date(2026, 1, 1), ((Decimal(3), "é"),))


class TestValue:
    """BLAKE2b of the fields as JSON, sorted; a number as its fraction."""

    def test_anyone_can_compute_it(self) -> None:
        text = '{"day":"2026-01-01","rows":[[[3,1],"\\u00e9"]],"share":[9,10]}'
        assert fingerprint(SMALL) == blake2b(text.encode(), digest_size=16).hexdigest()
        assert json.loads(text)["rows"] == [[[3, 1], "é"]]

    def test_equal_values_have_equal_ones(self) -> None:
        twin = Small(Decimal("0.9"), date(2026, 1, 1), ((Decimal("3.0"), "é"),), aside=1)
        assert twin == SMALL
        assert fingerprint(twin) == fingerprint(SMALL)

    @pytest.mark.parametrize(("name", "value"), [
        ("share", Decimal("0.91")),
        ("day", date(2026, 1, 2)),
        ("rows", ((Decimal(3), "e"),)),
        ("rows", ((Decimal(4), "é"),)),
    ])  # fmt: skip
    def test_any_field_changes_it(self, name: str, value: Any) -> None:
        assert fingerprint(evolve(SMALL, **{name: value})) != fingerprint(SMALL)


def other_cell(edition: CeilingEdition) -> CeilingEdition:
    """Give the edition with one euro more for the last further person."""
    *columns, last = edition.columns
    amount, mark = last[6]
    return evolve(edition, columns=(*columns, (*last[:6], (amount + 1, mark))))


def other_table(table: CeilingTable, place: int) -> CeilingTable:
    editions = list(table.editions)
    editions[place] = other_cell(editions[place])
    return evolve(table, editions=editions)


def reformed(**changed: Any) -> Rulebook:
    return evolve(STANDARD, **changed)


class TestRulebook:
    """One for each rulebook, tables included."""

    @pytest.mark.parametrize("name", [figure.name for figure in fields(Rulebook)])
    def test_any_figure_changes_it(self, name: str) -> None:
        assert reformed(**{name: OTHER[name]}).fingerprint != STANDARD.fingerprint

    @pytest.mark.parametrize("name", ["plus", "plai"])
    def test_any_edition_changes_it(self, name: str) -> None:
        table: CeilingTable = getattr(STANDARD, name)
        others = {
            reformed(**{name: other_table(table, place)}).fingerprint
            for place in range(len(table.editions))
        }
        assert len(others | {STANDARD.fingerprint}) == len(table.editions) + 1

    def test_the_last_day_of_a_table_changes_it(self) -> None:
        table = evolve(STANDARD.plus, checked_until=day_after(STANDARD.plus.checked_until))
        assert evolve(STANDARD, plus=table).fingerprint != STANDARD.fingerprint

    def test_a_reform_undone_has_the_first_one_again(self) -> None:
        reform = evolve(STANDARD, rent_multiple="2.5")
        undone = evolve(reform, rent_multiple="3.00")
        assert undone == STANDARD
        assert undone.fingerprint == STANDARD.fingerprint

    def test_it_is_made_once_and_leaves_the_value_as_it_was(self) -> None:
        reform = evolve(STANDARD, rent_multiple="2.5")
        before, written = hash(reform), pickle.dumps(reform)
        assert reform.fingerprint is reform.fingerprint
        assert (hash(reform), pickle.dumps(reform)) == (before, written)
        for twin in (pickle.loads(written), copy.copy(reform), copy.deepcopy(reform)):
            assert (twin, twin.fingerprint) == (reform, reform.fingerprint)

    def test_another_process_gives_the_same(self) -> None:
        code = "from alin_core import Rulebook; print(Rulebook.standard().fingerprint)"
        told = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": "1987"},
        )  # fmt: skip
        assert told.stdout.strip() == STANDARD.fingerprint

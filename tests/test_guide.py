"""Each of the 121 statements of the user guide is honoured, or named as not coded with why."""

import copy
import pickle
from importlib import import_module

import pytest

from alin_core.law.catalogue import load, rule, rules
from alin_core.law.guide import Statement, statements
from alin_core.registration.journey import MOVES
from alin_core.text.wording import label
from tests.told import LANGUAGES

STATEMENTS = {one.id: one for one in statements()}

each_statement = pytest.mark.parametrize("one", statements(), ids=lambda one: one.id)


def test_every_statement_is_there_in_the_order_of_the_guide() -> None:
    assert [one.id for one in statements()] == [f"G{number:02}" for number in range(1, 122)]


@each_statement
def test_a_statement_is_honoured_or_named_as_not_coded(one: Statement) -> None:
    assert one.rules or one.labels or one.names or one.not_coded


@each_statement
def test_a_statement_is_told_in_both_languages(one: Statement) -> None:
    assert one.section
    assert one.fr
    assert one.en
    assert one.fr != one.en
    assert one.not_coded is None or all(one.not_coded[lang] for lang in LANGUAGES)


@each_statement
def test_a_name_that_a_statement_points_at_exists(one: Statement) -> None:
    for dotted in one.names:
        module, _, name = dotted.rpartition(".")
        assert name in import_module(module).__all__
        assert callable(getattr(import_module(module), name))
    for key in one.labels:
        assert label(key)


@each_statement
def test_what_a_rule_already_names_is_not_repeated(one: Statement) -> None:
    assert not set(one.names) & {rule(rule_id).function for rule_id in one.rules}


def test_the_rules_and_the_labels_honour_statements_that_exist() -> None:
    entries = [entry for kind in load("labels").values() for entry in (kind, *kind.values())]
    worded = {
        name for entry in entries if isinstance(entry, dict) for name in entry.get("guide", ())
    }
    assert worded <= STATEMENTS.keys()
    assert worded == {name for name, one in STATEMENTS.items() if one.labels}
    assert {name for row in rules() for name in row.guide} <= STATEMENTS.keys()


def test_the_statement_of_a_move_is_honoured_by_the_journey_or_by_the_rule_it_names() -> None:
    for move in MOVES:
        assert {"journey", move.rule_id} & set(STATEMENTS[move.guide].rules)


def test_a_statement_is_honoured_by_the_rule_and_by_the_label_that_say_so() -> None:
    hotline = STATEMENTS["G121"]
    assert (hotline.rules, hotline.labels) == ((), ("hotline", "help.telephone"))
    assert STATEMENTS["G24"].rules == ("affordability",)
    assert STATEMENTS["G24"].section == "Principales règles d'attribution"


def test_no_statement_goes_without_anything_of_the_library() -> None:
    assert [one.id for one in statements() if not (one.rules or one.labels or one.names)] == []


def test_statements_are_values_read_once() -> None:
    assert statements() is statements()
    one = statements()[0]
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert hash(copy.copy(one)) == hash(one)

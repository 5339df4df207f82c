"""A rule lists every table and every figure of the code that it reads: derived from the code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import fields

from alin_core.candidature.transitions import TRANSITIONS
from alin_core.housing_aid.tables import AidLaw
from alin_core.law.catalogue import Rule, rules
from alin_core.text.catalogue import read_text
from alin_core.text.wording import Words
from alin_core.values.languages import Lang

SOURCE = Path(__file__).parent.parent / "src"
TABLES = tuple(table.name for table in fields(AidLaw))
#: What betrays that tables are read.
DOORS = {"alin_core.housing_aid.tables.aid_law": TABLES, "alin_core.law.zones._zones": ("zones",)}
#: Numbers at the top of a module that no text sets: of arithmetic, layout, names, plurals and exit
#: codes.
NO_LAW = {
    "_ZERO", "_ONE", "_HUNDRED", "_MONTHS", "_RATE", "_THREE_DECIMALS", "CENT", "EURO",
    "_WIDTH", "_LONGEST", "_IN_HTML", "_DAY_BITS", "LARGEST", "LARGEST_POINTS", "_EXACT", "_MOST",
    "_YEARS", "_CATEGORIES", "_BY_ZONE", "_COLUMN",
    "_DIFFERENT", "_REFUSED", "_CRASHED", "_INTERRUPTED",
    "TRANSITIONS", "_SETS", "_LANGUAGES", "MOST_FAULTS", "_DEEPEST",
}  # fmt: skip

#: What applies other rules, which list what they read: who asks one reads nothing more.
ANSWERS = {"alin_core.eligibility.Assessment", *(row.function for row in rules())}

each_rule = pytest.mark.parametrize("row", rules(), ids=lambda row: row.id)


@cache
def definitions(module: str) -> dict[str, ast.stmt]:
    """What a module defines at its top, and what it imports from the package."""
    path = SOURCE / f"{module.replace('.', '/')}.py"
    if not path.exists():
        return {}
    found = dict[str, ast.stmt]()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: node for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {
                word.id: node
                for target in targets
                for word in ast.walk(target)
                if isinstance(word, ast.Name)
            }
    return found


def used(name: str) -> set[str]:
    """A dotted name, and all that its definition leads to."""
    seen, fresh = set[str](), {name}
    while fresh:
        one = fresh.pop()
        seen.add(one)
        module, _, word = one.rpartition(".")
        fresh |= set(led_to(module, word)) - seen - ANSWERS
    return seen


def led_to(module: str, word: str) -> Iterator[str]:
    known = definitions(module)
    node = known.get(word)
    if isinstance(node, ast.ImportFrom):
        origin = {alias.asname or alias.name: alias.name for alias in node.names}[word]
        yield f"{node.module}.{origin}"
    elif node is not None:
        words = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        yield from (f"{module}.{each}" for each in words & known.keys())


def roots(row: Rule) -> set[str]:
    """The events that a rule governs, or else the function that applies it."""
    events = {each.event for each in TRANSITIONS if each.rule_id == row.id}
    return {f"{event.__module__}.{event.__name__}" for event in events} or {row.function}


def constants() -> set[str]:
    """Numbers and days at the top of the modules of the law, of its rules and of the process."""
    paths = [
        path.relative_to(SOURCE).with_suffix("")
        for folder in (
            "law",
            "rules",
            "housing_aid",
            "registration",
            "candidature",
            "standing",
            ".",
        )
        for path in (SOURCE / "alin_core" / folder).glob("*.py")
    ]
    named = {
        f"{'.'.join(path.parts[1:])}.{name}"
        for path in paths
        for name, node in definitions(".".join(path.parts)).items()
        if isinstance(node, ast.Assign | ast.AnnAssign) and re.fullmatch(r"_?[A-Z][A-Z_]+", name)
        for value in [node.value]
        if value and any(is_number(each) for each in ast.walk(value))
    }
    return {name for name in named if name.rpartition(".")[2] not in NO_LAW}


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


@each_rule
def test_a_rule_lists_every_table_that_its_code_leads_to(row: Rule) -> None:
    reached = {each for root in roots(row) for each in used(root)}
    tables = {table for door, read in DOORS.items() if door in reached for table in read}
    assert tables == {name for name in row.figures if "." not in name}


@each_rule
def test_a_rule_lists_every_figure_that_its_code_leads_to(row: Rule) -> None:
    reached = {each.removeprefix("alin_core.") for root in roots(row) for each in used(root)}
    assert reached & constants() <= set(row.figures)


def test_every_figure_of_the_code_that_a_text_sets_belongs_to_a_rule() -> None:
    assert {name for row in rules() for name in row.figures if "." in name} == constants()


@pytest.mark.parametrize("lang", ["fr", "en"])
@each_rule
def test_what_is_listed_has_its_words(row: Rule, lang: Lang) -> None:
    assert all(re.search(r"\(.{4,}\)$", read_text(name, Words.of(lang))) for name in row.figures)


def test_the_ten_days_to_answer_are_listed() -> None:
    told = read_text("candidature.events._DAYS_TO_ANSWER", Words.of("fr"))
    assert told.startswith(
        "candidature.events._DAYS_TO_ANSWER = 10 (jours au moins pour répondre, CCH R441-10"
    )

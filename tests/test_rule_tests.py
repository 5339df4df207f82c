"""Which tests check which rule follows from the tests."""

import re
from pathlib import Path

import pytest

from alin_core.law.catalogue import rules
from alin_core.law.guide import statements
from tools import catalogue_pages, rule_tests

HELPER = """
from alin_core.ranking import rank

def ordered(): return rank([], None, offer="", draw_key="")
"""
TESTS = """
from alin_core.candidature.events import Withdraw as Gone
from alin_core.rules.typology import suitable_typologies, typology_fit
from tests.ordering import ordered

ONE = typology_fit(1, None)

def fits(): return ONE

def test_by_a_helper_and_a_constant(): assert fits()
def test_by_the_function(): assert typology_fit
def test_by_an_event(): assert Gone
def test_by_an_id(): assert "legal-priority"
def test_by_another_file(): assert ordered()
def test_of_something_else(): assert suitable_typologies, "zone"
"""


def test_a_test_checks_the_rules_that_it_uses(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "ordering.py").write_text(HELPER, encoding="utf-8")
    (folder / "test_some.py").write_text(TESTS, encoding="utf-8")
    of_pages = f"from tests.pages import parts_of\n{TESTS}"
    (folder / "test_pages.py").write_text(of_pages, encoding="utf-8")
    found = {rule_id: files for rule_id, files in rule_tests.checked_by(folder).items() if files}
    assert found == {
        "typology": {"tests/test_some.py": 2},
        "withdrawal": {"tests/test_some.py": 1},
        "legal-priority": {"tests/test_some.py": 1},
        "ranking": {"tests/test_some.py": 1},
    }


def test_every_rule_is_checked_beside_its_boundary_cases(
    capsys: pytest.CaptureFixture[str],
) -> None:
    everywhere = {"tests/test_boundaries.py", "tests/test_rules.py"}
    checked = rule_tests.checked_by()
    assert [rule_id for rule_id, files in checked.items() if not files.keys() - everywhere] == []
    assert all("tests/test_boundaries.py" in files for files in checked.values())
    assert rule_tests.main() == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rules())


def test_the_site_prints_every_rule_and_every_statement() -> None:
    catalogue, guide = catalogue_pages.rules_markdown(), catalogue_pages.guide_markdown()
    assert re.findall(r"(?m)^## (.+)$", catalogue) == [row.id for row in rules()]
    assert re.findall(r"(?m)^- \*\*(G\d+)\*\*", guide) == [one.id for one in statements()]
    linked = set(re.findall(r"\(rules\.md#(.+?)\)", guide))
    assert linked == {row.id for row in rules() if row.guide}
    assert guide.count("*Not coded*: ") == sum(bool(one.not_coded) for one in statements())
    assert catalogue.count(" → `") == sum(len(row.boundaries) for row in rules())

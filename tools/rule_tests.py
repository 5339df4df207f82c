"""Which tests check which rule: read off the tests, nobody types it in.

    python tools/rule_tests.py

A test checks a rule when it uses, itself or through what its file defines, the function of the
rule, an event that the rule governs, or the id of the rule. A file that reads the pages of the site
checks what they say, and no rule.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from alin_core.candidature.transitions import TRANSITIONS
from alin_core.law.catalogue import Rule, rules

_TESTS = Path(__file__).parent.parent / "tests"


def main() -> int:
    """Print each rule with the files that check it, and how many tests of each do."""
    for rule_id, files in checked_by(_TESTS).items():
        print(rule_id, *(f"{name} ({number})" for name, number in files.items()))
    return 0


def checked_by(folder: Path = _TESTS) -> dict[str, dict[str, int]]:
    """For each rule the files of tests that check it, each with its number of tests."""
    signs = {rule.id: _signs(rule) for rule in rules()}
    found: dict[str, Counter[str]] = {rule_id: Counter() for rule_id in signs}
    for path in sorted(folder.glob("**/test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "from tests.pages import" in text:
            continue
        for used in _tests(ast.parse(text), folder):
            for rule_id, own in signs.items():
                found[rule_id][path.relative_to(folder.parent).as_posix()] += bool(own & used)
    return {rule_id: dict(+files) for rule_id, files in found.items()}


def _signs(rule: Rule) -> set[str]:
    """What betrays that a test is about the rule."""
    events = {row.event for row in TRANSITIONS if row.rule_id == rule.id}
    own = {
        *(f"{event.__module__}.{event.__name__}" for event in events),
        *({rule.id} if "-" in rule.id else ()),  # one word may stand for anything else
    }
    shared = sum(other.function == rule.function for other in rules()) > 1
    return own if shared and own else own | {rule.function}


def _tests(tree: ast.Module, folder: Path) -> Iterator[set[str]]:
    """For each test of a file, all that it uses."""
    imported, helpers = _known(tree, folder)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            used, fresh = set[str](), _words(node)
            while fresh:
                used |= fresh
                fresh = {word for name in fresh for word in helpers.get(name, ())} - used
            yield {imported.get(word, word) for word in used}


def _known(tree: ast.Module, folder: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Where the names of a file come from, and what its helpers use, those of `tests` included."""
    imported, helpers = dict[str, str](), dict(_definitions(tree))
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        module = folder.parent / f"{str(node.module).replace('.', '/')}.py"
        if module.exists():
            others = _known(ast.parse(module.read_text(encoding="utf-8")), folder)
            imported, helpers = others[0] | imported, others[1] | helpers
        imported |= {
            alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
        }
    return imported, helpers


def _definitions(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """What the helpers and the constants of a file use."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, _words(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from ((word, _words(node)) for word in _words(target))


def _words(tree: ast.AST) -> set[str]:
    """Names and texts."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return names | texts


if __name__ == "__main__":
    sys.exit(main())

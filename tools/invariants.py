"""What always holds, by name: read off the tests that check it; only the French is typed.

    python tools/invariants.py

prints the list that the site shows.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from alin_core.text.wording import Words

__all__ = ["Invariant", "french", "invariants", "invariants_markdown"]

_ROOT = Path(__file__).parent.parent
_FRENCH = _ROOT / "docs" / "invariants.toml"
#: The files whose tests hold for whatever comes; the model walks every history.
_FILES = ("tests/test_workflow_model.py", "tests/property/test_*.py")


@frozen
class Invariant:
    """One property, by the name of the function that checks it."""

    #: From the root of the project.
    path: str
    line: int
    #: The name, without `test_`.
    name: str
    #: The class it stands in, as words, or nothing.
    part: str
    #: The clause that it checks, where the test states one.
    clause: str
    #: What its file is about.
    about: str

    @property
    def english(self) -> str:
        words = self.name.replace("_", " ")
        told = f"{self.part}: {words}" if self.part else words
        return told[0].upper() + told[1:]

    @property
    def module(self) -> str:
        return Path(self.path).stem.removeprefix("test_")


def main() -> int:
    """Print every invariant."""
    print(invariants_markdown())
    return 0


def invariants(root: Path = _ROOT) -> list[Invariant]:
    """Every invariant, file by file, in the order of its file."""
    paths = [path for pattern in _FILES for path in sorted(root.glob(pattern))]
    return [
        found
        for path in paths
        for found in _in_file(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    ]


def _in_file(text: str, path: str) -> Iterator[Invariant]:
    tree = ast.parse(text)
    about = _first_line(tree)
    for node in tree.body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        part = _words(node.name) if isinstance(node, ast.ClassDef) else ""
        for one in inner:
            if isinstance(one, ast.FunctionDef) and _is_checked(one):
                name, clause = one.name.removeprefix("test_"), _first_line(one)
                yield Invariant(path, one.lineno, name, part, clause, about)


def _first_line(node: ast.Module | ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0]


def _is_checked(node: ast.FunctionDef) -> bool:
    """A test, a rule of a walk at random, or a question about every step of the model."""
    on_steps = bool(node.args.args) and node.args.args[0].arg.lstrip("_") == "steps"
    answers = node.returns is not None and ast.unparse(node.returns) == "bool"
    decorated = any(ast.unparse(one) == "invariant()" for one in node.decorator_list)
    return node.name.startswith("test_") or decorated or (on_steps and answers)


def _words(name: str) -> str:
    """TestRoundTrip: round trip."""
    return re.sub(r"(?<=.)([A-Z])", r" \1", name.removeprefix("Test")).lower()


def french() -> dict[str, dict[str, str]]:
    """By file and name: how each is said in French, and what each file is about in both."""
    return tomllib.loads(_FRENCH.read_text(encoding="utf-8"))


def invariants_markdown() -> str:
    """Every invariant by file: French first with the English below, and where it is checked."""
    listed = invariants()
    files = dict.fromkeys(one.path for one in listed)
    return "\n".join(
        line for path in files for line in _file(path, [one for one in listed if one.path == path])
    )


def _file(path: str, listed: Sequence[Invariant]) -> Iterator[str]:
    words = french()[listed[0].module]
    yield f"\n## {Words.of('fr').typeset(words['title_fr'])} · {words['title_en']}\n"
    yield f":::{{fr}}\n{Words.of('fr').typeset(words['about_fr'])}\n:::\n"
    yield f":::{{en}}\n{listed[0].about}\n:::\n"
    yield f"Tests : {{download}}`{path} <../{path}>`\n".replace(" :", "\u00a0:")
    for one in listed:
        clause = f" ({one.clause.rstrip('.')})" if one.clause else ""
        told = Words.of("fr").typeset(words[one.name])
        yield f"- {told}\\\n  *{one.english}{clause}.* `{one.name}`, {one.line}"


if __name__ == "__main__":
    sys.exit(main())

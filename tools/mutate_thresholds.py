"""Change each figure of the law a little: does a test break, does a page break?

    python -m tools.mutate_thresholds [WORD]

With a word, only the figures whose name holds it. The tree is copied, one figure is changed, and
pytest runs what is about it, then everything else where that breaks nothing. What only prints
every field of the rulebook does not count for one of them: a rule must be seen to answer
otherwise. 0: every change breaks a test and a page.
"""

import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from attrs import fields, frozen

from alin_core.law.rulebook import Rulebook
from alin_core.law.rules import Rule, rules
from alin_core.values.housing import Typology, TypologyRange
from tools.rule_tests import checked_by

__all__ = ["Broken", "Mutant", "field_mutants", "main", "mutants", "table_mutants", "zone_mutants"]

_ROOT = Path(__file__).parent.parent
_DATA = "src/alin_core/law/data"
_RULEBOOK = "src/alin_core/law/rulebook.py"
#: What prints the value of every field, or of every reading.
_LISTS = ("docs/parameters.md", "docs/tutorial.md", "tests/test_rulebook.py")
#: The boundary cases of every rule: quick, hence first.
_BOUNDARIES = "tests/test_boundaries.py"
_LEFT_OUT = ignore_patterns(".git", ".venv*", "build", "dist", "__pycache__", ".*_cache", "*.egg*")


@frozen(kw_only=True)
class Mutant:
    """One figure changed in one file."""

    #: The field or the table, the place in it, and the values.
    name: str
    path: str
    text: str
    #: The tests and the pages that are run first.
    about: tuple[str, ...]
    #: The tests that are run where none of those breaks.
    others: tuple[str, ...] = ()
    #: What breaks and does not count.
    ignored: tuple[str, ...] = ()


@frozen
class Broken:
    """The first test and the first page that a change breaks; None: nothing does."""

    test: str | None
    page: str | None


def main(word: str = "") -> int:
    """Print what each change breaks, then how many went unseen, by file."""
    chosen = [mutant for mutant in mutants() if word in mutant.name]
    found: dict[Mutant, Broken] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copytree(_ROOT, copy, ignore=_LEFT_OUT)
        for number, mutant in enumerate(chosen, 1):
            _show_progress(number, len(chosen), mutant.name)
            found[mutant] = broken = _broken(mutant, copy, number)
            told = f"{broken.test or 'NO TEST'}, {broken.page or 'NO PAGE'}"
            print(f"{mutant.name}: {told}", flush=True)
    print("\n".join(_summary(found)))
    return int(not all(broken.test and broken.page for broken in found.values()))


def _summary(found: Mapping[Mutant, Broken]) -> Iterator[str]:
    yield f"\n{'file':28} changes  by a test  by a page"
    for path in dict.fromkeys(mutant.path for mutant in found):
        all_broken = [broken for mutant, broken in found.items() if mutant.path == path]
        tests, pages = (
            sum(getattr(broken, kind) is not None for broken in all_broken)
            for kind in ("test", "page")
        )
        yield f"{Path(path).name:28} {len(all_broken):7}  {tests:9}  {pages:9}"


def mutants() -> Iterator[Mutant]:
    """Every field of the rulebook, one figure of each edition of each table, each zone."""
    yield from field_mutants()
    for path in sorted((_ROOT / _DATA).glob("p*.toml")):
        yield from table_mutants(path, ("tests/test_tables.py", "docs/tables.md"))
    for path in sorted((_ROOT / _DATA / "housing_aid").glob("*.toml")):
        yield from table_mutants(path, ("tests/test_aid_tables.py", "docs/parameters.md"))
    yield from zone_mutants()


def field_mutants() -> Iterator[Mutant]:
    """A step to each side of a figure, the other way of a switch, each part of a list."""
    source = (_ROOT / _RULEBOOK).read_text(encoding="utf-8")
    tests, pages = checked_by(), _pages()
    for held in fields(Rulebook):
        read_by = [rule for rule in rules() if held.name in rule.parameters]
        others = {name for rule in read_by for name in tests[rule.id]} - {*_LISTS, _BOUNDARIES}
        about = [name for name, text in pages.items() if _speaks_of(text, held.name, read_by)]
        for value in _others(held.name, getattr(Rulebook.standard(), held.name)):
            yield Mutant(
                name=f"{held.name} = {value}",
                path=_RULEBOOK,
                text=_with_default(source, held.name, value),
                about=(_BOUNDARIES, *about),
                others=tuple(sorted(others)),
                ignored=_LISTS,
            )


def _pages() -> dict[str, str]:
    paths = sorted((_ROOT / "docs").glob("*.md"))
    named = {path.relative_to(_ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return {name: text for name, text in named.items() if name not in _LISTS}


def _speaks_of(text: str, field: str, read_by: Iterable[Rule]) -> bool:
    functions = (rule.function.rpartition(".")[2] for rule in read_by)
    return any(re.search(rf"\b{word}\b", text) for word in (field, *functions))


#: The switches and lists that admit fewer values.
_OTHERS: dict[str, tuple[Any, ...]] = {
    "single_parent_further_from": (6,),
    "demand_validity_years": (2,),
    "priority_order": (("COMPANY", "LEGAL"),),
}


def _others(name: str, value: Any) -> Iterator[Any]:
    """Values next to that of a field; the ceilings are data, and changed there."""
    if name in _OTHERS:
        yield from _OTHERS[name]
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, Decimal):
        yield from (value - Decimal("0.01"), value + Decimal("0.01"))
    elif isinstance(value, date):
        yield from (value - timedelta(days=1), value + timedelta(days=1))
    elif isinstance(value, tuple):
        yield from _other_lists(value)


def _other_lists(value: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """One item less, or an end of one range moved by a room."""
    for place, item in enumerate(value):
        before, after = value[:place], value[place + 1 :]
        if isinstance(item, TypologyRange):
            yield (*before, _range(item, 1, 0), *after)
            if item.largest is not None:
                yield (*before, _range(item, 0, 1), *after)
        elif item != "email":  # the user name: no form goes without it
            yield (*before, *after)


def _range(item: TypologyRange, smallest: int, largest: int) -> TypologyRange:
    end = None if item.largest is None else Typology(item.largest.rooms + largest)
    return TypologyRange(Typology(item.smallest.rooms + smallest), end)


def _with_default(source: str, name: str, value: Any) -> str:
    """The rulebook with another default of one field."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            assert isinstance(node.value, ast.Call)
            for given in node.value.keywords:
                if given.arg in ("default", "factory"):
                    old = ast.get_source_segment(source, given)
                    whole = str(ast.get_source_segment(source, node))
                    new = whole.replace(str(old), f"default={_code(value)}", 1)
                    return source.replace(whole, new, 1)
    raise LookupError(name)


def _code(value: Any) -> str:
    """How the rulebook writes a value."""
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, TypologyRange):
        ends = (value.smallest, value.largest)
        told = ("None" if end is None else f"Typology({end.rooms})" for end in ends)
        return f"TypologyRange({', '.join(told)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{_code(item)}, ' for item in value)})"
    return repr(value)


def table_mutants(path: Path, about: tuple[str, ...]) -> Iterator[Mutant]:
    """One figure of each edition, another in each; each first day, and the last one."""
    text = path.read_text(encoding="utf-8")
    days = list(re.finditer(r"(?m)^(in_force|checked_until) = (.+)$", text))
    for found in days:
        # Of twelve last days the earliest counts: only an earlier one changes anything.
        step = timedelta(days=1 if found[1] == "in_force" else -1)
        other = (date.fromisoformat(found[2]) + step).isoformat()
        yield _changed(path, text, found.span(2), other, about)
    for number, rows in enumerate(re.finditer(r"(?ms)^rows = \[(.+?)\]$", text)):
        figures = list(re.finditer(r'"[^"]*"|#.*|(-?\d[\d_]*(?:\.\d+)?)', rows[1]))
        told = [figure for figure in figures if figure[1]]
        figure = told[number * 5 % len(told)]  # 5: no row and no column is passed over
        span = (rows.start(1) + figure.start(1), rows.start(1) + figure.end(1))
        yield _changed(path, text, span, _next(figure[1]), about)


def _next(figure: str) -> str:
    """One more in its last place."""
    value = Decimal(figure.replace("_", ""))
    return str(value + Decimal((0, (1,), int(value.as_tuple().exponent))))


def zone_mutants() -> Iterator[Mutant]:
    """Each code of a commune or of a department."""
    path = _ROOT / _DATA / "zones.toml"
    text = path.read_text(encoding="utf-8")
    about = ("tests/test_zones.py", "docs/zones.md", "docs/parameters.md")
    codes = r'(?m)(?<!\d)(\d{2,5})(?=" *[,\]]|"$| = ")'
    taken = set(re.findall(codes, text))
    for found in re.finditer(codes, text):
        code, last = found[1], int(found[1])
        others = (str(other).zfill(len(code)) for other in range(last + 1, last + 100))
        other = next(other for other in others if other not in taken)
        yield _changed(path, text, found.span(1), other, about)


def _changed(
    path: Path, text: str, span: tuple[int, int], other: str, about: tuple[str, ...]
) -> Mutant:
    line = text.count("\n", 0, span[0]) + 1
    return Mutant(
        name=f"{path.name}:{line} {text[slice(*span)]} -> {other}",
        path=path.relative_to(_ROOT).as_posix(),
        text=text[: span[0]] + other + text[span[1] :],
        about=about,
    )


def _broken(mutant: Mutant, tree: Path, number: int) -> Broken:
    path = tree / mutant.path
    before = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    os.utime(path, (number, number))  # or what was compiled within this second would be taken
    try:
        found = _failures(tree, mutant, mutant.about)
        if not found.page:
            found = Broken(found.test, _failures(tree, mutant, ("README.md", "docs")).page)
        for where in (mutant.others, ("tests",)):
            if where and not found.test:
                failed = _failures(tree, mutant, where, "--exitfirst")
                found = Broken(failed.test, found.page)
        return found
    finally:
        path.write_text(before, encoding="utf-8")


def _failures(tree: Path, mutant: Mutant, where: tuple[str, ...], *options: str) -> Broken:
    quiet = ("-q", "--tb=no", "-rfE", "-p", "no:cacheprovider")
    ignored = [f"--ignore={name}" for name in mutant.ignored]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *options, *ignored, *where],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
    )
    if ran.returncode not in (0, 1, 2, 5):  # 5: everything there is left out
        raise RuntimeError(ran.stdout + ran.stderr)
    failed = re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", ran.stdout)
    tests = (name for name in failed if name.startswith("tests/"))
    pages = (name for name in failed if name.partition("::")[0].endswith(".md"))
    return Broken(next(tests, None), next(pages, None))


def _show_progress(number: int, count: int, name: str) -> None:
    if sys.stderr.isatty():
        bar = "#" * (20 * number // count)
        end = "\n" if number == count else ""
        print(f"\r[{bar:20}] {number}/{count} {name:45.45}", end=end, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

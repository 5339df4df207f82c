"""Every figure of the law changed a little, one at a time: what `mutate_thresholds` tries."""

import ast
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import fields, frozen

from alin_core.law.catalogue import Rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.values.housing import Typology, TypologyRange
from tools.rule_tests import checked_by

__all__ = [
    "Mutant",
    "constant_mutants",
    "field_mutants",
    "mutants",
    "table_mutants",
    "zone_mutants",
]

_ROOT = Path(__file__).parent.parent
_DATA = "src/alin_core/law/data"
_RULEBOOK = "src/alin_core/law/rulebook.py"
#: What prints the value of every field, or of every reading.
_LISTS = ("docs/parameters.md", "docs/tutorial.md", "tests/test_rulebook.py")
#: The boundary cases of every rule: quick, hence first.
_BOUNDARIES = "tests/test_boundaries.py"
#: The figures that are no fields of the rulebook and stand in no table: where each stands, its
#: value, others, and what is about it.
_CONSTANTS = (
    ("candidature/events.py", "_DAYS_TO_ANSWER = timedelta(days={})", "10", ("9", "11"),
     (_BOUNDARIES, "docs/workflow.md", "docs/candidatures.md")),
    ("housing_aid/estimate.py", "_GROWN = {}", "21", ("20", "22"),
     ("tests/test_housing_aid.py", "docs/housing-aid.md")),
    ("housing_aid/tables.py", "_FIRST_DAY = date(2020, {})", "2, 1", ("1, 31", "2, 2"),
     ("tests/test_aid_tables.py", "docs/parameters.md")),
    ("housing_aid/scale.py", "_REFERENCE_ZONE = {}", "2", ("1", "3"),
     ("tests/test_housing_aid.py", "docs/housing-aid.md")),
)  # fmt: skip


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


def mutants() -> Iterator[Mutant]:
    """Each field of the rulebook, a figure of each edition of each table, each zone, the rest."""
    yield from field_mutants()
    for path in sorted((_ROOT / _DATA).glob("p*.toml")):
        yield from table_mutants(path, ("tests/test_tables.py", "docs/tables.md"))
    aid = _ROOT / _DATA / "housing_aid.toml"
    yield from table_mutants(aid, ("tests/test_aid_tables.py", "docs/parameters.md"))
    yield from zone_mutants()
    yield from constant_mutants()


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


def constant_mutants() -> Iterator[Mutant]:
    """The figures that the code holds itself."""
    for name, line, value, others, about in _CONSTANTS:
        path = _ROOT / "src" / "alin_core" / name
        text = path.read_text(encoding="utf-8")
        start = text.index(line.format(value)) + line.index("{")
        for other in others:
            yield _changed(path, text, (start, start + len(value)), other, about)


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

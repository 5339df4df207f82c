"""Add a year's edition of the ceilings to the tables, from one file that holds it twice.

    python -m tools.add_edition ARRETE.toml 145.77/144.51

The first argument is what was typed from the arrêté, laid out as CONTRIBUTING shows; the second is
the revision of the year: the rent reference index of the third quarter over that of the year
before, or a number such as 1.0087.

The tables of the package and the second keying of the tests guard each other only while neither is
copied from the other. So the file holds the figures twice: `[PLUS]` and `[PLAI]` row by row, as
printed, and `[again]` zone by zone, typed apart from the arrêté itself. The tool compares the two
and writes the first into the tables, the second into the tests; it computes neither.

0: the edition is in plus.toml, plai.toml, ceilings.toml and revisions.toml; 1: its figures or its
references are refused; 2: an argument is, or a file. Refused, nothing is written.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from tools.check_edition import COLUMNS, KNOWN, ROWS, each_mark, faults, revision

__all__ = ["TABLES", "ZONES", "main"]

_ROOT = Path(__file__).parent.parent
TABLES = {norm: f"src/alin_core/law/data/{norm.lower()}.toml" for norm in ("PLUS", "PLAI")}
_AGAIN, _REVISIONS = "tests/cases/ceilings.toml", "tests/cases/revisions.toml"
ZONES = ("PARIS_AND_ADJOINING", "ILE_DE_FRANCE", "OTHER_REGIONS")
#: What both annexes share: one arrêté amends them at once.
_SHARED = ("in_force", "text", *KNOWN, "article")


def main(*given: str) -> int:
    """Print why the edition is refused, or the files that it was added to."""
    try:
        path, index = given
        factor = revision(index)
    except (ValueError, ZeroDivisionError):
        print(f"{' '.join(given)!r} is refused; give ARRETE.toml and a revision: 145.77/144.51")
        return 2
    try:
        typed = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        found = list(_faults(typed, factor)) or list(_differences(typed))
        if found:
            print("\n".join((*found, f"nothing is written; read {path} against the arrêté")))
            return 1
        texts = dict(_texts(typed, index))
        _write(texts)
    except (OSError, ValueError) as error:
        print(f"nothing is written: {error}")
        return 2
    print(f"the edition of {typed['in_force']} is in {', '.join(texts)}")
    return 0


def _faults(typed: Mapping[str, Any], factor: Fraction) -> Iterator[str]:
    """Yield what is unknown, and why the editions do not follow the last ones."""
    for key in sorted(typed.keys() - {*_SHARED, *TABLES, "checked_until", "again"}):
        yield f"{key}: unknown; known are {', '.join(_SHARED)}, checked_until, PLUS, PLAI, again"
    shared = {key: typed[key] for key in _SHARED if key in typed}
    for norm, name in TABLES.items():
        last = tomllib.loads(_read(name))["edition"][-1]
        edition = shared | {"rows": typed.get(norm)}
        for fault in faults(typed.get("checked_until"), last, edition, factor):
            yield f"{norm}, {fault}"


def _differences(typed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the cells and the marks that were not typed twice alike."""
    for norm in TABLES:
        for column, (zone, name) in enumerate(zip(ZONES, COLUMNS, strict=True)):
            figures = [row[column] for row in typed[norm]]
            marks = [each_mark(row[3], 3)[column] for row in typed[norm]]
            yield from _unlike(figures, _again(typed, norm, zone), f"{norm}, {name}")
            again = each_mark(_again(typed, "marks", norm, zone), len(ROWS))
            yield from _unlike(marks, again, f"{norm}, {name}, mark")


def _again(typed: Mapping[str, Any], *names: str) -> Any:
    """Return what was typed the second time under these names; None: nothing."""
    found: Any = typed.get("again")
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _unlike(first: list[Any], second: Any, where: str) -> Iterator[str]:
    if not isinstance(second, list) or len(second) != len(ROWS):
        yield f"again, {where}: {second!r} is not one item for each of the {len(ROWS)} rows"
        return
    for row, one, other in zip(ROWS, first, second, strict=True):
        if repr(one) != repr(other):  # 26920.0 equals 26920 and is not written like it
            yield f"{where}, {row}: {one!r} the first time, {other!r} again"


def _texts(typed: Mapping[str, Any], index: str) -> Iterator[tuple[str, str]]:
    """Yield each file with its new text.

    Raises `ValueError` where a file holds that year already, or lacks a section.
    """
    year = typed["in_force"].year
    for norm, name in TABLES.items():
        moved = f"checked_until = {typed['checked_until']}"
        text = re.sub(r"(?m)^checked_until = .*$", moved, _read(name), count=1)
        yield name, text + _edition(typed, norm)
    text = _read(_AGAIN)
    for norm in TABLES:
        for zone in ZONES:
            figures = ", ".join(f"{figure:>6_}" for figure in _again(typed, norm, zone))
            marks = json.dumps(_again(typed, "marks", norm, zone))
            text = _with_line(text, f"[{norm}.{zone}]", f"{year} = [{figures}]")
            text = _with_line(text, f"[marks.{norm}.{zone}]", f"{year} = {marks}")
    yield _AGAIN, text
    yield _REVISIONS, _with_line(_read(_REVISIONS), "[factor]", f"{year} = {json.dumps(index)}")


def _edition(typed: Mapping[str, Any], norm: str) -> str:
    written = {key: str(typed[key]) for key in _SHARED if key in typed}
    lines = (
        f"{key} = {text if key == 'in_force' else json.dumps(text, ensure_ascii=False)}"
        for key, text in written.items()
    )
    rows = [
        f"    [{', '.join(f'{figure:>6_}' for figure in figures)}, {json.dumps(mark)}],"
        for *figures, mark in typed[norm]
    ]
    rows[-1] += "  # each further person"
    head = "    # Paris, Île-de-France, other regions, how verified"
    return "\n".join(("", "[[edition]]", *lines, "rows = [", head, *rows, "]", ""))


def _with_line(text: str, section: str, line: str) -> str:
    """Return the text with one line more at the end of a section."""
    before, head, after = text.partition(f"{section}\n")
    held, gap, rest = after.partition("\n\n")
    if not head or f"\n{line.partition(' ')[0]} = " in f"\n{held}":
        raise ValueError(f"{section} is missing, or has a line such as {line!r}: begin again")
    return "".join((before, head, held.rstrip(), "\n", line, gap or "\n", rest))


def _read(name: str) -> str:
    return (_ROOT / name).read_text(encoding="utf-8")


def _write(texts: Mapping[str, str]) -> None:
    """Write all files or none: what cannot be written fails while they are still drafts."""
    drafts = {_ROOT / f"{name}.draft": _ROOT / name for name in texts}
    try:
        for draft, text in zip(drafts, texts.values(), strict=True):
            draft.write_text(text, encoding="utf-8")
        for draft, path in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts:
            if draft.is_file():
                draft.unlink()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

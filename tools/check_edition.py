"""Check the newest edition of a ceiling table against the one before, before it is committed.

    python tools/check_edition.py src/alin_core/law/data/plus.toml 145.77/144.51

The second argument is the revision of the year: the rent reference index of the third quarter
over that of the year before, or a number such as 1.0087.
0: it follows; 1: it does not; 2: an argument is refused.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

#: What an edition holds, and what it may hold.
NEEDED = ("in_force", "text", "article", "rows")
KNOWN = ("nor", "jorf")
#: How an arrêté and its references are written.
_WRITTEN = {
    "text": (r"arrêté du .+", "an « arrêté du » some day"),
    "nor": (r"[A-Z]{4}\d{7}[A-Z]", "four letters, seven digits and a letter"),
    "jorf": (r"JORFTEXT\d{12}", "JORFTEXT and twelve digits"),
    "article": (r"LEGIARTI\d{12}", "LEGIARTI and twelve digits"),
}
ROWS = (*(f"category {number}" for number in range(1, 7)), "further person")
#: How a figure can have been verified; the head of each table explains them.
MARKS = {
    "two-sources",
    "one-source+revision",
    "one-source",
    "derived-two-sided",
    "derived-one-sided",
    "derived-back",
    "corrected",
}
COLUMNS = ("Paris", "Île-de-France", "other regions")


def main(*given: str) -> int:
    """Print each fault of the newest edition."""
    try:
        path, index = given
    except ValueError:
        return _refuse(" ".join(given), "give a table and the revision of the year")
    try:
        factor = revision(index)
    except (ValueError, ZeroDivisionError):
        return _refuse(index, "give the revision of the year, such as 145.77/144.51 or 1.0087")
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        before, after = table["edition"][-2:]
        if not (isinstance(before, dict) and isinstance(after, dict)):
            raise TypeError("an edition is no table")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return _refuse(path, f"give a table of two editions at least: {error}")
    found = faults(table.get("checked_until"), before, after, factor)
    print("\n".join(found) or f"{path}: the edition of {after['in_force']} follows the last one")
    return 1 if found else 0


def _refuse(given: str, hint: str) -> int:
    print(f"{given!r} is refused; {hint}")
    return 2


def revised(amount: int, factor: Fraction) -> int:
    """Return last year's amount times the factor, rounded half up to the euro."""
    return int(amount * factor + Fraction(1, 2))


def faults(
    checked_until: Any, before: dict[str, Any], after: dict[str, Any], factor: Fraction
) -> list[str]:
    """Return why an edition does not follow the one before; empty if it does."""
    found = [f"the edition before, {fault}" for fault in _shape(before)]
    found += [*_shape(after), *_dates(checked_until, before, after)]
    # Figures are compared once they stand where they should.
    return found or [*_monotony(after), *_revision(before, after, factor)]


def revision(index: str) -> Fraction:
    """Return the factor of a year, as a quotient or a number.

    Raises `ValueError` or `ZeroDivisionError` for any other text.
    """
    above, stroke, below = index.partition("/")
    factor = Fraction(above) / Fraction(below if stroke else 1)
    if factor <= 0:
        raise ValueError(index)
    return factor


def _dates(checked_until: Any, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    old, new = (edition.get("in_force") for edition in (before, after))
    if type(old) is not date or type(new) is not date:
        yield f"in_force: {old} and {new} are not both a day"
        return
    if new != date(old.year + 1, 1, 1):
        yield f"in_force: {new} is not the 1 January after {old}"
    if checked_until != date(new.year, 12, 31):
        yield f"checked_until: {checked_until} is not the end of the year of the newest edition"
    # An arrêté for January is signed that month, or the month before.
    signed = re.search(r"\b(\d{4})\b", str(after.get("text")))
    if signed is None or int(signed[1]) not in (new.year - 1, new.year):
        yield f"text: {after.get('text')!r} is not of {new.year - 1} or {new.year}"
    # Each arrêté makes another version of the annexes.
    for key in ("text", "article", *KNOWN):
        if key in after and after[key] == before.get(key):
            yield f"{key}: {after[key]!r} is that of the edition before"


def _shape(edition: dict[str, Any]) -> Iterator[str]:
    for key in NEEDED:
        if not edition.get(key):
            yield f"{key}: missing"
    for key in edition.keys() - {*NEEDED, *KNOWN}:
        yield f"{key}: unknown; known are {', '.join((*NEEDED, *KNOWN))}"
    for key, (pattern, name) in _WRITTEN.items():
        if edition.get(key) and not re.fullmatch(pattern, str(edition[key])):
            yield f"{key}: {edition[key]!r} is not {name}"
    rows = edition.get("rows", [])
    if not (isinstance(rows, list) and all(isinstance(row, list) for row in rows)):
        yield f"rows: {rows!r} is no list of rows"
        return
    if len(rows) != len(ROWS):
        yield f"rows: {len(rows)} of {len(ROWS)}"
    for name, row in zip(ROWS, rows, strict=False):
        if len(row) != 4:
            yield f"{name}: {len(row)} items, not three figures and a mark"
        elif not all(type(figure) is int and figure > 0 for figure in row[:3]):
            yield f"{name}: {row[:3]} are not three whole amounts"
        elif not _is_mark(row[3]):
            yield f"{name}: {row[3]!r} is neither a mark nor three of them"


def _is_mark(mark: Any) -> bool:
    marks = each_mark(mark, 3)
    return len(marks) == 3 and all(isinstance(one, str) and one in MARKS for one in marks)


def each_mark(mark: Any, cells: int) -> list[Any]:
    """Return the marks of that many cells: one mark stands for all of them."""
    return mark if isinstance(mark, list) else [mark] * cells


def _monotony(edition: dict[str, Any]) -> Iterator[str]:
    for name, (paris, region, others, _) in zip(ROWS, edition["rows"], strict=False):
        if not paris >= region >= others:
            yield f"{name}: {paris}, {region}, {others} rise from Paris outwards"
    for column, zone in enumerate(COLUMNS):
        figures = [row[column] for row in edition["rows"][:6]]
        if not all(lower < higher for lower, higher in pairwise(figures)):
            yield f"{zone}: the ceilings do not rise with the category"


def _revision(before: dict[str, Any], after: dict[str, Any], factor: Fraction) -> Iterator[str]:
    for name, old, new in zip(ROWS, before["rows"], after["rows"], strict=False):
        for zone, was, now in zip(COLUMNS, old[:3], new[:3], strict=True):
            if now != (expected := revised(was, factor)):
                yield f"{name}, {zone}: {now}, the revision leads from {was} to {expected}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

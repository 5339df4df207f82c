"""Check the newest edition of a ceiling table against the one before, before it is committed.

    python tools/check_edition.py src/alin_core/law/data/plus.toml 145.77/144.51

The second argument is the revision of the year: the rent reference index of the third quarter
over that of the year before, or a number such as 1.0087.
"""

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

_ROWS = (*(f"category {number}" for number in range(1, 7)), "further person")
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
_COLUMNS = ("Paris", "Île-de-France", "other regions")


def main(path: str, index: str) -> int:
    """Print each fault of the newest edition; 0: none."""
    table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    before, after = table["edition"][-2:]
    above, _, below = index.partition("/")
    factor = Fraction(above) / Fraction(below or 1)
    faults = [*_dates(table["checked_until"], before, after), *_shape(after)]
    if not faults:  # figures are compared once they stand where they should
        faults = [*_monotony(after), *_revision(before, after, factor)]
    print("\n".join(faults) or f"{path}: the edition of {after['in_force']} follows the last one")
    return 1 if faults else 0


def _dates(checked_until: date, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    if after["in_force"] != date(before["in_force"].year + 1, 1, 1):
        yield f"in_force: {after['in_force']} is not the 1 January after {before['in_force']}"
    if checked_until != date(after["in_force"].year, 12, 31):
        yield f"checked_until: {checked_until} is not the end of the year of the newest edition"


def _shape(edition: dict[str, Any]) -> Iterator[str]:
    for key in ("text", "article"):
        if not edition.get(key):
            yield f"{key}: missing"
    if len(edition["rows"]) != len(_ROWS):
        yield f"rows: {len(edition['rows'])} of {len(_ROWS)}"
    for name, row in zip(_ROWS, edition["rows"], strict=False):
        if len(row) != 4:
            yield f"{name}: {len(row)} items, not three figures and a mark"
        elif not all(type(figure) is int and figure > 0 for figure in row[:3]):
            yield f"{name}: {row[:3]} are not three whole amounts"
        elif not _is_mark(row[3]):
            yield f"{name}: {row[3]!r} is neither a mark nor three of them"


def _is_mark(mark: Any) -> bool:
    marks = mark if isinstance(mark, list) else [mark] * 3
    return len(marks) == 3 and all(one in MARKS for one in marks)


def _monotony(edition: dict[str, Any]) -> Iterator[str]:
    for name, (paris, region, others, _) in zip(_ROWS, edition["rows"], strict=False):
        if not paris >= region >= others:
            yield f"{name}: {paris}, {region}, {others} rise from Paris outwards"
    for column, zone in enumerate(_COLUMNS):
        figures = [row[column] for row in edition["rows"][:6]]
        if not all(lower < higher for lower, higher in pairwise(figures)):
            yield f"{zone}: the ceilings do not rise with the category"


def _revision(before: dict[str, Any], after: dict[str, Any], factor: Fraction) -> Iterator[str]:
    for name, old, new in zip(_ROWS, before["rows"], after["rows"], strict=False):
        for zone, was, now in zip(_COLUMNS, old[:3], new[:3], strict=True):
            expected = int(was * factor + Fraction(1, 2))
            if now != expected:
                yield f"{name}, {zone}: {now}, the revision leads from {was} to {expected}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Do the dated tables still answer for today? The caller gives the day.

    python tools/freshness.py 2026-12-01
    python tools/freshness.py 2026-12-01 --release

A table in the month of its last day, or past it, is told; only before a release is one that has
ended a failure, for a commit that is right today is right in a year.
0: done; 1: before a release, a table has ended; or, whatever the day, one says no last day;
2: that is no day.
"""

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
#: The sections of CONTRIBUTING that say what to do.
_CEILINGS, _AID = "## Add January's table", "## Add figures of the housing aid"
_DATA = _ROOT / "src" / "alin_core" / "law" / "data"


def main(*given: str) -> int:
    """Tell the tables in the month of their last day, and those that have ended."""
    release = given[1:] == ("--release",)
    try:
        (text,) = given[:1] if release else given
        today = date.fromisoformat(text)
    except ValueError:
        told = "is refused; give one day, such as 2026-12-01, before a release with --release"
        print(f"{' '.join(given) or 'nothing'!r} {told}")
        return 2
    failed = False
    sections = dict[str, None]()
    for name, last in (tables := list(_last_days())):
        if type(last) is date and today < last.replace(day=1):
            continue
        sections[_AID if name.startswith("housing_aid") else _CEILINGS] = None
        if type(last) is not date:
            print(f"{name}: checked_until is {last}; give the last day that was checked")
            failed = True
        elif today > last:
            print(f"WARNING: {name}: not checked after {last}, answers no later day")
            failed = failed or release
        else:
            print(f"WARNING: {name} is not checked after {last}: add what comes next")
    if not tables:
        print(f"{_DATA}: no table with editions is there")
    for section in sections:
        print(_steps(section))
    return int(failed or not tables)


def _last_days() -> Iterator[tuple[str, Any]]:
    """Each table, one of its file or the file itself, and the last day that it answers for."""
    for path in sorted(_DATA.glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = {f"{path.name}, {name}": part for name, part in read.items() if type(part) is dict}
        for name, table in ({path.name: read} | parts).items():
            if type(table.get("edition")) is list or "checked_until" in table:
                yield name, table.get("checked_until", "missing")


def _steps(section: str) -> str:
    """What CONTRIBUTING says to do."""
    text = (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text[text.index(section) :].split("\n## ", 1)[0].strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

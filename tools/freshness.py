"""Do the dated tables still answer for today? The caller gives the day.

    python tools/freshness.py 2026-12-01

0: yes, or in its last month, which is told; 1: a table has stopped answering, or says no last day;
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
    try:
        (text,) = given
        today = date.fromisoformat(text)
    except ValueError:
        print(f"{' '.join(given) or 'nothing'!r} is refused; give one day, such as 2026-12-01")
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
            print(f"{name}: not checked after {last}, answers no later day")
            failed = True
        else:
            print(f"warning: {name} is not checked after {last}: add what comes next")
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

"""Do the dated tables still answer for today? The caller gives the day.

    python tools/freshness.py 2026-12-01

0: yes, or soon no longer, which is told; 1: a table has stopped answering.
"""

import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

_ROOT = Path(__file__).parent.parent
#: The sections of CONTRIBUTING that say what to do.
_CEILINGS, _AID = "## Add January's table", "## Add figures of the housing aid"
_DATA = _ROOT / "src" / "alin_core" / "law" / "data"


def main(text: str) -> int:
    """Tell the tables that end this December, or that have ended."""
    today = date.fromisoformat(text)
    ended = False
    sections = dict[str, None]()
    for path, last in _last_days():
        if today > last:
            print(f"{path.name}: answers no day after {last}")
            ended = True
        elif today >= date(last.year, 12, 1):
            print(f"warning: {path.name} stops on {last}: the editions of January are missing")
        else:
            continue
        sections[_AID if path.parent.name == "housing_aid" else _CEILINGS] = None
    for section in sections:
        print(_steps(section))
    return int(ended)


def _last_days() -> Iterator[tuple[Path, date]]:
    for path in sorted(_DATA.glob("**/*.toml")):
        last = tomllib.loads(path.read_text(encoding="utf-8")).get("checked_until")
        if last is not None:
            yield path, last


def _steps(section: str) -> str:
    """What CONTRIBUTING says to do."""
    text = (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text[text.index(section) :].split("\n## ", 1)[0].strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

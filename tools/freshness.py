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
_DATA = _ROOT / "src" / "alin_core" / "law" / "data"


def main(text: str) -> int:
    """Tell the tables that end this December, or that have ended."""
    today = date.fromisoformat(text)
    ended = ending = False
    for name, last in _last_days():
        if today > last:
            print(f"{name}: answers no day after {last}")
            ended = True
        elif today >= date(last.year, 12, 1):
            print(f"warning: {name} stops on {last}: the editions of January are missing")
            ending = True
    if ended or ending:
        print(_steps())
    return int(ended)


def _last_days() -> Iterator[tuple[str, date]]:
    for path in sorted(_DATA.glob("**/*.toml")):
        last = tomllib.loads(path.read_text(encoding="utf-8")).get("checked_until")
        if last is not None:
            yield path.name, last


def _steps() -> str:
    """What CONTRIBUTING says to do."""
    text = (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text[text.index("## Add January's table") :].split("\n## ", 1)[0].strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""A commit that is green today is green in a year: nothing that is checked reads what day it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: Of Python, of SQL, of pages that Sphinx builds.
CLOCK = re.compile(
    r"\.(?:now|today|utcnow)\(|\btime\.(?:time|time_ns|localtime|gmtime|ctime|strftime)\("
    r"|current_(?:date|timestamp)|\|today\||last_up(?:dated)_fmt",
    re.IGNORECASE,
)
#: What the checks run or build, but this file; benchmarks and fuzzing are not among it.
CHECKED = [
    path
    for pattern in (
        "*",
        *(f"{name}/**/*" for name in ["src", "tests", "tools", "docs", "examples", "oracles"]),
    )
    for path in sorted(ROOT.glob(pattern))
    if path.suffix in {".py", ".md", ".ipynb", ".toml", ".json", ".js", ".xml"}
    and "build" not in path.relative_to(ROOT).parts
    and path != Path(__file__)
]


def test_no_test_no_page_and_no_example_reads_the_day() -> None:
    assert len(CHECKED) > 250
    read = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in CHECKED
        for found in CLOCK.finditer(path.read_text(encoding="utf-8"))
    }
    assert read == set()


@pytest.mark.parametrize(
    "text",
    ["date.today()", "datetime.now(UTC)", "Timestamp.utcnow()", "time.time()", "CURRENT_DATE"],
)
def test_what_reads_the_day_is_found(text: str) -> None:
    assert CLOCK.search(text)


def test_the_checks_of_every_change_take_no_table_for_too_old() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    days = [line for line in script.splitlines() if re.search(r"\bdate\b", line)]
    assert [line for line in days if not line.startswith("#")] == [
        'step freshness .venv/bin/python tools/freshness.py "$(date +%F)"'
    ]
    assert '`.venv/bin/python tools/freshness.py "$(date +%F)" --release`' in (
        ROOT / "CONTRIBUTING.md"
    ).read_text(encoding="utf-8")

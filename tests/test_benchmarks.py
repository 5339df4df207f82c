"""The page of benchmarks is rewritten by the command that measures."""

import runpy
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "benchmarks"
_REWRITE = runpy.run_path(str(_FOLDER / "rewrite.py"))


def test_what_a_benchmark_prints_takes_the_place_of_what_it_printed() -> None:
    one, two = (f"<!-- {name}.py -->\n\n{name}\n\n<!-- end -->\n" for name in ("one", "two"))
    page = f"{one}between\n{two}after\n"
    due = page.replace("\none\n", "\n| \\1 |\n")
    assert _REWRITE["rewritten"](page, "one.py", "\n| \\1 |\n") == due != page


def test_the_page_has_a_place_for_each_benchmark_and_for_nothing_else() -> None:
    page = (_FOLDER / "README.md").read_text(encoding="utf-8")
    named = _REWRITE["MARKS"].findall(page)
    measuring = {
        path.name
        for path in _FOLDER.glob("*.py")
        if "print_table(" in path.read_text(encoding="utf-8") and path.stem != "interleaved"
    }
    assert sorted(named) == sorted(measuring)

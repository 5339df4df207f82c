"""Rehearse a January: a new edition of the ceilings, and nothing else, must leave the suite green.

    python -m tools.rehearse_edition [--whole] [OPTION OF PYTEST…]

Copies the project to a temporary folder, invents there the edition that follows the last one (each
ceiling raised by 1 %), adds it with `tools.add_edition` as CONTRIBUTING says, and runs pytest on
the copy: the tests of tables and editions and the pages that print them, or with `--whole`
everything. The year follows from the tables, never from a clock.
The status is that of pytest, or of `tools.add_edition` where it refuses: 0 if nothing is red.
"""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from shutil import copytree, ignore_patterns

from tools.add_edition import TABLES, ZONES
from tools.check_edition import revised, revision

__all__ = ["QUICK", "invented", "main"]

_ROOT = Path(__file__).parent.parent
_LEFT_OUT = ignore_patterns(".git", ".venv*", "build", "dist", "__pycache__", ".*_cache", "*.egg*")
_INDEX, _MARK = "1.01", "one-source"
#: The tests of tables and editions, and the pages that print what is newest.
QUICK = (
    *(
        f"tests/test_{name}.py"
        for name in (
            "add_edition", "aid_tables", "changes", "cli", "fingerprints", "golden",
            "income_ceiling", "plots", "rule_pages", "site_figures", "table_pages", "tables",
            "tools",
        )
    ),
    *(
        f"docs/{name}.md"
        for name in (
            "changes", "command-line", "deviations", "housing-aid", "income-ceilings", "limits",
            "parameters", "replay", "tables", "tutorial",
        )
    ),
    "src/alin_core/law/tables.py",
    "src/alin_core/plots.py",
)  # fmt: skip


def main(*given: str) -> int:
    """Run pytest on a copy of the project that has one edition more."""
    whole = given[:1] == ("--whole",)
    where = () if whole else QUICK
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copytree(_ROOT, copy, ignore=_LEFT_OUT)
        arrete = Path(folder) / "arrete.toml"
        arrete.write_text(invented(copy), encoding="utf-8")
        added = _python(copy, "tools.add_edition", str(arrete), _INDEX)
        if added:
            return added
        options = ("-q", "-p", "no:cacheprovider", "-n", "auto", "--dist", "loadfile")
        return _python(copy, "pytest", *options, *given[whole:], *where)


def invented(root: Path) -> str:
    """Return an arrêté that raises the ceilings of that project by 1 %, for the next January."""
    last = {
        norm: tomllib.loads((root / name).read_text(encoding="utf-8"))["edition"][-1]
        for norm, name in TABLES.items()
    }
    year = last["PLUS"]["in_force"].year + 1
    rows = {
        norm: [[revised(cell, revision(_INDEX)) for cell in row[:3]] for row in edition["rows"]]
        for norm, edition in last.items()
    }
    lines = [
        f"in_force = {year}-01-01",
        f"checked_until = {year}-12-31",
        f'text = "arrêté du 20 décembre {year - 1}"',
        f'article = "LEGIARTI{year:012}"',
        *(f"{norm} = {json.dumps([[*row, _MARK] for row in rows[norm]])}" for norm in rows),
    ]
    for norm, table in rows.items():
        for zone, column in zip(ZONES, zip(*table, strict=True), strict=True):
            lines.append(f"again.{norm}.{zone} = {list(column)}")
            lines.append(f'again.marks.{norm}.{zone} = "{_MARK}"')
    return "\n".join(lines) + "\n"


def _python(copy: Path, module: str, *arguments: str) -> int:
    """Run a module where the package and the tools are those of the copy."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=copy, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

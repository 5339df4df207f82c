"""The columns at the lowest declared version of each engine.

`lowest.py` makes `.venv-lowest` and runs there the tests of columns, pages and files included; what
follows it is given to pytest. The newest versions are those of every other run.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

__all__ = ["main", "pins"]

ROOT = Path(__file__).parent.parent
#: What the columns and their tests import.
NEEDED = (
    *("attrs", "cattrs", "python-dateutil", "narwhals", "duckdb", "pandas", "polars", "pyarrow"),
    *("hypothesis", "pytest", "sybil", "matplotlib", "defusedxml"),
)
TESTS = (
    *("tests/test_frames.py", "tests/test_hostile_frames.py", "tests/test_parquet.py"),
    *("tests/property/test_frames.py", "docs/columns.md", "src/alin_core/frames.py"),
)


def pins() -> list[str]:
    """Each of them at its declared bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["frames"], *extras["dev"]]
    bounds = dict(each.split(">=") for each in declared if ">=" in each)
    return [f"{name}=={bounds[name]}" for name in NEEDED]


def main(*options: str) -> int:
    """Make the environment, and run the tests in it."""
    home = ROOT / ".venv-lowest"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    python = str(home / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--editable", ".", *pins()]
    subprocess.run(install, check=True, cwd=ROOT)
    return subprocess.run([python, "-m", "pytest", *TESTS, *options], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

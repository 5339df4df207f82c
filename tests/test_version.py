"""The version that a verdict bears is that of the package."""

import tomllib
from pathlib import Path

from alin_core.version import VERSION


def test_it_is_that_of_the_project() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["project"]["version"] == VERSION

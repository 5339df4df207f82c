"""The version that a verdict bears is that of the package."""

import tomllib
from pathlib import Path

import pytest

import alin_core
from alin_core.cli import main
from alin_core.version import __version__


def test_it_is_that_of_the_project() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["project"]["version"] == __version__


def test_it_is_found_where_one_looks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"alin {alin_core.__version__}\n" == f"alin {__version__}\n"

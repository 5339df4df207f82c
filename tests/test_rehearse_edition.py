"""The rehearsal of a January: a copy with an edition more, the project itself as it was."""

import tomllib
from pathlib import Path
from shutil import copy

import pytest

from tools import rehearse_edition

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tests" / "cases" / "frozen"
DATA = Path("src/alin_core/law/data")
#: A suite that sees the new edition, in the package of the copy, and one that is red.
GREEN = """
import os
from pathlib import Path

def test_the_copy_has_the_edition():
    data = Path(os.environ["PYTHONPATH"]) / "alin_core" / "law" / "data"
    assert "in_force = 2027-01-01" in (data / "plus.toml").read_text("utf-8")
    assert data.is_relative_to(Path.cwd())
"""
RED = "def test_it(): assert False\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two editions, with the tool that adds a third."""
    for name in ("tools/__init__.py", "tools/add_edition.py", "tools/check_edition.py"):
        (tmp_path / "tools").mkdir(exist_ok=True)
        copy(ROOT / name, tmp_path / name)
    for folder, names in (
        (DATA, ("plus", "plai")),
        (Path("tests/cases"), ("ceilings", "revisions")),
    ):
        (tmp_path / folder).mkdir(parents=True)
        for name in names:
            copy(FROZEN / f"{name}.toml", tmp_path / folder)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # quicker: the option -n needs one
    monkeypatch.setenv("PYTEST_PLUGINS", "xdist.plugin")
    monkeypatch.setattr(rehearse_edition, "_ROOT", tmp_path)
    monkeypatch.setattr(rehearse_edition, "QUICK", ("tests/test_quick.py",))
    return tmp_path


@pytest.mark.parametrize(
    ("quick", "other", "options", "status"),
    [
        (GREEN, RED, (), 0),
        (GREEN, RED, ("--whole",), 1),
        (RED, GREEN, (), 1),
        (GREEN, RED, ("--whole", "--ignore", "tests/test_other.py"), 0),
    ],
)
def test_a_red_test_fails_the_rehearsal_where_it_is_run(
    quick: str, other: str, options: tuple[str, ...], status: int, project: Path
) -> None:
    (project / "tests" / "test_quick.py").write_text(quick, encoding="utf-8")
    (project / "tests" / "test_other.py").write_text(other, encoding="utf-8")
    before = (project / DATA / "plus.toml").read_text(encoding="utf-8")
    assert rehearse_edition.main(*options, "-n", "0") == status
    assert (project / DATA / "plus.toml").read_text(encoding="utf-8") == before


def test_an_edition_that_is_refused_ends_the_rehearsal(project: Path) -> None:
    path = project / "tests" / "cases" / "revisions.toml"
    path.write_text("[factor]\n2027 = '1.01'\n", encoding="utf-8")
    assert rehearse_edition.main("-n", "0") == 2


def test_the_invented_edition_raises_each_ceiling_by_one_percent(project: Path) -> None:
    invented = tomllib.loads(rehearse_edition.invented(project))
    kept = tomllib.loads((FROZEN / "arrete.toml").read_text(encoding="utf-8"))
    for norm in ("PLUS", "PLAI"):
        assert [row[:3] for row in invented[norm]] == [row[:3] for row in kept[norm]]
        assert invented["again"][norm] == kept["again"][norm]
    for key in ("in_force", "checked_until"):
        assert invented[key] == kept[key]


def test_what_the_quick_rehearsal_runs_is_there() -> None:
    assert all((ROOT / name).is_file() for name in rehearse_edition.QUICK)

"""A break of what is public fails until the changelog says it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import check_api

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

BEFORE = "def rank(candidates: list[int]) -> int: ...\nclass Offer:\n    norm: str = 'PLUS'\n"
AFTER = "def rank(candidates: list[int], policy: str) -> int: ...\nclass Offer: ...\n"


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def git(root: Path, *asked: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *asked], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one commit, whose package breaks twice afterwards."""
    git(tmp_path, "init", "--initial-branch=main")
    write(tmp_path, "src/alin_core/__init__.py", "")
    write(tmp_path, "src/alin_core/cli.py", "def main() -> int: ...\n")
    write(tmp_path, "src/alin_core/ranking.py", BEFORE)
    write(tmp_path, "CHANGELOG.md", "# Changelog\n\n- `rank` and `Offer.norm` are new.\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message=first")
    write(tmp_path, "src/alin_core/ranking.py", AFTER)
    return tmp_path


def test_without_a_tag_nothing_was_published(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_api.main(root=root) == 0
    assert "no tag" in capsys.readouterr().out


def test_a_break_that_nobody_says_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "tag", "26.11.0")
    assert check_api.main(root=root) == 1
    *told, count = capsys.readouterr().out.splitlines()
    assert sorted(told) == [
        "UNSAID alin_core.ranking.Offer.norm: Public object was removed",
        "UNSAID alin_core.ranking.rank: Parameter was added as required",
    ]
    assert count == "since 26.11.0: 2 breaks that CHANGELOG.md does not say"


def test_a_new_line_of_the_changelog_says_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "\n- `rank` takes a policy.\n- `ranking.Offer.norm` is gone.\n"
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    write(root, "CHANGELOG.md", changelog + more)
    assert check_api.main("HEAD", root) == 0
    assert "UNSAID" not in capsys.readouterr().out


FIELDS = """
from attrs import field, frozen
@frozen
class Rent:
    base: int
    charges: int = 0
    _notes: list = field(factory=list)
    zone: int | None = field(default=None, kw_only=True)
@frozen
class _Row:
    base: int
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "_notes",
            "tax: int = field(kw_only=True)\n    _notes",
            "tax: Field was added as required",
        ),
        ("kw_only=True", "init=False", "zone: Field was removed from the constructor"),
        ("default=None, ", "", "zone: Field lost its default"),
        ("= 0", "= 1", "charges: Default of the field was changed"),
        ("factory=list", "factory=dict", "notes: Default of the field was changed"),
        ("factory=list", "factory=list, kw_only=True", "notes: Field became keyword-only"),
        ("@frozen", "@frozen(kw_only=True)", "base: Field became keyword-only"),
        (
            " base: int\n    charges: int = 0",
            " charges: int\n    base: int",
            "base: Field was moved",
        ),
    ],
)
def test_a_constructor_that_takes_less_is_a_break(
    root: Path, old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "src/alin_core/ranking.py", FIELDS)
    git(root, "commit", "--all", "--message=fields")
    write(root, "src/alin_core/ranking.py", FIELDS.replace(old, new, 1))
    assert check_api.main("HEAD", root) == 1
    assert f"UNSAID alin_core.ranking.Rent.{told}" in capsys.readouterr().out


def test_a_constructor_may_take_more(root: Path) -> None:
    write(root, "src/alin_core/ranking.py", FIELDS)
    git(root, "commit", "--all", "--message=fields")
    more = FIELDS.replace("None, kw_only=True", "None").replace("_Row:", "_Row:\n    more: int")
    write(root, "src/alin_core/ranking.py", f"{more}@frozen\nclass Offer:\n    rent: Rent\n")
    assert check_api.main("HEAD", root) == 0


def test_what_is_not_public_may_break(root: Path) -> None:
    write(root, "src/alin_core/ranking.py", BEFORE)
    write(root, "src/alin_core/cli.py", "")
    assert check_api.main("HEAD", root) == 0


def test_an_unknown_commit_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_api.main("27.1.0", root) == 2
    assert "27.1.0 is no commit" in capsys.readouterr().out

"""What no longer works for who calls the library? `check_api.py [REF]`, the last tag by default.

A public name that is gone, an argument that is new and required, and the like (griffe finds them)
fail unless a line that CHANGELOG.md has gained since then names what broke, between backticks.
docs/versions.md says what is public.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

__all__ = ["main"]

ROOT = Path(__file__).parent.parent
#: Parts that nobody imports from outside.
INNER = re.compile(
    r"alin_core\.(columns|commands|national_xml(?!\.values)|cli|arguments|privacy"
    r"|json_faults|strict_json|structuring|unstructuring)\b"
)


def git(root: Path, *asked: str) -> str:
    """What git answers; empty when it refuses."""
    told = subprocess.run(["git", *asked], capture_output=True, text=True, cwd=root)
    return told.stdout.strip() if told.returncode == 0 else ""


def breaks(root: Path, ref: str) -> Iterator[griffe.Breakage]:
    """What broke in the public part of the package since that commit."""
    before = griffe.load_git("alin_core", ref=ref, repo=root, search_paths=["src"])
    now = griffe.load("alin_core", search_paths=[root / "src"], allow_inspection=False)
    for found in griffe.find_breaking_changes(before, now):
        if not INNER.match(found.obj.path):
            yield found


def said(root: Path, ref: str) -> set[str]:
    """The names in the lines that the changelog has gained since that commit."""
    old = git(root, "show", f"{ref}:CHANGELOG.md").splitlines()
    new = (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    return {name for line in new if line not in old for name in re.findall(r"`([^`]+)`", line)}


def is_said(found: griffe.Breakage, names: set[str]) -> bool:
    """Is it named as `name`, `Class.name` or by its whole path?"""
    path = found.obj.path.removeprefix("alin_core.")
    return any(path == name or path.endswith(f".{name}") for name in names) or (
        found.obj.path in names
    )


def main(ref: str = "", root: Path = ROOT) -> int:
    """Print each break, and whether the changelog says it; 1 when one is not said."""
    ref = ref or git(root, "describe", "--tags", "--abbrev=0")
    if not ref:
        print("no tag: nothing was published yet, hence nothing can break; give a commit")
        return 0
    if not git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"):
        print(f"{ref} is no commit of this repository")
        return 2
    names, unsaid = said(root, ref), 0
    for found in breaks(root, ref):
        told = is_said(found, names)
        unsaid += not told
        print(f"{'said  ' if told else 'UNSAID'} {found.obj.path}: {found.kind.value}")
    print(f"since {ref}: {unsaid} breaks that CHANGELOG.md does not say")
    return int(unsaid > 0)


if __name__ == "__main__":
    sys.exit(main("".join(sys.argv[1:2])))

"""What no longer works for who calls the library? `check_api.py [REF]`, the last tag by default.

A public name that is gone, an argument that is new and required, and the like (griffe finds them)
fail unless a line that CHANGELOG.md has gained since then names what broke, between backticks, and
so does what the constructors of attrs classes no longer take, which griffe cannot see.
docs/versions.md says what is public.
"""

import io
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import griffe

__all__ = ["main"]

ROOT = Path(__file__).parent.parent
#: Parts that nobody imports from outside.
INNER = re.compile(
    r"alin_core\.(columns|commands|text|national_xml(?!\.values)|cli|frozen"
    r"|values\.(arguments|languages|lookup|privacy)"
    r"|exchange\.(faults|strict_json|structuring|unstructuring))\b"
)

#: By class and argument: its place, none for a keyword, and its default, none where it has none.
Constructors = dict[str, dict[str, tuple[int | None, str | None]]]

#: Run on each tree, in a process of its own.
_READ = """
import importlib, json, pkgutil, re, attrs, alin_core
def default(field):
    told = re.sub(" at 0x[0-9a-f]+", "", repr(field.default))
    return None if field.default is attrs.NOTHING else told
found = {}
for one in pkgutil.walk_packages(alin_core.__path__, "alin_core."):
    if one.name.endswith("__main__"):
        continue
    module = importlib.import_module(one.name)
    for name in getattr(module, "__all__", vars(module)):
        kind = vars(module).get(name)
        if isinstance(kind, type) and attrs.has(kind) and kind.__module__ == one.name:
            given = [field for field in attrs.fields(kind) if field.init]
            places = [field.alias for field in given if not field.kw_only]
            places = {name: place for place, name in enumerate(places)}
            found[f"{one.name}.{name}"] = {
                field.alias: (places.get(field.alias), default(field)) for field in given
            }
print(json.dumps(found))
"""


def git(root: Path, *asked: str) -> str:
    """What git answers; empty when it refuses."""
    told = subprocess.run(["git", *asked], capture_output=True, text=True, cwd=root)
    return told.stdout.strip() if told.returncode == 0 else ""


def breaks(root: Path, ref: str) -> Iterator[tuple[str, str]]:
    """Where the public part of the package broke since that commit, and how."""
    before = griffe.load_git("alin_core", ref=ref, repo=root, search_paths=["src"])
    now = griffe.load("alin_core", search_paths=[root / "src"], allow_inspection=False)
    found = [(one.obj.path, one.kind.value) for one in griffe.find_breaking_changes(before, now)]
    for path, what in (*found, *sorted(broken_fields(root, ref))):
        if not INNER.match(path):
            yield path, what


def broken_fields(root: Path, ref: str) -> Iterator[tuple[str, str]]:
    """Class and field, and what no longer works since that commit; what is private is left out."""
    packed = subprocess.run(
        ["git", "archive", ref, "src"], cwd=root, check=True, capture_output=True
    ).stdout
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
        before = _constructors(Path(folder))
    now = _constructors(root)
    for kind in before.keys() & now.keys():
        if "._" not in kind:
            for name, what in _broken(before, now, kind):
                yield f"{kind}.{name}", what


def _constructors(root: Path) -> Constructors:
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    told = subprocess.run(
        [sys.executable, "-c", _READ], check=True, stdout=subprocess.PIPE, env=environment
    )
    found: Constructors = json.loads(told.stdout)
    return found


def _broken(before: Constructors, now: Constructors, kind: str) -> Iterator[tuple[str, str]]:
    old, new = before[kind], now[kind]
    for name in old.keys() - new.keys():
        yield name, "Field was removed from the constructor"
    for name, (place, default) in new.items():
        if name not in old:
            if default is None:
                yield name, "Field was added as required"
            continue
        old_place, old_default = old[name]
        if default is None and old_default is not None:
            yield name, "Field lost its default"
        elif old_default not in (None, default):
            yield name, "Default of the field was changed"
        if place is None and old_place is not None:
            yield name, "Field became keyword-only"
        elif old_place not in (None, place):
            yield name, "Field was moved to another place"


def said(root: Path, ref: str) -> set[str]:
    """The names in the lines that the changelog has gained since that commit."""
    old = git(root, "show", f"{ref}:CHANGELOG.md").splitlines()
    new = (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    return {name for line in new if line not in old for name in re.findall(r"`([^`]+)`", line)}


def is_said(path: str, names: set[str]) -> bool:
    """Is it named as `name`, `Class.name` or by its whole path?"""
    return any(f".{path}".endswith(f".{name}") for name in names)


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
    for path, what in breaks(root, ref):
        told = is_said(path, names)
        unsaid += not told
        print(f"{'said  ' if told else 'UNSAID'} {path}: {what}")
    print(f"since {ref}: {unsaid} breaks that CHANGELOG.md does not say")
    return int(unsaid > 0)


if __name__ == "__main__":
    sys.exit(main("".join(sys.argv[1:2])))

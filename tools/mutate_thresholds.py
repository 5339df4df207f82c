"""Change each figure of the law a little: does a test break, does a page break?

    python -m tools.mutate_thresholds [WORD]

With a word, only the figures whose name holds it. The tree is copied, one figure is changed, and
pytest runs what is about it, then everything else where that breaks nothing. What only prints
every field of the rulebook does not count for one of them: a rule must be seen to answer
otherwise. 0: every change breaks a test and a page; 2: something is broken without any.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns

from attrs import frozen

from tools.figure_mutants import Mutant, mutants

__all__ = ["Broken", "main"]

_ROOT = Path(__file__).parent.parent
_LEFT_OUT = ignore_patterns(".git", ".venv*", "build", "dist", "__pycache__", ".*_cache", "*.egg*")


@frozen
class Broken:
    """The first test and the first page that a change breaks; None: nothing does."""

    test: str | None
    page: str | None


def main(word: str = "") -> int:
    """Print what each change breaks, then how many went unseen, by file."""
    chosen = [mutant for mutant in mutants() if word in mutant.name]
    found: dict[Mutant, Broken] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copytree(_ROOT, copy, ignore=_LEFT_OUT)
        about = sorted({name for mutant in chosen for name in mutant.about})
        unchanged = _failures(copy, about)
        if unchanged != Broken(None, None):
            print(f"broken before any change: {unchanged.test}, {unchanged.page}")
            return 2
        for number, mutant in enumerate(chosen, 1):
            _show_progress(number, len(chosen), mutant.name)
            found[mutant] = broken = _broken(mutant, copy, number)
            told = f"{broken.test or 'NO TEST'}, {broken.page or 'NO PAGE'}"
            print(f"{mutant.name}: {told}", flush=True)
    print("\n".join(_summary(found)))
    return int(not all(broken.test and broken.page for broken in found.values()))


def _summary(found: Mapping[Mutant, Broken]) -> Iterator[str]:
    yield f"\n{'file':28} changes  by a test  by a page"
    for path in dict.fromkeys(mutant.path for mutant in found):
        all_broken = [broken for mutant, broken in found.items() if mutant.path == path]
        tests, pages = (
            sum(getattr(broken, kind) is not None for broken in all_broken)
            for kind in ("test", "page")
        )
        yield f"{Path(path).name:28} {len(all_broken):7}  {tests:9}  {pages:9}"


def _broken(mutant: Mutant, tree: Path, number: int) -> Broken:
    path = tree / mutant.path
    before = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    os.utime(path, (number, number))  # or what was compiled within this second would be taken
    try:
        left_out = [f"--ignore={name}" for name in mutant.ignored]
        found = _failures(tree, mutant.about, *left_out)
        if not found.page:
            found = Broken(found.test, _failures(tree, ("README.md", "docs"), *left_out).page)
        for where in (mutant.others, ("tests",)):
            if where and not found.test:
                failed = _failures(tree, where, "--exitfirst", *left_out)
                found = Broken(failed.test, found.page)
        return found
    finally:
        path.write_text(before, encoding="utf-8")


def _failures(tree: Path, where: Iterable[str], *options: str) -> Broken:
    quiet = ("-q", "--tb=no", "-rfE", "-p", "no:cacheprovider")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *options, *where],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
    )
    if ran.returncode not in (0, 1, 2, 5):  # 5: everything there is left out
        raise RuntimeError(ran.stdout + ran.stderr)
    failed = re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", ran.stdout)
    tests = (name for name in failed if name.startswith("tests/"))
    pages = (name for name in failed if name.partition("::")[0].endswith(".md"))
    return Broken(next(tests, None), next(pages, None))


def _show_progress(number: int, count: int, name: str) -> None:
    if sys.stderr.isatty():
        bar = "#" * (20 * number // count)
        end = "\n" if number == count else ""
        print(f"\r[{bar:20}] {number}/{count} {name:45.45}", end=end, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

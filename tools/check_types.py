"""Do the type checkers say of user code what they should? `check_types.py [mypy|pyright]`.

`tests/typing/right.py` must pass; in `wrong.py` every line that bears `# E: code` must be an error
of that code, and no other line. For pyright the package itself must pass too: install it with
`pip install basedpyright`, which brings its own node.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["faults", "main"]

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "typing"
#: What attrs asks of a class body and pyright cannot follow: `@field.validator`, and a name that
#: is bound under a condition told twice.
UNSEEN = (
    "reportAttributeAccessIssue",
    "reportOptionalMemberAccess",
    "reportPossiblyUnboundVariable",
)

#: File, line and code of an error.
Found = tuple[str, int, str]


def expected(path: Path, column: int) -> dict[int, set[str]]:
    """The codes that each line of a sample announces; the column is that of the type checker."""
    lines = path.read_text(encoding="utf-8").splitlines()
    told = {at: re.findall(r"# E: (\S+) (\S+)$", line) for at, line in enumerate(lines, 1)}
    return {at: set(codes[0][column].split(",")) for at, codes in told.items() if codes}


def faults(found: Iterable[Found], announced: dict[str, dict[int, set[str]]]) -> Iterator[str]:
    """Where the errors are not those that the samples announce."""
    said: dict[tuple[str, int], set[str]] = {}
    for file, line, code in found:
        said.setdefault((file, line), set()).add(code)
    due = {
        (file, line): codes for file, lines in announced.items() for line, codes in lines.items()
    }
    for place in sorted({*said, *due}):
        one, other = said.get(place, set()), due.get(place, set())
        if one != other:
            told, wanted = (", ".join(sorted(codes)) or "nothing" for codes in (one, other))
            yield f"{place[0]}:{place[1]}: {told} is reported, {wanted} was announced"


def by_mypy() -> Iterator[Found]:
    """The errors of `mypy --strict` in the samples."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    samples = [str(path) for path in sorted(SAMPLES.glob("*.py"))]  # the folder is left out
    done = subprocess.run([*command, *samples], capture_output=True, text=True, cwd=ROOT)
    for line in (done.stdout + done.stderr).splitlines():
        found = re.fullmatch(r"(.+?):(\d+): error: .*\[(\S+)\]", line)
        if found is not None:
            yield Path(found[1]).name, int(found[2]), found[3]
        elif ": note: " not in line:
            raise ValueError(f"mypy says {line!r}")


def by_pyright() -> Iterator[Found]:
    """The errors of pyright in the samples and in the package."""
    for folder, unseen in ((SAMPLES, ()), (ROOT / "src", UNSEEN)):
        for error in json.loads(_pyright(folder, unseen))["generalDiagnostics"]:
            if error["severity"] == "error":
                line = error["range"]["start"]["line"] + 1
                yield Path(error["file"]).name, line, error.get("rule", "syntax")


def _pyright(folder: Path, unseen: Iterable[str]) -> str:
    settings: dict[str, Any] = {
        "include": [str(folder)],
        "extraPaths": [str(ROOT / "src")],
        "typeCheckingMode": "standard",
        "pythonVersion": "3.11",
    }
    with TemporaryDirectory() as made:
        project = Path(made) / "pyrightconfig.json"
        project.write_text(json.dumps(settings | dict.fromkeys(unseen, False)), encoding="utf-8")
        command = ["basedpyright", "--outputjson", "--pythonpath", sys.executable]
        done = subprocess.run(
            [*command, "--project", str(project)], capture_output=True, text=True, cwd=ROOT
        )
    return done.stdout


def main(checker: str = "mypy") -> int:
    """Print each line where the checker says something else; 1 when there is one."""
    column, found = {"mypy": (0, by_mypy), "pyright": (1, by_pyright)}[checker]
    announced = {path.name: expected(path, column) for path in sorted(SAMPLES.glob("*.py"))}
    wrong = list(faults(found(), announced))
    lines = sum(map(len, announced.values()))
    print(*wrong, f"{checker}: {lines} lines announce an error, {len(wrong)} differ", sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

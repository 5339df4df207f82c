"""The same answers under every Python, hash seed, option, locale and time zone.

`matrix.py [PYTHON…]` prints one row for each, and fails when one differs from the first: the
Python that runs it with hash seed 0. Each PYTHON is one in whose environment the package is.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

__all__ = ["ASCII", "main", "rows", "said"]

ROOT = Path(__file__).parent.parent
#: Options of Python and variables.
Row = tuple[list[str], dict[str, str]]
#: Without these two Python takes UTF-8 of itself under C, and no file is read as ASCII.
#: Of what is written there this says nothing, as pages are kept as texts: tests/test_processes.py
#: starts the command on outputs that are ASCII and cp1252.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
#: The commands whose pages are compared; each is given on `-` what the one before it has printed.
COMMANDS = (
    "assess examples/famille-martin.json",
    "assess examples/famille-martin.json --lang en --estimate-aid",
    "assess examples/famille-martin.json --json",
    "verify -",
    "assess examples/demande.xml --offers examples/offres.json --on 2026-11-23 --json",
    "verify - --lang en",
    "assess examples/inconnu.json",
    "assess examples/demande.xml --offers examples/offres.json --on 2026-11-23",
    "import examples/demande.xml",
    "import examples/demande.xml --lang en",
    "ceilings --norm PLUS --on 2026-11-23",
    "ceilings --norm PLAI --on 2026-11-23 --lang en",
    "rank examples/rankings/ivry-t3.json",
    "rank examples/rankings/ivry-t3.json --lang en",
    "rank examples/rankings/ivry-t3.json --json",
    "rules",
    "rules --lang en",
    "rules income-ceiling",
    "rules income-ceiling --lang en",
    "rules income-ceiling --json",
    "changes --from 2025-12-31 --to 2026-01-01 --lang en",
    "changes --from 2025-12-31 --to 2026-01-01 --json",
    "workflow",
    "workflow --mermaid",
    "schema",
    "assess no-such-file.json",
)


def rows() -> list[Row]:
    """Every row but those of other Pythons."""
    seeds: list[Row] = [([], {"PYTHONHASHSEED": seed}) for seed in ("0", "1", "2", "random")]
    options: list[Row] = [(["-O"], {}), (["-OO"], {}), (["-W", "error"], {}), (["-X", "dev"], {})]
    locales: list[Row] = [
        ([], {"LC_ALL": name}) for name in ("C", "C.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8")
    ]
    locales.append(([], ASCII))
    zones: list[Row] = [
        ([], {"TZ": zone}) for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    ]
    both: Row = ([], {"TZ": "America/Cayenne", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"})
    return [*seeds, *options, *locales, *zones, both]


def said() -> Iterator[str]:
    """What the library prints of the examples: pages and JSON, in both languages."""
    from alin_core.cli import main as alin

    os.chdir(ROOT)
    text = ""
    for command in COMMANDS:
        given, printed = TextIOWrapper(BytesIO(text.encode())), StringIO()
        with patch("sys.stdin", given), redirect_stdout(printed), redirect_stderr(printed):
            status = alin(command.split())
        text = printed.getvalue()
        yield f"$ alin {command}\n{text}{status}\n"


def print_digest() -> None:
    """In a process of its own: the digest of everything said."""
    text = "".join(said())
    print(len(text), hashlib.sha256(text.encode()).hexdigest()[:16])


def digest(python: str, row: Row) -> str:
    """The digest that a Python gives under a row; what it said where it failed."""
    options, variables = row
    shared = {"PATH": os.environ.get("PATH", ""), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    command = [python, *options, "-c", "from tools.matrix import print_digest; print_digest()"]
    environment = shared | {"PYTHONPATH": str(ROOT)} | variables
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    failed = done.stderr.strip().splitlines()
    return done.stdout.strip() if done.returncode == 0 else f"FAILED {failed[-1:]}"


def main(*pythons: str) -> int:
    """Print the table; 1 when a row differs from the first."""
    asked = [(sys.executable, row) for row in rows()]
    asked += [(python, row) for python in pythons for row in rows()[:1]]
    first, wrong = digest(*asked[0]), 0
    for python, row in asked:
        options, variables = row
        found = digest(python, row)
        wrong += found != first
        name = " ".join([*options, *(f"{name}={value}" for name, value in variables.items())])
        told = version(python) if python != sys.executable else name
        if not installed(variables.get("LC_ALL", "C")):
            told += " (not installed: as C)"
        print(f"{told:60} {found if found == first else f'{found} DIFFERS'}")
    print(f"{len(asked)} rows, {wrong} differ")
    return int(wrong > 0 or first.startswith("FAILED"))


def installed(name: str) -> bool:
    """Does this machine have that locale? Python falls back on C without a word."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
    return name.lower().replace("utf-8", "utf8") in map(str.lower, known)


def version(python: str) -> str:
    """As it says of itself."""
    return subprocess.run([python, "-V"], capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

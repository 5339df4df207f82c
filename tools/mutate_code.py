"""Break the library on purpose, one small change at a time, and see the tests notice.

    python -m tools.mutate_code                      # every module of tools/mutate_code.toml
    python -m tools.mutate_code rules/typology.py

A process that has loaded pytest, hypothesis and attrs forks for each mutant; the child has one
module changed, in memory only, and runs the tests of that module until the first that fails.
What was killed is kept in `build/mutants.txt` and asked again only when the module changes; delete
the file to begin afresh. Fails if a mutant survives that `tools/mutate_code.toml` does not list as
equivalent, with the reason, or if a listed one does not survive.
"""

import gc
import importlib
import json
import os
import resource
import signal
import sys
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.main import pytest_runtestloop

from tools.bytecode import functions_of
from tools.mutations import Mutant, mutants

ROOT = Path(__file__).parent.parent
_PACKAGE = ROOT / "src" / "alin_core"
_LISTED = ROOT / "tools" / "mutate_code.toml"
_STATE = ROOT / "build" / "mutants.txt"
#: Seconds of the processor until a mutant counts as one that never ends; the memory it may take.
_PATIENCE, _MEMORY = 90, 6 * 2**30
#: Seconds of the clock until it is given up, and counts as a survivor: it may have had to wait.
_WALL = 900
#: The last: hypothesis is loaded before pytest can rewrite its assertions, which matters to nobody.
_OPTIONS = (
    "-x", "-q", "-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:xdist",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
_STDERR = os.dup(2)  # the bar is shown from the children too
_WARM = (
    "attrs", "cattrs", "dateutil.relativedelta", "hypothesis.strategies", "hypothesis.stateful",
    "jsonschema", "sybil.parsers.myst", "sybil.parsers.rest", "_hypothesis_pytestplugin",
)  # fmt: skip


def main(*chosen: str) -> int:
    """Run the mutants of the modules; 0: each is killed or listed."""
    listed = tomllib.loads(_LISTED.read_text(encoding="utf-8"))["module"]
    for name in _WARM:
        importlib.import_module(name)
    if "alin_core" in sys.modules:
        raise SystemExit("the package is loaded already: its mutants would not be seen")
    unknown = set(chosen) - set(listed)
    if unknown:
        raise SystemExit(f"not in tools/mutate_code.toml: {', '.join(sorted(unknown))}")
    sound = True
    for name in chosen or listed:
        for fault in _module(name, listed[name]):
            print(fault, flush=True)
            sound = False
    return 0 if sound else 1


def _module(name: str, entry: dict[str, Any]) -> list[str]:
    path = _PACKAGE / name
    tests: list[str] = entry["tests"]
    if _noticed(None, path, tests):
        return [f"{name}: its tests fail, or find nothing to run, without any change"]
    if not _noticed(compile("raise SystemError", str(path), "exec"), path, tests):
        return [f"{name}: its tests do not see its changes, as they import it some other way"]
    source = path.read_text(encoding="utf-8")
    every = {_digest(name, source, mutant): mutant for mutant in mutants(source, str(path))}
    told = _Bar(name, len(every))
    _in_child(lambda: _collected(_Patched(path, every, told), tests), limited=False)
    killed, told.number = _killed(), len(every)
    survivors: list[Mutant] = []
    for digest, mutant in every.items():
        if digest not in killed:
            if _noticed(mutant.code, path, tests):
                _keep(digest)
            else:
                survivors.append(mutant)
        told.one()
    print(file=sys.stderr)
    return _verdict(name, list(every.values()), survivors, entry.get("equivalent", []))


class _Bar:
    def __init__(self, name: str, total: int) -> None:
        self.name, self.total, self.number = name, 2 * total, 0

    def one(self) -> None:
        self.number += 1
        told = f"\r{self.name}: {100 * self.number // self.total} %"
        os.write(_STDERR, told.encode())


def _digest(name: str, source: str, mutant: Mutant) -> str:
    return sha256(repr((name, source, mutant.key, mutant.line)).encode()).hexdigest()[:32]


def _verdict(
    name: str, every: Sequence[Mutant], survivors: Sequence[Mutant], listed: list[dict[str, str]]
) -> list[str]:
    """Print the line of the module; give the survivors not listed, the listed that are killed."""
    known = {(row["where"], row["was"], row["now"]) for row in listed if row["why"]}
    living = {mutant.key for mutant in survivors}
    equivalent = sum(mutant.key in known for mutant in survivors)
    print(
        f"| `{name}` | {len(every)} | {len(every) - len(survivors)} | {equivalent} "
        f"| {len(survivors) - equivalent} |",
        flush=True,
    )
    return [
        *(
            f"{name}:{mutant.line} survives\n  where = {json.dumps(mutant.where)}\n"
            f"  was = {json.dumps(mutant.was, ensure_ascii=False)}\n"
            f"  now = {json.dumps(mutant.now, ensure_ascii=False)}"
            for mutant in survivors
            if mutant.key not in known
        ),
        *(f"{name}: listed, and killed: {key}" for key in sorted(known - living)),
    ]


def _killed() -> set[str]:
    return set(_STATE.read_text(encoding="utf-8").split()) if _STATE.exists() else set()


def _keep(digest: str) -> None:
    _STATE.parent.mkdir(exist_ok=True)
    with _STATE.open("a", encoding="utf-8") as state:
        state.write(f"{digest}\n")


def _in_child(job: Callable[[], int], *, limited: bool = True) -> int:
    """0 if the job says so or is given up; it may end the process, exhaust its memory or time."""
    child = os.fork()
    if not child:
        status = 1
        try:
            if limited:  # either kills it, whatever it is doing
                resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE))
                signal.alarm(_WALL)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            status = job()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    given_up = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    return 0 if given_up else status


def _noticed(code: CodeType | None, path: Path, tests: Sequence[str]) -> bool:
    """Do the tests fail? The first file is asked alone: most need no other to be collected."""
    return any(_run(code, path, asked) for asked in (tests[:1], tests))


def _run(code: CodeType | None, path: Path, tests: Sequence[str]) -> int:
    """0 if the tests pass where the package is imported with this code for the module's."""
    return _in_child(lambda: _imported(code, path, tests))


def _imported(code: CodeType | None, path: Path, tests: Sequence[str]) -> int:
    read = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        is_it = code is not None and Path(loader.path) == path
        return code if is_it else read(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
    sys.dont_write_bytecode = True
    return _tests(tests)


def _tests(tests: Sequence[str], *plugins: object) -> int:
    os.chdir(ROOT)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    return int(pytest.main([*_OPTIONS, *tests], plugins=plugins))


def _collected(patched: "_Patched", tests: Sequence[str]) -> int:
    return _tests(tests, patched)


class _Patched:
    """The quick way for what changes inside a function: the tests are collected once.

    Each child gives the functions that live already their changed code. What survives here, as it
    may where a value or a cache is older than the change, is asked again with a fresh import.
    """

    def __init__(self, path: Path, every: dict[str, Mutant], told: _Bar) -> None:
        self.path, self.every, self.told = path, every, told

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        name = ".".join(self.path.relative_to(_PACKAGE.parent).with_suffix("").parts)
        importlib.import_module(name)
        living = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
        own = [one for one in living if one.__code__.co_filename == str(self.path)]
        if _in_child(lambda: _looped(session, (), None)):
            return True  # these tests do not pass twice in one process: the slow way does it all
        killed = _killed()
        for digest, mutant in self.every.items():
            quick = digest not in killed and mutant.in_function
            if quick and _in_child(partial(_looped, session, own, mutant.code)):
                _keep(digest)
            self.told.one()
        return True


def _looped(session: pytest.Session, own: Sequence[FunctionType], new: CodeType | None) -> int:
    codes = {(one.co_qualname, one.co_firstlineno): one for one in functions_of(new)} if new else {}
    for function in own:
        old = function.__code__
        with suppress(ValueError):  # other free variables: left to the fresh import
            function.__code__ = codes[old.co_qualname, old.co_firstlineno]
    pytest_runtestloop(session)
    return session.testsfailed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

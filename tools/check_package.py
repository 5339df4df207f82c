"""Does what is published work where nothing else is? `check_package.py [--suite]`.

Two builds, from two folders, have the same hash; the wheel and the sdist install in bare
environments and answer; a consumer's strict mypy reads the types of the wheel. With `--suite`, the
tests of the unpacked sdist run in an environment made from it.
"""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from venv import EnvBuilder

__all__ = ["main"]

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "typing"
NOT_COPIED = ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", "build", "dist")


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; stops where it fails."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=cwd)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def environment(folder: Path, *packages: str | Path) -> Path:
    """The Python of a new environment that has those packages."""
    EnvBuilder(with_pip=True).create(folder)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", *packages, cwd=folder)
    return python


def build(python: Path, source: Path, target: Path) -> list[Path]:
    """The sdist and the wheel that a folder gives, in the order of their names."""
    run(python, "-m", "build", "--outdir", target, source, cwd=target.parent)
    return sorted(target.iterdir())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def answer(python: Path, folder: Path) -> str:
    """What the installed command says, far from the sources."""
    run(python, "-m", "pip", "check", cwd=folder)
    dossier = ROOT / "examples" / "famille-martin.json"
    return run(python, "-m", "alin_core", "assess", dossier, cwd=folder)


def typed(python: Path, folder: Path) -> int:
    """How many lines of wrong user code a consumer's mypy finds, once right code has passed."""
    run(python, "-m", "pip", "install", "--quiet", "mypy", cwd=folder)
    check = (python, "-m", "mypy", "--strict", "--no-error-summary")
    run(*check, SAMPLES / "right.py", cwd=folder)
    command = [*map(str, check), str(SAMPLES / "wrong.py")]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder).stdout
    return len({line.split(":")[1] for line in told.splitlines() if ": error: " in line})


def suite(sdist: Path, folder: Path) -> str:
    """The last line of the tests of the sdist, in an environment made from it."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    python = environment(folder / "environment", f"{unpacked}[dev]")
    told = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=unpacked)
    return told.strip().splitlines()[-1]


def main(*asked: str) -> int:
    """Print what was checked; stops at the first thing that does not work."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        copytree(ROOT, folder / "elsewhere", ignore=NOT_COPIED)
        builder = environment(folder / "builder", "build")
        wheel, sdist = build(builder, ROOT, folder / "one")
        others = build(builder, folder / "elsewhere", folder / "other")
        for one, other in zip((wheel, sdist), others, strict=True):
            same = digest(one) == digest(other)
            print(f"{one.name}: {one.stat().st_size} bytes, sha256 {digest(one)[:16]}, ", end="")
            print("the same built elsewhere" if same else "DIFFERS built elsewhere")
            if not same:
                return 1
        names = zipfile.ZipFile(wheel).namelist()
        assert "alin_core/py.typed" in names, names
        of_wheel, of_sdist = (environment(folder / kind.suffix, kind) for kind in (wheel, sdist))
        assert answer(of_wheel, folder) == answer(of_sdist, folder)
        print("the wheel and the sdist install in bare environments and say the same")
        lines = (SAMPLES / "wrong.py").read_text(encoding="utf-8").count("  # E: ")
        found = typed(of_wheel, folder)
        print(f"strict mypy of a consumer: right.py passes, {found} of {lines} lines fail")
        if "--suite" in asked:
            print(f"tests of the sdist: {suite(sdist, folder / 'unpacked')}")
    return int(found != lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Fuzz every target in turn for so many seconds in all, and print what was really run.

What is found stays in build/fuzz: the corpus of each target, which the next run starts from, its
log, and each input that failed.
"""

import re
import subprocess
import sys
from hashlib import sha1
from pathlib import Path

from fuzz.seeds import ROOT, seeds

FOLDER = ROOT / "build" / "fuzz"
HEADINGS = ("target", "seconds", "executions", "branches at start", "at end", "corpus", "failures")


def planted(name: str, found: list[bytes]) -> Path:
    """The corpus of a target, its seeds among what earlier runs kept."""
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in found:
        (corpus / sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    return corpus


def words(name: str, found: list[bytes]) -> Path:
    """The dictionary of a target: keys and texts of JSON, names and values of XML."""
    is_json = any(seed.lstrip().startswith(b"{") for seed in found)
    pattern = rb'"[A-Za-z_][^"\\]{0,30}"' if is_json else rb"[A-Za-z:]{3,30}|[0-9.-]{4,20}"
    known = sorted({word for seed in found for word in re.findall(pattern, seed)})
    path = FOLDER / f"{name}.dict"
    path.write_text("".join(f'"{_escaped(word)}"\n' for word in known))
    return path


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def fuzzed(name: str, seconds: int, found: list[bytes]) -> tuple[str, ...]:
    """Run one target, until its time is up or an input fails: a row of the table."""
    corpus, log = planted(name, found), FOLDER / f"{name}.log"
    options = [
        *([f"-dict={words(name, found)}"] if found else []),
        f"-max_total_time={seconds}",
        f"-artifact_prefix={FOLDER}/{name}-",
        "-max_len=20000",
        "-timeout=30",
        "-print_final_stats=1",
    ]
    with log.open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "fuzz.targets", name, *options, str(corpus)],
            cwd=ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    told = log.read_text(errors="replace")
    spent = re.findall(r"^Done \d+ runs in (\d+) second", told, re.MULTILINE) or ["?"]
    covered = re.findall(r"^#\d+\s.*?cov: (\d+)", told, re.MULTILINE) or ["?"]
    count = re.findall(r"number_of_executed_units: (\d+)", told) or ["?"]
    kept = str(len(list(corpus.iterdir())))
    failed = "none" if done.returncode == 0 else f"see {log.relative_to(ROOT)}"
    return name, spent[-1], count[-1], covered[0], covered[-1], kept, failed


def main() -> int:
    """Share the seconds among the targets; the status says whether an input failed."""
    given = seeds()
    each = max(int(sys.argv[1]) // len(given), 1)
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + " --- |" * len(HEADINGS), flush=True)
    failures = 0
    for name, found in given.items():
        row = fuzzed(name, each, found)
        failures += row[-1] != "none"
        print("| " + " | ".join(row) + " |", flush=True)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())

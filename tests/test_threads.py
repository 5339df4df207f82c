"""Eight threads at once find what one alone finds."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from itertools import cycle, islice, product
from pathlib import Path
from threading import Barrier
from typing import Any

import alin_core as alin
from alin_core.changes.examples import example_households, example_offers

THREADS = 8
#: Assessments of each thread: 100 000 in the long run.
EACH = int(os.environ.get("ALIN_THREADS", "1000"))
DAYS = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 23)]
DOSSIERS = [
    path.read_bytes() for path in sorted(Path("examples").glob("*.json")) if path.stem != "offres"
]


def answer(case: tuple[Any, ...]) -> tuple[Any, ...]:
    household, offer, day = case
    verdict = alin.assess(household.demand_on(day), offer, on=day)
    return verdict.outcome, verdict.findings, verdict.priority.tier


def read(dossier: bytes) -> object:
    return alin.to_json(alin.read_dossier(dossier))


def cases() -> list[tuple[Any, ...]]:
    return list(product(example_households(), example_offers(), DAYS))


def digest(found: dict[Any, object]) -> str:
    told = repr([found[case] for case in [*cases(), *DOSSIERS]])
    return sha256(told.encode()).hexdigest()


def print_alone() -> None:
    """In a process of its own, where no thread has filled a cache."""
    print(digest({case: answer(case) for case in cases()} | {one: read(one) for one in DOSSIERS}))


def test_threads_find_what_one_alone_finds() -> None:
    asked = "from tests.test_threads import print_alone; print_alone()"
    alone = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()
    every = cases()
    start = Barrier(THREADS)

    def work(thread: int) -> dict[Any, object]:
        start.wait()
        # Each begins elsewhere, so that no two fill the same cache in the same order.
        turn = every[thread:] + every[:thread]
        found = dict[Any, object]()
        for case in islice(cycle(turn), EACH):
            told = answer(case)
            assert told == found.setdefault(case, told)
        return found | {dossier: read(dossier) for dossier in DOSSIERS}

    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(work, range(THREADS)))
    assert [digest(found) for found in together] == [alone] * THREADS

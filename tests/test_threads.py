"""Eight threads at once find what one alone finds."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import cycle, islice, product
from pathlib import Path
from threading import Barrier
from typing import Any

import alin_core as alin
from alin_core.example_households import example_households, example_offers

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


def test_threads_find_what_one_alone_finds() -> None:
    cases = list(product(example_households(), example_offers(), DAYS))
    start = Barrier(THREADS)

    def work(thread: int) -> dict[Any, object]:
        start.wait()
        # Each begins elsewhere, so that no two fill the same cache in the same order.
        turn = cases[thread:] + cases[:thread]
        found = dict[Any, object]()
        for case in islice(cycle(turn), EACH):
            told = answer(case)
            assert told == found.setdefault(case, told)
        return found | {dossier: read(dossier) for dossier in DOSSIERS}

    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(work, range(THREADS)))
    alone = {case: answer(case) for case in cases} | {one: read(one) for one in DOSSIERS}
    assert together == [alone] * THREADS

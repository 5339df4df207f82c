"""Rankings of a thousand and of a million candidates against `sorted`, `heapq` and Polars."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from heapq import nsmallest
from random import Random
from statistics import median
from time import perf_counter

import polars
from interleaved import interleaved, print_table, print_versions, ratio

from alin_core.ranking import Ranking, rank
from alin_core.rules.priority import Tier
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate, scorer

#: Tier, score turned round, day of the first deposit, draw: what a ranking comes to.
Key = tuple[int, int, int, int]

FIRST = 100
CODES = ("A", "B", "C", "D", "E", "F")
POLICY = RankingPolicy(
    name="benchmark",
    version="1",
    source="benchmarks/ranking.py",
    criteria=[
        Criterion(
            code=code,
            label_fr=code,
            label_en=code,
            points=points,
            group="housing" if code in "ABC" else None,
            needs_proof=code in "CD",
        )
        for code, points in zip(CODES, (10, 8, 6, 5, 4, 3), strict=True)
    ]
    + [Criterion(code="company", label_fr="c", label_en="c", points=20)],
    highest_only=["housing"],
)


def candidates(how_many: int) -> list[Candidate]:
    """Deposits over ten years, up to three criteria, points of a company for two in five."""
    random = Random(how_many)
    return [
        Candidate(
            unique_number=f"11110{random.randrange(14, 24)}{sequence:06}GDPUB",
            tier=random.choice(list(Tier)),
            outcome="MET",
            lodged_on=date(2014, 1, 1) + timedelta(random.randrange(3_652)),
            criteria=random.sample(CODES, random.randrange(4)),
            proved=random.sample(CODES, 2),
            points={"company": random.randrange(1, 25)} if random.random() < 0.4 else {},
            data_sharing=random.choice(["ANONYMOUS", "IDENTITY", "LARGE_VIEW", "DELEGATED"]),
        )
        for sequence in range(how_many)
    ]


def prepared(given: Sequence[Candidate]) -> list[Key]:
    """The key tuples, made beforehand; their draw is the place in the input."""
    score, tiers = scorer(POLICY), list(POLICY.tiers)
    return [
        (tiers.index(each.tier), -score(each), each.lodged_on.toordinal(), draw)
        for draw, each in enumerate(given)
    ]


def ranked(given: Sequence[Candidate], first: int | None = None) -> Ranking:
    """What is measured."""
    return rank(given, POLICY, offer="BENCH", draw_key="benchmark", first=first)


def check(given: Sequence[Candidate], keys: Sequence[Key]) -> int:
    """Stop unless `rank` and `sorted` agree but for the draw; how many candidates tie."""
    order = [key[:3] for key in sorted(keys)]
    found = ranked(given).ranked
    if [key[:3] for key in prepared(found)] != order:
        raise SystemExit("rank and sorted disagree")
    if ranked(given, FIRST).ranked != found[:FIRST]:
        raise SystemExit("the first places are not those of the whole ranking")
    both = zip([None, *order], order, [*order[1:], None], strict=False)
    return sum(each in (before, after) for before, each, after in both)


def timed(call: Callable[[], object], loops: int = 1) -> Callable[[], float]:
    """A sampler of the seconds that one call takes."""

    def sample() -> float:
        begin = perf_counter()
        for _ in range(loops):
            call()
        return (perf_counter() - begin) / loops

    return sample


def samplers(
    given: Sequence[Candidate], keys: Sequence[Key], loops: int
) -> dict[str, Callable[[], float]]:
    """Everything measured, by the name it is reported under."""
    columns = ["tier", "points", "day", "draw"]
    frame = polars.DataFrame(keys, orient="row", schema=columns)
    calls: dict[str, Callable[[], object]] = {
        "`sorted`, prepared key tuples": lambda: sorted(keys),
        "Polars sort, prepared columns": lambda: frame.sort(columns),
        "`rank`": lambda: ranked(given),
        "`rank`, then each place of the first 100": lambda: ranked(given).places[:FIRST],
        "`heapq.nsmallest`, 100 of the prepared key tuples": lambda: nsmallest(FIRST, keys),
        "Polars bottom_k, 100 of the prepared columns": lambda: frame.bottom_k(FIRST, by=columns),
        "`rank`, the first 100 only": lambda: ranked(given, FIRST),
    }
    return {name: timed(call, loops) for name, call in calls.items()}


def main() -> None:
    print_versions("alin-core", "polars")
    for how_many, rounds, loops in ((1_000, 25, 20), (1_000_000, 3, 1)):
        given = candidates(how_many)
        keys = prepared(given)
        ties = check(given, keys)
        samples = interleaved(samplers(given, keys, loops), rounds)
        reference = next(iter(samples))
        rows = [
            (name, f"{median(times) * 1e3:,.2f} ms", f"{ratio(samples, name, reference):,.2f}")
            for name, times in samples.items()
        ]
        print_table((f"{how_many:,} candidates, {ties:,} in a tie", "median", "× `sorted`"), rows)
        print()


if __name__ == "__main__":
    main()

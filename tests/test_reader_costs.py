"""What a text costs its reader: memory and work grow as the text does, whatever it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from alin_core.candidatures import Record
from alin_core.events import Cancel, Submit
from alin_core.ranking import rank
from alin_core.ranking_policy import Criterion, RankingPolicy
from alin_core.ranking_score import Candidate, counted
from tests.costs import calls

#: How much more work four times the text may be.
MORE = 5


class Code(str):
    """A code that counts how often it is compared: a tuple that is searched is no call."""

    __slots__ = ()
    times = 0

    def __eq__(self, other: object) -> bool:
        Code.times += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def codes(prefix: str, count: int) -> list[Code]:
    return [Code(f"{prefix}{place}") for place in range(count)]


def policy(count: int) -> RankingPolicy:
    """As many criteria, each the only one of a group that counts one, each to be proved."""
    each = zip(codes("a", count), codes("g", count), strict=True)
    criteria = [
        Criterion(code=code, label_fr="a", label_en="a", points=1, group=group, needs_proof=True)
        for code, group in each
    ]
    groups = codes("g", count)
    return RankingPolicy(name="n", version="1", source="s", criteria=criteria, highest_only=groups)


def candidate(count: int) -> Candidate:
    """As many criteria, each proved, and as many points."""
    return Candidate(
        unique_number="1111023000123GDPUB",
        lodged_on=date(2023, 10, 1),
        outcome="MET",
        tier="OTHER",
        criteria=codes("a", count),
        proved=codes("a", count),
        points=dict.fromkeys(codes("b", count), 1),
    )


LOOKED_UP: dict[str, Callable[[int], object]] = {
    "criteria of a policy": policy,
    "points beside criteria": candidate,
    "proofs and groups of a breakdown": lambda count: counted(candidate(count), policy(count)),
    "proofs and groups of a score": lambda count: rank(
        [candidate(count)], policy(count), offer="T2", draw_key="k"
    ),
}


@pytest.mark.parametrize("place", LOOKED_UP)
def test_a_code_is_looked_up_not_searched(place: str) -> None:
    def times(count: int) -> int:
        Code.times = 0
        LOOKED_UP[place](count)
        return Code.times

    assert times(400) <= MORE * times(100) + 100


def test_a_lease_is_looked_up_when_a_candidature_follows() -> None:
    """Each of n submissions, cancelled, asks whether the demand is struck off."""

    def times(count: int) -> int:
        at, number = datetime(2026, 11, 23, 10, tzinfo=UTC), "1111023000123GDPUB"
        one = (Submit(at=at, offer="T2", unique_number=number), Cancel(at=at))
        return calls(lambda: Record(one * count))

    assert times(400) <= MORE * times(100)

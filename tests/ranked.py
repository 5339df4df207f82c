"""Candidatures and policies that several tests of rankings share."""

from datetime import date
from typing import Any

from alin_core.ranking import Ranking, rank
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate

OFFER = "IVRY-T3"
NEUTRAL = RankingPolicy.neutral()


def candidate(sequence: int, **known: Any) -> Candidate:
    """Give one that can be ranked, told apart by its number."""
    usual: dict[str, Any] = {"tier": "OTHER", "outcome": "MET", "lodged_on": date(2023, 10, 1)}
    return Candidate(unique_number=f"1111023{sequence:06}GDPUB", **usual | known)


def criterion(code: str, points: int, **known: Any) -> Criterion:
    return Criterion(code=code, label_fr=f"critère {code}", label_en=code, points=points, **known)


def policy(*criteria: Criterion, **known: Any) -> RankingPolicy:
    return RankingPolicy(name="test", version="1", source="a test", criteria=criteria, **known)


def ranked(*candidates: Candidate, by: RankingPolicy = NEUTRAL, **asked: Any) -> Ranking:
    return rank(candidates, by, **{"offer": OFFER, "draw_key": "a key"} | asked)

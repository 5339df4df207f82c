"""A ranking asked for in JSON, and given in JSON."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import field

from alin_core.errors import must, shown
from alin_core.exchange.dossier import read_as
from alin_core.exchange.unstructuring import plain_value
from alin_core.frozen import frozen
from alin_core.ranking import Ranking, rank
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, Place, SetAside
from alin_core.values.arguments import explained
from alin_core.values.identifiers import is_text

__all__ = ["ranking_to_json", "read_ranking"]

_SCHEMA = "alin-core/ranking/1"


_known_schema = must(lambda value: value == _SCHEMA, f"give {shown(_SCHEMA)}")


@frozen(kw_only=True)
class _File:
    schema: str = field(validator=_known_schema)
    policy: RankingPolicy = field(factory=RankingPolicy.neutral)
    offer: str = field(validator=is_text)
    draw_key: str = field(validator=is_text)
    candidates: tuple[Candidate, ...]


def read_ranking(text: str | bytes, *, first: int | None = None) -> Ranking:
    """The ranking that a JSON text asks for; without a policy, the neutral one.

    >>> read_ranking('{"schema": "alin-core/ranking/1", "offer": "T2", "candidates": [{}]}')
    Traceback (most recent call last):
    ...
    alin_core.exchange.dossier.DossierError: candidates[0].outcome: missing
    draw_key: missing

    Raises `DossierError`, which lists the faults, and what `rank` raises.
    """
    file = read_as(text, _File)
    return rank(file.candidates, file.policy, offer=file.offer, draw_key=file.draw_key, first=first)


@explained
def ranking_to_json(ranking: Ranking) -> str:
    """The ranking as JSON: policy and candidates are written as `read_ranking` reads them.

    What sets a place after the one before, and a candidature aside, is a rule of the catalogue.
    Keys keep one order, so that two texts compare line by line.
    """
    plain = {
        "schema": _SCHEMA,
        "offer": ranking.offer,
        "draw_key": ranking.draw_key,
        "fingerprint": ranking.policy.fingerprint,
        "policy": plain_value(ranking.policy),
        "count": ranking.count,
        "places": list(_places(ranking)),
        "set_aside": [
            {
                "rule": SetAside.RULE,
                "reason": aside.reason,
                "candidate": _candidate(aside.candidate),
            }
            for aside in ranking.set_aside
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _places(ranking: Ranking) -> Iterator[dict[str, Any]]:
    before: Place | None = None
    for place in ranking.places:
        yield {
            "position": place.position,
            "tier": place.tier,
            "score": place.score,
            "separated_by": before and before.rule_apart(place, ranking.policy),
            "breakdown": [plain_value(line) for line in place.breakdown],
            "candidate": _candidate(place.candidate),
        }
        before = place


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return plain_value(candidate) | {"points": dict(candidate.points)}

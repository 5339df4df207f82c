"""What ranking may look at in a candidature, and the points that a policy counts for it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, ClassVar

from attrs import evolve, field

from alin_core.eligibility import Assessment
from alin_core.errors import InvalidValue, WrongType, member, must_be, several
from alin_core.frozen import frozen
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier
from alin_core.standing.policy import COMPANY_POINTS, LARGEST_POINTS, Criterion, RankingPolicy
from alin_core.values.amounts import optional_day_field
from alin_core.values.arguments import explained
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.identifiers import (
    OpaqueNumber,
    UniqueNumber,
    compared,
    is_text,
    unique_number,
    written,
)
from alin_core.values.privacy import hidden

__all__ = ["Candidate", "Counted", "Place", "SetAside", "counted", "scorer"]

_ANONYMOUS = DataSharing.ANONYMOUS
#: Why a line may still be the highest of its group.
_COUNTS = (None, "at most")


def _tier(value: Tier | str | None) -> Tier | None:
    return None if value is None else member(Tier, value, "tier")


def _outcome(value: Outcome | str) -> Outcome:
    return member(Outcome, value, "outcome")


def _sharing(value: DataSharing | str | None) -> DataSharing | None:
    return None if value is None else DataSharing(value)


def _codes(name: str, value: Iterable[str]) -> tuple[str, ...]:
    given = several(value, name, "a set of codes")
    return tuple(sorted({written(must_be(code, str, name), name) for code in given}))


def _criteria(value: Iterable[str]) -> tuple[str, ...]:
    return _codes("criteria", value)


def _proved(value: Iterable[str]) -> tuple[str, ...]:
    return _codes("proved", value)


def _points(
    value: Mapping[str, int] | tuple[tuple[str, int], ...],
) -> tuple[tuple[str, int], ...]:
    pairs: Any = tuple(value.items()) if isinstance(value, Mapping) else value
    shaped = isinstance(pairs, tuple) and all(type(one) is tuple and len(one) == 2 for one in pairs)
    if not shaped:
        raise WrongType("points", type(value), "a mapping of codes to points")
    given: dict[str, int] = {}
    for code, points in pairs:
        if written(must_be(code, str, "points"), "points") in given:
            raise InvalidValue("points", code, "give each code once")
        if not 0 <= must_be(points, int, "points") <= LARGEST_POINTS:
            raise InvalidValue("points", points, f"give 0 to {LARGEST_POINTS} for {code}")
        given[code] = points
    return tuple(sorted(given.items()))


@frozen(kw_only=True)
class Candidate:
    """A candidature, as far as ranking may see it; the household itself stays out.

    >>> Candidate(outcome="MET", tier="OTHER", points={"company": 12}).points
    (('company', 12),)

    Raises `InvalidValue` for points below zero or past `LARGEST_POINTS`, and for a code that is in
    `criteria` and in `points`.
    """

    #: None: not obtained, hence not ranked.
    unique_number: UniqueNumber | OpaqueNumber | None = field(
        default=None, converter=unique_number, repr=hidden
    )
    #: None: an unknown could change it.
    tier: Tier | None = field(default=None, converter=_tier)
    #: Of the assessment against the offer.
    outcome: Outcome = field(converter=_outcome)
    #: The reference of that offer; None: not told, so nobody can check it.
    offer: str | None = field(default=None, validator=is_text)
    #: First deposit; None: unknown, hence not ranked.
    lodged_on: date | None = field(default=None, converter=optional_day_field)
    #: The codes of the criteria that are met: each gets the points of the policy.
    criteria: tuple[str, ...] = field(default=(), converter=_criteria)
    #: Points given one by one, by code: `company` for those of the company, or per child; those of
    #: the policy are the most, and a criterion that takes points away takes these.
    points: tuple[tuple[str, int], ...] = field(default=(), converter=_points)
    #: The codes of the criteria that are proved.
    proved: tuple[str, ...] = field(default=(), converter=_proved)
    #: None: not chosen yet; only anonymity costs the points of the company.
    data_sharing: DataSharing | None = field(default=None, converter=_sharing)

    def __attrs_post_init__(self) -> None:
        met = frozenset(self.criteria)
        for code, _ in self.points:
            if code in met:
                raise InvalidValue("points", code, "it is in criteria too; give it in one of them")

    @property
    def number(self) -> str | None:
        """What all writings of its unique number share; None: not obtained."""
        return None if self.unique_number is None else compared(self.unique_number)

    @classmethod
    @explained
    def of(
        cls,
        demand: Demand,
        assessment: Assessment,
        *,
        criteria: Iterable[str] = (),
        points: Mapping[str, int] | tuple[tuple[str, int], ...] = (),
        proved: Iterable[str] = (),
    ) -> "Candidate":
        """The candidature of a demand on the offer it was assessed against.

        Raises `InvalidValue` when the assessment is that of another demand.
        """
        if assessment.demand != demand:
            raise InvalidValue("assessment", assessment.demand, "give the one of that very demand")
        return cls(
            unique_number=demand.unique_number,
            tier=assessment.priority.tier,
            outcome=assessment.outcome,
            offer=assessment.offer.reference,
            lodged_on=demand.lodged_on,
            criteria=criteria,
            points=points,
            proved=proved,
            data_sharing=demand.data_sharing,
        )


@frozen
class Counted:
    """What one criterion brings to a candidature, and why when it is not all."""

    code: str
    #: In the score.
    points: int
    #: Given one by one; None: the criterion is met, which gives those of the policy.
    given: int | None = None
    #: None: all of them count. Else `not in the policy`, `anonymous`, `unproved`,
    #: `not the highest` of its group, or `at most`: more were given than can count.
    reason: str | None = None


@explained
def counted(candidate: Candidate, policy: RankingPolicy) -> tuple[Counted, ...]:
    """The breakdown of a score: criteria in the order of the policy, then those it does not have.

    >>> counted(Candidate(outcome="MET", criteria={"F"}), RankingPolicy.neutral())
    (Counted(code='F', points=0, given=None, reason='not in the policy'),)
    """
    held: dict[str, int | None] = {**dict.fromkeys(candidate.criteria), **dict(candidate.points)}
    proved = frozenset(candidate.proved)
    lines = [
        _alone(criterion, held.pop(criterion.code), candidate, policy, proved)
        for criterion in policy.criteria
        if criterion.code in held
    ]
    strangers = (_stranger(code, held[code], candidate) for code in sorted(held))
    return (*_highest_only(lines, policy), *strangers)


def _stranger(code: str, given: int | None, candidate: Candidate) -> Counted:
    """What the policy does not have; anonymity is told first."""
    reason = "anonymous" if _is_dropped(code, candidate) else "not in the policy"
    return Counted(code, 0, given, reason)


def _is_dropped(code: str, candidate: Candidate) -> bool:
    return code == COMPANY_POINTS and candidate.data_sharing is _ANONYMOUS


def _alone(
    criterion: Criterion,
    given: int | None,
    candidate: Candidate,
    policy: RankingPolicy,
    proved: frozenset[str],
) -> Counted:
    """A criterion as if it had no group."""
    code, points = criterion.code, criterion.points
    if _is_dropped(code, candidate):
        return Counted(code, 0, given, "anonymous")
    if criterion.needs_proof and not policy.counts_unproved and code not in proved:
        return Counted(code, 0, given, "unproved")
    if given is None:
        return Counted(code, points)
    return Counted(code, _share(given, points), given, "at most" if given > abs(points) else None)


def _share(given: int, points: int) -> int:
    """What counts of points given one by one: the policy says how many at most, and which way."""
    most = min(given, abs(points))
    return -most if points < 0 else most


def _highest_only(lines: list[Counted], policy: RankingPolicy) -> list[Counted]:
    """In a group that counts one criterion, the first of the highest; the others bring nothing."""
    groups = {criterion.code: criterion.group for criterion in policy.criteria}
    exclusive = frozenset(policy.highest_only)
    best: dict[str | None, Counted] = {}
    for line in lines:
        group = groups[line.code]
        if group in exclusive and line.reason in _COUNTS:
            best[group] = max(best.get(group, line), line, key=_points_of)
    return [
        line
        if line.reason not in _COUNTS or best.get(groups[line.code], line) is line
        else evolve(line, points=0, reason="not the highest")
        for line in lines
    ]


def _points_of(line: Counted) -> int:
    return line.points


def _worth(
    criterion: Criterion, policy: RankingPolicy, exclusive: frozenset[str]
) -> tuple[int, str | None, bool]:
    """Points, the group that counts only one, is a proof asked for."""
    group = criterion.group if criterion.group in exclusive else None
    proof = criterion.needs_proof and not policy.counts_unproved
    return criterion.points, group, proof


def scorer(policy: RankingPolicy) -> Callable[[Candidate], int]:
    """The sum of `counted`, without making it: a million candidates are scored to be ordered."""
    exclusive = frozenset(policy.highest_only)
    worth = {each.code: _worth(each, policy, exclusive) for each in policy.criteria}

    def score(candidate: Candidate) -> int:
        total = 0
        best: dict[str, int] = {}
        proved = frozenset(candidate.proved)
        hidden = candidate.data_sharing is _ANONYMOUS
        for code, given in chain(dict.fromkeys(candidate.criteria).items(), candidate.points):
            if code not in worth:
                continue
            points, group, needs_proof = worth[code]
            if needs_proof and code not in proved:
                continue
            if hidden and code == COMPANY_POINTS:
                continue
            if given is not None:
                points = _share(given, points)
            if group is None:
                total += points
            else:
                best[group] = max(points, best.get(group, points))
        return total + sum(best.values())

    return score


@frozen(kw_only=True)
class Place:
    """Where one candidature stands, and with what."""

    #: 1 for the first.
    position: int
    candidate: Candidate
    #: The sum of the breakdown.
    score: int
    breakdown: tuple[Counted, ...]

    @property
    def tier(self) -> Tier | None:
        """The priority of the candidature; None: an unknown could change it."""
        return self.candidate.tier

    def separated_from(self, other: "Place", policy: RankingPolicy) -> str:
        """The first thing that tells the two apart: `tier`, `points`, `seniority` or `draw`."""
        if policy.tiers and self.tier is not other.tier:
            return "tier"
        if self.score != other.score:
            return "points"
        older = self.candidate.lodged_on != other.candidate.lodged_on
        return "seniority" if older else "draw"

    def rule_apart(self, other: "Place", policy: RankingPolicy) -> str:
        """The rule of the catalogue for what `separated_from` gives, such as `ranking-draw`."""
        return f"ranking-{self.separated_from(other, policy)}"


@frozen
class SetAside:
    """A candidature that is not ranked, and why."""

    RULE: ClassVar[str] = "ranking-set-aside"

    candidate: Candidate
    #: `no number`, `no date`, `outcome` or `tier`, the last two when the policy does not rank them.
    reason: str

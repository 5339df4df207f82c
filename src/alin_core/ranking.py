"""Who comes before whom on one offer, and why.

A ranking says what a policy would give. AL'in ranks by its own terms of use, and only the lessor's
commission attributes (guide, « Suivre sa candidature »).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import cast, overload

from attrs import field

from alin_core.errors import InvalidValue, WrongType, must_be, shown
from alin_core.frozen import frozen
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, Place, SetAside, counted, scorer
from alin_core.values.arguments import explained
from alin_core.values.identifiers import (
    OpaqueNumber,
    UniqueNumber,
    compared,
    is_text,
    unique_number,
    written,
)
from alin_core.values.languages import Explained
from alin_core.values.lookup import Keyed, NotFound
from alin_core.values.privacy import masked

__all__ = ["Pair", "Places", "Ranking", "Standing", "rank"]

#: Room for the ordinal of any day: that of the last one, 31 December 9999, is 3 652 059.
_DAY_BITS = 22


@frozen
class Places(Sequence[Place]):
    """The places of a ranking, each made when it is looked at."""

    ranked: tuple[Candidate, ...]
    policy: RankingPolicy

    def __len__(self) -> int:
        return len(self.ranked)

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Place, ...]: ...
    def __getitem__(self, index: int | slice) -> Place | tuple[Place, ...]:
        chosen = range(len(self.ranked))[index]
        if isinstance(chosen, range):
            return tuple(self[each] for each in chosen)
        candidate = self.ranked[chosen]
        breakdown = counted(candidate, self.policy)
        score = sum(line.points for line in breakdown)
        return Place(position=chosen + 1, candidate=candidate, score=score, breakdown=breakdown)


def _how_many(items: tuple[object, ...]) -> str:
    return f"<{len(items)} candidates>"


@frozen(kw_only=True)
class Ranking(Keyed, Explained):
    """The candidatures on one offer in the order of a policy; made by `rank`.

    It maps those in `ranked` to their places; a unique number finds its candidature too.
    In words, every place with its number, who is set aside and why, and how to do the draw again;
    in a notebook, the first places without the numbers.
    """

    #: A log has no unique number: `explain` says them, to who asks.
    __str__ = object.__str__

    #: The reference of the offer.
    offer: str = field(validator=is_text)
    policy: RankingPolicy
    #: With it, the offer and the numbers, anyone can do the draw again.
    draw_key: str
    #: First to last; only the first ones where only they were asked for.
    ranked: tuple[Candidate, ...] = field(repr=_how_many)
    #: How many are ranked in all.
    count: int
    #: Who is not ranked, and why.
    set_aside: tuple[SetAside, ...] = field(repr=_how_many)

    @property
    def places(self) -> Places:
        """The places of `ranked`; two candidatures never share one."""
        return Places(self.ranked, self.policy)

    def __getitem__(self, who: Candidate | UniqueNumber | OpaqueNumber | str) -> Place:
        """The place of a candidature, found by its unique number.

        Raises `NotFound` for who is set aside, unknown, or past the first ones asked for.
        """
        number = who.unique_number if isinstance(who, Candidate) else unique_number(who)
        wanted = None if number is None else compared(number)
        position = self._positions.get(wanted)
        if position is not None:
            return self.places[position - 1]
        those = f"the first {len(self.ranked)}" if len(self.ranked) < self.count else "those ranked"
        given = None if wanted is None else masked(wanted)
        raise NotFound("candidate", given, f"give one of {those}")

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.ranked)

    def __len__(self) -> int:
        return len(self.ranked)

    @cached_property
    def _positions(self) -> dict[str | None, int]:
        """The position of each of `ranked`, by `Candidate.number`."""
        return {each.number: position for position, each in enumerate(self.ranked, 1)}

    def standing(self, candidate: Candidate) -> "Standing":
        """Return where one candidature stands, or why it has no place.

        Raises `InvalidValue` for a candidature that was not given.
        """
        aside = next((each for each in self.set_aside if _same(each.candidate, candidate)), None)
        return Standing(ranking=self, place=self[candidate] if aside is None else aside)

    def between(self, one: Candidate, other: Candidate) -> "Pair":
        """Return two candidatures side by side, to say what separates them.

        Raises `InvalidValue` unless both are ranked, and for the same one twice.
        """
        this, that = self[one], self[other]
        if this == that:
            number = masked(str(that.candidate.unique_number))
            raise InvalidValue("other", number, "give two candidatures")
        return Pair(policy=self.policy, this=this, other=that)


@frozen(kw_only=True)
class Standing(Explained):
    """One candidature in a ranking: its position, what it is made of, its neighbours."""

    ranking: Ranking = field(repr=False)
    #: Its place, or why it has none.
    place: Place | SetAside

    @property
    def neighbours(self) -> tuple[Place, ...]:
        """The places just before and just after."""
        if isinstance(self.place, SetAside):
            return ()
        places, index = self.ranking.places, self.place.position - 1
        return (*places[max(index - 1, 0) : index], *places[index + 1 : index + 2])


@frozen(kw_only=True)
class Pair(Explained):
    """Two candidatures of one ranking; in words, the first thing that separates them."""

    policy: RankingPolicy = field(repr=False)
    #: The sentence is about this one.
    this: Place
    other: Place


def _same(one: Candidate, other: Candidate) -> bool:
    """By the number, whatever else has changed since; by everything where there is none."""
    return one == other if one.number is None else one.number == other.number


@explained
def rank(
    candidates: Iterable[Candidate],
    policy: RankingPolicy,
    *,
    offer: str,
    draw_key: str,
    first: int | None = None,
) -> Ranking:
    """Put the candidatures on one offer in order: tier, points, seniority, then a draw among ties.

    The draw is BLAKE2b of `offer|number` keyed with `draw_key`, the lowest first: it depends on
    nobody else nor on how the number is written, and favours none from one offer to the next.
    With `first`, only that many places are kept, and the others are not sorted.

    >>> known = {"tier": "OTHER", "outcome": "MET"}
    >>> old = Candidate(unique_number="0591023000001GDPUB", lodged_on=date(2023, 10, 1), **known)
    >>> new = Candidate(unique_number="0591023000002GDPUB", lodged_on=date(2023, 10, 2), **known)
    >>> ranking = rank([new, old], RankingPolicy.neutral(), offer="LILLE-T2", draw_key="2026-11-23")
    >>> [place.candidate is old for place in ranking.places]
    [True, False]

    Raises `InvalidValue` for a unique number given twice, for a candidature assessed against
    another offer, for a draw key that is empty or of more
    than 64 bytes, and for `first` below 1.
    """
    given = _each_once(candidates)
    key = _key(draw_key)
    _one_offer(given, offer)
    ranked, set_aside = _sorted_out(given, policy)
    keys = _sort_keys(ranked, policy)
    order = sorted(_within(keys, first), key=keys.__getitem__)
    settled = _settled(order, keys, ranked, offer, key)
    kept = None if first is None or first >= len(ranked) else first
    return Ranking(
        offer=offer,
        policy=policy,
        draw_key=draw_key,
        ranked=tuple(ranked[index] for index in islice(settled, kept)),
        count=len(ranked),
        set_aside=set_aside,
    )


def _each_once(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    given = tuple(candidates)
    for kind in {*map(type, given)} - {Candidate}:
        raise WrongType("candidates", kind, "Candidate values")
    numbers = [number for each in given if (number := each.number) is not None]
    if len(set(numbers)) < len(numbers):
        twice = next(number for number, times in Counter(numbers).items() if times > 1)
        places = [place for place, each in enumerate(given) if each.number == twice]
        hint = f"candidates {places[0]} and {places[1]} bear it; give each candidature once"
        raise InvalidValue("unique_number", masked(twice), hint)
    return given


def _one_offer(given: Iterable[Candidate], offer: str) -> None:
    written(must_be(offer, str, "offer"), "offer")  # before anything is drawn with it
    told = {each.offer for each in given if each.offer is not None}
    others = sorted(told - {offer})
    if others:
        raise InvalidValue("offer", others[0], f"give candidatures on {shown(offer)} only")


def _key(draw_key: str) -> bytes:
    key = written(must_be(draw_key, str, "draw_key"), "draw_key").encode()
    if not 1 <= len(key) <= 64:
        raise InvalidValue("draw_key", draw_key, "give a text of 1 to 64 bytes")
    return key


def _sorted_out(
    given: Iterable[Candidate], policy: RankingPolicy
) -> tuple[list[Candidate], tuple[SetAside, ...]]:
    ranked, aside = [], []
    outcomes, tiers = frozenset(policy.outcomes), frozenset(policy.tiers)
    for candidate in given:
        if candidate.unique_number is None:
            aside.append(SetAside(candidate, "no number"))
        elif candidate.lodged_on is None:
            aside.append(SetAside(candidate, "no date"))
        elif candidate.outcome not in outcomes:
            aside.append(SetAside(candidate, "outcome"))
        elif tiers and candidate.tier not in tiers:
            aside.append(SetAside(candidate, "tier"))
        else:
            ranked.append(candidate)
    return ranked, tuple(sorted(aside, key=_fixed))


def _fixed(aside: SetAside) -> tuple[bool, str]:
    """An order that does not depend on that of the input; who has no number comes last."""
    number = aside.candidate.unique_number
    return number is None, repr(aside.candidate) if number is None else number.text


def _sort_keys(ranked: Sequence[Candidate], policy: RankingPolicy) -> list[int]:
    """Tier, points and seniority of each as one whole number: the lowest comes first.

    Integers sort five times faster than tuples.
    """
    score = scorer(policy)
    # One tier more weighs more than the best and the worst of points are apart.
    span = 1 + sum(abs(criterion.points) for criterion in policy.criteria)
    tiers = {tier: order * span for order, tier in enumerate(policy.tiers)}
    return [
        (tiers.get(candidate.tier, 0) - score(candidate) << _DAY_BITS)
        + cast(date, candidate.lodged_on).toordinal()
        for candidate in ranked
    ]


def _within(keys: Sequence[int], first: int | None) -> Iterable[int]:
    """Who can be among the first, ties of the last of them included; None: everyone."""
    if first is not None and must_be(first, int, "first") < 1:
        raise InvalidValue("first", first, "give 1 or more")
    if first is None or first >= len(keys):
        return range(len(keys))
    from heapq import nsmallest

    last = nsmallest(first, keys)[-1]
    return (index for index, key in enumerate(keys) if key <= last)


def _settled(
    order: Iterable[int], keys: Sequence[int], ranked: Sequence[Candidate], offer: str, key: bytes
) -> Iterator[int]:
    """The same order, with each group of ties drawn."""
    # Here, so that importing the library does not load it.
    from hashlib import blake2b

    before_the_number = blake2b(f"{offer}|".encode(), digest_size=16, key=key)

    def draw(index: int) -> bytes:
        number = str(ranked[index].number).encode()
        drawn = before_the_number.copy()
        drawn.update(number)
        return drawn.digest() + number

    for _, tied in groupby(order, keys.__getitem__):
        group = list(tied)
        yield from sorted(group, key=draw) if len(group) > 1 else group

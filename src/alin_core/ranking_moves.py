"""Who moved between two rankings of one offer, and because of whom."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import field

from alin_core.errors import InvalidValue
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook
from alin_core.ranking import Ranking
from alin_core.standing.score import Candidate
from alin_core.values.amounts import multiply
from alin_core.values.arguments import explained
from alin_core.values.languages import Explained
from alin_core.values.lookup import Keyed, NotFound
from alin_core.values.privacy import masked

__all__ = ["Comparison", "Move", "compare"]


@frozen
class Comparison(Keyed, Explained):
    """Two rankings of one offer, at two moments or by two policies; made by `compare`.

    It maps those ranked now, in their order, then those no longer ranked, to their moves.
    In words, every number that moved with both positions; in a notebook the positions alone.
    """

    #: A log has no unique number: `explain` says them, to who asks.
    __str__ = object.__str__

    before: Ranking
    after: Ranking
    #: The multiple of the former position that is a strong drop.
    strong_drop: Decimal

    def __attrs_post_init__(self) -> None:
        if self.before.offer != self.after.offer:
            raise InvalidValue("after", self.after.offer, f"give a ranking of {self.before.offer}")
        for name, ranking in (("before", self.before), ("after", self.after)):
            if len(ranking.ranked) < ranking.count:
                raise InvalidValue(name, ranking, "give the whole ranking, not its first places")

    @property
    def moved(self) -> tuple[Candidate, ...]:
        """Whose position changed: those ranked now, in their order, then those no longer ranked."""
        before, after = self.before._positions, self.after._positions
        return tuple(each for each in self if before.get(each.number) != after.get(each.number))

    def __iter__(self) -> Iterator[Candidate]:
        yield from self.after.ranked
        yield from self._left

    def __len__(self) -> int:
        return len(self.after.ranked) + len(self._left)

    @property
    def _left(self) -> tuple[Candidate, ...]:
        return _without(self.before.ranked, self.after.ranked)

    @explained
    def __getitem__(self, candidate: Candidate) -> "Move":
        """How one candidature moved, and because of whom.

        Raises `NotFound` for one that neither ranking has.
        """
        number = candidate.number
        before, after = self.before._positions, self.after._positions
        old, new = before.get(number), after.get(number)
        if old is None and new is None:
            given = None if number is None else masked(number)
            raise NotFound("candidate", given, "give one of those ranked")
        if old is None or new is None:
            return Move(comparison=self, before=old, after=new)
        were, are = self.before.ranked[: old - 1], self.after.ranked[: new - 1]
        return Move(
            comparison=self,
            before=old,
            after=new,
            newly_ahead=_without(are, were),
            no_longer_ahead=_without(were, are),
            strong_drop=old < new and multiply(self.strong_drop, Decimal(old)) <= new,
        )


@frozen(kw_only=True)
class Move(Explained):
    """One candidature before and after; positions only, as people are told."""

    comparison: Comparison = field(repr=False)
    #: None: not ranked then; who ranks for the first time has nobody to blame.
    before: int | None
    #: None: not ranked any more.
    after: int | None
    #: Who stands ahead now and did not before: a new candidature, or one that moved up.
    newly_ahead: tuple[Candidate, ...] = ()
    #: Who stood ahead before and does not now: it left, or fell behind.
    no_longer_ahead: tuple[Candidate, ...] = ()
    #: Have the chances « fortement baissé »?
    strong_drop: bool = False


@explained
def compare(before: Ranking, after: Ranking, *, rulebook: Rulebook | None = None) -> Comparison:
    """Hold two whole rankings of one offer side by side.

    ASSUMPTION: chances « ont fortement baissé » where the position is at least
    `Rulebook.strong_drop` times the former one; the guide gives no figure.
    Raises `InvalidValue` for rankings of two offers, or cut after their first places.
    """
    return Comparison(before, after, (rulebook or Rulebook.standard()).strong_drop)


def _without(some: Iterable[Candidate], others: Iterable[Candidate]) -> tuple[Candidate, ...]:
    known = {each.number for each in others}
    return tuple(each for each in some if each.number not in known)

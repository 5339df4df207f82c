"""One candidature: its history, which only the table of transitions can have made."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast

from attrs import field

from alin_core.candidature.events import Decide, Event, Offered, Submit, events_in_order
from alin_core.candidature.rulings import Refusal, Ruling
from alin_core.candidature.transitions import GUARDS, TRANSITIONS, Actor, Guard, State, Transition
from alin_core.errors import AlinError, InvalidValue, member, must_be
from alin_core.frozen import frozen
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber
from alin_core.values.instants import instant
from alin_core.values.languages import Explained

__all__ = ["Candidature", "ForbiddenEvent", "indexed"]

_Table = dict[tuple[State | None, type[Event]], tuple[Transition, Guard | None]]


def indexed(rows: Iterable[Transition]) -> _Table:
    """The rows by state and event, each with its guard."""
    return {
        (row.state, row.event): (row, None if row.guard is None else GUARDS[row.guard])
        for row in rows
    }


_TABLE = indexed(TRANSITIONS)


@frozen
class ForbiddenEvent(AlinError, ValueError):
    """The table does not allow that event now, or its guard does not hold.

    Its text tells the applicant no more than `Candidature.tell`; its fields are for programs.
    """

    #: None: there is no candidature yet.
    state: State | None
    event: Event
    #: What is allowed instead at that instant, and by whom; before the last event, whenever.
    #: Which result is among them tells what the commission decided.
    allowed: tuple[Transition, ...] = field(repr=False)
    #: Why, when it is not the table that forbids it.
    reason: str | None
    #: How many events of the history came before.
    index: int
    #: The guard that does not hold, by its name in the table; None: it is no guard that forbids.
    guard: str | None = None

    def __str__(self) -> str:
        name, at = type(self.event).__name__, self.event.at.isoformat()
        where = "before any Submit" if self.state is None else f"in {self.state}"
        why = "" if self.reason is None else f": {self.reason}"
        # A guard of a result tells what was not decided.
        told = self.guard is not None and self.state is not State.DECIDED
        why += f" (guard {self.guard!r} does not hold)" if told else ""
        ways = ", ".join(f"{_discreet(row)} by {row.actor}" for row in self.allowed)
        return f"event {self.index}, {name} at {at}, is refused {where}{why}; " + (
            f"allowed now: {ways}" if ways else "the candidature is closed"
        )


def _discreet(row: Transition) -> str:
    """The name of the event; the four results read alike, as in `explain`, until one is told."""
    return "Notify…" if row.rule_id == "result" else row.event.__name__


def _row(history: Sequence[Event], state: State | None, event: Event) -> Transition:
    found = _TABLE.get((state, type(event)))
    if found is None:
        raise _forbidden(history, state, event, None)
    row, guard = found
    if history and event.at < history[-1].at:
        before = f"it comes before the last event, of {history[-1].at.isoformat()}"
        raise _forbidden(history, state, event, before)
    if guard is not None and (reason := guard(history, event.at)) is not None:
        raise _forbidden(history, state, event, reason, row.guard)
    return row


def _forbidden(
    history: Sequence[Event],
    state: State | None,
    event: Event,
    reason: str | None,
    guard: str | None = None,
) -> ForbiddenEvent:
    at = must_be(event, Event, "event").at
    early = history and at < history[-1].at
    allowed = _allowed(history, state, None if early else at)
    return ForbiddenEvent(state, event, allowed, reason, len(history), guard)


def _allowed(
    history: Sequence[Event], state: State | None, at: datetime | None
) -> tuple[Transition, ...]:
    return tuple(
        row
        for row, guard in _TABLE.values()
        if row.state is state and (guard is None or guard(history, at) is None)
    )


def _events(history: Iterable[Event]) -> tuple[Event, ...]:
    events = events_in_order(history)
    if not events:
        raise InvalidValue("history", events, "give the events in their order, Submit first")
    return events


@frozen
class Candidature(Explained):
    """What happened to one candidature, in order; where it stands follows.

    >>> from datetime import UTC, datetime, timedelta
    >>> from alin_core.candidature.events import Cancel, Sign, Validate
    >>> at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    >>> submit = Submit(at=at, offer="IVRY-T3", unique_number="111 10 23 000123 GDPUB")
    >>> candidature = Candidature([submit]).after(Validate(at=at))
    >>> candidature.state, candidature.step, candidature.blocks
    (<State.VALIDATED: 'VALIDATED'>, 2, True)
    >>> candidature.after(Sign(at=at))
    Traceback (most recent call last):
    ...
    alin_core.workflow.ForbiddenEvent: event 2, Sign at 2026-11-23T10:00:00+00:00, is refused in \
VALIDATED; allowed now: Transmit by ACTION_LOGEMENT, Cancel by APPLICANT, Withdraw by LESSOR

    It is replayed wherever it is made or loaded, so none that the table forbids can exist.
    Raises `ForbiddenEvent` at the first event that may not follow those before it.
    """

    history: tuple[Event, ...] = field(converter=_events)
    #: The row of the table that led here.
    _led_by: Transition = field(init=False, eq=False, repr=False)

    @_led_by.default
    def _replayed(self) -> Transition:
        done: list[Event] = []
        state: State | None = None
        for event in self.history:
            row = _row(done, state, event)
            state = row.to
            done.append(event)
        return row

    def after(self, event: Event) -> "Candidature":
        """The same candidature with one event more; raises `ForbiddenEvent`."""
        history = self.history
        row = _row(history, self._led_by.to, event)
        # Not through the constructor, which would replay what is known to be allowed.
        longer = object.__new__(Candidature)
        object.__setattr__(longer, "history", (*history, event))
        object.__setattr__(longer, "_led_by", row)
        return longer

    @property
    def state(self) -> State:
        """Where it stands."""
        return self._led_by.to

    @property
    def step(self) -> int | None:
        """The guide's step, 1 to 7; None: closed by the applicant, by silence or by the lessor."""
        return self._led_by.step

    @property
    def blocks(self) -> bool:
        """Is another candidature of the same applicant impossible meanwhile?"""
        return any(state is self.state for state, _ in _TABLE)

    def allowed(
        self, at: datetime | None = None, actor: Actor | str | None = None
    ) -> tuple[Transition, ...]:
        """The rows that may come next, each with its event and who may do it.

        At that instant, nothing before the last event; None: from the last event on.
        By that actor: for the applicant, `APPLICANT`, since the row of a result tells what the
        commission decided before the lessor does; None: by anyone.
        """
        moment = None if at is None else instant(at)
        if moment is not None and moment < self.history[-1].at:
            return ()
        by = None if actor is None else member(Actor, actor, "actor")
        rows = _allowed(self.history, self.state, moment)
        return tuple(row for row in rows if by is None or row.actor is by)

    @property
    def offer(self) -> str:
        """`Offer.reference` of the one offer it is for."""
        return self._submit.offer

    @property
    def unique_number(self) -> UniqueNumber | OpaqueNumber:
        """That of the demand it was submitted on."""
        return self._submit.unique_number

    @property
    def _submit(self) -> Submit:
        return cast(Submit, self.history[0])

    @property
    def decision(self) -> Decide | None:
        """What the commission decided, told to the applicant or not; None: nothing yet."""
        return next((event for event in self.history if isinstance(event, Decide)), None)

    @property
    def answer_by(self) -> date | None:
        """The last day to accept, in Paris; None: there is nothing to answer."""
        if self.state is not State.AWARDED:
            return None
        return next(event.answer_by for event in self.history if isinstance(event, Offered))

    @property
    def inadmissible(self) -> bool:
        """Was it rejected as such (ruling E), for which the demand may be struck off (R441-2-8)?"""
        decision = self.decision
        rejected = decision is not None and decision.ruling is Ruling.E
        return rejected and self.state is State.NOT_RETAINED

    @property
    def refusal(self) -> Refusal | None:
        """Why it was invalidated or not retained; None: it was neither."""
        if self.state not in (State.INVALIDATED, State.NOT_RETAINED):
            return None
        given = (getattr(event, "refusal", None) for event in reversed(self.history))
        return next(refusal for refusal in given if isinstance(refusal, Refusal))

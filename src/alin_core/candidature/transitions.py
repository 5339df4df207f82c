"""The life of a candidature as one table: what it does not list is forbidden."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from alin_core.candidature.events import (
    Accept,
    AskDocuments,
    Cancel,
    Contact,
    Decide,
    Decline,
    Event,
    FailCondition,
    Invalidate,
    Lapse,
    MeetCondition,
    NotifyAward,
    NotifyCondition,
    NotifyRank,
    NotifyRefusal,
    Offered,
    PassOver,
    Promote,
    Sign,
    Submit,
    Transmit,
    Validate,
    Visit,
    Withdraw,
)
from alin_core.candidature.rulings import Ruling
from alin_core.frozen import frozen
from alin_core.law.catalogue import Rule, rule
from alin_core.values.instants import paris_day

__all__ = [
    "GUARDS",
    "TRANSITIONS",
    "Actor",
    "Guard",
    "State",
    "Transition",
    "transitions_markdown",
    "transitions_mermaid",
]


class State(StrEnum):
    """Where a candidature stands; documents asked for and visits are facts, not states."""

    SUBMITTED = "SUBMITTED"
    VALIDATED = "VALIDATED"
    INVALIDATED = "INVALIDATED"
    WITH_LESSOR = "WITH_LESSOR"
    #: Decided by the commission, not told yet.
    DECIDED = "DECIDED"
    AWARDED = "AWARDED"
    AWARDED_CONDITIONALLY = "AWARDED_CONDITIONALLY"
    #: Awarded by rank, and not the first.
    RANKED = "RANKED"
    NOT_RETAINED = "NOT_RETAINED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    #: No answer in time.
    LAPSED = "LAPSED"
    #: By the applicant.
    CANCELLED = "CANCELLED"
    #: By the lessor.
    WITHDRAWN = "WITHDRAWN"
    LEASED = "LEASED"


class Actor(StrEnum):
    """Who may do something to a candidature."""

    APPLICANT = "APPLICANT"
    ACTION_LOGEMENT = "ACTION_LOGEMENT"
    LESSOR = "LESSOR"
    #: The lessor's commission (CALEOL): only it attributes.
    COMMISSION = "COMMISSION"


@frozen
class Transition:
    """One row of the table."""

    #: None: there is no candidature yet.
    state: State | None
    event: type[Event]
    to: State
    actor: Actor
    #: The guide's step, 1 to 7, where the candidature then stands; None: closed without one.
    step: int | None
    rule_id: str
    #: The place in its text.
    source: str
    #: What must also hold, by name, each a READING; None: nothing.
    guard: str | None

    @property
    def rule(self) -> Rule:
        """The rule itself, with its provenance and its sources."""
        return rule(self.rule_id)


#: Why an event may not follow a history at that instant; None: it may. Given no instant: could it
#: ever, from the last event on?
Guard = Callable[[Sequence[Event], datetime | None], str | None]


def _last(history: Sequence[Event], kind: type[Any]) -> Any:
    for event in reversed(history):  # a generator would be half of a transition
        if isinstance(event, kind):
            return event
    return None


def _not_visited(history: Sequence[Event], _at: datetime | None) -> str | None:
    return None if _last(history, Visit) is None else "the dwelling was visited already"


def _in_time(history: Sequence[Event], at: datetime | None) -> str | None:
    answer_by = _last(history, Offered).answer_by
    late = paris_day(at or history[-1].at) > answer_by
    return f"the last day to answer was {answer_by}, in Paris" if late else None


def _too_late(history: Sequence[Event], at: datetime | None) -> str | None:
    answer_by = _last(history, Offered).answer_by
    early = at is not None and paris_day(at) <= answer_by
    return f"an answer may come until {answer_by}, in Paris" if early else None


#: What a ruling gives; by rank, the first is awarded at once.
_GIVES = {
    Ruling.A: "an award",
    Ruling.B: "a rank",
    Ruling.C: "a condition",
    Ruling.D: "a refusal",
    Ruling.E: "a refusal",
}


def _decided(expected: str) -> Guard:
    def check(history: Sequence[Event], _at: datetime | None) -> str | None:
        decision: Decide = _last(history, Decide)
        given = "an award" if decision.rank == 1 else _GIVES[decision.ruling]
        # What it decided stays with the lessor until the lessor tells it.
        return None if given == expected else "only the result that the commission decided may be"

    return check


GUARDS: dict[str, Guard] = {
    "ruled A, B1": _decided("an award"),
    "ruled B2…": _decided("a rank"),
    "ruled C": _decided("a condition"),
    "ruled D, E": _decided("a refusal"),
    "not visited": _not_visited,
    "in time": _in_time,
    "too late": _too_late,
}

_ME, _AL, _LESSOR, _CALEOL = Actor
(
    _SUBMITTED, _VALIDATED, _INVALIDATED, _WITH_LESSOR, _DECIDED, _AWARDED, _CONDITIONAL, _RANKED,
    _NOT_RETAINED, _ACCEPTED, _DECLINED, _LAPSED, _CANCELLED, _WITHDRAWN, _LEASED,
) = State  # fmt: skip

#: Where a candidature blocks another: the applicant may cancel, the lessor may withdraw the offer.
_OPEN = (
    _SUBMITTED, _VALIDATED, _WITH_LESSOR, _DECIDED, _AWARDED, _CONDITIONAL, _RANKED, _ACCEPTED,
)  # fmt: skip

#: The machine: where each event leads, who may do it, at which step, and by which rule.
TRANSITIONS: tuple[Transition, ...] = tuple(Transition(*row) for row in (
    (None, Submit, _SUBMITTED, _ME, 1, "application", "guide, étape 1", None),
    (_SUBMITTED, Contact, _SUBMITTED, _AL, 1, "review", "guide, #6", None),
    (_SUBMITTED, Validate, _VALIDATED, _AL, 2, "review", "guide, étape 2", None),
    (_SUBMITTED, Invalidate, _INVALIDATED, _AL, 2, "review", "guide, étape 2", None),
    (_VALIDATED, Transmit, _WITH_LESSOR, _AL, 3, "transmission", "guide, étape 3", None),
    (_WITH_LESSOR, AskDocuments, _WITH_LESSOR, _LESSOR, 4, "instruction", "guide, étape 4", None),
    (_WITH_LESSOR, Visit, _WITH_LESSOR, _LESSOR, 4, "instruction", "guide, étape 4", "not visited"),
    (_WITH_LESSOR, Decide, _DECIDED, _CALEOL, 5, "commission", "CCH R441-3", None),
    (_DECIDED, NotifyAward, _AWARDED, _LESSOR, 6, "result", "guide, étape 6", "ruled A, B1"),
    (_DECIDED, NotifyCondition, _CONDITIONAL, _LESSOR, 6, "result", "guide, étape 6", "ruled C"),
    (_DECIDED, NotifyRank, _RANKED, _LESSOR, 6, "result", "guide, étape 6", "ruled B2…"),
    (_DECIDED, NotifyRefusal, _NOT_RETAINED, _LESSOR, 6, "result", "guide, étape 6", "ruled D, E"),
    (_CONDITIONAL, MeetCondition, _AWARDED, _LESSOR, 6, "condition", "CCH R441-3 c", None),
    (_CONDITIONAL, FailCondition, _NOT_RETAINED, _LESSOR, 6, "condition", "CCH R441-3 c", None),
    (_RANKED, Promote, _AWARDED, _LESSOR, 6, "rank", "CCH R441-3 b", None),
    (_RANKED, PassOver, _NOT_RETAINED, _LESSOR, 6, "rank", "CCH R441-3 b", None),
    (_AWARDED, Visit, _AWARDED, _LESSOR, 6, "lease", "guide, étape 7", "not visited"),
    (_AWARDED, Accept, _ACCEPTED, _ME, 7, "answer", "CCH R441-10", "in time"),
    (_AWARDED, Decline, _DECLINED, _ME, None, "answer", "CCH R441-10", None),
    (_AWARDED, Lapse, _LAPSED, _LESSOR, None, "answer", "CCH R441-10", "too late"),
    (_ACCEPTED, Visit, _ACCEPTED, _LESSOR, 7, "lease", "guide, étape 7", "not visited"),
    (_ACCEPTED, Sign, _LEASED, _LESSOR, 7, "lease", "guide, étape 7", None),
    *((open_, Cancel, _CANCELLED, _ME, None, "cancellation", "guide, #6", None) for open_ in _OPEN),
    *((open_, Withdraw, _WITHDRAWN, _LESSOR, None, "withdrawal", "none", None) for open_ in _OPEN),
))  # fmt: skip


_HEAD = (
    "state", "event", "next state", "who", "step", "rule", "provenance", "source",
    "guard (READING)",
)  # fmt: skip


def transitions_markdown() -> str:
    """The table as Markdown, in aligned columns, with the provenance of each rule.

    Every guard is a READING, whatever its rule is.
    """
    rows = [
        (
            row.state or "",
            row.event.__name__,
            row.to,
            row.actor,
            str(row.step or ""),
            row.rule_id,
            row.rule.provenance,
            row.source,
            row.guard or "",
        )
        for row in TRANSITIONS
    ]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    lines = (_HEAD, ["-" * width for width in widths], *rows)
    return "\n".join(f"| {' | '.join(map(str.ljust, cells, widths))} |" for cells in lines)


def transitions_mermaid() -> str:
    """The table as a Mermaid diagram; what may happen in every open state is drawn once."""
    arrows = dict.fromkeys(
        f"    {_drawn_from(row)} --> {row.to}: {row.event.__name__}" for row in TRANSITIONS
    )
    closed = dict.fromkeys(f"    {row.to} --> [*]" for row in TRANSITIONS if row.to not in _OPEN)
    return "\n".join(["stateDiagram-v2", '    state "any open state" as OPEN', *arrows, *closed])


def _drawn_from(row: Transition) -> str:
    froms = {other.state for other in TRANSITIONS if other.event is row.event}
    return "OPEN" if froms == set(_OPEN) else row.state or "[*]"

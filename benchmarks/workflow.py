"""One transition of a candidature, with its history, beside the library `transitions`."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter
from typing import Any

from interleaved import interleaved, print_table, print_versions, ratio
from transitions import Machine

from alin_core.candidature.events import (
    Accept,
    AskDocuments,
    Decide,
    Event,
    NotifyRank,
    Promote,
    Sign,
    Submit,
    Transmit,
    Validate,
    Visit,
)
from alin_core.candidature.transitions import GUARDS, TRANSITIONS, State
from alin_core.workflow import Candidature

ROUNDS = 15
LOOPS = 300
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
#: From the first day to the lease; three of these events have a guard.
LIFE: tuple[Event, ...] = (
    Submit(at=AT, offer="IVRY-T3", unique_number="111 10 23 000123 GDPUB"),
    Validate(at=AT),
    Transmit(at=AT),
    AskDocuments(at=AT),
    Visit(at=AT),
    Decide(at=AT, ruling="B", rank=2),
    NotifyRank(at=AT),
    Promote(at=AT, answer_by=date(2026, 12, 3)),
    Accept(at=AT),
    Sign(at=AT),
)
NAMES = [type(event).__name__ for event in LIFE]


class Model:
    """What `transitions` moves: the same guards, the same order of time, the same history."""

    state: str

    def __init__(self) -> None:
        self.history: list[Event] = []

    def keep(self, event: Event) -> None:
        self.history.append(event)

    def in_order(self, event: Event) -> bool:
        return not self.history or event.at >= self.history[-1].at


def condition(name: str) -> Callable[[Model, Event], bool]:
    """A guard as a method of the model."""
    return lambda model, event: GUARDS[name](model.history, event.at) is None


METHODS = {name: f"guard_{at}" for at, name in enumerate(GUARDS)}
for name, method in METHODS.items():
    setattr(Model, method, condition(name))


def machine() -> Machine:
    """The same table in the fastest shape the library has: no queue, no automatic transition."""
    rows = [
        {
            "trigger": row.event.__name__,
            "source": row.state or "NONE",
            "dest": row.to.value,
            "conditions": ["in_order", *([METHODS[row.guard]] if row.guard else [])],
            "after": "keep",
        }
        for row in TRANSITIONS
    ]
    states = ["NONE", *(state.value for state in State)]
    return Machine(
        model=None, states=states, transitions=rows, initial="NONE", auto_transitions=False
    )


MACHINE = machine()


def ours() -> Candidature:
    """A life: the candidature is made of its first event, then extended."""
    candidature = Candidature(LIFE[:1])
    for event in LIFE[1:]:
        candidature = candidature.after(event)
    return candidature


def model() -> Model:
    """A model at the start; making it is not timed."""
    fresh = Model()
    MACHINE.add_model(fresh)
    return fresh


def theirs(fresh: Model) -> Model:
    """The same life."""
    for name, event in zip(NAMES, LIFE, strict=True):
        getattr(fresh, name)(event)
    return fresh


def check() -> None:
    """Both end in the same state with the same history."""
    mine, other = ours(), theirs(model())
    if (mine.state, mine.history) != (other.state, tuple(other.history)):
        raise SystemExit(f"{other.state} after {other.history}, not {mine}")


def per_transition(
    life: Callable[..., Any], prepare: Callable[[], Iterable[tuple[Any, ...]]]
) -> Callable[[], float]:
    """A sampler of the seconds one transition takes; making its arguments is not timed."""

    def sample() -> float:
        arguments = list(prepare())
        begin = perf_counter()
        for each in arguments:
            life(*each)
        return (perf_counter() - begin) / (len(arguments) * len(LIFE))

    def clean() -> float:
        MACHINE.models.clear()
        return sample()

    return clean


def main() -> None:
    check()
    print_versions("alin-core", "transitions")
    samples = interleaved(
        {
            "alin_core": per_transition(ours, lambda: [()] * LOOPS),
            "transitions": per_transition(theirs, lambda: [(model(),) for _ in range(LOOPS)]),
        },
        ROUNDS,
    )
    rows = [
        (name, f"{median(times) * 1e6:,.2f} µs", f"{ratio(samples, name, 'alin_core'):,.1f}")
        for name, times in samples.items()
    ]
    print_table(("one transition, with its history", "median", "× alin_core"), rows)


if __name__ == "__main__":
    main()

"""Any events in any order, on a record and on a small model that remembers what was accepted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from alin_core.candidature.events import Accept, Event, Lapse, Submit
from alin_core.candidature.submission import Documents
from alin_core.candidature.transitions import State
from alin_core.eligibility import assess
from alin_core.exchange.dossier import read_record, to_json
from alin_core.record import Record
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources
from alin_core.workflow import ForbiddenEvent
from tests import strategies as some

#: Where each event of a life must find the candidature, and where it leaves it, by hand.
LIFE: dict[str, dict[str, str]] = {
    "Contact": {"applied": "applied"},
    "Validate": {"applied": "validated"},
    "Invalidate": {"applied": "over"},
    "Transmit": {"validated": "lessor"},
    "AskDocuments": {"lessor": "lessor"},
    "Visit": {"lessor": "lessor", "offered": "offered", "accepted": "accepted"},
    "Decide": {"lessor": "decided"},
    "NotifyAward": {"decided": "offered"},
    "NotifyCondition": {"decided": "condition"},
    "NotifyRank": {"decided": "rank"},
    "NotifyRefusal": {"decided": "over"},
    "MeetCondition": {"condition": "offered"},
    "FailCondition": {"condition": "over"},
    "Promote": {"rank": "offered"},
    "PassOver": {"rank": "over"},
    "Accept": {"offered": "accepted"},
    "Decline": {"offered": "over"},
    "Lapse": {"offered": "over"},
    "Sign": {"accepted": "signed"},
}
RESULTS = {"A": "offered", "C": "condition", "D": "over", "E": "over"}
#: The lease that is assessed for, at noon: the walk stops there, while it is still summer time.
LEASE = datetime(2026, 10, 1, 12, tzinfo=UTC)
ONWARD = {
    State.VALIDATED, State.WITH_LESSOR, State.DECIDED, State.AWARDED, State.RANKED,
    State.AWARDED_CONDITIONALLY, State.ACCEPTED, State.LEASED,
}  # fmt: skip
DEMAND = Demand(
    unique_number="111 10 23 000123 GDPUB",
    lodged_on=date(2026, 3, 1),
    household=Household.of(),
    resources=Resources(reference_tax_income={2024: 20_000}, monthly_income=2_000),
)
OFFER = Offer(
    reference="IVRY-T2", commune="94041", typology="T2", norm="PLUS", rent=Rent(base=500, charges=0)
)


class Model:
    """What one remembers who saw every event that was accepted."""

    def __init__(self) -> None:
        self.place = "none"
        self.ruled = ""
        self.visited = False
        self.leased = False
        self.answer_by = date.min
        self.archived = 0

    def may_apply(self) -> bool:
        return self.place in ("none", "over") and not self.leased

    def next(self, event: Event) -> str | None:
        name = type(event).__name__
        if name in ("Cancel", "Withdraw"):
            return None if self.place in ("none", "over", "signed") else "over"
        to = LIFE[name].get(self.place)
        if name.startswith("Notify") and to != self.ruled:
            return None
        # The events of this walk are those of one season: Paris is an hour or two ahead of UTC.
        summer = event.at >= datetime(2026, 3, 29, 1, tzinfo=UTC)
        late = (event.at + timedelta(hours=2 if summer else 1)).date() > self.answer_by
        if (name == "Visit" and self.visited) or (name, late) in (
            ("Accept", True),
            ("Lapse", False),
        ):
            return None
        return to

    def accept(self, event: Any, to: str) -> None:
        self.place = to
        self.visited |= type(event).__name__ == "Visit"
        self.leased |= to == "signed"
        self.archived += to in ("over", "signed")
        self.answer_by = getattr(event, "answer_by", self.answer_by)
        if hasattr(event, "ruling"):
            self.ruled = "offered" if event.rank == 1 else RESULTS.get(event.ruling, "rank")


class RecordWalk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.record, self.model = Record(), Model()
        self.at = datetime(2026, 3, 20, 12, tzinfo=UTC)

    @initialize()
    def apply_at_once(self) -> None:
        self.apply(True, True)

    @rule(hours=st.integers(1, 24 * 8))
    def time_passes(self, hours: int) -> None:
        self.at = min(self.at + timedelta(hours=hours), LEASE)

    @rule(available=st.sampled_from([True, True, False]), deposited=st.sampled_from([True, False]))
    def apply(self, available: bool, deposited: bool) -> None:
        offer = evolve(OFFER, available=available)
        done = self.record.submit(
            DEMAND,
            offer,
            at=self.at,
            assessment=assess(DEMAND, offer, on=LEASE.date()),
            documents=Documents(confirmed=True, deposited=deposited),
        )
        assert done.accepted is (available and deposited and self.model.may_apply())
        if done.accepted:
            self.model.place, self.model.visited = "applied", False
        else:
            assert done.record is self.record
        self.record = done.record

    @rule(event=some.events.filter(lambda event: not isinstance(event, Submit)))
    def something_happens(self, event: Any) -> None:
        moved: dict[str, Any] = {"at": self.at}
        if hasattr(event, "answer_by"):
            moved["answer_by"] = self.at.date() + timedelta(days=11)
        self.happens(evolve(event, **moved))

    @rule(data=st.data(), steps=st.integers(1, 8))
    def it_goes_on(self, data: st.DataObject, steps: int) -> None:
        """What does not end it, so that walks go far; an award waits for its answer."""
        for _ in range(steps):
            rows = self.record.active.allowed() if self.record.active else ()
            kinds = [row.event for row in rows if row.to in ONWARD and row.to is not row.state]
            if kinds:
                kind = data.draw(st.sampled_from(kinds))
                self.something_happens(data.draw(some.events_of(kind)))
            if self.model.place == "offered":
                break

    @precondition(lambda walk: walk.model.place == "offered")
    @rule(days=st.sampled_from([0, 11, 12]), answers=st.permutations([Accept, Lapse]))
    def it_is_answered_or_not(self, days: int, answers: list[type[Event]]) -> None:
        """At once, on the last day or after it, one of the two may be and the other may not."""
        self.time_passes(24 * days)
        for kind in answers:
            self.happens(kind(at=self.at))
        assert self.model.place != "offered"

    def happens(self, event: Event) -> None:
        to = self.model.next(event)
        before = self.record
        try:
            self.record = before.after(event)
        except ForbiddenEvent:
            assert to is None
            assert Record(before.history) == before
        else:
            assert to is not None
            self.model.accept(event, to)

    @invariant()
    def one_at_most_blocks(self) -> None:
        blocking = [one for one in self.record.candidatures if one.blocks]
        assert len(blocking) == (self.model.place not in ("none", "over", "signed"))
        assert self.record.active == (blocking[0] if blocking else None)
        assert len(self.record.archived) == self.model.archived

    @invariant()
    def it_is_stored_and_loaded_as_itself(self) -> None:
        assert read_record(to_json(self.record)) == self.record

    @invariant()
    def a_lease_ends_the_demand(self) -> None:
        leased = [one for one in self.record.candidatures if one.state is State.LEASED]
        assert bool(leased) is self.model.leased
        assert leased in ([], [*self.record.candidatures[-1:]])


TestRecordWalk = RecordWalk.TestCase


@given(st.lists(some.events, max_size=6))
def test_events_at_random_make_a_record_or_name_the_first_that_cannot_be(
    events: list[Event],
) -> None:
    possible = len(events)
    try:
        Record(events)
    except ForbiddenEvent as error:
        possible = error.index
    held = Record(events[:possible])
    assert held.history == tuple(events[:possible])
    if possible < len(events):
        with pytest.raises(ForbiddenEvent):
            Record(events[: possible + 1])

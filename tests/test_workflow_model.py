"""Every history is walked, to a fixed point; what must hold is written from the guide and the law.

No invariant reads the table: each is shown to catch one wrong row of it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from alin_core import workflow
from alin_core.candidature import events as ev
from alin_core.candidature.rulings import Refusal, Ruling
from alin_core.candidature.transitions import TRANSITIONS, Actor, State, Transition
from alin_core.workflow import Candidature, ForbiddenEvent, indexed

# Offered on 27 March 2026, it is answered by 6 April; the clocks of Paris change in between.
OFFERED = datetime(2026, 3, 27, 12, tzinfo=UTC)
ANSWER_BY = date(2026, 4, 6)
LAST_INSTANT = datetime(2026, 4, 6, 21, 59, 59, 999_999, tzinfo=UTC)
TOO_LATE = datetime(2026, 4, 6, 22, tzinfo=UTC)
NUMBER = "111 10 23 000123 GDPUB"
REFUSAL = Refusal("SIZE")

BLOCKING = {
    State.SUBMITTED, State.VALIDATED, State.WITH_LESSOR, State.DECIDED, State.AWARDED,
    State.AWARDED_CONDITIONALLY, State.RANKED, State.ACCEPTED,
}  # fmt: skip
#: The guide's steps; the closed states without a step are not among its seven.
STEPS: dict[State, set[int | None]] = {
    State.SUBMITTED: {1}, State.VALIDATED: {2}, State.INVALIDATED: {2}, State.WITH_LESSOR: {3, 4},
    State.DECIDED: {5}, State.AWARDED: {6}, State.AWARDED_CONDITIONALLY: {6}, State.RANKED: {6},
    State.NOT_RETAINED: {6}, State.ACCEPTED: {7}, State.LEASED: {7}, State.DECLINED: {None},
    State.LAPSED: {None}, State.CANCELLED: {None}, State.WITHDRAWN: {None},
}  # fmt: skip
OFFERS = (ev.NotifyAward, ev.MeetCondition, ev.Promote)


def every_event(at: datetime) -> Iterator[ev.Event]:
    """Each event, in each way that a guard tells apart."""
    yield ev.Submit(at=at, offer="IVRY-T3", unique_number=NUMBER)
    yield ev.Invalidate(at=at, refusal=REFUSAL)
    yield ev.Decide(at=at, ruling=Ruling.A)
    yield from (ev.Decide(at=at, ruling=Ruling.B, rank=rank) for rank in (1, 2))
    yield ev.Decide(at=at, ruling=Ruling.C, condition="a payslip")
    yield from (ev.Decide(at=at, ruling=letter, refusal=REFUSAL) for letter in "DE")
    answer_by = ANSWER_BY if at == OFFERED else ANSWER_BY + timedelta(days=11)
    yield from (kind(at=at, answer_by=answer_by) for kind in OFFERS)
    plain: tuple[type[ev.Event], ...] = (
        ev.Contact, ev.Validate, ev.Transmit, ev.AskDocuments, ev.Visit, ev.NotifyCondition,
        ev.NotifyRank, ev.NotifyRefusal, ev.FailCondition, ev.PassOver, ev.Accept, ev.Decline,
        ev.Lapse, ev.Sign, ev.Cancel, ev.Withdraw,
    )  # fmt: skip
    yield from (kind(at=at) for kind in plain)


@frozen
class Step:
    """One event tried on one candidature."""

    before: Candidature | None
    event: ev.Event
    #: None: refused.
    after: Candidature | None


def tried(before: Candidature | None, event: ev.Event) -> Step:
    try:
        return Step(before, event, before.after(event) if before else Candidature([event]))
    except ForbiddenEvent:
        return Step(before, event, None)


def what_decides(candidature: Candidature) -> tuple[object, ...]:
    """All that what may follow, and what must hold, can depend on."""
    history = candidature.history
    kinds = frozenset(type(event) for event in history)
    visits = sum(isinstance(event, ev.Visit) for event in history)
    decision = candidature.decision
    ruled = decision and (decision.ruling, decision.rank)
    return candidature.state, candidature.step, kinds, min(visits, 2), ruled, history[-1].at


def explored() -> list[Step]:
    """Breadth first, until nothing new can be reached."""
    steps = [tried(None, event) for event in every_event(OFFERED)]
    seen = {what_decides(step.after): step.after for step in steps if step.after}
    waiting = list(seen.values())
    for candidature in waiting:
        now = candidature.history[-1].at
        later = {LAST_INSTANT, TOO_LATE} if candidature.answer_by else set[datetime]()
        for at in {now, *(at for at in later if at > now)}:
            for event in every_event(at):
                step = tried(candidature, event)
                steps.append(step)
                if step.after and what_decides(step.after) not in seen:
                    seen[what_decides(step.after)] = step.after
                    waiting.append(step.after)
    return steps


def made(steps: Iterable[Step]) -> Iterator[Candidature]:
    return (step.after for step in steps if step.after)


def has(candidature: Candidature, *kinds: type[ev.Event]) -> bool:
    return any(isinstance(event, kinds) for event in candidature.history)


def every_state_is_reached(steps: list[Step]) -> bool:
    return {candidature.state for candidature in made(steps)} == set(State)


def a_closed_state_is_final(steps: list[Step]) -> bool:
    return all(step.before is None or step.before.state in BLOCKING for step in steps if step.after)


def the_states_that_block(steps: list[Step]) -> bool:
    return all(one.blocks == (one.state in BLOCKING) for one in made(steps))


def what_blocks_can_be_cancelled(steps: list[Step]) -> bool:
    """G96: « à tout moment »."""
    return all(
        step.after is not None and step.after.state is State.CANCELLED
        for step in steps
        if isinstance(step.event, ev.Cancel) and step.before and step.before.state in BLOCKING
    )


def only_an_answer_frees(steps: list[Step]) -> bool:
    """G101, G111: not the positive answer of Action Logement."""
    ends = (
        ev.Invalidate, ev.NotifyRefusal, ev.FailCondition, ev.PassOver, ev.Decline, ev.Lapse,
        ev.Cancel, ev.Withdraw, ev.Sign,
    )  # fmt: skip
    return all(
        isinstance(step.event, ends)
        for step in steps
        if step.after and step.after.state not in BLOCKING
    )


def the_guides_steps(steps: list[Step]) -> bool:
    return all(one.step in STEPS[one.state] for one in made(steps))


def no_step_backwards(steps: list[Step]) -> bool:
    moves = [(step.before.step, step.after.step) for step in steps if step.before and step.after]
    return all(old is None or new is None or old <= new for old, new in moves)


def the_lessor_receives_validated_files(steps: list[Step]) -> bool:
    """G102."""
    early = {State.SUBMITTED, State.VALIDATED, State.INVALIDATED}
    ended = {State.CANCELLED, State.WITHDRAWN}
    return all(
        one.state in early | ended or (has(one, ev.Validate) and has(one, ev.Transmit))
        for one in made(steps)
    )


def step_4_may_be_skipped(steps: list[Step]) -> bool:
    """G103: « peut »."""
    return any(one.state is State.DECIDED and not has(one, ev.Visit, ev.AskDocuments)
               for one in made(steps))  # fmt: skip


def one_visit(steps: list[Step]) -> bool:
    """G108: « si vous ne l'avez pas déjà fait »."""
    return all(
        sum(isinstance(event, ev.Visit) for event in one.history) <= 1 for one in made(steps)
    )


def only_the_commission_attributes(steps: list[Step]) -> bool:
    """G105, CCH R441-3: award after A, B at rank 1, B promoted, C with its condition met."""
    for one in made(steps):
        if not has(one, *OFFERS):
            continue
        decision = one.decision
        if decision is None or decision.ruling in (Ruling.D, Ruling.E):
            return False
        if decision.ruling is Ruling.C and not has(one, ev.MeetCondition):
            return False
        if decision.ruling is Ruling.B and decision.rank != 1 and not has(one, ev.Promote):
            return False
    awarded = {State.AWARDED, State.ACCEPTED, State.DECLINED, State.LAPSED, State.LEASED}
    return all(has(one, *OFFERS) for one in made(steps) if one.state in awarded)


def the_result_is_that_of_the_commission(steps: list[Step]) -> bool:
    """G107: the letter and the site say the same."""
    told: dict[State, set[Any]] = {
        State.AWARDED_CONDITIONALLY: {Ruling.C}, State.RANKED: {Ruling.B},
    }  # fmt: skip
    return all(
        one.decision is not None and one.decision.ruling in told[one.state]
        and one.decision.rank != 1
        for one in made(steps)
        if one.state in told
    )  # fmt: skip


def nobody_moves_in_without_award_and_yes(steps: list[Step]) -> bool:
    return all(
        has(one, *OFFERS) and has(one, ev.Accept)
        for one in made(steps)
        if one.state is State.LEASED
    )


def an_answer_comes_in_time(steps: list[Step]) -> bool:
    """CCH R441-10: until the last day, that of the offer excluded; then silence is refusal."""
    return all(
        (step.event.at < TOO_LATE) is isinstance(step.event, ev.Accept)
        for step in steps
        if step.after and isinstance(step.event, ev.Accept | ev.Lapse)
    )


def a_refusal_has_its_reason(steps: list[Step]) -> bool:
    """CCH L441-2-2."""
    return all(
        has(one, ev.Invalidate, ev.FailCondition, ev.PassOver)
        or (one.decision is not None and one.decision.refusal is not None)
        for one in made(steps)
        if one.state in (State.INVALIDATED, State.NOT_RETAINED)
    )


def facts_are_no_states(steps: list[Step]) -> bool:
    facts = (ev.Contact, ev.AskDocuments, ev.Visit)
    return all(
        step.before is not None and step.after.state is step.before.state
        for step in steps
        if step.after and isinstance(step.event, facts)
    )


def everyone_keeps_to_their_part(_steps: list[Step]) -> bool:
    """G97, G100, G104 to G106, G109: who does what."""
    mine = (ev.Submit, ev.Accept, ev.Decline, ev.Cancel)
    advisers = (ev.Contact, ev.Validate, ev.Invalidate, ev.Transmit)
    for row, _ in workflow._TABLE.values():
        if row.event in mine:
            expected = Actor.APPLICANT
        elif row.event in advisers:
            expected = Actor.ACTION_LOGEMENT
        else:
            expected = Actor.COMMISSION if row.event is ev.Decide else Actor.LESSOR
        if row.actor is not expected:
            return False
    return True


def what_must_be_possible_is(steps: list[Step]) -> bool:
    """G98, G103, G108; CCH R441-3; and our reading of a lessor who withdraws."""
    taken = {
        (step.before.state, type(step.event), step.after.state)
        for step in steps
        if step.before and step.after
    }
    facts = {
        (State.SUBMITTED, ev.Contact), (State.WITH_LESSOR, ev.AskDocuments),
        (State.WITH_LESSOR, ev.Visit), (State.AWARDED, ev.Visit), (State.ACCEPTED, ev.Visit),
    }  # fmt: skip
    results = {
        (State.DECIDED, ev.NotifyAward, State.AWARDED),
        (State.DECIDED, ev.NotifyCondition, State.AWARDED_CONDITIONALLY),
        (State.DECIDED, ev.NotifyRank, State.RANKED),
        (State.DECIDED, ev.NotifyRefusal, State.NOT_RETAINED),
        (State.AWARDED_CONDITIONALLY, ev.MeetCondition, State.AWARDED),
        (State.AWARDED_CONDITIONALLY, ev.FailCondition, State.NOT_RETAINED),
        (State.RANKED, ev.Promote, State.AWARDED),
        (State.RANKED, ev.PassOver, State.NOT_RETAINED),
    }
    stays = {(state, kind, state) for state, kind in facts}
    withdrawn = {(state, ev.Withdraw, State.WITHDRAWN) for state in BLOCKING}
    return stays | results | withdrawn <= taken


Rows = tuple[Transition, ...]
AWARD = next(row for row in TRANSITIONS if row.event is ev.NotifyAward)


def changed(state: State, event: type[ev.Event], **new: Any) -> Rows:
    """The table with one row changed."""
    (old,) = [row for row in TRANSITIONS if (row.state, row.event) == (state, event)]
    return tuple(evolve(row, **new) if row is old else row for row in TRANSITIONS)


def without(state: State, event: type[ev.Event]) -> Rows:
    return tuple(row for row in TRANSITIONS if (row.state, row.event) != (state, event))


#: Each invariant, and a table that it must refuse.
INVARIANTS: list[tuple[Callable[[list[Step]], bool], Rows]] = [
    (every_state_is_reached, without(State.AWARDED, ev.Decline)),
    (a_closed_state_is_final,
     (*TRANSITIONS, evolve(AWARD, state=State.CANCELLED, event=ev.Validate, to=State.VALIDATED,
                           guard=None))),
    (the_states_that_block,
     (*TRANSITIONS, evolve(AWARD, state=State.LEASED, event=ev.Decline, to=State.DECLINED,
                           guard=None))),
    (what_blocks_can_be_cancelled, without(State.ACCEPTED, ev.Cancel)),
    (only_an_answer_frees, changed(State.SUBMITTED, ev.Validate, to=State.INVALIDATED)),
    (the_guides_steps, changed(State.WITH_LESSOR, ev.Decide, step=6)),
    (no_step_backwards, changed(State.WITH_LESSOR, ev.Visit, step=2)),
    (the_lessor_receives_validated_files,
     changed(State.SUBMITTED, ev.Validate, to=State.WITH_LESSOR)),
    (step_4_may_be_skipped, changed(State.VALIDATED, ev.Transmit, to=State.VALIDATED)),
    (one_visit, changed(State.ACCEPTED, ev.Visit, guard=None)),
    (only_the_commission_attributes, changed(State.DECIDED, ev.NotifyAward, guard=None)),
    (only_the_commission_attributes,
     (*TRANSITIONS, evolve(AWARD, state=State.WITH_LESSOR, guard=None))),
    (the_result_is_that_of_the_commission, changed(State.DECIDED, ev.NotifyRank, guard=None)),
    (nobody_moves_in_without_award_and_yes,
     (*TRANSITIONS, evolve(AWARD, state=State.AWARDED, event=ev.Sign, to=State.LEASED,
                           guard=None))),
    (an_answer_comes_in_time, changed(State.AWARDED, ev.Accept, guard=None)),
    (an_answer_comes_in_time, changed(State.AWARDED, ev.Lapse, guard=None)),
    (a_refusal_has_its_reason, changed(State.DECIDED, ev.NotifyRefusal, guard=None)),
    (facts_are_no_states, changed(State.WITH_LESSOR, ev.AskDocuments, to=State.VALIDATED)),
    (what_must_be_possible_is, without(State.RANKED, ev.Promote)),
    (what_must_be_possible_is, changed(State.ACCEPTED, ev.Withdraw, to=State.CANCELLED)),
    (everyone_keeps_to_their_part, changed(State.WITH_LESSOR, ev.Decide, actor=Actor.LESSOR)),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> list[Step]:
    return explored()


each_invariant = pytest.mark.parametrize(
    "holds", dict.fromkeys(holds for holds, _ in INVARIANTS), ids=lambda holds: holds.__name__
)


@each_invariant
def test_the_table_holds(holds: Callable[[list[Step]], bool], whole: list[Step]) -> None:
    assert holds(whole)


@pytest.mark.parametrize(
    ("holds", "wrong"),
    INVARIANTS,
    ids=[f"{holds.__name__}-{at}" for at, (holds, _) in enumerate(INVARIANTS)],
)
def test_a_wrong_row_is_caught(
    holds: Callable[[list[Step]], bool], wrong: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "_TABLE", indexed(wrong))
    assert not holds(explored())


def test_every_event_of_the_table_is_tried(whole: list[Step]) -> None:
    assert {type(step.event) for step in whole} == {row.event for row in TRANSITIONS}


def test_every_row_is_taken(whole: list[Step]) -> None:
    taken = {
        (step.before and step.before.state, type(step.event), step.after.state)
        for step in whole
        if step.after
    }
    assert taken == {(row.state, row.event, row.to) for row in TRANSITIONS}


def test_what_is_allowed_is_what_some_event_can_do(whole: list[Step]) -> None:
    done: dict[Candidature, set[type[ev.Event]]] = {}
    for step in whole:
        if step.before:
            kinds = done.setdefault(step.before, set())
            kinds.update([type(step.event)] if step.after else [])
    for candidature, kinds in done.items():
        if candidature.history[-1].at == OFFERED:  # later, the time to answer is over
            assert {row.event for row in candidature.allowed()} == kinds


def test_what_is_allowed_at_an_instant_is_what_is_done_then(whole: list[Step]) -> None:
    done: dict[tuple[Candidature, datetime], set[type[ev.Event]]] = {}
    for step in whole:
        if step.before:
            kinds = done.setdefault((step.before, step.event.at), set())
            kinds.update([type(step.event)] if step.after else [])
    for (candidature, at), kinds in done.items():
        assert {row.event for row in candidature.allowed(at)} == kinds


def test_every_history_replays_to_the_same_value(whole: list[Step]) -> None:
    for candidature in made(whole):
        twin = Candidature(candidature.history)
        assert (twin, twin.state, twin.step) == (candidature, candidature.state, candidature.step)


def test_a_refused_event_changes_nothing(whole: list[Step]) -> None:
    for step in whole:
        if step.before and step.after is None:
            assert Candidature(step.before.history).state is step.before.state

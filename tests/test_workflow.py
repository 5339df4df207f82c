"""One candidature: what it says of itself, and how it refuses what cannot be."""

import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

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
    PassOver,
    Promote,
    Sign,
    Submit,
    Transmit,
    Validate,
    Visit,
    Withdraw,
)
from alin_core.candidature.rulings import Refusal
from alin_core.candidature.transitions import Actor, State
from alin_core.errors import InvalidValue, WrongType
from alin_core.record import Record
from alin_core.values.identifiers import UniqueNumber
from alin_core.values.languages import Lang
from alin_core.workflow import Candidature, ForbiddenEvent
from tests.told import LANGUAGES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ANSWER_BY = date(2026, 12, 3)
SUBMIT = Submit(at=AT, offer="IVRY-T3", unique_number="111 10 23 000123 GDPUB")
REFUSED = Refusal("OTHERS_FIRST", "three households came before")

TO_LESSOR = [SUBMIT, Validate(at=AT), Transmit(at=AT)]
AWARDED = [*TO_LESSOR, Decide(at=AT, ruling="A"), NotifyAward(at=AT, answer_by=ANSWER_BY)]
RANKED = [*TO_LESSOR, Decide(at=AT, ruling="B", rank=2), NotifyRank(at=AT)]
CONDITIONAL = [
    *TO_LESSOR,
    Decide(at=AT, ruling="C", condition="the tax notice of 2025"),
    NotifyCondition(at=AT),
]
ACCEPTED = [*AWARDED, Accept(at=AT)]

#: A history that ends in each state, with its step and a word that each language must say.
HISTORIES: dict[State, tuple[list[Event], int | None, str, str]] = {
    State.SUBMITTED: ([SUBMIT], 1, "Action Logement étudie", "Action Logement studies"),
    State.VALIDATED: (TO_LESSOR[:2], 2, "va le transmettre", "will pass it on"),
    State.INVALIDATED: (
        [SUBMIT, Invalidate(at=AT, refusal=Refusal("INCOMPLETE_FILE"))],
        2,
        "n’a pas validé votre dossier : dossier incomplet.",
        "not validated your file: incomplete file.",
    ),
    State.WITH_LESSOR: (TO_LESSOR, 3, "selon ses propres délais", "at the lessor’s own pace"),
    State.DECIDED: ([*TO_LESSOR, Decide(at=AT, ruling="A")], 5, "a décidé", "has decided"),
    State.AWARDED: (AWARDED, 6, "au plus tard le 3 décembre 2026", "on 3 December 2026 at"),
    State.AWARDED_CONDITIONALLY: (
        CONDITIONAL, 6, "sous condition : the tax notice", "under a condition: the tax notice"
    ),
    State.RANKED: (RANKED, 6, "le rang 2", "ranked you number 2"),
    State.NOT_RETAINED: (
        [*TO_LESSOR, Decide(at=AT, ruling="D", refusal=REFUSED), NotifyRefusal(at=AT)],
        6,
        "d’autres candidats passent avant – three households came before",
        "other candidates come first – three households came before",
    ),
    State.ACCEPTED: (ACCEPTED, 7, "signature du bail", "signing of the lease"),
    State.DECLINED: ([*AWARDED, Decline(at=AT)], None, "Vous avez refusé", "You have declined"),
    State.LAPSED: (
        [*AWARDED, Lapse(at=AT + timedelta(days=11))], None, "Aucune réponse", "No answer"
    ),
    State.CANCELLED: ([*RANKED, Cancel(at=AT)], None, "Vous avez annulé", "You have cancelled"),
    State.WITHDRAWN: ([SUBMIT, Withdraw(at=AT)], None, "a retiré son offre", "has withdrawn"),
    State.LEASED: ([*ACCEPTED, Sign(at=AT)], 7, "Le bail est signé", "The lease is signed"),
}  # fmt: skip

each_state = pytest.mark.parametrize("state", State)


def spaced(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@each_state
def test_where_it_stands(state: State) -> None:
    history, step, *_ = HISTORIES[state]
    candidature = Candidature(history)
    assert (candidature.state, candidature.step) == (state, step)
    assert (candidature.offer, candidature.unique_number) == (
        "IVRY-T3",
        UniqueNumber("1111023000123GDPUB"),
    )


@each_state
def test_it_tells_where_it_stands(state: State) -> None:
    history, step, *expected = HISTORIES[state]
    candidature = Candidature(history)
    for lang, said in zip(LANGUAGES, expected, strict=True):
        told = candidature.explain(lang)
        assert said in spaced(told)
        assert ("7" in told.splitlines()[0]) is (step is not None)
        assert not {"None", "{", "}"} & set(told.split())
        assert max(map(len, told.splitlines())) <= 80
        assert ("CALEOL" in told) or not candidature.blocks
    assert str(candidature) == candidature.explain("en")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_may_follow_is_a_list_and_what_binds_nobody_a_paragraph_of_its_own(lang: Lang) -> None:
    wrapped: list[str] = []
    for history, *_ in HISTORIES.values():
        _head, _state, *more = Candidature(history).explain(lang).split("\n\n")
        if not more:
            continue
        ways, promise = more
        head, *lines = ways.splitlines()
        assert head in {"Ce qui peut suivre", "What may follow"}
        assert {line[:4] for line in lines} <= {"  - ", "    "}
        wrapped += [line for line in lines if line.startswith("    ")]
        assert "CALEOL" in promise
    assert wrapped == {"fr": ["    contacte pas"], "en": []}[lang]


def test_another_language_is_refused() -> None:
    with pytest.raises(InvalidValue, match="give fr or en"):
        Candidature([SUBMIT]).explain("de")  # type: ignore[arg-type]


@pytest.mark.parametrize("history", [history for history, *_ in HISTORIES.values()])
def test_what_may_follow_is_told_with_who_does_it(history: list[Event]) -> None:
    candidature = Candidature(history)
    told = spaced(candidature.explain("en"))
    assert ("What may follow" in told) is bool(candidature.allowed()) is candidature.blocks
    assert ("- the lessor withdraws the offer" in told) is candidature.blocks


def test_a_notebook_shows_where_it_stands() -> None:
    html = spaced(Candidature([SUBMIT])._repr_html_())
    assert "Your candidature for offer IVRY-T3: step 1 of 7. It is submitted. " in html


def test_the_decision_is_not_told_before_the_lessor_tells_it() -> None:
    decided = [
        {"ruling": "A"},
        {"ruling": "B", "rank": 2},
        {"ruling": "C", "condition": "the tax notice of 2025"},
        {"ruling": "D", "refusal": REFUSED},
    ]
    for lang in ("fr", "en"):
        told = {
            Candidature([*TO_LESSOR, Decide(at=AT, **ruling)]).explain(lang)  # type: ignore[arg-type]
            for ruling in decided
        }
        assert len(told) == 1


RULINGS: tuple[dict[str, Any], ...] = (
    {"ruling": "A"},
    {"ruling": "B", "rank": 1},
    {"ruling": "B", "rank": 2},
    {"ruling": "C", "condition": "the tax notice of 2025"},
    {"ruling": "D", "refusal": REFUSED},
    {"ruling": "E", "refusal": REFUSED},
)
DECIDED = [Candidature([*TO_LESSOR, Decide(at=AT, **ruling)]) for ruling in RULINGS]
RESULTS: list[Event] = [
    NotifyAward(at=AT, answer_by=ANSWER_BY),
    NotifyCondition(at=AT),
    NotifyRank(at=AT),
    NotifyRefusal(at=AT),
]


class TestBeforeTheResultIsTold:
    """Guide, step 6: the lessor tells the result; until then nothing else does."""

    @pytest.mark.parametrize(
        "event",
        [Accept(at=AT), SUBMIT, Sign(at=AT), *RESULTS],
        ids=lambda event: type(event).__name__,
    )
    @pytest.mark.parametrize("early", [False, True])
    def test_what_refuses_an_event_is_one_text_whatever_was_decided(
        self, event: Event, early: bool
    ) -> None:
        tried = evolve(event, at=AT - timedelta(minutes=early))
        refused: list[ForbiddenEvent] = []
        for candidature in DECIDED:
            try:
                candidature.after(tried)
            except ForbiddenEvent as error:
                refused.append(error)
        assert not [error for error in refused if "allowed=" in repr(error)]
        (text,) = {str(error) for error in refused}
        assert text.endswith(
            "; allowed now: Notify… by LESSOR, Cancel by APPLICANT, Withdraw by LESSOR"
        )

    def test_a_second_submission_is_refused_with_the_same_text(self) -> None:
        again = evolve(SUBMIT, offer="VITRY-T2")
        told = set()
        for candidature in DECIDED:
            with pytest.raises(ForbiddenEvent) as caught:
                Record([*candidature.history, again])
            told.add(str(caught.value))
        (text,) = told
        assert "Notify… by LESSOR" in text

    def test_the_applicant_is_told_the_same_ways_whatever_was_decided(self) -> None:
        told = {candidature.allowed(actor=Actor.APPLICANT) for candidature in DECIDED}
        ((cancel,),) = told
        assert cancel.event is Cancel

    def test_the_lessor_knows_which_result_to_tell(self) -> None:
        award, _, _, _, refusal, _ = (
            [row.event for row in candidature.allowed(actor="lessor")] for candidature in DECIDED
        )
        assert award == [NotifyAward, Withdraw]
        assert refusal == [NotifyRefusal, Withdraw]


@pytest.mark.parametrize("history", [history for history, *_ in HISTORIES.values()])
def test_what_each_actor_may_do_is_together_what_may_be_done(history: list[Event]) -> None:
    candidature = Candidature(history)
    each = [row for actor in Actor for row in candidature.allowed(actor=actor)]
    assert sorted(map(repr, each)) == sorted(map(repr, candidature.allowed()))


def test_what_may_follow_is_asked_of_an_actor_and_of_an_instant() -> None:
    candidature = Candidature(AWARDED)
    with pytest.raises(InvalidValue, match=r"^actor: 'CAF' is refused; give one of APPLICANT, "):
        candidature.allowed(actor="CAF")
    with pytest.raises(InvalidValue, match=r"^at: .* give its time zone"):
        candidature.allowed(AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "history",
    [
        [evolve(SUBMIT, offer="A\n\x1b[31mB")],
        [SUBMIT, Invalidate(at=AT, refusal=Refusal("OTHER", "no\r\x9b2Jreason"))],
        [*TO_LESSOR, Decide(at=AT, ruling="C", condition="\x1b[2Jpay"), NotifyCondition(at=AT)],
    ],
    ids=["offer", "refusal", "condition"],
)
def test_what_others_wrote_leaves_the_terminal_alone(history: list[Event]) -> None:
    for lang in ("fr", "en"):
        told = Candidature(history).explain(lang)
        assert {sign for sign in told if not sign.isprintable()} <= set("\n\u00a0\u202f")


def test_a_second_visit_is_not_proposed() -> None:
    with_lessor = Candidature(TO_LESSOR)
    assert Visit in {row.event for row in with_lessor.allowed()}
    visited = with_lessor.after(Visit(at=AT))
    assert Visit not in {row.event for row in visited.allowed()}
    already = r"refused in WITH_LESSOR: the dwelling was visited already \(guard"
    with pytest.raises(ForbiddenEvent, match=already):
        visited.after(Visit(at=AT))
    later = Candidature([*TO_LESSOR, Visit(at=AT), *AWARDED[3:]])
    assert Visit not in {row.event for row in later.allowed()}


def test_step_4_is_the_lessors_contact() -> None:
    assert Candidature([*TO_LESSOR, AskDocuments(at=AT)]).step == 4
    assert Candidature([*TO_LESSOR, Visit(at=AT)]).step == 4
    assert Candidature([*TO_LESSOR, Visit(at=AT), Decide(at=AT, ruling="A")]).step == 5


def test_a_contact_by_the_adviser_changes_nothing() -> None:
    contacted = Candidature([SUBMIT, Contact(at=AT), Contact(at=AT)])
    assert (contacted.state, contacted.step) == (State.SUBMITTED, 1)


class TestAnswer:
    """CCH R441-10: until the last day, in Paris; silence is refusal, strictly after."""

    LAST = datetime(2026, 12, 3, 22, 59, 59, 999_999, tzinfo=UTC)
    AFTER = datetime(2026, 12, 3, 23, tzinfo=UTC)

    def test_the_last_day_counts_whole(self) -> None:
        awarded = Candidature(AWARDED)
        assert awarded.after(Accept(at=self.LAST)).state is State.ACCEPTED
        with pytest.raises(ForbiddenEvent, match="answer was 2026-12-03, in Paris "):
            awarded.after(Accept(at=self.AFTER))

    def test_silence_is_refusal_strictly_after(self) -> None:
        awarded = Candidature(AWARDED)
        assert awarded.after(Lapse(at=self.AFTER)).state is State.LAPSED
        with pytest.raises(ForbiddenEvent, match="an answer may come until 2026-12-03") as caught:
            awarded.after(Lapse(at=self.LAST))
        assert [row.event for row in caught.value.allowed] == [
            Visit, Accept, Decline, Cancel, Withdraw,
        ]  # fmt: skip

    def test_nobody_is_told_to_accept_once_the_last_day_is_known_to_be_over(self) -> None:
        visited = Candidature([*AWARDED, Visit(at=self.AFTER)])
        assert [row.event for row in visited.allowed()] == [Decline, Lapse, Cancel, Withdraw]
        assert "you accept the dwelling" not in visited.explain("en")
        visited = Candidature([*AWARDED, Visit(at=self.LAST)])
        assert Accept in {row.event for row in visited.allowed()}
        assert "you accept the dwelling" in visited.explain("en")

    def test_what_is_allowed_at_an_instant_is_what_may_be_done_then(self) -> None:
        awarded = Candidature(AWARDED)
        kinds = {
            at: {row.event for row in awarded.allowed(at)} & {Accept, Decline, Lapse}
            for at in (AT, self.LAST, self.AFTER)
        }
        assert kinds == {
            AT: {Accept, Decline},
            self.LAST: {Accept, Decline},
            self.AFTER: {Decline, Lapse},
        }
        by_me = awarded.allowed(self.AFTER, Actor.APPLICANT)
        assert [row.event for row in by_me] == [Decline, Cancel]
        assert {Accept, Lapse} <= {row.event for row in awarded.allowed()}

    def test_nothing_may_be_done_before_the_last_event(self) -> None:
        assert Candidature(AWARDED).allowed(AT - timedelta(microseconds=1)) == ()

    def test_too_late_to_accept_is_not_told_to_do_so(self) -> None:
        with pytest.raises(ForbiddenEvent) as caught:
            Candidature(AWARDED).after(Contact(at=self.AFTER))
        assert [row.event for row in caught.value.allowed] == [
            Visit, Decline, Lapse, Cancel, Withdraw,
        ]  # fmt: skip

    def test_declining_late_is_declining(self) -> None:
        assert Candidature(AWARDED).after(Decline(at=self.AFTER)).state is State.DECLINED

    @pytest.mark.parametrize(
        ("history", "offered"),
        [
            (RANKED, Promote(at=AT, answer_by=date(2026, 12, 20))),
            (CONDITIONAL, MeetCondition(at=AT, answer_by=date(2026, 12, 20))),
        ],
    )
    def test_a_later_offer_has_its_own_deadline(self, history: list[Event], offered: Event) -> None:
        before = Candidature(history)
        awarded = before.after(offered)
        assert (before.answer_by, awarded.answer_by) == (None, date(2026, 12, 20))
        assert awarded.after(Accept(at=self.AFTER)).answer_by is None


class TestReasons:
    """CCH L441-2-2."""

    @pytest.mark.parametrize(
        ("history", "reason"),
        [
            ([*RANKED, PassOver(at=AT)], Refusal("ANOTHER_ACCEPTED")),
            ([*CONDITIONAL, FailCondition(at=AT)], Refusal("CONDITION_NOT_MET")),
            (HISTORIES[State.NOT_RETAINED][0], REFUSED),
            (HISTORIES[State.INVALIDATED][0], Refusal("INCOMPLETE_FILE")),
            (HISTORIES[State.NOT_RETAINED][0][:-1], None),
            (HISTORIES[State.CANCELLED][0], None),
        ],
    )
    def test_why(self, history: list[Event], reason: Refusal | None) -> None:
        assert Candidature(history).refusal == reason


@pytest.mark.parametrize("letter", ["D", "E"])
def test_not_awarded_and_inadmissible_are_told_as_refusals(letter: str) -> None:
    ruled = Candidature([*TO_LESSOR, Decide(at=AT, ruling=letter, refusal=REFUSED)])
    assert ruled.after(NotifyRefusal(at=AT)).state is State.NOT_RETAINED
    with pytest.raises(
        ForbiddenEvent, match=": only the result that the commission decided may be; "
    ):
        ruled.after(NotifyAward(at=AT, answer_by=ANSWER_BY))


def test_an_inadmissible_demand_is_to_be_checked_before_it_serves_again() -> None:
    """CCH R441-2-8: inadmissibility is a ground to strike the demand off."""
    refused, inadmissible = (
        Candidature([
            *TO_LESSOR, Decide(at=AT, ruling=letter, refusal=REFUSED), NotifyRefusal(at=AT)
        ])
        for letter in "DE"
    )  # fmt: skip
    assert (refused.inadmissible, inadmissible.inadmissible) == (False, True)
    assert not Candidature(inadmissible.history[:-1]).inadmissible
    assert not Candidature([*inadmissible.history[:-1], Cancel(at=AT)]).inadmissible
    assert "R441-2-8" not in refused.explain("en")
    assert "not keep you from applying for another offer" in spaced(refused.explain("en"))
    assert "Your demand may be struck off for that reason" in spaced(inadmissible.explain("en"))
    assert "Votre demande peut être radiée" in spaced(inadmissible.explain("fr"))
    assert "three households came before" in spaced(inadmissible.explain("fr"))


def test_a_language_is_a_text() -> None:
    nothing: Any = []
    with pytest.raises(InvalidValue, match=r"^lang: .* give fr or en"):
        Candidature([SUBMIT]).explain(nothing)


def test_the_first_rank_is_an_award() -> None:
    ruled = Candidature([*TO_LESSOR, Decide(at=AT, ruling="B", rank=1)])
    assert ruled.after(NotifyAward(at=AT, answer_by=ANSWER_BY)).state is State.AWARDED
    with pytest.raises(
        ForbiddenEvent, match=": only the result that the commission decided may be; "
    ):
        ruled.after(NotifyRank(at=AT))


class TestOrder:
    """Instants may be equal, and never go backwards."""

    def test_equal_instants(self) -> None:
        assert Candidature([SUBMIT, Validate(at=AT)]).state is State.VALIDATED

    def test_backwards(self) -> None:
        early = Validate(at=AT - timedelta(microseconds=1))
        with pytest.raises(ForbiddenEvent, match="it comes before the last event, of") as caught:
            Candidature([SUBMIT, early])
        assert caught.value.index == 1
        assert Validate in {row.event for row in caught.value.allowed}

    def test_an_event_follows_the_last_one_and_not_the_first_only(self) -> None:
        validated = Candidature([SUBMIT, Validate(at=AT + timedelta(hours=1))])
        before = r": it comes before the last event, of 2026-11-23T11:00:00\+00:00; allowed now: "
        with pytest.raises(ForbiddenEvent, match=before) as caught:
            validated.after(Transmit(at=AT + timedelta(minutes=59)))
        assert Transmit in {row.event for row in caught.value.allowed}
        assert validated.after(Transmit(at=AT + timedelta(hours=1))).step == 3


class TestForbidden:
    def test_the_error_says_what_is_allowed_and_by_whom(self) -> None:
        event = Sign(at=AT)
        with pytest.raises(ForbiddenEvent) as caught:
            Candidature(TO_LESSOR).after(event)
        error = caught.value
        assert (error.state, error.event, error.reason) == (State.WITH_LESSOR, event, None)
        assert str(error) == (
            "event 3, Sign at 2026-11-23T10:00:00+00:00, is refused in WITH_LESSOR; "
            "allowed now: AskDocuments by LESSOR, Visit by LESSOR, Decide by COMMISSION, "
            "Cancel by APPLICANT, Withdraw by LESSOR"
        )
        twin = pickle.loads(pickle.dumps(error))
        assert (str(twin), twin.allowed) == (str(error), error.allowed)

    def test_the_error_names_the_guard_that_failed(self) -> None:
        with pytest.raises(ForbiddenEvent) as caught:
            Candidature(AWARDED).after(Lapse(at=AT))
        error = caught.value
        assert (error.guard, pickle.loads(pickle.dumps(error)).guard) == ("too late", "too late")
        until = f"an answer may come until {ANSWER_BY}, in Paris (guard 'too late' does not hold)"
        assert f"is refused in AWARDED: {until}; allowed now: " in str(error)
        assert Lapse not in {row.event for row in error.allowed}
        with pytest.raises(ForbiddenEvent) as caught:
            Candidature(AWARDED).after(Accept(at=AT - timedelta(days=1)))
        assert (caught.value.guard, caught.value.state) == (None, State.AWARDED)

    def test_nothing_follows_a_closed_one(self) -> None:
        closed = Candidature(HISTORIES[State.CANCELLED][0])
        assert closed.allowed() == ()
        with pytest.raises(ForbiddenEvent, match=r"; the candidature is closed$"):
            closed.after(Cancel(at=AT))

    def test_it_begins_with_its_submission(self) -> None:
        with pytest.raises(ForbiddenEvent, match="refused before any Submit; allowed now: Submit"):
            Candidature([Validate(at=AT)])
        with pytest.raises(InvalidValue, match=r"history: .* Submit first"):
            Candidature([])

    @pytest.mark.parametrize("event", [None, "Sign", Validate, 3])
    def test_what_is_no_event_has_the_wrong_type(self, event: Any) -> None:
        with pytest.raises(WrongType, match=r"^event: "):
            Candidature([SUBMIT]).after(event)
        with pytest.raises(WrongType, match=r"^history: "):
            Candidature([SUBMIT, event])

    def test_an_event_of_ones_own_is_not_in_the_table(self) -> None:
        with pytest.raises(ForbiddenEvent, match="event 1, Event at"):
            Candidature([SUBMIT]).after(Event(at=AT))


WAYS: list[Callable[[Candidature], Candidature]] = [
    copy,
    deepcopy,
    evolve,
    lambda candidature: pickle.loads(pickle.dumps(candidature)),
]


@pytest.mark.parametrize("way", WAYS)
@each_state
def test_a_copy_is_the_same(state: State, way: Callable[[Candidature], Candidature]) -> None:
    candidature = Candidature(HISTORIES[state][0])
    twin = way(candidature)
    assert (twin, hash(twin), twin.state) == (candidature, hash(candidature), state)


def test_no_way_makes_one_that_the_table_forbids() -> None:
    leased = Candidature(HISTORIES[State.LEASED][0])
    impossible = (SUBMIT, Sign(at=AT))
    with pytest.raises(ForbiddenEvent):
        evolve(leased, history=impossible)
    with pytest.raises(TypeError):
        Candidature((SUBMIT,), State.LEASED)  # type: ignore[call-arg]
    object.__setattr__(leased, "history", impossible)  # even so
    for way in WAYS:
        with pytest.raises(ForbiddenEvent):
            way(leased)
    assert not hasattr(leased, "__setstate__")


@pytest.mark.parametrize("history", [None, SUBMIT, 3])
def test_a_history_is_several_events(history: Any) -> None:
    for made in (Candidature, Record):
        with pytest.raises(WrongType, match=r"history: .* give the events in their order"):
            made(history)


def test_it_pickles_as_its_history_alone() -> None:
    assert Candidature([SUBMIT]).__reduce__()[1] == (Candidature, {"history": (SUBMIT,)})


def test_one_made_step_by_step_is_one_made_at_once() -> None:
    stepped = Candidature(ACCEPTED[:1])
    for event in ACCEPTED[1:]:
        stepped = stepped.after(event)
    assert (stepped, hash(stepped)) == (Candidature(ACCEPTED), hash(Candidature(ACCEPTED)))
    assert repr(stepped) == repr(Candidature(ACCEPTED))

"""An event is whole at birth: its instant, and what it needs."""

import pickle
from copy import copy, deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from alin_core.candidature.events import (
    Decide,
    Event,
    FailCondition,
    Invalidate,
    MeetCondition,
    NotifyAward,
    Offered,
    PassOver,
    Promote,
    Submit,
    Validate,
)
from alin_core.candidature.rulings import Reason, Refusal, Ruling
from alin_core.errors import AlinError, InvalidValue, NotADate, WrongType
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber
from tests import strategies

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
REFUSAL = Refusal("SIZE")


class TestDecision:
    """CCH R441-3: five letters, each with what it needs and nothing else."""

    @pytest.mark.parametrize(
        ("ruling", "needs"),
        [
            ("A", {}),
            ("B", {"rank": 1}),
            ("C", {"condition": "a payslip"}),
            ("D", {"refusal": REFUSAL}),
            ("E", {"refusal": REFUSAL}),
        ],
    )
    def test_a_ruling_has_what_it_needs(self, ruling: str, needs: dict[str, Any]) -> None:
        everything: dict[str, Any] = {"rank": 2, "condition": "a tax notice", "refusal": REFUSAL}
        assert Decide(at=AT, ruling=ruling.lower(), **needs).ruling is Ruling(ruling)
        for name in needs:
            with pytest.raises(InvalidValue, match=f"{name}: None .* ruling {ruling} needs one"):
                Decide(at=AT, ruling=ruling)
        for name in everything.keys() - needs.keys():
            with pytest.raises(InvalidValue, match=f"{name}: .* ruling {ruling} has none"):
                Decide(at=AT, ruling=ruling, **needs, **{name: everything[name]})

    @pytest.mark.parametrize("rank", [-1, 0, 10_000, 10**5_000], ids=["-1", "0", "more", "huge"])
    def test_ranks_begin_at_one_and_can_be_written(self, rank: int) -> None:
        with pytest.raises(InvalidValue, match=r"^rank: .* is refused; give 1 to 9999"):
            Decide(at=AT, ruling="B", rank=rank)

    def test_the_last_rank(self) -> None:
        assert Decide(at=AT, ruling="B", rank=9_999).rank == 9_999

    @pytest.mark.parametrize("rank", [True, "1", 1.0])
    def test_a_rank_is_a_whole_number(self, rank: Any) -> None:
        with pytest.raises(WrongType, match=r"^rank: "):
            Decide(at=AT, ruling="B", rank=rank)

    def test_a_condition_that_is_refused_is_told_by_its_shape(self) -> None:
        told = "condition: a text like 'AAA AA A. AAAAAA' is refused; ruling A has none"
        with pytest.raises(InvalidValue, match=f"^{told}"):
            Decide(at=AT, ruling="A", condition="pay of M. Martin")

    def test_a_condition_says_something(self) -> None:
        with pytest.raises(InvalidValue, match="condition: ' '"):
            Decide(at=AT, ruling="C", condition=" ")

    def test_there_is_no_sixth_letter(self) -> None:
        with pytest.raises(InvalidValue, match=r"^ruling: 'F' is .* one of A, B, C, D, E"):
            Decide(at=AT, ruling="F")


class TestRefusal:
    """CCH L441-2-2: every refusal is reasoned."""

    def test_a_reason_is_of_the_list(self) -> None:
        assert Refusal("income_too_low").reason is Reason.INCOME_TOO_LOW
        assert [reason.value for reason in Reason] == [*Reason.__members__]
        with pytest.raises(InvalidValue, match=r"^reason: 'BAD LUCK' is .* one of INCOM"):
            Refusal("BAD LUCK")

    def test_another_reason_is_told(self) -> None:
        assert Refusal("OTHER", "the dwelling burnt").detail == "the dwelling burnt"
        with pytest.raises(InvalidValue, match=r"^detail: None is refused; say in it what OTHER"):
            Refusal("OTHER")
        with pytest.raises(InvalidValue, match=r"^detail: ''"):
            Refusal("SIZE", "")

    @pytest.mark.parametrize("kind", [Invalidate, PassOver, FailCondition])
    def test_a_refusal_is_no_text(self, kind: Any) -> None:
        with pytest.raises(WrongType, match=r"^refusal: "):
            kind(at=AT, refusal="SIZE")
        with pytest.raises(WrongType, match=r"^refusal: "):
            Decide(at=AT, ruling="D", refusal="SIZE")  # type: ignore[arg-type]

    def test_some_events_are_their_own_reason(self) -> None:
        assert PassOver(at=AT).refusal == Refusal("ANOTHER_ACCEPTED")
        assert FailCondition(at=AT).refusal == Refusal("CONDITION_NOT_MET")


class TestDeadline:
    """CCH R441-10: ten days at least; our reading: in Paris, the day of the offer excluded."""

    @pytest.mark.parametrize("kind", [NotifyAward, Promote, MeetCondition])
    def test_ten_days_without_that_of_the_offer(self, kind: type[Offered]) -> None:
        assert kind(at=AT, answer_by=date(2026, 12, 3)).answer_by == date(2026, 12, 3)
        with pytest.raises(
            InvalidValue,
            match=r"answer_by: .* give 2026-12-03 or later: ten days \(CCH R441-10\), .*READING\)$",
        ):
            kind(at=AT, answer_by=date(2026, 12, 2))

    def test_the_day_of_the_offer_is_that_of_paris(self) -> None:
        midnight = datetime(2026, 11, 23, 23, tzinfo=UTC)
        with pytest.raises(InvalidValue, match="give 2026-12-04 or later"):
            NotifyAward(at=midnight, answer_by=date(2026, 12, 3))

    def test_ten_days_over_the_change_of_clocks(self) -> None:
        evening = datetime(2026, 3, 27, 22, 59, tzinfo=UTC)
        assert NotifyAward(at=evening, answer_by=date(2026, 4, 6)).answer_by == date(2026, 4, 6)

    def test_a_deadline_is_a_day(self) -> None:
        with pytest.raises(NotADate, match=r"^answer_by: "):
            NotifyAward(at=AT, answer_by=datetime(2026, 12, 3, tzinfo=UTC))


def test_a_submission_names_its_offer_and_its_demand() -> None:
    held = Submit(at=AT, offer="IVRY-T3", unique_number="111 10 23 000123 gdpub")
    assert held.unique_number == UniqueNumber("1111023000123GDPUB")
    opaque = OpaqueNumber("97-1")
    assert Submit(at=AT, offer="IVRY-T3", unique_number=opaque).unique_number is opaque
    with pytest.raises(InvalidValue, match=r"unique_number: None .* who has none cannot apply"):
        Submit(at=AT, offer="IVRY-T3", unique_number=None)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="offer: ' '"):
        evolve(held, offer=" ")
    assert "unique_number=…" in repr(held)


@pytest.mark.parametrize("at", [date(2026, 11, 23), datetime(2026, 11, 23)])  # noqa: DTZ001
def test_an_event_has_an_instant(at: Any) -> None:
    with pytest.raises(AlinError, match="at: "):
        Validate(at=at)


@given(strategies.events)
def test_an_event_is_a_value(event: Event) -> None:
    for twin in (pickle.loads(pickle.dumps(event)), copy(event), deepcopy(event), evolve(event)):
        assert twin == event
        assert hash(twin) == hash(event)

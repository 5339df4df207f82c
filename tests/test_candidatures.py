"""One applicant's record: who may apply, every ground that forbids it, one active at a time."""

import pickle
from copy import copy, deepcopy
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.events import (
    Accept,
    Cancel,
    Decide,
    Event,
    Invalidate,
    NotifyAward,
    NotifyRefusal,
    Sign,
    Submit,
    Transmit,
    Validate,
)
from alin_core.candidature.rulings import Refusal
from alin_core.candidature.submission import Documents
from alin_core.candidature.transitions import State
from alin_core.eligibility import Assessment, assess
from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.record import Record, Submission
from alin_core.rules.findings import Outcome
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.identifiers import OpaqueNumber
from alin_core.values.resources import Resources
from alin_core.workflow import ForbiddenEvent
from tests.told import LANGUAGES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON = date(2027, 1, 1)
NUMBER = "111 10 23 000123 GDPUB"
READY = Documents(confirmed=True, deposited=True)
DEMAND = Demand(
    unique_number=NUMBER,
    lodged_on=date(2026, 10, 1),
    household=Household.of(),
    resources=Resources(reference_tax_income={2024: 20_000}, monthly_income=2_000),
)
OFFER = Offer(
    reference="IVRY-T2",
    commune="94041",
    typology="T2",
    norm="PLUS",
    rent=Rent(base=500, charges=60),
)
OTHER = evolve(OFFER, reference="VITRY-T2", commune="94081")
CLOSE = Rent(base=600, charges=80)
HALF_KNOWN = Documents(confirmed=True, deposited=None)
ALL_MET = [
    "unique-number",
    "number-validity",
    "number-territory",
    "documents-confirmed",
    "documents-deposited",
    "available-offer",
    "own-assessment",
    "income-ceiling",
    "typology",
    "affordability",
    "one-candidature",
    "struck-off",
]

LEASE: list[Event] = [
    Submit(at=AT, offer="IVRY-T2", unique_number=NUMBER),
    Validate(at=AT),
    Transmit(at=AT),
    Decide(at=AT, ruling="A"),
    NotifyAward(at=AT, answer_by=date(2026, 12, 3)),
    Accept(at=AT),
    Sign(at=AT),
]


def judged(demand: Demand, offer: Offer) -> Assessment:
    return assess(demand, offer, on=date(2026, 12, 15))


def submitted(
    record: Record | None = None,
    *,
    demand: Demand = DEMAND,
    offer: Offer = OFFER,
    at: datetime = AT,
    assessment: Assessment | None = None,
    documents: Documents = READY,
    switch: bool = False,
) -> Submission:
    given = Record() if record is None else record
    return (given.switch if switch else given.submit)(
        demand,
        offer,
        at=at,
        assessment=assessment or judged(demand, offer),
        documents=documents,
    )


def renewed(day: date) -> Demand:
    """A demand that was last renewed on that day."""
    return evolve(DEMAND, lodged_on=date(2020, 1, 1), renewed_on=day)


def grounds(submission: Submission) -> list[str]:
    return [finding.rule_id for finding in submission.refusals]


class TestSubmitting:
    """Guide, #5 « Je postule »: the candidature, or every ground that forbids it."""

    def test_everything_is_looked_at(self) -> None:
        done = submitted()
        assert [finding.rule_id for finding in done.findings] == ALL_MET
        assert {finding.outcome for finding in done.findings} == {Outcome.MET}
        assert (done.accepted, done.refusals, done.warnings) == (True, (), ())
        assert done.record.active
        assert done.record.active.state is State.SUBMITTED
        assert done.record.history == (Submit(at=AT, offer="IVRY-T2", unique_number=NUMBER),)

    @pytest.mark.parametrize(
        ("change", "ground"),
        [
            ({"demand": evolve(DEMAND, unique_number=None)}, "unique-number"),
            ({"demand": renewed(date(2025, 11, 22))}, "number-validity"),
            ({"documents": Documents(confirmed=False, deposited=True)}, "documents-confirmed"),
            ({"documents": Documents(confirmed=True, deposited=False)}, "documents-deposited"),
            ({"offer": evolve(OFFER, available=False)}, "available-offer"),
            ({"offer": evolve(OFFER, typology="T5")}, "typology"),
            ({"offer": evolve(OFFER, rent=Rent(base=1_000, charges=0))}, "affordability"),
            ({"assessment": judged(DEMAND, OTHER)}, "own-assessment"),
            ({"record": Record(LEASE[:1])}, "one-candidature"),
            ({"record": Record(LEASE)}, "struck-off"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_one_ground_refuses(self, change: dict[str, Any], ground: str) -> None:
        done = submitted(**change)
        assert grounds(done) == [ground]
        assert not done.accepted
        assert done.record == change.get("record", Record())

    def test_every_ground_is_told_at_once(self) -> None:
        done = submitted(
            Record(LEASE[:1]),
            demand=renewed(date(2020, 1, 1)),
            offer=evolve(OFFER, available=False, typology="T5", rent=Rent(base=2_000, charges=0)),
            documents=Documents(confirmed=False, deposited=False),
        )
        assert grounds(done) == [
            "number-validity",
            "documents-confirmed",
            "documents-deposited",
            "available-offer",
            "typology",
            "affordability",
            "one-candidature",
        ]
        heads = ("ne peut pas être déposée", "cannot be submitted")
        for lang, head in zip(LANGUAGES, heads, strict=True):
            told = done.explain(lang)
            assert head in told
            assert told.count("\n  - ") == 7
            assert max(map(len, told.splitlines())) <= 80

    def test_grounds_and_warnings_are_two_lists(self) -> None:
        close = evolve(OFFER, rent=CLOSE)
        half = Documents(confirmed=False, deposited=None)
        head, refusals, warnings = (
            submitted(offer=close, documents=half).explain("en").split("\n\n")
        )
        assert head == "This candidature cannot be submitted."
        assert refusals.splitlines() == [
            "What stands against it",
            "  - You must first confirm on AL’in that your documents are deposited (AL’in",
            "    guide, no. 4).",
        ]
        to_check, *lines = warnings.splitlines()
        assert to_check == "To be checked"
        assert [line[:9] for line in lines if line.startswith("  - ")] == ["  - Check", "  - Your "]

    def test_the_active_offer_leaves_the_terminal_alone(self) -> None:
        odd = submitted(offer=evolve(OFFER, reference="A\x1b[31mB")).record
        told = submitted(odd, offer=OTHER).explain("en")
        assert "for offer A\N{REPLACEMENT CHARACTER}[31mB is active" in told

    def test_an_assessment_of_something_else_says_nothing_of_this(self) -> None:
        other = evolve(DEMAND, household=Household.of(adults=2))
        done = submitted(assessment=judged(other, OTHER))
        assert [finding.reason for finding in done.refusals] == ["another demand", "another offer"]
        assert "typology" not in [finding.rule_id for finding in done.findings]

    def test_an_assessment_for_a_lease_that_is_past_is_refused(self) -> None:
        day = AT.date()
        for on, expected in ((day, []), (day - timedelta(days=1), ["past lease"])):
            done = submitted(assessment=assess(DEMAND, OFFER, on=on))
            assert [finding.reason for finding in done.refusals] == expected

    @pytest.mark.parametrize(
        ("change", "warning", "outcome"),
        [
            ({"offer": evolve(OFFER, rent=CLOSE)}, "affordability", "BORDERLINE"),
            ({"offer": evolve(OFFER, norm=None)}, "income-ceiling", "UNKNOWN"),
            ({"demand": evolve(DEMAND, lodged_on=None)}, "number-validity", "UNKNOWN"),
            ({"offer": evolve(OFFER, commune="69123")}, "number-territory", "BORDERLINE"),
            ({"documents": HALF_KNOWN}, "documents-deposited", "UNKNOWN"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )  # fmt: skip
    def test_what_is_not_certain_warns(
        self, change: dict[str, Any], warning: str, outcome: str
    ) -> None:
        done = submitted(**change)
        assert done.accepted
        assert [(one.rule_id, one.outcome.value) for one in done.warnings] == [(warning, outcome)]
        assert "À vérifier" in done.explain("fr")
        assert "To be checked" in done.explain("en")

    def test_a_first_year_that_is_over_warns_where_no_renewal_is_told(self) -> None:
        done = submitted(demand=evolve(DEMAND, lodged_on=date(2020, 1, 1)))
        assert done.accepted
        (warning,) = done.warnings
        assert (warning.rule_id, warning.missing) == ("number-validity", ("renewed_on",))

    def test_the_number_is_judged_on_the_day_in_paris(self) -> None:
        lodged = renewed(date(2025, 11, 23))
        last = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
        assert submitted(demand=lodged, at=last).accepted
        assert grounds(submitted(demand=lodged, at=last + timedelta(minutes=1))) == [
            "number-validity"
        ]

    def test_the_number_is_judged_by_the_rulebook_of_the_assessment(self) -> None:
        lodged = evolve(DEMAND, lodged_on=date(2025, 1, 1))
        longer = evolve(Rulebook.standard(), demand_validity_years=2)
        verdict = assess(lodged, OFFER, on=date(2026, 12, 15), rulebook=longer)
        assert submitted(demand=lodged, assessment=verdict).accepted

    def test_an_instant_before_the_last_event_is_refused(self) -> None:
        closed = Record([LEASE[0], Cancel(at=AT)])
        with pytest.raises(ForbiddenEvent, match="it comes before the last event"):
            submitted(closed, at=AT - timedelta(seconds=1))
        assert submitted(closed).accepted

    @pytest.mark.parametrize("at", [date(2026, 11, 23), datetime(2026, 11, 23)])  # noqa: DTZ001
    def test_an_instant_has_its_zone(self, at: Any) -> None:
        with pytest.raises(AlinError, match=r"^at: "):
            submitted(at=at)

    @pytest.mark.parametrize("name", ["assessment", "documents"])
    def test_what_is_judged_has_its_type(self, name: str) -> None:
        with pytest.raises(WrongType, match=f"^{name}: "):
            submitted(**{name: {"confirmed": True}})  # type: ignore[arg-type]

    def test_what_only_looks_like_a_verdict_or_documents_is_refused(self) -> None:
        verdict: Any = SimpleNamespace(
            demand=DEMAND, offer=OFFER, on=ON, rulebook=Rulebook.standard(), findings=()
        )
        with pytest.raises(WrongType, match=r"^assessment: "):
            submitted(assessment=verdict)
        documents: Any = SimpleNamespace(confirmed=True, deposited=True)
        with pytest.raises(WrongType, match=r"^documents: "):
            submitted(documents=documents)


class TestOneAtATime:
    """G95, G111, G115: « une seule candidature active »."""

    def test_a_positive_answer_of_action_logement_frees_nobody(self) -> None:
        assert grounds(submitted(Record(LEASE[:2]))) == ["one-candidature"]

    def test_its_negative_answer_frees_at_once(self) -> None:
        record = Record([LEASE[0], Invalidate(at=AT, refusal=Refusal("SIZE"))])
        done = submitted(record)
        assert done.accepted
        assert [one.state for one in done.record.candidatures] == [
            State.INVALIDATED,
            State.SUBMITTED,
        ]
        assert done.record.archived == record.candidatures

    def test_after_a_lease_nothing_more_on_that_demand(self) -> None:
        leased = Record(LEASE)
        for number in (NUMBER, OpaqueNumber("111 10 23-000123 gdpub")):
            assert grounds(submitted(leased, demand=evolve(DEMAND, unique_number=number))) == [
                "struck-off"
            ]
        renewed = evolve(DEMAND, unique_number="111 11 26 000123 GDPUB")
        assert submitted(leased, demand=renewed).accepted

    def test_a_demand_rejected_as_inadmissible_is_to_be_checked(self) -> None:
        refusal = Refusal("INADMISSIBLE")
        rejected = Record([
            *LEASE[:3], Decide(at=AT, ruling="E", refusal=refusal), NotifyRefusal(at=AT)
        ])  # fmt: skip
        done = submitted(rejected)
        assert done.accepted
        assert [(one.rule_id, one.reason) for one in done.warnings] == [
            ("struck-off", "inadmissible")
        ]
        assert "vérifiez que votre demande n’a pas été radiée" in " ".join(
            done.explain("fr").split()
        )
        assert "vérifiez-la avant de postuler" in " ".join(rejected.explain("fr").split())
        assert "check it before you apply" in " ".join(rejected.explain("en").split())
        renewed = evolve(DEMAND, unique_number="111 11 26 000123 GDPUB")
        assert submitted(rejected, demand=renewed).warnings == ()
        without = evolve(DEMAND, unique_number=None)
        assert grounds(submitted(rejected, demand=without)) == ["unique-number"]
        leased = Record([*rejected.history, *LEASE])
        assert grounds(submitted(leased)) == ["struck-off"]

    def test_a_record_never_holds_two(self) -> None:
        again = Submit(at=AT, offer="VITRY-T2", unique_number=NUMBER)
        active = ": the candidature for 'IVRY-T2' is active, and one at most may be; allowed now"
        with pytest.raises(ForbiddenEvent, match=active) as caught:
            Record([LEASE[0], again])
        assert (caught.value.index, caught.value.state) == (1, State.SUBMITTED)
        with pytest.raises(ForbiddenEvent, match="active, and one at most") as caught:
            Record([LEASE[0], Cancel(at=AT), again, LEASE[0]])
        assert caught.value.index == 3
        struck_off = "the demand is struck off: a lease was signed on it; "
        with pytest.raises(ForbiddenEvent, match=struck_off) as caught:
            Record([*LEASE, again])
        assert caught.value.index == 7

    def test_a_new_one_follows_the_last_event_of_the_one_before(self) -> None:
        closed = [LEASE[0], Validate(at=AT), Cancel(at=AT + timedelta(hours=1))]
        before = r": it comes before the last event, of 2026-11-23T11:00:00\+00:00; the candid"
        with pytest.raises(ForbiddenEvent, match=before):
            Record([*closed, evolve(LEASE[0], at=AT + timedelta(minutes=59))])
        assert Record([*closed, evolve(LEASE[0], at=AT + timedelta(hours=1))]).active

    def test_the_index_is_that_of_the_record(self) -> None:
        with pytest.raises(ForbiddenEvent, match="event 3, Sign at") as caught:
            Record([LEASE[0], Cancel(at=AT), LEASE[0], Sign(at=AT)])
        assert (caught.value.index, caught.value.state) == (3, State.SUBMITTED)


class TestSwitching:
    """G116: cancel first, then apply, and lose nothing to an offer that would be refused."""

    def test_the_first_is_cancelled_and_the_second_submitted(self) -> None:
        record = submitted().record
        done = submitted(record, offer=OTHER, at=AT + timedelta(hours=1), switch=True)
        assert done.accepted
        assert [(one.offer, one.state.value) for one in done.record.candidatures] == [
            ("IVRY-T2", "CANCELLED"),
            ("VITRY-T2", "SUBMITTED"),
        ]
        assert done.cancelled == done.record.candidatures[0]
        cancelled, accepted = done.explain("fr").split("\n\n")
        assert "l’offre IVRY-T2 est annulée" in cancelled
        assert accepted == "Votre candidature est déposée."
        assert "offer IVRY-T2 is cancelled" in done.explain("en")
        back = submitted(done.record, at=AT + timedelta(hours=2), switch=True)
        assert back.cancelled == back.record.candidatures[1]
        assert (back.cancelled.offer, len(back.record.candidatures)) == ("VITRY-T2", 3)

    def test_nothing_changes_when_the_second_would_be_refused(self) -> None:
        record = submitted().record
        done = submitted(record, offer=evolve(OTHER, available=False), switch=True)
        assert grounds(done) == ["available-offer"]
        assert done.record is record
        assert record.active
        assert done.cancelled is None

    def test_there_must_be_one_to_cancel(self) -> None:
        for record in (Record(), Record([LEASE[0], Cancel(at=AT)])):
            with pytest.raises(ForbiddenEvent, match="Cancel at"):
                submitted(record, switch=True)


class TestRecord:
    def test_an_empty_one(self) -> None:
        record = Record()
        assert (record.active, record.archived, record.candidatures) == (None, (), ())
        assert "« Je postule »" in record.explain("fr").replace("\u00a0", " ")
        assert str(record) == record.explain("en")

    def test_it_tells_of_the_active_one(self) -> None:
        record = Record(LEASE[:3])
        assert record.active
        assert record.explain("fr") == record.active.explain("fr")
        after_another = Record([LEASE[0], Cancel(at=AT), *LEASE[:3]])
        assert after_another.explain("fr") == record.explain("fr")

    def test_after_a_lease_it_proposes_no_offer(self) -> None:
        record = Record(LEASE)
        assert record.active is None
        assert record.explain("fr") == record.candidatures[-1].explain("fr")
        assert "« Les offres »" not in record.explain("fr").replace("\u00a0", " ")

    def test_what_happens_to_the_active_one(self) -> None:
        record = Record(LEASE[:1]).after(Validate(at=AT))
        assert record == Record(LEASE[:2])
        with pytest.raises(ForbiddenEvent):
            record.after(Sign(at=AT))
        with pytest.raises(ForbiddenEvent, match="before any Submit"):
            Record().after(Validate(at=AT))

    def test_a_new_one_is_to_be_judged(self) -> None:
        with pytest.raises(InvalidValue, match=r"event: Submit.* call submit\(\)"):
            Record().after(LEASE[0])

    def test_it_holds_events(self) -> None:
        with pytest.raises(WrongType, match=r"^history: "):
            Record([LEASE[0], "Validate"])  # type: ignore[list-item]

    @pytest.mark.parametrize("events", [0, 1, 4, 7])
    def test_it_is_a_value(self, events: int) -> None:
        record = Record(LEASE[:events])
        for twin in (
            pickle.loads(pickle.dumps(record)), copy(record), deepcopy(record), evolve(record)
        ):  # fmt: skip
            assert twin == record
            assert hash(twin) == hash(record)
            assert twin.candidatures == record.candidatures

    def test_no_way_makes_one_with_two_active(self) -> None:
        record = Record(LEASE[:1])
        with pytest.raises(ForbiddenEvent):
            evolve(record, history=(LEASE[0], LEASE[0]))
        object.__setattr__(record, "history", (LEASE[0], LEASE[0]))  # even so
        for way in (copy, deepcopy, pickle.dumps):
            with pytest.raises(ForbiddenEvent):
                pickle.loads(made) if isinstance(made := way(record), bytes) else made
        assert not hasattr(record, "__setstate__")


def test_a_submission_is_a_value() -> None:
    for done in (submitted(), submitted(Record(LEASE))):
        twin = pickle.loads(pickle.dumps(done))
        assert (twin.record, twin.findings) == (done.record, done.findings)
        assert hash(twin) == hash(done)

"""From no account to the first candidature: the table, walked whole, and against the guide."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from copy import copy, deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.law.catalogue import load, rules
from alin_core.national_xml.values import SneDemand
from alin_core.registration.company import check_attachment
from alin_core.registration.forms import mini_form
from alin_core.registration.journey import MOVES, Event, ForbiddenStep, Journey, Move, State
from alin_core.rules.findings import Finding, Outcome
from alin_core.sne import read_demands
from alin_core.text.wording import Words
from alin_core.values.languages import Lang

EXAMPLE = Path(__file__).parent.parent / "examples" / "demande.xml"

#: What each event must bring, from the guide.
EVIDENCE = {
    "SUBMIT_FORM": ("account-form", "MET"),
    "SET_PASSWORD": ("password", "MET"),
    "REQUEST_IMPORT": ("import-request", "MET"),
    "ENTER_ACTIVATION_CODE": ("activation-code", "MET"),
    "VERIFY_MINI_FORM": ("mini-form", "MET"),
    "FIND_OLD_DEMAND": ("number-validation", "NOT_MET"),
    "ENTER_SECURITY_CODE": ("security-code", "MET"),
    "IDENTITY_MATCHES": ("identity-check", "MET"),
    "IDENTITY_DIFFERS": ("identity-check", "NOT_MET"),
    "UPDATE": ("update", "MET"),
}
RULE_IDS = sorted({rule_id for rule_id, _ in EVIDENCE.values()})


def brought(event: Event | str) -> Finding | None:
    """The finding that the event must bring."""
    if event not in EVIDENCE:
        return None
    rule_id, outcome = EVIDENCE[event]
    return Finding(rule_id, Outcome(outcome))


def walk(*events: str) -> Journey:
    journey = Journey()
    for event in events:
        journey = journey.after(event, brought(event))
    return journey


ACCOUNT = ("SUBMIT_FORM", "FOLLOW_LINK", "FOLLOW_LINK", "SET_PASSWORD", "LOG_IN")
IMPORT = ("REQUEST_IMPORT", "ENTER_ACTIVATION_CODE")
OLD_DEMAND = ("FIND_OLD_DEMAND", "REQUEST_SECURITY_CODE", "ENTER_SECURITY_CODE")


class TestTheGuide:
    """The ways that the guide tells, page after page."""

    def test_from_no_account_to_the_offers(self) -> None:
        journey = Journey()
        states = [journey.state.value]
        for event in (*ACCOUNT, *IMPORT, "VERIFY_MINI_FORM", "CONFIRM_DOCUMENTS"):
            journey = journey.after(event, brought(event))
            states.append(journey.state.value)
        assert states == [
            "NO_ACCOUNT",
            "ACCOUNT_REQUESTED",
            "FIRST_LINK_FOLLOWED",
            "PASSWORD_TO_CHOOSE",
            "ACCOUNT_ACTIVE",
            "LOGGED_IN",
            "ACTIVATION_CODE_SENT",
            "IMPORTED",
            "DASHBOARD",
            "MAY_APPLY",
        ]

    def test_without_a_number_one_is_obtained_elsewhere_first(self) -> None:
        journey = walk(*ACCOUNT, "HAS_NO_NUMBER")
        assert journey.state is State.WITHOUT_NUMBER
        assert "demande-logement-social.gouv.fr" in journey.explain("fr", width=None)
        assert journey.allowed == (Event.REQUEST_IMPORT,)

    def test_who_has_an_account_logs_in(self) -> None:
        assert walk("HAS_ACCOUNT", "LOG_IN").state is State.LOGGED_IN

    def test_one_link_is_not_enough(self) -> None:
        with pytest.raises(ForbiddenStep):
            walk("SUBMIT_FORM", "FOLLOW_LINK", "SET_PASSWORD")

    def test_an_activation_code_can_be_asked_for_again(self) -> None:
        journey = walk(*ACCOUNT, "REQUEST_IMPORT", "REQUEST_IMPORT", "ENTER_ACTIVATION_CODE")
        assert journey.state is State.IMPORTED

    def test_an_old_demand_validates_its_number_once(self) -> None:
        journey = walk("HAS_ACCOUNT", "LOG_IN", *OLD_DEMAND, "IDENTITY_MATCHES")
        assert journey.state is State.DASHBOARD
        assert journey.after("UPDATE", brought("UPDATE")).state is State.DASHBOARD

    def test_a_security_code_can_be_sent_again(self) -> None:
        journey = walk("HAS_ACCOUNT", "LOG_IN", *OLD_DEMAND[:2], "REQUEST_SECURITY_CODE")
        assert journey.state is State.SECURITY_CODE_SENT

    @pytest.mark.parametrize("way", [OLD_DEMAND, IMPORT])
    def test_another_identity_deletes_then_imports_again_and_keeps_the_account(
        self, way: tuple[str, ...]
    ) -> None:
        journey = walk(*ACCOUNT, *way, "IDENTITY_DIFFERS")
        assert journey.allowed == (Event.DELETE_DEMAND,)
        again = journey.after("DELETE_DEMAND")
        assert again.state is State.LOGGED_IN
        assert Event.REQUEST_IMPORT in again.allowed

    def test_nobody_browses_before_confirming_the_documents(self) -> None:
        journey = walk(*ACCOUNT, *IMPORT, "VERIFY_MINI_FORM")
        assert journey.allowed == (Event.CONFIRM_DOCUMENTS, Event.UPDATE)

    @pytest.mark.parametrize(("choice", "code"), [("ANONYMOUS", None), ("IDENTITY", "LP-01")])
    def test_an_import_that_names_no_siret_goes_on(self, choice: str, code: str | None) -> None:
        """The national XML never says it: an entered code is enough, and choice 1 needs none."""
        (read,) = read_demands(EXAMPLE)
        assert isinstance(read, SneDemand)
        verified = mini_form(
            confirmed=True,
            choice=choice,
            attachment=check_attachment(read.demand, None, code=code),
        )
        assert walk(*ACCOUNT, *IMPORT).after("VERIFY_MINI_FORM", verified).state is State.DASHBOARD

    def test_an_update_does_not_take_the_confirmation_back(self) -> None:
        journey = walk(*ACCOUNT, *IMPORT, "VERIFY_MINI_FORM", "CONFIRM_DOCUMENTS", "UPDATE")
        assert journey.state is State.MAY_APPLY


#: What may be brought: nothing, each rule with each outcome, and a rule of another kind.
FINDINGS = [
    None,
    Finding("typology", Outcome.MET),
    *(Finding(rule_id, outcome) for rule_id, outcome in product(RULE_IDS, Outcome)),
]


def reached() -> dict[State, Journey]:
    """One journey for each state, by breadth first over every event and every finding."""
    found, todo = {Journey().state: Journey()}, [Journey()]
    for journey in todo:
        for event, finding in product(Event, FINDINGS):
            try:
                further = journey.after(event, finding)
            except ForbiddenStep:
                continue
            if found.setdefault(further.state, further) is further:
                todo.append(further)
    return found


REACHED = reached()
each_state = pytest.mark.parametrize("state", State)


def test_every_state_is_reached_and_left() -> None:
    assert set(REACHED) == set(State)
    assert [state for state, journey in REACHED.items() if not journey.allowed] == []


@each_state
def test_an_event_is_accepted_exactly_when_the_table_lists_it_and_its_finding(
    state: State,
) -> None:
    journey, before = REACHED[state], pickle.dumps(REACHED[state])
    rows = {move.event: move for move in MOVES if move.state is state}
    for event, finding in product(Event, FINDINGS):
        due = brought(event)
        fits = due is None or finding == due
        if event in rows and fits:
            after = journey.after(event, finding)
            assert (after.state, after.history) == (rows[event].to, (*journey.history, event))
        else:
            with pytest.raises(ForbiddenStep) as e:
                journey.after(event, finding)
            assert (e.value.index, e.value.state) == (len(journey.history), state)
            assert (e.value.event, e.value.allowed) == (event, tuple(rows))
            assert e.value.finding == (finding if event in rows else None)
    assert pickle.dumps(journey) == before


@each_state
def test_a_journey_replays_to_the_same_value(state: State) -> None:
    journey = REACHED[state]
    twins = [
        Journey(journey.history),
        Journey([event.value.lower() for event in journey.history]),
        pickle.loads(pickle.dumps(journey)),
        copy(journey),
        deepcopy(journey),
        evolve(journey),
    ]
    for twin in twins:
        assert (twin, hash(twin), twin.state) == (journey, hash(journey), state)


# The invariants are those of the guide; none of them reads the table.

Facts = frozenset[str]
#: Event -> what must be so for it to count, and what is so after it.
MEANING: dict[str, tuple[set[str], set[str]]] = {
    "SUBMIT_FORM": (set(), {"form"}),
    "SET_PASSWORD": ({"second link"}, {"account"}),
    "HAS_ACCOUNT": (set(), {"account"}),
    "LOG_IN": ({"account"}, {"logged in"}),
    "REQUEST_IMPORT": ({"logged in"}, {"code sent"}),
    "ENTER_ACTIVATION_CODE": ({"code sent"}, {"demand"}),
    "VERIFY_MINI_FORM": ({"demand"}, {"verified"}),
    "REQUEST_SECURITY_CODE": ({"logged in"}, {"code sent"}),
    "ENTER_SECURITY_CODE": ({"code sent"}, {"demand"}),
    "IDENTITY_MATCHES": ({"demand"}, {"verified"}),
    "IDENTITY_DIFFERS": ({"demand"}, {"to delete"}),
    "CONFIRM_DOCUMENTS": ({"verified"}, {"documents"}),
}
OF_THE_ACCOUNT = {"form", "first link", "second link", "account", "logged in"}


def meant(facts: Facts, event: Event) -> Facts:
    if event == "FOLLOW_LINK":
        return facts | {"second link" if "first link" in facts else "first link"}
    if event == "DELETE_DEMAND":
        return facts & OF_THE_ACCOUNT
    needed, gained = MEANING.get(event, (set(), set()))
    return facts | gained if needed <= facts else facts


def nobody_has_an_account_without_a_password(state: State, facts: Facts) -> bool:
    return state != "ACCOUNT_ACTIVE" or "account" in facts


def nobody_chooses_a_password_before_two_links(state: State, facts: Facts) -> bool:
    return state != "PASSWORD_TO_CHOOSE" or {"form", "second link"} <= facts


def nobody_asks_for_a_demand_without_logging_in(state: State, facts: Facts) -> bool:
    asking = {"LOGGED_IN", "WITHOUT_NUMBER", "ACTIVATION_CODE_SENT", "NUMBER_TO_VALIDATE"}
    return state not in asking or "logged in" in facts


def nothing_is_imported_or_validated_without_its_code(state: State, facts: Facts) -> bool:
    return state not in {"IMPORTED", "NUMBER_VALIDATED"} or "demand" in facts


def nobody_sees_the_dashboard_unverified(state: State, facts: Facts) -> bool:
    return state not in {"DASHBOARD", "MAY_APPLY"} or "verified" in facts


def nobody_applies_without_confirming_the_documents(state: State, facts: Facts) -> bool:
    return state != "MAY_APPLY" or "documents" in facts


def nobody_goes_on_with_anothers_demand(state: State, facts: Facts) -> bool:
    return ("to delete" in facts) == (state == "TO_DELETE")


def a_deletion_deletes_the_demand_and_not_the_account(state: State, facts: Facts) -> bool:
    return state != "NO_ACCOUNT" or "account" not in facts


INVARIANTS: tuple[Callable[[State, Facts], bool], ...] = (
    nobody_has_an_account_without_a_password,
    nobody_chooses_a_password_before_two_links,
    nobody_asks_for_a_demand_without_logging_in,
    nothing_is_imported_or_validated_without_its_code,
    nobody_sees_the_dashboard_unverified,
    nobody_applies_without_confirming_the_documents,
    nobody_goes_on_with_anothers_demand,
    a_deletion_deletes_the_demand_and_not_the_account,
)


def broken(moves: Iterable[Move]) -> Iterator[str]:
    """The invariants that some walk of a table breaks, to a fixed point of states and facts."""
    rows = list(moves)
    todo: list[tuple[State, Facts]] = [(State.NO_ACCOUNT, frozenset())]
    seen = set(todo)
    for state, facts in todo:
        yield from (rule.__name__ for rule in INVARIANTS if not rule(state, facts))
        for move in rows:
            further = (move.to, meant(facts, move.event))
            if move.state is state and further not in seen:
                seen.add(further)
                todo.append(further)


def test_no_state_is_set_beside_the_history() -> None:
    assert not hasattr(Journey, "__setstate__")


def test_who_has_an_account_is_not_told_that_it_was_just_created() -> None:
    told = Journey(["HAS_ACCOUNT"]).explain("en", width=None)
    assert told.startswith("Enter your e-mail address and your password")


def test_the_table_breaks_nothing() -> None:
    assert set(broken(MOVES)) == set()
    assert {type(move.event) for move in MOVES} == {Event}


@pytest.mark.parametrize(
    ("row", "caught"),
    [
        (("FIRST_LINK_FOLLOWED", "LOG_IN", "ACCOUNT_ACTIVE"), INVARIANTS[0]),
        (("ACCOUNT_REQUESTED", "FOLLOW_LINK", "PASSWORD_TO_CHOOSE"), INVARIANTS[1]),
        (("ACCOUNT_ACTIVE", "HAS_NO_NUMBER", "WITHOUT_NUMBER"), INVARIANTS[2]),
        (("LOGGED_IN", "REQUEST_IMPORT", "IMPORTED"), INVARIANTS[3]),
        (("IMPORTED", "UPDATE", "DASHBOARD"), INVARIANTS[4]),
        (("DASHBOARD", "UPDATE", "MAY_APPLY"), INVARIANTS[5]),
        (("TO_DELETE", "UPDATE", "DASHBOARD"), INVARIANTS[6]),
        (("TO_DELETE", "DELETE_DEMAND", "NO_ACCOUNT"), INVARIANTS[7]),
    ],
)
def test_each_invariant_catches_a_wrong_row(
    row: tuple[str, str, str], caught: Callable[[State, Facts], bool]
) -> None:
    assert caught.__name__ in set(broken([*MOVES, Move(*row, "G00")]))


class TestTheTable:
    """Each row has its text, and there is one for each pair."""

    def test_a_pair_is_listed_once(self) -> None:
        assert len({(move.state, move.event) for move in MOVES}) == len(MOVES) == 23

    def test_a_row_asks_for_what_the_guide_asks(self) -> None:
        for move in MOVES:
            due = None if move.rule_id is None else (move.rule_id, move.outcome.value)
            assert due == EVIDENCE.get(move.event)

    def test_a_row_cites_a_statement_that_a_rule_honours(self) -> None:
        honoured = {statement for rule in rules() for statement in rule.guide}
        assert {move.guide for move in MOVES} <= honoured
        assert {move.rule_id for move in MOVES} - {None} <= {rule.id for rule in rules()}

    def test_our_readings(self) -> None:
        ours = [(move.state, move.event) for move in MOVES if move.provenance == "READING"]
        assert ours == [
            ("ACTIVATION_CODE_SENT", "REQUEST_IMPORT"),
            ("IMPORTED", "IDENTITY_DIFFERS"),
            ("MAY_APPLY", "UPDATE"),
        ]


class TestWhatIsRefused:
    """An error says the state, the event and what is possible."""

    def test_an_event_that_the_table_does_not_list(self) -> None:
        with pytest.raises(ForbiddenStep) as e:
            Journey().after("LOG_IN")
        assert str(e.value) == (
            "LOG_IN is refused in NO_ACCOUNT (event 0); possible now: SUBMIT_FORM, HAS_ACCOUNT"
        )
        assert isinstance(e.value, AlinError)
        assert isinstance(e.value, ValueError)

    @pytest.mark.parametrize(
        ("finding", "told"),
        [
            (None, "not none"),
            (Finding("typology", Outcome.MET), "not MET of typology (no reason)"),
            (
                Finding("account-form", Outcome.NOT_MET, basis=(("lacking", ("email",)),)),
                "not NOT_MET of account-form (lacking ('email',))",
            ),
            (
                Finding("account-form", Outcome.UNKNOWN, reason="r", basis=(("a", 1), ("b", 2))),
                "not UNKNOWN of account-form (r; a 1; b 2)",
            ),
        ],
    )
    def test_a_finding_that_is_not_the_one(self, finding: Finding | None, told: str) -> None:
        with pytest.raises(ForbiddenStep) as e:
            Journey().after("SUBMIT_FORM", finding)
        assert str(e.value) == (
            "SUBMIT_FORM is refused in NO_ACCOUNT (event 0); it asks for a finding of "
            f"account-form that allows it, {told}"
        )

    @pytest.mark.parametrize("index", range(5))
    def test_an_impossible_history_says_where(self, index: int) -> None:
        history = [*ACCOUNT[:index], "DELETE_DEMAND", *ACCOUNT[index:]]
        for make in (Journey, lambda events: evolve(Journey(), history=events)):
            with pytest.raises(ForbiddenStep) as e:
                make(history)
            assert (e.value.index, e.value.event) == (index, Event.DELETE_DEMAND)

    def test_a_pickle_that_somebody_wrote_is_replayed_too(self) -> None:
        written = pickle.dumps(Journey(["HAS_ACCOUNT"])).replace(b"HAS_ACCOUNT", b"FOLLOW_LINK")
        with pytest.raises(ForbiddenStep):
            pickle.loads(written)

    @pytest.mark.parametrize("history", ["LOG_IN", None, 3])
    def test_a_history_is_a_sequence_of_events(self, history: Any) -> None:
        with pytest.raises(WrongType, match=r"^history: .* give the events in their order$"):
            Journey(history)

    def test_another_name_is_refused_with_the_list(self) -> None:
        with pytest.raises(InvalidValue, match=r"^event: 'SIGN'"):
            Journey().after("SIGN")
        with pytest.raises(InvalidValue, match=r"^state: 'GONE'"):
            State("GONE")

    def test_the_error_is_a_value(self) -> None:
        error = ForbiddenStep(0, State.NO_ACCOUNT, Event.LOG_IN, (Event.SUBMIT_FORM,))
        twin = pickle.loads(pickle.dumps(error))
        assert (twin.args, str(twin)) == (error.args, str(error))


@pytest.mark.parametrize("lang", ["fr", "en"])
class TestNextStep:
    """What to do now, with the labels of the site."""

    def test_every_state_has_its_own(self, lang: Lang) -> None:
        told = {journey.explain(lang, width=None) for journey in REACHED.values()}
        assert len(told) == len(State)
        assert set(Words.of(lang).texts["step"]) == set(State)
        assert [text for text in told if "{" in text or not text.endswith(".")] == []

    def test_the_labels_are_those_of_the_site(self, lang: Lang) -> None:
        told = " ".join(journey.explain(lang, width=None) for journey in REACHED.values())
        clicked = {
            key: entry["text"]
            for key, entry in load("labels")["label"].items()
            if entry["guide"][0] < "G92" and key != "back_to_results"
        }
        missing = [label for label in clicked.values() if label not in told]
        assert missing == []

    def test_another_language_is_refused(self, lang: Lang) -> None:
        with pytest.raises(InvalidValue, match="give fr or en"):
            Journey().explain(lang.upper(), width=None)  # type: ignore[arg-type]

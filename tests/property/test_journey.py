"""Any events in any order: a journey beside a model that remembers what the person holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from alin_core.registration.journey import Event, ForbiddenStep, Journey, State
from alin_core.rules.findings import Finding, Outcome

#: What each event brings when all is well.
FINDINGS = {
    Event.SUBMIT_FORM: Finding("account-form", Outcome.MET),
    Event.SET_PASSWORD: Finding("password", Outcome.MET),
    Event.REQUEST_IMPORT: Finding("import-request", Outcome.MET),
    Event.ENTER_ACTIVATION_CODE: Finding("activation-code", Outcome.MET),
    Event.VERIFY_MINI_FORM: Finding("mini-form", Outcome.MET),
    Event.FIND_OLD_DEMAND: Finding("number-validation", Outcome.NOT_MET),
    Event.ENTER_SECURITY_CODE: Finding("security-code", Outcome.MET),
    Event.IDENTITY_MATCHES: Finding("identity-check", Outcome.MET),
    Event.IDENTITY_DIFFERS: Finding("identity-check", Outcome.NOT_MET),
    Event.UPDATE: Finding("update", Outcome.MET),
}


class Model:
    """What the guide lets a person do, told by what that person holds."""

    def __init__(self) -> None:
        self.links = -1  # no form sent yet
        self.account = self.logged_in = self.asked_number = False
        self.demand = ""  # "", then where its import or its validation stands
        self.documents = False

    def possible(self) -> set[str]:
        if not self.account:
            return {-1: {"SUBMIT_FORM", "HAS_ACCOUNT"}, 2: {"SET_PASSWORD"}}.get(
                self.links, {"FOLLOW_LINK"}
            )
        if not self.logged_in:
            return {"LOG_IN"}
        ways = {
            "code sent": {"ENTER_ACTIVATION_CODE", "REQUEST_IMPORT"},
            "imported": {"VERIFY_MINI_FORM", "IDENTITY_DIFFERS"},
            "old": {"REQUEST_SECURITY_CODE"},
            "security code sent": {"REQUEST_SECURITY_CODE", "ENTER_SECURITY_CODE"},
            "validated": {"IDENTITY_MATCHES", "IDENTITY_DIFFERS"},
            "another's": {"DELETE_DEMAND"},
            "ready": {"UPDATE"} if self.documents else {"UPDATE", "CONFIRM_DOCUMENTS"},
        }
        no_demand = {"REQUEST_IMPORT"}
        if not self.asked_number:
            no_demand |= {"HAS_NO_NUMBER", "FIND_OLD_DEMAND"}
        return ways.get(self.demand, no_demand)

    def happened(self, event: str) -> None:
        self.links += event in {"SUBMIT_FORM", "FOLLOW_LINK"}
        self.account |= event in {"SET_PASSWORD", "HAS_ACCOUNT"}
        self.logged_in |= event == "LOG_IN"
        self.documents |= event == "CONFIRM_DOCUMENTS"
        self.asked_number |= event == "HAS_NO_NUMBER"
        if event == "DELETE_DEMAND":
            self.asked_number = False
        self.demand = {
            "REQUEST_IMPORT": "code sent",
            "ENTER_ACTIVATION_CODE": "imported",
            "FIND_OLD_DEMAND": "old",
            "REQUEST_SECURITY_CODE": "security code sent",
            "ENTER_SECURITY_CODE": "validated",
            "IDENTITY_DIFFERS": "another's",
            "DELETE_DEMAND": "",
            "VERIFY_MINI_FORM": "ready",
            "IDENTITY_MATCHES": "ready",
        }.get(event, self.demand)


class Walk(RuleBasedStateMachine):
    """A person who tries anything, mostly what is possible."""

    def __init__(self) -> None:
        super().__init__()
        self.journey, self.model = Journey(), Model()

    def _try(self, event: Event, finding: Finding | None) -> None:
        before = self.journey
        fits = finding == FINDINGS[event] if event in FINDINGS else True
        try:
            self.journey = before.after(event, finding)
        except ForbiddenStep:
            assert event not in self.model.possible() or not fits
            assert self.journey is before
        else:
            assert event in self.model.possible()
            assert fits
            self.model.happened(event)

    @rule(event=st.sampled_from(Event))
    def anything(self, event: Event) -> None:
        self._try(event, FINDINGS.get(event))

    @rule(data=st.data())
    def what_is_possible(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(self.journey.allowed))
        self._try(event, FINDINGS.get(event))

    @rule(event=st.sampled_from(Event), other=st.sampled_from(Event))
    def with_the_finding_of_another(self, event: Event, other: Event) -> None:
        self._try(event, FINDINGS.get(other))

    @invariant()
    def the_guide_and_the_journey_agree(self) -> None:
        assert set(self.journey.allowed) == self.model.possible()
        assert (self.journey.state is State.MAY_APPLY) == self.model.documents

    @invariant()
    def the_history_replays(self) -> None:
        assert Journey(self.journey.history) == self.journey


TestWalk = Walk.TestCase


@given(st.lists(st.sampled_from(Event), max_size=12))
def test_any_list_of_events_is_a_journey_or_is_refused_at_its_first_bad_event(
    events: list[Event],
) -> None:
    model, bad = Model(), None
    for index, event in enumerate(events):
        if event not in model.possible():
            bad = index
            break
        model.happened(event)
    if bad is None:
        assert Journey(events).history == tuple(events)
    else:
        with pytest.raises(ForbiddenStep) as e:
            Journey(events)
        assert e.value.index == bad

"""The steps from no account to the first candidature: one table, and whoever walks it."""

from collections.abc import Iterable
from enum import StrEnum

from attrs import Factory, field

from alin_core.errors import AlinError, member, several
from alin_core.frozen import frozen
from alin_core.law.catalogue import Provenance
from alin_core.rules.findings import MET, NOT_MET, Finding, Outcome
from alin_core.values.arguments import explained
from alin_core.values.languages import Explained

__all__ = ["MOVES", "Event", "ForbiddenStep", "Journey", "Move", "State"]


class State(StrEnum):
    """Where a person stands; clicks inside one page are no states."""

    NO_ACCOUNT = "NO_ACCOUNT"
    #: Created, not confirmed: an e-mail was sent to the address of the account.
    ACCOUNT_REQUESTED = "ACCOUNT_REQUESTED"
    #: The link of the e-mail was followed; its page bears a second one.
    FIRST_LINK_FOLLOWED = "FIRST_LINK_FOLLOWED"
    PASSWORD_TO_CHOOSE = "PASSWORD_TO_CHOOSE"
    ACCOUNT_ACTIVE = "ACCOUNT_ACTIVE"
    LOGGED_IN = "LOGGED_IN"
    #: The number is obtained elsewhere, on the site of the demand.
    WITHOUT_NUMBER = "WITHOUT_NUMBER"
    ACTIVATION_CODE_SENT = "ACTIVATION_CODE_SENT"
    IMPORTED = "IMPORTED"
    #: A demand created on AL'in before its numbers were validated.
    NUMBER_TO_VALIDATE = "NUMBER_TO_VALIDATE"
    SECURITY_CODE_SENT = "SECURITY_CODE_SENT"
    NUMBER_VALIDATED = "NUMBER_VALIDATED"
    #: The identity is not that of the number; the account stays.
    TO_DELETE = "TO_DELETE"
    DASHBOARD = "DASHBOARD"
    #: Documents confirmed: offers may be browsed and applied for.
    MAY_APPLY = "MAY_APPLY"

    @classmethod
    def _missing_(cls, value: object) -> "State":
        return member(cls, value, "state")


class Event(StrEnum):
    """What the person does; what the site does in return is in the state."""

    HAS_ACCOUNT = "HAS_ACCOUNT"
    SUBMIT_FORM = "SUBMIT_FORM"
    FOLLOW_LINK = "FOLLOW_LINK"
    SET_PASSWORD = "SET_PASSWORD"
    LOG_IN = "LOG_IN"
    HAS_NO_NUMBER = "HAS_NO_NUMBER"
    REQUEST_IMPORT = "REQUEST_IMPORT"
    ENTER_ACTIVATION_CODE = "ENTER_ACTIVATION_CODE"
    VERIFY_MINI_FORM = "VERIFY_MINI_FORM"
    FIND_OLD_DEMAND = "FIND_OLD_DEMAND"
    REQUEST_SECURITY_CODE = "REQUEST_SECURITY_CODE"
    ENTER_SECURITY_CODE = "ENTER_SECURITY_CODE"
    IDENTITY_MATCHES = "IDENTITY_MATCHES"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    DELETE_DEMAND = "DELETE_DEMAND"
    CONFIRM_DOCUMENTS = "CONFIRM_DOCUMENTS"
    UPDATE = "UPDATE"

    @classmethod
    def _missing_(cls, value: object) -> "Event":
        return member(cls, value, "event")


@frozen
class Move:
    """One row of the table."""

    state: State = field(converter=State)
    event: Event = field(converter=Event)
    to: State = field(converter=State)
    #: The statement of the guide, or the one that a reading starts from.
    guide: str
    #: The rule whose finding the event must bring; None: the event is enough.
    rule_id: str | None = None
    #: What that finding must answer.
    outcome: Outcome = MET
    provenance: Provenance = Provenance.GUIDE


_READING = Provenance.READING

#: The whole journey: what is not listed is forbidden.
MOVES: tuple[Move, ...] = (
    Move("NO_ACCOUNT", "SUBMIT_FORM", "ACCOUNT_REQUESTED", "G40", "account-form"),
    Move("NO_ACCOUNT", "HAS_ACCOUNT", "ACCOUNT_ACTIVE", "G38"),
    Move("ACCOUNT_REQUESTED", "FOLLOW_LINK", "FIRST_LINK_FOLLOWED", "G42"),
    Move("FIRST_LINK_FOLLOWED", "FOLLOW_LINK", "PASSWORD_TO_CHOOSE", "G43"),
    Move("PASSWORD_TO_CHOOSE", "SET_PASSWORD", "ACCOUNT_ACTIVE", "G48", "password"),
    Move("ACCOUNT_ACTIVE", "LOG_IN", "LOGGED_IN", "G50"),
    Move("LOGGED_IN", "HAS_NO_NUMBER", "WITHOUT_NUMBER", "G52"),
    Move("LOGGED_IN", "REQUEST_IMPORT", "ACTIVATION_CODE_SENT", "G53", "import-request"),
    Move("WITHOUT_NUMBER", "REQUEST_IMPORT", "ACTIVATION_CODE_SENT", "G53", "import-request"),
    Move("ACTIVATION_CODE_SENT", "ENTER_ACTIVATION_CODE", "IMPORTED", "G55", "activation-code"),
    # The guide does not say what to do with an expired code: asking again is the one way there is.
    Move(
        "ACTIVATION_CODE_SENT", "REQUEST_IMPORT", "ACTIVATION_CODE_SENT", "G53", "import-request",
        provenance=_READING,
    ),
    Move("IMPORTED", "VERIFY_MINI_FORM", "DASHBOARD", "G58", "mini-form"),
    Move(
        "IMPORTED", "IDENTITY_DIFFERS", "TO_DELETE", "G79", "identity-check", NOT_MET, _READING
    ),
    Move(
        "LOGGED_IN", "FIND_OLD_DEMAND", "NUMBER_TO_VALIDATE", "G74", "number-validation", NOT_MET
    ),
    Move("NUMBER_TO_VALIDATE", "REQUEST_SECURITY_CODE", "SECURITY_CODE_SENT", "G76"),
    Move("SECURITY_CODE_SENT", "REQUEST_SECURITY_CODE", "SECURITY_CODE_SENT", "G78"),
    Move("SECURITY_CODE_SENT", "ENTER_SECURITY_CODE", "NUMBER_VALIDATED", "G77", "security-code"),
    Move("NUMBER_VALIDATED", "IDENTITY_MATCHES", "DASHBOARD", "G80", "identity-check"),
    Move("NUMBER_VALIDATED", "IDENTITY_DIFFERS", "TO_DELETE", "G79", "identity-check", NOT_MET),
    Move("TO_DELETE", "DELETE_DEMAND", "LOGGED_IN", "G79"),
    Move("DASHBOARD", "CONFIRM_DOCUMENTS", "MAY_APPLY", "G83"),
    Move("DASHBOARD", "UPDATE", "DASHBOARD", "G73", "update"),
    # The guide does not say that an update takes the confirmation back.
    Move("MAY_APPLY", "UPDATE", "MAY_APPLY", "G73", "update", provenance=_READING),
)  # fmt: skip

_TABLE = {(move.state, move.event): move for move in MOVES}


@frozen
class ForbiddenStep(AlinError, ValueError):
    """The table does not allow that event now, or the finding it asks for is not brought."""

    #: How many events came before.
    index: int
    state: State
    event: Event
    #: What is possible instead.
    allowed: tuple[Event, ...]
    #: The rule whose finding was due; None: the table has no such row.
    rule_id: str | None = None
    #: The finding that was brought.
    finding: Finding | None = None

    def __str__(self) -> str:
        place = f"{self.event} is refused in {self.state} (event {self.index})"
        if self.rule_id is None:
            return f"{place}; possible now: {', '.join(self.allowed)}"
        due = f"it asks for a finding of {self.rule_id} that allows it"
        return f"{place}; {due}, not {_told(self.finding)}"


def _told(finding: Finding | None) -> str:
    if finding is None:
        return "none"
    facts = [f"{name} {value}" for name, value in finding.facts]
    reasons = [finding.reason, *facts] if finding.reason else facts
    return f"{finding.outcome} of {finding.rule_id} ({'; '.join(reasons) or 'no reason'})"


def _events(history: Iterable[Event | str]) -> tuple[Event, ...]:
    given = several(history, "history", "the events in their order", in_order=True)
    return tuple(Event(event) for event in given)


def _replayed(history: tuple[Event, ...]) -> State:
    state = State.NO_ACCOUNT
    for index, event in enumerate(history):
        state = _row(index, state, event).to
    return state


def _row(index: int, state: State, event: Event) -> Move:
    if (state, event) not in _TABLE:
        raise ForbiddenStep(index, state, event, _allowed(state))
    return _TABLE[state, event]


def _allowed(state: State) -> tuple[Event, ...]:
    return tuple(move.event for move in MOVES if move.state is state)


@frozen
class Journey(Explained):
    """What a person has done on the way; the state is replayed, hence never impossible.

    >>> journey = Journey(["SUBMIT_FORM", "FOLLOW_LINK"])
    >>> journey.state, journey.allowed
    (<State.FIRST_LINK_FOLLOWED: 'FIRST_LINK_FOLLOWED'>, (<Event.FOLLOW_LINK: 'FOLLOW_LINK'>,))
    >>> print(journey.explain("en"))
    On the page that opened, click “Cliquez ici” once more.

    Events are kept, what they brought is not: no password, code or form is in a journey.
    Raises `ForbiddenStep` for a history that the table forbids, with the place of the event.
    """

    history: tuple[Event, ...] = field(default=(), converter=_events)
    state: State = field(
        init=False, default=Factory(lambda self: _replayed(self.history), takes_self=True)
    )

    @property
    def allowed(self) -> tuple[Event, ...]:
        """What may be done now, some of it with a finding."""
        return _allowed(self.state)

    @explained
    def after(self, event: Event | str, finding: Finding | None = None) -> "Journey":
        """The journey with one event more; `finding` is that of the rule the table names.

        >>> from alin_core.registration.forms import account_form
        >>> Journey().after("SUBMIT_FORM", account_form({}, consent=True))
        Traceback (most recent call last):
        ...
        alin_core.registration.journey.ForbiddenStep: SUBMIT_FORM is refused in NO_ACCOUNT \
(event 0); it asks for a finding of account-form that allows it, not NOT_MET of account-form \
(lacking ('surname', 'first_name', 'birth_date', 'email'))

        Raises `ForbiddenStep`; the journey itself never changes.
        """
        event, index = Event(event), len(self.history)
        move = _row(index, self.state, event)
        answer = None if finding is None else (finding.rule_id, finding.outcome)
        if move.rule_id is not None and answer != (move.rule_id, move.outcome):
            allowed = self.allowed
            raise ForbiddenStep(index, self.state, event, allowed, move.rule_id, finding)
        return Journey((*self.history, event))

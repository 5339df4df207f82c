"""What may happen to a candidature: each event says when, and what it needs.

Who may do it, and when it is allowed, stands in the table of `workflow`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from attrs import field

from alin_core.candidature.rulings import Reason, Refusal, Ruling
from alin_core.errors import InvalidValue, is_a, must_be, several
from alin_core.frozen import frozen
from alin_core.values.amounts import day_field
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber, is_text, unique_number
from alin_core.values.instants import instant_field, paris_day
from alin_core.values.privacy import hidden, masked

__all__ = [
    "Accept",
    "AskDocuments",
    "Cancel",
    "Contact",
    "Decide",
    "Decline",
    "Event",
    "FailCondition",
    "Invalidate",
    "Lapse",
    "MeetCondition",
    "NotifyAward",
    "NotifyCondition",
    "NotifyRank",
    "NotifyRefusal",
    "Offered",
    "PassOver",
    "Promote",
    "Sign",
    "Submit",
    "Transmit",
    "Validate",
    "Visit",
    "Withdraw",
    "events_in_order",
]

#: CCH R441-10: an offer leaves at least this many days to answer.
_DAYS_TO_ANSWER = timedelta(days=10)


@frozen(kw_only=True)
class Event:
    """Something that happened to a candidature.

    One that needs nothing but its instant is a plain subclass, without anything for attrs to make.
    """

    #: When, with its time zone; kept in UTC.
    at: datetime = field(converter=instant_field)


def events_in_order(history: Iterable[Event]) -> tuple[Event, ...]:
    """The events of a history, as they were given; raises `WrongType`."""
    given = several(history, "history", "the events in their order", in_order=True)
    return tuple(must_be(event, Event, "history") for event in given)


def _number(value: UniqueNumber | OpaqueNumber | str) -> UniqueNumber | OpaqueNumber:
    number = unique_number(value)
    if number is None:
        raise InvalidValue("unique_number", value, "give it: who has none cannot apply")
    return number


@frozen(kw_only=True)
class Submit(Event):
    """The applicant applies for one offer (« Je postule »)."""

    #: `Offer.reference`.
    offer: str = field(validator=is_text)
    #: That of the demand.
    unique_number: UniqueNumber | OpaqueNumber = field(converter=_number, repr=hidden)


class Contact(Event):
    """An adviser contacts the applicant to better the chances: it may happen, or not."""

    __slots__ = ()


class Validate(Event):
    """Action Logement validates the file."""

    __slots__ = ()


@frozen(kw_only=True)
class Invalidate(Event):
    """Action Logement does not validate the file."""

    refusal: Refusal = field(validator=is_a(Refusal))


class Transmit(Event):
    """The file goes to the lessor."""

    __slots__ = ()


class AskDocuments(Event):
    """The lessor asks for documents to complete the file."""

    __slots__ = ()


class Visit(Event):
    """The applicant visits the dwelling."""

    __slots__ = ()


def _ruling(value: Ruling | str) -> Ruling:
    return Ruling(value)


def _rank(_instance: object, _attribute: object, rank: int | None) -> None:
    # A technical bound, not law: Python neither prints nor writes what has too many digits.
    if rank is not None and not 1 <= must_be(rank, int, "rank") <= 9_999:
        raise InvalidValue("rank", rank, "give 1 to 9999")


#: What each ruling needs besides its letter.
_NEEDS = {
    Ruling.A: None,
    Ruling.B: "rank",
    Ruling.C: "condition",
    Ruling.D: "refusal",
    Ruling.E: "refusal",
}


@frozen(kw_only=True)
class Decide(Event):
    """The commission of the lessor (CALEOL) decides, by one letter of CCH R441-3.

    >>> from datetime import UTC
    >>> Decide(at=datetime(2026, 11, 23, tzinfo=UTC), ruling="B")
    Traceback (most recent call last):
    ...
    alin_core.errors.InvalidValue: rank: None is refused; ruling B needs one

    Raises `InvalidValue` when a ruling lacks what it needs, or is given what it does not.
    """

    ruling: Ruling = field(converter=_ruling)
    #: Of ruling B, from 1.
    rank: int | None = field(default=None, validator=_rank)
    #: Of ruling C, in the words of the commission.
    condition: str | None = field(default=None, validator=is_text, repr=hidden)
    #: Of rulings D and E.
    refusal: Refusal | None = field(default=None, validator=is_a(Refusal, optional=True))

    def __attrs_post_init__(self) -> None:
        for name in ("rank", "condition", "refusal"):
            value = getattr(self, name)
            if name == _NEEDS[self.ruling] and value is None:
                raise InvalidValue(name, None, f"ruling {self.ruling} needs one")
            if name != _NEEDS[self.ruling] and value is not None:
                told = masked(value) if name == "condition" else value
                raise InvalidValue(name, told, f"ruling {self.ruling} has none; leave it out")


@frozen(kw_only=True)
class Offered(Event):
    """The dwelling is offered, and the offer says until when it may be answered.

    CCH R441-10: never under ten days.
    READING: calendar days in Paris, the day of the offer not counted; the last one counts whole,
    and a Saturday, a Sunday or a holiday is a last day like others.
    """

    #: The last day to answer, in Paris.
    answer_by: date = field(converter=day_field)

    def __attrs_post_init__(self) -> None:
        earliest = paris_day(self.at) + _DAYS_TO_ANSWER
        if self.answer_by < earliest:
            due = "ten days (CCH R441-10), that of the offer excluded (READING)"
            hint = f"give {earliest} or later: {due}"
            raise InvalidValue("answer_by", self.answer_by, hint)


class NotifyAward(Offered):
    """The lessor tells that the dwelling is awarded."""

    __slots__ = ()


class NotifyCondition(Event):
    """The lessor tells that the dwelling is awarded under a condition."""

    __slots__ = ()


class NotifyRank(Event):
    """The lessor tells the rank, which is not the first."""

    __slots__ = ()


class NotifyRefusal(Event):
    """The lessor tells, in writing and with reasons, that the candidature is not retained."""

    __slots__ = ()


class MeetCondition(Offered):
    """The condition is met, and the lessor offers the dwelling."""

    __slots__ = ()


@frozen(kw_only=True)
class FailCondition(Event):
    """The condition is not met."""

    refusal: Refusal = field(default=Refusal(Reason.CONDITION_NOT_MET), validator=is_a(Refusal))


class Promote(Offered):
    """Those before refused, and the lessor offers the dwelling."""

    __slots__ = ()


@frozen(kw_only=True)
class PassOver(Event):
    """Another candidate accepted the dwelling."""

    refusal: Refusal = field(default=Refusal(Reason.ANOTHER_ACCEPTED), validator=is_a(Refusal))


class Accept(Event):
    """The applicant accepts the dwelling."""

    __slots__ = ()


class Decline(Event):
    """The applicant declines the dwelling."""

    __slots__ = ()


class Lapse(Event):
    """No answer came in time: silence is refusal (CCH R441-10)."""

    __slots__ = ()


class Sign(Event):
    """The lease is signed."""

    __slots__ = ()


class Cancel(Event):
    """The applicant cancels (« Annuler cette candidature »)."""

    __slots__ = ()


class Withdraw(Event):
    """The lessor withdraws the offer."""

    __slots__ = ()

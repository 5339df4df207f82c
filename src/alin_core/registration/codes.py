"""The codes that are sent: the one that imports a demand, the one that validates its number."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Self

from attrs import Attribute, field

from alin_core.errors import InvalidValue, MissingInput, WrongType, must_be, several
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.amounts import the_day
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.identifiers import is_text
from alin_core.values.instants import instant, instant_field
from alin_core.values.privacy import hidden

__all__ = [
    "ActivationCode",
    "SecurityCode",
    "check_activation_code",
    "check_security_code",
    "code_text",
    "is_code",
    "number_validation",
    "same_code",
]


def code_text(value: str, name: str) -> str:
    """The text of a code, as typed; an error names its type and never shows it."""
    if not isinstance(value, str):
        raise WrongType(name, type(value), "a text: the zeros at its head count")
    return value


def is_code(_holder: object, attribute: "Attribute[Any]", value: Any) -> None:
    """The validator of a field that holds the text of a code; None where that is allowed."""
    if value is None and attribute.default is None:
        return
    if not code_text(value, attribute.name).strip():  # pyright: ignore[reportArgumentType]
        raise InvalidValue(attribute.name, value, "give the text that was sent")


def _email(demand: Demand) -> str:
    if demand.email is None:
        raise MissingInput(("email",))
    return demand.email


@frozen(kw_only=True)
class ActivationCode:
    """The code that imports a demand; its text is in no `repr`.

    Codes are texts, as the zeros at their head count; no format is given.
    """

    text: str = field(repr=False, validator=is_code)
    #: In UTC, whatever zone it was given in.
    issued_at: datetime = field(converter=instant_field)
    #: The e-mail of the demand, which may not be that of the account.
    sent_to: str = field(validator=is_text, repr=hidden)

    @classmethod
    @explained
    def of(cls, demand: Demand, text: str, *, issued_at: datetime) -> Self:
        """The code sent to the e-mail of the demand; raises `MissingInput` when it has none."""
        return cls(text=text, issued_at=issued_at, sent_to=_email(demand))


@frozen(kw_only=True)
class SecurityCode:
    """The code that validates the number of an old demand; the guide states no life for it."""

    text: str = field(repr=False, validator=is_code)
    #: The e-mail given to obtain the unique number.
    sent_to: str = field(validator=is_text, repr=hidden)

    @classmethod
    @explained
    def of(cls, demand: Demand, text: str) -> Self:
        """The code sent to the e-mail of the demand; raises `MissingInput` when it has none."""
        return cls(text=text, sent_to=_email(demand))


@explained
def check_activation_code(
    code: ActivationCode | None,
    entered: str,
    *,
    at: datetime,
    rulebook: Rulebook | None = None,
) -> Finding:
    """MET for the code that was sent, within 24 hours (guide, « Importer sa demande »).

    Otherwise the reason is `not issued`, `expired` or `wrong`; a code that has expired is not
    compared.
    Hours are real ones, on any night of the year; READING: the last instant is included.

    >>> from datetime import UTC
    >>> sent = datetime(2026, 3, 28, 12, tzinfo=UTC)
    >>> code = ActivationCode(text="012345", issued_at=sent, sent_to="ada@example.org")
    >>> check_activation_code(code, "12345", at=sent).reason
    'wrong'
    >>> check_activation_code(code, "012345", at=sent + timedelta(hours=24)).outcome.value
    'MET'
    """
    rulebook = rulebook or Rulebook.standard()
    hours = rulebook.activation_hours
    at, entered = instant(at), code_text(entered, "entered")
    reason: str | None
    if code is None or at < code.issued_at:
        reason = "not issued"
    elif _is_over(at - code.issued_at, rulebook):
        reason = "expired"
    else:
        reason = None if same_code(code.text, entered) else "wrong"
    outcome = NOT_MET if reason else MET
    return Finding("activation-code", outcome, reason=reason, basis=(("hours", hours),))


def _is_over(age: timedelta, rulebook: Rulebook) -> bool:
    life = timedelta(hours=rulebook.activation_hours)
    return age > life or (age == life and not rulebook.activation_last_instant)


@explained
def number_validation(
    created_on_alin: date | None, *, validated: bool = False, rulebook: Rulebook | None = None
) -> Finding:
    """MET when a simple click updates the demand, NOT_MET when a security code comes first.

    Guide, « Consulter/modifier sa demande »: a demand created on AL'in before 20 April 2021
    validates its number once.
    The day is that of the creation on AL'in, not of the deposit; None: not told, hence UNKNOWN
    unless the number was validated.

    >>> number_validation(date(2021, 4, 19)).outcome.value
    'NOT_MET'
    >>> number_validation(date(2021, 4, 20)).outcome.value
    'MET'
    """
    cutoff = (rulebook or Rulebook.standard()).security_code_before
    facts = (("cutoff", cutoff),)
    day = None if created_on_alin is None else the_day(created_on_alin, "created_on_alin")
    if must_be(validated, bool, "validated"):
        return Finding("number-validation", MET, basis=facts)
    if day is None:
        missing = ("created_on_alin",)
        return Finding("number-validation", UNKNOWN, missing=missing, basis=facts)
    return Finding("number-validation", NOT_MET if day < cutoff else MET, basis=facts)


def check_security_code(sent: Iterable[SecurityCode], entered: str) -> Finding:
    """MET for the last of the codes that were sent: a new one voids the old.

    Guide, « Consulter/modifier sa demande »; otherwise the reason is `not issued`, `void` or
    `wrong`.
    No life and no number of tries are stated, hence none is applied.
    Raises `WrongType` for what is no list of security codes, another kind of code among them.

    >>> codes = [SecurityCode(text=text, sent_to="ada@example.org") for text in ("0071", "4420")]
    >>> check_security_code(codes, "0071").reason
    'void'
    """
    entered = code_text(entered, "entered")
    given = several(sent, "sent", "the codes in the order they were sent", in_order=True)
    reason: str | None
    fits = [same_code(must_be(code, SecurityCode, "sent").text, entered) for code in given]
    if not fits:
        reason = "not issued"
    elif fits[-1]:
        reason = None
    else:
        reason = "void" if any(fits) else "wrong"
    return Finding("security-code", NOT_MET if reason else MET, reason=reason)


def same_code(one: str, other: str) -> bool:
    """Are two codes the same text, compared in constant time?

    The time taken does not tell how many signs are right.
    """
    # Here: it loads OpenSSL, which nothing else needs.
    from hmac import compare_digest

    return compare_digest(_bytes(one), _bytes(other))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

"""JSON both ways: a dossier or a history is read and written; a verdict is written, and redone."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from attrs import asdict, field

from alin_core.candidature.events import Event
from alin_core.eligibility import Assessment
from alin_core.errors import AlinError, InvalidValue, WrongType, must, must_be, several, shown
from alin_core.exchange.faults import MOST_FAULTS, Misread, Refused
from alin_core.exchange.strict_json import day, parsed
from alin_core.exchange.structuring import structured
from alin_core.exchange.unstructuring import plain_assessment, plain_event, plain_value
from alin_core.frozen import frozen
from alin_core.matching import Matches
from alin_core.record import Record
from alin_core.values.amounts import optional_day_field, the_day
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer, repeated_references
from alin_core.workflow import Candidature, ForbiddenEvent

__all__ = [
    "Dossier",
    "DossierError",
    "Fault",
    "date_of",
    "listed",
    "read_as",
    "read_candidature",
    "read_dossier",
    "read_json",
    "read_offers",
    "read_record",
    "schema",
    "to_json",
]

_T = TypeVar("_T")
_SCHEMA = "alin-core/1"


def _demand(value: Demand) -> Demand:
    return must_be(value, Demand, "demand")


def _offers(value: Iterable[Offer]) -> tuple[Offer, ...]:
    given = several(value, "offers", "a list of offers", in_order=True)
    offers = tuple(must_be(offer, Offer, "offers") for offer in given)
    for first, place in repeated_references(offer.reference for offer in offers):
        hint = f"offers {first} and {place} bear it; give each offer its own reference"
        raise InvalidValue("offers", offers[place].reference, hint)
    return offers


@frozen(kw_only=True)
class Dossier:
    """A demand, and the offers it is held against.

    Raises `NotYetBorn` when a person of the household is born after `on`, and `InvalidValue` for
    two offers of one reference, which nothing would tell apart.
    """

    #: Expected date of the lease; None: to be given by who assesses.
    on: date | None = field(default=None, converter=optional_day_field)
    demand: Demand = field(converter=_demand)
    offers: tuple[Offer, ...] = field(converter=_offers)

    def __attrs_post_init__(self) -> None:
        if self.on is not None:
            self.demand.household.born_by(self.on)


@frozen
class Fault:
    """One thing wrong with a dossier or a history, and where.

    >>> print(Fault("offers[2].rent.base", "missing"))
    offers[2].rent.base: missing
    """

    #: Empty for the text as a whole; line and column where the text stops being JSON.
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@frozen
class DossierError(AlinError, ValueError):
    """Not a dossier, nor a history: the first hundred faults, in the order of the document.

    What is missing comes after the rest of its object.
    """

    faults: tuple[Fault, ...]
    #: Are there more than those listed? What follows the last one was not read.
    more: bool = False

    def __str__(self) -> str:
        return "\n".join([*map(str, self.faults), *(["and more"] if self.more else [])])


def read_dossier(text: str | bytes, *, on: date | None = None) -> Dossier:
    """The dossier that a JSON text holds; bytes are UTF-8, and `on` stands for its own `on`.

    >>> read_dossier('{"schema": "alin-core/1", "demand": {"household": {}}, "offers": 3}')
    Traceback (most recent call last):
    ...
    alin_core.exchange.dossier.DossierError: demand.household.applicant: missing
    demand.resources: missing
    offers: a number is refused; give a list

    Raises `DossierError`, which lists the faults: nothing is half read; `NotADate` for `on`.
    """
    raw = read_json(text)
    if on is not None and isinstance(raw, dict):
        raw["on"] = the_day(on).isoformat()
    file = _structured(raw, _File, on=date_of(raw))
    return Dossier(on=file.on, demand=file.demand, offers=file.offers)


def read_offers(text: str | bytes) -> tuple[Offer, ...]:
    """The offers of a dossier, whose demand may be left out; bytes are UTF-8.

    >>> read_offers('{"schema": "alin-core/1", "offers": []}')
    ()

    Raises `DossierError`, which lists the faults, those of a demand included.
    """
    raw = read_json(text)
    return _structured(raw, _OffersFile, on=date_of(raw)).offers


def read_candidature(text: str | bytes) -> Candidature:
    """The candidature whose events a JSON text holds, replayed.

    Raises `DossierError`; for a history that cannot have been, with the place of the first event
    that could not follow.
    """
    return _replayed(text, Candidature)


def read_record(text: str | bytes) -> Record:
    """The record whose events a JSON text holds, replayed.

    >>> read_record('{"schema": "alin-core/1", "history": [{"event": "Apply"}]}')
    Traceback (most recent call last):
    ...
    alin_core.exchange.dossier.DossierError: history[0].event: 'Apply' is refused; give one of \
Submit, Contact, Validate, Invalidate, Transmit, AskDocuments, Visit, Decide, NotifyAward, \
NotifyCondition, NotifyRank, NotifyRefusal, MeetCondition, FailCondition, Promote, PassOver, \
Accept, Decline, Lapse, Sign, Cancel, Withdraw

    What was judged when a candidature was submitted is not asked again.
    Raises `DossierError`, as `read_candidature` does.
    """
    return _replayed(text, Record)


def _replayed(text: str | bytes, made: Callable[[tuple[Event, ...]], _T]) -> _T:
    history = read_as(text, _History).history
    try:
        return made(history)
    except ForbiddenEvent as error:
        fault = Fault(f"history[{error.index}]", str(error))
    except InvalidValue as error:  # a candidature without any event
        fault = Fault("history", error.hint)
    raise DossierError((fault,))


def read_as(text: str | bytes, kind: type[_T]) -> _T:
    """The value of that kind that a JSON text holds; raises `DossierError` for its faults."""
    return _structured(read_json(text), kind)


def read_json(text: str | bytes, read: Callable[[str | bytes], Any] = parsed) -> Any:
    """The JSON value of a text, or what `read` makes of it; raises `DossierError`."""
    if not isinstance(text, str | bytes):
        raise WrongType("text", type(text), "str or bytes")
    try:
        return read(text)
    except UnicodeDecodeError as error:
        fault = Fault("", f"byte {error.start} is not UTF-8; give JSON in UTF-8")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        fault = Fault(where, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except RecursionError:
        fault = Fault("", "nested too deeply")
    raise DossierError((fault,))


def to_json(value: Dossier | Candidature | Record | Assessment | Matches) -> str:
    """The value as JSON; nothing loads a verdict back, `alin_core.exchange.replay` makes it again.

    A candidature and a record are written as their events; a verdict with all it was made from,
    the demand included.

    Keys keep one order, so that two texts compare line by line.
    """
    if isinstance(value, Dossier):
        plain = {"schema": _SCHEMA, **plain_value(value)}
    elif isinstance(value, Candidature | Record):
        plain = {"schema": _SCHEMA, "history": [plain_event(event) for event in value.history]}
    elif isinstance(value, Assessment):
        plain = plain_assessment(value)
    elif isinstance(value, Matches):
        groups = asdict(value, recurse=False)
        plain = {name: [plain_assessment(one) for one in group] for name, group in groups.items()}
    else:
        raise WrongType("value", type(value), "a dossier, a history or a verdict")
    return json.dumps(plain, ensure_ascii=False, indent=2)


def schema() -> str:
    """The JSON Schema of a dossier (draft 2020-12)."""
    # Here, so that reading a dossier does not load it.
    from importlib.resources import files

    text = files("alin_core").joinpath("dossier.schema.json").read_text(encoding="utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2)


_known_schema = must(lambda value: value == _SCHEMA, f"give {shown(_SCHEMA)}")


@frozen(kw_only=True)
class _File:
    schema: str = field(validator=_known_schema)
    on: date | None = None
    demand: Demand
    offers: tuple[Offer, ...]


@frozen(kw_only=True)
class _OffersFile:
    schema: str = field(validator=_known_schema)
    on: date | None = None
    demand: Demand | None = None
    offers: tuple[Offer, ...]


@frozen(kw_only=True)
class _History:
    schema: str = field(validator=_known_schema)
    history: tuple[Event, ...]


def _structured(raw: Any, kind: type[_T], on: date | None = None) -> _T:
    try:
        return structured(raw, kind, on=on)
    except Misread as error:
        faults = error.faults
    raise listed(faults)  # an error that a local name held would hold this frame, and live on


def listed(faults: tuple[tuple[str, str], ...]) -> DossierError:
    """Return the error that lists the faults of a `Misread`, and says whether there are more."""
    first = faults[:MOST_FAULTS]
    return DossierError(
        tuple(Fault(steps.removeprefix("."), message) for steps, message in first),
        more=len(faults) > MOST_FAULTS,
    )


def date_of(raw: Any) -> date | None:
    """The day that an object gives as `on`; None when it gives none that can be read."""
    try:
        return day(raw["on"])
    except (LookupError, TypeError, Refused):  # told where the field itself is read
        return None

# The errors of cattrs take a third argument, which no stub of theirs says.
# pyright: reportCallIssue=false
"""JSON values into the values of the library, each fault with its path."""

import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin

from attrs import Attribute, field, fields, has
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    IterableValidationError,
)
from cattrs.cols import homogenous_tuple_structure_factory, is_frozenset
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from alin_core.errors import AlinError, InvalidValue
from alin_core.events import Event
from alin_core.frozen import frozen
from alin_core.law.findings import Outcome
from alin_core.privacy import hidden, is_private, masked
from alin_core.rules.priority import Tier
from alin_core.strict_json import (
    Refused,
    amount,
    count,
    day,
    faults,
    flag,
    member,
    misplaced,
    moment,
    refusal,
    text,
    typed,
)
from alin_core.transitions import TRANSITIONS
from alin_core.values.amounts import AmountError
from alin_core.values.demand import DataSharing, Demand, PriorityGround
from alin_core.values.employment import Sector
from alin_core.values.household import Person
from alin_core.values.housing import Offer, RentalNorm, Typology, repeated_references
from alin_core.values.identifiers import Commune, OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources
from alin_core.values.rulings import Reason, Ruling

__all__ = ["Misread", "structured"]

_T = TypeVar("_T")
_Hook = Callable[[Any, Any], Any]

#: The date of the dossier being read: no birth in its household may follow it.
_ON: ContextVar[date | None] = ContextVar("_ON", default=None)


@frozen
class Misread(AlinError, ValueError):
    """JSON values that are not what was asked: every fault, as its path and a message."""

    faults: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(f"{path}: {message}" for path, message in self.faults)


def structured(raw: Any, kind: type[_T], *, on: date | None = None) -> _T:
    """The value that JSON values describe.

    >>> structured({"disabled": 1, "birth_date": "1990-05-32"}, Person)
    Traceback (most recent call last):
    ...
    alin_core.structuring.Misread: birth_date: a text like '9999-99-99' is refused; that day does \
not exist
    disabled: 1 is refused; give true or false

    Raises `Misread`, also for a person of a household who is born after `on`.
    """
    token = _ON.set(on)
    try:
        return _CONVERTER.structure(raw, kind)
    except (BaseValidationError, Refused) as error:
        raise Misread(tuple(faults(error))) from None
    finally:
        _ON.reset(token)


@frozen
class _Opaque:
    opaque: OpaqueNumber = field(repr=hidden)


_EVENTS = {row.event.__name__: row.event for row in TRANSITIONS}
_INCOMES = tuple[tuple[int, Decimal], ...]
_POINTS = tuple[tuple[str, int], ...]


def _birth_date(raw: Any, _kind: object) -> date | None:
    born, on = None if raw is None else day(raw), _ON.get()
    if born and on and born > on:
        raise refusal(born, f"not born on {on}, the date of the dossier; count them in unborn")
    return born


def _typology(raw: Any, _kind: object) -> Typology:
    if not isinstance(raw, str) or not re.fullmatch(r"T[1-9][0-9]{0,3}", raw):
        raise refusal(raw, "give T1, T2, T3 and so on")
    return Typology.parse(raw)


def _unique_number(raw: Any, _kind: object) -> str | OpaqueNumber | None:
    if isinstance(raw, dict):
        return _CONVERTER.structure(raw, _Opaque).opaque
    return None if raw is None else text(raw)


def _opaque(raw: Any, _kind: object) -> OpaqueNumber:
    return _told(OpaqueNumber, text(raw))


def _event(raw: Any, _kind: object) -> Event:
    name = typed(raw, dict, "give an object").pop("event", None)
    if not isinstance(name, str) or name not in _EVENTS:
        error = refusal(name, f"give one of {', '.join(_EVENTS)}")
        raise ClassValidationError("Event", [_at("event", error)], Event)
    return _CONVERTER.structure(raw, _EVENTS[name])


def _incomes(raw: Any, _kind: object) -> dict[int, Decimal]:
    errors: list[Exception] = _repeats(typed(raw, dict, "give an object of years and amounts"))
    incomes: dict[int, Decimal] = {}
    for year, income in raw.items():
        try:
            if not re.fullmatch(r"[0-9]{4}", year):
                raise refusal(year, "give a year of four digits")
            incomes[int(year)] = amount(income)
            _told(lambda given: Resources(reference_tax_income=given), {int(year): income})
        except Refused as error:
            errors.append(_at(year, error))
    if errors:
        raise IterableValidationError("reference_tax_income", errors, dict)
    return incomes


def _points(raw: Any, _kind: object) -> dict[str, int]:
    errors = _repeats(typed(raw, dict, "give an object of codes and points"))
    if errors:
        raise IterableValidationError("points", errors, dict)
    return _CONVERTER.structure(raw, dict[str, int])


def _told(convert: Callable[..., _T], *given: object) -> _T:
    try:
        return convert(*given)
    except (InvalidValue, AmountError) as error:
        raise refusal(error.value, error.hint) from None


def _at(name: str, error: Exception) -> Exception:
    error.add_note(AttributeValidationNote("", name, None))
    return error


def _repeats(raw: dict[str, Any]) -> list[Exception]:
    return [_at(key, Refused("given more than once")) for key in getattr(raw, "repeated", ())]


def _several(kind: Any, converter: Converter) -> _Hook:
    members: Any = tuple.__class_getitem__((get_args(kind)[0], ...))
    each = homogenous_tuple_structure_factory(members, converter)

    def structure(raw: Any, _kind: object) -> tuple[Any, ...]:
        given: list[Any] = typed(raw, list, "give a list")
        twins = list(_twins(given)) if get_args(kind)[0] is Offer else []
        try:
            found: tuple[Any, ...] = each(given, kind)
        except IterableValidationError as error:
            raise error.derive([*error.exceptions, *twins]) from None
        if twins:
            raise IterableValidationError("offers", twins, kind)
        if is_frozenset(kind) and len(set(found)) < len(found):
            raise Refused("the list names one of its members twice")
        return found

    return structure


def _twins(raw: list[Any]) -> Iterator[Exception]:
    """The offers whose reference an earlier one bears: nothing would tell the two apart."""
    references = [one.get("reference") if isinstance(one, dict) else None for one in raw]
    told = [name if isinstance(name, str) else place for place, name in enumerate(references)]
    for first, place in repeated_references(told):
        error = refusal(told[place], f"offers[{first}] bears it; give each offer its own reference")
        error.add_note(IterableValidationNote("", place, Offer))
        yield _at("reference", error)


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _attribute(owner: type, attribute: "Attribute[Any]") -> _Hook:
    convert: Any = attribute.converter
    # An attrs Converter holds the function, and hands it the field.
    of_field = getattr(convert, "converter", None)

    def read(raw: Any, kind: Any) -> Any:
        if owner is Person and attribute.name == "birth_date":
            return _birth_date(raw, kind)
        found = _CONVERTER.structure(raw, kind)
        if of_field is not None:
            found = _told(of_field, found, attribute)
        elif convert is not None:
            found = _told(convert, found)
        if attribute.validator is not None:
            _told(attribute.validator, None, attribute, found)
        return found

    def read_unsaid(raw: Any, kind: Any) -> Any:
        try:
            return read(raw, kind)
        except Refused as error:
            unsaid = masked(raw) if isinstance(raw, str) else raw
            raise misplaced(unsaid, error.hint) from None

    return read_unsaid if is_private(attribute) else read


def _instance(owner: Any, converter: Converter) -> _Hook:
    hooks = {
        attribute.name: override(struct_hook=_attribute(owner, attribute))
        for attribute in fields(owner)
        if attribute.init
    }
    build = make_dict_structure_fn(owner, converter, **hooks)  # type: ignore[arg-type]

    def structure(raw: Any, _kind: object) -> Any:
        errors = _repeats(typed(raw, dict, "give an object"))
        try:
            made = build(raw, owner)
        except ClassValidationError as error:
            errors += list(_every(error, raw, build)) or error.exceptions
        if errors:
            raise ClassValidationError(owner.__name__, errors, owner)
        return made

    return structure


#: Fields of a demand that are judged together, whatever is wrong with the others.
_TOGETHER = (
    ("lodged_on", "renewed_on"),
    ("employment", "co_applicant_employment", "attached_siret"),
    ("household", "co_applicant_employment"),
)
#: What a demand needs besides, with which none of them disagrees.
_BARE: dict[str, Any] = {"household": {"applicant": {}, "partner": {}}, "resources": {}}


def _every(error: ClassValidationError, raw: dict[str, Any], build: _Hook) -> Iterator[Exception]:
    """The faults of each field, then those of the fields of a demand that disagree."""
    yield from (inner for inner in error.exceptions if not isinstance(inner, InvalidValue))
    for names in _TOGETHER if error.cl is Demand else ():
        try:
            build(_BARE | {name: raw[name] for name in names if name in raw}, Demand)
        except ClassValidationError as found:
            yield from (inner for inner in found.exceptions if isinstance(inner, InvalidValue))


_LEAVES: dict[Any, _Hook] = {
    bool: flag,
    date: day,
    datetime: moment,
    Decimal: amount,
    int: count,
    str: text,
    OpaqueNumber: _opaque,
    Siret: text,
    Typology: _typology,
    DataSharing: member,
    Outcome: member,
    PriorityGround: member,
    Reason: member,
    RentalNorm: member,
    Ruling: member,
    Sector: member,
    Tier: member,
}


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook_factory(has)(_instance)
    for predicate in (is_frozenset, _is_tuple):
        converter.register_structure_hook_factory(predicate)(_several)
    converter.register_structure_hook_func(lambda kind: kind is Commune, text)
    converter.register_structure_hook_func(lambda kind: kind == _INCOMES, _incomes)
    converter.register_structure_hook_func(lambda kind: kind == _POINTS, _points)
    converter.register_structure_hook_func(
        lambda kind: UniqueNumber in get_args(kind), _unique_number
    )
    converter.register_structure_hook_func(lambda kind: kind is Event, _event)
    for kind, read in _LEAVES.items():
        converter.register_structure_hook(kind, read)
    return converter


_CONVERTER = _converter()

"""JSON values into the values of the library, each fault with its path."""

import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin

from attrs import NOTHING, Attribute, field, fields, has, resolve_types
from cattrs import Converter
from cattrs.cols import is_frozenset

from alin_core.candidature.events import Event
from alin_core.candidature.rulings import Reason, Ruling
from alin_core.candidature.transitions import TRANSITIONS
from alin_core.errors import AlinError, InvalidValue
from alin_core.exchange.faults import Faults, Misread, Refused, key_step, misplaced, refusal
from alin_core.exchange.strict_json import amount, count, day, flag, member, moment, text, typed
from alin_core.frozen import frozen
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier
from alin_core.values.amounts import AmountError
from alin_core.values.demand import DataSharing, Demand, PriorityGround
from alin_core.values.employment import Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, RentalNorm, Typology
from alin_core.values.identifiers import Commune, OpaqueNumber, Siret, UniqueNumber
from alin_core.values.privacy import hidden, is_private, masked
from alin_core.values.resources import Resources

__all__ = ["structured"]

_T = TypeVar("_T")
_Hook = Callable[[Any, Any], Any]

#: The date of the dossier being read: no birth in its household may follow it.
_ON: ContextVar[date | None] = ContextVar("_ON", default=None)


def structured(raw: Any, kind: type[_T], *, on: date | None = None) -> _T:
    """The value that JSON values describe.

    >>> structured({"disabled": 1, "birth_date": "1990-05-32"}, Person)
    Traceback (most recent call last):
    ...
    alin_core.exchange.faults.Misread: disabled: 1 is refused; give true or false
    birth_date: a text like '9999-99-99' is refused; that day does not exist

    Raises `Misread`, also for a person of a household who is born after `on`.
    """
    token = _ON.set(on)
    try:
        return _CONVERTER.structure(raw, kind)
    except (Misread, Refused) as error:
        faults = error.faults
    finally:
        _ON.reset(token)
    raise Misread(faults)  # here, so that it keeps no error of a value, hence no traceback


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
    name = typed(raw, dict, "give an object").get("event")
    if not isinstance(name, str) or name not in _EVENTS:
        raise Misread(((".event", str(refusal(name, f"give one of {', '.join(_EVENTS)}"))),))
    return _CONVERTER.structure(raw, _EVENTS[name])


def _incomes(raw: Any, _kind: object) -> dict[int, Decimal]:
    def read(year: str, income: Any) -> Decimal:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise refusal(year, "give a year of four digits")
        given: Decimal = amount(income)
        _told(lambda one: Resources(reference_tax_income=one), {int(year): income})
        return given

    found = Faults()
    incomes = _members(typed(raw, dict, "give an object of years and amounts"), found, read)
    found.settle()
    return {int(year): income for year, income in incomes.items()}


def _points(raw: Any, _kind: object) -> dict[str, int]:
    def read(code: str, points: Any) -> int:
        text(code)
        return count(points)

    found = Faults()
    points = _members(typed(raw, dict, "give an object of codes and points"), found, read)
    found.settle()
    return points


def _members(raw: dict[str, Any], found: Faults, read: Callable[[str, Any], _T]) -> dict[str, _T]:
    """Read what an object holds, in its order; a key given more than once is a fault."""
    values: dict[str, _T] = {}
    repeated = getattr(raw, "repeated", ())
    for key, value in raw.items():
        if key in repeated:
            found.add(key_step(key), "given more than once")
        try:
            values[key] = read(key, value)
        except (Misread, Refused) as error:
            found.add_all(key_step(key), error)
    return values


def _told(convert: Callable[..., _T], *given: object) -> _T:
    try:
        return convert(*given)
    except (InvalidValue, AmountError) as error:
        raise refusal(error.value, error.hint) from None


def _several(kind: Any, converter: Converter) -> _Hook:
    member_kind = get_args(kind)[0]
    read = converter.get_structure_hook(member_kind)

    def structure(raw: Any, _kind: object) -> tuple[Any, ...]:
        found, items, firsts = Faults(), [], dict[str, int]()
        for place, item in enumerate(typed(raw, list, "give a list")):
            try:
                items.append(read(item, member_kind))
            except (Misread, Refused) as error:
                found.add_all(f"[{place}]", error)
            # Nothing would tell two offers of one reference apart.
            if member_kind is Offer and (twin := _twin(item, place, firsts)) is not None:
                found.add(f"[{place}].reference", twin)
        found.settle()
        if is_frozenset(kind) and len(set(items)) < len(items):
            raise Refused("the list names one of its members twice")
        return tuple(items)

    return structure


def _twin(item: Any, place: int, firsts: dict[str, int]) -> str | None:
    """Return what is wrong with an offer whose reference an earlier one bears."""
    reference = item.get("reference") if isinstance(item, dict) else None
    if not isinstance(reference, str) or (first := firsts.setdefault(reference, place)) == place:
        return None
    return str(refusal(reference, f"offers[{first}] bears it; give each offer its own reference"))


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _attribute(
    owner: type, attribute: "Attribute[Any]", converter: Converter
) -> Callable[[Any], Any]:
    kind: Any = attribute.type
    structure = converter.get_structure_hook(kind)
    convert: Any = attribute.converter
    # An attrs Converter holds the function, and hands it the field.
    of_field = getattr(convert, "converter", None)

    def read(raw: Any) -> Any:
        if owner is Person and attribute.name == "birth_date":
            return _birth_date(raw, kind)
        found = structure(raw, kind)
        if of_field is not None:
            found = _told(of_field, found, attribute)
        elif convert is not None:
            found = _told(convert, found)
        if attribute.validator is not None:
            _told(attribute.validator, None, attribute, found)
        return found

    def read_unsaid(raw: Any) -> Any:
        try:
            return read(raw)
        except Refused as error:
            unsaid = masked(raw) if isinstance(raw, str) else raw
            raise misplaced(unsaid, error.hint) from None

    return read_unsaid if is_private(attribute) else read


def _instance(owner: Any, converter: Converter) -> _Hook:
    given = [attribute for attribute in fields(resolve_types(owner)) if attribute.init]
    known = {attribute.name: _attribute(owner, attribute, converter) for attribute in given}
    due = [attribute.name for attribute in given if attribute.default is NOTHING]
    unknown = f"unknown key; known are {', '.join(known)}"
    if issubclass(owner, Event):  # its class is named beside its fields
        known["event"] = text

    def read(key: str, value: Any) -> Any:
        if key not in known:
            raise Refused(unknown)
        return known[key](value)

    def structure(raw: Any, _kind: object) -> Any:
        found = Faults()
        values = _members(typed(raw, dict, "give an object"), found, read)
        values.pop("event", None)
        for name in due:
            if name not in raw:
                found.add(key_step(name), "missing")
        for several in _judged_together(values, raw) if owner is Demand else ():
            _made(owner, several, found)
        made = None if found else _made(owner, values, found)
        found.settle()
        return made

    return structure


def _made(owner: Callable[..., _T], values: dict[str, Any], found: Faults) -> _T | None:
    try:
        return owner(**values)
    except InvalidValue as error:  # of fields that disagree: the name says which
        found.add("", f"{error.name}: {refusal(error.value, error.hint)}")
    except AlinError as error:
        found.add("", str(error))
    return None


#: Fields of a demand that are judged together, whatever is wrong with the others.
_TOGETHER = (
    ("lodged_on", "renewed_on"),
    ("employment", "co_applicant_employment", "attached_siret"),
    ("household", "co_applicant_employment"),
)
#: Stands for the others: two persons, for the employment of each.
_OTHERS = {
    "household": Household(applicant=Person(), partner=Person()),
    "resources": Resources(),
}


def _judged_together(values: dict[str, Any], raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for names in _TOGETHER:
        given = [name for name in names if name in raw]
        if values.keys() >= set(given):
            yield _OTHERS | {name: values[name] for name in given}


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

"""The root of every error of the library, and the few that several modules share."""

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, TypeVar

from attrs import Attribute, field

from alin_core.frozen import frozen

__all__ = [
    "AlinError",
    "InvalidValue",
    "MissingExtra",
    "MissingInput",
    "NotADate",
    "NotYetBorn",
    "WrongType",
    "is_a",
    "member",
    "must",
    "must_be",
    "several",
    "shown",
]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


class AlinError(Exception):
    """Root of the errors raised for a broken call; a household that fails a rule never raises."""


def shown(value: object, longest: int = 80) -> str:
    """The value as an error quotes it: its `repr`, cut when it is long; a day as it is written.

    Of what could hold anything, a mapping or a value of the caller's own, only the type is told,
    and of lists in lists in lists, which Python may be unable to print.

    >>> shown("T0"), shown({"surname": "Martin"})
    ("'T0'", 'a value of type dict')
    """
    if not _may_be_shown(value):
        return f"a value of type {type(value).__name__}"
    try:
        text = value.isoformat() if type(value) is date else repr(value)
    except ValueError:  # Python refuses to print an integer of more than 4 300 digits
        return f"a value of type {type(value).__name__} too large to print"
    return text if len(text) <= longest else f"{text[:longest]}…"


def _said(kind: type) -> str:
    return kind.__name__


#: What is told as it is; the values of the library hide by themselves what is private.
_PLAIN = (str, int, float, Decimal, date, StrEnum, type, NoneType)


def _may_be_shown(value: object, deepest: int = 3) -> bool:
    if isinstance(value, tuple | list | frozenset | set):
        return deepest > 0 and all(_may_be_shown(one, deepest - 1) for one in value)
    return isinstance(value, _PLAIN) or type(value).__module__.startswith("alin_core.")


@frozen
class InvalidValue(AlinError, ValueError):
    """A value that cannot be: which field, the value itself, and what to give instead."""

    name: str
    value: Any = field(repr=shown)
    hint: str

    def __str__(self) -> str:
        return f"{self.name}: {shown(self.value)} is refused; {self.hint}"


@frozen
class WrongType(AlinError, TypeError):
    """A field received something of another type: a mapping for a person, 1 for True.

    The value is not kept: nobody knows what it holds.
    """

    name: str
    found: type
    expected: str

    def __str__(self) -> str:
        return f"{self.name}: a value of type {_said(self.found)} is refused; give {self.expected}"


@frozen
class NotADate(AlinError, TypeError):
    """A day was due. A datetime is refused: its day depends on a time zone we do not know."""

    name: str
    found: type

    def __str__(self) -> str:
        return f"{self.name}: a value of type {_said(self.found)} is no day; give a datetime.date"


@frozen
class NotYetBorn(AlinError, ValueError):
    """A person declared as living there is born after that day."""

    on: date

    def __str__(self) -> str:
        return f"a person of the household is not born on {self.on}; count them in unborn"


@frozen
class MissingInput(AlinError, LookupError):
    """The answer depends on inputs that are unknown; `paths` names them."""

    paths: tuple[str, ...]

    def __str__(self) -> str:
        return f"the answer depends on {', '.join(self.paths)}; give a value"


@frozen
class MissingExtra(AlinError, ImportError):
    """What is asked needs an optional dependency; `extra` is the name that installs it."""

    extra: str

    def __str__(self) -> str:
        return f"the extra {self.extra} is not installed; run pip install 'alin-core[{self.extra}]'"


def must_be(value: object, kind: type[_T], name: str) -> _T:
    """The value itself when it is of that type; a bool is no int.

    >>> must_be(1, bool, "disabled")
    Traceback (most recent call last):
    ...
    alin_core.errors.WrongType: disabled: a value of type int is refused; give bool
    """
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise WrongType(name, type(value), _said(kind))
    return value


#: What iterates, and whose items do not say the same.
_MISTAKEN = (str, bytes, bytearray, memoryview, Mapping)


def several(value: Iterable[_T], name: str, due: str, *, in_order: bool = False) -> tuple[_T, ...]:
    """The items of a list or, where their order does not count, of a set.

    >>> several({"LEGAL", "OTHER"}, "tiers", "a list, first to last", in_order=True)
    Traceback (most recent call last):
    ...
    alin_core.errors.WrongType: tiers: a value of type set is refused; give a list, first to last

    Raises `WrongType` for what iterates too and does not say the same: a text gives its letters,
    bytes numbers, a mapping its keys without their values, a set an order that nobody chose.
    """
    mistaken = isinstance(value, _MISTAKEN) or (in_order and isinstance(value, Set))
    if mistaken or not isinstance(value, Iterable):
        raise WrongType(name, type(value), due)
    return tuple(value)


def is_a(kind: type, *, optional: bool = False) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """The validator of a field that holds one type, or None when that is allowed."""

    def validate(_instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if not (optional and value is None):
            must_be(value, kind, attribute.name)

    return validate


def member(kind: type[_E], value: object, name: str) -> _E:
    """The member of an enumeration that a text names, whatever its case.

    Raises `InvalidValue`, whose hint lists the members.
    """
    text = value.strip() if isinstance(value, str) else ""
    # Beyond ASCII, capitals are other characters: « ſ » would be read as S.
    text = text.upper() if text.isascii() else ""
    if text not in kind.__members__:
        raise InvalidValue(name, value, f"give one of {', '.join(kind.__members__)}")
    return kind[text]


def must(
    holds: Callable[[Any], bool], hint: str
) -> Callable[[object, "Attribute[Any]", Any], None]:
    """The validator of a field of which that holds; else it raises `InvalidValue` with the hint."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if not holds(value):
            raise InvalidValue(attribute.name, value, hint)

    return check

"""JSON values read to the letter: numbers exact, repeated keys noticed, nothing converted."""

import json
import re
from collections.abc import Set
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any, TypeVar

from alin_core.exchange.faults import misplaced, refusal
from alin_core.values.privacy import masked

__all__ = [
    "JsonObject",
    "amount",
    "count",
    "day",
    "flag",
    "member",
    "moment",
    "parsed",
    "parsed_texts",
    "text",
    "typed",
]

_E = TypeVar("_E", bound=StrEnum)

#: What JSON calls white space, between two values.
_SPACES = (" ", "\t", "\n", "\r")
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = (
    rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?"
    "(Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


_NONE_REPEATED: Set[str] = frozenset()


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which keys its text repeats."""

    # A text may be made of empty ones: each is one small block.
    __slots__ = ("repeated",)
    repeated: Set[str]

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = _NONE_REPEATED if len(self) == len(pairs) else _repeated(pairs)


def _repeated(pairs: list[tuple[str, Any]]) -> Set[str]:
    seen, again = set[str](), set[str]()
    for key, _ in pairs:
        (again if key in seen else seen).add(key)
    return again


def parsed(json_text: str | bytes) -> Any:
    """The JSON value of a text; bytes are UTF-8, a byte order mark is passed over.

    >>> parsed('{"base": 612.40}')
    {'base': Decimal('612.40')}

    Raises `UnicodeDecodeError`, `json.JSONDecodeError`, and `RecursionError`.
    """
    return _DECODER.decode(_decoded(json_text))


def parsed_texts(json_text: str | bytes) -> list[Any]:
    """The JSON values of a text that holds one after another, at least one.

    >>> parsed_texts('{"base": 612.40} {"base": 598}')
    [{'base': Decimal('612.40')}, {'base': 598}]

    Raises what `parsed` raises.
    """
    decoded = _decoded(json_text)
    values: list[Any] = []
    place = _past_space(decoded, 0)
    while not values or place < len(decoded):
        value, end = _DECODER.raw_decode(decoded, place)
        values.append(value)
        place = _past_space(decoded, end)
    return values


def _past_space(decoded: str, place: int) -> int:
    while decoded[place : place + 1] in _SPACES:
        place += 1
    return place


def _decoded(json_text: str | bytes) -> str:
    decoded = json_text.decode() if isinstance(json_text, bytes) else json_text
    return decoded.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _decimal(digits: str) -> Decimal:
    # An exponent past what a Decimal holds becomes NaN, whatever the caller's context traps.
    return Decimal(digits, Context(traps=[]))


def _integer(digits: str) -> int | Decimal:
    try:
        return int(digits)
    except ValueError:  # Python refuses to read an integer of more than 4 300 digits
        return _decimal(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=JsonObject,
    parse_float=_decimal,
    parse_int=_integer,
    parse_constant=Decimal,  # NaN, Infinity: the field that holds one refuses it
)


def typed(raw: Any, kind: type | tuple[type, ...], hint: str) -> Any:
    """The value itself when it is of that type; a bool is no number."""
    if not isinstance(raw, kind) or (isinstance(raw, bool) and kind is not bool):
        raise (misplaced if kind in (dict, list) else refusal)(raw, hint)
    return raw


# What fields hold. The second argument is the type that cattrs asks for.


def flag(raw: Any, _kind: object = bool) -> bool:
    """A truth value; 1 is none."""
    return bool(typed(raw, bool, "give true or false"))


def count(raw: Any, _kind: object = int) -> int:
    """A whole number; "3" and 3.0 are none."""
    return int(typed(raw, int, "give a whole number"))


def amount(raw: Any, _kind: object = Decimal) -> Any:
    """What the converter of an amount may read: a number, or a text."""
    return typed(raw, (str, int, Decimal), 'give a number, or a text like "612.40"')


def text(raw: Any, _kind: object = str) -> str:
    """A text that UTF-8 can write: JSON may escape half of a surrogate pair."""
    found = str(typed(raw, str, "give a text"))
    try:
        found.encode()
    except UnicodeEncodeError:
        raise refusal(masked(found), "it holds half of a character") from None
    return found


def day(raw: Any, _kind: object = date) -> date:
    """A day as ISO 8601 writes it with dashes."""
    hint = "give a day such as 2026-11-23"
    # fromisoformat alone would accept 20261123 and 2026-W48-1.
    if not re.fullmatch(_DAY, typed(raw, str, hint)):
        raise refusal(raw, hint)
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise refusal(raw, "that day does not exist") from None


def moment(raw: Any, _kind: object = datetime) -> datetime:
    """An instant as ISO 8601 writes it, with its offset from UTC."""
    hint = "give an instant with its offset, such as 2026-11-23T10:00:00+01:00"
    written = typed(raw, str, hint)
    # fromisoformat alone would accept +01:75, and other shapes in later Pythons.
    if not re.fullmatch(_MOMENT, written):
        raise refusal(raw, hint)
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise refusal(raw, "that instant does not exist") from None


def member(raw: Any, kind: type[_E]) -> _E:
    """The member of an enumeration that bears exactly that name."""
    if not isinstance(raw, str) or raw not in kind.__members__:
        raise refusal(raw, f"give one of {', '.join(kind.__members__)}")
    return kind[raw]

"""What an error or a `repr` may show of what names a person or opens a door: never the thing."""

from typing import Any

from attrs import Attribute

from alin_core.frozen import frozen

__all__ = ["Masked", "hidden", "is_private", "masked"]

#: Signs that a shape keeps, as they tell one writing from another.
_KEPT = frozenset(" -.,:/|@+'")
_LONGEST = 80


@frozen
class Masked:
    """What an error holds and quotes in the place of a private value.

    >>> Masked("9999-99-99")
    a text like '9999-99-99'
    """

    shape: str

    def __repr__(self) -> str:
        return f"a text like {self.shape!r}"


def masked(text: str) -> Masked:
    """The shape of a text: 9 for a digit, A for a letter, ? for a sign that no form asks for.

    >>> masked("111 10 23 000123 gdpub")
    a text like '999 99 99 999999 AAAAA'
    """
    return Masked("".join(map(_sign, text[:_LONGEST])) + "…" * (len(text) > _LONGEST))


def _sign(sign: str) -> str:
    if sign.isdigit():
        return "9"
    if sign.isalpha():
        return "A"
    return sign if sign in _KEPT else "?"


def hidden(value: object) -> str:
    """The `repr` of a field that is private: only whether there is something in it.

    >>> hidden("ada@example.org"), hidden(None)
    ('…', 'None')
    """
    return "None" if value is None else "…"


def is_private(attribute: "Attribute[Any]") -> bool:
    """Is that field in no `repr`? Then no error may quote it either."""
    return attribute.repr in (False, hidden)

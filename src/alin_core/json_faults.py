"""What is wrong with JSON values, each fault with its path."""

import re
from collections.abc import Iterator

from attrs import fields
from cattrs import BaseValidationError, ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote

from alin_core.errors import InvalidValue, shown
from alin_core.strict_json import refusal

__all__ = ["faults", "key_step"]


def faults(error: BaseException, path: str = "") -> Iterator[tuple[str, str]]:
    """Every fault that an error of cattrs groups, as its path and a message."""
    path += _step(error)
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from faults(inner, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(attribute.name for attribute in fields(error.cl) if attribute.init)
        for key in sorted(error.extra_fields):
            yield ((path + key_step(key)).removeprefix("."), f"unknown key; known are {known}")
    elif isinstance(error, KeyError):
        yield (path.removeprefix("."), "missing")
    elif isinstance(error, InvalidValue):  # of fields that disagree: the name says which
        message = f"{error.name}: {refusal(error.value, error.hint)}"
        yield (path.removeprefix("."), message)
    else:
        yield (path.removeprefix("."), str(error))


def _step(error: BaseException) -> str:
    notes = getattr(error, "__notes__", ())
    return "".join(
        key_step(note.name)
        if isinstance(note, AttributeValidationNote)
        else f"[{note.index}]"
        if isinstance(note.index, int)
        else key_step(note.index)
        for note in notes
    )


def key_step(name: str) -> str:
    """What a key adds to a path.

    >>> key_step("offer"), key_step("two words")
    ('.offer', "['two words']")
    """
    return f".{name}" if re.fullmatch(r"\w{1,40}", name, re.ASCII) else f"[{shown(name, 40)}]"

"""What is wrong with JSON values: each fault with its path, the first hundred of a text."""

import json
import re
from datetime import date
from decimal import Decimal

from alin_core.errors import AlinError, shown
from alin_core.frozen import frozen

__all__ = ["MOST_FAULTS", "Faults", "Misread", "Refused", "key_step", "misplaced", "refusal"]

#: What is told by its kind where something larger is due.
_PLAIN: dict[type, str] = {str: "a text", int: "a number", Decimal: "a number"}


@frozen
class Refused(AlinError, ValueError):
    """A JSON value is not what its place asks for; who knows the place adds it."""

    message: str
    #: What to give instead; empty: the message says it all.
    hint: str = ""

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """The one fault, as `Misread` lists those of a larger value."""
        return (("", self.message),)

    def __str__(self) -> str:
        return self.message


#: How many faults an error lists, the first of the document: a hostile text has one a byte.
MOST_FAULTS = 100


@frozen
class Misread(AlinError, ValueError):
    """JSON values that are not what was asked: the first faults, as steps and a message."""

    #: In the order of the document, what is missing after the rest of its object; one more than
    #: `MOST_FAULTS` says that there are more.
    faults: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(f"{steps.removeprefix('.')}: {message}" for steps, message in self.faults)


class Faults:
    """Collect what is wrong with a JSON value while it is read in its order.

    Texts are kept, never the errors: an error holds its traceback, hence all that was being read.
    """

    def __init__(self) -> None:
        self._met: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._met)

    def add(self, steps: str, message: str) -> None:
        """Keep one fault; raise `Misread` for one more than are listed, as enough is known."""
        self._met.append((steps, message))
        if len(self._met) > MOST_FAULTS:
            self.settle()

    def add_all(self, step: str, error: Refused | Misread) -> None:
        """Keep the faults of a value that stands at that step."""
        for steps, message in error.faults:
            self.add(step + steps, message)

    def settle(self) -> None:
        """Raise `Misread` if there is any fault."""
        if self._met:
            raise Misread(tuple(self._met))


def refusal(value: object, hint: str) -> Refused:
    """The error that quotes the value as JSON would, and says what to give instead.

    >>> print(refusal(None, "give a text"))
    null is refused; give a text
    """
    if isinstance(value, dict | list):
        quoted = "an object" if isinstance(value, dict) else "a list"
    elif value is None or isinstance(value, bool):
        quoted = json.dumps(value)
    elif isinstance(value, Decimal | date):
        quoted = str(value)[:80]
    else:
        quoted = shown(value)
    return Refused(f"{quoted} is refused; {hint}", hint)


def misplaced(value: object, hint: str) -> Refused:
    """The error of what stands where an object or a list is due: its kind alone, never the value.

    A name or a number where a whole person is due is private, whatever that place is.

    >>> print(misplaced("Camille Martin", "give an object"))
    a text is refused; give an object
    """
    kind = _PLAIN.get(type(value))
    return Refused(f"{kind} is refused; {hint}", hint) if kind else refusal(value, hint)


def key_step(name: str) -> str:
    """What a key adds to a path.

    >>> key_step("offer"), key_step("two words")
    ('.offer', "['two words']")
    """
    return f".{name}" if re.fullmatch(r"\w{1,40}", name, re.ASCII) else f"[{shown(name, 40)}]"

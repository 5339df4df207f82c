"""What commands read and tell: files, days, pages, faults, and how far they are."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from io import BytesIO
from pathlib import Path
from signal import SIGTERM, signal
from typing import BinaryIO, TextIO

from attrs import field

from alin_core.errors import AlinError, InvalidValue
from alin_core.frozen import frozen
from alin_core.text.wording import Words, legible

__all__ = [
    "Differing",
    "day",
    "ended_by_sigterm",
    "let_go",
    "opened",
    "read",
    "set_up",
    "show",
    "tell",
    "tell_crash",
    "tell_progress",
]

#: Items between two tellings of how far a reading is.
_STEP = 1_000


@frozen
class Differing(AlinError):
    """What was compared is not the same; the page says where, and is still to be printed."""

    page: str = field(repr=False)


def day(text: str, name: str = "--on") -> date:
    """A day given on the command line."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:  # 20261123 is a date to Python, not to a dossier
        raise InvalidValue(name, text, "give a day such as 2026-11-23")
    return found


def opened(name: str, what: str) -> AbstractContextManager[BinaryIO]:
    """The file of that name, standard input for `-`; `what` is its argument, for the error."""
    if name == "-":
        return nullcontext(BytesIO() if sys.stdin is None else sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can bear
        raise InvalidValue(what, name, f"no file can be read: {error.args[-1]}") from None


def read(name: str, what: str) -> bytes:
    """The whole of a file."""
    with opened(name, what) as file:
        return file.read()


def set_up(stream: TextIO | None, **how: str) -> None:
    """Change how an output writes its signs; one of the caller's own may only take texts."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**how)


def show(found: str | Iterator[str], *, as_json: bool) -> None:
    """Print the pages of a command; JSON is UTF-8 on every output, for programs read it again."""
    if as_json:
        set_up(sys.stdout, encoding="utf-8")
    for text in (found,) if isinstance(found, str) else found:
        print(_escaped(text) if as_json else text)
    if sys.stdout is not None:  # closed by the caller, `>&-`: nobody reads
        sys.stdout.flush()


def _escaped(json_text: str) -> str:
    """The same JSON, with what moves a cursor or turns a line round as JSON escapes it."""

    def escape(found: re.Match[str]) -> str:
        return found[0] if legible(found[0]) == found[0] else json.dumps(found[0])[1:-1]

    return re.sub(r"[^ -~\n]", escape, json_text)


def tell(error: object) -> None:
    """A fault, on standard error, one line under another."""
    _write("alin: " + "\n      ".join(map(legible, str(error).split("\n"))))


def tell_crash() -> None:
    """The error being handled, which is none of ours, and what to do about it."""
    from traceback import format_exc

    tell(
        f"this is a fault of alin: report these lines, without what names a person\n{format_exc()}"
    )


def tell_progress(count: int, words: Words) -> None:
    """Where the pages go to a file, the terminal counts the demands."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    if count % _STEP == 0 and watched and not (sys.stdout and sys.stdout.isatty()):
        _write(words.say("import.progress", number=words.number(count)))


def _write(line: str) -> None:
    if sys.stderr is None:  # `print` would turn to standard output
        return
    try:
        print(line, file=sys.stderr)
    except OSError:  # a full disk, a reader that is gone: nobody can be told
        sys.stderr = None


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM raise `SystemExit` meanwhile, so that temporary files go."""

    def end(*_: object) -> None:
        raise SystemExit(128 + SIGTERM)

    before = signal(SIGTERM, end)
    try:
        yield
    finally:
        signal(SIGTERM, before)


def let_go() -> None:
    """Drop an output that takes no more, or Python fails on it again on its way out."""
    for name in ("stdout", "stderr"):
        try:
            if getattr(sys, name) is not None:
                getattr(sys, name).flush()
        except OSError:
            setattr(sys, name, None)

"""Reads the national XML of demands (SNE, `interfaceNuu` 02.00), demand after demand.

It needs the extra `sne`.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from alin_core.errors import AlinError, WrongType, must_be
from alin_core.law.rulebook import Rulebook
from alin_core.national_xml.values import Note, NoteReason, RefusedDemand, SneDemand, SneError

if TYPE_CHECKING:
    from alin_core.national_xml.stream import Stream

__all__ = ["read_demands"]

_VERSION = "02.00"


def read_demands(
    source: str | Path | bytes | BinaryIO, *, rulebook: Rulebook | None = None
) -> Iterator[SneDemand | RefusedDemand]:
    """The demands of a file, in its order; one with an impossible value is refused alone.

    The source is a path, the bytes themselves, or a binary file.
    One demand is in memory at a time, whatever the size of the file.
    The rulebook says whether a missing tax income stands on a common notice.

    >>> next(read_demands(b"<interfaceNuu><demande>"))
    Traceback (most recent call last):
    ...
    alin_core.national_xml.values.SneError: line 1, interfaceNuu/demande: the file stops before \
its end

    Raises `SneError`, once it is reached, where the file itself cannot be read; `OSError` when
    there is no such file; `MissingExtra` without defusedxml.
    """
    rulebook = must_be(rulebook or Rulebook.standard(), Rulebook, "rulebook")
    if isinstance(source, bytes):
        return _demands(BytesIO(source), rulebook)
    if isinstance(source, str) and "<" in source:  # the text itself, quoted if taken for a path
        raise WrongType("source", str, "a path, bytes, or a binary file")
    if isinstance(source, str | Path):
        return _demands_at(Path(source), rulebook)
    if not hasattr(source, "read"):
        raise WrongType("source", type(source), "a path, bytes, or a binary file")
    return _demands(source, rulebook)


def _demands_at(path: Path, rulebook: Rulebook) -> Iterator[SneDemand | RefusedDemand]:
    with path.open("rb") as file:
        yield from _demands(file, rulebook)


def _demands(file: BinaryIO, rulebook: Rulebook) -> Iterator[SneDemand | RefusedDemand]:
    # Here, so that importing the library loads none of it.
    from alin_core.national_xml.elements import Refusal
    from alin_core.national_xml.mapping import read_demand
    from alin_core.national_xml.stream import Stream

    stream = Stream(file)
    for element in stream.demands():
        path = f"demandeLogement[{stream.count}]"
        try:
            found = read_demand(element, path, stream.file_date, _notes(stream), rulebook)
        except Refusal as refusal:
            yield RefusedDemand(f"{path}/{refusal.path}", refusal.error)
        except AlinError as error:  # of values that sum past every bound
            yield RefusedDemand(path, error)
        else:
            yield found
    if not stream.count:
        raise SneError("no demande/demandeLogement in the file", stream.line, "interfaceNuu")


def _notes(stream: "Stream") -> list[Note]:
    """What every demand of the file has to be told."""
    notes = []
    if stream.version is None:
        notes.append(Note("interfaceNuu@versionInterface", NoteReason.ABSENT))
    elif stream.version != _VERSION:
        reason = NoteReason.UNKNOWN_VERSION
        notes.append(Note("interfaceNuu@versionInterface", reason, stream.version))
    if stream.file_date is None and stream.misdated is not None:
        notes.append(Note("entete/dateFichier", NoteReason.UNKNOWN_FILE_DATE, stream.misdated))
    elif stream.file_date is None:
        notes.append(Note("entete/dateFichier", NoteReason.NO_FILE_DATE))
    return notes

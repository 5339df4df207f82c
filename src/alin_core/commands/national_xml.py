"""`alin import`: what the national XML of demands says."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from alin_core.commands.terminal import opened, tell, tell_progress
from alin_core.errors import AlinError, NotYetBorn
from alin_core.frozen import frozen
from alin_core.national_xml.values import RefusedDemand, SneDemand
from alin_core.sne import read_demands
from alin_core.text.wording import Words

__all__ = ["demands", "run"]


@frozen
class _Refused(AlinError):
    """Some demands of a file were refused, each told before."""

    count: int

    def __str__(self) -> str:
        return f"refused demands: {self.count}, told above; the others were read"


def run(asked: Namespace) -> Iterator[str]:
    """Each demand of the file, with its notes."""
    words = Words.of(asked.lang)
    return (read.explain(words.lang) for read in demands(asked.file, words))


def demands(name: str, words: Words, on: date | None = None) -> Iterator[SneDemand]:
    """The demands of a file; the refused ones are told as they come, and counted at the end.

    A demand that names someone who is not born on the day of the lease is one of those.
    """
    refused = 0
    with opened(name, "FILE") as file:
        for count, read in enumerate(read_demands(file), 1):
            tell_progress(count, words)
            held = read if on is None else _born_by(on, read)
            if isinstance(held, RefusedDemand):
                refused += 1
                tell(held)
            else:
                yield held
    if refused:
        raise _Refused(refused)


def _born_by(on: date, read: SneDemand | RefusedDemand) -> SneDemand | RefusedDemand:
    try:
        if isinstance(read, SneDemand):
            read.demand.household.born_by(on)
    except NotYetBorn as error:
        return RefusedDemand(read.path, error)
    return read

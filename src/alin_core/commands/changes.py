"""`alin changes`: which figures changed between two days, and whom of the examples that flips."""

from argparse import Namespace

from alin_core.changes.between import changes_between
from alin_core.commands.terminal import day
from alin_core.errors import InvalidValue
from alin_core.exchange.changes import changes_to_json

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """Each table with the figures that differ, then the verdicts that do."""
    first, last = day(asked.first, "--from"), day(asked.last, "--to")
    if last < first:
        raise InvalidValue("--to", last, f"give a day from {first} on, that of --from")
    changes = changes_between(first, last)
    return changes_to_json(changes) if asked.json else changes.explain(asked.lang)

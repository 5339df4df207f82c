"""`alin verify`: are the verdicts of a file those that follow from its inputs now?"""

from argparse import Namespace
from collections.abc import Iterator

from alin_core.commands.terminal import Differing, read
from alin_core.replay import verify
from alin_core.replay_pages import verification_text, verification_to_json

__all__ = ["run"]


def run(asked: Namespace) -> Iterator[str]:
    """What differs; the command then ends with 1."""
    verification = verify(read(asked.verdict, "VERDICT"))
    if asked.json:
        yield verification_to_json(verification)
    else:
        yield verification_text(verification, asked.lang)
    if verification.differing:
        raise Differing

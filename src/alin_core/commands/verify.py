"""`alin verify`: are the verdicts of a file those that follow from its inputs now?"""

from argparse import Namespace

from alin_core.commands.terminal import Differing, read
from alin_core.exchange.replay import verify
from alin_core.replay_pages import verification_text, verification_to_json

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """What differs; raises `Differing`, with the same page, where a verdict does."""
    verification = verify(read(asked.verdict, "VERDICT"))
    if asked.json:
        page = verification_to_json(verification)
    else:
        page = verification_text(verification, asked.lang)
    if verification.differing:
        raise Differing(page)
    return page

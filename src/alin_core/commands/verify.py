"""`alin verify`: are the verdicts of a file those that follow from its inputs now?"""

from argparse import Namespace

from alin_core.commands.terminal import Differing, read
from alin_core.exchange.replay import verification_to_json, verify

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """What differs; raises `Differing`, with the same page, where a verdict does."""
    verification = verify(read(asked.verdict, "VERDICT"))
    page = verification_to_json(verification) if asked.json else verification.explain(asked.lang)
    if verification.differing:
        raise Differing(page)
    return page

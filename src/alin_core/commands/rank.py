"""`alin rank`: the candidatures on one offer in order."""

from argparse import Namespace

from alin_core.commands.terminal import read
from alin_core.exchange.ranking import ranking_to_json, read_ranking

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """The ranking that a file asks for."""
    ranking = read_ranking(read(asked.file, "FILE"), first=asked.first)
    return ranking_to_json(ranking) if asked.json else ranking.explain(asked.lang)

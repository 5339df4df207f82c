"""`alin schema`: the JSON Schema of a dossier."""

from argparse import Namespace

from alin_core.exchange.dossier import schema

__all__ = ["run"]


def run(_asked: Namespace) -> str:
    """The schema."""
    return schema()

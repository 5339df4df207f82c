"""`alin workflow`: the table of a candidature's life."""

from argparse import Namespace

from alin_core.candidature.transitions import transitions_markdown, transitions_mermaid

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """The table, or the diagram."""
    return transitions_mermaid() if asked.mermaid else transitions_markdown()

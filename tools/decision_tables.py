"""Every decision table by its name: each is printed on the page of its rule.

    python tools/decision_tables.py typology

prints one as Markdown.
"""

import sys
from functools import cache

from tools.decisions import DecisionTable
from tools.priority_tables import priority_tables
from tools.process_tables import process_tables
from tools.verdict_tables import verdict_tables

__all__ = ["decision_tables", "printed"]


def main(name: str) -> int:
    """Print one table."""
    print(printed(name))
    return 0


@cache
def decision_tables() -> dict[str, DecisionTable]:
    """In the order of the pages."""
    made = (*verdict_tables(), *priority_tables(), *process_tables())
    return {table.name: table for table in made}


_NOTE = """:::{fr}
Cette table est faite en interrogeant la règle `%s`, de part et d’autre de chaque seuil.
Chaque cas tombe dans une ligne et une seule, ce que vérifient les tests.
:::

:::{en}
This table is made by asking the rule `%s`, on both sides of every threshold.
Every case falls in one row and only one, which the tests check.
:::
"""


def printed(name: str) -> str:
    """What the page of the rule shows."""
    table = decision_tables()[name]
    return f"{_NOTE % (table.rule_id, table.rule_id)}\n{table.markdown()}\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

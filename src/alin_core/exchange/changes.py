"""What changed in the law between two days, as JSON."""

import json
from typing import Any

from alin_core.changes.between import Changes, Flip, TableChange
from alin_core.exchange.unstructuring import in_both, plain_value

__all__ = ["changes_to_json"]


def changes_to_json(changes: Changes) -> str:
    """Return the changes as JSON: days, figures as texts, titles of households in both languages.

    Keys keep one order, so that two texts compare line by line.
    """
    plain = plain_value(changes) | {
        "tables": [_table(each) for each in changes.tables],
        "flips": [_flip(each) for each in changes.flips],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _table(change: TableChange) -> dict[str, Any]:
    return {
        "table": change.table,
        "texts": [{"in_force": day.isoformat(), "text": text} for day, text in change.texts],
        "figures": [
            plain_value(each)
            | {"difference": f"{each.difference:f}", "percent": f"{each.percent:f}"}
            for each in change.figures
        ],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    household = in_both("title", flip.household.title)
    return plain_value(flip) | {"household": household, "offer": flip.offer.reference}

"""`alin assess-frame`: each row of a Parquet file, into another file."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import fields

from alin_core.commands.terminal import day, tell
from alin_core.errors import InvalidValue
from alin_core.text.wording import legible

if TYPE_CHECKING:  # loaded where its absence can be told
    from alin_core.columns.names import Columns

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """Where the answers are, and how many rows they have."""
    try:
        from alin_core.commands.parquet import assess_parquet
    except ModuleNotFoundError as error:
        hint = 'install it: pip install "alin-core[frames]" pyarrow'
        raise InvalidValue("assess-frame", error.name, hint) from None
    on = asked.on_column if asked.on is None else day(asked.on)
    source, target = Path(asked.source), Path(asked.target)
    rows = assess_parquet(source, target, on=on, columns=_columns(asked.column), told=_progress)
    return f"{legible(asked.target)}: {rows} rows"


def _columns(pairs: Iterable[str]) -> "Columns":
    from alin_core.columns.names import Columns

    known = [field.name for field in fields(Columns)]
    names = {}
    for pair in pairs:
        field, told, names[field] = pair.partition("=")
        if not told:  # a name that was forgotten leaves nothing out
            raise InvalidValue("--column", pair, f"give {pair}=NAME, or {pair}= to leave it out")
        if field not in known:
            raise InvalidValue("--column", field, f"give one of {', '.join(known)}")
    return Columns(**{field: name or None for field, name in names.items()})


def _progress(done: int, rows: int) -> None:
    tell(f"{done} of {rows} rows")

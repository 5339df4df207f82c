"""A Parquet file assessed chunk by chunk; the answer appears whole or not at all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pyarrow import ArrowException, Table
from pyarrow.parquet import ParquetFile, ParquetWriter

from alin_core.columns.names import Columns
from alin_core.errors import InvalidValue
from alin_core.frames import assess_frame

__all__ = ["assess_parquet"]


def _nobody(done: int, rows: int) -> None:
    """Hears nothing."""


def assess_parquet(
    source: Path,
    target: Path,
    *,
    on: date | str,
    columns: Columns | None = None,
    rows_at_once: int = 250_000,
    told: Callable[[int, int], None] = _nobody,
) -> int:
    """Write the rows of `source` with their answers to `target`, and say how many there are.

    `told` hears, chunk by chunk, how many rows are done and how many there are.
    What cannot be written whole is not written: a neighbour of `target` takes its name at the end.

    Raises `InvalidValue` for a file that cannot be read or written, else as `assess_frame` does.
    """
    partial = target.with_name(f"{target.name}.partial")
    name = source
    try:
        file = ParquetFile(source)
        rows: int = file.metadata.num_rows
        done = 0
        empty = assess_frame(file.schema_arrow.empty_table(), on=on, columns=columns)
        name = target
        with ParquetWriter(partial, empty.schema) as writer:
            for batch in file.iter_batches(rows_at_once):
                chunk = assess_frame(Table.from_batches([batch]), on=on, columns=columns)
                writer.write_table(chunk.cast(empty.schema))
                done += batch.num_rows
                told(done, rows)
        partial.replace(target)
        return rows
    except (OSError, ArrowException) as error:
        raise InvalidValue("parquet", str(name), f"it cannot be used: {error}") from None
    finally:
        partial.unlink(missing_ok=True)

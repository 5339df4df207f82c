"""A Parquet file assessed chunk by chunk; the answer appears whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from narwhals.exceptions import NarwhalsError
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
    if target.is_dir():
        raise InvalidValue("parquet", str(target), "it is a folder; give the name of a file")
    partial = target.with_name(f"{target.name}.partial")
    with _blaming(source):
        file = ParquetFile(source)
        schema = assess_frame(file.schema_arrow.empty_table(), on=on, columns=columns).schema
    rows: int = file.metadata.num_rows
    done = 0
    try:
        with _blaming(target):
            with ParquetWriter(partial, schema) as writer:
                for batch in _batches(file, source, rows_at_once):
                    with _blaming(source):
                        chunk = assess_frame(batch, on=on, columns=columns).cast(schema)
                    writer.write_table(chunk)
                    done += batch.num_rows
                    told(done, rows)
            partial.replace(target)
    finally:
        with suppress(OSError):  # where nothing can be written there is nothing to take away
            partial.unlink()
    return rows


def _batches(file: ParquetFile, source: Path, rows_at_once: int) -> Iterator[Table]:
    with _blaming(source):
        for batch in file.iter_batches(rows_at_once):
            yield Table.from_batches([batch])


@contextmanager
def _blaming(file: Path) -> Iterator[None]:
    """What goes wrong meanwhile is told of that file."""
    try:
        yield
    except (OSError, ArrowException, NarwhalsError, UnicodeEncodeError) as error:
        raise InvalidValue("parquet", str(file), f"it cannot be used: {error}") from None

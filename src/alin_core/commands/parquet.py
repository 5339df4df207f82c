"""A Parquet file assessed chunk by chunk; the answer appears whole or not at all.

A few kilobytes may hold gigabytes: one long text, written once and meant by every row. So the
longest text of each group of rows is looked for first, among texts that are kept once, and no more
rows are read at once than fit when each holds such a text.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from stat import S_IMODE
from tempfile import NamedTemporaryFile
from typing import IO, Any

from narwhals.exceptions import NarwhalsError
from pyarrow import ArrowException, RecordBatch, Table
from pyarrow import compute as pc
from pyarrow.parquet import ParquetFile, ParquetWriter

from alin_core.columns.names import Columns
from alin_core.errors import InvalidValue
from alin_core.frames import assess_frame

__all__ = ["assess_parquet"]

#: What a chunk may weigh before it is assessed; a single row may weigh more.
_BYTES = 2**24


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
    What cannot be written whole is not written: a file of our own, beside `target` and for nobody
    else to read, takes its name at the end, and its mode where it exists.

    Raises `InvalidValue` for a file that cannot be read or written, else as `assess_frame` does.
    """
    target = _followed(target)
    with _blaming(source), source.open("rb") as given:
        file = ParquetFile(given)
        schema = assess_frame(file.schema_arrow.empty_table(), on=on, columns=columns).schema
        rows: int = file.metadata.num_rows
        done = 0
        with _blaming(target), _replacing(target) as ours, ParquetWriter(ours, schema) as writer:
            for chunk in _chunks(given, file, source, rows_at_once):
                with _blaming(source):
                    answers = assess_frame(chunk, on=on, columns=columns).cast(schema)
                writer.write_table(answers)
                done += chunk.num_rows
                told(done, rows)
    return rows


def _followed(target: Path) -> Path:
    """Where a link leads. Raises `InvalidValue` for what is there and is no file."""
    if target.is_dir():
        raise InvalidValue("parquet", str(target), "it is a folder; give the name of a file")
    if target.exists() and not target.is_file():
        raise InvalidValue("parquet", str(target), "it is no regular file; give the name of one")
    try:
        followed = target.resolve()
    except RuntimeError:  # so does Python until 3.12 with a link that leads to itself
        followed = target
    if followed.is_symlink():
        raise InvalidValue("parquet", str(target), "it leads to itself; give the name of a file")
    return followed


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    """A file of our own that takes the name of the target where all goes well, else is removed."""
    ours = NamedTemporaryFile(dir=target.parent, prefix=".alin-", delete=False)  # noqa: SIM115
    try:
        with ours:
            yield ours
        if target.exists():
            Path(ours.name).chmod(S_IMODE(target.stat().st_mode))
        Path(ours.name).replace(target)
    finally:
        with suppress(OSError):  # it has taken the name of the target
            Path(ours.name).unlink()


def _chunks(
    given: IO[bytes], file: ParquetFile, source: Path, rows_at_once: int
) -> Iterator[Table]:
    """The rows, as many at once as that and as weigh less than `_BYTES`."""
    held: list[RecordBatch] = []
    rows = size = 0
    with _blaming(source):
        for batch in _batches(given, file, rows_at_once):
            if held and (rows + batch.num_rows > rows_at_once or size + batch.nbytes > _BYTES):
                yield Table.from_batches(held)
                held, rows, size = [], 0, 0
            held.append(batch)
            rows, size = rows + batch.num_rows, size + batch.nbytes
        if held:
            yield Table.from_batches(held)


def _batches(given: IO[bytes], file: ParquetFile, rows_at_once: int) -> Iterator[RecordBatch]:
    """As many rows of a group as fit when each holds the longest text of each column."""
    texts = [file.schema.column(place).path for place in range(len(file.schema))]
    once = ParquetFile(given, read_dictionary=texts)
    for group in range(file.num_row_groups):
        # Of a broken group, what it says of its columns ends the process; reading it is an error.
        next(file.iter_batches(1, row_groups=[group]), None)
        weight = sum(_weights(file, once, group))
        yield from file.iter_batches(_at_most(rows_at_once, weight), row_groups=[group])


def _at_most(rows: int, weight: int) -> int:
    return max(1, min(rows, _BYTES // weight))


def _weights(file: ParquetFile, once: ParquetFile, group: int) -> Iterator[int]:
    """At most so many bytes a row, a column each; of a nested one without a dictionary the mean."""
    chunks = file.metadata.row_group(group)
    for place in range(chunks.num_columns):
        chunk, kind = chunks.column(place), file.schema.column(place)
        mean = (chunk.total_uncompressed_size + 8 * chunk.num_values) // (chunks.num_rows + 1) + 1
        if kind.physical_type != "BYTE_ARRAY":
            yield max(mean, kind.length)
        elif kind.max_repetition_level:
            # Each text of a list may be the longest one, which a dictionary keeps once.
            shared = any("DICTIONARY" in encoding for encoding in chunk.encodings)
            each = -(-chunk.num_values // (chunks.num_rows or 1))
            yield chunk.total_uncompressed_size * each + 1 if shared else mean
        elif "DELTA_BYTE_ARRAY" in chunk.encodings or "." in kind.path:
            # What a text shares with the one before is not written again, nor kept once.
            yield chunk.total_uncompressed_size + 1
        else:
            kept = file if "DELTA_LENGTH_BYTE_ARRAY" in chunk.encodings else once
            rows = _at_most(chunks.num_rows, mean)
            read = kept.iter_batches(rows, row_groups=[group], columns=[kind.path])
            yield max((_longest(batch.column(0)) for batch in read), default=0) + 8


def _longest(texts: Any) -> int:
    """The bytes of the longest text."""
    return pc.max(pc.binary_length(getattr(texts, "dictionary", texts))).as_py() or 0


@contextmanager
def _blaming(file: Path) -> Iterator[None]:
    """What goes wrong meanwhile is told of that file."""
    try:
        yield
    except (OSError, UnicodeError, ArrowException, NarwhalsError) as error:
        raise InvalidValue("parquet", str(file), f"it cannot be used: {error}") from None

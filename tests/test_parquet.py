"""A Parquet file: whole or not at all, nobody else's file touched, memory that is bounded."""

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from alin_core.commands import parquet
from alin_core.commands.parquet import assess_parquet
from alin_core.errors import InvalidValue
from tests.costs import limited

ON = date(2026, 11, 23)
ROW: dict[str, Any] = {
    "adults": 1,
    "applicant_birth_date": date(1990, 5, 2),
    "partner_birth_date": date(1991, 7, 9),
    "reference_tax_income": 20_000.0,
    "monthly_income": 2_450.0,
    "sector": "PRIVATE",
    "headcount": 42.0,
    "commune": "94041",
    "norm": "PLUS",
    "rooms": 2,
    "rent": 612.40,
    "charges": 85.0,
}


def table(rows: int = 1, **more: pa.Array) -> pa.Table:
    return pa.table({name: pa.array([value] * rows) for name, value in ROW.items()} | more)


def outcomes(file: Path) -> list[str]:
    told: list[str] = pq.read_table(file)["outcome"].to_pylist()
    return told


@pytest.fixture
def source(tmp_path: Path) -> Path:
    pq.write_table(table(3), tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


class TestOthersFiles:
    """What is neither given nor named is not touched."""

    def test_a_neighbour_that_ends_in_partial_is_left_alone(self, source: Path) -> None:
        neighbour = source.with_name("out.parquet.partial")
        neighbour.write_text("mine")
        assert assess_parquet(source, source.with_name("out.parquet"), on=ON) == 3
        assert neighbour.read_text() == "mine"

    def test_nothing_is_written_through_a_link_of_that_name(self, source: Path) -> None:
        victim = source.with_name("victim.txt")
        victim.write_text("mine")
        source.with_name("out.parquet.partial").symlink_to(victim)
        assess_parquet(source, source.with_name("out.parquet"), on=ON)
        assert victim.read_text() == "mine"
        assert outcomes(source.with_name("out.parquet")) == ["MET"] * 3

    def test_an_input_that_ends_in_partial_is_kept(self, source: Path) -> None:
        partial = source.rename(source.with_name("out.parquet.partial"))
        assess_parquet(partial, source.with_name("out.parquet"), on=ON)
        assert pq.read_table(partial).num_rows == 3
        assert outcomes(source.with_name("out.parquet")) == ["MET"] * 3

    def test_a_link_is_followed(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        real = tmp_path / "elsewhere" / "real.parquet"
        link = tmp_path / "link.parquet"
        link.symlink_to(real)
        for _ in range(2):  # the file that it names is not there yet, then it is
            assess_parquet(source, link, on=ON)
            assert link.is_symlink()
            assert outcomes(real) == ["MET"] * 3
        assert [each.name for each in real.parent.iterdir()] == ["real.parquet"]

    def test_a_link_to_the_input_keeps_its_rows(self, source: Path) -> None:
        link = source.with_name("link.parquet")
        link.symlink_to(source)
        assess_parquet(link, source, on=ON)
        assert outcomes(source) == ["MET"] * 3
        assert link.is_symlink()

    def test_what_is_there_and_is_no_regular_file_is_refused(self, source: Path) -> None:
        pipe = source.with_name("pipe")
        os.mkfifo(pipe)
        link = source.with_name("link")
        link.symlink_to(pipe)
        for target in (pipe, link):
            with pytest.raises(InvalidValue, match=r"is refused; it is no regular file; give the"):
                assess_parquet(source, target, on=ON)
        assert pipe.is_fifo()

    def test_a_link_that_leads_to_itself_is_refused(self, source: Path) -> None:
        loop = source.with_name("loop")
        loop.symlink_to(loop)
        with pytest.raises(InvalidValue, match="it leads to itself; give"):
            assess_parquet(source, loop, on=ON)

    def test_a_name_that_looks_like_an_address_is_a_file(
        self, source: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """PyArrow loaded libhdfs for `hdfs:/x`."""
        monkeypatch.chdir(source.parent)
        Path("hdfs:").mkdir()
        with pytest.raises(
            InvalidValue, match=r"'hdfs:/x' .* cannot be used: \[Errno 2\] No such file"
        ):
            assess_parquet(Path("hdfs:/x"), Path("out.parquet"), on=ON)
        assess_parquet(source, Path("hdfs:/y"), on=ON)
        assert outcomes(Path("hdfs:/y").resolve()) == ["MET"] * 3


class TestModes:
    """Rows of people are for nobody else to read, unless their file already was."""

    def test_a_new_file_is_for_its_owner_alone(self, source: Path) -> None:
        assess_parquet(source, source.with_name("out.parquet"), on=ON)
        assert mode(source.with_name("out.parquet")) == 0o600

    @pytest.mark.parametrize("bits", [0o600, 0o640, 0o644])
    def test_a_file_that_is_there_keeps_its_mode(self, source: Path, bits: int) -> None:
        target = source.with_name("out.parquet")
        target.touch()
        target.chmod(bits)
        seen: list[int] = []

        def told(_done: int, _rows: int) -> None:
            seen.extend(mode(each) for each in ours(source.parent))

        assess_parquet(source, target, on=ON, told=told)
        assert (seen, mode(target)) == ([0o600], bits)


def ours(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.startswith(".alin-")]


class TestWhole:
    @pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
    def test_what_stops_it_leaves_nothing_behind(self, source: Path, error: type) -> None:
        def stopped(_done: int, _rows: int) -> None:
            assert len(ours(source.parent)) == 1
            raise error

        with pytest.raises(error):
            assess_parquet(source, source.with_name("out.parquet"), on=ON, told=stopped)
        assert [each.name for each in source.parent.iterdir()] == ["in.parquet"]

    def test_of_two_runs_at_once_one_whole_file_is_left(self, source: Path) -> None:
        target, few = source.with_name("out.parquet"), source.with_name("few.parquet")
        pq.write_table(table(1), few)

        def told(done: int, _rows: int) -> None:
            if done == 2:
                assert assess_parquet(few, target, on=ON) == 1
                assert outcomes(target) == ["MET"]

        assert assess_parquet(source, target, on=ON, rows_at_once=1, told=told) == 3
        assert outcomes(target) == ["MET"] * 3
        assert len(list(source.parent.iterdir())) == 3

    def test_a_file_that_breaks_off_is_named(self, source: Path) -> None:
        whole = source.read_bytes()
        named = whole.replace(b"charges", b"charg\xff\xff")  # no name in UTF-8
        for kept in (whole[: len(whole) // 2], b"PAR1", b"", named):
            source.write_bytes(kept)
            with pytest.raises(InvalidValue, match="it cannot be used: ") as told:
                assess_parquet(source, source.with_name("out.parquet"), on=ON)
            assert told.value.value == str(source)
        assert [each.name for each in source.parent.iterdir()] == ["in.parquet"]


#: One text of fifty thousand characters in each of many rows, as encodings keep it.
WRITTEN: dict[str, Callable[[pa.Table, Path], None]] = {
    "once": lambda rows, file: pq.write_table(rows, file, store_schema=False),
    "each time": lambda rows, file: pq.write_table(
        rows, file, store_schema=False, use_dictionary=False, compression="zstd"
    ),
    "by its length": lambda rows, file: pq.write_table(
        rows,
        file,
        store_schema=False,
        use_dictionary=False,
        compression="zstd",
        column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY"},
    ),
    "by what it shares": lambda rows, file: pq.write_table(
        rows,
        file,
        store_schema=False,
        use_dictionary=False,
        compression="zstd",
        column_encoding={"text": "DELTA_BYTE_ARRAY"},
    ),
}


def bomb(rows: int, length: int) -> pa.Table:
    once = pa.DictionaryArray.from_arrays(
        pa.array([0] * rows, pa.int32()), pa.array(["x" * length])
    )
    return table(rows, text=once)


class TestBytes:
    """A few kilobytes may hold gigabytes."""

    def chunks(self, file: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        monkeypatch.setattr(parquet, "_BYTES", most)
        heard: list[int] = []
        target = file.with_name("out.parquet")
        assess_parquet(file, target, on=ON, told=lambda done, _rows: heard.append(done))
        assert pq.ParquetFile(target).metadata.num_rows == heard[-1]
        return [done - before for before, done in zip([0, *heard], heard, strict=False)]

    @pytest.mark.parametrize("how", WRITTEN)
    def test_a_chunk_is_bounded_by_its_bytes(
        self, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        WRITTEN[how](bomb(1_000, 5_000).cast(table(text=pa.array(["x"])).schema), tmp_path / "in")
        assert (tmp_path / "in").stat().st_size < 100_000
        sizes = self.chunks(tmp_path / "in", 1_000_000, monkeypatch)
        assert sum(sizes) == 1_000
        assert 150 <= max(sizes) <= 200

    def test_lists_of_one_text_are_bounded_by_their_bytes_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), ["x" * 5_000])
        lists = pa.ListArray.from_arrays(pa.array(range(0, 2_001, 2), pa.int32()), texts)
        pq.write_table(table(1_000, text=lists), tmp_path / "in", store_schema=False)
        assert (tmp_path / "in").stat().st_size < 100_000
        sizes = self.chunks(tmp_path / "in", 1_000_000, monkeypatch)
        assert sum(sizes) == 1_000
        assert 80 <= max(sizes) <= 100

    def test_small_groups_of_rows_are_assessed_together(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pq.write_table(bomb(40, 5), tmp_path / "in", row_group_size=4, store_schema=False)
        assert self.chunks(tmp_path / "in", 10**6, monkeypatch) == [40]

    def test_a_nested_or_fixed_column_counts_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = {
            "list": pa.array([[7] * 1_000] * 100),
            "held": pa.array([{"a": "x" * 10}] * 100),
            "fixed": pa.array([b"x" * 1_000] * 100, pa.binary(1_000)),
            "text": pa.array(["x"] * 100),
        }
        pq.write_table(table(100, **more), tmp_path / "in")
        assert max(self.chunks(tmp_path / "in", 50_000, monkeypatch)) < 10

    def test_a_row_may_weigh_more_than_a_chunk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pq.write_table(bomb(3, 5_000), tmp_path / "in", store_schema=False)
        assert self.chunks(tmp_path / "in", 1_000, monkeypatch) == [1, 1, 1]

    def test_memory_does_not_grow_with_the_rows(self, tmp_path: Path) -> None:
        """More than a gigabyte of text in a file of six kilobytes."""
        WRITTEN["once"](bomb(25_000, 50_000), tmp_path / "in")
        assert (tmp_path / "in").stat().st_size < 10_000
        code = """
from datetime import date
from alin_core.commands.parquet import assess_parquet
print(assess_parquet(Path(sys.argv[1]), Path(sys.argv[2]), on=date(2026, 11, 23)))
"""
        assert limited(code, str(tmp_path / "in"), str(tmp_path / "out")).strip() == "25000"

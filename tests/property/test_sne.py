"""Whatever the file, reading it gives demands, refusals, or an SneError."""

import gc
import os
import tracemalloc
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alin_core.national_xml.values import NoteKind, NoteReason, RefusedDemand, SneDemand, SneError
from alin_core.sne import read_demands
from alin_core.values.demand import Demand
from tests.sne_writer import file_of, interface
from tests.strategies import xml_demands

EXAMPLE = (Path(__file__).parents[2] / "examples" / "demande.xml").read_bytes()
MUTANTS = int(os.environ.get("ALIN_FUZZ", "1000"))

randoms = st.randoms(use_true_random=False)
prefixes = st.sampled_from(["", "nuu:", "ns2:", "é:"])


class TestRoundTrip:
    """The file that a demand is written to gives that demand back."""

    @given(st.lists(xml_demands, min_size=1, max_size=3), randoms, prefixes)
    def test_reading_undoes_writing(
        self, demands: list[Demand], random: Random, prefix: str
    ) -> None:
        read = list(read_demands(file_of(demands, random, prefix)))
        assert [found.demand for found in read if isinstance(found, SneDemand)] == demands

    @given(xml_demands, randoms)
    def test_reading_keeps_the_lines_that_it_sums(self, demand: Demand, random: Random) -> None:
        (read,) = read_demands(file_of([demand], random))
        assert isinstance(read, SneDemand)
        total = sum(line.sign * line.amount for line in read.monthly_resources if line.amount)
        assert demand.resources.monthly_income in (None, total)

    @given(xml_demands, randoms)
    def test_an_unknown_element_changes_nothing_and_is_noted(
        self, demand: Demand, random: Random
    ) -> None:
        data = file_of([demand], random).decode()
        places = [
            place for place, _ in enumerate(data) if data.startswith("</personnePhysique", place)
        ]
        place = random.choice(places)
        more = f'{data[:place]}<inconnu a="1"><b>2</b></inconnu>{data[place:]}'
        (plain,), (read,) = read_demands(data.encode()), read_demands(more.encode())
        assert isinstance(plain, SneDemand)
        assert isinstance(read, SneDemand)
        assert read.demand == plain.demand
        (note,) = set(read.notes) - set(plain.notes)
        assert note.path == "personnePhysique/inconnu"
        assert note.reason is NoteReason.UNKNOWN_ELEMENT
        assert note.kind is NoteKind.NOT_UNDERSTOOD
        assert note.kept == (("@a", "1"), ("b", "2"))


def damaged(random: Random) -> bytes:
    data = bytearray(EXAMPLE)
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(data) or 1)
        match random.randrange(6):
            case 0:
                data[start : start + 1] = random.randbytes(1)
            case 1:
                data[start:start] = random.choice(BITS)
            case 2:
                del data[start : start + random.randint(1, 60)]
            case 3:
                data[start:start] = data[start : start + random.randint(1, 400)]
            case 4 if random.random() < 0.1:
                del data[start:]
            case _:
                value = random.choice(VALUES)
                end = data.find(b"<", data.find(b">", start))
                if end > 0:
                    data[data.rfind(b">", 0, end) + 1 : end] = value
    return bytes(data)


BITS = [
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&amp;",
    b"\xff",
    b"\0",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?x?>",
]
BITS += [b"<!DOCTYPE a>", b'<!ENTITY a "b">', b"<sne:nom/>", b"</sne:demandeur>", b'" code="']
VALUES = [b"", b" ", b"-1", b"1e9", b"NaN", b"9" * 400, b"2026-13-01", b"2999-01-01", b"0001-01-01"]
VALUES += [b"<a/>", b"&lt;", b"1,5", b"1.505", "٣".encode(), "é".encode(), b"35600000000049"]


def pruned(random: Random) -> bytes:
    """Lose, move or repeat whole lines, most of which are whole elements."""
    lines = EXAMPLE.splitlines(keepends=True)
    for _ in range(random.randint(1, 5)):
        place = random.randrange(2, len(lines))
        match random.randrange(3):
            case 0:
                del lines[place]
            case 1:
                lines.insert(random.randrange(2, len(lines)), lines[place])
            case _:
                lines[place] = lines[place].replace(
                    b'code="', b'code="' + random.choice([b"", b"?", b"APL", b"Z"]), 1
                )
    return b"".join(lines)


def outcome(data: bytes) -> str:
    """Read to the end; whatever comes says something, and is told as text."""
    try:
        found = list(read_demands(data))
    except SneError as error:
        stopped = error
    else:
        for read in found:
            notes = () if isinstance(read, RefusedDemand) else map(str, read.notes)
            assert hash(read)
            assert len(str(read).encode()) + sum(map(len, notes)) < 40_000
        return "refused" if isinstance(found[-1], RefusedDemand) else "read"
    assert stopped.line >= 1
    assert str(stopped).encode()
    return "unreadable"


class TestBadInput:
    """A mutant of a file gives values or an SneError, never another exception."""

    @pytest.mark.parametrize("mutate", [damaged, pruned])
    def test_a_mutant(self, mutate: object) -> None:
        random = Random(20261123)
        assert callable(mutate)
        found = {outcome(mutate(random)) for _ in range(MUTANTS // 2)}
        assert {"unreadable", "read"} <= found

    @given(st.binary())
    def test_any_bytes(self, data: bytes) -> None:
        assert outcome(data) == "unreadable"


class Endless(BytesIO):
    """A file of as many demands as asked, made while it is read."""

    def __init__(self, count: int) -> None:
        super().__init__()
        head, tail = interface("@").encode().split(b"@")
        one = (
            b"<demandeLogement><numUnique>1110924000417GDPUB</numUnique><personnePhysique>"
            b"<demandeur><nom>Le Goff</nom><inconnu/></demandeur></personnePhysique>"
            b"</demandeLogement>"
        )
        self.parts = chain([head], repeat(one, count), [tail])

    def read(self, _most: int | None = -1) -> bytes:
        return next(self.parts, b"")


def peak(count: int) -> int:
    tracemalloc.start()
    try:
        for read, _ in enumerate(read_demands(Endless(count)), 1):
            if read % 100 == 0:
                gc.collect()  # whenever Python would
        assert read == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file() -> None:
    peak(100)  # what is read once and cached
    assert peak(1_500) < 1.2 * peak(150)

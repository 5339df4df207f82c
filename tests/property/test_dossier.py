"""Whatever the text, reading it gives a dossier or a DossierError."""

import json
import os
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from alin_core.exchange.dossier import Dossier, DossierError, read_dossier, schema, to_json
from alin_core.matching import matching_offers
from tests.strategies import days, demands, offers

FULL = (Path(__file__).parents[1] / "cases" / "dossier.json").read_text(encoding="utf-8")
VALID = Draft202012Validator(json.loads(schema()))
MUTANTS = int(os.environ.get("ALIN_FUZZ", "1000"))

dossiers = st.builds(
    Dossier,
    on=st.none() | days,
    demand=demands,
    offers=st.lists(offers, max_size=3, unique_by=lambda offer: offer.reference),
)

#: Written into the text as they stand: no Python value gives them.
LITERALS = ["1e999999999999999999999", "9" * 5_000, "NaN", "-Infinity", "-0", "1E2", "0.000"]
WRONG: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2,
    3.5,
    612.405,
    10**30,
    -(10**18),
    "",
    " ",
    "3",
    "T3",
    "PLUS",
    "T99999",
    "2026-11-23",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "1" * 400,
    "é\u0000\u202e",
    "\ud800",
    [],
    [None],
    [[[]]],
    {},
    {"opaque": "x"},
    {"": 0},
    {"\ud800": 0},
    *(f"@{place}@" for place, _ in enumerate(LITERALS)),
]


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Give every container of a JSON value with each of its keys or indices."""
    if not isinstance(tree, dict | list):
        return []
    keys: list[Any] = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    return [(tree, key) for key in keys] + [found for key in keys for found in places(tree[key])]


def mutate(tree: Any, random: Random) -> None:
    known = places(tree)
    if not known:
        return
    holder, key = random.choice(known)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = deepcopy(random.choice(WRONG))
        case 2 if isinstance(holder, dict):
            holder[random.choice([f"{key}s", "", "x y", "@", key.upper()])] = holder.pop(key)
        case 3:
            holder[key] = [holder[key]] if random.random() < 0.5 else {str(key): holder[key]}
        case 4:
            holder[key] = deepcopy(random.choice([other[name] for other, name in known]))
        case _ if isinstance(holder, list):
            holder.extend(deepcopy(holder) * random.randrange(5))
        case _:
            holder[random.choice(["2024", "base", "schema", "employer"])] = holder[key]


def mutant(random: Random) -> str:
    tree = {"": json.loads(FULL)}
    for _ in range(random.randint(1, 3)):
        mutate(tree, random)
    text = json.dumps(tree.get("", tree))
    for place, literal in enumerate(LITERALS):
        text = text.replace(f'"@{place}@"', literal)
    if random.random() < 0.1:  # a key twice
        text = text.replace('"demand":', '"demand": {}, "demand":', 1)
    return text


def damaged(random: Random) -> bytes:
    data = bytearray(FULL.encode())
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(data))
        match random.randrange(5):
            case 0:
                data[start] = random.randrange(256)
            case 1:
                data[start:start] = random.choice(
                    [b'"', b"[", b"{", b"\\ud800", b"\xff", b"0", b"-"]
                )
            case 2:
                del data[start : start + random.randint(1, 30)]
            case 3:
                data[start:start] = data[start : start + random.randint(1, 60)]
            case _ if random.random() < 0.1:
                del data[start:]
            case _:
                data[start : start + 1] = random.choice([b"null", b"1e999", b"true", b"[]", b","])
        data = data or bytearray(b" ")
    return bytes(data)


def read(text: str | bytes) -> Dossier | None:
    """Give the dossier, or None once its error has told what is wrong."""
    try:
        dossier = read_dossier(text)
    except DossierError as error:
        told = error
    else:
        return well_read(dossier)
    assert str(told).encode()  # it says something, and can be printed
    assert max(len(str(fault)) for fault in told.faults) < 700
    return None


def well_read(dossier: Dossier) -> Dossier:
    """Give it back once it is known to be as good as one that was built."""
    assert read_dossier(to_json(dossier)) == dossier
    VALID.validate(json.loads(to_json(dossier)))
    if dossier.on is not None:
        to_json(matching_offers(dossier.demand, dossier.offers, on=dossier.on)).encode()
    return dossier


class TestRoundTrip:
    """A dossier that is written and read again is the same."""

    @given(dossiers)
    def test_reading_undoes_writing(self, dossier: Dossier) -> None:
        text = to_json(dossier)
        assert read_dossier(text) == dossier
        assert read_dossier(text.encode()) == dossier
        assert to_json(read_dossier(text)) == text

    @given(dossiers)
    def test_what_is_written_obeys_the_schema(self, dossier: Dossier) -> None:
        VALID.validate(json.loads(to_json(dossier)))


class TestBadInput:
    """A mutant of a valid dossier gives a value or a DossierError, never another exception."""

    def test_fields_dropped_retyped_renamed_nested(self) -> None:
        random = Random(20261123)
        kept = 0
        for _ in range(MUTANTS):
            text = mutant(random)
            dossier = read(text)
            if not VALID.is_valid(json.loads(text, parse_int=short)):
                assert dossier is None, text
            kept += dossier is not None
        assert 0 < kept < MUTANTS

    def test_bytes_changed_lost_or_repeated(self) -> None:
        random = Random(1987)
        for _ in range(MUTANTS):
            read(damaged(random))

    @given(st.binary() | st.text(alphabet=st.characters()))
    def test_any_text(self, text: str | bytes) -> None:
        assert read(text) is None


def short(digits: str) -> int:
    return int(digits[:4_000])

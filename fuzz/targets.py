"""What is fuzzed: each target takes any bytes, and fails on an error that is not an `AlinError`.

Where a property is known of what was read, the target holds it too; and each input costs no more
memory and time than its length allows.
One target runs as `python -m fuzz.targets NAME [options of libFuzzer] CORPUS`.
"""

import json
import re
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import wraps
from importlib import import_module
from random import Random
from time import process_time
from typing import Any

import atheris

with atheris.instrument_imports(include=["alin_core"]):
    from alin_core.candidature.events import Event, Submit
    from alin_core.candidature.transitions import TRANSITIONS
    from alin_core.errors import AlinError
    from alin_core.exchange.dossier import read_candidature, read_record, to_json
    from alin_core.exchange.ranking import ranking_to_json, read_ranking
    from alin_core.exchange.structuring import structured
    from alin_core.law.tables import exact_number
    from alin_core.law.zones import zone_of
    from alin_core.national_xml import texts
    from alin_core.record import Record
    from alin_core.rules.typology import typology_fit
    from alin_core.values.amounts import CENT, euros
    from alin_core.values.housing import Typology, TypologyRange
    from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber, commune, compared
    from alin_core.workflow import Candidature
    from tests.property.test_dossier import mutate, read
    from tests.property.test_replay import page
    from tests.property.test_sne import VALUES, outcome

    for later in ("mapping", "stream"):  # the library loads them with the first file
        import_module(f"alin_core.national_xml.{later}")

LANGUAGES = ("fr", "en")


def text_of(data: bytes) -> str:
    """Any text, halves of characters included."""
    return data.decode(errors="surrogateescape")


def tried(function: Callable[..., Any], *given: Any) -> Any:
    """What the function gives, or None once its error has said what is wrong."""
    try:
        return function(*given)
    except AlinError as error:
        told = error
    assert str(told).encode()
    return None


def dossier(data: bytes) -> None:
    """A dossier in JSON: it is read, assessed, written and read again."""
    read(data)


def verdict(data: bytes) -> None:
    """A verdict in JSON, as bytes and as a text: it is made again."""
    for text in (data, text_of(data)):
        assert page(text).encode()


def history(data: bytes) -> None:
    """The history of a candidature, or of a record, in JSON: it is replayed, told and written."""
    for load in (read_candidature, read_record):
        if (found := tried(load, data)) is not None:
            assert load(to_json(found)) == found
            assert all(found.explain(lang).encode() for lang in LANGUAGES)


def ranking(data: bytes) -> None:
    """A ranking in JSON: it is made, told and written."""
    found = tried(read_ranking, data)
    if found is None:
        return
    assert ranking_to_json(found).encode()
    for lang in LANGUAGES:
        assert found.explain(lang).encode()
        for each in (*found.places[:3], *found.set_aside[:3]):
            assert found.standing(each.candidate).explain(lang).encode()


def national_xml(data: bytes) -> None:
    """A file of the national XML: it is read to its end, its notes told."""
    outcome(data)


def numbers(data: bytes) -> None:
    """A unique number, a SIRET, the code of a commune."""
    text = text_of(data)
    for kind in (UniqueNumber, OpaqueNumber, Siret):
        if (found := tried(kind, text)) is not None:
            assert kind(str(found)) == found
    exact, opaque = tried(UniqueNumber, text), tried(OpaqueNumber, text)
    if exact is not None:
        assert 1 <= exact.deposit_month[1] <= 12
        assert opaque is None or compared(opaque) == compared(exact)
    if (place := tried(commune, text)) is not None:
        assert commune(place) == place
        tried(zone_of, place)


def amounts(data: bytes) -> None:
    """An amount, given as a text, a Decimal, an integer or a float; a day, a year, a count."""
    text = text_of(data)
    for value in amounts_of(text):
        if (found := tried(euros, value)) is not None:
            assert found == found.quantize(CENT) >= 0
            assert euros(str(found)) == found == Decimal(str(value))
        number = tried(exact_number, value, "factor")
        assert number is None or 0 < number < 1_000_000
    for told in (texts.day, texts.amount, texts.year, texts.count, texts.is_part_of_day):
        tried(told, text)


def amounts_of(text: str) -> list[Any]:
    """The text itself, and what Python makes of it."""
    made: list[Any] = [text]
    for kind in (Decimal, int, float):
        try:
            made.append(kind(text))
        except (ArithmeticError, ValueError):
            continue
    return made


def typologies(data: bytes) -> None:
    """A typology, or a range of two with « .. » between them."""
    one, _, other = text_of(data).partition("..")
    if (found := tried(Typology.parse, one)) is not None:
        assert Typology.parse(str(found)) == found
        for persons in (len(data), 9_999):
            assert typology_fit(persons, found).outcome
    if (both := tried(TypologyRange, one, other or None)) is not None:
        assert both.smallest in both
        assert str(both).encode()


KINDS = list(dict.fromkeys(row.event for row in TRANSITIONS))
RULINGS = ({}, {"rank": 2}, {"condition": "a"}, {"refusal": {"reason": "SIZE"}})


def events(data: bytes) -> None:
    """Events in any order: step by step, and at once, say the same."""
    # Each step replays all those before: some hundreds are enough.
    source = atheris.FuzzedDataProvider(data[:2_000])
    record, at = Record(), datetime(source.ConsumeIntInRange(1890, 9010), 10, 25, tzinfo=UTC)
    while source.remaining_bytes():
        at += timedelta(minutes=source.ConsumeIntInRange(-9, 30_000))
        if (event := tried(event_of, source, at)) is None:
            continue
        longer = tried(Record, (*record.history, event))
        if not isinstance(event, Submit) and record.active is not None:
            step = tried(record.active.after, event)
            assert (step is None) == (longer is None)
            assert longer is None or longer.candidatures[-1] == step
        record = longer or record
    for one in record.candidatures:
        assert Candidature(one.history) == one
    assert all(record.explain(lang).encode() for lang in LANGUAGES)
    assert read_record(to_json(record)) == record


def event_of(source: Any, at: datetime) -> Event:
    """An event of any kind, with what it needs, or not; raises `AlinError`."""
    kind = KINDS[source.ConsumeIntInRange(0, len(KINDS) - 1)]
    days = timedelta(days=source.ConsumeIntInRange(8, 12))
    raw = {"event": kind.__name__, "at": at.isoformat()}
    if kind is Submit:
        number = f"1111023{source.ConsumeIntInRange(0, 3):06}GDPUB"
        raw |= {"offer": source.ConsumeUnicode(3), "unique_number": number}
    elif kind.__name__ == "Decide":
        raw |= {"ruling": "ABCDE"[source.ConsumeIntInRange(0, 4)]}
        raw |= RULINGS[source.ConsumeIntInRange(0, 3)]
    elif kind.__name__ == "Invalidate":
        raw |= RULINGS[3]
    elif kind.__name__ in ("NotifyAward", "MeetCondition", "Promote"):
        raw |= {"answer_by": (at + days).date().isoformat()}
    return structured(raw, Event)


TARGETS = {
    target.__name__: target
    for target in (
        dossier, verdict, history, ranking, national_xml, numbers, amounts, typologies, events
    )
}  # fmt: skip


def json_changed(data: bytes, most: int, seed: int) -> bytes:
    """Where the text is JSON, a value or two changed, lost or moved; else its bytes."""
    random = Random(seed)
    try:
        tree = {"": json.loads(data)} if random.random() < 0.7 else None
    except (ValueError, RecursionError):
        tree = None
    if tree is None:
        return atheris.Mutate(data, most)
    for _ in range(random.randint(1, 2)):
        mutate(tree, random)
    return json.dumps(tree.get("", tree)).encode()[:most]


def lines_changed(data: bytes, most: int, seed: int) -> bytes:
    """A line, which holds an element, lost, moved, or given another value; else bytes changed."""
    random, lines = Random(seed), data.splitlines(keepends=True)
    if not lines or random.random() < 0.3:
        return atheris.Mutate(data, most)
    place, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[place]
        case 1:
            lines.insert(other, lines[place])
        case 2:
            lines[place] = lines[other]
        case _:
            value = b">" + random.choice(VALUES) + b"<"
            lines[place] = re.sub(rb">[^<]*<", lambda _: value, lines[place], count=1)
    return b"".join(lines)[:most]


#: Bytes that Python may hold at once: of any input, and more for each byte of it. A target reads
#: its input twice or more, and writes and tells what it read.
MEMORY, MEMORY_PER_BYTE = 4_000_000, 1_000
#: Seconds of the processor, as coverage is followed.
SECONDS, SECONDS_PER_BYTE = 1.0, 0.001


def bounded(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The same target, which also fails on an input that costs too much for its length."""

    @wraps(target)
    def run(data: bytes) -> None:
        began = process_time()
        tracemalloc.start()
        try:
            target(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        spent = process_time() - began
        assert peak <= MEMORY + MEMORY_PER_BYTE * len(data), f"{peak} bytes for {len(data)}"
        assert spent <= SECONDS + SECONDS_PER_BYTE * len(data), f"{spent} s for {len(data)} bytes"

    return run


MUTATORS = {
    **dict.fromkeys(("dossier", "verdict", "history", "ranking"), json_changed),
    "national_xml": lines_changed,
}


def main() -> None:
    """Run the target that the command line names."""
    name = sys.argv.pop(1)
    own = {"custom_mutator": MUTATORS[name]} if name in MUTATORS else {}
    atheris.Setup(sys.argv, bounded(TARGETS[name]), **own)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

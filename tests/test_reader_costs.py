"""What a text costs its reader: memory and work grow as the text does, whatever it holds."""

import copy
import gc
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest

from alin_core.candidature.events import Cancel, Submit
from alin_core.exchange.dossier import DossierError
from alin_core.exchange.strict_json import JsonObject, parsed
from alin_core.ranking import rank
from alin_core.record import Record
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate, counted
from tests.costs import calls, limited, peak
from tests.hostile import READERS, SHAPES

#: Bytes of memory for each byte of a text, beside those that any text takes.
PER_BYTE, CONSTANT = 100, 100_000
SIZES = (2_000, 4_000, 8_000)
#: How much more work four times the text may be.
MORE = 5

EACH = [
    pytest.param(reader, shape, id=f"{reader}: {shape}")
    for reader, shapes in SHAPES.items()
    for shape in shapes
]


@pytest.mark.parametrize(("reader", "shape"), EACH)
def test_memory_and_work_grow_no_faster_than_the_text(reader: str, shape: str) -> None:
    read, texts = READERS[reader], [SHAPES[reader][shape](size) for size in SIZES]
    _passed(reader, texts[0])  # what is made at the first call is of no text
    for text in texts:
        assert peak(partial(read, text)) <= PER_BYTE * len(text.encode()) + CONSTANT
    work = [calls(partial(read, text)) for text in texts]
    assert work[2] <= MORE * work[0]
    assert work[1] <= MORE / 2 * work[0]


def _passed(reader: str, text: str) -> None:
    try:
        READERS[reader](text)
    except DossierError:
        return


_TEN_MEGABYTES = """
from alin_core.errors import AlinError
from tests.hostile import READERS, SHAPES
reader, shape = sys.argv[1:]
text = SHAPES[reader][shape](9_900_000)
assert 4_000_000 < len(text) < 10_000_000
try:
    READERS[reader](text)
except AlinError as error:
    print(str(error).splitlines()[-1])
"""


@pytest.mark.parametrize(("reader", "shape", "told"), [
    ("dossier", "offers {}", "and more"),
    ("ranking", "candidates 0", "and more"),
    ("verdict", "numbers under deep objects", "x.k: nested deeper than anything in a verdict"),
])  # fmt: skip
def test_ten_megabytes_are_read_or_refused_in_a_gigabyte(
    reader: str, shape: str, told: str
) -> None:
    """`fuzz/costs.py` tries each shape."""
    said = limited(_TEN_MEGABYTES, reader, shape)
    key = "k" * 40
    assert said.replace(f".{key}" * 9, "").replace(key, "k") == f"{told}\n"


#: Texts with so many faults, each where the reader reads many of something.
FAULTY = {
    "dossier": '{"schema":"alin-core/1","demand":{"household":{"applicant":{}},"resources":{}},'
    '"offers":[%s]}',
    "offers": '{"schema":"alin-core/1","offers":[%s]}',
    "verdict": '{"fitting":[],"undecided":[%s],"others":[]}',
    "candidature": '{"schema":"alin-core/1","history":[%s]}',
    "record": '{"schema":"alin-core/1","history":[%s]}',
    "ranking": '{"schema":"alin-core/ranking/1","offer":"T2","draw_key":"k","candidates":[%s]}',
}


class TestFirstHundredFaults:
    """An error lists the first hundred faults in the order of the document, then « and more »."""

    @pytest.mark.parametrize("count", [1, 99, 100, 101, 102, 1_000])
    @pytest.mark.parametrize("reader", FAULTY)
    def test_of_each_reader(self, reader: str, count: int) -> None:
        error = _refused(reader, FAULTY[reader] % ",".join(["0"] * count))
        listed = min(count, 100)
        assert [fault.path.partition("[")[2] for fault in error.faults] == [
            f"{place}]" for place in range(listed)
        ]
        assert error.more is (count > 100)
        lines = str(error).splitlines()
        assert (lines[-1] == "and more") is (count > 100)
        assert len(lines) == listed + (count > 100)

    @pytest.mark.parametrize(("before", "after"), [(0, 101), (1, 100), (60, 60), (100, 1)])
    @pytest.mark.parametrize("reader", ["dossier", "offers", "record", "ranking"])
    def test_wherever_they_stand(self, reader: str, before: int, after: int) -> None:
        """Unknown keys, then those of one list."""
        text = FAULTY[reader] % ",".join(["0"] * after)
        unknown = "".join(f'"x{place}":0,' for place in range(before))
        error = _refused(reader, text.replace("{", "{" + unknown, 1))
        assert error.more
        listed = [fault.path for fault in error.faults]
        assert len(listed) == 100
        assert listed[:before] == [f"x{place}" for place in range(before)]
        assert all("[" in path for path in listed[before:])

    @pytest.mark.parametrize("count", [99, 100, 101])
    def test_of_several_verdicts(self, count: int) -> None:
        """Keys given twice count with what their inputs lack."""
        one = '{"passes":true,"passes":true,"replay":0}'
        verdicts = [one] * (count // 2) + ["0"] * (count % 2)
        error = _refused("verdict", FAULTY["verdict"] % ",".join(verdicts))
        assert len(error.faults) == min(count, 100)
        assert error.more is (count > 100)
        assert [fault.path for fault in error.faults[:3]] == [
            "undecided[0].passes", "undecided[0].replay", "undecided[1].passes",
        ]  # fmt: skip

    @pytest.mark.parametrize("reader", FAULTY)
    def test_a_text_is_given_back_with_its_error(self, reader: str) -> None:
        """Without waiting for the collector, which comes late where objects are few and large."""
        text = FAULTY[reader] % ",".join(["{}"] * 10_000)

        def refused(times: int) -> None:
            for _ in range(times):
                _passed(reader, text)

        gc.disable()
        try:
            assert peak(lambda: refused(4)) < 1.1 * peak(lambda: refused(1))
        finally:
            gc.enable()

    @pytest.mark.parametrize("reader", FAULTY)
    def test_an_error_keeps_no_traceback(self, reader: str) -> None:
        """A traceback holds all that was being read."""
        error = _refused(reader, FAULTY[reader] % '"\\ud800",{},0')
        assert (error.__cause__, error.__context__) == (None, None)

    def test_an_error_that_lists_not_all_is_copied_as_such(self) -> None:
        error = _refused("record", FAULTY["record"] % ",".join(["0"] * 101))
        for copied in (copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
            assert (copied.faults, copied.more) == (error.faults, True)

    def test_an_error_of_many_faults_is_light(self) -> None:
        text = FAULTY["dossier"] % ",".join(["{}"] * 20_000)
        assert peak(lambda: str(_refused("dossier", text))) < 50 * len(text)


def _refused(reader: str, text: str) -> DossierError:
    try:
        READERS[reader](text)
    except DossierError as error:
        return error
    raise AssertionError(text)


class TestObjects:
    """An object of a text costs little more than Python's own."""

    def test_an_empty_one_is_as_small_as_a_dict(self) -> None:
        own = json.JSONDecoder()
        text = f"[{','.join(['{}'] * 10_000)}]"
        assert peak(lambda: parsed(text)) < 1.5 * peak(lambda: own.decode(text))

    @pytest.mark.parametrize(("pairs", "repeated"), [
        ([], set()), ([("a", 1)], set()), ([("a", 1), ("b", 2)], set()),
        ([("a", 1), ("b", 2), ("a", 3)], {"a"}), ([("a", 1)] * 3 + [("b", 1)] * 2, {"a", "b"}),
    ])  # fmt: skip
    def test_it_knows_which_keys_came_twice(
        self, pairs: list[tuple[str, int]], repeated: set[str]
    ) -> None:
        assert JsonObject(pairs).repeated == repeated
        assert JsonObject(pairs) == dict(pairs)


class Code(str):
    """A code that counts how often it is compared: a tuple that is searched is no call."""

    __slots__ = ()
    times = 0

    def __eq__(self, other: object) -> bool:
        Code.times += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def codes(prefix: str, count: int) -> list[Code]:
    return [Code(f"{prefix}{place}") for place in range(count)]


def policy(count: int) -> RankingPolicy:
    """As many criteria, each the only one of a group that counts one, each to be proved."""
    each = zip(codes("a", count), codes("g", count), strict=True)
    criteria = [
        Criterion(code=code, label_fr="a", label_en="a", points=1, group=group, needs_proof=True)
        for code, group in each
    ]
    groups = codes("g", count)
    return RankingPolicy(name="n", version="1", source="s", criteria=criteria, highest_only=groups)


def candidate(count: int) -> Candidate:
    """As many criteria, each proved, and as many points."""
    return Candidate(
        unique_number="1111023000123GDPUB",
        lodged_on=date(2023, 10, 1),
        outcome="MET",
        tier="OTHER",
        criteria=codes("a", count),
        proved=codes("a", count),
        points=dict.fromkeys(codes("b", count), 1),
    )


LOOKED_UP: dict[str, Callable[[int], object]] = {
    "criteria of a policy": policy,
    "points beside criteria": candidate,
    "proofs and groups of a breakdown": lambda count: counted(candidate(count), policy(count)),
    "proofs and groups of a score": lambda count: rank(
        [candidate(count)], policy(count), offer="T2", draw_key="k"
    ),
}


@pytest.mark.parametrize("place", LOOKED_UP)
def test_a_code_is_looked_up_not_searched(place: str) -> None:
    def times(count: int) -> int:
        Code.times = 0
        LOOKED_UP[place](count)
        return Code.times

    assert times(400) <= MORE * times(100) + 100


def test_a_lease_is_looked_up_when_a_candidature_follows() -> None:
    """Each of n submissions, cancelled, asks whether the demand is struck off."""

    def times(count: int) -> int:
        at, number = datetime(2026, 11, 23, 10, tzinfo=UTC), "1111023000123GDPUB"
        one = (Submit(at=at, offer="T2", unique_number=number), Cancel(at=at))
        return calls(lambda: Record(one * count))

    assert times(400) <= MORE * times(100)

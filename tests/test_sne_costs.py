"""What a hostile file of the national XML costs: memory and work in proportion to its bytes."""

import gc
import tracemalloc
from collections.abc import Callable
from itertools import count

import pytest

from alin_core.errors import AlinError
from alin_core.sne import read_demands
from tests.costs import calls, limited, peak
from tests.sne_writer import interface
from tests.test_sne import WHOLE, xml

#: Writes a file of about so many bytes.
Shape = Callable[[int], str]

#: Bytes of memory per byte of the file, beside a constant.
PER_BYTE, BESIDE = 100, 1_000_000
ASTRAL = "\U00010000"


def within(inside: str) -> str:
    """A file of one demand that holds those elements."""
    return interface(f"<demandeLogement>{inside}</demandeLogement>")


def filled(size: int, one: Callable[[int], str]) -> str:
    """So many bytes of elements, each made from its rank."""
    parts: list[str] = []
    room = size
    for rank in count():
        part = one(rank)
        room -= len(part.encode())
        if room < 0:
            return "".join(parts)
        parts.append(part)
    raise AssertionError


def prefixed(rank: int) -> str:
    return f"t:a{rank}='' "


def plain(rank: int) -> str:
    return f"a{rank}='' "


def repeated(size: int, part: str) -> str:
    return part * (size // len(part.encode()))


def bomb(sign: str) -> Shape:
    return lambda size: within(
        f"<z xmlns:t='{repeated(size // 2, sign)}'>{filled(size // 2, lambda n: f'<t:a{n}/>')}</z>"
    )


def bomb_of_attributes(sign: str) -> Shape:
    return lambda size: within(
        f"<z xmlns:t='{repeated(size // 2, sign)}' {filled(size // 2, prefixed)}/>"
    )


def nested(size: int) -> str:
    depth = size // 7
    return within("<a>" * depth + "</a>" * depth)


DEMAND = xml().partition("<demande>")[2].partition("</demande>")[0]
REFUSED = DEMAND.replace("1990-05-02", "1990-15-02")
AGAIN = "<t:a xmlns:b='c'/>"
SHORT = "http://" + ASTRAL * 190

SHAPES: dict[str, Shape] = {
    "a namespace bomb": bomb("x"),
    "an astral namespace bomb": bomb(ASTRAL),
    "a namespace bomb of attributes": bomb_of_attributes("x"),
    "an astral namespace bomb of attributes": bomb_of_attributes(ASTRAL),
    "a namespace bomb in the root": lambda size: (
        f"<interfaceNuu xmlns:t='{repeated(size // 2, ASTRAL)}' {filled(size // 2, prefixed)}/>"
    ),
    "names in a long namespace": lambda size: within(
        f"<z xmlns:t='{SHORT}'>{filled(size, lambda n: f'<t:a{n}/>')}</z>"
    ),
    "few names in a long namespace": lambda size: within(
        f"<z xmlns:t='{SHORT}'>{filled(size, lambda n: f'<t:a{n % 99}/>')}</z>"
    ),
    "attributes in a long namespace": lambda size: within(
        f"<z xmlns:t='{SHORT}' {filled(size, prefixed)}/>"
    ),
    "namespaces again and again": lambda size: within(
        f"<z xmlns:t='{SHORT}'>{repeated(size, AGAIN)}</z>"
    ),
    "namespaces inside one another": lambda size: within(
        filled(size, lambda n: f"<a xmlns:b{n % 1_000}='c'>")
    ),
    "names within a demand": lambda size: within(filled(size, lambda n: f"<a{n}/>")),
    "names across demands": lambda size: interface(
        filled(size, lambda n: f"<demandeLogement><a{n}/></demandeLogement>")
    ),
    "long names across demands": lambda size: interface(
        filled(size, lambda n: f"<demandeLogement><{'n' * 900}{n}/></demandeLogement>")
    ),
    "attributes of one element": lambda size: within(f"<z {filled(size, plain)}/>"),
    "attributes of many elements": lambda size: within(repeated(size, "<z a='' b=''/>")),
    "attributes of long paths": lambda size: within(
        "<{0}><{0}><{0}>{1}</{0}></{0}></{0}>".format(
            "é" * 80, filled(size, lambda n: f"<z a{n % 300}=''/>")
        )
    ),
    "empty elements": lambda size: within(repeated(size, "<a/>")),
    "short texts": lambda size: within(repeated(size, "<a>1</a>")),
    "empty elements among those that are known": lambda size: xml(WHOLE + repeated(size, "<nom/>")),
    "resources": lambda size: xml(
        WHOLE.replace(
            "<listeRessourceRecue/>",
            f"<listeRessourceRecue>{repeated(size, '<detailRessource/>')}</listeRessourceRecue>",
        )
    ),
    "children": lambda size: xml(
        inside=f"<listePersonneACharge>{repeated(size, '<personneACharge/>')}"
        "</listePersonneACharge>"
    ),
    "nesting": nested,
    "a long text": lambda size: xml(WHOLE.replace("Martin", "x" * size)),
    "a long astral text": lambda size: xml(WHOLE.replace("Martin", ASTRAL * (size // 4))),
    "a long attribute": lambda size: within(f"<a b='{'x' * size}'/>"),
    "a long comment": lambda size: within(f"<!--{'x' * size}-->"),
    "a long name": lambda size: within(f"<{'n' * size}/>"),
    "a long head": lambda size: f"<!--{'x' * size}--><interfaceNuu/>",
    "demands": lambda size: interface(repeated(size, DEMAND)),
    "refused demands": lambda size: interface(repeated(size, REFUSED)),
    "empty demands": lambda size: interface(repeated(size, "<demandeLogement/>")),
    "other parts": lambda size: xml().replace(
        "</interfaceNuu>", repeated(size, "<x><y/></x>") + "</interfaceNuu>"
    ),
    "empty parts": lambda size: xml().replace(
        "</interfaceNuu>", repeated(size, "<x/>") + "</interfaceNuu>"
    ),
}
#: Bytes of a small file, and of files twice and four times as large.
SIZES = (10_000, 20_000, 40_000)

each_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)


def drained(data: bytes) -> str:
    """Read every demand, keep none, and return how it ended."""
    try:
        for _ in read_demands(data):
            pass
    except AlinError as error:
        return str(error)
    return "read"


def of_sizes(shape: Shape) -> list[bytes]:
    drained(xml().encode())  # what is made once, whatever is read
    return [shape(size).encode() for size in SIZES]


@each_shape
def test_memory_is_in_proportion_to_the_bytes(shape: Shape) -> None:
    for data in of_sizes(shape):
        assert peak(lambda data=data: drained(data)) < BESIDE + PER_BYTE * len(data)  # type: ignore[misc]


@each_shape
def test_four_times_the_bytes_are_five_times_the_work_at_most(shape: Shape) -> None:
    once, twice, four_times = (
        calls(lambda data=data: drained(data))  # type: ignore[misc]
        for data in of_sizes(shape)
    )
    assert twice <= 2.5 * once
    assert four_times <= 5 * once


def test_no_shape_ends_in_an_error_that_is_not_ours_where_memory_is_short() -> None:
    """A demand as large as it may be, and nearly ten megabytes of demands with other names."""
    code = """
from tests.test_sne_costs import SHAPES, drained
for name, shape in SHAPES.items():
    drained(shape(9_900_000 if "across" in name else 990_000).encode())
print("done")
"""
    assert limited(code) == "done\n"


@pytest.mark.parametrize(
    "held",
    [
        "<z><{0}/></z>",
        "<z {0}=''/>",
        "<z><t:{0} xmlns:t='{1}'/></z>",
        "<z t:{0}='' xmlns:t='{1}'/>",
    ],
)
@pytest.mark.parametrize(("files", "name", "space"), [(300, 999, 200), (40, 99_999, 99_999)])
def test_nothing_of_a_file_is_kept_once_it_is_read(
    held: str, files: int, name: int, space: int
) -> None:
    """As long as they may be or longer, names and namespaces are others in each file."""
    written = [
        within(held.format(f"n{rank:0>{name}}", f"{rank:{ASTRAL}>{space}}")).encode()
        for rank in range(files)
    ]
    drained(written[0])
    gc.collect()
    tracemalloc.start()
    try:
        for data in written:
            drained(data)
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000

"""Reading the national XML of demands against `xml.etree` merely parsing the same file."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

from defusedxml import ElementTree as Defused
from interleaved import interleaved, print_table, print_versions, ratio

from alin_core.sne import read_demands

ROUNDS = 25
DEMANDS = 500
EXAMPLE = Path(__file__).parent.parent / "examples" / "demande.xml"


def file_of(count: int) -> bytes:
    """The file of the example, with its demand as many times."""
    head, rest = EXAMPLE.read_bytes().split(b"<sne:demandeLogement>")
    demand, tail = rest.split(b"</sne:demandeLogement>")
    one = b"<sne:demandeLogement>" + demand + b"</sne:demandeLogement>"
    return head + one * count + tail


def per_demand(read: Callable[[bytes], object], data: bytes) -> Callable[[], float]:
    """A sampler of the seconds that one demand of the file takes."""

    def sample() -> float:
        begin = perf_counter()
        read(data)
        return (perf_counter() - begin) / DEMANDS

    return sample


def read_all(data: bytes) -> None:
    """Every demand, as a service would take them: one after the other."""
    for _ in read_demands(data):
        pass


def rows_of(data: bytes, layout: str) -> list[tuple[str, ...]]:
    """What each reader takes for the file, against `xml.etree` on the same file."""
    readers: dict[str, Callable[[bytes], object]] = {
        "xml.etree, parsed": lambda data: ET.parse(BytesIO(data)),
        "defusedxml, parsed": lambda data: Defused.parse(BytesIO(data), forbid_dtd=True),
        "alin_core, demands": read_all,
    }
    samples = interleaved({name: per_demand(read, data) for name, read in readers.items()}, ROUNDS)
    return [
        (
            f"{name}, {layout}",
            f"{median(times) * 1e6:,.0f} µs",
            f"{1 / median(times):,.0f}",
            f"{ratio(samples, name, 'xml.etree, parsed'):.2f}",
        )
        for name, times in samples.items()
    ]


def main() -> None:
    data = file_of(DEMANDS)
    print_versions("alin-core", "defusedxml")
    rows = rows_of(data, "indented") + rows_of(re.sub(rb">\s+<", b"><", data), "on one line")
    print_table(("reader", "a demand", "demands a second", "× xml.etree"), rows)
    print()


if __name__ == "__main__":
    main()

"""Measure several things in turn, so that a machine that slows down slows them all."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from platform import python_implementation, python_version
from statistics import median

Samples = Mapping[str, Sequence[float]]


def interleaved(samplers: Mapping[str, Callable[[], float]], rounds: int) -> Samples:
    """The samples of each sampler, one per round; a first round warms up and is thrown away."""
    drawn = [[sample() for sample in samplers.values()] for _ in range(rounds + 1)]
    return dict(zip(samplers, zip(*drawn[1:], strict=True), strict=True))


def ratio(samples: Samples, name: str, reference: str) -> float:
    """How many times dearer `name` is than `reference`: the median over rounds."""
    return median(a / b for a, b in zip(samples[name], samples[reference], strict=True))


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table; every column but the first holds numbers."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    for row in (header, rule, *rows):
        print("|", " | ".join(row), "|")


def print_versions(*distributions: str) -> None:
    """The Python and the distributions that were measured."""
    installed = [f"{name} {version(name)}" for name in distributions]
    print(", ".join([f"{python_implementation()} {python_version()}", *installed]))
    print()

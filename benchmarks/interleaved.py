"""Measure several things in turn, so that a machine that slows down slows them all."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from platform import python_implementation, python_version
from statistics import median

Samples = Mapping[str, Sequence[float]]


def interleaved(samplers: Mapping[str, Callable[[], float]], rounds: int) -> Samples:
    """The samples of each sampler, one per round; a first round warms up and is thrown away.

    Every other round goes backwards, so that nobody always comes after the same one.
    """
    drawn: dict[str, list[float]] = {name: [] for name in samplers}
    for number in range(rounds + 1):
        for name in list(samplers)[:: -1 if number % 2 else 1]:
            drawn[name].append(samplers[name]())
    return {name: samples[1:] for name, samples in drawn.items()}


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

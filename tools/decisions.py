"""Decision tables made by asking a rule: the inputs in bands, and what the rule answers in each."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from attrs import field, frozen

from alin_core.rules.findings import Finding
from alin_core.text.wording import Words

__all__ = [
    "ENGLISH",
    "FRENCH",
    "Band",
    "Case",
    "DecisionTable",
    "Input",
    "MixedBand",
    "Row",
    "one_case",
    "said",
]

#: A table of decisions is in both.
FRENCH, ENGLISH = Words.of("fr"), Words.of("en")


class MixedBand(ValueError):
    """The rule gives several answers in one band: the band is too wide."""


@frozen
class Case:
    """Some of the values that an input may take, told in both languages."""

    fr: str
    en: str
    #: Which values are in it.
    holds: Callable[[Any], bool]
    #: Where the rule is asked: both ends, or every value.
    points: tuple[Any, ...]


def one_case(value: Any, fr: str, en: str | None = None) -> Case:
    """The case of a single value; in English too as it stands, if it has no word there."""
    return Case(fr, fr if en is None else en, lambda given: bool(given == value), (value,))


def said(finding: Finding) -> str:
    """The outcome, and the reason where there is one."""
    return f"{finding.outcome}, {finding.reason}" if finding.reason else str(finding.outcome)


@frozen
class Band:
    """Cases that make no difference to the answer, so that they share a row."""

    cases: tuple[Case, ...]
    #: Every case of the input: it does not matter.
    whole: bool = False

    def holds(self, value: Any) -> bool:
        return any(case.holds(value) for case in self.cases)

    def told(self) -> str:
        """French first, with the English beside it."""
        if self.whole:
            return "peu importe *any*"
        fr, en = (
            " / ".join(told) for told in zip(*((one.fr, one.en) for one in self.cases), strict=True)
        )
        return _both(fr, en)


@frozen
class Input:
    """One thing that the rule looks at."""

    fr: str
    en: str
    #: Where it is found in what the rule is given.
    of: Callable[[Any], Any]
    cases: tuple[Case, ...]


@frozen
class Row:
    bands: tuple[Band, ...]
    answer: str


@frozen(kw_only=True)
class DecisionTable:
    """What a rule answers, band by band."""

    name: str
    rule_id: str
    inputs: tuple[Input, ...]
    #: Makes what the rule is given from one point of each input; None: these cannot be together.
    make: Callable[..., Any]
    #: The rule itself, its answer as a short text.
    ask: Callable[[Any], str]
    #: Made by asking, at every point of every combination of cases.
    rows: tuple[Row, ...] = field(init=False)

    @rows.default
    def _asked(self) -> tuple[Row, ...]:
        return tuple(self._rows(()))

    def row_of(self, given: Any) -> list[Row]:
        """Every row that holds what the rule is given: one, unless the table is wrong."""
        values = [one.of(given) for one in self.inputs]
        return [
            row
            for row in self.rows
            if all(band.holds(value) for band, value in zip(row.bands, values, strict=True))
        ]

    def markdown(self) -> str:
        """The table as the site prints it."""
        heads = (*(_both(one.fr, one.en) for one in self.inputs), _both("réponse", "answer"))
        lines = [heads, ("---",) * len(heads)]
        lines += [(*(band.told() for band in row.bands), f"`{row.answer}`") for row in self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def _rows(self, chosen: tuple[Case, ...]) -> Iterator[Row]:
        """The rows below the cases chosen so far; cases with the same rows below are joined."""
        if len(chosen) == len(self.inputs):
            yield from (Row((), answer) for answer in self._answers(chosen))
            return
        cases = self.inputs[len(chosen)].cases
        below: dict[tuple[Row, ...], tuple[Case, ...]] = {}
        for case in cases:
            rows = tuple(self._rows((*chosen, case)))
            below[rows] = (*below.get(rows, ()), case)
        for rows, joined in below.items():
            band = Band(joined, whole=joined == cases)
            yield from (Row((band, *row.bands), row.answer) for row in rows)

    def _answers(self, chosen: tuple[Case, ...]) -> set[str]:
        made = [self.make(*points) for points in product(*(case.points for case in chosen))]
        answers = {self.ask(given) for given in made if given is not None}
        if len(answers) > 1:
            raise MixedBand(self.name, [case.en for case in chosen], sorted(answers))
        return answers


def _both(fr: str, en: str) -> str:
    fr = FRENCH.typeset(fr)
    return fr if fr == en else f"{fr} *{en}*"

"""Guide, « Principales règles d'attribution »: one person T1 or T2, … five and more T5 and more."""

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import Outcome
from alin_core.rules.typology import suitable_typologies, typology_fit
from alin_core.values.housing import Typology, TypologyRange
from tests.worked import cases

CASES = cases("typology")
FITS = [
    (int(persons), rooms, expected)
    for persons, row in CASES["fit"].items()
    for rooms, expected in zip(CASES["rooms"], row, strict=True)
]


@pytest.mark.parametrize(("persons", "rooms", "expected"), FITS)
def test_each_number_of_persons_has_its_typologies(persons: int, rooms: int, expected: str) -> None:
    finding = typology_fit(persons, Typology(rooms))
    assert finding.outcome is (Outcome.MET if expected == "fits" else Outcome.NOT_MET)
    assert finding.reason == (None if expected == "fits" else expected)
    assert (finding.observed, finding.fact("persons")) == (rooms, persons)


@pytest.mark.parametrize(
    ("persons", "rooms", "margin"),
    [(1, 1, 0), (1, 2, 0), (1, 4, -2), (3, 1, -2), (5, 5, 0), (5, 7, 2), (9, 3, -2)],
)
def test_the_margin_is_the_distance_to_the_nearer_edge(
    persons: int, rooms: int, margin: int
) -> None:
    assert typology_fit(persons, Typology(rooms)).margin == margin


def test_nobody_has_no_typology() -> None:
    with pytest.raises(InvalidValue, match="persons: 0"):
        suitable_typologies(0)


def test_a_reform_changes_the_range() -> None:
    standard = Rulebook.standard()
    wide = TypologyRange(Typology(1), Typology(3))
    reform = evolve(standard, typologies=(wide, *standard.typologies[1:]))
    assert typology_fit(1, Typology(3), rulebook=reform).outcome is Outcome.MET


@pytest.mark.parametrize("persons", [True, 1.0])
def test_what_equals_a_number_of_persons_is_not_one(persons: int) -> None:
    assert typology_fit(1, Typology(1)).outcome is Outcome.MET
    with pytest.raises(WrongType, match=r"^persons: "):
        typology_fit(persons, Typology(1))

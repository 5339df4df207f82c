"""Does the size of the dwelling fit the number of persons?"""

from alin_core.errors import InvalidValue, must_be
from alin_core.law.rulebook import Rulebook, kept
from alin_core.rules.findings import MET, NOT_MET, Finding
from alin_core.values.arguments import blame, explained
from alin_core.values.housing import Typology, TypologyRange, typology_of

__all__ = ["suitable_typologies", "typology_fit"]


@explained
def suitable_typologies(persons: int, *, rulebook: Rulebook | None = None) -> TypologyRange:
    """The dwellings that fit that many persons (guide, « Principales règles d'attribution »).

    >>> str(suitable_typologies(3)), str(suitable_typologies(7))
    ('T3–T4', 'T5 and more')

    Raises `InvalidValue` below one person, `WrongType` for what is no number of persons.
    """
    if must_be(persons, int, "persons") < 1:
        raise InvalidValue("persons", persons, "give at least one person")
    ranges = (rulebook or Rulebook.standard()).typologies
    return ranges[min(persons, len(ranges)) - 1]


def typology_fit(persons: int, typology: Typology, *, rulebook: Rulebook | None = None) -> Finding:
    """MET when the dwelling is in the range of that many persons, both ends included.

    The margin is the number of rooms to the nearer edge, negative outside.

    >>> typology_fit(1, Typology.parse("T3")).reason
    'too large'
    """
    try:
        return kept(_fit, rulebook or Rulebook.standard())(persons, typology_of(typology).rooms)
    except (AttributeError, TypeError) as error:
        blame(typology_fit, error, locals())
        raise


def _fit(rulebook: Rulebook, persons: int, rooms: int) -> Finding:
    fitting = suitable_typologies(persons, rulebook=rulebook)
    above = rooms - fitting.smallest.rooms
    below = above if fitting.largest is None else fitting.largest.rooms - rooms
    margin = min(above, below)
    outcome = MET if margin >= 0 else NOT_MET
    reason = None if margin >= 0 else "too small" if above < 0 else "too large"
    return Finding("typology", outcome, rooms, fitting, margin, (), reason, (("persons", persons),))

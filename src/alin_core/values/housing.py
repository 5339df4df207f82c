"""The dwelling that is offered: its size, its norm, its rent."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase

from attrs import field

from alin_core.errors import InvalidValue, is_a, member, must_be
from alin_core.frozen import frozen
from alin_core.values.amounts import add, euros_field, optional_euros_field
from alin_core.values.identifiers import Commune, commune, is_text

__all__ = [
    "Offer",
    "Rent",
    "RentalNorm",
    "Typology",
    "TypologyRange",
    "repeated_references",
    "typology_of",
]


class RentalNorm(StrEnum):
    """What the dwelling was financed as; it sets the ceiling of resources.

    >>> RentalNorm(" plus ")
    <RentalNorm.PLUS: 'PLUS'>
    """

    PLAI = "PLAI"
    PLUS = "PLUS"
    PLS = "PLS"
    # Intermediate or local norms: recognised, no table is kept for them.
    PLI = "PLI"
    LLI = "LLI"
    LLS = "LLS"
    LLTS = "LLTS"

    @classmethod
    def _missing_(cls, value: object) -> "RentalNorm":
        return member(cls, value, "norm")


def _norm(value: RentalNorm | str | None) -> RentalNorm | None:
    return None if value is None else member(RentalNorm, value, "norm")


_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
_TYPOLOGY = re.compile(r"(?:T|F|TYPE)\s*([1-9][0-9]{0,3})(?:\s*BIS)?")


@frozen(order=True)
class Typology:
    """The number of main rooms: T3 is a dwelling of three.

    >>> Typology.parse("Type 3") == Typology(3)
    True
    >>> str(Typology.parse("studio"))
    'T1'
    """

    #: Main rooms, 1 to 9999; a technical bound, not law.
    rooms: int = field()

    @rooms.validator
    def _are_some(self, _attribute: object, rooms: int) -> None:
        if not 1 <= must_be(rooms, int, "rooms") <= 9999:
            raise InvalidValue("rooms", rooms, "give 1 to 9999 main rooms")

    @classmethod
    def parse(cls, text: str) -> "Typology":
        """The typology a text names: T3, F3, Type 3, studio, in any case.

        No text defines these words; our conventions: F is T, a studio is a T1, « bis » adds none.
        Raises `InvalidValue` for another text.
        """
        # Beyond ASCII, capitals are other characters: « ſ » would be read as S, « ı » as I.
        words = must_be(text, str, "typology").strip().translate(_CAPITALS)
        if words == "STUDIO":
            return cls(1)
        found = _TYPOLOGY.fullmatch(words)
        if found is None:
            raise InvalidValue("typology", text, "give T1, T2, T3 and so on")
        return cls(int(found[1]))

    def __str__(self) -> str:
        return f"T{self.rooms}"


def typology_of(value: Typology | str) -> Typology:
    """The typology itself; a text is parsed."""
    return value if isinstance(value, Typology) else Typology.parse(value)


def _optional_typology(value: Typology | str | None) -> Typology | None:
    return None if value is None else typology_of(value)


@frozen
class TypologyRange:
    """From one typology to another, both included.

    >>> "T2" in TypologyRange("T2", "T3"), "T4" in TypologyRange("T2", "T3")
    (True, False)
    >>> print(TypologyRange("T5", None))
    T5 and more
    """

    smallest: Typology = field(converter=typology_of)
    #: None: no largest.
    largest: Typology | None = field(converter=_optional_typology)

    @largest.validator
    def _is_not_smaller(self, _attribute: object, largest: Typology | None) -> None:
        if largest is not None and largest < self.smallest:
            raise InvalidValue("largest", str(largest), f"give {self.smallest} or larger")

    def __contains__(self, value: Typology | str) -> bool:
        rooms = typology_of(value).rooms
        return self.smallest.rooms <= rooms and (
            self.largest is None or rooms <= self.largest.rooms
        )

    def __str__(self) -> str:
        if self.largest is None:
            return f"{self.smallest} and more"
        if self.largest == self.smallest:
            return str(self.smallest)
        return f"{self.smallest}–{self.largest}"


@frozen(kw_only=True)
class Rent:
    """The rent asked, euros per month.

    >>> Rent(base="612.40", charges=85).including_charges
    Decimal('697.40')
    """

    #: Without charges.
    base: Decimal = field(converter=euros_field)
    #: None: unknown.
    charges: Decimal | None = field(default=None, converter=optional_euros_field)
    #: Added up once, at birth; None: charges unknown.
    including_charges: Decimal | None = field(init=False, eq=False, repr=False)

    @including_charges.default
    def _add_up(self) -> Decimal | None:
        return None if self.charges is None else add(self.base, self.charges)


@frozen(kw_only=True)
class Offer:
    """A dwelling published on AL'in.

    >>> offer = Offer(reference="IVRY-T3", commune="94041", typology="T3", rent=Rent(base=600))
    >>> offer.commune, str(offer.typology), offer.norm
    ('94041', 'T3', None)
    """

    #: What the offer is called on AL'in.
    reference: str = field(validator=is_text)
    #: INSEE code, not the postal code.
    commune: Commune = field(converter=commune)
    typology: Typology = field(converter=typology_of)
    #: None: unknown.
    norm: RentalNorm | None = field(default=None, converter=_norm)
    rent: Rent = field(validator=is_a(Rent))
    #: None: unknown.
    lessor: str | None = field(default=None, validator=is_text)
    #: No longer available: nobody may apply any more.
    available: bool = field(default=True, validator=is_a(bool))
    #: Zone of the APL, 1, 2 or 3 (CCH D823-16); None: unknown.
    housing_aid_zone: int | None = field(default=None)

    @housing_aid_zone.validator
    def _is_a_zone(self, _attribute: object, zone: int | None) -> None:
        if zone is not None and must_be(zone, int, "housing_aid_zone") not in (1, 2, 3):
            raise InvalidValue("housing_aid_zone", zone, "give 1, 2 or 3")


def repeated_references(references: Iterable[object]) -> Iterator[tuple[int, int]]:
    """Each place whose reference an earlier one bears, after the first place that bears it.

    >>> list(repeated_references(["LYON-T2", "LYON-T3", "LYON-T2"]))
    [(0, 2)]
    """
    firsts: dict[object, int] = {}
    for place, reference in enumerate(references):
        first = firsts.setdefault(reference, place)
        if first != place:
            yield first, place

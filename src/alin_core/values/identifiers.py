"""The unique number of a demand, the SIRET of an establishment, the INSEE code of a commune."""

import re
from enum import StrEnum
from typing import Any, NewType
from unicodedata import normalize

from attrs import Attribute, field

from alin_core.errors import InvalidValue, must_be
from alin_core.frozen import frozen
from alin_core.values.privacy import hidden, masked

__all__ = [
    "Commune",
    "OpaqueNumber",
    "Siret",
    "UniqueNumber",
    "UniqueNumberKind",
    "commune",
    "compared",
    "is_text",
    "normalised",
    "siret",
    "unique_number",
    "written",
]

#: INSEE code of a commune, five characters, as text: `94041`, `2A004`.
Commune = NewType("Commune", str)

#: Of metropolitan France.
_DEPARTMENT = "(?:0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])"
_COMMUNE = re.compile(rf"{_DEPARTMENT}[0-9]{{3}}|9(?:7[1-8]|8[0-9])[0-9]{{2}}")
_PARIS = re.compile(r"75(?:056|10[1-9]|11[0-9]|120)")


def commune(code: str) -> Commune:
    """The INSEE code, checked for shape and department; that the commune exists is not checked.

    >>> commune("94041"), commune("2a004")
    ('94041', '2A004')
    >>> commune("75013")
    Traceback (most recent call last):
    ...
    alin_core.errors.InvalidValue: commune: '75013' is refused; it is a postal code of Paris, \
the INSEE code of that arrondissement is 75113

    Raises `InvalidValue` for a postal code of Paris and for a department that does not exist.
    """
    text = must_be(code, str, "commune").strip().upper()
    if not _COMMUNE.fullmatch(text):
        hint = "give the INSEE code of a commune, five characters such as 94041 or 2A004"
        raise InvalidValue("commune", code, hint)
    if text.startswith("75") and not _PARIS.fullmatch(text):
        if "75001" <= text <= "75020":
            right = f"751{text[3:]}"
            hint = f"it is a postal code of Paris, the INSEE code of that arrondissement is {right}"
        else:
            hint = "Paris is 75056, its arrondissements 75101 to 75120"
        raise InvalidValue("commune", code, hint)
    return Commune(text)


class UniqueNumberKind(StrEnum):
    """Departmental (NUD) or regional (NUR) unique number."""

    NUD = "NUD"
    NUR = "NUR"


_NUD, _NUR = re.compile(f"0{_DEPARTMENT}"), re.compile("1[0-9]{2}")
_UNIQUE_NUMBER = re.compile(r"[0-9AB]{3}(?:0[1-9]|1[0-2])[0-9]{2}[0-9]{6}[0-9A-Z]{5}")
#: White space, bars, dots, the hyphen of a keyboard, the dashes of U+2010 to U+2015, the minus.
_SEPARATORS = re.compile(r"[\s|.\-\u2010-\u2015\u2212]+")


def normalised(text: str) -> str:
    """A unique number in capitals, without what its writings put between its signs.

    >>> normalised("111 10-23 000123 gdpub"), normalised("-")
    ('1111023000123GDPUB', '')
    """
    text = _SEPARATORS.sub("", must_be(text, str, "unique_number"))
    # Beyond ASCII, capitals are other characters: « ß » would give two that nobody wrote.
    return text.upper() if text.isascii() else text


@frozen(order=True)
class UniqueNumber:
    """The number that identifies a demand, in the one shape that was seen.

    No text defines it and no checksum is known.
    READING, from four examples: territory (3), month and year of first deposit (MMYY),
    sequence (6 digits), registering desk (5).

    >>> number = UniqueNumber("111 10 23 000123 gdpub")
    >>> number.kind, number.territory, number.deposit_month
    (<UniqueNumberKind.NUR: 'NUR'>, '111', (2023, 10))
    >>> str(number)
    '1111023000123GDPUB'

    Raises `InvalidValue` for another shape; `OpaqueNumber` keeps such a text.
    """

    #: 18 characters, without separators.
    text: str = field(converter=normalised, repr=hidden)

    @text.validator
    def _has_the_shape(self, _attribute: object, text: str) -> None:
        if not _UNIQUE_NUMBER.fullmatch(text):
            hint = (
                "give the 18 characters of a NUD or NUR, such as 111 10 23 000123 GDPUB,"
                " or keep an unknown shape with OpaqueNumber"
            )
            raise InvalidValue("unique_number", masked(text), hint)

    @property
    def kind(self) -> UniqueNumberKind | None:
        """NUD when the territory is a department, NUR a region; None: form not seen.

        How departments overseas are written was not seen.
        """
        if _NUD.fullmatch(self.territory):
            return UniqueNumberKind.NUD
        return UniqueNumberKind.NUR if _NUR.fullmatch(self.territory) else None

    @property
    def territory(self) -> str:
        """`0` and the department (`059`), or `1` and the region (`111`, Île-de-France)."""
        return self.text[:3]

    @property
    def deposit_month(self) -> tuple[int, int]:
        """Year and month of the first deposit."""
        return 2000 + int(self.text[5:7]), int(self.text[3:5])

    def __str__(self) -> str:
        return self.text


def _opaque(text: str) -> str:
    return written(must_be(text, str, "unique_number"), "unique_number").strip()


@frozen(order=True)
class OpaqueNumber:
    """A unique number whose shape we do not know: kept as given, nothing is read from it.

    >>> str(OpaqueNumber(" 97-1 000 12 "))
    '97-1 000 12'
    """

    text: str = field(converter=_opaque, repr=hidden)

    @text.validator
    def _says_something(self, _attribute: object, text: str) -> None:
        # A dash alone is how a form says that there is none.
        if not _told_apart(text) or not text.isprintable():
            hint = "give the text of the number, on one line, or None where there is none"
            raise InvalidValue("unique_number", masked(text), hint)

    def __str__(self) -> str:
        return self.text


def compared(number: UniqueNumber | OpaqueNumber) -> str:
    """What two writings of one number share: spaces, dashes, dots, bars and case are no part of it.

    >>> compared(OpaqueNumber("97-1 000 12a")) == compared(OpaqueNumber("97100012A"))
    True

    Nor is the width of a digit, or any other form that is one character by NFKC.
    """
    return number.text if isinstance(number, UniqueNumber) else _told_apart(number.text)


def _told_apart(text: str) -> str:
    return normalised(normalize("NFKC", text))


def unique_number(
    value: UniqueNumber | OpaqueNumber | str | None,
) -> UniqueNumber | OpaqueNumber | None:
    """The number itself; a text is parsed strictly; None: not obtained."""
    if value is None or isinstance(value, UniqueNumber | OpaqueNumber):
        return value
    return UniqueNumber(value)


def _digits(text: str) -> str:
    return "".join(must_be(text, str, "siret").split())


@frozen(order=True)
class Siret:
    """The identifier of an establishment: SIREN of its company (9 digits) and NIC (5).

    >>> Siret("356 000 000 00048").siren
    '356000000'

    Luhn holds on the SIREN and on the whole.
    La Poste (SIREN 356000000) has so many establishments that a digit sum which is a multiple
    of 5 is enough for its SIRET.
    That the establishment exists is not checked.
    Raises `InvalidValue` for anything else.
    """

    #: 14 digits.
    text: str = field(converter=_digits, repr=hidden)

    @text.validator
    def _adds_up(self, _attribute: object, text: str) -> None:
        if not re.fullmatch(r"[0-9]{14}", text):
            hint = "give the 14 digits of the establishment"
            raise InvalidValue("siret", masked(text), hint)
        la_poste = text.startswith("356000000") and sum(map(int, text)) % 5 == 0
        if not la_poste and not (_luhn(text) and _luhn(text[:9])):
            hint = "a digit is wrong: its check sum does not hold"
            raise InvalidValue("siret", masked(text), hint)

    @property
    def siren(self) -> str:
        """Nine digits: the company, whose headcount counts."""
        return self.text[:9]

    def __str__(self) -> str:
        return self.text


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def siret(value: Siret | str | None) -> Siret | None:
    """The SIRET itself; a text is parsed; None: unknown."""
    return value if value is None or isinstance(value, Siret) else Siret(value)


def written(text: str, name: str) -> str:
    """The text itself; raises `InvalidValue` where UTF-8 cannot write it, hence no JSON file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidValue(name, masked(text), "it holds half of a character") from None
    return text


def is_text(_instance: object, attribute: "Attribute[Any]", value: str | None) -> None:
    """The validator of a field that holds a text, kept as given; None where that is allowed."""
    if value is None and attribute.default is None:
        return
    if not written(must_be(value, str, attribute.name), attribute.name).strip():
        raise InvalidValue(attribute.name, value, "give a text that is not empty")

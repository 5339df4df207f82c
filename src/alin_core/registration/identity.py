"""Is the person who registers the one whom the unique number names?"""

from unicodedata import category, normalize

from alin_core.arguments import explained
from alin_core.law.findings import MET, NOT_MET, Finding
from alin_core.values.demand import Identity

__all__ = ["check_identity", "comparable_name"]

_WRITTEN_ALIKE = str.maketrans({"’": "'", "ʼ": "'", "œ": "oe", "æ": "ae"})


@explained
def comparable_name(name: str) -> str:
    """A name without case and accents; a hyphen is a space, and spaces are one.

    READING: the guide asks that names correspond and does not say how they are compared.
    What a keyboard does by itself is set aside too: a curly apostrophe, the ligatures œ and æ,
    signs that nobody sees. Nothing else is: a second first name is a difference.

    >>> comparable_name("  Élise-Marie  LE GOFF ")
    'elise marie le goff'
    """
    # Caseless first: a capital may fold to a letter with its own mark.
    letters = normalize("NFD", normalize("NFD", name).casefold()).translate(_WRITTEN_ALIKE)
    plain = "".join(
        " " if category(letter) == "Pd" else letter
        for letter in letters
        if category(letter) not in ("Mn", "Cf")
    )
    return " ".join(plain.split())


@explained
def check_identity(entered: Identity, attached: Identity) -> Finding:
    """MET when surname, first name and birth date are those attached to the unique number.

    Guide, « Consulter/modifier sa demande »; names are compared by `comparable_name`.
    When they differ, the demand is deleted on AL'in, then imported again, in this order; the
    account stays.

    >>> from datetime import date
    >>> entered = Identity(surname="Le Goff", first_name="Élise", birth_date=date(1990, 5, 2))
    >>> attached = Identity(surname="LE-GOFF", first_name="Elisa", birth_date=date(1990, 5, 2))
    >>> check_identity(entered, attached).fact("differ")
    ('first_name',)
    """
    pairs = {
        "surname": (comparable_name(entered.surname), comparable_name(attached.surname)),
        "first_name": (comparable_name(entered.first_name), comparable_name(attached.first_name)),
        "birth_date": (entered.birth_date, attached.birth_date),
    }
    differ = tuple(name for name, (one, other) in pairs.items() if one != other)
    return Finding("identity-check", NOT_MET if differ else MET, basis=(("differ", differ),))

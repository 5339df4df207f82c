"""Is the person who registers the one whom the unique number names?"""

import re
from unicodedata import category, normalize

from alin_core.rules.findings import MET, NOT_MET, Finding
from alin_core.values.arguments import explained
from alin_core.values.demand import Identity

__all__ = ["check_identity", "comparable_name"]

#: Counted by Unicode among letters and their marks, and neither: accents, apostrophes, signs that
#: nobody sees. Marks of other scripts stay: some are vowels.
_NO_LETTERS = re.compile("[\u0300-\u036f\u02b9-\u02bf\ufe00-\ufe0f\u115f\u1160]")
#: Strokes, ligatures and the bare i of Turkish, which decomposition leaves.
_FOLDED = str.maketrans(
    {"æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t"}
)


@explained
def comparable_name(name: str) -> str:
    """The letters of a name alone, without case, accents, strokes and ligatures.

    READING: the guide asks that names correspond and does not say how they are compared.
    Files in capitals drop apostrophes, hyphens and strokes, or put a space in their place, so that
    none of these counts; a second first name is a difference.
    A name without any letter is compared as it stands.

    >>> comparable_name("  Élise-Marie  N’DIAYE "), comparable_name("Wałęsa")
    ('elisemariendiaye', 'walesa')
    """
    # Decomposed before the case is folded: a capital may fold to a letter with its own mark.
    plain = normalize("NFKD", normalize("NFKD", name).casefold()).translate(_FOLDED)
    letters = "".join(sign for sign in _NO_LETTERS.sub("", plain) if category(sign)[0] in "LM")
    return letters or " ".join(name.split())


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

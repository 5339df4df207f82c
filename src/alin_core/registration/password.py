"""What a password must hold; the password itself is never kept, shown or repeated."""

from enum import StrEnum
from unicodedata import category, normalize

from alin_core.errors import must_be
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import MET, NOT_MET, Finding
from alin_core.values.arguments import explained

__all__ = ["PasswordFault", "check_password"]


class PasswordFault(StrEnum):
    """What a password lacks, in the order of the guide."""

    NOT_CONFIRMED = "NOT_CONFIRMED"
    TOO_SHORT = "TOO_SHORT"
    NO_DIGIT = "NO_DIGIT"
    NO_UPPER_CASE = "NO_UPPER_CASE"
    NO_LOWER_CASE = "NO_LOWER_CASE"
    SAME_AS_USER_NAME = "SAME_AS_USER_NAME"


@explained
def check_password(
    password: str, confirmation: str, *, user_name: str, rulebook: Rulebook | None = None
) -> Finding:
    """MET for a password of 8 characters with a digit and both cases, confirmed, not the e-mail.

    Guide, « Créer son compte »; the user name is the e-mail of the account.
    A character is a code point; digits and letters are those of Unicode, whatever the script.
    READING: password and confirmation are read after NFC, since keyboards write one « é » in two
    ways, and password and user name compared without regard to case; the rulebook holds both
    choices.

    >>> finding = check_password("motdepasse", "motdepasse", user_name="ada@example.org")
    >>> finding.fact("faults")
    ('NO_DIGIT', 'NO_UPPER_CASE')

    Every fault is in the fact `faults`; nothing of the password is in the finding.
    Raises `WrongType`, which names the type and not the value.
    """
    must_be(password, str, "password")
    must_be(confirmation, str, "confirmation")
    must_be(user_name, str, "user_name")
    rulebook = rulebook or Rulebook.standard()
    if rulebook.password_after_nfc:
        password, confirmation, user_name = (
            normalize("NFC", text) for text in (password, confirmation, user_name)
        )
    kinds = {category(character) for character in password}
    found = {
        PasswordFault.NOT_CONFIRMED: password != confirmation,
        PasswordFault.TOO_SHORT: len(password) < rulebook.password_length,
        PasswordFault.NO_DIGIT: "Nd" not in kinds,
        PasswordFault.NO_UPPER_CASE: "Lu" not in kinds,
        PasswordFault.NO_LOWER_CASE: "Ll" not in kinds,
        PasswordFault.SAME_AS_USER_NAME: _is_the_name(password, user_name, rulebook),
    }
    faults = tuple(fault.value for fault, is_so in found.items() if is_so)
    basis = (("faults", faults), ("length", rulebook.password_length))
    return Finding("password", NOT_MET if faults else MET, basis=basis)


def _is_the_name(password: str, user_name: str, rulebook: Rulebook) -> bool:
    if not rulebook.user_name_ignores_case:
        return password == user_name
    one, other = password.casefold(), user_name.casefold()
    if rulebook.password_after_nfc:  # a case that is folded may have another form
        one, other = normalize("NFC", one), normalize("NFC", other)
    return one == other

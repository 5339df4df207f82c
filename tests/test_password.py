"""The rules of the guide for a password; each fault is told, the password never is."""

import pickle
import traceback
from typing import Any
from unicodedata import normalize

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from alin_core.errors import WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.registration.password import PasswordFault, check_password
from alin_core.rules.findings import Finding, Outcome
from tests.worked import cases

EMAIL = "Ada.Lovelace1@example.org"
STANDARD = Rulebook.standard()


def check(password: str, confirmation: str | None = None, **known: Any) -> Finding:
    confirmed = password if confirmation is None else confirmation
    return check_password(password, confirmed, **({"user_name": EMAIL} | known))


def faults(*asked: Any, **known: Any) -> Any:
    return check(*asked, **known).fact("faults")


@pytest.mark.parametrize("case", cases("registration")["password"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert faults(case["password"], case.get("confirmation")) == tuple(case["faults"])


@pytest.mark.parametrize(
    "password",
    [
        "Abcdefg1",
        "1Éàççççç",
        "ŁódźŁódź7",
        "Ααααααα٣",  # a Greek capital, an Arabic digit
        "Aa1     ",
        "Aa1🏠🏠🏠🏠🏠",
        "Aa1" + "x" * 5_000,
    ],
)
def test_eight_characters_a_digit_and_both_cases_are_enough(password: str) -> None:
    assert check(password).outcome is Outcome.MET
    assert faults(password) == ()


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("Abcdef1", ("TOO_SHORT",)),
        ("Aa1🏠🏠🏠🏠", ("TOO_SHORT",)),
        ("Abcdefgh", ("NO_DIGIT",)),
        ("abcdefg1", ("NO_UPPER_CASE",)),
        ("ABCDEFG1", ("NO_LOWER_CASE",)),
        ("ABCDEFªº1", ("NO_LOWER_CASE",)),  # ordinals are no letters of a case
        ("ⅧⒶabcde1", ("NO_UPPER_CASE",)),  # nor are numerals and circled letters
        ("Abcdef²½", ("NO_DIGIT",)),
        ("中文中文中文中文", ("NO_DIGIT", "NO_UPPER_CASE", "NO_LOWER_CASE")),
        ("", ("TOO_SHORT", "NO_DIGIT", "NO_UPPER_CASE", "NO_LOWER_CASE")),
    ],
)
def test_every_fault_is_told_at_once(password: str, expected: tuple[str, ...]) -> None:
    assert faults(password) == expected
    assert check(password).outcome is Outcome.NOT_MET


@pytest.mark.parametrize("name", [EMAIL, EMAIL.upper(), EMAIL.lower()])
def test_it_is_not_the_user_name_whatever_the_case(name: str) -> None:
    assert faults(EMAIL, user_name=name) == ("SAME_AS_USER_NAME",)
    by_the_letter = evolve(STANDARD, user_name_ignores_case=False)
    told = faults(EMAIL, user_name=name, rulebook=by_the_letter)
    assert told == (("SAME_AS_USER_NAME",) if name == EMAIL else ())


def test_a_part_of_the_user_name_is_not_the_user_name() -> None:
    assert faults(EMAIL[:-1]) == ()
    assert faults(EMAIL + " ") == ()


def test_the_confirmation_is_the_same_text_after_nfc() -> None:
    composed, decomposed = "\u00c9lisabeth1", "E\u0301lisabeth1"
    assert faults(composed, decomposed) == ()
    as_typed = evolve(STANDARD, password_after_nfc=False)
    assert faults(composed, decomposed, rulebook=as_typed) == ("NOT_CONFIRMED",)
    assert faults(composed, composed, rulebook=as_typed) == ()


@pytest.mark.parametrize("confirmation", ["Abcdefg1 ", "abcdefg1", "", "Ábcdefg1"])
def test_another_confirmation_is_refused(confirmation: str) -> None:
    assert faults("Abcdefg1", confirmation) == ("NOT_CONFIRMED",)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_is_one_whatever_its_form(form: Any) -> None:
    """Seven signs on the screen, then eight; either way of typing the accents."""
    as_typed = evolve(STANDARD, password_after_nfc=False)
    for password, short in (("\u00c9t\u00e92026", True), ("\u00c9t\u00e92026!", False)):
        typed = normalize(form, password)
        assert faults(typed) == (("TOO_SHORT",) if short else ())
        kept_short = short and form == "NFC"
        assert faults(typed, rulebook=as_typed) == (("TOO_SHORT",) if kept_short else ())


def test_a_capital_is_one_whatever_its_form() -> None:
    as_typed = evolve(STANDARD, password_after_nfc=False)
    for rulebook in (STANDARD, as_typed):
        assert faults("E\u0301abcdefg1", rulebook=rulebook) == ()


@pytest.mark.parametrize(
    "name",
    ["\u00c9lisabeth1", "\u03b1\u0345\u0301Aa1aaaa", "\u0390Aa1aaaaa", "\u01f0Aa1aaaaa"],
    ids=ascii,
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_user_name_in_another_form_is_the_user_name(name: str, form: Any) -> None:
    same = ("SAME_AS_USER_NAME",)
    assert faults(normalize(form, name), user_name=name) == same
    capitals = normalize("NFD", normalize("NFC", name).upper())
    assert faults(normalize(form, name), user_name=capitals) == same
    by_the_letter = evolve(STANDARD, user_name_ignores_case=False)
    assert faults(normalize(form, name), user_name=name, rulebook=by_the_letter) == same


def test_as_typed_another_form_is_another_name() -> None:
    as_typed = evolve(STANDARD, password_after_nfc=False)
    name = "\u00c9lisabeth1"
    assert faults(name, user_name=name.lower(), rulebook=as_typed) == ("SAME_AS_USER_NAME",)
    assert faults(normalize("NFD", name), user_name=name, rulebook=as_typed) == ()


def test_a_reform_of_the_length() -> None:
    longer = evolve(STANDARD, password_length=12)
    assert faults("Abcdefghij1", rulebook=longer) == ("TOO_SHORT",)
    assert faults("Abcdefghijk1", rulebook=longer) == ()
    assert check("Abcdefghijk1", rulebook=longer).fact("length") == 12


SECRET = "Corr3ct-horse-battery-staple"


@given(st.text(), st.text())
@example(SECRET, "x")
@example("\ud800", "\ud800")
def test_nothing_of_the_password_is_in_the_answer(password: str, confirmation: str) -> None:
    finding = check(password, confirmation)
    assert finding.facts[0][0] == "faults"
    known = {fault.value for fault in PasswordFault}
    assert set(finding.facts[0][1]) <= known  # type: ignore[arg-type]
    assert finding.facts[1:] == (("length", 8),)
    assert (finding.observed, finding.reason, finding.missing) == (None, None, ())
    assert finding.basis == finding.facts
    assert SECRET.encode() not in pickle.dumps(finding)


def test_the_user_name_is_a_text() -> None:
    with pytest.raises(WrongType, match=r"^user_name: a value of type NoneType .* give str$"):
        check("Abcdefg1", user_name=None)


@pytest.mark.parametrize("name", ["password", "confirmation", "user_name"])
def test_a_list_of_characters_is_no_text_under_any_reading(name: str) -> None:
    rulebook = evolve(STANDARD, password_after_nfc=False, user_name_ignores_case=False)
    given_: dict[str, Any] = dict.fromkeys(("password", "confirmation", "user_name"), "Abcdefg1")
    given_[name] = list("Abcdefg1")
    with pytest.raises(WrongType, match=f"^{name}: a value of type list is refused; give str$"):
        check_password(**given_, rulebook=rulebook)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("value", [SECRET.encode(), [SECRET], {"password": SECRET}])
def test_an_error_names_the_type_and_never_the_password(place: int, value: Any) -> None:
    given_ = ["Abcdefg1", "Abcdefg1"]
    given_[place] = value
    with pytest.raises(WrongType, match=r"^(password|confirmation): ") as e:
        check_password(*given_, user_name=EMAIL)
    assert e.value.found is type(value)
    told = [repr(e.value), str(e.value), *traceback.format_exception(e.value)]
    assert [text for text in told if SECRET in text] == []
    assert SECRET.encode() not in pickle.dumps(e.value)

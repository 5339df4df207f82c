from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given

from alin_core.errors import InvalidValue, WrongType, shown
from alin_core.values.identifiers import (
    OpaqueNumber,
    Siret,
    UniqueNumber,
    UniqueNumberKind,
    commune,
    compared,
    siret,
    unique_number,
)
from tests import strategies


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("94041", "94041"),
        (" 94041 ", "94041"),
        ("01001", "01001"),
        ("95680", "95680"),
        ("19272", "19272"),
        ("21001", "21001"),
        ("2a004", "2A004"),
        ("2B033", "2B033"),
        ("97101", "97101"),
        ("97502", "97502"),
        ("97801", "97801"),
        ("98818", "98818"),
        ("75056", "75056"),
        ("75101", "75101"),
        ("75110", "75110"),
        ("75120", "75120"),
    ],
)
def test_an_insee_code_has_five_characters_and_a_department(code: str, kept: str) -> None:
    assert commune(code) == kept


@pytest.mark.parametrize(
    "code",
    ["", "9404", "940410", "00001", "20004", "96001", "97001", "97901", "99100", "2C001", "IVRY"],
)
def test_a_department_that_does_not_exist_is_refused(code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        commune(code)
    assert (caught.value.name, caught.value.value) == ("commune", code)
    assert str(caught.value).endswith("five characters such as 94041 or 2A004")


@pytest.mark.parametrize(
    ("postal", "insee"), [("75001", "75101"), ("75010", "75110"), ("75020", "75120")]
)
def test_a_postal_code_of_paris_gets_the_code_of_its_arrondissement(
    postal: str, insee: str
) -> None:
    with pytest.raises(InvalidValue, match=f"^commune: .* arrondissement is {insee}$"):
        commune(postal)


@pytest.mark.parametrize("code", ["75000", "75021", "75055", "75057", "75100", "75121"])
def test_paris_has_twenty_arrondissements(code: str) -> None:
    with pytest.raises(InvalidValue, match=r"75101 to 75120$"):
        commune(code)


def test_a_commune_is_a_text() -> None:
    with pytest.raises(WrongType, match=r"^commune: a value of type int"):
        commune(94041)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1110318016982G1104", "1110318016982G1104"),
        ("059|04|23|123456|GDPUB", "0590423123456GDPUB"),
        ("059 10 23 123456 59900", "059102312345659900"),
        ("111 10 23 000123 gdpub.", "1111023000123GDPUB"),
        ("111-10-23-000123-gdpub", "1111023000123GDPUB"),
        (" 111\t1023\u00a0000123gdpub\n", "1111023000123GDPUB"),
        ("02A0123000001GDPUB", "02A0123000001GDPUB"),
        ("0591299000001GDPUB", "0591299000001GDPUB"),
    ],
)
def test_a_unique_number_keeps_its_eighteen_characters(text: str, kept: str) -> None:
    assert str(UniqueNumber(text)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1111323000123GDPUB",
        "1110023000123GDPUB",
        "1111023000123GDPU",
        "1111023000123GDPUBX",
        "11C1023000123GDPUB",
        "11110230O0123GDPUB",
        "1111023000123GDPU_",
        "111 10 23 000123 gdpß",
        "111 10 23 000123 gdpuſ",
    ],
)
def test_another_shape_is_refused_and_told_of_the_opaque_number(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^unique_number: .* with OpaqueNumber$"):
        UniqueNumber(text)


def test_the_first_character_tells_a_departmental_number_from_a_regional_one() -> None:
    assert UniqueNumber("0590423123456GDPUB").kind is UniqueNumberKind.NUD
    assert UniqueNumber("1111023000123GDPUB").kind is UniqueNumberKind.NUR
    assert UniqueNumber("2111023000123GDPUB").kind is None
    for territory in ("000", "020", "096", "097", "0AB", "1AB"):
        assert UniqueNumber(f"{territory}1023000123GDPUB").kind is None
    assert [*UniqueNumberKind] == ["NUD", "NUR"]


def test_a_unique_number_tells_where_and_when_it_was_first_lodged() -> None:
    number = UniqueNumber("0590423123456GDPUB")
    assert (number.territory, number.deposit_month) == ("059", (2023, 4))
    assert UniqueNumber("1111224000123GDPUB").deposit_month == (2024, 12)


def test_an_opaque_number_keeps_a_text_as_it_is() -> None:
    assert str(OpaqueNumber(" 97-1 000 12 ")) == "97-1 000 12"


@pytest.mark.parametrize("nothing", ["  ", "-", " - ", "...", "|", "\u2212", "\uff0d", "\ufe58"])
def test_a_dash_where_a_number_is_expected_is_no_number(nothing: str) -> None:
    with pytest.raises(InvalidValue, match=r"^unique_number: .* or None where there is none$"):
        OpaqueNumber(nothing)


def test_a_text_becomes_a_unique_number_and_a_number_stays() -> None:
    number, opaque = UniqueNumber("1111023000123GDPUB"), OpaqueNumber("?")
    assert unique_number("111 10 23 000123 GDPUB") == number
    assert unique_number(number) is number
    assert unique_number(opaque) is opaque
    assert unique_number(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "35600000009075",
        "35600000000048",
        "20003452800014",
        "356 000 000 00048",
        "35600000000\u00a0048",
    ],
)
def test_a_siret_adds_up(text: str) -> None:
    assert str(Siret(text)) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "20003452800041",  # neither Luhn
        "35600000009076",  # La Poste, but 31 is no multiple of 5
        "20003452900013",  # the whole holds, its SIREN does not
    ],
)
def test_a_wrong_digit_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^siret: .* its check sum does not hold$"):
        Siret(text)


@pytest.mark.parametrize("text", ["", "3560000000004", "356000000000480", "3560000000004A"])
def test_a_siret_has_fourteen_digits(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^siret: .* the 14 digits of the establishment$"):
        Siret(text)


def test_the_siren_is_the_company() -> None:
    assert Siret("20003452800014").siren == "200034528"


def test_a_text_becomes_a_siret_and_a_siret_stays() -> None:
    held = Siret("20003452800014")
    assert siret("20003452800014") == held
    assert siret(held) is held
    assert siret(None) is None


@pytest.mark.parametrize("make", [UniqueNumber, OpaqueNumber, Siret])
@pytest.mark.parametrize("value", [35600000000048, 10**5000, b"3", ["1"], None], ids=shown)
def test_an_identifier_is_a_text(make: Any, value: Any) -> None:
    with pytest.raises(WrongType, match=r"^(unique_number|siret): "):
        make(value)


@pytest.mark.parametrize("convert", [unique_number, siret])
def test_a_number_is_not_taken_for_a_text(convert: Any) -> None:
    with pytest.raises(WrongType, match=f"^{convert.__name__}: "):
        convert(35600000000048)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (UniqueNumber("0590423123456GDPUB"), UniqueNumber("1111023000123GDPUB")),
        (OpaqueNumber("97-1"), OpaqueNumber("97-2")),
        (Siret("20003452800014"), Siret("35600000000048")),
    ],
)
def test_an_identifier_is_in_the_order_of_its_text_which_it_hides(first: Any, last: Any) -> None:
    assert sorted([last, first]) == [first, last]
    assert str(first) not in repr(first)


def test_two_writings_of_a_number_are_compared_without_signs_and_case() -> None:
    assert compared(OpaqueNumber("97-1 000.12a|b")) == "97100012AB"
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        assert compared(OpaqueNumber(f"97{dash}1")) == "971"
        assert UniqueNumber(f"111 10{dash}23 000123 GDPUB") == UniqueNumber("1111023000123GDPUB")
    assert compared(OpaqueNumber("97\u20161")) == "97\u20161"
    assert compared(OpaqueNumber("97/1")) == "97/1"
    assert compared(UniqueNumber("111 10 23 000123 gdpub")) == "1111023000123GDPUB"


@pytest.mark.parametrize(
    "text", ["９７1-12a", "971－12ａ", "９７１ 12Ａ", "971\ufe6312a", "971¹2a"]
)
def test_an_opaque_number_is_one_whatever_the_width_of_its_signs(text: str) -> None:
    assert compared(OpaqueNumber(text)) == compared(OpaqueNumber("971 12A")) == "97112A"
    assert str(OpaqueNumber(text)) == text


def test_the_signs_of_a_unique_number_are_those_of_ascii() -> None:
    with pytest.raises(InvalidValue, match=r"^unique_number: "):
        UniqueNumber("１111023000123GDPUB")


def test_the_same_number_in_either_class_is_one() -> None:
    known = UniqueNumber("111 10 23 000123 gdpub")
    assert compared(OpaqueNumber("１１１ 10－23 000123 gdpub")) == compared(known)


def test_an_identifier_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Siret("20003452800014").text = ""  # type: ignore[misc]


@given(strategies.sirets)
def test_one_digit_more_never_makes_a_siret(held: Siret) -> None:
    last = int(held.text[-1])
    if held.siren == "356000000":
        return
    with pytest.raises(InvalidValue):
        Siret(f"{held.text[:-1]}{(last + 1) % 10}")


def test_a_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^unique_number: .* half of a character"):
        OpaqueNumber("97-1 \ud800")


@pytest.mark.parametrize("text", ["97\n12", "97\x1b[31m12", "97\u202e12"])
def test_a_number_of_unknown_shape_stands_on_one_line(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^unique_number: .* on one line"):
        OpaqueNumber(text)

"""The identity entered is held against the one attached to the unique number."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alin_core.registration.identity import check_identity, comparable_name
from alin_core.rules.findings import Outcome
from alin_core.values.demand import Identity
from tests import strategies as some

BORN = date(1990, 5, 2)
ATTACHED = Identity(surname="Le Goff", first_name="Élise-Marie", birth_date=BORN)


def differ(**entered: Any) -> Any:
    known: dict[str, Any] = {"surname": "Le Goff", "first_name": "Élise-Marie", "birth_date": BORN}
    return check_identity(Identity(**(known | entered)), ATTACHED).fact("differ")


@pytest.mark.parametrize(
    "entered",
    [
        {"surname": "LE GOFF"},
        {"surname": "le-goff"},
        {"surname": "  Le   Goff "},
        {"surname": "Le\u00a0Goff"},
        {"surname": "Le\u2011Goff"},
        {"surname": "LEGOFF"},
        {"surname": "Le G'off"},
        {"first_name": "elise marie"},
        {"first_name": "E\u0301LISE MARIE"},
        {"first_name": "Élise – Marie"},
        {"first_name": "ÉLISEMARIE"},
    ],
)
def test_case_accents_and_signs_between_letters_are_no_difference(entered: dict[str, Any]) -> None:
    assert differ(**entered) == ()


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({"surname": "Le Gof"}, ("surname",)),
        ({"first_name": "Élise"}, ("first_name",)),
        ({"first_name": "Marie-Élise"}, ("first_name",)),
        ({"birth_date": date(1990, 5, 3)}, ("birth_date",)),
        ({"surname": "Elise Marie", "first_name": "Le Goff"}, ("surname", "first_name")),
        (
            {"surname": "A", "first_name": "B", "birth_date": date(1990, 2, 5)},
            ("surname", "first_name", "birth_date"),
        ),
    ],
)
def test_which_of_the_three_differ_is_said(entered: dict[str, Any], expected: Any) -> None:
    assert differ(**entered) == expected


def test_one_difference_is_enough() -> None:
    other = Identity(surname="Le Goff", first_name="Élise-Marie", birth_date=date(1991, 5, 2))
    assert check_identity(other, ATTACHED).outcome is Outcome.NOT_MET
    assert check_identity(ATTACHED, ATTACHED).outcome is Outcome.MET
    assert check_identity(ATTACHED, ATTACHED).rule_id == "identity-check"


@given(st.text())
def test_comparing_a_comparable_name_changes_nothing(name: str) -> None:
    plain = comparable_name(name)
    assert comparable_name(plain) == plain
    assert plain == " ".join(plain.split())
    # A sign between letters, one more at an end: nothing that counts.
    if plain.isalpha():
        assert comparable_name(f" {'-'.join(name)}'") == plain


@given(some.identities, some.identities)
def test_it_does_not_matter_which_of_the_two_is_entered(one: Identity, other: Identity) -> None:
    assert check_identity(one, other) == check_identity(other, one)
    assert check_identity(one, one).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D’Arc", "D'ARC"),
        ("Dʼarc", "D'Arc"),
        ("D'Arc", "D ARC"),
        ("N'Diaye", "N DIAYE"),
        ("N’Diaye", "NDIAYE"),
        ("Le Goff", "LEGOFF"),
        ("De La Tour", "DELATOUR"),
        ("Lœil", "LOEIL"),
        ("Lætitia", "Laetitia"),
        ("Wałęsa", "WALESA"),
        ("Søren", "SOREN"),
        ("Đặng", "DANG"),
        ("Guðrún", "GUDRUN"),
        ("Ħal", "HAL"),
        ("Yıldız", "YILDIZ"),
        ("Ŧor", "TOR"),
        ("ĲSSEL", "IJssel"),
        ("Strauß", "STRAUSS"),
        ("Ｌｅ Ｇｏｆｆ", "LE GOFF"),
        ("Du\u00adpont", "Dupont"),
        ("Du\u200bpont", "Dupont"),
        ("Du\ufe0fpont", "Dupont"),
    ],
)
def test_what_a_file_in_capitals_or_a_keyboard_drops_is_no_difference(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Legoff", "Legof"), ("Marie Anne", "Marianne"), ("กิ", "กุ"), ("कि", "कु"), ("が", "か")],
)
def test_every_letter_counts_and_every_vowel_that_is_a_mark(one: str, other: str) -> None:
    assert comparable_name(one) != comparable_name(other)


@pytest.mark.parametrize("first", ["-", "'", "1", "\u200b", "\u2060", "\u3164"])
@pytest.mark.parametrize("second", ["—", "2", ". .", "\u200d", "\u034f", "\u2800"])
def test_two_names_without_any_letter_are_the_same_only_as_they_stand(
    first: str, second: str
) -> None:
    """Neither is read, so that neither can be the other; each is itself."""
    assert comparable_name(first) != comparable_name(second)
    assert comparable_name(first) == comparable_name(f" {first} ")

"""The identity entered is held against the one attached to the unique number."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alin_core.law.findings import Outcome
from alin_core.registration.identity import check_identity, comparable_name
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
        {"first_name": "elise marie"},
        {"first_name": "E\u0301LISE MARIE"},
        {"first_name": "Élise – Marie"},
    ],
)
def test_case_accents_hyphens_and_spaces_are_no_difference(entered: dict[str, Any]) -> None:
    assert differ(**entered) == ()


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({"surname": "Le Gof"}, ("surname",)),
        ({"surname": "LeGoff"}, ("surname",)),
        ({"surname": "Le G'off"}, ("surname",)),
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
    assert plain == plain.strip()
    assert "  " not in plain


@given(some.identities, some.identities)
def test_it_does_not_matter_which_of_the_two_is_entered(one: Identity, other: Identity) -> None:
    assert check_identity(one, other) == check_identity(other, one)
    assert check_identity(one, one).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D’Arc", "D'ARC"),
        ("Dʼarc", "D'Arc"),
        ("Lœil", "LOEIL"),
        ("Lætitia", "Laetitia"),
        ("Du\u00adpont", "Dupont"),
        ("Du\u200bpont", "Dupont"),
    ],
)
def test_what_a_keyboard_does_by_itself_is_no_difference(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)


def test_an_apostrophe_is_no_space() -> None:
    assert comparable_name("D'Arc") != comparable_name("D Arc")

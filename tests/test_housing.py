from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from alin_core.errors import InvalidValue, WrongType, shown
from alin_core.values.amounts import AmountError
from alin_core.values.housing import (
    Offer,
    Rent,
    RentalNorm,
    Typology,
    TypologyRange,
    typology_of,
)
from tests import strategies


def offer(**changes: Any) -> Offer:
    fields: dict[str, Any] = {
        "reference": "IVRY-T3",
        "commune": "94041",
        "typology": "T3",
        "rent": Rent(base=600),
    }
    return Offer(**(fields | changes))


@pytest.mark.parametrize("norm", RentalNorm)
def test_a_norm_is_named_in_any_case(norm: RentalNorm) -> None:
    assert norm.value == norm.name
    assert offer(norm=f" {norm.lower()} ").norm is norm


@pytest.mark.parametrize("text", ["HLM", "", "PLUS PLAI", 3])
def test_another_norm_is_refused_with_the_list(text: Any) -> None:
    with pytest.raises(InvalidValue, match="PLAI, PLUS, PLS, PLI, LLI, LLS, LLTS") as caught:
        offer(norm=text)
    assert (caught.value.name, caught.value.value) == ("norm", text)


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("T1", 1),
        ("t3", 3),
        ("F3", 3),
        ("f 4", 4),
        ("Type 3", 3),
        (" T12 ", 12),
        ("studio", 1),
        ("STUDIO", 1),
        ("T1 bis", 1),
        ("T1bis", 1),
        ("T9999", 9999),
    ],
)
def test_a_text_names_a_typology(text: str, rooms: int) -> None:
    assert Typology.parse(text) == typology_of(text) == Typology(rooms)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T",
        "T0",
        "T03",
        "3",
        "T-1",
        "T3,5",
        "T10000",
        "G3",
        "T٣",
        "ſtudio",
        "ﬅudio",
        "studıo",
        "T3 bıs",
    ],
)
def test_another_text_names_none(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Typology.parse(text)
    assert (caught.value.name, caught.value.value) == ("typology", text)


@pytest.mark.parametrize("rooms", [0, -1, 10_000, 10**5000], ids=shown)
def test_a_dwelling_has_one_main_room_at_least(rooms: int) -> None:
    with pytest.raises(InvalidValue, match=r"^rooms: .* 1 to 9999"):
        Typology(rooms)


def test_rooms_are_an_int_and_a_typology_is_a_text() -> None:
    for rooms in (True, 3.0, "3"):
        with pytest.raises(WrongType, match=r"^rooms: "):
            Typology(rooms)  # type: ignore[arg-type]
    with pytest.raises(WrongType, match=r"^typology: a value of type int"):
        typology_of(3)  # type: ignore[arg-type]


@given(strategies.typologies)
def test_a_typology_is_read_back_from_its_text(held: Typology) -> None:
    assert Typology.parse(str(held)) == held
    assert typology_of(held) is held


def test_typologies_are_ordered_by_rooms() -> None:
    assert Typology(2) < Typology(10)
    assert sorted(map(Typology, (10, 9, 2))) == [Typology(2), Typology(9), Typology(10)]


def test_a_range_includes_both_its_ends() -> None:
    fitting = TypologyRange("T2", "T3")
    assert [rooms for rooms in range(1, 6) if Typology(rooms) in fitting] == [2, 3]
    assert "studio" not in fitting
    assert "t2" in fitting


def test_a_range_may_have_no_largest() -> None:
    fitting = TypologyRange("T5", None)
    assert "T4" not in fitting
    assert "T9999" in fitting


def test_a_range_is_printed_shortly() -> None:
    assert str(TypologyRange("T2", "T3")) == "T2–T3"
    assert str(TypologyRange("T2", "T2")) == "T2"
    assert str(TypologyRange("T5", None)) == "T5 and more"


def test_the_largest_is_never_smaller_than_the_smallest() -> None:
    with pytest.raises(InvalidValue, match="largest: 'T2' is refused; give T3 or larger"):
        TypologyRange("T3", "T2")


def test_the_rent_including_charges_is_unknown_with_them() -> None:
    assert Rent(base="612.40", charges=85).including_charges == Decimal("697.40")
    assert Rent(base=0, charges=0).including_charges == 0
    assert Rent(base=600).including_charges is None
    with pytest.raises(AmountError, match="base: None"):
        Rent(base=None)  # type: ignore[arg-type]


def test_an_offer_is_available_and_of_unknown_norm_by_default() -> None:
    held = offer()
    assert (held.commune, held.typology, held.norm) == ("94041", Typology(3), None)
    assert (held.lessor, held.available, held.housing_aid_zone) == (None, True, None)


@pytest.mark.parametrize("field", ["reference", "lessor"])
def test_a_text_of_an_offer_says_something(field: str) -> None:
    assert getattr(offer(**{field: " A "}), field) == " A "
    for empty in ("", "  "):
        with pytest.raises(InvalidValue, match=f"{field}: '.*not empty"):
            offer(**{field: empty})
    with pytest.raises(WrongType, match=f"{field}: a value of type int"):
        offer(**{field: 3})


@pytest.mark.parametrize("zone", [1, 2, 3])
def test_a_zone_of_the_aid_is_one_two_or_three(zone: int) -> None:
    assert offer(housing_aid_zone=zone).housing_aid_zone == zone


@pytest.mark.parametrize("zone", [0, 4])
def test_there_is_no_other_zone_of_the_aid(zone: int) -> None:
    with pytest.raises(InvalidValue, match=f"^housing_aid_zone: {zone} is refused; give 1, 2 or 3"):
        offer(housing_aid_zone=zone)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reference", None),
        ("commune", None),
        ("typology", None),
        ("rent", 600),
        ("rent", None),
        ("available", 1),
        ("housing_aid_zone", True),
        ("housing_aid_zone", "1"),
    ],
)
def test_a_field_of_an_offer_has_its_type(field: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"^{field}: "):
        offer(**{field: value})


@pytest.mark.parametrize("name", ["reference", "lessor"])
def test_a_text_that_no_file_can_hold_is_refused(name: str) -> None:
    texts: Any = {"reference": "A", name: "\ud800"}
    with pytest.raises(InvalidValue, match=f"{name}: .* half of a character"):
        Offer(commune="94041", typology="T3", rent=Rent(base=600), **texts)

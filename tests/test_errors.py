import pickle
from datetime import date
from typing import Any

import pytest

from alin_core.errors import (
    AlinError,
    InvalidValue,
    MissingInput,
    NotADate,
    NotYetBorn,
    WrongType,
    is_a,
    member,
    must_be,
    shown,
)
from alin_core.values.amounts import AmountError
from alin_core.values.demand import Demand, grounds_of
from alin_core.values.employment import Employer, Sector
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources

ERRORS: list[tuple[AlinError, type[Exception], str]] = [
    (
        InvalidValue("typology", "T0", "give T1"),
        ValueError,
        "typology: 'T0' is refused; give T1",
    ),
    (
        WrongType("applicant", dict, "Person"),
        TypeError,
        "applicant: a value of type dict is refused; give Person",
    ),
    (
        NotADate("on", str),
        TypeError,
        "on: a value of type str is no day; give a datetime.date",
    ),
    (
        NotYetBorn(date(2026, 12, 31)),
        ValueError,
        "a person of the household is not born on 2026-12-31; count them in unborn",
    ),
    (
        MissingInput(("offer.norm", "resources.monthly_income")),
        LookupError,
        "the answer depends on offer.norm, resources.monthly_income; give a value",
    ),
    (
        AmountError("base", -1, "give zero or more"),
        ValueError,
        "base: -1 is not an amount in euros; give zero or more",
    ),
]

each_error = pytest.mark.parametrize(
    ("error", "builtin", "message"), ERRORS, ids=[type(error).__name__ for error, _, _ in ERRORS]
)


@each_error
def test_an_error_says_the_value_and_what_to_give(
    error: AlinError, builtin: type[Exception], message: str
) -> None:
    assert str(error) == message
    assert isinstance(error, builtin)


@each_error
def test_an_error_pickles_with_its_fields(
    error: AlinError, builtin: type[Exception], message: str
) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), copied.args, str(copied)) == (type(error), error.args, message)
    assert isinstance(copied, builtin)


def test_a_long_value_is_cut_at_eighty_characters() -> None:
    assert shown("a" * 78) == f"'{'a' * 78}'"
    assert shown("a" * 79) == f"'{'a' * 79}…"


def test_of_what_could_hold_anything_only_the_type_is_told() -> None:
    class Anything:
        name = "Martin"

    assert shown({"surname": "Martin"}) == "a value of type dict"
    assert shown(Anything()) == "a value of type Anything"
    assert shown([1, Anything()]) == "a value of type list"
    assert shown(("T0", 3, None)) == "('T0', 3, None)"
    assert repr(InvalidValue("norm", {"surname": "Martin"}, "give PLUS")) == (
        "InvalidValue(name='norm', value=a value of type dict, hint='give PLUS')"
    )


def nested(depth: int) -> list[object]:
    """Lists in lists, as a program makes them of JSON, or by mistake."""
    held: list[object] = []
    for _ in range(depth):
        held = [held]
    return held


ENDLESS: list[object] = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize("value", [nested(3), nested(100_000), ENDLESS, (1, nested(2))])
def test_an_error_tells_lists_in_lists_by_their_type(value: object) -> None:
    refused = f"a value of type {type(value).__name__}"
    assert str(InvalidValue("n", value, "give 1")) == f"n: {refused} is refused; give 1"
    assert repr(InvalidValue("n", value, "give 1")).count(refused) == 1
    with pytest.raises(AmountError, match=f"^base: {refused} is not an amount"):
        Rent(base=value)  # type: ignore[arg-type]


def test_lists_that_hold_a_row_of_pairs_are_told() -> None:
    assert shown([[(1, "two-sources")]]) == "[[(1, 'two-sources')]]"
    assert shown(nested(2)) == "[[[]]]"


@pytest.mark.parametrize("value", [nested(100_000), ENDLESS, ["PLUS"], {"norm": "PLUS"}])
def test_a_member_is_named_by_a_text_alone(value: Any) -> None:
    rent = Rent(base=500)
    with pytest.raises(InvalidValue, match=r"^norm: .* give one of PLAI, PLUS"):
        Offer(reference="A", commune="94041", typology="T2", rent=rent, norm=value)
    with pytest.raises(InvalidValue, match=r"^sector: "):
        Employer(sector=value)
    with pytest.raises(InvalidValue, match=r"^data_sharing: "):
        Demand(household=Household.of(), resources=Resources(), data_sharing=value)
    with pytest.raises(InvalidValue, match=r"^priority_grounds: "):
        grounds_of([value])


def test_a_number_that_python_refuses_to_print_is_named_by_its_type() -> None:
    assert shown(10**5000) == "a value of type int too large to print"


def test_a_bool_is_no_int_and_an_int_is_no_bool() -> None:
    assert must_be(1, int, "rooms") == 1
    assert must_be(True, bool, "disabled") is True
    with pytest.raises(WrongType, match="rooms: a value of type bool is refused; give int"):
        must_be(True, int, "rooms")
    with pytest.raises(WrongType, match="disabled: a value of type int is refused; give bool"):
        must_be(1, bool, "disabled")


def test_none_is_refused_unless_the_field_is_optional() -> None:
    class Field:
        name = "lessor"

    is_a(str, optional=True)(None, Field, None)  # type: ignore[arg-type]
    with pytest.raises(WrongType, match="lessor: a value of type NoneType"):
        is_a(str)(None, Field, None)  # type: ignore[arg-type]


def test_a_text_names_a_member_whatever_its_case() -> None:
    assert member(Sector, " public ", "sector") is Sector.PUBLIC


@pytest.mark.parametrize("value", ["state", "", None, 3, "publıc", "agrıcultural"])
def test_a_text_that_names_no_member_gets_the_list(value: object) -> None:
    with pytest.raises(InvalidValue, match="PRIVATE, AGRICULTURAL, PUBLIC"):
        member(Sector, value, "sector")

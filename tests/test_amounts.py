from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, DefaultContext, Inexact, Rounded, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given

from alin_core.errors import NotADate, shown
from alin_core.values.amounts import (
    Amount,
    AmountError,
    add,
    divide,
    euros,
    multiply,
    rounded_down,
    rounded_half_up,
    rounded_up,
    subtract,
    the_day,
)
from alin_core.values.demand import Identity
from alin_core.values.household import Person
from alin_core.values.housing import Rent
from tests import strategies


class Float64(float):
    """A float that prints itself as numpy's does."""

    def __repr__(self) -> str:
        return f"np.float64({float(self)})"


@pytest.fixture(params=["one digit", "trap everything"])
def hostile_context(request: pytest.FixtureRequest) -> Iterator[None]:
    with localcontext(DefaultContext) as context:
        context.prec = 3
        if request.param == "trap everything":
            context.traps[Inexact] = context.traps[Rounded] = True
        yield


@pytest.mark.parametrize(
    ("given_as", "amount"),
    [
        (0, "0.00"),
        (31_000, "31000.00"),
        ("85", "85.00"),
        ("612.4", "612.40"),
        ("612.40", "612.40"),
        (612.4, "612.40"),
        (1e5, "100000.00"),
        (1e-2, "0.01"),
        (-0.0, "0.00"),
        (Float64(612.4), "612.40"),
        (Decimal("612.400"), "612.40"),
        (Decimal("-0"), "0.00"),
        (Decimal("1E+3"), "1000.00"),
        (10**12 - 1, "999999999999.00"),
        (np.int64(612), "612.00"),
        (np.uint8(255), "255.00"),
        (np.float64(1.5), "1.50"),
        ("999999999999.99", "999999999999.99"),
    ],
    ids=shown,
)
def test_an_amount_is_exact_to_the_cent(given_as: Amount, amount: str) -> None:
    assert str(euros(given_as)) == amount


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (0.1 + 0.2, 'pass the text "0.30"'),
        (Float64(0.1 + 0.2), 'pass the text "0.30"'),
        (612.405, "round it to the cent"),
        (Decimal("0.001"), 'pass the text "0.00"'),
        (Decimal("1e-999999"), "round it to the cent"),
        (float("nan"), "give a number"),
        (float("inf"), "give a number"),
        (float("-inf"), "give a number"),
        (Decimal("NaN"), "give a number"),
        (Decimal("sNaN"), "give a number"),
        (Decimal("Infinity"), "give a number"),
        (-1, "give zero or more"),
        (-0.01, "give zero or more"),
        (-(10**5000), "give zero or more"),
        (10**12, "less than 10^12"),
        (10**5000, "less than 10^12"),
        (1e300, "less than 10^12"),
        (Decimal("1e999999"), "less than 10^12"),
        (True, "give a number exact"),
        (None, "give a number exact"),
        (Fraction(1, 2), "give a number exact"),
        ("", "give a number exact"),
        ("1 234", "give a number exact"),
        ("612,40", "give a number exact"),
        ("612.405", "give a number exact"),
        ("-1", "give a number exact"),
        ("1e3", "give a number exact"),
        ("NaN", "give a number exact"),
        ("٣", "give a number exact"),
        ("612\n", "give a number exact"),
        ("1" * 13, "give a number exact"),
    ],
    ids=shown,
)
def test_anything_else_is_refused_with_what_to_give(value: Any, hint: str) -> None:
    with pytest.raises(AmountError) as caught:
        euros(value, "base")
    assert caught.value.value is value
    assert str(caught.value).startswith("base: ")
    assert hint in str(caught.value)


@pytest.mark.usefixtures("hostile_context")
def test_the_decimal_context_of_the_caller_changes_nothing() -> None:
    assert str(euros(999_999_999_999)) == "999999999999.00"
    assert str(euros("123456789.01")) == "123456789.01"
    with pytest.raises(AmountError, match=r'pass the text "12345\.68"'):
        euros(12345.678)
    large = Decimal(999_999_999_999)
    assert str(add(large, Decimal("0.99"))) == "999999999999.99"
    assert str(subtract(large, Decimal("0.01"))) == "999999999998.99"
    cents = Decimal("999999999999.99")
    digits = str(99_999_999_999_999**3)
    assert str(multiply(multiply(cents, cents), cents)) == f"{digits[:-6]}.{digits[-6:]}"
    assert str(divide(Decimal(1), Decimal(8))) == "0.125"
    assert str(rounded_down(Decimal("123456.789"))) == "123456.78"
    assert str(rounded_half_up(Decimal("123456.5"))) == "123457"
    assert str(rounded_up(Decimal("123456.001"))) == "123456.01"


@given(strategies.amounts)
def test_an_amount_stays_itself(amount: Decimal) -> None:
    assert euros(amount) == euros(str(amount)) == euros(euros(amount)) == amount


def test_rounding_down_keeps_a_multiple_and_cuts_the_rest() -> None:
    assert rounded_down(Decimal("816.66")) == Decimal("816.66")
    assert rounded_down(Decimal("816.669")) == Decimal("816.66")
    assert rounded_down(Decimal("0.009")) == 0


def test_an_amount_of_no_field_is_called_so() -> None:
    with pytest.raises(AmountError, match=r"^amount: -1 is not an amount in euros; "):
        euros(-1)


def test_an_amount_too_long_to_print_is_not_printed() -> None:
    with pytest.raises(AmountError) as caught:
        euros(10**5000)
    assert "too large to print" in repr(caught.value)


class Day(date):
    """A day of the caller's own."""


def test_a_day_is_a_date() -> None:
    for day in (date(2026, 11, 23), Day(2026, 11, 23)):
        assert the_day(day) is day


@pytest.mark.parametrize("value", [datetime(2026, 11, 23), "2026-11-23", 2026, None])  # noqa: DTZ001
def test_anything_but_a_date_is_no_day(value: Any) -> None:
    with pytest.raises(NotADate) as caught:
        the_day(value)
    assert caught.value.found is type(value)
    assert caught.value.name == "on"


def test_a_field_keeps_the_day_it_is_given() -> None:
    day = date(1990, 5, 2)
    assert Identity(surname="M", first_name="C", birth_date=day).birth_date is day
    assert Person(birth_date=day).birth_date is day


def test_the_error_of_a_field_bears_its_name() -> None:
    with pytest.raises(AmountError, match="charges: -1"):
        Rent(base=1, charges=-1)
    with pytest.raises(AmountError, match="base: 'a'"):
        evolve(Rent(base=1), base="a")
    with pytest.raises(NotADate, match="birth_date: a value of type int"):
        Person(birth_date=1990)  # type: ignore[arg-type]

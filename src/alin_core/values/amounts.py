"""Euros, exact to the cent, and the arithmetic that keeps them so."""

import re
from datetime import date, datetime
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from numbers import Integral
from typing import TYPE_CHECKING, Any

from attrs import Attribute, Converter, field

from alin_core.errors import AlinError, NotADate, shown
from alin_core.frozen import frozen

__all__ = [
    "CENT",
    "EURO",
    "LARGEST",
    "Amount",
    "AmountError",
    "add",
    "day_field",
    "divide",
    "euros",
    "euros_field",
    "multiply",
    "optional_day_field",
    "optional_euros_field",
    "rounded_down",
    "rounded_half_up",
    "rounded_up",
    "subtract",
    "the_day",
]

#: What a euro amount may be given as; a float only when its shortest form has two decimals.
Amount = int | str | float | Decimal

#: The unit every amount is exact to.
CENT = Decimal("0.01")
#: What the tables of the law are rounded to.
EURO = Decimal(1)
#: A technical bound, not law: below it every product of amounts is exact in 50 digits.
LARGEST = Decimal("1E+12")

# The caller's decimal context may round or trap; verdicts may not depend on it. What is left out
# here would be read off `decimal.DefaultContext`, which a program may have changed.
_EXACT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
add = _EXACT.add
subtract = _EXACT.subtract
multiply = _EXACT.multiply
divide = _EXACT.divide

_WRITTEN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


@frozen
class AmountError(AlinError, ValueError):
    """Not an amount of euros exact to the cent."""

    name: str
    value: Any = field(repr=shown)
    hint: str

    def __str__(self) -> str:
        return f"{self.name}: {shown(self.value)} is not an amount in euros; {self.hint}"


def euros(value: Amount, name: str = "amount") -> Decimal:
    """The amount in euros, exact to the cent and never negative.

    >>> euros(612.4), euros("85"), euros(31_000)
    (Decimal('612.40'), Decimal('85.00'), Decimal('31000.00'))
    >>> euros(0.1 + 0.2)
    Traceback (most recent call last):
    ...
    alin_core.values.amounts.AmountError: amount: 0.30000000000000004 is not an amount in euros; \
round it to the cent, or pass the text "0.30"

    Raises `AmountError` for anything else: three decimals, a negative, NaN, a bool.
    """
    exact = _decimal(value, name)
    if not exact.is_finite():
        raise AmountError(name, value, "give a number")
    if exact < 0:
        raise AmountError(name, value, "give zero or more")
    if exact >= LARGEST:
        raise AmountError(name, value, "give less than 10^12 euros")
    cents = exact.quantize(CENT, context=_EXACT)
    if cents != exact:
        raise AmountError(name, value, f'round it to the cent, or pass the text "{cents}"')
    return cents.copy_abs()  # Decimal("-0") is zero


def _decimal(value: object, name: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return Decimal(float.__repr__(value))
    if not isinstance(value, bool) and isinstance(value, Integral):
        return Decimal(int(value))  # `numpy.int64` is no int, as `numpy.float64` is a float
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        return Decimal(value)
    raise AmountError(name, value, 'give a number exact to the cent, or a text like "612.40"')


def _field_euros(value: Amount, attribute: "Attribute[Any]") -> Decimal:
    return euros(value, attribute.name)


def _field_optional_euros(value: Amount | None, attribute: "Attribute[Any]") -> Decimal | None:
    return None if value is None else euros(value, attribute.name)


def rounded_down(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """The highest multiple of 0.01, 1… that does not exceed the value.

    >>> rounded_down(Decimal("816.6666"))
    Decimal('816.66')
    """
    return value.quantize(unit, ROUND_FLOOR, _EXACT)


def rounded_up(value: Decimal, unit: Decimal = CENT) -> Decimal:
    """The lowest multiple of 0.01, 1… that reaches the value."""
    return value.quantize(unit, ROUND_CEILING, _EXACT)


def rounded_half_up(value: Decimal, unit: Decimal = EURO) -> Decimal:
    """The nearest multiple of 1, 0.1, 0.01…; half goes away from zero.

    >>> rounded_half_up(Decimal("68789.5"))
    Decimal('68790')
    """
    return value.quantize(unit, ROUND_HALF_UP, _EXACT)


def the_day(value: date, name: str = "on") -> date:
    """The day itself; raises `NotADate` for a datetime, whose day depends on a time zone."""
    if type(value) is not date and (isinstance(value, datetime) or not isinstance(value, date)):
        raise NotADate(name, type(value))
    return value


def _field_day(value: date, attribute: "Attribute[Any]") -> date:
    return the_day(value, attribute.name)


def _field_optional_day(value: date | None, attribute: "Attribute[Any]") -> date | None:
    return None if value is None else the_day(value, attribute.name)


# Converters of the fields that hold euros or a day: an error then names the field.
if TYPE_CHECKING:  # mypy reads the type of a converter off a function only

    def euros_field(value: Amount) -> Decimal: ...
    def optional_euros_field(value: Amount | None) -> Decimal | None: ...
    def day_field(value: date) -> date: ...
    def optional_day_field(value: date | None) -> date | None: ...

else:
    euros_field = Converter(_field_euros, takes_field=True)
    optional_euros_field = Converter(_field_optional_euros, takes_field=True)
    day_field = Converter(_field_day, takes_field=True)
    optional_day_field = Converter(_field_optional_day, takes_field=True)

"""What the household earns, each figure under the name the law or the form gives it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import field

from alin_core.errors import InvalidValue, WrongType, must_be
from alin_core.frozen import frozen
from alin_core.values.amounts import Amount, euros, euros_field, optional_euros_field

__all__ = ["Resources"]

_YEARS = range(1900, 2201)


def _by_year(
    value: Mapping[int, Amount] | Sequence[tuple[int, Amount]],
) -> tuple[tuple[int, Decimal], ...]:
    name = "reference_tax_income"
    try:
        given = list(value.items() if isinstance(value, Mapping) else value)
        pairs = [(year, amount) for year, amount in given]
    except (TypeError, ValueError):  # not iterable, or not made of pairs
        raise WrongType(name, type(value), "a mapping of years to euros") from None
    incomes = {_year(year, name): euros(amount, f"{name}.{year}") for year, amount in pairs}
    if len(incomes) < len(pairs):
        raise InvalidValue(name, value, "give each year once")
    return tuple(sorted(incomes.items()))


def _year(year: int, name: str) -> int:
    if must_be(year, int, f"{name}, a year") not in _YEARS:
        raise InvalidValue(name, year, f"give a year from {_YEARS[0]} to {_YEARS[-1]}")
    return year


@frozen(kw_only=True)
class Resources:
    """The resources of the household that will live there.

    The reference tax income (RFR) serves the ceilings alone, the monthly income the rent alone.
    None is unknown, except where absent means not claimed: last year, the last twelve months.

    >>> resources = Resources(reference_tax_income={2025: 30_000, 2024: "31000.50"})
    >>> resources.tax_income(2024), resources.tax_income(2023)
    (Decimal('31000.50'), None)

    Raises `AmountError` for a figure that is not an amount in euros.
    """

    #: RFR of the household by income year, euros per year; read by `tax_income`.
    reference_tax_income: tuple[tuple[int, Decimal], ...] = field(default=(), converter=_by_year)
    #: Income of the last twelve months, euros, on the scale of the RFR; None: not claimed.
    last_twelve_months: Decimal | None = field(default=None, converter=optional_euros_field)
    #: Euros per month: net, before withholding tax, without housing aid. None: unknown.
    monthly_income: Decimal | None = field(default=None, converter=optional_euros_field)
    #: AL or APL expected for the dwelling applied for, euros per month.
    housing_aid: Decimal = field(default=Decimal(0), converter=euros_field)
    #: Annual base of the APL, euros; None: unknown.
    housing_aid_base: Decimal | None = field(default=None, converter=optional_euros_field)

    def tax_income(self, year: int) -> Decimal | None:
        """The RFR of that income year, euros per year; None: unknown."""
        for known, amount in self.reference_tax_income:
            if known == year:
                return amount
        return None

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, WrongType
from alin_core.values.amounts import AmountError
from alin_core.values.resources import Resources


def test_nothing_is_known_and_no_aid_expected_by_default() -> None:
    resources = Resources()
    assert resources.tax_income(2024) is None
    assert resources.monthly_income is resources.last_twelve_months is None
    assert resources.housing_aid == 0


@pytest.mark.parametrize(
    "given_as",
    [
        {2025: 30_000, 2024: "31000.50"},
        [(2025, 30_000), (2024, 31000.5)],
        ((2024, Decimal("31000.50")), (2025, Decimal(30_000))),
        iter([(2025, 30_000), [2024, "31000.50"]]),
    ],
)
def test_incomes_by_year_come_in_any_order_and_stay_sorted(given_as: Any) -> None:
    resources = Resources(reference_tax_income=given_as)
    assert resources.reference_tax_income == ((2024, Decimal("31000.50")), (2025, Decimal(30_000)))
    assert evolve(resources) == resources
    assert resources.tax_income(2024) == Decimal("31000.50")
    assert resources.tax_income(2023) is None


@pytest.mark.parametrize("value", [31_000, None, "2024", [2024], [(2024, 1, 2)]])
def test_incomes_by_year_are_pairs(value: Any) -> None:
    with pytest.raises(WrongType, match="a mapping of years to euros"):
        Resources(reference_tax_income=value)


def test_a_year_is_given_once() -> None:
    with pytest.raises(InvalidValue, match="each year once"):
        Resources(reference_tax_income=[(2024, 1), (2024, 1)])


def test_a_year_lies_between_1900_and_2200() -> None:
    assert len(Resources(reference_tax_income={1900: 1, 2200: 1}).reference_tax_income) == 2
    for year in (1899, 2201, 10**5000):
        with pytest.raises(InvalidValue, match="from 1900 to 2200"):
            Resources(reference_tax_income={year: 1})
    years: tuple[Any, ...] = ("2024", 2024.0, True)
    for year in years:
        with pytest.raises(WrongType, match=r"^reference_tax_income, a year: "):
            Resources(reference_tax_income={year: 1})


def test_a_wrong_income_is_named_by_its_year() -> None:
    with pytest.raises(AmountError, match=r"reference_tax_income\.2024: -1 "):
        Resources(reference_tax_income={2024: -1})


@pytest.mark.parametrize(
    "field", ["last_twelve_months", "monthly_income", "housing_aid", "housing_aid_base"]
)
def test_every_figure_is_an_amount_in_euros(field: str) -> None:
    exact: dict[str, Any] = {field: 612.4}
    assert getattr(Resources(**exact), field) == Decimal("612.40")
    three_decimals: dict[str, Any] = {field: "0.001"}
    with pytest.raises(AmountError, match=f"{field}: '0.001'"):
        Resources(**three_decimals)


def test_the_aid_is_never_unknown() -> None:
    with pytest.raises(AmountError, match="housing_aid: None"):
        Resources(housing_aid=None)  # type: ignore[arg-type]

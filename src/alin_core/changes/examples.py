"""The households and offers of `law/data/examples.toml`, on which a change of the law is tried."""

from datetime import date
from functools import cache
from typing import Any

from alin_core.frozen import frozen
from alin_core.law.catalogue import load
from alin_core.values.demand import Demand
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent
from alin_core.values.languages import Text
from alin_core.values.resources import Resources

__all__ = ["ExampleHousehold", "example_households", "example_offers"]


@frozen(kw_only=True)
class ExampleHousehold:
    """A household that is the same on every day: its ages and its incomes do not move."""

    title: Text
    #: Completed years.
    applicant: int
    #: None: nobody.
    partner: int | None = None
    dependants: tuple[int, ...] = ()
    #: Reference tax income, euros per year, whichever the year.
    income: int
    #: Euros per month.
    monthly_income: int
    #: Annual base of the APL, euros.
    housing_aid_base: int

    def demand_on(self, day: date) -> Demand:
        """Its demand, as it would be on that day.

        >>> demand = example_households()[0].demand_on(date(2026, 1, 1))
        >>> demand.household.applicant.age(date(2026, 1, 1)), demand.resources.reference_tax_income
        (34, ((2024, Decimal('12800.00')),))
        """
        return Demand(
            household=Household(
                applicant=_aged(self.applicant, day),
                partner=None if self.partner is None else _aged(self.partner, day),
                dependants=[_aged(years, day) for years in self.dependants],
            ),
            resources=Resources(
                reference_tax_income={day.year - 2: self.income},
                monthly_income=self.monthly_income,
                housing_aid_base=self.housing_aid_base,
            ),
        )


def _aged(years: int, day: date) -> Person:
    return Person(birth_date=date(day.year - years, 1, 1))


def example_households() -> tuple[ExampleHousehold, ...]:
    """Every household, in the order of the file."""
    return tuple(map(_household, _examples()["household"]))


def example_offers() -> tuple[Offer, ...]:
    """Every offer, in the order of the file.

    >>> [offer.reference for offer in example_offers()]
    ['RENNES-T2', 'LYON-T3', 'MELUN-T3', 'VERSAILLES-T4']
    """
    return tuple(Offer(**row | {"rent": Rent(**row["rent"])}) for row in _examples()["offer"])


def _household(row: dict[str, Any]) -> ExampleHousehold:
    known = {name: row[name] for name in row if not name.startswith("title_")}
    known["dependants"] = tuple(row.get("dependants", ()))
    return ExampleHousehold(title=Text(row["title_fr"], row["title_en"]), **known)


@cache
def _examples() -> dict[str, Any]:
    return load("examples")

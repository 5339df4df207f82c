"""Does the household earn about three times the rent including charges?"""

from decimal import Decimal

from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Facts, Finding, Outcome
from alin_core.values.amounts import (
    Amount,
    add,
    divide,
    euros,
    multiply,
    rounded_down,
    rounded_half_up,
    subtract,
)
from alin_core.values.arguments import explained
from alin_core.values.housing import Rent

__all__ = ["affordability", "affordability_of"]

_ID = "affordability"
_INCOME = "resources.monthly_income"
_CHARGES = "offer.rent.charges"
_ZERO, _ONE = Decimal(0), Decimal(1)
_RATE = Decimal("0.0001")


@explained
def affordability(
    monthly_income: Amount | None,
    rent: Rent,
    housing_aid: Amount = 0,
    *,
    rulebook: Rulebook | None = None,
) -> Finding:
    """MET from three times the rent on, BORDERLINE down to 10 % below, both included.

    The guide adds the AL or APL to the income, and says « environ » without a figure: the 10 % is
    an ASSUMPTION (`Rulebook.rent_tolerance`).
    Income and aid in euros per month, net, aid apart; None: unknown.
    Where charges are unknown, the threshold is that of the rent without them.

    >>> affordability(2_000, Rent(base=600, charges=100), 120).outcome.value
    'MET'
    >>> affordability(1_889, Rent(base=600, charges=100)).outcome.value
    'NOT_MET'
    """
    income = None if monthly_income is None else euros(monthly_income, "monthly_income")
    aid = euros(housing_aid, "housing_aid")
    return affordability_of(income, rent, aid, rulebook or Rulebook.standard())


def affordability_of(
    income: Decimal | None, rent: Rent, aid: Decimal, rulebook: Rulebook
) -> Finding:
    """`affordability` on amounts that are exact already."""
    total = rent.including_charges
    known_rent = rent.base if total is None else total
    # Unknown income is zero or more, unknown charges too: each bound may settle the question.
    observed = aid if income is None else add(income, aid)
    threshold = multiply(known_rent, rulebook.rent_multiple)
    outcome = MET
    if observed < threshold:
        borderline = multiply(threshold, subtract(_ONE, rulebook.rent_tolerance))
        outcome = BORDERLINE if observed >= borderline else NOT_MET
    basis = (income, aid, total, observed, threshold, rulebook.rent_multiple)
    if _may_change(outcome, income is None, total is None):
        missing = (_CHARGES,) * (total is None) + (_INCOME,) * (income is None)
        given = None if income is None else observed
        return Finding(_ID, UNKNOWN, given, threshold, None, missing, None, basis, _facts)
    margin = subtract(observed, threshold)
    return Finding(_ID, outcome, observed, threshold, margin, (), None, basis, _facts)


def _may_change(outcome: Outcome, income_is_unknown: bool, charges_are_unknown: bool) -> bool:
    """More income only helps, more charges only hurt."""
    return (income_is_unknown and outcome is not MET) or (
        charges_are_unknown and outcome is not NOT_MET
    )


def _facts(
    income: Decimal | None,
    aid: Decimal,
    total: Decimal | None,
    observed: Decimal,
    threshold: Decimal,
    multiple_asked: Decimal,
) -> Facts:
    """In alphabetical order; figures that an unknown leaves open are None."""
    effort_rate = rent_multiple = missing_income = None
    if income is not None and total is not None:
        missing_income = subtract(threshold, observed) if observed < threshold else _ZERO
        if income:
            # (rent + charges - aid) / resources: arrêté du 10 mars 2011, another ratio than ours.
            # READING: an aid above the rent leaves no effort, and not a negative one.
            left = max(subtract(total, aid), _ZERO)
            effort_rate = rounded_half_up(divide(left, income), _RATE)
        if total:
            # Cut, not rounded: 2.999 must never read 3.00.
            rent_multiple = rounded_down(divide(observed, total))
    return (
        ("effort_rate", effort_rate),
        ("housing_aid", aid),
        ("missing_income", missing_income),
        ("monthly_income", income),
        ("multiple_asked", multiple_asked),
        ("rent_including_charges", total),
        ("rent_multiple", rent_multiple),
    )

"""Guide, « Principales règles d'attribution »: about three times the rent, aid included."""

from decimal import Decimal, Inexact, localcontext
from typing import Any

import pytest
from attrs import evolve

from alin_core.law.rulebook import Rulebook
from alin_core.rules.affordability import affordability
from alin_core.rules.findings import Outcome
from alin_core.values.amounts import AmountError
from alin_core.values.housing import Rent
from tests.worked import cases

RENT = Rent(base="612.40", charges="85")


@pytest.mark.parametrize("case", cases("affordability")["case"], ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    rent = Rent(base=case["base"], charges=case.get("charges"))
    finding = affordability(case.get("monthly_income"), rent, case.get("housing_aid", 0))
    assert finding.outcome.value == case["outcome"]
    assert finding.missing == tuple(case.get("missing", ()))
    if "margin" in case:
        assert finding.margin == Decimal(case["margin"])


def test_aid_is_added_to_income_and_not_taken_from_the_rent() -> None:
    # 1 500 + 300 = 3 x 600, where 1 500 would be 5 x (600 - 300).
    finding = affordability(1_500, Rent(base=600, charges=0), 300)
    assert (finding.outcome, finding.margin) == (Outcome.MET, 0)
    assert finding.fact("effort_rate") == Decimal("0.2000")


def test_facts_give_the_multiple_cut_and_the_missing_income() -> None:
    finding = affordability("2092.19", RENT)
    assert finding.fact("rent_multiple") == Decimal("2.99")
    assert finding.fact("missing_income") == Decimal("0.01")
    assert affordability(5_000, RENT).fact("missing_income") == 0


def test_the_effort_rate_has_no_value_without_income() -> None:
    assert affordability(0, RENT).fact("effort_rate") is None
    assert affordability(None, RENT).fact("effort_rate") is None


@pytest.mark.parametrize(
    ("aid", "rate"), [("697.39", "0.0000"), ("692.40", "0.0100"), ("697.40", "0"), ("697.41", "0")]
)
def test_an_aid_above_the_rent_leaves_no_effort_and_never_a_negative_one(
    aid: str, rate: str
) -> None:
    assert affordability(500, RENT, aid).fact("effort_rate") == Decimal(rate)
    assert affordability(500, RENT, "2500.50").fact("effort_rate") == 0


def test_a_free_dwelling_has_no_multiple_and_is_affordable() -> None:
    finding = affordability(0, Rent(base=0, charges=0))
    assert (finding.outcome, finding.fact("rent_multiple")) == (Outcome.MET, None)


def test_the_tolerance_is_a_field_of_the_rulebook() -> None:
    strict = evolve(Rulebook.standard(), rent_tolerance=Decimal(0))
    assert affordability("2092.19", RENT, rulebook=strict).outcome is Outcome.NOT_MET
    assert affordability("2092.20", RENT, rulebook=strict).outcome is Outcome.MET


def test_the_decimal_context_of_the_caller_does_not_matter() -> None:
    with localcontext(prec=2) as context:
        context.traps[Inexact] = True
        assert affordability("2092.19", RENT).margin == Decimal("-0.01")


@pytest.mark.parametrize(
    ("income", "aid", "field"),
    [(-1, 0, "monthly_income"), (True, 0, "monthly_income"), (1_000, -1, "housing_aid")],
)
def test_an_impossible_amount_is_a_broken_call(income: int, aid: int, field: str) -> None:
    with pytest.raises(AmountError, match=f"^{field}: "):
        affordability(income, RENT, aid)


def test_an_income_that_nobody_gave_is_not_observed() -> None:
    finding = affordability(None, Rent(base=600, charges=0), 50)
    assert (finding.outcome, finding.observed, finding.threshold) == (Outcome.UNKNOWN, None, 1800)


def test_the_multiple_asked_for_is_that_of_the_rulebook() -> None:
    reform = evolve(Rulebook.standard(), rent_multiple="2.5")
    rent = Rent(base=600, charges=0)
    assert affordability(2_000, rent, rulebook=reform).fact("multiple_asked") == Decimal("2.5")
    assert affordability(2_000, rent).fact("multiple_asked") == 3

"""Guide, page 1, and CCH L441-1: who comes first on the offers."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.priority import Tier, company_priority, legal_priority, priority_of
from alin_core.values.demand import DataSharing, Demand, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household
from alin_core.values.resources import Resources
from tests.worked import cases

CASES = cases("company-priority")
TEN = Employment(Employer(siret="35600000000048", sector=Sector.PRIVATE, headcount=10))
NINE = Employment(Employer(siret="20003452800014", sector=Sector.PRIVATE, headcount=9))


def demand(**fields: Any) -> Demand:
    household = Household.of(adults=1 + ("co_applicant_employment" in fields))
    return Demand(household=household, resources=Resources(), **fields)


@pytest.mark.parametrize("case", CASES["employer"], ids=str)
def test_worked_case(case: dict[str, Any]) -> None:
    sector = Sector(case["sector"]) if "sector" in case else None
    employer = Employer(sector=sector, headcount=case.get("headcount"))
    finding = company_priority(Employment(employer))
    assert (finding.rule_id, finding.outcome.value) == ("company-priority", case["outcome"])
    assert finding.fact("sector") is sector
    assert finding.missing == tuple(case.get("missing", ()))
    if "margin" in case:
        assert finding.margin == Decimal(case["margin"])
    if sector is Sector.PUBLIC:
        assert finding.reason == "public employer"


def test_without_an_employer_there_is_no_company_priority() -> None:
    finding = company_priority(Employment(employer=None))
    assert finding == Finding("company-priority", Outcome.NOT_MET, reason="no employer")


def test_an_unknown_employment_is_named() -> None:
    finding = company_priority(None)
    assert finding == Finding("company-priority", Outcome.UNKNOWN, missing=("employment",))


def test_the_threshold_is_told_once_the_sector_is_known() -> None:
    thresholds = {Sector.PRIVATE: 10, Sector.AGRICULTURAL: 50, Sector.PUBLIC: None, None: None}
    for sector, threshold in thresholds.items():
        finding = company_priority(Employment(Employer(sector=sector)))
        assert finding.threshold == threshold


def test_an_employer_of_unknown_sector_may_be_agricultural_below_a_reformed_threshold() -> None:
    reform = evolve(Rulebook.standard(), agricultural_headcount=Decimal(5))
    unknown = Employment(Employer(headcount=5))
    assert company_priority(unknown, rulebook=reform).outcome is Outcome.UNKNOWN


def test_dalo_is_named_first_then_the_grounds_in_the_order_of_the_article() -> None:
    grounds = [PriorityGround.M, PriorityGround.A, PriorityGround.DALO, PriorityGround.G_BIS]
    assert legal_priority(grounds).fact("grounds") == ("DALO", "A", "G_BIS", "M")


def test_no_ground_claimed_is_certain() -> None:
    certain = Finding("legal-priority", Outcome.NOT_MET, basis=(("grounds", ()),))
    assert legal_priority(()) == certain


def test_a_ground_claimed_is_enough() -> None:
    finding = legal_priority({PriorityGround.A})
    assert (finding.rule_id, finding.outcome) == ("legal-priority", Outcome.MET)


def test_legal_priority_comes_before_company_priority() -> None:
    both = demand(employment=TEN, priority_grounds={PriorityGround.DALO})
    assert priority_of(both).tier is Tier.LEGAL
    reform = evolve(Rulebook.standard(), priority_order=("COMPANY", "LEGAL"))
    assert priority_of(both, rulebook=reform).tier is Tier.COMPANY


def test_an_unknown_employment_does_not_matter_behind_a_legal_priority() -> None:
    legal = demand(priority_grounds={PriorityGround.K})
    assert priority_of(legal).tier is Tier.LEGAL
    reform = evolve(Rulebook.standard(), priority_order=("COMPANY", "LEGAL"))
    assert priority_of(legal, rulebook=reform).tier is None
    assert priority_of(demand()).tier is None


def test_others_come_last() -> None:
    priority = priority_of(demand(employment=NINE))
    assert priority.tier is Tier.OTHER
    assert priority.findings == (legal_priority(()), company_priority(NINE))


def test_anonymity_does_not_remove_the_priority() -> None:
    anonymous = demand(employment=TEN, data_sharing=DataSharing.ANONYMOUS)
    assert priority_of(anonymous).tier is Tier.COMPANY


@pytest.mark.parametrize(
    ("attached", "tier"),
    [(None, Tier.OTHER), ("20003452800014", Tier.OTHER), ("35600000000048", Tier.COMPANY)],
)
def test_the_employment_that_counts_is_that_of_the_attached_siret(
    attached: str | None, tier: Tier
) -> None:
    both = demand(employment=NINE, co_applicant_employment=TEN, attached_siret=attached)
    assert priority_of(both).tier is tier


def test_whose_employment_counts_is_told_where_it_is_not_the_applicants_own() -> None:
    sector = ("sector", Sector.PRIVATE)
    for attached, facts in (
        (None, (sector,)),
        ("35600000000048", (("employment", "co_applicant_employment"), sector)),
    ):
        both = demand(employment=NINE, co_applicant_employment=TEN, attached_siret=attached)
        assert priority_of(both).findings[1].facts == facts


def test_a_missing_headcount_is_named_where_it_is() -> None:
    unknown = Employment(Employer(siret="35600000000048", sector=Sector.PRIVATE))
    attached = demand(co_applicant_employment=unknown, attached_siret="35600000000048")
    missing = priority_of(attached).findings[1].missing
    assert missing == ("co_applicant_employment.employer.headcount",)


def test_a_ground_may_be_a_text_and_another_word_is_none() -> None:
    assert legal_priority({"dalo"}) == legal_priority({PriorityGround.DALO})
    with pytest.raises(InvalidValue, match="priority_grounds: 'points' is refused"):
        legal_priority({"points"})
    with pytest.raises(WrongType):
        legal_priority("DALO")

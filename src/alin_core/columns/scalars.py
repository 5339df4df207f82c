"""Verdicts that exist already, as the rows of a frame."""

import re
from collections.abc import Iterable
from typing import Any

from alin_core.columns.names import REASONS, bit
from alin_core.eligibility import Assessment
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.housing_aid.estimate import HousingAidEstimate
from alin_core.rules.findings import Finding
from alin_core.rules.household_category import possible_categories

__all__ = ["row"]


def row(assessment: Assessment) -> dict[str, Any]:
    """What `assess_frame` would have added, and what was assessed."""
    ceiling, typology, rent = assessment.findings
    priority = assessment.priority
    legal, company = priority.findings
    household, on, rulebook = assessment.demand.household, assessment.on, assessment.rulebook
    lower, *others = possible_categories(household, on, rulebook)[0]
    return {
        "offer": assessment.offer.reference,
        "on": on,
        "category": lower.number,
        "category_or": others[0].number if others else None,
        "ceiling": _euros(ceiling.threshold),
        "ceiling_margin": _euros(ceiling.margin),
        "rent_multiple": _euros(rent.fact("rent_multiple")),
        "income_ceiling_outcome": ceiling.outcome.value,
        "typology_outcome": typology.outcome.value,
        "affordability_outcome": rent.outcome.value,
        "legal_priority_outcome": legal.outcome.value,
        "company_priority_outcome": company.outcome.value,
        "tier": None if priority.tier is None else priority.tier.value,
        "outcome": assessment.outcome.value,
        "reasons": _bits((*assessment.findings, company), assessment.housing_aid),
    }


def _euros(figure: Any) -> float | None:
    return None if figure is None else float(figure)


def _bits(findings: Iterable[Finding], aid: HousingAidEstimate | NoEstimate | None) -> int:
    said = {name for finding in findings for name in (*finding.missing, finding.reason) if name}
    # A column has no year in its name, and one employment.
    said = {re.sub(r"\.[0-9]{4}$|^co_applicant_", "", name) for name in said}
    if isinstance(aid, NoEstimate):  # whose paths no column has
        said = {"no estimate" if name in {*aid.missing} - {*REASONS} else name for name in said}
    return sum(map(bit, said))

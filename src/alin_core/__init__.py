"""Does a French social-housing demand fit an offer of AL'in, why, by how much, what would change?

>>> from datetime import date
>>> demand = Demand(
...     household=Household.of(adults=1, dependants=1),
...     resources=Resources(reference_tax_income={2024: 31_000}, monthly_income=2_450),
... )
>>> offer = Offer(
...     reference="IVRY-T3", commune="94041", typology="T3", norm="PLUS",
...     rent=Rent(base="612.40", charges="85"),
... )
>>> assess(demand, offer, on=date(2026, 11, 23)).outcome.value
'MET'
"""

from alin_core.eligibility import (
    Assessment,
    Matches,
    Priority,
    Remedy,
    Tier,
    assess,
    matching_offers,
)
from alin_core.errors import AlinError
from alin_core.law.findings import Finding, Outcome
from alin_core.law.rulebook import Rulebook
from alin_core.law.rules import Provenance, Rule, rules
from alin_core.law.zones import Zone
from alin_core.values.demand import DataSharing, Demand, Identity, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology, TypologyRange
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources

__all__ = [
    "AlinError",
    "Assessment",
    "DataSharing",
    "Demand",
    "Employer",
    "Employment",
    "Finding",
    "Household",
    "Identity",
    "Matches",
    "Offer",
    "OpaqueNumber",
    "Outcome",
    "Person",
    "Priority",
    "PriorityGround",
    "Provenance",
    "Remedy",
    "Rent",
    "RentalNorm",
    "Resources",
    "Rule",
    "Rulebook",
    "Sector",
    "Siret",
    "Tier",
    "Typology",
    "TypologyRange",
    "UniqueNumber",
    "Zone",
    "assess",
    "matching_offers",
    "rules",
]

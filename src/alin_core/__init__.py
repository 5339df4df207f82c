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

from typing import TYPE_CHECKING, Any

from alin_core.eligibility import Assessment, Priority, Remedy, Tier, assess
from alin_core.errors import AlinError
from alin_core.law.catalogue import Provenance, Rule
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.matching import Matches, matching_offers
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import DataSharing, Demand, Identity, PriorityGround
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology, TypologyRange
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources
from alin_core.version import __version__

if TYPE_CHECKING:
    from alin_core.candidature.rulings import Refusal, Ruling
    from alin_core.candidature.submission import Documents
    from alin_core.exchange.dossier import Dossier, DossierError, read_dossier, to_json
    from alin_core.housing_aid.estimate import (
        HousingAidEstimate,
        HousingAidHousehold,
        NotCovered,
        estimate_for,
        estimate_housing_aid,
    )
    from alin_core.national_xml.values import RefusedDemand, SneDemand, SneError
    from alin_core.ranking import Ranking, rank
    from alin_core.ranking_moves import Comparison, compare
    from alin_core.record import Record, Submission
    from alin_core.registration.company import Company
    from alin_core.registration.journey import ForbiddenStep, Journey
    from alin_core.registration.password import check_password
    from alin_core.registration.sharing import company_view
    from alin_core.sne import read_demands
    from alin_core.standing.policy import Criterion, RankingPolicy
    from alin_core.standing.score import Candidate, Place
    from alin_core.workflow import Candidature, ForbiddenEvent

__all__ = [
    "AlinError",
    "Assessment",
    "Candidate",
    "Candidature",
    "Company",
    "Comparison",
    "Criterion",
    "DataSharing",
    "Demand",
    "Documents",
    "Dossier",
    "DossierError",
    "Employer",
    "Employment",
    "Finding",
    "ForbiddenEvent",
    "ForbiddenStep",
    "Household",
    "HousingAidEstimate",
    "HousingAidHousehold",
    "Identity",
    "Journey",
    "Matches",
    "NotCovered",
    "Offer",
    "OpaqueNumber",
    "Outcome",
    "Person",
    "Place",
    "Priority",
    "PriorityGround",
    "Provenance",
    "Ranking",
    "RankingPolicy",
    "Record",
    "Refusal",
    "RefusedDemand",
    "Remedy",
    "Rent",
    "RentalNorm",
    "Resources",
    "Rule",
    "Rulebook",
    "Ruling",
    "Sector",
    "Siret",
    "SneDemand",
    "SneError",
    "Submission",
    "Tier",
    "Typology",
    "TypologyRange",
    "UniqueNumber",
    "Zone",
    "__version__",
    "assess",
    "check_password",
    "company_view",
    "compare",
    "estimate_for",
    "estimate_housing_aid",
    "matching_offers",
    "rank",
    "read_demands",
    "read_dossier",
    "to_json",
]

#: What a verdict does not need is imported when it is first asked for, and not before: the name,
#: and the module it comes from.
_LATER = {
    "Record": "record",
    "Submission": "record",
    "HousingAidEstimate": "housing_aid.estimate",
    "HousingAidHousehold": "housing_aid.estimate",
    "NotCovered": "housing_aid.estimate",
    "estimate_for": "housing_aid.estimate",
    "estimate_housing_aid": "housing_aid.estimate",
    "RefusedDemand": "national_xml.values",
    "SneDemand": "national_xml.values",
    "SneError": "national_xml.values",
    "Ranking": "ranking",
    "rank": "ranking",
    "Comparison": "ranking_moves",
    "compare": "ranking_moves",
    "Criterion": "standing.policy",
    "RankingPolicy": "standing.policy",
    "Candidate": "standing.score",
    "Place": "standing.score",
    "Company": "registration.company",
    "ForbiddenStep": "registration.journey",
    "Journey": "registration.journey",
    "check_password": "registration.password",
    "company_view": "registration.sharing",
    "Documents": "candidature.submission",
    "Dossier": "exchange.dossier",
    "DossierError": "exchange.dossier",
    "read_dossier": "exchange.dossier",
    "to_json": "exchange.dossier",
    "read_demands": "sne",
    "Refusal": "candidature.rulings",
    "Ruling": "candidature.rulings",
    "Candidature": "workflow",
    "ForbiddenEvent": "workflow",
}


# To a type checker, else, a name that does not exist would be right.
if not TYPE_CHECKING:  # pragma: no branch (it is False whenever this runs)

    def __getattr__(name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})

"""Does the household come first on the offers? A priority, never a condition."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook, kept
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.amounts import subtract
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand, PriorityGround, grounds_of
from alin_core.values.employment import Employment, Sector
from alin_core.values.languages import Explained

__all__ = ["Priority", "Tier", "company_priority", "legal_priority", "priority_of"]


class Tier(StrEnum):
    """Where a candidature stands before points and seniority."""

    LEGAL = "LEGAL"
    COMPANY = "COMPANY"
    OTHER = "OTHER"


_PRIVATE, _AGRICULTURAL, _PUBLIC = Sector
_LEGAL, _OTHER = Tier.LEGAL, Tier.OTHER
_TIERS: dict[str, Tier] = {tier.value: tier for tier in Tier}


@frozen
class Priority(Explained):
    """The tier of a demand, and the two findings it follows from."""

    #: None: an unknown could change it.
    tier: Tier | None
    #: `legal-priority`, then `company-priority`.
    findings: tuple[Finding, Finding]


@explained
def priority_of(demand: Demand, *, rulebook: Rulebook | None = None) -> Priority:
    """The first tier of `Rulebook.priority_order` that is MET, else OTHER.

    READING: the guide speaks of company priority « en dehors des situations de public
    prioritaire », so the legal one comes first.
    """
    rulebook = rulebook or Rulebook.standard()
    path, employment = demand.counted_employment
    legal = _legal_priority(demand.priority_grounds)
    company = _company_priority(employment, path, rulebook)
    for tier in rulebook.priority_order:
        outcome = legal.outcome if tier == _LEGAL else company.outcome
        if outcome is UNKNOWN:
            return Priority(None, (legal, company))
        if outcome is MET:
            return Priority(_TIERS[tier], (legal, company))
    return Priority(_OTHER, (legal, company))


_NO_GROUND = Finding("legal-priority", NOT_MET, basis=(("grounds", ()),))


def legal_priority(grounds: Iterable[PriorityGround | str]) -> Finding:
    """MET with at least one ground recognised by law (CCH L441-1); DALO is named first.

    A ground that is not given is not claimed, hence certain: never UNKNOWN.

    >>> legal_priority({PriorityGround.F, PriorityGround.DALO}).fact("grounds")
    ('DALO', 'F')
    """
    return _legal_priority(grounds_of(grounds))


def _legal_priority(held: frozenset[PriorityGround]) -> Finding:
    if not held:
        return _NO_GROUND
    codes = tuple(ground.value for ground in PriorityGround if ground in held)
    return Finding("legal-priority", MET, basis=(("grounds", codes),))


@explained
def company_priority(employment: Employment | None, *, rulebook: Rulebook | None = None) -> Finding:
    """MET for a private company of 10 employees or more, 50 in agriculture.

    Guide, « Présentation ».
    The headcount is the yearly average of the company, cut at two decimals (CSS R130-1).
    A public employer never gives it.
    Its absence never makes anyone ineligible.

    >>> from alin_core.values.employment import Employer
    >>> employer = Employer(sector=Sector.PRIVATE, headcount="9.99")
    >>> company_priority(Employment(employer)).margin
    Decimal('-0.01')
    """
    return _company_priority(employment, "employment", rulebook or Rulebook.standard())


def _company_priority(employment: Employment | None, path: str, rulebook: Rulebook) -> Finding:
    if employment is None:
        return Finding("company-priority", UNKNOWN, missing=(path,))
    if employment.employer is None:
        return Finding("company-priority", NOT_MET, reason="no employer")
    employer = employment.employer
    return kept(_by_size, rulebook)(employer.sector, employer.headcount, path)


def _by_size(
    rulebook: Rulebook, sector: Sector | None, headcount: Decimal | None, path: str
) -> Finding:
    # Told only where it is not the applicant's own.
    whose = () if path == "employment" else (("employment", path),)
    basis = (*whose, ("sector", sector))
    if sector is _PUBLIC:
        outcome, reason = NOT_MET, "public employer"
        return Finding("company-priority", outcome, headcount, None, None, (), reason, basis)
    threshold = _threshold(sector, rulebook)
    missing: tuple[str, ...] = (f"{path}.employer.headcount",) if headcount is None else ()
    # Above the lowest threshold the sector decides: the employer may be public.
    if sector is None and (headcount is None or headcount >= threshold):
        missing += (f"{path}.employer.sector",)
    if missing or headcount is None:
        known = None if sector is None else threshold
        outcome = UNKNOWN
        return Finding("company-priority", outcome, headcount, known, None, missing, None, basis)
    outcome = MET if headcount >= threshold else NOT_MET
    margin = subtract(headcount, threshold)
    return Finding("company-priority", outcome, headcount, threshold, margin, (), None, basis)


def _threshold(sector: Sector | None, rulebook: Rulebook) -> Decimal:
    """The headcount from which a company gives priority; the lowest one in an unknown sector."""
    if sector is _PRIVATE:
        return rulebook.company_headcount
    if sector is _AGRICULTURAL:
        return rulebook.agricultural_headcount
    return min(rulebook.company_headcount, rulebook.agricultural_headcount)

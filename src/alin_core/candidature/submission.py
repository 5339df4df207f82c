"""May a demand be submitted for an offer: its number, its documents, whether the offer stands."""

from datetime import date, timedelta

from attrs import field

from alin_core.errors import InvalidValue, is_a
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import is_in_ile_de_france
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.amounts import the_day
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from alin_core.values.identifiers import (
    Commune,
    OpaqueNumber,
    UniqueNumber,
    UniqueNumberKind,
    unique_number,
)
from alin_core.values.identifiers import commune as commune_of

__all__ = [
    "Documents",
    "available_offer",
    "documents_confirmed",
    "documents_deposited",
    "number_territory",
    "number_validity",
    "unique_number_held",
]

#: The region number of Île-de-France, whose unique numbers are regional.
_ILE_DE_FRANCE = "111"


@frozen(kw_only=True)
class Documents:
    """All the mandatory documents: two facts, and neither says the other.

    >>> Documents(confirmed=True, deposited=False).deposited
    False
    """

    #: The applicant declared on AL'in that they are deposited.
    confirmed: bool = field(validator=is_a(bool))
    #: They are deposited on the site of the demand, all of them; None: unknown.
    deposited: bool | None = field(validator=is_a(bool, optional=True))


@explained
def unique_number_held(demand: Demand) -> Finding:
    """MET with a unique number (guide, « Présentation » and « Obtenir son Numéro Unique »)."""
    return Finding("unique-number", NOT_MET if demand.unique_number is None else MET)


@explained
def number_validity(demand: Demand, *, on: date, rulebook: Rulebook | None = None) -> Finding:
    """MET within a year of the deposit or of the last renewal (CCH R441-2-7).

    READING (`Rulebook.anniversary_included`): the same day of the next year is the last one; for
    29 February, 28 February.
    UNKNOWN past the year of the deposit when no renewal by that day is told: there may have been
    one, also before a later one, as only the last is kept.

    >>> from alin_core.values.household import Household
    >>> from alin_core.values.resources import Resources
    >>> lodged = date(2024, 9, 12)
    >>> demand = Demand(household=Household.of(), resources=Resources(), lodged_on=lodged)
    >>> number_validity(demand, on=date(2026, 11, 23)).missing
    ('renewed_on',)
    """
    day, renewed = the_day(on, "on"), demand.renewed_on
    if renewed is not None and renewed > day:
        renewed = None  # of the renewal that counted then, nothing is told
    start = demand.lodged_on if renewed is None else renewed
    if start is None:
        return Finding("number-validity", UNKNOWN, missing=("lodged_on", "renewed_on"))
    if day < start:
        return Finding("number-validity", NOT_MET, reason="not lodged", basis=(("from", start),))
    # Here, so that importing the library does not load it.
    from dateutil.relativedelta import relativedelta

    rulebook = rulebook or Rulebook.standard()
    years = rulebook.demand_validity_years
    if start.year + years > date.max.year:
        last = date.max  # no later day can be written, hence none be asked about
    else:
        last = start + relativedelta(years=years)
        last -= timedelta(days=not rulebook.anniversary_included)
    if day > last and renewed is None:
        return Finding("number-validity", UNKNOWN, missing=("renewed_on",))
    outcome = MET if day <= last else NOT_MET
    return Finding(
        "number-validity", outcome, margin=(last - day).days, basis=(("valid_until", last),)
    )


def number_territory(number: UniqueNumber | OpaqueNumber, commune: Commune) -> Finding:
    """BORDERLINE for an offer outside the territory of the number: a warning, never a refusal.

    A NUD is valid in its department, a NUR in Île-de-France (notice of the form of demand).
    READING: the law speaks of a national number, so that elsewhere is no ground of refusal.
    UNKNOWN for a number whose territory cannot be read; raises `InvalidValue` without a number.

    >>> number_territory(UniqueNumber("059042300012359900"), Commune("94041")).outcome.value
    'BORDERLINE'
    """
    held = unique_number(number)  # a number of another type would be one that cannot be read
    if held is None:
        raise InvalidValue("number", None, "give the unique number of the demand")
    where = commune_of(commune)
    if isinstance(held, UniqueNumber) and held.kind is UniqueNumberKind.NUD:
        inside = where.startswith(held.territory[1:])
    elif isinstance(held, UniqueNumber) and held.territory == _ILE_DE_FRANCE:
        inside = is_in_ile_de_france(where)
    else:
        return Finding("number-territory", UNKNOWN, reason="unread territory")
    return Finding("number-territory", MET if inside else BORDERLINE)


@explained
def documents_confirmed(documents: Documents) -> Finding:
    """MET once the applicant has confirmed the deposit on AL'in (guide, #4)."""
    return Finding("documents-confirmed", MET if documents.confirmed else NOT_MET)


@explained
def documents_deposited(documents: Documents) -> Finding:
    """MET when every mandatory document is deposited on the site of the demand.

    Confirmed but not deposited: the candidature would not be taken into account (guide, #4).
    """
    if documents.deposited is None:
        return Finding("documents-deposited", UNKNOWN, missing=("documents.deposited",))
    return Finding("documents-deposited", MET if documents.deposited else NOT_MET)


@explained
def available_offer(offer: Offer) -> Finding:
    """MET while the offer is published (guide, #6: « nouvelle offre disponible »)."""
    return Finding("available-offer", MET if offer.available else NOT_MET)

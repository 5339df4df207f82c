"""The demand for social housing, as its applicant declared it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from attrs import field

from alin_core.errors import InvalidValue, is_a, member, several
from alin_core.frozen import frozen
from alin_core.values.amounts import day_field, optional_day_field
from alin_core.values.employment import Employment
from alin_core.values.household import Household
from alin_core.values.identifiers import (
    OpaqueNumber,
    Siret,
    UniqueNumber,
    is_text,
    siret,
    unique_number,
)
from alin_core.values.privacy import hidden, masked
from alin_core.values.resources import Resources

__all__ = ["DataSharing", "Demand", "Identity", "PriorityGround", "grounds_of"]


class PriorityGround(StrEnum):
    """A ground of legal priority (CCH L441-1, in force since 23 February 2022).

    The letters are those of the article, but that of ground B was not checked; the list changes by
    law.

    >>> PriorityGround("dalo")
    <PriorityGround.DALO: 'DALO'>
    """

    #: Recognised by the mediation commission (L441-2-3): before all others.
    DALO = "DALO"
    #: Disability (CASF L114), or a disabled dependant.
    A = "A"
    #: Leaving an appartement de coordination thérapeutique.
    B = "B"
    #: Badly housed, disadvantaged, or with particular difficulties.
    C = "C"
    #: Housed in an establishment or a transition dwelling.
    D = "D"
    #: Back at work after long-term unemployment.
    E = "E"
    #: Exposed to unfit housing.
    F = "F"
    #: Violence within the couple, protection order, threatened with forced marriage.
    G = "G"
    #: Rape or sexual assault at home or near it.
    G_BIS = "G_BIS"
    #: Engaged in the path out of prostitution.
    H = "H"
    #: Victim of trafficking or procuring.
    I = "I"  # noqa: E741 (the letter of the article)
    #: A minor child in an overcrowded or indecent dwelling.
    J = "J"
    #: Without any dwelling, or hosted by others.
    K = "K"
    #: Threatened with eviction without rehousing.
    L = "L"
    #: Under 21, in care (ASE) before majority, until three years after.
    M = "M"

    @classmethod
    def _missing_(cls, value: object) -> "PriorityGround":
        return member(cls, value, "priority_grounds")


class DataSharing(StrEnum):
    """How much of the demand the applicant's company sees (guide, « Choix°1 » to « Choix n°4 »).

    >>> DataSharing.DELEGATED.choice
    4
    """

    #: The company does not see the demand.
    ANONYMOUS = "ANONYMOUS"
    #: Surname, first name and birth date only.
    IDENTITY = "IDENTITY"
    #: A large part of the demand; the applicant keeps managing it.
    LARGE_VIEW = "LARGE_VIEW"
    #: The company manages the demand.
    DELEGATED = "DELEGATED"

    @property
    def choice(self) -> int:
        """The number of the choice on the site."""
        return list(DataSharing).index(self) + 1

    @classmethod
    def _missing_(cls, value: object) -> "DataSharing":
        return member(cls, value, "data_sharing")


@frozen(kw_only=True)
class Identity:
    """Who the applicant is, as an identity document says.

    >>> Identity(surname="Martin", first_name="Camille", birth_date=date(1990, 5, 2)).surname
    'Martin'
    """

    surname: str = field(validator=is_text, repr=hidden)
    first_name: str = field(validator=is_text, repr=hidden)
    birth_date: date = field(converter=day_field, repr=hidden)


def grounds_of(value: Iterable[PriorityGround | str]) -> frozenset[PriorityGround]:
    """The grounds themselves; a text is parsed. Raises `InvalidValue` for what is no ground."""
    given = several(value, "priority_grounds", "a set of PriorityGround")
    return frozenset(member(PriorityGround, ground, "priority_grounds") for ground in given)


def _sharing(value: DataSharing | str | None) -> DataSharing | None:
    return None if value is None else member(DataSharing, value, "data_sharing")


def _siret_of(employment: Employment | None) -> Siret | None:
    employer = None if employment is None else employment.employer
    return None if employer is None else employer.siret


@frozen(kw_only=True)
class Demand:
    """A demand for social housing (demande de logement social).

    >>> demand = Demand(household=Household.of(), resources=Resources(monthly_income=2_450))
    >>> demand.counted_employment
    ('employment', None)

    Raises `InvalidValue` for a renewal before the first deposit, for the employment of a
    co-applicant whom the household does not have, and for an attached SIRET that neither employer
    bears.
    """

    #: NUD or NUR; None: not obtained.
    unique_number: UniqueNumber | OpaqueNumber | None = field(
        default=None, converter=unique_number, repr=hidden
    )
    #: First deposit: seniority runs from it and survives renewals (CCH R441-2-7). None: unknown.
    lodged_on: date | None = field(default=None, converter=optional_day_field)
    #: Last renewal; None: not told.
    renewed_on: date | None = field(default=None, converter=optional_day_field)
    household: Household = field(validator=is_a(Household))
    resources: Resources = field(validator=is_a(Resources))
    #: The applicant's; None: unknown.
    employment: Employment | None = field(default=None, validator=is_a(Employment, optional=True))
    #: That of the partner or of a co-applicant; None: unknown, or there is neither.
    co_applicant_employment: Employment | None = field(
        default=None, validator=is_a(Employment, optional=True)
    )
    #: The establishment whose company counts; None: the applicant's.
    attached_siret: Siret | None = field(default=None, converter=siret, repr=hidden)
    #: Recognised by law, not only claimed.
    priority_grounds: frozenset[PriorityGround] = field(default=frozenset(), converter=grounds_of)
    #: None: not chosen yet.
    data_sharing: DataSharing | None = field(default=None, converter=_sharing)
    identity: Identity | None = field(default=None, validator=is_a(Identity, optional=True))
    email: str | None = field(default=None, validator=is_text, repr=hidden)
    #: Day the demand was created on AL'in, not deposited; None: not told.
    created_on_alin: date | None = field(default=None, converter=optional_day_field)

    def __attrs_post_init__(self) -> None:
        lodged, renewed, attached = self.lodged_on, self.renewed_on, self.attached_siret
        if lodged and renewed and renewed < lodged:
            raise InvalidValue("renewed_on", renewed, f"give a day from {lodged} on, the deposit")
        theirs = self.co_applicant_employment
        if theirs is not None and self.household.adults == 1:
            hint = "give household.partner or household.co_applicants too, or leave it out"
            raise InvalidValue("co_applicant_employment", theirs, hint)
        employers = _siret_of(self.employment), _siret_of(theirs)
        if attached is not None and attached not in employers:
            hint = "give the SIRET of the applicant's employer or of the co-applicant's"
            raise InvalidValue("attached_siret", masked(str(attached)), hint)

    @property
    def counted_employment(self) -> tuple[str, Employment | None]:
        """The employment that counts for the priority of companies, after its path.

        The applicant's; the co-applicant's when the attached SIRET is its employer's and not
        also the applicant's (guide, « Importer sa demande »).
        """
        attached = self.attached_siret
        if attached is None or attached == _siret_of(self.employment):
            return "employment", self.employment
        return "co_applicant_employment", self.co_applicant_employment

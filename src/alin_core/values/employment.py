"""Who employs an applicant: what the priority of companies asks."""

from decimal import Decimal
from enum import StrEnum

from attrs import field

from alin_core.errors import InvalidValue, is_a, member
from alin_core.frozen import frozen
from alin_core.values.amounts import Amount, AmountError, euros
from alin_core.values.identifiers import Siret, siret
from alin_core.values.privacy import hidden

__all__ = ["Employer", "Employment", "Sector"]


class Sector(StrEnum):
    """The sector of an employer, as the guide of Action Logement sorts them."""

    #: Private, outside agriculture.
    PRIVATE = "PRIVATE"
    #: Private and agricultural.
    AGRICULTURAL = "AGRICULTURAL"
    PUBLIC = "PUBLIC"

    @classmethod
    def _missing_(cls, value: object) -> "Sector":
        return member(cls, value, "sector")


def _sector(value: Sector | str | None) -> Sector | None:
    return None if value is None else member(Sector, value, "sector")


def _headcount(value: Amount | None) -> Decimal | None:
    # A headcount obeys the same rule as an amount: two decimals at most, never negative.
    try:
        return None if value is None else euros(value)
    except AmountError:
        hint = "give a yearly average of zero or more, with two decimals at most"
        raise InvalidValue("headcount", value, hint) from None


@frozen(kw_only=True)
class Employer:
    """A company, known by one of its establishments.

    >>> employer = Employer(siret="356 000 000 00048", sector="PRIVATE", headcount=9.99)
    >>> employer.headcount, str(employer.siret)
    (Decimal('9.99'), '35600000000048')

    Each field may be None: unknown.
    """

    siret: Siret | None = field(default=None, converter=siret, repr=hidden)
    sector: Sector | None = field(default=None, converter=_sector)
    #: Yearly average of the whole company (SIREN), cut at two decimals (CSS R130-1).
    headcount: Decimal | None = field(default=None, converter=_headcount)


@frozen
class Employment:
    """A situation that is known; where one may be unknown, the field that holds it is None.

    >>> Employment(employer=None)
    Employment(employer=None)
    """

    #: None: no employer.
    employer: Employer | None = field(validator=is_a(Employer, optional=True))

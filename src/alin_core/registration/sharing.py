"""What the company of an applicant sees of the demand, and what it may do."""

from enum import StrEnum
from typing import Any

from attrs import fields

from alin_core.law.rulebook import Rulebook
from alin_core.values.arguments import explained
from alin_core.values.demand import DataSharing, Demand

__all__ = [
    "Manager",
    "company_helps_with_documents",
    "company_view",
    "manager",
    "points_possible",
    "visible_fields",
]

#: Choice 2, to the letter; a field that `Identity` may gain is not shown for that.
_IDENTITY = ("identity.surname", "identity.first_name", "identity.birth_date")
_OTHERS = tuple(field.name for field in fields(Demand) if field.name != "identity")


class Manager(StrEnum):
    """Who manages the demand."""

    APPLICANT = "APPLICANT"
    COMPANY = "COMPANY"


@explained
def visible_fields(
    choice: DataSharing | str, *, rulebook: Rulebook | None = None
) -> tuple[str, ...]:
    """The paths of a demand that the company sees (guide, « Choix°1 » to « Choix n°4 »).

    Each choice shows all that the one before shows, and more.
    ASSUMPTION: choice 3 shows « une grande partie » and the guide gives no list;
    `Rulebook.large_view` is ours.

    >>> visible_fields("IDENTITY")
    ('identity.surname', 'identity.first_name', 'identity.birth_date')
    """
    choice = DataSharing(choice)
    if choice is DataSharing.ANONYMOUS:
        return ()
    if choice is DataSharing.IDENTITY:
        return _IDENTITY
    if choice is DataSharing.DELEGATED:
        return _IDENTITY + _OTHERS
    large = (rulebook or Rulebook.standard()).large_view
    return _IDENTITY + tuple(name for name in _OTHERS if name in large)


def manager(choice: DataSharing | str) -> Manager:
    """The applicant, but for choice 4, which delegates to the company."""
    delegated = DataSharing(choice) is DataSharing.DELEGATED
    return Manager.COMPANY if delegated else Manager.APPLICANT


def company_helps_with_documents(choice: DataSharing | str) -> bool:
    """May the company help to deposit the documents, on the site of the demand? Choice 4 only."""
    return DataSharing(choice) is DataSharing.DELEGATED


def points_possible(choice: DataSharing | str) -> bool:
    """May the company give points? Never when anonymous; possible, not promised, otherwise."""
    return DataSharing(choice) is not DataSharing.ANONYMOUS


@explained
def company_view(
    demand: Demand, *, rulebook: Rulebook | None = None
) -> tuple[tuple[str, Any], ...]:
    """The visible part of a demand as pairs of path and value, and nothing else.

    Before a choice is made nothing is shown: the guide states no default.

    >>> from alin_core.values.household import Household
    >>> from alin_core.values.resources import Resources
    >>> demand = Demand(household=Household.of(), resources=Resources(), data_sharing="ANONYMOUS")
    >>> company_view(demand)
    ()
    """
    if demand.data_sharing is None:
        return ()
    paths = visible_fields(demand.data_sharing, rulebook=rulebook)
    return tuple((path, _at(demand, path)) for path in paths)


def _at(demand: Demand, path: str) -> Any:
    owner, _, name = path.rpartition(".")
    return getattr(demand.identity if owner else demand, name, None)

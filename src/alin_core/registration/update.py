"""A demand is read on AL'in and changed elsewhere: what an update brings, and may not bring."""

from attrs import fields

from alin_core.rules.findings import MET, NOT_MET, Finding
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.identifiers import compared

__all__ = ["updated"]


@explained
def updated(old: Demand, new: Demand) -> Finding:
    """MET when the new reading may replace the old; the fact `changed` names what changed.

    Guide, « Consulter/modifier sa demande ».
    The fact `refused` names what may not change so, each a READING: the unique number, since
    another number is another demand; the first deposit, which may not move later, and the last
    renewal, which may not move earlier (CCH R441-2-7); the day of creation on AL'in, which no other
    site knows.
    What was known of any may not be lost, or it could change in two updates: who updates from the
    national XML, which has neither renewal nor creation, carries both over.

    >>> from datetime import date
    >>> from attrs import evolve
    >>> from alin_core.values.household import Household
    >>> from alin_core.values.resources import Resources
    >>> old = Demand(
    ...     household=Household.of(), resources=Resources(), lodged_on=date(2023, 10, 1)
    ... )
    >>> finding = updated(old, evolve(old, lodged_on=date(2024, 1, 1), email="ada@example.org"))
    >>> finding.fact("changed"), finding.fact("refused")
    (('lodged_on', 'email'), ('lodged_on',))
    """
    names = [attribute.name for attribute in fields(Demand)]
    changed = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    refused = tuple(name for name in changed if _may_not_change(name, old, new))
    facts = (("changed", changed), ("refused", refused))
    reason = None if changed else "nothing changed"
    return Finding("update", NOT_MET if refused else MET, reason=reason, basis=facts)


def _may_not_change(name: str, old: Demand, new: Demand) -> bool:
    if name == "unique_number":
        known, given = old.unique_number, new.unique_number
        return known is not None and (given is None or compared(known) != compared(given))
    if name == "lodged_on" and old.lodged_on is not None:
        return new.lodged_on is None or new.lodged_on > old.lodged_on
    if name == "renewed_on" and old.renewed_on is not None:
        return new.renewed_on is None or new.renewed_on < old.renewed_on
    return name == "created_on_alin" and old.created_on_alin is not None

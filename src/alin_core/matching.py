"""Many offers for one demand: those that fit, those that may, and the others."""

from collections.abc import Iterable
from datetime import date

from alin_core.eligibility import Assessment, assess
from alin_core.errors import must_be
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook
from alin_core.values.arguments import explained
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from alin_core.values.languages import Explained

__all__ = ["Matches", "group_of", "matching_offers"]


@frozen
class Matches(Explained):
    """The offers held against one demand, each with its assessment, in the order given.

    In words: the offers at a glance where one fits, else what to do.
    """

    #: Available, and MET or BORDERLINE: the offers a count on screen speaks of.
    fitting: tuple[Assessment, ...]
    #: Available, and UNKNOWN.
    undecided: tuple[Assessment, ...]
    #: NOT_MET, or no longer available.
    others: tuple[Assessment, ...]


@explained
def matching_offers(
    demand: Demand,
    offers: Iterable[Offer],
    *,
    on: date,
    rulebook: Rulebook | None = None,
    estimate_aid: bool = False,
) -> Matches:
    """Every offer with its assessment, sorted into those that fit, may fit, and do not.

    The number of offers shown is `len(matches.fitting)`.
    With `estimate_aid`, each offer has its own estimate of the housing aid, or says why not.
    Raises what `assess` raises, without any offer too.
    """
    demand.household.born_by(on)
    must_be(estimate_aid, bool, "estimate_aid")
    groups: dict[str, list[Assessment]] = {"fitting": [], "undecided": [], "others": []}
    if estimate_aid:
        from alin_core.housing_aid.affordability import aid_for
    for offer in offers:
        aid = aid_for(demand, offer, on) if estimate_aid else None
        assessment = assess(demand, offer, on=on, rulebook=rulebook, housing_aid=aid)
        groups[group_of(assessment)].append(assessment)
    return Matches(*map(tuple, groups.values()))


@explained
def group_of(assessment: Assessment) -> str:
    """The field of `Matches` that an assessment belongs to."""
    passes = assessment.passes if assessment.offer.available else False
    return "undecided" if passes is None else "fitting" if passes else "others"

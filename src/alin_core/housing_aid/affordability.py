"""Is the income three times the rent with an estimated aid, and up to which rent?"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import evolve, field

from alin_core.errors import InvalidValue, MissingInput, must_be
from alin_core.frozen import frozen
from alin_core.housing_aid.estimate import (
    HousingAidEstimate,
    NotCovered,
    estimate_for,
    refuse_dwelling,
)
from alin_core.housing_aid.scale import AidScale
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NotInForce
from alin_core.rules.affordability import affordability_of
from alin_core.rules.findings import MET, UNKNOWN, Fact, Facts, Finding
from alin_core.values.amounts import (
    CENT,
    Amount,
    add,
    divide,
    euros,
    multiply,
    rounded_down,
    subtract,
)
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources

__all__ = ["NoEstimate", "affordability_with", "aid_for", "highest_affordable_rent"]

_ZERO = Decimal(0)
#: Figures that an unknown aid leaves open.
_OPEN: dict[str, Fact] = dict.fromkeys(
    ("effort_rate", "housing_aid", "missing_income", "rent_multiple")
)


def _bounds(value: Iterable[Amount] | None) -> tuple[Decimal, ...] | None:
    if value is None:
        return None
    bounds = tuple(euros(each, "bounds") for each in value)
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        raise InvalidValue("bounds", bounds, "give the least and the most")
    return bounds


@frozen
class NoEstimate:
    """There is no estimate for an offer, and why: its rule reads the aid declared, if any."""

    #: `missing input`, `no table`, or the reason of `NotCovered`.
    reason: str
    #: The inputs that an estimate lacks, as paths; not a zone that changes none, whatever the base.
    missing: tuple[str, ...] = ()
    #: The least and the most aid that these inputs can lead to, euros per month; None: no saying.
    bounds: tuple[Decimal, ...] | None = field(default=None, converter=_bounds)


def aid_for(demand: Demand, offer: Offer, on: date) -> HousingAidEstimate | NoEstimate:
    """`estimate_for`, with its refusals as values: one odd offer never stops a batch."""
    try:
        return estimate_for(demand, offer, on=on)
    except NotCovered as error:
        return NoEstimate(error.reason)
    except MissingInput as error:
        return _unknown_aid(demand, offer, on, error.paths)
    except NotInForce:
        return NoEstimate("no table")


def _unknown_aid(demand: Demand, offer: Offer, on: date, missing: tuple[str, ...]) -> NoEstimate:
    """The aid in every zone and for every base that it may be: more resources, never more aid."""
    if "household.dependants.birth_date" in missing:  # one of 21 or older is not covered
        return NoEstimate("missing input", missing)
    base, zone = demand.resources.housing_aid_base, offer.housing_aid_zone
    poorest = evolve(demand, resources=evolve(demand.resources, housing_aid_base=base or 0))
    aids, counted = [], set()
    for possible in (1, 2, 3) if zone is None else (zone,):
        aid = aid_for(poorest, evolve(offer, housing_aid_zone=possible), on)
        if isinstance(aid, NoEstimate):  # whatever is missing
            return aid
        aids.append(aid.before_rls)
        counted.add(aid["L"].value)
    if base is None and len(counted) == 1:  # under each ceiling, the zone changes nothing
        missing = tuple(path for path in missing if path != "offer.housing_aid_zone")
    least = _ZERO if base is None else min(aids)
    return NoEstimate("missing input", missing, (least, max(aids)))


def affordability_with(
    aid: HousingAidEstimate | NoEstimate,
    resources: Resources,
    offer: Offer,
    on: date,
    rulebook: Rulebook,
) -> Finding:
    """The rule on the whole rent and the aid before any solidarity rent reduction.

    READING: the reduction lowers rent and aid by much the same amount, so leaving both as they are
    is the cautious side above a ratio of one.
    Without an estimate and without a declared aid, the aid is unknown and not zero; the answer is
    given where the least and the most that it can be lead to the same.
    Raises `InvalidValue` for the estimate of another rent, zone, base of resources or day, and for
    one beside a dwelling that gives no aid.
    """
    if isinstance(aid, NoEstimate):
        return _without_estimate(aid, resources, offer.rent, rulebook)
    _check_estimate(must_be(aid, HousingAidEstimate, "housing_aid"), resources, offer, on)
    finding = affordability_of(resources.monthly_income, offer.rent, aid.before_rls, rulebook)
    return evolve(finding, basis=(finding, aid), facts_of=_facts_with)


def _check_estimate(aid: HousingAidEstimate, resources: Resources, offer: Offer, on: date) -> None:
    """An estimate outlives no change of what it was made of."""
    base, zone = resources.housing_aid_base, offer.housing_aid_zone
    if aid.rent != offer.rent.base or zone not in (None, aid.zone):
        given = f"rent {aid.rent}, zone {aid.zone}"
        raise InvalidValue("housing_aid", given, "give the estimate of that very dwelling")
    if base not in (None, aid.resources) or aid.on != on:
        given = f"resources {aid.resources}, on {aid.on}"
        raise InvalidValue("housing_aid", given, "give the estimate of that demand, on that day")
    try:
        refuse_dwelling(offer)
    except NotCovered as error:
        raise InvalidValue("housing_aid", aid.before_rls, f"give none: {error.reason}") from None


def _without_estimate(
    aid: NoEstimate, resources: Resources, rent: Rent, rulebook: Rulebook
) -> Finding:
    income, declared = resources.monthly_income, resources.housing_aid
    if declared:
        finding = affordability_of(income, rent, declared, rulebook)
        return evolve(finding, basis=(finding, aid), facts_of=_facts_declared)
    least, most = aid.bounds or (_ZERO, None)
    finding = affordability_of(income, rent, least, rulebook)
    if finding.outcome is MET:
        return evolve(finding, basis=(finding, aid, "at least"), facts_of=_facts_bounded)
    if most is not None and finding.outcome is not UNKNOWN:
        highest = affordability_of(income, rent, most, rulebook)
        if highest.outcome is finding.outcome:
            return evolve(highest, basis=(highest, aid, "at most"), facts_of=_facts_bounded)
    return _open(aid, affordability_of(income, rent, _ZERO, rulebook), rent)


def _open(aid: NoEstimate, finding: Finding, rent: Rent) -> Finding:
    """Unknown, with the figures of the rule without aid."""
    charges = () if rent.charges is not None else ("offer.rent.charges",)
    # Where the least and the most are the same, what the estimate lacks changes nothing.
    is_known = aid.bounds is not None and aid.bounds[0] == aid.bounds[1]
    lacking = () if is_known else aid.missing
    missing = tuple(sorted({*finding.missing, *lacking, *charges}))
    reason = None if finding.outcome is UNKNOWN else "no estimate"
    return Finding(
        finding.rule_id,
        UNKNOWN,
        finding.observed,
        finding.threshold,
        None,
        missing,
        reason,
        (finding, aid),
        _facts_open,
    )


def _facts_with(finding: Finding, estimate: HousingAidEstimate) -> Facts:
    steps = tuple(f"{symbol} = {value:f}" for symbol, value in estimate.figures)
    editions = tuple(f"{name} {edition.in_force}" for name, edition in estimate.editions)
    return _facts(finding, {"housing_aid_editions": editions, "housing_aid_steps": steps})


def _facts_declared(finding: Finding, aid: NoEstimate) -> Facts:
    return _facts(finding, _refusal(aid))


def _facts_bounded(finding: Finding, aid: NoEstimate, bound: str) -> Facts:
    """The aid is a bound, and so is what follows from it; the effort rate is left open."""
    return _facts(finding, _refusal(aid) | {"effort_rate": None, "housing_aid_bound": bound})


def _facts_open(finding: Finding, aid: NoEstimate) -> Facts:
    return _facts(finding, _refusal(aid) | _OPEN)


def _refusal(aid: NoEstimate) -> dict[str, Fact]:
    return {"housing_aid_missing": aid.missing, "housing_aid_refusal": aid.reason}


def _facts(finding: Finding, others: dict[str, Fact]) -> Facts:
    return tuple(sorted((dict(finding.facts) | others).items()))


def highest_affordable_rent(
    estimate: HousingAidEstimate, *, income: Decimal, charges: Decimal, multiple: Decimal
) -> Decimal | None:
    """The highest rent, without charges, that income and aid cover as many times as is asked.

    Income and charges in euros per month; None: not even a rent of one cent.
    The aid is that of the estimate's household at that very rent, before any rent reduction.
    It is paid in whole euros and its rate moves by steps, so that below the rent ceiling it now and
    then loses a euro while the rent grows: a rent a few cents lower may just miss the multiple.

    >>> from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
    >>> estimate = estimate_housing_aid(
    ...     rent=600, zone=2, household=HousingAidHousehold(couple=False, dependants=1),
    ...     resources=12_000, on=date(2026, 11, 23))
    >>> highest_affordable_rent(
    ...     estimate, income=Decimal(1_300), charges=Decimal(80), multiple=Decimal(3))
    Decimal('466.66')
    """
    scale = estimate.scale
    most_aid = scale.most(CENT, scale.ceiling)
    most_rent = rounded_down(subtract(divide(add(income, most_aid), multiple), charges))
    if most_rent < CENT:
        return None
    left = subtract(income, multiply(charges, multiple))
    cents = _highest(scale, left, multiple, 1, int(divide(most_rent, CENT)))
    return None if cents is None else _euros(cents)


def _highest(scale: AidScale, left: Decimal, multiple: Decimal, low: int, high: int) -> int | None:
    """The highest rent between two, in cents, that is covered; the upper half is tried first.

    An interval is given up only when the most aid of all its rents would not pay the least of them.
    """
    lowest = _euros(low)
    if add(left, scale.most(lowest, _euros(high))) < multiply(lowest, multiple):
        return None
    if low == high:
        return low
    middle = (low + high) // 2
    found = _highest(scale, left, multiple, middle + 1, high)
    return _highest(scale, left, multiple, low, middle) if found is None else found


def _euros(cents: int) -> Decimal:
    return multiply(Decimal(cents), CENT)

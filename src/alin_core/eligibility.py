"""The main job: assess a demand against an offer, and say why; also the door to the four rules."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from attrs import field

from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import NoZone, zone_in
from alin_core.rules.affordability import affordability, affordability_of
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN, Finding, Outcome
from alin_core.rules.household_category import HouseholdCategory, household_category
from alin_core.rules.income_ceiling import (
    Ceiling,
    ceiling_finding,
    income_ceiling,
    within_income_ceiling,
)
from alin_core.rules.priority import Priority, Tier, company_priority, priority_of
from alin_core.rules.typology import suitable_typologies, typology_fit
from alin_core.values.amounts import divide, multiply, rounded_down, rounded_up, subtract
from alin_core.values.arguments import blame
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer, RentalNorm, TypologyRange
from alin_core.values.languages import Explained
from alin_core.values.lookup import Keyed, NotFound

if TYPE_CHECKING:  # loaded by who estimates an aid, and by nobody else
    from alin_core.housing_aid.affordability import NoEstimate
    from alin_core.housing_aid.estimate import HousingAidEstimate

__all__ = [
    "Assessment",
    "Ceiling",
    "HouseholdCategory",
    "Priority",
    "Remedy",
    "Tier",
    "affordability",
    "assess",
    "company_priority",
    "household_category",
    "income_ceiling",
    "suitable_typologies",
    "typology_fit",
    "within_income_ceiling",
]


@frozen
class Remedy(Explained):
    """The smallest change of one input that would meet a finding."""

    rule_id: str
    #: The input to change; `offer.rent` is the rent including charges, `offer.rent.base` the rent
    #: without, for the same charges and with the aid that it would bring.
    path: str
    #: `at most`, `at least` or `one of`.
    relation: str
    #: Euros per month, the typologies that fit, or the norms whose ceiling suffices.
    value: Decimal | TypologyRange | tuple[RentalNorm, ...]


def assess(
    demand: Demand,
    offer: Offer,
    *,
    on: date,
    rulebook: Rulebook | None = None,
    housing_aid: "HousingAidEstimate | NoEstimate | None" = None,
) -> "Assessment":
    """Hold a demand against an offer, on the expected date of the lease.

    Every rule runs, so a refusal states every ground.
    An estimate of the housing aid takes the place of `resources.housing_aid`.
    Raises `NotADate` for a datetime, `NotYetBorn` for a person born after that day, and
    `InvalidValue` for the estimate of another rent, zone, base of resources, day or kind of
    dwelling; never because the household fails a rule.
    """
    return Assessment(demand, offer, on, rulebook or Rulebook.standard(), housing_aid)


@frozen
class Assessment(Keyed, Explained):
    """A verdict: what follows from one demand, one offer, a day and a rulebook.

    Passing the three rules is not a promise: only the lessor's commission attributes.
    It maps the ids of its five rules to their findings.
    """

    demand: Demand
    offer: Offer
    #: Expected date of the lease.
    on: date
    rulebook: Rulebook = field(repr=False)
    #: Used before any solidarity rent reduction; None: the aid declared.
    housing_aid: "HousingAidEstimate | NoEstimate | None" = None
    #: The three rules of the guide: `income-ceiling`, `typology`, `affordability`.
    #: Never given, always made from the inputs: no verdict that they do not give can exist.
    findings: tuple[Finding, Finding, Finding] = field(init=False, eq=False, repr=False)

    @findings.default
    def _all_rules(self) -> tuple[Finding, Finding, Finding]:
        try:
            self.demand.household.born_by(self.on)
            return self._income_ceiling(self.offer.norm), self._typology(), self._affordability()
        except (AttributeError, TypeError) as error:
            given = {"demand": self.demand, "offer": self.offer, "rulebook": self.rulebook}
            blame(assess, error, given)
            raise

    @property
    def outcome(self) -> Outcome:
        """NOT_MET if any finding is, else UNKNOWN, else BORDERLINE, else MET."""
        ceiling, typology, affordable = self.findings
        outcomes = (ceiling.outcome, typology.outcome, affordable.outcome)
        for worst in (NOT_MET, UNKNOWN, BORDERLINE):
            if worst in outcomes:
                return worst
        return MET

    @property
    def passes(self) -> bool | None:
        """True when MET or BORDERLINE, False when NOT_MET, None when UNKNOWN."""
        outcome = self.outcome
        return None if outcome is UNKNOWN else outcome is not NOT_MET

    @property
    def priority(self) -> Priority:
        """Legal and company priority: they order candidatures, they make nobody ineligible."""
        return priority_of(self.demand, rulebook=self.rulebook)

    def __getitem__(self, rule_id: str) -> Finding:
        """The finding of one of the five rules; raises `NotFound` for another id."""
        for finding in self._five:
            if finding.rule_id == rule_id:
                return finding
        raise NotFound("rule_id", rule_id, f"give one of {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        return (finding.rule_id for finding in self._five)

    def __len__(self) -> int:
        return len(self._five)

    @property
    def _five(self) -> tuple[Finding, ...]:
        return (*self.findings, *self.priority.findings)

    def remedies(self) -> tuple[Remedy, ...]:
        """For each finding NOT_MET, the smallest change of one input that would meet it."""
        return tuple(
            remedy
            for finding in self.findings
            if finding.outcome is NOT_MET
            for remedy in _REMEDIES[finding.rule_id](self, finding)
        )

    def _typology(self) -> Finding:
        household = self.demand.household
        unborn = household.unborn if self.rulebook.unborn_count_for_rooms else 0
        persons = household.persons + unborn
        return typology_fit(persons, self.offer.typology, rulebook=self.rulebook)

    def _affordability(self) -> Finding:
        resources, offer = self.demand.resources, self.offer
        if self.housing_aid is not None:
            from alin_core.housing_aid.affordability import affordability_with

            return affordability_with(self.housing_aid, resources, offer, self.on, self.rulebook)
        income, aid = resources.monthly_income, resources.housing_aid
        return affordability_of(income, offer.rent, aid, self.rulebook)

    def _income_ceiling(self, norm: RentalNorm | None) -> Finding:
        demand, rulebook = self.demand, self.rulebook
        try:
            zone = zone_in(self.offer.commune, rulebook.merged_communes_keep_their_zone)
        except NoZone:
            return Finding("income-ceiling", UNKNOWN, reason="no zone")
        household, resources = demand.household, demand.resources
        return ceiling_finding(household, resources, norm, zone, self.on, rulebook)


def _sufficient_norms(assessment: Assessment, finding: Finding) -> tuple[Remedy, ...]:
    norms = tuple(norm for norm in RentalNorm if assessment._income_ceiling(norm).outcome is MET)
    return (Remedy(finding.rule_id, "offer.norm", "one of", norms),) if norms else ()


def _fitting_typologies(_assessment: Assessment, finding: Finding) -> tuple[Remedy, ...]:
    fitting = cast(TypologyRange, finding.threshold)
    return (Remedy(finding.rule_id, "offer.typology", "one of", fitting),)


def _affordable(assessment: Assessment, finding: Finding) -> tuple[Remedy, ...]:
    if dict(finding.facts).get("housing_aid_bound"):
        return ()  # the aid is not known: no change is sure to be the smallest
    remedies = list(_rent_within_reach(assessment, finding))
    rent = assessment.offer.rent.including_charges
    if rent is not None:
        aid = cast(Decimal, finding.fact("housing_aid"))
        needed = rounded_up(subtract(multiply(rent, assessment.rulebook.rent_multiple), aid))
        remedies.append(Remedy(finding.rule_id, "resources.monthly_income", "at least", needed))
    return tuple(remedies)


def _rent_within_reach(assessment: Assessment, finding: Finding) -> Iterator[Remedy]:
    """With the same aid; with an estimate, and the same charges, the aid of that very rent."""
    multiple, charges = assessment.rulebook.rent_multiple, assessment.offer.rent.charges
    estimate = _estimate(assessment)
    if estimate is None:
        highest = rounded_down(divide(cast(Decimal, finding.observed), multiple))
        yield Remedy(finding.rule_id, "offer.rent", "at most", highest)
    elif charges is not None:
        from alin_core.housing_aid.affordability import highest_affordable_rent

        income = cast(Decimal, finding.fact("monthly_income"))
        rent = highest_affordable_rent(estimate, income=income, charges=charges, multiple=multiple)
        if rent is not None:
            yield Remedy(finding.rule_id, "offer.rent.base", "at most", rent)


def _estimate(assessment: Assessment) -> "HousingAidEstimate | None":
    if assessment.housing_aid is None:
        return None
    from alin_core.housing_aid.estimate import HousingAidEstimate

    aid = assessment.housing_aid
    return aid if isinstance(aid, HousingAidEstimate) else None


_REMEDIES = {
    "income-ceiling": _sufficient_norms,
    "typology": _fitting_typologies,
    "affordability": _affordable,
}

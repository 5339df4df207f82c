"""User code that is wrong: each line that bears `E` is an error there, and no other line is.

The first code is that of mypy, the second that of pyright.
"""

from datetime import date

import alin_core as alin
from alin_core.candidature.events import Cancel
from alin_core.eligibility import income_ceiling, suitable_typologies, typology_fit
from alin_core.registration.codes import check_activation_code
from alin_core.registration.identity import check_identity

on = date(2026, 11, 23)
person = alin.Person()
demand = alin.Demand(household=alin.Household.of(), resources=alin.Resources())
offer = alin.Offer(reference="A", commune="94041", typology="T3", rent=alin.Rent(base=600))
policy = alin.RankingPolicy.neutral()

# One value in the place of another.
alin.assess(offer, offer, on=on)  # E: arg-type reportArgumentType
alin.assess(demand, demand, on=on)  # E: arg-type reportArgumentType
alin.assess("demand", offer, on=on)  # E: arg-type reportArgumentType
alin.assess(demand, offer, on="2026-11-23")  # E: arg-type reportArgumentType
alin.assess(demand, offer, on)  # E: call-arg reportCallIssue
alin.assess(demand, offer)  # E: call-arg reportCallIssue
alin.assess(demand, offer, on=on, rulebook="2026")  # E: arg-type reportArgumentType
alin.matching_offers(demand, offer, on=on)  # E: arg-type reportArgumentType
alin.matching_offers(offer, [offer], on=on)  # E: arg-type reportArgumentType
alin.to_json(demand)  # E: arg-type reportArgumentType
alin.rank([demand], policy, offer="A", draw_key="k")  # E: list-item reportArgumentType
alin.estimate_for(offer, demand, on=on)  # E: arg-type reportArgumentType

# A plain function wants the value, not its text.
typology_fit(3, "T3")  # E: arg-type reportArgumentType
suitable_typologies("3")  # E: arg-type reportArgumentType
income_ceiling("PLUS", alin.Zone.OTHER_REGIONS, 3, on=on)  # E: arg-type reportArgumentType
check_identity("Ada", "Ada")  # E: arg-type reportArgumentType
check_activation_code("0123", "0123", at=on)  # E: arg-type reportArgumentType
alin.company_view("demand")  # E: arg-type reportArgumentType

# A field of another type, or that nobody has.
alin.Person(birth_date="1990-05-02")  # E: arg-type reportArgumentType
alin.Person("1990-05-02")  # E: call-arg,arg-type reportCallIssue
alin.Person(disabled="no")  # E: arg-type reportArgumentType
alin.Household(applicant="Ada")  # E: arg-type reportArgumentType
alin.Household()  # E: call-arg reportCallIssue
alin.Household(applicant=person, dependents=())  # E: call-arg reportCallIssue
alin.Resources(monthly_income=[2_450])  # E: arg-type reportArgumentType
alin.Resources(reference_tax_income=31_000)  # E: arg-type reportArgumentType
alin.Rent(base=None)  # E: arg-type reportArgumentType
alin.Employment("La Poste")  # E: arg-type reportArgumentType
alin.Candidate(outcome=True)  # E: arg-type reportArgumentType
alin.Candidature([1])  # E: list-item reportArgumentType

# What an answer is not, and what no value lets happen.
assessment = alin.assess(demand, offer, on=on)
passes: bool = assessment.passes  # E: assignment reportAssignmentType
number: str = demand.unique_number  # E: assignment reportAssignmentType
_ = assessment.verdict  # E: attr-defined reportAttributeAccessIssue
assessment.explain()  # E: call-arg reportCallIssue
assessment[0]  # E: index reportArgumentType
demand.email = "ada@example.org"  # E: misc reportAttributeAccessIssue
demand.household.applicant.disabled = True  # E: misc reportAttributeAccessIssue
active = alin.Record().active
_ = active.blocks  # E: union-attr reportOptionalMemberAccess
Cancel(at=on)  # E: arg-type reportArgumentType
_ = alin.unheard_of  # E: attr-defined reportAttributeAccessIssue

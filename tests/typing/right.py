"""User code that is right: no type checker may complain of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import alin_core as alin
from alin_core.candidature.events import Cancel, Submit
from alin_core.eligibility import (
    HouseholdCategory,
    income_ceiling,
    suitable_typologies,
    typology_fit,
)
from alin_core.registration.codes import ActivationCode, check_activation_code

on = date(2026, 11, 23)
person = alin.Person(birth_date=date(1990, 5, 2), disabled=True)
household = alin.Household(applicant=person, partner=None, dependants=[person], unborn=1)
resources = alin.Resources(
    reference_tax_income={2024: 31_000, 2025: "30500.50"},
    monthly_income=2_450.5,
    housing_aid=Decimal("12.30"),
)
demand = alin.Demand(
    household=household,
    resources=resources,
    unique_number="111 10 23 000123 GDPUB",
    employment=alin.Employment(alin.Employer(siret="35600000000048", sector="PRIVATE")),
    priority_grounds={"DALO", alin.PriorityGround.F},
    data_sharing="ANONYMOUS",
)
offer = alin.Offer(
    reference="A", commune="94041", typology="T3", norm="PLUS", rent=alin.Rent(base="600")
)

assessment: alin.Assessment = alin.assess(demand, offer, on=on)
outcome: alin.Outcome = assessment.outcome
passes: bool | None = assessment.passes
told: str = assessment.explain("fr") + assessment["typology"].rule_id
margin: Decimal | int | None = assessment.findings[0].margin
remedies: tuple[alin.Remedy, ...] = assessment.remedies()

matches = alin.matching_offers(demand, (offer, offer), on=on, estimate_aid=False)
fitting: tuple[alin.Assessment, ...] = matches.fitting

largest: alin.Typology | None = suitable_typologies(3).largest
finding: alin.Finding = typology_fit(3, alin.Typology.parse("T3"))
fingerprint: str = alin.Rulebook.standard().fingerprint
number: alin.UniqueNumber | alin.OpaqueNumber | None = demand.unique_number

at = datetime(2026, 11, 23, 10, tzinfo=UTC)
submit = Submit(at=at, offer="A", unique_number="111 10 23 000123 GDPUB")
candidature = alin.Candidature([submit]).after(Cancel(at=at))
record: alin.Record = alin.Record((submit,))
active: alin.Candidature | None = record.active

candidate = alin.Candidate(outcome="MET", tier="OTHER", points={"company": 12})
ranking = alin.rank([candidate], alin.RankingPolicy.neutral(), offer="A", draw_key="k", first=1)
places: list[alin.Place] = list(ranking.places)
first: alin.Place = ranking.places[0]

code = ActivationCode(text="0123", issued_at=at, sent_to="ada@example.org")
checked: alin.Finding = check_activation_code(code, "0123", at=at)

text: str = alin.to_json(alin.read_dossier(b"{}", on=on))
for read in alin.read_demands(b""):
    if isinstance(read, alin.SneDemand):
        email: str | None = read.email
    else:
        error: alin.AlinError = read.error

category_of_three = HouseholdCategory(3)
ceiling: Decimal = income_ceiling(
    alin.RentalNorm.PLUS, alin.Zone.ILE_DE_FRANCE, category_of_three, on=on
).amount

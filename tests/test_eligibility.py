"""The main job: one demand against one offer, or many."""

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from alin_core.eligibility import Assessment, Remedy, Tier, assess
from alin_core.errors import InvalidValue, NotADate, NotYetBorn
from alin_core.law.rulebook import Rulebook
from alin_core.matching import matching_offers
from alin_core.rules.findings import Outcome
from alin_core.values.demand import Demand
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology, TypologyRange
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources

ON = date(2026, 11, 23)
FAMILY = Demand(
    household=Household.of(adults=1, dependants=2),
    resources=Resources(reference_tax_income={2024: 31_000}, monthly_income=2_450),
    employment=Employment(Employer(sector=Sector.PRIVATE, headcount=42)),
)
IVRY = Offer(
    reference="IVRY-T3",
    commune="94041",
    typology="T3",
    norm="PLUS",
    rent=Rent(base="612.40", charges="85"),
)


def verdict(**changes: Any) -> Assessment:
    return assess(FAMILY, evolve(IVRY, **changes), on=ON)


def test_a_family_that_fits() -> None:
    assessment = verdict()
    assert (assessment.outcome, assessment.passes) == (Outcome.MET, True)
    assert [finding.rule_id for finding in assessment.findings] == [
        "income-ceiling",
        "typology",
        "affordability",
    ]
    assert assessment.priority.tier is Tier.COMPANY
    assert assessment.remedies() == ()


@pytest.mark.parametrize(
    ("changes", "outcome", "passes"),
    [
        ({"rent": Rent(base=800, charges=100)}, Outcome.BORDERLINE, True),
        ({"rent": Rent(base=800, charges=100), "norm": None}, Outcome.UNKNOWN, None),
        ({"typology": "T5", "norm": None}, Outcome.NOT_MET, False),
    ],
)
def test_the_worst_finding_makes_the_outcome(
    changes: dict[str, Any], outcome: Outcome, passes: bool | None
) -> None:
    assessment = verdict(**changes)
    assert (assessment.outcome, assessment.passes) == (outcome, passes)


@pytest.mark.parametrize(
    "rule_id",
    ["income-ceiling", "typology", "affordability", "legal-priority", "company-priority"],
)
def test_a_finding_is_read_by_its_rule(rule_id: str) -> None:
    assert verdict()[rule_id].rule_id == rule_id


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    known = "income-ceiling, typology, affordability, legal-priority, company-priority"
    with pytest.raises(InvalidValue, match=f"^rule_id: 'age' is refused; give one of {known}$"):
        verdict()["age"]


def test_every_rule_reads_the_rulebook_of_the_verdict() -> None:
    reform = evolve(
        Rulebook.standard(),
        typologies=(TypologyRange("T1", "T2"),),
        company_headcount="42.01",
    )
    standard, reformed = verdict(), assess(FAMILY, IVRY, on=ON, rulebook=reform)
    for rule_id in ("typology", "company-priority"):
        assert standard[rule_id].outcome is Outcome.MET
        assert reformed[rule_id].outcome is Outcome.NOT_MET


def test_an_offer_without_a_zone_does_not_stop_a_batch() -> None:
    finding = verdict(commune="97501")["income-ceiling"]
    assert (finding.outcome, finding.reason) == (Outcome.UNKNOWN, "no zone")


def test_the_zone_is_that_of_the_dwelling() -> None:
    assert verdict(commune="13055")["income-ceiling"].fact("zone") == "OTHER_REGIONS"


def test_an_unborn_child_needs_room_only_if_the_rulebook_says_so() -> None:
    expecting = evolve(FAMILY, household=evolve(FAMILY.household, unborn=2))
    reform = evolve(Rulebook.standard(), unborn_count_for_rooms=True)
    assert assess(expecting, IVRY, on=ON)["typology"].outcome is Outcome.MET
    assert assess(expecting, IVRY, on=ON, rulebook=reform)["typology"].reason == "too small"


def test_visiting_children_need_room() -> None:
    visited = evolve(FAMILY, household=Household.of(adults=1, visiting_children=2))
    assert assess(visited, IVRY, on=ON)["typology"].fact("persons") == 3


def test_the_lease_day_is_a_day_and_everyone_is_born() -> None:
    with pytest.raises(NotADate):
        assess(FAMILY, IVRY, on=datetime(2026, 11, 23))  # noqa: DTZ001
    child = Person(birth_date=date(2026, 11, 24))
    family = evolve(FAMILY, household=Household(applicant=Person(), dependants=(child,)))
    with pytest.raises(NotYetBorn):
        assess(family, IVRY, on=ON)
    for offers in ([], [IVRY]):
        with pytest.raises(NotYetBorn):
            matching_offers(family, offers, on=ON)
    nowhere = evolve(IVRY, commune="97501")
    with pytest.raises(NotADate):
        Assessment(FAMILY, nowhere, datetime(2026, 11, 23), Rulebook.standard())  # noqa: DTZ001


def test_a_verdict_is_an_immutable_value() -> None:
    assessment = verdict()
    assert hash(assessment) == hash(verdict())
    for twin in (
        pickle.loads(pickle.dumps(assessment)),
        copy.copy(assessment),
        copy.deepcopy(assessment),
    ):
        assert (twin, twin.findings) == (assessment, assessment.findings)
    with pytest.raises(FrozenInstanceError):
        assessment.on = ON  # type: ignore[misc]


def test_a_verdict_is_shown_without_its_figures_of_law() -> None:
    assert "rulebook" not in repr(verdict())


def test_remedies_of_a_dwelling_too_small() -> None:
    fitting = TypologyRange(Typology(3), Typology(4))
    assert verdict(typology="T2").remedies() == (
        Remedy("typology", "offer.typology", "one of", fitting),
    )


def test_remedies_of_a_rent_too_high() -> None:
    assert verdict(rent=Rent(base=1_000, charges=100)).remedies() == (
        Remedy("affordability", "offer.rent", "at most", Decimal("816.66")),
        Remedy("affordability", "resources.monthly_income", "at least", Decimal(3_300)),
    )


def test_the_income_that_suffices_is_rounded_up_to_the_cent() -> None:
    # 1 100.10 x 3.005 = 3 305.8005.
    multiple = evolve(Rulebook.standard(), rent_multiple="3.005")
    dear = evolve(IVRY, rent=Rent(base="1000.10", charges=100))
    income = assess(FAMILY, dear, on=ON, rulebook=multiple).remedies()[-1]
    assert income.value == Decimal("3305.81")


def test_with_unknown_charges_no_income_is_sure_to_suffice() -> None:
    remedies = verdict(rent=Rent(base=1_000)).remedies()
    assert [remedy.path for remedy in remedies] == ["offer.rent"]


def test_remedies_of_an_income_above_the_ceiling() -> None:
    norms = (RentalNorm.PLUS, RentalNorm.PLS)
    assert verdict(norm="PLAI", commune="13055").remedies() == (
        Remedy("income-ceiling", "offer.norm", "one of", norms),
    )


def test_no_norm_may_suffice() -> None:
    rich = evolve(FAMILY, resources=evolve(FAMILY.resources, reference_tax_income={2024: 10**6}))
    assert assess(rich, IVRY, on=ON).remedies() == ()


def test_offers_are_sorted_into_three_lists_in_the_order_given() -> None:
    dear = evolve(IVRY, reference="DEAR", rent=Rent(base=2_000, charges=0))
    open_norm = evolve(IVRY, reference="NORM", norm=None)
    gone = evolve(IVRY, reference="GONE", available=False)
    matches = matching_offers(FAMILY, [gone, dear, IVRY, open_norm], on=ON)
    names = [
        [assessment.offer.reference for assessment in found]
        for found in (matches.fitting, matches.undecided, matches.others)
    ]
    assert names == [["IVRY-T3"], ["NORM"], ["GONE", "DEAR"]]
    told = matches.explain("en").splitlines()
    assert told[0] == "4 offers for a lease on 23 November 2026: 1 fits your situation."
    assert [line.split()[0] for line in told[3:7]] == ["IVRY-T3", "NORM", "GONE", "DEAR"]


def test_no_offer_at_all_is_told_apart_from_offers_that_all_fail() -> None:
    none = matching_offers(FAMILY, [], on=ON)
    fail = matching_offers(FAMILY, [evolve(IVRY, typology="T1")], on=ON)
    two = matching_offers(FAMILY, [evolve(IVRY, typology="T1"), evolve(IVRY, norm=None)], on=ON)
    assert (len(two.undecided), len(two.others)) == (1, 1)
    for lang in ("fr", "en"):
        told = [matches.explain(lang) for matches in (none, fail, two)]
        assert all(told)
        assert len(set(told)) == len(told)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_verdict_is_explained_on_one_screen(lang: Lang) -> None:
    text = verdict(norm="PLAI", typology="T2", rent=Rent(base=1_000, charges=100)).explain(lang)
    assert "IVRY-T3" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_verdict_tells_its_rules_then_its_priority_and_who_decides() -> None:
    offer, *rules, closing = verdict().explain("en").split("\n\n")
    assert offer.startswith("IVRY-T3 · T3 · PLUS")
    assert [rule.splitlines()[0] for rule in rules] == [
        "Income ceiling: met",
        "Size of the dwelling and of the household: met",
        "Income and rent: met",
        "Priority",
    ]
    assert closing.startswith("These three rules are a summary, not an agreement")


def test_the_text_of_a_verdict_is_its_english_explanation() -> None:
    assert str(verdict()) == verdict().explain("en")


def test_a_merged_commune_is_read_as_the_rulebook_says() -> None:
    merged = evolve(IVRY, commune="93059")
    reform = evolve(Rulebook.standard(), merged_communes_keep_their_zone=False)
    old, new = (assess(FAMILY, merged, on=ON, rulebook=book) for book in (None, reform))
    assert old["income-ceiling"].fact("zone") == "ILE_DE_FRANCE"
    assert new["income-ceiling"].fact("zone") == "PARIS_AND_ADJOINING"

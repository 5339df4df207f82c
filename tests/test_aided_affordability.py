"""The income rule with an estimated aid (guide: « en incluant le cas échéant l'AL ou l'APL »)."""

import copy
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from alin_core.eligibility import Assessment, Remedy, assess
from alin_core.errors import InvalidValue, WrongType
from alin_core.exchange.dossier import to_json
from alin_core.housing_aid.affordability import NoEstimate, aid_for, highest_affordable_rent
from alin_core.housing_aid.estimate import HousingAidEstimate, estimate_for
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import NotInForce
from alin_core.matching import matching_offers
from alin_core.rules.findings import Outcome
from alin_core.values.amounts import AmountError
from alin_core.values.demand import Demand
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from tests.days import LAST_OF_AID, day_after

ON = date(2026, 11, 23)
CHILD = Person(birth_date=date(2019, 1, 1))
DEMAND = Demand(
    household=Household(applicant=Person(), dependants=(CHILD,)),
    resources=Resources(
        reference_tax_income={2024: 16_000}, monthly_income=1_300, housing_aid_base=13_000
    ),
)
OFFER = Offer(
    reference="LYON-T3",
    commune="69123",
    typology="T3",
    norm="PLUS",
    rent=Rent(base=450, charges=80),
    housing_aid_zone=2,
)
DEAR = Rent(base=700, charges=80)
NO_ZONE = evolve(OFFER, housing_aid_zone=None)


def estimate(offer: Offer = OFFER) -> HousingAidEstimate:
    return estimate_for(DEMAND, offer, on=ON)


def assessed(offer: Offer = OFFER, demand: Demand = DEMAND, **more: Any) -> Assessment:
    return assess(demand, offer, on=ON, housing_aid=aid_for(demand, offer, ON), **more)


def with_resources(**changes: Any) -> Demand:
    return evolve(DEMAND, resources=evolve(DEMAND.resources, **changes))


class TestFinding:
    """The aid before any rent reduction is added to the income, against the whole rent."""

    def test_the_estimated_aid_counts_as_income(self) -> None:
        assert estimate().before_rls == 310
        finding = assessed()["affordability"]
        # 1 300 + 310 and 3 x 530.
        assert (finding.observed, finding.threshold) == (1_610, 1_590)
        assert (finding.outcome, finding.margin) == (Outcome.MET, 20)
        assert assess(DEMAND, OFFER, on=ON)["affordability"].outcome is Outcome.NOT_MET

    def test_it_takes_the_place_of_the_aid_declared(self) -> None:
        declared = with_resources(housing_aid=50)
        assert assessed(demand=declared)["affordability"].fact("housing_aid") == 310

    def test_a_rent_reduction_is_left_out_of_both_sides(self) -> None:
        reduced = evolve(estimate(), landlord_applies_rls=True)
        assert reduced.monthly < 310
        assert assess(DEMAND, OFFER, on=ON, housing_aid=reduced)["affordability"].observed == 1_610

    @pytest.mark.parametrize(
        "other", [evolve(OFFER, rent=DEAR), evolve(OFFER, housing_aid_zone=3)], ids=("rent", "zone")
    )
    def test_the_estimate_of_another_dwelling_is_a_broken_call(self, other: Offer) -> None:
        with pytest.raises(InvalidValue, match=r"housing_aid: 'rent 450\.00, zone 2' is refused"):
            assess(DEMAND, other, on=ON, housing_aid=estimate())
        assert assess(DEMAND, NO_ZONE, on=ON, housing_aid=estimate())["affordability"].facts

    def test_the_estimate_of_another_base_or_day_is_a_broken_call(self) -> None:
        verdict, told = assessed(), r"housing_aid: 'resources [0-9.]+, on 2026-11-23' is refused"
        richer = evolve(DEMAND, resources=evolve(DEMAND.resources, housing_aid_base=50_000))
        for change in ({"demand": richer}, {"on": date(2026, 11, 24)}):
            with pytest.raises(InvalidValue, match=told):
                evolve(verdict, **change)
        unknown = evolve(DEMAND, resources=evolve(DEMAND.resources, housing_aid_base=None))
        assert evolve(verdict, demand=unknown)["affordability"] == verdict["affordability"]

    @pytest.mark.parametrize("change", [{"commune": "97411"}, {"norm": "LLI"}])
    def test_a_dwelling_that_gives_no_aid_has_no_estimate(self, change: Any) -> None:
        with pytest.raises(
            InvalidValue, match=r"housing_aid: .* is refused; give none: .* dwelling"
        ):
            assess(DEMAND, evolve(OFFER, **change), on=ON, housing_aid=estimate())

    def test_its_facts_name_each_edition_read(self) -> None:
        editions = assessed()["affordability"].fact("housing_aid_editions")
        assert isinstance(editions, tuple)
        assert len(editions) == len(estimate().editions)
        assert "rent_ceiling 2026-10-01" in editions

    def test_its_facts_hold_each_step(self) -> None:
        finding = assessed()["affordability"]
        steps = finding.fact("housing_aid_steps")
        assert isinstance(steps, tuple)
        assert steps[:3] == ("R = 13000", "ceiling = 404.49", "L = 404.49")
        assert [step.split()[0] for step in steps] == [step.symbol for step in estimate().steps]
        assert finding.facts == tuple(sorted(finding.facts))

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("fr", "l’aide au logement de 310\u00a0€ (estimation)"),
            ("en", "the housing aid of €310 (an estimate)"),
        ],
    )
    def test_it_says_that_the_aid_is_an_estimate(self, lang: Lang, said: str) -> None:
        assert said in assessed()["affordability"].explain(lang, width=None)
        poor = with_resources(housing_aid_base=0, monthly_income=None)
        finding = assessed(evolve(OFFER, rent=Rent(base=5, charges=0)), poor)["affordability"]
        assert (finding.outcome, finding.fact("monthly_income")) == (Outcome.MET, None)
        assert said[-11:] in finding.explain(lang, width=None)

    def test_an_estimate_of_zero_is_told_too(self) -> None:
        rich = with_resources(housing_aid_base=60_000)
        told = assessed(demand=rich)["affordability"].explain("en", width=None)
        assert "the housing aid of €0 (an estimate)" in told

    def test_something_else_than_an_estimate_is_a_broken_call(self) -> None:
        aid: Any = 310
        with pytest.raises(WrongType, match="housing_aid: a value of type int is refused"):
            assess(DEMAND, OFFER, on=ON, housing_aid=aid)

    def test_a_verdict_with_an_estimate_is_an_immutable_value(self) -> None:
        assessment = assessed()
        for twin in (pickle.loads(pickle.dumps(assessment)), copy.deepcopy(assessment)):
            assert (twin, twin.findings) == (assessment, assessment.findings)
        assert hash(assessment) == hash(assessed())
        assert assessment != assess(DEMAND, OFFER, on=ON)
        assert '"N = 310"' in to_json(assessment)


class TestWithoutEstimate:
    """An aid that could not be estimated is unknown, and not zero."""

    def test_the_rule_is_unknown_where_the_aid_could_change_it(self) -> None:
        finding = assessed(NO_ZONE)["affordability"]
        assert (finding.outcome, finding.reason) == (Outcome.UNKNOWN, "no estimate")
        assert finding.missing == ("offer.housing_aid_zone",)
        assert (finding.observed, finding.threshold, finding.margin) == (1_300, 1_590, None)
        assert finding.fact("housing_aid_refusal") == "missing input"
        for name in ("effort_rate", "housing_aid", "missing_income", "rent_multiple"):
            assert finding.fact(name) is None
        assert finding.facts == tuple(sorted(finding.facts))

    def test_a_case_that_is_not_covered_is_unknown_for_that_reason(self) -> None:
        finding = assessed(evolve(OFFER, norm="LLI"))["affordability"]
        assert (finding.outcome, finding.missing) == (Outcome.UNKNOWN, ())
        told = finding.explain("fr", width=None).replace("\u00a0", " ")
        assert "n’est pas connue : un logement de cette norme n’ouvre pas droit à l’APL" in told

    def test_enough_income_is_enough_whatever_the_aid(self) -> None:
        finding = assessed(NO_ZONE, with_resources(monthly_income=1_590))["affordability"]
        assert (finding.outcome, finding.missing) == (Outcome.MET, ())
        told = finding.explain("en", width=None)
        assert "no estimate of the aid: we lack the zone of the dwelling for the aid" in told

    def test_an_aid_that_is_declared_is_known(self) -> None:
        finding = assessed(NO_ZONE, with_resources(housing_aid=100))["affordability"]
        assert (finding.outcome, finding.observed) == (Outcome.NOT_MET, 1_400)
        told = finding.explain("fr", width=None).replace("\u00a0", " ")
        assert "et l’aide au logement de 100 € (aide non estimée : il manque la zone" in told

    def test_every_missing_input_is_named(self) -> None:
        finding = assessed(NO_ZONE, with_resources(monthly_income=None))["affordability"]
        assert finding.reason is None
        assert finding.missing == ("offer.housing_aid_zone", "resources.monthly_income")
        assert "the zone of the dwelling for the aid" in finding.explain("en", width=None)

    def test_unknown_charges_matter_as_soon_as_the_aid_may(self) -> None:
        offer = evolve(NO_ZONE, rent=Rent(base=530))
        finding = assessed(offer)["affordability"]
        assert finding.missing == ("offer.housing_aid_zone", "offer.rent.charges")
        assert "€1,590" in finding.explain("en", width=None)

    def test_outside_the_tables_there_is_no_estimate(self) -> None:
        assert aid_for(DEMAND, OFFER, day_after(LAST_OF_AID)) == NoEstimate("no table")
        late = assess(DEMAND, OFFER, on=day_after(LAST_OF_AID), housing_aid=NoEstimate("no table"))
        assert "our tables have no figure for that date" in late["affordability"].explain(
            "en", width=None
        )

    def test_a_verdict_without_one_is_an_immutable_value(self) -> None:
        assessment = assessed(NO_ZONE)
        twin = pickle.loads(pickle.dumps(assessment))
        assert (twin, twin.findings) == (assessment, assessment.findings)


class TestBounds:
    """Where the zone or the base is unknown, the least and the most aid may settle the question."""

    def test_an_unknown_zone_leaves_the_aid_of_three_zones(self) -> None:
        aids = [estimate(evolve(OFFER, housing_aid_zone=zone)).before_rls for zone in (1, 2, 3)]
        assert aids == [348, 310, 283]
        aid = aid_for(DEMAND, NO_ZONE, ON)
        assert aid == NoEstimate("missing input", ("offer.housing_aid_zone",), (aids[2], aids[0]))

    def test_an_unknown_base_may_be_nothing_or_everything(self) -> None:
        aid = aid_for(with_resources(housing_aid_base=None), OFFER, ON)
        poorest = estimate_for(with_resources(housing_aid_base=0), OFFER, on=ON).before_rls
        bounds = (Decimal(0), poorest)
        assert aid == NoEstimate("missing input", ("resources.housing_aid_base",), bounds)

    @pytest.mark.parametrize(("rent", "zone_counts"), [("374.13", False), ("374.14", True)])
    def test_up_to_the_ceiling_of_each_zone_the_zone_changes_nothing(
        self, rent: str, zone_counts: bool
    ) -> None:
        """374.13 is the ceiling of zone 3, the lowest."""
        unknown = with_resources(housing_aid_base=None)
        aid = aid_for(unknown, evolve(NO_ZONE, rent=Rent(base=rent, charges=80)), ON)
        assert isinstance(aid, NoEstimate)
        zone = ("offer.housing_aid_zone",) if zone_counts else ()
        assert aid.missing == (*zone, "resources.housing_aid_base")

    @pytest.mark.parametrize("income", [None, 1_300])
    def test_a_zone_that_gives_no_other_aid_is_not_asked_for(self, income: int | None) -> None:
        rich = with_resources(housing_aid_base=40_000, monthly_income=income)
        offer = evolve(NO_ZONE, rent=Rent(base=430 if income else 450, charges=None))
        assert aid_for(rich, offer, ON) == NoEstimate(
            "missing input", ("offer.housing_aid_zone",), (0, 0)
        )
        finding = assessed(offer, rich)["affordability"]
        asked = () if income else ("resources.monthly_income",)
        assert finding.missing == ("offer.rent.charges", *asked)

    def test_a_zone_that_gives_another_aid_is_asked_for(self) -> None:
        offer = evolve(NO_ZONE, rent=Rent(base=450, charges=None))
        assert assessed(offer)["affordability"].missing == (
            "offer.housing_aid_zone",
            "offer.rent.charges",
        )

    def test_an_unknown_age_bounds_nothing(self) -> None:
        household = evolve(DEMAND.household, dependants=(Person(),))
        aid = aid_for(evolve(DEMAND, household=household), OFFER, ON)
        assert aid == NoEstimate("missing input", ("household.dependants.birth_date",))

    def test_no_input_is_missing_where_none_would_help(self) -> None:
        late = day_after(LAST_OF_AID)
        with pytest.raises(NotInForce):
            estimate_for(DEMAND, NO_ZONE, on=late)
        assert aid_for(DEMAND, NO_ZONE, late) == NoEstimate("no table")
        many = evolve(DEMAND, household=evolve(DEMAND.household, dependants=(CHILD,) * 35))
        reason = "the scale does not go to so many dependants"
        assert aid_for(many, NO_ZONE, ON) == NoEstimate(reason)

    @pytest.mark.parametrize("bounds", [(310, 310), (310, 311), (0, "310.50")])
    def test_bounds_are_the_least_and_the_most(self, bounds: tuple[Any, Any]) -> None:
        assert NoEstimate("missing input", bounds=bounds).bounds == tuple(map(Decimal, bounds))

    @pytest.mark.parametrize("bounds", [(311, 310), (310,), (), (1, 2, 3)])
    def test_bounds_in_another_order_or_number_are_a_broken_call(self, bounds: Any) -> None:
        with pytest.raises(InvalidValue, match=r"^bounds: .* give the least and the most"):
            NoEstimate("missing input", bounds=bounds)

    def test_bounds_are_euros(self) -> None:
        with pytest.raises(AmountError, match=r"^bounds: -1 is not an amount in euros"):
            NoEstimate("missing input", bounds=(-1, 310))

    @pytest.mark.parametrize(
        ("income", "outcome"),
        [
            # The threshold is 1 590 and its nine tenths 1 431, the aid 283 to 348.
            (1_082, Outcome.NOT_MET),
            (1_083, Outcome.UNKNOWN),
            (1_147, Outcome.UNKNOWN),
            (1_148, Outcome.BORDERLINE),
            (1_241, Outcome.BORDERLINE),
            (1_242, Outcome.UNKNOWN),
            (1_306, Outcome.UNKNOWN),
            (1_307, Outcome.MET),
        ],
    )
    def test_the_answer_is_given_where_every_zone_gives_it(
        self, income: int, outcome: Outcome
    ) -> None:
        demand = with_resources(monthly_income=income)
        zones = [evolve(OFFER, housing_aid_zone=zone) for zone in (1, 2, 3)]
        each = {assessed(offer, demand)["affordability"].outcome for offer in zones}
        finding = assessed(NO_ZONE, demand)["affordability"]
        assert finding.outcome is outcome
        assert each == {outcome} if outcome is not Outcome.UNKNOWN else len(each) == 2
        assert bool(finding.missing) is (outcome is Outcome.UNKNOWN)

    @pytest.mark.parametrize(
        ("income", "lang", "said"),
        [
            (1_082, "fr", "et l’aide au logement de 348 € au plus (aide non estimée : il manque"),
            (1_082, "en", "and the housing aid of €348 at most (no estimate of the aid: we lack"),
            (1_307, "fr", "et l’aide au logement de 283 € au moins (aide non estimée"),
            (1_307, "en", "and the housing aid of €283 at least (no estimate"),
        ],
    )
    def test_the_bound_is_told_as_one(self, income: int, lang: Lang, said: str) -> None:
        finding = assessed(NO_ZONE, with_resources(monthly_income=income))["affordability"]
        told = finding.explain(lang, width=None).replace("\u00a0", " ")
        assert said in told
        assert "official" not in told
        assert finding.fact("effort_rate") is None

    def test_a_bound_may_be_enough_whatever_the_income(self) -> None:
        offer = evolve(NO_ZONE, rent=Rent(base=5, charges=0))
        poor = with_resources(housing_aid_base=0, monthly_income=None)
        finding = assessed(offer, poor)["affordability"]
        assert (finding.outcome, finding.fact("monthly_income")) == (Outcome.MET, None)
        assert "at least" in finding.explain("en", width=None)

    def test_a_bound_brings_no_remedy(self) -> None:
        assert assessed(NO_ZONE, with_resources(monthly_income=1_082)).remedies() == ()


class TestManyOffers:
    """The aid varies with the dwelling: each offer has its own."""

    def test_each_offer_has_its_own_estimate(self) -> None:
        cheap = evolve(OFFER, rent=Rent(base=200, charges=80))
        found = matching_offers(DEMAND, [OFFER, NO_ZONE, cheap], on=ON, estimate_aid=True)
        assert [one.housing_aid for one in found.fitting] == [estimate(), estimate(cheap)]
        assert [one.housing_aid for one in found.undecided] == [aid_for(DEMAND, NO_ZONE, ON)]

    def test_without_asking_no_aid_is_estimated(self) -> None:
        found = matching_offers(DEMAND, [OFFER], on=ON)
        assert [one.housing_aid for one in found.others] == [None]


class TestRemedies:
    """The highest rent within reach, with the aid it would bring, for the same charges."""

    def test_the_highest_rent(self) -> None:
        # (1 300 + 310) / 3 - 80, to the cent below.
        rent, income = assessed(evolve(OFFER, rent=DEAR)).remedies()
        assert rent == Remedy("affordability", "offer.rent.base", "at most", Decimal("456.66"))
        # 3 x 780 - 310.
        assert income == Remedy(
            "affordability", "resources.monthly_income", "at least", Decimal(2_030)
        )

    def test_the_aid_is_that_of_the_rent_proposed(self) -> None:
        dear = evolve(OFFER, rent=Rent(base=1_100, charges=80))
        assert estimate(dear).before_rls == 195
        assert assessed(dear).remedies()[0].value == Decimal("456.66")

    def test_at_that_rent_the_rule_is_met_and_one_cent_above_it_is_not(self) -> None:
        for base, outcome in (("456.66", Outcome.MET), ("456.67", Outcome.BORDERLINE)):
            offer = evolve(OFFER, rent=Rent(base=base, charges=80))
            assert assessed(offer)["affordability"].outcome is outcome

    def test_with_unknown_charges_no_rent_is_sure_to_fit(self) -> None:
        assert assessed(evolve(OFFER, rent=Rent(base=900))).remedies() == ()

    def test_charges_alone_may_be_too_much(self) -> None:
        offer = evolve(OFFER, rent=Rent(base=300, charges=600))
        assert [remedy.path for remedy in assessed(offer).remedies()] == [
            "resources.monthly_income"
        ]

    def test_without_an_estimate_the_declared_aid_serves(self) -> None:
        remedies = assessed(NO_ZONE, with_resources(housing_aid=100)).remedies()
        assert remedies[0] == Remedy("affordability", "offer.rent", "at most", Decimal("466.66"))

    def test_the_multiple_is_that_of_the_rulebook(self) -> None:
        lower = evolve(Rulebook.standard(), rent_multiple="2.5")
        remedies = assessed(evolve(OFFER, rent=DEAR), rulebook=lower).remedies()
        assert remedies[0].value == Decimal(564)

    def test_it_is_told_in_both_languages(self) -> None:
        dear = assessed(evolve(OFFER, rent=DEAR))
        assert "aid estimated for that rent" in " ".join(dear.explain("en").split())
        assert "l’aide estimée pour ce loyer" in " ".join(dear.explain("fr").split())

    def test_there_may_be_no_rent_at_all(self) -> None:
        given: dict[str, Any] = {"multiple": Decimal(3), "charges": Decimal(0)}
        assert highest_affordable_rent(estimate(), income=Decimal(0), **given) is None
        assert highest_affordable_rent(estimate(), income=Decimal(3), **given) == 1

    def test_half_the_rent_may_be_asked(self) -> None:
        given: dict[str, Any] = {"multiple": Decimal("0.5"), "charges": Decimal(80)}
        assert highest_affordable_rent(estimate(), income=Decimal(1_300), **given) == 2_520

    def test_without_aid_three_cents_are_a_rent_of_one(self) -> None:
        rich = estimate_for(with_resources(housing_aid_base=60_000), OFFER, on=ON)
        given: dict[str, Any] = {"multiple": Decimal(3), "charges": Decimal(0)}
        for income, rent in (("0.02", None), ("0.03", "0.01"), ("0.06", "0.02")):
            found = highest_affordable_rent(rich, income=Decimal(income), **given)
            assert found == (rent and Decimal(rent))

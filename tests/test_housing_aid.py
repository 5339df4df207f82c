"""CCH D823-16 and D823-17: the APL of a social tenancy, estimated."""

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal, Inexact, localcontext
from typing import Any

import pytest
from attrs import evolve, fields

from alin_core.errors import AlinError, InvalidValue, MissingInput, NotADate, WrongType
from alin_core.housing_aid.estimate import (
    AidStep,
    HousingAidEstimate,
    HousingAidHousehold,
    NotCovered,
    estimate_for,
    estimate_housing_aid,
)
from alin_core.housing_aid.scale import AidScale
from alin_core.law.catalogue import load
from alin_core.law.tables import NotInForce
from alin_core.text.wording import Words
from alin_core.values.amounts import AmountError
from alin_core.values.demand import Demand
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from tests.days import LAST_OF_AID, day_after
from tests.worked import cases

ON = date(2026, 11, 23)
ALONE = HousingAidHousehold(couple=False, dependants=0)
COUPLE = HousingAidHousehold(couple=True, dependants=0)


def estimate(**changes: Any) -> HousingAidEstimate:
    """A person alone in zone 2, whose rent ceiling is 293.68."""
    given: dict[str, Any] = {
        "rent": 400,
        "zone": 2,
        "household": ALONE,
        "resources": 6_000,
        "on": ON,
    }
    return estimate_housing_aid(**(given | changes))


def family(dependants: int, **more: Any) -> HousingAidHousehold:
    return HousingAidHousehold(couple=False, dependants=dependants, **more)


@pytest.mark.parametrize("case", cases("housing-aid")["case"], ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    found = estimate(
        rent=case["rent"],
        zone=case["zone"],
        household=HousingAidHousehold(couple=case["couple"], dependants=case["dependants"]),
        resources=case["resources"],
        on=case["on"],
        landlord_applies_rls=case["landlord_applies_rls"],
    )
    for symbol, figure in case["steps"].items():
        assert abs(found[symbol].value - Decimal(figure)) <= Decimal("0.005"), symbol
    assert found.before_rls == Decimal(case["before_rls"])
    assert found.rent_reduction == Decimal(case["rent_reduction"])
    assert found.monthly == Decimal(case["monthly"])
    assert abs(found.monthly - Decimal(case["openfisca"])) < 1


def test_a_figure_worked_by_others() -> None:
    found = estimate(rent=470, zone=3, resources=0, on=date(2025, 10, 1))
    assert (found["A"].value, found.before_rls) == (Decimal("288.15"), Decimal(286))


@pytest.mark.parametrize(
    ("resources", "rounded"), [("0", 0), ("0.01", 100), ("100", 100), ("100.01", 200)]
)
def test_resources_are_rounded_up_to_the_hundred(resources: str, rounded: int) -> None:
    assert estimate(resources=resources)["R"].value == rounded


@pytest.mark.parametrize(("rent", "counted"), [("293.67", "293.67"), ("293.69", "293.68")])
def test_the_rent_counts_up_to_the_ceiling(rent: str, counted: str) -> None:
    assert estimate(rent=rent)["L"].value == Decimal(counted)


@pytest.mark.parametrize(("rent", "ratio", "rate"), [
    # 293.68 x 45 % = 132.156; 75 % = 220.26.
    ("132.15", "45.00", "0"),
    ("132.48", "45.11", "0"),
    ("132.50", "45.12", "0.00001"),
    ("220.26", "75.00", "0.00135"),
    ("293.68", "100.00", "0.00305"),
])  # fmt: skip
def test_the_rate_by_rent_is_progressive(rent: str, ratio: str, rate: str) -> None:
    found = estimate(rent=rent)
    assert (found["RL"].value, found["TL"].value) == (Decimal(ratio), Decimal(rate))


class TestDearRents:
    """Arrêté du 27 septembre 2019, art. 10: from 2.5 to 3.1 times the ceiling in zone 2."""

    def test_the_aid_falls_in_a_straight_line_and_then_there_is_none(self) -> None:
        # 293.68 x 2.5 = 734.20 and x 3.1 = 910.41.
        full = estimate(rent="734.20")
        assert (full["d1"].value, full["d2"].value) == (Decimal("734.20"), Decimal("910.41"))
        assert full["taper"].value == Decimal("290.98")
        assert estimate(rent="734.21")["taper"].value == Decimal("290.96")
        assert estimate(rent="822.30")["taper"].value == Decimal("145.50")
        assert estimate(rent="910.40")["taper"].value == Decimal("0.02")
        assert estimate(rent="910.41").before_rls == estimate(rent=2_000).before_rls == 0

    def test_zone_1_goes_further(self) -> None:
        found = estimate(zone=1)
        assert (found["d1"].value, found["d2"].value) == (Decimal("1145.70"), Decimal("1347.88"))

    def test_who_receives_a_disability_benefit_keeps_the_aid(self) -> None:
        disabled = evolve(ALONE, disability_benefit=True)
        assert estimate(rent=2_000, household=disabled).before_rls == estimate().before_rls == 284


def test_a_true_zero_carries_its_steps() -> None:
    found = estimate(resources=30_000)
    assert found.before_rls == found.monthly == 0
    assert found["Pp"].value > found["L"].value + found["C"].value
    assert [found[symbol].value for symbol in ("Af", "A", "crds", "G")] == [0, 0, 0, 0]


def test_the_flat_deduction_leaves_no_negative_aid() -> None:
    # Af lies between 0 and 5.
    found = estimate(resources=15_200)
    assert 0 < found["Af"].value < 5
    assert found["A"].value == found.before_rls == 0


class TestSolidarityRentReduction:
    """CCH L442-2-1, L832-3: the landlord reduces the rent, and 98 % of it leaves the aid."""

    def test_it_comes_off_the_aid_once_that_is_in_whole_euros(self) -> None:
        found = estimate(landlord_applies_rls=True)
        # 31.58 x 98 % = 30.95 (30.9484).
        assert (found.before_rls, found["G"].value) == (Decimal(284), Decimal("285.42"))
        assert (found.rent_reduction, found["cut"].value) == (Decimal("31.58"), Decimal("30.95"))
        assert (found["G_rls"].value, found.monthly) == (Decimal("254.47"), Decimal("253.20"))

    def test_resources_must_be_strictly_below_its_ceiling(self) -> None:
        # Zone 1, five dependants, March 2024: 2 750 a month, 33 000 a year.
        given = {"zone": 1, "household": family(5), "on": date(2024, 3, 1)}
        below, at = (
            estimate(**given, resources=resources, landlord_applies_rls=True)
            for resources in (32_900, 33_000)
        )
        assert below["rls_ceiling"].value == at["Rm"].value == 2_750
        # 75.31 + 4 x 10.78.
        assert (below.rent_reduction, at.rent_reduction) == (Decimal("118.43"), Decimal(0))
        assert at.monthly == at.before_rls
        assert at["rls"].value == 0

    def test_it_is_granted_in_full_even_where_no_aid_is_left(self) -> None:
        found = estimate(rent=5_000, landlord_applies_rls=True)
        assert (found.monthly, found.rent_reduction) == (Decimal(0), Decimal("31.58"))

    def test_without_it_no_step_speaks_of_it(self) -> None:
        found = estimate()
        assert found.rent_reduction == 0
        assert found.monthly == found.before_rls
        with pytest.raises(InvalidValue, match="symbol: 'rls' is refused; give one of R, ceiling"):
            found["rls"]


class TestRefusals:
    """What is not covered is refused, and never answered by zero."""

    @pytest.mark.parametrize("day", [date(2020, 1, 31), day_after(LAST_OF_AID)])
    def test_a_day_outside_the_tables(self, day: date) -> None:
        with pytest.raises(NotInForce):
            estimate(on=day)

    def test_more_dependants_than_the_scale_goes_to(self) -> None:
        # TF: 1.73 % less 0.06 % for each dependant past six; 0.05 % for 34, below zero for 35.
        assert estimate(household=family(34))["TF"].value == Decimal("0.0005")
        with pytest.raises(NotCovered, match="no estimate of the housing aid: the scale does not"):
            estimate(household=family(35))

    @pytest.mark.parametrize(("name", "value", "error"), [
        ("rent", 0, AmountError), ("rent", -1, AmountError), ("rent", "1.234", AmountError),
        ("resources", -1, AmountError), ("resources", None, AmountError),
        ("zone", 0, InvalidValue), ("zone", 4, InvalidValue), ("zone", "1", WrongType),
        ("zone", True, WrongType), ("household", 3, WrongType),
        ("landlord_applies_rls", 1, WrongType),
        ("on", datetime(2026, 1, 1), NotADate),  # noqa: DTZ001
    ])  # fmt: skip
    def test_a_broken_call(self, name: str, value: Any, error: type[AlinError]) -> None:
        with pytest.raises(error, match=f"^{name}: "):
            estimate(**{name: value})
        with pytest.raises(error, match=f"^{name}: "):
            evolve(estimate(), **{name: value})

    @pytest.mark.parametrize(("field", "value", "error"), [
        ("dependants", -1, InvalidValue), ("dependants", True, WrongType),
        ("dependants", 10_000, InvalidValue), ("dependants", 10**60, InvalidValue),
        ("couple", 1, WrongType), ("disability_benefit", None, WrongType),
    ])  # fmt: skip
    def test_a_household_that_cannot_be(
        self, field: str, value: Any, error: type[AlinError]
    ) -> None:
        with pytest.raises(error, match=f"^{field}: "):
            evolve(ALONE, **{field: value})

    def test_the_error_pickles(self) -> None:
        error = pickle.loads(pickle.dumps(NotCovered("there is no rent")))
        assert str(error).startswith("no estimate of the housing aid: there is no rent; ask ")
        assert isinstance(error, LookupError)


def test_the_decimal_context_of_the_caller_does_not_matter() -> None:
    expected = estimate(landlord_applies_rls=True, rent=800)
    with localcontext(prec=3) as context:
        context.traps[Inexact] = True
        found = estimate(landlord_applies_rls=True, rent=800)
    assert found.steps == expected.steps


def test_an_estimate_is_an_immutable_value() -> None:
    found = estimate(landlord_applies_rls=True)
    for twin in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert (twin, twin.steps) == (found, found.steps)
    assert hash(found) == hash(estimate(landlord_applies_rls=True))
    assert found != estimate()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("rls", [True, False])
def test_an_estimate_is_explained_in_80_columns_with_every_step_text_and_limit(
    lang: Lang, rls: bool
) -> None:
    found = estimate(landlord_applies_rls=rls)
    text = found.explain(lang)
    assert max(map(len, text.splitlines())) <= 80
    flat = " ".join(text.split())
    for step in found.steps:
        label = step.label.fr if lang == "fr" else step.label.en
        assert " ".join(f"{label} ({step.text})".split()) in flat
    for _, edition in found.editions:
        assert edition.text in flat
    for caveat in found.caveats:
        assert " ".join(Words.of(lang).texts["aid"]["caveat"][caveat].split()) in flat
    assert ("rls_order" in found.caveats) is rls
    assert ("estimation" if lang == "fr" else "an estimate") in flat


def test_the_first_line_says_that_it_is_an_estimate_and_how_much() -> None:
    first, *_ = estimate().explain("en").splitlines()
    assert first.startswith("Estimate of the APL for a rent of €400 without charges in zone 2, on")
    assert str(estimate()) == estimate().explain("en")
    assert "284\u00a0€ par mois." in " ".join(estimate().explain("fr").split(" "))


@pytest.mark.parametrize(
    ("household", "lang", "said"),
    [
        (ALONE, "fr", "Ménage : un adulte, personnes à charge : 0."),
        (COUPLE, "en", "Household: a couple, dependants: 0."),
        (family(2), "en", "Household: one adult, dependants: 2."),
        (family(1, disability_benefit=True), "fr", "AEEH : l’aide ne baisse pas"),
        (family(1, disability_benefit=True), "en", "AEEH: the aid does not fall"),
    ],
)
def test_the_explanation_says_for_whom(
    household: HousingAidHousehold, lang: Lang, said: str
) -> None:
    told = estimate(household=household).explain(lang)
    assert said in told.replace("\u00a0", " ")


def test_the_editions_are_those_of_the_day() -> None:
    editions = dict(estimate(on=date(2026, 9, 30)).editions)
    assert editions["rent_ceiling"].in_force == date(2025, 10, 1)
    assert editions["rls_amount"].in_force == date(2026, 6, 1)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_symbol_has_its_words_and_no_other(lang: Lang) -> None:
    found = estimate(landlord_applies_rls=True)
    assert set(load("aid_steps")) == {step.symbol for step in found.steps}
    assert all(step.label[lang] for step in found.steps)
    assert set(Words.of(lang).texts["word"]["aid_table"]) == {name for name, _ in found.editions}
    assert set(Words.of(lang).texts["aid"]["caveat"]) == set(found.caveats)


def test_a_step_says_what_it_is() -> None:
    step = AidStep("L", Decimal(1))
    assert (step.label.fr, step.label.en) == ("loyer pris en compte", "rent counted")
    assert step.text == "CCH D823-16 2°"


CHILD = Person(birth_date=date(2019, 1, 1))
DEMAND = Demand(
    household=Household(applicant=Person(), partner=Person(), dependants=(CHILD, CHILD)),
    resources=Resources(housing_aid_base=14_000),
)
OFFER = Offer(
    reference="LYON-T3",
    commune="69123",
    typology="T3",
    norm="PLUS",
    rent=Rent(base=500, charges=80),
    housing_aid_zone=2,
)


def of(*children: Person, **changes: Any) -> Demand:
    household = evolve(DEMAND.household, dependants=children, **changes)
    return evolve(DEMAND, household=household)


class TestOfAnOffer:
    """The estimate that a demand and an offer lead to, or why there is none."""

    def test_it_takes_the_rent_without_charges_and_the_family(self) -> None:
        found = estimate_for(DEMAND, OFFER, on=ON)
        family = HousingAidHousehold(couple=True, dependants=2)
        assert found == estimate(rent=500, household=family, resources=14_000)

    def test_a_partner_makes_a_couple(self) -> None:
        assert estimate_for(of(), OFFER, on=ON).household == COUPLE
        assert estimate_for(of(partner=None), OFFER, on=ON).household == ALONE

    def test_visiting_and_unborn_children_are_no_dependants(self) -> None:
        visited = of(visiting_children=(CHILD,), unborn=1)
        assert estimate_for(visited, OFFER, on=ON).household == COUPLE

    @pytest.mark.parametrize("norm", [None, "PLAI", "PLUS", "PLS"])
    def test_social_norms_are_covered(self, norm: str | None) -> None:
        assert estimate_for(DEMAND, evolve(OFFER, norm=norm), on=ON).zone == 2

    @pytest.mark.parametrize(("changes", "reason"), [
        ({"commune": "97411"}, "the dwelling is overseas"),
        ({"commune": "97502"}, "the dwelling is overseas"),
        ({"norm": "LLI"}, "a dwelling of that norm does not give the APL"),
        ({"rent": Rent(base=0)}, "there is no rent"),
    ])  # fmt: skip
    def test_a_dwelling_that_is_not_covered(self, changes: dict[str, Any], reason: str) -> None:
        with pytest.raises(NotCovered) as e:
            estimate_for(DEMAND, evolve(OFFER, **changes), on=ON)
        assert e.value.reason == reason

    @pytest.mark.parametrize(("demand", "reason"), [
        (of(co_applicants=(Person(),)), "other adults sign the lease"),
        (of(CHILD, Person(alternating_custody=True)), "a child is in alternating custody"),
        (of(CHILD, Person(birth_date=date(2005, 11, 23))), "a dependant is 21 or older"),
    ])  # fmt: skip
    def test_a_household_that_is_not_covered(self, demand: Demand, reason: str) -> None:
        with pytest.raises(NotCovered) as e:
            estimate_for(demand, OFFER, on=ON)
        assert e.value.reason == reason
        assert Words.of("fr").texts["word"]["no_estimate"][reason] != reason

    def test_a_child_is_a_dependant_until_the_day_before_21(self) -> None:
        young = of(Person(birth_date=date(2005, 11, 24)))
        assert estimate_for(young, OFFER, on=ON).household.dependants == 1

    def test_what_is_unknown_is_named(self) -> None:
        unknown = evolve(of(CHILD, Person()), resources=Resources())
        with pytest.raises(MissingInput) as e:
            estimate_for(unknown, evolve(OFFER, housing_aid_zone=None), on=ON)
        assert e.value.paths == (
            "household.dependants.birth_date",
            "offer.housing_aid_zone",
            "resources.housing_aid_base",
        )

    @pytest.mark.parametrize(("demand", "offer", "path"), [
        (of(Person()), OFFER, "household.dependants.birth_date"),
        (DEMAND, evolve(OFFER, housing_aid_zone=None), "offer.housing_aid_zone"),
        (evolve(DEMAND, resources=Resources()), OFFER, "resources.housing_aid_base"),
    ])  # fmt: skip
    def test_one_unknown_is_enough(self, demand: Demand, offer: Offer, path: str) -> None:
        with pytest.raises(MissingInput) as e:
            estimate_for(demand, offer, on=ON)
        assert e.value.paths == (path,)

    def test_a_day_outside_the_tables(self) -> None:
        with pytest.raises(NotInForce):
            estimate_for(DEMAND, OFFER, on=day_after(LAST_OF_AID))


@pytest.mark.parametrize("value", [AidScale, HousingAidHousehold, HousingAidEstimate])
def test_each_figure_is_named_where_it_is_given(value: Any) -> None:
    given = [field for field in fields(value) if field.init]
    with pytest.raises(TypeError, match="positional"):
        value(*[None] * len(given))


def test_an_estimate_is_made_of_what_was_asked_and_of_no_figure() -> None:
    inputs = {"rent": 400, "zone": 2, "household": ALONE, "resources": 6_000, "on": ON}
    made: Any = HousingAidEstimate
    assert made(**inputs) == estimate(landlord_applies_rls=False)
    with pytest.raises(TypeError, match="figures"):
        made(**inputs, figures=estimate().figures)
    assert "figures" not in repr(estimate())

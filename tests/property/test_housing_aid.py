"""What holds for every estimate of the APL, and for the rent it brings within reach."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from alin_core.eligibility import Assessment, assess
from alin_core.exchange.dossier import to_json
from alin_core.housing_aid.affordability import NoEstimate, aid_for, highest_affordable_rent
from alin_core.housing_aid.estimate import (
    HousingAidEstimate,
    HousingAidHousehold,
    estimate_housing_aid,
)
from alin_core.housing_aid.tables import AidEdition, aid_law
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import Demand
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources
from tests import strategies as some

CENT = Decimal("0.01")
ON = date(2026, 11, 23)
#: A person alone with a little more than R0, whose aid moves up and down with the rent.
NEAR_R0 = estimate_housing_aid(
    rent=200,
    zone=2,
    household=HousingAidHousehold(couple=False, dependants=0),
    resources=9_000,
    on=ON,
)


@st.composite
def estimates(draw: st.DrawFn) -> HousingAidEstimate:
    return estimate_housing_aid(
        rent=draw(some.aid_rents),
        zone=draw(some.aid_zones),
        household=draw(some.aid_households),
        resources=draw(some.aid_resources),
        on=draw(some.aid_days),
        landlord_applies_rls=draw(st.booleans()),
    )


def half_up(value: Fraction, unit: str) -> Fraction:
    return floor(value / Fraction(unit) + Fraction(1, 2)) * Fraction(unit)


def row(edition: AidEdition, household: HousingAidHousehold, column: int = 0) -> Fraction:
    """The slow reading of a table: from one dependant on, one more row at a time."""
    figures = [Fraction(line[column]) for line in edition.rows]
    if household.dependants == 0:
        return figures[1] if household.couple else figures[0]
    rows, each = figures[2:-1], figures[-1]
    while len(rows) < household.dependants:
        rows.append(rows[-1] + each)
    return rows[household.dependants - 1]


def slow_aid(e: HousingAidEstimate) -> tuple[Fraction, Fraction]:
    """CCH D823-16 and D823-17 in fractions, one line a sentence: the aid without and with RLS."""
    law, column, n = aid_law(e.on), e.zone - 1, e.household.dependants
    rent, hundred, zero = Fraction(e.rent), Fraction(100), Fraction(0)
    r = Fraction(ceil(Fraction(e.resources) / 100) * 100)
    ceiling = row(law.rent_ceiling, e.household, column)
    counted = min(rent, ceiling)
    base, each = map(Fraction, law.flat_charges.rows[0])
    cost = counted + base + n * each
    share, least = map(Fraction, law.minimum_share.rows[0])
    ratio = half_up(counted / row(law.rent_ceiling, e.household, 1) * 100, "0.01")
    tl = Fraction(45, 10_000) * max(zero, min(ratio, Fraction(75)) - 45)
    tl += Fraction(68, 10_000) * max(zero, ratio - 75)
    tp = row(law.family_rate, e.household) / hundred + half_up(tl, "0.001") / hundred
    above = max(zero, r - row(law.income_allowance, e.household))
    aid = max(zero, cost - max(share / hundred * cost, least) - tp * above)
    d1, d2 = (half_up(ceiling * Fraction(line[column]), "0.01") for line in law.taper.rows)
    if rent > d1 and not e.household.disability_benefit:
        aid *= max(zero, 1 - (rent - d1) / (d2 - d1))
    aid = max(zero, half_up(aid, "0.01") - 5)
    crds = Fraction(floor(aid / 200 * 100), 100)
    paid = Fraction(floor(aid - crds))
    if not e.landlord_applies_rls or r / 12 >= row(law.rls_income_ceiling, e.household, column):
        return paid, paid
    rls = row(law.rls_amount, e.household, column)
    left = max(zero, paid + crds - half_up(rls * 98 / 100, "0.01"))
    return paid, left - Fraction(floor(left / 200 * 100), 100)


class TestFormula:
    """CCH D823-16, D823-17; arrêté du 27 septembre 2019, art. 7 to 15."""

    @settings(max_examples=4 * settings().max_examples)
    @given(estimates())
    def test_the_slow_reading_agrees_to_the_cent(self, estimate: HousingAidEstimate) -> None:
        assert (Fraction(estimate.before_rls), Fraction(estimate.monthly)) == slow_aid(estimate)

    @given(estimates(), some.aid_resources)
    def test_more_resources_never_bring_more_aid(
        self, estimate: HousingAidEstimate, more: Decimal
    ) -> None:
        richer = evolve(estimate, resources=estimate.resources + more)
        assert richer.before_rls <= estimate.before_rls

    @given(estimates())
    def test_the_aid_never_exceeds_the_rent_and_charges_less_the_minimum_share(
        self, estimate: HousingAidEstimate
    ) -> None:
        cost = estimate["L"].value + estimate["C"].value
        assert 0 <= estimate.monthly <= estimate.before_rls
        assert estimate.before_rls <= max(Decimal(0), cost - estimate["P0"].value - 5)

    @given(estimates())
    def test_a_couple_has_no_row_of_its_own_from_one_dependant_on(
        self, estimate: HousingAidEstimate
    ) -> None:
        assume(estimate.household.dependants)
        swapped = evolve(estimate.household, couple=not estimate.household.couple)
        assert evolve(estimate, household=swapped).steps == estimate.steps

    @given(estimates())
    def test_below_the_rent_ceiling_of_zone_3_the_zone_changes_nothing(
        self, estimate: HousingAidEstimate
    ) -> None:
        lowest = evolve(estimate, zone=3)["ceiling"].value
        rent = max(CENT, (estimate.rent % lowest).quantize(CENT))
        aids = {evolve(estimate, rent=rent, zone=zone).before_rls for zone in (1, 2, 3)}
        assert len(aids) == 1

    @given(estimates())
    def test_a_reduction_never_leaves_the_tenant_worse_off(
        self, estimate: HousingAidEstimate
    ) -> None:
        lost = estimate.before_rls - estimate.monthly
        assert lost <= estimate.rent_reduction + 1
        assert not lost or estimate.landlord_applies_rls

    @given(estimates())
    def test_only_a_zero_is_zero(self, estimate: HousingAidEstimate) -> None:
        assert estimate.before_rls == int(estimate.before_rls)
        assert (estimate["A"].value > 1) <= (estimate.before_rls > 0)


class TestMonotony:
    """What the search of the highest rent relies on."""

    @given(estimates(), some.aid_rents)
    def test_each_part_of_the_aid_only_grows_or_only_falls_with_the_rent(
        self, estimate: HousingAidEstimate, more: Decimal
    ) -> None:
        low, high = estimate, evolve(estimate, rent=estimate.rent + more)
        first, second = (e["L"].value + e["C"].value - e["P0"].value for e in (low, high))
        assert first <= second
        assert low["Tp"].value <= high["Tp"].value
        scale, aid = estimate.scale, Decimal(1_000)
        assert scale.tapered(aid, low.rent) >= scale.tapered(aid, high.rent)

    @given(estimates(), some.aid_rents, some.aid_rents)
    def test_the_bound_of_an_interval_holds_for_every_rent_in_it(
        self, estimate: HousingAidEstimate, less: Decimal, more: Decimal
    ) -> None:
        lowest, highest = max(CENT, estimate.rent - less), estimate.rent + more
        assert estimate.scale.most(lowest, highest) >= estimate.before_rls
        assert estimate.scale.most(estimate.rent, estimate.rent) == estimate.before_rls

    def test_the_aid_itself_does_neither(self) -> None:
        rents = [Decimal(cents) / 100 for cents in range(13_000, 28_000)]
        scale = NEAR_R0.scale
        aids = [scale.most(rent, rent) for rent in rents]
        moves = {after - before for before, after in pairwise(aids)}
        assert moves == {-1, 0, 1}


def by_brute_force(
    estimate: HousingAidEstimate, income: Decimal, charges: Decimal, multiple: Decimal, top: int
) -> Decimal | None:
    scale = estimate.scale
    for cents in range(top, 0, -1):
        rent = Decimal(cents) / 100
        if income + scale.most(rent, rent) >= multiple * (rent + charges):
            return rent
    return None


class TestHighestRent:
    """The highest rent that income and aid at that very rent cover three times."""

    @settings(max_examples=max(12, settings().max_examples // 4))
    @given(
        estimates(),
        some.cents(1_500),
        some.cents(300),
        st.sampled_from(["3", "2.5", "4", "1", "0.5"]).map(Decimal),
    )
    @example(NEAR_R0, Decimal(500), Decimal(20), Decimal(3))
    @example(NEAR_R0, Decimal(0), Decimal(5), Decimal(3))
    @example(NEAR_R0, Decimal(0), Decimal(0), Decimal(1))
    @example(NEAR_R0, Decimal(0), Decimal(300), Decimal(3))
    @example(NEAR_R0, Decimal(100), Decimal(20), Decimal("0.5"))
    def test_brute_force_agrees_on_the_cent(
        self, estimate: HousingAidEstimate, income: Decimal, charges: Decimal, multiple: Decimal
    ) -> None:
        found = highest_affordable_rent(estimate, income=income, charges=charges, multiple=multiple)
        most = estimate.scale.most(CENT, estimate.scale.ceiling)
        top = int(((income + most) / multiple - charges) * 100) + 1
        assert found == by_brute_force(estimate, income, charges, multiple, top)
        assert found != 0


class TestInAVerdict:
    """Whatever the demand and the offer: an estimate, or a reason; never a zero instead."""

    @given(some.demands, some.offers, some.days)
    def test_every_verdict_stands_with_an_estimate_or_a_reason(
        self, demand: Demand, offer: Offer, on: date
    ) -> None:
        aid = aid_for(demand, offer, on)
        assessment = assess(demand, offer, on=on, housing_aid=aid)
        finding, plain = assessment["affordability"], assess(demand, offer, on=on)["affordability"]
        if isinstance(aid, NoEstimate):
            assert finding.outcome in (plain.outcome, Outcome.UNKNOWN)
            assert bool(finding.missing or finding.reason) is (finding.outcome is Outcome.UNKNOWN)
        assert finding.facts == tuple(sorted(finding.facts))
        assert finding.missing == tuple(sorted(finding.missing))
        assert assessment.explain("fr")
        assert assessment.explain("en")
        assert to_json(assessment)
        assert hash(assessment) == hash(evolve(assessment))

    @given(
        estimates(),
        some.cents(2_500),
        some.cents(1_500),
        st.sampled_from([(True, False), (False, True), (True, True)]),
    )
    def test_it_is_unknown_only_where_zone_or_base_could_change_it(
        self,
        estimate: HousingAidEstimate,
        income: Decimal,
        rent: Decimal,
        unknown: tuple[bool, bool],
    ) -> None:
        assume(rent and estimate.household.dependants < 5)
        no_zone, no_base = unknown

        def finding(zone: int | None, base: Decimal | None) -> Finding:
            household = Household.of(
                adults=1 + estimate.household.couple, couple=estimate.household.couple
            )
            children = (Person(birth_date=date(2019, 1, 1)),) * estimate.household.dependants
            demand = Demand(
                household=evolve(household, dependants=children),
                resources=Resources(monthly_income=income, housing_aid_base=base),
            )
            offer = Offer(
                reference="T2",
                commune="69123",
                typology="T2",
                norm="PLUS",
                rent=Rent(base=rent, charges=50),
                housing_aid_zone=zone,
            )
            return assess(demand, offer, on=ON, housing_aid=aid_for(demand, offer, ON))[
                "affordability"
            ]

        zones = (1, 2, 3) if no_zone else (estimate.zone,)
        bases = (Decimal(0), Decimal(60_000)) if no_base else (estimate.resources,)
        possible = {finding(zone, base).outcome for zone in zones for base in bases}
        found = finding(None if no_zone else estimate.zone, None if no_base else estimate.resources)
        assert {found.outcome} == (possible if len(possible) == 1 else {Outcome.UNKNOWN})

    @given(estimates(), some.monthly_incomes, some.cents(300))
    def test_the_rent_of_the_remedy_is_met_and_one_cent_more_is_not(
        self, estimate: HousingAidEstimate, income: Decimal, charges: Decimal
    ) -> None:
        demand = Demand(household=Household.of(), resources=Resources(monthly_income=income))

        def verdict(base: Decimal) -> Assessment:
            rent = Rent(base=base, charges=charges)
            offer = Offer(reference="T2", commune="69123", typology="T2", rent=rent)
            return assess(demand, offer, on=estimate.on, housing_aid=evolve(estimate, rent=base))

        for remedy in verdict(estimate.rent).remedies():
            if remedy.path == "offer.rent.base":
                assert isinstance(remedy.value, Decimal)
                assert verdict(remedy.value)["affordability"].outcome is Outcome.MET
                assert verdict(remedy.value + CENT)["affordability"].outcome is not Outcome.MET

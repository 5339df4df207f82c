"""What ranking may look at, and the points that count (CCH L441-2-8; guide, « Choix°1 »)."""

import copy
import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from alin_core.eligibility import assess
from alin_core.errors import InvalidValue, NotADate, WrongType
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, Counted, counted, scorer
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources
from tests.ranked import NEUTRAL, candidate, criterion, policy, ranked

ON = date(2026, 11, 23)
DEMAND = Demand(
    unique_number="111 10 23 000123 GDPUB",
    lodged_on=date(2023, 10, 1),
    household=Household.of(),
    resources=Resources(reference_tax_income={2024: 20_000}, monthly_income=2_000),
    priority_grounds={"F"},
    data_sharing="IDENTITY",
)
IVRY = Offer(
    reference="IVRY-T2", commune="94041", typology="T2", norm="PLUS", rent=Rent(base=500, charges=0)
)


def lines(by: RankingPolicy, **known: Any) -> list[tuple[str, int, str | None]]:
    """Each code with its points and the reason, once the score agrees."""
    given = candidate(1, **known)
    found = counted(given, by)
    assert scorer(by)(given) == sum(line.points for line in found)
    return [(line.code, line.points, line.reason) for line in found]


class TestCandidate:
    """A candidature is what ranking may look at, and nothing of the household."""

    def test_is_made_of_a_demand_and_its_assessment(self) -> None:
        given = Candidate.of(
            DEMAND,
            assess(DEMAND, IVRY, on=ON),
            criteria={"F"},
            points={"company": 3},
            proved={"F"},
        )
        assert given == Candidate(
            unique_number="1111023000123GDPUB",
            tier=Tier.LEGAL,
            outcome=Outcome.MET,
            offer="IVRY-T2",
            lodged_on=date(2023, 10, 1),
            criteria=["F"],
            points=(("company", 3),),
            proved=("F",),
            data_sharing=DataSharing.IDENTITY,
        )

    def test_a_renewal_keeps_the_seniority_of_the_first_deposit(self) -> None:
        renewed = evolve(DEMAND, renewed_on=date(2026, 9, 30))
        given = Candidate.of(renewed, assess(renewed, IVRY, on=ON))
        assert given.lodged_on == date(2023, 10, 1)

    def test_an_unknown_tier_stays_unknown(self) -> None:
        unknown = evolve(DEMAND, priority_grounds=())
        assert Candidate.of(unknown, assess(unknown, IVRY, on=ON)).tier is None

    def test_the_assessment_must_be_that_of_the_demand(self) -> None:
        other = evolve(DEMAND, lodged_on=date(2023, 10, 2))
        with pytest.raises(InvalidValue, match=r"^assessment: .* give the one of that very demand"):
            Candidate.of(other, assess(DEMAND, IVRY, on=ON))

    def test_is_a_value(self) -> None:
        given = candidate(1, criteria={"A", "B"}, points={"C": 1}, proved={"B", "A"})
        for twin in (pickle.loads(pickle.dumps(given)), copy.copy(given), copy.deepcopy(given)):
            assert twin == given
            assert hash(twin) == hash(given)
        assert (given.criteria, given.proved) == (("A", "B"), ("A", "B"))
        assert "unique_number=…" in repr(given)

    @pytest.mark.parametrize("points", [0, 1_000_000])
    def test_points_go_from_none_to_a_million(self, points: int) -> None:
        assert candidate(1, points={"A": points}).points == (("A", points),)

    def test_what_is_not_told_is_unknown_or_nothing(self) -> None:
        assert Candidate(outcome="MET") == Candidate(
            unique_number=None, tier=None, outcome=Outcome.MET, offer=None, lodged_on=None,
            criteria=(), points=(), proved=(), data_sharing=None,
        )  # fmt: skip
        assert Candidate(outcome="MET").number is None

    def test_an_offer_and_a_day_have_their_types(self) -> None:
        with pytest.raises(InvalidValue, match=r"^offer: ' ' is refused"):
            candidate(1, offer=" ")
        with pytest.raises(NotADate, match=r"^lodged_on: "):
            candidate(1, lodged_on="2023-10-01")

    @pytest.mark.parametrize(("known", "told"), [
        ({"points": {"A": -1}}, "points: -1 is refused; give 0 to 1000000 for A"),
        ({"points": {"A": 1_000_001}}, "points: 1000001 is refused; give 0 to 1000000 for A"),
        ({"points": (("A", 1), ("A", 2))}, "points: 'A' is refused; give each code once"),
        ({"points": {"\ud800": 1}}, "points: .* is refused; it holds half of a character"),
        ({"criteria": {"\ud800"}}, "criteria: .* is refused; it holds half of a character"),
        ({"points": {"A": 1}, "criteria": {"A"}}, "points: 'A' is refused; it is in criteria too"),
        ({"tier": "DALO"}, "tier: 'DALO' is refused"),
        ({"outcome": "GOOD"}, "outcome: 'GOOD' is refused"),
        ({"data_sharing": "NOBODY"}, "data_sharing: 'NOBODY' is refused"),
    ])  # fmt: skip
    def test_refuses(self, known: dict[str, Any], told: str) -> None:
        with pytest.raises(InvalidValue, match=f"^{told}"):
            candidate(1, **known)

    @pytest.mark.parametrize(("known", "told"), [
        ({"points": {"A": 1.5}}, "points: a value of type float is refused"),
        ({"points": {"A": True}}, "points: a value of type bool is refused"),
        ({"points": {1: 1}}, "points: a value of type int is refused"),
        ({"points": "A"}, "points: a value of type str is refused; give a mapping"),
        ({"points": ("AB",)}, r"points: a value of type tuple is refused; give a mapping"),
        ({"points": ((1, 2, 3),)}, r"points: a value of type .* is refused; give a mapping"),
        ({"points": (([], 1),)}, r"points: a value of type list is refused; give str"),
        ({"criteria": "AB"}, "criteria: a value of type str is refused; give a set of codes$"),
        ({"criteria": 3}, "criteria: a value of type int is refused"),
        ({"proved": [1]}, "proved: a value of type int is refused"),
    ])  # fmt: skip
    def test_refuses_another_type(self, known: dict[str, Any], told: str) -> None:
        with pytest.raises(WrongType, match=f"^{told}"):
            candidate(1, **known)


class TestSum:
    """Criteria outside a heading of `highest_only` add up."""

    BY = policy(criterion("A", 10, group="housing"), criterion("B", 8, group="housing"))

    def test_criteria_add_up_in_the_order_of_the_policy(self) -> None:
        assert lines(self.BY, criteria={"B", "A"}) == [("A", 10, None), ("B", 8, None)]

    def test_points_given_one_by_one_count_up_to_those_of_the_policy(self) -> None:
        assert lines(self.BY, points={"A": 9}) == [("A", 9, None)]
        assert lines(self.BY, points={"A": 10}) == [("A", 10, None)]
        assert lines(self.BY, points={"A": 11}) == [("A", 10, "at most")]
        assert counted(candidate(1, points={"A": 11}), self.BY)[0].given == 11

    def test_a_criterion_that_the_policy_lacks_brings_nothing_and_is_told(self) -> None:
        assert lines(self.BY, criteria={"Z"}, points={"Y": 5}) == [
            ("Y", 0, "not in the policy"),
            ("Z", 0, "not in the policy"),
        ]
        assert lines(NEUTRAL, criteria={"A"}) == [("A", 0, "not in the policy")]

    def test_a_criterion_may_take_points_away(self) -> None:
        refusal = policy(criterion("refusal", -5), criterion("A", 3))
        assert lines(refusal, criteria={"refusal", "A"}) == [("refusal", -5, None), ("A", 3, None)]

    @pytest.mark.parametrize(
        ("given", "line"),
        [(0, (0, None)), (4, (-4, None)), (5, (-5, None)), (6, (-5, "at most"))],
    )
    def test_points_given_for_a_criterion_that_takes_away_are_taken_away(
        self, given: int, line: tuple[int, str | None]
    ) -> None:
        refusal = policy(criterion("refusal", -5), criterion("A", 3))
        assert lines(refusal, points={"refusal": given}) == [("refusal", *line)]
        assert scorer(refusal)(candidate(1, points={"refusal": given})) == line[0]

    def test_who_has_a_loss_given_one_by_one_outranks_nobody_who_has_none(self) -> None:
        refusal = policy(criterion("refusal", -3))
        met, given, clean = (
            candidate(1, criteria={"refusal"}),
            candidate(2, points={"refusal": 3}),
            candidate(3, lodged_on=date(2026, 1, 1)),
        )
        ranking = ranked(met, given, clean, by=refusal)
        assert ranking.ranked[0] is clean
        assert [place.score for place in ranking.places] == [0, -3, -3]


class TestHighestOnly:
    """One criterion counts in such a heading: the highest."""

    BY = policy(
        criterion("A", 10, group="housing"),
        criterion("B", 8, group="housing", needs_proof=True),
        criterion("C", 10, group="housing"),
        criterion("D", 2, group="work"),
        highest_only={"housing"},
    )

    def test_the_highest_counts(self) -> None:
        assert lines(self.BY, criteria={"A", "B", "D"}, proved={"B"}) == [
            ("A", 10, None),
            ("B", 0, "not the highest"),
            ("D", 2, None),
        ]

    def test_of_two_equal_ones_the_first_of_the_policy_counts(self) -> None:
        assert lines(self.BY, criteria={"C", "A"}) == [("A", 10, None), ("C", 0, "not the highest")]

    def test_what_is_given_one_by_one_is_compared_too(self) -> None:
        assert lines(self.BY, criteria={"B"}, proved={"B"}, points={"A": 7, "C": 99}) == [
            ("A", 0, "not the highest"),
            ("B", 0, "not the highest"),
            ("C", 10, "at most"),
        ]

    def test_what_does_not_count_hides_nothing(self) -> None:
        found = lines(self.BY, criteria={"B"}, points={"A": 7})
        assert found == [("A", 7, None), ("B", 0, "unproved")]

    def test_a_loss_alone_in_its_heading_counts(self) -> None:
        by = policy(criterion("X", -3, group="g"), highest_only=["g"])
        assert lines(by, criteria={"X"}) == [("X", -3, None)]


class TestProof:
    """A criterion that needs a proof can be left out without one."""

    BY = policy(criterion("A", 10, needs_proof=True), criterion("B", 1))

    def test_unproved_is_left_out(self) -> None:
        assert lines(self.BY, criteria={"A", "B"}) == [("A", 0, "unproved"), ("B", 1, None)]

    def test_proved_counts(self) -> None:
        assert lines(self.BY, criteria={"A"}, proved={"A"}) == [("A", 10, None)]

    def test_a_policy_may_count_it_all_the_same(self) -> None:
        assert lines(evolve(self.BY, counts_unproved=True), criteria={"A"}) == [("A", 10, None)]


class TestCompanyPoints:
    """Guide, « Choix°1 »: who stays anonymous gets no points from the company."""

    BY = policy(criterion("company", 20), criterion("A", 1))

    @pytest.mark.parametrize("passed", [{"points": {"company": 12}}, {"criteria": {"company"}}])
    def test_anonymous_has_none_whatever_is_passed(self, passed: dict[str, Any]) -> None:
        assert lines(self.BY, data_sharing="ANONYMOUS", **passed) == [("company", 0, "anonymous")]

    def test_a_policy_without_them_says_so_too(self) -> None:
        passed = {"company": 12, "Z": 1}
        assert lines(NEUTRAL, data_sharing="ANONYMOUS", points=passed) == [
            ("Z", 0, "not in the policy"),
            ("company", 0, "anonymous"),
        ]
        assert lines(NEUTRAL, points={"company": 1}) == [("company", 0, "not in the policy")]

    def test_they_hide_nothing_of_their_heading(self) -> None:
        by = policy(
            criterion("company", 20, group="work"),
            criterion("A", 1, group="work"),
            highest_only={"work"},
        )
        assert lines(by, data_sharing="ANONYMOUS", criteria={"A"}, points={"company": 9}) == [
            ("company", 0, "anonymous"),
            ("A", 1, None),
        ]

    def test_the_place_keeps_what_was_passed(self) -> None:
        given = candidate(1, points={"company": 12}, data_sharing="ANONYMOUS")
        assert counted(given, self.BY) == (Counted("company", 0, 12, "anonymous"),)

    def test_other_points_stay(self) -> None:
        assert lines(self.BY, data_sharing="ANONYMOUS", criteria={"A"}) == [("A", 1, None)]

    @pytest.mark.parametrize("choice", [None, "IDENTITY", "LARGE_VIEW", "DELEGATED"])
    def test_every_other_choice_keeps_them(self, choice: str | None) -> None:
        found = lines(self.BY, data_sharing=choice, points={"company": 12})
        assert found == [("company", 12, None)]

    def test_of_anything_passed_as_the_demand_says(self) -> None:
        hidden = evolve(DEMAND, data_sharing="ANONYMOUS")
        given = Candidate.of(hidden, assess(hidden, IVRY, on=ON), points={"company": 12})
        assert scorer(self.BY)(given) == 0

"""A ranking policy is a value: named, dated, sourced, with a fingerprint, and never AL'in's."""

import copy
import json
import pickle
import re
from hashlib import blake2b
from typing import Any

import pytest
from attrs import evolve, fields

from alin_core.errors import InvalidValue, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier
from alin_core.standing.policy import Criterion, RankingPolicy
from tests.ranked import NEUTRAL, criterion, policy

FULL = policy(
    criterion("A", 10, group="housing", needs_proof=True),
    criterion("B", -4, group="housing"),
    criterion("company", 6),
    highest_only={"housing"},
)
#: One other value per field.
OTHER: dict[str, Any] = {
    "name": "other",
    "version": "2",
    "source": "another text",
    "official": True,
    "outcomes": ["MET"],
    "tiers": [],
    "criteria": FULL.criteria[:2],
    "highest_only": [],
    "counts_unproved": True,
}


class TestNeutral:
    """The guide's sentence alone: legal priority, company priority, others, then seniority."""

    def test_it_is_not_official_and_has_no_points(self) -> None:
        assert not NEUTRAL.official
        assert NEUTRAL.criteria == ()

    def test_its_tiers_follow_the_reading_of_the_rulebook(self) -> None:
        assert NEUTRAL.tiers == (*Rulebook.standard().priority_order, "OTHER")

    def test_it_ranks_who_passes(self) -> None:
        assert NEUTRAL.outcomes == (Outcome.MET, Outcome.BORDERLINE)

    def test_no_policy_made_here_bears_the_name_of_the_site(self) -> None:
        assert not re.search("al.?in", NEUTRAL.name, re.IGNORECASE)


class TestFingerprint:
    """One for each policy, the same everywhere."""

    def test_it_is_always_the_same(self) -> None:
        assert NEUTRAL.fingerprint == "7db5209e1d2acbb4e4bd5323607a8744"
        assert RankingPolicy.neutral().fingerprint == NEUTRAL.fingerprint

    @pytest.mark.parametrize("name", [each.name for each in fields(RankingPolicy)])
    def test_any_field_changes_it(self, name: str) -> None:
        assert evolve(FULL, **{name: OTHER[name]}).fingerprint != FULL.fingerprint

    @pytest.mark.parametrize("name", [each.name for each in fields(Criterion)])
    def test_any_field_of_a_criterion_changes_it(self, name: str) -> None:
        other: dict[str, Any] = {
            "points": 11,
            "group": None,
            "needs_proof": False,
        }
        first = evolve(FULL.criteria[0], **{name: other.get(name, "other")})
        changed = evolve(FULL, criteria=(first, *FULL.criteria[1:]))
        assert changed.fingerprint != FULL.fingerprint

    def test_anyone_can_compute_it_from_the_json(self) -> None:
        plain = {
            "name": "neutre", "version": "1", "source": NEUTRAL.source,
            "official": False,
            "outcomes": ["MET", "BORDERLINE"], "tiers": ["LEGAL", "COMPANY", "OTHER"],
            "criteria": [], "highest_only": [], "counts_unproved": False,
        }  # fmt: skip
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        assert blake2b(text.encode(), digest_size=16).hexdigest() == NEUTRAL.fingerprint


class TestValue:
    """Immutable, hashable, in one canonical form."""

    @pytest.mark.parametrize("value", [NEUTRAL, FULL, FULL.criteria[0]], ids=repr)
    def test_it_copies_and_pickles(self, value: Any) -> None:
        for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert twin == value
            assert hash(twin) == hash(value)

    def test_outcomes_have_one_order(self) -> None:
        given = policy(outcomes=["UNKNOWN", Outcome.MET, "MET"])
        assert given.outcomes == (Outcome.MET, Outcome.UNKNOWN)

    def test_tiers_keep_theirs_and_may_name_the_unknown_one(self) -> None:
        assert policy(tiers=["OTHER", None, Tier.LEGAL]).tiers == (Tier.OTHER, None, Tier.LEGAL)


class TestRefusals:
    """A policy that could not be applied cannot be made."""

    @pytest.mark.parametrize(("known", "told"), [
        ({"tiers": ["LEGAL", "LEGAL"]}, "tiers: <Tier.LEGAL: 'LEGAL'> is refused; give each once"),
        ({"tiers": ["DALO"]}, "tiers: 'DALO' is refused; give one of LEGAL"),
        ({"outcomes": ["GOOD"]}, "outcomes: 'GOOD' is refused; give one of MET"),
        ({"highest_only": ["housing"]}, "highest_only: 'housing' is refused; give the group of a"),
        ({"name": " "}, "name: ' ' is refused"),
    ])  # fmt: skip
    def test_of_a_policy(self, known: dict[str, Any], told: str) -> None:
        with pytest.raises(InvalidValue, match=f"^{told}"):
            RankingPolicy(**{"name": "test", "version": "1", "source": "a test"} | known)

    def test_of_a_code_given_twice(self) -> None:
        with pytest.raises(InvalidValue, match="criteria: 'A' is refused; give each once"):
            policy(criterion("A", 1), criterion("A", 2))

    @pytest.mark.parametrize("points", [-1_000_001, 1_000_001])
    def test_of_points_that_no_page_could_hold(self, points: int) -> None:
        nearest = points - 1 if points > 0 else points + 1
        assert criterion("A", nearest).points == nearest
        with pytest.raises(InvalidValue, match=r"points: .* give -1000000 to 1000000"):
            criterion("A", points)

    @pytest.mark.parametrize("points", [1.0, True, "1", None])
    def test_of_points_that_are_not_whole(self, points: Any) -> None:
        with pytest.raises(WrongType, match=r"^points: "):
            criterion("A", points)

    def test_of_a_code_with_spaces_around(self) -> None:
        with pytest.raises(InvalidValue, match="code: ' A' is refused; give it without spaces"):
            criterion(" A", 1)
        with pytest.raises(InvalidValue, match="group: '' is refused; give a text"):
            criterion("A", 1, group="")

    @pytest.mark.parametrize(
        ("name", "due"),
        [
            ("outcomes", "a list"),
            ("tiers", "a list, first to last"),
            ("criteria", "a list in its order"),
            ("highest_only", "a list"),
        ],
    )
    @pytest.mark.parametrize("value", ["MET", 3])
    def test_of_what_is_no_list(self, name: str, due: str, value: Any) -> None:
        told = f"^{name}: a value of type .* is refused; give {due}$"
        with pytest.raises(WrongType, match=told):
            evolve(NEUTRAL, **{name: value})

    def test_of_a_criterion_that_is_none(self) -> None:
        with pytest.raises(WrongType, match=r"^criteria: "):
            evolve(NEUTRAL, criteria=["A"])  # type: ignore[list-item]

    def test_of_a_group_that_is_no_text(self) -> None:
        groups: Any = [3]
        with pytest.raises(WrongType, match=r"^highest_only: a value of type int"):
            evolve(FULL, highest_only=groups)


@pytest.mark.parametrize("name", ["label_fr", "label_en", "needs_proof"])
def test_a_field_of_a_criterion_refuses_another_type(name: str) -> None:
    wrong: dict[str, Any] = {name: 1}
    with pytest.raises(WrongType, match=rf"^{name}: "):
        evolve(criterion("A", 1), **wrong)


@pytest.mark.parametrize("name", ["version", "source", "official", "counts_unproved"])
def test_a_field_of_a_policy_refuses_another_type(name: str) -> None:
    wrong: dict[str, Any] = {name: 1}
    with pytest.raises(WrongType, match=rf"^{name}: "):
        evolve(NEUTRAL, **wrong)

"""A position moves with time (guide, « Suivre sa candidature »)."""

import copy
import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.ranking_moves import Move, compare
from alin_core.standing.score import Candidate
from tests.ranked import candidate, criterion, policy, ranked

FIRST, SECOND, THIRD, FOURTH = (candidate(day, lodged_on=date(2020, 1, day)) for day in range(1, 5))
LEGAL = candidate(9, tier="LEGAL")
BEFORE = ranked(FIRST, SECOND, THIRD, FOURTH)


def test_a_newcomer_pushes_down_those_behind_and_is_named() -> None:
    comparison = compare(BEFORE, ranked(FIRST, SECOND, THIRD, FOURTH, LEGAL))
    assert comparison.moved == (LEGAL, FIRST, SECOND, THIRD, FOURTH)
    move = comparison[THIRD]
    assert (move.before, move.after) == (3, 4)
    assert (move.newly_ahead, move.no_longer_ahead) == ((LEGAL,), ())
    told = " ".join(comparison[THIRD].explain("fr").replace("\u00a0", " ").split())
    assert told.startswith(
        "De la position 3 sur 4 à la position 4 sur 5 pour l’offre IVRY-T3. "
        "Candidatures désormais devant : 1 ; qui n’étaient pas classées : 1. "
        "Ce classement n’engage personne"
    )
    assert (
        comparison[LEGAL]
        .explain("en")
        .startswith("Newly ranked: position 1 of 5 for offer IVRY-T3.")
    )


def test_who_leaves_lets_the_others_up() -> None:
    comparison = compare(BEFORE, ranked(SECOND, THIRD, FOURTH))
    assert comparison.moved == (SECOND, THIRD, FOURTH, FIRST)
    assert comparison[SECOND].no_longer_ahead == (FIRST,)
    assert (comparison[FIRST].before, comparison[FIRST].after) == (1, None)
    told = " ".join(comparison[SECOND].explain("en").split())
    assert "Candidatures no longer ahead: 1; no longer ranked: 1." in told
    assert (
        comparison[FIRST]
        .explain("en")
        .startswith("No longer ranked for offer IVRY-T3; it was in position 1 of 4.")
    )


def test_who_is_set_aside_counts_as_gone() -> None:
    comparison = compare(BEFORE, ranked(evolve(FIRST, outcome="NOT_MET"), SECOND, THIRD, FOURTH))
    assert comparison[FIRST].after is None


def test_a_swap_moves_two_and_names_each_to_the_other() -> None:
    by = policy(criterion("A", 1))
    raised = evolve(SECOND, criteria={"A"})
    after = ranked(FIRST, raised, THIRD, FOURTH, by=by)
    comparison = compare(ranked(FIRST, SECOND, THIRD, FOURTH, by=by), after)
    assert comparison.moved == (raised, FIRST)
    assert comparison[FIRST].newly_ahead == (raised,)
    assert comparison[SECOND].no_longer_ahead == (FIRST,)
    told = comparison[THIRD].explain("en")
    assert told.startswith("Still in position 3 for offer IVRY-T3: of 4 before, of 4 now.")
    assert "ahead" not in told


class TestStrongDrop:
    """« Chances fortement baissé »: ASSUMPTION, at least twice the former position."""

    @pytest.mark.parametrize(
        ("who", "newcomers", "strong"),
        [(FIRST, 1, True), (SECOND, 1, False), (SECOND, 2, True), (THIRD, 2, False),
         (THIRD, 3, True), (FIRST, 0, False)],
    )  # fmt: skip
    def test_both_sides_of_the_threshold(
        self, who: Candidate, newcomers: int, strong: bool
    ) -> None:
        new = [candidate(50 + rank, tier="LEGAL") for rank in range(newcomers)]
        comparison = compare(BEFORE, ranked(FIRST, SECOND, THIRD, FOURTH, *new))
        assert comparison[who].strong_drop is strong
        told = comparison[who].explain("fr")
        assert ("notre hypothèse" in " ".join(told.split())) is strong
        assert ("« Annuler cette candidature »" in told.replace("\u00a0", " ")) is strong

    def test_the_threshold_is_a_field_of_the_rulebook(self) -> None:
        mild = evolve(Rulebook.standard(), strong_drop="1.5")
        comparison = compare(BEFORE, ranked(FIRST, SECOND, THIRD, FOURTH, LEGAL), rulebook=mild)
        assert comparison[SECOND].strong_drop
        assert "at least 1.5 times" in " ".join(comparison[SECOND].explain("en").split())

    def test_staying_is_no_drop_whatever_the_threshold(self) -> None:
        low = evolve(Rulebook.standard(), strong_drop="0.5")
        assert not compare(BEFORE, BEFORE, rulebook=low)[FOURTH].strong_drop


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ()),
        ({"draw_key": "another"}, ("The key of the draw changed",)),
        ({"policy": policy()}, ("The policy of the ranking changed",)),
    ],
    ids=("nothing", "key", "policy"),
)
def test_a_move_that_the_rules_may_have_made_is_said_so(
    change: dict[str, Any], said: tuple[str, ...]
) -> None:
    told = compare(BEFORE, evolve(BEFORE, **change))[FIRST].explain("en")
    for sentence in ("The key of the draw changed", "The policy of the ranking changed"):
        assert (sentence in told) == (sentence in said)


class TestRefusals:
    """Two whole rankings of one offer."""

    def test_of_two_offers(self) -> None:
        with pytest.raises(InvalidValue, match=r"^after: 'PARIS' is .* a ranking of IVRY"):
            compare(BEFORE, ranked(FIRST, offer="PARIS"))

    @pytest.mark.parametrize("name", ["before", "after"])
    def test_of_first_places(self, name: str) -> None:
        cut = ranked(FIRST, SECOND, first=1)
        given: dict[str, Any] = {"before": BEFORE, "after": BEFORE} | {name: cut}
        with pytest.raises(InvalidValue, match=f"^{name}: .* give the whole ranking"):
            compare(**given)

    def test_of_who_is_in_neither(self) -> None:
        with pytest.raises(
            InvalidValue,
            match=r"^candidate: a text like '9999999999999AAAAA' is refused; give one of those",
        ):
            compare(BEFORE, BEFORE)[LEGAL]


def test_a_comparison_is_a_value() -> None:
    comparison = compare(BEFORE, ranked(SECOND, LEGAL))
    for value in (comparison, comparison[SECOND]):
        for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert twin == value
            assert hash(twin) == hash(value)


def test_a_move_is_no_strong_drop_unless_it_is_said() -> None:
    assert not Move(comparison=compare(BEFORE, BEFORE), before=1, after=2).strong_drop


def test_the_reminder_stands_apart_from_what_is_told() -> None:
    assert "\n\n" in compare(BEFORE, BEFORE)[SECOND].explain("en")

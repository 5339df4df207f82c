"""What holds for every set of candidatures and every policy."""

import re
from collections import Counter
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from alin_core.exchange.ranking import ranking_to_json, read_ranking
from alin_core.ranking import Ranking, rank
from alin_core.ranking_moves import compare
from alin_core.rules.priority import Tier
from alin_core.standing.policy import RankingPolicy
from alin_core.standing.score import Candidate, counted, scorer
from tests import strategies as some
from tests.told import LANGUAGES

several, rankable = some.several_candidates, some.several_rankable
policies, open_policies = some.policies, some.open_policies


def ranked(candidates: list[Candidate], policy: RankingPolicy, **asked: Any) -> Ranking:
    return rank(candidates, policy, offer="IVRY-T3", draw_key="any key", **asked)


def slow_key(candidate: Candidate, policy: RankingPolicy) -> tuple[Any, ...]:
    """The contract, read from left to right."""
    number = re.sub(r"[\s.|\u2010-\u2015-]", "", str(candidate.unique_number))
    number = number.upper() if number.isascii() else number
    tier = policy.tiers.index(candidate.tier) if policy.tiers else 0
    score = sum(line.points for line in counted(candidate, policy))
    draw = blake2b(f"IVRY-T3|{number}".encode(), digest_size=16, key=b"any key").digest()
    return tier, -score, candidate.lodged_on, draw, number


@given(several, policies)
def test_the_slow_reading_agrees(candidates: list[Candidate], policy: RankingPolicy) -> None:
    ranking = ranked(candidates, policy)
    assert list(ranking.ranked) == sorted(
        ranking.ranked, key=lambda candidate: slow_key(candidate, policy)
    )
    assert ranking.count == len(ranking.ranked)
    given_back = [*ranking.ranked, *(aside.candidate for aside in ranking.set_aside)]
    assert Counter(given_back) == Counter(candidates)


@given(several, policies)
def test_two_candidatures_never_share_a_place(
    candidates: list[Candidate], policy: RankingPolicy
) -> None:
    places = ranked(candidates, policy).places
    assert [place.position for place in places] == list(range(1, len(places) + 1))
    assert all(place.score == sum(line.points for line in place.breakdown) for place in places)
    assert all(type(place.score) is int for place in places)


@given(several, policies, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    candidates: list[Candidate], policy: RankingPolicy, random: Any
) -> None:
    shuffled = random.sample(candidates, len(candidates))
    assert ranked(shuffled, policy) == ranked(candidates, policy)


@given(rankable, open_policies)
def test_removing_a_candidature_keeps_the_order_of_the_others(
    candidates: list[Candidate], policy: RankingPolicy
) -> None:
    gone, *others = candidates
    kept = tuple(each for each in ranked(candidates, policy).ranked if each != gone)
    assert ranked(others, policy).ranked == kept


@given(rankable, open_policies, st.integers(1, 9))
def test_the_first_places_are_those_of_the_whole_ranking(
    candidates: list[Candidate], policy: RankingPolicy, first: int
) -> None:
    whole, cut = ranked(candidates, policy), ranked(candidates, policy, first=first)
    assert cut == evolve(whole, ranked=whole.ranked[:first])
    assert cut.places[:] == whole.places[:first]


@given(some.candidates, policies)
def test_the_score_is_the_sum_of_its_breakdown(candidate: Candidate, policy: RankingPolicy) -> None:
    lines = counted(candidate, policy)
    assert scorer(policy)(candidate) == sum(line.points for line in lines)
    held = [*candidate.criteria, *(code for code, _ in candidate.points)]
    assert sorted(line.code for line in lines) == sorted(held)


@given(some.candidates, policies, st.integers(0, 30))
def test_no_policy_counts_company_points_for_who_is_anonymous(
    candidate: Candidate, policy: RankingPolicy, given_by_it: int
) -> None:
    criteria = {code for code in candidate.criteria if code != "company"}
    points = {code: points for code, points in candidate.points if code != "company"}
    hidden = evolve(candidate, data_sharing="ANONYMOUS", criteria=criteria, points=points)
    helped = evolve(hidden, points=points | {"company": given_by_it})
    assert scorer(policy)(helped) == scorer(policy)(hidden)


@given(some.candidates, policies, some.codes)
def test_a_criterion_met_is_worth_all_its_points_given_one_by_one(
    candidate: Candidate, policy: RankingPolicy, code: str
) -> None:
    figures = {each.code: abs(each.points) for each in policy.criteria}
    criteria = {held for held in candidate.criteria if held != code}
    points = {held: given for held, given in candidate.points if held != code}
    met = evolve(candidate, criteria=criteria | {code}, points=points)
    counted_out = points | {code: figures.get(code, 0)}
    told = evolve(candidate, criteria=criteria, points=counted_out)
    assert scorer(policy)(met) == scorer(policy)(told)


class TestBetterNeverWorsens:
    """Points, proofs and seniority only help, unless their criterion takes points away."""

    @given(rankable, open_policies, some.codes, st.integers(0, 30))
    def test_more_points(
        self, candidates: list[Candidate], policy: RankingPolicy, code: str, more: int
    ) -> None:
        had = dict(candidates[0].points)
        assume(code not in candidates[0].criteria)
        assume(all(each.points >= 0 for each in policy.criteria if each.code == code))
        no_worse(candidates, policy, points=had | {code: had.get(code, 0) + more})

    @given(rankable, open_policies, some.codes)
    def test_one_more_criterion(
        self, candidates: list[Candidate], policy: RankingPolicy, code: str
    ) -> None:
        assume(all(each.points >= 0 for each in policy.criteria if each.code == code))
        first = candidates[0]
        others = {held: points for held, points in first.points if held != code}
        no_worse(candidates, policy, criteria={*first.criteria, code}, points=others)

    @given(rankable, open_policies, some.codes)
    def test_one_more_proof(
        self, candidates: list[Candidate], policy: RankingPolicy, code: str
    ) -> None:
        assume(all(each.points >= 0 for each in policy.criteria if each.code == code))
        no_worse(candidates, policy, proved={*candidates[0].proved, code})

    @given(rankable, open_policies, st.integers(0, 2))
    def test_an_older_deposit(
        self, candidates: list[Candidate], policy: RankingPolicy, earlier: int
    ) -> None:
        lodged_on = candidates[0].lodged_on
        assert lodged_on
        no_worse(candidates, policy, lodged_on=lodged_on - timedelta(earlier))


def no_worse(candidates: list[Candidate], policy: RankingPolicy, **change: Any) -> None:
    """The first one changed: its place is the same or better."""
    old, *others = candidates
    new = evolve(old, **change)
    before, after = ranked(candidates, policy), ranked([new, *others], policy)
    assert after[new].position <= before[old].position


@given(rankable, open_policies)
def test_tiers_dominate_points(candidates: list[Candidate], policy: RankingPolicy) -> None:
    tiers: list[Tier | None] = [Tier.COMPANY, None, Tier.OTHER, Tier.LEGAL]
    places = ranked(candidates, evolve(policy, tiers=tiers)).places
    assert [place.tier for place in places] == sorted(
        (candidate.tier for candidate in candidates), key=tiers.index
    )


@given(rankable, open_policies)
def test_a_pair_is_told_from_both_sides(candidates: list[Candidate], policy: RankingPolicy) -> None:
    ranking = ranked(candidates, policy)
    one, other = (ranking[candidate] for candidate in candidates[:2])
    said = (("passe avant", "passe après"), ("comes before", "comes after"))
    for lang, (before, after) in zip(LANGUAGES, said, strict=True):
        this = ranking.between(one.candidate, other.candidate).explain(lang, width=None)
        that = ranking.between(other.candidate, one.candidate).explain(lang, width=None)
        assert (before in this) == (one.position < other.position) == (after in that)
        assert (after in this) != (before in this)
        assert (after in that) != (before in that)
        assert this.partition(":")[2] == that.partition(":")[2]
    ahead, behind = sorted((one, other), key=lambda place: place.position)
    by = one.separated_from(other, policy)
    assert by == other.separated_from(one, policy)
    keys = (slow_key(place.candidate, policy) for place in (ahead, behind))
    names = ("tier", "points", "seniority", "draw", "draw")
    differs = (name for name, x, y in zip(names, *keys, strict=True) if x != y)
    assert by == next(differs)


@given(several, policies)
def test_everyone_is_told_with_the_reminder(
    candidates: list[Candidate], policy: RankingPolicy
) -> None:
    ranking = ranked(candidates, policy)
    for lang in ("fr", "en"):
        told = [ranking.standing(candidate).explain(lang) for candidate in candidates]
        for text in (*told, ranking.explain(lang)):
            words = " ".join(text.split())
            assert "« Conditions Générales d’Utilisation »" in words or "“Conditions" in words
            assert "CALEOL" in words
    assert hash(ranking) == hash(ranked(candidates[::-1], policy))


@given(several, policies)
def test_the_json_of_a_ranking_holds_what_asks_for_it_again(
    candidates: list[Candidate], policy: RankingPolicy
) -> None:
    import json

    ranking = ranked(candidates, policy)
    plain = json.loads(ranking_to_json(ranking))
    asked = {key: plain[key] for key in ("schema", "offer", "draw_key", "policy")}
    rows = [*plain["places"], *plain["set_aside"]]
    asked["candidates"] = [row["candidate"] for row in rows]
    assert read_ranking(json.dumps(asked)) == ranking


@given(several, several, policies, policies)
def test_who_moved_is_explained_by_who_passed(
    old: list[Candidate], new: list[Candidate], policy: RankingPolicy, other: RankingPolicy
) -> None:
    before, after = ranked(old, policy), ranked([*new, *_absent(old, new)], other)
    comparison = compare(before, after)
    moved = set(comparison.moved)
    for candidate in {*before.ranked, *after.ranked}:
        move = comparison[candidate]
        assert comparison[candidate].explain("fr")
        assert comparison[candidate].explain("en")
        if move.before is None or move.after is None:
            assert not move.newly_ahead
            assert not move.no_longer_ahead
            continue
        passed = len(move.newly_ahead) - len(move.no_longer_ahead)
        assert move.after - move.before == passed
        assert move.strong_drop == (passed > 0 and move.after >= 2 * move.before)
        now = after[candidate].candidate
        assert (now in moved) == (move.after != move.before)


def _absent(old: list[Candidate], new: list[Candidate]) -> list[Candidate]:
    """Half of the old ones, unless they came anew."""
    known = {str(candidate.unique_number) for candidate in new if candidate.unique_number}
    return [
        candidate
        for candidate in old[::2]
        if candidate.unique_number and str(candidate.unique_number) not in known
    ]


@given(several, policies)
def test_a_ranking_compared_with_itself_moves_nobody(
    candidates: list[Candidate], policy: RankingPolicy
) -> None:
    ranking = ranked(candidates, policy)
    assert compare(ranking, ranking).moved == ()

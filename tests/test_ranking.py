"""Who comes before whom on one offer (guide, « Présentation », « Suivre sa candidature »)."""

import copy
import os
import pickle
import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import blake2b
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, WrongType
from alin_core.ranking import Ranking
from alin_core.ranking_moves import compare
from alin_core.standing.policy import LARGEST_POINTS
from alin_core.standing.score import SetAside
from alin_core.values.identifiers import OpaqueNumber
from tests.ranked import NEUTRAL, OFFER, candidate, criterion, policy, ranked

POINTS = policy(criterion("A", 10), criterion("company", 20))
LEGAL = candidate(1, tier="LEGAL", lodged_on=date(2026, 1, 1))
COMPANY = candidate(2, tier="COMPANY", lodged_on=date(2025, 1, 1))
OLD = candidate(3, lodged_on=date(2020, 1, 1))
NEW = candidate(4, lodged_on=date(2020, 1, 2))
FOUR = ranked(NEW, COMPANY, OLD, LEGAL)


def positions(ranking: Ranking) -> list[str]:
    return [str(each.unique_number)[7:13].lstrip("0") for each in ranking.ranked]


class TestOrder:
    """Tier, then points, then seniority, then a draw."""

    def test_the_neutral_policy_is_the_sentence_of_the_guide(self) -> None:
        assert FOUR.ranked == (LEGAL, COMPANY, OLD, NEW)
        assert [place.position for place in FOUR.places] == [1, 2, 3, 4]
        assert [place.tier for place in FOUR.places] == ["LEGAL", "COMPANY", "OTHER", "OTHER"]

    def test_one_day_of_seniority_is_enough(self) -> None:
        assert OLD.lodged_on
        assert (
            ranked(OLD, evolve(NEW, lodged_on=OLD.lodged_on))
            .places[0]
            .separated_from(ranked(OLD, evolve(NEW, lodged_on=OLD.lodged_on)).places[1], NEUTRAL)
            == "draw"
        )
        assert FOUR.places[2].separated_from(FOUR.places[3], NEUTRAL) == "seniority"

    def test_points_come_before_seniority_and_after_the_tier(self) -> None:
        rich = candidate(5, lodged_on=date(2026, 1, 1), points={"company": 1})
        assert ranked(OLD, COMPANY, rich, by=POINTS).ranked == (COMPANY, rich, OLD)

    def test_all_the_points_there_are_weigh_less_than_a_tier(self) -> None:
        by = policy(criterion("A", LARGEST_POINTS), criterion("B", -LARGEST_POINTS))
        best = candidate(1, criteria={"A"}, lodged_on=date(2000, 1, 1))
        worst = candidate(2, tier="COMPANY", criteria={"B"}, lodged_on=date(2026, 1, 1))
        assert ranked(best, worst, by=by).ranked == (worst, best)

    def test_a_policy_without_tiers_looks_at_points_alone(self) -> None:
        by = evolve(POINTS, tiers=())
        rich, unknown = candidate(5, criteria={"A"}), candidate(6, tier=None, criteria={"A"})
        assert ranked(LEGAL, rich, unknown, by=by).ranked[-1] == LEGAL

    def test_the_order_of_the_tiers_is_that_of_the_policy(self) -> None:
        by = policy(tiers=["OTHER", "COMPANY", "LEGAL"])
        assert ranked(LEGAL, COMPANY, OLD, by=by).ranked == (OLD, COMPANY, LEGAL)

    def test_the_first_day_and_the_last_that_a_date_can_be(self) -> None:
        first, last = candidate(1, lodged_on=date.min), candidate(2, lodged_on=date.max)
        assert ranked(last, first, by=POINTS).ranked == (first, last)
        last = evolve(last, points={"company": 1})
        assert ranked(last, first, by=POINTS).ranked == (last, first)

    def test_nobody_is_an_empty_ranking(self) -> None:
        empty = ranked()
        assert (len(empty.places), empty.count, empty.set_aside) == (0, 0, ())
        assert "0 candidature classée" in empty.explain("fr")


class TestSetAside:
    """Who cannot be ranked is told why, and takes no place."""

    @pytest.mark.parametrize(("known", "reason", "told"), [
        ({"lodged_on": None}, "no date", "day of the first deposit is not known"),
        ({"outcome": "NOT_MET"}, "outcome", "does not rank the verdict “does not fit”"),
        ({"outcome": "UNKNOWN"}, "outcome", "does not rank the verdict “incomplete”"),
        ({"tier": None}, "tier", "does not rank candidatures whose priority is not established"),
    ])  # fmt: skip
    def test_with_the_reason(self, known: dict[str, Any], reason: str, told: str) -> None:
        aside = candidate(9, **known)
        ranking = ranked(OLD, aside)
        assert ranking.ranked == (OLD,)
        assert ranking.set_aside == (SetAside(aside, reason),)
        assert told in " ".join(ranking.standing(aside).explain("en").split())
        assert told in " ".join(ranking.explain("en").split())

    def test_without_a_number(self) -> None:
        nobody = evolve(OLD, unique_number=None)
        ranking = ranked(nobody, evolve(nobody, lodged_on=None), NEW)
        assert {aside.reason for aside in ranking.set_aside} == {"no number"}
        assert "elle n’a pas de numéro unique" in " ".join(
            ranking.standing(nobody).explain("fr").split()
        )
        assert "sans numéro" in ranking.explain("fr").replace("\u00a0", " ")

    def test_a_borderline_one_is_ranked(self) -> None:
        assert ranked(candidate(9, outcome="BORDERLINE")).count == 1

    def test_an_unknown_tier_is_ranked_where_the_policy_says(self) -> None:
        unknown = candidate(9, tier=None)
        by = policy(tiers=["LEGAL", "COMPANY", "OTHER", None])
        assert ranked(unknown, NEW, by=by).ranked == (NEW, unknown)
        assert "priority not established" in ranked(unknown, by=by).standing(unknown).explain("en")

    def test_those_with_a_number_come_first_in_its_order(self) -> None:
        given = [evolve(OLD, unique_number=None), candidate(8, tier=None), candidate(7, tier=None)]
        assert [each.candidate for each in ranked(*given).set_aside] == given[::-1]
        odd = given[0], evolve(given[1], unique_number=OpaqueNumber("Z9"))
        assert [each.candidate for each in ranked(*odd).set_aside] == [odd[1], odd[0]]

    def test_one_without_a_number_is_found_by_all_the_rest(self) -> None:
        nobody = evolve(OLD, unique_number=None)
        alone = ranked(nobody)
        assert "not ranked" in alone.standing(nobody).explain("en")
        with pytest.raises(InvalidValue, match=r"^candidate: None is refused"):
            alone.standing(evolve(nobody, tier="LEGAL")).explain("en")


class TestDuplicates:
    """A unique number stands for one demand."""

    def test_is_an_error_that_says_which_they_are(self) -> None:
        told = (
            "a text like '9999999999999AAAAA' is refused; "
            "candidates 1 and 2 bear it; give each candidature once$"
        )
        with pytest.raises(InvalidValue, match=told):
            ranked(NEW, OLD, evolve(OLD, tier="LEGAL"))

    def test_even_of_who_is_set_aside(self) -> None:
        with pytest.raises(InvalidValue, match="candidates 0 and 1 bear it"):
            ranked(OLD, evolve(OLD, lodged_on=None))

    @pytest.mark.parametrize("text", ["1111023000003GDPUB", "111 10 23 000003 gdpub"])
    def test_even_as_an_opaque_number(self, text: str) -> None:
        opaque = evolve(OLD, unique_number=OpaqueNumber(text))
        with pytest.raises(InvalidValue, match="candidates 0 and 1 bear it"):
            ranked(OLD, opaque)
        assert ranked(opaque)[OLD].position == ranked(OLD)[OpaqueNumber(text)].position == 1

    def test_one_number_is_drawn_and_compared_alike_however_it_is_written(self) -> None:
        one, same = (evolve(OLD, unique_number=OpaqueNumber(text)) for text in ("97-1a", "971A"))
        with pytest.raises(InvalidValue, match="unique_number: a text like '999A' is refused"):
            ranked(one, same)
        others = TestDraw.SAME
        some = [evolve(each, lodged_on=OLD.lodged_on) for each in others]
        before, after = ranked(one, *some), ranked(same, *some)
        assert before[same].position == after[one].position
        assert compare(before, after).moved == ()


class TestOneOffer:
    """An assessment holds against one offer."""

    def test_another_one_is_an_error_that_names_it(self) -> None:
        here, there = evolve(OLD, offer=OFFER), evolve(NEW, offer="PARIS-T3")
        assert ranked(here, NEW).count == 2
        with pytest.raises(InvalidValue, match=r"offer: 'PARIS-T3' is refused; give .* 'IVRY-T3'"):
            ranked(here, there)
        with pytest.raises(InvalidValue, match="offer: 'LYON-T3' is refused"):
            ranked(there, evolve(OLD, offer="LYON-T3"))

    def test_an_offer_has_a_name(self) -> None:
        with pytest.raises(InvalidValue, match="offer: ' ' is refused"):
            ranked(OLD, offer=" ")

    def test_even_of_who_is_set_aside(self) -> None:
        with pytest.raises(InvalidValue, match="offer: 'PARIS-T3' is refused"):
            ranked(OLD, evolve(NEW, offer="PARIS-T3", outcome="NOT_MET"))


class TestDraw:
    """Ties only, keyed by the caller, one for each offer, to be done again by anyone."""

    SAME = tuple(candidate(number) for number in range(4))

    def test_anyone_can_do_it_again(self) -> None:
        def digest(number: object) -> bytes:
            return blake2b(f"{OFFER}|{number}".encode(), digest_size=16, key=b"a key").digest()

        drawn = sorted(self.SAME, key=lambda each: digest(each.unique_number))
        assert list(ranked(*self.SAME).ranked) == drawn

    def test_it_looks_at_nobody_else(self) -> None:
        for one, other in combinations(self.SAME, 2):
            alone = ranked(one, other).ranked
            assert alone == tuple(each for each in ranked(*self.SAME).ranked if each in alone)

    def test_over_many_offers_no_number_is_favoured(self) -> None:
        offers = 2_400
        first, before = Counter[str](), Counter[tuple[str, str]]()
        for offer in range(offers):
            order = positions(ranked(*self.SAME, offer=f"OFFER-{offer}"))
            first[order[0]] += 1
            before.update(combinations(order, 2))
        expected = offers / 4
        # Chi-squared, 3 degrees of freedom: 16.27 is passed once in a thousand.
        assert sum((times - expected) ** 2 / expected for times in first.values()) < 16.27
        # 3.29 standard deviations: once in a thousand, for each of the six pairs.
        assert all(
            abs(times - offers / 2) < 3.29 * (offers / 4) ** 0.5 for times in before.values()
        )
        assert len(before) == 12

    def test_another_key_is_another_draw(self) -> None:
        orders = {tuple(positions(ranked(*self.SAME, draw_key=f"{key}"))) for key in range(40)}
        assert len(orders) > 12

    @pytest.mark.parametrize("draw_key", ["", "k" * 65, "é" * 33])
    def test_a_key_holds_1_to_64_bytes(self, draw_key: str) -> None:
        assert ranked(OLD, draw_key="é" * 32).draw_key == "é" * 32
        with pytest.raises(InvalidValue, match=r"draw_key: .* give a text of 1 to 64 bytes"):
            ranked(OLD, draw_key=draw_key)

    @pytest.mark.parametrize("name", ["draw_key", "offer"])
    def test_what_is_drawn_with_must_be_written(self, name: str) -> None:
        with pytest.raises(InvalidValue, match=f"^{name}: .* is refused; it holds half of a char"):
            ranked(*self.SAME, by=NEUTRAL, **{name: "\ud800"})
        with pytest.raises(WrongType, match=f"^{name}: a value of type int is refused"):
            ranked(*self.SAME, by=NEUTRAL, **{name: 3})


class TestFirst:
    """The first places without the others."""

    def test_they_know_how_many_there_are(self) -> None:
        two = ranked(NEW, COMPANY, OLD, LEGAL, first=2)
        assert (two.ranked, two.count) == ((LEGAL, COMPANY), 4)
        assert "Position 2 of 4" in two.standing(COMPANY).explain("en")
        assert "in position 3" not in two.standing(COMPANY).explain("en")
        assert "Only the first places are given: 2." in two.explain("en")
        with pytest.raises(InvalidValue, match="is refused; give one of the first 2"):
            two.standing(OLD).explain("en")

    @pytest.mark.parametrize("first", [1, 2, 3])
    def test_they_are_those_of_the_whole(self, first: int) -> None:
        assert ranked(NEW, COMPANY, OLD, LEGAL, first=first).ranked == FOUR.ranked[:first]

    def test_a_tie_at_the_edge_is_drawn_as_in_the_whole(self) -> None:
        same = TestDraw.SAME
        assert ranked(*same, first=2).ranked == ranked(*same).ranked[:2]

    @pytest.mark.parametrize("first", [4, 5, 10**30])
    def test_more_than_there_are_is_everyone(self, first: int) -> None:
        assert ranked(NEW, COMPANY, OLD, LEGAL, first=first) == FOUR

    def test_none_at_all_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"^first: 0 is refused; give 1 or more"):
            ranked(OLD, first=0)
        with pytest.raises(WrongType, match=r"^first: "):
            ranked(OLD, first=True)


class TestPlaces:
    """Places are made when looked at, and look like a sequence."""

    def test_of_slices_and_from_the_end(self) -> None:
        assert FOUR.places[-1] == FOUR.places[3]
        assert FOUR.places[1:3] == (FOUR.places[1], FOUR.places[2])
        assert list(FOUR.places) == [*FOUR.places[:]]
        with pytest.raises(IndexError):
            FOUR.places[4]

    def test_a_place_is_found_by_candidature_or_number(self) -> None:
        assert FOUR[OLD] == FOUR["111 10 23 000003 gdpub"] == FOUR.places[2]
        with pytest.raises(InvalidValue, match=r"a text like .*; give one of those ranked$"):
            FOUR[candidate(9)]
        with pytest.raises(InvalidValue, match=r"^candidate: None is refused"):
            FOUR[evolve(OLD, unique_number=None)]

    def test_a_ranking_is_a_value(self) -> None:
        for value in (FOUR, FOUR.places, FOUR.places[0]):
            for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
                assert twin == value
                assert hash(twin) == hash(value)

    def test_looking_changes_nothing(self) -> None:
        fresh = ranked(NEW, COMPANY, OLD, LEGAL)
        before = pickle.dumps(fresh)
        fresh.standing(OLD).explain("fr")
        assert fresh.places[0] is not fresh.places[0]
        assert pickle.dumps(fresh) == before

    def test_a_standing_has_its_neighbours_unless_it_has_no_place(self) -> None:
        first, second, *_, last = FOUR.places
        assert FOUR.standing(first.candidate).neighbours == (second,)
        assert FOUR.standing(second.candidate).neighbours == (first, FOUR.places[2])
        assert FOUR.standing(last.candidate).neighbours == (FOUR.places[2],)
        aside = candidate(9, outcome="NOT_MET")
        assert ranked(OLD, aside).standing(aside).neighbours == ()

    def test_of_one_or_two_places_the_repr_leaves_the_rest_out(self) -> None:
        place, other = FOUR.places[:2]
        assert repr(FOUR.standing(place.candidate)) == f"Standing(place={place!r})"
        pair = FOUR.between(place.candidate, other.candidate)
        assert repr(pair) == f"Pair(this={place!r}, other={other!r})"

    def test_its_repr_stays_short(self) -> None:
        assert "ranked=<4 candidates>, " in repr(FOUR)
        assert "set_aside=<0 candidates>" in repr(FOUR)

    def test_of_anything_but_candidatures_is_refused(self) -> None:
        with pytest.raises(WrongType, match=r"^candidates: .* give Candidate values"):
            ranked(OLD, "1111023000123GDPUB")  # type: ignore[arg-type]


class TestExplanations:
    """The first thing that separates two, and one's own place among all."""

    @pytest.mark.parametrize(("one", "other", "fr", "en"), [
        (LEGAL, COMPANY,
         "en position 1 passe avant celle en position 2 : la politique place les publics "
         "prioritaires reconnus par la loi avant les salariés prioritaires.",
         "in position 1 comes before the one in position 2: the policy puts persons with a "
         "priority recognised by law before employees with priority."),
        (NEW, OLD,
         "en position 4 passe après celle en position 3 : premier dépôt le 1er janvier 2020, "
         "contre le 2 janvier 2020.",
         "in position 4 comes after the one in position 3: first deposit on 1 January 2020, "
         "against 2 January 2020."),
    ])  # fmt: skip
    def test_of_a_pair(self, one: Any, other: Any, fr: str, en: str) -> None:
        told = FOUR.between(one, other).explain("fr", width=None).replace("\u00a0", " ")
        assert told == f"La candidature {fr}"
        assert FOUR.between(one, other).explain("en", width=None) == f"The candidature {en}"

    def test_of_a_pair_by_points_or_by_draw(self) -> None:
        rich, one, other = candidate(1, criteria={"A"}), candidate(2), candidate(3)
        ranking = ranked(rich, one, other, by=POINTS)
        assert (
            ranking.between(rich, one)
            .explain("fr", width=None)
            .endswith(": 10 points contre 0 point.")
        )
        assert (
            ranking.between(one, other)
            .explain("fr", width=None)
            .endswith(": seul le tirage propre à cette offre les départage.")
        )

    def test_a_pair_is_two(self) -> None:
        with pytest.raises(
            InvalidValue, match="other: a text like '9999999999999AAAAA' is refused; give two"
        ):
            FOUR.between(OLD, OLD).explain("fr", width=None)
        number: Any = str(OLD.unique_number)
        with pytest.raises(
            InvalidValue, match="other: a text like '9999999999999AAAAA' is refused; give two"
        ):
            FOUR.between(OLD, number).explain("fr", width=None)

    def test_of_a_place(self) -> None:
        lines = FOUR.standing(OLD).explain("en").splitlines()
        assert " ".join(lines).startswith(
            "Position 3 of 4 for offer IVRY-T3 (policy “neutre”, version 1, not an official "
            "policy). What counts: no particular priority; first deposit on 1 January "
            "2020. The candidature in position 3 comes after the one in position 2: the policy"
        )
        assert max(map(len, lines)) <= 80

    def test_a_place_is_held_against_its_two_neighbours_only(self) -> None:
        told = " ".join(FOUR.standing(COMPANY).explain("en").split())
        assert "before the one in position 3" in told
        assert "after the one in position 1" in told
        assert "the one in position 4" not in told

    def test_a_place_tells_dropped_company_points(self) -> None:
        hidden = candidate(5, points={"company": 12}, data_sharing="ANONYMOUS")
        told = " ".join(ranked(hidden, by=POINTS).standing(hidden).explain("fr").split())
        assert "critère company : 0 point (les points de l’entreprise ne comptent pas" in told
        assert "choix n° 1" in told

    def test_without_tiers_no_priority_is_told(self) -> None:
        assert "priority" not in ranked(OLD, by=policy(tiers=())).standing(OLD).explain("en")

    def test_an_official_policy_is_said_to_be_one(self) -> None:
        assert "(policy “test”, version 1, official policy)" in " ".join(
            ranked(OLD, by=policy(official=True)).explain("en").split()
        )

    def test_nobody_else_is_named(self) -> None:
        assert "1111023" not in FOUR.standing(OLD).explain("fr")

    def test_another_language_is_refused(self) -> None:
        for value in (FOUR, FOUR.standing(OLD), FOUR.between(OLD, NEW)):
            with pytest.raises(InvalidValue, match="lang: 'de' is refused"):
                value.explain("de")  # type: ignore[arg-type]

    def test_who_is_set_aside_is_found_by_number(self) -> None:
        ranking = ranked(OLD, candidate(9, outcome="NOT_MET"))
        assert "not ranked" in ranking.standing(candidate(9, criteria={"A"})).explain("en")

    def test_positions_past_a_thousand_are_set_as_figures(self) -> None:
        many = ranked(*(candidate(number) for number in range(1_001)))
        one, other = many.ranked[0], many.ranked[-1]
        assert "in position 1,001:" in many.between(one, other).explain("en", width=None)

    def test_points_lost_are_told_in_the_plural(self) -> None:
        worse = candidate(1, criteria={"A"})
        told = ranked(worse, by=policy(criterion("A", -5))).standing(worse).explain("fr")
        assert "critère A : −5 points" in told.replace("\u00a0", " ")


ELSEWHERE = """
from datetime import date
from alin_core.ranking import rank
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate
criteria = [Criterion(code=c, label_fr=c, label_en=c, points=7, group=c) for c in "ABC"]
policy = RankingPolicy(
    name="n", version="1", source="s", criteria=criteria, highest_only={"A", "B"},
    outcomes={"MET", "UNKNOWN", "BORDERLINE"},
)
ranking = rank(
    {
        Candidate(
            unique_number=f"1111023{n:06}GDPUB", tier="OTHER", outcome="MET",
            lodged_on=date(2020, 1, 1), criteria=set("AB") if n % 2 else {"C"},
            proved=set("ABC"),
        )
        for n in range(40)
    },
    policy, offer="IVRY-T3", draw_key="a key",
)
print(policy.fingerprint, ranking.ranked, ranking.places[:])
"""


def test_every_process_ranks_alike() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert told != {b""}

"""What is looked up by key is like a mapping, whichever value it is."""

import pickle
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from alin_core.eligibility import assess
from alin_core.errors import InvalidValue
from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.ranking_moves import Move, compare
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.lookup import Keyed, NotFound
from alin_core.values.resources import Resources
from tests.costs import calls
from tests.every_value import classes
from tests.ranked import candidate, ranked

ON = date(2026, 11, 23)
FIRST, SECOND, GONE, STRANGER = (
    candidate(each, lodged_on=date(2023, 10, each)) for each in range(1, 5)
)
RANKING = ranked(FIRST, SECOND)
COMPARISON = compare(ranked(GONE, SECOND), RANKING)
ESTIMATE = estimate_housing_aid(
    rent=470,
    zone=3,
    household=HousingAidHousehold(couple=False, dependants=0),
    resources=0,
    on=date(2025, 10, 1),
)
ASSESSMENT = assess(
    Demand(household=Household.of(), resources=Resources()),
    Offer(reference="IVRY-T1", commune="94041", typology="T1", rent=Rent(base=400)),
    on=ON,
)
#: Each with its keys in their order, and one that it has not.
KEYED: dict[str, tuple[Any, list[Any], Any]] = {
    "assessment": (
        ASSESSMENT,
        ["income-ceiling", "typology", "affordability", "legal-priority", "company-priority"],
        "zone",
    ),
    "ranking": (RANKING, [FIRST, SECOND], STRANGER),
    "first places": (ranked(FIRST, SECOND, first=1), [FIRST], SECOND),
    "nobody": (ranked(), [], FIRST),
    "comparison": (COMPARISON, [FIRST, SECOND, GONE], STRANGER),
    "estimate": (ESTIMATE, [symbol for symbol, _ in ESTIMATE.figures], "rls"),
}
each_value = pytest.mark.parametrize("name", KEYED)


@each_value
def test_it_iterates_over_its_keys_and_counts_them(name: str) -> None:
    value, keys, absent = KEYED[name]
    assert list(value) == keys
    assert len(value) == len(keys)
    assert absent not in list(value)


@each_value
def test_what_is_in_it_is_what_is_found_by_key(name: str) -> None:
    value, keys, absent = KEYED[name]
    for key in keys:
        assert key in value
        assert value[key] == value[key]
    assert absent not in value


@each_value
def test_a_missing_key_is_a_lookup_error_that_says_which_there_are(name: str) -> None:
    value, _, absent = KEYED[name]
    with pytest.raises(LookupError, match=r" is refused; give one of ") as caught:
        value[absent]
    error = caught.value
    assert isinstance(error, NotFound)
    assert isinstance(error, InvalidValue | KeyError)
    twin = pickle.loads(pickle.dumps(error))
    assert (type(twin), str(twin)) == (NotFound, str(error))


@pytest.mark.parametrize("stranger", [0, None, [], {}, "", "999", b"R", 1.5, object()])
@each_value
def test_what_could_not_be_a_key_is_not_in_it(name: str, stranger: object) -> None:
    assert stranger not in KEYED[name][0]


def test_a_ranking_finds_a_candidature_by_its_number_too() -> None:
    assert "111 10 23 000001 GDPUB" in RANKING
    assert FIRST.unique_number in RANKING
    assert "111 10 23 000004 GDPUB" not in RANKING
    assert candidate(1, criteria={"F"}) in RANKING
    assert RANKING["111 10 23 000002 gdpub"] == RANKING[SECOND]


def test_a_comparison_has_the_moves_of_those_who_stayed_came_and_left() -> None:
    moves = {each.number: COMPARISON[each] for each in COMPARISON}
    assert moves == {
        FIRST.number: Move(comparison=COMPARISON, before=None, after=1),
        SECOND.number: COMPARISON[SECOND],
        GONE.number: Move(comparison=COMPARISON, before=2, after=None),
    }
    assert COMPARISON.moved == (FIRST, SECOND, GONE)


def test_every_place_of_a_ranking_is_found_in_linear_time() -> None:
    def lookups(count: int) -> int:
        ranking = ranked(*(candidate(each) for each in range(count)))
        return calls(lambda: [ranking[each] for each in ranking])

    assert lookups(400) < 2.2 * lookups(200)


def test_a_ranking_that_was_looked_up_is_the_same_value_and_pickles_alike() -> None:
    fresh = ranked(FIRST, SECOND)
    before = pickle.dumps(fresh)
    assert fresh[FIRST].position == 1
    assert pickle.dumps(fresh) == before
    assert (fresh, hash(fresh)) == (RANKING, hash(RANKING))


def test_whatever_the_package_looks_up_does_it_this_way() -> None:
    found = {kind for kind in classes() if hasattr(kind, "__getitem__")}
    assert {kind.__name__ for kind in found if issubclass(kind, Keyed)} == {
        "Assessment", "Comparison", "HousingAidEstimate", "Ranking",
        "Text", "Boundary", "Statement",
    }  # fmt: skip
    assert all(issubclass(kind, Keyed | Sequence) for kind in found)

"""What each of the four choices shows to the company, and allows it."""

import gc
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import example, given, reject
from hypothesis import strategies as st

from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.registration.sharing import (
    Manager,
    company_helps_with_documents,
    company_view,
    manager,
    points_possible,
    visible_fields,
)
from alin_core.values.demand import DataSharing, Demand, Identity
from alin_core.values.household import Household
from alin_core.values.resources import Resources
from tests import strategies as some

STANDARD = Rulebook.standard()
FIELDS = [field.name for field in fields(Demand)]
IDENTITY = ["identity.surname", "identity.first_name", "identity.birth_date"]
EVERYTHING = {*IDENTITY, *FIELDS} - {"identity"}
choices = st.none() | st.sampled_from(DataSharing)


def test_choice_1_shows_nothing() -> None:
    assert visible_fields("ANONYMOUS") == ()


def test_choice_2_shows_surname_first_name_and_birth_date_and_nothing_else() -> None:
    assert list(visible_fields("IDENTITY")) == IDENTITY
    assert [f"identity.{field.name}" for field in fields(Identity)] == IDENTITY


def test_choice_3_shows_a_list_that_is_our_assumption() -> None:
    assert set(visible_fields("LARGE_VIEW")) == {*IDENTITY, *STANDARD.large_view}
    hidden = EVERYTHING - set(visible_fields("LARGE_VIEW"))
    assert hidden == {"household", "co_applicant_employment", "priority_grounds", "email"}


def test_choice_4_shows_everything() -> None:
    assert set(visible_fields("DELEGATED")) == EVERYTHING


large_views = st.lists(
    st.sampled_from([name for name in FIELDS if name != "identity"]),
    min_size=1,
    max_size=len(FIELDS) - 2,
    unique=True,
)


@given(large_views)
@example(list(STANDARD.large_view))
def test_each_choice_shows_more_than_the_one_before(large: list[str]) -> None:
    rulebook = evolve(STANDARD, large_view=large)
    shown = [set(visible_fields(choice, rulebook=rulebook)) for choice in DataSharing]
    assert all(less < more for less, more in pairwise(shown))


def test_who_manages_who_helps_and_who_gives_points() -> None:
    asked = manager, company_helps_with_documents, points_possible
    table = [(choice.choice, *(ask(choice) for ask in asked)) for choice in DataSharing]
    assert table == [
        (1, Manager.APPLICANT, False, False),
        (2, Manager.APPLICANT, False, True),
        (3, Manager.APPLICANT, False, True),
        (4, Manager.COMPANY, True, True),
    ]


@pytest.mark.parametrize(
    "asked", [visible_fields, manager, company_helps_with_documents, points_possible]
)
def test_there_is_no_fifth_choice_and_none_by_default(asked: Any) -> None:
    for value in ("ALL", None, 4):
        with pytest.raises(InvalidValue, match=r"^data_sharing: "):
            asked(value)


@given(some.demands, choices)
def test_a_view_holds_the_visible_fields_in_their_order(
    demand: Demand, choice: DataSharing | None
) -> None:
    view = company_view(evolve(demand, data_sharing=choice))
    paths = () if choice is None else visible_fields(choice)
    assert tuple(path for path, _ in view) == paths
    for path, value in view:
        if path.startswith("identity."):
            expected = demand.identity and getattr(demand.identity, path.removeprefix("identity."))
        else:
            expected = getattr(evolve(demand, data_sharing=choice), path)
        assert value == expected


@given(some.demands, some.demands, choices)
def test_nothing_hidden_can_be_read_back(
    demand: Demand, other: Demand, choice: DataSharing | None
) -> None:
    """Two demands that differ by what is hidden show the same."""
    shown = () if choice is None else visible_fields(choice)
    hidden = set(FIELDS) - {path.partition(".")[0] for path in shown} - {"data_sharing"}
    one = evolve(demand, data_sharing=choice)
    try:
        two = evolve(one, **{name: getattr(other, name) for name in hidden})
    except InvalidValue:  # such as the SIRET shown of an employer that the other one lacks
        reject()
    assert company_view(one) == company_view(two)


@given(some.demands, choices)
def test_a_view_leads_to_no_demand(demand: Demand, choice: DataSharing | None) -> None:
    demand = evolve(demand, data_sharing=choice)
    view = company_view(demand)
    assert type(view) is tuple
    assert not hasattr(view, "__dict__")
    hidden = {id(demand), id(demand.household), id(demand.identity)}
    if choice is DataSharing.DELEGATED:
        hidden = {id(demand)}
    assert hidden.isdisjoint(_reached(view))


def _reached(view: Any) -> set[int]:
    """Everything that can be reached from the view, types and modules left aside."""
    found, todo = dict[int, Any](), [view]
    while todo:
        item = todo.pop()
        if id(item) not in found and not isinstance(item, type):
            found[id(item)] = item
            todo += gc.get_referents(item)
    return set(found) - {id(None)}


def test_a_company_sees_nothing_before_a_choice_is_made() -> None:
    from alin_core.values.household import Household
    from alin_core.values.resources import Resources

    demand = Demand(household=Household.of(), resources=Resources(), email="ada@example.org")
    assert company_view(demand) == company_view(evolve(demand, data_sharing="ANONYMOUS")) == ()


def test_a_reform_of_the_large_view() -> None:
    rulebook = evolve(STANDARD, large_view=("household",))
    assert visible_fields("LARGE_VIEW", rulebook=rulebook) == (*IDENTITY, "household")


def test_a_manager_is_stored_under_its_name() -> None:
    assert [each.value for each in Manager] == ["APPLICANT", "COMPANY"]


def test_a_reform_of_the_large_view_is_what_the_company_sees() -> None:
    demand = Demand(household=Household.of(), resources=Resources(), data_sharing="LARGE_VIEW")
    reform = evolve(Rulebook.standard(), large_view=["household"])
    seen = [path for path, _ in company_view(demand, rulebook=reform)]
    assert seen == [*visible_fields("IDENTITY"), "household"]

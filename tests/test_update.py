"""A demand is read on AL'in; an update says what changed and what may not."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given

from alin_core.registration.update import updated
from alin_core.rules.findings import MET, NOT_MET
from alin_core.text.registration import how_to_modify
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.identifiers import OpaqueNumber, compared
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from tests import strategies as some

NUMBER, OTHER = "1111023000123GDPUB", "1111023000124GDPUB"
OLD = Demand(
    household=Household.of(),
    resources=Resources(),
    unique_number=NUMBER,
    lodged_on=date(2023, 10, 1),
    renewed_on=date(2025, 10, 1),
    created_on_alin=date(2019, 1, 1),
)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"lodged_on": date(2023, 9, 30)}, ()),
        ({"lodged_on": date(2023, 10, 2)}, ("lodged_on",)),
        ({"lodged_on": None}, ("lodged_on",)),
        ({"unique_number": OTHER}, ("unique_number",)),
        ({"unique_number": None}, ("unique_number",)),
        ({"unique_number": OTHER, "lodged_on": None}, ("unique_number", "lodged_on")),
        ({"renewed_on": date(2026, 1, 1), "email": "ada@example.org"}, ()),
        ({"renewed_on": date(2025, 9, 30)}, ("renewed_on",)),
        ({"renewed_on": None}, ("renewed_on",)),
        ({"household": Household.of(adults=2)}, ()),
        ({"created_on_alin": date(2019, 1, 2)}, ("created_on_alin",)),
        ({"created_on_alin": None}, ("created_on_alin",)),
    ],
)
def test_what_changed_is_said_and_what_may_not_change_is_refused(
    change: dict[str, Any], refused: tuple[str, ...]
) -> None:
    finding = updated(OLD, evolve(OLD, **change))
    assert finding.fact("changed") == tuple(change)
    assert finding.fact("refused") == refused
    assert finding.outcome is (NOT_MET if refused else MET)
    assert finding.reason is None


def test_what_an_update_may_not_change_may_become_known() -> None:
    unknown = evolve(OLD, unique_number=None, lodged_on=None, renewed_on=None, created_on_alin=None)
    assert updated(unknown, OLD).outcome is MET
    assert updated(unknown, OLD).fact("changed") == (
        "unique_number",
        "lodged_on",
        "renewed_on",
        "created_on_alin",
    )


def test_one_number_may_be_written_in_two_ways() -> None:
    twin = evolve(OLD, unique_number="111 10 23 000123 gdpub")
    assert updated(OLD, twin).reason == "nothing changed"


@given(some.demands)
def test_the_same_demand_has_not_changed(demand: Demand) -> None:
    finding = updated(demand, evolve(demand))
    assert (finding.outcome, finding.reason) == (MET, "nothing changed")


@given(some.demands, some.demands)
def test_an_update_is_refused_for_four_fields_only(old: Demand, new: Demand) -> None:
    finding = updated(old, new)
    changed, refused = finding.fact("changed"), finding.fact("refused")
    assert isinstance(changed, tuple)
    assert isinstance(refused, tuple)
    four = {"unique_number", "lodged_on", "renewed_on", "created_on_alin"}
    assert set(refused) <= four & set(changed)
    for field in fields(Demand):
        same = getattr(old, field.name) == getattr(new, field.name)
        assert (field.name in changed) != same
    if finding.outcome is MET and old.unique_number is not None:
        assert new.unique_number is not None
        assert compared(new.unique_number) == compared(old.unique_number)
    if finding.outcome is MET and old.lodged_on is not None:
        assert new.lodged_on is not None
        assert new.lodged_on <= old.lodged_on
    if finding.outcome is MET and old.renewed_on is not None:
        assert new.renewed_on is not None
        assert new.renewed_on >= old.renewed_on
    if finding.outcome is MET and old.created_on_alin is not None:
        assert new.created_on_alin == old.created_on_alin


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_change_is_made_elsewhere_then_brought_back(lang: Lang) -> None:
    told = how_to_modify(lang)
    places = [told.index("demande-logement-social.gouv.fr"), told.index("Mettre à jour")]
    assert places == sorted(places)


def test_another_writing_of_the_number_is_the_same_number() -> None:
    known = evolve(OLD, unique_number="111 10 23 000123 GDPUB")
    same = evolve(OLD, unique_number=OpaqueNumber("111-10-23-000123-gdpub"))
    assert updated(known, same).outcome is MET


def test_the_finding_bears_the_id_of_its_rule() -> None:
    assert updated(OLD, OLD).rule_id == "update"

import pickle
from copy import copy, deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve, fields
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from alin_core.errors import InvalidValue, NotADate, WrongType
from alin_core.values.demand import DataSharing, Demand, Identity, PriorityGround
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household
from alin_core.values.housing import TypologyRange
from alin_core.values.identifiers import Siret, UniqueNumber
from alin_core.values.resources import Resources
from tests import strategies

POST, COUNCIL = "35600000000048", "20003452800014"
AT_THE_POST = Employment(Employer(siret=POST))
AT_THE_COUNCIL = Employment(Employer(siret=COUNCIL))


def demand(**changes: Any) -> Demand:
    fields: dict[str, Any] = {"household": Household.of(), "resources": Resources()}
    return Demand(**(fields | changes))


@pytest.mark.parametrize("ground", PriorityGround)
def test_a_ground_is_its_own_name(ground: PriorityGround) -> None:
    assert ground.value == ground.name
    assert demand(priority_grounds=[ground.name.lower()]).priority_grounds == {ground}


def test_another_ground_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidValue, match=r"^priority_grounds: 'Z' is .* one of DALO, A"):
        demand(priority_grounds={"Z"})


@pytest.mark.parametrize("value", ["DALO", None, 3])
def test_grounds_are_a_set_never_one_text(value: Any) -> None:
    with pytest.raises(WrongType, match=r"^priority_grounds: .* give a set of PriorityGround$"):
        demand(priority_grounds=value)


def test_the_four_choices_are_numbered_as_on_the_site() -> None:
    assert [sharing.choice for sharing in DataSharing] == [1, 2, 3, 4]
    assert [sharing.value for sharing in DataSharing] == [*DataSharing.__members__]
    assert DataSharing.ANONYMOUS.choice == 1
    assert demand(data_sharing="large_view").data_sharing is DataSharing.LARGE_VIEW
    assert demand().data_sharing is None
    with pytest.raises(InvalidValue, match=r"^data_sharing: 'ALL'"):
        demand(data_sharing="ALL")


def test_texts_become_values() -> None:
    held = demand(
        unique_number="111 10 23 000123 GDPUB", employment=AT_THE_POST, attached_siret=POST
    )
    assert held.unique_number == UniqueNumber("1111023000123GDPUB")
    assert held.attached_siret == Siret(POST)


def test_a_renewal_follows_the_first_deposit() -> None:
    lodged = date(2023, 10, 1)
    assert demand(lodged_on=lodged, renewed_on=lodged).renewed_on == lodged
    assert demand(renewed_on=lodged).lodged_on is None
    with pytest.raises(InvalidValue, match=r"^renewed_on: .* give a day from 2023-10-01 on"):
        demand(lodged_on=lodged, renewed_on=date(2023, 9, 30))


@pytest.mark.parametrize("field", ["lodged_on", "renewed_on", "created_on_alin"])
def test_a_day_of_a_demand_is_no_datetime(field: str) -> None:
    with pytest.raises(NotADate, match=f"^{field}: "):
        demand(**{field: datetime(2026, 11, 23)})  # noqa: DTZ001


@pytest.mark.parametrize(
    ("own", "partners", "attached", "path"),
    [
        (None, None, None, "employment"),
        (AT_THE_POST, AT_THE_COUNCIL, None, "employment"),
        (AT_THE_POST, AT_THE_COUNCIL, POST, "employment"),
        (AT_THE_POST, AT_THE_COUNCIL, COUNCIL, "co_applicant_employment"),
        (AT_THE_POST, AT_THE_POST, POST, "employment"),
        (None, AT_THE_COUNCIL, COUNCIL, "co_applicant_employment"),
        (Employment(None), AT_THE_COUNCIL, COUNCIL, "co_applicant_employment"),
        (Employment(None), AT_THE_COUNCIL, None, "employment"),
        (Employment(Employer()), None, None, "employment"),
    ],
)
def test_the_applicants_employment_counts_unless_the_other_is_attached(
    own: Employment | None, partners: Employment | None, attached: str | None, path: str
) -> None:
    held = demand(
        household=Household.of(adults=2),
        employment=own,
        co_applicant_employment=partners,
        attached_siret=attached,
    )
    assert held.counted_employment == (path, getattr(held, path))


@pytest.mark.parametrize("theirs", [Employment(None), AT_THE_COUNCIL])
@pytest.mark.parametrize("attached", [None, COUNCIL])
def test_the_employment_of_a_co_applicant_supposes_one_in_the_household(
    theirs: Employment, attached: str | None
) -> None:
    told = "is refused; give household.partner or household.co_applicants too, or leave it out$"
    for alone in (Household.of(), Household.of(dependants=2, visiting_children=1)):
        with pytest.raises(InvalidValue, match=f"^co_applicant_employment: .* {told}"):
            demand(household=alone, co_applicant_employment=theirs, attached_siret=attached)
        assert demand(household=alone).co_applicant_employment is None
    for two in (Household.of(adults=2), Household.of(adults=2, couple=True)):
        held = demand(household=two, co_applicant_employment=theirs)
        assert held.co_applicant_employment == theirs


@pytest.mark.parametrize("own", [None, Employment(None), Employment(Employer()), AT_THE_POST])
def test_an_attached_siret_is_one_of_the_two_employers(own: Employment | None) -> None:
    told = "'99999999999999' is refused; give the SIRET of .* or of the co-applicant's"
    with pytest.raises(InvalidValue, match=rf"^attached_siret: a text like {told}$"):
        demand(employment=own, attached_siret=COUNCIL)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("household", {"applicant": {}}),
        ("household", None),
        ("resources", {"monthly_income": 1}),
        ("resources", None),
        ("employment", Employer()),
        ("co_applicant_employment", POST),
        ("attached_siret", int(POST)),
        ("unique_number", 1),
        ("identity", "Martin"),
        ("email", 3),
    ],
)
def test_a_field_of_a_demand_has_its_type(field: str, value: Any) -> None:
    with pytest.raises(WrongType, match=f"^{field.removeprefix('attached_')}: "):
        demand(**{field: value})


def test_an_identity_is_two_names_and_a_birth() -> None:
    names: dict[str, Any] = {
        "surname": "Martin",
        "first_name": "Camille",
        "birth_date": date(1990, 5, 2),
    }
    held = demand(identity=Identity(**names), email="camille@example.org")
    assert held.identity == Identity(**names)
    for field in ("surname", "first_name"):
        with pytest.raises(InvalidValue, match=f"{field}: ' ' is refused"):
            Identity(**(names | {field: " "}))
        with pytest.raises(WrongType, match=f"{field}: a value of type NoneType"):
            Identity(**(names | {field: None}))
    with pytest.raises(NotADate, match="birth_date: a value of type NoneType"):
        Identity(**(names | {"birth_date": None}))


def test_what_names_a_person_is_in_no_repr() -> None:
    shown = repr(
        demand(
            unique_number="111 10 23 000123 GDPUB",
            employment=AT_THE_POST,
            attached_siret=POST,
            identity=Identity(surname="Martin", first_name="Camille", birth_date=date(1990, 5, 2)),
            email="camille@example.org",
        )
    )
    for private in ("GDPUB", POST, "Martin", "Camille", "1990", "example.org"):
        assert private not in shown
    for name in ("unique_number", "attached_siret", "siret", "surname", "first_name", "email"):
        assert f"{name}=…" in shown


VALUES = st.one_of(
    strategies.demands,
    strategies.offers,
    strategies.households,
    strategies.persons,
    strategies.resources_,
    strategies.employments,
    strategies.employers,
    strategies.typologies,
    strategies.rents,
    strategies.identities,
    strategies.unique_numbers,
    strategies.opaque_numbers,
    strategies.sirets,
    st.builds(TypologyRange, st.just("T1"), strategies.typologies),
)


@given(VALUES)
def test_every_value_hashes_pickles_and_copies_as_itself(value: Any) -> None:
    for twin in (pickle.loads(pickle.dumps(value)), copy(value), deepcopy(value), evolve(value)):
        assert twin == value
        assert hash(twin) == hash(value)


@given(VALUES)
def test_no_value_ever_changes(value: Any) -> None:
    for field in fields(type(value)):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)

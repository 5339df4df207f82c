from decimal import Decimal
from typing import Any

import pytest

from alin_core.errors import InvalidValue, WrongType, shown
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.identifiers import Siret


@pytest.mark.parametrize("sector", Sector)
def test_a_sector_is_its_own_name(sector: Sector) -> None:
    assert sector.value == sector.name
    assert Employer(sector=sector.name.lower()).sector is sector


def test_another_sector_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidValue, match=r"^sector: 'civil' is .* one of PRIVATE, AGR"):
        Employer(sector="civil")


def test_everything_about_an_employer_may_be_unknown() -> None:
    assert Employer() == Employer(siret=None, sector=None, headcount=None)


def test_the_siret_of_an_employer_is_parsed() -> None:
    employer = Employer(siret="356 000 000 00048")
    assert employer.siret == Siret("35600000000048")
    assert "siret=…" in repr(employer)


@pytest.mark.parametrize(
    ("given_as", "headcount"),
    [(0, "0"), (42, "42"), (9.99, "9.99"), ("9.9", "9.90"), (Decimal("10.00"), "10")],
)
def test_a_headcount_has_two_decimals_at_most(given_as: Any, headcount: str) -> None:
    assert Employer(headcount=given_as).headcount == Decimal(headcount)


@pytest.mark.parametrize(
    "value", [-1, 9.999, "9.999", True, float("nan"), 10**12, 10**5000, "ten"], ids=shown
)
def test_another_headcount_is_refused(value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        Employer(headcount=value)
    assert (caught.value.name, caught.value.value is value) == ("headcount", True)
    assert str(caught.value).endswith("of zero or more, with two decimals at most")
    assert "euros" not in str(caught.value)


def test_an_employment_has_an_employer_or_none() -> None:
    employer = Employer(sector=Sector.PUBLIC)
    assert Employment(employer) == Employment(employer=employer)
    assert Employment(None).employer is None
    with pytest.raises(WrongType, match="employer: a value of type str is refused; give Employer"):
        Employment("La Poste")  # type: ignore[arg-type]

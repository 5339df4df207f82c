"""Registration and submission: an answer is unknown only where a missing input could change it.

Every way to know some of the inputs is tried, and every way to complete each: UNKNOWN if and only
if the completions disagree, and the inputs that are named are those that decide, no other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.submission import number_validity
from alin_core.errors import InvalidValue
from alin_core.registration.codes import number_validation
from alin_core.registration.company import Company, check_attachment
from alin_core.registration.forms import mini_form
from alin_core.rules.findings import UNKNOWN, Finding
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household
from alin_core.values.resources import Resources

#: By path; what is not there is unknown.
Inputs = Mapping[str, Any]
#: What each input may be, once it is known.
Values = Mapping[str, Sequence[Any]]
Answer = tuple[str, str | None]

ON = date(2026, 11, 23)
DAY = timedelta(days=1)
DEMAND = Demand(household=Household.of(), resources=Resources())


def partly(values: Values) -> Iterator[dict[str, Any]]:
    """Every way to know some of the inputs."""
    for known in product((True, False), repeat=len(values)):
        paths = [path for path, is_known in zip(values, known, strict=True) if is_known]
        for chosen in product(*(values[path] for path in paths)):
            yield dict(zip(paths, chosen, strict=True))


def completed(known: Inputs, values: Values) -> Iterator[dict[str, Any]]:
    """Every way to know the others too."""
    unknown = [path for path in values if path not in known]
    for chosen in product(*(values[path] for path in unknown)):
        yield {**known, **dict(zip(unknown, chosen, strict=True))}


def check(ask: Callable[[Inputs], Finding], values: Values) -> None:
    asked = 0
    for known in partly(values):
        try:
            finding = ask(known)
        except InvalidValue:  # those cannot be together
            continue
        answers: dict[tuple[Any, ...], Answer] = {}
        for whole in completed(known, values):
            try:
                complete = ask(whole)
            except InvalidValue:
                continue
            assert not complete.missing
            answer = complete.outcome, complete.reason
            named = tuple(whole[path] for path in finding.missing)
            assert answers.setdefault(named, answer) == answer, "what decides is not named"
        possible = set(answers.values())
        assert (finding.outcome is UNKNOWN) == (len(possible) > 1), known
        assert finding.missing or possible == {(finding.outcome, finding.reason)}
        for place, path in enumerate(finding.missing):
            assert changes(place, answers), f"{path} is named and changes nothing"
        asked += 1
    assert asked > len(values)


def changes(place: int, answers: Mapping[tuple[Any, ...], Answer]) -> bool:
    """Do two answers differ where all inputs but one are the same?"""
    firsts: dict[tuple[Any, ...], Answer] = {}
    return any(
        firsts.setdefault((*named[:place], *named[place + 1 :]), answer) != answer
        for named, answer in answers.items()
    )


@pytest.mark.parametrize("later", [None, ON + DAY])
def test_number_validity(later: date | None) -> None:
    """A renewal on the day of the deposit is as good as none, which no value says yet."""
    never = "never"

    def ask(inputs: Inputs) -> Finding:
        lodged, renewed = inputs.get("lodged_on"), inputs.get("renewed_on", later)
        if renewed == never:
            if lodged is None:
                raise InvalidValue("renewed_on", never, "give the deposit")
            renewed = lodged
        return number_validity(evolve(DEMAND, lodged_on=lodged, renewed_on=renewed), on=ON)

    days = [date(2015, 1, 1), date(2025, 11, 22), date(2025, 11, 23), ON - DAY, ON]
    check(ask, {"lodged_on": [*days, ON + DAY], "renewed_on": [never, *days]})


@pytest.mark.parametrize("validated", [True, False])
def test_number_validation(validated: bool) -> None:
    days = [date(2015, 1, 1), date(2021, 4, 19), date(2021, 4, 20), ON]
    check(
        lambda inputs: number_validation(inputs.get("created_on_alin"), validated=validated),
        {"created_on_alin": days},
    )


SIRET, COMPANY = "employment.employer.siret", "company"
POST = "35600000000048"
AT_THE_POST, JOBLESS = Employment(Employer(siret=POST)), Employment(None)
COMPANIES = [Company(siret=POST, code=code) for code in (None, "LP-01", "LP-02")]
WORK: Values = {SIRET: [AT_THE_POST, JOBLESS], COMPANY: COMPANIES}
codes = pytest.mark.parametrize("code", [None, " ", "LP-01", "ZZ"])


def attached(inputs: Inputs, code: str | None) -> Finding:
    demand = evolve(DEMAND, employment=inputs.get(SIRET))
    return check_attachment(demand, inputs.get(COMPANY), code=code)


@codes
def test_company_attachment(code: str | None) -> None:
    check(lambda inputs: attached(inputs, code), WORK)


@pytest.mark.parametrize("choice", [None, *DataSharing])
@pytest.mark.parametrize("confirmed", [True, False])
@codes
def test_mini_form(code: str | None, confirmed: bool, choice: DataSharing | None) -> None:
    check(
        lambda inputs: mini_form(
            confirmed=confirmed, choice=choice, attachment=attached(inputs, code)
        ),
        WORK,
    )


@codes
@pytest.mark.parametrize("company", COMPANIES)
def test_the_company_that_is_given_is_that_of_an_employer_whose_siret_is_not_told(
    company: Company, code: str | None
) -> None:
    unsaid = {SIRET: Employment(Employer()), COMPANY: company}
    assert attached(unsaid, code) == attached({**unsaid, SIRET: AT_THE_POST}, code)


@pytest.mark.parametrize("work", [None, Employment(Employer())])
def test_where_neither_is_told_the_siret_says_which_company(work: Employment | None) -> None:
    assert attached({SIRET: work}, None).missing == (SIRET, COMPANY)

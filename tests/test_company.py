"""One attached SIRET, its company code, its rules of access, its benefit."""

import pickle
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from alin_core.errors import InvalidValue, WrongType
from alin_core.registration.company import (
    Company,
    check_attachment,
    company_access,
    company_benefit,
)
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household
from alin_core.values.identifiers import Siret
from alin_core.values.resources import Resources
from tests import strategies as some

POST, COUNCIL = "35600000000048", "20003452800014"
AT_THE_POST = Employment(Employer(siret=POST))
AT_THE_COUNCIL = Employment(Employer(siret=COUNCIL))
WITH_A_CODE = Company(siret=POST, code="007-AL")
WITHOUT = Company(siret=POST)


def demand(employment: Employment | None = AT_THE_POST, **known: Any) -> Demand:
    household = Household.of(adults=1 + ("co_applicant_employment" in known))
    return Demand(household=household, resources=Resources(), employment=employment, **known)


class TestCompany:
    """What a service knows of a company."""

    def test_its_siret_is_checked(self) -> None:
        assert WITHOUT.siret == Siret(POST)
        assert Company(siret=Siret(POST)) == WITHOUT
        with pytest.raises(InvalidValue, match=r"^siret: "):
            Company(siret="20003452800041")
        with pytest.raises(WrongType, match=r"^siret: "):
            Company(siret=None)  # type: ignore[arg-type]

    @pytest.mark.parametrize(("access", "refusal"), [(False, None), (True, "full"), (None, "full")])
    def test_a_refusal_has_a_reason_and_nothing_else_has(
        self, access: bool | None, refusal: str | None
    ) -> None:
        told = "None" if refusal is None else "a text like 'AAAA'"
        with pytest.raises(InvalidValue, match=rf"^refusal: {told} is refused"):
            Company(siret=POST, access=access, refusal=refusal)

    def test_access_is_a_yes_or_a_no(self) -> None:
        with pytest.raises(WrongType, match=r"^access: "):
            Company(siret=POST, access="yes")  # type: ignore[arg-type]

    @pytest.mark.parametrize("field", ["code", "refusal"])
    def test_a_blank_text_is_no_code_and_no_reason(self, field: str) -> None:
        with pytest.raises(InvalidValue, match=f"^{field}: "):
            Company(siret=POST, access=False, **({"refusal": "full"} | {field: " "}))

    def test_its_code_is_a_text_and_no_error_shows_it(self) -> None:
        for call in (
            lambda: Company(siret=POST, code=9071),  # type: ignore[arg-type]
            lambda: check_attachment(demand(), WITH_A_CODE, code=9071),  # type: ignore[arg-type]
        ):
            with pytest.raises(WrongType, match=r"^code: .* the zeros at its head") as e:
                call()
            assert "9071" not in f"{e.value}{e.value!r}"

    def test_its_code_is_in_no_repr(self) -> None:
        assert "007-AL" not in repr(WITH_A_CODE)
        assert "siret=…" in repr(WITH_A_CODE)
        assert evolve(WITH_A_CODE).code == "007-AL"

    @given(some.companies)
    def test_it_is_a_value(self, company: Company) -> None:
        for twin in (pickle.loads(pickle.dumps(company)), deepcopy(company), evolve(company)):
            assert (twin, hash(twin)) == (company, hash(company))


class TestAttachment:
    """« Si votre entreprise a défini un Code Entreprise, il faut le renseigner. »"""

    @pytest.mark.parametrize(
        ("company", "code", "outcome", "reason"),
        [
            (WITHOUT, None, MET, None),
            (WITHOUT, "anything", MET, None),
            (WITH_A_CODE, "007-AL", MET, None),
            (WITH_A_CODE, None, NOT_MET, "no code"),
            (WITH_A_CODE, " ", NOT_MET, "no code"),
            (WITH_A_CODE, "7-AL", NOT_MET, "wrong code"),
            (WITH_A_CODE, "007-al", NOT_MET, "wrong code"),
        ],
    )
    def test_a_code_is_asked_for_exactly_when_the_company_has_one(
        self, company: Company, code: str | None, outcome: str, reason: str | None
    ) -> None:
        finding = check_attachment(demand(), company, code=code)
        assert (finding.outcome, finding.reason) == (outcome, reason)

    def test_without_an_employer_there_is_no_company(self) -> None:
        for company in (None, WITHOUT):
            finding = check_attachment(demand(Employment(None)), company)
            assert (finding.outcome, finding.reason) == (NOT_MET, "no company")

    def test_the_company_of_the_co_applicant_is_attached_by_its_siret(self) -> None:
        both = demand(co_applicant_employment=AT_THE_COUNCIL)
        theirs = evolve(both, attached_siret=COUNCIL)
        council = Company(siret=COUNCIL)
        assert check_attachment(theirs, council).outcome is MET
        assert check_attachment(both, WITHOUT).outcome is MET
        for wrong, company in ((both, council), (theirs, WITHOUT)):
            with pytest.raises(InvalidValue, match=r"^company: .* company of the attached SIRET$"):
                check_attachment(wrong, company)

    def test_a_co_applicants_company_does_not_count_unless_attached(self) -> None:
        alone = demand(Employment(None), co_applicant_employment=AT_THE_COUNCIL)
        assert check_attachment(alone, Company(siret=COUNCIL)).reason == "no company"
        attached = evolve(alone, attached_siret=COUNCIL)
        assert check_attachment(attached, Company(siret=COUNCIL)).outcome is MET

    @pytest.mark.parametrize(
        ("employment", "missing"),
        [
            (None, ("employment.employer.siret", "company")),
            (Employment(Employer()), ("employment.employer.siret", "company")),
            (AT_THE_POST, ("company",)),
        ],
    )
    def test_what_is_not_known_is_not_refused(
        self, employment: Employment | None, missing: tuple[str, ...]
    ) -> None:
        finding = check_attachment(demand(employment), None)
        assert (finding.outcome, finding.missing, finding.reason) == (UNKNOWN, missing, None)

    @pytest.mark.parametrize(
        ("employment", "company", "code", "reason"),
        [
            (AT_THE_POST, None, "ZZ", "no code due"),
            (AT_THE_POST, None, " ", None),
            (None, WITHOUT, None, "no code due"),
            (None, WITH_A_CODE, "7-AL", "no code due"),
            (None, WITH_A_CODE, None, None),
        ],
    )
    def test_no_code_can_be_lacking_once_one_is_entered_or_none_is_defined(
        self,
        employment: Employment | None,
        company: Company | None,
        code: str | None,
        reason: str | None,
    ) -> None:
        finding = check_attachment(demand(employment), company, code=code)
        assert (finding.outcome, finding.reason) == (UNKNOWN, reason)

    @given(some.code_texts, st.none() | some.code_texts)
    def test_no_finding_holds_a_code(self, defined: str, entered: str | None) -> None:
        finding = check_attachment(demand(), Company(siret=POST, code=defined), code=entered)
        assert (finding.outcome is MET) == (entered == defined)
        assert finding.facts == ()
        assert finding.reason in {None, "no code", "wrong code"}


class TestAccess:
    """« Certaines entreprises peuvent définir des règles d’accès. »"""

    def test_allowed_refused_with_its_reason_or_unknown(self) -> None:
        refusing = Company(siret=POST, access=False, refusal="un an d’ancienneté")
        assert company_access(evolve(WITHOUT, access=True)).outcome is MET
        assert company_access(refusing).outcome is NOT_MET
        assert company_access(refusing).fact("refusal") == "un an d’ancienneté"
        for unknown in (None, WITHOUT):
            finding = company_access(unknown)
            assert (finding.outcome, finding.missing) == (UNKNOWN, ("company.access",))


class TestBenefit:
    """« Si vous souhaitez profiter de la politique logement de votre entreprise »: 2 to 4."""

    ATTACHED = Finding("company-attachment", MET)
    UNKNOWN_COMPANY = Finding("company-attachment", UNKNOWN, missing=("company",))

    @pytest.mark.parametrize("choice", DataSharing)
    def test_never_when_anonymous_possible_otherwise(self, choice: DataSharing) -> None:
        finding = company_benefit(choice, self.ATTACHED)
        anonymous = choice is DataSharing.ANONYMOUS
        assert finding.outcome is (NOT_MET if anonymous else MET)
        assert finding.reason == ("anonymous" if anonymous else None)

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("no company", "no company"),
            ("no code", "not attached"),
            ("wrong code", "not attached"),
        ],
    )
    @pytest.mark.parametrize("choice", ["DELEGATED", None])
    def test_none_without_an_attached_company(
        self, reason: str, said: str, choice: str | None
    ) -> None:
        refused = Finding("company-attachment", NOT_MET, reason=reason)
        finding = company_benefit(choice, refused)
        assert (finding.outcome, finding.reason) == (NOT_MET, said)

    def test_the_answer_of_another_rule_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match=r"^finding: .* a finding of company-attachment"):
            company_benefit("IDENTITY", Finding("company-access", MET))

    def test_it_is_unknown_only_when_an_input_could_change_it(self) -> None:
        assert company_benefit(None, self.ATTACHED).missing == ("data_sharing",)
        assert company_benefit(None, self.ATTACHED).outcome is UNKNOWN
        assert company_benefit(None, self.UNKNOWN_COMPANY).missing == ("company", "data_sharing")
        assert company_benefit("IDENTITY", self.UNKNOWN_COMPANY).missing == ("company",)
        assert company_benefit("ANONYMOUS", self.UNKNOWN_COMPANY).outcome is NOT_MET


REFUSING = Company(siret=POST, access=False, refusal="un an d’ancienneté")
ATTACHED, APART = (Finding("company-attachment", outcome) for outcome in (MET, NOT_MET))


@pytest.mark.parametrize(("rule_id", "findings"), [
    (
        "company-attachment",
        [
            *(check_attachment(demand(known), None) for known in (Employment(None), None)),
            *(check_attachment(demand(), company) for company in (None, WITHOUT, WITH_A_CODE)),
        ],
    ),
    ("company-access", map(company_access, (None, evolve(WITHOUT, access=True), REFUSING))),
    (
        "company-benefit",
        [
            company_benefit("ANONYMOUS", ATTACHED),
            *(company_benefit(None, finding) for finding in (ATTACHED, APART)),
        ],
    ),
])  # fmt: skip
def test_each_finding_bears_the_id_of_its_rule(rule_id: str, findings: Iterable[Finding]) -> None:
    assert {finding.rule_id for finding in findings} == {rule_id}

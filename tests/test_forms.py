"""Each form says all that it lacks."""

from typing import Any

import pytest
from attrs import evolve

from alin_core.errors import InvalidValue, WrongType
from alin_core.law.rulebook import Rulebook
from alin_core.registration.forms import account_form, import_request, mini_form
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding, Outcome
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.household import Household
from alin_core.values.resources import Resources

FILLED = {
    "surname": "Lovelace",
    "first_name": "Ada",
    "birth_date": "10/12/1990",
    "email": "ada@example.org",
}
ATTACHED = Finding("company-attachment", MET)


class TestAccountForm:
    """« Renseignez tous les champs », « sans oublier de cocher la case »."""

    def test_every_field_and_the_box(self) -> None:
        assert account_form(FILLED, consent=True).outcome is Outcome.MET

    @pytest.mark.parametrize("name", FILLED)
    @pytest.mark.parametrize(
        "blank",
        [
            *(None, "", " ", "\u00a0\n", "\u200b", "\u2060\u200d", "\ufeff ", "\u202e", "\u00ad"),
            *("\u0301", "\ufe0f", "\u20dd", "\x00", "\u2028", "\u2029"),
            *("\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"),
        ],
        ids=ascii,
    )
    def test_a_blank_field_is_missing(self, name: str, blank: Any) -> None:
        finding = account_form(FILLED | {name: blank}, consent=True)
        assert (finding.outcome, finding.fact("lacking")) == (Outcome.NOT_MET, (name,))

    @pytest.mark.parametrize(
        "filled", ["é", "e\u0301", "กิ", "\u200bO", "-", "0", "\ue000", "\U0001f600"]
    )
    def test_one_sign_that_shows_fills_a_field(self, filled: str) -> None:
        assert account_form(FILLED | {"surname": filled}, consent=True).outcome is Outcome.MET

    def test_all_that_is_missing_is_said(self) -> None:
        finding = account_form({}, consent=False)
        assert finding.fact("lacking") == (*FILLED, "consent")

    def test_the_box_is_ticked_by_somebody(self) -> None:
        assert account_form(FILLED, consent=False).fact("lacking") == ("consent",)
        with pytest.raises(WrongType, match=r"^consent: a value of type str"):
            account_form(FILLED, consent="yes")  # type: ignore[arg-type]

    def test_the_set_of_fields_can_be_changed(self) -> None:
        other = evolve(Rulebook.standard(), account_fields=("email", "telephone"))
        assert account_form(FILLED, consent=True, rulebook=other).fact("lacking") == ("telephone",)
        filled = {"email": "ada@example.org", "telephone": 970_800_800}
        assert account_form(filled, consent=True, rulebook=other).outcome is Outcome.MET


class TestImportRequest:
    """« Vous devez avoir obtenu votre Numéro Unique. »"""

    @pytest.mark.parametrize(
        ("number", "email", "lacking"),
        [
            ("1111023000123GDPUB", "ada@example.org", ()),
            (None, "ada@example.org", ("unique_number",)),
            ("1111023000123GDPUB", "\u200b", ("email",)),
            ("1111023000123GDPUB", None, ("email",)),
            (None, None, ("unique_number", "email")),
        ],
    )
    def test_a_number_and_an_address_for_the_code(
        self, number: str | None, email: str | None, lacking: tuple[str, ...]
    ) -> None:
        demand = Demand(
            household=Household.of(), resources=Resources(), unique_number=number, email=email
        )
        finding = import_request(demand)
        assert finding.fact("lacking") == lacking
        assert (finding.outcome is Outcome.MET) == (not lacking)


class TestMiniForm:
    """« Vérifiez vos informations », the company code, the choice on personal data."""

    @pytest.mark.parametrize("choice", [*DataSharing, "delegated"])
    def test_any_of_the_four_choices(self, choice: DataSharing | str) -> None:
        assert mini_form(confirmed=True, choice=choice, attachment=ATTACHED).outcome is MET

    def test_no_choice_is_made_by_default(self) -> None:
        finding = mini_form(confirmed=True, choice=None, attachment=ATTACHED)
        assert (finding.outcome, finding.fact("lacking")) == (NOT_MET, ("data_sharing",))
        with pytest.raises(InvalidValue, match="data_sharing: 'ALL'"):
            mini_form(confirmed=True, choice="ALL", attachment=ATTACHED)

    @pytest.mark.parametrize(
        ("reason", "outcome", "lacking"),
        [
            ("no company", MET, ()),
            ("wrong code", MET, ()),
            ("no code", NOT_MET, ("company_code",)),
        ],
    )
    def test_a_code_left_out_stops_here_and_a_wrong_one_does_not(
        self, reason: str, outcome: Outcome, lacking: tuple[str, ...]
    ) -> None:
        refused = Finding("company-attachment", NOT_MET, reason=reason)
        finding = mini_form(confirmed=True, choice="IDENTITY", attachment=refused)
        assert (finding.outcome, finding.fact("lacking")) == (outcome, lacking)

    def test_all_that_is_missing_is_said(self) -> None:
        refused = Finding("company-attachment", NOT_MET, reason="no code")
        finding = mini_form(confirmed=False, choice=None, attachment=refused)
        assert finding.fact("lacking") == ("confirmed", "data_sharing", "company_code")
        with pytest.raises(WrongType, match=r"^confirmed: "):
            mini_form(confirmed=1, choice=None, attachment=refused)  # type: ignore[arg-type]

    def test_the_answer_of_another_rule_is_refused(self) -> None:
        other = Finding("company-access", MET)
        with pytest.raises(InvalidValue, match=r"^finding: .* a finding of company-attachment$"):
            mini_form(confirmed=True, choice="IDENTITY", attachment=other)

    def test_an_unknown_company_may_ask_for_a_code(self) -> None:
        unknown = Finding("company-attachment", UNKNOWN, missing=("company",))
        finding = mini_form(confirmed=True, choice="IDENTITY", attachment=unknown)
        assert (finding.outcome, finding.missing) == (UNKNOWN, ("company",))
        refused = mini_form(confirmed=False, choice="IDENTITY", attachment=unknown)
        assert (refused.outcome, refused.missing) == (NOT_MET, ())

    def test_a_code_that_was_entered_waits_for_no_company(self) -> None:
        unknown = Finding("company-attachment", UNKNOWN, missing=("company",), reason="no code due")
        finding = mini_form(confirmed=True, choice="IDENTITY", attachment=unknown)
        assert (finding.outcome, finding.missing) == (MET, ())

    @pytest.mark.parametrize(
        "unsure",
        [
            Finding("company-attachment", NOT_MET, reason="no code"),
            Finding("company-attachment", UNKNOWN, missing=("company",)),
        ],
    )
    def test_who_stays_anonymous_needs_no_code(self, unsure: Finding) -> None:
        finding = mini_form(confirmed=True, choice="ANONYMOUS", attachment=unsure)
        assert (finding.outcome, finding.fact("lacking")) == (MET, ())
        unverified = mini_form(confirmed=False, choice="ANONYMOUS", attachment=unsure)
        assert (unverified.outcome, unverified.fact("lacking")) == (NOT_MET, ("confirmed",))

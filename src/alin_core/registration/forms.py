"""What the site asks for before it lets a person on: three forms, each with all that it lacks."""

from collections.abc import Mapping
from unicodedata import category

from alin_core.errors import InvalidValue, must_be
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.arguments import explained
from alin_core.values.demand import DataSharing, Demand

__all__ = ["account_form", "import_request", "mini_form", "must_answer"]


@explained
def account_form(
    entered: Mapping[str, object], *, consent: bool, rulebook: Rulebook | None = None
) -> Finding:
    """MET when every field is filled in and the box of consent is ticked.

    Guide, « Créer son compte »: it says « tous les champs » and shows them in a picture.
    ASSUMPTION: `Rulebook.account_fields` lists them.
    Spaces and signs that nobody sees fill in nothing.
    The box is not ticked unless somebody ticks it.

    >>> account_form({"email": "ada@example.org", "surname": " "}, consent=False).fact("lacking")
    ('surname', 'first_name', 'birth_date', 'consent')
    """
    asked = (rulebook or Rulebook.standard()).account_fields
    lacking = [name for name in asked if _is_blank(entered.get(name))]
    if not must_be(consent, bool, "consent"):
        lacking.append("consent")
    return _form("account-form", lacking)


@explained
def import_request(demand: Demand) -> Finding:
    """MET when a demand can be imported: it has its number, and an e-mail for the code.

    Guide, « Importer sa demande »: nothing is created on AL'in, where a demand only comes in by
    its number; the code goes to the e-mail of the demand.

    >>> from alin_core.values.household import Household
    >>> from alin_core.values.resources import Resources
    >>> import_request(Demand(household=Household.of(), resources=Resources())).fact("lacking")
    ('unique_number', 'email')
    """
    return _form(
        "import-request",
        [name for name in ("unique_number", "email") if _is_blank(getattr(demand, name))],
    )


@explained
def mini_form(*, confirmed: bool, choice: DataSharing | str | None, attachment: Finding) -> Finding:
    """MET when the information is confirmed, a choice of data sharing made, a due code given.

    Guide, « Importer sa demande »; `attachment` is the answer of `check_attachment`.
    A wrong company code refuses the attachment and stops nothing here; a code left out does.
    READING: under choice 1 none is due, since the company neither sees the demand nor helps.
    Consent to the account is not a choice of data sharing, and no choice is made by default.

    >>> attachment = Finding("company-attachment", NOT_MET, reason="no code")
    >>> mini_form(confirmed=True, choice="DELEGATED", attachment=attachment).fact("lacking")
    ('company_code',)
    """
    must_answer(attachment, "company-attachment")
    lacking = [] if must_be(confirmed, bool, "confirmed") else ["confirmed"]
    if choice is None:
        lacking.append("data_sharing")
    elif DataSharing(choice) is DataSharing.ANONYMOUS:
        return _form("mini-form", lacking)
    if attachment.reason == "no code":
        lacking.append("company_code")
    missing = () if attachment.reason == "no code due" else attachment.missing
    return _form("mini-form", lacking, missing)


def must_answer(finding: Finding, rule_id: str) -> Finding:
    """The finding itself when it is of that rule; raises `InvalidValue`."""
    if finding.rule_id != rule_id:
        raise InvalidValue("finding", finding.rule_id, f"give a finding of {rule_id}")
    return finding


#: Spaces, controls, what directs or joins signs, and the marks that need a sign to stand on.
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"}
#: Empty too, though Unicode has them among letters and symbols: four fillers, a braille cell.
_EMPTY = "\u115f\u1160\u3164\uffa0\u2800"


def _is_blank(value: object) -> bool:
    return value is None or (
        isinstance(value, str)
        and all(category(sign) in _UNSEEN or sign in _EMPTY for sign in value)
    )


def _form(rule_id: str, lacking: list[str], missing: tuple[str, ...] = ()) -> Finding:
    facts = (("lacking", tuple(lacking)),)
    if lacking:
        return Finding(rule_id, NOT_MET, basis=facts)
    return Finding(rule_id, UNKNOWN if missing else MET, missing=missing, basis=facts)

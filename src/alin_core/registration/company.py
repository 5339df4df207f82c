"""The company to which a demand is attached: its code, its rules of access, its benefit."""

from attrs import field

from alin_core.errors import InvalidValue, is_a
from alin_core.frozen import frozen
from alin_core.registration.codes import code_text, is_code, same_code
from alin_core.registration.forms import must_answer
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.values.arguments import explained
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.identifiers import Siret, is_text
from alin_core.values.privacy import hidden, masked

__all__ = ["Company", "check_attachment", "company_access", "company_benefit"]


def _siret(value: Siret | str) -> Siret:
    return value if isinstance(value, Siret) else Siret(value)


@frozen(kw_only=True)
class Company:
    """What a service knows of a company; its code is in no `repr`.

    >>> Company(siret="356 000 000 00048", code="LA-POSTE").siret.siren
    '356000000'

    Raises `InvalidValue` for a refusal without a reason, or a reason without a refusal.
    """

    siret: Siret = field(converter=_siret, repr=hidden)
    #: « Code Entreprise »; None: the company has defined none.
    code: str | None = field(default=None, repr=False, validator=is_code)
    #: May its employees use AL'in? None: unknown.
    access: bool | None = field(default=None, validator=is_a(bool, optional=True))
    #: Why not, in the words of the company.
    refusal: str | None = field(default=None, validator=is_text, repr=hidden)

    def __attrs_post_init__(self) -> None:
        if (self.access is False) != (self.refusal is not None):
            told = None if self.refusal is None else masked(self.refusal)
            raise InvalidValue("refusal", told, "give a reason exactly when access is False")


@explained
def check_attachment(
    demand: Demand, company: Company | None, *, code: str | None = None
) -> Finding:
    """MET when Action Logement may attach the demand to the company of its one SIRET.

    Guide, « Importer sa demande »: a company code is asked for exactly when the company has
    defined one; a code that nobody asked for is left aside.
    The reason is `no company`, `no code` or `wrong code`; neither undoes the import.
    A company of None is unknown; one that is given is that of an employer whose SIRET is not told.
    UNKNOWN has the reason `no code due` where, whatever is missing, no code can be lacking: one was
    entered, or the company has defined none.

    Raises `InvalidValue` for the company of another SIRET.
    """
    siret, reason = _attached(demand)
    if reason is not None:
        return Finding("company-attachment", NOT_MET, reason=reason)
    if company is not None and siret not in (None, company.siret):
        hint = "give the company of the attached SIRET"
        raise InvalidValue("company", masked(str(company.siret)), hint)
    reason = _code_refused(company, code)
    missing = ("company",) if company is None else ()
    if siret is None and (company is None or demand.employment is None):
        missing = ("employment.employer.siret", *missing)
    if missing:
        reason = None if reason == "no code" else "no code due"
        return Finding("company-attachment", UNKNOWN, missing=missing, reason=reason)
    return Finding("company-attachment", NOT_MET if reason else MET, reason=reason)


def _attached(demand: Demand) -> tuple[Siret | None, str | None]:
    """The attached SIRET, else the applicant's; None: unknown, or none for the reason given."""
    if demand.attached_siret is not None:
        return demand.attached_siret, None
    if demand.employment is None:
        return None, None
    employer = demand.employment.employer
    return (None, "no company") if employer is None else (employer.siret, None)


def _code_refused(company: Company | None, entered: str | None) -> str | None:
    """Why the code is refused, if it is; a company that is unknown may have defined any."""
    defined = None if company is None else company.code
    if company is not None and defined is None:
        return None
    if entered is None or not code_text(entered, "code").strip():
        return "no code"
    return None if defined is None or same_code(defined, entered) else "wrong code"


@explained
def company_access(company: Company | None) -> Finding:
    """MET when the company lets its employees use AL'in (guide, « Présentation »).

    A refusal bears its reason in the fact `refusal`; unknown is not allowed: ask the company.

    >>> company_access(None).missing
    ('company.access',)
    """
    if company is None or company.access is None:
        return Finding("company-access", UNKNOWN, missing=("company.access",))
    if company.access:
        return Finding("company-access", MET)
    return Finding("company-access", NOT_MET, basis=(("refusal", company.refusal),))


@explained
def company_benefit(choice: DataSharing | str | None, attachment: Finding) -> Finding:
    """MET when the company may help and give points, which nothing promises.

    Guide, « Choix°1 »: never when anonymous; nor without an attached company.
    The reason is `anonymous`, `no company` or `not attached`.

    >>> company_benefit("ANONYMOUS", Finding("company-attachment", MET)).reason
    'anonymous'
    """
    choice = None if choice is None else DataSharing(choice)
    if choice is DataSharing.ANONYMOUS:
        return Finding("company-benefit", NOT_MET, reason="anonymous")
    if must_answer(attachment, "company-attachment").outcome == NOT_MET:
        reason = "no company" if attachment.reason == "no company" else "not attached"
        return Finding("company-benefit", NOT_MET, reason=reason)
    missing = attachment.missing + (("data_sharing",) if choice is None else ())
    return Finding("company-benefit", UNKNOWN if missing else MET, missing=missing)

"""Registration and candidatures: the rules that bands of inputs decide, as tables."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from alin_core.candidature.events import (
    Accept,
    Decide,
    Decline,
    Event,
    Lapse,
    NotifyAward,
    Submit,
    Transmit,
    Validate,
)
from alin_core.candidature.submission import number_validity
from alin_core.law.rulebook import Rulebook
from alin_core.registration.codes import ActivationCode, check_activation_code, number_validation
from alin_core.registration.company import company_benefit
from alin_core.rules.findings import Finding, Outcome
from alin_core.values.demand import DataSharing, Demand
from alin_core.values.household import Household
from alin_core.values.resources import Resources
from alin_core.workflow import Candidature, ForbiddenEvent
from tools.decisions import ENGLISH, FRENCH, Case, DecisionTable, Input, one_case, said

__all__ = ["process_tables"]

LAW = Rulebook.standard()
_CENT = Decimal("0.01")
_YES_OR_NO = (one_case(True, "oui", "yes"), one_case(False, "non", "no"))


def process_tables() -> tuple[DecisionTable, ...]:
    """In the order of the pages."""
    registration = _activation_code(), _number_validation(), _company_benefit()
    return *registration, _answer(), _number_validity()


SENT = datetime(2026, 3, 28, 19, tzinfo=UTC)
CODE = ActivationCode(text="007133", issued_at=SENT, sent_to="ada@example.org")
_INSTANT = timedelta(microseconds=1)


def _activation_code() -> DecisionTable:
    life = timedelta(hours=LAW.activation_hours)
    hours = LAW.activation_hours
    return DecisionTable(
        name="activation-code",
        rule_id="activation-code",
        inputs=(
            Input("temps écoulé depuis l’envoi", "time since it was sent",
                  lambda one: one[1] - SENT, (
                Case("avant l’envoi", "before it was sent",
                     lambda age: age < timedelta(0), (-_INSTANT, -life)),
                Case(f"{hours} heures au plus", f"{hours} hours at most",
                     lambda age: timedelta(0) <= age <= life, (timedelta(0), life)),
                Case("davantage", "more", lambda age: age > life, (life + _INSTANT, 9 * life)),
            )),
            Input("texte saisi", "text entered", lambda one: one[0] == CODE.text, (
                one_case(True, "celui du code", "that of the code"),
                one_case(False, "un autre", "another"))),
        ),
        make=lambda age, same: (CODE.text if same else CODE.text[2:], SENT + age),
        ask=lambda one: said(check_activation_code(CODE, one[0], at=one[1])),
    )  # fmt: skip


def _number_validation() -> DecisionTable:
    first = LAW.security_code_before
    french, english = (words.day(first) for words in (FRENCH, ENGLISH))
    day = timedelta(days=1)
    return DecisionTable(
        name="number-validation",
        rule_id="number-validation",
        inputs=(
            Input("créée sur AL’in", "created on AL’in", lambda one: one[0], (
                Case(f"avant le {french}", f"before {english}",
                     lambda made: made is not None and made < first,
                     (first - day, first - 999 * day)),
                Case(f"à partir du {french}", f"from {english} on",
                     lambda made: made is not None and made >= first, (first, first + 999 * day)),
                one_case(None, "inconnu", "unknown"),
            )),
            Input("numéro déjà validé", "number validated before",
                  lambda one: one[1], _YES_OR_NO),
        ),
        make=lambda made, validated: (made, validated),
        ask=lambda one: str(number_validation(one[0], validated=one[1]).outcome),
    )  # fmt: skip


def _company_benefit() -> DecisionTable:
    attachments = {
        (finding.outcome, finding.reason): finding
        for finding in (
            Finding("company-attachment", Outcome.MET),
            Finding("company-attachment", Outcome.NOT_MET, reason="no company"),
            Finding("company-attachment", Outcome.NOT_MET, reason="wrong code"),
            Finding("company-attachment", Outcome.UNKNOWN, missing=("company",)),
        )
    }
    told = (
        ("une entreprise", "a company"), ("aucune entreprise", "no company"),
        ("code de l’entreprise absent ou faux", "company code missing or wrong"),
        ("inconnu", "unknown"),
    )  # fmt: skip
    return DecisionTable(
        name="company-benefit",
        rule_id="company-benefit",
        inputs=(
            Input("choix", "choice", lambda one: one[0], (
                *(one_case(choice, f"{choice.choice} {choice}") for choice in DataSharing),
                one_case(None, "pas encore fait", "not made yet"))),
            Input("rattachement", "attachment",
                  lambda one: (one[1].outcome, one[1].reason),
                  tuple(one_case(key, *both)
                        for key, both in zip(attachments, told, strict=True))),
        ),
        make=lambda choice, key: (choice, attachments[key]),
        ask=lambda one: said(company_benefit(*one)),
    )  # fmt: skip


OFFERED = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWER_BY = date(2026, 12, 3)
_LAST_INSTANT = datetime(2026, 12, 3, 22, 59, 59, 999_999, tzinfo=UTC)


def _awarded() -> Candidature:
    """A dwelling offered in Paris at noon, to be answered within the least time."""
    number = "111 10 23 000123 GDPUB"
    return Candidature([
        Submit(at=OFFERED, offer="IVRY-T3", unique_number=number), Validate(at=OFFERED),
        Transmit(at=OFFERED), Decide(at=OFFERED, ruling="A"),
        NotifyAward(at=OFFERED, answer_by=ANSWER_BY),
    ])  # fmt: skip


def _answer() -> DecisionTable:
    """What becomes of an offered dwelling; the last day is a whole one, in Paris."""
    awarded = _awarded()
    return DecisionTable(
        name="answer",
        rule_id="answer",
        inputs=(
            Input("événement", "event", type, tuple(
                one_case(kind, kind.__name__) for kind in (Accept, Decline, Lapse))),
            Input("quand", "when", lambda event: event.at, (
                Case("jusqu’au dernier jour pour répondre", "until the last day to answer",
                     lambda at: at <= _LAST_INSTANT, (OFFERED, _LAST_INSTANT)),
                Case("après", "later", lambda at: at > _LAST_INSTANT,
                     (_LAST_INSTANT + _INSTANT, _LAST_INSTANT + timedelta(days=99))),
            )),
        ),
        make=lambda kind, at: kind(at=at),
        ask=lambda event: _becomes(awarded, event),
    )  # fmt: skip


def _becomes(candidature: Candidature, event: Event) -> str:
    try:
        return str(candidature.after(event).state)
    except ForbiddenEvent:
        return "REFUSED"


Dated = tuple[Demand, date]


def _number_validity() -> DecisionTable:
    years = LAW.demand_validity_years
    return DecisionTable(
        name="number-validity",
        rule_id="number-validity",
        inputs=(
            Input("ce qui est connu", "what is told", _told, (
                one_case("renewed", "dernier renouvellement à ce jour", "last renewal by that day"),
                one_case("lodged", "premier dépôt seul", "first deposit alone"),
                one_case("nothing", "ni l’un ni l’autre", "neither"),
            )),
            Input("jour", "day", _age_in_days, (
                Case("avant", "before it", lambda age: age[0] < 0, (-1, -999)),
                Case(f"jusqu’au même jour, {years} an plus tard",
                     f"until the same day {years} year later",
                     lambda age: 0 <= age[0] <= age[1], (0, 365)),
                Case("ensuite", "later", lambda age: age[0] > age[1], (366, 9_999)),
            )),
        ),
        make=_dated,
        ask=lambda one: said(number_validity(one[0], on=one[1])),
    )  # fmt: skip


def _told(one: Dated) -> str:
    demand, day = one
    if demand.renewed_on is not None and demand.renewed_on <= day:
        return "renewed"
    return "nothing" if demand.lodged_on is None else "lodged"


def _age_in_days(one: Dated) -> tuple[int, int]:
    """How many days from the start, and how many the demand is valid."""
    demand, day = one
    starts = {"renewed": demand.renewed_on, "lodged": demand.lodged_on}
    start = starts.get(_told(one)) or day
    year = start.year + LAW.demand_validity_years
    last = date(year, start.month, min(start.day, 28) if start.month == 2 else start.day)
    return (day - start).days, (last - start).days


def _dated(told: str, age: int) -> Dated | None:
    day = date(2026, 11, 23)
    start = day - timedelta(days=age)
    if told == "renewed" and start > day:
        return None  # a renewal to come: nothing by that day is told
    return Demand(
        household=Household.of(),
        resources=Resources(),
        lodged_on=start if told == "lodged" else None,
        renewed_on=start if told == "renewed" else None,
    ), day

"""Each answer of registration has its sentence, in both languages, with the labels of the site."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, fields

from alin_core.law.rulebook import Rulebook
from alin_core.registration.codes import (
    ActivationCode,
    SecurityCode,
    check_activation_code,
    check_security_code,
    number_validation,
)
from alin_core.registration.company import (
    Company,
    check_attachment,
    company_access,
    company_benefit,
)
from alin_core.registration.forms import account_form, import_request, mini_form
from alin_core.registration.identity import check_identity
from alin_core.registration.password import PasswordFault, check_password
from alin_core.registration.update import updated
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Finding
from alin_core.text.wording import Words
from alin_core.values.demand import Demand, Identity
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from tests.told import LANGUAGES, spaced

SENT = datetime(2026, 11, 23, tzinfo=UTC)
ACTIVATION = ActivationCode(text="0071", issued_at=SENT, sent_to="ada@example.org")
SECURITY = [SecurityCode(text=text, sent_to="ada@example.org") for text in ("0071", "4420")]
ADA = Identity(surname="Lovelace", first_name="Ada", birth_date=date(1990, 12, 10))
POST = Company(siret="35600000000048", code="AL")
REFUSING = Company(siret="35600000000048", access=False, refusal="un an d’ancienneté")
BARE = Demand(household=Household.of(), resources=Resources())
DEMAND = evolve(
    BARE,
    unique_number="1111023000123GDPUB",
    lodged_on=date(2023, 10, 1),
    email="ada@example.org",
    employment=Employment(Employer(siret="35600000000048")),
)
JOBLESS = evolve(DEMAND, employment=Employment(None))
ATTACHED = check_attachment(DEMAND, POST, code="AL")
NO_CODE = check_attachment(DEMAND, POST)
NO_COMPANY = check_attachment(JOBLESS, None)
UNKNOWN_COMPANY = check_attachment(DEMAND, None)


def password(text: str) -> Finding:
    return check_password(text, text, user_name="ada@example.org")


def activation(text: str, hours: int) -> Finding:
    return check_activation_code(ACTIVATION, text, at=SENT + timedelta(hours=hours))


#: A finding, then what its sentence says in French and in English.
FINDINGS: dict[str, tuple[Finding, str, str]] = {
    "form complete": (account_form(dict.fromkeys(Rulebook.standard().account_fields, "x"),
                                   consent=True), "est complet", "is complete"),
    "form empty": (
        account_form({}, consent=False),
        "le nom, le prénom|la case « J’ai compris et j’accepte l’utilisation de mes données "
        "personnelles »|« Créer son compte »",
        "the surname, the first name|the box “J’ai compris",
    ),
    "import possible": (import_request(DEMAND), "l’adresse e-mail de votre demande", "your demand"),
    "import impossible": (
        import_request(BARE),
        "le Numéro Unique, l’adresse e-mail|demande-logement-social.gouv.fr|jamais sur AL’in",
        "the Numéro Unique, the e-mail address|demande-logement-social.gouv.fr|never on AL’in",
    ),
    "mini-form complete": (
        mini_form(confirmed=True, choice="IDENTITY", attachment=ATTACHED),
        "tableau de bord", "dashboard",
    ),
    "mini-form empty": (
        mini_form(confirmed=False, choice=None, attachment=NO_CODE),
        "la vérification de vos informations|données personnelles, le Code Entreprise",
        "the check of your information|personal data, the Code Entreprise",
    ),
    "mini-form unknown": (
        mini_form(confirmed=True, choice="IDENTITY", attachment=UNKNOWN_COMPANY),
        "ce que votre entreprise a défini|Code Entreprise", "what your company has defined",
    ),
    "password": (password("Abcdefg1"), "convient", "accepted"),
    "weak password": (
        password("abc"),
        "il est trop court, il n’a pas de chiffre, il n’a pas de majuscule|8 caractères",
        "it is too short, it has no digit, it has no upper-case letter|8 characters",
    ),
    "activation": (activation("0071", 1), "Votre demande est importée sur al-in.fr", "imported"),
    "no activation code": (
        check_activation_code(None, "0071", at=SENT), "Accéder à ma demande", "is sent yet"
    ),
    "activation too late": (activation("0071", 25), "24 h|« Importer sa demande »", "24 hours"),
    "wrong activation code": (
        activation("71", 1), "code d‘activation|l’adresse de votre demande", "your demand"
    ),
    "security": (check_security_code(SECURITY, "4420"), "« Mettre à jour » suffit", "one click"),
    "no security code": (check_security_code([], "4420"), "« Confirmer »", "“Confirmer”"),
    "old security code": (check_security_code(SECURITY, "0071"), "plus récent", "more recent"),
    "wrong security code": (
        check_security_code(SECURITY, "x"), "« Saisir ma demande »", "“Saisir ma demande”"
    ),
    "recent demand": (number_validation(date(2021, 4, 20)), "« Mettre à jour »", "“Mettre à jour”"),
    "old demand": (
        number_validation(date(2021, 4, 19)),
        "avant le 20 avril 2021|code de sécurité", "before 20 April 2021|security code",
    ),
    "demand of unknown creation": (
        number_validation(None),
        "la date de création de votre demande sur AL’in", "the day your demand was created",
    ),
    "same identity": (check_identity(ADA, ADA), "correspondent", "are those"),
    "another identity": (
        check_identity(ADA, evolve(ADA, surname="King", birth_date=date(1991, 1, 1))),
        "le nom, la date de naissance|Supprimez votre demande sur AL’in, puis importez-la|compte",
        "the surname, the birth date|Delete your demand on AL’in, then import it again|account",
    ),
    "updated": (
        updated(DEMAND, evolve(DEMAND, household=Household.of(adults=2))), "ont changé : le ménage",
        "changed: the household",
    ),
    "nothing changed": (updated(DEMAND, DEMAND), "rien n’a changé", "nothing changed"),
    "update refused": (
        updated(DEMAND, evolve(DEMAND, unique_number=None, lodged_on=None)),
        "le Numéro Unique, la date du premier dépôt|CCH R441-2-7",
        "the Numéro Unique, the day of the first deposit|CCH R441-2-7",
    ),
    "attached": (ATTACHED, "rattachée à votre entreprise", "attached to your company"),
    "no company": (NO_COMPANY, "aucune entreprise|N° SIRET", "no company|N° SIRET"),
    "no company code": (NO_CODE, "il faut le renseigner", "must be entered"),
    "wrong company code": (
        check_attachment(DEMAND, POST, code="x"), "reste importée", "stays imported"
    ),
    "company unknown": (
        check_attachment(BARE, None), "le N° SIRET de votre entreprise", "the N° SIRET"
    ),
    "access": (company_access(evolve(POST, access=True)), "ouvre AL’in", "use AL’in"),
    "no access": (company_access(REFUSING), "un an d’ancienneté|« Présentation »", "restricts"),
    "access unknown": (company_access(None), "demandez à votre entreprise", "ask your company"),
    "benefit": (company_benefit("DELEGATED", ATTACHED), "pas une promesse", "no promise"),
    "anonymous": (company_benefit("ANONYMOUS", ATTACHED), "ni ses points", "nor its points"),
    "benefit without company": (
        company_benefit("DELEGATED", NO_COMPANY),
        "aucune entreprise|demandeur principal", "no company|the main applicant",
    ),
    "benefit without attachment": (
        company_benefit("DELEGATED", NO_CODE), "Code Entreprise", "Code Entreprise"
    ),
    "benefit unknown": (
        company_benefit(None, UNKNOWN_COMPANY),
        "votre entreprise a défini|votre choix sur vos données", "your choice about your personal",
    ),
}  # fmt: skip

each_finding = pytest.mark.parametrize("name", FINDINGS)
each_language = pytest.mark.parametrize("lang", ["fr", "en"])


@each_finding
def test_a_sentence_says_what_matters(name: str) -> None:
    finding, *expected = FINDINGS[name]
    for lang, parts in zip(LANGUAGES, expected, strict=True):
        told = finding.explain(lang, width=None)
        assert [part for part in parts.split("|") if part not in spaced(told)] == []
        assert told.endswith(".")
        assert not re.search(r"[{}]|None|  ", told)


@each_language
def test_every_answer_has_its_own_sentence(lang: Lang) -> None:
    told = [finding.explain(lang, width=None) for finding, _, _ in FINDINGS.values()]
    assert len(set(told)) == len(told)
    answered = {(f.rule_id, f.reason or f.outcome.value) for f, _, _ in FINDINGS.values()}
    written = {
        (rule_id, answer)
        for rule_id in {rule_id for rule_id, _ in answered}
        for answer in Words.of(lang).texts["sentence"][rule_id]
    }
    assert answered == written


@each_finding
@each_language
def test_a_finding_made_by_hand_without_figures_is_told_all_the_same(name: str, lang: Lang) -> None:
    finding = FINDINGS[name][0]
    told = Finding(finding.rule_id, finding.outcome, reason=finding.reason).explain(
        lang, width=None
    )
    assert told.endswith(".")
    assert "{" not in told


@each_language
def test_every_field_and_every_fault_has_its_words(lang: Lang) -> None:
    words: dict[str, Any] = Words.of(lang).texts["word"]
    named = {field.name for field in (*fields(Demand), *fields(Identity))}
    asked = {*Rulebook.standard().account_fields, "consent", "confirmed", "company_code"}
    assert set(words["field"]) == named | asked
    assert set(words["password_fault"]) == set(PasswordFault)


def test_three_outcomes_and_no_tolerance() -> None:
    assert {finding.outcome for finding, _, _ in FINDINGS.values()} == {MET, NOT_MET, UNKNOWN}

"""Each finding has its sentence, with every figure, in both languages."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from attrs import evolve

from alin_core.candidature.submission import (
    Documents,
    available_offer,
    documents_confirmed,
    documents_deposited,
    number_territory,
    number_validity,
    unique_number_held,
)
from alin_core.eligibility import (
    affordability,
    assess,
    company_priority,
    typology_fit,
    within_income_ceiling,
)
from alin_core.errors import InvalidValue
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.law.catalogue import load, rules
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import ceiling_table
from alin_core.law.zones import Zone
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.priority import Tier, legal_priority, priority_of
from alin_core.text import wording
from alin_core.text.sentences import (
    closing,
    input_words,
    no_match,
    remedy_sentence,
    tier_sentence,
    wrapped,
)
from alin_core.text.wording import Words, label, legible
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, RentalNorm, Typology, TypologyRange
from alin_core.values.identifiers import UniqueNumber
from alin_core.values.languages import Lang
from alin_core.values.resources import Resources
from tests.test_registration_sentences import FINDINGS as REGISTRATION
from tests.told import LANGUAGES, spaced

ON = date(2026, 11, 23)
THREE = Household.of(adults=2, couple=True, dependants=1)
COUPLE = Household.of(adults=2, couple=True)
LARGE = Household.of(adults=1, dependants=7)
RENT = Rent(base="612.40", charges=85)


def ceiling(
    household: Household = THREE,
    norm: str | None = "PLUS",
    zone: Zone = Zone.OTHER_REGIONS,
    on: date = ON,
    rulebook: Rulebook | None = None,
    last_twelve_months: int | None = None,
    **years: int,
) -> Finding:
    incomes = {int(year.removeprefix("y")): amount for year, amount in years.items()}
    resources = Resources(reference_tax_income=incomes, last_twelve_months=last_twelve_months)
    wanted = None if norm is None else RentalNorm(norm)
    return within_income_ceiling(household, resources, wanted, zone, on=on, rulebook=rulebook)


def company(sector: str | None = None, headcount: str | None = None) -> Finding:
    return company_priority(Employment(Employer(sector=sector, headcount=headcount)))


def of_co_applicant(sector: str | None = None, headcount: str | None = None) -> Finding:
    employer = Employer(siret="35600000000048", sector=sector, headcount=headcount)
    own = Employment(Employer(sector="PRIVATE", headcount=120))
    held = demand(
        employment=own,
        co_applicant_employment=Employment(employer),
        attached_siret=employer.siret,
    )
    return priority_of(held).findings[1]


def without_zone() -> Finding:
    demand = Demand(household=THREE, resources=Resources())
    offer = Offer(reference="MIQUELON", commune="97501", typology="T3", rent=RENT)
    return assess(demand, offer, on=ON)["income-ceiling"]


def demand(**known: Any) -> Demand:
    given: dict[str, Any] = {"unique_number": "111102300012359900", "lodged_on": date(2026, 10, 1)}
    household = Household.of(adults=1 + ("co_applicant_employment" in known))
    return Demand(household=household, resources=Resources(), **(given | known))


def offer(**known: Any) -> Offer:
    return Offer(reference="IVRY-T3", commune="94041", typology="T3", rent=RENT, **known)


def territory(number: str) -> Finding:
    return number_territory(UniqueNumber(number), offer().commune)


def without_aid(charges: int | None) -> Finding:
    demand = Demand(household=THREE, resources=Resources(monthly_income=1_000))
    rent = Rent(base="612.40", charges=charges)
    offer = Offer(reference="T3", commune="69123", typology="T3", rent=rent)
    why = NoEstimate("missing input", ("offer.housing_aid_zone",))
    return assess(demand, offer, on=ON, housing_aid=why)["affordability"]


#: A finding for each template, with what its sentence must say in both languages.
FINDINGS: dict[str, tuple[Finding, str, str]] = {
    "aid not estimated": (
        without_aid(85),
        "Sans aide au logement, vos revenus de 1 000 €|697,40 €|2 092,20 €|la zone du logement",
        "Without housing aid, your income of €1,000|€697.40|€2,092.20|the zone of the dwelling",
    ),
    "aid not estimated, charges unknown": (
        without_aid(None),
        "1 837,20 €|il manque la zone du logement|Le montant des charges manque aussi",
        "€1,837.20|we lack the zone of the dwelling|The amount of the charges is missing too",
    ),
    "ceiling met": (
        ceiling(y2024=31_000),
        "31 000 €|revenu fiscal de référence de 2024|37 584 €|catégorie 3|autres régions"
        "|arrêté du 19 décembre 2025|1er janvier 2026|deux tables publiées|marge de 6 584 €",
        "€31,000|reference tax income of 2024|€37,584|category 3|other regions"
        "|arrêté du 19 décembre 2025|1 January 2026|two independent published tables|€6,584",
    ),
    "ceiling not met, unconfirmed": (
        ceiling(norm="PLAI", y2024=31_000),
        "dépassent de 8 449 €|PLAI de 22 551 €|qu’aucune table publiée ne confirme",
        "PLAI ceiling of €22,551 by €8,449|which no published table confirms",
    ),
    "last year": (
        ceiling(y2024=40_000, y2025=36_000),
        "36 000 €|référence de 2025, au plus 90 % du revenu de 2024",
        "€36,000|income of 2025, at most 90% of the income of 2024",
    ),
    "last twelve months": (
        ceiling(y2024=40_000, last_twelve_months=30_000),
        "revenus des douze derniers mois, au plus 90 % du revenu",
        "income of the last twelve months, at most 90% of",
    ),
    "not low enough": (
        ceiling(y2024=37_000, y2025=36_000),
        "37 000 €|tout revenu plus récent dépassant 90 % de celui-ci",
        "€37,000|any later income being above 90% of it",
    ),
    "whatever N-2": (
        ceiling(y2025=20_000),
        "20 000 €|ce qui suffit quel que soit le revenu de 2024",
        "€20,000|which is enough whatever the income of 2024",
    ),
    "further persons, two marks": (
        ceiling(LARGE, "PLAI", Zone.ILE_DE_FRANCE, y2024=30_000),
        "catégorie 6 plus 2 personnes|deux tables publiées indépendantes"
        " ; par personne supplémentaire :",
        "category 6 plus 2 persons|two independent published tables; per further person:",
    ),
    "either category": (
        ceiling(COUPLE, y2024=20_000), "catégorie 2 ou 3,|31 254 €", "category 2 or 3,|€31,254"
    ),
    "a reform": (
        ceiling(rulebook=Rulebook.standard().scaled_ceilings("1.05"), y2024=31_000),
        "39 463 €|qui n’est pas le plafond en vigueur",
        "€39,463|which is not the ceiling in force",
    ),
    "income unknown": (
        ceiling(),
        "Il manque le revenu fiscal de référence de l’année 2024, qui se compare au plafond ;"
        "|37 584 €",
        "We lack the reference tax income of year 2024, which is held against the ceiling;|€37,584",
    ),
    "income of N-2 unknown": (
        ceiling(y2025=36_000), "année 2024|36 000 €|37 584 €", "year 2024|€36,000|€37,584"
    ),
    "ages unknown": (
        ceiling(COUPLE, y2024=35_000),
        "votre date de naissance, ainsi que la date de naissance de la personne qui vit"
        " en couple avec vous, car|35 000 €|catégorie 2 ou 3",
        "your birth date, and also the birth date of your partner, as|€35,000|category 2 or 3",
    ),
    "ages and income unknown": (
        ceiling(COUPLE),
        "votre date de naissance|année 2024|catégorie 2 ou 3",
        "your birth date|year 2024|category 2 or 3",
    ),
    "norm unknown": (
        ceiling(norm=None, y2024=31_000),
        "Il manque la norme locative de l’offre (PLAI, PLUS ou PLS), dont dépend",
        "We lack the rental norm of the offer (PLAI, PLUS or PLS), on which",
    ),
    "no table": (
        ceiling(norm="LLI", y2024=31_000),
        "pas de table des plafonds LLI|(autres régions)",
        "no table of LLI ceilings|(other regions)",
    ),
    "no zone": (without_zone(), "à aucune zone de plafonds", "in no ceiling zone"),
    "size met": (
        typology_fit(3, Typology(3)),
        "Un T3|3 personnes|T3–T4|Principales règles d’attribution",
        "A T3|3 persons|T3–T4|Principales règles d’attribution",
    ),
    "too small": (
        typology_fit(4, Typology(3)),
        "Un T3 est trop petit de 1 pièce pour|4 personnes|T4–T5",
        "A T3 is 1 room too small|4 persons|T4–T5",
    ),
    "too small, open range": (
        typology_fit(7, Typology(3)),
        "trop petit de 2 pièces|7 personnes|T5 et plus",
        "2 rooms too small|7 persons|T5 and more",
    ),
    "too large": (
        typology_fit(1, Typology(4)),
        "Un T4 est trop grand de 2 pièces|1 personne :|T1–T2",
        "A T4 is 2 rooms too large|1 person:|T1–T2",
    ),
    "rent met": (
        affordability(2_450, RENT),
        "2 450 € par mois font 3,51 fois|697,40 €|environ 3 fois|2 092,20 €|marge de 357,80 €"
        "|arrêté du 10 mars 2011) : 28,47 %",
        "€2,450 a month is 3.51 times|€697.40|about 3 times|€2,092.20|€357.80 to spare"
        "|arrêté du 10 mars 2011): 28.47%",
    ),
    "rent met with aid": (
        affordability(2_000, RENT, 120),
        "2 000 € par mois et l’aide au logement de 120 € font 3,03 fois",
        "€2,000 a month and the housing aid of €120 is 3.03 times",
    ),
    "rent met by aid, income unknown": (
        affordability(None, Rent(base=30, charges=5), 120),
        "Quels que soient vos revenus|environ 3 fois|35 €|105 €|120 €",
        "Whatever your income|about 3 times|€35|€105|€120",
    ),
    "no rent": (
        affordability(None, Rent(base=0, charges=0)),
        "est de 0 € : il est à votre portée",
        "is €0: it is within your means",
    ),
    "no income": (
        affordability(0, RENT), "0 € par mois font 0 fois|2 092,20 €", "€0 a month is 0 times"
    ),
    "borderline": (
        affordability(2_000, RENT),
        "2,86 fois|il manque 92,20 €, dans une tolérance qui est notre hypothèse|« environ »",
        "2.86 times|€92.20 is missing, within a tolerance that is our assumption|“environ”",
    ),
    "rent not met": (
        affordability(1_500, RENT),
        "2,15 fois|2 092,20 €|il manque 592,20 € par mois|46,49 %",
        "2.15 times|€2,092.20|€592.20 a month is missing|46.49%",
    ),
    "rent not met, charges unknown": (
        affordability(1_500, Rent(base=700)),
        "1 500 €|hors charges, qui demande 2 100 €|au moins 600 €",
        "€1,500|without charges, which asks for €2,100|at least €600",
    ),
    "charges unknown": (
        affordability(2_450, Rent(base=700)),
        "le montant des charges, car la règle|2 100 €|2 450 €",
        "the amount of the charges, as the rule|€2,100|€2,450",
    ),
    "monthly income unknown": (
        affordability(None, RENT),
        "vos revenus mensuels, qui se compare|3 fois ce loyer de 697,40 €|2 092,20 €",
        "your monthly income, which is held|3 times this rent of €697.40|€2,092.20",
    ),
    "charges and income unknown": (
        affordability(None, Rent(base=700)),
        "le montant des charges, car|, ainsi que le montant de vos revenus mensuels",
        "the amount of the charges, as|, and also the amount of your monthly income",
    ),
    "recognised grounds": (
        legal_priority({PriorityGround.J, PriorityGround.DALO}),
        "droit au logement opposable (DALO), enfant mineur|jamais une condition|CCH L441-1",
        "enforceable right to housing (DALO), minor child|never a condition|CCH L441-1",
    ),
    "no ground": (
        legal_priority(()),
        "seul un motif reconnu compte|aucune offre",
        "only a recognised one counts|no offer",
    ),
    "company met": (
        company("PRIVATE", "42"),
        "42 salariés (secteur privé), pour un seuil de 10 salariés|jamais une condition",
        "42 employees (private sector), for a threshold of 10 employees|never a condition",
    ),
    "company not met": (
        company("AGRICULTURAL", "49.99"),
        "49,99 salariés (secteur privé agricole), au-dessous du seuil de 50 salariés",
        "49.99 employees (private agricultural sector), below the threshold of 50 employees",
    ),
    "company not met in any sector": (
        company(None, "1"),
        "1 salarié, au-dessous du seuil de 10 salariés|quel que soit son secteur",
        "1 employee, below the threshold of 10 employees|whatever its sector",
    ),
    "public employer": (
        company("PUBLIC", "300"),
        "Votre employeur est public|aucune offre",
        "Your employer is public|no offer",
    ),
    "company of the co-applicant met": (
        of_co_applicant("PRIVATE", "42"),
        "L’entreprise de votre codemandeur compte 42 salariés|votre ménage est parmi",
        "The company of your co-applicant has 42 employees|your household is among",
    ),
    "company of the co-applicant not met": (
        of_co_applicant("PRIVATE", "3"),
        "L’entreprise de votre codemandeur compte 3 salariés (secteur privé)",
        "The company of your co-applicant has 3 employees (private sector)",
    ),
    "company of the co-applicant not met in any sector": (
        of_co_applicant(None, "3"),
        "L’entreprise de votre codemandeur compte 3 salariés|quel que soit son secteur",
        "The company of your co-applicant has 3 employees|whatever its sector",
    ),
    "public employer of the co-applicant": (
        of_co_applicant("PUBLIC", "300"),
        "L’employeur de votre codemandeur est public",
        "The employer of your co-applicant is public",
    ),
    "sector of the co-applicant unknown": (
        of_co_applicant(None, "1500"),
        "l’entreprise de votre codemandeur compte 1 500 salariés",
        "the company of your co-applicant has 1,500 employees",
    ),
    "no employer": (
        company_priority(Employment(None)), "pas d’employeur|aucune offre", "no employer|no offer"
    ),
    "sector unknown": (
        company(None, "1500"),
        "le secteur de votre employeur|1 500 salariés|jamais une condition",
        "the sector of your employer|1,500 employees|never a condition",
    ),
    "headcount unknown": (
        company("AGRICULTURAL"),
        "l’effectif de votre entreprise|50 salariés (secteur privé agricole)",
        "the headcount of your company|50 employees (private agricultural sector)",
    ),
    "employment unknown": (
        company_priority(None), "votre situation d’emploi|condition", "your employment|condition"
    ),
    "number held": (unique_number_held(demand()), "Vous avez un numéro", "You have a unique"),
    "no number": (
        unique_number_held(demand(unique_number=None)), "Il vous faut d’abord", "You first need"
    ),
    "number valid": (
        number_validity(demand(), on=ON), "jusqu’au 1er octobre 2027", "until 1 October 2027"
    ),
    "number expired": (
        number_validity(demand(renewed_on=date(2026, 10, 1)), on=date(2027, 10, 2)),
        "valait jusqu’au 1er octobre 2027 et n’a pas été renouvelée",
        "was valid until 1 October 2027 and has not been renewed",
    ),
    "number to come": (
        number_validity(demand(), on=date(2026, 9, 30)),
        "à partir du 1er octobre 2026",
        "from 1 October 2026",
    ),
    "number of unknown age": (
        number_validity(demand(lodged_on=None), on=ON),
        "la date de dépôt de votre demande, ainsi que la date du dernier renouvellement de votre"
        " demande à ce jour, dont dépend",
        "the day your demand was lodged, and also the day of the last renewal of your demand by"
        " that day, on which",
    ),
    "number of unknown renewal": (
        number_validity(demand(), on=date(2027, 10, 2)),
        "Il manque la date du dernier renouvellement de votre demande à ce jour, dont dépend",
        "We lack the day of the last renewal of your demand by that day, on which",
    ),
    "territory": (territory("111102300012359900"), "sur le territoire", "in the territory"),
    "another territory": (
        territory("059102300012359900"), "d’un autre territoire|notre lecture", "our reading"
    ),
    "unread territory": (territory("120102300012359900"), "pas lire", "cannot read"),
    "documents confirmed": (
        documents_confirmed(Documents(confirmed=True, deposited=None)), "confirmé", "confirmed"
    ),
    "documents not confirmed": (
        documents_confirmed(Documents(confirmed=False, deposited=None)),
        "d’abord confirmer",
        "first confirm",
    ),
    "documents deposited": (
        documents_deposited(Documents(confirmed=True, deposited=True)), "Toutes vos", "All your"
    ),
    "documents lacking": (
        documents_deposited(Documents(confirmed=True, deposited=False)),
        "ne serait pas prise en compte",
        "would not be taken into account",
    ),
    "documents unknown": (
        documents_deposited(Documents(confirmed=True, deposited=None)),
        "Vérifiez que toutes vos pièces justificatives sont déposées :",
        "Check that all your documents are deposited:",
    ),
    "offer available": (available_offer(offer()), "est disponible", "is available"),
    "offer gone": (available_offer(offer(available=False)), "n’est plus", "no longer"),
    "own assessment": (Finding("own-assessment", Outcome.MET), "sur cette offre", "that of"),
    "assessment of another demand": (
        Finding("own-assessment", Outcome.NOT_MET, reason="another demand"),
        "une autre demande",
        "another demand",
    ),
    "assessment for a lease that is past": (
        Finding("own-assessment", Outcome.NOT_MET, reason="past lease"),
        "déjà passée",
        "already past",
    ),
    "assessment of another offer": (
        Finding("own-assessment", Outcome.NOT_MET, reason="another offer"),
        "une autre offre",
        "another offer",
    ),
    "no other candidature": (
        Finding("one-candidature", Outcome.MET), "pas d’autre", "no other active"
    ),
    "another candidature": (
        Finding("one-candidature", Outcome.NOT_MET, basis=(("active_offer", "IVRY-T3"),)),
        "à l’offre IVRY-T3 est active",
        "for offer IVRY-T3 is active",
    ),
    "not struck off": (Finding("struck-off", Outcome.MET), "Aucun bail", "No lease"),
    "perhaps struck off": (
        Finding("struck-off", Outcome.UNKNOWN, reason="inadmissible"),
        "vérifiez que|n’a pas été radiée",
        "check that|was not struck off",
    ),
    "struck off": (Finding("struck-off", Outcome.NOT_MET), "est radiée", "is struck off"),
}  # fmt: skip

each_finding = pytest.mark.parametrize("name", FINDINGS)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@each_finding
def test_a_sentence_says_every_figure_and_its_source(name: str) -> None:
    finding, *expected = FINDINGS[name]
    for lang, parts in zip(LANGUAGES, expected, strict=True):
        told = finding.explain(lang, width=None)
        assert [part for part in parts.split("|") if part not in spaced(told)] == []
        assert told.endswith(".")
        assert not re.search(r"[{}]|None|  ", told)
        source = Words.of(lang).texts["source"][finding.rule_id]
        untold = finding.reason in ("no table", "no zone")
        assert source in told or untold or finding.missing


def leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    else:
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(branch)


def french() -> Iterator[str]:
    yield from leaves(Words.of("fr").texts)
    yield from (finding.explain("fr", width=None) for finding, _, _ in FINDINGS.values())
    yield from (no_match(Words.of("fr"), offers) for offers in range(3))
    yield closing(Words.of("fr"))


def test_french_typography() -> None:
    for text in french():
        assert not re.search(r" [;:!?»€%]|« ", text), text
        assert not re.search(r"[^\u202f][;!?]|[^\u00a0][:»€%]|«[^\u00a0]", text), text


def test_english_typography() -> None:
    told = [finding.explain("en", width=None) for finding, _, _ in FINDINGS.values()]
    for text in (*leaves(Words.of("en").texts), *told):
        assert not re.search(r"[\u00a0\u202f«»]| [;:!?%]", text), text


@each_language
def test_every_template_but_the_last_resorts_is_used(lang: Lang) -> None:
    findings = [finding for finding, _, _ in (*FINDINGS.values(), *REGISTRATION.values())]
    told = [finding.explain(lang, width=None) for finding in findings]
    for templates in leaves_by_rule(lang, {finding.rule_id for finding in findings}):
        for template in templates:
            names = [name for _, name, _, _ in Formatter().parse(template) if name]
            if names not in ([], ["missing"]):
                pattern = re.sub(r"\\{\w+\\}", "(.*)", re.escape(template))
                assert any(re.fullmatch(pattern, text) for text in told), template


def leaves_by_rule(lang: Lang, rule_ids: set[str]) -> Iterator[list[str]]:
    for rule_id in rule_ids:
        yield from Words.of(lang).texts["sentence"][rule_id].values()


@each_language
@each_finding
def test_a_finding_made_by_hand_without_figures_is_told_all_the_same(name: str, lang: Lang) -> None:
    finding = FINDINGS[name][0]
    bare = Finding(finding.rule_id, finding.outcome, reason=finding.reason)
    assert re.search(r"[\w)]\.$", bare.explain(lang, width=None))
    lacking = evolve(bare, missing=("offer.colour",)).explain(lang, width=None)
    assert bool(re.search(r"offer\.colour[^,\w]", lacking)) is (
        finding.outcome is Outcome.UNKNOWN and finding.reason is None
    )


def test_figures_made_by_hand_for_a_rule_that_compares_none_are_left_out() -> None:
    finding = FINDINGS["documents lacking"][0]
    assert evolve(finding, observed=3, threshold=4).explain("en", width=None) == finding.explain(
        "en", width=None
    )


def test_no_effort_is_told_where_there_is_no_income() -> None:
    told = affordability(0, RENT).explain("en", width=None)
    assert told.endswith(
        "€2,092.20 a month is missing (AL’in guide, “Principales règles d’attribution”)."
    )


@pytest.mark.parametrize(
    ("aid", "covered"), [("697.40", False), ("697.41", True), ("2500.50", True)]
)
def test_a_rate_of_zero_is_told_with_its_reason_where_the_aid_exceeds_the_rent(
    aid: str, covered: bool
) -> None:
    finding = affordability(500, RENT, aid)
    french = finding.explain("fr", width=None).replace("\u00a0", " ")
    assert "taux d’effort officiel (arrêté du 10 mars 2011) : 0 %" in french
    assert ("0 %, car l’aide dépasse le loyer charges comprises." in french) is covered
    english = finding.explain("en", width=None)
    assert ("0%, since the aid exceeds the rent including charges." in english) is covered


def test_a_multiple_of_a_reform_is_written_as_its_language_writes_it() -> None:
    reform = evolve(Rulebook.standard(), rent_multiple="2.5")
    told = affordability(3_000, RENT, rulebook=reform).explain("fr", width=None)
    assert "il en faut environ 2,5 fois" in told.replace("\u00a0", " ")


def test_several_inputs_that_an_estimate_lacks_are_told_in_a_row() -> None:
    paths = ("offer.housing_aid_zone", "resources.housing_aid_base")
    demand = Demand(household=THREE, resources=Resources(monthly_income=1_000))
    estimate, words = NoEstimate("missing input", paths), Words.of("en")
    told = assess(demand, offer(), on=ON, housing_aid=estimate)["affordability"].explain(
        "en", width=None
    )
    assert f"{input_words(paths[0], words)}, {input_words(paths[1], words)}" in told
    assert input_words(paths[1], words) == "the base of resources of the housing aid"


def test_a_sentence_does_not_depend_on_the_decimal_context_of_the_caller() -> None:
    before = [finding.explain("fr", width=None) for finding, _, _ in FINDINGS.values()]
    with localcontext() as context:
        context.prec = 2
        assert [finding.explain("fr", width=None) for finding, _, _ in FINDINGS.values()] == before


@pytest.mark.parametrize("lang", ["de", "FR", ""])
def test_another_language_is_refused(lang: Lang) -> None:
    with pytest.raises(InvalidValue, match="give fr or en"):
        FINDINGS["no ground"][0].explain(lang, width=None)
    with pytest.raises(InvalidValue, match="give fr or en"):
        Words.of(lang)


class TestWords:
    """Every value of a closed list has its words."""

    @each_language
    @pytest.mark.parametrize(("kind", "values"), [
        ("outcome", Outcome), ("short", Outcome), ("verdict", Outcome), ("zone", Zone),
        ("ground", PriorityGround), ("sector", ["PRIVATE", "AGRICULTURAL", "PUBLIC"]),
    ])  # fmt: skip
    def test_of_an_enumeration(self, kind: str, values: Any, lang: Lang) -> None:
        assert set(Words.of(lang).texts["word"][kind]) == {str(value) for value in values}

    @each_language
    def test_of_every_mark_of_the_tables(self, lang: Lang) -> None:
        editions = [
            edition for name in ("plus", "plai") for edition in ceiling_table(name).editions
        ]
        marks = {mark for edition in editions for column in edition.columns for _, mark in column}
        assert marks < set(Words.of(lang).texts["word"]["verified"])

    @each_language
    def test_of_every_tier(self, lang: Lang) -> None:
        assert len({tier_sentence(tier, Words.of(lang)) for tier in (*Tier, None)}) == 4

    def test_of_every_outcome(self) -> None:
        assert [Words.of("fr").word("outcome", outcome) for outcome in Outcome] == [
            "Condition remplie", "À la limite", "Condition non remplie", "À vérifier",
        ]  # fmt: skip

    def test_a_value_without_a_word_is_given_as_it_is(self) -> None:
        assert Words.of("fr").word("verified", "my own mark") == "my own mark"

    @each_language
    def test_of_every_input_that_a_finding_may_miss(self, lang: Lang) -> None:
        missing = [path for finding, _, _ in FINDINGS.values() for path in finding.missing]
        own = [path for path in missing if path.startswith("employment")]
        for path in (*missing, *(f"co_applicant_{path}" for path in own)):
            assert path != input_words(path, Words.of(lang))
        two_adults = ceiling(
            Household(applicant=Person(), co_applicants=(Person(),)),
            rulebook=evolve(Rulebook.standard(), young_household_is_a_couple=False),
        )
        assert "co_applicants" not in two_adults.explain(lang, width=None)

    def test_a_source_is_one_of_the_catalogue(self) -> None:
        catalogue = {rule.id: " ".join(map(str, rule.sources)) for rule in rules()}
        for rule_id, source in Words.of("fr").texts["source"].items():
            words = source.split()
            place = words[-1] if words[0] == "CCH" else "guide" if "guide" in words else words[0]
            assert place in catalogue[rule_id]


@pytest.mark.parametrize(("amount", "fr", "en"), [
    ("0", "0\u00a0€", "€0"),
    ("1234.50", "1\u202f234,50\u00a0€", "€1,234.50"),
    ("1234567", "1\u202f234\u202f567\u00a0€", "€1,234,567"),
    ("-92.20", "−92,20\u00a0€", "−€92.20"),
    ("-0.50", "−0,50\u00a0€", "−€0.50"),
    ("899.991", "899,99\u00a0€", "€899.99"),
])  # fmt: skip
def test_an_amount(amount: str, fr: str, en: str) -> None:
    assert Words.of("fr").euros(Decimal(amount)) == fr
    assert Words.of("en").euros(Decimal(amount)) == en


def test_numbers_and_counts() -> None:
    assert Words.of("fr").number(Decimal(100)) == "100"
    assert Words.of("fr").number(Decimal("-3.20")) == "−3,2"
    assert Words.of("en").number(Decimal("1E+3")) == "1,000"
    assert [Words.of("fr").count("persons", Decimal(number)) for number in ("0", "1.5", "2")] == [
        "0 personne", "1,5 personne", "2 personnes",
    ]  # fmt: skip
    assert [Words.of("fr").count("persons", Decimal(number)) for number in ("-1.5", "-2")] == [
        "−1,5 personne", "−2 personnes",
    ]  # fmt: skip
    assert [Words.of("en").count("persons", number) for number in (0, -1, -2)] == [
        "0 persons", "−1 person", "−2 persons",
    ]  # fmt: skip


def test_french_spaces_and_apostrophes_are_set() -> None:
    typed = "l'offre : « 1 234 € » ; 3 %, 12 rue ? Oui !"
    assert Words.of("en").typeset(typed) == typed
    assert Words.of("fr").typeset(typed) == (
        "l’offre\u00a0: «\u00a01\u202f234\u00a0€\u00a0»\u202f; 3\u00a0%, 12 rue\u202f? Oui\u202f!"
    )


def test_nothing_that_somebody_wrote_moves_a_cursor() -> None:
    assert legible("a\x1b[2J\tb\n") == "a\N{REPLACEMENT CHARACTER}[2J b "


def test_the_spaces_where_no_line_may_break_are_kept() -> None:
    assert legible("«\u00a01\u202f234\u00a0€\u00a0»") == "«\u00a01\u202f234\u00a0€\u00a0»"


def test_days() -> None:
    assert Words.of("fr").day(date(2026, 1, 1)) == "1er janvier 2026"
    assert Words.of("fr").day(date(2026, 12, 21)) == "21 décembre 2026"
    assert Words.of("en").day(date(2026, 8, 1)) == "1 August 2026"


@pytest.mark.parametrize(("remedy", "fr", "en"), [
    (("income-ceiling", "offer.norm", (RentalNorm.PLUS, RentalNorm.PLS)), "S ou PLS", "S or PLS"),
    (("typology", "offer.typology", TypologyRange(Typology(4), Typology(5))), "T4–T5", "T4–T5"),
    (("typology", "offer.typology", TypologyRange(Typology(5), None)), "T5 et plus", "T5 and more"),
    (("affordability", "offer.rent", Decimal("816.66")), "816,66 €", "€816.66"),
    (("affordability", "resources.monthly_income", Decimal("2092.20")), "2 092,20 €", "€2,092.20"),
])  # fmt: skip
def test_a_remedy(remedy: tuple[str, str, object], fr: str, en: str) -> None:
    assert fr in spaced(remedy_sentence(*remedy, Words.of("fr")))
    assert en in remedy_sentence(*remedy, Words.of("en"))


@each_language
def test_the_page_names_the_commission_and_where_the_rules_are(lang: Lang) -> None:
    assert "CALEOL" in closing(Words.of(lang))
    assert "demande-logement-social.gouv.fr" in closing(Words.of(lang))


@each_language
def test_no_offer_at_all_one_and_several_that_fail_are_told_apart(lang: Lang) -> None:
    advices = {no_match(Words.of(lang), offers) for offers in range(4)}
    assert len(advices) == 3
    for advice in advices:
        assert "Mettre à jour ma demande" in spaced(advice)
        assert "demande-logement-social.gouv.fr" in advice
        assert "al-in.fr" in advice


def test_nothing_promises_a_dwelling() -> None:
    for text in (*leaves(Words.of("fr").texts), *leaves(Words.of("en").texts)):
        assert not re.search(
            r"vous (obtenez|aurez|êtes éligible)|you (get|will)|garanti|guarant", text
        )


def test_labels_are_printed_letter_for_letter() -> None:
    assert label("hotline") == "0 970 800 800"
    assert label("label.update_my_demand") == "Mettre à jour ma demande"
    assert label("site.al_in", "url") == "https://www.al-in.fr/"


def test_lines_break_at_ordinary_spaces_only() -> None:
    text = wrapped("douze mots «\u00a0environ\u00a0» 1\u202f234,50\u00a0€ N-2", 12, "  ")
    assert text == "douze mots\n  «\u00a0environ\u00a0»\n  1\u202f234,50\u00a0€\n  N-2"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "fr",
            "calculé à partir du plafond PLUS\u202f; pour celui-ci, chiffre lu dans deux tables",
        ),
        ("en", "computed from the PLUS ceiling; for the latter, figure read in two independent"),
    ],
)
def test_a_pls_ceiling_is_not_said_to_be_read_in_print(lang: Lang, told: str) -> None:
    resources, day = Resources(reference_tax_income={2024: 31_000}), date(2026, 11, 23)
    for norm in (RentalNorm.PLS, RentalNorm.PLUS):
        finding = within_income_ceiling(Household.of(), resources, norm, Zone.OTHER_REGIONS, on=day)
        assert (told in finding.explain(lang, width=None)) is (norm is RentalNorm.PLS)


def test_a_reform_of_the_drop_is_told_by_its_own_figure() -> None:
    reform = evolve(Rulebook.standard(), income_drop="0.95")
    resources, day = Resources(reference_tax_income={2024: 20_000, 2025: 19_000}), date(2026, 6, 1)
    finding = within_income_ceiling(
        Household.of(), resources, RentalNorm.PLUS, Zone.OTHER_REGIONS, on=day, rulebook=reform
    )
    assert "at most 95% of the income of 2024" in finding.explain("en", width=None)


def test_no_text_stands_in_two_files() -> None:
    folder = Path(__file__).parent.parent / "src" / "alin_core" / "law" / "data" / "sentences"
    files = {path.stem: keys_of(load(f"sentences/{path.stem}")) for path in folder.iterdir()}
    keys = [key for found in files.values() for key in found]
    assert len(keys) == len(set(keys))
    assert set(files) == set(wording._SUBJECTS)


def keys_of(tree: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, branch in tree.items():
        found += keys_of(branch, (*path, name)) if isinstance(branch, dict) else [(*path, name)]
    return found

"""The rules of a verdict whose answer follows from a few bands of inputs, each as a table."""

from datetime import date
from decimal import Decimal

from alin_core.eligibility import HouseholdCategory, income_ceiling
from alin_core.law.catalogue import load
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import NoZone, Zone, zone_of
from alin_core.rules.affordability import affordability
from alin_core.rules.household_category import household_category
from alin_core.rules.income_ceiling import within_income_ceiling
from alin_core.rules.typology import typology_fit
from alin_core.values.household import Household, Person
from alin_core.values.housing import Rent, RentalNorm, Typology
from alin_core.values.resources import Resources
from tools.decisions import ENGLISH, FRENCH, Case, DecisionTable, Input, one_case, said

__all__ = ["DAY", "verdict_tables"]

LAW = Rulebook.standard()
DAY = date(2026, 11, 23)
_CENT = Decimal("0.01")


def verdict_tables() -> tuple[DecisionTable, ...]:
    """In the order of the pages."""
    return _typology(), _household_category(), _income(), _zone(), _affordability()


def _typology() -> DecisionTable:
    """Rows by number of persons, as the guide has them."""
    most = len(LAW.typologies)
    rooms = max(fits.largest.rooms for fits in LAW.typologies if fits.largest) + 1
    return DecisionTable(
        name="typology",
        rule_id="typology",
        inputs=(
            Input("personnes", "persons", lambda given: given[0], _up_to(most)),
            Input("pièces", "rooms", lambda given: given[1], _up_to(rooms, "T")),
        ),
        make=lambda persons, size: (persons, size),
        ask=lambda given: said(typology_fit(given[0], Typology(given[1]))),
    )


def _up_to(last: int, sign: str = "") -> tuple[Case, ...]:
    """One, two and so on; the last one for everything above."""
    more = Case(
        f"{sign}{last} et plus",
        f"{sign}{last} and more",
        lambda number: number >= last,
        (last, last + 1, last + 7),
    )
    return (*(one_case(number, f"{sign}{number}") for number in range(1, last)), more)


def _household_category() -> DecisionTable:
    """Of households whose ages are known."""
    ages = LAW.young_couple_ages
    return DecisionTable(
        name="household-category",
        rule_id="household-category",
        inputs=(
            Input("qui", "who", lambda one: one, (
                Case("un adulte seul avec personne à charge", "one adult alone with a dependant",
                     _is_alone_with_dependants, ("alone",)),
                Case(f"un couple sans personne à charge, {ages} ans au plus à deux",
                     f"a couple without dependants, {ages} years together at most",
                     _is_young, ((ages // 2, ages - ages // 2), (18, 18))),
                Case("tout autre ménage", "any other household",
                     lambda one: not _is_alone_with_dependants(one) and not _is_young(one),
                     ("adults", (ages // 2, ages + 1 - ages // 2))),
            )),
            Input("carte « invalidité »", "“invalidité” card", _is_disabled, (
                one_case(True, "oui", "yes"), one_case(False, "non", "no"))),
            Input("personnes (n)", "persons (n)", lambda one: one.persons, _up_to(7)),
        ),
        make=_household,
        ask=_category_text,
    )  # fmt: skip


def _is_alone_with_dependants(one: Household) -> bool:
    return one.adults == 1 and one.persons > 1


def _is_young(one: Household) -> bool:
    if one.partner is None or one.persons != 2:
        return False
    ages = (one.applicant.age(DAY), one.partner.age(DAY))
    return sum(age for age in ages if age is not None) <= LAW.young_couple_ages


def _is_disabled(one: Household) -> bool:
    partner = (one.partner,) if one.partner else ()
    others = (*partner, *one.co_applicants, *one.dependants, *one.visiting_children)
    return any(person.disabled for person in (one.applicant, *others))


def _household(who: str | tuple[int, int], disabled: bool, persons: int) -> Household | None:
    someone, first = Person(), Person(disabled=disabled)
    if who == "alone":
        dependants = (someone,) * (persons - 1)
        return Household(applicant=first, dependants=dependants) if dependants else None
    if who == "adults":
        return Household(applicant=first, co_applicants=(someone,) * (persons - 1))
    births = [date(DAY.year - int(age), DAY.month, DAY.day) for age in who]
    couple = Household(
        applicant=Person(birth_date=births[0], disabled=disabled),
        partner=Person(birth_date=births[1]),
    )
    return couple if persons == 2 else None


def _category_text(one: Household) -> str:
    """The category; from seven persons on, the further amount is added so often."""
    found, n = household_category(one, on=DAY), one.persons
    if not found.further_persons:
        return str(found.number)
    return f"{found.number} + (n − {n - found.further_persons})"


_CEILING = income_ceiling(RentalNorm.PLUS, Zone.OTHER_REGIONS, HouseholdCategory(3), on=DAY).amount
_DROP = LAW.income_drop


def _income() -> DecisionTable:
    """Which income counts, and whether it exceeds the ceiling."""
    drop_fr, drop_en = (words.number(100 * _DROP) for words in (FRENCH, ENGLISH))
    return DecisionTable(
        name="income-ceiling",
        rule_id="income-ceiling",
        inputs=(
            Input("revenu de l’année N−2", "income of year N−2",
                  lambda one: _n_2(one) is not None, (
                      one_case(True, "connu", "known"), one_case(False, "inconnu", "unknown"))),
            Input("le plus bas des revenus plus récents", "lowest later income", _claim, (
                one_case("none", "aucun", "none"),
                one_case("low",
                     f"au plus {drop_fr} % de l’année N−2 (du plafond, si elle est inconnue)",
                     f"at most {drop_en}% of year N−2 (of the ceiling, if that is unknown)"),
                one_case("high", "davantage", "more"),
            )),
            Input("revenu retenu", "income that counts", _used, (
                Case("au plus le plafond", "at most the ceiling",
                     lambda used: used is not None and used <= _CEILING, (_CEILING, Decimal(0))),
                Case("plus que le plafond", "more than the ceiling",
                     lambda used: used is not None and used > _CEILING,
                     (_CEILING + _CENT, 2 * _CEILING)),
                one_case(None, "inconnu", "unknown"),
            )),
        ),
        make=_resources,
        ask=_income_text,
    )  # fmt: skip


def _n_2(one: Resources) -> Decimal | None:
    return one.tax_income(DAY.year - 2)


def _lowest(one: Resources) -> Decimal | None:
    later = (one.tax_income(DAY.year - 1), one.last_twelve_months)
    return min((amount for amount in later if amount is not None), default=None)


def _claim(one: Resources) -> str:
    lowest, n_2 = _lowest(one), _n_2(one)
    if lowest is None:
        return "none"
    return "low" if lowest <= _DROP * (_CEILING if n_2 is None else n_2) else "high"


def _used(one: Resources) -> Decimal | None:
    return _lowest(one) if _claim(one) == "low" else _n_2(one)


def _resources(known: bool, claim: str, used: Decimal | None) -> Resources | None:
    """Incomes at the very edge: the ceiling, a cent above it, exactly the share that counts."""
    n_2, n_1 = DAY.year - 2, DAY.year - 1
    if not known:
        later = {"none": None, "low": _DROP * _CEILING, "high": _DROP * _CEILING + _CENT}[claim]
        incomes = {} if later is None else {n_1: later}
        return Resources(reference_tax_income=incomes) if _is_settled(claim, used) else None
    if used is None:
        return None
    if claim == "low":
        before = (used / _DROP).quantize(_CENT, "ROUND_UP")
        return Resources(reference_tax_income={n_2: before}, last_twelve_months=used)
    after = {} if claim == "none" else {n_1: (_DROP * used).quantize(_CENT, "ROUND_FLOOR") + _CENT}
    return Resources(reference_tax_income={n_2: used} | after)


def _is_settled(claim: str, used: Decimal | None) -> bool:
    """Without year N−2 an income counts only when it is low enough, hence under the ceiling."""
    return used == _CEILING if claim == "low" else used is None


def _income_text(one: Resources) -> str:
    who = Household.of(adults=3)
    finding = within_income_ceiling(who, one, RentalNorm.PLUS, Zone.OTHER_REGIONS, on=DAY)
    if finding.outcome == "UNKNOWN":
        return "UNKNOWN"
    source = finding.fact("income_source")
    return f"{finding.outcome}, {source if source == 'year N-2' else 'later income'}"


def _zone() -> DecisionTable:
    zones = load("zones")
    near = {*zones["paris_and_adjoining"]["paris"], *zones["paris_and_adjoining"]["adjoining"]}
    region, overseas = zones["ile_de_france"]["departments"], zones["overseas"]["departments"]
    adjoining = len(zones["paris_and_adjoining"]["adjoining"])
    elsewhere = [f"{number:02}" for number in range(1, 96) if number != 20] + ["2A", "2B"]
    return DecisionTable(
        name="zone",
        rule_id="zone",
        inputs=(
            Input("commune du logement", "commune of the dwelling", lambda code: code, (
                Case(f"Paris et ses {adjoining} communes limitrophes",
                     f"Paris and its {adjoining} adjoining communes",
                     lambda code: code in near, tuple(near)),
                Case(f"toute autre des départements {', '.join(region)}",
                     f"any other of departments {', '.join(region)}",
                     lambda code: code[:2] in region and code not in near,
                     ("77284", "91228", "94046", "95127", "93059")),
                Case("tout autre département de métropole, Corse comprise",
                     "any other department of metropolitan France, Corsica included",
                     lambda code: code[:2] in elsewhere and code[:2] not in region,
                     tuple(f"{name}001" for name in elsewhere if name not in region)),
                Case(f"départements {', '.join(overseas)}", f"departments {', '.join(overseas)}",
                     lambda code: code[:3] in overseas, tuple(f"{name}01" for name in overseas)),
                Case("tout autre territoire d’outre-mer", "any other territory overseas",
                     lambda code: code[:2] in ("97", "98") and code[:3] not in overseas,
                     ("97502", "97701", "97801", "98735")),
            )),
        ),
        make=lambda code: code,
        ask=_zone_text,
    )  # fmt: skip


def _zone_text(code: str) -> str:
    try:
        return str(zone_of(code))
    except NoZone as error:
        return type(error).__name__


Means = tuple[Decimal | None, Rent, Decimal]


def _affordability() -> DecisionTable:
    most, least = LAW.rent_multiple, LAW.rent_multiple * (1 - LAW.rent_tolerance)
    (most_fr, most_en), (least_fr, least_en) = (
        [words.number(figure) for words in (FRENCH, ENGLISH)] for figure in (most, least)
    )
    return DecisionTable(
        name="affordability",
        rule_id="affordability",
        inputs=(
            Input("revenus", "income", lambda one: one[0] is not None, (
                one_case(True, "connus", "known"),
                one_case(False, "inconnus, l’aide seule comptant",
                         "unknown, the aid alone counting"))),
            Input("charges", "charges", lambda one: one[1].charges is not None, (
                one_case(True, "connues", "known"),
                one_case(False, "inconnues, le loyer seul comptant",
                         "unknown, the rent alone counting"))),
            Input("revenus et aide, en loyers charges comprises",
                  "income and aid, in rents including charges", _in_rents, (
                Case(f"{most_fr} et plus", f"{most_en} and more",
                     lambda pair: pair[0] >= most * pair[1], (most, 9 * most)),
                Case(f"de {least_fr} à moins de {most_fr}", f"from {least_en} to below {most_en}",
                     lambda pair: least * pair[1] <= pair[0] < most * pair[1],
                     (least, most - _CENT)),
                Case(f"moins de {least_fr}", f"below {least_en}",
                     lambda pair: pair[0] < least * pair[1], (least - _CENT, Decimal(0))),
            )),
        ),
        make=_means,
        ask=lambda one: said(affordability(*one)),
    )  # fmt: skip


def _in_rents(one: Means) -> tuple[Decimal, Decimal]:
    income, rent, aid = one
    return (income or Decimal(0)) + aid, rent.base + (rent.charges or Decimal(0))


def _means(income: bool, charges: bool, rents: Decimal) -> Means:
    rent = Rent(base=100 if not charges else 80, charges=20 if charges else None)
    return (100 * rents, rent, Decimal(0)) if income else (None, rent, 100 * rents)

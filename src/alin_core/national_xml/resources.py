"""The resources of a demand of the national XML: monthly lists and tax incomes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from alin_core.errors import must_be
from alin_core.law.rulebook import Rulebook
from alin_core.national_xml.elements import Branch, names
from alin_core.national_xml.texts import amount, year
from alin_core.national_xml.values import MonthlyResource, NoteReason
from alin_core.values.amounts import add, subtract

__all__ = [
    "TaxIncomes",
    "household_tax_income",
    "monthly_income",
    "monthly_resources",
    "tax_incomes",
]

#: Euros per year by income year; None: the file gives the year and no amount.
TaxIncomes = Mapping[int, Decimal | None]

_TAX = names("anneeMoins1 montantMoins1 anneeMoins2 montantMoins2")
_LINE = names("ressource montant")

#: The codes of what is received, as the form of the demand lists them.
_RECEIVED = frozenset(
    "SAL RET CHO PAR PINV AF AAH AEEH AJPP RSA AMV PAJE BE AUT".split()  # noqa: SIM905
)
#: Housing aid is never part of the income (notice of the form).
_HOUSING_AID = frozenset({"APL", "AL", "ALF", "ALS"})
_PAID = frozenset({"PAV"})


def tax_incomes(person: Branch) -> TaxIncomes:
    """The tax incomes of one person, by the years that the file itself gives."""
    found = person.due("revenuFiscal", person.branch("revenuFiscal", _TAX))
    incomes: dict[int, Decimal | None] = {}
    if found is None:
        return incomes
    for back in ("Moins1", "Moins2"):
        income_year, income = found.read(f"annee{back}", year), found.read(f"montant{back}", amount)
        if income_year is None:
            if income is not None:
                found.note(f"annee{back}", NoteReason.ABSENT)
        elif income_year in incomes and incomes[income_year] != income:
            found.note(f"annee{back}", NoteReason.TWO_TAX_INCOMES, str(income_year))
            incomes[income_year] = None
        else:
            incomes[income_year] = income
    return incomes


def household_tax_income(
    applicant: TaxIncomes,
    partner: TaxIncomes | None = None,
    others: Sequence[TaxIncomes] = (),
    *,
    joint: bool = False,
    rulebook: Rulebook | None = None,
) -> dict[int, Decimal | None]:
    """The reference tax income of a household by year: the sum over persons; None: unknown.

    `joint`: the partner is married to the applicant or bound by a PACS, which the law taxes
    together (CGI 6, 1).
    READING, `common_tax_notice` of the rulebook: the amount that such a partner lacks stands on
    the notice of the applicant, whose amount is then the couple's.
    Anyone else's missing amount is not zero: the year is unknown.

    >>> household_tax_income({2024: Decimal(31_000)}, {2024: None}, joint=True)
    {2024: Decimal('31000')}
    >>> household_tax_income({2024: Decimal(31_000)}, {2024: None})
    {2024: None}
    """
    rulebook = rulebook or Rulebook.standard()
    must_be(joint, bool, "joint")
    couple = () if partner is None else (partner,)
    households: dict[int, Decimal | None] = {}
    for known in sorted({*chain(applicant, *couple, *others)}):
        amounts = [applicant.get(known), *(person.get(known) for person in others)]
        if partner is not None:
            share = partner.get(known)
            shared = share is None and joint and rulebook.common_tax_notice
            amounts += [] if shared else [share]
        households[known] = _total(amounts)
    return households


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for each in amounts:
        if each is None:
            return None
        total = add(total, each)
    return total


def monthly_resources(person: Branch, key: str) -> Iterator[MonthlyResource]:
    """The lines of the four lists of a person: theirs and their dependants', received and paid."""
    for name, of_dependants, sign_of in _LISTS:
        for line in person.members(name, "detailRessource", _LINE):
            code = line.due("ressource", line.code("ressource"))
            yield MonthlyResource(
                person=key,
                of_dependants=of_dependants,
                code=code,
                amount=line.due("montant", line.read("montant", amount)),
                sign=sign_of(line, code),
            )


def _received(line: Branch, code: str | None) -> int:
    """Whatever is received counts, housing aid aside."""
    if code is None or code in _RECEIVED:
        return 1
    if code in _HOUSING_AID:
        line.note("ressource", NoteReason.HOUSING_AID, code)
        return 0
    left_out = code in _PAID
    reason = NoteReason.UNKNOWN_LEFT_OUT if left_out else NoteReason.UNKNOWN_COUNTED
    line.note("ressource", reason, code)
    return 0 if left_out else 1


def _paid(line: Branch, code: str | None) -> int:
    """Maintenance alone is subtracted."""
    if code in _PAID:
        return -1
    if code is not None:
        line.note("ressource", NoteReason.UNKNOWN_LEFT_OUT, code)
    return 0


#: The lists of a person, whether they are of dependants, and how a line counts.
_LISTS = (
    ("listeRessourceRecue", False, _received),
    ("listeRessourceVersee", False, _paid),
    ("listeRessourceRecuePersACharge", True, _received),
    ("listeRessourceVerseePersACharge", True, _paid),
)


def monthly_income(lines: Iterable[MonthlyResource]) -> Decimal | None:
    """What is received less the maintenance that is paid; below zero when more is paid.

    None: an amount that counts is not in the file.
    """
    income = Decimal(0)
    for line in lines:
        if line.sign:
            if line.amount is None:
                return None
            income = (add if line.sign > 0 else subtract)(income, line.amount)
    return income

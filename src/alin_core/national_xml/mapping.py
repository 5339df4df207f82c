"""One demand of the national XML as values: its household, its resources, its number."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from attrs import define

from alin_core.errors import InvalidValue
from alin_core.law.rulebook import Rulebook
from alin_core.national_xml.elements import Branch, Refusal, leaves, names
from alin_core.national_xml.persons import ADULT, Adult, Child, adult, children, note_twice
from alin_core.national_xml.resources import household_tax_income, monthly_income
from alin_core.national_xml.texts import count
from alin_core.national_xml.values import Kept, MonthlyResource, Note, NoteReason, SneDemand
from alin_core.values.demand import Demand
from alin_core.values.household import Household
from alin_core.values.identifiers import OpaqueNumber, UniqueNumber, normalised
from alin_core.values.resources import Resources

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_demand"]

_DEMAND = names("numUnique dateCreationDemande personnePhysique")
_HOUSEHOLD = names(
    "demandeur listePersonneACharge personneANaitre listePersonneEnGarde listeCotitulaire"
    " logementActuel"
)
_UNBORN = names("nombre dateNaissancePrevue")
_DWELLING = names(
    "listeModeleLogement montantMensuelLoyer nombreHabitant categorieLogement typeLogementActuel"
    " surface proprietaire"
)

#: The link of a partner, and the situation it goes with: spouse, PACS partner, cohabitant.
_PARTNERS = {"M": "M", "P": "P", "C": "U"}
_FLAT_SHARER = "L"
#: Taxed together (CGI 6, 1).
_JOINT = ("M", "P")


@define(kw_only=True, eq=False)
class _Family:
    """Everyone that a demand names."""

    applicant: Adult
    partner: Adult | None
    co_applicants: Sequence[Adult]
    young: Sequence[Child]
    #: All who sign: after the applicant, whose employer may count stands first.
    adults: Sequence[Adult]

    @property
    def lines(self) -> Iterator[MonthlyResource]:
        """The monthly resources of all who sign."""
        return chain.from_iterable([one.lines for one in self.adults])


def read_demand(
    element: "Element",
    path: str,
    file_date: date | None,
    notes: list[Note],
    rulebook: Rulebook,
) -> SneDemand:
    """The demand that a `demandeLogement` holds; its notes follow those that are given.

    Raises `Refusal` for an impossible value, and the errors of the values that are made of them.
    """
    branch = Branch(element, "", _DEMAND, file_date, notes)
    inside = branch.branch("personnePhysique", _HOUSEHOLD)
    first = None if inside is None else inside.branch("demandeur", ADULT)
    if inside is None or first is None:
        error = InvalidValue("demandeur", None, "give the natural person who applies")
        raise Refusal("personnePhysique/demandeur", error)
    family = _family(inside, adult(first, "demandeur"))
    everyone: list[Adult | Child] = [*family.adults, *family.young]
    note_twice(everyone)
    return SneDemand(
        path=path,
        file_date=file_date,
        demand=_demand(branch, family, _unborn(inside), rulebook),
        persons=tuple([one.told for one in everyone]),
        monthly_resources=tuple(family.lines),
        current_dwelling=_dwelling(inside),
        notes=tuple(notes),
    )


def _family(inside: Branch, applicant: Adult) -> _Family:
    found = inside.members("listeCotitulaire", "cotitulaire", ADULT)
    others = [adult(other, f"cotitulaire[{rank}]") for rank, other in enumerate(found, 1)]
    partner = _partner(applicant, others)
    co_applicants = [other for other in others if other is not partner]
    couple = [applicant] if partner is None else [applicant, partner]
    return _Family(
        applicant=applicant,
        partner=partner,
        co_applicants=co_applicants,
        young=list(children(inside)),
        adults=couple + co_applicants,
    )


def _demand(branch: Branch, family: _Family, unborn: int, rulebook: Rulebook) -> Demand:
    number, lodged_on = _number(branch)
    applicant, signing = family.applicant, family.adults[1:]
    return Demand(
        unique_number=number,
        lodged_on=lodged_on,
        household=_household(family, unborn),
        resources=_resources(family, rulebook),
        employment=applicant.employment,
        co_applicant_employment=signing[0].employment if signing else None,
        identity=next(iter(applicant.told.identities), None),
        email=applicant.branch.due("mel", applicant.branch.text("mel")),
    )


def _number(branch: Branch) -> tuple[UniqueNumber | OpaqueNumber | None, date | None]:
    """The unique number and the day of deposit, which it repeats in part."""
    text = branch.text("numUnique")
    # A dash alone says that there is none.
    text = branch.due("numUnique", text if text and normalised(text) else None)
    lodged_on = branch.day("dateCreationDemande")
    if lodged_on and branch.file_date and lodged_on > branch.file_date:
        branch.note("dateCreationDemande", NoteReason.LODGED_AFTER_FILE, str(branch.file_date))
    if text is None:
        return None, lodged_on
    try:
        number = UniqueNumber(text)
    except InvalidValue:
        branch.note("numUnique", NoteReason.UNKNOWN_NUMBER, text)
        return OpaqueNumber(text), lodged_on
    year, month = number.deposit_month
    if lodged_on and (year, month) != (lodged_on.year, lodged_on.month):
        branch.note("numUnique", NoteReason.DEPOSIT_MONTH, f"{month:02}/{year}")
    return number, lodged_on


def _partner(applicant: Adult, others: Sequence[Adult]) -> Adult | None:
    """The first whose link says so, failing that whose situation does; the others co-apply."""
    said = [other for other in others if other.link in _PARTNERS]
    partners = said + [other for other in others if _seems_a_partner(applicant, other)]
    partner = partners[0] if partners else None
    more = set(partners[1:])
    for other in others:
        link = other.branch.due("lienDemandeur", other.link)
        if link == _FLAT_SHARER:
            other.branch.note("lienDemandeur", NoteReason.FLAT_SHARER)
        elif other in more:
            other.branch.note("lienDemandeur", NoteReason.SECOND_PARTNER)
        elif link is not None and other is not partner:
            other.branch.note("lienDemandeur", NoteReason.UNKNOWN_LINK, link)
    situation = applicant.situation
    if partner is None and situation in _PARTNERS.values():
        applicant.branch.note("situationFamiliale", NoteReason.NO_PARTNER, situation)
    expected = situation if partner is None else _PARTNERS.get(partner.link or "", situation)
    for one in (applicant, partner):
        if one is not None and one.situation not in (None, expected):
            one.branch.note("situationFamiliale", NoteReason.LINK_AND_SITUATION, one.situation)
    return partner


def _seems_a_partner(applicant: Adult, other: Adult) -> bool:
    """READING: where the link is not said, being both in one situation of a couple says it."""
    return other.link is None and other.situation == applicant.situation in _PARTNERS.values()


def _household(family: _Family, unborn: int) -> Household:
    partner, young = family.partner, family.young
    return Household(
        applicant=family.applicant.person,
        partner=None if partner is None else partner.person,
        co_applicants=[other.person for other in family.co_applicants],
        dependants=[child.person for child in young if not child.visiting],
        visiting_children=[child.person for child in young if child.visiting],
        unborn=unborn,
    )


def _unborn(inside: Branch) -> int:
    """READING: an expected birth without a number is one child."""
    expected = inside.branch("personneANaitre", _UNBORN)
    if expected is None or not expected.children:
        return 0
    expected.day("dateNaissancePrevue", due=False)
    number = expected.due("nombre", expected.read("nombre", count))
    return 1 if number is None else number


def _resources(family: _Family, rulebook: Rulebook) -> Resources:
    listed = all(one.listed for one in family.adults)
    income = monthly_income(family.lines) if listed else None
    if income is not None and income < 0:
        family.applicant.branch.note("listeRessourceVersee", NoteReason.MORE_PAID)
        income = Decimal(0)
    tax_income = _tax_income(family, rulebook)
    return Resources(reference_tax_income=tax_income, monthly_income=income)


def _tax_income(family: _Family, rulebook: Rulebook) -> dict[int, Decimal]:
    """The tax incomes of the household that are known, and a note for those that are not."""
    applicant, partner = family.applicant, family.partner
    joint = partner is not None and _PARTNERS.get(partner.link or "", partner.situation) in _JOINT
    households = household_tax_income(
        applicant.incomes,
        None if partner is None else partner.incomes,
        [other.incomes for other in family.co_applicants],
        joint=joint,
        rulebook=rulebook,
    )
    for one in family.adults:
        shared = one is partner and joint and rulebook.common_tax_notice
        reason = NoteReason.COMMON_TAX_NOTICE if shared else NoteReason.NO_TAX_INCOME
        _note_years(one, reason, [year for year in households if one.incomes.get(year) is None])
        if one is partner and joint:
            same = [year for year in households if _same(year, one, applicant)]
            _note_years(one, NoteReason.SAME_TAX_INCOME, same)
    return {year: income for year, income in households.items() if income is not None}


def _same(year: int, one: Adult, other: Adult) -> bool:
    income = one.incomes.get(year)
    return income is not None and income == other.incomes.get(year)


def _note_years(one: Adult, reason: NoteReason, years: Sequence[int]) -> None:
    if years:
        one.branch.note("revenuFiscal", reason, ", ".join(map(str, years)))


def _dwelling(inside: Branch) -> Kept:
    dwelling = inside.branch("logementActuel", _DWELLING)
    if dwelling is None:
        return ()
    dwelling.members("listeModeleLogement", "modeleLogement", names(""))
    return leaves(inside.children["logementActuel"])

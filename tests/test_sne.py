"""The national XML of demands: what each element becomes, and what is told of the others."""

import copy
import io
import pickle
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve

from alin_core.candidature.submission import Documents
from alin_core.eligibility import assess
from alin_core.errors import InvalidValue, MissingExtra, NotYetBorn, WrongType, shown
from alin_core.law.rulebook import Rulebook
from alin_core.national_xml.elements import Refusal
from alin_core.national_xml.resources import household_tax_income
from alin_core.national_xml.values import (
    Note,
    NoteKind,
    NoteReason,
    RefusedDemand,
    SneDemand,
    SneError,
    SnePerson,
)
from alin_core.record import Record
from alin_core.registration.codes import number_validation
from alin_core.sne import read_demands
from alin_core.text.wording import Words
from alin_core.values.amounts import AmountError
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.languages import Lang
from tests.sne_writer import interface
from tests.told import LANGUAGES

EXAMPLE = Path(__file__).parent.parent / "examples" / "demande.xml"
HOME = "personnePhysique"
APPLICANT = f"{HOME}/demandeur"
OTHER = f"{HOME}/listeCotitulaire/cotitulaire[1]"

#: Nothing of it is noted.
WHOLE = (
    "<nom>Martin</nom><prenom>Lou</prenom><dateNaissance>1990-05-02</dateNaissance><mel>a@b.fr</mel>"
    "<situationProfessionnelle><typeContratTravail code='CDI'/></situationProfessionnelle>"
    "<revenuFiscal/><listeRessourceRecue/>"
)


def tax(n_1: str = "", n_2: str = "", years: tuple[str, str] = ("2025", "2024")) -> str:
    pairs = zip(("Moins1", "Moins2"), years, (n_1, n_2), strict=True)
    return "<revenuFiscal>{}</revenuFiscal>".format(
        "".join(
            f"<annee{rank}>{year}</annee{rank}><montant{rank}>{amount}</montant{rank}>"
            for rank, year, amount in pairs
        )
    )


def line(code: str, amount: str) -> str:
    return (
        f"<detailRessource><ressource code='{code}'/><montant>{amount}</montant></detailRessource>"
    )


def other(link: str = "M", more: str = "", situation: str = "") -> str:
    """Write another who signs, of whom nothing is noted."""
    said = WHOLE.replace("Lou", "Sam").replace("<revenuFiscal/>", "") + (more or "<revenuFiscal/>")
    told = f"<lienDemandeur code='{link}'/><situationFamiliale code='{situation}'/>"
    return f"<cotitulaire>{said}{told}</cotitulaire>"


def signing(*others: str) -> str:
    return f"<listeCotitulaire>{''.join(others)}</listeCotitulaire>"


def xml(
    applicant: str = WHOLE,
    inside: str = "",
    number: str = "1110924000417GDPUB",
    lodged: str = "2024-09-12",
) -> str:
    head = f"<numUnique>{number}</numUnique><dateCreationDemande>{lodged}</dateCreationDemande>"
    home = f"<{HOME}><demandeur>{applicant}</demandeur>{inside}</{HOME}>"
    return interface(f"<demandeLogement>{head}{home}</demandeLogement>")


def read(*arguments: str, rulebook: Rulebook | None = None, **named: str) -> SneDemand:
    (found,) = read_demands(xml(*arguments, **named).encode(), rulebook=rulebook)
    assert isinstance(found, SneDemand), found
    return found


def refused(*arguments: str, **named: str) -> RefusedDemand:
    (found,) = read_demands(xml(*arguments, **named).encode())
    assert isinstance(found, RefusedDemand), found
    return found


def noted(found: SneDemand) -> list[tuple[str, str, str | None]]:
    return [(note.path, note.reason.value, note.value) for note in found.notes]


def stopped(data: str | bytes) -> SneError:
    with pytest.raises(SneError) as caught:
        list(read_demands(data if isinstance(data, bytes) else data.encode()))
    return caught.value


@pytest.fixture(scope="module")
def example() -> SneDemand:
    (found,) = read_demands(EXAMPLE)
    assert isinstance(found, SneDemand)
    return found


class TestExample:
    """A whole demand, as landlords and reservers exchange it."""

    def test_the_demand(self, example: SneDemand) -> None:
        demand = example.demand
        assert demand.unique_number == UniqueNumber("1110924000417GDPUB")
        assert demand.lodged_on == date(2024, 9, 12)
        assert demand.renewed_on is None
        assert demand.household == Household(
            applicant=Person(birth_date=date(1989, 6, 21)),
            partner=Person(birth_date=date(1986, 1, 17)),
            dependants=(Person(birth_date=date(2017, 4, 8)),),
            visiting_children=(Person(birth_date=date(2013, 10, 30)),),
            unborn=1,
        )
        assert demand.employment == Employment(employer=Employer())
        assert demand.co_applicant_employment == Employment(employer=None)
        assert demand.email == example.email == "ngozi.legoff@example.org"

    def test_a_renewal_and_a_creation_that_the_file_cannot_say_are_asked_for(
        self, example: SneDemand
    ) -> None:
        offer = Offer(
            reference="IVRY-T4",
            commune="94041",
            typology="T4",
            norm="PLUS",
            rent=Rent(base="742.10", charges=118),
        )
        done = Record().submit(
            example.demand,
            offer,
            at=datetime(2026, 11, 23, 10, tzinfo=UTC),
            assessment=assess(example.demand, offer, on=date(2026, 12, 15)),
            documents=Documents(confirmed=True, deposited=True),
        )
        assert done.accepted
        (warning,) = done.warnings
        assert (warning.rule_id, warning.missing) == ("number-validity", ("renewed_on",))
        assert "n’a pas été renouvelée" not in done.explain("fr")
        assert "renouvellement" in done.explain("fr")
        created = number_validation(example.demand.created_on_alin)
        assert (created.outcome, created.missing) == ("UNKNOWN", ("created_on_alin",))

    def test_the_income_of_a_couple_on_one_notice(self, example: SneDemand) -> None:
        resources = example.demand.resources
        assert resources.reference_tax_income == ((2024, Decimal(31_980)), (2025, Decimal(33_410)))
        assert resources.monthly_income == Decimal("2768.50")  # 1910 + 148.50 + 870 - 160

    def test_the_breakdown_by_person_and_code(self, example: SneDemand) -> None:
        lines = [(one.person, one.code, one.amount, one.sign) for one in example.monthly_resources]
        assert lines == [
            ("demandeur", "SAL", Decimal(1_910), 1),
            ("demandeur", "AF", Decimal("148.50"), 1),
            ("cotitulaire[1]", "CHO", Decimal(870), 1),
            ("cotitulaire[1]", "PAV", Decimal(160), -1),
        ]

    def test_the_identities_in_use_and_at_birth(self, example: SneDemand) -> None:
        known = [(one.surname, one.first_name, one.birth_date) for one in example.identities]
        birth = date(1989, 6, 21)
        assert known == [("LE GOFF", "Ngozi", birth), ("Okafor", "Ngozi", birth)]
        assert example.demand.identity == example.identities[0]

    def test_what_is_kept_aside(self, example: SneDemand) -> None:
        assert dict(example.address) == {"commune@code": "75113", "codePostal": "75013"}
        dwelling = dict(example.current_dwelling)
        assert dwelling["listeModeleLogement/modeleLogement@code"] == "LP"
        assert dwelling["montantMensuelLoyer"] == "915"
        kept = dict(example.persons[0].kept)
        assert kept["situationProfessionnelle/profession"] == "Monteuse en optique"
        assert kept["telPortable"] == "0600000000"
        assert [one.key for one in example.persons] == [
            "demandeur", "cotitulaire[1]", "personneACharge[1]", "personneEnGarde[1]",
        ]  # fmt: skip

    def test_its_notes(self, example: SneDemand) -> None:
        assert noted(example) == [
            ("logementRecherche", "UNKNOWN_ELEMENT", None),
            (f"{OTHER}/revenuFiscal", "COMMON_TAX_NOTICE", "2024, 2025"),
        ]
        assert example.notes[0].kept == (("demandeElargie", "true"),)

    def test_where_it_stands(self, example: SneDemand) -> None:
        assert example.path == "demandeLogement[1]"
        assert example.file_date == date(2026, 11, 2)

    def test_it_is_a_value(self, example: SneDemand) -> None:
        twin = pickle.loads(pickle.dumps(example))
        assert (twin, hash(twin)) == (example, hash(example))
        assert copy.deepcopy(example) == copy.copy(example) == example

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_its_page_fits_in_80_columns(self, example: SneDemand, lang: Lang) -> None:
        text = example.explain(lang)
        assert max(map(len, text.splitlines())) <= 80


def test_nothing_is_noted_of_a_whole_demand() -> None:
    assert noted(read()) == []


class TestSources:
    """A path, bytes, or a binary file."""

    def test_all_give_the_same(self, example: SneDemand) -> None:
        data = EXAMPLE.read_bytes()
        for source in (str(EXAMPLE), EXAMPLE, data, io.BytesIO(data)):
            assert list(read_demands(source)) == [example]

    def test_the_rulebook_is_one(self) -> None:
        other: Any = "x"
        with pytest.raises(WrongType, match=r"^rulebook: .* give Rulebook$"):
            read_demands(b"", rulebook=other)

    def test_no_file(self) -> None:
        with pytest.raises(FileNotFoundError):
            list(read_demands("nowhere.xml"))

    @pytest.mark.parametrize("source", [None, 3, bytearray(b"<a/>")])
    def test_something_else(self, source: Any) -> None:
        with pytest.raises(WrongType):
            read_demands(source)

    def test_the_text_of_a_file_is_no_path_and_is_not_quoted(self) -> None:
        text = EXAMPLE.read_text(encoding="utf-8")
        for given in (text, "\ufeff" + text, "\n<interfaceNuu/>"):
            with pytest.raises(WrongType, match="give a path, bytes, or a binary file") as caught:
                read_demands(given)
            assert "interfaceNuu" not in repr(caught.value)

    def test_a_path_may_hold_any_sign(self, tmp_path: Path, example: SneDemand) -> None:
        odd = tmp_path / "a<b>.xml"
        odd.write_bytes(EXAMPLE.read_bytes())
        assert list(read_demands(odd)) == [example]

    def test_a_text_file(self) -> None:
        text: Any = io.StringIO("<interfaceNuu/>")
        with pytest.raises(WrongType, match="bytes"):
            list(read_demands(text))

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "defusedxml.ElementTree", None)
        with pytest.raises(MissingExtra, match=r"pip install 'alin-core\[sne\]'") as caught:
            list(read_demands(b"<interfaceNuu/>"))
        assert pickle.loads(pickle.dumps(caught.value)).extra == "sne"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
    def test_the_encoding_that_the_file_declares(self, encoding: str) -> None:
        named = {"utf-8-sig": "utf-8", "cp1252": "windows-1252", "latin-1": "iso-8859-1"}
        declared = f'<?xml version="1.0" encoding="{named.get(encoding, encoding)}"?>'
        text = declared + xml(WHOLE.replace("Lou", "Zoé"))
        (found,) = read_demands(text.encode(encoding))
        assert isinstance(found, SneDemand)
        assert found.persons[0].first_name == "Zoé"


class TestNumber:
    """The unique number, and the day of deposit that it repeats in part."""

    def test_a_number_of_an_unknown_shape_is_kept(self) -> None:
        found = read(number="97-1 22")
        assert found.demand.unique_number == OpaqueNumber("97-1 22")
        assert noted(found) == [("numUnique", "UNKNOWN_NUMBER", "97-1 22")]

    def test_a_number_and_a_day_that_disagree(self) -> None:
        found = read(lodged="2024-10-01")
        assert noted(found) == [("numUnique", "DEPOSIT_MONTH", "09/2024")]

    @pytest.mark.parametrize("number", ["", "-"])
    def test_neither(self, number: str) -> None:
        found = read(number=number, lodged=" ")
        assert (found.demand.unique_number, found.demand.lodged_on) == (None, None)
        assert noted(found) == [
            ("numUnique", "ABSENT", None),
            ("dateCreationDemande", "ABSENT", None),
        ]

    @pytest.mark.parametrize(("lodged", "notes"), [("2026-11-02", 0), ("2026-11-03", 1)])
    def test_a_deposit_after_the_file(self, lodged: str, notes: int) -> None:
        found = read(number="1111126000417GDPUB", lodged=lodged)
        late = ("dateCreationDemande", "LODGED_AFTER_FILE", "2026-11-02")
        assert noted(found) == [late] * notes


class TestHousehold:
    """Who will live there."""

    @pytest.mark.parametrize("link", ["M", "P", "C"])
    def test_a_spouse_a_pacs_partner_a_cohabitant_is_the_partner(self, link: str) -> None:
        found = read(inside=signing(other(link)))
        assert found.demand.household.partner == Person(birth_date=date(1990, 5, 2))
        assert noted(found) == []

    def test_a_flat_sharer_signs_and_is_noted(self) -> None:
        found = read(inside=signing(other("L")))
        assert found.demand.household.partner is None
        assert len(found.demand.household.co_applicants) == 1
        assert noted(found) == [(f"{OTHER}/lienDemandeur", "FLAT_SHARER", None)]

    def test_an_unknown_link_signs_and_is_noted(self) -> None:
        found = read(inside=signing(other("X")))
        assert len(found.demand.household.co_applicants) == 1
        assert noted(found) == [(f"{OTHER}/lienDemandeur", "UNKNOWN_LINK", "X")]

    @pytest.mark.parametrize("situation", ["M", "P", "U"])
    def test_without_a_link_the_situation_of_both_says_it(self, situation: str) -> None:
        applicant = f"{WHOLE}<situationFamiliale code='{situation}'/>"
        found = read(applicant, signing(other("", situation=situation)))
        assert found.demand.household.partner is not None
        assert noted(found) == [(f"{OTHER}/lienDemandeur", "ABSENT", None)]

    def test_an_unknown_link_is_no_partner_whatever_the_situation(self) -> None:
        found = read(f"{WHOLE}<situationFamiliale code='M'/>", signing(other("F", situation="M")))
        assert found.demand.household.partner is None
        assert noted(found) == [
            (f"{OTHER}/lienDemandeur", "UNKNOWN_LINK", "F"),
            (f"{APPLICANT}/situationFamiliale", "NO_PARTNER", "M"),
        ]

    def test_a_link_makes_the_partner_before_a_situation_in_any_order(self) -> None:
        spouse = other("M", "<nomPatronymique>Okafor</nomPatronymique><revenuFiscal/>", "M")
        seeming = other("", situation="M").replace("Sam", "Alex")
        for pair in ((spouse, seeming), (seeming, spouse)):
            found = read(f"{WHOLE}<situationFamiliale code='M'/>", signing(*pair))
            assert found.persons[1].birth_name == "Okafor"
            rank = pair.index(seeming) + 1
            assert (
                f"{HOME}/listeCotitulaire/cotitulaire[{rank}]/lienDemandeur", "SECOND_PARTNER", None
            ) in noted(found)  # fmt: skip

    def test_two_single_persons_are_no_couple(self) -> None:
        found = read(f"{WHOLE}<situationFamiliale code='C'/>", signing(other("", situation="C")))
        assert found.demand.household.partner is None

    def test_a_second_partner_signs_as_a_co_applicant(self) -> None:
        found = read(inside=signing(other("L"), other("M"), other("C")))
        household = found.demand.household
        assert (household.partner is not None, len(household.co_applicants)) == (True, 2)
        second = f"{HOME}/listeCotitulaire/cotitulaire[3]/lienDemandeur"
        assert (second, "SECOND_PARTNER", None) in noted(found)

    def test_a_couple_without_a_partner(self) -> None:
        found = read(f"{WHOLE}<situationFamiliale code='M'/>")
        assert noted(found) == [(f"{APPLICANT}/situationFamiliale", "NO_PARTNER", "M")]

    def test_the_link_wins_over_the_situation(self) -> None:
        found = read(f"{WHOLE}<situationFamiliale code='V'/>", signing(other("P")))
        assert found.demand.household.partner is not None
        assert noted(found) == [(f"{APPLICANT}/situationFamiliale", "LINK_AND_SITUATION", "V")]

    def test_a_partner_whose_own_situation_says_otherwise_is_noted(self) -> None:
        divorced = other("M", situation="D")
        found = read(f"{WHOLE}<situationFamiliale code='M'/>", signing(divorced))
        assert found.demand.household.partner is not None
        assert noted(found) == [(f"{OTHER}/situationFamiliale", "LINK_AND_SITUATION", "D")]

    def test_children(self) -> None:
        charged = "<personneACharge><dateNaissance>2012-01-01</dateNaissance></personneACharge>"
        custody = "".join(
            f"<personneEnGarde><dateNaissance>201{rank}-02-02</dateNaissance>{code}</personneEnGarde>"
            for rank, code in enumerate(
                ("<coParentalite code='G'/>", "<coParentalite code='D'/>",
                 "<coParentalite code='Z'/>", "")
            )
        )  # fmt: skip
        found = read(
            inside=f"<listePersonneACharge>{charged}</listePersonneACharge>"
            f"<listePersonneEnGarde>{custody}</listePersonneEnGarde>"
        )
        household = found.demand.household
        assert household.dependants == (
            Person(birth_date=date(2012, 1, 1)),
            Person(birth_date=date(2010, 2, 2), alternating_custody=True),
        )
        assert [one.birth_date for one in household.visiting_children] == [
            date(2011, 2, 2), date(2012, 2, 2), date(2013, 2, 2),
        ]  # fmt: skip
        listed = f"{HOME}/listePersonneEnGarde/personneEnGarde"
        assert noted(found) == [
            (f"{listed}[3]/coParentalite", "UNKNOWN_CUSTODY", "Z"),
            (f"{listed}[4]/coParentalite", "ABSENT", None),
        ]

    def test_a_child_in_both_lists_may_be_one(self) -> None:
        birth = "<dateNaissance>2012-01-01</dateNaissance>"
        found = read(
            inside=f"<listePersonneACharge><personneACharge>{birth}</personneACharge>"
            f"</listePersonneACharge><listePersonneEnGarde><personneEnGarde>{birth}"
            "<coParentalite code='G'/></personneEnGarde></listePersonneEnGarde>"
        )
        assert found.demand.household.persons == 3
        path = f"{HOME}/listePersonneEnGarde/personneEnGarde[1]/dateNaissance"
        assert noted(found) == [(path, "CHILD_TWICE", "2012-01-01")]

    @pytest.mark.parametrize(("change", "notes"), [
        (("Martin", "MARTIN"), 1), (("Martin", "Ma\u0301rtin"), 1), (("Martin", "Durand"), 0),
        (("<prenom>Lou</prenom>", ""), 0), (("1990-05-02", "1990-05-03"), 0),
    ])  # fmt: skip
    def test_the_same_person_twice_counts_and_is_noted(
        self, change: tuple[str, str], notes: int
    ) -> None:
        found = read(inside=signing(other().replace("Sam", "Lou").replace(*change)))
        assert found.demand.household.persons == 2
        twice = [one for one in noted(found) if one[1] == "PERSON_TWICE"]
        assert twice == [(f"{OTHER}/nom", "PERSON_TWICE", None)] * notes

    @pytest.mark.parametrize(("inside", "unborn", "notes"), [
        ("", 0, 0),
        ("<personneANaitre/>", 0, 0),
        ("<personneANaitre><nombre>2</nombre></personneANaitre>", 2, 0),
        ("<personneANaitre><dateNaissancePrevue>2027-01-01</dateNaissancePrevue></personneANaitre>",
         1, 1),
    ])  # fmt: skip
    def test_children_to_be_born(self, inside: str, unborn: int, notes: int) -> None:
        found = read(inside=inside)
        assert found.demand.household.unborn == unborn
        assert noted(found) == [(f"{HOME}/personneANaitre/nombre", "ABSENT", None)] * notes


class TestTaxIncome:
    """The sum over persons, by the years of the file; missing is not zero, one reading aside."""

    def incomes(self, found: SneDemand) -> dict[int, Decimal]:
        return dict(found.demand.resources.reference_tax_income)

    def both(
        self, link: str, mine: str, theirs: str, rulebook: Rulebook | None = None
    ) -> SneDemand:
        applicant = WHOLE.replace("<revenuFiscal/>", mine)
        return read(applicant, signing(other(link, theirs)), rulebook=rulebook)

    def test_the_years_of_the_file(self) -> None:
        found = read(WHOLE.replace("<revenuFiscal/>", tax("2", "1", ("1999", "1998"))))
        assert self.incomes(found) == {1998: Decimal(1), 1999: Decimal(2)}

    @pytest.mark.parametrize("link", ["M", "P", "C", "L"])
    def test_two_amounts_add_up(self, link: str) -> None:
        found = self.both(link, tax("100", "200"), tax("10.50", "0"))
        assert self.incomes(found) == {2025: Decimal("110.50"), 2024: Decimal(200)}

    @pytest.mark.parametrize("link", ["M", "P"])
    def test_a_couple_taxed_together_has_one_notice(self, link: str) -> None:
        found = self.both(link, tax("100", "200"), tax())
        assert self.incomes(found) == {2025: Decimal(100), 2024: Decimal(200)}
        assert noted(found) == [(f"{OTHER}/revenuFiscal", "COMMON_TAX_NOTICE", "2024, 2025")]

    @pytest.mark.parametrize("link", ["M", "P"])
    def test_a_reform_may_read_it_otherwise(self, link: str) -> None:
        apart = evolve(Rulebook.standard(), common_tax_notice=False)
        found = self.both(link, tax("100", "200"), tax(n_2="50"), apart)
        assert self.incomes(found) == {2024: Decimal(250)}
        assert noted(found) == [(f"{OTHER}/revenuFiscal", "NO_TAX_INCOME", "2025")]

    @pytest.mark.parametrize("link", ["C", "L"])
    def test_anyone_elses_missing_amount_makes_the_year_unknown(self, link: str) -> None:
        found = self.both(link, tax("100", "200"), tax(n_2="50"))
        assert self.incomes(found) == {2024: Decimal(250)}
        assert (f"{OTHER}/revenuFiscal", "NO_TAX_INCOME", "2025") in noted(found)

    def test_the_applicants_missing_amount_makes_the_year_unknown(self) -> None:
        found = self.both("M", tax(), tax("10", "20"))
        assert self.incomes(found) == {}
        assert noted(found) == [(f"{APPLICANT}/revenuFiscal", "NO_TAX_INCOME", "2024, 2025")]

    def test_years_that_differ_leave_each_unknown(self) -> None:
        found = self.both("C", tax("1", "2"), tax("3", "4", ("2024", "2023")))
        assert self.incomes(found) == {2024: Decimal(5)}

    def test_the_same_amount_twice_may_be_one_notice(self) -> None:
        found = self.both("M", tax("100", "200"), tax("90", "200"))
        assert noted(found) == [(f"{OTHER}/revenuFiscal", "SAME_TAX_INCOME", "2024")]

    def test_neither_amount_of_a_couple(self) -> None:
        found = self.both("M", tax(), tax())
        assert self.incomes(found) == {}
        assert [(reason, value) for _, reason, value in noted(found)] == [
            ("NO_TAX_INCOME", "2024, 2025"),
            ("COMMON_TAX_NOTICE", "2024, 2025"),
        ]

    def test_one_year_twice(self) -> None:
        twice = tax("1", "2", ("2024", "2024"))
        found = read(WHOLE.replace("<revenuFiscal/>", twice))
        assert self.incomes(found) == {}
        assert noted(found) == [
            (f"{APPLICANT}/revenuFiscal/anneeMoins2", "TWO_TAX_INCOMES", "2024"),
            (f"{APPLICANT}/revenuFiscal", "NO_TAX_INCOME", "2024"),
        ]

    def test_an_amount_without_its_year(self) -> None:
        found = read(WHOLE.replace("<revenuFiscal/>", tax("1", years=("", ""))))
        assert self.incomes(found) == {}
        assert noted(found) == [(f"{APPLICANT}/revenuFiscal/anneeMoins1", "ABSENT", None)]

    def test_no_tax_income_at_all(self) -> None:
        found = read(WHOLE.replace("<revenuFiscal/>", ""))
        assert noted(found) == [(f"{APPLICANT}/revenuFiscal", "ABSENT", None)]

    def test_without_a_partner_nothing_is_shared(self) -> None:
        assert household_tax_income({2024: Decimal(1)}, joint=True) == {2024: Decimal(1)}


class TestMonthlyIncome:
    """Over all persons, what is received less the maintenance paid, without housing aid."""

    def lines(self, **lists: str) -> str:
        kept = WHOLE.replace("<listeRessourceRecue/>", "")
        return kept + "".join(
            f"<listeRessource{name}>{held}</listeRessource{name}>" for name, held in lists.items()
        )

    def test_four_lists(self) -> None:
        found = read(self.lines(
            Recue=line("SAL", "1000") + line("PAR", "0.50"), Versee=line("PAV", "100"),
            RecuePersACharge=line("AEEH", "10"), VerseePersACharge=line("PAV", "1"),
        ))  # fmt: skip
        assert found.demand.resources.monthly_income == Decimal("909.50")
        assert noted(found) == []
        assert [one.of_dependants for one in found.monthly_resources] == [False] * 3 + [True] * 2

    @pytest.mark.parametrize("code", ["APL", "AL", "ALF", "ALS"])
    def test_housing_aid_is_left_out(self, code: str) -> None:
        found = read(self.lines(Recue=line("SAL", "1000") + line(code, "300")))
        assert found.demand.resources.monthly_income == 1_000
        assert found.monthly_resources[1].sign == 0
        path = f"{APPLICANT}/listeRessourceRecue/detailRessource[2]/ressource"
        assert noted(found) == [(path, "HOUSING_AID", code)]
        assert "laissé de côté" in found.explain("fr")

    def test_codes_that_a_list_does_not_know(self) -> None:
        found = read(self.lines(
            Recue=line("NEW", "1000") + line("PAV", "300") + line("", "5"),
            Versee=line("SAL", "20") + line("", "7"),
        ))  # fmt: skip
        assert found.demand.resources.monthly_income == 1_005
        paths = [f"{APPLICANT}/listeRessource{name}" for name in ("Recue", "Versee")]
        assert noted(found) == [
            (f"{paths[0]}/detailRessource[1]/ressource", "UNKNOWN_COUNTED", "NEW"),
            (f"{paths[0]}/detailRessource[2]/ressource", "UNKNOWN_LEFT_OUT", "PAV"),
            (f"{paths[0]}/detailRessource[3]/ressource", "ABSENT", None),
            (f"{paths[1]}/detailRessource[1]/ressource", "UNKNOWN_LEFT_OUT", "SAL"),
            (f"{paths[1]}/detailRessource[2]/ressource", "ABSENT", None),
        ]

    @pytest.mark.parametrize("name", ["Recue", "Versee"])
    def test_an_amount_that_is_missing_is_not_zero(self, name: str) -> None:
        lists = {"Recue": line("SAL", "1000")}
        lists[name] = lists.get(name, "") + line("PAV" if name == "Versee" else "AF", "")
        found = read(self.lines(**lists))
        assert found.demand.resources.monthly_income is None
        assert [reason for _, reason, _ in noted(found)] == ["ABSENT"]
        assert "inconnu" in found.explain("fr")

    def test_a_list_that_is_missing_is_not_empty(self) -> None:
        found = read(self.lines())
        assert found.demand.resources.monthly_income is None
        assert noted(found) == [(f"{APPLICANT}/listeRessourceRecue", "ABSENT", None)]
        assert read().demand.resources.monthly_income == 0

    def test_more_paid_than_received(self) -> None:
        found = read(self.lines(Recue=line("SAL", "100"), Versee=line("PAV", "100.01")))
        assert found.demand.resources.monthly_income == 0
        assert noted(found) == [(f"{APPLICANT}/listeRessourceVersee", "MORE_PAID", None)]

    def test_of_dependants_on_the_page(self) -> None:
        found = read(self.lines(Recue="", RecuePersACharge=line("AEEH", "10")))
        assert "applicant for their dependants, AEEH: €10" in found.explain("en")


class TestEmployment:
    """The employer of the applicant, and of another: never its sector or its headcount."""

    def employment(self, held: str) -> SneDemand:
        found = WHOLE.replace("<typeContratTravail code='CDI'/>", held)
        return read(found)

    @pytest.mark.parametrize("code", ["CDI", "CDD", "APP"])
    def test_an_employee_has_an_employer(self, code: str) -> None:
        found = self.employment(f"<typeContratTravail code='{code}'/>")
        assert found.demand.employment == Employment(employer=Employer())

    @pytest.mark.parametrize("code", ["ART", "CHO", "ETU", "RET"])
    def test_others_have_none(self, code: str) -> None:
        found = self.employment(f"<typeContratTravail code='{code}'/>")
        assert found.demand.employment == Employment(employer=None)

    @pytest.mark.parametrize(
        "held", ["<typeContratTravail code='AUT'/>", "<profession>x</profession>"]
    )
    def test_or_it_is_unknown(self, held: str) -> None:
        assert self.employment(held).demand.employment is None

    def test_an_employer_that_is_named(self) -> None:
        name = "<nomEmployeurPrincipal>Le Port</nomEmployeurPrincipal>"
        assert self.employment(name).demand.employment == Employment(employer=Employer())
        found = self.employment(f"<typeContratTravail code='RET'/>{name}")
        assert found.demand.employment == Employment(employer=Employer())
        path = f"{APPLICANT}/situationProfessionnelle/typeContratTravail"
        assert noted(found) == [(path, "EMPLOYER_OF_NONE", "RET")]

    @pytest.mark.parametrize("name", ["siret", "numSiret", "siretEmployeur"])
    def test_a_siret_that_may_appear(self, name: str) -> None:
        found = self.employment(f"<{name}>356 000 000 00048</{name}>")
        siret = Siret("35600000000048")
        assert found.demand.employment == Employment(employer=Employer(siret=siret))
        error = refused(
            WHOLE.replace("<typeContratTravail", f"<{name}>1</{name}><typeContratTravail")
        )
        assert error.path.endswith(f"situationProfessionnelle/{name}")

    @pytest.mark.parametrize(("held", "notes"), [
        ("<siret/><numSiret>35600000000048</numSiret>", 0),
        ("<siret>35600000000048</siret><siretEmployeur>356 000 000 00048</siretEmployeur>", 0),
        ("<siret>35600000000048</siret><numSiret>20003452800014</numSiret>", 1),
        ("<siret>35600000000048</siret><numSiret>inconnu</numSiret>", 1),
    ])  # fmt: skip
    def test_one_siret_is_read_wherever_it_stands(self, held: str, notes: int) -> None:
        found = self.employment(held)
        siret = Siret("35600000000048")
        assert found.demand.employment == Employment(employer=Employer(siret=siret))
        path = f"{APPLICANT}/situationProfessionnelle/numSiret"
        assert noted(found) == [(path, "SECOND_SIRET", None)] * notes

    def test_nothing_said(self) -> None:
        found = read(WHOLE.partition("<situationProf")[0] + "<revenuFiscal/><listeRessourceRecue/>")
        assert found.demand.employment is None
        assert noted(found) == [(f"{APPLICANT}/situationProfessionnelle", "ABSENT", None)]

    def test_the_partners_counts_before_another_co_applicants(self) -> None:
        retired = WHOLE.replace("CDI", "RET")
        partner = f"<cotitulaire>{retired}<lienDemandeur code='M'/></cotitulaire>"
        found = read(inside=signing(other("L"), partner))
        assert found.demand.co_applicant_employment == Employment(employer=None)


class TestNotes:
    """What was not understood, missing or contradictory, each with its path."""

    def test_names_and_births_that_are_missing(self) -> None:
        found = read(WHOLE.partition("<mel>")[2].partition("</mel>")[2])
        assert [path for path, _, _ in noted(found)] == [
            f"{APPLICANT}/{name}" for name in ("dateNaissance", "nom", "prenom", "mel")
        ]
        assert {note.kind for note in found.notes} == {NoteKind.MISSING}
        assert found.identities == ()
        assert found.demand.identity is None
        assert "inconnu" in found.explain("fr")

    def test_a_name_at_birth_alone_is_an_identity(self) -> None:
        named = WHOLE.replace("<nom>Martin</nom>", "<nomPatronymique>Martin</nomPatronymique>")
        assert read(named).identities[0].surname == "Martin"

    @pytest.mark.parametrize(("inside", "path", "kept"), [
        ("<nom>x<b>1</b></nom>", "nom/b", ("", "1")),
        ("<listeRessourceRecue><x y='1'/></listeRessourceRecue>",
         "listeRessourceRecue/x", ("@y", "1")),
        ("<z:mel xmlns:z='urn:other'>a</z:mel>", "mel", ("", "a")),
        ("<adressePostale><rue>r</rue></adressePostale>", "adressePostale/rue", ("", "r")),
    ])  # fmt: skip
    def test_unknown_elements_are_kept(self, inside: str, path: str, kept: tuple[str, str]) -> None:
        name = inside[1:].partition(">")[0].partition(" ")[0]
        known = "".join(part for part in (WHOLE,) if f"<{name}" not in part) or WHOLE.replace(
            "<nom>Martin</nom>", ""
        ).replace("<listeRessourceRecue/>", "")
        rest = "" if name == "nom" else "<nom>Martin</nom>" if known != WHOLE else ""
        more = "<listeRessourceRecue/>" if name == "nom" else ""
        found = read(known + rest + more + inside)
        assert found.notes == (
            Note(f"{APPLICANT}/{path}", NoteReason.UNKNOWN_ELEMENT, None, (kept,)),
        )

    @pytest.mark.parametrize(("nil", "known"), [("true", None), ("1", None), ("false", 0)])
    def test_an_element_said_to_have_no_value_is_missing(self, nil: str, known: int | None) -> None:
        space = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        nothing = f"<listeRessourceRecue {space} xsi:nil='{nil}'/>"
        found = read(WHOLE.replace("<listeRessourceRecue/>", nothing))
        assert found.demand.resources.monthly_income == known
        missing = [(f"{APPLICANT}/listeRessourceRecue", "ABSENT", None)]
        assert noted(found) == (missing if known is None else [])

    @pytest.mark.parametrize(("nil", "held", "persons"), [
        ("true", "", 1), ("1", "", 1), (" true ", "", 1), ("false", "", 2),
        ("true", "<nom>Martin</nom>", 2),
    ])  # fmt: skip
    def test_a_member_said_to_have_no_value_is_nobody(
        self, nil: str, held: str, persons: int
    ) -> None:
        space = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        nobody = f"<personneACharge {space} xsi:nil='{nil}'>{held}</personneACharge>"
        found = read(inside=f"<listePersonneACharge>{nobody}</listePersonneACharge>")
        assert found.demand.household.persons == persons

    @pytest.mark.parametrize(("old", "new", "path", "kept"), [
        ("<listeRessourceRecue/>", "<listeRessourceRecue>1910</listeRessourceRecue>",
         "listeRessourceRecue", (("", "1910"),)),
        ("<listeRessourceRecue/>", "<listeRessourceRecue montant='1910'/>",
         "listeRessourceRecue", (("@montant", "1910"),)),
        ("<revenuFiscal/>", "<revenuFiscal><anneeMoins1>2025</anneeMoins1> 9 </revenuFiscal>",
         "revenuFiscal", (("", "9"),)),
    ])  # fmt: skip
    def test_what_stands_in_the_place_of_children_is_kept(
        self, old: str, new: str, path: str, kept: tuple[tuple[str, str], ...]
    ) -> None:
        found = read(WHOLE.replace(old, new))
        told = [note for note in found.notes if note.reason is NoteReason.UNKNOWN_ELEMENT]
        unknown = NoteReason.UNKNOWN_ELEMENT
        assert told == [Note(f"{APPLICANT}/{path}", unknown, None, kept)]

    def test_what_schemas_say_of_a_place_of_children_is_not_kept(self) -> None:
        space = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        typed = f"<listeRessourceRecue {space} xsi:type='liste'/>"
        assert noted(read(WHOLE.replace("<listeRessourceRecue/>", typed))) == []

    @pytest.mark.parametrize(("amount", "known"), [
        ("1910<b/> ", 1910), ("<b/>1910", None), ("1910<b/>50", None), ("1<b/>9<c/>10", None),
    ])  # fmt: skip
    def test_an_amount_that_an_element_cuts_is_refused(
        self, amount: str, known: int | None
    ) -> None:
        lines = f"<listeRessourceRecue>{line('SAL', amount)}</listeRessourceRecue>"
        cut = WHOLE.replace("<listeRessourceRecue/>", lines)
        if known is None:
            error = refused(cut)
            assert error.path.endswith("detailRessource[1]/montant")
            assert "give its text in one piece" in str(error)
            assert "1910" not in str(error)
        else:
            assert read(cut).demand.resources.monthly_income == known

    @pytest.mark.parametrize(("old", "new", "path", "kept"), [
        ("<typeContratTravail code='CDI'/>",
         "<typeContratTravail code='CDI'>CDD</typeContratTravail>",
         "situationProfessionnelle/typeContratTravail", (("", "CDD"),)),
        ("<nom>Martin</nom>", "<nom origine='x'>Martin</nom>", "nom", (("@origine", "x"),)),
    ])  # fmt: skip
    def test_what_stands_beside_a_code_or_a_text_is_kept(
        self, old: str, new: str, path: str, kept: tuple[tuple[str, str], ...]
    ) -> None:
        found = read(WHOLE.replace(old, new))
        unknown = NoteReason.UNKNOWN_ELEMENT
        assert found.notes == (Note(f"{APPLICANT}/{path}", unknown, None, kept),)
        assert found.demand == read().demand

    def test_what_a_demand_itself_says_is_kept(self) -> None:
        data = xml().replace("<demandeLogement>", "<demandeLogement id='7'>x")
        (found,) = read_demands(data.encode())
        assert isinstance(found, SneDemand)
        kept = (("", "x"), ("@id", "7"))
        assert found.notes == (Note("demandeLogement", NoteReason.UNKNOWN_ELEMENT, None, kept),)

    def test_what_schemas_say_of_an_element_is_not_kept(self) -> None:
        space = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        surface = f"<surface {space} xsi:type='decimal' xsi:nil='false'>41</surface>"
        found = read(inside=f"<logementActuel>{surface}</logementActuel>")
        assert found.current_dwelling == (("surface", "41"),)

    def test_a_code_may_bear_the_prefix(self) -> None:
        text = xml(f"{WHOLE}<situationFamiliale code='M'/>", signing(other("M")))
        prefixed = text.replace(" code=", " a:code=").replace(
            "<interfaceNuu", "<interfaceNuu xmlns:a='http://nuu.application.i2/'"
        )
        (plain,), (found,) = read_demands(text.encode()), read_demands(prefixed.encode())
        assert found == plain

    def test_an_element_inside_a_code_is_kept(self) -> None:
        inside = "<typeContratTravail code='CDI'><x>1</x></typeContratTravail>"
        found = read(WHOLE.replace("<typeContratTravail code='CDI'/>", inside))
        assert found.demand.employment == Employment(employer=Employer())
        path = f"{APPLICANT}/situationProfessionnelle/typeContratTravail/x"
        assert found.notes == (Note(path, NoteReason.UNKNOWN_ELEMENT, None, (("", "1"),)),)

    def test_a_repeated_element_is_read_once(self) -> None:
        found = read(f"{WHOLE}<nom>Durand</nom>")
        assert found.persons[0].surname == "Martin"
        assert noted(found) == [(f"{APPLICANT}/nom", "REPEATED", None)]

    def test_two_models_of_dwelling_are_no_fault(self) -> None:
        models = "<modeleLogement code='LP'/><modeleLogement code='HOT'/><x/>"
        found = read(
            inside=f"<logementActuel><listeModeleLogement>{models}</listeModeleLogement>"
            "</logementActuel>"
        )
        assert [text for _, text in found.current_dwelling] == ["LP", "HOT"]
        path = f"{HOME}/logementActuel/listeModeleLogement/x"
        assert noted(found) == [(path, "UNKNOWN_ELEMENT", None)]

    @pytest.mark.parametrize(("old", "new", "note"), [
        ("versionInterface=\"02.00\"", "versionInterface=\"02.01\"", ("UNKNOWN_VERSION", "02.01")),
        ("versionInterface=\"02.00\"", "", ("ABSENT", None)),
        ("<dateFichier>2026-11-02T09:15:00+01:00</dateFichier>", "", ("NO_FILE_DATE", None)),
    ])  # fmt: skip
    def test_of_the_file(self, old: str, new: str, note: tuple[str, str | None]) -> None:
        (found,) = read_demands(xml().replace(old, new).encode())
        assert isinstance(found, SneDemand)
        assert [(reason, value) for _, reason, value in noted(found)] == [note]

    @pytest.mark.parametrize("reason", NoteReason)
    def test_each_has_its_sentences(self, reason: NoteReason) -> None:
        note = Note("a", reason, "X1")
        french, english = (note.explain(lang, width=None) for lang in LANGUAGES)
        assert french != english
        assert ("X1" in french) == ("X1" in english)
        assert str(Note("a/b", reason, "X1")) == f"a/b: {english}"
        assert set(Words.of("fr").texts["note"]) == set(NoteReason)

    def test_their_kinds(self) -> None:
        kinds = {reason.value: reason.kind.value for reason in NoteReason}
        assert kinds["UNKNOWN_LINK"] == "NOT_UNDERSTOOD"
        assert kinds["NO_TAX_INCOME"] == "MISSING"
        assert kinds["REPEATED"] == "CONTRADICTORY"
        assert kinds["COMMON_TAX_NOTICE"] == "READING"


class TestRefusals:
    """An impossible value refuses its demand, and no other."""

    @pytest.mark.parametrize(("old", "new", "path", "kind"), [
        ("1990-05-02", "1990-13-02", "dateNaissance", InvalidValue),
        ("1990-05-02", "02/05/1990", "dateNaissance", InvalidValue),
        ("1990-05-02", "2026-11-03", "dateNaissance", NotYetBorn),
        ("<revenuFiscal/>", tax("-1"), "revenuFiscal/montantMoins1", AmountError),
        ("<revenuFiscal/>", tax("1.505"), "revenuFiscal/montantMoins1", AmountError),
        ("<revenuFiscal/>", tax("1", years=("25", "")), "revenuFiscal/anneeMoins1", InvalidValue),
        ("<listeRessourceRecue/>",
         f"<listeRessourceRecue>{line('SAL', '1e3')}</listeRessourceRecue>",
         "listeRessourceRecue/detailRessource[1]/montant", AmountError),
    ])  # fmt: skip
    def test_of_the_applicant(self, old: str, new: str, path: str, kind: type) -> None:
        found = refused(WHOLE.replace(old, new))
        assert found.path == f"demandeLogement[1]/{APPLICANT}/{path}"
        assert type(found.error) is kind
        assert str(found) == f"{found.path}: {found.error}"

    @pytest.mark.parametrize("birth", ["2026-11-02", "1990-05-02Z", "1990-05-02+14:00"])
    def test_the_day_of_the_file_is_no_day_before(self, birth: str) -> None:
        born = read(WHOLE.replace("1990-05-02", birth)).persons[0].birth_date
        assert str(born) == birth[:10]

    @pytest.mark.parametrize(
        "birth", ["1990-05-02T00:00:00", "1990-05-02 23:59", "1990-05-02T10:00:00.000+0200"]
    )
    def test_the_time_of_a_day_does_not_move_it(self, birth: str) -> None:
        assert read(WHOLE.replace("1990-05-02", birth)).persons[0].birth_date == date(1990, 5, 2)

    @pytest.mark.parametrize(
        "birth", ["1990-05", "1990", "1990-05+01:00", "1990-05-00", "1990-00-00"]
    )
    def test_a_birth_without_its_day_is_unknown(self, birth: str) -> None:
        found = read(WHOLE.replace("1990-05-02", birth))
        assert found.persons[0].birth_date is None
        assert noted(found) == [(f"{APPLICANT}/dateNaissance", "PART_OF_DAY", birth)]
        assert found.notes[0].kind is NoteKind.MISSING

    @pytest.mark.parametrize("birth", ["1990-13", "1990-00-02", "19900", "05-1990"])
    def test_a_month_that_cannot_be_is_refused(self, birth: str) -> None:
        assert isinstance(refused(WHOLE.replace("1990-05-02", birth)).error, InvalidValue)

    def test_an_expected_birth_without_its_day_is_one(self) -> None:
        part = "<nombre>2</nombre><dateNaissancePrevue>2027-01</dateNaissancePrevue>"
        found = read(inside=f"<personneANaitre>{part}</personneANaitre>")
        assert found.demand.household.unborn == 2
        assert [reason for _, reason, _ in noted(found)] == ["PART_OF_DAY"]

    @pytest.mark.parametrize(("written", "cents"), [
        ("1910,5", 191_050), ("1910,50", 191_050), ("1910.5000", 191_050), ("1910.000", 191_000),
        ("+1910", 191_000), ("1910.", 191_000), (".5", 50), ("1 910", 191_000),
        ("12 345,60", 1_234_560),
    ])  # fmt: skip
    def test_commas_and_zeros_of_an_amount(self, written: str, cents: int) -> None:
        (income,) = read(
            WHOLE.replace("<revenuFiscal/>", tax(written, years=("2025", "")))
        ).demand.resources.reference_tax_income
        assert income == (2025, Decimal(cents) / 100)

    @pytest.mark.parametrize(
        "written",
        ["1,910", "1.505", "1.5001", "1.910,50", ",", ".", "+", "1,,5", "19 10", "-1", "1 91"],
    )
    def test_an_amount_that_could_be_two_is_refused(self, written: str) -> None:
        assert isinstance(
            refused(WHOLE.replace("<revenuFiscal/>", tax(written))).error, AmountError
        )

    def test_twelve_digits_are_the_most_of_an_amount(self) -> None:
        found = read(WHOLE.replace("<revenuFiscal/>", tax("999 999 999 999,99")))
        assert found.demand.resources.tax_income(2025) == Decimal("999999999999.99")

    @pytest.mark.parametrize("written", ["1000000000000", "1 000 000 000 000,5", "1,505"])
    def test_a_refused_amount_is_told_as_the_file_writes_it(self, written: str) -> None:
        error = refused(WHOLE.replace("<revenuFiscal/>", tax(written))).error
        assert isinstance(error, AmountError)
        assert error.value == written

    def test_the_zone_of_a_year_is_left(self) -> None:
        found = read(WHOLE.replace("<revenuFiscal/>", tax("5", years=("2025+01:00", ""))))
        assert found.demand.resources.tax_income(2025) == 5

    def test_of_the_demand(self) -> None:
        found = refused(lodged="2024-02-30")
        assert found.path == "demandeLogement[1]/dateCreationDemande"
        assert "2024-02-30" in str(found.error)

    def test_of_the_unborn(self) -> None:
        found = refused(inside="<personneANaitre><nombre>-1</nombre></personneANaitre>")
        assert found.path == f"demandeLogement[1]/{HOME}/personneANaitre/nombre"

    @pytest.mark.parametrize("inner", ["", f"<{HOME}/>", "<personneMorale/>"])
    def test_without_an_applicant(self, inner: str) -> None:
        data = interface(f"<demandeLogement>{inner}</demandeLogement>")
        (found,) = read_demands(data.encode())
        assert isinstance(found, RefusedDemand)
        assert found.path == f"demandeLogement[1]/{APPLICANT}"

    def test_of_a_sum(self) -> None:
        high = line("SAL", "999999999999")
        found = refused(
            WHOLE.replace(
                "<listeRessourceRecue/>", f"<listeRessourceRecue>{high}{high}</listeRessourceRecue>"
            )
        )
        assert found.path == "demandeLogement[1]"
        assert isinstance(found.error, AmountError)

    def test_the_others_still_come(self) -> None:
        data = EXAMPLE.read_text(encoding="utf-8")
        begin, end = data.index("<sne:demandeLogement>"), data.index("</sne:demande>")
        bad = data[begin:end].replace("1989-06-21", "1989-21-06")
        data = data[:begin] + data[begin:end] + bad + data[begin:end] + data[end:]
        first, second, third = read_demands(data.encode())
        assert isinstance(first, SneDemand)
        assert isinstance(third, SneDemand)
        assert isinstance(second, RefusedDemand)
        assert second.path.startswith("demandeLogement[2]/")
        assert third.path == "demandeLogement[3]"
        assert third.demand == first.demand

    def test_a_refusal_is_a_value(self) -> None:
        found = refused(lodged="x")
        twin = pickle.loads(pickle.dumps(found))
        assert (twin.path, str(twin.error)) == (found.path, str(found.error))
        assert str(Refusal("a", found.error)) == f"a: {found.error}"


class TestUnreadable:
    """A file that cannot be read ends with its line and path, after the demands before."""

    LOL = "<!DOCTYPE lol [\n<!ENTITY a0 'lol'>{}]>\n<interfaceNuu>&a9;</interfaceNuu>".format(
        "".join(f"<!ENTITY a{rank} '{f'&a{rank - 1};' * 10}'>" for rank in range(1, 10))
    )

    @pytest.mark.parametrize("data", [
        LOL,
        LOL.encode("utf-16"),
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><interfaceNuu/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1/'>]><interfaceNuu>&b;</interfaceNuu>",
        "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1/'>%b;]><interfaceNuu/>",
        "<!DOCTYPE interfaceNuu><interfaceNuu/>",
    ], ids=range(6))  # fmt: skip
    def test_a_document_type(self, data: str | bytes) -> None:
        assert "document type" in stopped(data).reason

    @pytest.mark.parametrize(("data", "line", "path", "reason"), [
        ("", 1, "", "the file stops before its end"),
        ("\n\n<interf", 3, "", "the file stops before its end"),
        ("\nhello", 2, "", "not XML: syntax error"),
        ("<interfaceNuu>\n<a>", 2, "interfaceNuu/a", "the file stops before its end"),
        ("<interfaceNuu><demande>\n</a>", 2, "interfaceNuu/demande", "not XML: mismatched tag"),
        ("<interfaceNuu>&eacute;", 1, "interfaceNuu", "not XML: undefined entity"),
        ("<html/>", 1, "html", "the root element is not interfaceNuu"),
        ("<a:interfaceNuu xmlns:a='b'/>", 1, "interfaceNuu",
         "the root element is not interfaceNuu"),
        ("<interfaceNuu/>", 1, "interfaceNuu", "no demande/demandeLogement in the file"),
        ("<?xml version='1.0' encoding='klingon'?><a/>", 1, "",
         "its encoding cannot be read: unknown encoding: klingon"),
        ("<?xml version='1.0' encoding='utf-7'?><a/>", 1, "",
         "its encoding cannot be read: multi-byte encodings are not supported"),
    ])  # fmt: skip
    def test_its_line_and_path(self, data: str, line: int, path: str, reason: str) -> None:
        error = stopped(data)
        assert (error.line, error.path, error.reason) == (line, path, reason)
        assert str(error) == f"line {line}{path and ', '}{path}: {reason}"

    @pytest.mark.parametrize("wrong", [b"\xff", b"\0", b"&#0;", b"&lol;"])
    def test_the_demands_before_it_come(self, wrong: bytes) -> None:
        data = EXAMPLE.read_bytes()
        begin, end = data.index(b"<sne:demandeLogement>"), data.index(b"</sne:demande>")
        bad = data[begin:end].replace(b"Monteuse", wrong)
        found = read_demands(data[:end] + bad + data[end:])
        assert isinstance(next(found), SneDemand)
        with pytest.raises(SneError, match=r"demandeLogement\[2\]/personnePhysique/demandeur") as e:
            next(found)
        assert e.value.line == data[:end].count(b"\n") + bad[: bad.index(wrong)].count(b"\n") + 1
        assert pickle.loads(pickle.dumps(e.value)).line == e.value.line

    @pytest.mark.parametrize("wrong", ["</demande>&a;", "</demande></interfaceNuu>x", "&a;"])
    def test_a_demand_that_has_ended_comes(self, wrong: str) -> None:
        data = xml().replace("</demande>", f"{wrong}</demande>")
        found = read_demands(data.encode())
        assert isinstance(next(found), SneDemand)
        with pytest.raises(SneError) as caught:
            next(found)
        path = {"</": "interfaceNuu", "&a": "interfaceNuu/demande"}[wrong[:2]]
        assert caught.value.path == ("" if "interfaceNuu" in wrong else path)

    @pytest.mark.parametrize(("wrong", "path"), [
        ("<demande><x:demandeLogement xmlns:x='urn:x'><a/></x:demandeLogement></demande>",
         "demande/demandeLogement"),
        ("<demandeLogement><a/></demandeLogement>", "demandeLogement"),
        ("<demandeLogement>x</demandeLogement>", "demandeLogement"),
        ("<lots><lot><demandeLogement/></lot></lots>", "lots/lot"),
        ("<demande><autre><b><demandeLogement/></b></autre></demande>", "demande/autre"),
        ("<demandes><demandeLogement><a/></demandeLogement></demandes>",
         "demandes/demandeLogement[2]"),
        ("<demandes><demande><demandeLogement/></demande></demandes>", "demandes/demande"),
        ("<x:demande xmlns:x='urn:x'/>", "demande"),
    ])  # fmt: skip
    def test_a_demand_out_of_its_place_is_not_lost_without_a_word(
        self, wrong: str, path: str
    ) -> None:
        found = read_demands(xml().replace("</interfaceNuu>", f"{wrong}</interfaceNuu>").encode())
        assert isinstance(next(found), SneDemand)
        with pytest.raises(SneError, match="a demand stands where none is read") as caught:
            next(found)
        assert caught.value.path == f"interfaceNuu/{path}"

    def test_what_else_stands_beside_the_demands_is_passed_over(self) -> None:
        beside = "<suivi><a/></suivi>"
        data = xml().replace("</demande>", f"<autre/></demande>{beside}")
        assert len(list(read_demands(data.encode()))) == 1

    @pytest.mark.parametrize("date", ["2026-13-02T00:00:00Z", "20261102", "hier", "x" * 900])
    def test_a_date_of_the_file_that_cannot_be_leaves_its_demands(self, date: str) -> None:
        (found,) = read_demands(xml().replace("2026-11-02T09:15:00+01:00", date).encode())
        assert isinstance(found, SneDemand)
        assert found.file_date is None
        assert noted(found) == [("entete/dateFichier", "UNKNOWN_FILE_DATE", shown(date))]

    def test_an_empty_date_of_the_file_is_missing(self) -> None:
        (found,) = read_demands(xml().replace("2026-11-02T09:15:00+01:00", " ").encode())
        assert isinstance(found, SneDemand)
        assert noted(found) == [("entete/dateFichier", "NO_FILE_DATE", None)]

    @pytest.mark.parametrize("end", [b"\xc3", b"<![CDATA[", b"<![CDATA[a", b"<!--", b"&am"])
    def test_a_file_that_stops_anywhere(self, end: bytes) -> None:
        assert stopped(b"<interfaceNuu>" + end).reason == "the file stops before its end"

    @pytest.mark.parametrize(
        "date",
        ["2026-11-02", "2026-11-02T09:15:00", "2026-11-02T09:15:00.1Z", "2026-11-02\n09:15"],
    )
    def test_other_dates_of_a_file(self, date: str) -> None:
        (found,) = read_demands(xml().replace("2026-11-02T09:15:00+01:00", date).encode())
        assert isinstance(found, SneDemand)
        assert str(found.file_date) == "2026-11-02"


class TestBounds:
    """However hostile the file, time and memory are bounded."""

    def test_nesting_in_a_demand(self) -> None:
        for depth, fits in ((15, True), (16, False), (10_000, False)):
            data = xml(f"{WHOLE}{'<a>' * depth}{'</a>' * depth}").encode()
            if fits:
                assert len(list(read_demands(data))) == 1
            else:
                with pytest.raises(SneError, match="more than 20 elements inside one another"):
                    list(read_demands(data))

    def test_nesting_beside_the_demands(self) -> None:
        deep = f"<a>{'<b>' * 30}{'</b>' * 30}</a>"
        error = stopped(xml().replace("</interfaceNuu>", f"{deep}</interfaceNuu>"))
        assert error.path == "interfaceNuu/a/b"

    def test_endless_nesting(self) -> None:
        error = stopped("<interfaceNuu>" + f"<a b='{'x' * 200}'>" * 6_000)
        assert error.reason == "more than 1048576 bytes in one element"
        assert error.path.count("/") == 19

    @pytest.mark.parametrize("held", ["<a b='{}'/>", "<nom>{}</nom>", "<!--{}-->"])
    def test_a_demand_too_large(self, held: str) -> None:
        assert len(list(read_demands(xml(WHOLE + held.format("x" * 900_000)).encode()))) == 1
        error = stopped(xml(WHOLE + held.format("x" * 1_200_000)))
        assert error.reason == "more than 1048576 bytes in one element"

    @pytest.mark.parametrize("held", ["<interfaceNuu a='{}'/>", "<!--{}--><interfaceNuu/>"])
    def test_a_head_too_large(self, held: str) -> None:
        assert stopped(held.format("x" * 100_000)).reason == "no element in the first 65536 bytes"

    def test_many_who_were_born_on_one_day_are_each_compared_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def comparable(name: str) -> str:
            asked.append(name)
            return name

        monkeypatch.setattr("alin_core.national_xml.persons.comparable_name", comparable)
        born = "<dateNaissance>2012-01-01</dateNaissance>"
        several = "".join(
            f"<personneACharge><nom>Martin</nom><prenom>{number}</prenom>{born}</personneACharge>"
            for number in (*range(50), 0)
        )
        found = read(inside=f"<listePersonneACharge>{several}</listePersonneACharge>")
        assert [reason for _, reason, _ in noted(found)] == ["PERSON_TWICE"]
        assert len(asked) == 2 * 51

    def test_many_small_elements_beside_the_demands(self) -> None:
        more = "<x>1</x>" * 150_000
        (found,) = read_demands(xml().replace("<demande>", f"<y>{more}</y><demande>").encode())
        assert isinstance(found, SneDemand)

    def test_long_names_make_no_long_paths(self) -> None:
        name = "n" * 1_000
        inner = f"<{name}>" * 8 + "<a>1</a>" + f"</{name}>" * 8
        (note,) = read(WHOLE + inner).notes
        assert len(note.path) < 200
        assert [len(path) for path, _ in note.kept] == [240]


class TestNames:
    """Names are held in their namespaces, which may be long only to a point, and be many."""

    @staticmethod
    def kept(held: str) -> tuple[tuple[str, str], ...]:
        (note,) = read(WHOLE + held).notes
        return note.kept

    @pytest.mark.parametrize(
        ("held", "kept"),
        [
            ("<z xmlns:t='u'><t:a t:b='1' c='2'/></z>", (("a@b", "1"), ("a@c", "2"))),
            ("<z xmlns='u' a='1'/>", (("@a", "1"),)),
            ("<z xml:lang='fr'/>", (("@lang", "fr"),)),
            ("<z xmlns:t='u'><z xmlns:t='v'/><t:a>1</t:a></z>", (("a", "1"),)),
        ],
    )
    def test_a_prefix_holds_from_its_element_on(self, held: str, kept: Any) -> None:
        assert self.kept(held) == kept

    def test_a_prefix_holds_until_its_element_ends(self) -> None:
        space, other = "xmlns:t='http://nuu.application.i2/'", "xmlns:t='u'"
        written = xml(
            f"<z {other}><t:nom>No</t:nom></z>"
            + WHOLE.replace("nom>Martin</nom", "t:nom>Martin</t:nom")
        )
        (found,) = read_demands(written.replace("<demandeur>", f"<demandeur {space}>").encode())
        assert isinstance(found, SneDemand)
        assert found.persons[0].surname == "Martin"
        assert [note.path for note in found.notes] == [f"{APPLICANT}/z"]

    @pytest.mark.parametrize(
        "held",
        ["<t:a/>", "<a t:b=''/>", "<a xmlns:t=''><t:b/></a>", "<a xmlns:t='u'/><t:b/>"],
    )
    def test_a_prefix_that_is_not_declared(self, held: str) -> None:
        error = stopped(xml(WHOLE + held))
        assert error.reason == "not XML: unbound prefix"
        assert error.path.startswith("interfaceNuu/demande/demandeLogement[1]/personnePhysique")

    @pytest.mark.parametrize("held", ["<{}/>", "<a {}=''/>", "<a xmlns:{}='u'/>"])
    @pytest.mark.parametrize("name", [":a", "t:", "t:9", "t:-a", "t:a:b", "t::a"])
    def test_a_colon_out_of_its_place(self, held: str, name: str) -> None:
        error = stopped(xml(f"<z xmlns:t='u'>{held.format(name)}</z>"))
        assert error.reason == "not XML: not well-formed (invalid token)"

    def test_an_attribute_twice_under_two_prefixes(self) -> None:
        error = stopped(xml(WHOLE + "<a xmlns:s='u' xmlns:t='u' s:b='' t:b=''/>"))
        assert error.reason == "not XML: duplicate attribute"

    @pytest.mark.parametrize("sign", ["x", "\U00010000"])
    @pytest.mark.parametrize("held", ["<z xmlns='{}'/>", "<z xmlns:t='{}'/>"])
    def test_a_namespace_of_more_than_two_hundred_characters(self, held: str, sign: str) -> None:
        assert read(WHOLE + held.format(sign * 200)).notes
        error = stopped(xml(WHOLE + held.format(sign * 201)))
        assert error.reason == "a namespace of more than 200 characters"
        root = f"<interfaceNuu xmlns:t='{sign * 201}' versionInterface='02.00'>"
        assert str(stopped(root)) == "line 1: a namespace of more than 200 characters"

    @pytest.mark.parametrize("held", ["<{}/>", "<z {}=''/>", "<z t:{}='' xmlns:t='u'/>"])
    def test_a_name_of_more_than_a_thousand_characters(self, held: str) -> None:
        assert read(WHOLE + held.format("é" * (1_000 - 2 * held.count("t:{")))).notes
        error = stopped(xml(WHOLE + held.format("é" * 1_001)))
        assert error.reason == "a name of more than 1000 characters"

    @pytest.mark.parametrize("more", ["<b/>", "<t:nom xmlns:t='u'/>", "<nom b=''/>"])
    def test_a_file_of_more_than_two_thousand_names(self, more: str) -> None:
        """Elements and attributes alike, as the file writes them, in whatever demand."""
        tags = [(element.tag, element.keys()) for element in ElementTree.fromstring(xml()).iter()]
        used = {"xmlns", *(tag.rpartition("}")[2] for tag, _ in tags)}.union(*(k for _, k in tags))
        fill = "".join(f"<a{rank}/>" for rank in range(2_000 - len(used)))
        demand = xml().partition("<demande>")[2].partition("</demande>")[0]
        first = demand.replace("</demandeur>", f"{fill}</demandeur>")
        assert len(list(read_demands(interface(first + demand).encode()))) == 2
        several = read_demands(interface(first + demand + more).encode())
        assert [type(next(several)) for _ in range(2)] == [SneDemand, SneDemand]
        with pytest.raises(SneError, match="more than 2000 names of elements and attributes"):
            next(several)


def test_a_person_without_a_name_has_no_identity() -> None:
    assert (
        SnePerson(key="demandeur", first_name="Lou", birth_date=date(1990, 5, 2)).identities == ()
    )


def test_a_page_without_a_number_and_a_deposit() -> None:
    found = read(number="", lodged="")
    page = found.explain("fr")
    assert page.startswith("demandeLogement[1] · Demande sans numéro unique, sans date de dépôt")

"""The persons of a demand of the national XML: each with what the file says of them."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import define

from alin_core.national_xml.elements import Branch, names
from alin_core.national_xml.resources import TaxIncomes, monthly_resources, tax_incomes
from alin_core.national_xml.values import MonthlyResource, NoteReason, SnePerson
from alin_core.registration.identity import comparable_name
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Person
from alin_core.values.identifiers import Siret

__all__ = ["ADULT", "Adult", "Child", "adult", "children", "note_twice"]

_ASIDE = "civilite nationalite situationFamiliale lienDemandeur telPortable mel adressePostale"
_LISTS = (
    "listeRessourceRecue listeRessourceVersee"
    " listeRessourceRecuePersACharge listeRessourceVerseePersACharge"
)
#: What an applicant, or another who signs, is made of.
ADULT = names(
    f"nom nomPatronymique prenom dateNaissance situationProfessionnelle revenuFiscal"
    f" {_ASIDE} {_LISTS}"
)
_KEPT = (*_ASIDE.split(), "situationProfessionnelle")
_DEPENDANT = names("nom prenom dateNaissance sexe lienParente")
_IN_CUSTODY = names("nom prenom dateNaissance sexe coParentalite")
_ADDRESS = names("commune codePostal")
#: READING: no file we know of holds a SIRET, so its name there is not known for certain.
_SIRETS = ("siret", "numSiret", "siretEmployeur")
_WORK = names(f"profession typeContratTravail nomEmployeurPrincipal commune {' '.join(_SIRETS)}")

#: Self-employed, unemployed, student, retired: no employer, unless the file names one.
_NO_EMPLOYER = frozenset({"ART", "CHO", "ETU", "RET"})
#: With an employer, even when the file does not name it.
_EMPLOYED = frozenset({"CDI", "CDD", "APP"})
#: Alternating custody, visiting right.
_CUSTODIES = frozenset({"G", "D"})


@define(kw_only=True, eq=False)
class Adult:
    """One who signs: the applicant, or another."""

    branch: Branch
    told: SnePerson
    #: The code of their family situation; None: not in the file.
    situation: str | None
    #: The code of their link to the applicant; None: not in the file.
    link: str | None
    incomes: TaxIncomes
    employment: Employment | None
    #: Are their monthly resources listed, be it by an empty list?
    listed: bool
    lines: tuple[MonthlyResource, ...]

    @property
    def person(self) -> Person:
        """What rules read of them."""
        return Person(birth_date=self.told.birth_date)


def adult(found: Branch, key: str) -> Adult:
    """The person that a `demandeur` or a `cotitulaire` holds."""
    told = _told(found, key, _KEPT)
    found.due("nom", told.surname)
    found.due("prenom", told.first_name)
    found.branch("adressePostale", _ADDRESS)
    listed = found.due("listeRessourceRecue", found.children.get("listeRessourceRecue"))
    return Adult(
        branch=found,
        told=told,
        situation=found.code("situationFamiliale"),
        link=found.code("lienDemandeur"),
        incomes=tax_incomes(found),
        employment=_employment(found),
        listed=listed is not None,
        lines=tuple(monthly_resources(found, key)),
    )


def _told(found: Branch, key: str, kept: tuple[str, ...]) -> SnePerson:
    return SnePerson(
        key=key,
        surname=found.text("nom"),
        birth_name=found.text("nomPatronymique"),
        first_name=found.text("prenom"),
        birth_date=found.born(),
        kept=found.kept(kept),
    )


def _employment(found: Branch) -> Employment | None:
    """The employer's sector and headcount are never in the file.

    READING: who works for themselves, is out of work, studies or is retired has no employer;
    with another contract, or none, only an employer that the file names is one.
    """
    work = found.due("situationProfessionnelle", found.branch("situationProfessionnelle", _WORK))
    if work is None:
        return None
    contract = work.code("typeContratTravail")
    siret = _siret(work)
    named = siret is not None or work.text("nomEmployeurPrincipal") is not None
    if named and contract in _NO_EMPLOYER:
        work.note("typeContratTravail", NoteReason.EMPLOYER_OF_NONE, contract)
    if named or contract in _EMPLOYED:
        return Employment(employer=Employer(siret=siret))
    return Employment(employer=None) if contract in _NO_EMPLOYER else None


def _siret(work: Branch) -> Siret | None:
    """The first that is named; another one after it is noted, and not read."""
    first: Siret | None = None
    for name in filter(work.children.__contains__, _SIRETS):
        if first is None:
            first = work.read(name, Siret)
        elif (another := work.text(name)) and "".join(another.split()) != first.text:
            work.note(name, NoteReason.SECOND_SIRET)
    return first


@define(kw_only=True, eq=False)
class Child:
    """A dependant, or a child in custody."""

    branch: Branch
    told: SnePerson
    alternating_custody: bool = False
    #: Under a visiting and accommodation right.
    visiting: bool = False

    @property
    def person(self) -> Person:
        """What rules read of them."""
        return Person(birth_date=self.told.birth_date, alternating_custody=self.alternating_custody)


def children(inside: Branch) -> Iterator[Child]:
    """The dependants of `listePersonneACharge`, then the children of `listePersonneEnGarde`.

    READING: a child whose custody has no known code is visiting, the lesser right.
    """
    births: set[date | None] = set()
    charged = inside.members("listePersonneACharge", "personneACharge", _DEPENDANT)
    for rank, found in enumerate(charged, 1):
        told = _told(found, f"personneACharge[{rank}]", ("sexe", "lienParente"))
        births.add(told.birth_date)
        yield Child(branch=found, told=told)
    custody = inside.members("listePersonneEnGarde", "personneEnGarde", _IN_CUSTODY)
    for rank, found in enumerate(custody, 1):
        told = _told(found, f"personneEnGarde[{rank}]", ("sexe", "coParentalite"))
        code = found.due("coParentalite", found.code("coParentalite"))
        if code is not None and code not in _CUSTODIES:
            found.note("coParentalite", NoteReason.UNKNOWN_CUSTODY, code)
        if told.birth_date is not None and told.birth_date in births:
            found.note("dateNaissance", NoteReason.CHILD_TWICE, told.birth_date.isoformat())
        alternating = code == "G"
        yield Child(
            branch=found, told=told, alternating_custody=alternating, visiting=not alternating
        )


def note_twice(persons: Iterable[Adult | Child]) -> None:
    """Tell each person who bears the names and the birth date of one before.

    Names are in capitals for some and not for others, with accents or without.
    """
    born: dict[date | None, list[Adult | Child]] = {}
    for person in persons:
        born.setdefault(person.told.birth_date, []).append(person)
    born.pop(None, None)
    for same_day in born.values():
        known: set[tuple[str, str]] = set()
        # Names are dear to compare, and those born on a day of their own are nobody's twin.
        for person in same_day if len(same_day) > 1 else ():
            told = person.told
            if told.surname and told.first_name:
                one = comparable_name(told.surname), comparable_name(told.first_name)
                if one in known:
                    person.branch.note("nom", NoteReason.PERSON_TWICE)
                known.add(one)

"""What a demand read from the national XML is made of."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field

from alin_core.errors import AlinError
from alin_core.frozen import frozen
from alin_core.values.demand import Demand, Identity
from alin_core.values.languages import Explained, Told
from alin_core.values.privacy import hidden

__all__ = [
    "Kept",
    "MonthlyResource",
    "Note",
    "NoteKind",
    "NoteReason",
    "RefusedDemand",
    "SneDemand",
    "SneError",
    "SnePerson",
]

#: What is kept as the file writes it: paths and texts, a code under `…@code`.
Kept = tuple[tuple[str, str], ...]


class NoteKind(StrEnum):
    """What a note is about."""

    NOT_UNDERSTOOD = "NOT_UNDERSTOOD"
    MISSING = "MISSING"
    CONTRADICTORY = "CONTRADICTORY"
    #: The file leaves it open, and we chose.
    READING = "READING"


class NoteReason(StrEnum):
    """Why a note is made; each has its sentence in both languages.

    >>> NoteReason.COMMON_TAX_NOTICE.kind
    <NoteKind.READING: 'READING'>
    """

    UNKNOWN_ELEMENT = "UNKNOWN_ELEMENT"
    UNKNOWN_VERSION = "UNKNOWN_VERSION"
    UNKNOWN_FILE_DATE = "UNKNOWN_FILE_DATE"
    UNKNOWN_NUMBER = "UNKNOWN_NUMBER"
    UNKNOWN_LINK = "UNKNOWN_LINK"
    UNKNOWN_CUSTODY = "UNKNOWN_CUSTODY"
    UNKNOWN_COUNTED = "UNKNOWN_COUNTED"
    UNKNOWN_LEFT_OUT = "UNKNOWN_LEFT_OUT"

    ABSENT = "ABSENT"
    NO_FILE_DATE = "NO_FILE_DATE"
    NO_TAX_INCOME = "NO_TAX_INCOME"
    PART_OF_DAY = "PART_OF_DAY"

    REPEATED = "REPEATED"
    DEPOSIT_MONTH = "DEPOSIT_MONTH"
    LODGED_AFTER_FILE = "LODGED_AFTER_FILE"
    LINK_AND_SITUATION = "LINK_AND_SITUATION"
    NO_PARTNER = "NO_PARTNER"
    SECOND_PARTNER = "SECOND_PARTNER"
    SAME_TAX_INCOME = "SAME_TAX_INCOME"
    TWO_TAX_INCOMES = "TWO_TAX_INCOMES"
    EMPLOYER_OF_NONE = "EMPLOYER_OF_NONE"
    SECOND_SIRET = "SECOND_SIRET"
    CHILD_TWICE = "CHILD_TWICE"
    PERSON_TWICE = "PERSON_TWICE"
    MORE_PAID = "MORE_PAID"

    COMMON_TAX_NOTICE = "COMMON_TAX_NOTICE"
    FLAT_SHARER = "FLAT_SHARER"
    HOUSING_AID = "HOUSING_AID"

    @property
    def kind(self) -> NoteKind:
        """What a note of that reason is about."""
        if self in _MISSING:
            return NoteKind.MISSING
        if self in _READINGS:
            return NoteKind.READING
        unknown = self.value.startswith("UNKNOWN_")
        return NoteKind.NOT_UNDERSTOOD if unknown else NoteKind.CONTRADICTORY


_MISSING = frozenset(
    {
        NoteReason.ABSENT,
        NoteReason.NO_FILE_DATE,
        NoteReason.NO_TAX_INCOME,
        NoteReason.PART_OF_DAY,
    }
)
_READINGS = frozenset(
    {NoteReason.COMMON_TAX_NOTICE, NoteReason.FLAT_SHARER, NoteReason.HOUSING_AID}
)


@frozen
class Note(Explained):
    """Something that was not understood, missing, contradictory, or settled by a reading.

    >>> print(Note("personnePhysique/demandeur/mel", NoteReason.ABSENT))
    personnePhysique/demandeur/mel: not in the file
    """

    #: Below the `demandeLogement` of the demand; `[2]` is the second of a list.
    path: str
    reason: NoteReason
    #: The code, year or day that the note is about.
    value: str | None = field(default=None, repr=hidden)
    #: What an unknown element holds.
    kept: Kept = field(default=(), repr=hidden)

    @property
    def kind(self) -> NoteKind:
        """What the note is about."""
        return self.reason.kind

    def __str__(self) -> str:
        return f"{self.path}: {self.explain('en', width=None)}"


@frozen(kw_only=True)
class SnePerson:
    """A person as the file names them; None: not in the file."""

    #: `demandeur`, `cotitulaire[1]`, `personneACharge[2]` or `personneEnGarde[1]`.
    key: str
    surname: str | None = field(default=None, repr=hidden)
    #: `nomPatronymique`, the name at birth.
    birth_name: str | None = field(default=None, repr=hidden)
    first_name: str | None = field(default=None, repr=hidden)
    birth_date: date | None = field(default=None, repr=hidden)
    #: Everything else that the file says of the person and no rule reads.
    kept: Kept = field(default=(), repr=hidden)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The names under which an identity document may know the person: in use, at birth."""
        first_name, birth_date = self.first_name, self.birth_date
        if first_name is None or birth_date is None:
            return ()
        return tuple(
            [
                Identity(surname=name, first_name=first_name, birth_date=birth_date)
                for name in dict.fromkeys((self.surname, self.birth_name))
                if name
            ]
        )


@frozen(kw_only=True)
class MonthlyResource:
    """One line of the monthly resources of a person."""

    #: The person, by the key of `SnePerson`.
    person: str
    #: Of the persons that this one has in charge?
    of_dependants: bool
    #: `SAL`, `AF`, `PAV`…; None: not in the file.
    code: str | None = field(repr=hidden)
    #: Euros per month; None: not in the file.
    amount: Decimal | None
    #: 1: counted; -1: subtracted; 0: left out.
    sign: int


@frozen(kw_only=True)
class SneDemand(Told):
    """A demand of the file: what rules read, and what is kept beside."""

    #: `demandeLogement[2]`: the second of the file.
    path: str
    #: The day the file was written; None: not in the file.
    file_date: date | None
    demand: Demand
    #: Applicant first, then those who sign with them, dependants, children in custody.
    persons: tuple[SnePerson, ...]
    #: Euros per month, line by line: `demand.resources.monthly_income` sums them.
    monthly_resources: tuple[MonthlyResource, ...]
    #: `logementActuel`.
    current_dwelling: Kept = field(repr=hidden)
    notes: tuple[Note, ...]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The identities attached to the unique number: the applicant's, in use and at birth."""
        return self.persons[0].identities

    @property
    def address(self) -> Kept:
        """The applicant's `adressePostale`: an address, not the zone of any offer."""
        place = "adressePostale/"
        return tuple(
            (path.removeprefix(place), text)
            for path, text in self.persons[0].kept
            if path.startswith(place)
        )

    @property
    def email(self) -> str | None:
        """Where the codes of the import go; None: not in the file."""
        return self.demand.email


@frozen
class RefusedDemand:
    """A demand of the file that holds an impossible value; the others are read.

    >>> print(RefusedDemand("demandeLogement[2]/numUnique", AlinError("not a number")))
    demandeLogement[2]/numUnique: not a number
    """

    #: Where the value stands, from the `demandeLogement` on.
    path: str
    error: AlinError

    def __str__(self) -> str:
        return f"{self.path}: {self.error}"


@frozen
class SneError(AlinError, ValueError):
    """The file itself cannot be read: why, and how far it could be."""

    reason: str
    #: The line reached, where the fault is or below it.
    line: int
    #: The elements that are open there, from the root; empty before it.
    path: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.path}" if self.path else f"line {self.line}"
        return f"{where}: {self.reason}"

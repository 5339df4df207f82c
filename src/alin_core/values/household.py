"""Who will live in the dwelling: persons, and the household they form."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import Attribute, Converter, field

from alin_core.errors import InvalidValue, NotYetBorn, WrongType, is_a, must_be
from alin_core.frozen import frozen
from alin_core.values.amounts import optional_day_field, the_day
from alin_core.values.privacy import hidden

__all__ = ["Household", "Person", "check_count"]


@frozen(kw_only=True)
class Person:
    """One person of the household.

    >>> Person(birth_date=date(1990, 5, 2)).age(date(2026, 5, 1))
    35
    """

    #: None: unknown.
    birth_date: date | None = field(default=None, converter=optional_day_field, repr=hidden)
    #: Holder of a carte mobilité inclusion, mention « invalidité » (CASF L241-3).
    disabled: bool = field(default=False, validator=is_a(bool))
    #: A child in alternating custody counts in both homes (arrêté du 29 juillet 1987, art. 1).
    alternating_custody: bool = field(default=False, validator=is_a(bool))

    def age(self, on: date) -> int | None:
        """Completed years on that day; None: birth date unknown.

        READING: born on 29 February, a year is completed on 1 March in common years.
        Raises `NotYetBorn`.
        """
        born = self.birth_date
        if born is None:
            return None
        if the_day(on) < born:
            raise NotYetBorn(on)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _applicant(value: Person) -> Person:
    return must_be(value, Person, "applicant")


def _partner(value: Person | None) -> Person | None:
    return None if value is None else must_be(value, Person, "partner")


def _field_persons(value: Iterable[Person], attribute: "Attribute[Any]") -> tuple[Person, ...]:
    try:
        persons = tuple(value)
    except TypeError:
        raise WrongType(attribute.name, type(value), "a tuple of Person") from None
    for person in persons:
        must_be(person, Person, attribute.name)
    return persons


if TYPE_CHECKING:  # as in `amounts`

    def _persons(value: Iterable[Person]) -> tuple[Person, ...]: ...

else:
    _persons = Converter(_field_persons, takes_field=True)


#: A technical bound, not law.
_MOST = 9999


def check_count(value: int, name: str, least: int = 0) -> None:
    """Raises `InvalidValue` for a count of persons out of bounds, `WrongType` for another type."""
    if not least <= must_be(value, int, name) <= _MOST:
        raise InvalidValue(name, value, f"give {least} to {_MOST}")


@frozen(kw_only=True)
class Household:
    """Everyone who will live in the dwelling.

    Flat-sharers are not one household: each signs alone.

    >>> Household.of(adults=2, couple=True, dependants=1).persons
    3
    """

    applicant: Person = field(converter=_applicant)
    #: Spouse, PACS partner or cohabitant.
    partner: Person | None = field(default=None, converter=_partner)
    #: Other adults of the family who will sign, not dependants.
    co_applicants: tuple[Person, ...] = field(default=(), converter=_persons)
    #: Dependants in the tax sense (CGI 194, 196, 196 A bis, 196 B).
    dependants: tuple[Person, ...] = field(default=(), converter=_persons)
    #: Children under a visiting and accommodation right (CCH L442-12).
    visiting_children: tuple[Person, ...] = field(default=(), converter=_persons)
    #: Children to be born.
    unborn: int = field(default=0)

    @unborn.validator
    def _is_a_count(self, _attribute: object, value: int) -> None:
        check_count(value, "unborn")

    # What rules ask of every household, counted once at birth.
    #: Applicant, partner and co-applicants.
    adults: int = field(init=False, eq=False, repr=False)
    #: Everyone born who will live there, visiting children included.
    persons: int = field(init=False, eq=False, repr=False)
    #: Does anyone hold the mention « invalidité », visiting children aside?
    disabled_resident: bool = field(init=False, eq=False, repr=False)
    _latest_birth: date = field(init=False, eq=False, repr=False)

    @adults.default
    def _count_adults(self) -> int:
        return 1 + (self.partner is not None) + len(self.co_applicants)

    @persons.default
    def _count_persons(self) -> int:
        return self.adults + len(self.dependants) + len(self.visiting_children)

    @disabled_resident.default
    def _find_disabled_resident(self) -> bool:
        residents = self.members[: len(self.members) - len(self.visiting_children)]
        return any(person.disabled for person in residents)

    @_latest_birth.default
    def _find_latest_birth(self) -> date:
        births = [person.birth_date for person in self.members if person.birth_date]
        return max(births, default=date.min)

    @property
    def members(self) -> tuple[Person, ...]:
        """The persons themselves, visiting children last."""
        partner = () if self.partner is None else (self.partner,)
        signing = (self.applicant, *partner, *self.co_applicants)
        return (*signing, *self.dependants, *self.visiting_children)

    def born_by(self, on: date) -> None:
        """Raises `NotYetBorn` when a person is declared as living there before birth."""
        if the_day(on) < self._latest_birth:
            raise NotYetBorn(on)

    @classmethod
    def of(
        cls,
        *,
        adults: int = 1,
        couple: bool = False,
        dependants: int = 0,
        visiting_children: int = 0,
        unborn: int = 0,
    ) -> "Household":
        """A household known by its counts only; its ages are unknown.

        Raises `InvalidValue` without an adult, for a couple of one, or for a negative count.
        """
        check_count(adults, "adults", 1 + must_be(couple, bool, "couple"))
        check_count(dependants, "dependants")
        check_count(visiting_children, "visiting_children")
        someone = Person()
        return cls(
            applicant=someone,
            partner=someone if couple else None,
            co_applicants=(someone,) * (adults - 1 - couple),
            dependants=(someone,) * dependants,
            visiting_children=(someone,) * visiting_children,
            unborn=unborn,
        )

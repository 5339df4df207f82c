"""Every figure and every reading that a rule uses, as one value."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache, partial
from typing import Any, Concatenate, ParamSpec, SupportsIndex, TypeVar
from weakref import proxy

from attrs import evolve, field, fields

from alin_core.errors import must
from alin_core.frozen import frozen
from alin_core.law.figures import assumption, guide, law, reading, tuple_field, yes_or_no
from alin_core.law.tables import (
    CeilingTable,
    Written,
    ceiling_table,
    number_field,
    number_or_zero_field,
)
from alin_core.values.amounts import day_field
from alin_core.values.demand import Demand
from alin_core.values.fingerprints import fingerprint
from alin_core.values.housing import RentalNorm, Typology, TypologyRange
from alin_core.values.languages import Explained

__all__ = ["Rulebook", "kept"]

_P = ParamSpec("_P")
_T = TypeVar("_T")

_ARRETE = "arrêté du 29 juillet 1987 (NOR EQUC8700526A)"
_GUIDE = "user guide of AL'in, « Principales règles d'attribution »"
_ACCOUNT = "user guide of AL'in, « Créer son compte »"
_IMPORT = "user guide of AL'in, « Importer sa demande »"


def _table_of(norm: RentalNorm) -> Any:
    """The validator of a field that holds the ceilings of that norm, and of no other."""
    return must(
        lambda value: isinstance(value, CeilingTable) and value.norm == norm,
        f"give the CeilingTable of {norm.value}",
    )


_below_one = must(lambda value: value < 1, "give a share between 0 and 1")
_up_to_one = must(lambda value: value <= 1, "give a share of 1 at most")
_whole = must(lambda value: type(value) is int and 0 <= value <= 99_999, "give 0 to 99999")
_years = must(lambda value: type(value) is int and 1 <= value <= 99, "give 1 to 99 years")
_six_or_seven = must(lambda value: type(value) is int and value in (6, 7), "give 6 or 7")
_ranges = must(
    lambda value: value != () and all(isinstance(item, TypologyRange) for item in value),
    "give a TypologyRange for one person, for two and so on",
)
_both_priorities = must(
    lambda value: value in (("LEGAL", "COMPANY"), ("COMPANY", "LEGAL")),
    "give LEGAL and COMPANY, each once",
)
_with_email = must(lambda value: "email" in value, "give names, email among them: the user name")
# Choice 3 shows more than the identity, which is choice 2, and less than all, which is choice 4.
_OTHERS = tuple(held.name for held in fields(Demand) if held.name != "identity")
_large_part = must(
    lambda value: all(name in _OTHERS for name in value) and 0 < len(set(value)) < len(_OTHERS),
    "give fields of Demand, not all of them and without identity",
)


def _typologies() -> tuple[TypologyRange, ...]:
    rising = tuple(TypologyRange(Typology(n), Typology(n + 1)) for n in range(1, 5))
    return (*rising, TypologyRange(Typology(5), None))


@frozen(kw_only=True, cache_hash=True)
class Rulebook(Explained):
    """The law as a value: a reform is another rulebook.

    >>> from attrs import evolve
    >>> evolve(Rulebook.standard(), rent_multiple="2.5").rent_multiple
    Decimal('2.5')

    The metadata of each field give its provenance, its unit and its source.
    The standard one pickles and copies as itself; another one by value.
    Raises `InvalidValue` for a figure that no rule could read, `WrongType` for what is no list.
    """

    #: Ceilings of PLUS dwellings.
    plus: CeilingTable = field(
        factory=lambda: ceiling_table("plus"),
        validator=_table_of(RentalNorm.PLUS),
        metadata=law("euros per year", f"{_ARRETE}, annexe I"),
    )
    #: Ceilings of PLAI dwellings.
    plai: CeilingTable = field(
        factory=lambda: ceiling_table("plai"),
        validator=_table_of(RentalNorm.PLAI),
        metadata=law("euros per year", f"{_ARRETE}, annexe II"),
    )
    #: PLS ceilings are PLUS ceilings times this.
    pls_factor: Decimal = field(
        default=Decimal("1.30"),
        converter=number_field,
        metadata=law("times the PLUS ceiling", f"{_ARRETE}, art. 1"),
    )
    #: A later income counts at or below this share of that of year N-2.
    income_drop: Decimal = field(
        default=Decimal("0.90"),
        converter=number_field,
        validator=_up_to_one,
        metadata=law("share of the income of year N-2", f"{_ARRETE}, art. 4"),
    )
    #: The completed ages of a young household sum to this at most.
    young_couple_ages: int = field(
        default=55,
        validator=_whole,
        metadata=law("completed years, both ages together", f"{_ARRETE}, art. 2"),
    )
    #: Do shifts to the next category add up?
    shifts_stack: bool = field(
        default=False,
        validator=yes_or_no,
        metadata=reading("yes or no", f"{_ARRETE}, art. 2: any one alternative is enough"),
    )
    #: The person from whom one adult alone with dependants gets the further-person amount:
    #: 7, as everyone, or 6, from the fifth dependant on.
    single_parent_further_from: int = field(
        default=7,
        validator=_six_or_seven,
        metadata=reading("rank of a person", "service-public.fr, F869 (2026): seventh person"),
    )
    #: Does a disabled person add a further-person amount from six persons on?
    disability_shift_past_six: bool = field(
        default=False,
        validator=yes_or_no,
        metadata=reading("yes or no", "no published table shifts past category 6"),
    )
    #: Must a young household be a couple, rather than any two adults?
    young_household_is_a_couple: bool = field(
        default=True,
        validator=yes_or_no,
        metadata=reading(
            "yes or no", f"{_ARRETE}, art. 2; arrêté du 3 décembre 2007: PACS and cohabitation"
        ),
    )
    #: Do children under a visiting right count for the ceilings?
    visiting_children_count: bool = field(
        default=True,
        validator=yes_or_no,
        metadata=reading("yes or no", "CCH L442-12; the notice of the form says otherwise"),
    )
    #: Do children to be born count for the rooms?
    unborn_count_for_rooms: bool = field(
        default=False,
        validator=yes_or_no,
        metadata=reading("yes or no", f"{_GUIDE} does not say"),
    )
    #: Do children to be born count for the ceilings?
    unborn_count_for_ceilings: bool = field(
        default=False,
        validator=yes_or_no,
        metadata=reading("yes or no", "CCH L442-12 does not name them"),
    )
    #: Does a commune that merged into one of another zone keep its zone under its old code?
    merged_communes_keep_their_zone: bool = field(
        default=True,
        validator=yes_or_no,
        metadata=reading("yes or no", f"{_ARRETE}, art. 1 and annexes: no text follows a merger"),
    )
    #: Is a later income looked at only when that of year N-2 exceeds the ceiling?
    alternatives_only_if_needed: bool = field(
        default=False,
        validator=yes_or_no,
        metadata=reading("yes or no", f"{_ARRETE}, art. 4: at the household's request"),
    )
    #: What fits one person, two and so on; the last one is for everyone above.
    typologies: tuple[TypologyRange, ...] = field(
        factory=_typologies,
        converter=tuple_field,
        validator=_ranges,
        metadata=guide("rooms, by number of persons", _GUIDE),
    )
    #: Income and aid are about this many times the rent including charges.
    rent_multiple: Decimal = field(
        default=Decimal(3),
        converter=number_field,
        metadata=guide("times the rent including charges", _GUIDE),
    )
    #: How far below « environ » may fall.
    rent_tolerance: Decimal = field(
        default=Decimal("0.10"),
        converter=number_or_zero_field,
        validator=_below_one,
        metadata=assumption(
            "share of the income asked for", f"{_GUIDE} says « environ » without a figure"
        ),
    )
    #: Private companies: from this headcount on.
    company_headcount: Decimal = field(
        default=Decimal(10),
        converter=number_field,
        metadata=guide("employees, yearly average", "user guide of AL'in, « Présentation »"),
    )
    #: Private agricultural companies: from this headcount on.
    agricultural_headcount: Decimal = field(
        default=Decimal(50),
        converter=number_field,
        metadata=guide("employees, yearly average", "user guide of AL'in, « Présentation »"),
    )
    #: Who comes first: the legal priority, or that of companies.
    priority_order: tuple[str, ...] = field(
        default=("LEGAL", "COMPANY"),
        converter=tuple_field,
        validator=_both_priorities,
        metadata=reading(
            "order, first to last",
            "user guide of AL'in, « Présentation »: « en dehors des situations de public "
            "prioritaire »",
        ),
    )
    #: What the form that creates an account asks for.
    account_fields: tuple[str, ...] = field(
        default=("surname", "first_name", "birth_date", "email"),
        converter=tuple_field,
        validator=_with_email,
        metadata=assumption("names of fields", f"{_ACCOUNT}: « tous les champs », in a picture"),
    )
    #: A password holds at least this many characters.
    password_length: int = field(
        default=8, validator=_whole, metadata=guide("code points", _ACCOUNT)
    )
    #: Are a password, its confirmation and the user name read after NFC, rather than as typed?
    password_after_nfc: bool = field(
        default=True, validator=yes_or_no, metadata=reading("yes or no", _ACCOUNT)
    )
    #: Is the e-mail in other letters, upper or lower, still the user name?
    user_name_ignores_case: bool = field(
        default=True, validator=yes_or_no, metadata=reading("yes or no", _ACCOUNT)
    )
    #: How long an activation code lives.
    activation_hours: int = field(default=24, validator=_whole, metadata=guide("hours", _IMPORT))
    #: Is a code still active at the very end of its life?
    activation_last_instant: bool = field(
        default=True, validator=yes_or_no, metadata=reading("yes or no", _IMPORT)
    )
    #: A demand created on AL'in before this day validates its number once.
    security_code_before: date = field(
        default=date(2021, 4, 20),
        converter=day_field,
        metadata=guide("day", "user guide of AL'in, « Consulter/modifier sa demande »"),
    )
    #: What choice 3 shows beside the identity: neither health, nor violence, nor who lives there.
    large_view: tuple[str, ...] = field(
        default=(
            "unique_number", "lodged_on", "renewed_on", "resources", "employment",
            "attached_siret", "data_sharing", "created_on_alin",
        ),
        converter=tuple_field,
        validator=_large_part,
        metadata=assumption("fields of Demand", f"{_IMPORT}: « une grande partie »"),
    )  # fmt: skip
    #: A demand is valid so long from its deposit or its last renewal.
    demand_validity_years: int = field(
        default=1,
        validator=_years,
        metadata=law("years", "CCH R441-2-7"),
    )
    #: Is the day that ends the last year still one of it?
    anniversary_included: bool = field(
        default=True, validator=yes_or_no, metadata=reading("yes or no", "CCH R441-2-7")
    )
    #: From which multiple of the former position on have the chances strongly fallen?
    strong_drop: Decimal = field(
        default=Decimal(2),
        converter=number_field,
        metadata=assumption("times the former position", "user guide of AL'in, #6: no figure"),
    )
    #: Does the tax income of the applicant include that of a spouse or PACS partner who has none?
    common_tax_notice: bool = field(
        default=True,
        validator=yes_or_no,
        metadata=reading("yes or no", "CGI 6, 1: spouses and PACS partners are taxed together"),
    )

    @staticmethod
    @cache  # the call itself, not one around it: every verdict makes it
    def standard() -> "Rulebook":
        """The figures of the texts and our own readings, read once."""
        return Rulebook()

    @cached_property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that change with any field and any figure of the tables."""
        return fingerprint(self)

    @cached_property
    def _kept(self) -> dict[object, Any]:
        """What `kept` adds, no part of the value: neither compared, copied nor pickled."""
        return {}

    def scaled_ceilings(self, factor: Written) -> "Rulebook":
        """The same law with every ceiling times the factor, rounded half up to the euro."""
        return evolve(self, plus=self.plus.scaled(factor), plai=self.plai.scaled(factor))

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        if self is Rulebook.standard():
            return Rulebook.standard, ()
        return super().__reduce_ex__(protocol)


def kept(function: Callable[Concatenate[Rulebook, _P], _T], rulebook: Rulebook) -> Callable[_P, _T]:
    """Return the function of a rule on that rulebook, which keeps its last answers.

    A few answers serve millions of verdicts, and those of a reform die with it.
    """
    own: Callable[_P, _T]
    try:
        own = rulebook._kept[function]
    except KeyError:
        # Through a proxy: what a rulebook keeps must not keep the rulebook.
        made: Any = lru_cache(maxsize=4096, typed=True)(partial(function, proxy(rulebook)))
        own = rulebook._kept[function] = made
    return own

"""What follows from the demand alone, and from the offer alone."""

from datetime import date
from functools import reduce
from operator import or_

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.columns.cleaning import cleaned, day_number
from alin_core.columns.stages import LookUp, Row, at_least, at_most, cell, choose, flag, number
from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook

__all__ = [
    "NEVER",
    "OFFER",
    "Asked",
    "day_stages",
    "demand_fields",
    "demand_stages",
    "offer_stages",
]

OFFER = ("commune", "norm", "rooms", "rent", "charges")
_COUNTED = (
    "adults",
    "couple",
    "applicant_birth_date",
    "partner_birth_date",
    "dependants",
    "visiting_children",
    "disabled",
    "visiting_child_disabled",
)
_READY = ("category", "further_persons", "persons")
_CLAIMS = ("last_year_tax_income", "last_twelve_months")
_REST = (
    "unborn",
    "reference_tax_income",
    *_CLAIMS,
    "monthly_income",
    "housing_aid",
    "employed",
    "sector",
    "headcount",
    "legal_priority",
)
_BIRTHS = ("applicant_birth_date", "partner_birth_date")
_NEVER_REFUSED = {"couple", "disabled", "visiting_child_disabled", "legal_priority", "employed"}
#: More than any income, and than any ceiling.
_NO_CLAIM, NEVER = 2 * tables.LARGEST * 100, 10**17


def demand_fields(*, ready: bool) -> tuple[str, ...]:
    """The inputs of a demand: its household is counted, or comes with its category."""
    return (*(_READY if ready else _COUNTED), *_REST)


@frozen(kw_only=True)
class Asked:
    """What a frame is asked, once its columns are found."""

    rulebook: Rulebook
    #: The day, or the column that holds it.
    on: date | str
    #: Columns by field of `Columns`.
    found: dict[str, str]
    schema: nw.Schema
    engine: nw.Implementation

    @property
    def ready(self) -> bool:
        """Does the household come with its category?"""
        return "category" in self.found

    @property
    def days(self) -> tuple[date, ...]:
        """The day, or each one on which a ceiling may change."""
        return places.starts(self.rulebook) if isinstance(self.on, str) else (self.on,)

    @property
    def day(self) -> nw.Expr:
        """The day as a number, such as 20261123; -1 is none."""
        return cell("day") if isinstance(self.on, str) else number(_number(self.on))

    @property
    def since(self) -> nw.Expr:
        """Which of the days the ceilings are those of."""
        return cell("since") if isinstance(self.on, str) else number(0)

    @property
    def dated(self) -> nw.Expr:
        """Is the day given?"""
        return self.day >= number(0)

    def cleaned(self, *names: str) -> dict[str, nw.Expr]:
        """The inputs of those names, as integers."""
        keep = self.rulebook.merged_communes_keep_their_zone
        return cleaned(
            self.found, self.schema, names, merged_communes_keep_their_zone=keep, engine=self.engine
        )

    def refused(self, names: tuple[str, ...]) -> nw.Expr:
        """Does the row hold a value that no demand and no offer could hold?"""
        given = [name for name in names if name in self.found and name not in _NEVER_REFUSED]
        return reduce(or_, (cell(name) < number(-1) for name in given), nw.lit(False))


def day_stages(asked: Asked) -> list[Row]:
    """Where the day is a column: the day as a number, and the place of its ceilings."""
    if not isinstance(asked.on, str):
        return []
    begun = {n: cell("day") >= number(_number(day)) for n, day in enumerate(asked.days)}
    # Before the first edition there is no table: the last place has none either.
    cases = ((since, number(place)) for place, since in reversed(begun.items()))
    since = choose(*cases, otherwise=number(len(asked.days)))
    return [
        {"day": day_number(nw.col(asked.on), asked.schema[asked.on], asked.engine)},
        {"since": since},
    ]


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def demand_stages(asked: Asked) -> list[Row]:
    """From the columns of a demand to its category, its income and its priority."""
    names = demand_fields(ready=asked.ready)
    refused = asked.refused(names)
    if asked.ready:
        early = (cell("further_persons") > number(0)) & (cell("category") > number(0)) & ~_last()
        household = [_ready(asked) | {"refused_demand": refused | early}, {}]
    else:
        counts = _counts(asked) | {"refused_demand": refused}
        household = [
            {"adults": _adults()} | {name: _born(name, asked.day) for name in _BIRTHS},
            counts,
        ]
    means = _income(asked) | _means(asked.rulebook)
    return [asked.cleaned(*names), household[0] | means, household[1], _looked_up(asked)]


def _ready(asked: Asked) -> Row:
    unborn = _unborn_for_rooms(asked)
    persons = choose((cell("persons") > number(0), cell("persons") + unborn), otherwise=number(0))
    return {
        "residents": persons,
        "category": at_least(cell("category"), 0),
        "further": choose((_last(), at_least(cell("further_persons"), 0)), otherwise=number(0)),
    }


def _last() -> nw.Expr:
    """Is it the category whose ceiling grows with each further person?"""
    return cell("category") == number(6)


def _unborn_for_rooms(asked: Asked) -> nw.Expr:
    count = asked.rulebook.unborn_count_for_rooms
    return at_least(cell("unborn"), 0) if count else number(0)


def _born(name: str, day: nw.Expr) -> nw.Expr:
    """A day of birth after the day of the lease is none; without that day, all may be."""
    none = choose((day < number(0), number(-1)), otherwise=number(-2))
    return choose((cell(name) <= day, cell(name)), otherwise=none)


def _adults() -> nw.Expr:
    """A couple of one adult is none that a household could hold."""
    alone = (cell("couple") > number(0)) & (cell("adults") == number(1))
    return choose((alone, number(-2)), otherwise=cell("adults"))


def _counts(asked: Asked) -> Row:
    """Who counts for the ceiling and for the rooms; the same readings as `possible_categories`."""
    rulebook = asked.rulebook
    dependants, visitors = (at_least(cell(name), 0) for name in ("dependants", "visiting_children"))
    children, disabled = dependants, cell("disabled")
    if rulebook.visiting_children_count:
        children = children + visitors
        visitor = at_most(visitors, 1) * cell("visiting_child_disabled")
        disabled = nw.max_horizontal(disabled, visitor)
    if rulebook.unborn_count_for_ceilings:
        children = children + at_least(cell("unborn"), 0)
    residents = cell("adults") + dependants + visitors + _unborn_for_rooms(asked)
    counted = at_least(cell("adults") + children, 0)
    adults = at_most(at_least(cell("adults"), 0), 3)
    key = tables.household_key(
        adults, at_most(counted, tables.MANY), disabled, _young(rulebook, asked.day)
    )
    return {
        "household": key,
        "many": at_least(counted - tables.MANY, 0),
        "residents": choose((cell("adults") > number(0), residents), otherwise=number(0)),
    }


def _young(rulebook: Rulebook, day: nw.Expr) -> nw.Expr:
    ages = sum((_age(name, day) for name in _BIRTHS), number(0))
    too_old = ages > number(rulebook.young_couple_ages)
    if rulebook.young_household_is_a_couple:
        too_old = too_old | (cell("couple") == number(0))
    undecided = nw.min_horizontal(*map(cell, _BIRTHS)) < number(0)
    above, within, open_ = map(number, tables.YOUNG)
    return choose((too_old, above), (undecided, open_), otherwise=within)


def _age(name: str, day: nw.Expr) -> nw.Expr:
    """Completed years; an unknown age is zero or more."""
    age = (day - cell(name)) // 10_000
    return choose((cell(name) >= number(0), age), otherwise=number(0))


def _income(asked: Asked) -> Row:
    """The income that counts, as `_income` of the scalar rule, and the lowest ceiling it passes."""
    reference = cell("reference_tax_income")
    known = reference >= number(0)
    claims = [cell(name) for name in _CLAIMS if name in asked.found]
    if not claims:
        return {"income": reference, "needed": choose((known, reference), otherwise=number(NEVER))}
    none = number(_NO_CLAIM)
    lowest = nw.min_horizontal(
        none, *(choose((claim >= number(0), claim), otherwise=none) for claim in claims)
    )
    above, below = tables.ratio(asked.rulebook.income_drop, "income_drop")
    low_enough = lowest * below <= reference * above
    # Unknown, year N-2 fits, or exceeds the ceiling by a cent at least: the claimed income is then
    # low enough against that ceiling and a cent.
    whatever = nw.max_horizontal(lowest, (lowest * below - 1) // above)
    claimed = lowest < none
    income = choose(
        (low_enough, lowest), (known, reference), (claimed, lowest), otherwise=number(-1)
    )
    needed = choose(
        (low_enough, lowest), (known, reference), (claimed, whatever), otherwise=number(NEVER)
    )
    return {"income": income, "needed": needed}


def _means(rulebook: Rulebook) -> Row:
    """What the rent is held against, and the key of the priority."""
    observed = at_least(cell("monthly_income"), 0) + at_least(cell("housing_aid"), 0)
    headcount = cell("headcount")
    edges = (number(0), *map(number, tables.headcount_bands(rulebook)))
    size = sum((flag(headcount >= edge) for edge in edges), number(0))
    has_employer = (cell("sector") >= number(0)) | (headcount >= number(0))
    employer = choose(
        (cell("employed") > number(0), cell("employed")),
        (has_employer, number(2)),
        otherwise=number(0),
    )
    sector = at_least(cell("sector"), 0)
    key = tables.employer_key(cell("legal_priority"), employer, sector, size)
    return {"observed": observed, "employer": key}


def _looked_up(asked: Asked) -> Row:
    """The answers of two tables; a category of 0 is unknown, or none."""
    priorities, key = tables.priorities(asked.rulebook), cell("employer")
    row = {"employer_reasons": LookUp(key, priorities.reasons)}
    if asked.ready:
        return row
    households, key = tables.households(asked.rulebook), cell("household")
    return row | {
        "category": LookUp(key, households.category, default=0),
        "higher": LookUp(key, households.higher, default=0),
        "further": LookUp(key, households.further_persons, default=0),
    }


def offer_stages(asked: Asked) -> list[Row]:
    """From the columns of an offer to the place of its ceilings and its rent."""
    norm = choose((cell("norm") < number(0), number(places.UNKNOWN_NORM)), otherwise=cell("norm"))
    zone = at_least(cell("commune"), -1)
    return [
        asked.cleaned(*OFFER),
        {
            "place": places.place_of(asked.since, norm, zone),
            "known_rent": at_least(cell("rent"), 0) + at_least(cell("charges"), 0),
            "refused_offer": asked.refused(OFFER),
        },
        {
            "further_amount": LookUp(
                cell("place"), places.further_amounts(asked.days, asked.rulebook)
            )
        },
    ]

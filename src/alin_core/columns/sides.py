"""What follows from the demand alone, and from the offer alone."""

from collections.abc import Iterator
from datetime import date

import narwhals as nw
from attrs import frozen

from alin_core.columns import tables
from alin_core.columns.cleaning import any_of, cleaned, day_number, or_zero
from alin_core.columns.stages import LookUp, Row, cell, choose, flag, number
from alin_core.law.rulebook import Rulebook

__all__ = ["OFFER", "Asked", "day_stages", "demand_fields", "demand_stages", "offer_stages"]

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
_REST = (
    "unborn",
    "reference_tax_income",
    "last_year_tax_income",
    "last_twelve_months",
    "monthly_income",
    "housing_aid",
    "employed",
    "sector",
    "headcount",
    "legal_priority",
)
_BIRTHS = ("applicant_birth_date", "partner_birth_date")
_NEVER_REFUSED = {"couple", "disabled", "visiting_child_disabled", "legal_priority", "employed"}


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
    #: Does the engine speak SQL?
    sql: bool

    @property
    def ready(self) -> bool:
        """Does the household come with its category?"""
        return "category" in self.found

    @property
    def days(self) -> tuple[date, ...]:
        """The day, or each one on which a ceiling may change."""
        return tables.starts(self.rulebook) if isinstance(self.on, str) else (self.on,)

    @property
    def day(self) -> nw.Expr:
        """The day as a number, such as 20261123."""
        return cell("day") if isinstance(self.on, str) else number(_number(self.on))

    @property
    def since(self) -> nw.Expr:
        """Which of the days the ceilings are those of."""
        return cell("since") if isinstance(self.on, str) else number(0)

    def cleaned(self, *names: str) -> dict[str, nw.Expr]:
        """The inputs of those names, as integers."""
        zones = tables.zones(self.rulebook.merged_communes_keep_their_zone)
        return cleaned(self.found, self.schema, names, zones=zones, sql=self.sql)

    def refused(self, names: tuple[str, ...]) -> nw.Expr:
        """Does the row hold a value that no demand and no offer could hold?"""
        given = [name for name in names if name in self.found and name not in _NEVER_REFUSED]
        cases = {
            name: ~nw.col(self.found[name]).is_null() & (cell(name) < number(0)) for name in given
        }
        for name in _BIRTHS:
            if name in cases:  # without a day, nobody is known to be born after it
                cases[name] = cases[name] & (self.day >= number(0))
        return any_of(cases.values())


def day_stages(asked: Asked) -> Iterator[Row]:
    """Where the day is a column: the day as a number, and the place of its ceilings."""
    if not isinstance(asked.on, str):
        return
    yield {"day": day_number(nw.col(asked.on), asked.schema[asked.on])}
    begun = [(cell("day") >= number(_number(day)), number(n)) for n, day in enumerate(asked.days)]
    no_day = (cell("day") < number(0), number(-1))
    # Before the first edition there is no table: a place that none has.
    yield {"since": choose(no_day, *reversed(begun), otherwise=number(len(asked.days)))}


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def demand_stages(asked: Asked) -> Iterator[Row]:
    """From the columns of a demand to its category, its income and its priority."""
    names = demand_fields(ready=asked.ready)
    yield asked.cleaned(*names)
    if not asked.ready:
        yield {name: _born(name, asked.day) for name in _BIRTHS}
        yield _counts(asked)
    yield _means(asked)
    yield _household(asked) | {"refused_demand": asked.refused(names)}
    yield _answers(asked)


def _born(name: str, day: nw.Expr) -> nw.Expr:
    """A day of birth after the day of the lease is none; without that day, all may be."""
    return choose((cell(name) > day, number(-1)), otherwise=cell(name))


def _counts(asked: Asked) -> Row:
    """Who counts for the ceiling; the same readings as `possible_categories`."""
    rulebook = asked.rulebook
    children, disabled = or_zero("dependants"), cell("disabled")
    if rulebook.visiting_children_count:
        children = children + or_zero("visiting_children")
        visitor = flag(cell("visiting_children") > number(0)) * cell("visiting_child_disabled")
        disabled = flag(disabled + visitor > number(0))
    if rulebook.unborn_count_for_ceilings:
        children = children + or_zero("unborn")
    too_old = sum((_age(name, asked.day) for name in _BIRTHS), number(0)) > number(
        rulebook.young_couple_ages
    )
    if rulebook.young_household_is_a_couple:
        too_old = too_old | (cell("couple") == number(0))
    undecided = any_of(cell(name) < number(0) for name in _BIRTHS)
    above, within, open_ = map(number, tables.YOUNG)
    return {
        "counted": cell("adults") + children,
        "disabled": disabled,
        "young": choose((too_old, above), (undecided, open_), otherwise=within),
    }


def _age(name: str, day: nw.Expr) -> nw.Expr:
    """Completed years; an unknown age is zero or more."""
    age = (day - cell(name)) // 10_000
    return choose((cell(name) >= number(0), age), otherwise=number(0))


def _means(asked: Asked) -> Row:
    """The lowest income claimed, what the rent is held against, and the size of the employer."""
    last_year, months = cell("last_year_tax_income"), cell("last_twelve_months")
    lower, upper = map(number, tables.headcount_bands(asked.rulebook))
    headcount = cell("headcount")
    has_employer = (cell("sector") >= number(0)) | (headcount >= number(0))
    return {
        "claimed": choose(
            (last_year < number(0), months),
            (months < number(0), last_year),
            (months < last_year, months),
            otherwise=last_year,
        ),
        "observed": or_zero("monthly_income") + or_zero("housing_aid"),
        "size": choose(
            (headcount < number(0), number(0)),
            (headcount < lower, number(1)),
            (headcount < upper, number(2)),
            otherwise=number(3),
        ),
        "employer": choose(
            (cell("employed") > number(0), cell("employed")),
            (has_employer, number(2)),
            otherwise=number(0),
        ),
    }


def _household(asked: Asked) -> Row:
    """The answers of two tables, still packed; and who needs a room."""
    key = tables.employer_key(
        cell("legal_priority"), cell("employer"), or_zero("sector"), cell("size")
    )
    row: Row = {"priority": LookUp(key, tables.priorities(asked.rulebook))}
    unborn = or_zero("unborn") if asked.rulebook.unborn_count_for_rooms else number(0)
    if asked.ready:
        return row | {"residents": _if_known("persons", cell("persons") + unborn)}
    residents = cell("adults") + or_zero("dependants") + or_zero("visiting_children") + unborn
    key = tables.household_key(
        _at_most("adults", 3), _at_most("counted", tables.MANY), cell("disabled"), cell("young")
    )
    known = _if_known("adults", key)
    categories = LookUp(known, tables.households(asked.rulebook), default=0)
    return row | {"residents": _if_known("adults", residents), "categories": categories}


def _if_known(name: str, value: nw.Expr) -> nw.Expr:
    return choose((cell(name) > number(0), value), otherwise=number(-1))


def _at_most(name: str, most: int) -> nw.Expr:
    return choose((cell(name) > number(most), number(most)), otherwise=cell(name))


def _answers(asked: Asked) -> Row:
    """The two answers, unpacked; a category of 0 is unknown."""
    priority, row = cell("priority"), tables.ROW
    unpacked = {
        "company": priority % 4,
        "tier": priority // 4 % 4,
        "employer_reasons": priority // 16,
    }
    if asked.ready:
        ready = {"number": or_zero("category"), "further": or_zero("further_persons")}
        return unpacked | ready | {"higher": number(0)}
    many = choose(
        (cell("counted") > number(tables.MANY), cell("counted") - tables.MANY), otherwise=number(0)
    )
    return unpacked | {
        "number": cell("categories") % row,
        "higher": cell("categories") // row % row,
        "further": cell("categories") // (row * row) + many,
    }


def offer_stages(asked: Asked) -> Iterator[Row]:
    """From the columns of an offer to the place of its ceilings and its rent."""
    yield asked.cleaned(*OFFER)
    zone, since = cell("commune"), asked.since
    norm = choose((cell("norm") >= number(0), cell("norm")), otherwise=number(tables.UNKNOWN_NORM))
    placed = (since >= number(0)) & zone.is_between(0, tables.NO_ZONE, closed="left")
    place = tables.place_of(since, norm, zone)
    yield {
        "place": choose((placed, place), otherwise=number(-1)),
        "known_rent": or_zero("rent") + or_zero("charges"),
        "whole_rent": flag((cell("rent") >= number(0)) & (cell("charges") >= number(0))),
        "refused_offer": asked.refused(OFFER),
    }

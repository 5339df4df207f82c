"""What follows from a demand and an offer together: the outcomes, and why."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw

from alin_core.columns import tables
from alin_core.columns.names import OUTCOMES, TIERS, bit
from alin_core.columns.sides import Asked
from alin_core.columns.stages import LookUp, Row, cell, choose, number
from alin_core.law.findings import BORDERLINE, MET, NOT_MET, UNKNOWN
from alin_core.law.rulebook import Rulebook
from alin_core.values.amounts import multiply, subtract

__all__ = ["named", "pair_stages", "passing", "results"]

_MET, _BORDERLINE, _UNKNOWN, _NOT_MET = (
    number(OUTCOMES.index(outcome)) for outcome in (MET, BORDERLINE, UNKNOWN, NOT_MET)
)

_RULES = ("income_ceiling", "typology", "affordability")


def pair_stages(asked: Asked) -> Iterator[Row]:
    """From the two sides to the code of each outcome, and the bits of each reason."""
    yield _looked_up(asked)
    yield _ceilings() | _affordability(asked.rulebook)
    yield _income(asked.rulebook)
    yield _two_outcomes(asked.rulebook)
    yield _outcomes()


def _looked_up(asked: Asked) -> Row:
    """Amounts of the tables, and what the number of rooms comes to."""
    rulebook, days = asked.rulebook, asked.days
    amounts = tables.ceilings(days, rulebook)
    place = cell("place") * tables.ROW
    unknown = OUTCOMES.index(UNKNOWN)
    most_persons, most_rooms, fits = tables.typologies(rulebook)
    persons = _at_most(cell("residents"), most_persons)
    key = persons * (most_rooms + 1) + _at_most(cell("rooms"), most_rooms)
    known = (cell("residents") > number(0)) & (cell("rooms") > number(0))
    return {
        "further_amount": LookUp(cell("place"), tables.further_amounts(days, rulebook)),
        "lower": LookUp(place + cell("number"), amounts),
        "upper": LookUp(place + cell("higher"), amounts),
        "fit": LookUp(choose((known, key), otherwise=number(-1)), fits, default=unknown),
    }


def _at_most(value: nw.Expr, most: int) -> nw.Expr:
    return choose((value > number(most), number(most)), otherwise=value)


def _ceilings() -> Row:
    """The ceiling, and the one that an unknown age leaves possible; -1 is none."""
    further = cell("further") * cell("further_amount")
    lower = choose((cell("lower") >= number(0), cell("lower") + further), otherwise=number(-1))
    upper = choose((cell("upper") >= number(0), cell("upper") + further), otherwise=lower)
    return {"ceiling": lower, "other_ceiling": upper}


def _affordability(rulebook: Rulebook) -> Row:
    """As `affordability_of`: known amounts alone may settle the question."""
    least = multiply(rulebook.rent_multiple, subtract(Decimal(1), rulebook.rent_tolerance))
    met = _reaches(rulebook.rent_multiple, "rent_multiple")
    borderline = _reaches(least, "rent_tolerance")
    code = choose((met, _MET), (borderline, _BORDERLINE), otherwise=_NOT_MET)
    return {"rent_code": code}


def _reaches(multiple: Decimal, name: str) -> nw.Expr:
    above, below = tables.ratio(multiple, name)
    return cell("observed") * below >= cell("known_rent") * above


def _income(rulebook: Rulebook) -> Row:
    """The income that counts: as `_income` of the scalar rule."""
    reference, claimed = cell("reference_tax_income"), cell("claimed")
    above, below = tables.ratio(rulebook.income_drop, "income_drop")
    lower_enough = (reference < number(0)) | (claimed * below <= reference * above)
    counts = (claimed >= number(0)) & lower_enough
    if rulebook.alternatives_only_if_needed:
        counts = counts & ((reference < number(0)) | (reference > cell("ceiling")))
    open_ = (cell("rent_code") != _MET) & (cell("monthly_income") < number(0))
    open_ = open_ | ((cell("rent_code") != _NOT_MET) & (cell("whole_rent") == number(0)))
    return {
        "income": choose((counts, claimed), otherwise=reference),
        "affordability": choose((open_, _UNKNOWN), otherwise=cell("rent_code")),
    }


def _two_outcomes(rulebook: Rulebook) -> Row:
    return {
        "first": _within("ceiling", rulebook),
        "second": _within("other_ceiling", rulebook),
    }


def _within(ceiling: str, rulebook: Rulebook) -> nw.Expr:
    above, below = tables.ratio(rulebook.income_drop, "income_drop")
    income, reference = cell("income"), cell("reference_tax_income")
    # Year N-2 fits, or exceeds the ceiling by a cent at least: the claimed income is low enough.
    low_enough = income * below <= (cell(ceiling) + number(1)) * above
    certain = choose((low_enough & (income <= cell(ceiling)), _MET), otherwise=_UNKNOWN)
    return choose(
        (income < number(0), _UNKNOWN),
        (reference < number(0), certain),
        (income <= cell(ceiling), _MET),
        otherwise=_NOT_MET,
    )


def _outcomes() -> Row:
    unsettled = (cell("ceiling") < number(0)) | (cell("first") != cell("second"))
    return {
        "income_ceiling": choose((unsettled, _UNKNOWN), otherwise=cell("first")),
        "typology": cell("fit") % 4,
    }


def _reasons(asked: Asked) -> nw.Expr:
    """The bits of what is lacking, and of what the figures do not say."""
    said = _ceiling_reasons(asked) | _rent_reasons()
    said["offer.typology"] = cell("rooms") < number(0)
    said["refused value"] = cell("refused_demand") | cell("refused_offer")
    bits = [_if(condition, bit(name)) for name, condition in said.items()]
    ages = [] if asked.ready else _open_ages()
    return sum([*bits, cell("fit") // 4, *ages], cell("employer_reasons"))


def _ceiling_reasons(asked: Asked) -> dict[str, nw.Expr]:
    """As `within_income_ceiling`; nothing is lacking where no figure would help."""
    zone = cell("commune")
    somewhere = zone != number(tables.NO_ZONE)
    placed = cell("place") >= number(0)
    tabled = cell("further_amount") >= number(0)
    no_household = (placed & tabled & (cell("number") == number(0))) | (
        cell("residents") < number(0)
    )
    unsettled = (cell("income_ceiling") == _UNKNOWN) & somewhere & (~placed | tabled)
    return {
        "no zone": ~somewhere,
        "no table": placed & ~tabled,
        "household": no_household,
        "on": somewhere & (asked.since < number(0)),
        "offer.commune": zone < number(0),
        "offer.norm": somewhere & (~placed | tabled) & (cell("norm") < number(0)),
        "resources.reference_tax_income": unsettled & (cell("reference_tax_income") < number(0)),
    }


def _rent_reasons() -> dict[str, nw.Expr]:
    unsettled = cell("affordability") == _UNKNOWN
    return {
        "offer.rent.base": unsettled & (cell("rent") < number(0)),
        "offer.rent.charges": unsettled & (cell("charges") < number(0)),
        "resources.monthly_income": unsettled & (cell("monthly_income") < number(0)),
    }


def _open_ages() -> list[nw.Expr]:
    """Which unknown ages decide; a ready category needs none."""
    undecided = _undecided()
    couple = cell("couple") == number(1)
    partner = undecided & (cell("partner_birth_date") < number(0))
    said = {
        "household.applicant.birth_date": undecided & (cell("applicant_birth_date") < number(0)),
        "household.partner.birth_date": partner & couple,
        "household.co_applicants[0].birth_date": partner & ~couple,
    }
    return [_if(condition, bit(name)) for name, condition in said.items()]


def _if(condition: nw.Expr, place: int) -> nw.Expr:
    return choose((condition, number(place)), otherwise=number(0))


def _undecided() -> nw.Expr:
    """Does an unknown age leave two ceilings, and the outcome with them?"""
    # Some norm or other may then have both ceilings.
    any_norm = (cell("norm") < number(0)) & (cell("further_amount") >= number(0))
    two = (cell("higher") > number(0)) & ((cell("ceiling") >= number(0)) | any_norm)
    return two & (cell("income_ceiling") == _UNKNOWN)


def passing() -> nw.Expr:
    """Is no rule worse than BORDERLINE?"""
    return _worst() <= _BORDERLINE


def _worst() -> nw.Expr:
    return nw.max_horizontal(*map(cell, _RULES))


def results(asked: Asked, labels: Any, tiers: Any) -> dict[str, nw.Expr]:
    """The columns of the answer, under their names."""
    decided = cell("income_ceiling") != _UNKNOWN
    threshold = (cell("ceiling") >= number(0)) & ~_undecided()
    legal = choose((cell("legal_priority") == number(1), _MET), otherwise=_NOT_MET)
    return {
        "category": _some(cell("number")),
        "category_or": _some(cell("higher")),
        "ceiling": _hundredths(threshold, cell("ceiling")),
        "ceiling_margin": _hundredths(decided, cell("ceiling") - cell("income")),
        "rent_multiple": _rent_multiple(),
        **{f"{code}_outcome": named(cell(code), OUTCOMES, labels) for code in _RULES},
        "legal_priority_outcome": named(legal, OUTCOMES, labels),
        "company_priority_outcome": named(cell("company"), OUTCOMES, labels),
        "tier": named(cell("tier"), TIERS, tiers),
        "outcome": named(_worst(), OUTCOMES, labels),
        "reasons": _reasons(asked).cast(nw.Int32),
    }


def _some(value: nw.Expr) -> nw.Expr:
    return nw.when(value > number(0)).then(value.cast(nw.Int8))


def named(code: nw.Expr, names: Sequence[str | None], dtype: Any) -> nw.Expr:
    """The name of a code; where the code has none, null."""
    cases = [
        (code == number(place), nw.lit(str(name), dtype=dtype))
        for place, name in enumerate(names)
        if name
    ]
    *others, (condition, text) = cases
    return choose(*others, otherwise=nw.when(condition).then(text))


def _rent_multiple() -> nw.Expr:
    """Cut at two decimals, not rounded: whole numbers below 2^53 divide without a fault."""
    known = (cell("whole_rent") == number(1)) & (cell("known_rent") > number(0))
    rent = choose((known, cell("known_rent")), otherwise=number(1))
    known = known & (cell("monthly_income") >= number(0))
    return _hundredths(known, (cell("observed") * 100 / rent).floor())


def _hundredths(known: nw.Expr, count: nw.Expr) -> nw.Expr:
    """The float nearest to so many hundredths, as Python reads it; null where not known."""
    # Polars multiplies by the inverse of a constant, which is not exact; this is no constant.
    return nw.when(known).then(count / choose((known, number(100)), otherwise=number(1)))

"""What follows from a demand and an offer together: the outcomes, and why."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from alin_core.columns import places, tables
from alin_core.columns.names import OUTCOMES, bit
from alin_core.columns.sides import Asked
from alin_core.columns.stages import (
    LookUp,
    Row,
    at_least,
    at_most,
    cell,
    choose,
    flag,
    number,
    speaks_sql,
)
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import BORDERLINE, MET, NOT_MET, UNKNOWN

__all__ = ["ANSWERS", "RULES", "further_persons", "pair_stages", "results"]

RULES = ("income_ceiling", "typology", "affordability")
#: The columns of the answer, in their order.
ANSWERS = (
    "category",
    "category_or",
    "ceiling",
    "ceiling_margin",
    "rent_multiple",
    *(f"{rule}_outcome" for rule in (*RULES, "legal_priority", "company_priority")),
    "tier",
    "outcome",
    "reasons",
)
_MET, _BORDERLINE, _UNKNOWN, _NOT_MET = (
    number(OUTCOMES.index(outcome)) for outcome in (MET, BORDERLINE, UNKNOWN, NOT_MET)
)


def pair_stages(asked: Asked, labels: Any, tiers: Any) -> list[Row]:
    """From the two sides to the outcomes; `labels` and `tiers` are how the engine keeps them."""
    return [
        _looked_up(asked),
        _ceilings(asked) | {"affordability": _affordability(asked.rulebook)},
        {"income_ceiling": _income_ceiling()},
        _labels(asked.rulebook, labels, tiers),
    ]


def _looked_up(asked: Asked) -> Row:
    """Amounts of the tables, and what the number of rooms comes to."""
    amounts = places.ceilings(asked.days, asked.rulebook)
    place = cell("place") * tables.ROW
    table = tables.typologies(asked.rulebook)
    rooms = at_most(at_least(cell("rooms"), 0), table.most_rooms)
    key = table.key(at_most(cell("residents"), table.most_persons), rooms)
    row: Row = {
        "lower": LookUp(place + cell("category"), amounts),
        "typology": LookUp(key, table.codes, default=OUTCOMES.index(UNKNOWN)),
        "size_reasons": LookUp(key, table.reasons, default=0),
    }
    if asked.ready:
        return row
    return row | {"upper": LookUp(place + cell("higher"), amounts)}


def further_persons(asked: Asked) -> nw.Expr:
    """The persons for whom the ceiling adds an amount."""
    return cell("further") if asked.ready else cell("further") + cell("many")


def _ceilings(asked: Asked) -> Row:
    """The ceiling, and the one that an unknown age leaves possible; -1 is none."""
    further = further_persons(asked) * cell("further_amount")
    lower = choose((cell("lower") >= number(0), cell("lower") + further), otherwise=number(-1))
    if asked.ready:
        return {"ceiling": lower, "other_ceiling": lower}
    upper = choose((cell("upper") >= number(0), cell("upper") + further), otherwise=lower)
    return {"ceiling": lower, "other_ceiling": upper}


def _affordability(rulebook: Rulebook) -> nw.Expr:
    """As `affordability_of`: known amounts alone may settle the question."""
    multiple, least = tables.rent_multiples(rulebook)
    met, near = _reaches(*multiple), _reaches(*least)
    whole, known = _whole_rent(), cell("monthly_income") >= number(0)
    return choose(
        (met & whole, _MET),
        (known & ~near, _NOT_MET),
        (known & whole, _BORDERLINE),
        otherwise=_UNKNOWN,
    )


def _reaches(above: int, below: int) -> nw.Expr:
    return cell("observed") * below >= cell("known_rent") * above


def _whole_rent() -> nw.Expr:
    return nw.min_horizontal(cell("rent"), cell("charges")) >= number(0)


def _income_ceiling() -> nw.Expr:
    """No table, or an age that decides, leaves it unknown."""
    within, other = (cell(name) >= cell("needed") for name in ("ceiling", "other_ceiling"))
    exceeded = (cell("ceiling") >= number(0)) & (cell("reference_tax_income") >= number(0))
    return choose(
        (within & other, _MET), (exceeded & ~within & ~other, _NOT_MET), otherwise=_UNKNOWN
    )


def _labels(rulebook: Rulebook, labels: Any, tiers: Any) -> Row:
    codes = {rule: cell(rule) for rule in RULES}
    codes["legal_priority"] = choose((cell("legal_priority") > number(0), _MET), otherwise=_NOT_MET)
    names = dict(enumerate(map(str, OUTCOMES)))
    row: Row = {
        f"{rule}_outcome": LookUp(code, names, default=None, dtype=labels)
        for rule, code in codes.items()
    }
    worst = nw.max_horizontal(*map(cell, RULES))
    priorities, key = tables.priorities(rulebook), cell("employer")
    return row | {
        "outcome": LookUp(worst, names, default=None, dtype=labels),
        "company_priority_outcome": LookUp(key, priorities.company, default=None, dtype=labels),
        "tier": LookUp(key, priorities.tiers, default=None, dtype=tiers),
    }


def results(asked: Asked) -> dict[str, nw.Expr]:
    """The columns of the answer, under their names."""
    decided, ceiling = cell("income_ceiling") != _UNKNOWN, cell("ceiling")
    threshold = ceiling >= number(0)
    if not asked.ready:
        threshold = threshold & ~_undecided()
        exceeded = cell("income_ceiling") == _NOT_MET  # of two, what is sure is the least
        ceiling = choose((exceeded, cell("other_ceiling")), otherwise=ceiling)
    figures = {
        "category": _some(cell("category")),
        "category_or": _some(number(0) if asked.ready else cell("higher")),
        "ceiling": _hundredths(asked, threshold, ceiling),
        "ceiling_margin": _hundredths(asked, decided, ceiling - _income(asked.rulebook)),
        "rent_multiple": _rent_multiple(asked),
        "reasons": _reasons(asked).cast(nw.Int32),
    }
    return {name: figures.get(name, cell(name)) for name in ANSWERS}


def _income(rulebook: Rulebook) -> nw.Expr:
    """A reading may leave a claimed income aside where year N-2 passes already."""
    if not rulebook.alternatives_only_if_needed:
        return cell("income")
    reference = cell("reference_tax_income")
    enough = (reference >= number(0)) & (reference <= cell("ceiling"))
    return choose((enough, reference), otherwise=cell("income"))


def _some(value: nw.Expr) -> nw.Expr:
    return nw.when(value > number(0)).then(value.cast(nw.Int8))


def _rent_multiple(asked: Asked) -> nw.Expr:
    """Cut at two decimals, not rounded."""
    known = _whole_rent() & (cell("known_rent") > number(0))
    known = known & (cell("monthly_income") >= number(0))
    return _hundredths(asked, known, cell("observed") * 100 // at_least(cell("known_rent"), 1))


def _hundredths(asked: Asked, known: nw.Expr, count: nw.Expr) -> nw.Expr:
    """The float nearest to so many hundredths, as Python reads it; null where not known."""
    # Polars divides by a constant with its inverse, which is not exact: it is rounded back.
    euros = count / 100 if speaks_sql(asked.engine) else (count / 100).round(2)
    return nw.when(known).then(euros)


def _reasons(asked: Asked) -> nw.Expr:
    """The bits of what is lacking, and of what the figures do not say."""
    said = cell("size_reasons") + cell("employer_reasons")
    first, second, third = (_is_unknown(cell(rule)) for rule in RULES)
    refused = cell("refused_demand") | cell("refused_offer")
    lacking = _ceiling_reasons(asked) | _rent_reasons()
    lacking["offer.typology"] = cell("rooms") < number(0)
    lacking["refused value"] = refused
    if not asked.ready:
        lacking |= _open_ages()
    # Few rows lack anything: an SQL engine looks into those alone.
    return said + choose((first | second | third | refused, _bits(lacking)), otherwise=number(0))


def _is_unknown(code: nw.Expr) -> nw.Expr:
    return code == _UNKNOWN


def _bits(conditions: Mapping[str, nw.Expr]) -> nw.Expr:
    return sum((flag(held) * bit(name) for name, held in conditions.items()), number(0))


def _ceiling_reasons(asked: Asked) -> dict[str, nw.Expr]:
    """As `within_income_ceiling`; nothing is lacking where no figure would help."""
    zone, dated = cell("commune"), asked.dated
    somewhere = zone != number(places.NO_ZONE)
    placed = dated & somewhere & (zone >= number(0))
    tabled = cell("further_amount") >= number(0)
    may_have_table = somewhere & (~placed | tabled)
    unsettled = _is_unknown(cell("income_ceiling")) & may_have_table
    no_household = (tabled & (cell("category") == number(0))) | (cell("residents") == number(0))
    return {
        "no zone": ~somewhere,
        "no table": placed & ~tabled,
        "household": no_household,
        "on": somewhere & ~dated,
        "offer.commune": zone < number(0),
        "offer.norm": may_have_table & (cell("norm") < number(0)),
        "resources.reference_tax_income": unsettled & (cell("reference_tax_income") < number(0)),
    }


def _rent_reasons() -> dict[str, nw.Expr]:
    unsettled = _is_unknown(cell("affordability"))
    return {
        "offer.rent.base": unsettled & (cell("rent") < number(0)),
        "offer.rent.charges": unsettled & (cell("charges") < number(0)),
        "resources.monthly_income": unsettled & (cell("monthly_income") < number(0)),
    }


def _open_ages() -> dict[str, nw.Expr]:
    """Which unknown ages decide; a ready category needs none."""
    undecided = _undecided()
    couple = cell("couple") == number(1)
    partner = undecided & (cell("partner_birth_date") < number(0))
    return {
        "household.applicant.birth_date": undecided & (cell("applicant_birth_date") < number(0)),
        "household.partner.birth_date": partner & couple,
        "household.co_applicants[0].birth_date": partner & ~couple,
    }


def _undecided() -> nw.Expr:
    """Does an unknown age leave two ceilings, and the outcome with them?"""
    # Some norm or other may then have both ceilings.
    any_norm = (cell("norm") < number(0)) & (cell("further_amount") >= number(0))
    two = (cell("higher") > number(0)) & ((cell("ceiling") >= number(0)) | any_norm)
    return two & _is_unknown(cell("income_ceiling"))

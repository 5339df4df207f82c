"""Do the resources of the household exceed the ceiling of the dwelling?"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from alin_core.frozen import frozen
from alin_core.law.rulebook import Rulebook, kept
from alin_core.law.tables import CeilingEdition, Cell, NoTable, NotInForce
from alin_core.law.zones import Zone
from alin_core.rules.findings import MET, NOT_MET, UNKNOWN, Facts, Finding, Outcome
from alin_core.rules.household_category import HouseholdCategory, possible_categories
from alin_core.values.amounts import CENT, add, multiply, rounded_half_up, subtract, the_day
from alin_core.values.arguments import blame, explained
from alin_core.values.household import Household
from alin_core.values.housing import RentalNorm
from alin_core.values.resources import Resources

__all__ = [
    "Ceiling",
    "ceiling_column",
    "ceiling_finding",
    "income_ceiling",
    "within_income_ceiling",
]

_ID = "income-ceiling"


@frozen
class Ceiling:
    """The resources a household may not exceed, with the edition that says so."""

    #: Euros per year.
    amount: Decimal
    edition: CeilingEdition
    #: How the figure was verified: a mark of the tables; for PLS, `computed from` that of the PLUS
    #: figure.
    verified: str


def income_ceiling(
    norm: RentalNorm,
    zone: Zone,
    category: HouseholdCategory,
    *,
    on: date,
    rulebook: Rulebook | None = None,
) -> Ceiling:
    """The ceiling in force on that day (CCH R441-1 1°, arrêté du 29 juillet 1987, annexes).

    PLS is PLUS increased by 30 % (art. 1), each figure rounded half up to the euro.

    >>> income_ceiling(
    ...     RentalNorm.PLUS, Zone.OTHER_REGIONS, HouseholdCategory(3), on=date(2026, 3, 1)
    ... ).amount
    Decimal('37584')

    Raises `NotInForce` for a day outside the tables, `NoTable` for another norm or overseas.
    """
    law = rulebook or Rulebook.standard()
    if type(norm) is not RentalNorm:
        norm = RentalNorm(norm)
    try:
        number, further = category.number, category.further_persons
        return kept(_ceiling, law)(norm, zone, number, further, the_day(on))
    except (AttributeError, TypeError) as error:
        blame(income_ceiling, error, locals())
        raise


def _ceiling(
    rulebook: Rulebook, norm: RentalNorm, zone: Zone, number: int, further_persons: int, on: date
) -> Ceiling:
    edition, factor = _edition(norm, zone, on, rulebook)
    amount, verified = _cell(edition, zone, number - 1, factor)
    if further_persons:
        further, further_verified = _cell(edition, zone, 6, factor)
        amount = add(amount, multiply(further, Decimal(further_persons)))
        if further_verified != verified:
            verified = f"{verified}, further persons {further_verified}"
    return Ceiling(amount, edition, verified)


def ceiling_column(norm: RentalNorm, zone: Zone, *, on: date) -> tuple[Cell, ...]:
    """The ceilings of categories 1 to 6 and the amount of each further person, with their marks.

    >>> ceiling_column(RentalNorm.PLS, Zone.OTHER_REGIONS, on=date(2026, 3, 1))[6]
    (Decimal('8723'), 'computed from two-sources')

    Raises what `income_ceiling` raises.
    """
    edition, factor = _edition(RentalNorm(norm), zone, the_day(on), Rulebook.standard())
    return tuple(_cell(edition, zone, row, factor) for row in range(7))


def _edition(
    norm: RentalNorm, zone: Zone, on: date, rulebook: Rulebook
) -> tuple[CeilingEdition, Decimal | None]:
    """The edition read, and what its figures are multiplied by; None: they stand as printed."""
    if norm not in (RentalNorm.PLAI, RentalNorm.PLUS, RentalNorm.PLS):
        raise NoTable(norm, Zone(zone))
    edition = (rulebook.plai if norm is RentalNorm.PLAI else rulebook.plus).on(on)
    return edition, rulebook.pls_factor if norm is RentalNorm.PLS else None


def _cell(edition: CeilingEdition, zone: Zone, row: int, factor: Decimal | None) -> Cell:
    amount, verified = edition.cell(zone, row)
    if factor is None:
        return amount, verified
    return rounded_half_up(multiply(amount, factor)), f"computed from {verified}"


@explained
def within_income_ceiling(
    household: Household,
    resources: Resources,
    norm: RentalNorm | None,
    zone: Zone,
    *,
    on: date,
    rulebook: Rulebook | None = None,
) -> Finding:
    """MET when the income does not exceed the ceiling; equality passes (CCH R441-1 1°).

    The income is the reference tax income of year N-2, or the lowest claimed alternative (last
    calendar year, last twelve months) that is at least 10 % lower (arrêté, art. 4).
    `zone` is that of the dwelling, never the applicant's.
    Where an unknown age leaves two ceilings, the margin is the least that is sure: under the lower
    one when both are kept, over the higher one when both are exceeded.

    >>> finding = within_income_ceiling(
    ...     Household.of(), Resources(reference_tax_income={2024: 23_404}),
    ...     RentalNorm.PLUS, Zone.OTHER_REGIONS, on=date(2026, 2, 1))
    >>> finding.outcome.value, finding.margin
    ('NOT_MET', Decimal('-1.00'))

    Not coded: separation and EHPAD costs; the caller passes the right reference tax income.
    """
    norm, zone = None if norm is None else RentalNorm(norm), Zone(zone)
    return ceiling_finding(household, resources, norm, zone, on, rulebook or Rulebook.standard())


def ceiling_finding(
    household: Household,
    resources: Resources,
    norm: RentalNorm | None,
    zone: Zone,
    on: date,
    rulebook: Rulebook,
) -> Finding:
    """What `within_income_ceiling` answers, for who checks the types of what it is given."""
    household.born_by(on)
    if norm is None:
        return _without_norm(household, resources, zone, on, rulebook)
    categories, ages = possible_categories(household, on, rulebook)
    try:
        ceiling = income_ceiling(norm, zone, categories[0], on=on, rulebook=rulebook)
    except (NoTable, NotInForce):
        return _no_table(("norm", norm), ("zone", zone))
    income = _income(resources, on.year, ceiling.amount, rulebook)
    outcome = _outcome(income, ceiling.amount, rulebook)
    if ages:
        higher = income_ceiling(norm, zone, categories[1], on=on, rulebook=rulebook)
        other = _income(resources, on.year, higher.amount, rulebook)
        if _outcome(other, higher.amount, rulebook) is not outcome:
            outcome = UNKNOWN
        elif outcome is NOT_MET:  # of two, what is sure is the least that is exceeded
            ceiling = higher
    basis = (categories, ceiling, norm, zone, income, on.year, rulebook.income_drop)
    if outcome is UNKNOWN or income.amount is None:
        missing = (*ages, *_unknown(resources, on.year))
        threshold = None if ages else ceiling.amount
        return Finding(_ID, UNKNOWN, income.amount, threshold, None, missing, None, basis, _facts)
    margin = subtract(ceiling.amount, income.amount)
    return Finding(_ID, outcome, income.amount, ceiling.amount, margin, (), None, basis, _facts)


def _no_table(*where: tuple[str, RentalNorm | Zone]) -> Finding:
    return Finding(_ID, UNKNOWN, reason="no table", basis=where)


def _without_norm(
    household: Household, resources: Resources, zone: Zone, on: date, rulebook: Rulebook
) -> Finding:
    """Some norms have no table, so no income settles the question; each says what else it lacks."""
    findings = [
        within_income_ceiling(household, resources, norm, zone, on=on, rulebook=rulebook)
        for norm in RentalNorm
    ]
    if all(finding.reason for finding in findings):
        return _no_table(("zone", zone))
    paths = {"offer.norm"}.union(*(finding.missing for finding in findings))
    return Finding(_ID, UNKNOWN, missing=tuple(sorted(paths)))


def _unknown(resources: Resources, year: int) -> tuple[str, ...]:
    reference = resources.tax_income(year - 2)
    return (f"resources.reference_tax_income.{year - 2}",) if reference is None else ()


class _Income(NamedTuple):
    """The income used in euros per year, which one it is, and why; None: unknown."""

    amount: Decimal | None
    source: str
    why: str


def _income(resources: Resources, year: int, ceiling: Decimal, rulebook: Rulebook) -> _Income:
    reference = resources.tax_income(year - 2)
    last_year, last_months = resources.tax_income(year - 1), resources.last_twelve_months
    claimed = [] if last_year is None else [(last_year, "year N-1")]
    if last_months is not None:
        claimed.append((last_months, "last twelve months"))
    enough = rulebook.alternatives_only_if_needed and reference is not None and reference <= ceiling
    if not claimed or enough:
        return _Income(reference, "year N-2", "no alternative")
    lowest, source = min(claimed)
    if reference is None:
        return _Income(lowest, source, "whatever year N-2")
    if lowest <= multiply(rulebook.income_drop, reference):
        return _Income(lowest, source, "low enough")
    return _Income(reference, "year N-2", "not low enough")


def _outcome(income: _Income, ceiling: Decimal, rulebook: Rulebook) -> Outcome:
    if income.amount is None:
        return UNKNOWN
    if income.why == "whatever year N-2":
        # Either year N-2 fits, or it exceeds the ceiling, by a cent at least: the claimed income
        # then has to fit, and to be low enough against the lowest such year N-2.
        exceeding = multiply(rulebook.income_drop, add(ceiling, CENT))
        return MET if income.amount <= min(ceiling, exceeding) else UNKNOWN
    return MET if income.amount <= ceiling else NOT_MET


def _facts(
    categories: tuple[HouseholdCategory, ...],
    ceiling: Ceiling,
    norm: RentalNorm,
    zone: Zone,
    income: _Income,
    year: int,
    income_drop: Decimal,
) -> Facts:
    """In alphabetical order, as every finding keeps them."""
    first, last = categories[0], categories[-1]
    return (
        ("category", first.number if first is last else f"{first.number} or {last.number}"),
        ("edition", ceiling.edition.in_force),
        ("edition_text", ceiling.edition.text),
        ("further_persons", first.further_persons),
        ("income_drop", income_drop),
        ("income_reason", income.why),
        ("income_source", income.source),
        ("norm", norm),
        ("reference_year", year - 2),
        ("verified", ceiling.verified),
        ("zone", zone),
    )

"""What the scalar rules say of each row of a frame: the oracle of the columns."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from alin_core.columns.names import bit
from alin_core.eligibility import Assessment, assess
from alin_core.law.rulebook import Rulebook
from alin_core.rules.findings import Finding, Outcome
from alin_core.rules.household_category import possible_categories
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household, Person
from alin_core.values.housing import Offer, Rent, Typology
from alin_core.values.resources import Resources

Row = Mapping[str, Any]

WORST_FIRST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.BORDERLINE, Outcome.MET)
PATHS = {
    "adults": "household",
    "commune": "offer.commune",
    "norm": "offer.norm",
    "rooms": "offer.typology",
    "rent": "offer.rent.base",
    "charges": "offer.rent.charges",
    "reference_tax_income": "resources.reference_tax_income",
}
#: What stands in for an input that no value can leave out; the answers it would give are dropped.
_SOMEWHERE = "69123"


def household(row: Row) -> Household:
    adults = row["adults"] or 1
    couple = adults > 1 and bool(row["couple"])
    other = Person(birth_date=row["partner_birth_date"])
    others = (Person(),) * (adults - 2)
    visitors = row["visiting_children"] or 0
    visitor = Person(disabled=bool(row["visiting_child_disabled"]))
    return Household(
        applicant=Person(birth_date=row["applicant_birth_date"], disabled=bool(row["disabled"])),
        partner=other if couple else None,
        co_applicants=others if couple else (other, *others)[: adults - 1],
        dependants=(Person(),) * (row["dependants"] or 0),
        visiting_children=(visitor,) * visitors,
        unborn=row["unborn"] or 0,
    )


def employment(row: Row) -> Employment | None:
    if row["employed"] is False:
        return Employment(employer=None)
    if row["employed"] is None and row["sector"] is None and row["headcount"] is None:
        return None
    return Employment(Employer(sector=row["sector"], headcount=row["headcount"]))


def verdict(row: Row, on: date, rulebook: Rulebook) -> Assessment:
    incomes = {on.year - 2: row["reference_tax_income"], on.year - 1: row["last_year_tax_income"]}
    demand = Demand(
        household=household(row),
        resources=Resources(
            reference_tax_income={year: x for year, x in incomes.items() if x is not None},
            last_twelve_months=row["last_twelve_months"],
            monthly_income=row["monthly_income"],
            housing_aid=row["housing_aid"] or 0,
        ),
        employment=employment(row),
        priority_grounds={PriorityGround.DALO} if row["legal_priority"] else (),
    )
    offer = Offer(
        reference="ROW",
        commune=row["commune"] or _SOMEWHERE,
        typology=Typology(row["rooms"] or 1),
        norm=row["norm"],
        rent=_rent(row["rent"], row["charges"]),
    )
    return assess(demand, offer, on=on, rulebook=rulebook)


def _rent(base: Decimal | None, charges: Decimal | None) -> Rent:
    """Without a base, the charges are what is known of the rent."""
    return Rent(base=charges or 0) if base is None else Rent(base=base, charges=charges)


def answers(row: Row, on: date | None, rulebook: Rulebook) -> dict[str, Any]:
    """Each column that `assess_frame` adds, the money as `Decimal`."""
    of_one = bool(row["couple"]) and row["adults"] == 1
    if of_one:  # a couple of one adult
        row = {**row, "adults": None}
    if on is None:
        row = {**row, "applicant_birth_date": None, "partner_birth_date": None}
    day = on or date(2020, 1, 1)
    told = verdict(row, day, rulebook)
    legal, company = told.priority.findings
    ceiling, typology, rent = told.findings
    ceiling = _placed(row, on, rulebook, ceiling)
    if _lacking(row, "adults", "rooms"):
        typology = _unknown(_lacking(row, "adults", "rooms"))
    known = () if row["adults"] is None else possible_categories(household(row), day, rulebook)[0]
    outcomes = {finding.outcome for finding in (ceiling, typology, rent)}
    said = {name for finding in (ceiling, typology, company) for name in _names(finding)}
    said.update(_rent_names(row, rent))
    said.update(["refused value"] * of_one)
    return {
        "category": known[0].number if known else None,
        "category_or": known[1].number if len(known) > 1 else None,
        "ceiling": ceiling.threshold,
        "ceiling_margin": ceiling.margin,
        "rent_multiple": rent.fact("rent_multiple"),
        "income_ceiling_outcome": ceiling.outcome,
        "typology_outcome": typology.outcome,
        "affordability_outcome": rent.outcome,
        "legal_priority_outcome": legal.outcome,
        "company_priority_outcome": company.outcome,
        "tier": told.priority.tier,
        "outcome": next(outcome for outcome in WORST_FIRST if outcome in outcomes),
        "reasons": sum(bit(name) for name in said),
    }


def _placed(row: Row, on: date | None, rulebook: Rulebook, finding: Finding) -> Finding:
    """The scalar finding, where its row has a place, a day and a household.

    Without a norm, columns name every age and income that some norm could ask for.
    """
    if row["commune"] is not None and finding.reason == "no zone":
        return finding
    lacking = _lacking(row, "commune") | ({"on"} if on is None else set())
    if not lacking and finding.reason == "no table":
        return finding
    if not lacking and on and row["norm"] is None and row["adults"] is not None:
        lacking.update(possible_categories(household(row), on, rulebook)[1])
    lacking |= _lacking(row, "norm", "adults")
    return _unknown(lacking | _lacking(row, "reference_tax_income")) if lacking else finding


def _lacking(row: Row, *columns: str) -> set[str]:
    return {PATHS[column] for column in columns if row[column] is None}


def _unknown(missing: set[str]) -> Finding:
    return Finding("", Outcome.UNKNOWN, missing=tuple(missing))


def _names(finding: Finding) -> set[str]:
    reason = {finding.reason} if finding.reason else set()
    return reason | {re.sub(r"\.[0-9]{4}$", "", path) for path in finding.missing}


def _rent_names(row: Row, finding: Finding) -> set[str]:
    """An unknown base is told as such; the scalar finding could only lack the charges."""
    if PATHS["charges"] not in finding.missing:
        return set(finding.missing)
    return set(finding.missing) - {PATHS["charges"]} | _lacking(row, "rent", "charges")

"""What the columns of a frame are called, and what an answer is called in them."""

from collections.abc import Collection
from datetime import date

from attrs import Attribute, field, fields

from alin_core.errors import AlinError, InvalidValue, must_be
from alin_core.frozen import frozen
from alin_core.rules.findings import Outcome
from alin_core.rules.priority import Tier

__all__ = [
    "OUTCOMES",
    "REASONS",
    "TIERS",
    "Columns",
    "MissingColumn",
    "bit",
    "reason_names",
]

#: From the best to the worst: the overall outcome is the highest code.
OUTCOMES = (Outcome.MET, Outcome.BORDERLINE, Outcome.UNKNOWN, Outcome.NOT_MET)
#: Code 0 is an unknown tier.
TIERS = (None, *Tier)

_TAX_INCOME = "resources.reference_tax_income"
#: Names of the scalar findings, one bit each; from `household` on, what no value can leave out
#: and a row can.
REASONS = (
    "household.applicant.birth_date",
    "household.partner.birth_date",
    "household.co_applicants[0].birth_date",
    _TAX_INCOME,
    "resources.monthly_income",
    "employment",
    "employment.employer.headcount",
    "employment.employer.sector",
    "offer.norm",
    "offer.rent.charges",
    "no table",
    "no zone",
    "no employer",
    "public employer",
    "too small",
    "too large",
    "household",
    "on",
    "offer.commune",
    "offer.typology",
    "offer.rent.base",
    "refused value",
    # What the estimate of an aid lacks: of verdicts alone.
    "no estimate",
)
_BITS = {name: 1 << place for place, name in enumerate(REASONS)}


def bit(name: str) -> int:
    """The bit of a reason in the column `reasons`.

    >>> bit("no zone")
    2048
    """
    if name not in _BITS:
        raise InvalidValue("name", name, f"give one of {', '.join(REASONS)}")
    return _BITS[name]


def reason_names(reasons: int, *, on: date) -> tuple[str, ...]:
    """What a value of the column `reasons` says, with the names of the scalar findings.

    >>> reason_names(8 + 512, on=date(2026, 11, 23))
    ('resources.reference_tax_income.2024', 'offer.rent.charges')
    """
    names = (name for name, place in _BITS.items() if reasons & place)
    return tuple(f"{name}.{on.year - 2}" if name is _TAX_INCOME else name for name in names)


@frozen
class MissingColumn(AlinError, LookupError):
    """The frame lacks a column that an outcome depends on."""

    column: str
    field: str
    decides: str

    def __str__(self) -> str:
        hint = (
            f"rename it with Columns({self.field}=...), or give Columns({self.field}=None) "
            "to leave it out"
        )
        if self.field == "on":
            hint = "give a datetime.date, or the name of a column of days"
        return f"no column {self.column!r}, which decides {self.decides}; {hint}"


def _unknown(name: str | None, decides: str) -> str | None:
    """A column where null is unknown: it must be there, or be left out by name."""
    return _column(name, decides, required=True)


def _absent(name: str | None, decides: str) -> str | None:
    """A column where null is not claimed or none: without it nothing is claimed."""
    return _column(name, decides, required=False)


def _column(name: str | None, decides: str, *, required: bool) -> str | None:
    metadata = {"decides": decides, "required": required}
    value: str | None = field(default=name, validator=_is_a_name, metadata=metadata)
    return value


def _is_a_name(_columns: object, attribute: "Attribute[str | None]", value: str | None) -> None:
    if value is not None:
        must_be(value, str, attribute.name)


@frozen(kw_only=True)
class Columns:
    """Where the inputs of the rules are; None leaves an input out.

    >>> Columns(rent="loyer_hc", charges=None).rent
    'loyer_hc'

    Amounts are in euros, per month or per year as in the scalar values.
    """

    #: Applicant, partner and co-applicants.
    adults: str | None = _unknown("adults", "household category and typology")
    #: Is one of them the applicant's spouse, PACS partner or cohabitant?
    couple: str | None = _absent("couple", "the young household")
    applicant_birth_date: str | None = _unknown("applicant_birth_date", "the young household")
    #: Of the partner, or of the other adult.
    partner_birth_date: str | None = _unknown("partner_birth_date", "the young household")
    dependants: str | None = _absent("dependants", "household category and typology")
    visiting_children: str | None = _absent("visiting_children", "category and typology")
    unborn: str | None = _absent("unborn", "category and typology, in a reform")
    #: Does anyone hold the mention « invalidité », visiting children aside?
    disabled: str | None = _absent("disabled", "household category")
    visiting_child_disabled: str | None = _absent("visiting_child_disabled", "household category")
    #: A ready category, 1 to 6: counts and ages are then not read for the ceiling.
    category: str | None = _absent(None, "the income ceiling")
    further_persons: str | None = _absent("further_persons", "the income ceiling")
    #: Everyone born who will live there: asked for beside a ready category.
    persons: str | None = _unknown("persons", "typology")
    #: Of year N-2.
    reference_tax_income: str | None = _unknown("reference_tax_income", "the income ceiling")
    #: Of year N-1, if claimed.
    last_year_tax_income: str | None = _absent("last_year_tax_income", "the income ceiling")
    last_twelve_months: str | None = _absent("last_twelve_months", "the income ceiling")
    monthly_income: str | None = _unknown("monthly_income", "affordability")
    housing_aid: str | None = _absent("housing_aid", "affordability")
    #: False: no employer. Null: unknown, unless a sector or a headcount is given.
    employed: str | None = _absent("employed", "company priority")
    sector: str | None = _unknown("sector", "company priority")
    headcount: str | None = _unknown("headcount", "company priority")
    #: Is a ground of priority recognised by law?
    legal_priority: str | None = _absent("legal_priority", "the priority tier")
    #: INSEE code, five characters as printed.
    commune: str | None = _unknown("commune", "the income ceiling")
    norm: str | None = _unknown("norm", "the income ceiling")
    #: Main rooms: 3 for a T3.
    rooms: str | None = _unknown("rooms", "typology")
    #: Without charges.
    rent: str | None = _unknown("rent", "affordability")
    charges: str | None = _unknown("charges", "affordability")

    def found(self, present: Collection[str], names: Collection[str]) -> dict[str, str]:
        """The columns to read among those fields; raises `MissingColumn`.

        A column that was renamed must be there, a claim under its usual name need not.
        """
        found = {}
        for attribute in fields(Columns):
            column = getattr(self, attribute.name)
            if attribute.name not in names or column is None:
                continue
            if column in present:
                found[attribute.name] = column
            elif attribute.metadata["required"] or column != attribute.default:
                raise MissingColumn(column, attribute.name, attribute.metadata["decides"])
        return found

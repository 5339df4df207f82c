"""The same rules over the columns of a frame, on the engine that holds it (extra `frames`)."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from itertools import product, zip_longest
from typing import Any, Generic, NamedTuple, TypeVar

from alin_core.errors import InvalidValue, MissingExtra, WrongType, must_be

try:
    import narwhals as nw
except ImportError:
    raise MissingExtra("frames") from None

from alin_core.columns.crossing import demand_limits, may_pass, offer_limits
from alin_core.columns.kinds import check_kinds
from alin_core.columns.names import OUTCOMES, TIERS, Columns, MissingColumn
from alin_core.columns.pairs import ANSWERS, RULES, pair_stages, results
from alin_core.columns.scalars import row
from alin_core.columns.sides import (
    OFFER,
    Asked,
    day_stages,
    demand_fields,
    demand_stages,
    offer_stages,
)
from alin_core.columns.stages import (
    OURS,
    LookUp,
    Row,
    cell,
    engine_of,
    flag,
    number,
    speaks_sql,
    with_stage,
)
from alin_core.eligibility import Assessment
from alin_core.law.rulebook import Rulebook
from alin_core.values.amounts import the_day

__all__ = ["Comparison", "assess_frame", "compare_rulebooks", "cross_assess", "to_frame"]

_F = TypeVar("_F")

_MARGINS = ("ceiling_margin", "rent_multiple")
_COMPARED = ("outcome", *(f"{rule}_outcome" for rule in RULES), "ceiling", *_MARGINS)
_SUFFIXES = ("before", "after")
#: The rules of each subset, by its bits.
_SETS = [
    ", ".join(rule for place, rule in enumerate(RULES) if subset >> place & 1)
    for subset in range(1 << len(RULES))
]
_OUTCOME = nw.Enum(list(map(str, OUTCOMES)))
_TIER = nw.Enum([str(tier) for tier in TIERS if tier])
_SCHEMA: dict[str, Any] = {
    "offer": nw.String,
    "on": nw.Date,
    "category": nw.Int8,
    "category_or": nw.Int8,
    "ceiling": nw.Float64,
    "ceiling_margin": nw.Float64,
    "rent_multiple": nw.Float64,
    **{f"{rule}_outcome": nw.String for rule in (*RULES, "legal_priority", "company_priority")},
    "tier": nw.String,
    "outcome": nw.String,
    "reasons": nw.Int32,
}
#: pandas keeps a day as a time, and an integer that may be missing as a float.
_IN_PANDAS: dict[str, Any] = {
    "on": nw.Datetime,
    "category": nw.Float64,
    "category_or": nw.Float64,
}


def assess_frame(
    frame: _F,
    *,
    on: date | str,
    rulebook: Rulebook | None = None,
    columns: Columns | None = None,
) -> _F:
    """The frame with the answers of `assess` to each of its rows, a demand and an offer.

    `on` is the expected date of the lease, or the column that holds it.
    Polars (eager or lazy), pandas, PyArrow, DuckDB and PySpark frames come back as they came:
    nothing lazy is collected. Amounts in euros, floats rounded to the cent.

    >>> import polars
    >>> frame = polars.DataFrame({
    ...     "adults": [1], "dependants": [1], "reference_tax_income": [31_000.0],
    ...     "monthly_income": [2_450.0], "commune": ["94041"], "norm": ["PLUS"], "rooms": [3],
    ...     "rent": [612.40], "charges": [85.0]})
    >>> some = Columns(
    ...     applicant_birth_date=None, partner_birth_date=None, sector=None, headcount=None)
    >>> done = assess_frame(frame, on=date(2026, 11, 23), columns=some)
    >>> done["outcome"].to_list(), done["ceiling_margin"].to_list(), done["rent_multiple"].to_list()
    (['MET'], [21740.0], [3.51])

    Raises `MissingColumn`, and `InvalidValue` where a column already bears the name of an answer.
    """
    given = _read(frame, "frame")
    asked = _asked(given, on, rulebook, columns)
    _no_clash(asked.schema, ANSWERS, asked.engine)
    done = _assessed(_lazily(given), asked).select(*map(nw.col, asked.schema), **results(asked))
    native: _F = _as_it_came(done, given).to_native()
    return native


def cross_assess(
    demands: _F,
    offers: _F,
    *,
    on: date,
    rulebook: Rulebook | None = None,
    columns: Columns | None = None,
    everything: bool = False,
) -> _F:
    """Every demand held against every offer; what passes is kept, or `everything`.

    What follows from a demand alone is found once a demand, and so for an offer.
    Both are frames of one engine, without a column name in common.

    Raises as `assess_frame` does.
    """
    columns, day = must_be(columns or Columns(), Columns, "columns"), the_day(on)
    must_be(everything, bool, "everything")
    left, right = _read(demands, "demands"), _read(offers, "offers")
    if left.implementation is not right.implementation:
        hint = f"give a frame of {left.implementation}, as the demands are"
        raise InvalidValue("offers", str(right.implementation), hint)
    fields = demand_fields(ready=columns.category is not None)
    asked = _asked(left, day, rulebook, columns, fields)
    offered = _asked(right, day, rulebook, columns, OFFER)
    _no_clash([*asked.schema, *offered.schema], ANSWERS, asked.engine)
    of_demand, of_offer = demand_stages(asked), offer_stages(offered)
    if not everything:
        of_demand, of_offer = of_demand + demand_limits(asked), of_offer + offer_limits(offered)
    pairs = _staged(_lazily(left), of_demand).join(_staged(_lazily(right), of_offer), how="cross")
    kept = pairs if everything else pairs.filter(may_pass(asked.engine))
    kept = _staged(kept, _pair_stages(left, asked))
    names = map(nw.col, (*asked.schema, *offered.schema))
    done = kept.select(*names, **results(asked))
    native: _F = _as_it_came(done, left).to_native()
    return native


class Comparison(NamedTuple, Generic[_F]):
    """What a reform changes."""

    #: The rows whose outcome changes, with each outcome and figure before and after, and the
    #: rules whose outcome changes in `flipped_by`.
    flips: _F
    #: How many rows go from one outcome to another and by which rules, and their mean margins.
    counts: _F


def compare_rulebooks(
    frame: _F,
    before: Rulebook,
    after: Rulebook,
    *,
    on: date | str,
    columns: Columns | None = None,
) -> Comparison[_F]:
    """Who flips when one rulebook gives way to another, by which rule, and how many.

    Raises as `assess_frame` does.
    """
    given = _read(frame, "frame")
    both, kept = _lazily(given), list(given.collect_schema())
    compared = [f"{name}_{suffix}" for name, suffix in product(_COMPARED, _SUFFIXES)]
    _no_clash(kept, [*compared, "flipped_by"], given.implementation)
    for rulebook, suffix in ((before, "before"), (after, "after")):
        asked = _asked(given, on, rulebook, columns)
        both = _assessed(both, asked)
        answers = results(asked)
        # Columns of our own stop here: SQL would hold those of the second rulebook beside them.
        both = both.select(*kept, **{f"{name}_{suffix}": answers[name] for name in _COMPARED})
        kept += [f"{name}_{suffix}" for name in _COMPARED]
    bits = [flag(_changes(f"{rule}_outcome")) * 2**place for place, rule in enumerate(RULES)]
    flipped_by = LookUp(sum(bits, number(0)), dict(enumerate(_SETS)), default=None, dtype=nw.String)
    flips = with_stage(both.filter(_changes("outcome")), {"flipped_by": flipped_by}).select(
        *map(nw.col, asked.schema), *map(nw.col, compared), flipped_by=cell("flipped_by")
    )
    flips = _as_it_came(flips, given)
    counts = flips.group_by("outcome_before", "outcome_after", "flipped_by").agg(
        nw.len().alias("rows"),
        *(nw.col(f"{name}_{suffix}").mean() for name, suffix in product(_MARGINS, _SUFFIXES)),
    )
    return Comparison(flips.to_native(), counts.to_native())


def _changes(name: str) -> nw.Expr:
    return nw.col(f"{name}_before") != nw.col(f"{name}_after")


def to_frame(assessments: Iterable[Assessment], *, backend: Any) -> Any:
    """Verdicts that exist already as a frame: one row each, the columns of `assess_frame`.

    `backend` is an eager engine of narwhals: `"polars"`, `"pandas"` or `"pyarrow"`.
    """
    rows = [row(assessment) for assessment in assessments]
    columns = {name: [told[name] for told in rows] for name in _SCHEMA}
    pandas = nw.Implementation.from_backend(backend).is_pandas_like()
    schema = _SCHEMA | _IN_PANDAS if pandas else _SCHEMA
    frame = nw.from_dict(columns, backend=backend)
    # To pandas 2, a text that is missing is the text `None`.
    given = {name: nw.when(~nw.col(name).is_null()).then(nw.col(name)) for name in schema}
    return frame.select(**{name: given[name].cast(schema[name]) for name in schema}).to_native()


def _read(frame: Any, name: str) -> Any:
    """The frame as narwhals sees it; its types would name every engine."""
    try:
        return nw.from_native(frame)
    except TypeError:
        due = "a frame of Polars, pandas, PyArrow, DuckDB or PySpark"
        raise WrongType(name, type(frame), due) from None


def _asked(
    frame: Any,
    on: date | str,
    rulebook: Rulebook | None,
    columns: Columns | None,
    names: Collection[str] | None = None,
) -> Asked:
    columns = must_be(columns or Columns(), Columns, "columns")
    schema = frame.collect_schema()
    if names is None:
        names = (*demand_fields(ready=columns.category is not None), *OFFER)
    if isinstance(on, str) and on not in schema:
        raise MissingColumn(on, "on", "ages, ceilings and the years of incomes")
    found = columns.found(schema, names)
    read = found | ({"on": on} if isinstance(on, str) else {})
    return Asked(
        rulebook=must_be(rulebook or Rulebook.standard(), Rulebook, "rulebook"),
        on=on if isinstance(on, str) else the_day(on),
        found=found,
        schema=check_kinds(frame, read, schema),
        engine=engine_of(frame),
    )


def _no_clash(present: Collection[str], added: Iterable[str], engine: nw.Implementation) -> None:
    said: Callable[[Any], Any] = _in_sql if speaks_sql(engine) else lambda name: name
    count = Counter(said(name) for name in (*added, *present))
    for name in present:
        if count[said(name)] > 1:
            raise InvalidValue("frame", name, "rename this column: another one bears its name")
        text = str(said(name))  # pandas names columns with numbers too
        if text.startswith(OURS):
            raise InvalidValue("frame", name, "rename this column: ours begin as it does")
        if _EXPANDED.fullmatch(text) or (speaks_sql(engine) and _QUALIFIED.search(text)):
            raise InvalidValue("frame", name, "rename this column: an engine reads more in it")


#: Polars reads every column, or those of a pattern; SQL a field of a column, or the end of a name.
_EXPANDED = re.compile(r"\*|\^.*\$", re.DOTALL)
_QUALIFIED = re.compile(r"[.\"`]")


def _in_sql(name: str) -> str:
    """To SQL, `Rent` and `rent` are one; to Java, `ı` and `İ` are an `i` too."""
    return name.upper().replace("İ", "I").lower()


def _lazily(frame: Any) -> Any:
    """Polars plans the whole before it computes; the other engines take each step as it comes."""
    return frame.lazy() if frame.implementation.is_polars() else frame


def _as_it_came(done: Any, given: Any) -> Any:
    if isinstance(given, nw.DataFrame) and given.implementation.is_polars():
        return done.collect("polars", engine="streaming")
    return done


def _assessed(frame: Any, asked: Asked) -> Any:
    """The frame with our columns; what does not depend on one another is computed in one step."""
    sides = zip_longest(demand_stages(asked), offer_stages(asked))
    together = [{**demand, **(offer or {})} for demand, offer in sides]
    return _staged(frame, [*day_stages(asked), *together, *_pair_stages(frame, asked)])


def _pair_stages(frame: Any, asked: Asked) -> list[Row]:
    """One byte a label where the engine has enumerations, text elsewhere."""
    short = frame.implementation.is_polars() or frame.implementation.is_duckdb()
    return pair_stages(asked, *((_OUTCOME, _TIER) if short else (nw.String, nw.String)))


def _staged(frame: Any, stages: Iterable[Row]) -> Any:
    for stage in stages:
        frame = with_stage(frame, stage)
    return frame

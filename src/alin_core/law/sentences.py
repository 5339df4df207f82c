"""A finding as a French or English sentence: it formats, and holds no rule.

The sentences themselves are data: `law/data/sentences.toml`, and `labels.toml` for the names that
the user guide prints.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

from alin_core.law.findings import Finding
from alin_core.law.wording import (
    count_text,
    date_text,
    euros_text,
    label,
    legible,
    number_text,
    percent_text,
    texts,
    word,
)
from alin_core.values.amounts import multiply
from alin_core.values.arguments import explained
from alin_core.values.housing import TypologyRange

__all__ = [
    "closing",
    "input_words",
    "mark_words",
    "no_match",
    "range_text",
    "remedy_sentence",
    "sentence",
    "tier_sentence",
    "wrapped",
]

_YEAR = re.compile(r"\.([0-9]{4})$")

#: What parts two marks of one figure.
_FURTHER = ", further persons "
#: What comes before the mark of the figure that another is computed from.
_COMPUTED = "computed from "


@explained
def sentence(finding: Finding, lang: str) -> str:
    """What a rule answers, with its figures and its source, in French (`fr`) or English (`en`).

    >>> from alin_core.law.findings import Outcome
    >>> print(sentence(Finding("legal-priority", Outcome.NOT_MET), "en"))
    No ground of priority recognised by law is given: only a recognised one counts, and its \
absence excludes you from no offer (CCH L441-1).

    Raises `InvalidValue` for another language.
    """
    templates = texts(lang)["sentence"][finding.rule_id]
    known = templates.get(finding.reason) or templates[finding.outcome]
    figures = _figures(finding, lang)
    # From the richest to the poorest: the first whose figures are all known.
    filled = (text.format_map(figures) for text in known if _names(text) <= figures.keys())
    return next(filled, f"{word('outcome', finding.outcome, lang)}.")


def remedy_sentence(rule_id: str, path: str, value: object, lang: str) -> str:
    """What change of one input would meet a rule.

    >>> print(remedy_sentence("income-ceiling", "offer.norm", ("PLUS", "PLS"), "en"))
    Your income does not exceed the ceiling of an offer of norm PLUS or PLS.
    """
    return str(texts(lang)["remedy"][rule_id][path]).format(value=_value_text(value, lang))


def tier_sentence(tier: str | None, lang: str) -> str:
    """Where a candidature would stand; None: an unknown could change it."""
    return str(texts(lang)["tier"][tier or "UNKNOWN"])


def closing(lang: str) -> str:
    """Who decides, and where all the rules are."""
    return _page("closing", lang)


def no_match(lang: str, offers: int) -> str:
    """What to do when none of that many offers fits."""
    return _page({0: "no_offer", 1: "one_offer"}.get(offers, "no_match"), lang)


def input_words(path: str, lang: str) -> str:
    """An input in words; a path without words is given as it is.

    >>> print(input_words("resources.reference_tax_income.2024", "en"))
    the reference tax income of year 2024
    """
    return _input(path, lang)[0]


def wrapped(text: str, width: int = 80, indent: str = "") -> str:
    """A paragraph on lines of that width, at ordinary spaces only; `indent` opens the next ones."""
    from textwrap import fill  # here: a verdict that nobody reads does not pay for it

    return fill(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _figures(finding: Finding, lang: str) -> dict[str, str]:
    """Every figure that the finding knows, as its language writes it."""
    facts = {name: fact for name, fact in finding.facts if fact is not None}
    figures = {name: _FACTS.get(name, _plain)(fact, lang) for name, fact in facts.items()}
    figures |= _compared(finding, lang)
    figures["sources"] = texts(lang)["source"][finding.rule_id]
    if finding.missing:
        figures["missing"] = _missing(finding.missing, lang)
    if facts.get("further_persons"):
        figures["category"] = _part("further", lang, figures)
    if "reference_year" in facts:
        figures |= _income_told(figures, facts, lang)
    if "edition" in facts:
        figures["ceiling"] = _part("ceiling", lang, figures)
    figures |= _aid(facts, figures, lang)
    figures["effort"] = _effort(facts, figures, lang)
    if facts.get("rent_including_charges"):
        figures["asked"] = figures["multiple_asked"]
    return figures


def _aid(facts: Mapping[str, Any], figures: Mapping[str, str], lang: str) -> dict[str, str]:
    """The aid that is counted: declared, estimated, bounded, or declared for want of these."""
    if "housing_aid_steps" in facts:
        estimated = {"housing_aid": _part("estimated", lang, figures)}
        return {**estimated, "aid": _part("aid", lang, estimated)}
    if "housing_aid_bound" in facts:
        bounded = _part(facts["housing_aid_bound"], lang, figures)
        figures = {"housing_aid": bounded}
    aid = _part("aid", lang, figures) if facts.get("housing_aid") else ""
    if "housing_aid_refusal" not in facts:
        return {"aid": aid}
    missing = ", ".join(_input(path, lang)[0] for path in facts["housing_aid_missing"])
    refusal = word("no_estimate", facts["housing_aid_refusal"], lang)
    why = {"no_estimate": refusal.format(missing=missing)}
    counted = {"housing_aid": figures["housing_aid"]} if aid else {}
    return {**why, **counted, "aid": aid + _part("no_estimate", lang, why)}


def _compared(finding: Finding, lang: str) -> dict[str, str]:
    """What is observed, what it is held against, and the distance, on either side."""
    units = texts(lang)["unit"].get(finding.rule_id)
    if units is None:  # a rule that compares nothing
        return {}
    figure, distance = units
    margin = finding.margin
    # `-margin` would round to the caller's decimal context.
    shortfall = margin.copy_abs() if isinstance(margin, Decimal) else margin and abs(margin)
    values = (
        ("observed", finding.observed, figure),
        ("threshold", finding.threshold, figure),
        ("margin", margin, distance),
        ("shortfall", shortfall, distance),
    )
    return {
        name: _value_text(value, lang, unit) for name, value, unit in values if value is not None
    }


def _income_told(figures: Mapping[str, str], facts: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Which income is used, and why, with the years by their numbers."""
    year, drop = facts["reference_year"], _percent(facts["income_drop"], lang)
    return {
        name: figures[name].format(n_2=year, n_1=year + 1, drop=drop)
        for name in ("income_source", "income_reason")
    }


def _value_text(value: Any, lang: str, unit: str = "euros") -> str:
    if isinstance(value, TypologyRange):
        return range_text(value, lang)
    if isinstance(value, tuple):
        return str(texts(lang)["part"]["or"]).join(map(str, value))
    if unit == "euros":
        return euros_text(value, lang)
    return f"T{value}" if unit == "typology" else count_text(unit, value, lang)


def range_text(fitting: TypologyRange, lang: str) -> str:
    """The dwellings from one size to another, or from one size on."""
    if fitting.largest is None:
        return _part("range_from", lang, {"smallest": str(fitting.smallest)})
    return str(fitting)


def _missing(paths: Sequence[str], lang: str) -> str:
    """The inputs that could change the outcome, with why they matter, each reason once."""
    inputs = [_input(path, lang) for path in paths]
    return str(texts(lang)["part"]["together"]).join(
        words if not why or why in (later for _, later in inputs[place:]) else f"{words}, {why}"
        for place, (words, why) in enumerate(inputs, 1)
    )


def _input(path: str, lang: str) -> tuple[str, str]:
    """An input in words, and why it matters."""
    key, *year = _YEAR.split(path)
    known = texts(lang)["input"].get(key)
    if known is None:
        return path, ""
    words, why = known
    return words.format(year=year[0]) if year else words, why


def _plain(fact: Any, _lang: str) -> str:
    return legible(str(fact))


def _effort(facts: Mapping[str, Any], figures: Mapping[str, str], lang: str) -> str:
    """The official rate; with an aid above the rent, why it is zero."""
    if "effort_rate" not in facts:
        return ""
    covered = facts["housing_aid"] > facts["rent_including_charges"]
    return _part("no_effort" if covered else "effort", lang, figures)


def _percent(rate: Any, lang: str) -> str:
    return percent_text(multiply(rate, Decimal(100)), lang)


def _category(fact: Any, lang: str) -> str:
    return str(texts(lang)["part"]["or"]).join(str(fact).split(" or "))


def _verified(marks: Any, lang: str) -> str:
    """The mark of the figure; two when the amount of a further person has its own."""
    figure, _, further = marks.partition(_FURTHER)
    told = mark_words(figure, lang)
    if not further:
        return told
    return _part("verified", lang, {"figure": told, "further": mark_words(further, lang)})


def mark_words(mark: str, lang: str) -> str:
    """How one figure was verified; a computed one, from which figure and how that one was.

    >>> print(mark_words("computed from scaled", "en"))
    computed from the PLUS ceiling; for the latter, figure changed by hypothesis, which is not the \
ceiling in force
    """
    read = mark.removeprefix(_COMPUTED)
    told = word("verified", read, lang)
    return told if read == mark else _part("computed", lang, {"verified": told})


def _listed(kind: str) -> Callable[[Any, str], str]:
    return lambda names, lang: ", ".join(word(kind, name, lang) for name in names)


def _worded(kind: str) -> Callable[[Any, str], str]:
    return lambda fact, lang: word(kind, fact, lang)


def _persons(fact: Any, lang: str) -> str:
    return count_text("persons", fact, lang)


#: How each fact is written; the others are written as they are.
_FACTS: dict[str, Callable[[Any, str], str]] = {
    "category": _category,
    "changed": _listed("field"),
    "cutoff": date_text,
    "differ": _listed("field"),
    "edition": date_text,
    "effort_rate": _percent,
    "employment": _worded("employment"),
    "faults": _listed("password_fault"),
    "from": date_text,
    "further_persons": _persons,
    "grounds": _listed("ground"),
    "housing_aid": euros_text,
    "income_reason": _worded("income_reason"),
    "income_source": _worded("income_source"),
    "lacking": _listed("field"),
    "missing_income": euros_text,
    "multiple_asked": number_text,
    "monthly_income": euros_text,
    "persons": _persons,
    "refused": _listed("field"),
    "rent_including_charges": euros_text,
    "rent_multiple": number_text,
    "sector": _worded("sector"),
    "valid_until": date_text,
    "verified": _verified,
    "zone": _worded("zone"),
}


def _part(name: str, lang: str, figures: Mapping[str, str]) -> str:
    return str(texts(lang)["part"][name]).format_map(figures)


def _page(name: str, lang: str) -> str:
    return str(texts(lang)["page"][name]).format(
        caleol=label("name.commission", "short"),
        demand_site=label("site.demand"),
        al_in_site=label("site.al_in"),
        update_my_demand=label("label.update_my_demand"),
    )


@cache
def _names(template: str) -> frozenset[str]:
    """The figures that a template asks for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)

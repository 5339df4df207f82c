"""A finding as a French or English sentence: it formats, and holds no rule.

The sentences themselves are data: `law/data/sentences/`, and `labels.toml` for the names that
the user guide prints.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

from alin_core.rules.findings import Finding
from alin_core.text.wording import Words, label, legible
from alin_core.values.amounts import multiply
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


def sentence(finding: Finding, words: Words) -> str:
    """Return what a rule answers, with its figures and its source.

    >>> from alin_core.rules.findings import Outcome
    >>> print(sentence(Finding("legal-priority", Outcome.NOT_MET), Words.of("en")))
    No ground of priority recognised by law is given: only a recognised one counts, and its \
absence excludes you from no offer (CCH L441-1).
    """
    templates = words.texts["sentence"][finding.rule_id]
    known = templates.get(finding.reason) or templates[finding.outcome]
    figures = _figures(finding, words)
    # From the richest to the poorest: the first whose figures are all known.
    filled = (text.format_map(figures) for text in known if _names(text) <= figures.keys())
    return next(filled, f"{words.word('outcome', finding.outcome)}.")


def remedy_sentence(rule_id: str, path: str, value: object, words: Words) -> str:
    """What change of one input would meet a rule.

    >>> print(remedy_sentence("income-ceiling", "offer.norm", ("PLUS", "PLS"), Words.of("en")))
    Your income does not exceed the ceiling of an offer of norm PLUS or PLS.
    """
    return str(words.texts["remedy"][rule_id][path]).format(value=_value_text(value, words))


def tier_sentence(tier: str | None, words: Words) -> str:
    """Where a candidature would stand; None: an unknown could change it."""
    return words.say(f"tier.{tier or 'UNKNOWN'}")


def closing(words: Words) -> str:
    """Who decides, and where all the rules are."""
    return _page("closing", words)


def no_match(words: Words, offers: int) -> str:
    """What to do when none of that many offers fits."""
    return _page({0: "no_offer", 1: "one_offer"}.get(offers, "no_match"), words)


def input_words(path: str, words: Words) -> str:
    """An input in words; a path without words is given as it is.

    >>> print(input_words("resources.reference_tax_income.2024", Words.of("en")))
    the reference tax income of year 2024
    """
    return _input(path, words)[0]


def wrapped(text: str, width: int = 80, indent: str = "", *, breaks_words: bool = False) -> str:
    """Break a paragraph at ordinary spaces; `indent` opens the lines after the first."""
    from textwrap import fill  # here: a verdict that nobody reads does not pay for it

    return fill(
        text,
        width,
        subsequent_indent=indent,
        break_long_words=breaks_words,
        break_on_hyphens=False,
    )


def _figures(finding: Finding, words: Words) -> dict[str, str]:
    """Every figure that the finding knows, as its language writes it."""
    facts = {name: fact for name, fact in finding.facts if fact is not None}
    figures = {name: _FACTS.get(name, _plain)(words, fact) for name, fact in facts.items()}
    figures |= _compared(finding, words)
    figures["sources"] = words.texts["source"][finding.rule_id]
    if finding.missing:
        figures["missing"] = _missing(finding.missing, words)
    if facts.get("further_persons"):
        figures["category"] = words.say("part.further", **figures)
    if "reference_year" in facts:
        figures |= _income_told(figures, facts, words)
    if "edition" in facts:
        figures["ceiling"] = words.say("part.ceiling", **figures)
    figures |= _aid(facts, figures, words)
    figures["effort"] = _effort(facts, figures, words)
    if facts.get("rent_including_charges"):
        figures["asked"] = figures["multiple_asked"]
    return figures


def _aid(facts: Mapping[str, Any], figures: Mapping[str, str], words: Words) -> dict[str, str]:
    """The aid that is counted: declared, estimated, bounded, or declared for want of these."""
    if "housing_aid_steps" in facts:
        estimated = {"housing_aid": words.say("part.estimated", **figures)}
        return {**estimated, "aid": words.say("part.aid", **estimated)}
    if "housing_aid_bound" in facts:
        bounded = words.say(f"part.{facts['housing_aid_bound']}", **figures)
        figures = {"housing_aid": bounded}
    aid = words.say("part.aid", **figures) if facts.get("housing_aid") else ""
    if "housing_aid_refusal" not in facts:
        return {"aid": aid}
    missing = ", ".join(_input(path, words)[0] for path in facts["housing_aid_missing"])
    refusal = words.word("no_estimate", facts["housing_aid_refusal"])
    why = {"no_estimate": refusal.format(missing=missing)}
    counted = {"housing_aid": figures["housing_aid"]} if aid else {}
    return {**why, **counted, "aid": aid + words.say("part.no_estimate", **why)}


def _compared(finding: Finding, words: Words) -> dict[str, str]:
    """What is observed, what it is held against, and the distance, on either side."""
    units = words.texts["unit"].get(finding.rule_id)
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
        name: _value_text(value, words, unit) for name, value, unit in values if value is not None
    }


def _income_told(
    figures: Mapping[str, str], facts: Mapping[str, Any], words: Words
) -> dict[str, str]:
    """Which income is used, and why, with the years by their numbers."""
    year, drop = facts["reference_year"], _percent(words, facts["income_drop"])
    return {
        name: figures[name].format(n_2=year, n_1=year + 1, drop=drop)
        for name in ("income_source", "income_reason")
    }


def _value_text(value: Any, words: Words, unit: str = "euros") -> str:
    if isinstance(value, TypologyRange):
        return range_text(value, words)
    if isinstance(value, tuple):
        return words.say("part.or").join(map(str, value))
    if unit == "euros":
        return words.euros(value)
    return f"T{value}" if unit == "typology" else words.count(unit, value)


def range_text(fitting: TypologyRange, words: Words) -> str:
    """The dwellings from one size to another, or from one size on."""
    if fitting.largest is None:
        return words.say("part.range_from", smallest=fitting.smallest)
    return str(fitting)


def _missing(paths: Sequence[str], words: Words) -> str:
    """The inputs that could change the outcome, with why they matter, each reason once."""
    inputs = [_input(path, words) for path in paths]
    return words.say("part.together").join(
        own if not why or why in (later for _, later in inputs[place:]) else f"{own}, {why}"
        for place, (own, why) in enumerate(inputs, 1)
    )


def _input(path: str, words: Words) -> tuple[str, str]:
    """An input in words, and why it matters."""
    key, *year = _YEAR.split(path)
    known = words.texts["input"].get(key)
    if known is None:
        return path, ""
    own, why = known
    return own.format(year=year[0]) if year else own, why


def _plain(_words: Words, fact: Any) -> str:
    return legible(str(fact))


def _effort(facts: Mapping[str, Any], figures: Mapping[str, str], words: Words) -> str:
    """The official rate; with an aid above the rent, why it is zero."""
    if "effort_rate" not in facts:
        return ""
    covered = facts["housing_aid"] > facts["rent_including_charges"]
    return words.say("part.no_effort" if covered else "part.effort", **figures)


def _percent(words: Words, rate: Any) -> str:
    return words.percent(multiply(rate, Decimal(100)))


def _category(words: Words, fact: Any) -> str:
    return words.say("part.or").join(str(fact).split(" or "))


def _verified(words: Words, marks: Any) -> str:
    """The mark of the figure; two when the amount of a further person has its own."""
    figure, _, further = marks.partition(_FURTHER)
    told = mark_words(figure, words)
    if not further:
        return told
    return words.say("part.verified", figure=told, further=mark_words(further, words))


def mark_words(mark: str, words: Words) -> str:
    """Return how one figure was verified; a computed one, from which figure and how that one was.

    >>> print(mark_words("computed from scaled", Words.of("en")))
    computed from the PLUS ceiling; for the latter, figure changed by hypothesis, which is not the \
ceiling in force
    """
    read = mark.removeprefix(_COMPUTED)
    told = words.word("verified", read)
    return told if read == mark else words.say("part.computed", verified=told)


def _listed(kind: str) -> Callable[[Words, Any], str]:
    return lambda words, names: ", ".join(words.word(kind, name) for name in names)


def _worded(kind: str) -> Callable[[Words, Any], str]:
    return lambda words, fact: words.word(kind, fact)


def _persons(words: Words, fact: Any) -> str:
    return words.count("persons", fact)


#: How each fact is written; the others are written as they are.
_FACTS: dict[str, Callable[[Words, Any], str]] = {
    "category": _category,
    "changed": _listed("field"),
    "cutoff": Words.day,
    "differ": _listed("field"),
    "edition": Words.day,
    "effort_rate": _percent,
    "employment": _worded("employment"),
    "faults": _listed("password_fault"),
    "from": Words.day,
    "further_persons": _persons,
    "grounds": _listed("ground"),
    "housing_aid": Words.euros,
    "income_reason": _worded("income_reason"),
    "income_source": _worded("income_source"),
    "lacking": _listed("field"),
    "missing_income": Words.euros,
    "multiple_asked": Words.number,
    "monthly_income": Words.euros,
    "persons": _persons,
    "refused": _listed("field"),
    "rent_including_charges": Words.euros,
    "rent_multiple": Words.number,
    "sector": _worded("sector"),
    "valid_until": Words.day,
    "verified": _verified,
    "zone": _worded("zone"),
}


def _page(name: str, words: Words) -> str:
    return words.say(
        f"page.{name}",
        caleol=label("name.commission", "short"),
        demand_site=label("site.demand"),
        al_in_site=label("site.al_in"),
        update_my_demand=label("label.update_my_demand"),
    )


@cache
def _names(template: str) -> frozenset[str]:
    """The figures that a template asks for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)

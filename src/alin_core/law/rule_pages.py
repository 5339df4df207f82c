"""The catalogue told in French or in English, on lines of 80 columns."""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from attrs import fields_dict

from alin_core.law.aid_tables import aid_editions
from alin_core.law.catalogue import Rule, Source
from alin_core.law.guide import statements
from alin_core.law.rulebook import Rulebook
from alin_core.law.sentences import range_text, wrapped
from alin_core.law.tables import CeilingTable, ceiling_table
from alin_core.law.wording import date_text, number_text, texts, typeset, word
from alin_core.values.housing import TypologyRange

__all__ = [
    "figure_text",
    "parameter_text",
    "read_text",
    "rule_text",
    "rules_text",
    "source_text",
]


def rules_text(listed: Iterable[Rule], lang: str) -> str:
    """One rule a line: its id, its provenance, its title."""
    rows = [tuple(texts(lang)["catalogue"]["columns"])]
    rows += [(rule.id, rule.provenance.value, _told(rule, "title", lang)) for rule in listed]
    wide, next_wide = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(
        wrapped(
            f"{name:{wide}}  {provenance:{next_wide}}  {title}", indent=" " * (wide + next_wide + 4)
        )
        for name, provenance, title in rows
    )


def rule_text(rule: Rule, lang: str) -> str:
    """The whole entry of a rule; its parameters have the values of the standard rulebook."""
    words = texts(lang)["catalogue"]
    honoured = [one for one in statements() if one.id in rule.guide]
    blocks = {
        "sources": [source_text(source, lang) for source in rule.sources],
        "parameters": [parameter_text(name, lang) for name in rule.parameters],
        "figures": [read_text(name, lang) for name in rule.figures],
        "function": [rule.function],
        "boundaries": [f"{_said(case, lang)} → {case.gives}" for case in rule.boundaries],
        "guide": [f"{one.id} {_said(one, lang)}" for one in honoured],
    }
    parts = [
        wrapped(f"{rule.id} · {_told(rule, 'title', lang)} · {rule.provenance}"),
        wrapped(_told(rule, "paraphrase", lang)),
    ]
    parts += ["\n".join([words[name], *map(_item, rows)]) for name, rows in blocks.items() if rows]
    return "\n\n".join(parts)


def figure_text(value: Any, lang: str) -> str:
    """The value of a field of the rulebook.

    >>> print(figure_text(10, "fr"), figure_text(True, "fr"), figure_text(date(2021, 4, 20), "fr"))
    10 oui 20 avril 2021
    """
    words = texts(lang)["catalogue"]
    if isinstance(value, CeilingTable):
        first, last = value.editions[0].in_force, value.checked_until
        days = {"first": date_text(first, lang), "last": date_text(last, lang)}
        return str(words["editions"].format(count=len(value.editions), **days))
    if isinstance(value, bool):
        return str(words["yes" if value else "no"])
    if isinstance(value, date):
        return date_text(value, lang)
    if isinstance(value, tuple):
        return ", ".join(
            range_text(item, lang) if isinstance(item, TypologyRange) else item for item in value
        )
    return number_text(value, lang)


def parameter_text(name: str, lang: str) -> str:
    """A field of the rulebook: its standard value, what it is, and whose it is.

    >>> print(parameter_text("rent_multiple", "en"))
    rent_multiple = 3 (times the rent including charges; GUIDE)
    """
    return str(texts(lang)["catalogue"]["parameter"]).format(
        name=name,
        value=figure_text(getattr(Rulebook.standard(), name), lang),
        unit=texts(lang)["parameter"][name],
        provenance=fields_dict(Rulebook)[name].metadata["provenance"],
    )


def read_text(name: str, lang: str) -> str:
    """A table or a figure of the code that a rule reads, with what it is.

    >>> print(read_text("taper", "en"), "/", read_text("candidature.events._DAYS_TO_ANSWER", "en"))
    taper (fall for high rents) / candidature.events._DAYS_TO_ANSWER = 10 (days at least to \
answer, CCH R441-10; LAW)
    """
    about = texts(lang)["read"].get(name) or word("aid_table", name, lang)
    module, _, constant = name.rpartition(".")
    if not module:
        return f"{name} ({about})"
    value = getattr(import_module(f"alin_core.{module}"), constant)
    figure = figure_text(value.days if isinstance(value, timedelta) else value, lang)
    return f"{name} = {figure} ({about})"


def source_text(source: Source, lang: str) -> str:
    """A text with its article, its date or that it has none, and what is taken from it.

    >>> print(source_text(Source("CCH", "R441-10"), "en"))
    CCH, R441-10, wording not dated by our sources
    """
    words = texts(lang)["catalogue"]
    place = ", ".join(filter(None, (source.text, source.article)))
    edition = None if source.dated_by is None else _last_edition(source.dated_by)
    for name, day in (("since", source.since), ("seen", source.seen), ("edition", edition)):
        if day is not None:
            place = words[name].format(place=place, day=date_text(day, lang))
    for name, lacking in (("undated", source.is_undated), ("unnamed", source.is_unnamed)):
        if lacking:
            place = words[name].format(place=place)
    about = source.about_fr if lang == "fr" else source.about_en
    return typeset(words["about"].format(place=place, about=about) if about else place, lang)


def _last_edition(table: str) -> date:
    """The first day of the newest edition of a table."""
    if table in ("plus", "plai"):
        return ceiling_table(table).editions[-1].in_force
    return aid_editions(table)[-1].in_force


def _told(rule: Rule, what: str, lang: str) -> str:
    return typeset(getattr(rule, f"{what}_{lang}"), lang)


def _said(entry: Any, lang: str) -> str:
    return typeset(getattr(entry, lang), lang)


def _item(text: str) -> str:
    return wrapped(f"  - {text}", indent="    ")

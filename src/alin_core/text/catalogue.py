"""The page of a rule of the catalogue, of the whole catalogue, and of a rulebook."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

from attrs import fields, fields_dict

from alin_core.housing_aid.tables import aid_editions
from alin_core.law.catalogue import Rule, Source
from alin_core.law.guide import statements
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingTable, ceiling_table
from alin_core.text.page import Block, Page, Paragraph, Table, item
from alin_core.text.sentences import range_text
from alin_core.text.wording import Words
from alin_core.values.housing import TypologyRange

__all__ = ["PAGES", "catalogue", "figure_text", "parameter_text", "read_text", "source_text"]


def catalogue(listed: Iterable[Rule], words: Words) -> Page:
    """Return one rule a line: its id, its provenance, its title."""
    rows = [tuple(words.texts["catalogue"]["columns"])]
    rows += [(rule.id, rule.provenance.value, words.pair(rule.title)) for rule in listed]
    wide, next_wide = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = [
        Paragraph(f"{name:{wide}}  {provenance:{next_wide}}  {title}", " " * (wide + next_wide + 4))
        for name, provenance, title in rows
    ]
    return Page(answer=[lines])


def _rule(rule: Rule, words: Words) -> Page:
    """The whole entry of a rule; its parameters have the values of the standard rulebook."""
    honoured = [one for one in statements() if one.id in rule.guide]
    blocks = {
        "sources": [source_text(source, words) for source in rule.sources],
        "parameters": [parameter_text(name, words) for name in rule.parameters],
        "figures": [read_text(name, words) for name in rule.figures],
        "function": [rule.function],
        "boundaries": [f"{words.pair(case)} → {case.gives}" for case in rule.boundaries],
        "guide": [f"{one.id} {words.pair(one)}" for one in honoured],
    }
    title = f"{rule.id} · {words.pair(rule.title)} · {rule.provenance}"
    return Page(
        answer=[[Paragraph(title)], [Paragraph(words.pair(rule.paraphrase))]],
        details=[
            [Paragraph(words.say(f"catalogue.{name}")), *map(item, rows)]
            for name, rows in blocks.items()
            if rows
        ],
    )


def _rulebook(rulebook: Rulebook, words: Words) -> Page:
    """What differs from the law, as a table: each field, the figure of the law, and its own."""
    standard = Rulebook.standard()
    rows = [
        (name, figure_text(ours, words), _own_text(ours, own, words))
        for name in (held.name for held in fields(Rulebook))
        for ours, own in [(getattr(standard, name), getattr(rulebook, name))]
        if ours != own
    ]
    key = "rulebook.reform" if rows else "rulebook.standard"
    title = Paragraph(words.say(key, fingerprint=rulebook.fingerprint))
    head = [words.word("rulebook", column) for column in ("field", "law", "own")]
    differs: list[Block] = [Paragraph(words.say("rulebook.differs")), Table([head, *rows])]
    return Page(answer=[[title]], details=[differs] if rows else [])


def _own_text(ours: Any, own: Any, words: Words) -> str:
    """The figure of a reform; of a table, how many of its figures are others."""
    if not isinstance(own, CeilingTable):
        return figure_text(own, words)
    before, after = _amounts(ours), _amounts(own)
    other = sum(before.get(cell) != after.get(cell) for cell in before.keys() | after.keys())
    return words.count("other_figures", other)


def _amounts(table: CeilingTable) -> dict[tuple[date, int, int], Decimal]:
    return {
        (edition.in_force, place, row): amount
        for edition in table.editions
        for place, column in enumerate(edition.columns)
        for row, (amount, _) in enumerate(column)
    }


def figure_text(value: Any, words: Words) -> str:
    """Return the value of a field of the rulebook.

    >>> words = Words.of("fr")
    >>> print(*(figure_text(value, words) for value in (10, True, date(2021, 4, 20))))
    10 oui 20 avril 2021
    """
    if isinstance(value, CeilingTable):
        first, last = value.editions[0].in_force, value.checked_until
        days = {"first": words.day(first), "last": words.day(last)}
        return words.say("catalogue.editions", count=len(value.editions), **days)
    if isinstance(value, bool):
        return words.say("catalogue.yes" if value else "catalogue.no")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        return ", ".join(
            range_text(item, words) if isinstance(item, TypologyRange) else item for item in value
        )
    return words.number(value)


def parameter_text(name: str, words: Words) -> str:
    """Return a field of the rulebook: its standard value, what it is, and whose it is.

    >>> print(parameter_text("rent_multiple", Words.of("en")))
    rent_multiple = 3 (times the rent including charges; GUIDE)
    """
    return words.say(
        "catalogue.parameter",
        name=name,
        value=figure_text(getattr(Rulebook.standard(), name), words),
        unit=words.texts["parameter"][name],
        provenance=fields_dict(Rulebook)[name].metadata["provenance"],
    )


def read_text(name: str, words: Words) -> str:
    """Return a table or a figure of the code that a rule reads, with what it is.

    >>> print(read_text("taper", Words.of("en")))
    taper (fall for high rents)
    >>> print(read_text("candidature.events._DAYS_TO_ANSWER", Words.of("en")))
    candidature.events._DAYS_TO_ANSWER = 10 (days at least to answer, CCH R441-10; LAW)
    """
    about = words.texts["read"].get(name) or words.word("aid_table", name)
    module, _, constant = name.rpartition(".")
    if not module:
        return f"{name} ({about})"
    value = getattr(import_module(f"alin_core.{module}"), constant)
    figure = figure_text(value.days if isinstance(value, timedelta) else value, words)
    return f"{name} = {figure} ({about})"


def source_text(source: Source, words: Words) -> str:
    """Return a text with its article, its date or that it has none, and what is taken from it.

    >>> print(source_text(Source("CCH", "R441-10"), Words.of("en")))
    CCH, R441-10, wording not dated by our sources
    """
    place = ", ".join(filter(None, (source.text, source.article)))
    edition = None if source.dated_by is None else _last_edition(source.dated_by)
    for name, day in (("since", source.since), ("seen", source.seen), ("edition", edition)):
        if day is not None:
            place = words.say(f"catalogue.{name}", place=place, day=words.day(day))
    for name, lacking in (("undated", source.is_undated), ("unnamed", source.is_unnamed)):
        if lacking:
            place = words.say(f"catalogue.{name}", place=place)
    about = source.about and source.about[words.lang]
    return words.typeset(words.say("catalogue.about", place=place, about=about) if about else place)


def _last_edition(table: str) -> date:
    """The first day of the newest edition of a table."""
    if table in ("plus", "plai"):
        return ceiling_table(table).editions[-1].in_force
    return aid_editions(table)[-1].in_force


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {Rule: _rule, Rulebook: _rulebook}

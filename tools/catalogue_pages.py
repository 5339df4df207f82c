"""What the site prints of the catalogue and of the guide, as Markdown; `docs/conf.py` asks."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from alin_core.law.guide import Statement, statements
from alin_core.law.rule_pages import figure_text
from alin_core.law.rulebook import Rulebook
from alin_core.law.rules import Rule, rules
from alin_core.law.wording import texts
from tools.rule_tests import checked_by

__all__ = ["guide_markdown", "rules_markdown"]


def rules_markdown() -> str:
    """Every rule, French first with the English below, and the tests that check it."""
    tests = checked_by()
    return "\n".join(line for rule in rules() for line in _rule(rule, tests[rule.id]))


def _rule(rule: Rule, tests: Mapping[str, int]) -> Iterator[str]:
    yield f"\n## {rule.id}\n\n**{rule.title_fr}** · {rule.title_en} · {rule.provenance}\n"
    yield f"{rule.paraphrase_fr}\n\n*{rule.paraphrase_en}*\n"
    yield from _listed("Sources", map(str, rule.sources))
    yield from _listed("Parameters", map(_parameter, rule.parameters))
    yield f"Function: {{py:obj}}`{rule.function}`\n"
    cases = [(case.fr, case.en, f"`{case.gives}`") for case in rule.boundaries]
    yield from _table(("cas limite", "boundary case", "gives"), cases)
    if rule.guide:
        yield f"Statements of [the guide](guide.md): {', '.join(rule.guide)}\n"
    named = (f"`{name}` ({number})" for name, number in tests.items())
    yield f"Tests: {', '.join(named)}\n"


def _parameter(name: str) -> str:
    value = figure_text(getattr(Rulebook.standard(), name), "en")
    return f"`{name}` = {value} ({texts('en')['parameter'][name]})"


def guide_markdown() -> str:
    """Every statement of the guide by section, with what honours it and what is left out."""
    head = ("", "énoncé, statement", "honoured by", "not coded")
    return "\n".join(
        line
        for section, group in groupby(statements(), attrgetter("section"))
        for line in (f"\n## {section}\n", *_table(head, map(_statement, group)))
    )


def _statement(one: Statement) -> tuple[str, ...]:
    honoured = (
        *(f"rule [{rule}](rules.md#{rule})" for rule in one.rules),
        *(f"`{name.removeprefix('alin_core.')}`" for name in one.names),
        *(f"label `{key}`" for key in one.labels),
    )
    left_out = f"{one.not_coded_fr} *{one.not_coded_en}*" if one.not_coded_fr else ""
    return one.id, f"{one.fr} *{one.en}*", ", ".join(honoured), left_out


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield "\n".join([f"{title}:\n", *lines, ""])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    lines = (head, ("---",) * len(head), *rows)
    yield "\n".join([*(f"| {' | '.join(cells)} |" for cells in lines), ""])

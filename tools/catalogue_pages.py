"""What the site prints of the catalogue and of the guide, as Markdown; `docs/conf.py` asks."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from alin_core.law.guide import Statement, statements
from alin_core.law.rule_pages import figure_text, source_text
from alin_core.law.rulebook import Rulebook
from alin_core.law.rules import Boundary, Rule, Source, rules
from alin_core.law.wording import texts, typeset
from tools.rule_tests import checked_by

__all__ = ["guide_markdown", "rules_markdown"]


def rules_markdown() -> str:
    """Every rule, French first with the English below, and the tests that check it."""
    tests = checked_by()
    return "\n".join(line for rule in rules() for line in _rule(rule, tests[rule.id]))


def _rule(rule: Rule, tests: Mapping[str, int]) -> Iterator[str]:
    yield f"\n## {rule.id}\n\n**{_french(rule.title_fr)}** · {rule.title_en} · {rule.provenance}\n"
    yield f"{_french(rule.paraphrase_fr)}\n\n*{rule.paraphrase_en}*\n"
    yield from _listed("Sources", (_source(source) for source in rule.sources))
    yield from _listed("Parameters", map(_parameter, rule.parameters))
    yield f"Function: {{py:obj}}`{rule.function}`\n"
    cases = (f"{_both(case)} → `{case.gives}`" for case in rule.boundaries)
    yield from _listed("Boundary cases", cases)
    if rule.guide:
        yield f"Statements of [the guide](guide.md): {', '.join(rule.guide)}\n"
    named = (f"`{name}` ({number})" for name, number in tests.items())
    yield f"Tests: {', '.join(named)}\n"


def _source(source: Source) -> str:
    """French first, with the English beside what is said in words of ours."""
    french, english = source_text(source, "fr"), source_text(source, "en")
    return french if french == english else f"{french} *{english}*"


def _parameter(name: str) -> str:
    value = figure_text(getattr(Rulebook.standard(), name), "en")
    return f"`{name}` = {value} ({texts('en')['parameter'][name]})"


def guide_markdown() -> str:
    """Every statement of the guide by section, with what honours it and what is left out."""
    return "\n".join(
        line
        for section, group in groupby(statements(), attrgetter("section"))
        for line in (f"\n## {_french(section)}\n", *map(_statement, group))
    )


def _statement(one: Statement) -> str:
    honoured = (
        *(f"rule [{rule}](rules.md#{rule})" for rule in one.rules),
        *(f"`{name.removeprefix('alin_core.')}`" for name in one.names),
        *(f"label `{key}`" for key in one.labels),
    )
    lines = [f"- **{one.id}** {_both(one)}", ", ".join(honoured)]
    if one.not_coded_fr:
        lines.append(f"Not coded: {_french(one.not_coded_fr)} *{one.not_coded_en}*")
    return "\\\n  ".join(lines)


def _both(told: Boundary | Statement) -> str:
    """French first, with the English beside it."""
    return f"{_french(told.fr)} *{told.en}*"


def _french(text: str) -> str:
    return typeset(text, "fr")


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield "\n".join([f"{title}:\n", *lines, ""])

"""What the site prints of the catalogue and of the guide, as Markdown; `docs/conf.py` asks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from alin_core.law.catalogue import Rule, Source, rules
from alin_core.law.guide import Statement, statements
from alin_core.text.catalogue import parameter_text, read_text, source_text
from alin_core.text.wording import Words
from alin_core.values.languages import Text
from tools.rule_tests import checked_by

__all__ = ["entries_markdown", "guide_markdown", "pages_of_rules", "rules_markdown"]

_DOCS = Path(__file__).parent.parent / "docs"
_FRENCH, _ENGLISH = Words.of("fr"), Words.of("en")


def rules_markdown() -> str:
    """Every rule, French first with the English below, and the tests that check it."""
    tests, pages = checked_by(), pages_of_rules()
    return "\n".join(line for row in rules() for line in _rule(row, pages[row.id], tests[row.id]))


def pages_of_rules() -> dict[str, list[str]]:
    """For each rule the pages that say they are about it, in a block `{catalogue}`."""
    found: dict[str, list[str]] = {row.id: [] for row in rules()}
    for path in sorted(_DOCS.glob("*.md")):
        for listed in re.findall(r"^```\{catalogue\} (.+)$", path.read_text("utf-8"), re.MULTILINE):
            for rule_id in listed.split():
                found[rule_id].append(path.stem)
    return found


def entries_markdown(listed: Iterable[str]) -> str:
    """Links to the entries of these rules."""
    links = (f"[`{rule_id}`](rules.md#{rule_id})" for rule_id in listed)
    return f"Au catalogue · *In the catalogue*: {', '.join(links)}"


def _rule(row: Rule, pages: Iterable[str], tests: Mapping[str, int]) -> Iterator[str]:
    yield f"\n## {row.id}\n\n**{_french(row.title.fr)}** · {row.title.en} · {row.provenance}\n"
    yield f":::{{fr}}\n{_french(row.paraphrase.fr)}\n:::\n"
    yield f":::{{en}}\n{row.paraphrase.en}\n:::\n"
    yield f"Page: {', '.join(f'[{_title(page)}]({page}.md)' for page in pages)}\n"
    yield from _listed("Sources", (_source(source) for source in row.sources))
    yield from _listed("Paramètres · *Parameters*", map(_parameter, row.parameters))
    read = (_twice(read_text(name, _FRENCH), read_text(name, _ENGLISH)) for name in row.figures)
    yield from _listed("Tables et chiffres du code · *Tables, and figures of the code*", read)
    yield f"Fonction · *Function*: {{py:obj}}`{row.function}`\n"
    cases = (f"{_both(case)} → `{case.gives}`" for case in row.boundaries)
    yield from _listed("Cas limites · *Boundary cases*", cases)
    if row.guide:
        told = ", ".join(row.guide)
        yield f"Énoncés du [guide](guide.md) · *Statements of the guide*: {told}\n"
    named = (f"`{name}` ({number})" for name, number in tests.items())
    yield f"Tests: {', '.join(named)}\n"


def _title(page: str) -> str:
    """The heading of a page, in both languages."""
    return (_DOCS / f"{page}.md").read_text("utf-8").partition("\n")[0].removeprefix("# ")


def _source(source: Source) -> str:
    """A text is named once; what is said of it follows in French, with the English beside it."""
    named = ", ".join(filter(None, (source.text, source.article)))
    english = source_text(source, _ENGLISH).removeprefix(named).lstrip(",: ")
    french = source_text(source, _FRENCH)
    return f"{french} *{english}*" if english else french


def _parameter(name: str) -> str:
    """Its name once, then what the command prints of it: in French, with the English beside it."""
    french, english = (
        parameter_text(name, words).removeprefix(f"{name} = ") for words in (_FRENCH, _ENGLISH)
    )
    return f"`{name}` = {_twice(french, english)}"


def guide_markdown() -> str:
    """Every statement of the guide by section, with what honours it and what is left out."""
    return "\n".join(
        line
        for section, group in groupby(statements(), attrgetter("section"))
        for line in (f"\n## {_french(section)}\n", *map(_statement, group))
    )


def _statement(one: Statement) -> str:
    linked = [f"[{name}](rules.md#{name})" for name in one.rules]
    names = [f"`{name.removeprefix('alin_core.')}`" for name in one.names]
    labels = [f"`{key}`" for key in one.labels]
    honoured = [
        *([f"Règle · *Rule*: {', '.join(linked)}"] if linked else []),
        *([f"Code · {', '.join(names)}"] if names else []),
        *([f"Libellé · *Label*: {', '.join(labels)}"] if labels else []),
    ]
    lines = [f"- **{one.id}** {_both(one)}", *honoured]
    if one.not_coded:
        lines.append(f"Non codé · *Not coded*: {_both(one.not_coded)}")
    return "\\\n  ".join(lines)


def _both(told: Text) -> str:
    """French first, with the English beside it."""
    return _twice(_french(told.fr), told.en)


def _twice(french: str, english: str) -> str:
    """French first, with the English where it is another text."""
    return french if french == english else f"{french} *{english}*"


def _french(text: str) -> str:
    return _FRENCH.typeset(text)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield "\n".join([f"{title}:\n", *lines, ""])

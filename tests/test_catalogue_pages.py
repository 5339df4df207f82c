"""The catalogue on the site: French first, and each entry with the page that talks about it."""

import re

import pytest
from attrs import fields_dict

from alin_core.candidature.transitions import TRANSITIONS
from alin_core.law.catalogue import Rule, rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.text.catalogue import parameter_text
from alin_core.text.wording import Words
from tests.pages import parts_of
from tests.test_site import RULE_PAGES
from tools.catalogue_pages import (
    entries_markdown,
    guide_markdown,
    pages_of_rules,
    rules_markdown,
)

PAGES = pages_of_rules()
CATALOGUE, GUIDE = rules_markdown(), guide_markdown()
PROSE = "\n".join(row.paraphrase.en for row in rules())
each_rule = pytest.mark.parametrize("row", rules(), ids=lambda row: row.id)


def signs(row: Rule) -> set[str]:
    """By what a page shows that it is about the rule: names of the code and of the catalogue."""
    events = {each.event.__name__ for each in TRANSITIONS if each.rule_id == row.id}
    stage = (
        {row.id.removeprefix("ranking-").replace("-", "_")}
        if row.id.startswith("ranking-")
        else set[str]()
    )
    function = row.function.rpartition(".")[2]
    return {row.id, *row.parameters, *events, *stage, *({function} - {"Candidature", "rank"})}


@each_rule
def test_an_entry_leads_to_one_page_of_the_rules(row: Rule) -> None:
    assert len(PAGES[row.id]) == 1
    assert PAGES[row.id][0] in RULE_PAGES


@each_rule
def test_the_page_of_an_entry_talks_about_it(row: Rule) -> None:
    (page,) = PAGES[row.id]
    said = "\n".join(
        text for kind, text in parts_of(page) if kind not in ("catalogue", "decision-table")
    )
    assert any(re.search(rf"(?<![\w-]){re.escape(sign)}(?![\w-])", said) for sign in signs(row))


@each_rule
def test_the_entry_links_to_its_page_and_the_page_to_the_entry(row: Rule) -> None:
    (entry,) = (part for part in CATALOGUE.split("\n## ") if part.startswith(f"{row.id}\n"))
    assert f"]({PAGES[row.id][0]}.md)" in entry
    assert f"](rules.md#{row.id})" in entries_markdown([row.id])


def test_the_words_of_the_catalogue_are_in_both_languages() -> None:
    heads = re.findall(r"^(\w[^:\n]*):(?: .*)?$", CATALOGUE, re.MULTILINE)
    french = re.findall(r":::\{fr\}\n(.+)\n:::", CATALOGUE)
    told = {head for head in heads if not any(head in text for text in french)} - {
        "Sources",
        "Page",
        "Tests",
    }
    assert {head for head in told if head in PROSE or "*" in head} == told
    assert "Paramètres · *Parameters*" in told
    assert not re.search(r"(?<!\*)\b(rule \[|label `|Not coded)", GUIDE)


def test_a_text_is_named_once() -> None:
    assert (
        "art. 2, version non datée par nos sources *wording not dated by our sources*"
    ) in CATALOGUE.replace("\u00a0", " ")
    assert "- guide d'utilisation d'AL'in, Présentation\n" in CATALOGUE.replace(
        "\u00a0", " "
    ).replace("’", "'")


def test_a_parameter_is_told_in_french_with_the_english_beside_it() -> None:
    assert (
        "- `rent_tolerance` = 0,1 (tolérance d’« environ », part du revenu demandé ; ASSUMPTION) "
        "*0.1 (tolerance of “environ”, share of the income asked for; ASSUMPTION)*"
    ) in CATALOGUE.replace("\u00a0", " ").replace("\u202f", " ")


@each_rule
def test_the_entry_says_of_each_parameter_whose_it_is_as_the_command_does(row: Rule) -> None:
    (entry,) = (part for part in CATALOGUE.split("\n## ") if part.startswith(f"{row.id}\n"))
    for name in row.parameters:
        provenance = fields_dict(Rulebook)[name].metadata["provenance"]
        (line,) = re.findall(rf"^- `{name}` = .+$", entry, re.MULTILINE)
        assert line.count(f"; {provenance})") == 2
        for lang in ("fr", "en"):
            assert parameter_text(name, Words.of(lang)).removeprefix(f"{name} = ") in line


def test_the_prose_of_an_entry_is_in_french_and_then_in_english() -> None:
    found = re.findall(r":::\{fr\}\n.+\n:::\n\n:::\{en\}\n.+\n:::\n", CATALOGUE)
    assert len(found) == len(rules())
    assert rule("zone").paraphrase.en in CATALOGUE

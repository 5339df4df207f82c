"""The rule pages keep their form: four parts, French then English."""

import re
from itertools import pairwise

import pytest

from tests.pages import parts_of
from tools.decision_tables import decision_tables

RULE_PAGES = [
    "typology", "income-ceilings", "household-categories", "zones", "affordability", "housing-aid",
    "priority", "ranking", "registration", "passwords-and-codes", "company", "workflow",
    "candidatures",
]  # fmt: skip
PARTS = [
    "Texte · Text",
    "En chiffres · In figures",
    "Exemple exécuté · Executed example",
    "Ce qui n’est pas codé · Not coded",
]
#: The other pages of whoever audits: what is generated in them has a test of its own.
AUDIT_PAGES = ["rules", "guide", "parameters", "tables", "changes", "replay"]

each_page = pytest.mark.parametrize("name", RULE_PAGES)
each_french_page = pytest.mark.parametrize("name", RULE_PAGES + AUDIT_PAGES)


@each_page
def test_a_rule_page_has_its_four_parts_in_order(name: str) -> None:
    headings = [
        text[3:] for kind, text in parts_of(name) if kind == "heading" and text[:3] == "## "
    ]
    assert [heading for heading in headings if heading in PARTS] == PARTS
    assert headings[0] == PARTS[0]
    assert headings[-1] == PARTS[-1]


@each_french_page
def test_every_heading_is_in_both_languages(name: str) -> None:
    headings = [text.lstrip("# ") for kind, text in parts_of(name) if kind == "heading"]
    assert all(len(heading.split(" · ")) == 2 for heading in headings if needs_words(heading))


@each_french_page
def test_prose_is_in_french_and_then_at_once_in_english(name: str) -> None:
    found = parts_of(name)
    kinds = [kind for kind, _ in found]
    assert "prose" not in kinds
    assert kinds.count("fr") == kinds.count("en") > (4 if name in RULE_PAGES else 2)
    for (kind, french), (after, english) in pairwise(found):
        assert (kind == "fr") == (after == "en")
        if kind == "fr":
            assert shape(french) == shape(english)


def shape(text: str) -> list[tuple[str, int]]:
    """What translated prose keeps: its paragraphs, and how many points each of its lists has."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return [(lines[0][:2].strip("*"), len(lines)) if lines[0][0] == "-" else ("", 0)
            for lines in blocks]  # fmt: skip


@each_french_page
def test_the_heads_and_the_words_of_a_table_are_in_both_languages(name: str) -> None:
    for kind, text in parts_of(name):
        if kind == "table":
            rows = [line.strip("|").split(" | ") for line in text.splitlines()]
            assert all(len(row) == len(rows[0]) for row in rows)
            for row in rows[2:]:
                assert re.search(r"\*[^*]+\*|·", row[0]) or not needs_words(row[0]), row[0]


def needs_words(cell: str) -> bool:
    """Is there more in it than names of code, numbers, capitals and quoted labels?"""
    return bool(re.search(r"[a-zà-ÿ]{4}", re.sub(r"`[^`]*`|«[^»]*»", "", cell)))


@each_french_page
def test_french_prose_is_typeset(name: str) -> None:
    for kind, text in parts_of(name):
        if kind == "fr":
            prose = re.sub(r"`[^`]*`|\(\S+\.md\S*\)", "", text)
            assert not re.search(r"(?<!\S)[«] | [»]|[^\s\u00a0\u202f(*«][?!;»](?=\s)", prose)
            assert not re.search(r"\w:(?=\s)| [:;?!%€»]|\d \d{3}\b|\w'\w", prose)


def test_every_decision_table_is_printed_on_one_page() -> None:
    pages = [
        text for name in RULE_PAGES for kind, text in parts_of(name) if kind == "decision-table"
    ]
    assert sorted(pages) == sorted(decision_tables())

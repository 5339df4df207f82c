"""The rule pages keep their form: four parts, French then English, every figure computed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from alin_core.transitions import transitions_markdown
from tools.decision_tables import decision_tables, printed

DOCS = Path(__file__).parent.parent / "docs"
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
Part = tuple[str, str]

each_page = pytest.mark.parametrize("name", RULE_PAGES)


def parts(text: str) -> Iterator[Part]:
    """The parts of a page in their order: a kind, and what is in it.

    A fence bears its language or its directive; what stands in no fence is a heading, a table, a
    picture or, where there should be none, prose.
    """
    fence = r"^(?P<sign>```|:::)\{?(?P<name>[\w-]*)\}?(?P<of>.*)\n(?P<body>(?:.*\n)*?)(?P=sign)$"
    end = 0
    for found in re.finditer(fence, text, re.MULTILINE):
        yield from plain(text[end : found.start()])
        yield found["name"], (found["of"].strip() + "\n" + found["body"]).strip()
        end = found.end()
    yield from plain(text[end:])


def plain(text: str) -> Iterator[Part]:
    for block in filter(None, map(str.strip, text.split("\n\n"))):
        sign = re.match(r"#|\||\[?!\[", block)
        yield {"#": "heading", "|": "table"}.get(sign[0], "picture") if sign else "prose", block


def parts_of(name: str) -> list[Part]:
    return list(parts((DOCS / f"{name}.md").read_text(encoding="utf-8")))


@each_page
def test_a_rule_page_has_its_four_parts_in_order(name: str) -> None:
    headings = [
        text[3:] for kind, text in parts_of(name) if kind == "heading" and text[:3] == "## "
    ]
    assert [heading for heading in headings if heading in PARTS] == PARTS
    assert headings[0] == PARTS[0]
    assert headings[-1] == PARTS[-1]


@each_page
def test_every_heading_is_in_both_languages(name: str) -> None:
    headings = [text.lstrip("# ") for kind, text in parts_of(name) if kind == "heading"]
    assert all(len(heading.split(" · ")) == 2 for heading in headings)


@each_page
def test_prose_is_in_french_and_then_at_once_in_english(name: str) -> None:
    found = parts_of(name)
    kinds = [kind for kind, _ in found]
    assert "prose" not in kinds
    assert kinds.count("fr") == kinds.count("en") > 4
    for (kind, french), (after, english) in pairwise(found):
        assert (kind == "fr") == (after == "en")
        if kind == "fr":
            assert shape(french) == shape(english)


def shape(text: str) -> list[tuple[str, int]]:
    """What translated prose keeps: its paragraphs, and how many points each of its lists has."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return [(lines[0][:2].strip("*"), len(lines)) if lines[0][0] == "-" else ("", 0)
            for lines in blocks]  # fmt: skip


@each_page
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


@each_page
def test_french_prose_is_typeset(name: str) -> None:
    for kind, text in parts_of(name):
        if kind == "fr":
            prose = re.sub(r"`[^`]*`|\(\S+\.md\S*\)", "", text)
            assert not re.search(r"(?<!\S)[«] | [»]|[^\s\u00a0\u202f(*«][?!;»](?=\s)", prose)
            assert not re.search(r"\w:(?=\s)| [:;?!%€»]|\d \d{3}\b", prose)


MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
#: Numbers that name a text, a place in it, or a thing: they are no figures.
NAMES = [
    r"`[^`]*`",
    r"\]\([^)]*\)",  # where a link leads
    rf"(arrêté|ordonnance|décret|decree)[^,;:.]*? (du|of)? ?\d+ ({MONTHS}) \d{{4}}",
    rf"(en vigueur depuis le|in force since) \d+ ({MONTHS}) \d{{4}}",
    r"\b(art|articles?)\. \d[\d°]*(( ?, | à | to | et | and )\d[\d°]*)*",
    r"\b[Aa]rticle \d+\b",
    r"\b(CGI|CCH|CSS|CASF)( [\dA-Z][\w-]*( [A-Z]\b)?( bis)?,?)+",
    r"\b[A-Z]\.? ?\d[\w-]*",  # R441-1, D823-16, T3, G12, F869, N−2
    r"[LRD]\d[\d-]*( \d°)?",
    r"#\d",
    r"Choix°\d",
    r"N−\d",
    r"R441-1 1°",
    r"\b(choix|choices?|zones?|étapes?|steps?) \d( \w+ \d)*(, \d)*( (et|and|ou|or) \d)?",
    r"\b1 bis",
    r"\bEQUC\d+A\b",
    # When a public page was read.
    r"\b(éditions? de|édition|editions? of) \d{4}(, \d{4})*( (et|and) \d{4})?",
]
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")


def figures(text: str) -> set[Decimal]:
    """The figures of a text; thousands may be apart, and the decimal mark is either one."""
    found = NUMBER.findall(text)
    return {Decimal(re.sub(r"[\s\u00a0\u202f]", "", one).replace(",", ".")) for one in found}


def told(name: str) -> set[Decimal]:
    """The figures in the prose, the headings and the typed tables of a page."""
    text = "\n".join(
        text for kind, text in parts_of(name) if kind in ("fr", "en", "heading", "table")
    )
    for pattern in NAMES:
        text = re.sub(pattern, " ", text)
    return figures(text)


def computed(name: str) -> set[Decimal]:
    """The figures in what is executed on a page, and in what is made anew at its build."""
    blocks = []
    for kind, text in parts_of(name):
        if kind in ("python", "console"):
            blocks.append(re.sub(r"(?<=\d)[_,](?=\d{3})", "", text))
        elif kind == "decision-table":
            blocks.append(printed(text))
        elif kind == "workflow-table":
            blocks.append(transitions_markdown())
    found = {one for block in blocks for one in figures(re.sub(r"[A-Za-z_]+(?=\d)", " ", block))}
    # A share is told in percent.
    return found | {100 * share for one in found if one < 2 for share in (one, abs(1 - one))}


@each_page
def test_no_page_states_a_figure_that_is_not_computed_on_it(name: str) -> None:
    assert told(name) - computed(name) == set()


def test_a_figure_that_is_not_computed_is_found() -> None:
    assert figures("Au plus 37\u202f584,01 €, soit 10 % de moins, le 3 décembre") == {
        Decimal("37584.01"), Decimal(10), Decimal(3),
    }  # fmt: skip


def test_every_decision_table_is_printed_on_one_page() -> None:
    pages = [
        text for name in RULE_PAGES for kind, text in parts_of(name) if kind == "decision-table"
    ]
    assert sorted(pages) == sorted(decision_tables())

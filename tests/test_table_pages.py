"""The dated tables on the site: every edition, whole, and nothing that a page says by hand."""

import re

import pytest
from attrs import evolve, fields

from alin_core.housing_aid.tables import AidLaw, aid_editions
from alin_core.law.tables import CeilingTable, ceiling_table
from tests.days import LAST, LAST_OF_AID
from tests.pages import DOCS
from tools import table_pages
from tools.table_pages import BLOCKS, printed

PLUS, PLAI = ceiling_table("plus"), ceiling_table("plai")
#: Two editions, one of them with a typing error set right.
OLD = evolve(PLAI, editions=PLAI.editions[7:9])


def test_a_cell_is_printed_with_the_sign_of_its_mark() -> None:
    assert list(table_pages.figures(OLD)) == [
        "2017-01-01 arrêté du 22 décembre 2016",
        "1   12733 1r   12733 1r   11067 1r",
        "2   20756 1r   20756 1r   16125 1r",
        "3   27207 1r   24949 1r   19390 1r",
        "4   29781 1r   27394 1r   21575 1r",
        "5   35427 1r   32432 1r   25243 1r",
        "6   39868 1r   36495 1r   28448 1r",
        "+    4442 1r    4065 1r    3173 1r",
        "2018-01-01 arrêté du 28 décembre 2017",
        "1   12848 1r   12848 1r   11167 1r",
        "2   20943 1r   20943 1r   16270 1r",
        "3   27452 1r   25174 1r   19565 1r",
        "4   30049 1r   27641 1r   21769 1r",
        "5   35746 c    32724 1r   25470 1r",
        "6   40227 1r   36823 1r   28704 1r",
        "+    4482 1r    4102 1r    3202 1r",
    ]


def test_each_mark_is_counted() -> None:
    assert list(table_pages.marks(OLD)) == ["PLAI 42 2:0 1r:41 1:0 d2:0 d1:0 db:0 c:1"]


def test_an_edition_is_printed_with_where_it_is_published_and_how_it_was_verified() -> None:
    assert list(table_pages.published(PLUS))[15:17] == [
        "PLUS 2025-01-01 LEGIARTI000050865366 - -",
        "PLUS 2026-01-01 LEGIARTI000053307202 JORFTEXT000053159966 VLOL2534266A",
    ]
    assert list(table_pages.verified(OLD)) == [
        "PLAI 2017-01-01 arrêté du 22 décembre 2016 | one-source+revision",
        "PLAI 2018-01-01 arrêté du 28 décembre 2017 | corrected one-source+revision",
    ]
    assert [line[:16] for line in table_pages.notes(OLD)] == ["PLAI 2018-01-01 "]


@pytest.mark.parametrize("table", [PLUS, PLAI], ids=lambda table: table.norm.value)
def test_a_page_prints_every_edition_down_to_the_newest(table: CeilingTable) -> None:
    norm, editions = table.norm.value, table.editions
    whole = printed(norm.lower()).splitlines()
    assert [line for line in whole if "arrêté" in line] == [
        f"{edition.in_force} {edition.text}" for edition in editions
    ]
    assert len(whole) == 8 * len(editions) + 2
    for name in ("published", "verified"):
        rows = [line for line in printed(name).splitlines() if line.startswith(norm)]
        assert len(rows) == len(editions)
    assert f"{norm} {len(editions)} editions, 2010-01-01 to {LAST}" in printed("days")


def test_a_page_prints_every_edition_of_the_aid_and_its_last_day() -> None:
    editions = [edition for table in fields(AidLaw) for edition in aid_editions(table.name)]
    notes = sum(len(edition.notes) for edition in editions)
    lines = len(fields(AidLaw)) + 2 * len(editions) + notes + 2
    assert len(printed("aid").splitlines()) == lines
    assert (
        "    2026-06-01 | arrêté du 22 mai 2026 | JORFTEXT000054132213 one-source\n"
        "        35.99 31.58 29.57 / 43.51 38.56 35.80 / 49.09 43.06 40.04 / 7.03 6.26 5.64"
    ) in printed("aid")
    assert f"\nrls_amount {LAST_OF_AID}\n" in printed("aid-days")


def test_a_page_counts_the_editions_of_the_aid_and_says_who_set_its_rents() -> None:
    counts, rents = printed("aid-counts").splitlines(), printed("aid-rents").splitlines()
    assert "taper: 1 since 2019-10-01, 0 from two sources" in counts
    newest = len(aid_editions("rent_ceiling"))
    assert counts[1].startswith(f"rent_ceiling: {newest} since 2019-10-01, ")
    assert rents[5] == "2023-10-01 JORFTEXT000048107807 arrêté du 22 septembre 2023, art. 1"
    assert len(rents) == newest + 2
    assert "\nincome_allowance 2020-01-01 not revised on 1 January 2021\n" in printed("aid-notes")


def test_the_site_prints_each_block_once() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    assert sorted(re.findall(r"^```\{law-table\} (\S+)$", pages, re.MULTILINE)) == sorted(BLOCKS)

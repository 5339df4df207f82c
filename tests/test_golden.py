"""What the library tells, whole, as its readers see it.

To print every page anew, and read what changed: python -m tests.test_golden
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.eligibility import HouseholdCategory, income_ceiling
from alin_core.exchange.dossier import read_dossier
from alin_core.housing_aid import HousingAidHousehold, estimate_housing_aid
from alin_core.law import rule_pages
from alin_core.law.aid_tables import aid_editions
from alin_core.law.catalogue import rule, rules
from alin_core.law.html import offer_html
from alin_core.law.pages import ceilings_text, cut, summary_text, table
from alin_core.law.rule_pages import rule_text, rules_text
from alin_core.law.rulebook import Rulebook
from alin_core.law.sentences import no_match, wrapped
from alin_core.law.tables import CeilingTable
from alin_core.law.zones import Zone
from alin_core.matching import matching_offers
from alin_core.ranking_pages import ranking_html
from alin_core.rules.income_ceiling import ceiling_column
from alin_core.values.housing import RentalNorm
from tests.ranked import candidate, criterion, policy, ranked

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
ON = date(2026, 11, 23)


def read(html: str) -> str:
    """The rows of a table, a line each, its cells between bars."""
    cells = re.sub(r"</t[hd]><t[hd][^>]*>", " | ", html)
    return re.sub(r"(<[^>]*>)+", "\n", cells).strip()


def rankings(lang: str) -> Iterator[str]:
    """With every reason for a place, and every column that a policy can do without."""
    points = policy(
        criterion("F", 8),
        criterion("late", -3),
        criterion("company", 2_000),
        tiers=["LEGAL", "OTHER", None],
    )
    first, second, *_ = placed = [
        candidate(1, tier="LEGAL", criteria={"F", "late"}),
        candidate(2, criteria={"F"}, points={"company": 1_200}, lodged_on=date(2020, 3, 1)),
        candidate(3, criteria={"F"}, points={"company": 1_200}, lodged_on=date(2021, 3, 1)),
        candidate(4, points={"company": 1_200}, data_sharing="ANONYMOUS"),
        candidate(5, tier=None, criteria={"late"}),
    ]
    aside = [
        candidate(6, outcome="NOT_MET"),
        candidate(7, lodged_on=None),
        candidate(8, tier="COMPANY"),
    ]
    whole = ranked(*placed, *aside, by=points)
    yield whole.summary(lang)
    yield from (whole.explain(each, lang) for each in (*placed, *aside))
    without_tiers = policy(criterion("F", 8), tiers=())
    for ranking in (
        ranked(*placed, by=points, first=2),
        ranked(first, second, aside[0]),
        ranked(first, second, by=without_tiers),
    ):
        yield ranking.summary(lang)
        yield ranking.explain(second, lang)
        places, count = ranking.places, ranking.count
        yield read(ranking_html("A", ranking.policy, count, places, ranking.set_aside, lang))


def verdicts(lang: str) -> Iterator[str]:
    """Of offers that fit, just do, may and do not, one without a norm and one that is gone."""
    given = read_dossier((ROOT / "examples" / "refus-avec-remedes.json").read_bytes())
    [small] = given.offers
    large = evolve(small, reference="LYON-T3", typology="T3", norm="PLUS", commune="69381")
    dear = evolve(large.rent, base=630)
    offers = [
        small,
        large,
        evolve(small, reference="BRON-T4", typology="T4", norm=None, lessor="Bailleur"),
        evolve(large, reference="NEAR-T3", rent=dear),
        evolve(large, reference="GONE-T3", rent=dear, available=False),
        evolve(large, reference="LYON-T3-WITHOUT", rent=evolve(large.rent, charges=None)),
        evolve(large, reference="BEYOND-EIGHTY-COLUMNS-" * 4, rent=evolve(large.rent, base=900)),
    ]
    found = matching_offers(given.demand, offers, on=ON)
    everything = (*found.fitting, *found.undecided, *found.others)
    rows = [(one.offer, one.outcome, one.findings) for one in everything]
    yield summary_text(rows, len(found.fitting), ON, lang)
    for some, fitting in ((rows[:1], 1), (rows[1:2], 1), (rows[4:5], 0)):
        yield summary_text(some, fitting, ON, lang).partition("\n\n")[0]
    yield summary_text(rows[:1] + rows[1:2] * 1_200, 1_201, ON, lang).partition("\n\n")[0]
    yield from (wrapped(no_match(lang, offers)) for offers in range(3))
    for one in everything:
        yield one.explain(lang)
        yield read(offer_html(one.offer, ON, one.outcome, one.findings, [], lang))


def ceilings(lang: str) -> Iterator[str]:
    """Of every norm and zone on one day, and of a day with figures set right."""
    zones: list[Zone] = [zone for zone in Zone if zone is not Zone.OVERSEAS]
    for norm, on in (
        (RentalNorm.PLAI, ON),
        (RentalNorm.PLUS, ON),
        (RentalNorm.PLS, ON),
        (RentalNorm.PLAI, date(2018, 6, 1)),
    ):
        edition = income_ceiling(norm, zones[0], HouseholdCategory(1), on=on).edition
        columns = {zone: ceiling_column(norm, zone, on=on) for zone in zones}
        yield ceilings_text(norm.value, on, edition, columns, lang)


def estimates(lang: str) -> Iterator[str]:
    """With and without the rent reduction."""
    household = HousingAidHousehold(couple=False, dependants=2)
    for reduced in (False, True):
        estimate = estimate_housing_aid(
            rent=470,
            zone=3,
            household=household,
            resources=8_000,
            on=ON,
            landlord_applies_rls=reduced,
        )
        yield estimate.explain(lang)
        if lang == "en":
            yield read(estimate._repr_html_())


def entries(lang: str) -> Iterator[str]:
    """The list of the catalogue, and an entry with each of its parts, as of that day."""
    yield rules_text(rules(), lang)
    with pytest.MonkeyPatch.context() as patch:
        law = Rulebook.standard()
        then = evolve(law, plus=as_of_2026(law.plus), plai=as_of_2026(law.plai))
        patch.setattr(Rulebook, "standard", lambda: then)
        patch.setattr(rule_pages, "ceiling_table", lambda name: getattr(then, name))
        patch.setattr(rule_pages, "aid_editions", lambda name: begun(aid_editions(name)))
        for rule_id in ("income-ceiling", "affordability", "typology", "housing-aid", "answer"):
            yield rule_text(rule(rule_id), lang)


def as_of_2026(table: CeilingTable) -> CeilingTable:
    """Return the table without the editions that came since."""
    return evolve(table, editions=begun(table.editions), checked_until=date(2026, 12, 31))


def begun(editions: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(edition for edition in editions if edition.in_force <= ON)


PAGES = {
    "catalogue": entries,
    "ceilings": ceilings,
    "housing-aid": estimates,
    "ranking": rankings,
    "verdict": verdicts,
}


def told(name: str) -> str:
    """All of them, in French and then in English."""
    pages = [page for lang in ("fr", "en") for page in PAGES[name](lang)]
    return f"\n\n{'=' * 80}\n\n".join(pages) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_those_that_were_read(name: str) -> None:
    assert told(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_table_whose_rows_are_not_of_one_length_is_our_fault() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table([["a", "b"], ["c"]])


@pytest.mark.parametrize("width", [-1, 0, 1])
def test_a_column_without_room_keeps_the_dots_alone(width: int) -> None:
    assert cut("VILLEURBANNE", width) == "…"


if __name__ == "__main__":
    for name in PAGES:
        (GOLDEN / f"{name}.txt").write_text(told(name), encoding="utf-8")

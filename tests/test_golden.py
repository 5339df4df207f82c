"""What the library tells, whole, as its readers see it.

To print every page anew, and read what changed: python -m tests.test_golden
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.eligibility import HouseholdCategory, income_ceiling
from alin_core.exchange.dossier import read_dossier
from alin_core.housing_aid.estimate import HousingAidHousehold, estimate_housing_aid
from alin_core.housing_aid.tables import aid_editions
from alin_core.law.catalogue import rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingTable
from alin_core.law.zones import Zone
from alin_core.matching import matching_offers
from alin_core.rules.income_ceiling import ceiling_column
from alin_core.text import catalogue as catalogue_page
from alin_core.text.catalogue import catalogue
from alin_core.text.ceilings import ceilings as ceilings_page
from alin_core.text.page import Table, cut
from alin_core.text.pages import page
from alin_core.text.sentences import no_match, wrapped
from alin_core.text.verdict import summary
from alin_core.text.wording import Words
from alin_core.values.housing import RentalNorm
from alin_core.values.languages import Lang
from tests.ranked import candidate, criterion, policy, ranked
from tests.test_explain import VALUES
from tests.told import LANGUAGES

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
ON = date(2026, 11, 23)


def read(html: str) -> str:
    """The rows of a table, a line each, its cells between bars."""
    cells = re.sub(r"</t[hd]><t[hd][^>]*>", " | ", html)
    return re.sub(r"(<[^>]*>)+", "\n", cells).strip()


def rankings(lang: Lang) -> Iterator[str]:
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
    yield whole.explain(lang)
    yield from (whole.standing(each).explain(lang) for each in (*placed, *aside))
    without_tiers = policy(criterion("F", 8), tiers=())
    for ranking in (
        ranked(*placed, by=points, first=2),
        ranked(first, second, aside[0]),
        ranked(first, second, by=without_tiers),
    ):
        yield ranking.explain(lang)
        yield ranking.standing(second).explain(lang)
        shown = page(evolve(ranking, offer="A"), lang)
        yield read(evolve(shown, notes=[*map(wrapped, shown.notes)]).html())


def verdicts(lang: Lang) -> Iterator[str]:
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
    words = Words.of(lang)
    yield summary(everything, len(found.fitting), ON, words).text()
    for some, fitting in ((everything[:1], 1), (everything[1:2], 1), (everything[4:5], 0)):
        yield summary(some, fitting, ON, words).text(details=False)
    many = everything[:1] + everything[1:2] * 1_200
    yield summary(many, 1_201, ON, words).text(details=False)
    yield from (wrapped(no_match(words, offers)) for offers in range(3))
    for one in everything:
        yield one.explain(lang)
        yield read(evolve(page(one, lang), notes=()).html())


def ceilings(lang: Lang) -> Iterator[str]:
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
        yield ceilings_page(norm.value, on, edition, columns, Words.of(lang)).text()


def estimates(lang: Lang) -> Iterator[str]:
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


def entries(lang: Lang) -> Iterator[str]:
    """The list of the catalogue, and an entry with each of its parts, as of that day."""
    yield catalogue(rules(), Words.of(lang)).text()
    with tables_of_2026():
        for rule_id in ("income-ceiling", "affordability", "typology", "housing-aid", "answer"):
            yield rule(rule_id).explain(lang)


@contextmanager
def tables_of_2026() -> Iterator[None]:
    """Show the catalogue without the editions that came since."""
    with pytest.MonkeyPatch.context() as patch:
        law = Rulebook.standard()
        then = evolve(law, plus=as_of_2026(law.plus), plai=as_of_2026(law.plai))
        patch.setattr(Rulebook, "standard", lambda: then)
        patch.setattr(catalogue_page, "ceiling_table", lambda name: getattr(then, name))
        patch.setattr(catalogue_page, "aid_editions", lambda name: begun(aid_editions(name)))
        yield


def as_of_2026(table: CeilingTable) -> CeilingTable:
    """Return the table without the editions that came since."""
    return evolve(table, editions=begun(table.editions), checked_until=date(2026, 12, 31))


def begun(editions: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(edition for edition in editions if edition.in_force <= ON)


def explained(lang: Lang) -> Iterator[str]:
    """What has a page of its own besides, on a wide and a narrow page, short and in a notebook."""
    for name in (
        "finding",
        "remedy",
        "priority",
        "matches",
        "rulebook",
        "rulebook of a reform",
        "comparison",
        "comparison of the same",
    ):
        value = VALUES[name]
        pages = [value.explain(lang, width=width) for width in (None, 80, 40)]
        pages += [value.explain(lang, details=False), read(page(value, lang).html())]
        # A fingerprint is another one with each edition of a table.
        yield from (re.sub("[0-9a-f]{32}", "0" * 32, each) for each in pages)
    with tables_of_2026():
        yield read(page(VALUES["rule"], lang).html())


PAGES = {
    "catalogue": entries,
    "ceilings": ceilings,
    "explained": explained,
    "housing-aid": estimates,
    "ranking": rankings,
    "verdict": verdicts,
}


def told(name: str) -> str:
    """All of them, in French and then in English."""
    pages = [each for lang in LANGUAGES for each in PAGES[name](lang)]
    return f"\n\n{'=' * 80}\n\n".join(pages) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_those_that_were_read(name: str) -> None:
    assert told(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_table_whose_rows_are_not_of_one_length_is_our_fault() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Table([["a", "b"], ["c"]]).lines(80)


@pytest.mark.parametrize("width", [-1, 0, 1])
def test_a_column_without_room_keeps_the_dots_alone(width: int) -> None:
    assert cut("VILLEURBANNE", width) == "…"


if __name__ == "__main__":
    for name in PAGES:
        (GOLDEN / f"{name}.txt").write_text(told(name), encoding="utf-8")

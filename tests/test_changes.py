"""Which figures changed between two days, by how much, by which text, and whom it flips."""

import copy
import json
import pickle
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from alin_core.changes.between import Changes, FigureChange, TableChange, changes_between
from alin_core.changes.examples import example_households, example_offers
from alin_core.errors import InvalidValue, NotADate
from alin_core.exchange.changes import changes_to_json
from alin_core.housing_aid.tables import AidLaw, aid_editions
from alin_core.law.tables import NotInForce, ceiling_table
from alin_core.text.wording import Words
from alin_core.values.languages import Lang
from tests import strategies as some
from tests.days import LAST, LAST_OF_AID, day_after

NEW_YEAR = changes_between(date(2025, 12, 31), date(2026, 1, 1))
OCTOBER = changes_between(date(2026, 9, 30), date(2026, 10, 1))


def found(changes: Changes, table: str) -> TableChange:
    (one,) = (each for each in changes.tables if each.table == table)
    return one


def figure(changes: Changes, table: str, row: str, column: str) -> FigureChange:
    (one,) = (
        each for each in found(changes, table).figures if (each.row, each.column) == (row, column)
    )
    return one


def flips(changes: Changes) -> list[tuple[str, ...]]:
    return [
        (
            flip.household.title.en.partition(",")[0],
            flip.offer.reference,
            flip.before.value,
            flip.after.value,
            *flip.rules,
        )
        for flip in changes.flips
    ]


class TestFigures:
    """Both sides as printed, the difference, and the percentage of the first."""

    @pytest.mark.parametrize(("table", "row", "column", "before", "after", "percent"), [
        ("PLUS", "category 1", "OTHER_REGIONS", 23_201, 23_403, "0.87"),
        ("PLUS", "further", "PARIS_AND_ADJOINING", 9_313, 9_394, "0.87"),
        ("PLAI", "further", "OTHER_REGIONS", 3_657, 3_689, "0.88"),
        ("PLS", "category 6", "ILE_DE_FRANCE", 99_455, 100_322, "0.87"),
        ("rls_income_ceiling", "alone", "zone 1", 959, 970, "1.15"),
        ("rls_income_ceiling", "dependants 6", "zone 2", 2_897, 2_929, "1.10"),
        ("rls_income_ceiling", "more", "zone 3", 259, 262, "1.16"),
    ])  # fmt: skip
    def test_of_january_2026(
        self, table: str, row: str, column: str, before: int, after: int, percent: str
    ) -> None:
        change = figure(NEW_YEAR, table, row, column)
        assert (change.before, change.after) == (Decimal(before), Decimal(after))
        assert (change.difference, change.unit) == (Decimal(after - before), "euros")
        assert change.percent == Decimal(percent)

    @pytest.mark.parametrize(("table", "row", "column", "before", "after"), [
        ("rent_ceiling", "couple", "zone 2", "355.38", "359.47"),
        ("rent_ceiling", "dependants 1", "zone 3", "369.88", "374.13"),
        ("flat_charges", "all", "each dependant", "13.74", "13.90"),
        ("minimum_share", "all", "least", "39.56", "40.01"),
    ])  # fmt: skip
    def test_of_october_2026(
        self, table: str, row: str, column: str, before: str, after: str
    ) -> None:
        change = figure(OCTOBER, table, row, column)
        assert (change.before, change.after) == (Decimal(before), Decimal(after))

    def test_a_figure_that_falls(self) -> None:
        june = changes_between(date(2026, 5, 31), date(2026, 6, 1))
        change = figure(june, "rls_amount", "alone", "zone 1")
        assert (change.difference, change.percent) == (Decimal("-3.70"), Decimal("-9.32"))

    def test_a_negative_figure_that_rises_rises_in_percent_too(self) -> None:
        change = FigureChange(
            row="more", column="rate", unit="percent", before=Decimal(-6), after=Decimal(-5)
        )
        assert (change.difference, change.percent) == (Decimal(1), Decimal("16.67"))

    def test_only_what_changed_is_told(self) -> None:
        assert [table.table for table in NEW_YEAR.tables] == [
            "PLUS", "PLAI", "PLS", "rls_income_ceiling",
        ]  # fmt: skip
        assert [len(table.figures) for table in OCTOBER.tables] == [12, 2, 1]

    @given(some.days)
    def test_nothing_changes_on_the_same_day(self, day: date) -> None:
        changes = changes_between(day, day)
        assert (changes.tables, changes.flips) == ((), ())

    @given(st.tuples(some.days, some.days).map(sorted))
    def test_a_table_with_a_change_has_the_texts_that_made_it(self, days: list[date]) -> None:
        first, last = days
        changes = changes_between(first, last)
        for table in changes.tables:
            assert table.texts
            assert all(first < in_force <= last for in_force, _ in table.texts)
        assert changes.with_aid == (first >= date(2020, 2, 1) and last <= LAST_OF_AID)

    def test_every_table_keeps_its_shape_and_has_no_zero(self) -> None:
        """A figure of one day is always one of the other, and never divides by zero."""
        for table in fields(AidLaw):
            editions = aid_editions(table.name)
            assert len({tuple(map(len, edition.rows)) for edition in editions}) == 1
            assert all(cell != 0 for edition in editions for row in edition.rows for cell in row)
        ceilings = (ceiling_table(name) for name in ("plus", "plai"))
        cells = [
            cell
            for table in ceilings
            for edition in table.editions
            for column in edition.columns
            for cell in column
        ]
        assert all(amount > 0 for amount, _ in cells)


class TestTexts:
    """Every edition that began after the first day, up to the second."""

    def test_one(self) -> None:
        assert found(NEW_YEAR, "PLUS").texts == (
            (date(2026, 1, 1), "arrêté du 19 décembre 2025"),
        )  # fmt: skip
        assert found(NEW_YEAR, "PLS").texts == found(NEW_YEAR, "PLUS").texts

    def test_several(self) -> None:
        years = changes_between(date(2024, 1, 1), date(2026, 1, 1))
        assert [day.year for day, _ in found(years, "PLAI").texts] == [2025, 2026]

    @pytest.mark.parametrize(("table", "article"), [
        ("rent_ceiling", "art. 1"), ("flat_charges", "art. 1, 3°"), ("minimum_share", "art. 1"),
    ])  # fmt: skip
    def test_october_2024_was_one_arrete(self, table: str, article: str) -> None:
        october = changes_between(date(2024, 9, 30), date(2024, 10, 1))
        assert found(october, table).texts == (
            (date(2024, 10, 1), f"arrêté du 27 septembre 2024, {article}"),
        )  # fmt: skip

    @pytest.mark.parametrize("day", [date(2020, 10, 1), date(2021, 10, 1), date(2022, 7, 1)])
    @pytest.mark.parametrize(("lang", "told"), [
        ("fr", "modifié, en vigueur depuis le {} ; nos sources ne nomment pas le texte qui l’a "
         "modifié"),
        ("en", "modifié, in force since {}; our sources do not name the text that amended it"),
    ])  # fmt: skip
    def test_one_that_no_source_names_is_told_so(self, day: date, lang: Lang, told: str) -> None:
        """Each of the three tables that follow the rents, and no other of that day."""
        changes = changes_between(day - timedelta(days=1), day)
        page = " ".join(changes.explain(lang).split())
        said = told.format(Words.of(lang).day(day))
        for article in (7, 9, 13):
            assert f"arrêté du 27 septembre 2019, art. {article}, {said}" in page
        assert page.count(said) == 3


class TestExamples:
    """The same households and offers on both days: only the law moves."""

    def test_three_ceilings_of_january(self) -> None:
        assert flips(NEW_YEAR) == [
            ("one person", "RENNES-T2", "NOT_MET", "MET", "income-ceiling"),
            ("couple with one child", "LYON-T3", "NOT_MET", "MET", "income-ceiling"),
            ("couple with two children", "VERSAILLES-T4", "NOT_MET", "MET", "income-ceiling"),
        ]
        assert NEW_YEAR.tried == 24

    def test_the_year_before(self) -> None:
        changes = changes_between(date(2024, 12, 31), date(2025, 1, 1))
        assert flips(changes) == [
            ("single parent with one child", "MELUN-T3", "NOT_MET", "MET", "income-ceiling"),
        ]  # fmt: skip

    def test_a_housing_aid_of_october(self) -> None:
        assert flips(OCTOBER) == [
            ("single parent with two children", "LYON-T3", "BORDERLINE", "MET", "affordability"),
        ]  # fmt: skip

    def test_without_the_aid_on_one_day_none_is_counted_on_the_other(self) -> None:
        changes = changes_between(date(2020, 1, 31), date(2026, 12, 31))
        assert not changes.with_aid
        assert "affordability" not in {rule for flip in changes.flips for rule in flip.rules}

    @given(some.days)
    def test_a_household_is_the_same_on_every_day(self, day: date) -> None:
        for household in example_households():
            demand = household.demand_on(day)
            assert demand.household.applicant.age(day) == household.applicant
            ages = tuple(person.age(day) for person in demand.household.dependants)
            assert ages == household.dependants
            assert (demand.household.partner is None) == (household.partner is None)
            assert demand.resources.reference_tax_income == (
                (day.year - 2, Decimal(household.income)),
            )

    def test_every_example_has_words_in_both_languages(self) -> None:
        titles = [(each.title.fr, each.title.en) for each in example_households()]
        assert len(set(titles)) == len(titles) == 6
        assert len({offer.reference for offer in example_offers()}) == 4


class TestRefusals:
    """Days that cannot be compared."""

    def test_the_wrong_order(self) -> None:
        with pytest.raises(InvalidValue, match=r"last: .* give a day from 2026-01-01 on"):
            changes_between(date(2026, 1, 1), date(2025, 12, 31))

    @pytest.mark.parametrize("day", [date(2009, 12, 31), day_after(LAST)])
    def test_a_day_without_ceilings(self, day: date) -> None:
        with pytest.raises(NotInForce):
            changes_between(min(day, date(2020, 1, 1)), max(day, date(2020, 1, 1)))

    def test_what_is_no_day(self) -> None:
        with pytest.raises(NotADate):
            changes_between(datetime(2026, 1, 1), date(2026, 1, 2))  # noqa: DTZ001


class TestPage:
    """80 columns, in French and in English."""

    @pytest.mark.parametrize("lang", ["fr", "en"])
    @pytest.mark.parametrize("first", [date(2010, 1, 1), date(2020, 2, 1), date(2025, 12, 31)])
    def test_it_fits(self, first: date, lang: Lang) -> None:
        lines = changes_between(first, min(LAST, LAST_OF_AID)).explain(lang).splitlines()
        assert max(map(len, lines)) <= 80
        assert [line for line in lines if line != line.rstrip() or "…" in line] == []

    def test_every_name_has_its_words(self) -> None:
        """None of those that the code uses is left as it is in French."""
        page = changes_between(date(2020, 2, 1), date(2026, 12, 31)).explain("fr")
        for name in ("category", "further", "alone", "dependant", "REGIONS", "more", "everyone"):
            assert name not in page

    def test_a_household_is_told_with_the_spaces_of_its_language(self) -> None:
        assert "personne seule, 12\u202f800\u00a0€ par an, offre" in NEW_YEAR.explain("fr")
        assert "one person, €12,800 a year, offer" in NEW_YEAR.explain("en")

    def test_a_day_without_aid_is_told(self) -> None:
        page = changes_between(date(2019, 12, 31), date(2020, 1, 1)).explain("fr")
        assert "Les barèmes de l’aide au logement ne couvrent pas" in page

    @pytest.mark.parametrize(("unit", "lang", "told"), [
        ("percent", "fr", "0,5 % 0,6 % +0,1 pt +20 %"),
        ("percent", "en", "0.5% 0.6% +0.1 pt +20%"),
        ("times", "fr", "× 0,5 × 0,6 +0,1 +20 %"),
    ])  # fmt: skip
    def test_figures_that_are_no_euros(self, unit: str, lang: Lang, told: str) -> None:
        change = FigureChange(
            row="all", column="rate", unit=unit, before=Decimal("0.5"), after=Decimal("0.6")
        )
        table = TableChange(table="crds_rate", texts=(), figures=(change,))
        page = evolve(NEW_YEAR, tables=(table,), flips=()).explain(lang)
        assert told in " ".join(page.replace("\u00a0", " ").split())

    def test_a_fall_has_its_sign(self) -> None:
        page = changes_between(date(2026, 5, 31), date(2026, 6, 1)).explain("en")
        assert "€39.69 €35.99 −€3.70 −9.32%" in " ".join(page.split())


class TestJson:
    """The same for programs, with figures as texts and both languages."""

    TOLD = json.loads(changes_to_json(NEW_YEAR))

    def test_it_says_all_that_the_value_holds(self) -> None:
        assert list(self.TOLD) == ["first", "last", "tables", "with_aid", "flips", "tried"]
        assert (self.TOLD["first"], self.TOLD["last"]) == ("2025-12-31", "2026-01-01")
        assert (self.TOLD["with_aid"], self.TOLD["tried"]) == (True, 24)
        told = {table["table"]: len(table["figures"]) for table in self.TOLD["tables"]}
        assert told == {table.table: len(table.figures) for table in NEW_YEAR.tables}

    def test_a_table_with_its_text_and_a_figure(self) -> None:
        plus = self.TOLD["tables"][0]
        assert plus["texts"] == [{"in_force": "2026-01-01", "text": "arrêté du 19 décembre 2025"}]
        assert plus["figures"][2] == {
            "row": "category 1",
            "column": "OTHER_REGIONS",
            "unit": "euros",
            "before": "23201",
            "after": "23403",
            "difference": "202",
            "percent": "0.87",
        }

    def test_a_verdict_that_flips(self) -> None:
        assert self.TOLD["flips"][0] == {
            "household": {
                "title_fr": "personne seule, 12 800 € par an",
                "title_en": "one person, €12,800 a year",
            },
            "offer": "RENNES-T2",
            "before": "NOT_MET",
            "after": "MET",
            "rules": ["income-ceiling"],
        }


def test_it_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(NEW_YEAR)) == NEW_YEAR
    assert hash(copy.deepcopy(NEW_YEAR)) == hash(NEW_YEAR)

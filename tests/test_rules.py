"""The catalogue of the rules is whole, sourced, and leads to code that exists."""

import copy
import pickle
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from attrs import fields

from alin_core.errors import AlinError
from alin_core.housing_aid.tables import AidLaw
from alin_core.law.catalogue import Provenance, Rule, Source, UnknownRule, load, rule, rules
from alin_core.law.rulebook import Rulebook
from tests.told import LANGUAGES

SOURCE = Path(__file__).parent.parent / "src"
RULES = rules()
FIELDS = {figure.name: figure.metadata["provenance"] for figure in fields(Rulebook)}

each_rule = pytest.mark.parametrize("row", RULES, ids=lambda row: row.id)


def test_the_rules_and_their_provenance() -> None:
    assert {row.id: row.provenance.value for row in RULES} == {
        "typology": "GUIDE",
        "household-category": "LAW",
        "income-ceiling": "LAW",
        "zone": "LAW",
        "affordability": "GUIDE",
        "legal-priority": "LAW",
        "company-priority": "GUIDE",
        "journey": "GUIDE",
        "account-form": "GUIDE",
        "password": "GUIDE",
        "import-request": "GUIDE",
        "activation-code": "GUIDE",
        "mini-form": "GUIDE",
        "company-attachment": "GUIDE",
        "company-access": "GUIDE",
        "company-benefit": "GUIDE",
        "data-sharing": "GUIDE",
        "number-validation": "GUIDE",
        "security-code": "GUIDE",
        "identity-check": "GUIDE",
        "update": "READING",
        "application": "GUIDE",
        "review": "GUIDE",
        "transmission": "GUIDE",
        "instruction": "GUIDE",
        "commission": "LAW",
        "result": "GUIDE",
        "condition": "LAW",
        "rank": "LAW",
        "answer": "LAW",
        "lease": "GUIDE",
        "cancellation": "READING",
        "withdrawal": "READING",
        "unique-number": "GUIDE",
        "number-validity": "LAW",
        "number-territory": "READING",
        "documents-confirmed": "GUIDE",
        "documents-deposited": "GUIDE",
        "available-offer": "GUIDE",
        "own-assessment": "GUIDE",
        "one-candidature": "GUIDE",
        "struck-off": "LAW",
        "housing-aid": "LAW",
        "ranking": "READING",
        "ranking-set-aside": "READING",
        "ranking-tier": "READING",
        "ranking-points": "READING",
        "ranking-seniority": "READING",
        "ranking-draw": "READING",
        "strong-drop": "ASSUMPTION",
        "common-tax-notice": "READING",
    }


def test_the_catalogue_is_read_once() -> None:
    assert all(first is second for first, second in zip(rules(), RULES, strict=True))
    assert rule("zone") in RULES


def test_what_is_loaded_is_the_callers_own() -> None:
    assert load("rules") == load("rules")
    assert load("rules") is not load("rules")


@each_rule
def test_a_rule_has_titles_and_sources(row: Rule) -> None:
    assert row.title.fr
    assert row.title.en
    assert row.title.fr != row.title.en
    assert row.sources
    assert all(source.text for source in row.sources)


@each_rule
def test_french_has_its_apostrophe(row: Rule) -> None:
    abouts = [source.about.fr for source in row.sources if source.about]
    told = [row.title.fr, row.paraphrase.fr, *abouts, *(case.fr for case in row.boundaries)]
    assert [text for text in told if "'" in text] == []


@each_rule
def test_a_law_cites_an_article_and_the_rest_a_section_of_the_guide(row: Rule) -> None:
    first = row.sources[0]
    if row.provenance not in (Provenance.READING, Provenance.ASSUMPTION):
        assert ("guide" in first.text) == (row.provenance is Provenance.GUIDE)
    assert first.article


@each_rule
def test_a_rule_reads_figures_that_the_rulebook_holds(row: Rule) -> None:
    assert set(row.parameters) <= FIELDS.keys()


def test_every_figure_of_the_rulebook_belongs_to_a_rule() -> None:
    assert {name for row in RULES for name in row.parameters} == FIELDS.keys()


@pytest.mark.parametrize("name", FIELDS)
def test_every_figure_of_the_rulebook_is_read_by_the_code(name: str) -> None:
    others = [path for path in SOURCE.glob("**/*.py") if path.stem != "rulebook"]
    assert any(re.search(rf"[\w)]\.{name}\b", path.read_text("utf-8")) for path in others)


@each_rule
def test_the_function_of_a_rule_exists(row: Rule) -> None:
    module, _, name = row.function.rpartition(".")
    assert callable(getattr(import_module(module), name))
    assert name in import_module(module).__all__


@each_rule
def test_a_rule_of_the_guide_names_its_statements_in_order(row: Rule) -> None:
    assert row.guide or row.provenance is not Provenance.GUIDE
    assert list(row.guide) == sorted(set(row.guide), key=lambda name: int(name[1:]))


@each_rule
def test_a_rule_is_told_in_both_languages_in_our_words(row: Rule) -> None:
    assert row.paraphrase.fr.endswith(".")
    assert row.paraphrase.en.endswith(".")
    assert row.paraphrase.fr != row.paraphrase.en
    for source in row.sources:
        assert source.about is None or all(source.about[lang] for lang in LANGUAGES)


def test_the_legal_priority_cites_the_wording_in_force() -> None:
    source = rule("legal-priority").sources[0]
    assert str(source).endswith("L441-1, in force since 2022-02-23")
    assert source.since == date(2022, 2, 23)


def test_an_article_says_its_day_or_that_it_has_none() -> None:
    _, pls, income, annex, *_ = rule("income-ceiling").sources
    assert (pls.since, pls.seen, pls.is_undated) == (None, date(2024, 12, 3), False)
    assert str(pls).endswith(
        "art. 1, as in force on 2024-12-03: PLS ceilings are PLUS ceilings, increased"
    )
    assert (annex.since, annex.dated_by, annex.is_undated) == (None, "plus", False)
    assert income.is_undated
    assert not rule("typology").sources[0].is_undated  # the guide


@each_rule
def test_a_source_is_dated_in_one_way_only(row: Rule) -> None:
    tables = {"plus", "plai", *(table.name for table in fields(AidLaw))}
    for source in row.sources:
        days = [source.since, source.seen, source.dated_by]
        assert days.count(None) >= 2
        assert source.dated_by is None or source.dated_by in tables


def test_a_source_says_what_is_taken_from_it() -> None:
    source = rule("result").sources[1]
    assert str(source).endswith("L441-2-2: a refusal is written and reasoned")


def test_a_source_without_an_article_is_its_text() -> None:
    assert str(Source("arrêté du 3 décembre 2007")) == "arrêté du 3 décembre 2007"


def test_an_unknown_rule_lists_the_known_ones() -> None:
    with pytest.raises(UnknownRule, match="no rule 'income'; the catalogue holds typology, ") as e:
        rule("income")
    assert e.value.rule_id == "income"
    assert e.value.known == tuple(row.id for row in RULES)
    assert isinstance(e.value, AlinError)
    assert isinstance(e.value, LookupError)


@each_rule
def test_a_rule_is_a_value(row: Rule) -> None:
    assert pickle.loads(pickle.dumps(row)) == row
    assert hash(copy.deepcopy(row)) == hash(row)
    assert copy.copy(row) == row


def test_the_error_pickles() -> None:
    error = pickle.loads(pickle.dumps(UnknownRule("T", ("a", "b"))))
    assert (error.rule_id, error.known) == ("T", ("a", "b"))


@pytest.mark.parametrize("text", [
    "CCH", "Code général des impôts", "arrêté du 10 mars 2011", "ordonnance n° 96-50",
])  # fmt: skip
def test_a_text_of_law_has_a_named_and_dated_article_or_says_that_it_has_none(text: str) -> None:
    day = date(2026, 1, 1)
    assert Source(text, "1").is_undated
    dated = (Source(text, "1", since=day), Source(text, "1", seen=day))
    for source in (*dated, Source(text, "1", dated_by="plus"), Source(text)):
        assert source.is_undated is False
    assert Source(text).is_unnamed is True
    assert Source(text, "1").is_unnamed is False


def test_the_guide_is_no_text_of_law() -> None:
    for source in (Source("guide d'utilisation d'AL'in", "#6"), Source("guide d'utilisation")):
        assert (source.is_undated, source.is_unnamed) == (False, False)


def test_a_rule_names_the_tables_that_it_reads() -> None:
    assert "taper" in rule("housing-aid").figures
    assert rule("typology").figures == ()


def test_a_figure_of_the_data_is_read_as_printed() -> None:
    (edition,) = load("housing_aid")["taper"]["edition"]
    assert repr(edition["rows"][0][0]) == "Decimal('3.4')"

"""The catalogue on 80 columns: every rule, whole, in both languages."""

import re

import pytest
from attrs import fields

from alin_core.errors import InvalidValue
from alin_core.housing_aid.tables import aid_editions
from alin_core.law.catalogue import Rule, rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import ceiling_table
from alin_core.text.catalogue import catalogue, figure_text
from alin_core.text.wording import Words
from alin_core.values.languages import Lang
from tests.days import LAST, NEWEST
from tests.told import LANGUAGES

PLUS = ceiling_table("plus")
each_language = pytest.mark.parametrize("lang", ["fr", "en"])
each_rule = pytest.mark.parametrize("row", rules(), ids=lambda row: row.id)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@each_language
def test_the_list_has_every_rule_in_its_order(lang: Lang) -> None:
    lines = catalogue(rules(), Words.of(lang)).text().splitlines()
    assert max(map(len, lines)) <= 80
    named = [line.split()[0] for line in lines[1:] if not line.startswith(" ")]
    assert named == [row.id for row in rules()]


@each_language
@each_rule
def test_an_entry_says_everything_the_catalogue_holds(row: Rule, lang: Lang) -> None:
    text = row.explain(lang)
    assert max(map(len, text.splitlines())) <= 80
    told = flat(text)
    assert flat(row.title[lang]) in told
    assert flat(row.paraphrase[lang]) in told
    assert row.provenance in told
    assert row.function in told
    for source in row.sources:
        assert (source.text.replace("'", "’") if lang == "fr" else source.text) in told
        assert ("" if source.about is None else source.about[lang]) in told
    for name in (*row.parameters, *row.guide):
        assert name in told
    for case in row.boundaries:
        assert flat(f"{case[lang]} → {case.gives}") in told


@each_language
def test_every_field_of_the_rulebook_has_its_words_and_no_other_has(lang: Lang) -> None:
    assert Words.of(lang).texts["parameter"].keys() == {held.name for held in fields(Rulebook)}


def test_a_parameter_has_its_value_its_unit_and_its_provenance() -> None:
    told = flat(rule("affordability").explain("fr"))
    assert "rent_multiple = 3 (fois le loyer charges comprises ; GUIDE)" in told
    assert "rent_tolerance = 0,1 (tolérance d’« environ », part du revenu demandé" in told


def test_a_source_is_dated_where_the_wording_is_known() -> None:
    assert "L441-1, en vigueur depuis le 23 février 2022" in flat(
        rule("legal-priority").explain("fr")
    )


def test_each_article_has_its_day_or_says_that_it_has_none() -> None:
    told = flat(rule("income-ceiling").explain("fr"))
    newest = Words.of("fr").day(NEWEST)
    assert f"annexe I, dernière édition en vigueur depuis le {newest} : PLUS" in told
    assert "art. 1, version en vigueur le 3 décembre 2024 : les plafonds PLS" in told
    assert "art. 4, version non datée par nos sources : quel revenu compte" in told
    aid = flat(rule("housing-aid").explain("en"))
    newest = Words.of("en").day(aid_editions("rent_ceiling")[-1].in_force)
    assert f"art. 7, 9, 13, last edition in force since {newest}: rents" in aid
    assert "art. 10-12, in force since 1 October 2019: taper" in aid
    assert "not dated" not in flat(rule("typology").explain("en"))  # the guide has sections


@pytest.mark.parametrize("rule_id", ["household-category", "affordability"])
def test_a_text_of_law_without_an_article_says_that_our_sources_name_none(rule_id: str) -> None:
    assert ", article non désigné par nos sources" in flat(rule(rule_id).explain("fr"))
    assert ", article not named by our sources" in flat(rule(rule_id).explain("en"))


@each_rule
def test_each_language_has_its_typography(row: Rule) -> None:
    french = row.explain("fr")
    assert not re.search(r" [;:!?»€%]|« ", french)
    assert not re.search(r"[^\u202f][;!?]|[^\u00a0][:»€%]|«[^\u00a0]", french)
    english = row.explain("en").replace("« Je postule »", "")  # a section, as printed
    assert not re.search(r"[\u00a0\u202f«»]| [;:!?%]", english)


def test_a_rule_without_parameters_has_no_such_part() -> None:
    assert "Parameters" in rule("zone").explain("en")
    assert "Parameters" not in rule("answer").explain("en")


@pytest.mark.parametrize(
    ("name", "fr", "en"),
    [
        ("plus",
         f"{len(PLUS.editions)} éditions, du 1er janvier 2010 au {Words.of('fr').day(LAST)}",
         f"{len(PLUS.editions)} editions, 1 January 2010 to {Words.of('en').day(LAST)}"),
        ("rent_tolerance", "0,1", "0.1"),
        ("company_headcount", "10", "10"),
        ("shifts_stack", "non", "no"),
        ("visiting_children_count", "oui", "yes"),
        ("typologies", "T1–T2, T2–T3, T3–T4, T4–T5, T5 et plus",
         "T1–T2, T2–T3, T3–T4, T4–T5, T5 and more"),
        ("priority_order", "LEGAL, COMPANY", "LEGAL, COMPANY"),
        ("security_code_before", "20 avril 2021", "20 April 2021"),
    ],
)  # fmt: skip
def test_a_figure(name: str, fr: str, en: str) -> None:
    value = getattr(Rulebook.standard(), name)
    assert tuple(figure_text(value, Words.of(lang)) for lang in LANGUAGES) == (fr, en)


def test_there_is_no_third_language() -> None:
    with pytest.raises(InvalidValue, match="lang: 'de'"):
        rule("zone").explain("de")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="lang: 'de'"):
        Words.of("de")  # type: ignore[arg-type]

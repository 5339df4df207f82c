"""The catalogue of the rules is whole, sourced, and leads to code that exists."""

import copy
import pickle
import re
from importlib import import_module
from pathlib import Path

import pytest
from attrs import fields

from alin_core.errors import AlinError
from alin_core.law.rulebook import Rulebook
from alin_core.law.rules import Provenance, Rule, Source, UnknownRule, load, rule, rules

DOCS = Path(__file__).parent.parent / "docs"
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
        "update": "GUIDE",
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
    assert row.title_fr
    assert row.title_en
    assert row.title_fr != row.title_en
    assert row.sources
    assert all(source.text for source in row.sources)


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


@each_rule
def test_the_function_of_a_rule_exists(row: Rule) -> None:
    module, _, name = row.function.rpartition(".")
    assert callable(getattr(import_module(module), name))
    assert name in import_module(module).__all__


@each_rule
def test_the_statements_of_the_guide_are_numbered(row: Rule) -> None:
    assert row.guide or row.provenance is not Provenance.GUIDE
    assert list(row.guide) == sorted(set(row.guide), key=lambda name: int(name[1:]))
    assert all(
        re.fullmatch(r"G(0[1-9]|[1-9][0-9]|1[01][0-9]|12[01])", statement)
        for statement in row.guide
    )


def test_the_three_main_rules_of_the_guide_are_honoured() -> None:
    main = {f"G{number}" for number in range(12, 28)}
    assert main <= {statement for row in RULES for statement in row.guide}


def test_statements_are_honoured_by_a_rule_or_a_label_or_named_as_not_coded() -> None:
    """The guide, from « Obtenir son Numéro Unique » to « Suivre sa candidature »."""
    labels = [entry for kind in load("labels").values() for entry in kind.values()]
    worded = {statement for entry in labels if "guide" in entry for statement in entry["guide"]}
    statements = {f"G{number}" for number in range(28, 119)}
    left = statements - worded - {s for row in RULES for s in row.guide}
    not_coded = {
        statement
        for page in ("candidatures", "workflow")
        for statement in _named((DOCS / f"{page}.md").read_text("utf-8").split("## Not coded")[1])
    }
    assert left <= not_coded


def _named(text: str) -> set[str]:
    """The statements that a text names, each or from one to another."""
    return {
        f"G{number}"
        for first, last in re.findall(r"\bG(\d+)(?: to G(\d+))?", text)
        for number in range(int(first), int(last or first) + 1)
    }


def test_the_legal_priority_cites_the_wording_in_force() -> None:
    source = rule("legal-priority").sources[0]
    assert str(source).endswith("L441-1, in force since 2022-02-23")


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

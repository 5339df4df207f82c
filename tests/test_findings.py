"""A finding keeps its figures, leads to its rule and tells its facts by name."""

import copy
import pickle
from datetime import date
from decimal import Decimal

import pytest

from alin_core.errors import AlinError
from alin_core.law.catalogue import UnknownRule, rule
from alin_core.rules.findings import Finding, NoSuchFact, Outcome
from alin_core.values.housing import Typology, TypologyRange

CEILING = Finding(
    "income-ceiling",
    Outcome.NOT_MET,
    Decimal("23404.00"),
    Decimal(23403),
    Decimal("-1.00"),
    (),
    "over",
    (("category", 1), ("edition", date(2026, 1, 1)), ("income_reason", None)),
)
FIT = Finding("typology", Outcome.MET, 2, TypologyRange(Typology(1), Typology(2)), 0)


def test_the_order_of_its_fields() -> None:
    assert CEILING.observed == Decimal("23404.00")
    assert CEILING.threshold == Decimal(23403)
    assert CEILING.margin == Decimal("-1.00")
    assert CEILING.reason == "over"


def test_only_the_rule_and_the_outcome_are_required() -> None:
    bare = Finding("legal-priority", Outcome.NOT_MET)
    assert (bare.observed, bare.threshold, bare.margin, bare.reason) == (None, None, None, None)
    assert (bare.missing, bare.facts) == ((), ())


def test_its_rule_is_that_of_the_catalogue() -> None:
    assert CEILING.rule is rule("income-ceiling")


def test_a_rule_that_does_not_exist() -> None:
    with pytest.raises(UnknownRule):
        _ = Finding("rent", Outcome.MET).rule


@pytest.mark.parametrize(("name", "value"), CEILING.facts)
def test_a_fact_by_its_name(name: str, value: object) -> None:
    assert CEILING.fact(name) == value


def test_a_fact_it_does_not_state() -> None:
    message = "no fact 'zone'; this finding states category, edition, income_reason"
    with pytest.raises(NoSuchFact, match=message) as e:
        CEILING.fact("zone")
    assert (e.value.name, e.value.known) == ("zone", ("category", "edition", "income_reason"))
    assert isinstance(e.value, AlinError)
    assert isinstance(e.value, LookupError)
    copied = pickle.loads(pickle.dumps(e.value))
    assert (copied.name, copied.known) == (e.value.name, e.value.known)


def test_a_finding_without_facts_says_so() -> None:
    with pytest.raises(NoSuchFact, match="this finding states none"):
        FIT.fact("persons")


@pytest.mark.parametrize("finding", [CEILING, FIT], ids=lambda finding: finding.rule_id)
def test_a_finding_is_a_value(finding: Finding) -> None:
    assert pickle.loads(pickle.dumps(finding)) == finding
    assert hash(copy.deepcopy(finding)) == hash(finding)
    assert copy.copy(finding) == finding
    assert CEILING != FIT


def test_an_outcome_is_its_own_name() -> None:
    assert [str(outcome) for outcome in Outcome] == [outcome.name for outcome in Outcome]
    assert list(Outcome) == ["MET", "BORDERLINE", "NOT_MET", "UNKNOWN"]


def test_its_text_shows_its_facts() -> None:
    finding = Finding("typology", Outcome.MET, 2, basis=(("persons", 1),))
    assert repr(finding) == (
        "Finding(rule_id='typology', outcome=<Outcome.MET: 'MET'>, observed=2, threshold=None, "
        "margin=None, missing=(), reason=None, facts=(('persons', 1),))"
    )

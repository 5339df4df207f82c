"""Values as plain JSON values; a verdict is only written, nothing loads it back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

from attrs import asdict, fields_dict
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from alin_core.candidature.events import Event
from alin_core.eligibility import Assessment, Remedy
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.law.catalogue import Rule
from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import CeilingTable
from alin_core.rules.findings import Fact, Figure, Finding
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.housing import Typology
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.languages import Lang, Text
from alin_core.values.resources import Resources
from alin_core.version import __version__

__all__ = [
    "VERDICT_SCHEMA",
    "in_both",
    "plain_assessment",
    "plain_event",
    "plain_rule",
    "plain_value",
    "plain_verdict",
]

#: What a verdict says of how it may be made again.
VERDICT_SCHEMA = "alin-core/verdict/1"
#: What the catalogue says in both languages.
_IN_BOTH = ("about", "paraphrase", "title")


def _written_figure(value: Figure | None) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else None if value is None else str(value)


def _written_fact(value: Fact) -> Any:
    if isinstance(value, Decimal):
        return _written_figure(value)
    return value.isoformat() if isinstance(value, date) else value


def _finding(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": finding.rule_id,
        **in_both("title", rule.title),
        "provenance": rule.provenance,
        "sources": [str(source) for source in rule.sources],
        "outcome": finding.outcome,
        "observed": _written_figure(finding.observed),
        "threshold": _written_figure(finding.threshold),
        "margin": _written_figure(finding.margin),
        "missing": finding.missing,
        "reason": finding.reason,
        "facts": {name: _written_fact(value) for name, value in finding.facts},
    }


def plain_assessment(assessment: Assessment) -> dict[str, Any]:
    """A verdict, and what it was made from."""
    return {**plain_verdict(assessment), "replay": _replay(assessment)}


def plain_verdict(assessment: Assessment) -> dict[str, Any]:
    """A verdict, with its findings, its priority, its remedies."""
    priority = assessment.priority
    return {
        "offer": assessment.offer.reference,
        "on": assessment.on.isoformat(),
        "outcome": assessment.outcome,
        "passes": assessment.passes,
        "findings": [_finding(finding) for finding in assessment.findings],
        "priority": {
            "tier": priority.tier,
            "findings": [_finding(finding) for finding in priority.findings],
        },
        "remedies": [_remedy(remedy) for remedy in assessment.remedies()],
    }


def _replay(assessment: Assessment) -> dict[str, Any]:
    """All that the verdict depends on: the demand too, hence personal data."""
    aid = assessment.housing_aid
    refused = isinstance(aid, NoEstimate)
    return {
        "schema": VERDICT_SCHEMA,
        "version": __version__,
        "rulebook": assessment.rulebook.fingerprint,
        "on": assessment.on.isoformat(),
        "demand": plain_value(assessment.demand),
        "offer": plain_value(assessment.offer),
        "housing_aid": None if aid is None or refused else plain_value(aid),
        "no_estimate": plain_value(aid) if refused else None,
    }


def _remedy(remedy: Remedy) -> dict[str, Any]:
    value = remedy.value
    return {
        "rule": remedy.rule_id,
        "path": remedy.path,
        "relation": remedy.relation,
        "value": value if isinstance(value, tuple) else _written_figure(value),
    }


def plain_event(event: Event) -> dict[str, Any]:
    """An event, after its name."""
    return {"event": type(event).__name__, **plain_value(event)}


def plain_rule(rule: Rule) -> dict[str, Any]:
    """A rule of the catalogue, with what the standard rulebook holds for its parameters."""
    entry = asdict(rule, value_serializer=lambda _holder, _field, value: _written_fact(value))
    held = fields_dict(Rulebook)
    return _spread(entry) | {
        "sources": [_spread(source) for source in entry["sources"]],
        "parameters": {
            name: {
                "value": _written_parameter(getattr(Rulebook.standard(), name)),
                **held[name].metadata,
            }
            for name in rule.parameters
        },
    }


def in_both(name: str, text: Text | dict[Lang, str] | None) -> dict[str, Any]:
    """Return a text under its name in each language; None in both where there is none."""
    return {f"{name}_{lang}": text and text[lang] for lang in get_args(Lang)}


def _spread(plain: dict[str, Any]) -> dict[str, Any]:
    """The same, with a key a language for what is said in both."""
    spread: dict[str, Any] = {}
    for name, value in plain.items():
        spread |= in_both(name, value) if name in _IN_BOTH else {name: value}
    return spread


def _written_parameter(value: Any) -> Any:
    if isinstance(value, CeilingTable):
        first = value.editions[0].in_force.isoformat()
        return {"norm": value.norm, "first": first, "last": value.checked_until.isoformat()}
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return _written_fact(value)


def _incomes(incomes: tuple[tuple[int, Decimal], ...]) -> dict[str, str]:
    return {str(year): f"{income:f}" for year, income in incomes}


def _grounds(grounds: frozenset[PriorityGround]) -> list[str]:
    return [ground.value for ground in PriorityGround if ground in grounds]


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Decimal, _written_figure)
    for kind in (Siret, Typology, UniqueNumber):
        converter.register_unstructure_hook(kind, str)
    converter.register_unstructure_hook(OpaqueNumber, lambda number: {"opaque": number.text})
    converter.register_unstructure_hook(
        Resources,
        make_dict_unstructure_fn(
            Resources, converter, reference_tax_income=override(unstruct_hook=_incomes)
        ),
    )
    converter.register_unstructure_hook(
        Demand,
        make_dict_unstructure_fn(
            Demand, converter, priority_grounds=override(unstruct_hook=_grounds)
        ),
    )
    return converter


_CONVERTER = _converter()


def plain_value(value: Any) -> dict[str, Any]:
    """The fields of a value by name, each as JSON writes it."""
    plain: dict[str, Any] = _CONVERTER.unstructure(value)
    return plain

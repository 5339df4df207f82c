"""JSON both ways: a dossier is read and written, a verdict is only written."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import asdict, field, frozen
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from alin_core.eligibility import Assessment, Matches, Remedy
from alin_core.errors import AlinError, InvalidValue, WrongType, must_be, shown
from alin_core.law.findings import Fact, Figure, Finding
from alin_core.strict_json import Refused, day, parsed
from alin_core.structuring import Misread, structured
from alin_core.values.amounts import optional_day_field
from alin_core.values.demand import Demand, PriorityGround
from alin_core.values.housing import Offer, Typology
from alin_core.values.identifiers import OpaqueNumber, Siret, UniqueNumber
from alin_core.values.resources import Resources

__all__ = ["Dossier", "DossierError", "Fault", "read_dossier", "schema", "to_json"]

_SCHEMA = "alin-core/1"


def _demand(value: Demand) -> Demand:
    return must_be(value, Demand, "demand")


def _offers(value: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(must_be(offer, Offer, "offers") for offer in value)


@frozen(kw_only=True)
class Dossier:
    """A demand, and the offers it is held against.

    Raises `NotYetBorn` when a person of the household is born after `on`.
    """

    #: Expected date of the lease; None: to be given by who assesses.
    on: date | None = field(default=None, converter=optional_day_field)
    demand: Demand = field(converter=_demand)
    offers: tuple[Offer, ...] = field(converter=_offers)

    def __attrs_post_init__(self) -> None:
        if self.on is not None:
            self.demand.household.born_by(self.on)


@frozen
class Fault:
    """One thing wrong with a dossier, and where.

    >>> print(Fault("offers[2].rent.base", "missing"))
    offers[2].rent.base: missing
    """

    #: Empty for the text as a whole; line and column where the text stops being JSON.
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@frozen
class DossierError(AlinError, ValueError):
    """Not a dossier; every fault is listed, in the order of the fields."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def read_dossier(text: str | bytes, *, on: date | None = None) -> Dossier:
    """The dossier that a JSON text holds; bytes are UTF-8, and `on` stands for its own `on`.

    >>> read_dossier('{"schema": "alin-core/1", "demand": {"household": {}}, "offers": 3}')
    Traceback (most recent call last):
    ...
    alin_core.serialization.DossierError: demand.household.applicant: missing
    demand.resources: missing
    offers: 3 is refused; give a list

    Raises `DossierError`, which lists every fault: nothing is half read.
    """
    if not isinstance(text, str | bytes):
        raise WrongType("text", text, "str or bytes")
    try:
        return _read(parsed(text), on)
    except UnicodeDecodeError as error:
        fault = Fault("", f"byte {error.start} is not UTF-8; give JSON in UTF-8")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        fault = Fault(where, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except RecursionError:
        fault = Fault("", "nested too deeply")
    raise DossierError((fault,))


def to_json(value: Dossier | Assessment | Matches) -> str:
    """The value as JSON; a verdict is for reading, nothing loads it back.

    Keys keep one order, so that two texts compare line by line.
    """
    if isinstance(value, Dossier):
        plain = {"schema": _SCHEMA, **_CONVERTER.unstructure(value)}
    elif isinstance(value, Assessment):
        plain = _assessment(value)
    else:
        groups = asdict(must_be(value, Matches, "value"), recurse=False)
        plain = {name: [_assessment(one) for one in group] for name, group in groups.items()}
    return json.dumps(plain, ensure_ascii=False, indent=2)


def schema() -> str:
    """The JSON Schema of a dossier (draft 2020-12), as it ships with the library."""
    # Here, so that reading a dossier does not load it.
    from importlib.resources import files

    return files("alin_core").joinpath("dossier.schema.json").read_text(encoding="utf-8")


def _known_schema(value: str) -> str:
    if value != _SCHEMA:
        raise InvalidValue("schema", value, f"give {shown(_SCHEMA)}")
    return value


@frozen(kw_only=True)
class _File:
    schema: str = field(converter=_known_schema)
    on: date | None = None
    demand: Demand
    offers: tuple[Offer, ...]


def _read(raw: Any, on: date | None) -> Dossier:
    if on is not None and isinstance(raw, dict):
        raw["on"] = on.isoformat()
    try:
        file = structured(raw, _File, on=_date_of(raw))
    except Misread as error:
        raise DossierError(tuple(Fault(*fault) for fault in error.faults)) from None
    return Dossier(on=file.on, demand=file.demand, offers=file.offers)


def _date_of(raw: Any) -> date | None:
    try:
        return day(raw["on"])
    except (LookupError, TypeError, Refused):  # told where the field itself is read
        return None


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
        "title_fr": rule.title_fr,
        "title_en": rule.title_en,
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


def _assessment(assessment: Assessment) -> dict[str, Any]:
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


def _remedy(remedy: Remedy) -> dict[str, Any]:
    value = remedy.value
    return {
        "rule": remedy.rule_id,
        "path": remedy.path,
        "relation": remedy.relation,
        "value": value if isinstance(value, tuple) else _written_figure(value),
    }


def _incomes(incomes: tuple[tuple[int, Decimal], ...]) -> dict[str, str]:
    return {str(year): f"{income:f}" for year, income in incomes}


def _grounds(grounds: frozenset[PriorityGround]) -> list[str]:
    return [ground.value for ground in PriorityGround if ground in grounds]


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(date, date.isoformat)
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

"""What a field of the rulebook says of itself, and how it refuses a value."""

from collections.abc import Callable
from typing import Any

from attrs import Attribute

from alin_core.errors import InvalidValue
from alin_core.law.rules import Provenance

__all__ = ["assumption", "guide", "law", "must", "reading"]


def _said(provenance: Provenance, unit: str, source: str) -> dict[str, object]:
    return {"provenance": provenance, "unit": unit, "source": source}


def law(unit: str, source: str) -> dict[str, object]:
    return _said(Provenance.LAW, unit, source)


def guide(unit: str, source: str) -> dict[str, object]:
    return _said(Provenance.GUIDE, unit, source)


def reading(unit: str, source: str) -> dict[str, object]:
    return _said(Provenance.READING, unit, source)


def assumption(unit: str, source: str) -> dict[str, object]:
    return _said(Provenance.ASSUMPTION, unit, source)


def must(
    holds: Callable[[Any], bool], hint: str
) -> Callable[[object, "Attribute[Any]", Any], None]:
    def check(_rulebook: object, attribute: "Attribute[Any]", value: Any) -> None:
        if not holds(value):
            raise InvalidValue(attribute.name, value, hint)

    return check

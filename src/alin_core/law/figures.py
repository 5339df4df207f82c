"""What a field of the rulebook says of itself, and how it refuses a value."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import Attribute, Converter

from alin_core.errors import must, several
from alin_core.law.catalogue import Provenance

__all__ = ["assumption", "guide", "law", "reading", "tuple_field", "yes_or_no"]


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


yes_or_no = must(lambda value: isinstance(value, bool), "give True or False")


def _field_tuple(value: Iterable[Any], attribute: "Attribute[Any]") -> tuple[Any, ...]:
    return several(value, attribute.name, "a tuple", in_order=True)


if TYPE_CHECKING:  # mypy reads the type of a converter off a function only

    def tuple_field(value: Iterable[Any]) -> tuple[Any, ...]: ...

else:
    tuple_field = Converter(_field_tuple, takes_field=True)

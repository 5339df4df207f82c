"""A short name for the exact content of a value."""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import Attribute, AttrsInstance, asdict

__all__ = ["fingerprint"]


def fingerprint(value: AttrsInstance) -> str:
    """32 hexadecimal digits that change with any field: BLAKE2b of its fields as JSON.

    Equal values have equal ones, in every process and under every version of Python.

    >>> from attrs import frozen
    >>> @frozen
    ... class Share:
    ...     share: Decimal
    >>> fingerprint(Share(Decimal("0.9"))) == fingerprint(Share(Decimal("0.90")))
    True
    """
    # Here, so that importing the library loads neither.
    import json
    from hashlib import blake2b

    plain = asdict(value, filter=_compared, value_serializer=_written)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _compared(attribute: "Attribute[Any]", _value: object) -> bool:
    return bool(attribute.eq)


def _written(_instance: object, _attribute: object, value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.as_integer_ratio()  # the same for 3 and 3.0
    return value.isoformat() if isinstance(value, date) else value

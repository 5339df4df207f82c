"""How every class of the library is made: frozen, and rebuilt from its inputs wherever it travels.

`attrs` alone gives a frozen class a `__setstate__`, which changes a live value in place, and lets
a pickle carry what a value derives: the findings of a verdict, the sum of a rent. Here a copy or a
pickle holds what the value was made from and nothing else, and making it anew checks it again.
"""

from functools import partial
from typing import Any

import attrs

__all__ = ["frozen"]


# For mypy and editors, which know the values of attrs by its own decorator alone, `frozen.pyi`
# says that this is that one.
def frozen(kind: type[Any] | None = None, **options: Any) -> Any:
    """Make a class as `attrs.frozen` does, whose values are copied and pickled as their inputs."""
    if kind is None:
        return partial(frozen, **options)
    if not issubclass(kind, BaseException):  # an error travels as its arguments already
        kind.__reduce__ = _reduced  # type: ignore[assignment]
    return attrs.frozen(kind, getstate_setstate=False, **options)


def _reduced(value: Any) -> tuple[Any, ...]:
    kind = type(value)
    inputs = {one.alias: getattr(value, one.name) for one in attrs.fields(kind) if one.init}
    return _made, (kind, inputs)


def _made(kind: type[Any], inputs: dict[str, Any]) -> Any:
    return kind(**inputs)

"""What is looked up by key is like a mapping: `in`, iteration, `len`, and a `LookupError`."""

from typing import TYPE_CHECKING, Any

from alin_core.errors import AlinError, InvalidValue
from alin_core.frozen import frozen

__all__ = ["Keyed", "NotFound"]


@frozen
class NotFound(InvalidValue, KeyError):
    """Nothing has that key: the key itself, and which ones there are."""


class Keyed:
    """A value that finds its parts by key, iterates over the keys and counts them.

    No `Mapping`: it is written and read by its fields, and converters would take it for a dict.
    """

    __slots__ = ()

    if TYPE_CHECKING:  # each class defines its own

        def __getitem__(self, key: Any) -> Any: ...

    def __contains__(self, key: object) -> bool:
        """Whether something has that key; what could not be a key is none."""
        try:
            self[key]
        except AlinError:
            return False
        return True

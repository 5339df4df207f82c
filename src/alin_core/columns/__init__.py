"""The parts of `alin_core.frames`: the same rules, asked of whole columns."""

__all__: list[str] = []

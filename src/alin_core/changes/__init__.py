"""What a change of the law does: which figures, and whose result."""

__all__: list[str] = []

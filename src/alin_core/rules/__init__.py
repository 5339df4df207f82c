"""One rule a file: pure functions from values to findings."""

__all__: list[str] = []

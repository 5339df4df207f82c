"""Where a candidature stands among the others on one offer."""

__all__: list[str] = []

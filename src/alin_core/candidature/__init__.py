"""The life of a candidature: what may happen to it, in which state, and by whom."""

__all__: list[str] = []

"""Every value in words: a page each, in French and in English."""

__all__: list[str] = []

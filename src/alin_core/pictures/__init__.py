"""The parts of `alin_core.plots`: paper, styles, and what takes long to draw."""

__all__: list[str] = []

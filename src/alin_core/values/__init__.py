"""What the world is made of: immutable values, valid at birth."""

__all__: list[str] = []

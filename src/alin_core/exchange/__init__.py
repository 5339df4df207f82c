"""JSON both ways, nothing lost, and a verdict made again."""

__all__: list[str] = []

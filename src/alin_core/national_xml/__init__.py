"""What stands in the national XML of a demand, and the values it becomes."""

__all__: list[str] = []

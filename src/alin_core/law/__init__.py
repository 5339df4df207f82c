"""What the texts say: figures with a date, rules with a source."""

__all__: list[str] = []

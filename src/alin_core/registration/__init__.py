"""From an e-mail address to a demand on the site, and what a company sees of it."""

__all__: list[str] = []

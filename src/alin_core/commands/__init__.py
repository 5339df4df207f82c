"""What each command of `alin` does, one module a command; `cli` parses and prints."""

__all__: list[str] = []

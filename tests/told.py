"""What a sentence says, as a test compares it."""

from alin_core.values.languages import Lang

LANGUAGES: tuple[Lang, Lang] = ("fr", "en")


def spaced(text: str) -> str:
    """The text with ordinary spaces, to be compared with what a keyboard gives."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")

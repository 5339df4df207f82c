"""What a sentence says, as a test compares it."""


def spaced(text: str) -> str:
    """The text with ordinary spaces, to be compared with what a keyboard gives."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")

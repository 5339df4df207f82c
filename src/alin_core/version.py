"""Which version of the library this is: a verdict says by which one it was made."""

__all__ = ["VERSION"]

#: That of pyproject.toml, which a test compares: reading it off the installed package would be
#: reading the environment.
VERSION = "26.11.0"

"""Which version of the library this is: a verdict says by which one it was made."""

__all__ = ["__version__"]

#: That of pyproject.toml, which a test compares: reading it off the installed package would be
#: reading the environment.
__version__ = "26.11.0"

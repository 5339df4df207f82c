"""What is told in French and in English: pairs of texts, and the one verb of every value."""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias, get_args

from alin_core.errors import InvalidValue, must_be
from alin_core.frozen import frozen
from alin_core.values.lookup import Keyed, NotFound

__all__ = ["Explained", "Lang", "Text", "Told"]

#: `fr` or `en`.
Lang: TypeAlias = Literal["fr", "en"]


@frozen
class Text(Keyed):
    """One thing in every language.

    >>> Text("loyer", "rent")["en"]
    'rent'
    """

    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        if lang not in get_args(Lang):
            raise NotFound("lang", lang, "give fr or en")
        return str(getattr(self, lang))

    def __iter__(self) -> Iterator[Lang]:
        return iter(get_args(Lang))

    def __len__(self) -> int:
        return len(get_args(Lang))


#: Narrower lines have no room for a long word behind an indent.
_NARROWEST = 40


class Told:
    """A value in words, for who asks: `explain`."""

    __slots__ = ()

    def explain(self, lang: Lang, *, width: int | None = 80, details: bool = True) -> str:
        """Return the value in words, in French (`fr`) or English (`en`).

        Lines have at most `width` columns, unless one word has more; None leaves paragraphs whole,
        as a web page needs.
        Without `details`, only the answer.
        Raises `InvalidValue` for another language, and for less than 40 columns.
        """
        if width is not None and must_be(width, int, "width") < _NARROWEST:
            raise InvalidValue("width", width, f"give {_NARROWEST} or more, or None")
        return str(_page(self, lang).text(width, details=must_be(details, bool, "details")))


class Explained(Told):
    """A value in words that names nobody: also `str`, in English, and a table in a notebook."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.explain("en")

    def _repr_html_(self) -> str:
        return str(_page(self, "en").html())


def _page(value: Told, lang: Lang) -> Any:
    # The one way up, named in the architecture test: text stands above the values that it tells.
    from alin_core.text.pages import page

    return page(value, lang)

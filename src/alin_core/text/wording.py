"""Words, figures and days as French and English write them."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from alin_core.errors import InvalidValue
from alin_core.frozen import frozen
from alin_core.law.catalogue import load
from alin_core.values.amounts import CENT, rounded_half_up
from alin_core.values.languages import Lang, Text

__all__ = ["Words", "label", "legible"]

#: The files of `law/data/sentences/`.
_SUBJECTS = (
    "candidature",
    "catalogue",
    "changes",
    "housing_aid",
    "national_xml",
    "pictures",
    "ranking",
    "registration",
    "replay",
    "verdict",
)
#: A label of the site inside a sentence: `{label.apply}`.
_LABEL = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")

# The spaces that French sets where no line may break; Python counts them as not printable.
_UNBROKEN = "\u00a0\u202f"

# What French sets before and after its double punctuation, between thousands and for an apostrophe,
# where the data has what a keyboard gives.
_FRENCH = (
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), "\u202f"),
    (re.compile(r" (?=[;!?])"), "\u202f"),
    (re.compile(r" (?=[:€%»])"), "\u00a0"),
    (re.compile(r"(?<=«) "), "\u00a0"),
    (re.compile(r"(?<=[^\W\d_])'(?=\w)"), "\u2019"),
)


@frozen(kw_only=True, eq=False)
class Words:
    """One language: its texts, and how it writes figures and days.

    A third language is one value more in this module, and its texts in the data.
    """

    lang: Lang
    _months: tuple[str, ...]
    #: The day that opens a month.
    _first: str
    #: Thousands separator and decimal mark.
    _marks: tuple[str, str]
    _euros: str
    _percent: str
    #: Which numbers take the singular.
    _is_one: Callable[[Decimal | int], bool]
    #: Spaces and signs that the language sets where the data has what a keyboard gives.
    _typography: tuple[tuple[re.Pattern[str], str], ...] = ()

    @classmethod
    def of(cls, lang: Lang) -> "Words":
        """Return the words of a language; raises `InvalidValue` for one that there is not."""
        for words in _LANGUAGES.values():
            if words.lang == lang:
                return words
        raise InvalidValue("lang", lang, f"give {' or '.join(_LANGUAGES)}")

    @property
    def texts(self) -> dict[str, Any]:
        """Every text of `law/data/sentences/` in this language."""
        return _texts_in(self.lang)

    def say(self, key: str, /, **figures: object) -> str:
        """Return one of the texts, by the keys that lead to it, with its figures.

        >>> print(Words.of("en").say("verify.recorded", value="MET"))
        in the file: MET
        """
        text: Any = self.texts
        for name in key.split("."):
            text = text[name]
        return str(text).format_map(figures)

    def word(self, kind: str, value: str) -> str:
        """Return how one value of a closed list is said; one without a word, as it is.

        >>> print(Words.of("fr").word("zone", "OTHER_REGIONS"))
        autres régions
        """
        return str(self.texts["word"][kind].get(value, value))

    def euros(self, amount: Decimal) -> str:
        """Write an amount of euros, without cents when there are none.

        >>> words = Words.of("en")
        >>> print(words.euros(Decimal("1234.50")), words.euros(Decimal(37_584)))
        €1,234.50 €37,584
        """
        cents = rounded_half_up(amount.copy_abs(), CENT)
        whole = cents == cents.to_integral_value()
        figure = self._marked(f"{cents:,.0f}" if whole else f"{cents:,.2f}")
        return ("−" if amount < 0 else "") + self._euros.format(figure)

    def number(self, number: Decimal | int) -> str:
        """Write a number, without the zeros that end its decimals.

        >>> print(Words.of("en").number(Decimal("1234.50")))
        1,234.5
        """
        text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
        return self._marked(text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")

    def percent(self, percent: Decimal | int) -> str:
        """Write so many hundredths.

        >>> print(Words.of("en").percent(Decimal("2.50")))
        2.5%
        """
        return self._percent.format(self.number(percent))

    def day(self, day: date) -> str:
        """Write a day in letters.

        >>> print(Words.of("fr").day(date(2026, 1, 1)), "/", Words.of("en").day(date(2026, 1, 1)))
        1er janvier 2026 / 1 January 2026
        """
        number = self._first if day.day == 1 else day.day
        return f"{number} {self._months[day.month - 1]} {day.year}"

    def count(self, unit: str, number: Decimal | int) -> str:
        """Write how many, in singular or plural.

        >>> print(Words.of("en").count("rooms", 1), "/", Words.of("en").count("persons", 4))
        1 room / 4 persons
        """
        one, more = self.texts["count"][unit]
        return str(one if self._is_one(number) else more).format(number=self.number(number))

    def pair(self, text: Text) -> str:
        """Return the one of both texts, typeset."""
        return self.typeset(text[self.lang])

    def typeset(self, text: str) -> str:
        r"""Return the text with the spaces and the apostrophe of French; English as it is.

        >>> Words.of("fr").typeset("l'offre : 23 403 €")
        'l’offre\xa0: 23\u202f403\xa0€'
        """
        for place, sign in self._typography:
            text = place.sub(sign, text)
        return text

    def _marked(self, figure: str) -> str:
        """A figure that Python wrote, with the marks of the language."""
        thousands, decimal = self._marks
        return figure.translate({ord(","): thousands, ord("."): decimal})


_LANGUAGES: dict[str, Words] = {
    words.lang: words
    for words in (
        Words(
            lang="fr",
            months=(
                "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre", "novembre", "décembre",
            ),
            first="1er",
            marks=("\u202f", ","),
            euros="{}\u00a0€",
            percent="{}\u00a0%",
            is_one=lambda number: -2 < number < 2,
            typography=_FRENCH,
        ),
        Words(
            lang="en",
            months=(
                "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December",
            ),
            first="1",
            marks=(",", "."),
            euros="€{}",
            percent="{}%",
            is_one=lambda number: number in (1, -1),
        ),
    )
}  # fmt: skip


def label(key: str, field: str = "text") -> str:
    """Return a name, link or button, letter for letter as the user guide prints it.

    >>> print(label("label.apply"))
    Je postule
    """
    entry = _labels()
    for name in key.split("."):
        entry = entry[name]
    return str(entry[field])


def legible(text: str) -> str:
    """Return a text that somebody wrote, without what moves a cursor or colours a terminal."""
    spaced = "".join(" " if sign.isspace() and sign not in _UNBROKEN else sign for sign in text)
    return "".join(
        sign if sign.isprintable() or sign in _UNBROKEN else "\N{REPLACEMENT CHARACTER}"
        for sign in spaced
    )


@cache
def _texts_in(lang: str) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for subject in _SUBJECTS:
        _join(read, _in_language(load(f"sentences/{subject}"), _LANGUAGES[lang]))
    return read


def _join(whole: dict[str, Any], part: dict[str, Any]) -> None:
    """Add the texts of one subject to those of the others."""
    for key, branch in part.items():
        if isinstance(branch, dict) and key in whole:
            _join(whole[key], branch)
        else:
            whole[key] = branch


@cache
def _labels() -> dict[str, Any]:
    return load("labels")


def _in_language(tree: Any, words: Words) -> Any:
    """The same tree in one language, typeset."""
    if isinstance(tree, dict):
        if words.lang in tree:
            return _in_language(tree[words.lang], words)
        return {key: _in_language(branch, words) for key, branch in tree.items()}
    if isinstance(tree, list):
        return [_in_language(leaf, words) for leaf in tree]
    return _LABEL.sub(lambda found: label(found[1]), words.typeset(tree))

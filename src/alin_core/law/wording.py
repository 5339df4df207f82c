"""Words, figures and days as French and English write them."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from alin_core.errors import InvalidValue
from alin_core.law.catalogue import load
from alin_core.values.amounts import CENT, rounded_half_up

__all__ = [
    "count_text",
    "date_text",
    "euros_text",
    "label",
    "legible",
    "number_text",
    "percent_text",
    "texts",
    "typeset",
    "word",
]

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
#: Thousands separator and decimal mark; French sets U+202F between thousands.
_MARKS = {"fr": ("\u202f", ","), "en": (",", ".")}

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


def word(kind: str, value: str, lang: str) -> str:
    """How a page says one value of a closed list; a value without a word is given as it is.

    >>> print(word("zone", "OTHER_REGIONS", "fr"))
    autres régions
    """
    return str(texts(lang)["word"][kind].get(value, value))


def label(key: str, field: str = "text") -> str:
    """A name, link or button, letter for letter as the user guide prints it.

    >>> print(label("label.apply"))
    Je postule
    """
    entry = _labels()
    for name in key.split("."):
        entry = entry[name]
    return str(entry[field])


def euros_text(amount: Decimal, lang: str) -> str:
    """An amount of euros, without cents when there are none.

    >>> print(euros_text(Decimal("1234.50"), "en"), euros_text(Decimal(37_584), "en"))
    €1,234.50 €37,584
    """
    cents = rounded_half_up(amount.copy_abs(), CENT)
    whole = cents == cents.to_integral_value()
    figure = _marked(f"{cents:,.0f}" if whole else f"{cents:,.2f}", lang)
    sign = "−" if amount < 0 else ""
    return f"{sign}{figure}\u00a0€" if lang == "fr" else f"{sign}€{figure}"


def number_text(number: Decimal | int, lang: str) -> str:
    """A number, without the zeros that end its decimals.

    >>> print(number_text(Decimal("1234.50"), "en"))
    1,234.5
    """
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return _marked(text.rstrip("0").rstrip(".") if "." in text else text, lang).replace("-", "−")


def percent_text(percent: Decimal | int, lang: str) -> str:
    """So many hundredths.

    >>> print(percent_text(Decimal("2.50"), "en"))
    2.5%
    """
    return number_text(percent, lang) + ("\u00a0%" if lang == "fr" else "%")


def date_text(day: date, lang: str) -> str:
    """A day in letters.

    >>> print(date_text(date(2026, 1, 1), "fr"), "/", date_text(date(2026, 1, 1), "en"))
    1er janvier 2026 / 1 January 2026
    """
    texts(lang)
    number = "1er" if lang == "fr" and day.day == 1 else day.day
    return f"{number} {_MONTHS[lang].split()[day.month - 1]} {day.year}"


def count_text(unit: str, number: Decimal | int, lang: str) -> str:
    """How many, in singular or plural.

    >>> print(count_text("rooms", 1, "en"), "/", count_text("persons", 4, "en"))
    1 room / 4 persons
    """
    one, more = texts(lang)["count"][unit]
    singular = -2 < number < 2 if lang == "fr" else number in (1, -1)
    return str(one if singular else more).format(number=number_text(number, lang))


def legible(text: str) -> str:
    """A text that somebody wrote, without what moves a cursor or colours a terminal."""
    spaced = "".join(" " if sign.isspace() and sign not in _UNBROKEN else sign for sign in text)
    return "".join(
        sign if sign.isprintable() or sign in _UNBROKEN else "\N{REPLACEMENT CHARACTER}"
        for sign in spaced
    )


def _marked(figure: str, lang: str) -> str:
    """A figure that Python wrote, with the marks of the language."""
    texts(lang)
    thousands, decimal = _MARKS[lang]
    return figure.translate({ord(","): thousands, ord("."): decimal})


def texts(lang: str) -> dict[str, Any]:
    """Every text of `law/data/sentences.toml` in that language; raises `InvalidValue`."""
    if lang not in _MONTHS:
        raise InvalidValue("lang", lang, "give fr or en")
    return _texts_in(lang)


@cache
def _texts_in(lang: str) -> dict[str, Any]:
    read: dict[str, Any] = _in_language(load("sentences"), lang)
    return read


@cache
def _labels() -> dict[str, Any]:
    return load("labels")


def _in_language(tree: Any, lang: str) -> Any:
    """The same tree in one language, typeset."""
    if isinstance(tree, dict):
        if lang in tree:
            return _in_language(tree[lang], lang)
        return {key: _in_language(branch, lang) for key, branch in tree.items()}
    if isinstance(tree, list):
        return [_in_language(leaf, lang) for leaf in tree]
    return _LABEL.sub(lambda found: label(found[1]), typeset(tree, lang))


def typeset(text: str, lang: str) -> str:
    r"""The same text with the spaces and the apostrophe of French; English as it is.

    >>> typeset("l'offre : 23 403 €", "fr")
    'l’offre\xa0: 23\u202f403\xa0€'
    """
    if lang == "fr":
        for place, sign in _FRENCH:
            text = place.sub(sign, text)
    return text

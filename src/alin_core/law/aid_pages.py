"""An estimate of the housing aid told in French or in English; it formats, and holds no rule."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from alin_core.law.aid_tables import AidEdition
from alin_core.law.sentences import wrapped
from alin_core.law.wording import date_text, euros_text, percent_text, texts, word
from alin_core.values.amounts import multiply

__all__ = ["aid_html", "aid_text", "family_text", "step_label", "step_text"]

_HUNDRED = Decimal(100)


def step_label(symbol: str, lang: str) -> str:
    """What the figure of a step is.

    >>> print(step_label("L", "fr"))
    loyer pris en compte
    """
    return str(texts(lang)["aid"]["step"][symbol]["label"])


def step_text(symbol: str) -> str:
    """The article that orders a step."""
    return str(texts("en")["aid"]["step"][symbol]["text"])


def family_text(couple: bool, dependants: int, disability_benefit: bool, lang: str) -> str:
    """The household as the aid sees it.

    >>> print(family_text(False, 2, False, "en"))
    Household: one adult, dependants: 2.
    """
    words = texts(lang)["aid"]["family"]
    adults = words["couple" if couple else "alone"]
    benefit = words["benefit"] if disability_benefit else ""
    told = words["told"].format(adults=adults, dependants=dependants, benefit=benefit)
    return str(told)


def aid_text(
    steps: Mapping[str, Decimal],
    editions: Iterable[tuple[str, AidEdition]],
    caveats: Iterable[str],
    *,
    family: str,
    rent: Decimal,
    zone: int,
    on: date,
    lang: str,
) -> str:
    """The amount, for whom, each step, the tables, and the limits, on lines of 80 columns."""
    words = texts(lang)["aid"]
    figures = _figures(steps, lang)
    title = _title(figures, rent, zone, on, lang)
    return "\n".join(
        [
            wrapped(title),
            wrapped(family),
            f"\n{words['steps']}",
            *(_step(symbol, figure, lang) for symbol, figure in figures.items()),
            f"\n{words['editions']}",
            *(_item(_edition(name, edition, lang)) for name, edition in editions),
            f"\n{words['caveats']}",
            *(_item(words["caveat"][caveat]) for caveat in caveats),
        ]
    )


def aid_html(
    steps: Mapping[str, Decimal],
    caveats: Iterable[str],
    *,
    family: str,
    rent: Decimal,
    zone: int,
    on: date,
    lang: str,
) -> str:
    """The amount, for whom, each step and the limits, for a notebook."""
    # Here, so that only a notebook loads it.
    from alin_core.law.html import table_html

    figures = _figures(steps, lang)
    rows = [
        (symbol, figure, f"{step_label(symbol, lang)} ({step_text(symbol)})")
        for symbol, figure in figures.items()
    ]
    limits = " ".join(texts(lang)["aid"]["caveat"][caveat] for caveat in caveats)
    title = _title(figures, rent, zone, on, lang)
    return table_html(f"{title} {family}", rows, notes=[limits])


def _figures(steps: Mapping[str, Decimal], lang: str) -> dict[str, str]:
    return {symbol: _figure(symbol, value, lang) for symbol, value in steps.items()}


def _title(figures: Mapping[str, str], rent: Decimal, zone: int, on: date, lang: str) -> str:
    words = texts(lang)["aid"]
    reduced = words["reduced"].format_map(figures) if "net" in figures else ""
    return str(words["title"]).format(
        rent=euros_text(rent, lang),
        zone=zone,
        on=date_text(on, lang),
        paid=figures["N"],
        reduced=reduced,
    )


def _figure(symbol: str, value: Decimal, lang: str) -> str:
    unit = texts(lang)["aid"]["step"][symbol]["unit"]
    if unit == "euros":
        return euros_text(value, lang)
    percent = multiply(value, _HUNDRED) if unit == "share" else value
    return percent_text(percent, lang)


def _step(symbol: str, figure: str, lang: str) -> str:
    told = f"{step_label(symbol, lang)} ({step_text(symbol)})"
    return wrapped(f"  {symbol:<11} {figure:>11}  {told}", indent=" " * 27)


def _edition(name: str, edition: AidEdition, lang: str) -> str:
    return str(texts(lang)["aid"]["edition"]).format(
        name=word("aid_table", name, lang),
        text=edition.text,
        in_force=date_text(edition.in_force, lang),
    )


def _item(text: str) -> str:
    return wrapped(f"  - {text}", indent="    ")

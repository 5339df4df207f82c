"""The page of an estimate of the housing aid."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from alin_core.housing_aid.estimate import AidStep, HousingAidEstimate, HousingAidHousehold
from alin_core.housing_aid.tables import AidEdition
from alin_core.text.page import Page, Paragraph, item
from alin_core.text.wording import Words
from alin_core.values.amounts import multiply

__all__ = ["PAGES"]

_HUNDRED = Decimal(100)


def _estimate(estimate: HousingAidEstimate, words: Words) -> Page:
    """The amount, for whom, each step, the tables, and the limits."""
    figures = {step.symbol: _figure(step, words) for step in estimate.steps}
    title, family = _title(estimate, figures, words), _family(estimate.household, words)
    steps = [
        (step.symbol, figures[step.symbol], f"{words.pair(step.label)} ({step.text})")
        for step in estimate.steps
    ]
    editions = [_edition(name, edition, words) for name, edition in estimate.editions]
    caveats = [words.say(f"aid.caveat.{caveat}") for caveat in estimate.caveats]
    lines = [f"  {symbol:<11} {figure:>11}  {told}" for symbol, figure, told in steps]
    return Page(
        answer=[[Paragraph(title), Paragraph(family)]],
        details=[
            [Paragraph(words.say("aid.steps")), *(Paragraph(line, " " * 27) for line in lines)],
            [Paragraph(words.say("aid.editions")), *map(item, editions)],
            [Paragraph(words.say("aid.caveats")), *map(item, caveats)],
        ],
        caption=f"{title} {family}",
        rows=steps,
        notes=[" ".join(caveats)],
    )


def _title(estimate: HousingAidEstimate, figures: dict[str, str], words: Words) -> str:
    return words.say(
        "aid.title",
        rent=words.euros(estimate.rent),
        zone=estimate.zone,
        on=words.day(estimate.on),
        paid=figures["N"],
        reduced=words.say("aid.reduced", **figures) if "net" in figures else "",
    )


def _family(household: HousingAidHousehold, words: Words) -> str:
    """The household as the aid sees it."""
    adults = words.say("aid.family.couple" if household.couple else "aid.family.alone")
    benefit = words.say("aid.family.benefit") if household.disability_benefit else ""
    return words.say(
        "aid.family.told", adults=adults, dependants=household.dependants, benefit=benefit
    )


def _figure(step: AidStep, words: Words) -> str:
    if step.unit == "euros":
        return words.euros(step.value)
    return words.percent(multiply(step.value, _HUNDRED) if step.unit == "share" else step.value)


def _edition(name: str, edition: AidEdition, words: Words) -> str:
    in_force = words.day(edition.in_force)
    table = words.word("aid_table", name)
    return words.say("aid.edition", name=table, text=edition.text, in_force=in_force)


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {HousingAidEstimate: _estimate}

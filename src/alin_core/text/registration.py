"""The page of a registration: what the person does now, with the labels of the site."""

from collections.abc import Callable
from typing import Any

from alin_core.registration.journey import Journey
from alin_core.text.page import Page, Paragraph
from alin_core.text.wording import Words
from alin_core.values.languages import Lang

__all__ = ["PAGES", "how_to_modify"]


def how_to_modify(lang: Lang) -> str:
    """Return the two steps of a change of the demand: on its own site, then on AL'in.

    >>> print(how_to_modify("en"))
    Your demand is only read on al-in.fr: change it on demande-logement-social.gouv.fr, then come \
back to al-in.fr and click “Mettre à jour”.
    """
    return Words.of(lang).say("page.modify")


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {
    Journey: lambda journey, words: Page(answer=[[Paragraph(words.say(f"step.{journey.state}"))]])
}

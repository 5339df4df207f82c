"""The page of every value: which module of this folder tells it."""

from importlib import import_module
from typing import Any

from alin_core.text.page import Page
from alin_core.text.wording import Words
from alin_core.values.languages import Lang, Told

__all__ = ["page"]

#: The module of this folder that has the page of a class, and of those made from it.
_HOMES = {
    "Assessment": "verdict",
    "Finding": "verdict",
    "Matches": "verdict",
    "Priority": "verdict",
    "Remedy": "verdict",
    "Candidature": "candidature",
    "Record": "candidature",
    "Submission": "candidature",
    "Comparison": "ranking",
    "Pair": "ranking",
    "Move": "ranking",
    "Ranking": "ranking",
    "Standing": "ranking",
    "HousingAidEstimate": "housing_aid",
    "Journey": "registration",
    "Rule": "catalogue",
    "Rulebook": "catalogue",
    "Changes": "changes",
    "Verification": "replay",
    "Note": "national_xml",
    "SneDemand": "national_xml",
}


def page(value: Told, lang: Lang) -> Page:
    """Return what a value says in that language."""
    words = Words.of(lang)
    kind = next(kind for kind in type(value).__mro__ if kind.__name__ in _HOMES)
    # Loaded when it is asked for: whoever prints a verdict needs no page of a ranking.
    pages: dict[type, Any] = import_module(f"alin_core.text.{_HOMES[kind.__name__]}").PAGES
    made: Page = pages[kind](value, words)
    return made

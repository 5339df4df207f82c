"""The user guide of AL'in, statement by statement: what honours each, and what is left out."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from alin_core.frozen import frozen
from alin_core.law.catalogue import load, rules
from alin_core.values.languages import Text

__all__ = ["Statement", "statements"]


@frozen(kw_only=True)
class Statement(Text):
    """One statement of the guide in our own words, and its place in the library."""

    # Of a text the pair may be given in its order; of a statement, which has more, by name.
    fr: str
    en: str
    #: `G01` to `G121`, in the order of the pages.
    id: str
    section: str
    #: The rules of the catalogue that honour it.
    rules: tuple[str, ...]
    #: The labels of the site that honour it, as `wording.label` reads them.
    labels: tuple[str, ...]
    #: Dotted names of the values and functions that honour it besides.
    names: tuple[str, ...] = ()
    #: What of it is left out, and why; None: nothing.
    not_coded: Text | None = None


@cache
def statements() -> tuple[Statement, ...]:
    """Every statement, in the order of the guide.

    >>> statements()[18].fr, statements()[18].rules
    ('Une personne : T1 ou T2.', ('typology',))

    Which rule and which label honours one is said by the rule and by the label.
    """
    labels = tuple(_labels(load("labels"), ()))
    return tuple(
        _statement(name, section["title"], row, labels)
        for section in load("guide")["section"]
        for name, row in section.items()
        if name != "title"
    )


def _labels(tree: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The key of each label, and the statements it honours."""
    if "guide" in tree:
        yield ".".join(path), tuple(tree["guide"])
        return
    for name, branch in tree.items():
        yield from _labels(branch, (*path, name))


def _statement(
    name: str,
    section: str,
    row: dict[str, Any],
    labels: tuple[tuple[str, tuple[str, ...]], ...],
) -> Statement:
    return Statement(
        id=name,
        section=section,
        fr=row["fr"],
        en=row["en"],
        rules=tuple(rule.id for rule in rules() if name in rule.guide),
        labels=tuple(key for key, honoured in labels if name in honoured),
        names=tuple(row.get("names", ())),
        not_coded=(
            Text(row["not_coded_fr"], row["not_coded_en"]) if "not_coded_fr" in row else None
        ),
    )

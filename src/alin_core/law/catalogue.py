"""The catalogue: every rule, what it says, where it comes from, and which figures it reads."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from alin_core.errors import AlinError, shown
from alin_core.frozen import frozen
from alin_core.values.arguments import explained
from alin_core.values.languages import Explained, Text

__all__ = ["Boundary", "Provenance", "Rule", "Source", "UnknownRule", "load", "rule", "rules"]


class Provenance(StrEnum):
    """Where a rule or a figure comes from."""

    #: A text in force.
    LAW = "LAW"
    #: The user guide of AL'in.
    GUIDE = "GUIDE"
    #: Our reading, where texts are silent or disagree.
    READING = "READING"
    #: A number that we had to choose.
    ASSUMPTION = "ASSUMPTION"


@frozen
class Source:
    """A text, and the place in it.

    >>> str(Source("CCH", "R441-1 1°"))
    'CCH, R441-1 1°'
    """

    text: str
    #: Article or annex, section of the guide and its step; None: the whole text.
    article: str | None = None
    #: The day the wording that was read came into force; None: not known.
    since: date | None = None
    #: A day on which it was in force, where its first one is not known.
    seen: date | None = None
    #: The table whose editions date it, `plus` or one of the housing aid; None: none does.
    dated_by: str | None = None
    #: What is taken from it, where that is not plain.
    about: Text | None = None

    @property
    def is_undated(self) -> bool:
        """Is it an article whose wording bears no day in what we read?

        >>> Source("CCH", "R441-1 1°").is_undated, Source("arrêté du 10 mars 2011").is_undated
        (True, False)
        """
        dated = self.since or self.seen or self.dated_by
        return self._of_law and self.article is not None and not dated

    @property
    def is_unnamed(self) -> bool:
        """Is it a text of law of which what we read names no article?

        >>> Source("arrêté du 10 mars 2011").is_unnamed
        True
        """
        return self._of_law and self.article is None

    @property
    def _of_law(self) -> bool:
        return self.text.startswith(("CCH", "Code ", "arrêté ", "ordonnance "))

    def __str__(self) -> str:
        place = self.text if self.article is None else f"{self.text}, {self.article}"
        dated = place if self.since is None else f"{place}, in force since {self.since}"
        if self.seen is not None:
            dated = f"{place}, as in force on {self.seen}"
        return dated if self.about is None else f"{dated}: {self.about.en}"


@frozen
class Boundary(Text):
    """A case at the edge of a rule, and what the rule answers.

    >>> rule("typology").boundaries[1]
    Boundary(fr='une personne, un T2', en='one person, a T2', gives='MET')
    """

    #: The outcome, the state that follows or the figure; `REFUSED`: nothing follows.
    gives: str


@frozen(kw_only=True)
class Rule(Explained):
    """One rule of the catalogue."""

    #: The name its findings bear.
    id: str
    title: Text
    #: What its texts say, in our own words.
    paraphrase: Text
    provenance: Provenance
    sources: tuple[Source, ...]
    #: The fields of `Rulebook` that it reads.
    parameters: tuple[str, ...] = ()
    #: What else it reads: tables of the housing aid or of the zones, and figures of the code.
    figures: tuple[str, ...] = ()
    #: Dotted name of the function that applies it.
    function: str
    #: The statements of the user guide that it honours, `G01` and so on.
    guide: tuple[str, ...] = ()
    #: Cases on both sides of each of its edges; the tests run every one.
    boundaries: tuple[Boundary, ...]


@frozen
class UnknownRule(AlinError, LookupError):
    """No rule of the catalogue has that id."""

    rule_id: Any
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"no rule {shown(self.rule_id)}; the catalogue holds {', '.join(self.known)}"


def load(name: str) -> dict[str, Any]:
    """The content of `law/data/<name>.toml`, read anew: callers keep what they build of it.

    A number with decimals is a `Decimal`, as printed.
    """
    # Here, so that importing the library loads neither.
    import tomllib
    from importlib.resources import files

    data = files("alin_core").joinpath("law", "data", f"{name}.toml")
    return tomllib.loads(data.read_text(encoding="utf-8"), parse_float=Decimal)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the catalogue.

    >>> [rule.id for rule in rules()][:3]
    ['typology', 'household-category', 'income-ceiling']
    """
    return tuple(_catalogue().values())


@explained
def rule(rule_id: str) -> Rule:
    """The rule of that id.

    >>> print(rule("income-ceiling").sources[0])
    Code de la construction et de l'habitation, R441-1 1°

    Raises `UnknownRule`.
    """
    catalogue = _catalogue()
    if rule_id not in catalogue:
        raise UnknownRule(rule_id, tuple(catalogue))
    return catalogue[rule_id]


@cache
def _catalogue() -> dict[str, Rule]:
    return {row["id"]: _rule(row) for row in load("rules")["rule"]}


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        title=Text(row["title_fr"], row["title_en"]),
        paraphrase=Text(row["paraphrase_fr"], row["paraphrase_en"]),
        provenance=Provenance(row["provenance"]),
        sources=tuple(_source(source) for source in row["sources"]),
        parameters=tuple(row["parameters"]),
        figures=tuple(row.get("figures", ())),
        function=row["function"],
        guide=tuple(row["guide"]),
        boundaries=tuple(Boundary(**boundary) for boundary in row["boundaries"]),
    )


def _source(row: dict[str, Any]) -> Source:
    about = Text(row.pop("about_fr"), row.pop("about_en")) if "about_fr" in row else None
    return Source(**row, about=about)

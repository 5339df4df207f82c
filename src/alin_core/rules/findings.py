"""What a rule answers: an outcome, with the figures that were compared."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from alin_core.errors import AlinError, shown
from alin_core.frozen import frozen
from alin_core.law.catalogue import Rule, rule
from alin_core.values.housing import TypologyRange
from alin_core.values.languages import Explained

__all__ = [
    "BORDERLINE",
    "MET",
    "NOT_MET",
    "UNKNOWN",
    "Fact",
    "Facts",
    "Figure",
    "Finding",
    "NoSuchFact",
    "Outcome",
]

#: What a rule compares.
Figure = Decimal | int | TypologyRange

#: What a finding adds for who reads it.
Fact = str | int | Decimal | date | tuple[str, ...] | bool | None
#: Facts by name, sorted.
Facts = tuple[tuple[str, Fact], ...]


class Outcome(StrEnum):
    """The four answers of a rule."""

    MET = "MET"
    #: Not met to the letter, but inside the tolerance of a rule that says « environ ».
    BORDERLINE = "BORDERLINE"
    NOT_MET = "NOT_MET"
    #: A missing input could change the outcome.
    UNKNOWN = "UNKNOWN"


# The rules use these so often that looking them up on the class would be a tenth of a verdict.
MET, BORDERLINE, NOT_MET, UNKNOWN = Outcome


@frozen
class NoSuchFact(AlinError, LookupError):
    """The finding does not state that fact."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"no fact {shown(self.name)}; this finding states {', '.join(self.known) or 'none'}"


#: What a finding shows of itself, before its facts.
_SHOWN = ("rule_id", "outcome", "observed", "threshold", "margin", "missing", "reason")
#: The one fact that is a free text, in which whoever writes may name somebody.
_FREE = "refusal"


def _as_they_are(*facts: tuple[str, Fact]) -> Facts:
    return facts


@frozen
class Finding(Explained):
    """The answer of one rule, with its figures; facts and sentences are made of it on demand.

    >>> finding = Finding("typology", Outcome.MET, 3, basis=(("persons", 2),))
    >>> finding.rule.title.en
    'size of the dwelling and of the household'
    >>> finding.fact("persons")
    2
    """

    rule_id: str
    outcome: Outcome
    #: What the household or the offer has; None: unknown.
    observed: Figure | None = None
    #: What it is held against; None: unknown.
    threshold: Figure | None = None
    #: Positive inside, in the unit of the figures; None: unknown.
    margin: Decimal | int | None = None
    #: The inputs that could change the outcome, as paths; empty unless UNKNOWN.
    missing: tuple[str, ...] = ()
    #: Why, where the figures do not say it.
    reason: str | None = None
    #: What the facts are made of: few findings are read that far, and facts cost as much as all
    #: the rest of a verdict.
    basis: tuple[Any, ...] = ()
    _facts_of: Callable[..., Facts] = _as_they_are

    @property
    def facts(self) -> Facts:
        """What else led to the answer: the inputs used, the edition read. Sorted by name."""
        return self._facts_of(*self.basis)

    def __repr__(self) -> str:
        told = [f"{name}={getattr(self, name)!r}" for name in _SHOWN]
        facts = tuple((name, "…" if name == _FREE else value) for name, value in self.facts)
        return f"Finding({', '.join(told)}, facts={facts!r})"

    @property
    def rule(self) -> Rule:
        """The rule itself, with its sources."""
        return rule(self.rule_id)

    def fact(self, name: str) -> Fact:
        """One of the facts, by its name; raises `NoSuchFact`."""
        for known, value in self.facts:
            if known == name:
                return value
        raise NoSuchFact(name, tuple(known for known, _ in self.facts))

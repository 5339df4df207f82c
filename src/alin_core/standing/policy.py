"""How the candidatures on one offer are ordered: criteria, and the policy that weighs them.

No formula of AL'in is public: its terms of use describe its ranking (guide, « Suivre sa
candidature »), and no policy made here may be called its own.
"""

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from attrs import Attribute, field

from alin_core.errors import InvalidValue, is_a, member, must_be, several
from alin_core.frozen import frozen
from alin_core.rules.findings import BORDERLINE, MET, Outcome
from alin_core.rules.priority import Tier
from alin_core.values.fingerprints import fingerprint
from alin_core.values.identifiers import is_text
from alin_core.values.languages import Text

__all__ = ["COMPANY_POINTS", "LARGEST_POINTS", "Criterion", "RankingPolicy"]

#: The one code of what a company gives: no policy can count it for who stays anonymous.
COMPANY_POINTS = "company"

#: A technical bound, not law: every score can be printed, in 80 columns.
LARGEST_POINTS = 1_000_000

_T = TypeVar("_T")


def _is_code(_instance: object, attribute: "Attribute[Any]", value: str | None) -> None:
    if value is not None and must_be(value, str, attribute.name) != value.strip():
        raise InvalidValue(attribute.name, value, "give it without spaces around")
    is_text(_instance, attribute, value)


def _writes_company_one_way(_instance: object, attribute: "Attribute[Any]", value: str) -> None:
    if value != COMPANY_POINTS and value.casefold() == COMPANY_POINTS:
        raise InvalidValue(attribute.name, value, f"give {COMPANY_POINTS} for the company's points")


def _in_bounds(_instance: object, attribute: "Attribute[Any]", value: int) -> None:
    if abs(must_be(value, int, attribute.name)) > LARGEST_POINTS:
        hint = f"give -{LARGEST_POINTS} to {LARGEST_POINTS}"
        raise InvalidValue(attribute.name, value, hint)


@frozen(kw_only=True)
class Criterion:
    """One line of a points system (« cotation de la demande », CCH L441-2-8).

    >>> Criterion(code="F", label_fr="habitat indigne", label_en="unfit housing", points=8).points
    8

    Points are whole: a system that counts by halves is written with every figure doubled.
    A criterion that takes points away has negative ones; of it too, points given one by one are
    counted up to its figure, and taken away.
    """

    #: `company` is that of the points of the company, whatever the policy calls them.
    code: str = field(validator=[_is_code, _writes_company_one_way])
    label_fr: str = field(validator=is_text)
    label_en: str = field(validator=is_text)
    #: What a candidate who meets it gets; the most that counts, where points are given one by one.
    points: int = field(validator=_in_bounds)
    #: The heading it stands under; None: none.
    group: str | None = field(default=None, validator=_is_code)
    #: Does it count only once proved?
    needs_proof: bool = field(default=False, validator=is_a(bool))

    @property
    def label(self) -> Text:
        """How it is called."""
        return Text(self.label_fr, self.label_en)


def _each_once(name: str, values: Iterable[Hashable]) -> None:
    before = set[Hashable]()
    for value in values:
        if value in before:
            raise InvalidValue(name, value, "give each once")
        before.add(value)


def _outcomes(value: Iterable[Outcome | str]) -> tuple[Outcome, ...]:
    given = {member(Outcome, item, "outcomes") for item in several(value, "outcomes", "a list")}
    return tuple(outcome for outcome in Outcome if outcome in given)


def _tiers(value: Iterable[Tier | str | None]) -> tuple[Tier | None, ...]:
    given = several(value, "tiers", "a list, first to last", in_order=True)
    tiers = tuple(None if item is None else member(Tier, item, "tiers") for item in given)
    _each_once("tiers", tiers)
    return tiers


def _criteria(value: Iterable[Criterion]) -> tuple[Criterion, ...]:
    given = several(value, "criteria", "a list in its order", in_order=True)
    criteria = tuple(must_be(item, Criterion, "criteria") for item in given)
    _each_once("criteria", (criterion.code for criterion in criteria))
    return criteria


def _groups(value: Iterable[str]) -> tuple[str, ...]:
    given = several(value, "highest_only", "a list")
    return tuple(sorted({must_be(item, str, "highest_only") for item in given}))


@frozen(kw_only=True)
class RankingPolicy:
    """The order of candidatures: tiers, then points, then seniority, then a draw among ties.

    >>> RankingPolicy.neutral().official
    False

    Raises `InvalidValue` for a tier or a criterion given twice, and for a group of `highest_only`
    that no criterion bears.
    """

    #: Its own name and source, told as they are in both languages.
    name: str = field(validator=is_text)
    version: str = field(validator=is_text)
    #: The text it follows, or whoever wrote it.
    source: str = field(validator=is_text)
    #: Was it published by those who rank by it?
    official: bool = field(default=False, validator=is_a(bool))
    #: Who is ranked at all, by the outcome of the assessment.
    outcomes: tuple[Outcome, ...] = field(default=(MET, BORDERLINE), converter=_outcomes)
    #: First to last; None stands for a tier that an unknown could change. Who is in none of them
    #: is set aside; empty: tiers do not count.
    tiers: tuple[Tier | None, ...] = field(default=tuple(Tier), converter=_tiers)
    criteria: tuple[Criterion, ...] = field(default=(), converter=_criteria)
    #: The groups of which only the highest criterion counts; the others add up.
    highest_only: tuple[str, ...] = field(default=(), converter=_groups)
    #: Does a criterion that needs a proof count without one?
    counts_unproved: bool = field(default=False, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        groups = {criterion.group for criterion in self.criteria}
        for group in self.highest_only:
            if group not in groups:
                raise InvalidValue("highest_only", group, "give the group of a criterion")

    @classmethod
    def neutral(cls) -> "RankingPolicy":
        """The two priorities that the guide names first, then seniority.

        READING: legal priority before that of companies, as in `Rulebook.priority_order`, and
        seniority, then a draw, where the guide is silent; it has no points, and nobody ranks by it.
        """
        return cls(
            name="neutre",
            version="1",
            source="guide d’utilisation d’AL’in, «\u00a0Présentation\u00a0», et notre lecture",
        )

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that change with any field."""
        return fingerprint(self)

"""Who comes first: the rules of priority and of ranking, as tables."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from alin_core.law.rulebook import Rulebook
from alin_core.ranking import rank
from alin_core.rules.priority import company_priority, priority_of
from alin_core.standing.policy import Criterion, RankingPolicy
from alin_core.standing.score import Candidate
from alin_core.values.demand import Demand
from alin_core.values.employment import Employer, Employment, Sector
from alin_core.values.household import Household
from alin_core.values.resources import Resources
from tools.decisions import ENGLISH, FRENCH, Case, DecisionTable, Input, one_case

__all__ = ["priority_tables"]

LAW = Rulebook.standard()
_CENT = Decimal("0.01")
_YES_OR_NO = (one_case(True, "oui", "yes"), one_case(False, "non", "no"))


def priority_tables() -> tuple[DecisionTable, ...]:
    """In the order of the pages."""
    return _company_priority(), _tier(), _ranking()


#: What is known of who employs: one value, which may be None.
Situation = tuple[Employment | None]


def _company_priority() -> DecisionTable:
    sizes = (LAW.company_headcount, LAW.agricultural_headcount)
    return DecisionTable(
        name="company-priority",
        rule_id="company-priority",
        inputs=(
            Input("employeur", "employer", _employer, (
                *(one_case(sector, *(words.word("sector", sector) for words in (FRENCH, ENGLISH)))
                  for sector in Sector),
                one_case("sector", "secteur inconnu", "unknown sector"),
                one_case("none", "aucun employeur", "no employer"),
                one_case("unknown", "situation inconnue", "unknown situation"),
            )),
            Input("effectif", "headcount", _headcount, (*_sizes(sizes),
                  one_case(None, "inconnu ou sans objet", "unknown or none"))),
        ),
        make=_situation,
        ask=lambda one: str(company_priority(*one).outcome),
    )  # fmt: skip


def _sizes(ends: tuple[Decimal, Decimal]) -> tuple[Case, ...]:
    """From nothing up to the first end, from one end to the next, from the last one on."""
    first, last = ends
    one, other = FRENCH.number(first), FRENCH.number(last)

    def within(least: Decimal, most: Decimal) -> Callable[[Any], bool]:
        return lambda size: size is not None and least <= size < most

    return (
        Case(f"moins de {one}", f"below {one}", within(Decimal(0), first),
             (Decimal(0), first - _CENT)),
        Case(f"de {one} à moins de {other}", f"from {one} to below {other}", within(first, last),
             (first, last - _CENT)),
        Case(f"{other} et plus", f"{other} and more", within(last, Decimal("Infinity")),
             (last, 100 * last)),
    )  # fmt: skip


def _employer(one: Situation) -> str:
    if one[0] is None:
        return "unknown"
    employer = one[0].employer
    return "none" if employer is None else (employer.sector or "sector")


def _headcount(one: Situation) -> Decimal | None:
    return one[0].employer.headcount if one[0] and one[0].employer else None


def _situation(employer: str, headcount: Decimal | None) -> Situation | None:
    if employer in ("none", "unknown"):
        situation = Employment(None) if employer == "none" else None
        return (situation,) if headcount is None else None
    sector = None if employer == "sector" else Sector(employer)
    return (Employment(Employer(sector=sector, headcount=headcount)),)


def _tier() -> DecisionTable:
    return DecisionTable(
        name="tier",
        rule_id="company-priority",
        inputs=(
            Input("motif reconnu par la loi", "ground recognised by law",
                  lambda one: bool(one.priority_grounds), _YES_OR_NO),
            Input("priorité d’entreprise", "company priority",
                  lambda one: str(company_priority(one.employment).outcome), (
                      one_case("MET", "oui", "yes"), one_case("NOT_MET", "non", "no"),
                      one_case("UNKNOWN", "inconnue", "unknown"))),
        ),
        make=_with_priorities,
        ask=lambda one: str(priority_of(one).tier),
    )  # fmt: skip


def _with_priorities(legal: bool, company: str) -> Demand:
    private = Employment(Employer(sector=Sector.PRIVATE, headcount=LAW.company_headcount))
    employment = {"MET": private, "NOT_MET": Employment(None), "UNKNOWN": None}[company]
    grounds = {"F"} if legal else set[str]()
    return Demand(
        household=Household.of(),
        resources=Resources(),
        priority_grounds=grounds,
        employment=employment,
    )


Pair = tuple[Candidate, Candidate]
#: One criterion, of one point: enough for two candidatures to differ.
POLICY = RankingPolicy(
    name="one criterion", version="1", source="docs/ranking.md",
    criteria=[Criterion(code="A", label_fr="A", label_en="A", points=1)],
)  # fmt: skip


def _ranking() -> DecisionTable:
    """What tells two candidatures apart."""

    def equal(value: Callable[[Candidate], Any]) -> Callable[[Pair], bool]:
        return lambda pair: bool(value(pair[0]) == value(pair[1]))

    return DecisionTable(
        name="ranking",
        rule_id="ranking",
        inputs=(
            Input("même priorité", "same tier", equal(lambda one: one.tier), _YES_OR_NO),
            Input("mêmes points", "same points", equal(lambda one: one.criteria), _YES_OR_NO),
            Input("même jour de dépôt", "same day of deposit",
                  equal(lambda one: one.lodged_on), _YES_OR_NO),
        ),
        make=_pair,
        ask=_separation,
    )  # fmt: skip


def _pair(tier: bool, points: bool, day: bool) -> Pair:
    first = Candidate(
        unique_number="111102300000100000", tier="OTHER", lodged_on=date(2023, 10, 2), outcome="MET"
    )
    other = evolve(
        first,
        unique_number="111102300000200000",
        tier="OTHER" if tier else "LEGAL",
        criteria=() if points else ("A",),
        lodged_on=date(2023, 10, 2 if day else 3),
    )
    return first, other


def _separation(pair: Pair) -> str:
    ranking = rank(pair, POLICY, offer="IVRY-T3", draw_key="2026-11-23")
    return ranking[pair[0]].separated_from(ranking[pair[1]], POLICY)

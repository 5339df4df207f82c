"""The classes of the package, found by walking it, and a strategy of values of every one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from types import ModuleType
from typing import Any

import attrs
from hypothesis import strategies as st

import alin_core as alin
from alin_core.candidature.events import Submit
from alin_core.candidature.transitions import TRANSITIONS
from alin_core.changes.between import changes_between
from alin_core.changes.examples import example_households
from alin_core.columns.names import Columns
from alin_core.eligibility import household_category, income_ceiling
from alin_core.exchange.dossier import Fault
from alin_core.exchange.replay import verify
from alin_core.housing_aid.affordability import aid_for
from alin_core.housing_aid.estimate import HousingAidHousehold
from alin_core.housing_aid.scale import aid_scale
from alin_core.housing_aid.tables import aid_editions, aid_law
from alin_core.law.catalogue import rules
from alin_core.law.guide import statements
from alin_core.registration.codes import ActivationCode, SecurityCode
from alin_core.registration.journey import MOVES
from alin_core.standing.score import SetAside, counted
from alin_core.values.privacy import masked
from tests import strategies
from tests.sne_writer import file_of

__all__ = ["classes", "law", "modules", "parts", "roots"]

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON = date(2026, 11, 23)
EXAMPLE = Path(__file__).parent.parent / "examples" / "demande.xml"


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the package."""
    names = [found.name for found in walk_packages(alin.__path__, "alin_core.")]
    return tuple(import_module(name) for name in names if not name.endswith("__main__"))


@cache
def classes() -> tuple[type[attrs.AttrsInstance], ...]:
    """Every attrs class of the package."""
    held = (one for module in modules() for one in vars(module).values())
    found = dict.fromkeys(one for one in held if isinstance(one, type) and attrs.has(one))
    return tuple(one for one in found if one.__module__.startswith("alin_core."))


def parts(value: Any) -> Iterator[Any]:
    """The value, and every attrs value in it."""
    if isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from parts(one)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(type(value)):
            yield from parts(getattr(value, field.name))


@cache
def law() -> tuple[object, ...]:
    """What no input makes: the catalogue, the tables, what changed between two days."""
    on_a_day = aid_law(ON)
    scale = aid_scale(
        on_a_day, zone=1, couple=True, dependants=2, disability_benefit=False,
        resources=Decimal(12_000),
    )  # fmt: skip
    category = household_category(alin.Household.of(), on=ON)
    ceiling = income_ceiling(alin.RentalNorm.PLS, alin.Zone.ILE_DE_FRANCE, category, on=ON)
    return (
        *(alin.Rulebook.standard(), category, ceiling),
        *(rules(), statements(), MOVES, TRANSITIONS, example_households(), Columns()),
        *(on_a_day, aid_editions("rls_income_ceiling"), scale, masked("0123")),
        changes_between(date(2025, 12, 31), date(2026, 1, 1)),
        Fault("offers[0]", "missing"),
        alin.Journey(["SUBMIT_FORM", "FOLLOW_LINK"]),
        *alin.read_demands(EXAMPLE),
    )


def journals(draw: st.DrawFn, demand: alin.Demand, offer: alin.Offer) -> Iterator[object]:
    """A record, and what became of a candidature."""
    number = demand.unique_number or "0751023000123GDPUB"
    submit = Submit(at=AT, offer=offer.reference, unique_number=number)
    record = alin.Record([submit])
    documents = alin.Documents(confirmed=True, deposited=draw(st.none() | st.booleans()))
    verdict = alin.assess(demand, offer, on=ON)
    yield from (record, record.active, documents)
    yield record.submit(demand, offer, at=AT, assessment=verdict, documents=documents)


def rankings(draw: st.DrawFn) -> Iterator[object]:
    """Two rankings of the same candidates, and who moved."""
    candidates = draw(strategies.several_candidates)
    one, other = (
        alin.rank(candidates, policy, offer="A", draw_key="k")
        for policy in (draw(strategies.policies), draw(strategies.open_policies))
    )
    compared = alin.compare(one, other)
    yield from (one, one.places, tuple(one.places), compared)
    # Those ranked may meet no criterion at all.
    yield tuple(
        counted(attrs.evolve(each, criteria={"F"}, points={}), one.policy) for each in candidates
    )
    yield tuple(one.standing(each) for each in candidates)
    yield tuple(one.between(*pair) for pair in pairwise(one.ranked))
    yield tuple(compared[each] for each in one.ranked)
    yield tuple(SetAside(each, "no date") for each in candidates[:1])


class Made(list[object]):
    """Values, of which a failed example need not print the whole: what fails names its own."""

    def __repr__(self) -> str:
        return f"<{len(self)} values>"


@st.composite
def roots(draw: st.DrawFn) -> Made:
    """Values of every class, each from any input that it takes."""
    demand, offer = draw(strategies.demands), draw(strategies.offers)
    matches = alin.matching_offers(demand, [offer], on=ON, estimate_aid=True)
    verdict = alin.assess(demand, offer, on=draw(strategies.days), housing_aid=None)
    aid = alin.estimate_housing_aid(
        rent=draw(strategies.aid_rents),
        zone=draw(strategies.aid_zones),
        household=draw(strategies.aid_households),
        resources=draw(strategies.aid_resources),
        on=draw(strategies.aid_days),
    )
    return Made(
        [
            *(demand, offer, matches, verdict, verdict.remedies(), verdict.priority),
            *(
                aid,
                aid.steps,
                aid_for(demand, offer, ON),
                HousingAidHousehold(couple=False, dependants=0),
            ),
            alin.Dossier(on=ON, demand=demand, offers=[offer]),
            verify(alin.to_json(matches).replace('"observed"', '"seen"')),
            *(
                draw(strategies.companies),
                draw(strategies.identities),
                draw(strategies.opaque_numbers),
            ),
            *(
                ActivationCode(text="1", issued_at=AT, sent_to="a"),
                SecurityCode(text="1", sent_to="a"),
            ),
            *(draw(strategies.events_of(row.event)) for row in TRANSITIONS),
            *journals(draw, demand, offer),
            *rankings(draw),
            *alin.read_demands(file_of([draw(strategies.xml_demands)], Random(0))),
            *alin.read_demands(EXAMPLE.read_bytes().replace(b"1986-01-17", b"1986-13-17")),
        ]
    )

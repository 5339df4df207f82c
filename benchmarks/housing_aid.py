"""The APL by `alin_core` and by OpenFisca-France: the same euros, and how long each takes."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from interleaved import interleaved, print_table, print_versions, ratio
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

from alin_core.housing_aid.estimate import (
    HousingAidEstimate,
    HousingAidHousehold,
    estimate_housing_aid,
)

ROUNDS = 10
MANY = 10_000
ON = date(2026, 1, 1)
FRANCE = FranceTaxBenefitSystem()
WORKED = tomllib.loads(
    (Path(__file__).parent.parent / "tests" / "cases" / "housing-aid.toml").read_text("utf-8")
)["case"]

Case = Mapping[str, Any]


def ours(case: Case) -> HousingAidEstimate:
    """One estimate, with its steps, from values as a caller holds them."""
    return estimate_housing_aid(
        rent=case["rent"],
        zone=case["zone"],
        household=HousingAidHousehold(couple=case["couple"], dependants=case["dependants"]),
        resources=case["resources"],
        on=case["on"],
        landlord_applies_rls=case["landlord_applies_rls"],
    )


def theirs(cases: Sequence[Case], *, with_rls: bool = False) -> Any:
    """A fresh simulation of households of one month, their dependants and base given."""
    month = f"{cases[0]['on']:%Y-%m}"
    simulation = SimulationBuilder().build_default_simulation(FRANCE, len(cases))
    inputs = {
        "aide_logement_base_ressources": [
            -(-float(case["resources"]) // 100) * 100 for case in cases
        ],
        "al_couple": [case["couple"] for case in cases],
        "al_nb_personnes_a_charge": [case["dependants"] for case in cases],
        "loyer": [float(case["rent"]) for case in cases],
        "statut_occupation_logement": ["locataire_hlm"] * len(cases),
        "zone_apl": [f"zone_{case['zone']}" for case in cases],
    }
    if not with_rls:
        inputs["reduction_loyer_solidarite"] = [0] * len(cases)
    for name, values in inputs.items():
        simulation.set_input(name, month, np.array(values))
    return simulation.calculate("apl", month)


def drawn(count: int, on: date, seed: int) -> list[Case]:
    """Households drawn at random, always the same ones."""
    random = np.random.default_rng(seed)
    return [
        {
            "rent": f"{cents / 100:.2f}",
            "zone": int(zone),
            "couple": bool(couple),
            "dependants": int(dependants),
            "resources": int(resources),
            "on": on,
            "landlord_applies_rls": False,
        }
        for cents, zone, couple, dependants, resources in zip(
            random.integers(5_000, 150_000, count),
            random.integers(1, 4, count),
            random.integers(0, 2, count),
            random.integers(0, 8, count),
            random.integers(0, 35_000, count),
            strict=True,
        )
    ]


def agreement() -> list[tuple[str, ...]]:
    """How many of the aids are the same euro, worked cases first, then drawn ones."""
    alone = [(ours(case), theirs([case])[0]) for case in WORKED]
    reduced = [
        (ours(case).monthly, theirs([case], with_rls=case["landlord_applies_rls"])[0])
        for case in WORKED
    ]
    rows = [
        _row("worked cases, before any reduction", [(a.before_rls, b) for a, b in alone]),
        _row("worked cases, after it", reduced),
    ]
    for on in (date(2020, 2, 1), date(2022, 7, 1), date(2024, 10, 1), ON):
        cases = drawn(MANY, on, on.year)
        pairs = [
            (ours(case).before_rls, aid) for case, aid in zip(cases, theirs(cases), strict=True)
        ]
        rows.append(_row(f"drawn at random, {on}", pairs))
    return rows


def _row(name: str, pairs: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    gaps = [abs(float(ours) - float(theirs)) for ours, theirs in pairs]
    return name, f"{len(gaps):,}", f"{gaps.count(0):,}", f"{max(gaps):.2f} €"


def timed(function: Callable[[], object]) -> Callable[[], float]:
    """A sampler of the seconds that one call takes."""

    def sample() -> float:
        begin = perf_counter()
        function()
        return perf_counter() - begin

    return sample


def print_times(title: str, samplers: Mapping[str, Callable[[], object]], count: int) -> None:
    """One table: the time for one household, each sampler treating so many."""
    samples = interleaved({name: timed(sampler) for name, sampler in samplers.items()}, ROUNDS)
    rows = [
        (
            name,
            f"{median(times) / count * 1e6:,.1f} µs",
            f"{ratio(samples, name, 'alin_core'):,.2f}",
        )
        for name, times in samples.items()
    ]
    print()
    print_table((title, "a household", "× alin_core"), rows)


def main() -> None:
    """Print the agreement, then the times."""
    print_versions("alin-core", "OpenFisca-France", "OpenFisca-Core")
    print_table(("aids compared", "households", "same euro", "widest gap"), agreement())
    few, many = drawn(20, ON, 1), drawn(MANY, ON, 1)
    one_by_one = {
        "alin_core": lambda: [ours(case).before_rls for case in few],
        "OpenFisca-France": lambda: [theirs([case]) for case in few],
    }
    at_once = {
        "alin_core": lambda: [ours(case).before_rls for case in many],
        "OpenFisca-France": lambda: theirs(many),
    }
    print_times("one household at a time", one_by_one, len(few))
    print_times(f"{MANY:,} households at once", at_once, len(many))


if __name__ == "__main__":
    main()

"""One verdict of `alin_core` against the bare function, rule engines and OpenFisca-France."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

from engines import ENGINES, Answers, answers_of, bare
from households import CASES, ON
from interleaved import interleaved, print_table, print_versions, ratio
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_france import FranceTaxBenefitSystem

import alin_core as alin

ROUNDS = 25
MONTH = f"{ON:%Y-%m}"
FRANCE = FranceTaxBenefitSystem()


def verdict(demand: alin.Demand, offer: alin.Offer) -> tuple[object, object, object]:
    """A whole verdict, read."""
    assessment = alin.assess(demand, offer, on=ON)
    return assessment.outcome, assessment.findings, assessment.priority


def build(situation: dict[str, Any]) -> Simulation:
    """A fresh simulation of one household; the tax and benefit system is shared and warm."""
    return SimulationBuilder().build_from_dict(FRANCE, situation)


def calculate(simulation: Simulation) -> object:
    """OpenFisca-France's own social-housing variable."""
    return simulation.calculate("logement_social_eligible", MONTH)


def build_and_calculate(situation: dict[str, Any]) -> object:
    """What a service would run for each household."""
    return calculate(build(situation))


def answers_of_verdict(demand: alin.Demand, offer: alin.Offer) -> Answers:
    """The verdict, reduced to what the other engines answer."""
    assessment = alin.assess(demand, offer, on=ON)
    return Answers(
        typology=assessment["typology"].outcome is alin.Outcome.MET,
        ceiling=assessment["income-ceiling"].outcome is alin.Outcome.MET,
        affordability=assessment["affordability"].outcome.name,
        priority=assessment["company-priority"].outcome is alin.Outcome.MET,
    )


def check() -> None:
    """Stop unless every engine gives every household the same four answers."""
    for case in CASES:
        request = case.prepared._asdict()
        expected = answers_of(bare(*case.integers))
        given = {name: answers_of(engine(request)) for name, engine in ENGINES.items()}
        given["alin_core"] = answers_of_verdict(case.demand, case.offer)
        for name, answers in given.items():
            if answers != expected:
                raise SystemExit(f"{name} answers {answers} for {case}, not {expected}")


def per_call(
    function: Callable[..., object], prepare: Callable[[], Iterable[tuple[Any, ...]]], loops: int
) -> Callable[[], float]:
    """A sampler of the seconds one call takes; making its arguments is not timed."""

    def sample() -> float:
        arguments = list(prepare())
        begin = perf_counter()
        for _ in range(loops):
            for each in arguments:
                function(*each)
        return (perf_counter() - begin) / (loops * len(arguments))

    return sample


def constant(arguments: Sequence[tuple[Any, ...]]) -> Callable[[], Sequence[tuple[Any, ...]]]:
    """The same arguments each round."""
    return lambda: arguments


def samplers() -> dict[str, Callable[[], float]]:
    """Everything measured, by the name it is reported under."""
    requests = constant([(case.prepared._asdict(),) for case in CASES])
    demands = constant([(case.demand, case.offer) for case in CASES])
    full, short = [[case.situation(given) for case in CASES] for given in (False, True)]
    return {
        "bare function": per_call(bare, constant([case.integers for case in CASES]), 2_000),
        "alin_core": per_call(verdict, demands, 200),
        **{name: per_call(engine, requests, 50) for name, engine in ENGINES.items()},
        "OpenFisca-France, built and calculated": per_call(
            build_and_calculate, constant([(situation,) for situation in full]), 1
        ),
        "OpenFisca-France, calculated only": per_call(
            calculate, lambda: [(build(situation),) for situation in full], 1
        ),
        "OpenFisca-France, calculated only, dependants given": per_call(
            calculate, lambda: [(build(situation),) for situation in short], 1
        ),
    }


def main() -> None:
    check()
    print_versions("alin-core", "zen-engine", "rule-engine", "OpenFisca-France", "OpenFisca-Core")
    samples = interleaved(samplers(), ROUNDS)
    rows = [
        (
            name,
            f"{median(times) * 1e6:,.2f} µs",
            f"{ratio(samples, name, 'bare function'):,.1f}",
            f"{ratio(samples, name, 'alin_core'):,.2f}",
        )
        for name, times in samples.items()
    ]
    print_table(("one household, one offer", "median", "× bare", "× alin_core"), rows)


if __name__ == "__main__":
    main()

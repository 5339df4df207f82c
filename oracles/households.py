"""Families told to OpenFisca-France, and to us, by the same few counts."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from housing_aid import FRANCE
from openfisca_core.simulation_builder import SimulationBuilder

from alin_core.values.household import Household, Person

#: Ages that sum to 55, to 56, and to far more.
AGES = ((27, 28), (28, 28), (60, 60))


class Family(NamedTuple):
    """A family by its counts: one or two parents, their dependants, their independent children."""

    parents: int
    dependants: int = 0
    independent: int = 0
    disabled: bool = False
    ages: tuple[int, int] = (60, 60)

    def ours(self, on: date) -> Household:
        """The household, whose first parent is the one disabled."""
        born = [date(on.year - age, 1, 1) for age in self.ages]
        return Household(
            applicant=Person(birth_date=born[0], disabled=self.disabled),
            partner=Person(birth_date=born[1]) if self.parents == 2 else None,
            co_applicants=(Person(birth_date=date(on.year - 28, 1, 1)),) * self.independent,
            dependants=(Person(),) * self.dependants,
        )


def simulated(families: Sequence[Family], commune: str, month: str) -> Any:
    """One simulation of them all, each at home in the commune, its dependants given as a count."""
    entities: dict[str, dict[str, Any]] = {}
    kinds = ("individus", "familles", "menages", "foyers_fiscaux")
    persons, homes, dwellings, taxed = (entities.setdefault(kind, {}) for kind in kinds)
    for place, family in enumerate(families):
        parents = [f"parent {place} {each}" for each in range(family.parents)]
        count = family.dependants + family.independent
        children = [f"child {place} {each}" for each in range(count)]
        for name, age in zip(parents, family.ages, strict=False):
            persons[name] = {"age": {month: age}}
        persons[parents[0]]["handicap"] = {month: family.disabled}
        persons.update({name: {"age": {month: 10}} for name in children})
        homes[f"{place}"] = {
            "parents": parents,
            "enfants": children,
            "al_nb_personnes_a_charge": {month: family.dependants},
        }
        dwellings[f"{place}"] = {
            "personne_de_reference": parents[:1],
            "conjoint": parents[1:],
            "enfants": children,
            "depcom": {month: commune},
        }
        taxed[f"{place}"] = {"declarants": parents, "personnes_a_charge": children}
    return SimulationBuilder().build_from_entities(FRANCE, entities)

"""Zones, categories and ceilings, held against OpenFisca-France; each disagreement is pinned."""

import csv
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import openfisca_france
import pytest
from attrs import evolve
from households import AGES, Family, simulated
from housing_aid import FRANCE
from openfisca_core.simulation_builder import SimulationBuilder

from alin_core.law.rulebook import Rulebook
from alin_core.law.tables import ceiling_table
from alin_core.law.zones import Zone, listed_communes, zone_of
from alin_core.rules.household_category import household_category
from alin_core.rules.income_ceiling import income_ceiling
from alin_core.values.housing import RentalNorm

COMMUNES = Path(openfisca_france.__file__).parent / "assets" / "apl" / "20110914_zonage.csv"
PARAMETERS = FRANCE.parameters.prestations_sociales.aides_logement.logement_social
#: Their names of the zones, with a commune in each.
ZONES = {
    "paris_communes_limitrophes": (Zone.PARIS_AND_ADJOINING, "75056"),
    "ile_de_france": (Zone.ILE_DE_FRANCE, "77288"),
    "autres_regions": (Zone.OTHER_REGIONS, "69123"),
}
ARRONDISSEMENTS = {f"751{number:02}" for number in range(1, 21)}
BOULOGNE = "92012"


def test_the_zone_of_every_commune() -> None:
    with COMMUNES.open(encoding="utf-8") as file:
        codes = sorted({row["CODGEO"] for row in csv.DictReader(file)} | listed_communes())
    simulation = SimulationBuilder().build_default_simulation(FRANCE, len(codes))
    simulation.set_input("depcom", "2026-03", np.array(codes, dtype="S5"))
    theirs = simulation.calculate("zone_logement_social", "2026-03").decode_to_str()
    apart = {
        code: (zone_of(code), str(name))
        for code, name in zip(codes, theirs, strict=True)
        if zone_of(code) is not ZONES[name][0]
    }
    overseas = {code for code in codes if code.startswith("97")}
    assert len(codes) == 36_701
    assert len(overseas) == 129
    assert apart == {
        **dict.fromkeys(ARRONDISSEMENTS, (Zone.PARIS_AND_ADJOINING, "ile_de_france")),
        BOULOGNE: (Zone.PARIS_AND_ADJOINING, "ile_de_france"),
        **dict.fromkeys(overseas, (Zone.OVERSEAS, "autres_regions")),
    }


def cells(name: str, first: int, last: int) -> dict[tuple[int, str, int], tuple[int, int]]:
    """The cells that differ, ours then theirs, by year, zone and row; 7: each further person."""
    node = PARAMETERS.plai.plafond_ressources if name == "plai" else PARAMETERS.plu
    apart = {}
    for year in range(first, last + 1):
        day = date(year, 1, 1)
        edition, theirs = ceiling_table(name).on(day), node(day.isoformat())
        for (zone_name, (zone, _)), row in product(ZONES.items(), range(7)):
            ours, _ = edition.cell(zone, row)
            further, by_row = theirs.par_personne_supplementaire, theirs.par_categorie_de_menage
            other = further if row == 6 else by_row[f"categorie_{row + 1}"]
            if other[zone_name] != ours:
                apart[year, zone_name, row + 1] = (int(ours), int(other[zone_name]))
    return apart


def test_the_ceilings_plus_of_every_year() -> None:
    assert cells("plus", 2010, 2026) == {}


def test_the_ceilings_plai_of_the_years_that_it_has() -> None:
    assert cells("plai", 2017, 2022) == {
        (2018, "paris_communes_limitrophes", 5): (35_746, 35_749),
        (2022, "paris_communes_limitrophes", 2): (21_805, 218_805),
    }


def test_the_ceilings_plai_stop_in_2022() -> None:
    column = PARAMETERS.plai.plafond_ressources.par_categorie_de_menage.categorie_1
    years = {value.instant_str[:4] for value in column.autres_regions.values_list}
    assert years == {str(year) for year in range(2017, 2023)}


#: By parents, dependants and independent children, with one disabled or not: ours, theirs.
INDEPENDENT = {
    (1, 0, 1): (2, 1),
    (1, 0, 2): (3, 1),
    (1, 1, 2): (4, 3),
    (1, 2, 2): (5, 4),
    (1, 3, 2): (6, 5),
    (2, 0, 1): (3, 6),
    (2, 0, 2): (4, 6),
    (2, 1, 1): (4, 3),
    (2, 1, 2): (5, 3),
    (2, 2, 1): (5, 4),
    (2, 2, 2): (6, 4),
    (2, 3, 1): (6, 5),
    (2, 3, 2): (6, 5),
}
#: Two of 27 and 28 with two independent children are a young household there.
INDEPENDENT_OF_THE_YOUNG = INDEPENDENT | {(2, 0, 2): (4, 3)}
del INDEPENDENT_OF_THE_YOUNG[2, 0, 1]
DISABLED = {
    (1, 0): (2, 1),
    (2, 0): (3, 2),
    (2, 1): (4, 3),
    (2, 2): (5, 4),
    (2, 3): (6, 5),
}
ON, MONTH = date(2022, 3, 1), "2022-03"


def categories(families: list[Family]) -> dict[Family, tuple[int, int]]:
    """The families whose categories differ, ours then theirs."""
    names = simulated(families, "69123", MONTH).calculate("logement_social_categorie_menage", MONTH)
    theirs = [int(name.removeprefix("categorie_")) for name in names.decode_to_str()]
    ours = [household_category(family.ours(ON), on=ON).number for family in families]
    each = zip(families, ours, theirs, strict=True)
    return {family: (own, other) for family, own, other in each if own != other}


def test_the_category_of_parents_and_their_dependants() -> None:
    families = [Family(*counts, ages=ages) for *counts, ages in product((1, 2), range(9), AGES)]
    assert categories(families) == {}


@pytest.mark.parametrize("ages", AGES)
def test_the_category_with_independent_children(ages: tuple[int, int]) -> None:
    known = INDEPENDENT_OF_THE_YOUNG if sum(ages) <= 55 else INDEPENDENT
    families = [Family(*each, ages=ages) for each in product((1, 2), range(9), (1, 2))]
    assert categories(families) == {Family(*each, ages=ages): known[each] for each in known}


@pytest.mark.parametrize("ages", AGES)
def test_the_category_with_a_disabled_parent(ages: tuple[int, int]) -> None:
    families = [Family(*each, disabled=True, ages=ages) for each in product((1, 2), range(9))]
    young = {(2, 0)} if sum(ages) <= 55 else set()
    assert categories(families) == {
        Family(*each, disabled=True, ages=ages): DISABLED[each] for each in DISABLED.keys() - young
    }


@pytest.mark.parametrize("year", range(2017, 2023))
@pytest.mark.parametrize("name", ZONES)
def test_the_ceiling_plai_of_a_family(name: str, year: int) -> None:
    zone, commune = ZONES[name]
    on, month = date(year, 3, 1), f"{year}-03"
    families = [Family(*counts) for counts in product((1, 2), range(11))]
    simulation = simulated(families, commune, month)
    theirs = simulation.calculate("logement_social_plafond_ressources", month)
    fifth = evolve(Rulebook.standard(), single_parent_further_from=6)
    known = {
        (2018, "paris_communes_limitrophes"): 5,
        (2022, "paris_communes_limitrophes"): 2,
    }.get((year, name))
    for family, ceiling in zip(families, theirs, strict=True):
        own = household_category(family.ours(on), on=on)
        read = household_category(family.ours(on), on=on, rulebook=fifth)
        assert (own != read) == (family.parents == 1 and family.dependants >= 5)
        same = income_ceiling(RentalNorm.PLAI, zone, read, on=on).amount == int(ceiling)
        assert same == (own.number != known), family

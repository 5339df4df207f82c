"""Each commune lies in the zone that the annexes give it."""

import pickle
import tracemalloc
from typing import Any

import pytest

from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.law.catalogue import load
from alin_core.law.zones import NoZone, Zone, listed_communes, zone_of

# From service-public.fr, F869, written again here: the shipped list is held against this one.
ADJOINING = {
    "92": ["012", "024", "040", "044", "046", "049", "051", "062", "064", "073", "075"],
    "93": ["001", "006", "045", "048", "055", "061", "066", "070"],
    "94": ["018", "033", "037", "041", "042", "043", "052", "067", "069", "080"],
}
ADJOINING_CODES = [code + rest for code, others in ADJOINING.items() for rest in others]


def test_twenty_nine_communes_adjoin_paris() -> None:
    assert len(ADJOINING_CODES) == 29
    assert set(load("zones")["paris_and_adjoining"]["adjoining"]) == set(ADJOINING_CODES)


@pytest.mark.parametrize("code", ["75056", *(f"75{number}" for number in range(101, 121))])
def test_paris_and_each_of_its_arrondissements(code: str) -> None:
    assert zone_of(code) is Zone.PARIS_AND_ADJOINING


@pytest.mark.parametrize("code", ADJOINING_CODES)
def test_a_commune_that_adjoins_paris(code: str) -> None:
    assert zone_of(code) is Zone.PARIS_AND_ADJOINING


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("94003", Zone.ILE_DE_FRANCE),  # Arcueil
        ("94046", Zone.ILE_DE_FRANCE),  # Maisons-Alfort
        ("94076", Zone.ILE_DE_FRANCE),  # Villejuif
        ("92012", Zone.PARIS_AND_ADJOINING),  # Boulogne-Billancourt
        ("93066", Zone.PARIS_AND_ADJOINING),  # Saint-Denis
        ("93008", Zone.ILE_DE_FRANCE),  # Bobigny
        ("91228", Zone.ILE_DE_FRANCE),
        ("95127", Zone.ILE_DE_FRANCE),
        ("77288", Zone.ILE_DE_FRANCE),
        ("78646", Zone.ILE_DE_FRANCE),
        ("2A004", Zone.OTHER_REGIONS),  # Ajaccio
        ("2B033", Zone.OTHER_REGIONS),  # Bastia
        ("2b033", Zone.OTHER_REGIONS),
        ("01001", Zone.OTHER_REGIONS),
        ("13055", Zone.OTHER_REGIONS),
        ("76540", Zone.OTHER_REGIONS),
        ("79191", Zone.OTHER_REGIONS),
        ("90010", Zone.OTHER_REGIONS),
        ("97105", Zone.OVERSEAS),
        ("97209", Zone.OVERSEAS),
        ("97302", Zone.OVERSEAS),
        ("97411", Zone.OVERSEAS),
        ("97608", Zone.OVERSEAS),
    ],
)
def test_other_communes(code: str, zone: Zone) -> None:
    assert zone_of(code) is zone


def test_pierrefitte_keeps_its_zone_under_its_old_code() -> None:
    """READING: it merged into Saint-Denis on 2025-01-01."""
    (merged,) = load("zones")["merged"]
    assert (merged["commune"], merged["into"]) == ("93059", "93066")
    assert zone_of("93059") is Zone.ILE_DE_FRANCE
    assert zone_of("93066") is Zone.PARIS_AND_ADJOINING


def test_the_other_reading_gives_it_the_zone_of_saint_denis() -> None:
    assert zone_of("93059", False) is Zone.PARIS_AND_ADJOINING
    assert zone_of("94046", False) is Zone.ILE_DE_FRANCE


@pytest.mark.parametrize("prefix", [*load("zones")["without_zone"], "980", "985"])
def test_a_territory_without_a_zone(prefix: str) -> None:
    code = f"{prefix}01"
    with pytest.raises(NoZone, match=f"no zone of the income ceilings holds commune '{code}'") as e:
        zone_of(code)
    assert e.value.commune == code
    assert isinstance(e.value, AlinError)
    assert isinstance(e.value, LookupError)
    assert pickle.loads(pickle.dumps(e.value)).commune == code


@pytest.mark.parametrize(
    "code", ["00001", "20004", "96001", "97901", "99100", "75013", "75001", "9404", "Ivry", ""]
)
def test_what_is_no_code_of_a_commune(code: str) -> None:
    with pytest.raises(InvalidValue, match="commune: ") as e:
        zone_of(code)
    assert e.value.value == code


def test_the_departments_of_ile_de_france() -> None:
    assert load("zones")["ile_de_france"]["departments"] == [
        "75", "77", "78", "91", "92", "93", "94", "95",
    ]  # fmt: skip


def test_a_zone_is_its_own_name() -> None:
    assert [str(zone) for zone in Zone] == [zone.name for zone in Zone]


def test_what_is_no_zone_is_told_as_one() -> None:
    with pytest.raises(InvalidValue, match=r"^zone: 'MARS' is refused; give one of "):
        Zone("MARS")


def test_a_commune_is_listed_where_its_department_does_not_say_its_zone() -> None:
    """Paris, those that adjoin it, and those that merged and keep their zone."""
    merged = {row["commune"] for row in load("zones")["merged"]}
    paris = {"75056", *(f"75{number}" for number in range(101, 121))}
    assert listed_communes() == paris | {*ADJOINING_CODES} | merged


@pytest.mark.parametrize("code", [["94041"], {"94041": 1}, 94041, None, b"94"])
def test_what_is_no_text_is_told_as_one(code: Any) -> None:
    with pytest.raises(WrongType, match=r"^commune: a value of type .* give str$"):
        zone_of(code)


def test_what_is_neither_yes_nor_no_is_told_as_one() -> None:
    keeps: Any = []
    with pytest.raises(WrongType, match=r"^merged_communes_keep_their_zone: .* give bool$"):
        zone_of("94041", keeps)


def test_nothing_is_kept_of_the_text_that_named_a_commune() -> None:
    zone_of("94041")
    tracemalloc.start()
    try:
        for spaces in range(100_000, 100_050):
            assert zone_of("94041" + " " * spaces) is Zone.PARIS_AND_ADJOINING
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()

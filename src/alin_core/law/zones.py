"""The zone of the income ceilings where a commune lies."""

from enum import StrEnum
from functools import cache, lru_cache

from alin_core.errors import AlinError, member
from alin_core.frozen import frozen
from alin_core.law.catalogue import load
from alin_core.values.arguments import explained
from alin_core.values.identifiers import Commune, commune

__all__ = ["NoZone", "Zone", "is_in_ile_de_france", "listed_communes", "zone_in", "zone_of"]


class Zone(StrEnum):
    """The columns of the ceiling tables, and overseas, which they leave out."""

    #: Paris et communes limitrophes.
    PARIS_AND_ADJOINING = "PARIS_AND_ADJOINING"
    #: Île-de-France hors Paris et communes limitrophes.
    ILE_DE_FRANCE = "ILE_DE_FRANCE"
    #: Autres régions, Corsica included.
    OTHER_REGIONS = "OTHER_REGIONS"
    #: Outre-mer: 971 to 974 and 976.
    OVERSEAS = "OVERSEAS"

    @classmethod
    def _missing_(cls, value: object) -> "Zone":
        return member(cls, value, "zone")


@frozen
class NoZone(AlinError, LookupError):
    """The commune exists, but the ceilings have no zone for its territory."""

    commune: Commune

    def __str__(self) -> str:
        return f"no zone of the income ceilings holds commune {self.commune!r}"


@frozen
class _Zones:
    """`law/data/zones.toml`, as sets of codes."""

    paris_and_adjoining: frozenset[str]
    ile_de_france: frozenset[str]
    overseas: frozenset[str]
    merged_into: dict[Commune, Commune]


@explained
def zone_of(code: str, merged_communes_keep_their_zone: bool = True) -> Zone:
    """The zone of the commune where the dwelling stands, by its INSEE code (arrêté, annexes).

    >>> zone_of("94041"), zone_of("94046"), zone_of("2A004")
    (<Zone.PARIS_AND_ADJOINING: 'PARIS_AND_ADJOINING'>, <Zone.ILE_DE_FRANCE: 'ILE_DE_FRANCE'>, \
<Zone.OTHER_REGIONS: 'OTHER_REGIONS'>)

    READING (`Rulebook.merged_communes_keep_their_zone`): Pierrefitte-sur-Seine (93059) did not
    adjoin Paris; it keeps its zone under its old code, though it merged into Saint-Denis (93066),
    which does.

    Raises `NoZone` for Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin and 98x,
    `InvalidValue` for what is no INSEE code.
    """
    return zone_in(commune(code), merged_communes_keep_their_zone)


@lru_cache(maxsize=65_536)  # there are fewer communes; texts that name one are without end
def zone_in(where: Commune, merged_communes_keep_their_zone: bool) -> Zone:
    """Return the zone of a code that is clean already, as an offer keeps it; see `zone_of`."""
    zones = _zones()
    if not merged_communes_keep_their_zone:
        where = zones.merged_into.get(where, where)
    if where in zones.paris_and_adjoining:
        return Zone.PARIS_AND_ADJOINING
    if is_in_ile_de_france(where):
        return Zone.ILE_DE_FRANCE
    if where < "97":  # Corsica too: 2A and 2B come before it
        return Zone.OTHER_REGIONS
    if where[:3] in zones.overseas:
        return Zone.OVERSEAS
    raise NoZone(where)


def is_in_ile_de_france(where: Commune) -> bool:
    """Does the commune lie in one of the eight departments of the region, Paris included?"""
    return commune(where)[:2] in _zones().ile_de_france


def listed_communes() -> frozenset[str]:
    """The communes that are named one by one; of any other, the department says the zone.

    >>> "94041" in listed_communes(), "94046" in listed_communes()
    (True, False)
    """
    zones = _zones()
    return zones.paris_and_adjoining.union(zones.merged_into)


@cache
def _zones() -> _Zones:
    data = load("zones")
    near = data["paris_and_adjoining"]
    return _Zones(
        paris_and_adjoining=frozenset([*near["paris"], *near["adjoining"]]),
        ile_de_france=frozenset(data["ile_de_france"]["departments"]),
        overseas=frozenset(data["overseas"]["departments"]),
        merged_into={row["commune"]: row["into"] for row in data["merged"]},
    )

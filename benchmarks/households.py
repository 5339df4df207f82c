"""Eight households before eight offers, on both sides of most edges, in each engine's own form."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import alin_core as alin

ON = date(2026, 11, 23)
CHILD_BORN = date(2019, 1, 1)


class Prepared(NamedTuple):
    """All that the four answers need, as integers; money per month is in cents."""

    persons: int
    rooms: int
    norm: int  # 0 PLAI, 1 PLUS
    zone: int  # 0 Paris and adjoining communes, 1 Île-de-France, 2 other regions
    category: int  # 0 to 5
    further: int  # persons beyond the sixth
    income: int
    monthly: int
    rent: int
    sector: int  # 0 private, 1 private agricultural, 2 public
    headcount: int


class Case(NamedTuple):
    """A household, an offer, and what both come to once prepared."""

    births: tuple[date, ...]
    children: int
    disabled: bool
    commune: str
    prepared: Prepared

    @property
    def integers(self) -> tuple[Any, ...]:
        """What the bare function takes: it finds the category and the income by itself."""
        given = self.prepared
        births = tuple(int(f"{birth:%Y%m%d}") for birth in self.births)
        household = (births, self.children, self.disabled, int(f"{ON:%Y%m%d}"))
        resources = (given.income, -1, -1, given.monthly)
        offer = (given.rooms, given.norm, given.zone)
        return (*household, *offer, *resources, given.rent, given.sector, given.headcount)

    @property
    def demand(self) -> alin.Demand:
        """The demand as `alin_core` takes it."""
        given = self.prepared
        adults = [alin.Person(birth_date=birth, disabled=self.disabled) for birth in self.births]
        sector = (alin.Sector.PRIVATE, alin.Sector.AGRICULTURAL, alin.Sector.PUBLIC)
        return alin.Demand(
            household=alin.Household(
                applicant=adults[0],
                partner=adults[1] if len(adults) == 2 else None,
                dependants=(alin.Person(birth_date=CHILD_BORN),) * self.children,
            ),
            resources=alin.Resources(
                reference_tax_income={ON.year - 2: given.income},
                monthly_income=Decimal(given.monthly) / 100,
            ),
            employment=alin.Employment(
                employer=alin.Employer(
                    siret="35600000000048",
                    sector=sector[given.sector],
                    headcount=given.headcount,
                )
            ),
        )

    @property
    def offer(self) -> alin.Offer:
        """The offer as `alin_core` takes it."""
        return alin.Offer(
            reference="BENCH",
            commune=self.commune,
            typology=f"T{self.prepared.rooms}",
            norm=("PLAI", "PLUS")[self.prepared.norm],
            rent=alin.Rent(base=Decimal(self.prepared.rent) / 100, charges=0),
        )

    def situation(self, dependants_given: bool) -> dict[str, Any]:
        """The household as OpenFisca-France takes it, with the count it would spend longest on."""
        adults = [f"adult {number}" for number, _ in enumerate(self.births)]
        children = [f"child {number}" for number in range(self.children)]
        births = [*self.births, *[CHILD_BORN] * self.children]
        years = range(ON.year - 2, ON.year + 1)
        counted = {"al_nb_personnes_a_charge": {f"{ON:%Y-%m}": self.children}}
        return {
            "individus": {
                person: {"date_naissance": {"ETERNITY": str(birth)}}
                for person, birth in zip(adults + children, births, strict=True)
            },
            "familles": {
                "family": {"parents": adults, "enfants": children}
                | (counted if dependants_given else {})
            },
            "foyers_fiscaux": {
                "notice": {
                    "declarants": adults,
                    "personnes_a_charge": children,
                    "rfr": {str(year): self.prepared.income for year in years},
                }
            },
            "menages": {
                "home": {
                    "personne_de_reference": adults[:1],
                    "conjoint": adults[1:],
                    "enfants": children,
                    "depcom": {f"{ON:%Y-%m}": self.commune},
                }
            },
        }


COUPLE = (date(1990, 5, 2), date(1991, 7, 9))
YOUNG_COUPLE = (date(2000, 5, 2), date(2001, 7, 9))
ALONE = COUPLE[:1]

CASES = (
    Case(COUPLE, 1, False, "94041", Prepared(3, 3, 1, 0, 2, 0, 31_000, 245_000, 69_740, 0, 42)),
    Case(ALONE, 0, False, "69123", Prepared(1, 2, 0, 2, 0, 0, 12_870, 100_000, 35_000, 0, 9)),
    Case(ALONE, 2, False, "94028", Prepared(3, 4, 1, 1, 3, 0, 60_000, 350_000, 90_000, 2, 3_000)),
    Case(
        YOUNG_COUPLE, 0, False, "59350", Prepared(2, 1, 1, 2, 2, 0, 37_584, 150_000, 60_000, 1, 49)
    ),
    Case(COUPLE, 5, False, "75112", Prepared(7, 6, 1, 0, 5, 1, 93_000, 420_000, 110_000, 1, 50)),
    Case(COUPLE, 0, False, "13055", Prepared(2, 3, 0, 2, 1, 0, 18_754, 160_000, 52_000, 0, 10)),
    Case(ALONE, 0, True, "44109", Prepared(1, 3, 1, 2, 1, 0, 31_254, 190_000, 63_000, 2, 12)),
    Case(COUPLE, 2, False, "93048", Prepared(4, 5, 1, 0, 3, 0, 62_968, 270_000, 100_000, 0, 800)),
)

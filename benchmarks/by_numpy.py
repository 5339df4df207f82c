"""The same answers on whole NumPy arrays, written by hand for clean rows."""

from typing import Any

import numpy as np
from by_hand import CELLS, EACH, IDF, NEAR

_CELLS, _EACH = np.array(CELLS), np.array(EACH)


def _age(born: np.ndarray) -> np.ndarray:
    months = born.astype("datetime64[M]")
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (born - months).astype(np.int64) + 1
    return 2026 - year - (month * 100 + day > 1123)


def _cents(euros: np.ndarray) -> np.ndarray:
    return np.round(euros * 100).astype(np.int64)


def by_hand(row: dict[str, np.ndarray]) -> dict[str, Any]:
    """Columns in, columns out."""
    norm = np.where(row["norm"] == "PLAI", 0, np.where(row["norm"] == "PLUS", 3, 6))
    near = np.isin(row["commune"], NEAR)
    region = np.isin(row["commune"].astype("U2"), IDF)
    place = norm + np.where(near, 0, np.where(region, 1, 2))
    adults, dependants = row["adults"], row["dependants"]
    ages = _age(row["applicant_birth_date"]) + _age(row["partner_birth_date"])
    young = row["couple"] & (adults == 2) & (dependants == 0) & (ages <= 55)
    persons = adults + dependants
    shift = row["disabled"] | ((adults == 1) & (dependants > 0)) | young
    category = np.minimum(persons + shift, 6)
    ceiling = _CELLS[place * 6 + category - 1] + np.maximum(persons - 6, 0) * _EACH[place]
    rent = _cents(row["rent"]) + _cents(row["charges"])
    means = _cents(row["monthly_income"]) + _cents(row["housing_aid"])
    least = np.minimum(persons, 5)
    fits = (row["rooms"] >= least) & ((persons >= 5) | (row["rooms"] <= persons + 1))
    within = np.where(_cents(row["reference_tax_income"]) <= ceiling * 100, 0, 3)
    size = np.where(fits, 0, 3)
    affordable = np.where(means >= 3 * rent, 0, np.where(means * 10 >= 27 * rent, 1, 3))
    private = (row["sector"] == "PRIVATE") & (row["headcount"] >= 10)
    farm = (row["sector"] == "AGRICULTURAL") & (row["headcount"] >= 50)
    return {
        "category": category,
        "ceiling": ceiling,
        "ceiling_margin": ceiling - row["reference_tax_income"],
        "rent_multiple": np.floor(means * 100 / rent) / 100,
        "income_ceiling": within,
        "typology": size,
        "affordability": affordable,
        "outcome": np.maximum(np.maximum(within, size), affordable),
        "tier": np.where(private | farm, 1, 2),
    }

"""A made-up region: demands and offers, drawn with a seed.

No register of demands is published. Sizes, incomes, rents and headcounts are round guesses, not
statistics: only the shape of the columns is that of real data. The notebooks of the site and the
benchmarks draw from here.
"""

import numpy as np
import polars as pl

COMMUNES = ["75113", "94041", "93066", "94028", "77288", "69123", "2A004", "59350", "44109"]


def _births(random: np.random.Generator, rows: int) -> np.ndarray:
    days = random.integers(-18_000, 12_500, rows)
    return days.astype("datetime64[D]")


def demands(rows: int, seed: int = 7) -> pl.DataFrame:
    """Households with their resources and their employer, nothing missing.

    One adult in half of them, two, a couple, in most others, three in the rest; born from 1920 to
    2004. The year of a partner counts for couples alone. Half have no dependant, the others one to
    three, seldom six; one in twenty holds a disability card. Half of the yearly incomes are below
    24 343 €, and eleven months of wages make one. Employers are private, agricultural or public in
    equal parts, half of them smaller than 33.
    """
    random = np.random.default_rng(seed)
    adults = random.choice([1, 2, 3], rows, p=[0.5, 0.45, 0.05])
    income = np.round(random.lognormal(10.1, 0.5, rows), 2)
    return pl.DataFrame(
        {
            "adults": adults,
            "couple": adults == 2,
            "applicant_birth_date": _births(random, rows),
            "partner_birth_date": _births(random, rows),
            "dependants": random.choice([0, 1, 2, 3, 6], rows, p=[0.5, 0.2, 0.2, 0.08, 0.02]),
            "disabled": random.random(rows) < 0.05,
            "reference_tax_income": income,
            "monthly_income": np.round(income / 11, 2),
            "housing_aid": np.round(random.choice([0.0, 85.5, 240.0], rows), 2),
            "sector": random.choice(["PRIVATE", "AGRICULTURAL", "PUBLIC"], rows),
            "headcount": np.round(random.lognormal(3.5, 1.5, rows), 2),
        }
    )


def offers(rows: int, seed: int = 8) -> pl.DataFrame:
    """Dwellings of one to five rooms with their place, their norm and their rent.

    The rent begins at 150 € and the charges at 20 €; both grow with the rooms.
    """
    random = np.random.default_rng(seed)
    rooms = random.choice([1, 2, 3, 4, 5], rows)
    return pl.DataFrame(
        {
            "commune": random.choice(COMMUNES, rows),
            "norm": random.choice(["PLAI", "PLUS", "PLS"], rows),
            "rooms": rooms,
            "rent": np.round(150 + 150 * rooms * random.random(rows) ** 0.5, 2),
            "charges": np.round(20 + 20 * rooms * random.random(rows), 2),
        }
    )


def rows(count: int) -> pl.DataFrame:
    """One offer beside each demand."""
    return pl.concat([demands(count), offers(count)], how="horizontal")


def with_nulls(frame: pl.DataFrame, seed: int = 9) -> pl.DataFrame:
    """The same rows, one value in twenty missing."""
    random = np.random.default_rng(seed)
    gone = {name: pl.Series(random.random(len(frame)) < 0.05) for name in frame.columns}
    return frame.with_columns(
        **{name: pl.when(~lost).then(pl.col(name)) for name, lost in gone.items()}
    )

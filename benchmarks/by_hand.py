"""The same answers written by hand, as fast as we could: no null, no unknown, no reason.

Each takes the columns of `region.rows` and gives category, ceiling, margin, multiple, three
outcomes (0 met, 1 borderline, 3 not met), the worst, and the tier (1 company, 2 other).
"""

import datetime

import polars as pl

ON = datetime.date(2026, 11, 23)
NEAR = [
    "75056",
    *(f"751{number:02}" for number in range(1, 21)),
    *("92012", "92024", "92040", "92044", "92046", "92049", "92051", "92062", "92064", "92073"),
    *("92075", "93001", "93006", "93045", "93048", "93055", "93061", "93066", "93070", "94018"),
    *("94033", "94037", "94041", "94042", "94043", "94052", "94067", "94069", "94080"),
]
IDF = ["75", "77", "78", "91", "92", "93", "94", "95"]
PLAI = (
    (14811, 24140, 31643, 34637, 41203, 46369),
    (14811, 24140, 29018, 31860, 37719, 42444),
    (12870, 18753, 22551, 25092, 29359, 33086),
)
PLUS = (
    (26920, 40233, 52740, 62968, 74919, 84304),
    (26920, 40233, 48362, 57930, 68577, 77171),
    (23403, 31254, 37584, 45374, 53376, 60156),
)
FURTHER = ((5166, 4727, 3689), (9394, 8598, 6710), (12212, 11177, 8723))


def _pls(amount: int) -> int:
    return (amount * 13 + 5) // 10


PLS = tuple(tuple(map(_pls, column)) for column in PLUS)
#: By norm, zone and category; PLS is rounded half up.
CELLS = [amount for norm in (PLAI, PLUS, PLS) for column in norm for amount in column]
EACH = [amount for norm in FURTHER for amount in norm]


def gathered() -> dict[str, pl.Expr]:
    """Polars, each look-up a gather by integer key."""
    norm = (
        pl.when(pl.col("norm") == "PLAI")
        .then(pl.lit(0, pl.Int32))
        .otherwise(pl.when(pl.col("norm") == "PLUS").then(1).otherwise(2))
    )
    zone = (
        pl.when(pl.col("commune").is_in(NEAR))
        .then(pl.lit(0, pl.Int32))
        .otherwise(pl.when(pl.col("commune").str.head(2).is_in(IDF)).then(1).otherwise(2))
    )
    ages = [
        ON.year
        - born.dt.year()
        - ((born.dt.month().cast(pl.Int32) * 100 + born.dt.day()) > ON.month * 100 + ON.day)
        for born in (pl.col("applicant_birth_date"), pl.col("partner_birth_date"))
    ]
    adults, dependants = pl.col("adults").cast(pl.Int32), pl.col("dependants").cast(pl.Int32)
    young = pl.col("couple") & (adults == 2) & (dependants == 0) & (ages[0] + ages[1] <= 55)
    shift = pl.col("disabled") | ((adults == 1) & (dependants > 0)) | young
    persons = adults + dependants
    category = pl.min_horizontal(persons + shift, 6)
    place = norm * 3 + zone
    further = pl.lit(pl.Series(EACH, dtype=pl.Int32)).gather(place)
    base = pl.lit(pl.Series(CELLS, dtype=pl.Int32)).gather(place * 6 + category - 1)
    ceiling = base + pl.max_horizontal(persons - 6, 0) * further
    rent = _cents("rent") + _cents("charges")
    means = _cents("monthly_income") + _cents("housing_aid")
    rooms = pl.col("rooms")
    least = pl.min_horizontal(persons, 5)
    ceiling_code = pl.when(_cents("reference_tax_income") <= ceiling.cast(pl.Int64) * 100).then(0)
    size_code = pl.when((rooms >= least) & ((rooms <= least + 1) | (least == 5))).then(0)
    rent_code = (
        pl.when(means >= 3 * rent)
        .then(pl.lit(0, pl.Int8))
        .otherwise(pl.when(means * 10 >= 27 * rent).then(1).otherwise(3))
    )
    codes = [code.otherwise(pl.lit(3, pl.Int8)) for code in (ceiling_code, size_code)]
    codes.append(rent_code)
    company = ((pl.col("sector") == "PRIVATE") & (pl.col("headcount") >= 10)) | (
        (pl.col("sector") == "AGRICULTURAL") & (pl.col("headcount") >= 50)
    )
    return {
        "category": category,
        "ceiling": ceiling,
        "ceiling_margin": ceiling - pl.col("reference_tax_income"),
        "rent_multiple": (means * 100 / rent).floor() / 100,
        "income_ceiling": codes[0],
        "typology": codes[1],
        "affordability": codes[2],
        "outcome": pl.max_horizontal(*codes),
        "tier": pl.when(company).then(pl.lit(1, pl.Int8)).otherwise(2),
    }


def _cents(name: str) -> pl.Expr:
    return (pl.col(name) * 100).round().cast(pl.Int64)

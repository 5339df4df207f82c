"""The same answers in SQL, written by hand for clean rows: DuckDB and Spark both read it."""

import re

from by_hand import CELLS, EACH, IDF, NEAR


def _texts(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def by_hand() -> str:
    """A query over `rows`, with the tables `cells` and `each` joined by integer key."""
    age = (
        "(2026 - year({0}) - CASE WHEN month({0}) * 100 + day({0}) > 1123 THEN 1 ELSE 0 END)"
    ).format
    cents = "CAST(round({} * 100) AS BIGINT)".format
    return f"""
WITH coded AS (
  SELECT *,
    CASE norm WHEN 'PLAI' THEN 0 WHEN 'PLUS' THEN 3 ELSE 6 END + CASE
      WHEN commune IN ({_texts(NEAR)}) THEN 0
      WHEN substr(commune, 1, 2) IN ({_texts(IDF)}) THEN 1 ELSE 2 END AS place,
    adults + dependants AS persons_,
    CASE WHEN disabled OR (adults = 1 AND dependants > 0) OR (couple AND adults = 2
      AND dependants = 0 AND {age("applicant_birth_date")} + {age("partner_birth_date")} <= 55)
      THEN 1 ELSE 0 END AS shift,
    {cents("rent")} + {cents("charges")} AS whole,
    {cents("monthly_income")} + {cents("housing_aid")} AS means,
    {cents("reference_tax_income")} AS income
  FROM rows_
), ceiled AS (
  SELECT /*+ BROADCAST(cells, each_) */ coded.*, least(persons_ + shift, 6) AS category_,
    cells.amount + greatest(persons_ - 6, 0) * each_.amount AS ceiling_
  FROM coded
  JOIN cells ON cells.key = place * 6 + least(persons_ + shift, 6) - 1
  JOIN each_ ON each_.key = place
), judged AS (
  SELECT *,
    CASE WHEN income <= ceiling_ * 100 THEN 0 ELSE 3 END AS ceiling_code,
    CASE WHEN rooms >= least(persons_, 5) AND (persons_ >= 5 OR rooms <= persons_ + 1)
      THEN 0 ELSE 3 END AS size_code,
    CASE WHEN means >= 3 * whole THEN 0 WHEN means * 10 >= 27 * whole THEN 1 ELSE 3 END
      AS rent_code,
    CASE WHEN (sector = 'PRIVATE' AND headcount >= 10)
      OR (sector = 'AGRICULTURAL' AND headcount >= 50) THEN 1 ELSE 2 END AS tier_
  FROM ceiled
)
SELECT * EXCLUDE (place, persons_, shift, whole, means, income),
  ceiling_ - reference_tax_income AS ceiling_margin_,
  floor(means * 100 / whole) / 100 AS rent_multiple_,
  greatest(ceiling_code, size_code, rent_code) AS outcome_code
FROM judged"""


def same_answers() -> str:
    """By hand too, with every column of `assess_frame`: nulls are unknown, reasons are bits.

    Where SQL has a null, the answer is unknown. That a commune exists is not looked at.
    """
    age = "({on} - (year({0}) * 10000 + month({0}) * 100 + day({0}))) // 10000"
    first, second = (
        age.format(name, on=20261123) for name in ("applicant_birth_date", "partner_birth_date")
    )
    cents = (
        "CASE WHEN {0} >= 0 AND {0} < 1e9 THEN CAST(floor({0} * 100 + 0.5) AS BIGINT) END"
    ).format
    outcome = "ENUM('MET', 'BORDERLINE', 'UNKNOWN', 'NOT_MET')"
    named = f"(['MET', 'BORDERLINE', 'UNKNOWN', 'NOT_MET']::{outcome}[])[{{}} + 1]".format
    return f"""
WITH coded AS (
  SELECT *,
    CASE norm WHEN 'PLAI' THEN 0 WHEN 'PLUS' THEN 3 WHEN 'PLS' THEN 6 END AS norm_,
    CASE WHEN commune IN ({_texts(NEAR)}) THEN 0
      WHEN substr(commune, 1, 2) IN ({_texts(IDF)}) THEN 1
      WHEN length(commune) = 5 THEN 2 END AS zone_,
    adults + coalesce(dependants, 0) AS persons_,
    coalesce(disabled, false) OR (adults = 1 AND coalesce(dependants, 0) > 0) AS shifted,
    coalesce(couple, false) AND adults = 2 AND coalesce(dependants, 0) = 0 AS may_be_young,
    coalesce({first}, 0) + coalesce({second}, 0) <= 55 AS maybe_young,
    {first} + {second} <= 55 AS surely_young,
    {cents("rent")} AS rent_, {cents("charges")} AS charges_,
    {cents("monthly_income")} AS monthly_, coalesce({cents("housing_aid")}, 0) AS aid_,
    {cents("reference_tax_income")} AS income_, {cents("headcount")} AS size_
  FROM rows_
), grouped AS (
  SELECT *,
    CASE WHEN persons_ > 0 THEN least(persons_
      + CASE WHEN shifted OR (may_be_young AND surely_young) THEN 1 ELSE 0 END, 6) END AS category_,
    CASE WHEN NOT shifted AND may_be_young AND maybe_young AND surely_young IS NULL THEN 3 END
      AS higher_,
    norm_ + zone_ AS place_, coalesce(rent_, 0) + coalesce(charges_, 0) AS rent_known,
    rent_ + charges_ AS whole_, coalesce(monthly_, 0) + aid_ AS means_
  FROM coded
), ceiled AS (
  SELECT grouped.*, (one.amount + greatest(persons_ - 6, 0) * each_.amount) * 100 AS ceiling_,
    two.amount * 100 AS other_
  FROM grouped
  LEFT JOIN cells AS one ON one.key = place_ * 6 + category_ - 1
  LEFT JOIN cells AS two ON two.key = place_ * 6 + higher_ - 1
  LEFT JOIN each_ ON each_.key = place_
), judged AS (
  SELECT *,
    CASE WHEN income_ <= ceiling_ AND (other_ IS NULL OR income_ <= other_) THEN 0
      WHEN income_ > ceiling_ AND (other_ IS NULL OR income_ > other_) THEN 3 ELSE 2 END
      AS ceiling_code,
    CASE WHEN rooms >= least(persons_, 5) AND (persons_ >= 5 OR rooms <= persons_ + 1) THEN 0
      WHEN rooms IS NULL OR persons_ IS NULL THEN 2 ELSE 3 END AS size_code,
    CASE WHEN means_ >= 3 * rent_known AND whole_ IS NOT NULL THEN 0
      WHEN means_ * 10 < 27 * rent_known AND monthly_ IS NOT NULL THEN 3
      WHEN monthly_ IS NOT NULL AND whole_ IS NOT NULL THEN 1 ELSE 2 END AS rent_code,
    CASE WHEN sector = 'PUBLIC' THEN 3
      WHEN sector = 'PRIVATE'
        THEN CASE WHEN size_ >= 1000 THEN 0 WHEN size_ IS NULL THEN 2 ELSE 3 END
      WHEN sector = 'AGRICULTURAL'
        THEN CASE WHEN size_ >= 5000 THEN 0 WHEN size_ IS NULL THEN 2 ELSE 3 END
      WHEN size_ < 1000 THEN 3 ELSE 2 END AS company_code
  FROM ceiled
), undecided AS (
  SELECT *, coalesce(higher_ IS NOT NULL AND ceiling_code = 2
    AND (ceiling_ IS NOT NULL OR (norm IS NULL AND zone_ IS NOT NULL)), false) AS undecided_,
    CASE WHEN ceiling_code = 3 THEN coalesce(other_, ceiling_) ELSE ceiling_ END AS told_
  FROM judged
)
SELECT {_GIVEN},
  category_::TINYINT AS category, higher_::TINYINT AS category_or,
  CASE WHEN NOT undecided_ THEN told_ / 100 END AS ceiling,
  CASE WHEN ceiling_code <> 2 THEN (told_ - income_) / 100 END AS ceiling_margin,
  CASE WHEN monthly_ IS NOT NULL AND whole_ > 0 THEN means_ * 100 // whole_ / 100 END
    AS rent_multiple,
  {named("ceiling_code")} AS income_ceiling_outcome, {named("size_code")} AS typology_outcome,
  {named("rent_code")} AS affordability_outcome, 'NOT_MET'::{outcome} AS legal_priority_outcome,
  {named("company_code")} AS company_priority_outcome,
  CASE company_code WHEN 0 THEN 'COMPANY' WHEN 3 THEN 'OTHER' END::ENUM('LEGAL', 'COMPANY', 'OTHER')
    AS tier,
  {named("greatest(ceiling_code, size_code, rent_code)")} AS outcome,
  (CASE WHEN undecided_ AND applicant_birth_date IS NULL THEN 1 ELSE 0 END
  + CASE WHEN undecided_ AND partner_birth_date IS NULL THEN 2 ELSE 0 END
  + CASE WHEN ceiling_code = 2 AND income_ IS NULL THEN 8 ELSE 0 END
  + CASE WHEN rent_code = 2 AND monthly_ IS NULL THEN 16 ELSE 0 END
  + CASE WHEN company_code <> 2 THEN CASE WHEN sector = 'PUBLIC' THEN 8192 ELSE 0 END
      WHEN sector IS NULL THEN CASE WHEN size_ IS NULL THEN 32 ELSE 128 END ELSE 64 END
  + CASE WHEN norm IS NULL THEN 256 ELSE 0 END
  + CASE WHEN rent_code = 2 AND charges_ IS NULL THEN 512 ELSE 0 END
  + CASE WHEN size_code <> 3 THEN 0 WHEN rooms < least(persons_, 5) THEN 16384 ELSE 32768 END
  + CASE WHEN adults IS NULL THEN 65536 ELSE 0 END
  + CASE WHEN commune IS NULL THEN 262144 ELSE 0 END
  + CASE WHEN rooms IS NULL THEN 524288 ELSE 0 END
  + CASE WHEN rent_code = 2 AND rent_ IS NULL THEN 1048576 ELSE 0 END)::INTEGER AS reasons
FROM undecided"""


def for_spark(query: str) -> str:
    """The same in the words of Spark, which has no `ENUM` and names an element from 0."""
    query = query.replace("* EXCLUDE (", "* EXCEPT (").replace(" // ", " div ")
    query = re.sub(r"\(\[([^]]*)\]::ENUM\([^)]*\)\[\]\)\[(.*?) \+ 1\]", r"array(\1)[\2]", query)
    return re.sub(r"::ENUM\([^)]*\)", "::STRING", query)


_GIVEN = ", ".join(
    (
        *("adults", "couple", "applicant_birth_date", "partner_birth_date", "dependants"),
        *("disabled", "reference_tax_income", "monthly_income", "housing_aid", "sector"),
        *("headcount", "commune", "norm", "rooms", "rent", "charges"),
    )
)
TABLES = {"cells": CELLS, "each_": EACH}

"""The same answers in SQL, written by hand for clean rows: DuckDB and Spark both read it."""

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
  SELECT coded.*, least(persons_ + shift, 6) AS category_,
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


TABLES = {"cells": CELLS, "each_": EACH}

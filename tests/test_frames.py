"""Columns: what a frame must hold, and what comes back."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from attrs import evolve
from narwhals.exceptions import NarwhalsError
from pyarrow.parquet import write_table

from alin_core.columns import places
from alin_core.columns.cleaning import cleaned
from alin_core.columns.names import Columns, MissingColumn, bit, reason_names
from alin_core.commands.parquet import assess_parquet
from alin_core.eligibility import assess
from alin_core.errors import InvalidValue, MissingExtra, NotADate, WrongType
from alin_core.frames import assess_frame, compare_rulebooks, cross_assess, to_frame
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import NoZone, zone_of
from alin_core.values.demand import Demand
from alin_core.values.employment import Employer, Employment
from alin_core.values.household import Household
from alin_core.values.housing import Offer, Rent
from alin_core.values.resources import Resources
from tests.days import LAST, day_after

ON = date(2026, 11, 23)
STANDARD = Rulebook.standard()
DEMAND: dict[str, Any] = {
    "adults": 1,
    "applicant_birth_date": date(1990, 5, 2),
    "partner_birth_date": None,
    "dependants": 1,
    "reference_tax_income": 31_000.0,
    "monthly_income": 2_450.0,
    "sector": "PRIVATE",
    "headcount": 42.0,
}
OFFER: dict[str, Any] = {
    "commune": "94041",
    "norm": "PLUS",
    "rooms": 3,
    "rent": 612.40,
    "charges": 85.0,
}
READY = Columns(category="ready")


def frame(**changed: Any) -> pl.DataFrame:
    days = {"applicant_birth_date": pl.Date, "partner_birth_date": pl.Date, "lease": pl.Date}
    return pl.DataFrame([DEMAND | OFFER | changed], schema_overrides=days)


def answer(on: Any = ON, columns: Columns | None = None, **changed: Any) -> dict[str, Any]:
    return assess_frame(frame(**changed), on=on, columns=columns).to_dicts()[0]


def reasons(on: Any = ON, columns: Columns | None = None, **changed: Any) -> tuple[str, ...]:
    return reason_names(answer(on, columns, **changed)["reasons"], on=ON)


class TestKinds:
    def test_a_frame_comes_back_as_it_came(self) -> None:
        eager = frame()
        frames = [eager, eager.lazy(), eager.to_pandas(), eager.to_arrow()]
        for given in (*frames, duckdb.from_arrow(eager.to_arrow())):
            assert type(assess_frame(given, on=ON)) is type(given)

    def test_nothing_lazy_is_collected(self) -> None:
        def refuse(_frame: pl.DataFrame) -> pl.DataFrame:
            raise AssertionError("collected")

        lazy = frame().lazy().map_batches(refuse, schema=frame().schema)
        assert isinstance(assess_frame(lazy, on=ON), pl.LazyFrame)

    def test_the_columns_given_come_first(self) -> None:
        given = frame(name="Martin")
        assert assess_frame(given, on=ON).columns[: len(given.columns)] == given.columns

    def test_rows_keep_their_order_and_their_index(self) -> None:
        several = pl.concat([frame(rooms=rooms) for rooms in (5, 1, 3)])
        assert assess_frame(several, on=ON)["rooms"].to_list() == [5, 1, 3]
        indexed = several.to_pandas().set_axis(["a", "b", "c"])
        assert list(assess_frame(indexed, on=ON).index) == ["a", "b", "c"]

    def test_an_empty_frame_has_the_columns_of_a_full_one(self) -> None:
        for given in (frame(), frame().to_arrow()):
            done = assess_frame(given[:0], on=ON)
            assert done.shape[0] == 0
            assert done.schema == assess_frame(given, on=ON).schema

    def test_a_label_is_one_byte_where_the_engine_knows_enumerations(self) -> None:
        assert assess_frame(frame(), on=ON).schema["outcome"] == pl.Enum(
            ["MET", "BORDERLINE", "UNKNOWN", "NOT_MET"]
        )

    def test_another_lazy_engine_is_refused_by_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(nw.LazyFrame, "implementation", nw.Implementation.IBIS)
        with pytest.raises(InvalidValue, match="'ibis' is refused; give a frame of Polars, pandas"):
            assess_frame(frame().lazy(), on=ON)

    def test_any_width_of_column_holds_an_input(self) -> None:
        due = answer()
        for kind in (pl.Int8, pl.UInt8, pl.Int32, pl.Float32, pl.Decimal(9, 0)):
            given = frame().with_columns(pl.col("adults", "rooms").cast(kind))
            assert assess_frame(given, on=ON).to_dicts()[0] == due
        for kind in (pl.Decimal(12, 2), pl.Decimal(12, 4)):
            given = frame().with_columns(pl.col("rent", "charges").cast(kind))
            assert assess_frame(given, on=ON).to_dicts()[0]["rent_multiple"] == 3.51
        given = frame().with_columns(pl.col("norm").cast(pl.Categorical))
        assert assess_frame(given, on=ON).to_dicts()[0] == due
        given = frame().with_columns(pl.col("applicant_birth_date").cast(pl.Datetime))
        assert assess_frame(given, on=ON).drop("applicant_birth_date").row(0) == tuple(
            value for name, value in due.items() if name != "applicant_birth_date"
        )

    def test_a_column_without_any_value_may_have_no_type(self) -> None:
        given = frame().with_columns(pl.lit(None).alias("charges"), pl.lit(None).alias("sector"))
        said = assess_frame(given, on=ON).to_dicts()[0]
        assert reason_names(said["reasons"], on=ON) == (
            "employment.employer.sector",
            "offer.rent.charges",
        )

    @pytest.mark.parametrize("number", [10, 1.0, "42"])
    @pytest.mark.parametrize("name", ["disabled", "employed", "applicant_birth_date", "lease"])
    def test_a_number_or_a_text_is_no_day_and_no_yes(self, name: str, number: Any) -> None:
        """A year was a day of 1970, 05/02/1990 the second of May, and the text `True` a no."""
        given = frame().with_columns(lease=pl.lit(ON)).with_columns(pl.lit(number).alias(name))
        told = rf"column {name} (of \w+|with ('42'|a value of type str)).* is refused; give a col"
        on: Any = "lease" if name == "lease" else ON
        frames = [given, given.lazy(), given.to_pandas(), given.to_arrow()]
        for each in (*frames, duckdb.from_arrow(given.to_arrow())):
            with pytest.raises(InvalidValue, match=told):
                assess_frame(each, on=on)

    @pytest.mark.parametrize("name", ["adults", "rent"])
    def test_neither_a_day_nor_a_yes_is_a_number(self, name: str) -> None:
        for value in (True, ON):
            given = frame().with_columns(pl.lit(value).alias(name))
            with pytest.raises(InvalidValue, match="give a column of numbers or texts"):
                assess_frame(given, on=ON)

    @pytest.mark.parametrize("name", ["applicant_birth_date", "partner_birth_date", "lease"])
    def test_an_instant_is_no_day(self, name: str) -> None:
        """Midnight in Paris was the day before where the engine or its session is in UTC."""
        instant = datetime(1999, 5, 1, 22, tzinfo=UTC)
        on: Any = "lease" if name == "lease" else ON
        with duckdb.connect() as session:
            for zone in ("UTC", "Europe/Paris"):
                kind = pl.Datetime("us", zone)
                given = frame(lease=ON).with_columns(pl.lit(instant).cast(kind).alias(name))
                table, objects = given.to_arrow(), given.to_pandas().astype(object)
                session.execute(f"SET TimeZone = '{zone}'")
                frames = [given, given.lazy(), given.to_pandas(), objects, table]
                frames.append(table.to_pandas(types_mapper=pd.ArrowDtype))
                for each in (*frames, session.from_arrow(table)):
                    told = (
                        f"column {name} .*; give a column of days: convert to dates in Europe/Paris"
                    )
                    with pytest.raises(InvalidValue, match=told):
                        assess_frame(each, on=on)

    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("applicant_birth_date", "11/12/1997", "a value of type str"),
            ("partner_birth_date", 20_000, "a value of type int"),
            ("lease", 2026, "2026"),
            ("couple", "True", "'True'"),
            ("disabled", 1, "1"),
            ("employed", np.int64(1), "a value of type int64"),
            ("adults", True, "True"),
            ("rent", np.True_, "a value of type bool"),
            ("charges", ON, "2026-11-23"),
            ("rooms", [3], r"\[3\]"),
        ],
    )
    @pytest.mark.parametrize("rows", [1, 100])
    def test_each_object_of_pandas_is_looked_at(
        self, name: str, value: Any, told: str, rows: int
    ) -> None:
        """The month was read first, the text `True` was a no, and True was one euro."""
        given = frame(lease=ON, couple=True, disabled=False, employed=True).to_pandas()
        given = pd.concat([given.astype(object)] * rows, ignore_index=True)
        odd = given.tail(1).copy()
        odd[name] = pd.Series([value], index=odd.index, dtype=object)
        on: Any = "lease" if name == "lease" else ON
        with pytest.raises(InvalidValue, match=f"column {name} with {told}.* is refused; give a"):
            assess_frame(pd.concat([given, odd]), on=on)

    def test_objects_of_pandas_may_begin_with_nulls(self) -> None:
        due = answer(dependants=0, disabled=True)
        assert due["category"] == 2
        full = frame(dependants=0, disabled=True).to_pandas().astype(object)
        full["rent"], full["charges"] = Decimal("612.40"), "85"
        full["applicant_birth_date"] = pd.Series([pd.Timestamp("1990-05-02 23:30")], dtype=object)
        full["disabled"] = pd.Series([np.True_], dtype=object)
        none = pd.DataFrame(pd.NA, index=range(100), columns=full.columns, dtype=object)
        told = assess_frame(pd.concat([none, full]), on=ON).tail(1).to_dict("records")[0]
        for name in ("category", "ceiling", "rent_multiple", "outcome", "reasons"):
            assert told[name] == due[name]

    def test_pandas_gives_a_column_without_values_any_type(self) -> None:
        none = {name: float("nan") for name in ("disabled", "applicant_birth_date", "lease")}
        told = assess_frame(frame().to_pandas().assign(**none), on="lease")
        assert reason_names(told["reasons"][0], on=ON) == ("on",)

    def test_among_objects_na_is_null(self) -> None:
        given = frame().to_pandas().astype(object)
        for name in ("adults", "monthly_income", "disabled", "applicant_birth_date", "commune"):
            given[name] = pd.Series([pd.NA], dtype=object)
        told = assess_frame(pd.concat([given, frame().to_pandas().astype(object)]), on=ON)
        names = ("resources.monthly_income", "household", "offer.commune")
        assert reason_names(told["reasons"].iloc[0], on=ON) == names
        assert list(told["outcome"]) == ["UNKNOWN", "MET"]


class TestColumns:
    def test_a_missing_column_is_named_with_what_it_decides(self) -> None:
        with pytest.raises(MissingColumn, match="no column 'charges', which decides affordability"):
            assess_frame(frame().drop("charges"), on=ON)
        with pytest.raises(
            MissingColumn, match=r"no column 'lease', .*; give a datetime\.date, or"
        ):
            assess_frame(frame(), on="lease")

    def test_a_column_left_out_is_unknown(self) -> None:
        assert reasons(columns=Columns(charges=None)) == ("offer.rent.charges",)

    def test_a_claim_that_has_no_column_is_not_claimed(self) -> None:
        assert answer()["ceiling"] == 52_740
        with pytest.raises(MissingColumn):
            answer(columns=Columns(unborn="to_be_born"))

    def test_a_column_can_bear_another_name(self) -> None:
        assert answer(loyer=1_000.0, columns=Columns(rent="loyer"))["rent_multiple"] == 2.25

    def test_a_name_is_a_text(self) -> None:
        with pytest.raises(WrongType):
            Columns(rent=3)  # type: ignore[arg-type]

    def test_no_column_is_overwritten(self) -> None:
        with pytest.raises(InvalidValue, match="'outcome' is refused; rename this column"):
            answer(outcome="MET")

    def test_no_column_bears_a_name_of_ours(self) -> None:
        renamed = frame().with_columns(__alin_rent=pl.lit("mine"))
        with pytest.raises(InvalidValue, match="'__alin_rent' is refused; rename this column"):
            assess_frame(renamed, on=ON)
        with pytest.raises(InvalidValue, match="'__alin_rent' is refused; rename this column"):
            compare_rulebooks(renamed, STANDARD, STANDARD, on=ON)
        assert 0 in assess_frame(frame().to_pandas().assign(x=1).rename({"x": 0}, axis=1), on=ON)

    def test_to_sql_names_differ_by_more_than_their_case(self) -> None:
        loud = frame(Outcome="MET")
        assert assess_frame(loud, on=ON)["Outcome"].to_list() == ["MET"]
        with pytest.raises(InvalidValue, match="'Outcome' is refused; rename this column"):
            assess_frame(duckdb.from_arrow(loud.to_arrow()), on=ON)

    def test_an_argument_of_another_type_is_named(self) -> None:
        wrong: dict[str, Any]
        for wrong in ({"rulebook": "2026"}, {"columns": {"rent": "loyer"}}):
            with pytest.raises(WrongType, match=next(iter(wrong))):
                assess_frame(frame(), on=ON, **wrong)

    def test_a_couple_of_one_adult_is_none(self) -> None:
        """As `Household.of` refuses it."""
        assert reasons(adults=1, couple=True) == ("household", "refused value")
        assert answer(adults=1, couple=True)["category"] is None
        assert "refused value" not in reasons(adults=2, couple=True)
        for couple in (False, None):
            assert "refused value" not in reasons(adults=1, couple=couple)

    def test_a_household_can_come_with_its_category(self) -> None:
        said = answer(ready=6, further_persons=2, persons=8, columns=READY)
        assert (said["category"], said["ceiling"]) == (6, 84_304 + 2 * 9_394)
        assert said["typology_outcome"] == "NOT_MET"

    def test_further_persons_come_with_the_last_category_alone(self) -> None:
        """As `HouseholdCategory` refuses them elsewhere."""
        few: dict[str, Any] = {"persons": 3, "further_persons": 2}
        said = answer(ready=3, columns=READY, **few)
        assert (said["ceiling"], said["ceiling_margin"]) == (52_740, 21_740)
        assert reason_names(said["reasons"], on=ON) == ("refused value",)
        assert reasons(ready=5, columns=READY, **few | {"further_persons": 0}) == ()
        assert "refused value" not in reasons(ready=None, columns=READY, **few)

    def test_a_ready_category_may_be_unknown(self) -> None:
        nothing: dict[str, Any] = {"ready": None, "persons": None}
        said = answer(columns=READY, **nothing)
        assert said["income_ceiling_outcome"] == said["typology_outcome"] == "UNKNOWN"
        assert reasons(columns=READY, **nothing) == ("household",)
        assert reasons(columns=READY, ready=7, persons=3) == ("household", "refused value")


class TestDay:
    def test_a_column_can_hold_the_day(self) -> None:
        said = answer("lease", lease=date(2025, 12, 31))
        assert said["ceiling"] == assess_frame(frame(), on=date(2025, 12, 31))["ceiling"][0]
        assert said["ceiling"] != answer()["ceiling"]

    def test_a_datetime_is_refused(self) -> None:
        with pytest.raises(NotADate):
            assess_frame(frame(), on="2026-11-23T00:00" and pd.Timestamp("2026-11-23"))

    @pytest.mark.parametrize("day", [date(2009, 12, 31), day_after(LAST)])
    def test_there_is_no_table_before_the_first_day_and_after_the_last(self, day: date) -> None:
        assert reasons(day) == ("no table",)
        assert reasons("lease", lease=day) == ("no table",)

    def test_a_table_may_be_vouched_for_as_long_as_there_are_days(self) -> None:
        law = evolve(STANDARD, plus=evolve(STANDARD.plus, checked_until=date.max))
        far = frame(lease=date.max)
        told = assess_frame(far, on="lease", rulebook=law)
        assert told["ceiling"].to_list() == [assess_frame(frame(), on=LAST)["ceiling"][0]]

    def test_who_is_born_after_the_day_has_no_birth_date(self) -> None:
        two: dict[str, Any] = {
            "adults": 2,
            "couple": True,
            "dependants": 0,
            "partner_birth_date": date(1991, 7, 9),
        }
        assert answer(**two)["category"] == 2
        later = two | {"partner_birth_date": date(2026, 11, 24)}
        assert answer(**later)["category_or"] == 3
        assert reasons(**later) == ("refused value",)


class TestAmounts:
    @pytest.mark.parametrize(
        ("income", "outcome"),
        [
            (52_740.0, "MET"),
            (52_740.004, "MET"),
            (52_739.999999, "MET"),
            (52_740.005, "NOT_MET"),
            (52_740.01, "NOT_MET"),
        ],
    )
    def test_a_float_is_rounded_to_the_cent(self, income: float, outcome: str) -> None:
        assert answer(reference_tax_income=income)["income_ceiling_outcome"] == outcome

    def test_an_amount_is_the_float_nearest_to_its_cents(self) -> None:
        """Also where no row lacks anything, or all hold the same value."""
        cents = range(3_100_001, 3_900_001, 401)
        several = pl.concat([frame(reference_tax_income=amount / 100) for amount in cents])
        due = [(5_274_000 - amount) / 100 for amount in cents]
        for given in (several, several.to_pandas(), several.to_arrow()):
            assert list(map(float, assess_frame(given, on=ON)["ceiling_margin"].to_numpy())) == due
        rents = range(10_001, 90_001, 39)
        several = pl.concat([frame(rent=cents / 100, charges=0.0) for cents in rents])
        multiples = assess_frame(several, on=ON)["rent_multiple"].to_list()
        assert multiples == [245_000 * 100 // rent / 100 for rent in rents]

    def test_a_sum_that_a_float_misses_is_not_missed(self) -> None:
        said = answer(monthly_income=0.1 + 0.2, rent=0.1, charges=0.0)
        assert (said["affordability_outcome"], said["rent_multiple"]) == ("MET", 3.0)

    @pytest.mark.parametrize("value", [-0.005, -1e-17, -0.0, 0.0049])
    def test_what_rounds_to_zero_is_zero(self, value: float) -> None:
        said = answer(monthly_income=value)
        assert (said["affordability_outcome"], said["rent_multiple"]) == ("NOT_MET", 0.0)
        assert said["reasons"] == 0

    @pytest.mark.parametrize(
        ("headcount", "outcome"),
        [(9.99, "NOT_MET"), (9.995, "NOT_MET"), (9.9999, "NOT_MET"), (10, "MET"), (0.0, "NOT_MET")],
    )
    def test_a_headcount_is_cut_not_rounded(self, headcount: float, outcome: str) -> None:
        assert answer(headcount=headcount)["company_priority_outcome"] == outcome

    def test_a_headcount_short_by_a_rounding_error_keeps_its_hundredth(self) -> None:
        for hundredths in range(1, 2_000):
            law = evolve(STANDARD, company_headcount=str(hundredths / 100))
            size = hundredths / 100
            assert size * 100 < hundredths + 1e-9
            if size * 100 < hundredths:
                told = assess_frame(frame(headcount=size), on=ON, rulebook=law)
                assert told["company_priority_outcome"].to_list() == ["MET"]

    @pytest.mark.parametrize("value", [-0.01, 1e9, 1e300, float("inf"), float("nan")])
    def test_an_amount_that_cannot_be_is_unknown_and_said(self, value: float) -> None:
        assert reasons(monthly_income=value) == ("resources.monthly_income", "refused value")

    def test_the_largest_amount_does_not_overflow(self) -> None:
        said = answer(monthly_income=999_999_999.99, rent=333_333_333.33, charges=0.0)
        assert (said["affordability_outcome"], said["rent_multiple"]) == ("MET", 3.0)

    @pytest.mark.parametrize(
        ("changed", "names"),
        [
            ({"adults": 0}, ("household", "refused value")),
            ({"rooms": 2.5}, ("offer.typology", "refused value")),
            ({"norm": "p lus"}, ("offer.norm", "refused value")),
            ({"sector": "Privé"}, ("employment.employer.sector", "refused value")),
            ({"commune": "75013"}, ("offer.commune", "refused value")),
            ({"commune": "9404"}, ("offer.commune", "refused value")),
        ],
    )
    def test_a_value_that_no_demand_holds_is_unknown_and_said(
        self, changed: dict[str, Any], names: tuple[str, ...]
    ) -> None:
        assert reasons(**changed) == names

    def test_a_factor_too_precise_for_64_bits_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="rent_multiple"):
            assess_frame(frame(), on=ON, rulebook=evolve(STANDARD, rent_multiple="2.12345678"))

    def test_a_product_too_precise_is_named_as_one(self) -> None:
        law = evolve(STANDARD, rent_multiple="2.75", rent_tolerance="0.12345")
        with pytest.raises(InvalidValue, match=r"rent_multiple x .*: Decimal\('2\.4105125'\)"):
            assess_frame(frame(), on=ON, rulebook=law)

    def test_a_ceiling_too_high_for_64_bits_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="ceiling"):
            assess_frame(frame(), on=ON, rulebook=STANDARD.scaled_ceilings(99_999))


class TestReasons:
    def test_each_reason_is_one_bit(self) -> None:
        assert reason_names(bit("too small") + bit("no zone"), on=ON) == ("no zone", "too small")

    def test_another_name_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="give one of"):
            bit("too late")


@pytest.mark.parametrize("frame", [None, [], {"rent": [500]}, pl.Series([1])], ids=type)
def test_what_is_no_frame_is_told_by_its_type(frame: Any) -> None:
    law = Rulebook.standard()
    due = "a value of type .* give a frame of Polars"
    with pytest.raises(WrongType, match=f"^frame: {due}"):
        assess_frame(frame, on=ON)
    with pytest.raises(WrongType, match=f"^demands: {due}"):
        cross_assess(frame, frame, on=ON)
    with pytest.raises(WrongType, match=f"^offers: {due}"):
        cross_assess(pl.DataFrame(), frame, on=ON)
    with pytest.raises(WrongType, match=r"^frame: "):
        compare_rulebooks(frame, law, law, on=ON)


def test_every_commune_lies_in_its_scalar_zone() -> None:
    starts = [a + b for a in "0123456789" for b in "0123456789AB"]
    codes, due = [], []
    # A code that lost its zero, padded; a letter; a code too long.
    odd = ["9300 ", "1004 ", "9404X", "940A1", "940\u0661\u0662", "9404\n", "940411"]
    for code in (*odd, *(f"{start}{end:03}" for start in starts for end in range(1000))):
        try:
            zone = places.ZONES.index(zone_of(code))
        except NoZone:
            zone = places.NO_ZONE
        except InvalidValue:
            zone = -2
        codes.append(code)
        due.append(zone)
    given = nw.from_native(pl.DataFrame({"commune": codes}))
    for engine in (nw.Implementation.POLARS, nw.Implementation.DUCKDB):
        expression = cleaned(
            {"commune": "commune"},
            given.schema,
            ["commune"],
            merged_communes_keep_their_zone=True,
            engine=engine,
        )["commune"]
        assert given.select(zone=expression)["zone"].to_list() == due


class TestCross:
    demands = pl.DataFrame([{"d": n, **DEMAND, "monthly_income": 1_000.0 * n} for n in range(4)])
    offers = pl.DataFrame([{"o": n, **OFFER, "rooms": n} for n in range(2, 5)])
    some = Columns(applicant_birth_date=None, partner_birth_date=None)

    def alone(self, frame: Any) -> Any:
        return frame.drop("applicant_birth_date", "partner_birth_date")

    def test_every_pair_gets_the_answers_of_its_row(self) -> None:
        demands = self.alone(self.demands)
        pairs = demands.join(self.offers, how="cross")
        due = assess_frame(pairs, on=ON, columns=self.some)
        asked: dict[str, Any] = {"on": ON, "columns": self.some}
        done = cross_assess(demands, self.offers, everything=True, **asked).sort("d", "o")
        assert done.equals(due)
        kept = cross_assess(demands, self.offers, **asked).sort("d", "o")
        assert kept.equals(due.filter(pl.col("outcome").is_in(["MET", "BORDERLINE"])))
        assert 0 < len(kept) < len(due)
        wrong: Any = "no"
        with pytest.raises(WrongType, match="everything: a value of type str is refused"):
            cross_assess(demands, self.offers, everything=wrong, **asked)

    def test_every_engine_crosses(self) -> None:
        sides = self.alone(self.demands), self.offers
        asked: dict[str, Any] = {"on": ON, "columns": self.some}
        due = cross_assess(*sides, **asked).shape
        assert cross_assess(*(side.lazy() for side in sides), **asked).collect().shape == due
        assert cross_assess(*(side.to_pandas() for side in sides), **asked).shape == due
        assert cross_assess(*(side.to_arrow() for side in sides), **asked).shape == due
        arrows = [side.to_arrow().to_pandas(types_mapper=pd.ArrowDtype) for side in sides]
        assert cross_assess(*arrows, **asked).shape == due
        asks = [duckdb.from_arrow(side.to_arrow()) for side in sides]
        assert cross_assess(*asks, **asked).shape == due

    def test_the_two_sides_share_no_name(self) -> None:
        with pytest.raises(InvalidValue, match="'o' is refused"):
            cross_assess(
                self.alone(self.demands).with_columns(o=1), self.offers, on=ON, columns=self.some
            )

    def test_the_two_sides_are_of_one_engine(self) -> None:
        offers: Any = self.offers.to_pandas()
        with pytest.raises(InvalidValue, match="offers: 'pandas' is refused; give a frame of pol"):
            cross_assess(self.alone(self.demands), offers, on=ON, columns=self.some)

    def test_to_sql_the_two_sides_share_no_name_in_other_letters(self) -> None:
        sides = self.alone(self.demands).rename({"d": "O"}), self.offers
        asks = [duckdb.from_arrow(side.to_arrow()) for side in sides]
        with pytest.raises(InvalidValue, match="'O' is refused"):
            cross_assess(*asks, on=ON, columns=self.some)


class TestReform:
    lower = evolve(STANDARD, rent_multiple="2.5")

    def test_who_flips_is_told_with_the_rule_and_the_margins(self) -> None:
        several = pl.concat([frame(rent=rent) for rent in (612.4, 800.0, 900.0, 2_000.0)])
        flips, counts = compare_rulebooks(several, STANDARD, self.lower, on=ON)
        assert flips["rent"].to_list() == [800.0, 900.0]
        assert flips["flipped_by"].to_list() == ["affordability", "affordability"]
        rows = (
            counts.sort("outcome_before").select("outcome_before", "outcome_after", "rows").rows()
        )
        assert rows == [("BORDERLINE", "MET", 1), ("NOT_MET", "BORDERLINE", 1)]
        assert set(counts["ceiling_margin_before"]) == {21_740.0}

    def test_the_same_law_flips_nobody(self) -> None:
        flips, counts = compare_rulebooks(frame(), STANDARD, STANDARD, on=ON)
        assert (len(flips), len(counts)) == (0, 0)

    @pytest.mark.parametrize("name", ["outcome_before", "flipped_by"])
    def test_no_column_bears_the_name_of_an_answer(self, name: str) -> None:
        given = frame(**{name: "MET", "outcome": "MET"})
        with pytest.raises(InvalidValue, match=f"'{name}' is refused; rename this column"):
            compare_rulebooks(given, STANDARD, self.lower, on=ON)
        kept, _ = compare_rulebooks(given.drop(name), STANDARD, self.lower, on=ON)
        assert "outcome" in kept.columns

    def test_several_rules_can_flip_one_row(self) -> None:
        higher = evolve(STANDARD.scaled_ceilings("1.1"), rent_multiple=2)
        row = frame(rent=900.0, charges=100.0, reference_tax_income=55_000.0)
        flips, _ = compare_rulebooks(row, STANDARD, higher, on=ON)
        assert flips["flipped_by"].to_list() == ["income_ceiling, affordability"]

    def test_every_engine_compares(self) -> None:
        row = frame(rent=800.0)
        for given in (row.lazy(), row.to_pandas(), duckdb.from_arrow(row.to_arrow())):
            flips, counts = compare_rulebooks(given, STANDARD, self.lower, on=ON)
            assert type(flips) is type(counts) is type(given)
            told = nw.from_native(counts).lazy().collect("polars")
            names = ("outcome_before", "outcome_after", "flipped_by", "rows")
            assert told.select(*names).rows() == [("BORDERLINE", "MET", "affordability", 1)]


class TestVerdicts:
    def test_verdicts_become_the_rows_that_a_frame_gets(self) -> None:
        known = Employment(Employer(sector="PRIVATE", headcount=42))
        for household, commune, employment in (
            (Household.of(dependants=1), "94041", known),
            (Household.of(adults=2, couple=True), "69123", None),
            (Household.of(), "97502", Employment(None)),
        ):
            resources = Resources(reference_tax_income={2024: 31_000}, monthly_income=2_450)
            demand = Demand(household=household, resources=resources, employment=employment)
            rent = Rent(base="612.40", charges=85)
            offer = Offer(reference="X", commune=commune, typology="T3", norm="PLUS", rent=rent)
            table = to_frame([assess(demand, offer, on=ON)], backend="polars")
            due = answer(
                adults=household.adults,
                couple=household.partner is not None,
                dependants=len(household.dependants),
                commune=commune,
                applicant_birth_date=None,
                employed=None if employment is None else employment is known,
                sector="PRIVATE" if employment is known else None,
                headcount=42 if employment is known else None,
            )
            told = table.to_dicts()[0]
            assert (told.pop("offer"), told.pop("on")) == ("X", ON)
            assert told == {name: due[name] for name in told}

    def test_a_verdict_whose_aid_has_no_estimate_is_told(self) -> None:
        offer = Offer(reference="X", commune="69123", typology="T1", rent=Rent(base=500, charges=0))
        rich = Resources(reference_tax_income={2024: 20_000}, monthly_income=1_000)
        lacking = NoEstimate("missing input", ("offer.housing_aid_zone",))
        for resources, aid, names in (
            (Resources(), lacking, ("resources.monthly_income", "no estimate")),
            (rich, lacking, ("no estimate",)),
            (rich, NoEstimate("no table"), ("no estimate",)),
        ):
            demand = Demand(household=Household.of(), resources=resources)
            verdict = assess(demand, offer, on=ON, housing_aid=aid)
            table = to_frame([verdict], backend="polars")
            assert table["affordability_outcome"].to_list() == ["UNKNOWN"]
            said = reason_names(table["reasons"][0], on=ON)
            assert tuple(name for name in said if name in ("no estimate", names[0])) == names

    def test_no_verdict_is_an_empty_frame(self) -> None:
        for backend in ("polars", "pandas", "pyarrow"):
            assert to_frame([], backend=backend).shape == (0, 15)

    def test_every_eager_engine_holds_verdicts(self) -> None:
        demand = Demand(household=Household.of(), resources=Resources())
        offer = Offer(reference="X", commune="69123", typology="T1", rent=Rent(base=1))
        verdict = assess(demand, offer, on=ON)
        due = to_frame([verdict], backend="polars").row(0)[2:]
        told = to_frame([verdict], backend="pandas").iloc[0, 2:]
        assert tuple(None if pd.isna(value) else value for value in told) == due
        assert tuple(to_frame([verdict], backend="pyarrow").to_pylist()[0].values())[2:] == due

    def test_an_engine_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises((NarwhalsError, ValueError, TypeError)):
            to_frame([], backend="abacus")


class TestParquet:
    def test_a_file_is_written_whole_in_chunks(self, tmp_path: Path) -> None:
        several = pl.concat([frame(rooms=rooms) for rooms in range(1, 8)])
        several.write_parquet(tmp_path / "in.parquet")
        heard: list[tuple[int, int]] = []
        rows = assess_parquet(
            tmp_path / "in.parquet",
            tmp_path / "out.parquet",
            on=ON,
            rows_at_once=3,
            told=lambda done, whole: heard.append((done, whole)),
        )
        assert (rows, heard) == (7, [(3, 7), (6, 7), (7, 7)])
        done = pl.read_parquet(tmp_path / "out.parquet")
        due = assess_frame(several, on=ON).with_columns(pl.col(pl.Enum).cast(pl.String))
        assert done.equals(due)

    def test_what_fails_half_way_leaves_the_file_as_it_was(self, tmp_path: Path) -> None:
        frame().write_parquet(tmp_path / "in.parquet")
        (tmp_path / "out.parquet").write_text("before")

        def interrupted(_done: int, _rows: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            assess_parquet(
                tmp_path / "in.parquet", tmp_path / "out.parquet", on=ON, told=interrupted
            )
        assert (tmp_path / "out.parquet").read_text() == "before"
        assert len(list(tmp_path.iterdir())) == 2

    def test_a_file_that_cannot_be_used_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue, match=r"no\.parquet"):
            assess_parquet(tmp_path / "no.parquet", tmp_path / "out.parquet", on=ON)
        frame().write_parquet(tmp_path / "in.parquet")
        for place in ("no/out.parquet", "in.parquet/out.parquet"):
            with pytest.raises(InvalidValue, match="it cannot be used: ") as told:
                assess_parquet(tmp_path / "in.parquet", tmp_path / place, on=ON)
            assert told.value.value == str(tmp_path / place)
        assert [each.name for each in tmp_path.iterdir()] == ["in.parquet"]

    @pytest.mark.parametrize("target", [".", "/", ".."])
    def test_a_folder_is_no_file_to_write(self, tmp_path: Path, target: str) -> None:
        frame().write_parquet(tmp_path / "in.parquet")
        with pytest.raises(InvalidValue, match=f"'{target}' is refused; it is a folder"):
            assess_parquet(tmp_path / "in.parquet", Path(target), on=ON)

    def test_two_columns_of_one_name_are_told(self, tmp_path: Path) -> None:
        twice = frame().to_arrow().append_column("rent", [[1.0]])
        write_table(twice, tmp_path / "in.parquet")
        with pytest.raises(InvalidValue, match=r"(?s)used: .*'rent' 2 times") as told:
            assess_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", on=ON)
        assert told.value.value == str(tmp_path / "in.parquet")

    def test_a_file_may_be_rewritten_in_its_own_place(self, tmp_path: Path) -> None:
        frame().write_parquet(tmp_path / "in.parquet")
        assert assess_parquet(tmp_path / "in.parquet", tmp_path / "in.parquet", on=ON) == 1
        assert pl.read_parquet(tmp_path / "in.parquet")["outcome"].to_list() == ["MET"]

    def test_a_file_without_rows_gives_one(self, tmp_path: Path) -> None:
        frame()[:0].write_parquet(tmp_path / "in.parquet")
        assert assess_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", on=ON) == 0
        assert "outcome" in pl.read_parquet(tmp_path / "out.parquet").columns


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    monkeypatch.delitem(sys.modules, "alin_core.frames")
    with pytest.raises(MissingExtra, match=r"pip install 'alin-core\[frames\]'"):
        import_module("alin_core.frames")

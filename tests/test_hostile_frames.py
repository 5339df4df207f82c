"""No name of a column, no number and no text takes a frame away from the scalar rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from alin_core.columns.names import bit, reason_names
from alin_core.errors import AlinError, InvalidValue, WrongType
from alin_core.frames import assess_frame, compare_rulebooks, cross_assess
from alin_core.law.rulebook import Rulebook
from alin_core.values.amounts import euros
from alin_core.values.employment import Sector
from alin_core.values.housing import RentalNorm, Typology
from alin_core.values.identifiers import commune

ON = date(2026, 11, 23)
STANDARD = Rulebook.standard()
ROW: dict[str, Any] = {
    "adults": 1,
    "applicant_birth_date": date(1990, 5, 2),
    "partner_birth_date": None,
    "dependants": 1,
    "reference_tax_income": 31_000.0,
    "monthly_income": 2_450.0,
    "sector": "PRIVATE",
    "headcount": 42.0,
    "commune": "94041",
    "norm": "PLUS",
    "rooms": 3,
    "rent": 612.40,
    "charges": 85.0,
}
DAYS = {"applicant_birth_date": pa.date32(), "partner_birth_date": pa.date32()}

#: How each engine gets a table.
ENGINES: dict[str, Callable[[pa.Table], Any]] = {
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.LazyFrame(pl.from_arrow(table)),
    "pandas": lambda table: table.to_pandas(date_as_object=False),
    "pandas nullable": lambda table: table.to_pandas(date_as_object=False).convert_dtypes(),
    "pandas arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas objects": lambda table: pd.DataFrame(table.to_pylist(), dtype=object),
    "pyarrow": lambda table: table,
    "duckdb": duckdb.from_arrow,
}
#: What the answers of two frames differ in, where their inputs do.
ANSWERS = ("ceiling", "typology_outcome", "rent_multiple", "tier", "outcome", "reasons")
every_engine = pytest.mark.parametrize("engine", ENGINES)


def polars(given: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(given)
    assert isinstance(frame, pl.DataFrame)
    return frame


def table(**columns: pa.Array) -> pa.Table:
    """Rows of one demand and one offer, but for these columns."""
    rows = max(map(len, columns.values()), default=1)
    due = {name: pa.array([value] * rows, DAYS.get(name)) for name, value in ROW.items()}
    return pa.table(due | columns)


def told(done: Any) -> list[dict[str, Any]]:
    """The answers, row by row, nulls alike."""
    answers = nw.from_native(done).select(*ANSWERS).lazy().collect("pyarrow")
    return list(answers.rows(named=True))


def reasons(done: Any) -> list[tuple[str, ...]]:
    return [reason_names(int(row["reasons"]), on=ON) for row in told(done)]


class TestNames:
    """Who writes the header of a file decides no verdict."""

    @pytest.mark.parametrize("name", ["__alin_outcome", "__Alin_outcome", "__ALIN_RENT"])
    def test_no_column_bears_a_name_of_ours_in_any_case(self, name: str) -> None:
        """To SQL these are our own columns: a row would be MET whatever it holds."""
        forged = duckdb.from_arrow(table(**{name: pa.array(["MET"])}))
        refused = f"'{name}' is refused; rename this column: ours begin as it does"
        with pytest.raises(InvalidValue, match=refused):
            assess_frame(forged, on=ON)
        with pytest.raises(InvalidValue, match=refused):
            compare_rulebooks(forged, STANDARD, STANDARD, on=ON)
        demand = table().drop_columns(["commune", "norm", "rooms", "rent", "charges"])
        offer = table().select(["commune", "norm", "rooms", "rent", "charges"])
        sides = map(duckdb.from_arrow, (demand, offer.append_column(name, pa.array([1]))))
        with pytest.raises(InvalidValue, match=refused):
            cross_assess(*sides, on=ON)

    @pytest.mark.parametrize("letter", ["ı", "İ"])
    def test_java_takes_other_letters_for_ours(self, letter: str) -> None:
        given = table(**{f"__al{letter}n_rent": pa.array([1])})
        with pytest.raises(InvalidValue, match="ours begin as it does"):
            assess_frame(duckdb.from_arrow(given), on=ON)

    def test_where_case_counts_other_letters_are_another_name(self) -> None:
        given = polars(table(__ALIN_outcome=pa.array(["MET"]), Rent=pa.array([1])))
        assert assess_frame(given, on=ON)["outcome"].to_list() == ["MET"]

    @every_engine
    @pytest.mark.parametrize("name", ["*", "^x$", "^__alin.*$", "^rent$"])
    def test_no_column_bears_a_name_that_an_engine_expands(self, engine: str, name: str) -> None:
        """To Polars it was every column, none, or sixty-six of ours."""
        given = ENGINES[engine](table(**{name: pa.array([1])}))
        with pytest.raises(InvalidValue, match="is refused; rename this column: an engine"):
            assess_frame(given, on=ON)

    @every_engine
    def test_another_odd_name_is_kept(self, engine: str) -> None:
        names = ["^x", "x$", "COLUMNS(*)", "; DROP", "#1", "'"]
        names += ["a.b", '"', "`"] if engine != "duckdb" else []
        odd = {name: pa.array([7]) for name in names}
        done = assess_frame(ENGINES[engine](table(**odd)), on=ON)
        frame = nw.from_native(done).lazy().collect("pyarrow")
        assert frame.select(*odd).rows() == [(7,) * len(odd)]
        assert frame["outcome"].to_list() == ["MET"]

    @pytest.mark.parametrize("name", ["a.b", "a.", '"', 'x"y', "`x`"])
    def test_to_sql_a_dot_names_a_field_and_a_quote_ends_a_name(self, name: str) -> None:
        """DuckDB 1.4 gave the field `b` of a column `a` for the column `a.b`."""
        given = duckdb.from_arrow(table(a=pa.array([{"b": 1}]), **{name: pa.array([7])}))
        with pytest.raises(InvalidValue, match="is refused; rename this column: an engine"):
            assess_frame(given, on=ON)

    def test_what_is_no_frame_is_told(self) -> None:
        wrong: Any
        for wrong in (None, [ROW], "frame"):
            with pytest.raises(
                WrongType, match=r"frame: a value of type .* is refused; give a fra"
            ):
                assess_frame(wrong, on=ON)


#: What is refused under a type, and what is then lacking.
NUMBERS: dict[str, tuple[Any, list[Any], str]] = {
    "rent": (
        pa.string(),
        [
            *("", " ", "612,40", " 2450.10 ", "2_450", "9" * 400, "1e3", "612.405", "-5", "+5"),
            *("5.", ".5", "612.40\n", "٣", "nan", "inf", "0x10", "1000000000"),
        ],
        "offer.rent.base",
    ),
    "charges": (
        pa.float64(),
        [float("inf"), -float("inf"), 1e308, 1e9, -0.01],
        "offer.rent.charges",
    ),
    "monthly_income": (
        pa.int64(),
        [-(2**63), -1, 10**9, 2**53 + 1, 2**63 - 1],
        "resources.monthly_income",
    ),
    "reference_tax_income": (
        pa.uint64(),
        [10**9, 2**63, 2**64 - 1],
        "resources.reference_tax_income.2024",
    ),
    "headcount": (
        pa.decimal128(38, 0),
        [Decimal(10) ** 37, -(Decimal(10) ** 37), Decimal(10) ** 9],
        "employment.employer.headcount",
    ),
    "rooms": (pa.uint64(), [0, 10_000, 2**64 - 1], "offer.typology"),
    "adults": (pa.int8(), [-128, -1, 0], "household"),
}


class TestNumbers:
    """A cell that no demand and no offer could hold is told; the rows beside it are answered."""

    # pandas 2 tries whether an infinity is an integer.
    @pytest.mark.filterwarnings("ignore:invalid value encountered in cast:RuntimeWarning")
    @every_engine
    def test_no_number_and_no_text_stops_a_frame(self, engine: str) -> None:
        due: list[tuple[str, ...]] = [()]
        columns: dict[str, list[Any]] = {name: [None] for name in NUMBERS}
        for name, (_kind, values, lacking) in NUMBERS.items():
            for other, column in columns.items():
                column.extend(values if other == name else [None] * len(values))
            due += [(lacking, "refused value")] * len(values)
        held = {}
        for name, (kind, _values, _lacking) in NUMBERS.items():
            good = pa.scalar(ROW[name]).cast(kind) if kind != pa.string() else pa.scalar("612.40")
            held[name] = pa.array(columns[name], kind).fill_null(good)
        assert reasons(assess_frame(ENGINES[engine](table(**held)), on=ON)) == due

    @pytest.mark.parametrize(("kind", "power"), [("HUGEINT", 126), ("UHUGEINT", 127)])
    def test_nor_one_of_128_bits(self, kind: str, power: int) -> None:
        given = duckdb.from_arrow(table()).project("* EXCLUDE (rent, rooms)")
        wide = given.cross(
            duckdb.sql(f"SELECT unnest([500, 2::DOUBLE ** {power}])::{kind} AS rent")
        )
        wide = wide.project(f"*, CASE WHEN rent = 500 THEN 3 ELSE rent END::{kind} AS rooms")
        said = reasons(assess_frame(wide, on=ON))
        assert said == [(), ("offer.typology", "offer.rent.base", "refused value")]
        wide = polars(table(rent=pa.array([500, 501]))).with_columns(
            rent=pl.Series([500, 2**100], dtype=pl.Int128)
        )
        assert reasons(assess_frame(wide, on=ON)) == [(), ("offer.rent.base", "refused value")]

    @pytest.mark.parametrize(
        "value",
        [
            10**400,
            -(10**400),
            Decimal("sNaN"),
            Decimal("Infinity"),
            Decimal("1e999"),
            Fraction(10**400, 3),
            np.float32("inf"),
            np.uint64(2**64 - 1),
            "",
            "612.40\n",
            "٣",
            float("-inf"),
        ],
    )
    def test_nor_an_object_of_pandas(self, value: Any) -> None:
        held = pd.Series([3, value, None, Decimal("NaN"), pd.NaT, pd.NA, "3"], dtype=object)
        given = pd.DataFrame([ROW] * len(held), dtype=object, index=list("abcdefg"))
        given = given.assign(rent=held.to_numpy(), rooms=held.to_numpy())
        fine, odd, *none, text = reasons(assess_frame(given, on=ON))
        assert fine == text == ()
        assert odd == ("offer.typology", "offer.rent.base", "refused value")
        assert none == [odd[:-1]] * 4

    @every_engine
    def test_a_number_below_its_bound_is_read_under_any_type(self, engine: str) -> None:
        kinds = (pa.int64(), pa.uint64(), pa.float64(), pa.string())
        names = ("rent", "charges", "monthly_income", "reference_tax_income")
        least, most = pa.array([0, 0, 10**9 - 1]), pa.array([0, 10**9 - 1, 10**9 - 1])
        held = dict(zip(names, (least.cast(kind) for kind in kinds), strict=True))
        held["monthly_income"] = most.cast(kinds[2])
        answers = told(assess_frame(ENGINES[engine](table(**held)), on=ON))
        assert [row["reasons"] for row in answers] == [0, 0, 0]
        assert answers[2]["rent_multiple"] == 0.5

    @every_engine
    @pytest.mark.parametrize("name", ["rent", "rooms", "adults", "norm", "commune", "sector"])
    def test_a_type_that_does_not_fit_is_refused_before_any_row_is_read(
        self, engine: str, name: str
    ) -> None:
        kinds = [pa.array([[3]]), pa.array([{"a": 3}]), pa.array([b"3"]), pa.array([True])]
        kinds += [pa.array([datetime.combine(ON, time())])]
        kinds += [pa.array([3.5])] * (name in ("norm", "commune", "sector"))
        kinds += [pa.array(["3"]).dictionary_encode()] * (name in ("rent", "rooms", "adults"))
        for held in kinds:
            if pa.types.is_dictionary(held.type) and engine in ("pandas objects", "duckdb"):
                continue  # plain texts there
            with pytest.raises(InvalidValue, match=f"{name}: .*; give a column of (num|texts)"):
                assess_frame(ENGINES[engine](table(**{name: held})), on=ON)

    @pytest.mark.parametrize("engine", ["pyarrow", "pandas arrow"])
    @pytest.mark.parametrize("name", ["rent", "norm", "commune"])
    def test_the_newer_layout_of_texts_of_arrow_is_refused(self, engine: str, name: str) -> None:
        given = ENGINES[engine](table(**{name: pa.array(["94041"], pa.string_view())}))
        with pytest.raises(InvalidValue, match=r"is refused; give a column of "):
            assess_frame(given, on=ON)

    def test_nor_does_a_type_without_a_name_fit(self) -> None:
        relation = duckdb.from_arrow(table()).project("* REPLACE (uuid() AS rent)")
        fixed = table(rent=pa.array([b"12"], pa.binary(2)))
        objects = polars(table()).with_columns(rent=pl.Series([object()], dtype=pl.Object))
        numbers = table().to_pandas().assign(rent=pd.Series([3 + 0j]))
        for given in (relation, fixed, objects, numbers):
            with pytest.raises(
                InvalidValue, match=r"rent: .* is refused; give a column of numbers"
            ):
                assess_frame(given, on=ON)

    @every_engine
    def test_a_column_that_holds_nothing_may_have_any_type(self, engine: str) -> None:
        names = ["charges", "sector", "couple", "partner_birth_date"]
        if engine == "duckdb":  # before 1.5 its nulls are integers
            names = names[:2]
        none = dict.fromkeys(names, pa.nulls(1))
        said = reasons(assess_frame(ENGINES[engine](table(**none)), on=ON))
        assert said == [("employment.employer.sector", "offer.rent.charges")]

    def test_nor_does_duckdb_give_nulls_a_type(self) -> None:
        given = duckdb.from_arrow(table()).project("* REPLACE (NULL AS charges, NULL AS norm)")
        assert reasons(assess_frame(given, on=ON)) == [("offer.norm", "offer.rent.charges")]

    def test_pandas_may_give_nothing_the_type_of_categories(self) -> None:
        none = pd.Series([None], dtype="category")
        given = table().to_pandas(date_as_object=False).assign(charges=none, norm=none)
        assert reasons(assess_frame(given, on=ON)) == [("offer.norm", "offer.rent.charges")]


WORDS = {
    "norm": [" plus ", "Plus", "PLUS\u2003", "pluſ", "p lus", "plus\x00", "PLUS\n", "plaı", ""],
    "sector": ["private", "\tPRIVATE\x1c", "PRİVATE", "PRIV ATE", ""],
    "commune": [" 94041 ", "2a004", "94041\n", "9404", "75013", "９４０４１", "2ａ004", ""],
    "rooms": [
        *(
            "3",
            "3.00",
            "3.50",
            "0",
            "",
            "T3",
            "f3",
            " Type 3 ",
            "TYPE  3 bis",
            "t3bis",
            "T3\u2003bis",
        ),
        *("studio", " STUDIO\n", "T9999", "T0", "T10000", "T٣", "T 3 ter", "T", "TT3", "3T"),
    ],
}


def _rooms(text: str) -> int:
    number = euros(text) if text[:1].isdecimal() else Decimal(Typology.parse(text).rooms)
    if number != int(number):
        raise InvalidValue("rooms", number, "give a whole number")
    return Typology(int(number)).rooms


READ: dict[str, Callable[[str], Any]] = {
    "norm": RentalNorm,
    "sector": Sector,
    "commune": commune,
    "rooms": _rooms,
}


class TestWords:
    """Texts are read as the scalars read them."""

    @every_engine
    def test_each_word_is_what_the_scalars_take_it_for(self, engine: str) -> None:
        cells = [(name, word) for name, words in WORDS.items() for word in words]
        written, read = ({name: [ROW[name]] * len(cells) for name in WORDS} for _ in range(2))
        written["rooms"] = ["3"] * len(cells)
        refused = [0] * len(cells)
        for place, (name, word) in enumerate(cells):
            written[name][place] = word
            try:
                read[name][place] = READ[name](word)
            except AlinError:
                read[name][place], refused[place] = None, bit("refused value")
        assert 10 < sum(map(bool, refused)) < len(cells) - 10
        words = {name: pa.array(column) for name, column in written.items()}
        values = {name: pa.array(column) for name, column in read.items()}
        said = told(assess_frame(ENGINES[engine](table(**words)), on=ON))
        due = told(assess_frame(table(**values), on=ON))
        for cell, answer, known, more in zip(cells, said, due, refused, strict=True):
            assert answer == {**known, "reasons": known["reasons"] + more}, cell

    @every_engine
    def test_a_capital_beyond_ascii_is_another_character(self, engine: str) -> None:
        odd = {"norm": "pluſ", "sector": "prıvate", "commune": "2ａ004", "rooms": "ſtudio"}
        given = ENGINES[engine](table(**{name: pa.array([word]) for name, word in odd.items()}))
        (said,) = reasons(assess_frame(given, on=ON))
        names = {"offer.norm", "offer.typology", "employment.employer.sector", "offer.commune"}
        assert names <= {*said}

    @every_engine
    def test_a_commune_may_be_an_integer_and_never_a_float(self, engine: str) -> None:
        whole = ENGINES[engine](table(commune=pa.array([94041, 1004])))
        assert reasons(assess_frame(whole, on=ON)) == [(), ("offer.commune", "refused value")]
        holed = ENGINES[engine](table(commune=pa.array([94041.0, None])))
        if engine == "pandas nullable":  # which makes integers of them
            holed["commune"] = holed["commune"].astype("Float64")
        with pytest.raises(InvalidValue, match=r"commune: .* is refused; give a column of texts"):
            assess_frame(holed, on=ON)


class TestDays:
    @every_engine
    def test_a_day_that_no_calendar_has_is_refused(self, engine: str) -> None:
        """It stopped Polars; PyArrow made a day of it."""
        if engine == "pandas objects":
            return  # Python has no such day
        far, fine = [2**62, -(2**62)], [0, 0]
        held = {
            "applicant_birth_date": pa.array([*far, *fine, None], pa.int64()).cast(
                pa.timestamp("ms")
            ),
            "partner_birth_date": pa.array([*fine, *far, None], pa.int64()).cast(
                pa.timestamp("us")
            ),
        }
        said = reasons(assess_frame(ENGINES[engine](table(**held)), on=ON))
        assert said == [("refused value",)] * 4 + [()]
        unit = "ms" if engine.startswith("polars") else "s"  # which it turns into, and may overflow
        lease = pa.array([*far, 1_795_000_000 * 1000 ** (unit == "ms")], pa.int64())
        given = ENGINES[engine](table(lease=lease.cast(pa.timestamp(unit))))
        assert reasons(assess_frame(given, on="lease")) == [("on",), ("on",), ()]

    def test_a_time_of_nanoseconds_is_read_as_its_day(self) -> None:
        """Each one is a day of the calendar, and the first day of the calendar is none of them."""
        born = pa.array([-9 * 10**18, 9 * 10**18], pa.int64()).cast(pa.timestamp("ns"))
        for engine in ("polars", "pandas arrow", "pyarrow", "duckdb"):
            given = ENGINES[engine](table(applicant_birth_date=born))
            assert reasons(assess_frame(given, on=ON)) == [(), ("refused value",)]

    @every_engine
    def test_the_first_and_the_last_day_are_days(self, engine: str) -> None:
        born = pa.array([date.min, date(9999, 12, 31)])
        given = ENGINES[engine](table(applicant_birth_date=born))
        assert reasons(assess_frame(given, on=ON)) == [(), ("refused value",)]

    def test_nor_is_infinity_a_day(self) -> None:
        given = "* REPLACE (DATE 'infinity' AS applicant_birth_date)"
        frame = duckdb.from_arrow(table()).project(given)
        assert reasons(assess_frame(frame, on=ON)) == [("refused value",)]


class TestPrivacy:
    @pytest.mark.parametrize("name", ["applicant_birth_date", "partner_birth_date"])
    @pytest.mark.parametrize("value", ["1987-03-04", datetime(1987, 3, 4, tzinfo=UTC), 1987])
    def test_no_error_quotes_a_birth_date(self, name: str, value: Any) -> None:
        given = (
            table().to_pandas().astype(object).assign(**{name: pd.Series([value], dtype=object)})
        )
        told = f"{name}: 'column {name} with a value of type {type(value).__name__}' is refused"
        with pytest.raises(InvalidValue, match=told) as refused:
            assess_frame(given, on=ON)
        assert "1987" not in f"{refused.value!r} {refused.value}"

"""The environment of the lowest versions is what the project declares."""

from tools.lowest import NEEDED, ROOT, TESTS, pins


def test_each_engine_is_pinned_to_its_declared_bound() -> None:
    assert [pin.split("==")[0] for pin in pins()] == list(NEEDED)
    assert "duckdb==1.4.1" in pins()  # narwhals cannot import 1.4.0
    assert "polars==1.39.3" in pins()  # those before stop at some crossings of two frames


def test_the_tests_of_columns_are_there() -> None:
    assert all((ROOT / test).exists() for test in TESTS)

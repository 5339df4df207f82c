"""The instruments that measure readers see what they are for."""

import pytest

from tests.costs import calls, limited, peak


def refused(size: int) -> None:
    held = bytearray(size)
    raise ValueError(len(held))


def test_the_peak_of_a_call_counts_what_it_gave_back_and_what_it_refused() -> None:
    assert 1_000_000 <= peak(lambda: len(bytearray(1_000_000))) < 1_100_000
    assert 1_000_000 <= peak(lambda: refused(1_000_000)) < 1_100_000


def test_calls_of_functions_in_c_are_counted() -> None:
    few, many = (calls(lambda size=size: [len(()) for _ in range(size)]) for size in (100, 400))  # type: ignore[misc]
    assert many - few == 300


def test_a_limited_process_ends_where_its_memory_ends() -> None:
    assert limited("import sys; print(sys.argv[1])", "told") == "told\n"
    with pytest.raises(AssertionError, match="MemoryError"):
        limited("bytearray(2_000_000_000)")

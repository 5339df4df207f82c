"""The check of the samples of user code tells what is missing, wrong, or not announced."""

from pathlib import Path

from tools.check_types import expected, faults

ANNOUNCED: dict[str, dict[int, set[str]]] = {"wrong.py": {3: {"arg-type"}, 5: {"misc", "index"}}}
RIGHT = [("wrong.py", 3, "arg-type"), ("wrong.py", 5, "misc"), ("wrong.py", 5, "index")]


def test_a_line_announces_a_code_for_each_checker(tmp_path: Path) -> None:
    sample = tmp_path / "wrong.py"
    sample.write_text("one\ntwo  # E: misc,index reportIndexIssue\n# E: nothing else\n three\n")
    assert expected(sample, 0) == {2: {"misc", "index"}, 3: {"nothing"}}
    assert expected(sample, 1) == {2: {"reportIndexIssue"}, 3: {"else"}}


def test_what_was_announced_is_no_fault() -> None:
    assert list(faults(RIGHT, ANNOUNCED)) == []


def test_an_error_that_was_announced_and_is_not_reported_is_a_fault() -> None:
    (told,) = faults(RIGHT[1:], ANNOUNCED)
    assert told == "wrong.py:3: nothing is reported, arg-type was announced"


def test_an_error_of_another_code_is_a_fault() -> None:
    (told,) = faults([("wrong.py", 3, "call-arg"), *RIGHT[1:]], ANNOUNCED)
    assert told == "wrong.py:3: call-arg is reported, arg-type was announced"


def test_an_error_that_nobody_announced_is_a_fault() -> None:
    (told,) = faults([*RIGHT, ("right.py", 1, "misc")], ANNOUNCED)
    assert told == "right.py:1: misc is reported, nothing was announced"

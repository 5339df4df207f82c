"""The rows of the matrix that cost a second each; `tools/matrix.py` has them all."""

import sys

from tools.matrix import ASCII, COMMANDS, digest, installed, said


def test_every_command_of_the_matrix_answers() -> None:
    ends = [text.rstrip().rpartition("\n")[2] for text in said()]
    assert len(ends) == len(COMMANDS)
    assert [end for end in ends if not end.endswith("0")] == ["2"]  # there is no such file


def test_an_answer_depends_on_no_hash_no_locale_and_no_time_zone() -> None:
    odd = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}
    first = digest(sys.executable, ([], {"PYTHONHASHSEED": "0"}))
    assert not first.startswith("FAILED")
    assert digest(sys.executable, (["-OO", "-W", "error"], odd)) == first
    assert digest(sys.executable, ([], ASCII)) == first


def test_a_row_that_fails_says_why() -> None:
    assert "ZeroDivisionError" in digest(sys.executable, (["-c", "1/0"], {}))


def test_a_locale_that_is_not_there_is_told() -> None:
    assert installed("C")
    assert not installed("xx_XX.UTF-8")

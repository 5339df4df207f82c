"""What mutation testing changes, and what it leaves alone."""

import tomllib
from pathlib import Path

import pytest

from tools.mutations import mutants

ROOT = Path(__file__).parent.parent
LISTED = tomllib.loads((ROOT / "tools" / "mutate_code.toml").read_text(encoding="utf-8"))["module"]


def changes(source: str) -> set[str]:
    return {mutant.now for mutant in mutants(source, "module.py")}


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a <= b", {"a < b", "a > b"}),
        ("a is b", {"a is not b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("a + b", {"a - b"}),
        ("a if b else c", {"a if not b else c"}),
        ("ROWS = ((1, 'x'),)", {"ROWS = ()", "ROWS = (('x',),)", "ROWS = ((1,),)"}),
        ("DAY = date(2026, 2, 1)", {"DAY = date(2027, 2, 1)", "DAY = date(2026, 2, 0)"}),
        ("RATE = Decimal('0.30')", {"RATE = Decimal('0.301')"}),
        ("add(a, rounded_down(b))", {"subtract(a, rounded_down(b))", "add(a, rounded_up(b))"}),
        ("found = MET", {"found = NOT_MET"}),
        ("a = Kind.X, Kind.Y", {"a = (Kind.Y, Kind.Y)"}),
        ("class A:\n    b: int = f(on=1)", {"b: int = f()", "b: int = f(on=0)"}),
        ("@frozen(order=True)\nclass A: ...", {"class A:", "@frozen() class A:"}),
        ("check(a)", {"None"}),
        ("if TYPE_CHECKING:\n    a = 1\nelse:\n    a = 2", {"a = 3", "a = 1"}),
        ("def f():\n    raise KeyError", {"raise SystemError"}),
        ("def f():\n    return a", {"return None"}),
        ("if a:\n    b = c", {"if not a:"}),
        ("if a and b:\n    c = d", {"if not (a and b):", "if a or b:"}),
        ("while a.b:\n    c = d", {"while not a.b:"}),
        ("a = [b for b in c if b.d]", {"a = [b for b in c if not b.d]"}),
        ("ROWS = {1: a, 2: b}", {"ROWS = {2: b}", "ROWS = {1: a}"}),
        ("a += b", {"a -= b"}),
        ("a = cast(Decimal, 1)", {"a = cast(Decimal, 2)", "a = cast(Decimal, 0)"}),
        ("a |= b", {"a &= b"}),
        ("a = f'{b + 1} c'", {"a = f'{b - 1} c'", "a = f'{b + 2} c'", "a = f'{b + 1} cX'"}),
        ("a = split('b c')", {"a = split('b cX')"}),
        ("def f():\n    a = b[0]", {"a = b[1]"}),
        ("_ROWS = a | b", {"_ROWS = a & b"}),
    ],
)
def test_a_rule_a_row_a_date_a_decorator_is_changed(source: str, changed: set[str]) -> None:
    assert changed <= changes(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring of 3 words."""',
        "__all__ = ['a', 'b']",
        "from a import b",
        "Facts = tuple[tuple[str, int], ...]",
        "_Row = A | B",
        "T = TypeVar('T', bound=int)",
        "if TYPE_CHECKING:\n    a = 1",
        "a: 'int | None'",
        "@lru_cache(maxsize=1024)\ndef f(a: int = b) -> int: ...",
        "cast(Decimal, a).b",
        "class A:\n    def __str__(self):\n        f'{self.a} b'",
        "a = refusal(f'{b} is refused', 'give a category')",
    ],
)
def test_what_no_test_should_pin_is_left(source: str) -> None:
    assert changes(source) == set()


def test_of_an_error_its_class_and_its_field_are_changed() -> None:
    source = "def f():\n    raise InvalidValue('a', b, f'give {c + 1} d') from error"
    assert changes(source) == {
        "raise SystemError from error",
        "raise InvalidValue('aX', b, f'give {c + 1} d') from error",
    }


def test_a_mutant_says_where_it_is() -> None:
    source = "class A:\n    def b(self):\n        return self.c < 3"
    boundary = next(one for one in mutants(source, "module.py") if "<=" in one.now)
    assert boundary.key == ("A.b", "return self.c < 3", "return self.c <= 3")
    assert boundary.line == 3


@pytest.mark.parametrize("name", LISTED)
def test_each_mutant_listed_as_equivalent_has_its_reason(name: str) -> None:
    for row in LISTED[name].get("equivalent", []):
        assert row.keys() == {"where", "was", "now", "why"}
        assert row["why"].endswith(".")


@pytest.mark.parametrize("name", LISTED)
def test_each_module_names_tests_that_exist(name: str) -> None:
    assert [test for test in LISTED[name]["tests"] if not (ROOT / test).exists()] == []

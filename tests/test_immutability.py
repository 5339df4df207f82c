"""Every value of the package is frozen to its leaves, and is one value however it travels."""

import copy
import pickle
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import FunctionType, ModuleType, NoneType
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

from alin_core.errors import AlinError
from tests.every_value import classes, law, modules, parts, roots

#: Each example makes a value of every class.
FEW = settings(max_examples=settings().max_examples // 10)

#: What holds a file that is being read, a frame, or a text that is being laid out; nobody is given
#: one.
AT_WORK = {
    "alin_core.columns.sides.Asked",
    "alin_core.columns.stages.LookUp",
    "alin_core.text.wording.Words",
    "alin_core.national_xml.mapping._Family",
    "alin_core.national_xml.persons.Adult",
    "alin_core.national_xml.persons.Child",
    "alin_core.national_xml.stream.Stream",
    "alin_core.text.page.Line",
    "alin_core.text.page.Page",
    "alin_core.text.page.Paragraph",
    "alin_core.text.page.Table",
}
LEAVES = (str, int, float, bytes, NoneType, Decimal, date, datetime, Enum, type, FunctionType)


def name_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def is_value(kind: type) -> bool:
    private = kind.__name__.startswith("_")
    return not (private or issubclass(kind, BaseException) or name_of(kind) in AT_WORK)


VALUES = [kind for kind in classes() if is_value(kind)]
FROZEN = [
    kind
    for kind in classes()
    if name_of(kind) not in AT_WORK and not issubclass(kind, BaseException)
]
ERRORS = [kind for kind in classes() if issubclass(kind, AlinError)]


def mutable(value: Any, path: str) -> Iterator[str]:
    """Where something inside can change."""
    if isinstance(value, tuple | frozenset):
        for one in value:
            yield from mutable(one, f"{path}[]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from mutable(getattr(value, field.name), f"{path}.{field.name}")
    elif not isinstance(value, LEAVES):
        yield f"{path}: {type(value).__name__}"


def assignable(value: Any) -> Iterator[str]:
    """The names that can be given another value, or a value at all."""
    for name in [*(field.name for field in attrs.fields(type(value))), "unheard_of"]:
        try:
            setattr(value, name, None)
        except (attrs.exceptions.FrozenInstanceError, AttributeError):
            continue
        yield name


def test_there_are_values_of_every_class() -> None:
    seen = {type(part) for part in parts(list(law()))}

    @FEW
    @given(roots())
    def look(made: list[object]) -> None:
        seen.update(type(part) for part in parts(made))

    look()
    bases = {base for kind in seen for base in kind.__mro__[1:]}
    assert [name_of(kind) for kind in VALUES if kind not in seen | bases] == []


def test_the_law_is_frozen_to_its_leaves_and_travels() -> None:
    check_frozen(list(law()))
    check_copies(list(law()))


@FEW
@given(roots())
def test_a_value_is_frozen_to_its_leaves(made: list[object]) -> None:
    check_frozen(made)


def check_frozen(made: list[object]) -> None:
    for value in parts(made):
        kind = name_of(type(value))
        assert list(mutable(value, kind)) == []
        assert list(assignable(value)) == []


@pytest.mark.parametrize("kind", FROZEN, ids=name_of)
def test_no_class_has_a_way_to_fill_a_value_anew(kind: Any) -> None:
    assert "__setstate__" not in {name for base in kind.__mro__[:-1] for name in vars(base)}


@pytest.mark.parametrize("kind", ERRORS, ids=name_of)
def test_an_error_is_not_filled_anew(kind: Any) -> None:
    fields = [field.name for field in attrs.fields(kind)]
    error = kind(*(date for _ in fields))
    for name in fields:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            error.__setstate__({name: None})


DERIVED = {
    kind: [field.name for field in attrs.fields(kind) if not field.init]
    for kind in VALUES
    if any(not field.init for field in attrs.fields(kind))
}


def test_the_classes_that_derive_something_are_known() -> None:
    assert sorted(kind.__name__ for kind in DERIVED) == [
        "Assessment",
        "Candidature",
        "CeilingTable",
        "Household",
        "HousingAidEstimate",
        "Journey",
        "Record",
        "Rent",
    ]


def test_nothing_derived_travels() -> None:
    seen = set[type]()

    @FEW
    @given(roots())
    def look(made: list[object]) -> None:
        for value in parts([*made, *law()]):
            if type(value) in DERIVED:
                seen.add(type(value))
                check_derived_anew(value)

    look()
    assert seen == DERIVED.keys()


def check_derived_anew(value: Any) -> None:
    """Whoever forges what follows from a value forges it for that one object."""
    names = DERIVED[type(value)]
    due = [getattr(value, name) for name in names]
    forged = copy.copy(value)
    for name in names:
        object.__setattr__(forged, name, "forged")
    for twin in travelled(forged):
        assert [getattr(twin, name) for name in names] == due


@FEW
@given(roots())
def test_a_copy_is_equal_and_has_the_same_hash(made: list[object]) -> None:
    check_copies(made)


def travelled(value: Any) -> Iterator[Any]:
    """The same value, every way that Python carries one."""
    yield from (copy.copy(value), copy.deepcopy(value))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield pickle.loads(pickle.dumps(value, protocol))


def check_copies(made: list[object]) -> None:
    for value in made:
        for twin in travelled(value):
            assert type(twin) is type(value)
            if holds_an_error(value):  # which is equal to itself alone
                assert repr(twin) == repr(value)
            else:
                assert twin == value
                assert hash(twin) == hash(value)


def holds_an_error(value: object) -> bool:
    return any(isinstance(part, BaseException) for part in parts(value))


@FEW
@given(roots())
def test_no_value_is_equal_to_one_of_another_class(made: list[object]) -> None:
    values = list(parts(made))
    one_of_each = {type(value): value for value in values}
    for value in values:
        assert value != object()
        assert [type(other) for other in one_of_each.values() if other == value] in (
            [type(value)],
            [],
        )


@pytest.mark.parametrize("kind", ERRORS, ids=name_of)
def test_an_error_travels_with_its_fields(kind: Any) -> None:
    fields = [field.name for field in attrs.fields(kind)]
    error: Any = kind(*(date for _ in fields))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(error, protocol))
        assert type(twin) is kind
        assert [getattr(twin, name) for name in fields] == [date for _ in fields]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(error, fields[0], None)


def held(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What a module holds of its own that a call could change."""
    for name, value in vars(module).items():
        if not name.startswith("__") and isinstance(value, dict | list | set | bytearray):
            yield f"{module.__name__}.{name}", value


def state() -> dict[str, str]:
    return {name: repr(value) for module in modules() for name, value in held(module)}


def test_what_a_module_holds_is_named_as_a_constant() -> None:
    names = [name.rpartition(".")[2] for name in state()]
    assert [name for name in names if name != name.upper()] == []
    for module in modules():
        for value in vars(module).values():
            assert not isinstance(value, ContextVar) or value.get() is None


@FEW
@given(roots())
def test_no_call_changes_what_a_module_holds(made: list[object]) -> None:
    assert made
    assert state() == BEFORE


BEFORE = state()

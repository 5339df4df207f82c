"""Every small wrong change of one module: what mutation testing tries.

This code counts with named functions (`add`, `rounded_down`), answers with named outcomes and
keeps its law in rows, dates and decorators: mutmut changes function bodies only, and the operators
of cosmic-ray know no names, rows, keywords or statements. Hence these.

Left out by rule, since no test should pin them: docstrings, annotations, imports, `__all__`, what
only a type checker reads, caches, the words of errors and of `__str__`, and a change that gives the
same bytecode. Not tried: an assignment, a `yield`, a `break` or a base of a class that is gone;
shifts and powers; the patterns and guards of `match`.
"""

import ast
import copy
import re
from collections.abc import Iterator
from itertools import takewhile
from types import CodeType

from attrs import frozen

from tools.bytecode import essence_of, outside_of
from tools.neighbours import COMPARISONS, NAMES, OPERATORS

__all__ = ["Mutant", "mutants"]

_CACHES = {"cache", "lru_cache", "cached_property"}
_TYPING = {"TypeVar", "NewType", "TypeAlias"}
#: Functions whose texts are what an error says, as those in a `raise` are.
_TELLERS = {"Fault", "InvalidValue", "Refused", "must", "refusal", "typed"}
_WIDTH = 60


@frozen
class Mutant:
    """One changed module, and where: the qualified name, the text around, before and after."""

    where: str
    was: str
    now: str
    line: int
    code: CodeType
    #: Nothing else changed, neither of the module nor of a class body.
    in_function: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it in the list of survivors, whatever line it moves to."""
        return self.where, self.was, self.now


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Each change of the source that gives another bytecode, once."""
    tree = ast.parse(source)
    right = compile(tree, path, "exec")
    seen, outside = {essence_of(right)}, outside_of(right)
    for where, statement, node, field, changed in _changes(tree):
        before, original = _text(statement), getattr(node, field)
        setattr(node, field, changed)
        try:
            code = compile(ast.fix_missing_locations(tree), path, "exec")
            after = _text(statement)
        finally:
            setattr(node, field, original)
        essence = essence_of(code)
        if essence not in seen:
            seen.add(essence)
            yield Mutant(
                where,
                *_difference(before, after),
                statement.lineno,
                code,
                outside_of(code) == outside,
            )


_Change = tuple[str, ast.stmt, ast.AST, str, object]


def _changes(tree: ast.Module) -> Iterator[_Change]:
    members = _members(tree)
    for where, statement in _statements(tree.body, "module"):
        for field, changed in _whole(statement):
            yield where, statement, statement, field, changed
        told = where.endswith(".__str__")  # most are those of errors
        for parent, field, node, place in _expressions(statement, told=told):
            for changed in (*_of_node(node, members), *_negated(field, node)):
                yield where, statement, parent, field, _placed(parent, field, place, changed)
            for own, changed in _inside(node):
                yield where, statement, node, own, changed


def _placed(parent: ast.AST, field: str, place: int | None, changed: ast.expr) -> object:
    if place is None:
        return changed
    items = getattr(parent, field)
    return [*items[:place], changed, *items[place + 1 :]]


def _members(tree: ast.Module) -> dict[str, list[str]]:
    """The members of each enumeration that the module names, to take one for another."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = found.setdefault(node.value.id, [])
            if re.fullmatch(r"[A-Z][A-Z_0-9]*", node.attr) and node.attr not in names:
                names.append(node.attr)
    return found


def _statements(body: list[ast.stmt], where: str) -> Iterator[tuple[str, ast.stmt]]:
    for statement in body:
        if _only_typed(statement):
            yield from _statements(getattr(statement, "orelse", []), where)
            continue
        inner = where
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            inner = statement.name if where == "module" else f"{where}.{statement.name}"
        yield inner, statement
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, name, []), inner)
        for handler in getattr(statement, "handlers", []):
            yield from _statements(handler.body, inner)
        for case in getattr(statement, "cases", []):
            yield from _statements(case.body, inner)


def _only_typed(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            is_type = isinstance(value, ast.Call) and ast.unparse(value.func) in _TYPING
            return name == "__all__" or is_type or (_is_alias(value) and _is_class(name))
        case ast.AnnAssign(target=ast.Name(id="__all__")):
            return True
        case _:
            return False


def _is_alias(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.BitOr)
    return isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name | ast.Attribute)


def _is_class(name: str) -> bool:
    return name.lstrip("_")[:1].isupper() and not name.isupper()


def _whole(statement: ast.stmt) -> Iterator[tuple[str, object]]:
    """A statement that does nothing or something else, a decorator that is gone."""
    match statement:
        case ast.AugAssign(op=op) if type(op) in OPERATORS:
            yield "op", OPERATORS[type(op)]()
        case ast.Expr(value=ast.Call()):
            yield "value", ast.Constant(None)
        case ast.Raise():
            yield "exc", ast.Name("SystemError", ast.Load())
        case ast.Return(value=ast.expr()):
            yield "value", ast.Constant(None)
        case ast.FunctionDef(decorator_list=items) | ast.ClassDef(decorator_list=items):
            for place, item in enumerate(items):
                if not _names(item) & _CACHES:
                    yield "decorator_list", items[:place] + items[place + 1 :]


def _names(node: ast.AST) -> set[str]:
    return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


_Place = tuple[ast.AST, str, ast.expr, int | None]
_BLOCKS = {"body", "orelse", "finalbody", "handlers", "cases"}
_TYPES = {"annotation", "returns", "bases", "ctx"}


def _expressions(node: ast.AST, *, told: bool = False) -> Iterator[_Place]:
    """Every expression of the statement itself, its inner statements and words of errors apart."""
    told = told or isinstance(node, ast.Raise) or _function(node) in _TELLERS
    for field, value in ast.iter_fields(node):
        if field in _TYPES or (field in _BLOCKS and isinstance(value, list)):
            continue
        for place, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if (_function(node), field, place) == ("cast", "args", 0):
                continue  # the type is only for the type checker
            if isinstance(item, ast.expr):
                if field == "decorator_list" and _names(item) & _CACHES:
                    continue
                if not (told and _is_words(node, item)):
                    yield node, field, item, place
            if isinstance(item, ast.AST) and not (told and isinstance(item, ast.JoinedStr)):
                yield from _expressions(item, told=told)


def _function(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _is_words(node: ast.AST, item: ast.expr) -> bool:
    text = item.value if isinstance(item, ast.Constant) else None
    return isinstance(node, ast.Call) and isinstance(text, str) and " " in text


def _negated(field: str, node: ast.expr) -> Iterator[ast.expr]:
    """The contrary of a condition that no other change turns round."""
    if field in ("test", "ifs") and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _of_node(node: ast.expr, members: dict[str, list[str]]) -> Iterator[ast.expr]:
    """What may stand in the place of an expression."""
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.Constant(value=str() as text):
            yield ast.Constant(text + ("1" if text[-1:].isdigit() else "X"))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Dict(keys=keys, values=values):
            for place in range(len(keys)):
                last = place + 1
                yield ast.Dict(keys[:place] + keys[last:], values[:place] + values[last:])
        case ast.Attribute(value=ast.Name(id=owner), attr=name, ctx=ast.Load()):
            names = members.get(owner, [])
            if name in names and len(names) > 1:
                other = names[(names.index(name) + 1) % len(names)]
                yield ast.Attribute(node.value, other, ast.Load())


def _inside(node: ast.expr) -> Iterator[tuple[str, object]]:
    """What may change within an expression: an operator, a row, a keyword, a condition."""
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                for other in COMPARISONS[type(op)]:
                    yield "ops", [*ops[:place], other(), *ops[place + 1 :]]
        case ast.BoolOp(op=op, values=values):
            yield "op", ast.Or() if isinstance(op, ast.And) else ast.And()
            if len(values) > 2:
                for place in range(len(values)):
                    yield "values", values[:place] + values[place + 1 :]
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            yield "op", OPERATORS[type(op)]()
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            if isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                for place in range(len(items)):
                    yield "elts", items[:place] + items[place + 1 :]
        case ast.Call(keywords=keywords) if not _names(node.func) & _TYPING:
            for place in range(len(keywords)):
                yield "keywords", keywords[:place] + keywords[place + 1 :]


def _text(statement: ast.stmt) -> str:
    """The statement in one line, a block by its head only."""
    head = copy.copy(statement)
    for name in _BLOCKS:
        if isinstance(getattr(head, name, None), list):
            setattr(head, name, [ast.Pass()] if name == "body" else [])
    if isinstance(head, ast.Try):
        return "try"
    return " ".join(ast.unparse(ast.fix_missing_locations(head)).split()).removesuffix(" pass")


def _difference(was: str, now: str) -> tuple[str, str]:
    """Both, cut down to what surrounds the change."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False)))
    rest = min(len(was), len(now)) - same
    ends = zip(reversed(was), reversed(now), strict=False)
    tail = min(rest, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends)))
    start = max(0, same - _WIDTH)
    return tuple(text[start : len(text) - max(0, tail - _WIDTH)] for text in (was, now))  # type: ignore[return-value]

"""When two code objects do the same, and which functions a code object defines."""

from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType

__all__ = ["essence_of", "functions_of", "outside_of"]


def functions_of(code: CodeType) -> Iterator[CodeType]:
    """The code of every function, methods and inner functions too."""
    for item in code.co_consts:
        if isinstance(item, CodeType):
            if item.co_flags & CO_OPTIMIZED:  # a class body is not
                yield item
            yield from functions_of(item)


def outside_of(code: CodeType) -> object:
    """What runs on import: the bytecode of the module and of its class bodies."""
    constants = tuple(
        (outside_of(item) if not item.co_flags & CO_OPTIMIZED else item.co_qualname)
        if isinstance(item, CodeType)
        else (type(item), repr(item))
        for item in code.co_consts
    )
    return code.co_code, constants, code.co_names


def essence_of(code: CodeType) -> object:
    """The bytecode without its lines, which a change of layout moves."""
    constants = tuple(
        essence_of(item) if isinstance(item, CodeType) else (type(item), repr(item))
        for item in code.co_consts
    )
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_exceptiontable

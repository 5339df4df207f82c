"""What a mutant puts in the place of a comparison, an operator or a name."""

import ast

__all__ = ["COMPARISONS", "NAMES", "OPERATORS"]

#: A comparison becomes its neighbour at the boundary, and its contrary.
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {
    "MET": "NOT_MET",
    "NOT_MET": "MET",
    "BORDERLINE": "MET",
    "UNKNOWN": "NOT_MET",
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "rounded_up": "rounded_down",
    "rounded_down": "rounded_up",
    "rounded_half_up": "rounded_down",
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "CENT": "EURO",
    "EURO": "CENT",
}

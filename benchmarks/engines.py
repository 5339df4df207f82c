"""The same four answers, given by a bare function and by two rule engines."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import rule_engine
import zen


class Answers(NamedTuple):
    """What every engine must agree on."""

    typology: bool
    ceiling: bool
    affordability: str
    priority: bool


#: Smallest and largest fitting typology for 1, 2, 3, 4 and 5 or more persons.
FITTING = ((1, 2), (2, 3), (3, 4), (4, 5), (5, 99))
#: PLAI then PLUS of 2026; Paris and adjoining communes, Île-de-France, other regions.
CEILINGS = (
    (
        (14811, 24140, 31643, 34637, 41203, 46369),
        (14811, 24140, 29018, 31860, 37719, 42444),
        (12870, 18753, 22551, 25092, 29359, 33086),
    ),
    (
        (26920, 40233, 52740, 62968, 74919, 84304),
        (26920, 40233, 48362, 57930, 68577, 77171),
        (23403, 31254, 37584, 45374, 53376, 60156),
    ),
)
FURTHER = ((5166, 4727, 3689), (9394, 8598, 6710))
#: Headcount from which an employer gives priority; no public one ever does.
HEADCOUNTS = (10, 50, 10**9)


def bare(
    births: Sequence[int],
    dependants: int,
    disabled: bool,
    day: int,
    rooms: int,
    norm: int,
    zone: int,
    income: int,
    last_year: int,
    last_months: int,
    monthly: int,
    rent: int,
    sector: int,
    headcount: int,
) -> tuple[bool, bool, str, bool]:
    """The four answers and nothing else: what a verdict would cost if it explained nothing.

    Days are 20261123, money per month is in cents, an income that is not claimed is -1.
    """
    adults = len(births)
    persons = category = adults + dependants
    if disabled or (adults == 1 and dependants):
        category += 1
    elif persons == adults == 2:
        ages = (day - births[0]) // 10_000 + (day - births[1]) // 10_000
        category += ages <= 55
    smallest, largest = FITTING[persons - 1 if persons < 5 else 4]
    ceiling = CEILINGS[norm][zone][category - 1 if category < 6 else 5]
    if persons > 6:
        ceiling += (persons - 6) * FURTHER[norm][zone]
    if last_months < 0 or 0 <= last_year < last_months:
        last_months = last_year
    if last_months >= 0 and 10 * last_months <= 9 * income:
        income = last_months
    if monthly >= 3 * rent:
        affordability = "MET"
    elif 10 * monthly >= 27 * rent:
        affordability = "BORDERLINE"
    else:
        affordability = "NOT_MET"
    return (
        smallest <= rooms <= largest,
        income <= ceiling,
        affordability,
        headcount >= HEADCOUNTS[sector],
    )


def _by_value(name: str, choices: Sequence[str]) -> str:
    """An expression that picks a choice by an integer; nested lists are slower in `rule-engine`."""
    *earlier, text = choices
    for value in reversed(range(len(earlier))):
        text = f"({name} == {value} ? {earlier[value]} : {text})"
    return text


def _ceiling(norm: int) -> str:
    columns = zip(CEILINGS[norm], FURTHER[norm], strict=True)
    return _by_value(
        "zone", [f"({list(amounts)}[category] + further * {each})" for amounts, each in columns]
    )


_AFFORDABILITY = (
    "monthly >= 3 * rent ? 'MET' : (10 * monthly >= 27 * rent ? 'BORDERLINE' : 'NOT_MET')"
)
_PRIORITY = "(sector == 0 and headcount >= 10) or (sector == 1 and headcount >= 50)"
EXPRESSIONS = {
    "typology": "persons < 5 ? (rooms >= persons and rooms <= persons + 1) : rooms >= 5",
    "ceiling": f"income <= {_by_value('norm', [_ceiling(0), _ceiling(1)])}",
    "affordability": _AFFORDABILITY,
    "priority": _PRIORITY,
}

_RULES = [rule_engine.Rule(text) for text in EXPRESSIONS.values()]


def by_rule_engine(request: Mapping[str, int]) -> list[Any]:
    """Four expressions of `rule-engine`, parsed once."""
    return [rule.evaluate(request) for rule in _RULES]


def _node(kind: str, name: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
    node = {"id": name, "name": name, "type": kind}
    return node | {"content": content} if content else node


def _table(name: str, inputs: str, outputs: str, *rules: tuple[object, ...]) -> dict[str, Any]:
    """A decision table of `zen-engine`; the first rule that matches answers."""
    columns = [
        [{"id": field, "name": field, "field": field} for field in fields.split(", ")]
        for fields in (inputs, outputs)
    ]
    keys = [column["id"] for side in columns for column in side]
    rows = [
        {"_id": f"{name} {number}"} | dict(zip(keys, map(str, rule), strict=True))
        for number, rule in enumerate(rules)
    ]
    content = {"hitPolicy": "first", "passThrough": True}
    content |= {"inputs": columns[0], "outputs": columns[1], "rules": rows}
    return _node("decisionTableNode", name, content)


def _expressions(name: str, expressions: Mapping[str, str]) -> dict[str, Any]:
    pairs = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    return _node("expressionNode", name, {"expressions": pairs})


def _graph(*steps: dict[str, Any]) -> dict[str, Any]:
    """A decision whose steps follow one another."""
    nodes = [_node("inputNode", "request"), *steps, _node("outputNode", "response")]
    names = [node["id"] for node in nodes]
    edges = [
        {"id": f"{source} to {target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(names)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


_TABLES = _graph(
    _table(
        "size",
        "persons, rooms",
        "typology",
        *[(n, f"[{n}..{n + 1}]", "true") for n in range(1, 5)],
        (">= 5", ">= 5", "true"),
        ("", "", "false"),
    ),
    _table(
        "annex",
        "norm, zone, category",
        "amount, each",
        *[
            (norm, zone, category, amount, FURTHER[norm][zone])
            for norm, zones in enumerate(CEILINGS)
            for zone, amounts in enumerate(zones)
            for category, amount in enumerate(amounts)
        ],
    ),
    _table(
        "limit",
        "income - amount - further * each",
        "ceiling",
        ("<= 0", "true"),
        ("", "false"),
    ),
    _table(
        "effort",
        "monthly / rent",
        "affordability",
        (">= 3", "'MET'"),
        (">= 2.7", "'BORDERLINE'"),
        ("", "'NOT_MET'"),
    ),
    _table(
        "employer",
        "sector, headcount",
        "priority",
        (0, ">= 10", "true"),
        (1, ">= 50", "true"),
        ("", "", "false"),
    ),
)

# A static loader keeps the compiled decision: `create_decision` compiles at each evaluation,
# which costs over 100 µs more.
_ZEN = zen.ZenEngine(
    {
        "loader": {
            "type": "static",
            "content": {
                "tables": _TABLES,
                "expressions": _graph(_expressions("answers", EXPRESSIONS)),
            },
        }
    }
)
_ZEN_EXPRESSION = zen.compile_expression(
    "{" + ", ".join(f"{name}: {text}" for name, text in EXPRESSIONS.items()) + "}"
)


def by_zen_tables(request: dict[str, int]) -> Mapping[str, Any]:
    """A decision of five tables."""
    return _ZEN.evaluate("tables", request)["result"]


def by_zen_expressions(request: dict[str, int]) -> Mapping[str, Any]:
    """A decision of four expressions in one node."""
    return _ZEN.evaluate("expressions", request)["result"]


def by_zen_compiled(request: dict[str, int]) -> Any:
    """The same four expressions as one, without a decision around them."""
    return _ZEN_EXPRESSION.evaluate(request)


#: The engines that take a mapping, by the name they are reported under.
ENGINES: Mapping[str, Callable[[dict[str, int]], Any]] = {
    "zen-engine, one compiled expression": by_zen_compiled,
    "zen-engine, a decision of expressions": by_zen_expressions,
    "zen-engine, a decision of tables": by_zen_tables,
    "rule-engine, four rules": by_rule_engine,
}


def answers_of(result: Any) -> Answers:
    """An engine's result, whether a sequence or a mapping, as `Answers`."""
    if isinstance(result, Mapping):
        return Answers(*[result[name] for name in Answers._fields])
    return Answers(*result)

"""JSON texts of about so many bytes, made to cost their reader more than they weigh."""

import json
from collections.abc import Callable, Iterator
from datetime import date

from alin_core.exchange.dossier import (
    read_candidature,
    read_dossier,
    read_offers,
    read_record,
    to_json,
)
from alin_core.exchange.ranking import read_ranking
from alin_core.exchange.replay import verify
from alin_core.matching import matching_offers

__all__ = ["READERS", "SHAPES", "Shape"]

#: A text of about so many bytes.
Shape = Callable[[int], str]


def _many(unit: str, size: int) -> str:
    """As many of the units as fit in the size, `№` replaced by the number of each."""
    if "№" not in unit:
        return ",".join([unit] * -(-size // (len(unit.encode()) + 1)))
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(unit.replace("№", f"{len(parts):x}"))
        length += len(parts[-1].encode()) + 1
    return ",".join(parts)


def _around(before: str, unit: str, after: str) -> Shape:
    return lambda size: before + _many(unit, size) + after


def _long(before: str, sign: str, after: str) -> Shape:
    return lambda size: before + sign * (size // len(sign.encode())) + after


def _deep(unit: str) -> Shape:
    """A list under objects with long keys, nested nearly as deep as Python reads."""

    def shape(size: int) -> str:
        depth = min(900, size // 100)
        inside = f"[{_many(unit, size // 2)}]"
        return '{"replay":{},"x":' + f'{{"{"k" * 40}":' * depth + inside + "}" * depth + "}"

    return shape


#: Whatever the reader asks for.
_ANYWHERE = {
    "a list of objects": _around("[", "{}", "]"),
    "a list of lists": _around("[", "[]", "]"),
    "a list of numbers": _around("[", "0", "]"),
    "a list of exact numbers": _around("[", "0e0", "]"),
    "numbers under deep objects": _deep("0"),
    "objects under deep objects": _deep("{}"),
    "keys given twice under deep objects": _deep('{"a":0,"a":0}'),
    "unknown keys": _around("{", '"№":0', "}"),
    "one key again and again": _around("{", '"a":0', "}"),
    "keys given twice": _around("{", '"№":0,"№":0', "}"),
    "deep lists": _long("", "[", ""),
    "a long key": _long('{"', "k", '":0}'),
    "a long text": _long('{"schema":"', "é", '"}'),
    "a long text with an emoji": _long('{"schema":"\N{HOUSE BUILDING}', "x", '"}'),
    "halves of characters": _long('{"schema":"', "\\ud800", '"}'),
    "a long number": _long('{"schema":', "9", "}"),
    "a long fraction": _long('{"schema":0.', "9", "}"),
    "white space": _long("", " ", "{}"),
}

#: What stands in a list where something larger is due.
_WRONG = ("0", '""', "null", "{}", "[]", '{"№":0}', '{"a":0,"a":0}')
_OFFER = '{"reference":"№","commune":"94041","typology":"T2","rent":{"base":1}}'
_FAULTY_OFFER = '{"reference":"№","commune":"94041","typology":"T2","rent":{"base":-1}}'
_GROUND = '"DALO"'


def _dossier(key: str, open_: str, unit: str, close: str) -> Shape:
    """A dossier with many of one unit in one place of its household, resources or offers."""
    places = {"dependants": "", "reference_tax_income": "", "priority_grounds": "", "offers": ""}
    places[key] = "@"

    def held(name: str, brackets: str = "[]") -> str:
        return f"{open_}@{close}" if places[name] else brackets

    before, after = (
        f'{{"schema":"alin-core/1","on":"2026-11-23","demand":{{"household":{{"applicant":{{}},'
        f'"dependants":{held("dependants")}}},"resources":{{"reference_tax_income":'
        f'{held("reference_tax_income", "{}")}}},"priority_grounds":{held("priority_grounds")}}},'
        f'"offers":{held("offers")}}}'
    ).split("@")
    return _around(before, unit, after)


def _dossiers() -> Iterator[tuple[str, Shape]]:
    for unit in (*_WRONG, _OFFER, _FAULTY_OFFER):
        yield f"offers {unit}", _dossier("offers", "[", unit, "]")
    for unit in (*_WRONG, '{"birth_date":"1990-05-02"}', '{"birth_date":"2027-01-01"}'):
        yield f"dependants {unit}", _dossier("dependants", "[", unit, "]")
    for unit in (*_WRONG, _GROUND):
        yield f"grounds {unit}", _dossier("priority_grounds", "[", unit, "]")
    for unit in ('"№":0', '"2024":0', '"2024":{}'):
        yield f"incomes {unit}", _dossier("reference_tax_income", "{", unit, "}")


def _history(unit: str) -> Shape:
    return _around('{"schema":"alin-core/1","history":[', unit, "]}")


_AT = '"at":"2026-11-23T10:00:00Z"'
_CANCEL = f'{{"event":"Cancel",{_AT}}}'
_CONTACT = f'{{"event":"Contact",{_AT}}}'
_SUBMIT = f'{{"event":"Submit",{_AT},"offer":"№","unique_number":{{"opaque":"№"}}}}'
_LEASE = ",".join(
    f'{{"event":"{name}",{_AT}{more}}}'
    for name, more in (
        ("Validate", ""), ("Transmit", ""), ("Decide", ',"ruling":"A"'),
        ("NotifyAward", ',"answer_by":"2026-12-24"'), ("Accept", ""), ("Sign", ""),
    )
)  # fmt: skip


def _histories() -> Iterator[tuple[str, Shape]]:
    for unit in (*_WRONG, _CANCEL, _SUBMIT):
        yield f"events {unit}", _history(unit)
    first = _SUBMIT.replace("№", "0")
    yield "contacts", _around(f'{{"schema":"alin-core/1","history":[{first},', _CONTACT, "]}")
    yield "submissions and cancellations", _history(f"{_SUBMIT},{_CANCEL}")
    yield "submissions and leases", _history(f"{_SUBMIT},{_LEASE}")


_CRITERION = '{"code":"№","label_fr":"a","label_en":"a","points":1}'
_GROUPED = '{"code":"№","label_fr":"a","label_en":"a","points":1,"group":"№","needs_proof":true}'
_CANDIDATE = '{"outcome":"MET"}'
_RANKED = '{"outcome":"MET","tier":"OTHER","lodged_on":"2024-01-01","unique_number":{"opaque":"№"}}'


def _nobody(_size: int) -> str:
    return ""


def _ranking(candidates: Shape, policy: Shape | None = None) -> Shape:
    def shape(size: int) -> str:
        told = "" if policy is None else f'"policy":{policy(size)},'
        return (
            f'{{"schema":"alin-core/ranking/1","offer":"T2","draw_key":"k",{told}'
            f'"candidates":[{candidates(size)}]}}'
        )

    return shape


def _policy(**held: str) -> Shape:
    """A policy whose lists of criteria, groups, tiers hold many of a unit each."""

    def shape(size: int) -> str:
        lists = "".join(f',"{key}":[{_many(unit, size)}]' for key, unit in held.items())
        return f'{{"name":"n","version":"1","source":"s"{lists}}}'

    return shape


def _whole(before: str, after: str, **held: str) -> Shape:
    """One candidate whose criteria, proofs, points hold many of a unit each."""

    def shape(size: int) -> str:
        each = size // len(held)
        lists = ",".join(
            f'"{key}":' + ("{%s}" if key == "points" else "[%s]") % _many(unit, each)
            for key, unit in held.items()
        )
        return f"{before[:-1]},{lists}}}{after}"

    return shape


def _rankings() -> Iterator[tuple[str, Shape]]:
    for unit in (*_WRONG, _CANDIDATE, _RANKED):
        yield f"candidates {unit}", _ranking(_around("", unit, ""))
    for key in ("criteria", "highest_only", "tiers", "outcomes"):
        for unit in (*_WRONG, '"MET"', '"OTHER"'):
            yield f"{key} {unit}", _ranking(_nobody, _policy(**{key: unit}))
    yield "criteria of a policy", _ranking(_nobody, _policy(criteria=_CRITERION))
    yield "groups of a policy", _ranking(_nobody, _policy(criteria=_GROUPED, highest_only='"№"'))
    for held in (
        {"criteria": '"№"'}, {"criteria": '"a"'}, {"points": '"№":0'}, {"proved": '"№"'},
        {"criteria": '"№"', "points": '"x№":0'}, {"points": '"№":1.5'}, {"points": '"a":1'},
    ):  # fmt: skip
        yield f"a candidate with {held}", _ranking(_whole(_CANDIDATE, "", **held))
    yield (
        "proofs of a policy",
        _ranking(
            _whole(_RANKED.replace("№", "1"), "", criteria='"№"', proved='"№"'),
            _policy(criteria=_GROUPED),
        ),
    )


def _verdicts() -> Iterator[tuple[str, Shape]]:
    written = _verdict()
    whole = json.dumps(written, separators=(",", ":"))
    bare = json.dumps({"replay": written["replay"]}, separators=(",", ":"))
    empty = json.dumps(
        {"findings": [{}] * 3, "priority": {"findings": [{}] * 2}, "remedies": [0] * 9}
        | {"replay": written["replay"]},
        separators=(",", ":"),
    )
    unlike = json.dumps(dict.fromkeys(written, 0) | {"replay": written["replay"]})
    groups = '"undecided":[],"others":[]}'
    for name, unit in (
        *((unit, unit) for unit in _WRONG), ("whole", whole), ("bare", bare), ("empty", empty),
        ("unlike", unlike),
    ):  # fmt: skip
        yield f"verdicts {name}", _around('{"fitting":[', unit, f"],{groups}")
    for unit in _WRONG:
        yield f"texts {unit}", _texts(unit)
        yield (
            f"findings {unit}",
            _around('{"findings":[', unit, f"],{bare[1:]}"),
        )
        yield f"notes {unit}", _around('{"notes":[', unit, f'],"fitting":[],{groups}')
    yield (
        "a long number over many verdicts",
        lambda size: (
            f'{{"unique_number":"{"9" * (size // 2)}","fitting":[{_many(bare, size // 2)}],{groups}'
        ),
    )
    yield (
        "dependants of a verdict",
        lambda size: bare.replace('"dependants":[]', f'"dependants":[{_many("{}", size)}]'),
    )
    yield "a long reference", lambda size: bare.replace('"T2"', '"' + "x" * size + '"', 1)


def _texts(unit: str) -> Shape:
    return lambda size: _many(unit, size).replace("},", "} ").replace("0,", "0 ")


def _verdict() -> dict[str, object]:
    """A short verdict, with all it was made from."""
    text = (
        '{"schema":"alin-core/1","demand":{"household":{"applicant":{}},"resources":{}},'
        '"offers":[{"reference":"T2","commune":"94041","typology":"T2","rent":{"base":1}}]}'
    )
    dossier = read_dossier(text)
    matches = matching_offers(dossier.demand, dossier.offers, on=date(2026, 11, 23))
    groups = json.loads(to_json(matches))
    verdict: dict[str, object] = [*groups["fitting"], *groups["undecided"], *groups["others"]][0]
    return verdict


READERS: dict[str, Callable[[str], object]] = {
    "dossier": read_dossier,
    "offers": read_offers,
    "verdict": verify,
    "candidature": read_candidature,
    "record": read_record,
    "ranking": read_ranking,
}

SHAPES: dict[str, dict[str, Shape]] = {
    "dossier": _ANYWHERE | dict(_dossiers()),
    # As a dossier, but for its demand.
    "offers": {name: shape for name, shape in _dossiers() if name.startswith("offers")},
    "verdict": _ANYWHERE | dict(_verdicts()),
    # As a record, of which it is one.
    "candidature": {name: shape for name, shape in _histories() if "and" not in name},
    "record": _ANYWHERE | dict(_histories()),
    "ranking": _ANYWHERE | dict(_rankings()),
}

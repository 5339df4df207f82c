"""A verdict in JSON made again from its inputs, and what differs."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import field, fields

from alin_core.aided_affordability import NoEstimate
from alin_core.eligibility import Assessment, assess
from alin_core.errors import InvalidValue, must, shown
from alin_core.frozen import frozen
from alin_core.housing_aid import HousingAidEstimate
from alin_core.law.rulebook import Rulebook
from alin_core.matching import Matches, group_of
from alin_core.privacy import hidden
from alin_core.serialization import DossierError, Fault, date_of, read_json
from alin_core.strict_json import JsonObject, key_step, misplaced, parsed, parsed_texts, refusal
from alin_core.structuring import Misread, structured
from alin_core.unstructuring import VERDICT_SCHEMA, plain_assessment
from alin_core.values.amounts import day_field
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from alin_core.values.identifiers import is_text

__all__ = ["Difference", "Replay", "Verification", "verify"]

#: The fields of `Matches`, and what stands beside them for a demand of the national XML.
_GROUPS = tuple(group.name for group in fields(Matches))
_WHOSE = ("path", "unique_number", "notes")


@frozen
class Difference:
    """One place where the verdict of the file is not the one made now, both as JSON texts."""

    path: str
    #: What the file says; None: nothing.
    recorded: str | None = field(repr=hidden)
    #: What follows from the same inputs; None: nothing.
    redone: str | None = field(repr=hidden)


@frozen(kw_only=True)
class Replay:
    """One verdict of a file, made again."""

    #: Where it stands in the file; empty: it is the whole of it.
    path: str
    #: The version of the library that made the one of the file, as the file says.
    version: str
    #: The fingerprint of its rulebook, as the file says.
    rulebook: str
    #: Made now, from the inputs of the file.
    assessment: Assessment
    differences: tuple[Difference, ...]


@frozen
class Verification:
    """Every verdict of a file, made again."""

    replays: tuple[Replay, ...]
    #: The fingerprint of the rulebook they were made again with.
    rulebook: str

    @property
    def differing(self) -> tuple[Replay, ...]:
        """Those that are not the same as in the file."""
        return tuple(replay for replay in self.replays if replay.differences)


def verify(text: str | bytes, *, rulebook: Rulebook | None = None) -> Verification:
    """Make each verdict of a JSON text again, from the inputs it carries.

    The text is an assessment or matches as `to_json` writes them, or what `alin assess --json`
    prints for a national XML, one text after another.
    A refused estimate of the aid is an input and is not tried again.

    >>> verify('{"replay": []}')
    Traceback (most recent call last):
    ...
    alin_core.serialization.DossierError: replay: a list is refused; give an object

    Raises `DossierError`, which lists every fault: nothing is half read.
    """
    law = rulebook or Rulebook.standard()
    faults: list[Fault] = []
    verdicts = list(_verdicts(read_json(text, parsed_texts), faults))
    replays = [_replay(verdict, law, faults) for verdict in verdicts]
    if not verdicts and not faults:
        hint = "no verdict is there; give what `alin assess --json` prints of one offer or more"
        faults.append(Fault("", hint))
    if faults:
        raise DossierError(tuple(faults))
    return Verification(tuple(filter(None, replays)), law.fingerprint)


_known_schema = must(lambda value: value == VERDICT_SCHEMA, f"give {shown(VERDICT_SCHEMA)}")


_is_fingerprint = must(
    lambda value: len(value) == 32 and set(value) <= set("0123456789abcdef"),
    "give 32 hexadecimal digits",
)


@frozen(kw_only=True)
class _Origin:
    """What a verdict says that it was made from."""

    schema: str = field(validator=_known_schema)
    version: str = field(validator=is_text)
    rulebook: str = field(validator=_is_fingerprint)
    on: date = field(converter=day_field)
    demand: Demand
    offer: Offer
    housing_aid: HousingAidEstimate | None
    no_estimate: NoEstimate | None

    def __attrs_post_init__(self) -> None:
        if self.housing_aid is not None and self.no_estimate is not None:
            told = self.no_estimate.reason
            raise InvalidValue("no_estimate", told, "give null beside an estimate")

    def made(self, law: Rulebook) -> Assessment:
        aid = self.housing_aid or self.no_estimate
        return assess(self.demand, self.offer, on=self.on, rulebook=law, housing_aid=aid)


@frozen
class _Verdict:
    """An object of the file, and where it stands."""

    path: str
    raw: JsonObject
    #: The group of matches it stands in; None: it stands alone.
    group: str | None = None
    #: The unique number that the text of a demand gives, after its path; empty: none is given.
    number: tuple[tuple[str, Any], ...] = ()


def _verdicts(texts: list[Any], faults: list[Fault]) -> Iterator[_Verdict]:
    for place, raw in enumerate(texts):
        path = f"[{place}]" if len(texts) > 1 else ""
        if not isinstance(raw, JsonObject):
            faults.append(Fault(path, str(misplaced(raw, "give an object"))))
            continue
        faults.extend(_repeats(raw, path))
        if raw.keys().isdisjoint(_GROUPS):
            yield _Verdict(path, raw)
        else:
            yield from _matches(raw, path, faults)


def _matches(raw: JsonObject, path: str, faults: list[Fault]) -> Iterator[_Verdict]:
    known = (*_WHOSE, *_GROUPS)
    for key in sorted(raw.keys() - set(known)):
        message = f"unknown key; known are {', '.join(known)}"
        faults.append(Fault(_joined(path, key), message))
    number = tuple((_joined(path, key), raw[key]) for key in raw if key == "unique_number")
    for group in _GROUPS:
        inner = _joined(path, group)
        verdicts = raw.get(group)
        if group not in raw:
            faults.append(Fault(inner, "missing"))
        elif not isinstance(verdicts, list):
            faults.append(Fault(inner, str(misplaced(verdicts, "give a list"))))
        else:
            for place, verdict in enumerate(verdicts):
                if isinstance(verdict, JsonObject):
                    yield _Verdict(f"{inner}[{place}]", verdict, group, number)
                else:
                    message = str(misplaced(verdict, "give an object"))
                    faults.append(Fault(f"{inner}[{place}]", message))


def _repeats(raw: JsonObject, path: str) -> Iterator[Fault]:
    """Keys given more than once, at any depth but where the inputs are, which tell their own."""
    left: list[tuple[str, Any]] = [(path, raw)]
    while left:  # no recursion: JSON may be nested deeper than Python calls
        place, value = left.pop()
        held: dict[Any, Any] = {}
        if isinstance(value, JsonObject):
            repeated = [_joined(place, key) for key in value.repeated]
            yield from (Fault(found, "given more than once") for found in repeated)
            held = {key: inner for key, inner in value.items() if key != "replay"}
        elif isinstance(value, list):
            held = _by_place(value)
        left += [(_joined(place, key), held[key]) for key in reversed(held)]


def _replay(verdict: _Verdict, law: Rulebook, faults: list[Fault]) -> Replay | None:
    path = _joined(verdict.path, "replay")
    if "replay" not in verdict.raw:
        hint = "missing; only a verdict with its inputs can be made again"
        faults.append(Fault(path, hint))
        return None
    raw = verdict.raw["replay"]
    try:
        origin = structured(raw, _Origin, on=date_of(raw))
        made = origin.made(law)
    except Misread as error:
        told = ((f"{path}.{inner}" if inner else path, hint) for inner, hint in error.faults)
        faults.extend(Fault(*each) for each in told)
        return None
    except InvalidValue as error:  # the estimate of another dwelling
        faults.append(Fault(_joined(path, error.name), str(refusal(error.value, error.hint))))
        return None
    return Replay(
        path=verdict.path,
        version=origin.version,
        rulebook=origin.rulebook,
        assessment=made,
        differences=tuple(_compared(verdict, made)),
    )


def _compared(verdict: _Verdict, made: Assessment) -> Iterator[Difference]:
    recorded, redone = dict(verdict.raw), parsed(json.dumps(plain_assessment(made)))
    del recorded["replay"], redone["replay"]
    yield from _differences(verdict.path, recorded, redone)
    if verdict.group is not None:
        yield from _differences(verdict.path, verdict.group, group_of(made))
    for path, number in verdict.number:
        unique = made.demand.unique_number
        yield from _differences(path, number, None if unique is None else str(unique))


def _differences(path: str, recorded: Any, redone: Any) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(redone, dict):
        for key in [*redone, *(key for key in recorded if key not in redone)]:
            inner = _joined(path, key)
            if key in recorded and key in redone:
                yield from _differences(inner, recorded[key], redone[key])
            else:
                yield Difference(inner, _written_at(recorded, key), _written_at(redone, key))
    elif isinstance(recorded, list) and isinstance(redone, list):
        yield from _differences(path, _by_place(recorded), _by_place(redone))
    elif type(recorded) is not type(redone) or recorded != redone:
        yield Difference(path, _written(recorded), _written(redone))


def _by_place(values: list[Any]) -> dict[int, Any]:
    return dict(enumerate(values))


def _written_at(holder: dict[Any, Any], key: Any) -> str | None:
    return _written(holder[key]) if key in holder else None


def _written(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:  # it could be read, just
        return "nested too deeply"


def _joined(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}{key_step(key)}".removeprefix(".")

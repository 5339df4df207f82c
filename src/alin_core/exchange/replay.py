"""A verdict in JSON made again from its inputs, and what differs."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from attrs import evolve, field, fields

from alin_core.eligibility import Assessment, assess
from alin_core.errors import InvalidValue, must, shown
from alin_core.exchange.dossier import date_of, listed, read_json
from alin_core.exchange.faults import Faults, Misread, key_step, misplaced, refusal
from alin_core.exchange.strict_json import JsonObject, parsed, parsed_texts
from alin_core.exchange.structuring import structured
from alin_core.exchange.unstructuring import (
    VERDICT_SCHEMA,
    plain_value,
    plain_verdict,
)
from alin_core.frozen import frozen
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.housing_aid.estimate import HousingAidEstimate
from alin_core.law.rulebook import Rulebook
from alin_core.matching import Matches, group_of
from alin_core.values.amounts import day_field
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from alin_core.values.identifiers import is_text
from alin_core.values.languages import Told
from alin_core.values.privacy import hidden
from alin_core.version import __version__

__all__ = [
    "MOST_DIFFERENCES",
    "Difference",
    "Replay",
    "Verification",
    "verification_to_json",
    "verify",
]

#: The fields of `Matches`, and what stands beside them for a demand of the national XML.
_GROUPS = tuple(group.name for group in fields(Matches))
_WHOSE = ("path", "unique_number", "notes")
#: How many lists and objects, one in another, are read of a part of a verdict: more than any has.
_DEEPEST = 10


#: More than any verdict of ours has; a hostile one has one a byte.
MOST_DIFFERENCES = 1_000


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
    #: The first `MOST_DIFFERENCES`.
    differences: tuple[Difference, ...]
    #: Are there more than those listed?
    more: bool = False


@frozen
class Verification(Told):
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
    alin_core.exchange.dossier.DossierError: replay: a list is refused; give an object

    Raises `DossierError`, as `read_dossier` does: nothing is half read.
    """
    law = rulebook or Rulebook.standard()
    texts = read_json(text, parsed_texts)
    found, replays = Faults(), list[Replay]()
    try:
        for place, raw in enumerate(texts):
            replays += _replays(raw, f"[{place}]" if len(texts) > 1 else "", law, found)
        if not replays and not found:
            hint = "no verdict is there; give what `alin assess --json` prints of one offer or more"
            found.add("", hint)
        found.settle()
    except Misread as error:
        faults = error.faults
    else:
        return Verification(tuple(replays), law.fingerprint)
    raise listed(faults)


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


def _replays(raw: Any, path: str, law: Rulebook, found: Faults) -> list[Replay]:
    """Make each verdict of one text again; once there is a fault, only look for others."""
    if not isinstance(raw, JsonObject):
        found.add(path, str(misplaced(raw, "give an object")))
        return []
    several = not raw.keys().isdisjoint(_GROUPS)
    verdicts = _matches(raw, path, found) if several else [_Verdict(path, raw)]
    made = [_replay(verdict, law, found) for verdict in verdicts]
    replays = [replay for replay in made if replay is not None]
    if several and "unique_number" in raw:
        _compare_number(raw["unique_number"], _joined(path, "unique_number"), replays)
    return replays


def _compare_number(recorded: Any, path: str, replays: list[Replay]) -> None:
    """Tell that the text is not whose it says, with the first verdict that is somebody else's.

    Once, as the number could be as long as all the verdicts together.
    """
    for place, replay in enumerate(replays):
        number = replay.assessment.demand.unique_number
        differences = tuple(_differences(path, recorded, None if number is None else str(number)))
        if differences:
            replays[place] = evolve(replay, differences=replay.differences + differences)
            return


def _matches(raw: JsonObject, path: str, found: Faults) -> Iterator[_Verdict]:
    known = (*_WHOSE, *_GROUPS)
    for key, value in raw.items():
        inner = _joined(path, key)
        if key in raw.repeated:
            found.add(inner, "given more than once")
        if key not in known:
            found.add(inner, f"unknown key; known are {', '.join(known)}")
        elif key in _WHOSE:
            _read(value, inner, found)
        elif not isinstance(value, list):
            found.add(inner, str(misplaced(value, "give a list")))
        else:
            for place, verdict in enumerate(value):
                if isinstance(verdict, JsonObject):
                    yield _Verdict(f"{inner}[{place}]", verdict, key)
                else:
                    found.add(f"{inner}[{place}]", str(misplaced(verdict, "give an object")))
    for group in _GROUPS:
        if group not in raw:
            found.add(_joined(path, group), "missing")


def _read(value: Any, path: str, found: Faults, depth: int = 1) -> None:
    """Find keys given more than once, and what is nested deeper than anything in a verdict."""
    if not isinstance(value, dict | list):
        return
    if depth > _DEEPEST:
        found.add(path, "nested deeper than anything in a verdict")
        return
    repeated = getattr(value, "repeated", ())
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        place = _joined(path, key)
        if key in repeated:
            found.add(place, "given more than once")
        _read(inner, place, found, depth + 1)


def _replay(verdict: _Verdict, law: Rulebook, found: Faults) -> Replay | None:
    made = None
    for key, value in verdict.raw.items():
        path = _joined(verdict.path, key)
        if key in verdict.raw.repeated:
            found.add(path, "given more than once")
        if key == "replay":
            made = _made(value, path, law, found)
        else:
            _read(value, path, found)
    if "replay" not in verdict.raw:
        hint = "missing; only a verdict with its inputs can be made again"
        found.add(_joined(verdict.path, "replay"), hint)
    if made is None or found:
        return None
    origin, assessment = made
    first = tuple(islice(_compared(verdict, assessment), MOST_DIFFERENCES + 1))
    return Replay(
        path=verdict.path,
        version=origin.version,
        rulebook=origin.rulebook,
        assessment=assessment,
        differences=first[:MOST_DIFFERENCES],
        more=len(first) > MOST_DIFFERENCES,
    )


def _made(raw: Any, path: str, law: Rulebook, found: Faults) -> tuple[_Origin, Assessment] | None:
    try:
        origin = structured(raw, _Origin, on=date_of(raw))
        return origin, origin.made(law)
    except Misread as error:
        found.add_all(path, error)
    except InvalidValue as error:  # the estimate of another dwelling
        found.add(_joined(path, error.name), str(refusal(error.value, error.hint)))
    return None


def _compared(verdict: _Verdict, made: Assessment) -> Iterator[Difference]:
    recorded, redone = dict(verdict.raw), parsed(json.dumps(plain_verdict(made)))
    del recorded["replay"]
    yield from _differences(verdict.path, recorded, redone)
    if verdict.group is not None:
        yield from _differences(verdict.path, verdict.group, group_of(made))


def _differences(path: str, recorded: Any, redone: Any) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(redone, dict):
        for key in [*redone, *(key for key in recorded if key not in redone)]:
            inner = _joined(path, key)
            if key in recorded and key in redone:
                yield from _differences(inner, recorded[key], redone[key])
            else:
                yield Difference(inner, _written_at(recorded, key), _written_at(redone, key))
    elif isinstance(recorded, list) and isinstance(redone, list):
        both = min(len(recorded), len(redone))
        for place in range(both):
            yield from _differences(f"{path}[{place}]", recorded[place], redone[place])
        once = dict[str, str]()  # of a million zeros, one text
        for place in range(both, len(recorded)):
            text = _written(recorded[place])
            yield Difference(f"{path}[{place}]", once.setdefault(text, text), None)
        for place in range(both, len(redone)):
            yield Difference(f"{path}[{place}]", None, _written(redone[place]))
    elif type(recorded) is not type(redone) or recorded != redone:
        yield Difference(path, _written(recorded), _written(redone))


def _written_at(holder: dict[Any, Any], key: Any) -> str | None:
    return _written(holder[key]) if key in holder else None


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _joined(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}{key_step(key)}".removeprefix(".")


def verification_to_json(verification: Verification) -> str:
    """Return every verdict as JSON, those that are the same too, with what each says of its origin.

    What is recorded and what is redone stay JSON texts, or null where one side has nothing.
    """
    verdicts = [
        {
            "path": replay.path,
            "offer": replay.assessment.offer.reference,
            "on": replay.assessment.on.isoformat(),
            "version": replay.version,
            "rulebook": replay.rulebook,
            "differences": [plain_value(each) for each in replay.differences],
            **({"more": True} if replay.more else {}),
        }
        for replay in verification.replays
    ]
    now = {"version": __version__, "rulebook": verification.rulebook}
    return json.dumps({**now, "verdicts": verdicts}, ensure_ascii=False, indent=2)

"""The page of verdicts made again: how many differ, and where."""

from collections.abc import Callable
from typing import Any

from alin_core.exchange.replay import Difference, Replay, Verification
from alin_core.law.rulebook import Rulebook
from alin_core.text.page import Block, Line, Page, Paragraph, cut
from alin_core.text.wording import Words, legible
from alin_core.version import __version__

__all__ = ["PAGES"]


def _verification(verification: Verification, words: Words) -> Page:
    """How many differ, by which version and rulebook, then each difference with its path."""
    replays, differing = verification.replays, verification.differing
    title = words.say(
        "verify.title",
        verdicts=words.count("verdicts", len(replays)),
        same=words.count("same", len(replays) - len(differing)),
        differing=words.count("differing", len(differing)),
    )
    made_by = [
        words.say("verify.made_by", version=cut(legible(version), 20), rulebook=rulebook)
        for version, rulebook in dict.fromkeys((each.version, each.rulebook) for each in replays)
    ]
    standard = verification.rulebook == Rulebook.standard().fingerprint
    key = "verify.standard" if standard else "verify.reform"
    again = words.say(key, version=__version__, rulebook=verification.rulebook)
    details: list[list[Block]] = [[*map(Paragraph, made_by), Line(again)]]
    if any(each.rulebook != verification.rulebook for each in replays):
        details.append([Paragraph(words.say("verify.rulebook"))])
    if any(each.version != __version__ for each in replays):
        details.append([Paragraph(words.say("verify.version"))])
    details += [_replay(replay, words) for replay in differing]
    return Page(answer=[[Line(title)]], details=details)


def _replay(replay: Replay, words: Words) -> list[Block]:
    made = replay.assessment
    head = words.say(
        "verify.verdict",
        path=f"{replay.path}, " if replay.path else "",
        offer=legible(made.offer.reference),
        on=words.day(made.on),
        differences=words.count("differences", len(replay.differences)),
    )
    lines = (line for each in replay.differences for line in _difference(each, words))
    more = [Line(f"  {words.say('verify.more')}")] if replay.more else []
    return [Paragraph(head, "  "), *map(Line, lines), *more]


def _difference(difference: Difference, words: Words) -> list[str]:
    nothing = words.say("verify.nothing")
    recorded, redone = (
        nothing if value is None else legible(value)
        for value in (difference.recorded, difference.redone)
    )
    return [
        f"  {legible(difference.path)}",
        f"    {words.say('verify.recorded', value=recorded)}",
        f"    {words.say('verify.redone', value=redone)}",
    ]


#: The page of each class that is told here.
PAGES: dict[type, Callable[[Any, Words], Page]] = {Verification: _verification}

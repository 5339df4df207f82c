"""What differs between the verdicts of a file and those made again, in 80 columns and in JSON."""

import json
from collections.abc import Iterator

from alin_core.exchange.replay import Difference, Replay, Verification
from alin_core.exchange.unstructuring import plain_value
from alin_core.law.pages import cut
from alin_core.law.rulebook import Rulebook
from alin_core.law.sentences import wrapped
from alin_core.law.wording import count_text, date_text, legible, texts
from alin_core.version import __version__

__all__ = ["verification_text", "verification_to_json"]

_WIDTH = 80


def verification_text(verification: Verification, lang: str) -> str:
    """How many differ, by which version and rulebook, then each difference with its path."""
    return "\n".join(_lines(verification, lang))


def verification_to_json(verification: Verification) -> str:
    """Every verdict as JSON, those that are the same too, each with what it says of its origin.

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
        }
        for replay in verification.replays
    ]
    now = {"version": __version__, "rulebook": verification.rulebook}
    return json.dumps({**now, "verdicts": verdicts}, ensure_ascii=False, indent=2)


def _lines(verification: Verification, lang: str) -> Iterator[str]:
    words = texts(lang)["verify"]
    replays, differing = verification.replays, verification.differing
    yield words["title"].format(
        verdicts=count_text("verdicts", len(replays), lang),
        same=count_text("same", len(replays) - len(differing), lang),
        differing=count_text("differing", len(differing), lang),
    )
    yield ""
    for version, rulebook in dict.fromkeys((each.version, each.rulebook) for each in replays):
        yield wrapped(words["made_by"].format(version=cut(legible(version), 20), rulebook=rulebook))
    standard = verification.rulebook == Rulebook.standard().fingerprint
    again = words["standard" if standard else "reform"]
    yield again.format(version=__version__, rulebook=verification.rulebook)
    if any(each.rulebook != verification.rulebook for each in replays):
        yield "\n" + wrapped(words["rulebook"])
    if any(each.version != __version__ for each in replays):
        yield "\n" + wrapped(words["version"])
    for replay in differing:
        yield "\n" + wrapped(_head(replay, lang), indent="  ")
        for difference in replay.differences:
            yield from _told(difference, lang)


def _head(replay: Replay, lang: str) -> str:
    made = replay.assessment
    return str(texts(lang)["verify"]["verdict"]).format(
        path=f"{replay.path}, " if replay.path else "",
        offer=legible(made.offer.reference),
        on=date_text(made.on, lang),
        differences=count_text("differences", len(replay.differences), lang),
    )


def _told(difference: Difference, lang: str) -> Iterator[str]:
    words = texts(lang)["verify"]
    yield cut(f"  {legible(difference.path)}", _WIDTH)
    for name, value in (("recorded", difference.recorded), ("redone", difference.redone)):
        told = words["nothing"] if value is None else legible(value)
        yield cut(f"    {words[name].format(value=told)}", _WIDTH)

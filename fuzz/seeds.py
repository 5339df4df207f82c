"""What each target starts from: the examples, and what the tests know."""

import json
from collections.abc import Iterator
from pathlib import Path

from alin_core.exchange.dossier import read_dossier, to_json
from alin_core.exchange.ranking import ranking_to_json, read_ranking
from alin_core.matching import matching_offers
from alin_core.record import Record
from tests.test_workflow import HISTORIES

ROOT = Path(__file__).parent.parent
NUMBERS = ("111 10 23 000123 GDPUB", "0591023000001GDPUB", "97-1 000 12", "35600000000048")
NUMBERS += ("356 000 000 00049", "94041", "2a004", "75013", "97502", "98812")
AMOUNTS = ("612.40", "0", "-0", "1e5", "NaN", "sNaN", "Infinity", "999999999999.99", "1 910,5")
AMOUNTS += ("1910.5000", "0.30000000000000004", "1985-02-03+01:00", "1985-02-00", "2024Z", "12")
TYPOLOGIES = ("T3", "F4", "Type 3 bis", "studio", "T9999", "T2..T3", "T5..", "T3..T2")


def seeds() -> dict[str, list[bytes]]:
    """The seeds of each target, none where any bytes do."""
    dossiers = [path.read_bytes() for path in sorted(ROOT.glob("examples/*.json"))]
    dossiers.append((ROOT / "tests" / "cases" / "dossier.json").read_bytes())
    asked = (ROOT / "examples" / "rankings" / "ivry-t3.json").read_bytes()
    return {
        "dossier": dossiers,
        "verdict": [verdict.encode() for verdict in _verdicts(dossiers)],
        "history": [to_json(Record(told)).encode() for told, *_ in HISTORIES.values()],
        "ranking": [asked, ranking_to_json(read_ranking(asked)).encode()],
        "national_xml": [(ROOT / "examples" / "demande.xml").read_bytes()],
        "numbers": [text.encode() for text in NUMBERS],
        "amounts": [text.encode() for text in AMOUNTS],
        "typologies": [text.encode() for text in TYPOLOGIES],
        "events": [],
    }


def _verdicts(dossiers: list[bytes]) -> Iterator[str]:
    for text in dossiers:
        if "demand" not in json.loads(text):
            continue
        read = read_dossier(text)
        if read.on is not None:
            matches = matching_offers(read.demand, read.offers, on=read.on, estimate_aid=True)
            yield to_json(matches)
            yield from map(to_json, matches.fitting)

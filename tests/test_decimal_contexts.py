"""What the program that imports us did to its decimal contexts, even before, changes nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

#: Everything that counts: ceilings, an estimate, remedies, sentences, JSON, a reform, a ranking.
WHOLE = """
import alin_core as alin
from datetime import date
from pathlib import Path

from alin_core.exchange.ranking import read_ranking

examples = Path(sys.argv[1])
for path in sorted(examples.glob("*-*.json")):
    dossier = alin.read_dossier(path.read_bytes())
    for estimate in (False, True):
        matches = alin.matching_offers(
            dossier.demand, dossier.offers, on=dossier.on, estimate_aid=estimate
        )
        for one in (*matches.fitting, *matches.undecided, *matches.others):
            print(one.explain("fr"), one.remedies(), one.findings, one.housing_aid)
        print(matches.explain("en"), alin.to_json(matches))
tiny = alin.assess(
    one.demand, one.offer, on=date(2026, 3, 1),
    rulebook=evolve(
        alin.Rulebook.standard().scaled_ceilings("1.013"),
        rent_multiple="0.0000001", rent_tolerance="0.0000001",
    ),
)
print(tiny.explain("fr"), alin.to_json(tiny))
print(read_ranking((examples / "rankings" / "ivry-t3.json").read_bytes()).explain("fr"))
print(*alin.read_demands(examples / "demande.xml"))
"""

HOSTILE = {
    "as Python comes": "",
    "every trap": "traps(decimal.DefaultContext)",
    "narrow": "narrow(decimal.DefaultContext)",
    "narrow, every trap": "narrow(decimal.DefaultContext); traps(decimal.DefaultContext)",
    "that of the thread": "narrow(decimal.getcontext()); traps(decimal.getcontext())",
}

BEFORE = """
import decimal, sys
from attrs import evolve

def traps(context):
    for signal in context.traps:
        context.traps[signal] = True

def narrow(context):
    context.prec, context.rounding, context.capitals, context.clamp = 1, decimal.ROUND_UP, 0, 1
    context.Emin, context.Emax = 0, 1
"""


def told(hostile: str) -> str:
    command = [sys.executable, "-X", "utf8", "-c", BEFORE + hostile + WHOLE, str(EXAMPLES)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def expected() -> str:
    return told("")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_context_set_before_the_import_changes_a_verdict(hostile: str, expected: str) -> None:
    assert len(expected) > 10_000
    assert told(hostile) == expected

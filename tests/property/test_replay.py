"""Whatever the demand and the offer, a verdict is made again the same."""

import json
import os
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alin_core.eligibility import assess
from alin_core.exchange.dossier import DossierError, read_dossier, to_json
from alin_core.exchange.replay import verify
from alin_core.housing_aid.affordability import aid_for
from alin_core.matching import matching_offers
from alin_core.values.demand import Demand
from alin_core.values.housing import Offer
from tests import strategies as some
from tests.property.test_dossier import mutate
from tests.test_replay import changed, leaves

MUTANTS = int(os.environ.get("ALIN_FUZZ", "1000")) // 2
EXAMPLE = Path(__file__).parents[2] / "examples" / "aide-estimee.json"


class TestReplay:
    """What was just written is what follows from it, and nothing else is."""

    @given(some.demands, st.lists(some.offers, min_size=1, max_size=3), some.days, st.booleans())
    def test_what_was_just_written_is_the_same(
        self, demand: Demand, offers: list[Offer], on: date, estimate_aid: bool
    ) -> None:
        text = to_json(matching_offers(demand, offers, on=on, estimate_aid=estimate_aid))
        verification = verify(text)
        assert verification.differing == ()
        assert len(verification.replays) == len(offers)

    @given(some.demands, some.offers, some.aid_days, st.booleans())
    def test_the_verdict_is_the_one_that_was_written(
        self, demand: Demand, offer: Offer, on: date, estimated: bool
    ) -> None:
        aid = aid_for(demand, offer, on) if estimated else None
        assessment = assess(demand, offer, on=on, housing_aid=aid)
        (replay,) = verify(to_json(assessment)).replays
        assert replay.assessment == assessment

    @given(some.demands, some.offers, some.days, st.data())
    def test_any_figure_changed_is_found_and_named(
        self, demand: Demand, offer: Offer, on: date, data: st.DataObject
    ) -> None:
        raw = json.loads(to_json(assess(demand, offer, on=on)))
        dotted, told = data.draw(st.sampled_from(list(leaves(raw))))
        text = json.dumps(changed(raw, dotted.removeprefix("."), "another figure"))
        ((found,),) = (replay.differences for replay in verify(text).replays)
        assert (found.path, found.recorded) == (told.removeprefix("."), '"another figure"')


def test_a_damaged_verdict_is_made_again_or_refused() -> None:
    random = Random(26)
    dossier = read_dossier(EXAMPLE.read_bytes())
    assert dossier.on
    matches = matching_offers(dossier.demand, dossier.offers, on=dossier.on, estimate_aid=True)
    whole: dict[str, Any] = {"": json.loads(to_json(matches))}
    read = 0
    for _ in range(MUTANTS):
        tree = deepcopy(whole)
        for _ in range(random.randint(1, 3)):
            mutate(tree, random)
        told = page(json.dumps(tree.get("", tree)))
        assert told
        read += told.startswith("1 verdict")
    assert 0 < read < MUTANTS


def page(text: str) -> str:
    """Give what differs, or what is wrong with the text."""
    try:
        return verify(text).explain("en")
    except DossierError as error:
        return str(error)

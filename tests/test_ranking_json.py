"""A ranking is asked for in JSON, every fault with its path, and given in JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from alin_core.cli import main
from alin_core.errors import InvalidValue
from alin_core.exchange.dossier import DossierError
from alin_core.exchange.ranking import ranking_to_json, read_ranking
from alin_core.law.catalogue import rules
from alin_core.values.identifiers import OpaqueNumber
from alin_core.values.languages import Lang

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "rankings").glob("*.json"))
IVRY = ROOT / "examples" / "rankings" / "ivry-t3.json"
MINIMAL: dict[str, Any] = {
    "schema": "alin-core/ranking/1",
    "offer": "IVRY-T3",
    "draw_key": "a key",
    "candidates": [
        {"unique_number": {"opaque": "97-1"}, "tier": "OTHER", "outcome": "MET",
         "lodged_on": "2023-10-01"}
    ],
}  # fmt: skip

Screen = pytest.CaptureFixture[str]


def faults(**changed: Any) -> list[str]:
    with pytest.raises(DossierError) as error:
        read_ranking(json.dumps(MINIMAL | changed))
    return str(error.value).splitlines()


def test_without_a_policy_the_neutral_one_ranks() -> None:
    ranking = read_ranking(json.dumps(MINIMAL))
    assert ranking.policy.name == "neutre"
    assert ranking.ranked[0].unique_number == OpaqueNumber("97-1")
    assert '"opaque": "97-1"' in ranking_to_json(ranking)


def test_only_the_first_places_can_be_asked_for() -> None:
    ranking = read_ranking(IVRY.read_bytes(), first=2)
    assert [place["position"] for place in json.loads(ranking_to_json(ranking))["places"]] == [1, 2]
    assert json.loads(ranking_to_json(ranking))["count"] == 7


def test_the_example_shows_each_reason() -> None:
    plain = json.loads(ranking_to_json(read_ranking(IVRY.read_bytes())))
    reasons = {line["reason"] for place in plain["places"] for line in place["breakdown"]}
    assert reasons == {None, "anonymous", "unproved", "not the highest"}
    assert {aside["reason"] for aside in plain["set_aside"]} == {"no number", "outcome"}
    assert plain["fingerprint"] == read_ranking(IVRY.read_bytes()).policy.fingerprint
    assert list(plain) == [
        "schema", "offer", "draw_key", "fingerprint", "policy", "count", "places", "set_aside",
    ]  # fmt: skip


def test_each_stage_is_named_by_its_rule() -> None:
    plain = json.loads(ranking_to_json(read_ranking(IVRY.read_bytes())))
    assert [place["separated_by"] for place in plain["places"]] == [
        None,
        "ranking-tier",
        "ranking-seniority",
        "ranking-points",
        "ranking-points",
        "ranking-draw",
        "ranking-tier",
    ]
    assert {aside["rule"] for aside in plain["set_aside"]} == {"ranking-set-aside"}
    named = {"ranking-set-aside", *(place["separated_by"] for place in plain["places"][1:])}
    assert named == {row.id for row in rules() if row.id.startswith("ranking-")}


CRITERION = {"code": "A", "label_fr": "a", "label_en": "a", "points": 1}


def policy(*criteria: Any, **known: Any) -> dict[str, Any]:
    return {"name": "n", "version": "1", "source": "s", "criteria": list(criteria)} | known


@pytest.mark.parametrize(("changed", "told"), [
    ({"schema": "alin-core/1"}, ["schema: 'alin-core/1' is refused; give 'alin-core/ranking/1'"]),
    ({"offer": ""}, ["offer: '' is refused; give a text that is not empty"]),
    ({"candidates": [{"tier": "DALO", "outcome": "MET"}, 3]},
     ["candidates[0].tier: 'DALO' is refused; give one of LEGAL, COMPANY, OTHER",
      "candidates[1]: a number is refused; give an object"]),
    ({"candidates": [{"outcome": "MET", "points": {"A": -1}}]},
     ["candidates[0].points: -1 is refused; give 0 to 1000000 for A"]),
    ({"candidates": [{"outcome": "MET", "points": {"A": 1.5, "a b": "1"}}]},
     ["candidates[0].points.A: 1.5 is refused; give a whole number",
      "candidates[0].points['a b']: '1' is refused; give a whole number"]),
    ({"candidates": [{"outcome": "MET", "points": ["A"]}]},
     ["candidates[0].points: a list is refused; give an object of codes and points"]),
    ({"candidates": [{"outcome": "MET", "points": {"A": 1}, "criteria": ["A"]}]},
     ["candidates[0]: points: 'A' is refused; it is in criteria too; give it in one of them"]),
    ({"candidates": [{"outcome": "MET", "household": {}}]},
     ["candidates[0].household: unknown key; known are unique_number, tier, outcome, offer,"
      " lodged_on, criteria, points, proved, data_sharing"]),
    ({"policy": policy(CRITERION | {"points": 1.5})},
     ["policy.criteria[0].points: 1.5 is refused; give a whole number"]),
    ({"policy": policy(CRITERION, CRITERION)},
     ["policy.criteria: 'A' is refused; give each once"]),
    ({"policy": policy(highest_only=["housing"])},
     ["policy: highest_only: 'housing' is refused; give the group of a criterion"]),
    ({"policy": policy(tiers=["LEGAL", None, "VIP"])},
     ["policy.tiers[2]: 'VIP' is refused; give one of LEGAL, COMPANY, OTHER"]),
])  # fmt: skip
def test_every_fault_has_its_path(changed: dict[str, Any], told: list[str]) -> None:
    assert faults(**changed) == told


def test_a_code_given_twice_is_told() -> None:
    text = json.dumps(MINIMAL).replace('"tier"', '"points": {"A": 1, "A": 2}, "tier"')
    with pytest.raises(DossierError, match=r"candidates\[0\].points.A: given more than once"):
        read_ranking(text)


def test_a_number_given_twice_is_told() -> None:
    twice = MINIMAL | {"candidates": MINIMAL["candidates"] * 2}
    with pytest.raises(
        InvalidValue,
        match="unique_number: a text like '999' is refused; candidates 0 and 1 bear it",
    ):
        read_ranking(json.dumps(twice))


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(DossierError, match="line 1, column 2: not JSON"):
        read_ranking("{")


class TestCommand:
    """`alin rank FILE`."""

    @pytest.mark.parametrize("lang", ["fr", "en"])
    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
    def test_an_example_fits_in_80_columns(self, capsys: Screen, example: Path, lang: Lang) -> None:
        assert main(["rank", str(example), "--lang", lang]) == 0
        text, err = capsys.readouterr()
        assert err == ""
        assert max(map(len, text.splitlines())) <= 80
        assert "CALEOL" in text
        assert [line for line in text.splitlines() if line != line.rstrip()] == []

    def test_json_is_that_of_the_ranking(self, capsys: Screen) -> None:
        assert main(["rank", str(IVRY), "--json", "--first", "3"]) == 0
        text = capsys.readouterr().out
        assert text.rstrip("\n") == ranking_to_json(read_ranking(IVRY.read_bytes(), first=3))

    @pytest.mark.parametrize(("arguments", "told"), [
        (["nowhere.json"], "FILE: 'nowhere.json' is refused; no file can be read"),
        ([str(IVRY), "--first", "0"], "first: 0 is refused; give 1 or more"),
        ([str(ROOT / "examples" / "famille-martin.json")], "unknown key; known are schema, policy"),
    ])  # fmt: skip
    def test_refuses(self, capsys: Screen, arguments: list[str], told: str) -> None:
        assert main(["rank", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err


def test_what_is_told_of_each_candidature() -> None:
    ranking = read_ranking(IVRY.read_bytes())
    text = ranking_to_json(ranking)
    assert text.startswith('{\n  "schema": ')
    assert "\\u" not in text
    told = json.loads(text)
    assert [(place["tier"], place["score"]) for place in told["places"]] == [
        (place.tier, place.score) for place in ranking.places
    ]
    candidates = [each["candidate"] for each in (*told["places"], *told["set_aside"])]
    given = [*ranking.ranked, *(aside.candidate for aside in ranking.set_aside)]
    assert [each["points"] for each in candidates] == [dict(each.points) for each in given]
    assert any(each["points"] for each in candidates)


def test_a_draw_key_is_not_blank() -> None:
    assert faults(draw_key=" ") == ["draw_key: ' ' is refused; give a text that is not empty"]

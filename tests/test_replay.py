"""A verdict of a file is made again from its inputs, and what differs is named."""

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alin_core.eligibility import assess
from alin_core.exchange.dossier import DossierError, read_dossier, to_json
from alin_core.exchange.replay import Difference, Replay, verification_to_json, verify
from alin_core.housing_aid.affordability import NoEstimate
from alin_core.housing_aid.tables import AidLaw, aid_law
from alin_core.law.rulebook import Rulebook
from alin_core.law.zones import Zone
from alin_core.matching import matching_offers
from alin_core.values.languages import Lang
from alin_core.version import __version__
from tests.days import LAST_OF_AID

EXAMPLES = Path(__file__).parent.parent / "examples"
STANDARD = Rulebook.standard()
ON = date(2026, 11, 23)


def matches(name: str, *, estimate_aid: bool = False, rulebook: Rulebook | None = None) -> Any:
    dossier = read_dossier((EXAMPLES / f"{name}.json").read_bytes())
    found = matching_offers(
        dossier.demand, dossier.offers, on=ON, estimate_aid=estimate_aid, rulebook=rulebook
    )
    return json.loads(to_json(found))


MARTIN = matches("famille-martin")
AIDED = matches("aide-estimee", estimate_aid=True)
VERDICT = AIDED["fitting"][0]


def differences(raw: Any, *texts: Any) -> list[Difference]:
    text = "\n".join(map(json.dumps, (raw, *texts)))
    return [found for replay in verify(text).replays for found in replay.differences]


@pytest.mark.parametrize(("extra", "more"), [(1_000, False), (1_001, True)])
def test_the_first_thousand_differences_are_listed(extra: int, more: bool) -> None:
    raw = changed(VERDICT, "findings", VERDICT["findings"] + [0] * extra)
    found = verify(json.dumps(raw))
    (replay,) = found.replays
    assert (len(replay.differences), replay.more) == (1_000, more)
    assert found.explain("en").endswith("\n  and more") is more
    assert ("more" in json.loads(verification_to_json(found))["verdicts"][0]) is more


def faults(raw: Any) -> list[str]:
    with pytest.raises(DossierError) as told:
        verify(raw if isinstance(raw, str | bytes) else json.dumps(raw))
    return [str(fault) for fault in told.value.faults]


def changed(raw: Any, path: str, value: Any) -> Any:
    """Give a copy with another value at a place; `...` takes the place out."""
    copied = copy.deepcopy(raw)
    *holders, last = path.split(".")
    holder = copied
    for key in holders:
        holder = holder[int(key) if isinstance(holder, list) else key]
    if value is ...:
        del holder[last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = value
    return copied


def leaves(value: Any) -> Iterator[tuple[str, str]]:
    """Give each leaf but those of the inputs: where it is, and how a difference says it."""
    if isinstance(value, dict):
        inner = [(f".{key}", f".{key}", held) for key, held in value.items() if key != "replay"]
    elif isinstance(value, list):
        inner = [(f".{index}", f"[{index}]", held) for index, held in enumerate(value)]
    else:
        inner = []
    for dotted, told, held in inner:
        below = list(leaves(held)) or [("", "")]
        yield from ((f"{dotted}{further}", f"{told}{named}") for further, named in below)


class TestTheSame:
    """What was just written is what follows from it."""

    @pytest.mark.parametrize("raw", [MARTIN, AIDED, VERDICT, matches("inconnu")], ids=range(4))
    def test_nothing_differs(self, raw: Any) -> None:
        assert differences(raw) == []

    def test_a_single_verdict_has_no_path(self) -> None:
        (replay,) = verify(json.dumps(VERDICT)).replays
        assert (replay.path, replay.version, replay.rulebook) == (
            "", __version__, STANDARD.fingerprint,
        )  # fmt: skip
        assert replay.assessment.housing_aid is not None
        assert replay.assessment.offer.reference == "BRON-T3"

    def test_those_of_matches_are_told_by_group_and_place(self) -> None:
        replays = verify(json.dumps(MARTIN)).replays
        assert [replay.path for replay in replays] == [
            "fitting[0]", "fitting[1]", "undecided[0]", "others[0]",
        ]  # fmt: skip

    def test_several_texts_are_numbered(self) -> None:
        text = f" {json.dumps(MARTIN)}\r\n\t{json.dumps(VERDICT)}\n "
        assert [replay.path for replay in verify(text.encode()).replays] == [
            "[0].fitting[0]", "[0].fitting[1]", "[0].undecided[0]", "[0].others[0]", "[1]",
        ]  # fmt: skip

    def test_a_refused_estimate_is_an_input(self) -> None:
        refused = matches("famille-martin", estimate_aid=True)
        verdict = refused["undecided"][0]
        assert verdict["replay"]["no_estimate"]["reason"] == "missing input"
        (replay,) = verify(json.dumps(verdict)).replays
        assert isinstance(replay.assessment.housing_aid, NoEstimate)
        assert replay.differences == ()

    def test_figures_written_otherwise_are_the_same_law(self) -> None:
        same = evolve(STANDARD, rent_multiple="3.00", income_drop="0.9", company_headcount="10.0")
        assert same == STANDARD
        for rulebook in (same, STANDARD):
            verdict = matches("famille-martin", rulebook=rulebook)
            assert verdict == MARTIN
            assert differences(verdict) == []

    def test_it_is_a_value(self) -> None:
        verification = verify(json.dumps(changed(MARTIN, "fitting.0.passes", False)))
        assert pickle.loads(pickle.dumps(verification)) == verification
        assert copy.deepcopy(verification) == verification
        assert isinstance(hash(verification), int)
        assert [type(replay) for replay in verification.differing] == [Replay]


class TestWhatDiffers:
    """Every figure of the file is compared, and named where it differs."""

    @pytest.mark.parametrize(("raw", "whole"), [(VERDICT, True), (MARTIN, False)])
    def test_any_figure_changed_is_found_and_named(self, raw: Any, whole: bool) -> None:
        places = list(leaves(raw))
        assert len(places) > 60
        for dotted, told in places if whole else places[::7]:
            (found,) = differences(changed(raw, dotted.removeprefix("."), "changed"))
            assert (found.path, found.recorded) == (told.removeprefix("."), '"changed"')

    @pytest.mark.parametrize(("recorded", "redone"), [(1, "true"), ("true", "true"), (1.5, "true")])
    def test_a_value_of_another_type_is_another_value(self, recorded: Any, redone: str) -> None:
        (found,) = differences(changed(VERDICT, "passes", recorded))
        assert found.redone == redone

    def test_what_is_missing_and_what_is_too_much(self) -> None:
        without = changed(VERDICT, "findings.0.margin", ...)
        (found,) = differences(changed(without, "findings.2.note", [1.5]))[:1]
        assert (found.path, found.recorded) == ("findings[0].margin", None)
        (found,) = differences(changed(VERDICT, "findings.2.my note", [1.5]))
        assert found == Difference("findings[2]['my note']", '["1.5"]', None)

    def test_a_list_of_another_length(self) -> None:
        (found,) = differences(changed(VERDICT, "remedies", ["more"]))
        assert found == Difference("remedies[0]", '"more"', None)

    def test_a_list_where_an_object_is_due(self) -> None:
        (found,) = differences(changed(VERDICT, "priority", [1]))
        assert (found.path, found.recorded) == ("priority", "[1]")

    @pytest.mark.parametrize(("path", "value", "seen"), [
        ("demand.resources.monthly_income", "1290.01", "findings[2].observed"),
        ("demand.resources.reference_tax_income.2024", "14311.00", "findings[0].observed"),
        ("demand.household.dependants.0.birth_date", None, None),
        ("offer.rent.charges", "76.00", "findings[2].threshold"),
        ("offer.typology", "T2", "findings[1].observed"),
        ("offer.reference", "BRON", "offer"),
    ])  # fmt: skip
    def test_an_input_changed_is_seen_in_its_figures(
        self, path: str, value: Any, seen: str | None
    ) -> None:
        found = [each.path for each in differences(changed(VERDICT, f"replay.{path}", value))]
        assert found == [] if seen is None else seen in found

    @pytest.mark.parametrize(("paths", "value", "seen"), [
        (("housing_aid.resources", "demand.resources.housing_aid_base"), "13940.00",
         "findings[2].observed"),
        (("housing_aid.on", "on"), "2026-11-24", "on"),
    ])  # fmt: skip
    def test_an_estimate_changes_with_what_it_was_made_of(
        self, paths: tuple[str, str], value: str, seen: str
    ) -> None:
        one = changed(VERDICT, f"replay.{paths[0]}", value)
        assert "give the estimate of that demand, on that day" in faults(one)[0]
        both = changed(one, f"replay.{paths[1]}", value)
        assert seen in [each.path for each in differences(both)]

    def test_a_verdict_in_another_group(self) -> None:
        moved = changed(MARTIN, "undecided", [MARTIN["undecided"][0], MARTIN["fitting"][0]])
        found = differences(changed(moved, "fitting", MARTIN["fitting"][1:]))
        assert found == [Difference("undecided[1]", '"undecided"', '"fitting"')]

    def test_an_offer_that_is_gone_belongs_to_the_others(self) -> None:
        found = differences(changed(MARTIN, "fitting.0.replay.offer.available", False))
        assert found == [Difference("fitting[0]", '"fitting"', '"others"')]

    @pytest.mark.parametrize("number", ["1111023000123GDPUC", None])
    def test_the_number_at_the_head_of_a_demand(self, number: str | None) -> None:
        whose = {"path": "/demandeLogement[1]", "unique_number": number} | MARTIN
        found = differences(whose)
        assert found[0].path == "unique_number"
        assert found[0].redone == '"1111023000123GDPUB"'
        assert differences(whose | {"unique_number": "1111023000123GDPUB"}) == []
        assert differences(VERDICT, whose)[0].path == "[1].unique_number"

    def test_a_number_of_somebody_else_is_told_with_the_first_verdict_that_is_not_theirs(
        self,
    ) -> None:
        """Once: it may be as long as all the verdicts together."""
        number = "9" * 1_000
        found = differences({"path": "/", "unique_number": number} | MARTIN)
        assert [each.path for each in found] == ["unique_number"]
        whose = {"path": "/", "unique_number": "1111023000123GDPUB"} | MARTIN
        other = changed(whose, "others.0.replay.demand.unique_number", {"opaque": "97-1"})
        assert Difference("unique_number", '"1111023000123GDPUB"', '"97-1"') in differences(other)

    def test_a_verdict_that_stands_alone_has_no_number_beside_it(self) -> None:
        assert differences(VERDICT | {"unique_number": "1"}) == [
            Difference("unique_number", '"1"', None)
        ]

    def test_a_demand_without_a_number(self) -> None:
        assert differences({"path": "/", "unique_number": None} | AIDED) == []
        (found,) = differences({"path": "/", "unique_number": "1"} | AIDED)
        assert found == Difference("unique_number", '"1"', "null")

    def test_nothing_deeper_than_a_verdict_is_read(self) -> None:
        def nested(depth: int) -> str:
            lists = '"outcome": ' + "[" * depth + "]" * depth
            return json.dumps(VERDICT).replace('"outcome": "MET"', lists, 1)

        (found,) = verify(nested(10)).replays[0].differences
        assert (found.path, found.recorded) == ("outcome", "[" * 10 + "]" * 10)
        deeper = f"outcome{'[0]' * 10}: nested deeper than anything in a verdict"
        assert faults(nested(11)) == [deeper]
        # From Python 3.12 on, its parser has a limit of its own, far beyond that of calls.
        near = range(sys.getrecursionlimit() - 120, sys.getrecursionlimit())
        told = {fault for depth in (*near, 200_000) for fault in faults(nested(depth))}
        assert told == {deeper, "nested too deeply"}

    @pytest.mark.parametrize("raw", [MARTIN, AIDED, matches("inconnu")], ids=range(3))
    def test_what_is_written_is_half_as_deep_as_what_is_read(self, raw: Any) -> None:
        places = [told for dotted, told in leaves(raw) if ".findings" in dotted]
        assert max(place.count(".") + place.count("[") for place in places) - 2 <= 5


class TestAnotherRulebook:
    """The file names its rulebook and does not hold it: the verdict is made again all the same."""

    REFORM = evolve(STANDARD, rent_multiple="2.5")

    def test_it_is_told_with_what_follows(self) -> None:
        verification = verify(json.dumps(matches("famille-martin", rulebook=self.REFORM)))
        assert {replay.rulebook for replay in verification.replays} == {self.REFORM.fingerprint}
        assert verification.rulebook == STANDARD.fingerprint
        assert verification.differing
        page = " ".join(verification.explain("en").split())
        assert f"In the file: version {__version__}, rulebook {self.REFORM.fingerprint}." in page
        assert f"Now: version {__version__}, standard rulebook {STANDARD.fingerprint}." in page
        assert "A difference may therefore come from the rulebook, and proves no error." in page

    def test_whoever_has_it_gives_it(self) -> None:
        raw = json.dumps(matches("famille-martin", rulebook=self.REFORM))
        verification = verify(raw, rulebook=self.REFORM)
        assert verification.differing == ()
        assert "règles d’une réforme" in verification.explain("fr")
        assert "prouve" not in verification.explain("fr")

    def test_another_version_alone_is_no_difference(self) -> None:
        verification = verify(json.dumps(changed(VERDICT, "replay.version", "25.1.0")))
        assert verification.differing == ()
        assert "version 25.1.0" in verification.explain("fr")


class TestAnotherVersion:
    """The fingerprint is that of the rulebook alone: what else a version holds is told apart."""

    @pytest.mark.parametrize("rulebook", [STANDARD.fingerprint, "0" * 32])
    @pytest.mark.parametrize(("lang", "said"), [
        ("fr", "La version du fichier n’est pas celle de maintenant. L’empreinte ne couvre ni le "
         "code et ses phrases, ni les zones, ni les barèmes de l’aide au logement."),
        ("en", "The version of the file is not that of now. The fingerprint covers neither the "
         "code and its sentences, nor the zones, nor the tables of the housing aid."),
    ])  # fmt: skip
    def test_it_is_told_under_the_same_rulebook_and_under_another(
        self, lang: Lang, said: str, rulebook: str
    ) -> None:
        """One verdict of another version is enough; one of the same says nothing of it."""
        raw = changed(MARTIN, "others.0.replay.rulebook", rulebook)
        told = changed(raw, "others.0.replay.version", "25.1.0")
        before, after = (
            " ".join(verify(json.dumps(each)).explain(lang).split()) for each in (raw, told)
        )
        assert said not in before
        assert said in after

    def test_other_zones_have_the_same_fingerprint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("alin_core.eligibility.zone_in", lambda *_: Zone.OTHER_REGIONS)
            made = matches("famille-martin")
        assert differences(made)
        assert made["fitting"][0]["replay"]["rulebook"] == STANDARD.fingerprint

    def test_other_tables_of_the_aid_have_the_same_fingerprint(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def earlier(on: date) -> AidLaw:
            return aid_law(on - timedelta(days=365))

        with monkeypatch.context() as patch:
            patch.setattr("alin_core.housing_aid.estimate.aid_law", earlier)
            made = matches("aide-estimee", estimate_aid=True)
        assert differences(made)
        assert made["fitting"][0]["replay"]["rulebook"] == STANDARD.fingerprint


class TestRefusals:
    """Read strictly: every fault, with its path."""

    @pytest.mark.parametrize(("path", "value", "fault"), [
        ("replay", ..., "replay: missing; only a verdict with its inputs can be made again"),
        ("replay", None, "replay: null is refused; give an object"),
        ("replay.schema", "alin-core/1",
         "replay.schema: 'alin-core/1' is refused; give 'alin-core/verdict/1'"),
        ("replay.version", " ", "replay.version: ' ' is refused; give a text that is not empty"),
        ("replay.rulebook", "0" * 31,
         f"replay.rulebook: {'0' * 31!r} is refused; give 32 hexadecimal digits"),
        ("replay.rulebook", "G" * 32,
         f"replay.rulebook: {'G' * 32!r} is refused; give 32 hexadecimal digits"),
        ("replay.on", "2026-13-01", "replay.on: '2026-13-01' is refused; that day does not exist"),
        ("replay.demand", ..., "replay.demand: missing"),
        ("replay.housing_aid", ..., "replay.housing_aid: missing"),
        ("replay.housing_aid.zone", 4, "replay.housing_aid.zone: 4 is refused; give 1, 2 or 3"),
        ("replay.housing_aid.on", "9999-01-01",
         "replay.housing_aid: housing aid: no figure for 9999-01-01, only from 2020-02-01 to "
         f"{LAST_OF_AID}"),
        ("replay.housing_aid.rent", "451.00",
         "replay.housing_aid: 'rent 451.00, zone 2' is refused; give the estimate of that very "
         "dwelling"),
        ("replay.offer.commune", "97411",
         "replay.housing_aid: 310 is refused; give none: the dwelling is overseas"),
        ("replay.more", 1, "replay.more: unknown key; known are schema, version, rulebook, on, "
         "demand, offer, housing_aid, no_estimate"),
        ("replay.demand.household.dependants.0.birth_date", "2027-01-01",
         "replay.demand.household.dependants[0].birth_date: a text like '9999-99-99' is refused; "
         "not born on 2026-11-23, the date of the dossier; count them in unborn"),
    ])  # fmt: skip
    def test_of_what_a_verdict_was_made_from(self, path: str, value: Any, fault: str) -> None:
        assert faults(changed(VERDICT, path, value)) == [fault]

    @pytest.mark.parametrize("bounds", [[], ["1.00"], ["2.00", "1.00"], ["1.00", "2.00", "3.00"]])
    def test_of_bounds_that_are_none(self, bounds: list[str]) -> None:
        refused = changed(AIDED, "fitting.0.replay.housing_aid", None)
        refusal = {"reason": "missing input", "missing": [], "bounds": bounds}
        (fault,) = faults(changed(refused, "fitting.0.replay.no_estimate", refusal))
        assert fault.startswith("fitting[0].replay.no_estimate.bounds: ")
        assert fault.endswith(" is refused; give the least and the most")

    def test_of_an_estimate_beside_its_refusal(self) -> None:
        refusal = {"reason": "no table", "missing": []}
        (fault,) = faults(changed(VERDICT, "replay.no_estimate", refusal))
        assert fault == ("replay: no_estimate: 'no table' is refused; give null beside an estimate")

    @pytest.mark.parametrize(("raw", "told"), [
        ("", "line 1, column 1: not JSON: expecting value"),
        (" \n", "line 2, column 1: not JSON: expecting value"),
        ("[]", "a list is refused; give an object"),
        (f"{json.dumps(VERDICT)} x", None),
        (b"\xff", "byte 0 is not UTF-8; give JSON in UTF-8"),
        ('{"fitting": 3, "others": [1]}',
         "fitting: a number is refused; give a list|others[0]: a number is refused; give an object|"
         "undecided: missing"),
        ('"Camille Martin"', "a text is refused; give an object"),
        ('{"fitting": [], "undecided": [], "others": [], "a b": 1}',
         "['a b']: unknown key; known are path, unique_number, notes, fitting, undecided, others"),
        ('{"fitting": [], "undecided": [], "others": []}',
         "no verdict is there; give what `alin assess --json` prints of one offer or more"),
        ('{"fitting": [], "undecided": [], "others": [], "fitting": []}',
         "fitting: given more than once"),
        ('{"fitting": [], "undecided": [], "others": []} 3',
         "[1]: a number is refused; give an object"),
    ])  # fmt: skip
    def test_of_a_text_that_holds_no_verdict(self, raw: str | bytes, told: str | None) -> None:
        found = "|".join(faults(raw))
        assert "not JSON: expecting value" in found if told is None else found == told

    def test_of_a_key_given_twice(self) -> None:
        text = json.dumps(VERDICT).replace('"passes": true', '"passes": true, "passes": true')
        text = text.replace('"threshold": ', '"threshold": null, "threshold": ', 1)
        text = text.replace('"unborn": 0', '"unborn": 1, "unborn": 0')
        assert faults(text) == [
            "passes: given more than once",
            "findings[0].threshold: given more than once",
            "replay.demand.household.unborn: given more than once",
        ]

    def test_of_every_verdict_at_once(self) -> None:
        twice = changed(MARTIN, "fitting.0.replay.version", 1)
        told = faults(changed(twice, "others.0.replay", ...))
        assert [fault.partition(":")[0] for fault in told] == [
            "fitting[0].replay.version", "others[0].replay",
        ]  # fmt: skip


class TestPage:
    """80 columns, in French and in English."""

    RAW = changed(
        changed(MARTIN, "fitting.0.findings.0.threshold", "52741"), "fitting.1.x", "é" * 99
    )

    @pytest.mark.parametrize("lang", ["fr", "en"])
    def test_it_fits(self, lang: Lang) -> None:
        raw = changed(self.RAW, "others.0.replay.version", "9" * 200)
        page = verify(json.dumps(raw)).explain(lang)
        assert max(map(len, page.splitlines())) <= 80

    def test_it_names_each_place_with_both_figures(self) -> None:
        page = verify(json.dumps(self.RAW)).explain("fr").replace("\u00a0", " ")
        assert page.startswith("4 verdicts refaits : 2 identiques, 2 différents.\n")
        assert (
            "\nfitting[0], offre IVRY-T3, bail au 23 novembre 2026 : 1 différence\n"
            "  fitting[0].findings[0].threshold\n"
            '    dans le fichier : "52741"\n'
            '    maintenant :      "52740"\n'
        ) in page
        assert "    maintenant :      rien" in page

    def test_a_single_verdict_is_told_by_its_offer(self) -> None:
        raw = changed(VERDICT, "passes", None)
        page = verify(json.dumps(raw)).explain("en")
        assert "\noffer BRON-T3, lease on 23 November 2026: 1 difference\n" in page

    def test_what_a_file_says_cannot_drive_the_terminal(self) -> None:
        raw = changed(VERDICT, "outcome", "\x1b[31m\ud800")
        page = verify(json.dumps(raw)).explain("en")
        assert {sign for sign in page if not sign.isprintable()} <= {"\n"}


class TestJson:
    """The same for programs: every verdict, those that are the same too."""

    def test_each_verdict_says_its_origin_and_its_differences(self) -> None:
        raw = changed(changed(MARTIN, "fitting.0.passes", ...), "others.0.replay.version", "25.1.0")
        told = json.loads(verification_to_json(verify(json.dumps(raw))))
        assert (told["version"], told["rulebook"]) == (__version__, STANDARD.fingerprint)
        first, *others = told["verdicts"]
        assert first == {
            "path": "fitting[0]",
            "offer": "IVRY-T3",
            "on": "2026-11-23",
            "version": __version__,
            "rulebook": STANDARD.fingerprint,
            "differences": [{"path": "fitting[0].passes", "recorded": None, "redone": "true"}],
        }
        assert [each["path"] for each in others] == ["fitting[1]", "undecided[0]", "others[0]"]
        assert [each["version"] for each in others] == [__version__, __version__, "25.1.0"]
        assert [each["differences"] for each in others] == [[], [], []]

    def test_null_in_the_file_is_not_nothing(self) -> None:
        text = verification_to_json(verify(json.dumps(changed(VERDICT, "passes", None))))
        assert json.loads(text)["verdicts"][0]["differences"][0]["recorded"] == "null"


def test_a_single_assessment_says_its_inputs() -> None:
    dossier = read_dossier((EXAMPLES / "famille-martin.json").read_bytes())
    assessment = assess(dossier.demand, dossier.offers[0], on=ON)
    replay = json.loads(to_json(assessment))["replay"]
    assert (replay["version"], replay["rulebook"]) == (__version__, STANDARD.fingerprint)
    assert replay["demand"] == json.loads(to_json(dossier))["demand"]
    assert replay["offer"] == json.loads(to_json(dossier))["offers"][0]
    assert (replay["on"], replay["housing_aid"], replay["no_estimate"]) == (
        "2026-11-23", None, None,
    )  # fmt: skip

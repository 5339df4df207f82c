"""The command line: what it prints, and how it ends."""

import io
import json
import runpy
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

import polars as pl
import pytest
from attrs import evolve

from alin_core.candidature.transitions import transitions_markdown, transitions_mermaid
from alin_core.changes.between import changes_between
from alin_core.cli import main
from alin_core.exchange.changes import changes_to_json
from alin_core.exchange.dossier import read_dossier, schema, to_json
from alin_core.law.catalogue import rule, rules
from alin_core.law.rulebook import Rulebook
from alin_core.matching import Matches, matching_offers
from alin_core.text.catalogue import catalogue
from alin_core.text.wording import Words
from alin_core.values.languages import Lang
from tests.days import LAST, day_after
from tests.told import LANGUAGES

ROOT = Path(__file__).parent.parent
OFFERS = ROOT / "examples" / "offres.json"
EXAMPLES = sorted({*(ROOT / "examples").glob("*.json")} - {OFFERS})
MARTIN = ROOT / "examples" / "famille-martin.json"
GOLDEN = ROOT / "tests" / "golden" / "famille-martin.txt"
MINIMAL = {"schema": "alin-core/1", "demand": {"household": {"applicant": {}}, "resources": {}}}

Screen = pytest.CaptureFixture[str]


def printed(capsys: Screen, *arguments: str) -> str:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Screen, *arguments: str) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def stdin(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_the_table_of_a_candidature(capsys: Screen) -> None:
    assert printed(capsys, "workflow") == f"{transitions_markdown()}\n"
    assert printed(capsys, "workflow", "--mermaid") == f"{transitions_mermaid()}\n"


def test_the_catalogue_of_the_rules(capsys: Screen) -> None:
    french, english = (catalogue(rules(), Words.of(lang)).text() for lang in LANGUAGES)
    assert printed(capsys, "rules") == f"{french}\n"
    assert printed(capsys, "rules", "--lang", "en") == f"{english}\n"
    text = rule("zone").explain("en")
    assert printed(capsys, "rules", "zone", "--lang", "en") == f"{text}\n"


def test_the_catalogue_as_json(capsys: Screen) -> None:
    listed = json.loads(printed(capsys, "rules", "--json"))
    assert [entry["id"] for entry in listed] == [row.id for row in rules()]
    entries = {entry["id"]: entry for entry in listed}
    assert (
        json.loads(printed(capsys, "rules", "income-ceiling", "--json"))
        == (entries["income-ceiling"])
    )
    assert entries["income-ceiling"]["parameters"]["plus"] == {
        "value": {"norm": "PLUS", "first": "2010-01-01", "last": LAST.isoformat()},
        "provenance": "LAW",
        "unit": "euros per year",
        "source": "arrêté du 29 juillet 1987 (NOR EQUC8700526A), annexe I",
    }
    assert entries["affordability"]["parameters"]["rent_tolerance"]["value"] == "0.10"
    assert entries["number-validation"]["parameters"]["security_code_before"]["value"] == (
        "2021-04-20"
    )
    assert entries["typology"]["parameters"]["typologies"]["value"][-1] == "T5 and more"
    assert entries["legal-priority"]["sources"][0]["since"] == "2022-02-23"
    assert entries["zone"]["boundaries"][0]["gives"] == "PARIS_AND_ADJOINING"


def test_an_unknown_rule_is_told_with_the_known_ones(capsys: Screen) -> None:
    told = refused(capsys, "rules", "income")
    assert told.startswith("alin: no rule 'income'; the catalogue holds typology, ")
    assert told.endswith("common-tax-notice\n")


def matches(example: Path) -> Matches:
    dossier = read_dossier(example.read_bytes())
    assert dossier.on
    return matching_offers(dossier.demand, dossier.offers, on=dossier.on)


def test_the_text_of_an_example(capsys: Screen) -> None:
    # To print it anew: alin assess examples/famille-martin.json > tests/golden/famille-martin.txt
    assert printed(capsys, "assess", str(MARTIN)) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_fits_in_80_columns(capsys: Screen, example: Path, lang: Lang) -> None:
    text = printed(capsys, "assess", str(example), "--lang", lang)
    assert max(map(len, text.splitlines())) <= 80
    assert "CALEOL" in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def verdicts(example: Path) -> set[str]:
    found = matches(example)
    return {one.outcome.value for one in (*found.fitting, *found.undecided, *found.others)}


def test_the_examples_show_every_verdict() -> None:
    found = {example.stem: verdicts(example) for example in EXAMPLES}
    assert found == {
        "aide-estimee": {"NOT_MET"},
        "famille-martin": {"MET", "BORDERLINE", "UNKNOWN", "NOT_MET"},
        "inconnu": {"UNKNOWN"},
        "refus-avec-remedes": {"NOT_MET"},
    }


def test_several_offers_begin_with_a_table_of_what_fits_first(capsys: Screen) -> None:
    lines = printed(capsys, "assess", str(MARTIN), "--lang", "en").splitlines()
    assert " ".join(lines[:2]) == (
        "4 offers for a lease on 23 November 2026: 2 fit your situation, 1 of which borderline."
    )
    assert [line.split()[0] for line in lines[3:8]] == [
        "Offer", "IVRY-T3", "CRETEIL-T4", "VITRY-T3", "PARIS13-T2",
    ]  # fmt: skip
    assert len(matches(MARTIN).fitting) == 2


def test_one_offer_has_no_table(capsys: Screen) -> None:
    text = printed(capsys, "assess", str(ROOT / "examples" / "inconnu.json"))
    assert text.startswith("NANTES-T2 · T2 · PLUS")


def test_a_refusal_names_its_remedies(capsys: Screen) -> None:
    text = printed(capsys, "assess", str(ROOT / "examples" / "refus-avec-remedes.json"))
    assert "norme PLUS ou PLS" in text
    assert "Ce qui conviendrait" in text


def test_an_unknown_names_what_is_missing(capsys: Screen) -> None:
    text = " ".join(
        printed(capsys, "assess", str(ROOT / "examples" / "inconnu.json"), "--lang", "en").split()
    )
    for words in ("the birth date of your partner", "your monthly income", "the sector of your"):
        assert f"We lack {words}" in text or f"We lack the amount of {words}" in text


def test_json_is_that_of_the_matches(capsys: Screen) -> None:
    text = printed(capsys, "assess", str(MARTIN), "--json")
    assert json.loads(text) == json.loads(to_json(matches(MARTIN)))


def test_a_date_on_the_command_line_overrides_that_of_the_dossier(capsys: Screen) -> None:
    text = printed(capsys, "assess", str(MARTIN), "--on", "9999-02-01", "--lang", "en")
    assert "lease on 1 February 9999" in text
    assert "We have no table of PLUS ceilings" in text


@pytest.mark.parametrize("own", ["2010-01-01", "garbage", 7, None])
def test_the_date_of_the_dossier_is_not_even_read_then(
    own: object, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    martin = json.loads(MARTIN.read_bytes())
    stdin(monkeypatch, json.dumps(martin | {"on": own}))
    text = printed(capsys, "assess", "-", "--on", martin["on"])
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_a_dash_reads_standard_input(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, MARTIN.read_bytes())
    assert printed(capsys, "assess", "-") == GOLDEN.read_text(encoding="utf-8")


def test_no_offer_at_all_is_an_advice(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, json.dumps(MINIMAL | {"offers": []}))
    text = printed(capsys, "assess", "-", "--on", "2026-11-23", "--lang", "en")
    assert text.startswith("Priority")
    assert "There is no offer to look at." in text


def test_the_table_bears_what_is_odd(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = {
        "reference": "A-REFERENCE-LONGER-THAN-ANY-COLUMN-OF-A-TERMINAL-OF-80",
        "commune": "97501", "typology": "T9", "lessor": "Un bailleur",
        "rent": {"base": "123456.78"},
    }  # fmt: skip
    gone = offer | {"available": False, "reference": "GONE"}
    stdin(monkeypatch, json.dumps(MINIMAL | {"offers": [offer, gone]}))
    text = printed(capsys, "assess", "-", "--on", "2026-11-23", "--lang", "en")
    lines = text.splitlines()
    assert len(lines[3]) <= 80
    assert "…" in lines[3]
    assert lines[4].split()[-1] == "gone"
    assert "norm unknown · €123,456.78 without charges" in text
    assert "Un bailleur" in text


class TestCeilings:
    """`alin ceilings`: the table of a day, each figure with its mark."""

    def test_of_one_zone(self, capsys: Screen) -> None:
        text = printed(
            capsys, "ceilings", "--norm", "plai", "--zone", "other_regions", "--on", "2026-11-23",
            "--lang", "en",
        )  # fmt: skip
        assert text.splitlines()[2:10] == [
            "Category of household  other regions",
            "1                         €12,870 a",
            "2                         €18,753 a",
            "3                         €22,551 a",
            "4                         €25,092 a",
            "5                         €29,359 a",
            "6                         €33,086 a",
            "each further person        €3,689 a",
        ]
        assert "a  figure computed by the yearly revision, which no published table" in text
        assert "arrêté du 19 décembre 2025, in force since 1 January 2026" in text

    def test_of_every_zone_with_their_marks(self, capsys: Screen) -> None:
        text = printed(capsys, "ceilings", "--norm", "PLAI", "--on", "2026-11-23")
        lines = text.replace("\u202f", " ").replace("\u00a0", " ").splitlines()
        assert " ".join(lines[5].split()) == "3 31 643 € a 29 018 € a 22 551 € c"
        assert lines[8].startswith("6 ")
        assert " ".join(lines[9].split()).endswith("supplémentaire 5 166 € b 4 727 € b 3 689 € c")
        assert max(map(len, lines)) <= 80
        assert [line[0] for line in lines[11:] if line[1:3] == "  " and line[0] != " "] == [*"abc"]

    def test_of_pls_says_how_it_is_computed(self, capsys: Screen) -> None:
        text = printed(capsys, "ceilings", "--norm", "PLS", "--on", "2026-11-23", "--lang", "en")
        assert "PLUS ceilings times 1.3, rounded" in text
        assert "€48,859" in text

    @pytest.mark.parametrize("command", [
        "ceilings --norm PLS --on 2026-11-23", "changes --from 2025-12-31 --to 2026-01-01",
    ])  # fmt: skip
    def test_under_a_reform_pls_ceilings_are_told_with_its_factor(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        reform = evolve(Rulebook.standard(), pls_factor="0.95")
        monkeypatch.setattr(Rulebook, "standard", lambda: reform)
        text = " ".join(printed(capsys, *command.split()).split())
        assert "plafonds PLUS multipliés par 0,95, arrondis" in text

    @pytest.mark.parametrize(("arguments", "told"), [
        ("--norm PLUS --on 2009-12-31", "no figure for 2009-12-31"),
        (f"--norm PLUS --on {day_after(LAST)}", f"no figure for {day_after(LAST)}"),
        ("--norm LLI --on 2026-11-23", "no table of the LLI ceilings"),
        ("--norm PLUS --zone OVERSEAS --on 2026-11-23", "no table of the PLUS ceilings"),
        ("--norm PLUS --zone MARS --on 2026-11-23", "--zone: 'MARS' is refused; give one of PARIS"),
        ("--norm HLM --on 2026-11-23", "norm: 'HLM' is refused"),
        ("--norm PLUS --on 20261123", "--on: '20261123' is refused; give a day such as"),
        ("--norm PLUS --on demain", "--on: 'demain' is refused"),
    ])  # fmt: skip
    def test_refuses(self, capsys: Screen, arguments: str, told: str) -> None:
        assert told in refused(capsys, "ceilings", *arguments.split())


class TestNationalXml:
    """A demand that comes from the national XML."""

    FILE = ROOT / "examples" / "demande.xml"
    DATA = FILE.read_bytes()
    HELD = ("assess", str(FILE), "--offers", str(OFFERS), "--on", "2026-11-23")

    def test_it_is_shown_with_its_notes(self, capsys: Screen) -> None:
        text = printed(capsys, "import", str(self.FILE), "--lang", "en")
        assert "monthly income: €2,768.50" in text
        assert "unknown element, kept aside\n    logementRecherche" in text

    def test_it_is_held_against_offers(self, capsys: Screen) -> None:
        lines = printed(capsys, *self.HELD).splitlines()
        assert lines[0] == "demandeLogement[1], demande 1110924000417GDPUB"
        assert lines[2] == "À vérifier"
        assert "    personnePhysique/listeCotitulaire/cotitulaire[1]/revenuFiscal" in lines
        assert "2 offres pour un bail au 23 novembre 2026 : 1 convient" in lines[9].replace(
            "\u00a0", " "
        )
        assert max(map(len, lines)) <= 80

    def test_the_offers_may_be_those_of_a_dossier(self, capsys: Screen) -> None:
        held = ("assess", str(self.FILE), "--offers", str(MARTIN), "--on", "2026-11-23")
        assert "VITRY-T3" in printed(capsys, *held)

    def test_as_json_it_says_whose_the_matches_are(self, capsys: Screen) -> None:
        found = json.loads(printed(capsys, *self.HELD, "--json"))
        assert found["path"] == "demandeLogement[1]"
        assert found["unique_number"] == "1110924000417GDPUB"
        assert [one["offer"] for one in found["fitting"]] == ["IVRY-T4"]
        assert [(note["path"], note["kind"]) for note in found["notes"]] == [
            ("logementRecherche", "NOT_UNDERSTOOD"),
            ("personnePhysique/listeCotitulaire/cotitulaire[1]/revenuFiscal", "READING"),
        ]
        assert found["notes"][0]["note"] == "élément inconnu, mis de côté"
        found = json.loads(printed(capsys, *self.HELD, "--json", "--lang", "en"))
        assert found["notes"][0]["note"] == "unknown element, kept aside"

    def test_without_a_number(self, capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        data = self.DATA.replace(b"1110924000417GDPUB", b"")
        stdin(monkeypatch, data)
        assert "sans numéro unique" in printed(capsys, "import", "-")
        stdin(monkeypatch, data)
        held = ("assess", "-", "--offers", str(OFFERS), "--on", "2026-11-23", "--json")
        assert json.loads(printed(capsys, *held))["unique_number"] is None

    def test_a_refused_demand_is_told_and_the_others_come(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin, end = self.DATA.index(b"<sne:demandeLogement>"), self.DATA.index(b"</sne:demande>")
        one = self.DATA[begin:end]
        bad = one.replace(b"1989-06-21", b"1989-06-31")
        stdin(monkeypatch, self.DATA[:begin] + bad + one + self.DATA[end:])
        assert main(["import", "-"]) == 2
        out, err = capsys.readouterr()
        assert out.startswith("demandeLogement[2] ·")
        told, counted = err.splitlines()
        assert told.startswith("alin: demandeLogement[1]/personnePhysique/demandeur/dateNaissance")
        assert counted == "alin: refused demands: 1, told above; the others were read"

    def test_a_birth_after_the_lease_refuses_one_demand(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin, end = self.DATA.index(b"<sne:demandeLogement>"), self.DATA.index(b"</sne:demande>")
        one = self.DATA[begin:end]
        late = one.replace(b"2017-04-08", b"2026-10-02")
        impossible = one.replace(b"2017-04-08", b"2017-04-31")
        stdin(monkeypatch, self.DATA[:begin] + late + impossible + one + self.DATA[end:])
        assert main(["assess", "-", "--offers", str(OFFERS), "--on", "2026-10-01"]) == 2
        out, err = capsys.readouterr()
        assert out.startswith("demandeLogement[3], ")
        first, second, counted = err.splitlines()
        assert first.startswith(
            "alin: demandeLogement[1]: a person of the household is not born on 2026-10-01"
        )
        assert second.startswith("alin: demandeLogement[2]/")
        assert counted == "alin: refused demands: 2, told above; the others were read"

    def test_a_terminal_counts_the_demands_when_pages_go_to_a_file(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("alin_core.commands.terminal._STEP", 1)
        stdin(monkeypatch, self.DATA)

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        shown = Terminal()
        monkeypatch.setattr(sys, "stderr", shown)
        assert main(["import", "-"]) == 0
        assert shown.getvalue() == "1 demandes lues\n"

    def test_no_date(self, capsys: Screen) -> None:
        assert "--on" in refused(capsys, *self.HELD[:4])

    @pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n "])
    def test_no_offers(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch, before: bytes
    ) -> None:
        stdin(monkeypatch, before + self.DATA)
        assert "it is XML: give the offers with --offers" in refused(capsys, "assess", "-")

    @pytest.mark.parametrize("name", ["nowhere.xml", "\0"])
    def test_no_file(self, capsys: Screen, name: str) -> None:
        assert "no file can be read" in refused(capsys, "import", name)

    def test_bad_offers(self, capsys: Screen) -> None:
        held = ("assess", str(self.FILE), "--offers", str(self.FILE), "--on", "2026-11-23")
        assert "not JSON" in refused(capsys, *held)

    def test_what_is_no_national_xml(self, capsys: Screen) -> None:
        assert "line 1: not XML" in refused(capsys, "import", str(MARTIN))


class TestRefusals:
    """Bad input ends with 2 and a message, never with a traceback."""

    def test_no_file(self, capsys: Screen) -> None:
        assert "No such file" in refused(capsys, "assess", "nowhere.json")

    def test_a_name_no_file_can_bear(self, capsys: Screen) -> None:
        assert "no file can be read" in refused(capsys, "assess", "\0")

    def test_a_folder(self, capsys: Screen, tmp_path: Path) -> None:
        assert "no file can be read" in refused(capsys, "assess", str(tmp_path))

    def test_neither_date(self, capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        stdin(monkeypatch, json.dumps(MINIMAL | {"offers": []}))
        assert "or --on" in refused(capsys, "assess", "-")

    def test_a_bad_date(self, capsys: Screen) -> None:
        assert "2026-13-01" in refused(capsys, "assess", str(MARTIN), "--on", "2026-13-01")

    def test_a_day_before_a_birth(self, capsys: Screen) -> None:
        assert "not born" in refused(capsys, "assess", str(MARTIN), "--on", "2018-01-01")

    def test_every_fault_has_its_line(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stdin(monkeypatch, json.dumps(MINIMAL | {"offers": 3, "demand": {"household": 1}}))
        err = refused(capsys, "assess", "-")
        assert len(err.splitlines()) == 3
        assert all(fault in err for fault in ("offers:", "demand.household:", "demand.resources:"))

    @pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000], ids=range(4))
    def test_what_is_no_dossier(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch, text: bytes
    ) -> None:
        stdin(monkeypatch, text)
        assert refused(capsys, "assess", "-").startswith("alin: ")

    @pytest.mark.parametrize("arguments", ["", "guess", "assess", "assess x --lang de"])
    def test_a_command_that_is_none(self, capsys: Screen, arguments: str) -> None:
        with pytest.raises(SystemExit, match="2"):
            main(arguments.split())
        assert "usage: alin" in capsys.readouterr().err


def test_the_schema_is_the_one_that_ships(capsys: Screen) -> None:
    assert json.loads(printed(capsys, "schema")) == json.loads(schema())


def test_the_module_is_the_command(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["alin", "assess", str(MARTIN)])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("alin_core", run_name="__main__")
    assert capsys.readouterr().out == GOLDEN.read_text(encoding="utf-8")


def test_a_reader_that_stops_early_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["schema"]) == 0


def test_a_terminal_without_the_characters_still_shows_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="ascii"))
    assert main(["assess", str(MARTIN)]) == 0
    assert b"d?cembre 2025" in shown.getvalue()


def test_an_output_that_is_closed_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["schema"]) == 0


def test_an_error_has_no_other_place_than_the_error_output(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["assess", "no-such-file.json"]) == 2
    assert capsys.readouterr().out == ""


def test_an_output_that_is_full_says_so(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["schema"]) == 2
    assert (
        capsys.readouterr().err
        == "alin: nothing more can be read or written: No space left on device\n"
    )


class Full(io.StringIO):
    """An output on a disk that is full."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


class Late(io.StringIO):
    """One that tells so once it must write, and not before."""

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_an_error_that_nobody_can_be_told_ends_as_it_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", Full())
    assert main(["assess", "no-such-file.json"]) == 2
    assert sys.stderr is None


def test_python_finds_no_output_left_on_which_it_would_fail_again(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Late())
    assert main(["assess", "no-such-file.json"]) == 2
    assert sys.stdout is None
    assert "No such file" in capsys.readouterr().err


class TestEnds:
    """What is neither an answer nor a refusal has an exit code of its own."""

    def run(self, monkeypatch: pytest.MonkeyPatch, run: Callable[[object], object]) -> None:
        monkeypatch.setattr("alin_core.commands.schema.run", run)

    def signal(self, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals) -> None:
        self.run(monkeypatch, lambda _: signal.raise_signal(sent))

    def test_a_crash(self, capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run(monkeypatch, lambda _: 1 / 0)
        assert main(["schema"]) == 70
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("alin: this is a fault of alin: report these lines, ")
        assert "ZeroDivisionError: division by zero" in err

    def test_ctrl_c(self, capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        # A shell lets what it starts in the background ignore it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            self.signal(monkeypatch, signal.SIGINT)
            assert main(["schema"]) == 130
        finally:
            signal.signal(signal.SIGINT, before)
        assert capsys.readouterr() == ("", "")

    def test_sigterm(self, capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
        before = signal.getsignal(signal.SIGTERM)
        self.signal(monkeypatch, signal.SIGTERM)
        monkeypatch.setattr(sys, "argv", ["alin", "schema"])
        with pytest.raises(SystemExit, match="143"):
            main()
        assert capsys.readouterr() == ("", "")
        assert signal.getsignal(signal.SIGTERM) == before

    def test_a_program_that_calls_the_command_keeps_its_signals(
        self, capsys: Screen, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = signal.getsignal(signal.SIGTERM)
        self.run(monkeypatch, lambda _: str(signal.getsignal(signal.SIGTERM) == before))
        assert printed(capsys, "schema") == "True\n"


def test_an_input_that_is_closed_is_no_dossier(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "expecting value" in refused(capsys, "assess", "-")


def test_what_an_offer_is_called_cannot_drive_the_terminal(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = json.loads(MARTIN.read_bytes())
    for place, offer in enumerate(dossier["offers"]):
        offer |= {"reference": f"A\n\x1b[31mB{place or ''}", "lessor": "C\x9b2J\r"}
    stdin(monkeypatch, json.dumps(dossier))
    text = printed(capsys, "assess", "-")
    assert {sign for sign in text if not sign.isprintable()} <= set("\n\u00a0\u202f")
    assert "A \ufffd[31mB · T3" in text


def test_the_aid_is_estimated_when_asked(capsys: Screen) -> None:
    example = str(ROOT / "examples" / "aide-estimee.json")
    declared = json.loads(printed(capsys, "assess", example, "--json"))
    estimated = json.loads(printed(capsys, "assess", example, "--estimate-aid", "--json"))
    assert [one["offer"] for one in declared["others"]] == ["BRON-T3"]
    assert [one["offer"] for one in estimated["fitting"]] == ["BRON-T3"]
    assert "N = 310" in estimated["fitting"][0]["findings"][2]["facts"]["housing_aid_steps"]
    text = printed(capsys, "assess", example, "--estimate-aid").replace("\u00a0", " ")
    assert "l’aide au logement de 310 € (estimation)" in " ".join(text.split())


class TestFrames:
    ROW: ClassVar = {
        "adults": 1,
        "reference_tax_income": 31_000,
        "monthly_income": 2_450,
        "commune": "94041",
        "norm": "PLUS",
        "rooms": 3,
        "loyer": 612.4,
        "charges": 85,
        "lease": date(2026, 11, 23),
    }
    FEW = ("applicant_birth_date=", "partner_birth_date=", "sector=", "headcount=", "rent=loyer")

    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[str, str]:
        source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
        pl.DataFrame([self.ROW] * 3).write_parquet(source)
        return str(source), str(target)

    @property
    def columns(self) -> list[str]:
        return [word for name in self.FEW for word in ("--column", name)]

    @pytest.mark.parametrize("day", [("--on", "2026-11-23"), ("--on-column", "lease")])
    def test_a_parquet_file_is_assessed(
        self, capsys: Screen, files: tuple[str, str], day: tuple[str, str]
    ) -> None:
        assert main(["assess-frame", *files, *day, *self.columns]) == 0
        out, err = capsys.readouterr()
        assert (out, err) == (f"{files[1]}: 3 rows\n", "alin: 3 of 3 rows\n")
        assert pl.read_parquet(files[1])["outcome"].to_list() == ["NOT_MET"] * 3

    def test_a_missing_column_is_told(self, capsys: Screen, files: tuple[str, str]) -> None:
        assert "no column" in refused(capsys, "assess-frame", *files, "--on", "2026-11-23")
        assert not Path(files[1]).exists()

    def test_an_input_that_does_not_exist_is_told(
        self, capsys: Screen, files: tuple[str, str]
    ) -> None:
        told = refused(
            capsys, "assess-frame", *files, "--on", "2026-11-23", "--column", "loyer=rent"
        )
        assert "'loyer' is refused; give one of adults, " in told

    def test_an_input_is_left_out_on_purpose_only(
        self, capsys: Screen, files: tuple[str, str]
    ) -> None:
        told = refused(capsys, "assess-frame", *files, "--on", "2026-11-23", "--column", "rent")
        assert "'rent' is refused; give rent=NAME, or rent= to leave it out" in told
        assert not Path(files[1]).exists()

    def test_without_the_extra_it_says_what_to_install(
        self, capsys: Screen, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(sys.modules, "alin_core.commands.parquet", raising=False)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        told = refused(capsys, "assess-frame", *files, "--on", "2026-11-23")
        assert 'pip install "alin-core[frames]" pyarrow' in told

    def test_sigterm_leaves_no_file_behind(
        self, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "alin_core.commands.assess_frame._progress",
            lambda *_: signal.raise_signal(signal.SIGTERM),
        )
        monkeypatch.setattr(
            sys, "argv", ["alin", "assess-frame", *files, "--on", "2026-11-23", *self.columns]
        )
        with pytest.raises(SystemExit, match="143"):
            main()
        assert [path.name for path in Path(files[0]).parent.iterdir()] == ["in.parquet"]

    def test_a_name_that_is_no_utf_8_is_that_of_a_file_all_the_same(
        self, capsys: Screen, files: tuple[str, str]
    ) -> None:
        given, odd = files[0], f"{Path(files[0]).parent}/\udcffo.parquet"
        told = refused(capsys, "assess-frame", odd, files[1], "--on", "2026-11-23", *self.columns)
        assert "it cannot be used: " in told
        assert main(["assess-frame", given, odd, "--on", "2026-11-23", *self.columns]) == 0
        assert capsys.readouterr().out.endswith("/\N{REPLACEMENT CHARACTER}o.parquet: 3 rows\n")
        assert pl.read_parquet(Path(odd).read_bytes()).height == 3

    def test_nobody_need_watch(
        self, capsys: Screen, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        assert main(["assess-frame", *files, "--on", "2026-11-23", *self.columns]) == 0
        assert capsys.readouterr().out.endswith(": 3 rows\n")


class TestVerify:
    """0: the verdicts of the file are those that follow from its inputs; 1: one is not."""

    def written(self, capsys: Screen, folder: Path, *others: str) -> Path:
        file = folder / "verdict.json"
        held = others or (str(MARTIN),)
        file.write_text(printed(capsys, "assess", *held, "--json"), encoding="utf-8")
        return file

    def test_the_same(self, capsys: Screen, tmp_path: Path) -> None:
        text = printed(capsys, "verify", str(self.written(capsys, tmp_path)), "--lang", "en")
        assert text.startswith("4 verdicts made again: 4 the same, 0 different.")

    def test_a_figure_that_differs(self, capsys: Screen, tmp_path: Path) -> None:
        file = self.written(capsys, tmp_path)
        file.write_text(file.read_text("utf-8").replace('"52740"', '"52741"'), encoding="utf-8")
        assert main(["verify", str(file)]) == 1
        out, err = capsys.readouterr()
        assert "  fitting[0].findings[0].threshold\n" in out
        assert err == ""

    def test_json_ends_as_the_page_does(self, capsys: Screen, tmp_path: Path) -> None:
        file = self.written(capsys, tmp_path)
        told = json.loads(printed(capsys, "verify", str(file), "--json"))
        assert [each["differences"] for each in told["verdicts"]] == [[], [], [], []]
        file.write_text(file.read_text("utf-8").replace('"52740"', '"52741"'), encoding="utf-8")
        assert main(["verify", str(file), "--json"]) == 1
        told = json.loads(capsys.readouterr().out)
        assert told["verdicts"][0]["differences"][0]["recorded"] == '"52741"'

    def test_the_demands_of_a_national_xml(self, capsys: Screen, tmp_path: Path) -> None:
        xml = str(ROOT / "examples" / "demande.xml")
        held = (xml, "--offers", str(OFFERS), "--on", "2026-11-23", "--estimate-aid")
        text = printed(capsys, "verify", str(self.written(capsys, tmp_path, *held)))
        assert text.startswith("2 verdicts refaits")

    def test_what_is_no_verdict(self, capsys: Screen) -> None:
        assert "replay: missing" in refused(capsys, "verify", str(MARTIN))


class TestChanges:
    """Which figures changed between two days, and which example households flip."""

    def test_it_is_the_page_of_the_changes(self, capsys: Screen) -> None:
        days = date(2025, 12, 31), date(2026, 1, 1)
        text = printed(capsys, "changes", "--from", "2025-12-31", "--to", "2026-01-01")
        assert text == f"{changes_between(*days).explain('fr')}\n"

    def test_it_is_given_as_json(self, capsys: Screen) -> None:
        days = date(2025, 12, 31), date(2026, 1, 1)
        text = printed(capsys, "changes", "--from", "2025-12-31", "--to", "2026-01-01", "--json")
        assert text == f"{changes_to_json(changes_between(*days))}\n"

    @pytest.mark.parametrize(("first", "last", "told"), [
        ("2026-1-1", "2026-01-01", "--from: '2026-1-1' is refused"),
        ("2026-01-01", "tomorrow", "--to: 'tomorrow' is refused"),
        ("2026-01-01", "2025-12-31", "--to: 2025-12-31 is refused; give a day from 2026-01-01 on"),
        ("2009-12-31", "2025-12-31", "no figure for 2009-12-31"),
    ])  # fmt: skip
    def test_days_that_cannot_be(self, capsys: Screen, first: str, last: str, told: str) -> None:
        assert told in refused(capsys, "changes", "--from", first, "--to", last)

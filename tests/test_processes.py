"""The command in a process of its own: the encoding of its outputs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MARTIN = ROOT / "examples" / "famille-martin.json"
#: Outputs that lack characters: ASCII as under LC_ALL=C, and that of a file on Windows.
OUTPUTS = {
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
}
each_output = pytest.mark.parametrize("encoding", OUTPUTS)

Done = subprocess.CompletedProcess[bytes]


def alin(*arguments: str, data: bytes = b"", encoding: str = "", stdout: int = -1) -> Done:
    """Run `alin` as a shell does."""
    return python("-m", "alin_core", *arguments, data=data, encoding=encoding, stdout=stdout)


def python(*arguments: str, data: bytes = b"", encoding: str = "", stdout: int = -1) -> Done:
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "80"} | OUTPUTS.get(encoding, {})
    return subprocess.run(
        [sys.executable, *arguments],
        input=data,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=ROOT,
    )


@pytest.fixture
def dossier() -> bytes:
    """Give the dossier of the Martin family, an offer of which bears signs of several alphabets."""
    whole = json.loads(MARTIN.read_bytes())
    whole["offers"][0]["reference"] = "Évry–Œuvre « 1er » Łódź \u202e\N{HOUSE BUILDING}"
    return json.dumps(whole).encode()


class TestEncodings:
    """A page has `?` where its output lacks a sign; JSON is UTF-8 wherever it goes."""

    @each_output
    def test_a_page_has_a_question_mark_for_what_the_output_lacks(
        self, encoding: str, dossier: bytes
    ) -> None:
        page = alin("assess", "-", data=dossier, encoding="utf-8").stdout.decode()
        assert "Œuvre" in page
        done = alin("assess", "-", data=dossier, encoding=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == page.encode(encoding, "replace")

    @each_output
    def test_json_is_utf_8_on_every_output_and_its_verdicts_are_found_again(
        self, encoding: str, dossier: bytes
    ) -> None:
        written = alin("assess", "-", "--json", data=dossier, encoding=encoding)
        assert (written.returncode, written.stderr) == (0, b"")
        (reference,) = [
            each["offer"]
            for each in json.loads(written.stdout.decode())["fitting"]
            if "vry" in each["offer"]
        ]
        assert reference == json.loads(dossier)["offers"][0]["reference"]
        again = alin("verify", "-", "--lang", "en", data=written.stdout, encoding=encoding)
        assert again.returncode == 0
        assert again.stdout.startswith(b"4 verdicts made again: 4 the same, 0 different.")

    @each_output
    @pytest.mark.parametrize(
        "command",
        [
            "schema",
            "assess examples/demande.xml --offers examples/offres.json --on 2026-11-23 --json",
        ],
    )
    def test_every_json_is_the_same_bytes_on_every_output(
        self, command: str, encoding: str
    ) -> None:
        written = alin(*command.split(), encoding=encoding)
        assert written.returncode == 0
        assert any(sign > 127 for sign in written.stdout)
        assert written.stdout == alin(*command.split()).stdout

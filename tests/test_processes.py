"""The command in a process of its own: the encoding of its outputs, its signals, how it ends."""

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


#: A standard input that sends a signal to its own process, where the dossier is read.
SIGNALLED = """
import signal, sys
from alin_core.cli import main

class Input:
    class buffer:
        def read(self=None):
            signal.raise_signal(signal.{name})

# A shell lets what it starts in the background ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.stdin = Input
sys.argv = ["alin", "assess", "-"]
sys.exit(main())
"""

CRASHING = """
import sys
import alin_core.commands.schema as schema
from alin_core.cli import main

def run(asked):
    raise RecursionError("A\\x9b2JB")

schema.run = run
sys.exit(main(["schema"]))
"""


class TestEnds:
    """0: done, 1: verdicts differ, 2: usage or input, 70: our crash, 130: Ctrl-C, 143: SIGTERM."""

    @pytest.fixture
    def differing(self) -> bytes:
        written = alin("assess", str(MARTIN), "--json").stdout
        assert b'"52740"' in written
        return written.replace(b'"52740"', b'"52741"')

    def test_each_has_its_code(self, differing: bytes) -> None:
        assert alin("schema").returncode == 0
        assert alin("verify", "-", data=differing).returncode == 1
        assert alin("assess", "nowhere.json").returncode == 2
        assert alin("guess").returncode == 2

    @pytest.mark.parametrize("option", [[], ["--json"]])
    def test_verdicts_that_differ_do_so_though_nobody_reads_on(
        self, differing: bytes, option: list[str]
    ) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = alin("verify", "-", *option, data=differing, stdout=writing)
            whole = alin("assess", str(MARTIN), *option, stdout=writing)
        finally:
            os.close(writing)
        assert (done.returncode, done.stderr) == (1, b"")
        assert (whole.returncode, whole.stderr) == (0, b"")

    def test_an_input_is_refused_though_nobody_reads_on(self) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        demands = (ROOT / "examples" / "demande.xml").read_bytes()
        try:
            cut = demands.replace(b"</sne:interfaceNuu>", b"")
            done = alin("import", "-", data=cut, stdout=writing)
        finally:
            os.close(writing)
        assert done.returncode == 2
        assert done.stderr.startswith(b"alin: line ")
        assert done.stderr.count(b"\n") == 1

    def test_ctrl_c_prints_no_traceback(self) -> None:
        done = python("-c", SIGNALLED.format(name="SIGINT"))
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

    def test_sigterm_prints_no_traceback(self) -> None:
        done = python("-c", SIGNALLED.format(name="SIGTERM"))
        assert (done.returncode, done.stdout, done.stderr) == (143, b"", b"")

    def test_a_crash_of_ours_asks_to_be_reported(self) -> None:
        done = python("-c", CRASHING)
        assert (done.returncode, done.stdout) == (70, b"")
        lines = done.stderr.decode().splitlines()
        assert lines[0] == (
            "alin: this is a fault of alin: report these lines, without what names a person"
        )
        assert lines[1].strip() == "Traceback (most recent call last):"
        assert "RecursionError: A\ufffd2JB" in done.stderr.decode()

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
    def test_a_full_disk_changes_no_code_of_a_refusal(self) -> None:
        for arguments in (["assess", "nowhere.json"], ["guess"]):
            with Path("/dev/full").open("wb") as full:
                done = subprocess.run(
                    [sys.executable, "-m", "alin_core", *arguments], stderr=full, cwd=ROOT
                )
            assert done.returncode == 2
        with Path("/dev/full").open("wb") as full:
            done = alin("schema", stdout=full.fileno())
        assert done.returncode == 2
        told = "nothing more can be read or written: No space left on device"
        assert done.stderr.decode() == f"alin: {told}\n"

"""Whatever a file says, its signs move no cursor, colour nothing and turn no text round."""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alin_core.cli import main
from alin_core.national_xml.values import Note, NoteReason, SneDemand
from alin_core.sne import read_demands

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
#: A line, a colour by ESC and by its C1 twin, a title that never ends, a turn to the left.
HOSTILE = "\nA\x1b[31mB\x9b2J\x9d\u202eC\u2066\u200e\u2028\x7f"
OFFERS = ["--offers", str(EXAMPLES / "offres.json"), "--on", "2026-11-23"]

Screen = pytest.CaptureFixture[str]


def strange(text: str) -> set[str]:
    """The signs that a terminal would obey; French sets two of the spaces."""
    return {sign for sign in text if not sign.isprintable()} - set("\n\u00a0\u202f")


def shown(capsys: Screen, monkeypatch: pytest.MonkeyPatch, data: bytes, *arguments: str) -> str:
    """Both outputs of a command that reads this."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(arguments) in (0, 1, 2)
    return "".join(capsys.readouterr())


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where a text or a key stands in JSON values."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if isinstance(inner, str):
            yield value, key
        elif isinstance(inner, dict | list):
            yield from places(inner)


def spoilt(text: str) -> Iterator[bytes]:
    """The JSON with each of its texts made hostile in turn, and each of their keys."""
    whole = json.loads(text)
    for holder, key in places(whole):
        right = holder[key]
        for wrong in (HOSTILE, right + HOSTILE):
            holder[key] = wrong
            yield json.dumps(whole).encode()
        holder[key] = right
        if isinstance(holder, dict):
            holder[key + HOSTILE] = holder.pop(key)
            yield json.dumps(whole).encode()
            holder[key] = holder.pop(key + HOSTILE)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("famille-martin.json", "assess -"),
        ("famille-martin.json", "assess - --json"),
        ("rankings/ivry-t3.json", "rank - --lang en"),
        ("rankings/ivry-t3.json", "rank - --json"),
    ],
)
def test_a_text_of_a_json_file_drives_no_terminal(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    for data in spoilt((EXAMPLES / name).read_text("utf-8")):
        assert strange(shown(capsys, monkeypatch, data, *command.split())) == set(), data


@pytest.mark.parametrize("command", ["verify -", "verify - --json"])
def test_a_text_of_a_verdict_drives_no_terminal(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert main(["assess", str(EXAMPLES / "inconnu.json"), "--json"]) == 0
    for data in spoilt(capsys.readouterr().out):
        assert strange(shown(capsys, monkeypatch, data, *command.split())) == set(), data


#: A document type may not stand in the file, but references to characters may.
ENTITIES = "".join(f"&#{ord(sign)};" for sign in HOSTILE if sign != "\x1b")


@pytest.mark.parametrize(
    "command",
    [["import", "-"], ["assess", "-", *OFFERS], ["assess", "-", *OFFERS, "--json"]],
    ids=" ".join,
)
@pytest.mark.parametrize("value", [r"(?<=[^>\s])(?=</)", r"(?<=>)(?=</)", r'(?<=[^"])(?=")'])
def test_a_text_of_a_national_xml_drives_no_terminal(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch, command: list[str], value: str
) -> None:
    text = re.sub(r"\A<\?.*?\?>", "", (EXAMPLES / "demande.xml").read_text("utf-8"))
    found = [place.start() for place in re.finditer(value, text)]
    for place in found:
        data = (text[:place] + ENTITIES + text[place:]).encode()
        assert strange(shown(capsys, monkeypatch, data, *command)) == set(), data[place - 40 :]


def test_what_a_national_xml_says_is_kept_as_it_says_it() -> None:
    data = (EXAMPLES / "demande.xml").read_bytes().replace(b"LE GOFF", b"LE&#x9b;2J GOFF")
    (read,) = read_demands(data)
    assert isinstance(read, SneDemand)
    assert read.persons[0].surname == "LE\x9b2J GOFF"


def test_a_note_drives_no_terminal() -> None:
    note = Note("entete/dateFichier", NoteReason.UNKNOWN_FILE_DATE, HOSTILE)
    assert strange(str(note)) == set()


@pytest.mark.parametrize(
    "command",
    [
        ["assess", HOSTILE],
        ["import", HOSTILE],
        ["assess-frame", HOSTILE, "out.parquet", "--on", "2026-11-23"],
        ["assess-frame", "in.parquet", HOSTILE, "--on", "2026-11-23"],
        ["ceilings", "--norm", HOSTILE, "--on", "2026-11-23"],
        ["rules", HOSTILE],
    ],
    ids=ascii,
)
def test_the_name_of_a_file_drives_no_terminal(capsys: Screen, command: list[str]) -> None:
    assert main(command) == 2
    assert strange("".join(capsys.readouterr())) == set()


@pytest.mark.parametrize(
    "command",
    [["schema", HOSTILE], ["schema", f"--{HOSTILE}"], [HOSTILE], ["rules", f"--l={HOSTILE}"]],
    ids=ascii,
)
def test_an_argument_that_no_command_knows_drives_no_terminal(
    capsys: Screen, command: list[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(command)
    assert strange(capsys.readouterr().err) == set()

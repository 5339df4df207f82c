"""The wheel leaves out comments and blanks of the data, for whoever reads the sources."""

import json
import re
import tomllib
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA, SCHEMA = "alin_core/law/data", "alin_core/dossier.schema.json"
#: A string, which stays; a comment or blanks, which go.
_PARTS = re.compile(r'("(?:[^"\\]|\\.)*")|#.*|[ \t]+')
#: Where a list goes on, with the comma after its last item.
_IN_A_LIST = re.compile(r"(?<=[\[,])\n|,?\n(?=\])")


def _short(text: str) -> str:
    lines = (_PARTS.sub(lambda found: found[1] or "", line) for line in text.splitlines())
    return _IN_A_LIST.sub("", "\n".join(filter(None, lines))) + "\n"


def _packed(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


class WithoutComments(BuildHookInterface):
    """Puts the schema and each table into the wheel without comments and idle blanks."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation reads the sources themselves."""
        if self.target_name != "wheel" or version == "editable":
            return
        folder, source = Path(mkdtemp()), Path(self.root) / "src"
        for number, path in enumerate((source / SCHEMA, *sorted((source / DATA).rglob("*.toml")))):
            text = path.read_text(encoding="utf-8")
            read, short = (
                (json.loads, _packed) if path.suffix == ".json" else (tomllib.loads, _short)
            )
            if read(short(text)) != read(text):
                raise ValueError(f"{path.name}: a comment or a blank is part of a value")
            copy = folder / f"{number}{path.suffix}"
            copy.write_text(short(text), encoding="utf-8", newline="\n")
            build_data["force_include"][str(copy)] = path.relative_to(source).as_posix()

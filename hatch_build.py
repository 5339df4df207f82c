"""The wheel leaves out comments and blanks of the data, for whoever reads the sources."""

import re
import tomllib
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = Path("src/alin_core/law/data")
#: A string, which stays; a comment or blanks, which go.
_PARTS = re.compile(r'("(?:[^"\\]|\\.)*")|#.*|[ \t]+')
#: Where a list goes on, with the comma after its last item.
_IN_A_LIST = re.compile(r"(?<=[\[,])\n|,?\n(?=\])")


def _short(text: str) -> str:
    lines = (_PARTS.sub(lambda found: found[1] or "", line) for line in text.splitlines())
    return _IN_A_LIST.sub("", "\n".join(filter(None, lines))) + "\n"


class WithoutComments(BuildHookInterface):
    """Puts each table of the data into the wheel without comments and idle blanks."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation reads the sources themselves."""
        if self.target_name != "wheel" or version == "editable":
            return
        folder = Path(mkdtemp())
        for number, path in enumerate(sorted((Path(self.root) / DATA).rglob("*.toml"))):
            text = path.read_text(encoding="utf-8")
            short = _short(text)
            if tomllib.loads(short) != tomllib.loads(text):
                raise ValueError(f"{path.name}: a comment or a blank is part of a value")
            copy = folder / f"{number}.toml"
            copy.write_text(short, encoding="utf-8", newline="\n")
            place = path.relative_to(Path(self.root) / "src")
            build_data["force_include"][str(copy)] = place.as_posix()

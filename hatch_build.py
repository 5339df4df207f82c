"""The wheel leaves out comments and indents of the data, for whoever reads the sources."""

import tomllib
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = Path("src/alin_core/law/data")


class WithoutComments(BuildHookInterface):
    """Puts each table of the data into the wheel without its comments, indents and empty lines."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation reads the sources themselves."""
        if self.target_name != "wheel" or version == "editable":
            return
        folder = Path(mkdtemp())
        for number, path in enumerate(sorted((Path(self.root) / DATA).rglob("*.toml"))):
            text = path.read_text(encoding="utf-8")
            bare = map(str.lstrip, text.splitlines())
            lines = [line for line in bare if line and line[0] != "#"]
            short = "\n".join(lines) + "\n"
            if tomllib.loads(short) != tomllib.loads(text):
                raise ValueError(f"{path.name}: a comment or an indent is part of a value")
            copy = folder / f"{number}.toml"
            copy.write_text(short, encoding="utf-8", newline="\n")
            place = path.relative_to(Path(self.root) / "src")
            build_data["force_include"][str(copy)] = place.as_posix()

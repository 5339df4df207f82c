"""The wheel leaves out the comments of the data, which are for whoever reads the sources."""

import tomllib
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = Path("src/alin_core/law/data")


class WithoutComments(BuildHookInterface):
    """Puts each table of the data into the wheel without its comments and empty lines."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation reads the sources themselves."""
        if self.target_name != "wheel" or version == "editable":
            return
        folder = Path(mkdtemp())
        for number, path in enumerate(sorted((Path(self.root) / DATA).rglob("*.toml"))):
            text = path.read_text(encoding="utf-8")
            lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
            short = "\n".join(lines) + "\n"
            if tomllib.loads(short) != tomllib.loads(text):
                raise ValueError(f"{path.name}: a line that looks like a comment is none")
            copy = folder / f"{number}.toml"
            copy.write_text(short, encoding="utf-8", newline="\n")
            place = path.relative_to(Path(self.root) / "src")
            build_data["force_include"][str(copy)] = place.as_posix()

"""The auditors' worked cases, as the tests read them."""

import tomllib
from pathlib import Path
from typing import Any


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text("utf-8"))

"""What counts as killed when mutants of the code are tried."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: In a process of its own, as it forks.
ASKED = """
import time
from tools import mutate_code
mutate_code._PATIENCE, mutate_code._WALL = {limits}
print(mutate_code._in_child(lambda: {job}))
"""


@pytest.mark.parametrize(
    ("job", "limits", "status"),
    [
        ("0", "9, 9", "0"),
        ("1", "9, 9", "256"),
        ("all(iter(lambda: 1, 0))", "1, 60", "9"),
        ("time.sleep(60) or 1", "9, 1", "0"),
    ],
    ids=("passes", "fails", "never ends", "waits"),
)
def test_what_only_waits_is_not_killed(job: str, limits: str, status: str) -> None:
    asked = [sys.executable, "-c", ASKED.format(job=job, limits=limits)]
    told = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.strip() == status

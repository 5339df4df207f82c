"""What a call costs: memory and work, never seconds."""

import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any

#: Bytes of address space that a limited process may take beyond what it starts with.
LIMIT = 1_000_000_000

_LIMITED = """
import resource, sys
from pathlib import Path
pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
most = pages * resource.getpagesize() + {limit}
resource.setrlimit(resource.RLIMIT_AS, (most, most))
"""


def peak(call: Callable[[], object]) -> int:
    """Return the most bytes that Python's allocators held during the call, beyond the start.

    Every error of the call passes: a refusal has its cost too.
    """
    gc.collect()
    tracemalloc.start()
    try:
        return _ended(call, lambda: tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def calls(call: Callable[[], object]) -> int:
    """Return how many functions were called, those written in C included.

    A loop inside one function in C is one call: a list searched by `in` is not seen.
    """
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        return _ended(call, lambda: count)
    finally:
        sys.setprofile(before)


def _ended(call: Callable[[], object], measured: Callable[[], int]) -> int:
    try:
        call()
    except Exception:  # the cost is asked for, not the answer
        return measured()
    return measured()


def limited(code: str, *arguments: str, limit: int = LIMIT) -> str:
    """Run Python code in a process of bounded memory, and return what it prints.

    An error of it, `MemoryError` included, fails the test that asks.
    """
    whole = _LIMITED.format(limit=limit) + code
    command = [sys.executable, "-c", whole, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout

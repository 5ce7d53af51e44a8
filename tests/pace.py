"""Times that mean the same on a busy machine as on one at rest.

A promise such as "within 50 ms" is one of a machine at rest. Tests run beside each other, on shared
processors, where the same work takes two to four times as long. So each time is taken beside that of a
fixed piece of work, and divided by how much slower than at rest that was. It is never made longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

AT_REST = 0.0012
"""Seconds that the fixed work takes on the machine of docs/performance.md, at rest."""
_TABLE = np.random.default_rng(1).random((4000, 64), dtype=np.float32)


def _fixed() -> None:
    np.einsum("wd,pd->wp", _TABLE, _TABLE[:4])
    np.argpartition(-_TABLE[:, 0], 100)
    sum(number * number for number in range(16_000))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def seconds(work: Callable[[], object], tries: int = 5) -> float:
    """The best time of the work, in seconds of a machine at rest."""
    found = []
    for _ in range(tries):
        before, taken, after = _seconds(_fixed), _seconds(work), _seconds(_fixed)
        found.append(taken / max(1.0, (before + after) / 2 / AT_REST))
    return min(found)

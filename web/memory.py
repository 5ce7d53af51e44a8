"""How much memory a worker holds on to."""

from __future__ import annotations

import ctypes
import sys

M_ARENA_MAX = -8
"""From malloc.h of the GNU C library."""
ARENAS = 2


def share_between_threads() -> bool:
    """Have the threads of this process take their memory from the same few arenas.

    By default the C library gives each thread one of its own, up to eight a core, and what
    one of them let go of is of no use to the others: with eight threads that came to 100 MB more.
    Said before the threads begin. Returns whether the C library took it; others have no such setting.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS))
    except (AttributeError, OSError):
        return False

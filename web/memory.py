"""How much memory a worker holds on to."""

from __future__ import annotations

import ctypes
import sys

# Names and numbers of malloc.h of the GNU C library.
M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
M_ARENA_MAX = -8

ARENAS = 2
LARGE = 256 * 1024
"""Bytes; a piece of memory so large is given back to the system as soon as it is not needed."""


def give_back() -> bool:
    """Have this process keep little of the memory that it has let go of.

    By default the C library gives each thread memory of its own, which the others cannot use, and keeps
    ever larger pieces for later. With eight threads answering at once that came to 500 MB; told
    otherwise it is 360. To be said before threads begin.

    Returns
    -------
    bool
        Whether the C library took it; others have no such settings.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
        wanted = ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LARGE))
        return all(mallopt(name, value) for name, value in wanted)
    except (AttributeError, OSError):
        return False


def give_back_now() -> bool:
    """Give the system what was let go of while everything was read; whether there was any."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).malloc_trim(0))
    except (AttributeError, OSError):
        return False

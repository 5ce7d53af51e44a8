"""What a worker holds on to."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT
from web import memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of the GNU C library")
def test_the_c_library_is_told_to_keep_little() -> None:
    asked = "from web import memory; print(memory.give_back())"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "True", done.stderr


def test_other_systems_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert memory.give_back() is False


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a call of the GNU C library")
def test_what_was_let_go_of_is_given_back() -> None:
    pieces = [bytes(1000) for _ in range(100_000)]
    before = resident()
    # The last one stands at the end of the heap, which by itself therefore stays as large as it is.
    del pieces[:-1]
    memory.give_back_now()
    assert resident() < before - 50_000_000


def resident() -> int:
    """Bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

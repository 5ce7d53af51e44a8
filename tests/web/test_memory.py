"""What a worker holds on to."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from config import ROOT


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a setting of the GNU C library")
def test_the_c_library_is_told_to_keep_little() -> None:
    asked = "from web import memory; print(memory.give_back())"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "True", done.stderr


def test_other_systems_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    from web import memory

    monkeypatch.setattr(sys, "platform", "darwin")
    assert memory.give_back() is False

"""The process that serves: its greeting, its key, its end."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from config import ROOT, SettingsError
from web.demo_key import with_demo_key


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_greets_serves_and_ends_cleanly(folder: Path, number: signal.Signals) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "DEMO": "1",
        "PORT": str(port),
        "DATA_DIR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("SECRET_KEY", None)
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(300):
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except OSError:
                assert process.poll() is None, process.stderr.read()
                time.sleep(0.1)
        assert answer.status == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode in (0, 130), err
    assert err == ""
    assert f"http://127.0.0.1:{port}" in out
    assert "pete@demo.example" in out


def test_a_demonstration_keeps_its_key_to_itself(tmp_path: Path) -> None:
    first = with_demo_key({"DEMO": "1", "DATA_DIR": str(tmp_path)})
    assert first["SECRET_KEY"].startswith("demo-")
    assert stat.S_IMODE((tmp_path / "demo-secret").stat().st_mode) == 0o600
    again = with_demo_key({"DATA_DIR": str(tmp_path)})
    assert (again["SECRET_KEY"], again["DEMO"]) == (first["SECRET_KEY"], "1")


def test_a_production_key_is_left_alone(tmp_path: Path) -> None:
    given = {"SECRET_KEY": "a key of production", "DATA_DIR": str(tmp_path)}
    assert with_demo_key(given) == given
    assert "SECRET_KEY" not in with_demo_key({"DEMO": "0", "DATA_DIR": str(tmp_path)})
    with pytest.raises(SettingsError):
        with_demo_key({"DEMO": "perhaps", "DATA_DIR": str(tmp_path)})

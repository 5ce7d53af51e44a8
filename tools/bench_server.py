"""A server of the bench's own: on a free port, with its own data, watched from outside."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from accounts.passwords import DEMO_PASSWORD
from config import ROOT

# Settings of whoever runs the bench must not reach the server that it measures.
SETTINGS = ("DATABASE_URL", "SECRET_KEY", "HOST", "PORT", "THREADS", "SECURE_COOKIES", "LOG_LEVEL")
LONGEST_START = 120
CALLBACKS = "/_dash-update-component"


class Served:
    """A running server.

    Attributes
    ----------
    port : int
    start_seconds : float
        From the start of its process to the first 200 of ``/healthz``.
    """

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self._process = process
        self._log = log
        self.port = port
        self.start_seconds = 0.0

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def memory_mb(self) -> float | None:
        """Resident memory of its one process, in millions of bytes; None where the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return None
        found = re.search(r"^VmRSS:\s+(\d+) kB", told, re.MULTILINE)
        return int(found[1]) * 1024 / 1e6 if found else None

    def mark(self) -> int:
        """A place in the log, to read on from later."""
        return self._log.stat().st_size

    def logged_ms(self, since: int, path: str) -> list[float]:
        """The milliseconds that the log gives to requests of a path."""
        with self._log.open("rb") as file:
            file.seek(since)
            lines = file.read().decode().splitlines()
        requests = [json.loads(line) for line in lines if line.startswith("{")]
        return [one["ms"] for one in requests if one.get("event") == "request" and one["path"] == path]


class Reader:
    """One connection to a server, kept open, with the cookies of whoever signed in on it."""

    def __init__(self, served: Served, who: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "br"}
        if who is not None:
            asked = json.dumps({"email": f"{who}@demo.example", "password": DEMO_PASSWORD})
            _milliseconds, _body, headers = self._send("POST", "/api/v1/session", asked)
            cookies = headers.get_all("Set-Cookie") or []
            self._headers["Cookie"] = "; ".join(cookie.partition(";")[0] for cookie in cookies)
        self._callbacks = json.loads(self.get("/_dash-dependencies", coding="identity")[1])

    def get(self, path: str, coding: str = "br") -> tuple[float, bytes]:
        """Milliseconds until an answer was there, and the answer."""
        milliseconds, body, _headers = self._send("GET", path, None, {"Accept-Encoding": coding})
        return milliseconds, body

    def ask(self, output: str, changed: str, **values: Any) -> float:
        """Have a callback run, as a browser would, and tell the milliseconds it took.

        Parameters
        ----------
        output : str
            One of its outputs, such as ``net-picture.elements``.
        changed : str
            The input that changed, such as ``address.search``.
        **values
            Values of inputs and states by component, the hyphens of its name as underscores;
            of ``address`` as ``address_pathname`` and ``address_search``.
        """
        callback = next(one for one in self._callbacks if output in one["output"])

        def filled(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
            return [{**part, "value": values.get(_name(part))} for part in parts]

        several = callback["output"].startswith("..")
        outputs = [_output(one) for one in callback["output"].strip(".").split("...")]
        body = {
            "output": callback["output"],
            "outputs": outputs if several else outputs[0],
            "inputs": filled(callback["inputs"]),
            "state": filled(callback["state"]),
            "changedPropIds": [changed],
        }
        return self._send("POST", CALLBACKS, json.dumps(body))[0]

    def has(self, output: str) -> bool:
        """Whether there is a callback with this output."""
        return any(output in one["output"] for one in self._callbacks)

    def _send(
        self, method: str, path: str, body: str | None, more: dict[str, str] | None = None
    ) -> tuple[float, bytes, Any]:
        began = time.perf_counter()
        self._connection.request(method, path, body, {**self._headers, **(more or {})})
        answer = self._connection.getresponse()
        content = answer.read()
        milliseconds = (time.perf_counter() - began) * 1000
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
        return milliseconds, content, answer.headers


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Start a demonstration that keeps everything in ``folder``, and stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    began = time.perf_counter()
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=environment(folder, PORT=str(port)),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    served = Served(process, port, log)
    try:
        _wait(served, process)
        served.start_seconds = time.perf_counter() - began
        yield served
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a process of the bench runs with: a demonstration in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, "DEMO": "1", "DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1", **more}


def _wait(served: Served, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {served._log.read_text()[-500:]}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=LONGEST_START)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.02)
    raise RuntimeError(f"the server did not answer within {LONGEST_START} seconds")


def _name(part: dict[str, str]) -> str:
    whole = part["id"].replace("-", "_")
    return f"{whole}_{part['property']}" if part["id"] == "address" else whole


def _output(text: str) -> dict[str, str]:
    component, _, prop = text.rpartition(".")
    return {"id": component, "property": prop}

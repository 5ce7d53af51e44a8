"""Lighthouse with its phone preset: a slow processor and a slow line, on the pages of a first visit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tools.bench_browser import VISITOR_AT_WORK, chromium
from tools.bench_figures import Figure, skipped

# The last major version that runs on Node 18 and 20.
VERSION = "12.8.2"
LEAST_NODE = 18
PAGES = {"home": "/", "network": VISITOR_AT_WORK}
CATEGORIES = ("performance", "accessibility", "best-practices")
DETAILS = {
    "first-contentful-paint": ("first_paint_seconds", 1000.0),
    "largest-contentful-paint": ("largest_paint_seconds", 1000.0),
    "total-blocking-time": ("blocking_ms", 1.0),
    "interactive": ("interactive_seconds", 1000.0),
}
RUNS = 3
LONGEST_RUN = 60
LONGEST = 200
"""Seconds, counted from where it begins: after them no further run of a page is begun, but each gets one."""
LONGEST_INSTALL = 90


class Missing(Exception):  # noqa: N818 - not an error: a word on what this machine does not have
    """Why Lighthouse cannot be run here."""


def measure(address: str, tools: Path) -> Iterator[Figure]:
    """The median of three runs a page, performance and its causes; the worst run of the other scores.

    Parameters
    ----------
    address : str
        Of the server.
    tools : Path
        Where Lighthouse is kept between runs.
    """
    try:
        command = _lighthouse(tools)
    except Missing as why:
        yield from skipped([_name(page, category) for page in PAGES for category in CATEGORIES], str(why))
        return
    deadline = time.monotonic() + LONGEST
    for page, path in PAGES.items():
        reports: list[dict] = []
        for nth in range(RUNS):
            if nth and time.monotonic() > deadline:
                break
            report = _run(command, address + path, tools)
            if report is not None:
                reports.append(report)
        if not reports:
            yield from skipped([_name(page, category) for category in CATEGORIES], "no run came to an end")
            continue
        for category in CATEGORIES:
            scores = [100 * (report["categories"][category]["score"] or 0) for report in reports]
            yield Figure(_name(page, category), median(scores) if category == "performance" else min(scores))
        for audit, (name, unit) in DETAILS.items():
            found = [report["audits"][audit]["numericValue"] / unit for report in reports]
            yield Figure(f"lighthouse_{page}_{name}", median(found))


def _name(page: str, category: str) -> str:
    return f"lighthouse_{page}_{category.replace('-', '_')}"


def _lighthouse(tools: Path) -> list[str]:
    """How to start it, after installing it where that was not done yet."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("no node and npm")
    if chromium() is None:
        raise Missing("no Chromium")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    version = re.match(r"v(\d+)", told)
    if version is None or int(version[1]) < LEAST_NODE:
        raise Missing(f"Node {told.strip()} is too old")
    folder = tools / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
        try:
            done = subprocess.run(
                [*install, f"lighthouse@{VERSION}"], capture_output=True, timeout=LONGEST_INSTALL
            )
        except subprocess.TimeoutExpired:
            raise Missing("npm took too long") from None
        if done.returncode != 0 or not program.exists():
            raise Missing("npm could not install it")
    return [node, str(program)]


def _run(command: list[str], address: str, tools: Path) -> dict | None:
    """One report; None when it took too long or broke off."""
    report = tools / "report.json"
    report.unlink(missing_ok=True)
    asked = [
        *command,
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        "--no-enable-error-reporting",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium() or ""}
    process = subprocess.Popen(
        asked,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(LONGEST_RUN)
    except subprocess.TimeoutExpired:
        # Its browser is in the same session, and would stay otherwise.
        os.killpg(process.pid, 9)
        process.wait()
        return None
    return json.loads(report.read_text()) if report.exists() else None

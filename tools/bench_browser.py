"""What a first visit sends over the wire, and when the network is drawn, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from accounts.passwords import DEMO_PASSWORD
from tools.bench_figures import Figure, skipped

VISITOR_AT_WORK = "/network?now=53-7065.00"
"""Somebody without an account who works as a stocker."""
PAGES = {"home": "/", "network": "/network", "network_at_work": VISITOR_AT_WORK}
VISITS = 5
LONGEST_WAIT = 20
NAMES = (
    *(f"page_weight_{page}_kb" for page in PAGES),
    "network_drawn_seconds",
    "network_drawn_slowest_seconds",
    "network_drawn_signed_in_seconds",
)

# Notes the first moment at which careers are on the canvas and some of it is painted.
DRAWN = """
(() => {
  const look = () => {
    const holder = document.getElementById("net-picture");
    const cy = holder && holder._cyreg && holder._cyreg.cy;
    if (cy && cy.nodes(".career").length) {
      const painted = [...holder.querySelectorAll("canvas")].some((canvas) => {
        const pen = canvas.width && canvas.height && canvas.getContext("2d");
        return pen && pen.getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part);
      });
      if (painted) { window.drawnAt = performance.now(); return; }
    }
    setTimeout(look, 10);
  };
  look();
})();
"""


def chromium() -> str | None:
    """The system's Chromium, if it has one."""
    named = os.environ.get("CHROME_PATH")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium that draws nothing on a screen: the system's, or the one Playwright got."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield running
        finally:
            running.close()


def measure(address: str) -> Iterator[Figure]:
    """Weight of first visits, and seconds from navigation to a drawn network."""
    from playwright.sync_api import Error

    try:
        with browser() as running:
            for name, path in PAGES.items():
                yield Figure(f"page_weight_{name}_kb", _weight(running, address + path) / 1000)
            seconds = [_drawn(running, address + VISITOR_AT_WORK) for _ in range(VISITS)]
            yield Figure("network_drawn_seconds", median(seconds))
            yield Figure("network_drawn_slowest_seconds", max(seconds))
            seconds = [_drawn(running, address + "/network", address) for _ in range(VISITS)]
            yield Figure("network_drawn_signed_in_seconds", median(seconds))
    except Error as error:
        yield from skipped(NAMES, f"no browser: {error.message.splitlines()[0]}")


def sign_in(context: Any, address: str, who: str = "pete") -> None:
    """Sign a demo person in for every page of a browser context."""
    answer = context.request.post(
        f"{address}/api/v1/session", data={"email": f"{who}@demo.example", "password": DEMO_PASSWORD}
    )
    if not answer.ok:
        raise RuntimeError(f"{who} could not sign in: {answer.status}")


def _weight(running: Any, address: str) -> float:
    """Bytes of everything that a first visit loads, headers included, as they are on the wire."""
    context = running.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(sizes)


def _drawn(running: Any, address: str, signed_in_at: str | None = None) -> float:
    """Seconds from navigation to a painted canvas with careers on it, nothing cached."""
    context = running.new_context(viewport={"width": 1440, "height": 900})
    if signed_in_at is not None:
        sign_in(context, signed_in_at)
    page = context.new_page()
    page.add_init_script(DRAWN)
    page.goto(address, wait_until="commit")
    # Not wait_for_function: the page's security policy lets no text be run as a script.
    deadline = time.monotonic() + LONGEST_WAIT
    while (milliseconds := page.evaluate("window.drawnAt")) is None and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    context.close()
    if milliseconds is None:
        raise RuntimeError(f"no network was drawn within {LONGEST_WAIT} seconds")
    return float(milliseconds) / 1000

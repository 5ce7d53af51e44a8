"""What a person does at the screen, in the words of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from accounts.passwords import DEMO_PASSWORD
from config import Settings
from services.container import Services

PETE = "pete@demo.example"
MAYA = "maya@demo.example"

# Titles are left out of a comparison where the canvas shortens them.
CANVAS = """() => {
  const holder = document.getElementById("net-picture");
  const cy = holder && holder._cyreg && holder._cyreg.cy;
  if (!cy) return null;
  const nodes = cy.nodes().map(n => ({id: n.id(), classes: n.classes(), data: n.data(),
    x: n.position("x"), y: n.position("y"), screen: n.renderedPosition()}));
  return {nodes: nodes, edges: cy.edges().map(e => e.id()).sort()};
}"""

# Counts what is on its way, so that a test can wait for an answer instead of for a time.
COUNTER = """() => {
  const send = window.fetch;
  window.underWay = 0;
  window.lastAnswer = performance.now();
  window.fetch = function () {
    window.underWay += 1;
    const done = () => { window.underWay -= 1; window.lastAnswer = performance.now(); };
    const answer = send.apply(this, arguments);
    answer.then(done, done);
    return answer;
  };
}"""


@dataclass(frozen=True)
class Served:
    """Where the product answers, and what is behind it."""

    url: str
    services: Services
    settings: Settings

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


class Screen:
    """A browser session and its one page, watched for everything that should not be."""

    def __init__(self, context: BrowserContext, served: Served) -> None:
        self.context = context
        self.served = served
        self.problems: list[str] = []
        self.expected: set[int] = set()
        self.asked: list[str] = []
        context.add_init_script(f"({COUNTER})()")
        self.page: Page = context.new_page()
        context.on("request", self._asked)
        context.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.served.host:
            self.problems.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status} for {response.request.method} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        expected = any(f"status of {status} " in message.text for status in self.expected)
        if message.type == "error" and not expected:
            self.problems.append(f"console: {message.text} ({self.page.url})")

    def sign_in(self, email: str = PETE, password: str = DEMO_PASSWORD) -> Screen:
        """Begin a session without the form, for tests that are about something else."""
        answer = self.context.request.post(
            "/api/v1/session",
            data={"email": email, "password": password},
            headers={"Origin": self.served.url},
        )
        assert answer.status == 204, answer.text()
        return self

    def go(self, path: str) -> Page:
        """Open an address, and wait until it stands."""
        self.page.goto(path)
        settled(self.page)
        return self.page


def settled(page: Page) -> None:
    """Wait until the page is drawn and nothing more is on its way."""
    page.wait_for_load_state("load")
    if page.locator("#dashboard, #react-entry-point").count():
        page.wait_for_selector("#network .stage, .gap .gap-back, .wallet")
    quiet(page)
    if page.locator("#net-picture").count():
        page.wait_for_function(
            "() => { const h = document.getElementById('net-picture');"
            " return h._cyreg && h._cyreg.cy && h._cyreg.cy.nodes().length > 0; }",
            polling=50,
        )


def quiet(page: Page) -> None:
    """Wait until every answer is there and drawn."""
    # Asked twenty times a second: asking at each frame has the browser draw frames for nothing else.
    page.wait_for_function(
        "() => window.underWay === 0 && performance.now() - window.lastAnswer > 120", polling=50
    )


def canvas(page: Page) -> dict[str, Any]:
    """Nodes and edges that the canvas holds."""
    drawn = page.evaluate(CANVAS)
    assert drawn is not None, "there is no canvas"
    return drawn


def on_canvas(page: Page, kind: str) -> dict[str, dict[str, Any]]:
    """The canvas's nodes of a class, by id."""
    return {node["id"]: node for node in canvas(page)["nodes"] if kind in node["classes"]}


def picture(page: Page) -> tuple[Any, ...]:
    """What is seen, in a form that compares: careers, their places, squares and their looks, panel."""
    nodes = sorted(
        (node["id"], tuple(sorted(node["classes"])), round(node["x"]), round(node["y"]))
        for node in canvas(page)["nodes"]
    )
    return tuple(nodes), tuple(canvas(page)["edges"]), page.locator("#net-panel").inner_text()


def rows(page: Page) -> Locator:
    """The buttons of the list of careers."""
    return page.locator(".career-row")


def titles(page: Page) -> list[str]:
    """Titles of the list, in its order."""
    return rows(page).locator(".title").all_text_contents()


def press_node(page: Page, node: str) -> None:
    """Click a node of the canvas with the mouse."""
    place = next(one["screen"] for one in canvas(page)["nodes"] if one["id"] == node)
    box = page.locator("#net-picture").bounding_box()
    assert box
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])


def opened(page: Page, code: str) -> Locator:
    """Wait until a career is open; gives its panel."""
    expect(page.locator(f'.career-row[data-code="{code}"]')).to_have_attribute("aria-expanded", "true")
    panel = page.locator(".career-panel")
    expect(panel).to_be_visible()
    quiet(page)
    return panel


def squares(page: Page, wanted: int | None = None) -> dict[str, dict[str, Any]]:
    """The squares on the canvas, once they are drawn."""
    page.wait_for_function(
        "() => document.getElementById('net-picture')._cyreg.cy.nodes('.square').length > 0", polling=50
    )
    drawn = on_canvas(page, "square")
    if wanted is not None:
        assert len(drawn) == wanted
    return drawn


def focus_is_seen(page: Page) -> bool:
    """Whether something has the focus, and the eye can tell."""
    return bool(
        page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || at === document.body || at === document.documentElement) return false;
              const box = at.getBoundingClientRect(), style = getComputedStyle(at);
              const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
                && (ring || style.boxShadow !== "none");
            }"""
        )
    )


def where(page: Page) -> str:
    """The focused element in a few words, for a message."""
    return str(
        page.evaluate(
            "() => { const a = document.activeElement; return a ? a.tagName + ' ' + (a.id || '') + ' '"
            " + (a.getAttribute('aria-label') || a.textContent || '').trim().slice(0, 60) : 'nothing'; }"
        )
    )


def focus_is_seen_soon(page: Page) -> bool:
    """Whether the focus is seen within a second: a part that is drawn anew gives it back once it stands."""
    for _look in range(20):
        if focus_is_seen(page):
            return True
        page.wait_for_timeout(50)
    return False


def tab_to(page: Page, target: str, most: int = 120) -> list[str]:
    """Press Tab until the focus is on what the selector names; every stop on the way is to be seen."""
    passed: list[str] = []
    in_footer = False
    for _press in range(most):
        page.keyboard.press("Tab")
        focus_is_seen_soon(page)
        passed.append(where(page))
        # After the last stop, which is in the footer, comes the browser's own frame.
        around = in_footer and page.evaluate("() => document.activeElement === document.body")
        assert around or focus_is_seen_soon(page), f"focus is not seen on: {where(page)}, after {passed}"
        if page.evaluate("s => document.activeElement.matches(s)", target):
            return passed
        in_footer = page.evaluate("() => !!document.activeElement.closest('footer')")
    raise AssertionError(f"{target} was not reached by Tab; passed: {passed}")

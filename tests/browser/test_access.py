"""Every page, light and dark, for people who read, see or move differently."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.steps import Screen, settled

Screens = Callable[..., Screen]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NURSE = "29-1141.00"
FORKLIFT = "esco:28cb374e-6261-4133-8371-f9a5470145da"
DRIVING = "esco:c80b2f08-ab07-4632-be78-68c6ec1f3b41"
# Who looks (nobody, or a demo person), where, and the answer that is expected.
PAGES = [
    ("", "/", 200),
    ("", "/?job=cook", 200),
    ("", "/login", 200),
    ("", "/register", 200),
    ("pete", "/account?place=spokane", 200),
    ("pete", "/network", 200),
    ("pete", f"/network?open={NURSE}", 200),
    ("pete", "/network?view=table", 200),
    ("", "/network", 200),
    ("", "/network?now=41-2011.00&open=41-2031.00", 200),
    ("pete", "/gap/13-1081.00", 200),
    ("", "/gap/13-1081.00", 200),
    ("pete", "/wallet", 200),
    ("admin", "/reports", 200),
    ("pete", "/next", 200),
    ("pete", f"/next?try={FORKLIFT},{DRIVING}", 200),
    ("", "/next", 200),
    ("pete", "/compare", 200),
    ("", f"/compare?roles={NURSE},13-1081.00,43-5061.00,53-7051.00&have={FORKLIFT}&place=spokane", 200),
    ("", f"/explore?have={FORKLIFT}&does=built%20dashboards%20from%20SQL&q=welding", 200),
    ("", "/explore/interests", 200),
    ("pete", f"/gap/13-1081.00?try={DRIVING}", 200),
    ("pete", "/shares", 200),
    ("pete", "/notifications", 200),
    ("pete", "/shares/new", 200),
    ("official", "/county", 200),
    ("official", "/county?view=families", 200),
    ("", "/s/never-given-out", 404),
    ("pete", "/nowhere", 404),
    ("pete", "/gap/99-9999.99", 404),
]


@cache
def axe() -> Axe:
    return Axe()


def violations(page: Page) -> str:
    """What axe has to say, in words; empty when it has nothing to say."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
    found = axe().run(page, options=options).response["violations"]
    return "\n".join(
        f"{one['id']} ({one['impact']}): {one['help']}: "
        + "; ".join(node["html"][:200] for node in one["nodes"][:4])
        for one in found
    )


def look(screen: Screens, who: str, path: str, status: int, **more: object) -> Page:
    here = screen(**more)
    if status >= 400:
        here.expected.add(status)
    if who:
        here.sign_in(f"{who}@demo.example")
    return here.go(path)


def unfold(page: Page) -> None:
    """Open whatever is folded, so that it is looked at too."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize(("who", "path", "status"), PAGES)
def test_axe_finds_nothing_on(screen: Screens, who: str, path: str, status: int) -> None:
    page = look(screen, who, path, status, color_scheme="light")
    unfold(page)
    assert not violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert not violations(page)


def test_axe_finds_nothing_on_a_page_that_is_not_open_to_the_reader(screen: Screens) -> None:
    here = screen()
    here.sign_in()
    here.expected.add(403)
    answer = here.context.request.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    page = here.page
    page.goto("/")
    # The refusal as a browser would show it, on this origin.
    page.set_content(answer.text())
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    expect(page.locator("header .brand")).to_be_visible()
    assert not violations(page)


@pytest.mark.parametrize("path", [f"/network?open={NURSE}", "/gap/13-1081.00", "/wallet"])
def test_axe_finds_nothing_on_a_phone_in_spanish(screen: Screens, path: str) -> None:
    here = screen(390, 844, "es-US")
    here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
    page = here.sign_in().go(path)
    if path.startswith("/network"):
        page.locator(".side-toggle").click()
        page.locator(".stage-toggle").click()
    unfold(page)
    assert not violations(page)


WIDE = """() => {
  const most = document.documentElement.clientWidth, found = [];
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > most + 1)
      found.push(one.tagName + "." + one.className + " " + Math.round(box.right));
  }
  return document.scrollingElement.scrollWidth > most ? found.slice(0, 6) : [];
}"""


@pytest.mark.parametrize("locale", ["en", "es"])
def test_no_page_scrolls_sideways_on_a_phone(screen: Screens, locale: str) -> None:
    sideways = {}
    for who in ("", "pete"):
        here = screen(390, 800, "en-US")
        here.expected.add(404)
        here.context.add_cookies([{"name": "language", "value": locale, "url": here.served.url}])
        if who:
            here.sign_in()
        for path in [path for one, path, _status in PAGES if one == who]:
            page = here.go(path)
            unfold(page)
            if path.startswith("/network"):
                page.locator(".side-toggle").click()
                # Nothing to show, no button to show it.
                if page.locator(".stage-toggle").is_visible():
                    page.locator(".stage-toggle").click()
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                page.wait_for_timeout(250)  # The canvas follows a little later.
                if found := page.evaluate(WIDE):
                    sideways[f"{who or 'a visitor'} {path} at {width}"] = found
            page.set_viewport_size({"width": 390, "height": 800})
    assert not sideways


def test_text_at_twice_the_size_is_all_there(screen: Screens) -> None:
    sideways = {}
    here = screen(1280, 800).sign_in()
    here.expected.add(404)
    # The browser's own setting for larger text, which the widths of the style sheet follow.
    larger = {"fontSizes": {"standard": 32, "fixed": 26}}
    here.context.new_cdp_session(here.page).send("Page.setFontSizes", larger)
    for path in ["/", *[path for who, path, _status in PAGES if who == "pete"]]:
        page = here.go(path)
        assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
        unfold(page)
        if found := page.evaluate(WIDE):
            sideways[path] = found
    assert not sideways


def test_the_network_stands_in_the_reading_order_of_the_page(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4')].filter(h => h.offsetParent)"
        ".map(h => +h.tagName[1])"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    expect(page.locator("main")).to_have_count(1)


def test_what_opens_is_said_to_who_cannot_see_it(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    status = page.locator("#net-live")
    expect(status).to_have_text("12 careers shown.")
    page.locator(".career-row").nth(1).click()
    title = page.locator(".career-row").nth(1).locator(".title").inner_text()
    expect(status).to_contain_text(f"{title} is open")
    settled(page)
    expect(page.locator(".canvas")).to_have_attribute("aria-hidden", "true")
    assert page.locator(".canvas").evaluate(
        "box => [...box.querySelectorAll('*')].every(one => one.tabIndex < 0)"
    )

"""Every page, light and dark, for people who read, see or move differently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.passwords import DEMO_PASSWORD
from services.sharing import Wish
from tests.browser.steps import PETE, Screen, Served, settled
from tests.people import PASSWORD

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
# Who looks, and where, of the pages that are looked at once each: every second one on a phone, in Spanish
# and dark, the others on a desk, in English and light. {client} is somebody the counselor advises, {link} a
# link that somebody gave out.
ONCE = [
    ("official", "/county?view=roles"),
    ("official", "/county?view=bridges"),
    ("official", f"/county?view=fund&skill={FORKLIFT}&seats=30"),
    ("official", "/county?view=scarcity"),
    ("official", f"/county?view=map&skill={FORKLIFT}"),
    ("counselor", "/counselor"),
    ("counselor", "/counselor/invitations"),
    ("counselor", "/counselor/figures"),
    ("counselor", "/counselor/{client}"),
    ("counselor", "/counselor/{client}?part=pathways&present=1"),
    ("counselor", "/counselor/{client}/plan"),
    ("pete", "/plan"),
    ("pete", "/account/tokens"),
    ("pete", "/account/webhooks"),
    ("employer", "/employer"),
    ("pete", "/postings"),
    ("pete", "/pathways"),
    ("pete", "/pathways?to=13-1081.00"),
    ("", "/api/v1/docs"),
    ("", "/pathways?to=29-1141.00&now=31-1131.00"),
    ("", "{link}"),
]


@pytest.fixture(scope="session")
def known(served: Served, twin: Callable[..., str]) -> dict[str, str]:
    """What stands for the names in ``ONCE``."""
    services = served.services
    giver = services.people.sign_in(twin(), PASSWORD)
    wish = Wish(None, (), "A course", date.today() + timedelta(days=30), 40)
    return {
        "client": str(services.people.sign_in(PETE, DEMO_PASSWORD).person_id),
        "link": f"/s/{services.sharing.make(giver, wish).secret}",
    }


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


def unfold(page: Page) -> None:
    """Open whatever is folded, so that it is looked at too."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize("who", ["", "pete", "admin", "official"])
def test_axe_finds_nothing_in_the_light_and_in_the_dark(screen: Screens, who: str) -> None:
    found, here = {}, screen(color_scheme="light")
    if who:
        here.sign_in(f"{who}@demo.example")
    for path, status in [(path, status) for one, path, status in PAGES if one == who]:
        here.expected = {status} if status >= 400 else set()
        page = here.go(path)
        unfold(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if said := violations(page):
                found[f"{path}, {scheme}"] = said
    assert not found


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


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_axe_finds_nothing_on_the_pages_that_are_looked_at_once(
    screen: Screens, known: dict[str, str], phone: bool
) -> None:
    found, readers = {}, {}
    for who, path in ONCE[int(phone) :: 2]:
        if who not in readers:
            readers[who] = on_a_phone(screen, "es") if phone else screen(color_scheme="light")
            if who:
                readers[who].sign_in(f"{who}@demo.example")
        page = readers[who].go(path.format_map(known))
        assert page.locator("html").get_attribute("lang") == ("es" if phone else "en")
        unfold(page)
        if said := violations(page):
            found[f"{who or 'a visitor'} {path}"] = said
    assert not found


def on_a_phone(screen: Screens, language: str) -> Screen:
    here = screen(390, 844, "en-US", color_scheme="dark")
    here.context.add_cookies([{"name": "language", "value": language, "url": here.served.url}])
    return here


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
def test_no_page_scrolls_sideways_on_a_phone(screen: Screens, known: dict[str, str], locale: str) -> None:
    sideways = {}
    # The pages that are looked at once are so here too: each in one language.
    once = ONCE[int(locale == "en") :: 2]
    for who in ("", "pete", "admin", "official", "counselor", "employer"):
        here = on_a_phone(screen, locale)
        here.expected.add(404)
        if who:
            here.sign_in(f"{who}@demo.example")
        for path in [path for one, path, *_status in (*PAGES, *once) if one == who]:
            page = here.go(path.format_map(known))
            unfold(page)
            if path.startswith("/network"):
                page.locator(".side-toggle").click()
                # Nothing to show, no button to show it.
                if page.locator(".stage-toggle").is_visible():
                    page.locator(".stage-toggle").click()
            for width in (390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                if page.locator("#net-picture").count():
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

"""Every page at a desk, in English: for people who read, see or move differently."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.looking import PAGES, WHO, narrow, sideways, unfold, violations
from tests.browser.steps import Screen, settled

Screens = Callable[..., Screen]


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_for_everybody(screen: Screens, known: dict[str, str], who: str) -> None:
    """One look at a page: by axe in the light and in the dark, with text at twice the size, and narrow."""
    found: dict[str, object] = {}
    here = screen(1440, 900, color_scheme="light")
    if who:
        here.sign_in(f"{who}@demo.example")
    sizes = here.context.new_cdp_session(here.page)
    for path, status in [(path, status) for one, path, status in PAGES if one == who]:
        here.expected = {status} if status >= 400 else set()
        page = here.go(path.format_map(known))
        unfold(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # In the dark nothing but the colours is another.
            if said := violations(page, colours=scheme == "dark"):
                found[f"{path}, {scheme}"] = said
        if wide := twice_the_size(page, sizes):
            found[f"{path}, text at twice the size"] = wide
        if too_wide := narrow(page):
            found[f"{path}, narrow"] = too_wide
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert not found


def twice_the_size(page: Page, sizes: CDPSession) -> list[str]:
    """What is beyond the edge when the browser is set to larger text, which the style sheet follows."""
    page.set_viewport_size({"width": 1280, "height": 800})
    sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    found = sideways(page)
    sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    return found


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

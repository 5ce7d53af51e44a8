"""Both journeys by keyboard alone: the focus is always somewhere, and always to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    Screen,
    focus_is_seen_soon,
    opened,
    quiet,
    rows,
    settled,
    squares,
    tab_to,
    where,
)
from tests.people import PASSWORD

Screens = Callable[..., Screen]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        quiet(page)
        assert focus_is_seen_soon(page), f"after {key} the focus is not seen: {where(page)}"


def focused_code(page: Page) -> str | None:
    return page.evaluate("() => document.activeElement.getAttribute('data-code')")


def test_a_learner_goes_the_whole_way_by_keyboard(screen: Screens, twin: Callable[..., str]) -> None:
    email = twin()
    page = screen().go("/login?next=/network")
    tab_to(page, 'input[name="email"]')
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == "/network")
    settled(page)

    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    # The browser brings the focus there once more when it has scrolled, sooner than anybody presses a key.
    page.wait_for_timeout(200)
    tab_to(page, ".career-row")
    codes = [str(row.get_attribute("data-code")) for row in rows(page).all()]
    at = codes.index(str(focused_code(page)))
    press(page, "ArrowDown")
    assert focused_code(page) == codes[(at + 1) % len(codes)]
    press(page, "End")
    assert focused_code(page) == codes[-1]
    press(page, "ArrowDown")
    assert focused_code(page) == codes[0]
    press(page, "ArrowUp", "ArrowLeft")
    assert focused_code(page) == codes[-2]
    press(page, "ArrowRight", "Home")

    press(page, "Enter")
    opened(page, codes[0])
    assert focused_code(page) == codes[0], where(page)
    assert squares(page)
    press(page, "Escape")
    expect(page.locator('.career-row[aria-expanded="true"]')).to_have_count(0)
    assert focused_code(page) == codes[0], where(page)
    suggested = str(page.locator(".career-row:not(:has(.score.chosen))").first.get_attribute("data-code"))
    press(page, *["ArrowDown"] * codes.index(suggested), "Enter")
    opened(page, suggested)
    assert focused_code(page) == suggested, where(page)
    # From inside the panel Escape closes too, and the focus goes back to the career.
    press(page, "Tab")
    assert page.evaluate("() => !!document.activeElement.closest('.career-panel')"), where(page)
    press(page, "Escape")
    expect(page.locator('.career-row[aria-expanded="true"]')).to_have_count(0)
    assert focused_code(page) == suggested, where(page)

    press(page, "Enter")
    panel = opened(page, suggested)
    tab_to(page, '.career-panel [data-act="choose"]')
    press(page, "Enter")
    expect(panel.get_by_role("button", name="Delete this role")).to_be_visible()
    quiet(page)
    assert focus_is_seen_soon(page), f"after keeping: {where(page)}"
    tab_to(page, '.career-panel [data-act="drop"]', most=200)
    press(page, "Enter")
    quiet(page)
    assert focus_is_seen_soon(page), f"after deleting: {where(page)}"

    page.goto("/gap/13-1081.00")
    settled(page)
    row = page.locator("details[data-skill]:has(> summary .square.missing)").first
    skill = row.get_attribute("data-skill")
    tab_to(page, f'details[data-skill="{skill}"] summary')
    press(page, "Enter")
    tab_to(page, f'details[data-skill="{skill}"] [data-act="claim"]')
    press(page, "Enter")
    row = page.locator(f'details[data-skill="{skill}"]')
    expect(row.locator("summary .square")).to_have_class(re.compile("matched claimed"))
    quiet(page)
    assert page.evaluate("s => !!document.activeElement.closest(`[data-skill='${s}']`)", skill), where(page)
    assert focus_is_seen_soon(page)
    tab_to(page, f'details[data-skill="{skill}"] [data-act="unclaim"]')
    press(page, "Enter")
    expect(row.locator("summary .square")).to_have_class(re.compile(r"\bmissing\b"))
    quiet(page)
    assert focus_is_seen_soon(page), where(page)


def test_table_switches_and_choosers_work_by_keyboard(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    tab_to(page, 'button[role="switch"]')
    press(page, "Space")
    expect(page.get_by_role("switch", name="Verified only")).to_have_attribute("aria-checked", "true")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "switch", where(page)
    tab_to(page, "#net-as-table")
    press(page, "Enter")
    expect(page.get_by_role("table")).to_be_visible()
    assert page.evaluate("() => document.activeElement.id") == "net-as-table", where(page)
    press(page, "Enter")
    expect(page.get_by_role("table")).to_have_count(0)
    tab_to(page, "#net-family", most=150)
    press(page, "ArrowDown")
    quiet(page)
    assert "family=11" in page.url
    assert page.evaluate("() => document.activeElement.id") == "net-family", where(page)


def test_a_visitor_goes_the_whole_way_by_keyboard(screen: Screens) -> None:
    page = screen().go("/")
    tab_to(page, "input#job")
    page.keyboard.type("cashier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?job=cashier")
    tab_to(page, "ul.found a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/network?now=*")
    settled(page)
    tab_to(page, ".career-row")
    press(page, "ArrowDown", "Enter")
    code = str(focused_code(page))
    opened(page, code)
    tab_to(page, ".career-panel a.button:not(.quiet)")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/gap/{code}*")
    settled(page)
    tab_to(page, "details[data-skill] summary")
    press(page, "Enter")
    expect(page.locator("details[data-skill][open]")).to_have_count(1)


def test_a_career_is_found_and_kept_by_keyboard(screen: Screens, twin: Callable[..., str]) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/network")
    tab_to(page, "#net-add-words")
    page.keyboard.type("CNA")
    expect(page.locator("#net-add-found button").first).to_be_visible()
    quiet(page)
    tab_to(page, "#net-add-found button")
    press(page, "Enter")
    expect(page.locator(".chosen-cards li")).to_have_count(3)
    quiet(page)
    assert focus_is_seen_soon(page), where(page)

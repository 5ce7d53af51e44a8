"""Sharing at the screen: from choosing to a link, its opening, its end, and the log."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looking import violations
from tests.browser.steps import Screen
from tests.people import PASSWORD

Screens = Callable[..., Screen]


def test_chosen_skills_are_shown_by_a_link_and_taken_back(screen: Screens, twin: Callable[..., str]) -> None:
    here = screen()
    page = here.sign_in(twin(), PASSWORD).go("/shares")
    page.get_by_role("link", name="Share by a link").click()
    page.get_by_label("Only these").check()
    page.get_by_role("group", name="Skills to show").get_by_label(re.compile("^Operate forklift")).check()
    page.get_by_label("What is it for?").fill("Company B")
    page.get_by_label("How often it can be opened").fill("2")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What they will see")
    expect(page.get_by_role("region", name="Skills")).to_contain_text("Operate forklift")
    assert not violations(page)
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("The link", exact=True).input_value()
    assert not violations(page)
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()

    stranger = screen(390, 844)
    stranger.expected.add(410)
    page_there = stranger.page
    page_there.goto(link)
    expect(page_there.get_by_role("region", name="Skills")).to_contain_text("Operate forklift")
    expect(page_there.locator("main")).not_to_contain_text("Robin")
    assert not violations(page_there)

    page.goto("/shares")
    links = page.get_by_role("region", name="Links")
    expect(links).to_contain_text("Opened 1 of 2 times")
    expect(page.get_by_role("region", name="Log").first).to_contain_text("Somebody with the link")
    links.get_by_role("button", name="Take it back (Company B)").click()
    expect(page.get_by_text("leads nowhere now").first).to_be_visible()
    page_there.reload()
    expect(page_there.get_by_role("heading", level=1)).to_have_text("This link is no longer good")
    assert not violations(page_there)


def test_a_link_is_made_by_keyboard_alone(screen: Screens, twin: Callable[..., str]) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/shares/new")
    page.get_by_label("What is it for?").focus()
    page.keyboard.type("A course")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Make the link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("The link", exact=True)).to_have_value(re.compile("/s/"))
    page.goto("/shares")
    expect(page.get_by_role("region", name="Links")).to_contain_text("A course")


def test_somebody_with_nothing_is_told_so(screen: Screens, newcomer: Callable[..., str]) -> None:
    page = screen().sign_in(newcomer(), PASSWORD).go("/shares/new")
    expect(page.get_by_text("Your wallet is empty, so there is nothing to show yet.")).to_be_visible()

"""What next, compare and explore at the screen: by mouse, by keyboard, on a phone, in Spanish."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.steps import Screen, canvas, quiet, settled, tab_to
from tests.people import PASSWORD

Screens = Callable[..., Screen]


def test_a_skill_is_tried_on_turns_a_square_and_is_kept_as_a_plan(
    screen: Screens, twin: Callable[..., str]
) -> None:
    here = screen()
    page = here.sign_in(twin(), PASSWORD).go("/gap/43-5061.00")
    missing = page.locator(".gap-missing .gap-square").first
    name = missing.locator(".skill-name").inner_text()
    missing.locator("summary").click()
    missing.get_by_role("button", name="Try it on").click()
    expect(page.get_by_role("region", name="Trying on")).to_contain_text(name)
    quiet(page)
    turned = page.locator(".gap-matched .gap-square", has_text=name)
    expect(turned.locator(".square.tried")).to_be_visible()
    expect(turned).to_contain_text("if you had it")
    page.reload()
    settled(page)
    expect(page.locator(".gap-matched .gap-square", has_text=name)).to_be_visible()
    page.get_by_role("link", name="What else, and keep it as a plan").click()
    expect(page.get_by_role("heading", level=1, name="What next")).to_be_visible()
    page.get_by_label("Keep it as a plan, called").fill("My next step")
    page.get_by_role("button", name="Keep the plan").click()
    plans = page.get_by_role("region", name="Plans")
    expect(plans).to_contain_text("My next step")
    page.get_by_role("link", name="Take everything off").click()
    expect(page.get_by_text("Try a skill on, or several at once")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name=f"Take off: {name}")).to_be_visible()
    plans.get_by_role("button", name="Take away (My next step)").click()
    expect(page.get_by_text("Try skills on, and keep them here as a plan.")).to_be_visible()


def test_what_is_tried_on_is_dashed_on_the_network(screen: Screens) -> None:
    page = screen().sign_in().go("/next")
    page.get_by_role("link", name=re.compile("^Try it on")).first.click()
    page.get_by_role("link", name="See it on the network").click()
    settled(page)
    expect(page.get_by_role("region", name="Trying on")).to_be_visible()
    for code in page.locator(".career-row").evaluate_all("rows => rows.map(row => row.dataset.code)"):
        page.locator(f'.career-row[data-code="{code}"]').click()
        quiet(page)
        if any("tried" in node["classes"] for node in canvas(page)["nodes"]):
            break
    else:
        raise AssertionError("no square is drawn as only tried on")
    page.get_by_role("button", name="Take everything off").click()
    expect(page.get_by_role("region", name="Trying on")).to_have_count(0)


def test_next_is_reached_and_tried_by_keyboard_alone(screen: Screens) -> None:
    page = screen().sign_in().go("/next")
    tab_to(page, ".next-list a.button")
    page.keyboard.press("Enter")
    expect(page.locator(".trying .chips li")).to_have_count(1)


def test_careers_are_found_and_put_side_by_side(screen: Screens) -> None:
    page = screen().go("/compare")
    for words, title in (("CNA", "Nursing Assistants"), ("nurse", "Registered Nurses")):
        page.get_by_label("Add a career").fill(words)
        page.get_by_role("search").filter(has=page.get_by_label("Add a career")).get_by_role("button").click()
        page.get_by_role("link", name=re.compile(f"^{title}")).click()
        expect(page.get_by_role("columnheader").filter(has_text=title)).to_be_visible()
    page.get_by_label("Elsewhere: another place to compare with").fill("Spokane")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Spokane-Spokane Valley")).click()
    expect(page.get_by_role("rowheader", name=re.compile("^Wages in Spokane"))).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Moving from the first one"))
    expect(row).to_contain_text("more a year")
    page.get_by_role("link", name="Take away (Nursing Assistants)").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_a_visitor_says_what_they_do_and_sees_the_careers_around_it(screen: Screens) -> None:
    page = screen().go("/explore")
    page.get_by_label("What do you do, at work or otherwise?").fill("drove a forklift and packed goods")
    page.get_by_role("button", name="Find the skills in it").click()
    page.get_by_role("link", name=re.compile("forklift", re.IGNORECASE)).first.click()
    page.get_by_role("link", name=re.compile("^\\+\\s*Pack goods")).click()
    expect(page.locator(".chips li")).to_have_count(2)
    page.get_by_role("link", name="See the careers around it").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Career network")
    expect(page.locator(".career-row").first).to_contain_text("matched")
    page.reload()
    settled(page)
    expect(page.locator(".career-row").first).to_contain_text("matched")


def test_what_a_visitor_said_is_kept_by_making_an_account(screen: Screens) -> None:
    page = screen().go("/explore?q=operate+forklift")
    page.get_by_role("link", name=re.compile("^\\+\\s*Operate forklift")).click()
    page.get_by_role("link", name="Make an account to keep them").click()
    page.get_by_label("Email").fill("explorer@example.org")
    page.get_by_label("Name").fill("Ellis")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.get_by_role("button", name="Put them into my wallet").click()
    settled(page)
    page.goto("/wallet")
    expect(page.locator("main")).to_contain_text("Operate forklift")


def test_on_a_phone_in_spanish(screen: Screens) -> None:
    here = screen(390, 844, "es-US")
    here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
    page = here.go("/explore?have=esco:28cb374e-6261-4133-8371-f9a5470145da")
    expect(page.get_by_role("heading", level=1)).to_have_text("Explorar")
    page.get_by_role("link", name="Qué ayudaría más ahora").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué sigue")
    page.get_by_role("link", name=re.compile("^Probarla")).first.click()
    expect(page.get_by_role("heading", name="A prueba")).to_be_visible()

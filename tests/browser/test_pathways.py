"""From the record to a chosen pathway: by mouse, by keyboard alone, on a phone, in Spanish, for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import WIDE, unfold, violations
from tests.browser.steps import Screen, focus_is_seen, tab_to
from tests.people import PASSWORD

Screens = Callable[..., Screen]
CHIEF = "11-3071.00"
ADDRESS = f"/pathways?to={CHIEF}"


class Counted:
    """A mouse that counts."""

    def __init__(self) -> None:
        self.clicks = 0

    def __call__(self, target: object) -> None:
        self.clicks += 1
        target.click()  # type: ignore[attr-defined]


def test_from_the_record_to_a_chosen_pathway_in_under_ten_clicks(screen: Screens, twin: Callable[..., str]):
    here = screen()
    here.sign_in(twin(), PASSWORD)
    page, click = here.go("/network"), Counted()
    click(page.get_by_role("link", name="Pathways"))
    expect(page.get_by_role("heading", level=1, name="Pathways")).to_be_visible()
    click(page.get_by_role("link", name="Logisticians").first)
    way = page.locator("li.way").first
    step = way.locator("details.step").first
    click(step.locator("summary"))
    expect(step.get_by_role("heading", name="to gain")).to_be_visible()
    expect(step.locator(".square.missing").first).to_be_visible()
    click(way.get_by_role("button", name="Choose this pathway"))
    expect(page.locator(".way.kept")).to_have_count(1)
    expect(page.get_by_role("heading", name="Your pathways")).to_be_visible()
    assert click.clicks < 10
    page.goto("/pathways")
    expect(page.locator(".plan-list li")).to_have_count(1)
    page.get_by_role("button", name="Take away").click()
    expect(page.locator(".plan-list")).to_have_count(0)


def test_the_whole_way_goes_by_keyboard_alone(screen: Screens, twin: Callable[..., str]):
    here = screen()
    here.sign_in(twin(), PASSWORD)
    page = here.go("/pathways")
    tab_to(page, "#q")
    page.keyboard.type("transportation managers")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=transportation*")
    tab_to(page, f'a[href*="to={CHIEF}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**to={CHIEF}*")
    tab_to(page, 'input[name="fall"]')
    page.keyboard.press("Space")
    tab_to(page, ".filter-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**fall=1*")
    tab_to(page, "#way-1-step-1 > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.getElementById('way-1-step-1').open")
    tab_to(page, "li.way form button")
    page.keyboard.press("Enter")
    expect(page.locator(".way.kept")).to_have_count(1)
    tab_to(page, ".way.kept button")
    assert focus_is_seen(page)


def test_a_step_on_the_picture_opens_the_one_in_the_list(screen: Screens):
    page = screen().sign_in().go(ADDRESS)
    node = page.locator(".way-picture a[href='#way-1-step-1']").first
    node.click()
    # It opens once the browser has gone there, which is after the click.
    expect(page.locator("#way-1-step-1")).to_have_attribute("open", "")
    expect(page.locator("#way-1-step-1 > summary")).to_be_focused()


def test_reload_and_back_show_the_same_again(screen: Screens):
    page = screen().sign_in().go(ADDRESS)
    before = page.locator(".ways").inner_text()
    page.reload()
    assert page.locator(".ways").inner_text() == before
    page.get_by_label("Only steps within reach").check()
    page.get_by_role("button", name="Show these ways").click()
    page.wait_for_url("**within=1*")
    page.go_back()
    assert page.locator(".ways").inner_text() == before
    expect(page.locator('input[name="within"]')).not_to_be_checked()


def test_a_visitor_walks_from_the_job_they_do(screen: Screens):
    page = screen().go("/pathways")
    page.get_by_role("searchbox", name="The job you do now").fill("cna")
    page.locator("section", has=page.locator("#job")).get_by_role("button", name="Find it").click()
    page.get_by_role("link", name="Nursing Assistants").click()
    page.get_by_label("Where you want to get to").fill("registered nurse")
    page.locator("section", has=page.locator("#q")).get_by_role("button", name="Find it").click()
    page.get_by_role("link", name="Registered Nurses").first.click()
    expect(page.locator("li.way").first).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to keep this pathway").first).to_be_visible()


def test_what_is_asked_and_blocks_is_offered_to_be_dropped(screen: Screens):
    page = screen().sign_in().go("/pathways?to=13-1081.00&within=1")
    drop = page.get_by_role("link", name="Drop “only steps within reach”")
    expect(drop).to_be_visible()
    drop.click()
    expect(page.locator("li.way").first).to_be_visible()


# One more of a visitor, told of a job, is among all pages (looking.py).
LOOKS = [
    ("", "/pathways"),
    ("", "/pathways?q=nurse&job=cook"),
    ("pete", ADDRESS),
    ("pete", "/pathways?to=13-1081.00&within=1&place=spokane"),
]


@pytest.mark.parametrize(("who", "path"), LOOKS)
def test_axe_finds_nothing_in_light_and_dark(screen: Screens, who: str, path: str):
    here = screen(color_scheme="light")
    page = (here.sign_in(f"{who}@demo.example") if who else here).go(path)
    unfold(page)
    assert not violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert not violations(page, colours=True)


def spanish_phone(screen: Screens, width: int = 390) -> Page:
    here = screen(width, 844, "es-US")
    here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
    return here.sign_in().go(ADDRESS)


def test_a_phone_in_spanish_shows_lists_with_squares_and_nothing_wider_than_it(screen: Screens):
    page = spanish_phone(screen)
    expect(page.get_by_role("heading", level=1)).to_have_text("Caminos")
    expect(page.locator(".way-picture")).to_be_hidden()
    expect(page.locator("li.way .square-row").first).to_be_visible()
    assert page.evaluate(WIDE) == []
    unfold(page)
    assert page.evaluate(WIDE) == []
    assert not violations(page)


def test_at_twice_the_size_of_text_nothing_is_cut_off(screen: Screens):
    page = screen(720, 900).sign_in().go(ADDRESS)
    assert page.evaluate(WIDE) == []


def test_on_paper_the_ways_stand_with_what_is_open(screen: Screens):
    page = screen().sign_in().go(ADDRESS)
    page.emulate_media(media="print")
    expect(page.locator(".way-picture")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".way-acts").first).to_be_hidden()

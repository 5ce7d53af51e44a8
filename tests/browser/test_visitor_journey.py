"""Someone without an account: from the job they do now to the careers around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.steps import Screen, on_canvas, opened, picture, quiet, rows, settled, squares

Screens = Callable[..., Screen]
CASHIER = "41-2011.00"


@pytest.mark.parametrize(
    ("width", "height", "locale"), [(1440, 900, "en-US"), (390, 844, "en-US"), (390, 844, "es-US")]
)
def test_a_visitor_goes_from_their_job_to_a_career_and_what_it_requires(
    screen: Screens, width: int, height: int, locale: str
) -> None:
    page = screen(width, height, locale).go("/")
    page.locator("input#job").fill("cashier")
    page.locator("form.ask button").click()
    page.locator("ul.found a", has_text="Cashiers").first.click()
    page.wait_for_url(f"**/network?now={CASHIER}")
    settled(page)
    assert rows(page).count() >= 8
    codes = {str(row.get_attribute("data-code")) for row in rows(page).all()}
    assert codes == set(on_canvas(page, "career"))
    assert CASHIER not in codes
    if width < 800:
        page.locator(".stage-toggle").click()
    rows(page).first.click()
    code = str(rows(page).first.get_attribute("data-code"))
    panel = opened(page, code)
    assert squares(page)
    title = rows(page).first.locator(".title").inner_text()
    panel.locator("a.button:not(.quiet)").click()
    page.wait_for_url(f"**/gap/{code}*")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.locator("details[data-skill]:has(> summary .square.matched)").count()
    page.locator("details[data-skill] summary").first.click()
    expect(page.locator('[data-act="claim"]')).to_have_count(0)


def test_a_visitor_chooses_their_job_on_the_network_itself(screen: Screens) -> None:
    page = screen().go("/network")
    expect(page.get_by_text("Choose the job you do now").first).to_be_visible()
    assert rows(page).count() == 0
    page.get_by_label("The job you do now").fill("truck driver")
    page.locator("#net-job-found button").first.click()
    expect(rows(page).first).to_be_visible()
    assert "now=53-303" in page.url
    quiet(page)
    page.get_by_role("button", name="Clear").click()
    expect(rows(page)).to_have_count(0)


def test_on_a_phone_a_visitor_chooses_their_job_without_opening_anything(screen: Screens) -> None:
    page = screen(width=390, height=844).go("/network")
    page.get_by_label("The job you do now").fill("cashier")
    page.locator("#net-job-found button").first.click()
    expect(rows(page).first).to_be_visible()
    expect(page.get_by_label("Add a career")).to_be_hidden()


def test_a_visitor_s_choice_is_in_the_link_they_copy(screen: Screens) -> None:
    page = screen().go(f"/network?now={CASHIER}&area=53063")
    page.locator(".career-row").nth(2).click()
    code = str(page.locator(".career-row").nth(2).get_attribute("data-code"))
    opened(page, code).get_by_role("button", name="Keep this career").click()
    expect(page.locator(".chosen-cards li")).to_have_count(1)
    quiet(page)
    seen, link = picture(page), page.url
    assert f"careers={code}" in link
    other = screen().go(link)
    squares(other)
    assert picture(other) == seen
    other.get_by_role("button", name="Delete this role").first.click()
    expect(other.locator(".chosen-cards li")).to_have_count(0)


def test_a_visitor_who_keeps_a_career_twice_keeps_it_once(screen: Screens) -> None:
    page = screen().go(f"/network?now={CASHIER}")
    rows(page).first.click()
    code = str(rows(page).first.get_attribute("data-code"))
    opened(page, code).get_by_role("button", name="Keep this career").dblclick()
    expect(page.locator(".chosen-cards li")).to_have_count(1)
    quiet(page)
    assert page.url.count(code) == 2  # Kept, and open.
    expect(page.locator(".chosen-cards li")).to_have_count(1)


def test_the_first_picture_needs_no_question_but_those_of_the_head(screen: Screens) -> None:
    here = screen()
    page = here.go("/network?now=41-2011.00&open=41-2031.00")
    opened(page, "41-2031.00")
    assert squares(page)
    asked = [urlsplit(url).path for url in here.asked]
    assert "/_dash-update-component" not in asked
    assert asked.count("/_dash-layout") == asked.count("/_dash-dependencies") == 1
    page.locator(".career-row").first.click()
    quiet(page)
    assert "/_dash-update-component" in [urlsplit(url).path for url in here.asked]


def test_a_page_that_could_not_come_at_once_is_asked_for_by_its_address(screen: Screens) -> None:
    here = screen()
    here.page.route(
        re.compile("/_dash-layout"), lambda route: route.continue_(url=route.request.url.split("?")[0])
    )
    page = here.go("/network?now=41-2011.00&open=41-2031.00")
    opened(page, "41-2031.00")
    assert squares(page)
    assert "/_dash-update-component" in [urlsplit(url).path for url in here.asked]

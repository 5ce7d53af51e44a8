"""A learner's way through the product, by mouse, on a wide and a narrow screen, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.passwords import DEMO_PASSWORD
from services.network import MOST_CAREERS
from tests.browser.steps import (
    PETE,
    Screen,
    canvas,
    on_canvas,
    opened,
    picture,
    press_node,
    quiet,
    rows,
    settled,
    squares,
    titles,
)
from tests.people import PASSWORD

Screens = Callable[..., Screen]


def sign_in_by_form(page: Page, email: str = PETE, password: str = DEMO_PASSWORD) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login" not in url)
    settled(page)


def a_suggested_row(page: Page) -> str:
    """Code of the first career that is not the person's choice yet."""
    code = page.locator(".career-row:not(:has(.score.chosen))").first.get_attribute("data-code")
    assert code
    return code


def test_a_learner_signs_in_and_sees_the_careers_around_their_record(screen: Screens) -> None:
    page = screen().go("/login")
    sign_in_by_form(page)
    assert page.url.endswith("/network")
    expect(page.get_by_role("heading", level=1)).to_have_text("Career network")
    expect(page.get_by_role("region", name="Career network")).to_be_visible()
    careers = on_canvas(page, "career")
    assert len(careers) == MOST_CAREERS == rows(page).count()
    chosen = {code for code, node in careers.items() if "chosen" in node["classes"]}
    assert chosen == {"43-5061.00", "13-1081.00"}
    assert "Pete" in on_canvas(page, "person")["person"]["data"]["label"]


def test_opening_a_career_on_the_canvas_shows_its_squares_and_its_local_figures(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    press_node(page, "13-1081.00")
    panel = opened(page, "13-1081.00")
    drawn = squares(page)
    row = page.locator('.career-row[data-code="13-1081.00"]')
    assert len(drawn) == row.locator(".square").count()
    for state in ("matched", "partial", "missing"):
        on_row = row.locator(f".square.{state}").count()
        assert sum(state in node["classes"] for node in drawn.values()) == on_row
    expect(panel).to_contain_text("In Spokane-Spokane Valley, WA")
    expect(panel).to_contain_text(re.compile(r"[\d,]+ jobs"))
    expect(panel).to_contain_text(re.compile(r"\$[\d,]+ a year median"))
    # The local figures name their release, and the usual moves how they were found.
    expect(panel.locator(".source")).to_contain_text(["May 2025", "Of 100 who leave for other work"])
    expect(panel).to_contain_text(re.compile(r"\d+% matched"))


def test_the_address_holds_the_picture(screen: Screens, twin: Callable[..., str]) -> None:
    first = screen().sign_in(twin(), PASSWORD)
    page = first.go("/network")
    plain = picture(page)
    code = a_suggested_row(page)
    page.locator(f'.career-row[data-code="{code}"]').click()
    opened(page, code)
    squares(page)
    page.get_by_role("switch", name="Verified only").click()
    expect(page.get_by_role("switch", name="Verified only")).to_have_attribute("aria-checked", "true")
    quiet(page)
    seen, link = picture(page), page.url
    assert seen != plain
    assert f"open={code}" in link

    page.reload()
    settled(page)
    squares(page)
    assert picture(page) == seen

    page.go_back()
    expect(page.get_by_role("switch", name="Verified only")).to_have_attribute("aria-checked", "false")
    opened(page, code)
    page.go_back()
    expect(page.locator('.career-row[aria-expanded="true"]')).to_have_count(0)
    quiet(page)
    assert picture(page) == plain
    page.go_forward()
    opened(page, code)
    page.go_forward()
    expect(page.get_by_role("switch", name="Verified only")).to_have_attribute("aria-checked", "true")
    quiet(page)
    assert picture(page) == seen


def test_a_copied_link_gives_the_same_picture_in_another_session(
    screen: Screens, twin: Callable[..., str]
) -> None:
    email = twin()
    page = screen().sign_in(email, PASSWORD).go("/network?area=5300000&family=53")
    code = a_suggested_row(page)
    page.locator(f'.career-row[data-code="{code}"]').click()
    opened(page, code)
    squares(page)
    seen, link = picture(page), page.url
    other = screen().sign_in(email, PASSWORD).go(link)
    squares(other)
    assert picture(other) == seen


def test_the_table_has_a_row_for_each_career_of_the_list_and_the_canvas(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    listed = titles(page)
    codes = {row.get_attribute("data-code") for row in rows(page).all()}
    assert codes == set(on_canvas(page, "career"))
    page.get_by_role("button", name="Show as table").click()
    table = page.get_by_role("table")
    expect(table).to_be_visible()
    assert table.locator('tbody th[scope="row"]').all_inner_texts() == listed == titles(page)
    assert "view=table" in page.url
    held = table.locator("xpath=..").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert held[0] <= held[1] + 1, "rows of the table are cut off"
    for title, node in zip(listed, (on_canvas(page, "career")[c] for c in _codes(page)), strict=True):
        assert title == node["data"]["title"]
    page.get_by_role("button", name="Show as picture").click()
    expect(page.locator("#net-picture")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)


def _codes(page: Page) -> list[str]:
    return [str(row.get_attribute("data-code")) for row in rows(page).all()]


def test_a_career_is_kept_and_deleted_again(screen: Screens, twin: Callable[..., str]) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/network")
    code = a_suggested_row(page)
    page.locator(f'.career-row[data-code="{code}"]').click()
    opened(page, code).get_by_role("button", name="Keep this career").click()
    expect(page.locator(".chosen-cards li")).to_have_count(3)
    expect(page.locator(".career-panel").get_by_role("button", name="Delete this role")).to_be_visible()
    page.reload()
    settled(page)
    assert "chosen" in on_canvas(page, "career")[code]["classes"]
    title = page.locator(f'.career-row[data-code="{code}"] .title').inner_text()
    page.locator(".chosen-cards").get_by_role("button", name=f"Delete this role: {title}").click()
    expect(page.locator(".chosen-cards li")).to_have_count(2)
    quiet(page)
    left = on_canvas(page, "career")
    assert code not in left or "suggested" in left[code]["classes"]


def test_a_career_is_found_by_the_name_people_use(screen: Screens, twin: Callable[..., str]) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/network")
    page.get_by_label("Add a career").fill("CNA")
    page.locator("#net-add-found").get_by_role("button", name="Nursing Assistants").click()
    opened(page, "31-1131.00")
    expect(page.locator(".chosen-cards li")).to_have_count(3)
    assert "chosen" in on_canvas(page, "career")["31-1131.00"]["classes"]


def test_i_have_this_turns_the_square_until_it_is_taken_back(
    screen: Screens, twin: Callable[..., str]
) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/network?open=13-1081.00")
    opened(page, "13-1081.00").get_by_role("link", name="See every skill").click()
    page.wait_for_url("**/gap/13-1081.00*")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Logisticians")
    for state in ("Matched", "Partly matched", "Missing"):
        expect(page.get_by_role("heading", name=re.compile(f"^{state}\\b")).first).to_be_visible()
    missing = page.locator("details[data-skill]:has(> summary .square.missing)")
    lacked = missing.count()
    skill = missing.first.get_attribute("data-skill")
    row = page.locator(f'details[data-skill="{skill}"]')
    row.locator("summary").click()
    row.get_by_role("button", name="I have this").click()
    expect(row.locator("summary .square")).to_have_class(re.compile("matched claimed"))
    expect(page.get_by_role("status").filter(has_text="by your own word").first).to_be_visible()
    # What it is kindred to may be partly matched now as well.
    expect(missing.and_(row)).to_have_count(0)
    assert missing.count() < lacked

    page.get_by_role("link", name="Back to the career network").click()
    settled(page)
    expect(page.locator(".career-panel .range")).to_have_text(
        re.compile(r"(\d+)% matched: \d+% .*verified.*, \1% with all you claim")
    )
    claimed = [n for n in squares(page).values() if {"matched", "claimed"} <= set(n["classes"])]
    assert len(claimed) >= 1
    page.go_back()
    settled(page)
    row.locator("summary").click()
    row.get_by_role("button", name="Take back").click()
    expect(row.locator("summary .square")).to_have_class(re.compile(r"\bmissing\b"))
    expect(missing).to_have_count(lacked)


def test_a_skill_is_hidden_from_the_reckoning_and_counted_again(
    screen: Screens, twin: Callable[..., str]
) -> None:
    page = screen().sign_in(twin(), PASSWORD).go("/gap/13-1081.00")
    missing = page.locator("details[data-skill]:has(> summary .square.missing)")
    skill = missing.first.get_attribute("data-skill")
    required = page.locator("details[data-skill]").count()
    reckoned = page.locator(".gap-summary").get_by_text(re.compile(rf"You have \d+ of {required}\b"))
    fewer = page.locator(".gap-summary").get_by_text(re.compile(rf"You have \d+ of {required - 1}\b"))
    expect(reckoned).to_be_visible()
    row = page.locator(f'details[data-skill="{skill}"]')
    row.locator("summary").click()
    row.get_by_role("button", name="Leave out of the reckoning").click()
    expect(row.get_by_role("button", name="Count it again")).to_be_visible()
    expect(fewer).to_be_visible()
    page.goto("/network?open=13-1081.00")
    settled(page)
    assert not any(skill and skill.endswith(node["data"]["skill"][5:]) for node in squares(page).values())
    page.goto("/gap/13-1081.00")
    settled(page)
    row.locator("summary").click()
    row.get_by_role("button", name="Count it again").click()
    expect(reckoned).to_be_visible()


def test_after_signing_out_nothing_of_the_person_is_left(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    page.locator("header summary", has_text="Pete").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    page.goto("/network")
    settled(page)
    assert "Pete" not in page.content()
    assert not on_canvas(page, "career")
    page.goto("/wallet")
    assert "/login?next=%2Fwallet" in page.url
    page.go_back()
    settled(page)
    assert "Pete" not in page.content()


@pytest.mark.parametrize("which", ["keep", "claim"])
def test_a_double_click_does_it_once(screen: Screens, twin: Callable[..., str], which: str, stores) -> None:
    email = twin()
    here = screen().sign_in(email, PASSWORD)
    person = here.served.services.people.sign_in(email, PASSWORD)
    _people, wallets = stores
    if which == "keep":
        page = here.go("/network")
        code = a_suggested_row(page)
        page.locator(f'.career-row[data-code="{code}"]').click()
        opened(page, code).get_by_role("button", name="Keep this career").dblclick()
        expect(page.locator(".chosen-cards li")).to_have_count(3)
        quiet(page)
        kept = [one for one, _area in here.served.services.people.chosen_careers(person)]
        assert sorted(kept) == sorted({"43-5061.00", "13-1081.00", code})
    else:
        before = len(wallets.records(person.person_id))
        page = here.go("/gap/13-1081.00")
        row = page.locator("details[data-skill]:has(> summary .square.missing)").first
        skill = row.get_attribute("data-skill")
        row.locator("summary").click()
        row.get_by_role("button", name="I have this").dblclick()
        row = page.locator(f'details[data-skill="{skill}"]')
        expect(row.get_by_role("button", name="Take back")).to_be_visible()
        quiet(page)
        assert len(wallets.records(person.person_id)) == before + 1


@pytest.mark.parametrize(("width", "height", "locale"), [(1440, 900, "en-US"), (390, 844, "es-US")])
def test_the_journey_goes_through_on_every_screen_and_in_both_languages(
    screen: Screens, twin: Callable[..., str], width: int, height: int, locale: str
) -> None:
    email = twin(locale[:2])
    page = screen(width, height, locale).go("/login?next=/network")
    page.locator('input[name="email"]').fill(email)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form[action^="/login"] button[type="submit"]').first.click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/network")
    settled(page)
    assert page.locator("html").get_attribute("lang") == locale[:2]
    if width < 800:
        page.locator(".stage-toggle").click()
        expect(page.locator("#net-picture")).to_be_visible()
    page.locator('.career-row[data-code="13-1081.00"]').click()
    panel = opened(page, "13-1081.00")
    count = len(squares(page))
    page.locator("#net-as-table").click()
    expect(page.locator("#net-table tbody tr")).to_have_count(MOST_CAREERS)
    page.locator("#net-as-table").click()
    expect(page.locator("#net-table tbody tr")).to_have_count(0)
    panel.locator("a.button:not(.quiet)").click()
    page.wait_for_url("**/gap/13-1081.00*")
    settled(page)
    assert page.locator("details[data-skill]").count() == count
    row = page.locator("details[data-skill]:has(> summary .square.missing)").first
    skill = row.get_attribute("data-skill")
    row = page.locator(f'details[data-skill="{skill}"]')
    row.locator("summary").click()
    row.locator('[data-act="claim"]').click()
    expect(row.locator("summary .square")).to_have_class(re.compile("matched claimed"))
    row.locator('[data-act="unclaim"]').click()
    expect(row.locator("summary .square")).to_have_class(re.compile(r"\bmissing\b"))
    page.goto("/wallet")
    settled(page)
    expect(page.locator(".record").first).to_be_visible()
    page.locator("header details.menu", has=page.locator(".who")).locator("summary").click()
    page.locator('form[action="/logout"] button').click()
    page.wait_for_url(lambda url: url.endswith("/"))


def test_a_career_stands_the_closer_the_more_it_matches(screen: Screens) -> None:
    page = screen().sign_in().go("/network")
    placed = []
    for node in canvas(page)["nodes"]:
        if "career" in node["classes"]:
            placed.append(((node["x"] ** 2 + node["y"] ** 2) ** 0.5, int(node["data"]["label"].rstrip("%"))))
    for distance, share in placed:
        for other, less in placed:
            assert share <= less or distance <= other + 0.2, (share, distance, less, other)

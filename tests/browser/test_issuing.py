"""Issuing, revoking, and the square that changes for whom it is about, at the screen and by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.roles import PersonRole
from accounts.store import PersonStore
from tests.browser.looking import WIDE, unfold, violations
from tests.browser.steps import Screen, Served, focus_is_seen, quiet, settled, tab_to
from tests.people import PASSWORD
from wallet.store import WalletStore

Screens = Callable[..., Screen]
FORKLIFT = "http://data.europa.eu/esco/skill/28cb374e-6261-4133-8371-f9a5470145da"
TRUCK_OPERATOR = "/gap/53-7051.00"
LIST = b"name,email\nAna,ana@example.org\nBo,bo@\n=1+1,cy@example.org\n"


@pytest.fixture
def institute(newcomer: Callable[..., str], stores: tuple[PersonStore, WalletStore], served: Served) -> str:
    """Somebody new who issues; gives their e-mail address."""
    email = newcomer()
    person = served.services.people.sign_in(email, PASSWORD).person_id
    stores[0].grant_roles(str(person), {PersonRole.ISSUER})
    return email


def describe(page: Page, name: str = "Forklift operator certificate") -> None:
    """Fill in an achievement that proves one published skill, and keep it."""
    page.goto("/issuer/new")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Description").fill("Two days of training, with an exam in the yard.")
    page.get_by_label("What somebody has to do").fill("Load and unload a truck without damage.")
    page.get_by_label("Look for a published skill").fill("operate forklift")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("checkbox", name="Operate forklift").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(".offer-skills")).to_have_text("Operate forklift")


def prepare(page: Page, email: str) -> None:
    """Ask for one person's credential; the preview is shown."""
    form = page.locator("section", has=page.get_by_role("heading", name="Issue to one person"))
    form.get_by_label("Name").fill("Robin")
    form.get_by_label("E-mail address").fill(email)
    form.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview")
    expect(page.locator(".draft-people")).to_contain_text(email)


def sign(page: Page) -> Locator:
    """The button that issues."""
    return page.get_by_role("button", name="Sign and issue 1 credential")


def issued(page: Page) -> Locator:
    """The rows of what was issued."""
    return page.locator("table.issued tbody tr")


def square(page: Page) -> Locator:
    """The square of driving a forklift, in the gap of a role that requires it."""
    page.goto(TRUCK_OPERATOR)
    settled(page)
    return page.locator(f'.gap-square[data-skill="{FORKLIFT}"] summary .square')


def test_what_is_issued_makes_a_square_black_until_it_is_revoked(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    email = newcomer()
    robin = screen().sign_in(email, PASSWORD).page
    expect(square(robin)).to_have_class("square missing")

    page = screen().sign_in("issuer@demo.example").page
    describe(page)
    prepare(page, email)
    sign(page).click()
    expect(page.locator(".flash")).to_contain_text("to 1 person")
    row = issued(page).filter(has_text=email)
    expect(row).to_contain_text("valid")

    robin.goto("/wallet")
    settled(robin)
    robin.get_by_role("link", name="Forklift operator certificate").click()
    expect(robin.locator(".check-failed")).to_have_count(0)
    expect(robin.locator(".proposal-accepted")).to_contain_text("Operate forklift")
    expect(robin.get_by_text("Verified", exact=True).first).to_be_visible()
    record = robin.url
    expect(square(robin)).to_have_class("square matched")

    row.get_by_role("link").click()
    page.get_by_label("Reason").fill("The exam was not taken.")
    page.get_by_role("button", name="Revoke this credential").click()
    expect(page.locator(".flash")).to_contain_text("Revoked.")
    expect(page.locator("#state")).to_contain_text("revoked")
    expect(page.get_by_role("button", name="Revoke this credential")).to_have_count(0)

    robin.goto("/wallet")
    settled(robin)
    expect(robin.locator("main")).to_contain_text("was revoked by its issuer, as we saw on")
    robin.goto(record)
    expect(robin.locator(".check-failed")).to_contain_text("taken it back")
    expect(square(robin)).to_have_class("square missing")


def test_two_clicks_and_the_way_back_issue_once(
    screen: Screens, institute: str, newcomer: Callable[..., str]
) -> None:
    page = screen().sign_in(institute, PASSWORD).page
    describe(page)
    prepare(page, newcomer())
    sign(page).dblclick()
    expect(issued(page)).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview")
    # A browser may show the page as it was, with its button, or ask anew and get it without.
    if sign(page).count():
        sign(page).click()
        expect(page.locator(".flash")).to_contain_text("nothing was issued twice")
    else:
        expect(page.locator(".lead")).to_contain_text("nothing was issued twice")
    page.goto("/issuer")
    expect(issued(page)).to_have_count(1)


def test_a_class_list_with_a_bad_line_issues_nothing_and_says_which(screen: Screens, institute: str) -> None:
    here = screen()
    here.expected.add(422)
    page = here.sign_in(institute, PASSWORD).page
    describe(page)

    def hand_in(content: bytes) -> None:
        form = page.locator("section", has=page.get_by_role("heading", name="Issue to a class"))
        form.get_by_label("Class list").set_input_files(
            {"name": "class.csv", "mimeType": "text/csv", "buffer": content}
        )
        form.get_by_role("button", name="Preview").click()

    hand_in(LIST)
    said = page.locator(".error-summary")
    expect(said).to_be_focused()
    expect(said).to_contain_text("nothing is issued")
    expect(said.locator("li")).to_have_text([re.compile("Line 3:.*bo@"), re.compile("Line 4:.*formula")])
    assert not violations(page)

    hand_in(b"name,email\nAna,ana@example.org\nBo,bo@example.org\n")
    expect(page.get_by_role("heading", name="For 2 people")).to_be_visible()
    page.goto("/issuer")
    expect(issued(page)).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="Sign and issue 2 credentials").click()
    expect(issued(page)).to_have_count(2)


def test_a_new_key_is_made_by_a_button_and_what_the_old_one_signed_stays_verified(
    screen: Screens, institute: str, newcomer: Callable[..., str]
) -> None:
    page, email = screen().sign_in(institute, PASSWORD).page, newcomer()
    describe(page)
    for key in (1, 2):
        prepare(page, email)
        sign(page).click()
        expect(page.locator(".flash")).to_contain_text("to 1 person")
        expect(page.locator("section", has=page.locator("#keys"))).to_contain_text(f"Key {key} signs since")
        if key == 1:
            page.get_by_role("button", name="Make a new key").click()
            expect(page.locator(".flash")).to_contain_text("stays valid")
            page.get_by_role("link", name="Forklift operator certificate").first.click()
    issued(page).last.get_by_role("link").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download a copy").click()
    credential = json.loads(Path(download.value.path()).read_bytes())
    assert credential["proof"]["verificationMethod"].endswith("#key-1")

    robin = screen().sign_in(email, PASSWORD).page
    robin.goto("/wallet")
    settled(robin)
    robin.get_by_role("link", name="Forklift operator certificate").first.click()
    robin.get_by_role("button", name="Check again").click()
    expect(robin.locator(".check-failed")).to_have_count(0)
    expect(robin.get_by_text("Verified", exact=True).first).to_be_visible()


def test_an_achievement_is_described_issued_and_revoked_by_keyboard(screen: Screens, institute: str) -> None:
    page = screen().sign_in(institute, PASSWORD).go("/issuer")

    def enter(leads_to: str) -> None:
        page.keyboard.press("Enter")
        expect(page.locator(leads_to)).to_be_visible()

    tab_to(page, 'a[href="/issuer/new"]')
    enter("#criteria")
    for field, text in (("#name", "Yard work"), ("#description", "A day."), ("#criteria", "Clean a yard.")):
        tab_to(page, field)
        page.keyboard.type(text)
    tab_to(page, "#find")
    page.keyboard.type("operate forklift")
    enter("#found-1")
    tab_to(page, "#found-1")
    page.keyboard.press("Space")
    tab_to(page, "button[value=keep]")
    enter(".offer-skills")

    tab_to(page, "#name")
    page.keyboard.type("Robin")
    tab_to(page, "#email")
    page.keyboard.type("nobody@example.org")
    enter(".draft-people")
    tab_to(page, "form[action*=drafts] button")
    enter("table.issued")
    tab_to(page, "table.issued a")
    enter("#reason")
    tab_to(page, "#reason")
    page.keyboard.type("A mistake.")
    tab_to(page, "form[action$=revoke] button")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("revoked")


@pytest.mark.parametrize(("width", "locale"), [(1440, "en"), (390, "es")])
def test_axe_finds_nothing_on_any_page_of_an_issuer(
    screen: Screens, institute: str, served: Served, width: int, locale: str
) -> None:
    issuing, actor = served.services.issuing, served.services.people.sign_in(institute, PASSWORD)
    here = screen(width, 900, color_scheme="light")
    here.context.add_cookies([{"name": "language", "value": locale, "url": served.url}])
    page = here.sign_in(institute, PASSWORD).page

    def look(path: str) -> None:
        page.goto(path)
        quiet(page)
        unfold(page)
        page.emulate_media(color_scheme="light")
        assert not violations(page), path
        page.emulate_media(color_scheme="dark")
        assert not violations(page, colours=True), path
        assert not page.evaluate(WIDE), path

    look("/issuer")
    words = {"name": "Forklift", "description": "Two days.", "criteria": "An exam.", "kind": "Certificate"}
    offer = issuing.keep_offer(actor, **words, skills=[FORKLIFT]).id
    people = "".join(f"Person {n},person{n}@example.org\n" for n in range(40))
    kept = issuing.prepare_class(actor, offer, f"name,email\n{people}".encode(), expires="2050-01-01")
    draft = issuing.prepare(actor, offer, name="Ana María", email="ana@example.org")
    issuing.issue(actor, draft)
    look("/issuer")
    look("/issuer/new")
    look(f"/issuer/achievements/{offer}")
    look(f"/issuer/achievements/{offer}/edit")
    look(f"/issuer/drafts/{kept}")
    look(f"/issuer/drafts/{draft}")
    [one], _total = issuing.issued(actor)
    look(f"/issuer/credentials/{one.id}")
    issuing.revoke(actor, one.id, "A mistake.")
    look(f"/issuer/credentials/{one.id}")

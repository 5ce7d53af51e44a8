"""Asking a former employer, answering by link and from an account, and the list of known issuers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import PersonRole
from accounts.store import PersonStore
from tests.browser.looking import violations
from tests.browser.steps import Screen, Served, quiet, tab_to
from tests.people import PASSWORD
from wallet.store import WalletStore

Screens = Callable[..., Screen]


@pytest.fixture
def appointed(
    newcomer: Callable[..., str], stores: tuple[PersonStore, WalletStore], served: Served
) -> Callable[[PersonRole], str]:
    """Make somebody with a role; gives their e-mail address."""

    def make(role: PersonRole) -> str:
        email = newcomer()
        person = served.services.people.sign_in(email, PASSWORD).person_id
        stores[0].grant_roles(str(person), {role})
        return email

    return make


def job(page: Page) -> None:
    """Enter a job by hand and accept the one skill that is read out of it."""
    page.goto("/wallet/add/hand/employment")
    page.get_by_label("What you worked as").fill("Night picker")
    page.get_by_label("What you did there").fill("Drove a forklift.")
    page.get_by_role("button", name="Add to my wallet").click()
    page.get_by_role("button", name="Accept (Operate forklift)").click()
    expect(page.locator(".proposal-accepted")).to_have_count(1)


def ask(page: Page, contact: str = "") -> str:
    """Ask Company A about it; gives the link."""
    page.get_by_role("link", name="Ask for confirmation").click()
    page.get_by_label("Whom do you ask?").fill("Company A")
    page.get_by_label("Their e-mail address").fill(contact)
    assert not violations(page)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your link")
    assert not violations(page)
    return page.get_by_label("The link").input_value()


def who(page: Page) -> None:
    page.get_by_label("Your name").fill("Sam Ortiz")
    page.get_by_label("Your position").fill("Shift lead")
    page.get_by_label("Your e-mail address").fill("sam@company-a.example")


def test_a_former_employer_confirms_by_link_and_the_record_says_so(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    mine, theirs = screen(), screen(width=390, height=844)
    theirs.expected.add(410)
    theirs.expected.add(422)
    page = mine.sign_in(newcomer(), PASSWORD).page
    job(page)
    link = ask(page)

    other = theirs.page
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_contain_text("asks you to confirm this")
    expect(other.locator("main")).to_contain_text("Night picker")
    assert not violations(other)
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_role("radio", name="It is right").check()
    other.get_by_role("button", name="Send the answer").click()
    expect(other.locator(".error-summary")).to_contain_text("Enter your name")
    who(other)
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Thank you")
    other.goto(link)
    expect(other.locator("main")).to_contain_text("answered already")

    page.goto("/wallet")
    expect(page.locator(".wallet-notices")).to_contain_text("Company A confirmed “Night picker”")
    expect(page.locator(".record-confirmed")).to_contain_text("Night picker")
    quiet(page)
    page.get_by_role("link", name="Confirmations").click()
    expect(page.locator(".asked-list")).to_contain_text("Sam Ortiz")
    assert not violations(page)


def test_a_correction_waits_for_the_person_and_is_taken_over_by_keyboard(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    page, other = screen().sign_in(newcomer(), PASSWORD).page, screen().page
    job(page)
    other.goto(ask(page))
    other.get_by_role("radio", name="Some of it is different").check()
    other.get_by_label("Called").fill("Order picker")
    who(other)
    other.get_by_role("button", name="Send the answer").click()
    expect(other.locator("main")).to_contain_text("decides whether the record will say it so")

    page.goto("/wallet/confirmations")
    expect(page.locator(".compare")).to_contain_text("Order picker")
    tab_to(page, "button[value=accept]")
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("is confirmed")
    page.goto("/wallet")
    expect(page.locator(".record-confirmed h4")).to_have_text("Order picker")


def test_an_organization_with_an_account_signs_what_it_confirms(
    screen: Screens, newcomer: Callable[..., str], appointed: Callable[[PersonRole], str]
) -> None:
    company = appointed(PersonRole.EMPLOYER)
    page = screen().sign_in(newcomer(), PASSWORD).page
    job(page)
    ask(page, company)

    theirs = screen().sign_in(company, PASSWORD).go("/requests")
    assert not violations(theirs)
    theirs.get_by_role("link", name="Night picker").click()
    theirs.get_by_role("radio", name="It is right").check()
    theirs.get_by_role("button", name="Send the answer").dblclick()
    expect(theirs.locator("main")).to_contain_text("is signed and in the person's wallet")

    page.goto("/wallet")
    expect(page.locator(".record-verified").first).to_contain_text("Night picker")
    expect(page.locator(".wallet-notices")).to_contain_text("into your wallet")


def test_who_keeps_the_list_of_known_issuers_adds_imports_and_removes(
    screen: Screens, appointed: Callable[[PersonRole], str]
) -> None:
    page = screen().sign_in(appointed(PersonRole.ADMIN), PASSWORD).go("/registry")
    page.get_by_label("Address").fill("did:web:college.example")
    page.get_by_label("Name").fill("The College")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".issuer-list")).to_contain_text("The College")
    page.get_by_label("CSV file").set_input_files(
        {
            "name": "list.csv",
            "mimeType": "text/csv",
            "buffer": b"address,name\nhttps://b.example,B School\nx,y\n",
        }
    )
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".preview tbody tr")).to_have_count(2)
    assert not violations(page)
    page.get_by_role("button", name="Import 1 issuer").click()
    expect(page.locator(".issuer-list > li")).to_have_count(2)
    page.get_by_role("button", name="Remove (B School").click()
    expect(page.locator(".issuer-list > li")).to_have_count(1)
    expect(page.locator(".history li")).to_have_count(3)
    assert not violations(page)

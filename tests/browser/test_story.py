"""The story, whole, at the screen: from an empty wallet to an employer who sees no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.passwords import Passwords
from accounts.roles import PersonRole
from accounts.store import NewPerson, PersonStore
from tests.browser.looking import violations
from tests.browser.steps import Screen, settled
from tests.people import PASSWORD
from wallet.store import WalletStore

Screens = Callable[..., Screen]
INSTITUTE, FORMER, COMPANY_B = "issuer@demo.example", "companya@demo.example", "employer@demo.example"
POSTING = "Production planning clerk"
COURSE, JOB = "Robin's course in production records", "Dock clerk at Company A"


@pytest.fixture
def robin_of_the_demo(stores: tuple[PersonStore, WalletStore]) -> str:
    """One more invented learner, with an empty wallet; gives their e-mail address."""
    hashed = Passwords(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    learner = frozenset({PersonRole.LEARNER})
    stores[0].add(NewPerson("robin@demo.example", "Robin", hashed, learner, demo=True))
    return "robin@demo.example"


def test_from_an_empty_wallet_to_an_employer_who_sees_no_more(
    screen: Screens, robin_of_the_demo: str
) -> None:
    email = robin_of_the_demo
    theirs = screen()
    theirs.expected |= {404}
    robin = screen(390, 844).sign_in(email, PASSWORD).go("/wallet")
    expect(robin.locator("main")).to_contain_text("Bring in a record")
    expect(bell(robin)).to_have_accessible_name("Notifications")

    institute = theirs.sign_in(INSTITUTE).page
    issue(institute, email)

    robin.goto("/notifications")
    expect(robin.locator(".told-list")).to_contain_text("Inland Technical Institute put")
    expect(robin.locator(".told-new")).to_have_count(1)
    assert not violations(robin)
    ask_former_employer(robin)

    confirm(theirs.sign_in(FORMER).page)

    robin.goto("/wallet")
    settled(robin)
    verified = robin.locator(".record-verified")
    for title in (COURSE, JOB):
        expect(verified.filter(has_text=title).first).to_be_visible()

    until = datetime.now(UTC).date() + timedelta(days=14)
    robin.goto("/postings")
    robin.get_by_role("link", name=POSTING).first.click()
    robin.get_by_label(re.compile(f"^{COURSE}")).check()
    robin.get_by_label(re.compile(f"^{JOB}")).first.check()
    robin.get_by_label("They can look until").fill(until.isoformat())
    robin.get_by_role("button", name="Look at it first").click()
    assert "Robin" not in robin.locator(".read-sum, .read-squares").first.inner_text()
    robin.get_by_role("button", name="Send it").click()
    expect(robin.locator("#yours")).to_have_text("You applied")
    label = re.search(r"Applicant (\w+)", robin.locator("main").inner_text())
    assert label

    company = theirs.sign_in(COMPANY_B).go("/employer")
    expect(bell(company)).to_have_accessible_name(re.compile("new"))
    company.get_by_role("link", name=POSTING).first.click()
    company.get_by_role("link", name=f"Read Applicant {label[1]}").click()
    read = company.locator("main")
    expect(read).to_contain_text("Handle shipment documentation")
    for state in ("Matched", "Missing"):
        expect(read).to_contain_text(state)
    for words in ("Robin", email, "Inland", "Company A", COURSE, JOB):
        expect(read).not_to_contain_text(words)
        assert words not in company.content(), words
    application = company.url
    assert not violations(company)

    company.get_by_role("button", name="Move forward").click()
    expect(company.get_by_role("region", name="Who it is")).to_contain_text("Robin")
    expect(read).to_contain_text(COURSE)

    robin.goto("/")
    expect(bell(robin)).to_have_accessible_name(re.compile(r"^Notifications: [1-9]\d* new$"))
    bell(robin).click()
    told = robin.locator(".told-list li", has_text=f"Company B moved you forward for “{POSTING}”")
    told.get_by_role("link").click()
    robin.get_by_role("button", name="Take it back").click()
    expect(robin.locator(".flash")).to_contain_text("It is taken back")
    robin.goto("/shares")
    expect(robin.get_by_role("region", name="Log", exact=True)).to_contain_text("Company B")

    company.reload()
    expect(company.get_by_role("heading", level=1)).not_to_contain_text("Applicant")
    expect(company.locator("main")).not_to_contain_text("Robin")
    company.goto(application)
    expect(company.locator("main")).to_contain_text("taken back")
    company.goto("/employer")
    company.get_by_role("link", name=POSTING).first.click()
    expect(company.locator("main")).not_to_contain_text(label[1])


def bell(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("a.bell")


def issue(page: Page, email: str) -> None:
    """The institute describes a course, and issues it to one person."""
    page.goto("/issuer/new")
    page.get_by_label("Name").fill(COURSE)
    page.get_by_label("Description").fill("Forty hours at the institute.")
    page.get_by_label("What somebody has to do").fill("Keep the records of a week.")
    page.get_by_label("Look for a published skill").fill("record production data")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("checkbox", name=re.compile("^Record production data", re.IGNORECASE)).first.check()
    page.get_by_role("button", name="Save").click()
    form = page.locator("section", has=page.get_by_role("heading", name="Issue to one person"))
    form.get_by_label("Name").fill("Robin")
    form.get_by_label("E-mail address").fill(email)
    form.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Sign and issue 1 credential").click()
    expect(page.locator(".flash")).to_contain_text("to 1 person")


def ask_former_employer(page: Page) -> None:
    """The learner enters a job, accepts what is read out of it, and asks Company A to confirm it."""
    page.goto("/wallet/add/hand/employment")
    page.get_by_label("What you worked as").fill(JOB)
    page.get_by_label("What you did there").fill("Handled shipment documentation.")
    page.get_by_role("button", name="Add to my wallet").click()
    page.get_by_role("button", name=re.compile(r"^Accept \(Handle shipment doc")).click()
    expect(page.locator(".proposal-accepted")).to_have_count(1)
    page.get_by_role("link", name="Ask for confirmation").click()
    page.get_by_label("Whom do you ask?").fill("Company A")
    page.get_by_label("Their e-mail address").fill(FORMER)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your link")


def confirm(page: Page) -> None:
    """Company A finds the request under its bell, and confirms it."""
    page.goto("/notifications")
    page.locator(".told-list li", has_text="Robin asks you to confirm").first.get_by_role("link").click()
    page.get_by_role("link", name=JOB).click()
    page.get_by_role("radio", name="It is right").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("is signed and in the person's wallet")

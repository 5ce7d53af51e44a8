"""Bringing records in, looking at one, and taking everything out, at the screen and by keyboard."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import WIDE, unfold, violations
from tests.browser.steps import Screen, Served, focus_is_seen, quiet, tab_to
from tests.people import PASSWORD
from tests.wallet.issuing import KEY, badge, changed
from wallet.sign import sign

Screens = Callable[..., Screen]
WELDING = "http://data.europa.eu/esco/skill/2fcd95a4-1f9a-41cf-95a9-4701bde476b4"
PLAIN = changed(badge(), "credentialSubject", "achievement", "alignment", 0, "targetUrl", to=WELDING)
BADGE = json.dumps(sign(PLAIN, KEY, "eddsa-jcs-2022"))


def choose(page: Page, content: str, name: str = "badge.json") -> None:
    page.get_by_label("Choose a file").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    )


def test_a_file_text_and_an_entry_by_hand_come_in_and_everything_goes_out(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    page = screen().sign_in(newcomer(), PASSWORD).go("/wallet")
    page.get_by_role("link", name="Bring in a record").click()
    choose(page, BADGE)
    page.locator("#way-file + form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gas metal arc welding")
    expect(page.locator(".flash")).to_contain_text("is in your wallet: verified")
    expect(page.locator(".check-passed").first).to_be_visible()

    page.goto("/wallet/add")
    page.get_by_label("Text of the credential").fill(BADGE)
    page.locator("#way-text + form button").dblclick()
    expect(page.locator(".flash")).to_contain_text("It is kept once")

    page.goto("/wallet/add")
    page.get_by_role("link", name="Caring for someone").click()
    page.get_by_label("What you took care of").fill("Cared for a parent")
    page.get_by_label("First day").fill("2021-03-01")
    page.get_by_role("button", name="Add to my wallet").click()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Hours altogether").fill("1,200")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".facts")).to_contain_text("1,200")

    page.goto("/wallet")
    expect(page.locator(".record")).to_have_count(2)
    page.get_by_label("Look in your records").fill("welding")
    expect(page.locator(".record")).to_have_count(1)
    page.get_by_label("Look in your records").fill("")
    page.get_by_role("button", name="What it is").click()
    expect(page.locator("#wallet-list h3").first).to_contain_text("Credential")
    quiet(page)

    page.get_by_text("Choose from your skills").click()
    page.get_by_role("button", name="Put first").first.click()
    expect(page.locator("#wallet-first ~ ol li")).to_have_count(1)
    quiet(page)

    page.get_by_role("link", name="Cared for a parent").click()
    page.get_by_text("Remove it for good").click()
    page.get_by_role("button", name="Remove it now").click()
    expect(page.locator(".record")).to_have_count(1)
    quiet(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    archive = zipfile.ZipFile(BytesIO(Path(download.value.path()).read_bytes()))
    assert any(archive.read(name) == BADGE.encode() for name in archive.namelist())

    page.get_by_role("link", name="Delete everything").click()
    page.get_by_label("Type DELETE to go on").fill("DELETE")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator(".empty-state")).to_be_visible()
    quiet(page)


def test_what_cannot_be_read_is_said_first(screen: Screens, newcomer: Callable[..., str]) -> None:
    here = screen()
    here.expected.add(422)
    page = here.sign_in(newcomer(), PASSWORD).go("/wallet/add")
    choose(page, "hello", "hello.txt")
    page.locator("#way-file + form button").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert not violations(page)


def test_a_file_is_chosen_sent_and_a_skill_rejected_by_keyboard(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    page = screen().sign_in(newcomer(), PASSWORD).go("/wallet/add")
    tab_to(page, "#file")
    assert focus_is_seen(page)
    choose(page, BADGE)
    tab_to(page, "#way-file + form button")
    page.keyboard.press("Enter")
    expect(page.locator(".proposal-accepted")).to_have_count(1)
    tab_to(page, ".proposal-accepted button[value=rejected]")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator(".proposal-rejected")).to_have_count(1)


def test_skills_of_duties_are_accepted_changed_and_rejected_each_with_its_words(
    screen: Screens, newcomer: Callable[..., str]
) -> None:
    page = screen().sign_in(newcomer(), PASSWORD).go("/wallet/add/hand/employment")
    page.get_by_label("What you worked as").fill("Warehouse associate")
    page.get_by_label("What you did there").fill(
        "Drove a forklift.\nTrained four new hires.\nCounted stock each week."
    )
    page.get_by_role("button", name="Add to my wallet").click()

    def proposal(skill: str) -> Locator:
        name = page.locator(".proposal-name").get_by_text(skill, exact=True)
        return page.locator(".proposal").filter(has=name)

    forklift, training = proposal("Operate forklift"), proposal("Train employees")
    expect(forklift.locator("q")).to_have_text("Drove a forklift.")
    expect(page.locator(".proposal-accepted")).to_have_count(0)
    forklift.get_by_role("button", name="Accept").click()
    expect(forklift).to_contain_text("Counts")

    training.get_by_role("link", name="Change").click()
    page.get_by_label("Look for a published skill").fill("instruct others")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("radio", name="Instruct others").first.check()
    page.get_by_role("button", name="This one").click()
    expect(training).to_contain_text("Does not count")
    chosen = page.locator(".proposal-accepted").filter(has_text="chosen by you")
    expect(chosen.locator("q")).to_have_text("Trained four new hires.")

    proposal("Perform warehousing operations").get_by_role("button", name="Reject").click()
    expect(page.locator(".proposal-rejected")).to_have_count(2)
    expect(page.locator(".proposal-accepted")).to_have_count(2)
    quiet(page)


@pytest.fixture(scope="module")
def kept(newcomer: Callable[..., str], served: Served) -> tuple[str, str]:
    """Somebody with a badge that is not verified and was sent to them; gives e-mail address and record."""
    email = newcomer()
    actor = served.services.people.sign_in(email, PASSWORD)
    content = badge()
    content["evidence"] = [{"id": "https://example.org/weld", "type": ["Evidence"], "name": "A weld"}]
    (came,) = served.services.records_for(actor).receive(
        str(actor.person_id), json.dumps(content).encode(), "badge.json", sender="Technical Institute"
    )
    served.services.records_for(actor).bring_in(BADGE.encode(), "signed.json")
    return email, came.record.id


PATHS = (
    "/wallet",
    "/wallet/add",
    "/wallet/add/hand/licence",
    "/wallet/add/hand/employment",
    "/wallet/delete",
    "/wallet/records/%s",
    "/wallet/records/%s?find=weld",
)


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_sticks_out(screen: Screens, kept: tuple[str, str], path: str) -> None:
    email, record = kept
    path = path.replace("%s", record)
    page = screen(1440, 900, color_scheme="dark").sign_in(email, PASSWORD).go(path)
    unfold(page)
    assert not violations(page)
    assert not page.evaluate(WIDE)


@pytest.mark.parametrize("path", PATHS)
def test_everything_is_in_spanish_and_fits_a_phone(screen: Screens, kept: tuple[str, str], path: str) -> None:
    email, record = kept
    here = screen(390, 844, "es-US", color_scheme="light")
    here.context.add_cookies([{"name": "language", "value": "es", "url": here.served.url}])
    page = here.sign_in(email, PASSWORD).go(path.replace("%s", record))
    unfold(page)
    assert not violations(page)
    assert not page.evaluate(WIDE)
    # The vocabularies are in English only, and marked so.
    page.evaluate("() => document.querySelectorAll('main [lang=en]').forEach(one => one.remove())")
    words = page.locator("main").inner_text()
    for english in ("Bring in", "Checks", "Checked", "Delete", "Put here", "Accept", "Not verified", "your"):
        assert english not in words, english

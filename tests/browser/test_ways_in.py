"""Every other way in: several in one, pictures that carry a badge, a résumé, a link."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.steps import Screen, Served, settled
from tests.browser.test_records import BADGE
from tests.people import PASSWORD
from tests.wallet.test_hostile_files import RESUME, baked, svg, zipped
from wallet.documents import NoDocuments

Screens = Callable[..., Screen]
IN_A_DRAWING = svg(
    f'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0"><![CDATA[{BADGE}]]></o:credential>'
)


def bring(screen: Screens, email: str, content: bytes, name: str, status: int = 0):
    here = screen()
    if status:
        here.expected.add(status)
    page = here.sign_in(email, PASSWORD).go("/wallet/add")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Choose a file").set_input_files(file)
    page.locator("#way-file + form button").click()
    return page


@pytest.mark.parametrize(("name", "content"), [("badge.png", baked(BADGE)), ("badge.svg", IN_A_DRAWING)])
def test_a_badge_in_a_picture_comes_in_verified(
    screen: Screens, newcomer: Callable[..., str], name: str, content: bytes
) -> None:
    page = bring(screen, newcomer(), content, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gas metal arc welding")
    expect(page.locator(".flash")).to_contain_text("is in your wallet: verified")


def test_several_in_a_zip_come_in_each_for_itself(screen: Screens, newcomer: Callable[..., str]) -> None:
    page = bring(screen, newcomer(), zipped(badge=BADGE, resume=json.dumps(RESUME)), "mine.zip")
    settled(page)
    page.goto("/wallet")
    settled(page)
    expect(page.locator(".record")).to_have_count(4)
    expect(page.locator("main")).to_contain_text("Gas metal arc welding")


def test_a_resume_gives_an_entry_each(screen: Screens, newcomer: Callable[..., str]) -> None:
    page = bring(screen, newcomer(), json.dumps(RESUME).encode(), "resume.json")
    settled(page)
    page.goto("/wallet")
    settled(page)
    for title in ("Picker", "Certificate, Welding", "Forklift"):
        expect(page.locator("main")).to_contain_text(title)


def test_what_is_behind_a_link_comes_in(
    screen: Screens, newcomer: Callable[..., str], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Site(NoDocuments):
        """A site with one credential."""

        def fetch(self, address: str) -> bytes:
            return BADGE.encode() if address == "https://badges.example/1" else super().fetch(address)

    monkeypatch.setattr(served.services, "documents", Site())
    page = screen().sign_in(newcomer(), PASSWORD).go("/wallet/add")
    page.get_by_label("Address of the credential").fill("https://badges.example/1")
    page.locator("#way-link + form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gas metal arc welding")


def test_a_link_that_leads_inside_is_refused_in_words(screen: Screens, newcomer: Callable[..., str]) -> None:
    here = screen()
    here.expected |= {400, 422}
    page = here.sign_in(newcomer(), PASSWORD).go("/wallet/add")
    page.get_by_label("Address of the credential").fill("https://127.0.0.1/secret")
    page.locator("#way-link + form button").click()
    expect(page.get_by_role("alert")).to_contain_text("127.0.0.1")
    page.goto("/wallet")
    settled(page)
    expect(page.locator(".record")).to_have_count(0)

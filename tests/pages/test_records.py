"""The pages of records: every way in, the page of one record, and the way out of all of them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app as composition
from graph.model import Standing
from tests.people import PASSWORD
from tests.product import settings_for
from tests.services.test_records import Product
from tests.wallet.issuing import ESCO, badge, changed, signed_badge

BADGE = json.dumps(signed_badge()).encode()


class Pages(Product):
    """The served product with Pete signed in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.shell = composition.create_app(settings_for(folder, OFFLINE="1"), self.services)
        self.browser = self.signed_in("pete")

    def signed_in(self, name: str) -> FlaskClient:
        browser = self.shell.server.test_client()
        sent = {"email": f"{name}@example.org", "password": PASSWORD}
        assert browser.post("/api/v1/session", json=sent).status_code == 204
        return browser

    def send(self, path: str, browser: FlaskClient | None = None, **fields: Any) -> TestResponse:
        """Send a form, with the secret that a page of the person's has."""
        browser = browser or self.browser
        found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/account").text)
        assert found
        return browser.post(path, data={"csrf_token": found[1], **fields})

    def upload(self, content: bytes, name: str = "badge.json") -> TestResponse:
        return self.send("/wallet/add/file", file=(io.BytesIO(content), name))

    def only(self) -> Any:
        (record,) = self.records()
        return record


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    pages = Pages(tmp_path)
    yield pages
    pages.record.close()


def test_a_file_leads_to_the_page_of_its_record_with_every_check(pages: Pages):
    answer = pages.upload(BADGE)
    record = pages.only()
    assert answer.status_code == 303 and answer.location == f"/wallet/records/{record.id}"
    page = pages.browser.get(answer.location)
    assert page.status_code == 200
    for words in ("Gas metal arc welding", "is in your wallet: verified", "Signature", "Issuer known here"):
        assert words in page.text
    assert page.text.count('class="check check-') == len(record.checks)


def test_pasted_text_and_a_link_come_in_alike(pages: Pages):
    assert pages.send("/wallet/add/text", text=BADGE.decode()).status_code == 303
    pages.documents.put("https://issuer.example/b.json", BADGE)
    again = pages.send("/wallet/add/link", link="https://issuer.example/b.json")
    assert again.status_code == 303
    assert "It is kept once" in pages.browser.get(again.location).text
    assert pages.only().standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("file", {}, 422),
        ("file", {"file": (io.BytesIO(b"\x00\x01"), "x.bin")}, 422),
        ("text", {"text": ""}, 422),
        ("text", {"text": "hello"}, 422),
        ("text", {"text": "[" * 5000}, 422),
        ("link", {"link": ""}, 422),
        ("link", {"link": "http://127.0.0.1/"}, 422),
        ("link", {"link": "https://nobody.example/"}, 422),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(pages: Pages, path: str, fields: Any, status: int):
    answer = pages.send(f"/wallet/add/{path}", **fields)
    assert answer.status_code == status
    assert "This needs your attention" in answer.text
    assert pages.records() == ()


def test_a_credential_that_was_changed_is_refused_with_the_reason(pages: Pages):
    forged = changed(signed_badge(), "credentialSubject", "achievement", "name", to="Flying")
    answer = pages.upload(json.dumps(forged).encode())
    assert answer.status_code == 422 and "This was not kept" in answer.text
    assert pages.records() == ()


def test_words_of_a_file_are_never_markup(pages: Pages):
    loud = badge()
    loud["credentialSubject"]["achievement"]["name"] = "<script>alert(1)</script>"
    answer = pages.upload(json.dumps(loud).encode(), "<img>.json")
    page = pages.browser.get(answer.location)
    assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
    assert "<img>" not in page.text


def test_a_large_file_is_taken_from_who_is_signed_in_and_nobody_else(pages: Pages):
    large = b" " * (3 * 1024 * 1024)
    assert pages.upload(large).status_code == 422
    stranger = pages.shell.server.test_client()
    refused = stranger.post("/wallet/add/file", data={"file": (io.BytesIO(large), "x")})
    assert refused.status_code == 413
    assert pages.upload(b" " * (22 * 1024 * 1024)).status_code == 413


def test_an_unsigned_badge_is_kept_and_shown_as_not_verified_with_why(pages: Pages):
    page = pages.browser.get(pages.upload(json.dumps(badge()).encode()).location)
    assert pages.only().standing is Standing.SELF_ASSERTED
    assert "Not verified" in page.text and "It is not verified" in page.text


def test_a_double_submit_keeps_one(pages: Pages):
    assert pages.upload(BADGE).location == pages.upload(BADGE).location
    assert pages.only()
    entry = {"title": "Packer", "issuer": "Company A", "issued_on": "2020-01-01"}
    first = pages.send("/wallet/add/hand/employment", **entry)
    assert first.location == pages.send("/wallet/add/hand/employment", **entry).location
    assert len(pages.records()) == 2


def test_what_is_entered_by_hand_can_be_changed_and_removed(pages: Pages):
    made = pages.send(
        "/wallet/add/hand/licence", title="Class A license", number="A-1", expires_on="2027-05-31"
    )
    assert made.status_code == 303
    record = pages.only()
    assert (record.form, record.number, record.standing) == ("hand", "A-1", Standing.SELF_ASSERTED)
    form = pages.browser.get(f"/wallet/records/{record.id}/edit").text
    assert 'value="A-1"' in form and 'value="2027-05-31"' in form
    changed_to = {"title": "Class B license", "number": "B-2"}
    assert pages.send(f"/wallet/records/{record.id}/edit", **changed_to).status_code == 303
    assert (pages.only().title, pages.only().expires_on) == ("Class B license", None)
    assert pages.send(f"/wallet/records/{record.id}/remove").location == "/wallet"
    assert pages.records() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 301},
        {"issued_on": "yesterday"},
        {"issued_on": "2024-05-02", "ended_on": "2024-05-01"},
        {"issued_on": "0001-01-01"},
        {"hours": "many"},
        {"hours": "-4"},
        {"hours": "nan"},
        {"hours": "inf"},
        {"description": "x" * 5001},
    ],
)
def test_an_entry_that_cannot_be_kept_names_the_field(pages: Pages, wrong: dict[str, str]):
    answer = pages.send("/wallet/add/hand/employment", **{"title": "Packer", **wrong})
    assert answer.status_code == 422
    assert re.search(rf'id="{list(wrong)[-1]}-problem"|href="#{list(wrong)[-1]}"', answer.text)
    assert pages.records() == ()


def test_there_is_no_form_for_a_kind_that_nobody_enters(pages: Pages):
    assert pages.browser.get("/wallet/add/hand/claim").status_code == 404
    assert pages.send("/wallet/add/hand/credential", title="x").status_code in (404, 422)
    assert pages.records() == ()


def test_a_signed_record_cannot_be_rewritten(pages: Pages):
    pages.upload(BADGE)
    record = pages.only()
    assert pages.send(f"/wallet/records/{record.id}/edit", title="Better").status_code in (404, 409)
    assert pages.only() == record


def test_the_file_comes_back_as_it_came_and_is_only_ever_saved(pages: Pages):
    pages.upload(BADGE)
    answer = pages.browser.get(f"/wallet/records/{pages.only().id}/original")
    assert answer.data == BADGE
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_only_accepted_skills_count(pages: Pages):
    pages.upload(BADGE)
    record = pages.only()
    at = f"/wallet/records/{record.id}/skill"
    assert pages.send(at, skill=ESCO, step="rejected").status_code == 303
    assert pages.services.wallet_for(pages.pete).wallet().holdings == ()
    assert pages.send(at, skill=ESCO, step="accepted").status_code == 303
    assert len(pages.services.wallet_for(pages.pete).wallet().holdings) == 1
    assert pages.send(at, skill="https://made.up/skill", step="accepted").status_code == 422
    assert pages.send(at, skill="https://made.up/skill", step="choose").status_code == 404


def test_what_is_hidden_counts_nothing_until_it_is_shown(pages: Pages):
    pages.upload(BADGE)
    at = f"/wallet/records/{pages.only().id}/hide"
    pages.send(at, hidden="1")
    assert pages.services.wallet_for(pages.pete).wallet().holdings == ()
    pages.send(at, hidden="0")
    assert pages.services.wallet_for(pages.pete).wallet().holdings


def test_what_somebody_else_put_there_can_be_declined_and_disputed(pages: Pages):
    pages.services.records_for(pages.pete).receive(
        str(pages.pete.person_id), BADGE, "badge.json", sender="Technical Institute"
    )
    at = f"/wallet/records/{pages.only().id}"
    assert "Put here by Technical Institute" in pages.browser.get(at).text
    assert pages.send(f"{at}/decline", declined="1").status_code == 303
    assert pages.only().declined and not pages.services.wallet_for(pages.pete).wallet().holdings
    assert pages.send(f"{at}/dispute", dispute="The date is wrong.").status_code == 303
    assert pages.only().dispute == "The date is wrong."
    assert pages.send(f"{at}/dispute", step="withdraw", dispute="x").status_code == 303
    assert pages.only().dispute == ""


def test_one_s_own_record_is_not_declined(pages: Pages):
    pages.upload(BADGE)
    assert pages.send(f"/wallet/records/{pages.only().id}/decline", declined="1").status_code == 422


def test_another_person_s_record_is_not_found_by_any_address(pages: Pages):
    pages.upload(BADGE)
    record = pages.only()
    pages.record.person("Maya")
    maya = pages.signed_in("maya")
    at = f"/wallet/records/{record.id}"
    for path in (at, f"{at}/original", f"{at}/edit"):
        assert maya.get(path).status_code == 404, path
    for path in ("check", "skill", "hide", "decline", "dispute", "remove", "edit"):
        sent = {"skill": ESCO, "step": "rejected", "hidden": "1", "declined": "1", "title": "x"}
        assert pages.send(f"{at}/{path}", maya, **sent).status_code == 404, path
    assert pages.only() == record


def test_a_visitor_is_sent_to_sign_in(pages: Pages):
    visitor = pages.shell.server.test_client()
    for path in (
        "/wallet/add",
        "/wallet/add/hand/gig",
        "/wallet/records/x",
        "/wallet/export",
        "/wallet/delete",
    ):
        assert visitor.get(path).location.startswith("/login"), path


def test_everything_can_be_downloaded_and_brought_in_again(pages: Pages):
    pages.upload(BADGE)
    pages.send("/wallet/add/hand/caring", title="Cared for a <parent>")
    answer = pages.browser.get("/wallet/export")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        (original,) = [name for name in names if name.startswith("originals/")]
        assert archive.read(original) == BADGE
        presentation = archive.read("presentation.json")
        assert len(json.loads(archive.read("wallet.json"))["records"]) == 2
        page = archive.read("wallet.html").decode()
    assert "Cared for a &lt;parent&gt;" in page and "<script" not in page
    maya = pages.record.person("Maya")
    (came,) = pages.bring(presentation, "presentation.json", actor=maya)
    assert came.record.standing is Standing.VERIFIED


def test_everything_is_deleted_only_when_it_is_meant(pages: Pages, monkeypatch: pytest.MonkeyPatch):
    counted: list[str] = []
    monkeypatch.setattr(pages.services, "recount", counted.append)
    pages.upload(BADGE)
    assert "1 record goes" in pages.browser.get("/wallet/delete").text
    assert pages.send("/wallet/delete", word="yes").status_code == 422
    assert len(pages.records()) == 1
    assert pages.send("/wallet/delete", word=" delete ").location == "/wallet"
    assert counted == [pages.pete.person_id]
    assert pages.record.wallets.size(pages.pete.person_id) == (0, 0)
    assert pages.browser.get("/account").status_code == 200


def test_the_camera_is_open_to_the_page_that_scans_and_to_no_other(pages: Pages):
    assert "camera=(self)" in pages.browser.get("/wallet/add").headers["Permissions-Policy"]
    assert "camera=()" in pages.browser.get("/wallet/delete").headers["Permissions-Policy"]


def test_the_account_s_export_holds_the_records_too(pages: Pages):
    pages.upload(json.dumps(badge()).encode())
    (told,) = json.loads(pages.browser.get("/account/export").text)["records"]
    assert told["title"] == "Gas metal arc welding" and told["verdict"] == "unsigned"


def test_a_log_of_bringing_in_says_nothing_of_what_or_whose(pages: Pages, capsys: pytest.CaptureFixture[str]):
    pages.upload(b"my very secret words", "secret-name.json")
    pages.upload(BADGE, "secret-name.json")
    pages.browser.get(f"/wallet/records/{pages.only().id}")
    said = "".join(capsys.readouterr())
    assert "/wallet/add/file" in said and "/wallet/records/<record_id>" in said
    for secret in ("secret", "welding", "pete", pages.only().id, str(pages.pete.person_id)):
        assert secret not in said.lower(), secret

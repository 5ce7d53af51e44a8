"""The pages of sharing, and what whoever has a link is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from graph.model import Standing
from tests.careers import skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from wallet.record import RecordedSkill, RecordKind, WalletRecord

LIFT = skill("lift patients")
SECRET = re.compile(r'value="https?://[^"]+(/s/[A-Za-z0-9_-]{22})"')


class Sharing(SmallProduct):
    """The product, with somebody who has one verified skill."""

    def as_person(self, name: str) -> Any:
        actor = self.record.person(name)
        self.record.wallets.add(
            actor.person_id,
            WalletRecord(
                kind=RecordKind.CREDENTIAL,
                title=f"Care certificate of {name}",
                standing=Standing.VERIFIED,
                issuer="Inland Technical Institute",
                skills=(RecordedSkill(LIFT.uri, LIFT.name),),
            ),
        )
        self.enter(name)
        return actor

    def enter(self, name: str) -> None:
        self.browser = self.shell.server.test_client()
        sent = {"email": f"{name.lower()}@example.org", "password": PASSWORD}
        assert self.browser.post("/api/v1/session", json=sent).status_code == 204

    def post(self, path: str, **fields: Any) -> Any:
        page = self.browser.get("/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        return self.browser.post(path, data={**fields, "csrf_token": token[1]})

    def link(self, **more: Any) -> str:
        answer = self.post("/shares/make", **form(**more))
        assert answer.status_code == 200, answer.text
        found = SECRET.search(answer.text)
        assert found, answer.text
        return found[1]


def form(**more: Any) -> dict[str, Any]:
    last = datetime.now(UTC).date() + timedelta(days=7)
    usual = {"which": "all", "purpose": "Company B", "expires": last.isoformat(), "openings": "3"}
    return {**usual, **more}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Sharing]:
    product = Sharing(tmp_path)
    yield product
    product.close()


def test_from_choosing_to_a_link_and_back(here: Sharing):
    here.as_person("Rosa")
    assert "Share by a link" in here.browser.get("/shares").text
    assert LIFT.name in here.browser.get("/shares/new").text
    seen = here.post("/shares/preview", **form()).text
    assert "What they will see" in seen and LIFT.name in seen and "Care certificate" not in seen
    path = here.link()
    stranger = here.shell.server.test_client()
    page = stranger.get(path)
    assert page.status_code == 200 and LIFT.name in page.text and "Rosa" not in page.text
    listed = here.browser.get("/shares").text
    assert "Company B" in listed and path not in listed and "Somebody with the link" in listed
    share = re.search(r"/shares/([0-9a-f]{32})/withdraw", listed)
    assert here.post(f"/shares/{share[1]}/withdraw").status_code == 303
    gone = stranger.get(path)
    assert gone.status_code == 410 and "taken it back" in gone.text


def test_a_program_is_answered_in_json(here: Sharing):
    here.as_person("Rosa")
    answer = here.shell.server.test_client().get(here.link(), headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    assert [one["uri"] for one in answer.json["skills"]] == [LIFT.uri]
    assert answer.json["records"] == [] and answer.json["verified_at"]
    missing = here.shell.server.test_client().get("/s/never", headers={"Accept": "application/json"})
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")


def test_nothing_of_it_is_kept_indexed_or_told_in_a_preview(here: Sharing):
    here.as_person("Rosa")
    path = here.link(openings="1")
    stranger = here.shell.server.test_client()
    peek = stranger.get(path, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    assert peek.status_code == 200 and LIFT.name not in peek.text and "Company B" not in peek.text
    assert stranger.head(path).status_code == 200
    answer = stranger.get(path)
    assert LIFT.name in answer.text  # Neither of the two was an opening.
    assert "noindex" in answer.headers["X-Robots-Tag"] and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.get(path).status_code == 410


def test_the_api_makes_lists_and_withdraws(here: Sharing):
    here.as_person("Rosa")
    body = {"skills": [LIFT.uri], "purpose": "Company B", "expires": form()["expires"], "openings": 2}
    made = here.browser.post("/api/v1/shares", json=body)
    assert made.status_code == 201 and set(made.json) == {"id", "url"}
    path = made.json["url"].split("localhost", 1)[-1]
    assert here.shell.server.test_client().get(path).status_code == 200
    (listed,) = here.browser.get("/api/v1/shares").json
    assert (listed["id"], listed["state"], listed["opened"]) == (made.json["id"], "live", 1)
    assert "url" not in listed
    assert here.browser.delete(f"/api/v1/shares/{made.json['id']}").status_code == 204
    assert here.shell.server.test_client().get(path).status_code == 410


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"skills": "some", "expires": "2030-01-01"},
        {"skills": "all", "expires": "tomorrow"},
        {"skills": "all", "expires": "2000-01-01"},
        {"skills": "all", "expires": "2026-12-31", "openings": 0},
        {"skills": [], "expires": "2026-12-31"},
        {"skills": ["x" * 300], "expires": "2026-12-31"},
    ],
)
def test_a_share_that_makes_no_sense_is_refused_in_words(here: Sharing, body: dict[str, Any]):
    here.as_person("Rosa")
    answer = here.browser.post("/api/v1/shares", json=body)
    assert answer.status_code in (400, 422) and answer.json["detail"]
    assert here.browser.get("/api/v1/shares").json == []


def test_anothers_share_is_not_there(here: Sharing):
    here.as_person("Rosa")
    path = here.link()
    share = re.search(r"/shares/([0-9a-f]{32})/withdraw", here.browser.get("/shares").text)[1]
    here.as_person("Omar")
    assert here.post(f"/shares/{share}/withdraw").status_code == 404
    assert here.browser.delete(f"/api/v1/shares/{share}").status_code == 404
    assert here.post(f"/shares/consents/{share}/withdraw").status_code == 404
    assert here.browser.get("/api/v1/shares").json == []
    assert here.shell.server.test_client().get(path).status_code == 200


def test_bad_forms_come_back_with_what_was_typed(here: Sharing):
    here.as_person("Rosa")
    for more in ({"expires": "soon"}, {"expires": "2000-01-01"}, {"openings": "many"}, {"which": "none"}):
        answer = here.post("/shares/preview", **form(**more))
        assert answer.status_code == 422
        assert "This needs your attention" in answer.text and "Company B" in answer.text


def test_a_counselor_is_let_in_and_out(here: Sharing):
    from accounts.roles import PersonRole

    dana = here.record.person("Dana")
    here.record.people.grant_roles(dana.person_id, {PersonRole.COUNSELOR})
    here.as_person("Rosa")
    answer = here.post("/shares/consents/counselor", counselor=dana.person_id, action="plans.change")
    assert answer.status_code == 303
    page = here.browser.get("/shares").text
    assert "Dana" in page and "write plans with you" in page
    consent = re.search(r"/shares/consents/([0-9a-f]{32})/withdraw", page)[1]
    here.post(f"/shares/consents/{consent}/withdraw")
    assert "/withdraw" not in here.browser.get("/shares").text
    refused = here.post("/shares/consents/counselor", counselor=dana.person_id, until="2000-01-01")
    assert refused.status_code == 400 and "two years" in refused.text


def test_being_counted_is_one_click_each_way(here: Sharing):
    here.as_person("Rosa")
    assert 'name="regional" value="y" checked' not in here.browser.get("/shares").text
    here.post("/shares/consents/regional", regional="y")
    assert 'name="regional" value="y" checked' in here.browser.get("/shares").text
    here.post("/shares/consents/regional")
    assert 'name="regional" value="y" checked' not in here.browser.get("/shares").text


def test_a_visitor_is_sent_to_sign_in(here: Sharing):
    stranger = here.shell.server.test_client()
    for path in ("/shares", "/shares/new"):
        answer = stranger.get(path)
        assert answer.status_code == 303 and answer.location.startswith("/login")
    assert stranger.get("/api/v1/shares").status_code == 401


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_document_shows_what_was_chosen_with_the_link_and_nothing_else(here: Sharing, language: str):
    here.as_person("Rosa")
    here.browser.get(f"/language/{language}")
    asked = form(form="a-form-of-twenty-two-letters", purpose='#panic("no") *Course*')
    path = here.link(**asked)
    answer = here.post("/shares/pdf", **asked)
    assert answer.mimetype == "application/pdf"
    read = PdfReader(BytesIO(answer.data))
    assert read.root_object["/Lang"] == language and read.root_object["/MarkInfo"]["/Marked"]
    text = read.pages[0].extract_text()
    assert LIFT.name in text and '#panic("no") *Course*' in text and path.rpartition("/")[2] in text
    assert "Rosa" not in text and "Care certificate" not in text
    links = {note.get_object()["/A"]["/URI"] for note in read.pages[0]["/Annots"]}
    assert {link.partition("/s/")[2] for link in links} == {path.rpartition("/")[2]}
    # Whoever has the link gets the same as a document; it counts as an opening.
    stranger = here.shell.server.test_client()
    assert stranger.get(path, headers={"Accept": "application/pdf"}).data[:5] == b"%PDF-"
    assert here.post("/shares/pdf", **form(form="a-form-that-made-no-link")).status_code == 422


def test_no_document_is_made_of_a_link_that_was_taken_back(here: Sharing):
    here.as_person("Rosa")
    asked = form(form="a-form-of-twenty-two-letters")
    here.link(**asked)
    (share,) = here.browser.get("/api/v1/shares").json
    here.browser.delete(f"/api/v1/shares/{share['id']}")
    answer = here.post("/shares/pdf", **asked)
    assert answer.status_code == 422 and "no longer good" in answer.text


def test_the_sentence_said_yes_to_is_shown_before_and_kept_to_be_seen(here: Sharing):
    here.as_person("Rosa")
    words = re.search(
        r'<blockquote class="given-words">([^<]+)<', here.post("/shares/preview", **form()).text
    )
    assert words and "I see every opening" in words[1]
    here.link()
    here.browser.get("/language/es")
    page = here.browser.get("/shares").text
    kept = re.search(r'<blockquote class="given-words" lang="en">([^<]+)<', page)
    assert kept and kept[1] == words[1] and "English" in page
    (share,) = here.browser.get("/api/v1/shares").json
    here.post(f"/shares/{share['id']}/change", expires=form()["expires"], openings="9")
    assert here.browser.get("/api/v1/shares").json[0]["openings"] == 9
    assert here.post(f"/shares/{'0' * 32}/change", **form()).status_code == 404


def test_what_group_somebody_belongs_to_is_told_here_and_taken_back(tmp_path: Path) -> None:
    product = Sharing(tmp_path)
    actor = product.as_person("Rosa")
    assert "Once your skills are counted" in product.browser.get("/shares").text
    assert product.post("/shares/groups", veterans="yes").status_code == 400
    product.post("/shares/consents/regional", regional="y")
    assert product.post("/shares/groups", veterans="yes", english_learners="").status_code == 303
    page = product.browser.get("/shares").text
    assert 'id="veterans-yes" name="veterans" value="yes" checked' in page
    assert 'id="english_learners-none" name="english_learners" value="" checked' in page
    assert "Changed what the figures of groups may use" in page
    assert product.services.groups.mine(actor).groups == ("veterans",)
    product.post("/shares/groups")
    assert product.services.groups.mine(actor).groups == ()
    product.close()

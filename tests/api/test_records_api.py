"""What a person's programs may do with records: bring in, look at, check, decide, remove, take out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.test_records import BADGE, Pages
from tests.wallet.issuing import ESCO, badge, changed, signed_badge

RECORDS = "/api/v1/wallet/records"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    pages = Pages(tmp_path)
    yield pages
    pages.record.close()


def bring(pages: Pages, content: bytes = BADGE):
    return pages.browser.post(f"{RECORDS}?name=badge.json", data=content)


def test_a_file_is_brought_in_and_looked_at(pages: Pages):
    answer = bring(pages)
    assert answer.status_code == 201
    (came,) = answer.json
    assert (came["outcome"], came["standing"], came["verdict"]) == ("new", "verified", "verified")
    record = pages.browser.get(f"{RECORDS}/{came['id']}").json
    assert record["credential"]["title"] == "Gas metal arc welding"
    assert {"name": "proof", "result": "passed"}.items() <= record["checks"][2].items()
    assert [one["state"] for one in record["proposals"]] == ["accepted"]
    assert bring(pages).json[0]["outcome"] == "same"
    assert pages.browser.get("/api/v1/wallet").json["credentials"][0]["form"] == "open_badge_3"


def test_what_cannot_be_kept_is_a_problem_with_its_reason(pages: Pages):
    forged = changed(signed_badge(), "credentialSubject", "achievement", "name", to="Flying")
    for content, status in ((b"", 422), (b"hello", 422), (json.dumps(forged).encode(), 422)):
        answer = bring(pages, content)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert answer.json["detail"]
    assert bring(pages, b" " * (22 * 1024 * 1024)).status_code == 413
    assert pages.records() == ()


def test_skills_are_decided_and_the_record_checked_and_removed(pages: Pages):
    at = f"{RECORDS}/{bring(pages).json[0]['id']}"
    rejected = pages.browser.post(f"{at}/proposals", json={"uri": ESCO, "state": "rejected"})
    assert rejected.status_code == 200 and rejected.json["credential"]["skills"] == []
    chosen = pages.browser.post(f"{at}/proposals", json={"uri": ESCO, "state": "chosen"})
    assert [skill["uri"] for skill in chosen.json["credential"]["skills"]] == [ESCO]
    assert pages.browser.post(f"{at}/proposals", json={"uri": "x:y", "state": "accepted"}).status_code == 422
    assert pages.browser.post(f"{at}/check").json["credential"]["verdict"] == "verified"
    assert pages.browser.delete(at).status_code == 204
    assert pages.browser.delete(at).status_code == 404


def test_a_skill_chosen_instead_of_another_keeps_what_it_was_read_from(pages: Pages):
    elsewhere = "https://ctdl.example/ce-1"
    named = changed(badge(), "credentialSubject", "achievement", "alignment", 0, "targetUrl", to=elsewhere)
    at = f"{RECORDS}/{bring(pages, json.dumps(named).encode()).json[0]['id']}"
    (old,) = pages.browser.get(at).json["proposals"]
    assert (old["uri"], old["state"]) == (elsewhere, "proposed")
    answer = pages.browser.post(
        f"{at}/proposals", json={"uri": ESCO, "state": "chosen", "instead_of": elsewhere}
    )
    assert answer.status_code == 200
    found = {one["uri"]: (one["source"], one["state"], one["words"]) for one in answer.json["proposals"]}
    assert found[elsewhere][1] == "rejected"
    assert found[ESCO] == ("person", "accepted", old["skill"])
    assert [skill["uri"] for skill in answer.json["credential"]["skills"]] == [ESCO]


def test_everything_is_taken_out_as_a_zip(pages: Pages):
    bring(pages)
    answer = pages.browser.get("/api/v1/wallet/export")
    assert answer.mimetype == "application/zip" and answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"presentation.json", "wallet.json", "wallet.html"} <= set(archive.namelist())


def test_another_person_s_record_is_not_found(pages: Pages):
    at = f"{RECORDS}/{bring(pages).json[0]['id']}"
    pages.record.person("Maya")
    maya = pages.signed_in("maya")
    decision = {"uri": ESCO, "state": "rejected"}
    assert maya.get(at).status_code == 404
    assert maya.post(f"{at}/check").status_code == 404
    assert maya.post(f"{at}/proposals", json=decision).status_code == 404
    assert maya.delete(at).status_code == 404
    visitor = pages.shell.server.test_client()
    assert visitor.get(at).status_code == visitor.post(RECORDS, data=BADGE).status_code == 401
    assert len(pages.records()) == 1 and pages.only().skills

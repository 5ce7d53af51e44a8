"""The pages of postings and of an employer, from the first word to taking it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from accounts.roles import PersonRole
from graph.model import Standing
from tests.careers import skill
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from wallet.record import RecordedSkill, RecordKind, WalletRecord

LIFT, WRITE = skill("lift patients"), skill("write reports")


class Hiring(SmallProduct):
    """The product, with an employer and somebody who has one verified skill."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        company = self.record.person("Company-B")
        self.record.people.grant_roles(company.person_id, {PersonRole.EMPLOYER})
        self.rosa = self.record.person("Rosa")
        self.record.wallets.add(
            self.rosa.person_id,
            WalletRecord(
                kind=RecordKind.CREDENTIAL,
                title="Care certificate of Rosa",
                standing=Standing.VERIFIED,
                issuer="Inland Technical Institute",
                skills=(RecordedSkill(LIFT.uri, LIFT.name),),
            ),
        )
        self.company, self.person = self.enter("company-b"), self.enter("rosa")

    def enter(self, name: str) -> Any:
        browser = self.shell.server.test_client()
        sent = {"email": f"{name}@example.org", "password": PASSWORD}
        assert browser.post("/api/v1/session", json=sent).status_code == 204
        return browser

    def post(self, browser: Any, path: str, **fields: Any) -> Any:
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/account").text)
        assert token
        return browser.post(path, data={**fields, "csrf_token": token[1]})

    def begun(self) -> str:
        """The address of a draft."""
        made = self.post(self.company, "/employer/postings", **{"from": "skills", "title": "Ward assistant"})
        assert made.status_code == 303
        return str(made.location)

    def form(self, **more: Any) -> dict[str, Any]:
        usual = {
            "title": "Ward assistant",
            "skill": [LIFT.uri, WRITE.uri],
            f"kind-{LIFT.uri}": "must",
            f"kind-{WRITE.uri}": "preferred",
            "last_day": (datetime.now(UTC).date() + timedelta(days=20)).isoformat(),
            "wage_low": "$20",
            "wage_high": "24.50",
            "step": "publish",
        }
        return {**usual, **more}

    def published(self) -> str:
        path = self.begun()
        assert self.post(self.company, f"{path}/save", **self.form()).status_code == 303
        return path.rsplit("/", 1)[1]

    def sending(self, **more: Any) -> dict[str, Any]:
        until = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
        return {"which": "all", "field": ["name", "email"], "until": until, **more}

    def applied(self) -> str:
        posting = self.published()
        answer = self.post(self.person, f"/postings/{posting}/send", **self.sending())
        assert answer.status_code == 303
        return posting


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hiring]:
    product = Hiring(tmp_path)
    yield product
    product.close()


def application_of(here: Hiring, posting: str) -> str:
    found = re.search(
        r"/employer/applications/([0-9a-f]{32})", here.company.get(f"/employer/postings/{posting}").text
    )
    assert found
    return found[1]


def test_from_a_posting_to_reading_it_blind_moving_forward_and_taking_it_back(here: Hiring):
    assert here.company.get("/employer").text.count("<h1") == 1
    posting = here.published()
    assert "Ward assistant" in here.person.get("/postings").text
    page = here.person.get(f"/postings/{posting}").text
    assert "1 matched, 0 partly, 1 missing" in page and "$20.00 – $24.50 an hour" in page
    seen = here.post(here.person, f"/postings/{posting}/preview", **here.sending()).text
    assert "What they will see" in seen and "rosa@example.org" in seen
    assert here.post(here.person, f"/postings/{posting}/send", **here.sending()).status_code == 303
    application = application_of(here, posting)
    blind = here.company.get(f"/employer/applications/{application}").text
    assert re.search(r"Applicant [A-Z]\d[A-Z]\d", blind) and LIFT.name in blind
    assert not re.search("rosa|inland|care certificate", blind, re.IGNORECASE)
    moved = here.post(here.company, f"/employer/applications/{application}/forward")
    assert moved.status_code == 303
    assert "rosa@example.org" in here.company.get(f"/employer/applications/{application}").text
    assert "moved you forward" in here.person.get("/postings").text
    assert "Moved you forward" in here.person.get("/shares").text
    assert here.post(here.person, f"/postings/{posting}/withdraw").status_code == 303
    gone = here.company.get(f"/employer/applications/{application}")
    assert gone.status_code == 404 and "rosa" not in gone.text.casefold()
    assert "Nobody has sent anything" in here.company.get(f"/employer/postings/{posting}").text


def test_the_answer_stands_beside_the_reading(here: Hiring):
    posting = here.applied()
    refused = here.post(here.person, f"/postings/{posting}/answer", answer="I am Rosa.")
    assert refused.status_code == 422 and "I am Rosa." in refused.text
    here.post(here.person, f"/postings/{posting}/answer", answer="I like early mornings.")
    application = application_of(here, posting)
    assert "I like early mornings." in here.company.get(f"/employer/applications/{application}").text


def test_unlawful_words_are_told_and_not_published(here: Hiring):
    path = here.begun()
    answer = here.post(
        here.company, f"{path}/save", **here.form(description="Men only, <script>alert(1)</script> under 35.")
    )
    assert answer.status_code == 422
    assert "Words that may be unlawful" in answer.text and "“Men only”" in answer.text
    assert "<script>alert" not in answer.text
    assert here.person.get("/postings").text.count("Ward assistant") == 0
    kept = here.form(description="Men only.", **{"read-warnings": "y"})
    assert here.post(here.company, f"{path}/save", **kept).status_code == 303


def test_a_megabyte_of_text_is_refused_in_words(here: Hiring):
    big = {"from": "text", "title": "Ward assistant", "text": "lift patients " * 75_000}
    answer = here.post(here.company, "/employer/postings", **big)
    assert answer.status_code == 422 and "Paste the part about the work" in answer.text
    assert "You have no posting yet" in here.company.get("/employer").text


@pytest.mark.parametrize(
    "more",
    [
        {"last_day": "soon"},
        {"last_day": "2000-01-01"},
        {"wage_low": "a lot"},
        {"wage_low": "1e9"},
        {"wage_low": "30", "wage_high": "20"},
        {"title": ""},
        {"skill": ["http://example.org/none"]},
        {"area": "99999"},
    ],
)
def test_a_form_that_makes_no_sense_comes_back_in_words(here: Hiring, more: dict[str, Any]):
    path = here.begun()
    answer = here.post(here.company, f"{path}/save", **here.form(**more))
    assert answer.status_code == 422 and "This needs your attention" in answer.text
    assert "No employer has an open posting" in here.person.get("/postings").text


@pytest.mark.parametrize(
    "more", [{"until": "soon"}, {"until": "2000-01-01"}, {"which": "chosen"}, {"record": "x"}]
)
def test_what_cannot_be_sent_comes_back_in_words(here: Hiring, more: dict[str, Any]):
    posting = here.published()
    for step in ("preview", "send"):
        answer = here.post(here.person, f"/postings/{posting}/{step}", **here.sending(**more))
        assert answer.status_code == 422 and "This needs your attention" in answer.text
    assert here.person.get("/api/v1/applications").json == []


def test_anothers_posting_and_application_are_not_there(here: Hiring):
    posting = here.applied()
    application = application_of(here, posting)
    other = here.record.person("Company-C")
    here.record.people.grant_roles(other.person_id, {PersonRole.EMPLOYER})
    other = here.enter("company-c")
    for path in (
        f"/employer/postings/{posting}",
        f"/employer/postings/{posting}/applications.csv",
        f"/employer/applications/{application}",
        f"/employer/postings/{posting}/compare?a={application}&a={application}",
        f"/api/v1/employer/postings/{posting}/applications",
        f"/api/v1/employer/postings/{posting}/applications.csv",
        f"/api/v1/employer/applications/{application}",
        "/postings/nothing",
        "/api/v1/postings/nothing",
        "/api/v1/postings/nothing/application",
    ):
        answer = other.get(path)
        assert answer.status_code == 404, path
    for path in ("close", "remove", "save"):
        answer = here.post(other, f"/employer/postings/{posting}/{path}", **here.form())
        assert answer.status_code == 404
    assert here.post(other, f"/employer/applications/{application}/forward").status_code == 404
    assert other.post(f"/api/v1/employer/applications/{application}/forward").status_code == 404
    assert here.company.get(f"/employer/applications/{application}").status_code == 200


def test_asking_for_another_s_leaves_a_line_that_says_nothing_of_anybody(here: Hiring):
    posting = here.applied()
    application = application_of(here, posting)
    other = here.record.person("Company-C")
    here.record.people.grant_roles(other.person_id, {PersonRole.EMPLOYER})
    other = here.enter("company-c")
    with capture_logs() as lines:
        other.get(f"/employer/postings/{posting}")
        other.get(f"/api/v1/employer/applications/{application}")
        other.get("/employer/postings/none")
    told = [line for line in lines if line["event"] == "asked for somebody else's"]
    assert [line["kind"] for line in told] == ["posting", "application"]
    assert not any(one in str(lines) for one in (posting, application, "Rosa", "Company"))


def test_a_learner_is_no_employer_and_a_visitor_signs_in(here: Hiring):
    posting = here.published()
    for path in ("/employer", f"/employer/postings/{posting}", "/api/v1/employer/postings"):
        assert here.person.get(path).status_code == 403
    stranger = here.shell.server.test_client()
    for path in ("/postings", f"/postings/{posting}", "/employer"):
        answer = stranger.get(path)
        assert answer.status_code == 303 and answer.location.startswith("/login")
    for path in ("/api/v1/postings", "/api/v1/applications", "/api/v1/employer/postings"):
        assert stranger.get(path).status_code == 401


def test_the_api_posts_applies_answers_and_takes_back(here: Hiring):
    last = (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
    body = {
        "title": "Ward assistant",
        "last_day": last,
        "skills": [{"uri": LIFT.uri, "must": True}],
        "publish": True,
    }
    made = here.company.post("/api/v1/employer/postings", json=body)
    assert made.status_code == 201 and made.json["posting"]["state"] == "open"
    refused = here.company.post("/api/v1/employer/postings", json={**body, "description": "Men only."})
    assert refused.status_code == 422 and len(here.company.get("/api/v1/employer/postings").json) == 1
    path = f"/api/v1/postings/{made.json['posting']['id']}"
    assert here.person.get(f"{path}/reading").json["matched"] == 1
    sent = here.person.post(f"{path}/application", json={"skills": "all", "fields": ["name"], "until": last})
    assert sent.status_code == 201 and sent.json["name"] == ""
    answered = here.person.post(f"{path}/application/answer", json={"answer": "I like it."})
    assert answered.json["answer"] == "I like it."
    listed = here.company.get(f"/api/v1/employer/postings/{made.json['posting']['id']}/applications").json
    assert [one["label"] for one in listed] == [sent.json["label"]]
    moved = here.company.post(f"/api/v1/employer/applications/{listed[0]['id']}/forward")
    assert (moved.json["name"], moved.json["email"]) == ("Rosa", "")
    assert here.person.delete(f"{path}/application").status_code == 204
    assert here.company.get(f"/api/v1/employer/applications/{listed[0]['id']}").status_code == 404
    assert [one["state"] for one in here.person.get("/api/v1/applications").json] == ["withdrawn"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_are_there_in_both_languages(here: Hiring, language: str):
    posting = here.applied()
    application = application_of(here, posting)
    for browser, paths in (
        (
            here.company,
            ("/employer", f"/employer/postings/{posting}", f"/employer/applications/{application}"),
        ),
        (here.person, ("/postings", f"/postings/{posting}")),
    ):
        browser.get(f"/language/{language}")
        for path in paths:
            page = browser.get(path)
            assert page.status_code == 200 and f'<html lang="{language}"' in page.text, path


def test_the_four_fifths_rule_is_reckoned_of_enough_people_and_never_below(here: Any):
    path = f"/employer/postings/{here.published()}/impact"
    assert here.company.get(path).status_code == 200

    def told(*rows: tuple[str, object, object]) -> Any:
        columns = zip(*rows, strict=True)
        return here.post(
            here.company,
            path,
            **{
                name: list(map(str, one))
                for name, one in zip(("group", "applied", "moved"), columns, strict=True)
            },
        )

    answer = told(("40 and over", 40, 10), ("under 40", 60, 30), ("<b>not said", 10, 10))
    assert answer.status_code == 200
    assert "less than four fifths of the highest rate: 40 and over." in answer.text
    assert "fewer than 11 people: no figure" in answer.text and "<b>not said" not in answer.text
    assert "100%" in answer.text and "50%" in answer.text
    # A small group is compared with nobody, and none with it.
    few = told(("one", 10, 1), ("other", 50, 50))
    assert "Too few people to compare" in few.text and "10%" not in few.text
    for wrong in (
        (("a", 5, 9), ("b", 5, 1)),
        (("a", "x", 1), ("b", 5, 1)),
        (("a", 5, 1),),
        (("a", 5, 1), ("A", 5, 1)),
        (("", 5, 1), ("b", "9" * 5000, 1)),
    ):
        assert told(*wrong).status_code == 422
    assert here.person.get(path).status_code == 403
    other = here.record.person("Company-C")
    here.record.people.grant_roles(other.person_id, {PersonRole.EMPLOYER})
    assert here.enter("company-c").get(path).status_code == 404

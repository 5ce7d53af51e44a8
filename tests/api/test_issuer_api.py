"""Issuing for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from accounts.actor import Actor
from accounts.roles import PersonRole
from services.container import Services
from tests.careers import skill
from tests.people import SystemOfRecord

BODY: dict[str, Any] = {
    "achievement": {
        "name": "Patient care",
        "description": "Two days.",
        "criteria": "Lift somebody.",
        "skills": [skill("lift patients").uri],
    },
    "name": "Pete",
    "email": "pete@example.org",
}
PATH = "/api/v1/issuer/credentials"


@pytest.fixture
def issuer(client: FlaskClient, record: SystemOfRecord) -> Any:
    """Somebody who issues, and asks."""
    kim = record.person("Kim")
    record.people.grant_roles(str(kim.person_id), {PersonRole.ISSUER})

    def ask(method: str, path: str = PATH, body: Any = None) -> Any:
        return client.open(path, method=method, json=body, headers={"Person": kim.person_id})

    return ask


def test_a_credential_is_issued_listed_and_revoked(issuer: Any, services: Services, pete: Actor):
    made = issuer("POST", body={**BODY, "expires_on": "2040-01-01"})
    assert made.status_code == 201, made.text
    answer = made.get_json()
    assert answer["credential"]["proof"] and answer["expires_on"] == "2040-01-01"
    assert "pete" not in json.dumps(answer["credential"]).lower()
    wallet = services.wallet_for(pete)
    assert [one.standing for one in wallet.records() if one.title == "Patient care"] == ["verified"]
    (listed,) = issuer("GET", PATH + "?q=pete").get_json()
    assert (listed["id"], listed["revoked_at"]) == (answer["id"], None)
    assert issuer("GET", PATH + "?q=maya").get_json() == []
    assert issuer("POST", f"{PATH}/{answer['id']}/revoke", {"reason": "Mistake"}).status_code == 204
    assert issuer("GET").get_json()[0]["reason"] == "Mistake"
    assert [one.standing for one in wallet.records() if one.title == "Patient care"] == ["revoked"]
    assert issuer("POST", f"{PATH}/{answer['id']}/revoke", {"reason": "Again"}).status_code == 409


def test_the_same_reference_issues_once(issuer: Any):
    answers = [issuer("POST", body={**BODY, "reference": "row 7"}).get_json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(issuer("GET").get_json()) == 1
    issuer("POST", body={**BODY, "reference": "row 8"})
    assert len(issuer("GET").get_json()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nobody"},
        {"name": "=1+1"},
        {"expires_on": "2001-01-01"},
        {"expires_on": "soon"},
        {"achievement": {}},
        {"achievement": {**BODY["achievement"], "kind": "Throne"}},
        {"achievement": {**BODY["achievement"], "skills": "x"}},
    ],
)
def test_what_cannot_be_issued_is_refused(issuer: Any, change: dict[str, Any]):
    assert issuer("POST", body={**BODY, **change}).status_code == 400
    assert issuer("GET").get_json() == []


def test_learners_and_visitors_issue_nothing(client: FlaskClient, pete: Actor):
    for headers, status in (({"Person": pete.person_id}, 403), ({}, 401)):
        for method, path, body in (
            ("POST", PATH, BODY),
            ("GET", PATH, None),
            ("POST", f"{PATH}/{'0' * 32}/revoke", {"reason": "x"}),
        ):
            answer = client.open(path, method=method, json=body, headers=headers)
            assert answer.status_code == status
            assert answer.mimetype == "application/problem+json"


def test_it_is_described(client: FlaskClient):
    client.application.config.setdefault("SESSION_COOKIE_NAME", "session")
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert set(paths[PATH]) == {"get", "post"} and "post" in paths[PATH + "/{id}/revoke"]

"""The API inside the served product: the same cookie as the form, and nobody from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from services.container import Services
from tests.api.test_roles_api import assert_problem
from tests.people import PASSWORD, SystemOfRecord

PETE = {"email": "pete@example.org", "password": PASSWORD}
SESSION = "/api/v1/session"


@pytest.fixture
def served(pete, services: Services, record: SystemOfRecord, tmp_path: Path) -> FlaskClient:
    settings = Settings.from_environment({"DEMO": "1", "DATA_DIR": str(tmp_path), "DATABASE_URL": record.url})
    return create_app(settings, services).server.test_client()


def test_signing_in_opens_the_persons_own_wallet_and_no_other(served, record):
    record.person("Maya")
    assert_problem(served.get("/api/v1/wallet"), 401)
    assert served.post(SESSION, json=PETE).status_code == 204
    assert b"Nursing assistant certificate" in served.get("/api/v1/wallet").data
    assert served.get("/api/v1/wallet/matches").json[0]["score"] == pytest.approx(1.0)
    other = served.application.test_client()
    assert other.post(SESSION, json={**PETE, "email": "maya@example.org"}).status_code == 204
    assert other.get("/api/v1/wallet").json == {"holdings": [], "credentials": []}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_sign_anybody_in(served, headers):
    answer = served.post(SESSION, json=PETE, headers=headers)
    assert_problem(answer, 403)
    assert answer.json["title"] == "Requests from other sites are refused"
    assert "Set-Cookie" not in answer.headers


def test_the_same_origin_can(served):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert served.post(SESSION, json=PETE, headers=headers).status_code == 204


def test_guessing_passwords_comes_to_an_end(served):
    statuses = [served.post(SESSION, json={**PETE, "password": f"guess {n}"}).status_code for n in range(30)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_errors_of_every_kind_are_problem_documents(served):
    assert_problem(served.get("/api/v1/nothing"), 404)
    assert_problem(served.delete("/api/v1/roles"), 405)
    assert_problem(served.get("/api/v1/roles?limit=0"), 400)
    assert_problem(served.post(SESSION, data="x", content_type="text/plain"), 415)


def test_health_is_open_to_everybody(served):
    assert served.get("/healthz").json["status"] == "ok"

"""Checking credentials for others by the VC API; nothing of them is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.container import Services
from tests.wallet.issuing import AT, KEY, Given, signed_badge
from wallet.jsonld import CREDENTIALS_V2
from wallet.sign import sign


@pytest.fixture
def services(record: Any, switch: Any) -> Services:
    return Services(record.database, switch.open, people=record.service, documents=Given(), now=lambda: AT)


def ask(client: Any, person: Any, path: str, body: Any) -> Any:
    headers = {"Person": person.person_id} if person else {}
    return client.post(f"/api/v1/{path}/verify", json=body, headers=headers)


def test_a_good_credential_is_verified_and_a_changed_one_is_not(client, pete):
    good = ask(client, pete, "credentials", {"verifiableCredential": signed_badge()}).json
    assert (good["verified"], good["verdict"], good["problemDetails"]) == (True, "verified", [])
    assert {"proof", "issuer", "dates"} <= {check["name"] for check in good["checks"]}
    changed = ask(client, pete, "credentials", {"verifiableCredential": {**signed_badge(), "name": "X"}}).json
    assert (changed["verified"], changed["verdict"]) == (False, "invalid")
    assert changed["problemDetails"][0]["detail"]
    assert len(client.get("/api/v1/wallet", headers={"Person": pete.person_id}).json["credentials"]) == 1


def test_a_presentation_is_good_only_for_what_it_was_asked_for_with(client, pete):
    held = {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiablePresentation"],
        "holder": KEY.method.partition("#")[0],
        "verifiableCredential": [signed_badge()],
    }
    signed = sign(
        held, KEY, "eddsa-rdfc-2022", created=datetime(2026, 1, 1, tzinfo=UTC), purpose="authentication"
    )
    found = ask(client, pete, "presentations", {"verifiablePresentation": signed}).json
    assert found["verified"], found
    asked = {"verifiablePresentation": signed, "options": {"challenge": "another"}}
    assert not ask(client, pete, "presentations", asked).json["verified"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("credentials", {"verifiableCredential": "no.such.token"}, 422),
        ("credentials", {"verifiableCredential": {"hello": "world"}}, 422),
        ("credentials", {"verifiableCredential": 7}, 400),
        ("credentials", {}, 400),
        ("credentials", {"verifiableCredential": {"@context": ["\ud800"]}}, 400),
        ("presentations", {"verifiablePresentation": {"type": ["VerifiableCredential"]}}, 422),
        ("presentations", {"verifiablePresentation": {"x": [[[[]]]]}, "options": {"challenge": 7}}, 400),
    ],
)
def test_what_is_none_is_told_so(client, pete, path, body, status):
    answer = ask(client, pete, path, body)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_who_checks_has_an_account(client):
    answer = ask(client, None, "credentials", {"verifiableCredential": signed_badge()})
    assert answer.status_code == 401

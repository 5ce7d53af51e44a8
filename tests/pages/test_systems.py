"""A system of somebody else is let in, works with the wallet, and is shut out again: by HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from services.bearer import Pace
from services.guesses import Guesses
from tests.pages.test_shares import Sharing
from tests.wallet.issuing import Given, badge, signed_badge

BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ, PUT, PROFILE = (
    BASE + name for name in ("credential.readonly", "credential.upsert", "profile.readonly")
)
ALL = f"{READ} {PUT} {PROFILE} offline_access"
BACK = "https://badges.example.edu/callback"
CREDENTIALS, OB_PROFILE = "/ims/ob/v3p0/credentials", "/ims/ob/v3p0/profile"


class Partner(Sharing):
    """The product, Pete signed in, and a system that registered by itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.services.documents = Given()
        self.services._registrations = Pace("1000 per hour")
        self.outside = self.shell.server.test_client()
        self.people = 0

    def somebody_new(self) -> None:
        """Nothing of the test before is left but its rows."""
        self.people += 1
        self.services.bearer._guesses = Guesses()
        self.pete = self.as_person(f"Pete{self.people}")
        self.client = self.register().get_json()
        self.verifier = secrets.token_urlsafe(48)

    def register(self, **more: Any) -> Any:
        told = {
            "client_name": "Badge Displayer",
            "client_uri": "https://badges.example.edu",
            "redirect_uris": [BACK],
            "scope": ALL,
            **more,
        }
        return self.outside.post("/oauth/register", json=told)

    def asked(self, **more: Any) -> dict[str, str]:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self.client["client_id"],
            "redirect_uri": BACK,
            "scope": ALL,
            "state": "xyz=1&2",
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
            **more,
        }
        return {name: value for name, value in asked.items() if value is not None}

    def say(self, decision: str = "yes", **more: Any) -> dict[str, str]:
        """Answer on the page; what the system is told at its address."""
        answer = self.post("/oauth/authorize", **self.asked(**more), decision=decision, days="90")
        assert answer.status_code == 303, answer.text
        where = urlsplit(answer.headers["Location"])
        assert answer.headers["Location"].startswith(BACK)
        return {name: values[0] for name, values in parse_qs(where.query).items()}

    def change(self, **form: Any) -> Any:
        known = base64.b64encode(f"{self.client['client_id']}:{self.client['client_secret']}".encode())
        headers = {"Authorization": f"Basic {known.decode()}"}
        return self.outside.post("/oauth/token", data=form, headers=headers)

    def tokens(self, **more: Any) -> dict[str, Any]:
        code = self.say(**more)["code"]
        answer = self.change(
            grant_type="authorization_code", code=code, redirect_uri=BACK, code_verifier=self.verifier
        )
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.get_json()

    def ask(self, token: str, path: str, method: str = "GET", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        return self.outside.open(path, method=method, headers=headers, **more)

    def log(self) -> list[tuple[str, str]]:
        found = self.services.consents.accesses(self.pete)
        return [(one.actor_name, one.action) for one in found if one.actor_name]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    made = Partner(tmp_path_factory.mktemp("systems"))
    yield made
    made.close()


@pytest.fixture
def partner(product: Partner) -> Partner:
    product.somebody_new()
    return product


def test_a_system_reads_and_puts_what_the_person_allowed_and_the_person_sees_it(partner):
    page = partner.browser.get("/oauth/authorize", query_string=partner.asked())
    assert page.status_code == 200
    for words in (
        "Badge Displayer",
        "badges.example.edu",
        "read the signed credentials",
        "while I am not here",
    ):
        assert words in page.text
    assert "form-action 'self' https://badges.example.edu" in page.headers["Content-Security-Policy"]
    tokens = partner.tokens()
    assert set(tokens["scope"].split()) == set(ALL.split())
    made = signed_badge()
    put = partner.ask(tokens["access_token"], CREDENTIALS, "POST", json=made)
    assert put.status_code == 201, put.text
    assert put.get_json() == made
    again = partner.ask(tokens["access_token"], CREDENTIALS, "POST", json=made)
    assert again.status_code == 200
    got = partner.ask(tokens["access_token"], CREDENTIALS)
    assert got.get_json() == {"credential": [made], "compactJwsString": []}
    assert got.headers["X-Total-Count"] == "1" and 'rel="first"' in got.headers["Link"]
    profile = partner.ask(tokens["access_token"], OB_PROFILE).get_json()
    assert (profile["type"], profile["name"], profile["email"]) == (
        ["Profile"],
        partner.pete.name,
        f"{partner.pete.name.lower()}@example.org",
    )
    assert set(partner.log()) == {
        ("Badge Displayer", "badges.put"),
        ("Badge Displayer", "badges.read"),
        ("Badge Displayer", "profile.read"),
    }
    shares = partner.browser.get("/shares").text
    assert "Systems of others" in shares and "Read signed credentials" in shares
    [record] = [one for one in partner.services.wallet_for(partner.pete).records() if one.sender]
    assert record.sender == "Badge Displayer"


def test_taking_it_back_shuts_the_system_out_at_its_next_request(partner):
    tokens = partner.tokens()
    assert partner.ask(tokens["access_token"], CREDENTIALS).status_code == 200
    found = re.search(r'action="(/shares/consents/\w+/withdraw)"', partner.browser.get("/shares").text)
    assert partner.post(found[1]).status_code == 303
    before = partner.log()
    for path in (CREDENTIALS, OB_PROFILE):
        answer = partner.ask(tokens["access_token"], path)
        assert answer.status_code == 401
        assert answer.get_json()["imsx_codeMajor"] == "failure"
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert partner.ask(tokens["access_token"], CREDENTIALS, "POST", json=signed_badge()).status_code == 401
    refreshed = partner.change(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert (refreshed.status_code, refreshed.get_json()["error"]) == (400, "invalid_grant")
    assert partner.log() == before


def test_a_consent_taken_back_before_the_code_was_changed_gives_no_tokens(partner):
    code = partner.say()["code"]
    [consent] = [one for one in partner.services.consents.mine(partner.pete) if one.kind == "system"]
    partner.services.consents.withdraw(partner.pete, consent.id)
    answer = partner.change(
        grant_type="authorization_code", code=code, redirect_uri=BACK, code_verifier=partner.verifier
    )
    assert answer.status_code == 400


def test_what_was_not_asked_for_is_not_given_and_the_rest_of_the_wallet_is_not_open(partner):
    token = partner.tokens(scope=READ)["access_token"]
    assert partner.ask(token, CREDENTIALS).status_code == 200
    for path, method in ((OB_PROFILE, "GET"), (CREDENTIALS, "POST")):
        answer = partner.ask(token, path, method, **({"json": signed_badge()} if method == "POST" else {}))
        assert answer.status_code == 403
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    for path in ("/api/v1/wallet", "/api/v1/account", "/api/v1/shares", "/api/v1/export/waymark.json"):
        assert partner.ask(token, path).status_code == 403
    assert "refresh_token" not in partner.tokens(scope=READ)


def test_a_code_is_good_once_and_used_again_it_ends_what_came_of_it(partner):
    code = partner.say()["code"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": partner.verifier,
    }
    first = partner.change(**form).get_json()
    assert partner.ask(first["access_token"], CREDENTIALS).status_code == 200
    assert partner.change(**form).get_json()["error"] == "invalid_grant"
    assert partner.ask(first["access_token"], CREDENTIALS).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "x" * 64},
        {"code_verifier": None},
        {"redirect_uri": "https://badges.example.edu/other"},
        {"code": "no such code"},
    ],
)
def test_a_stolen_code_is_no_use_without_the_verifier(partner, wrong):
    form = {
        "grant_type": "authorization_code",
        "code": partner.say()["code"],
        "redirect_uri": BACK,
        "code_verifier": partner.verifier,
        **wrong,
    }
    answer = partner.change(**{name: value for name, value in form.items() if value is not None})
    assert answer.status_code == 400
    assert "access_token" not in answer.text


def test_refreshing_gives_new_tokens_and_a_used_one_ends_all(partner):
    first = partner.tokens()
    second = partner.change(grant_type="refresh_token", refresh_token=first["refresh_token"]).get_json()
    assert second["refresh_token"] != first["refresh_token"]
    assert partner.ask(second["access_token"], CREDENTIALS).status_code == 200
    stolen = partner.change(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert stolen.status_code == 400
    assert partner.ask(second["access_token"], CREDENTIALS).status_code == 401
    assert (
        partner.change(grant_type="refresh_token", refresh_token=second["refresh_token"]).status_code == 400
    )


def test_a_system_gives_its_tokens_back(partner):
    tokens = partner.tokens()
    known = base64.b64encode(f"{partner.client['client_id']}:{partner.client['client_secret']}".encode())
    basic = {"Authorization": f"Basic {known.decode()}"}
    for _ in range(2):
        answer = partner.outside.post("/oauth/revoke", data={"token": tokens["refresh_token"]}, headers=basic)
        assert answer.status_code == 200
    assert partner.ask(tokens["access_token"], CREDENTIALS).status_code == 401
    assert partner.outside.post("/oauth/revoke", data={"token": "x"}).status_code in (400, 401)


@pytest.mark.parametrize(
    ("wrong", "at_home"),
    [
        ({"client_id": "nobody"}, True),
        ({"redirect_uri": "https://elsewhere.example/"}, True),
        ({"redirect_uri": BACK + "?x=1"}, True),
        ({"response_type": "token"}, None),
        ({"code_challenge": None}, False),
        ({"code_challenge_method": "plain"}, False),
        ({"code_challenge_method": None}, False),
        ({"scope": BASE + "profile.update"}, False),
    ],
)
def test_a_request_that_is_not_sound_is_not_shown_to_be_agreed_to(partner, wrong, at_home):
    answer = partner.browser.get("/oauth/authorize", query_string=partner.asked(**wrong))
    if at_home or (at_home is None and answer.status_code == 400):
        assert answer.status_code == 400 and "cannot be let in" in answer.text
    else:
        assert answer.status_code == 303 and answer.headers["Location"].startswith(BACK + "?error=")
    assert [one for one in partner.services.consents.mine(partner.pete) if one.kind == "system"] == []


def test_saying_no_tells_the_system_so_and_keeps_nothing(partner):
    assert partner.say("no") == {"error": "access_denied", "state": "xyz=1&2"}
    assert partner.services.consents.mine(partner.pete) == ()


def test_a_visitor_signs_in_first_and_nobody_is_made_to_agree_from_elsewhere(partner):
    asked = partner.asked()
    answer = partner.outside.get("/oauth/authorize", query_string=asked)
    assert answer.status_code == 303 and answer.headers["Location"].startswith(
        "/login?next=%2Foauth%2Fauthorize"
    )
    forged = partner.browser.post("/oauth/authorize", data={**asked, "decision": "yes", "days": "90"})
    assert forged.status_code == 400  # Without the secret of the form.


@pytest.mark.parametrize(
    "told",
    [
        {"client_name": ""},
        {"client_name": "x" * 200},
        {"redirect_uris": []},
        {"redirect_uris": "https://a.example/"},
        {"redirect_uris": ["http://a.example/"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": ["https://a.example/#x"]},
        {"redirect_uris": ["https://user@a.example/"]},
        {"redirect_uris": [7]},
        {"grant_types": ["implicit"]},
        {"response_types": ["token"]},
        {"scope": "everything"},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"client_uri": ["x"]},
    ],
)
def test_a_registration_that_is_not_sound_is_refused_in_words(partner, told):
    answer = partner.register(**told)
    assert answer.status_code == 400, told
    assert answer.get_json()["error"] in ("invalid_client_metadata", "invalid_redirect_uri")
    assert answer.get_json()["error_description"]


def test_registering_without_end_comes_to_an_end(partner):
    partner.services._registrations = Pace("20 per hour")
    statuses = [partner.register().status_code for _ in range(25)]
    partner.services._registrations = Pace("1000 per hour")
    assert statuses[0] == 201 and statuses[-1] == 429


def test_a_forged_credential_is_refused_as_the_interface_says_it(partner):
    token = partner.tokens()["access_token"]
    forged = {**signed_badge(), "name": "Brain surgeon"}
    for body in (
        {"json": forged},
        {"json": {"hello": 1}},
        {"data": b"not json", "content_type": "application/json"},
        {"data": b"a.b.c", "content_type": "text/plain"},
        {"data": b"x", "content_type": "image/png"},
    ):
        answer = partner.ask(token, CREDENTIALS, "POST", **body)
        assert answer.status_code == 400, body
        assert answer.get_json()["imsx_severity"] == "error"
    assert [one for one in partner.services.wallet_for(partner.pete).records() if one.sender] == []


def test_pages_of_credentials_follow_each_other_and_since_leaves_out_earlier_ones(partner):
    token = partner.tokens()["access_token"]
    for n, year in enumerate((2024, 2025, 2026)):
        made = signed_badge(
            id=f"urn:uuid:{n}",
            name=f"Badge {n}",
            validFrom=f"{year}-01-01T00:00:00Z",
            credentialSubject={
                **badge()["credentialSubject"],
                "achievement": {
                    **badge()["credentialSubject"]["achievement"],
                    "id": f"https://a.example/{n}",
                },
            },
        )
        assert partner.ask(token, CREDENTIALS, "POST", json=made).status_code == 201
    page = partner.ask(token, CREDENTIALS + "?limit=2")
    assert len(page.get_json()["credential"]) == 2 and page.headers["X-Total-Count"] == "3"
    following = re.search(r'<[^>]*(/ims[^>]*)>; rel="next"', page.headers["Link"])
    assert len(partner.ask(token, following[1]).get_json()["credential"]) == 1
    later = partner.ask(token, CREDENTIALS + "?since=2025-06-01T00:00:00Z").get_json()["credential"]
    assert [one["name"] for one in later] == ["Badge 2"]
    for wrong in ("limit=0", "limit=x", "offset=-1", "since=soon", "limit=" + "9" * 30):
        assert partner.ask(token, f"{CREDENTIALS}?{wrong}").status_code == 400


def test_the_service_description_says_where_to_register_and_to_ask(partner):
    said = partner.outside.get("/ims/ob/v3p0/discovery").get_json()
    scheme = said["components"]["securitySchemes"]["OAuth2ACG"]
    flow = scheme["flows"]["authorizationCode"]
    assert scheme["x-imssf-registrationUrl"].endswith("/oauth/register")
    assert flow["authorizationUrl"].endswith("/oauth/authorize") and flow["tokenUrl"].endswith("/oauth/token")
    assert set(flow["scopes"]) == set(ALL.split()) and all(flow["scopes"].values())
    operations = {one["operationId"] for path in said["paths"].values() for one in path.values()}
    assert operations == {"getServiceDescription", "getCredentials", "upsertCredential", "getProfile"}
    known = partner.outside.get("/.well-known/oauth-authorization-server").get_json()
    assert known["code_challenge_methods_supported"] == ["S256"]


def test_only_hashes_of_what_lets_a_system_in_are_kept(partner):
    tokens = partner.tokens()
    with partner.record.database.engine.connect() as connection:
        kept = json.dumps(
            [
                [str(value) for value in row]
                for table in ("oauth_client", "oauth_code", "oauth_token")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
            ]
        )
    for secret in (partner.client["client_secret"], tokens["access_token"], tokens["refresh_token"]):
        assert secret not in kept and secret.removeprefix("waymark_system_") not in kept

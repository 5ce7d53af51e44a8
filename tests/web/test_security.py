"""What a browser is told, and what is refused."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from flask.testing import FlaskClient

import app as composition
from services.container import Services
from tests.product import ask, settings_for, sign_in, token
from web.addresses import local_path
from web.attempts import Attempts, TooManyAttempts
from web.security import LARGEST_REQUEST

EVERYWHERE = (
    "/",
    "/login",
    "/register",
    "/open",
    "/thing/29-1141.00",
    "/nowhere",
    "/healthz",
    "/_dash-layout",
)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["form-action"] == policy["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize("path", ["/", "/login", "/open"])
def test_every_inline_script_of_a_page_is_named_by_its_hash(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
    for attributes, script in inline:
        if 'type="application/json"' in attributes:
            continue
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r"\son[a-z]+=", answer.text)


@pytest.mark.parametrize("path", ["/", "/login", "/register", "/open"])
def test_no_page_names_another_host(client: FlaskClient, path: str) -> None:
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', client.get(path).text)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def test_a_form_without_its_secret_is_refused(client: FlaskClient) -> None:
    answer = client.post("/login", data={"email": "pete@demo.example", "password": "waymark-demo"})
    assert answer.status_code == 400
    assert client.get("/own").status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
    ],
)
def test_a_callback_asked_for_by_another_site_is_refused(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert ask(client, "open", **headers).status_code == status


def test_another_site_cannot_sign_a_person_in_or_out(client: FlaskClient) -> None:
    fields = {"email": "pete@demo.example", "password": "waymark-demo", "csrf_token": token(client)}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/login", data=fields, headers=elsewhere).status_code == 403
    answer = client.post(
        "/api/v1/session", json={"email": fields["email"], "password": fields["password"]}, headers=elsewhere
    )
    assert answer.status_code == 403
    sign_in(client)
    assert (
        client.post("/logout", data={"csrf_token": token(client, "/own")}, headers=elsewhere).status_code
        == 403
    )
    assert client.get("/own").status_code == 200


def test_a_request_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post(
        "/_dash-update-component", data=b" " * (LARGEST_REQUEST + 1), content_type="application/json"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"output": "nothing.children"}', b"\xff", b'{"output": 7}']
)
def test_a_callback_that_no_page_asks_for_is_a_bad_request(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_person_s_page_is_kept_by_no_cache(client: FlaskClient) -> None:
    sign_in(client)
    for path in ("/own", "/account", "/account/export", "/_dash-layout", "/", "/api/v1/wallet"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path


def test_wrong_passwords_are_counted_and_right_ones_are_not(client: FlaskClient) -> None:
    for _ in range(30):
        assert sign_in(client).status_code == 303
        client.post("/logout", data={"csrf_token": token(client, "/own")})
    for _ in range(10):
        assert sign_in(client, password="not this one").status_code == 401
    refused = sign_in(client)
    assert refused.status_code == 429
    assert re.search(r"Too many wrong passwords\. Try again in \d+ min", refused.text)
    assert 'name="password"' in refused.text and 'value="pete@demo.example"' in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 15 * 60
    assert sign_in(client, "maya").status_code == 303


def test_the_interface_for_programs_counts_the_same_wrong_passwords(client: FlaskClient) -> None:
    for _ in range(10):
        answer = client.post("/api/v1/session", json={"email": "pete@demo.example", "password": "no"})
        assert answer.status_code == 401
    answer = client.post("/api/v1/session", json={"email": "pete@demo.example", "password": "waymark-demo"})
    assert answer.status_code == 429
    assert answer.mimetype == "application/problem+json"
    assert sign_in(client).status_code == 429


def test_one_address_cannot_try_the_same_password_on_many_accounts() -> None:
    attempts = Attempts()
    for number in range(60):
        attempts.check(f"person{number}@example.org", "192.0.2.1")
        attempts.failed(f"person{number}@example.org", "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        attempts.check("another@example.org", "192.0.2.1")
    attempts.check("another@example.org", "192.0.2.2")


def test_a_session_begins_anew_at_sign_in_and_ends_with_the_password(shell, client: FlaskClient) -> None:
    client.get("/login")
    with client.session_transaction() as session:
        session["planted"] = "before"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        session["since"] -= 8 * 24 * 3600
    assert client.get("/own").status_code == 303
    sign_in(client)
    other = shell.server.test_client()
    sign_in(other)
    fields = {
        "present": "waymark-demo",
        "new": "four calm grey geese",
        "csrf_token": token(client, "/account"),
    }
    assert client.post("/account/password", data=fields).status_code == 303
    assert client.get("/own").status_code == 200
    assert other.get("/own").status_code == 303


def test_cookies_are_for_this_host_and_https_where_it_is_served_so(folder) -> None:
    settings = settings_for(folder, SECURE_COOKIES="1")
    services = Services.open(settings)
    composition.prepare_stores(settings)
    client = composition.create_app(settings, services, []).server.test_client()
    answer = client.get("/login", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    services.close()


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "///elsewhere.example",
        "http:/elsewhere.example",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(client: FlaskClient, target: str) -> None:
    assert local_path(target, "/first") == "/first"
    for path in ("/language/es", "/theme/dark"):
        assert client.get(path, query_string={"next": target}).headers["Location"] == "/"
    answer = client.post(
        "/login",
        query_string={"next": target},
        data={"email": "pete@demo.example", "password": "waymark-demo", "csrf_token": token(client)},
    )
    assert answer.headers["Location"] == "/open"


def test_a_person_comes_back_to_the_page_they_asked_for(client: FlaskClient) -> None:
    asked = client.get("/own?now=29-1141.00")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/login?next=%2Fown%3Fnow%3D29-1141.00"
    assert sign_in(client, to="?next=%2Fown%3Fnow%3D29-1141.00").headers["Location"] == "/own?now=29-1141.00"

"""The frame, its errors and the plain pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from i18n import locale, use_locale
from tests.product import ask, sign_in, token
from web.errors import words
from web.shell import Shell


def test_a_page_s_words_are_in_the_first_html(client: FlaskClient) -> None:
    page = client.get("/open").text
    assert "<h1>Heading of open</h1>" in page
    assert "Lead of open" in page
    assert "<title>Heading of open · Waymark</title>" in page
    assert 'lang="en"' in page


@pytest.mark.parametrize("path", ["/", "/login", "/register", "/account", "/open", "/own", "/nowhere"])
def test_every_page_has_one_heading_a_way_past_the_header_and_a_main_part(
    client: FlaskClient, path: str
) -> None:
    if path not in ("/login", "/register"):
        sign_in(client)
    page = client.get(path).text
    assert len(re.findall(r"<h1\b", page)) == 1
    assert 'href="#main"' in page
    assert len(re.findall(r"<main\b", page)) == 1
    identities = re.findall(r'\sid="([^"]+)"', page)
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("path", ["/nowhere", "/open/more", "/thing", "/login.php", "/_dash-nothing"])
def test_an_unknown_path_answers_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_program_is_told_of_an_error_in_a_document(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["status"] == 404
    assert answer.json["title"] and answer.json["detail"]


def test_a_page_of_another_part_is_not_open(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.get("/caseload")
    assert answer.status_code == 403
    assert "not set up for this page" in answer.text
    counselor = client.application.test_client()
    sign_in(counselor, "counselor")
    assert counselor.get("/caseload").status_code == 200


def test_the_navigation_offers_what_is_open_and_nothing_else(client: FlaskClient) -> None:
    def offered() -> list[str]:
        places = re.search(r'<nav class="places".*?</nav>', client.get("/open").text, re.DOTALL)
        return re.findall(r'href="([^"]+)"', places[0]) if places else []

    assert "/own" not in offered() and "/caseload" not in offered()
    sign_in(client)
    assert "/own" in offered() and "/caseload" not in offered()
    client.post("/logout", data={"csrf_token": token(client, "/own")})
    sign_in(client, "counselor")
    assert "/caseload" in offered()


def test_a_callback_that_is_refused_or_breaks_says_so_by_its_status(client: FlaskClient) -> None:
    assert ask(client, "open").json["response"]["open-said"]["children"] == "hello"
    assert ask(client, "refused").status_code == 403
    broken = ask(client, "broken")
    assert broken.status_code == 500
    assert "what-a-person-typed" not in broken.text


def test_the_layout_of_a_page_asks_permission_too(client: FlaskClient) -> None:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "address", "property": "pathname", "value": "/own"}],
        "state": [{"id": "address", "property": "search", "value": ""}],
        "changedPropIds": ["address.pathname"],
    }
    assert client.post("/_dash-update-component", json=body).status_code == 401
    sign_in(client)
    assert "own of Pete" in client.post("/_dash-update-component", json=body).text


def test_the_page_comes_with_the_frame_that_dash_puts_it_in(client: FlaskClient) -> None:
    def first(at: str) -> tuple[dict, object]:
        frame = client.get("/_dash-layout", query_string={"at": at}).json["props"]["children"]
        return frame[0]["props"], frame[1]["props"].get("children")

    head = client.get("/open?sort=name").text
    assert 'data-first="_dash-layout" data-at="/open?sort=name"' in head
    place, page = first("/open?sort=name")
    assert (place["pathname"], place["search"]) == ("/open", "?sort=name")
    assert page
    # What cannot be shown is asked for by its address, and refused there as ever.
    for at in ("/own", "/nowhere", "open", "", "\0", "//elsewhere.example/open"):
        place, page = first(at)
        assert "pathname" not in place and not page
    sign_in(client)
    assert "own of Pete" in str(first("/own"))


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
def test_every_error_has_its_own_words_in_both_languages(client: FlaskClient, status: int) -> None:
    english = words(status)
    with use_locale("es"):
        spanish = words(status)
    assert all(english) and all(spanish)
    assert english[0] != spanish[0] and english[1] != spanish[1]


def test_the_start_page_works_while_the_labour_market_data_is_away(
    folder: Path, shell: Shell, client: FlaskClient
) -> None:
    (folder / "labor.duckdb").unlink()
    shell.services._labor = shell.services._loaded = None
    sign_in(client)
    for path in ("/", "/login", "/account"):
        assert client.get(path).status_code in (200, 303)
    away = client.get("/?job=cook")
    assert away.status_code == 503
    assert away.headers["Retry-After"]


def test_a_job_is_found_by_the_word_people_use(client: FlaskClient) -> None:
    page = client.get("/?job=truck+driver").text
    assert '<a href="/network?now=53-3032.00">' in page
    assert "No occupation goes by that name" in client.get("/?job=zzzzqqq").text
    assert "<script>alert" not in client.get("/?job=<script>alert(1)</script>").text


def test_who_is_signed_in_looks_up_a_career_and_is_led_to_their_own_network(client: FlaskClient) -> None:
    client.post("/login/demo", data={"email": "pete@demo.example", "csrf_token": token(client)})
    page = client.get("/?job=truck+driver").text
    assert '<a href="/network?open=53-3032.00">' in page
    assert "Look up a career" in page and "without an account" not in page


def test_what_was_left_out_of_a_form_is_named_beside_its_field(client: FlaskClient) -> None:
    answer = client.post("/login", data={"email": "", "password": "", "csrf_token": token(client)})
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert 'aria-describedby=" email-problem"' in answer.text
    assert answer.text.count("Enter your password.") == 2


def test_a_wrong_password_does_not_tell_which_of_the_two_was_wrong(client: FlaskClient) -> None:
    known, unknown = (sign_in(client, who, "wrong password") for who in ("pete", "nobody"))
    assert known.status_code == unknown.status_code == 401
    said = [
        re.search(r'<div class="error-summary".*?</div>', page.text, re.DOTALL)[0]
        for page in (known, unknown)
    ]
    assert said[0] == said[1]


def test_one_click_signs_a_demo_person_in_and_nobody_else(client: FlaskClient) -> None:
    assert "Sign in as Pete (learner)" in client.get("/login").text
    fields = {"email": "someone@example.org", "csrf_token": token(client)}
    assert client.post("/login/demo", data=fields).headers["Location"] == "/login"
    fields["email"] = "pete@demo.example"
    assert client.post("/login/demo", data=fields).headers["Location"] == "/open"
    page = client.get("/own").text
    assert "Demo: invented people and data" in page


def test_a_person_makes_an_account_uses_it_and_takes_it_away(client: FlaskClient) -> None:
    secret = token(client, "/register")
    fields = {
        "name": "Ana Ruiz",
        "email": "ana@example.org",
        "password": "three quiet herons",
        "csrf_token": secret,
    }
    assert client.post("/register", data={**fields, "password": "short"}).status_code == 400
    assert client.post("/register", data=fields).headers["Location"] == "/open"
    page = client.get("/account").text
    assert "Ana Ruiz" in page and "Demo: invented" not in page
    assert client.get("/account?place=spokane").text.count('name="area"') >= 2
    client.post("/account/area", data={"area": "53063", "csrf_token": token(client, "/account")})
    assert "Wages and jobs are shown for Spokane County" in client.get("/account").text
    held = client.get("/account/export")
    assert held.json["account"]["email"] == "ana@example.org"
    assert held.json["account"]["area_code"] == "53063"
    refused = client.post(
        "/account/delete", data={"confirm": "wrong", "csrf_token": token(client, "/account")}
    )
    assert refused.status_code == 400
    gone = client.post(
        "/account/delete", data={"confirm": "three quiet herons", "csrf_token": token(client, "/account")}
    )
    assert gone.headers["Location"] == "/"
    assert client.get("/account").status_code == 303


def test_the_language_is_the_reader_s_choice_then_the_browser_s(client: FlaskClient) -> None:
    assert 'lang="es"' in client.get("/", headers={"Accept-Language": "es-MX,es;q=0.9"}).text
    switched = client.get("/language/es?next=/open?view=table")
    assert switched.headers["Location"] == "/open?view=table"
    page = client.get("/open?view=table", headers={"Accept-Language": "en"}).text
    assert 'lang="es"' in page
    assert "Iniciar sesión" in page
    assert client.get("/language/xx").status_code == 404


def test_the_language_of_an_account_follows_the_person(shell, client: FlaskClient) -> None:
    sign_in(client, "maya")
    client.get("/language/es?next=/own")
    elsewhere = shell.server.test_client()
    sign_in(elsewhere, "maya")
    assert 'lang="es"' in elsewhere.get("/own").text
    # A link on another site changes no account.
    client.get("/language/en", headers={"Sec-Fetch-Site": "cross-site"})
    assert 'lang="es"' in elsewhere.get("/own").text


def test_the_theme_is_in_the_first_html(client: FlaskClient) -> None:
    assert "data-theme" not in client.get("/").text
    client.get("/theme/dark?next=/")
    assert 'data-theme="dark"' in client.get("/").text
    client.get("/theme/system?next=/")
    assert "data-theme" not in client.get("/").text


def test_one_request_s_language_does_not_reach_the_next(client: FlaskClient) -> None:
    client.get("/", headers={"Accept-Language": "es"})
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "fr"}).text
    assert locale() == "en"

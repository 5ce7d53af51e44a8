"""Signing out ends the session itself, not only its cookie in one browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.product import sign_in, token

WALLET = "/api/v1/wallet"
PETE = {"email": "pete@demo.example", "password": "waymark-demo"}


def by_form(client: FlaskClient) -> None:
    assert sign_in(client).status_code == 303


def by_program(client: FlaskClient) -> None:
    assert client.post("/api/v1/session", json=PETE).status_code == 204


def copy_of(client: FlaskClient) -> FlaskClient:
    """Another browser with a copy of the same cookie."""
    other = client.application.test_client()
    other.set_cookie("session", client.get_cookie("session").value)
    return other


def sign_out(client: FlaskClient) -> None:
    assert client.post("/logout", data={"csrf_token": token(client, "/own")}).status_code == 303


@pytest.mark.parametrize("begin", [by_form, by_program])
def test_a_copied_cookie_opens_nothing_after_signing_out(client: FlaskClient, begin) -> None:
    begin(client)
    copied = copy_of(client)
    assert copied.get(WALLET).status_code == 200
    sign_out(client)
    assert client.get(WALLET).status_code == copied.get(WALLET).status_code == 401
    assert copied.get("/own").status_code == 303


@pytest.mark.parametrize("begin", [by_form, by_program])
def test_other_devices_stay_signed_in(client: FlaskClient, begin) -> None:
    begin(client)
    telephone = client.application.test_client()
    begin(telephone)
    sign_out(client)
    assert telephone.get(WALLET).status_code == 200


def test_signing_in_anew_ends_the_session_before_it(client: FlaskClient) -> None:
    by_form(client)
    copied = copy_of(client)
    by_program(client)
    assert client.get(WALLET).status_code == 200
    assert copied.get(WALLET).status_code == 401


def test_signing_out_twice_is_as_good_as_once(client: FlaskClient) -> None:
    by_form(client)
    secret = token(client, "/own")
    copied = copy_of(client)
    for browser in (client, copied):
        assert browser.post("/logout", data={"csrf_token": secret}).status_code == 303
    assert copied.get(WALLET).status_code == 401


def test_a_session_without_an_id_could_not_be_ended_and_opens_nothing(client: FlaskClient) -> None:
    by_form(client)
    with client.session_transaction() as session:
        del session["id"]
    assert client.get(WALLET).status_code == 401

"""Signing in from a program, and the description of all there is."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from api.examples import BODIES
from api.routes import ROUTES
from tests.api.test_roles_api import assert_problem
from tests.people import PASSWORD

SESSION = "/api/v1/session"


def test_signing_in_answers_nothing_but_done(client):
    answer = client.post(SESSION, json={"email": "pete@example.org", "password": PASSWORD})
    assert answer.status_code == 204 and answer.data == b""


def test_a_wrong_password_is_refused(client):
    assert_problem(client.post(SESSION, json={"email": "pete@example.org", "password": "wrong"}), 401)


def test_too_many_tries_are_refused(client):
    assert_problem(client.post(SESSION, json={"email": "too@often.example", "password": "x"}), 429)


def test_a_form_is_not_taken(client):
    form = {"email": "pete@example.org", "password": PASSWORD}
    assert_problem(client.post(SESSION, data=form), 415)
    assert_problem(client.post(SESSION, data='{"email": "a"}', content_type="text/plain"), 415)
    assert_problem(client.post(SESSION), 415)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"email": "a"}',
        b'{"email": 1, "password": 2}',
        b"\xff\xfe",
    ],
)
def test_a_body_that_cannot_be_read_is_refused(client, body):
    assert_problem(client.post(SESSION, data=body, content_type="application/json"), 400)


def test_a_refusal_repeats_no_password(client):
    answer = client.post(SESSION, json={"email": "", "password": "three quiet herons"})
    assert_problem(answer, 400)
    assert b"herons" not in answer.data


def test_the_description_is_valid_openapi(client):
    validate(client.get("/api/v1/openapi.json").json)


def test_every_address_is_described_and_every_described_one_is_there(client):
    described = {
        (method.upper(), re.sub(r"{\w+}", "x", path))
        for path, methods in client.get("/api/v1/openapi.json").json["paths"].items()
        for method in methods
    }
    served = {
        (method, re.sub(r"<\w+>", "x", rule.rule))
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == served
    assert len(ROUTES) == len(described)


OPEN = {"skills", "areas", "roles", "explore", "session"}
FOR_SOME = {"/api/v1/areas/{code}/gap"}


def test_what_is_a_persons_own_is_described_as_needing_the_session_or_a_token_with_its_scopes(client):
    for path, methods in client.get("/api/v1/openapi.json").json["paths"].items():
        for operation in methods.values():
            is_open = path.removeprefix("/api/v1/").split("/")[0] in OPEN and path not in FOR_SOME
            assert bool(operation["security"]) != is_open
            if not is_open:
                session, token = operation["security"]
                assert session == {"session": []} and token["token"]


def test_every_example_of_a_body_is_one_that_is_taken(client):
    wanted = {route.handler: route.body for route in ROUTES if route.body is not None}
    assert set(BODIES) == set(wanted)
    for handler, body in BODIES.items():
        wanted[handler].model_validate(body)


def test_limits_stand_in_the_description(client):
    parameters = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/roles"]["get"]["parameters"]
    [limit] = [p["schema"] for p in parameters if p["name"] == "limit"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 100, 20)


def test_a_character_that_no_database_keeps_is_refused(client, pete):
    answer = client.post(
        "/api/v1/wallet/entries",
        json={"kind": "gig", "title": "nul \x00 here"},
        headers={"Person": pete.person_id},
    )
    assert answer.status_code == 400 and "U+0000" in answer.json["detail"]


def test_every_example_of_an_answer_has_the_shape_that_is_promised(client):
    described = client.get("/api/v1/openapi.json").json
    tried = 0
    for path, methods in described["paths"].items():
        for operation in methods.values():
            for response in operation["responses"].values():
                content = response.get("content", {}).get("application/json", {})
                if "example" in content:
                    tried += 1
                    schema = {**content["schema"], "components": described["components"]}
                    Draft202012Validator(schema).validate(content["example"])
                    assert content["example"], path
    assert tried > 50

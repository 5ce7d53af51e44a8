"""Reports, and what is decided about them, for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from accounts.actor import Actor
from accounts.roles import PersonRole
from data.review import read_decisions
from tests.careers import NURSE, skill
from tests.people import SystemOfRecord

MEDICINES, LIFT = skill("give medicines").uri, skill("lift patients").uri
TASK = NURSE.requirements[1].evidence[0].id
WRONG = {"role_code": NURSE.code, "kind": "wrong", "skill_uri": MEDICINES, "words": "Not here."}
ROUTES = [
    ("POST", "/api/v1/reports"),
    ("GET", "/api/v1/reports"),
    ("DELETE", "/api/v1/reports/x"),
    ("GET", "/api/v1/reports/open"),
    ("POST", "/api/v1/reports/x/decision"),
    ("GET", "/api/v1/reports/decisions.csv"),
]


class Person:
    """Somebody who asks."""

    def __init__(self, client: FlaskClient, actor: Actor | None) -> None:
        self._client, self._headers = client, {"Person": actor.person_id} if actor else {}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return self._client.open(path, method=method, json=body, headers=self._headers)


@pytest.fixture
def learner(client: FlaskClient, pete: Actor) -> Person:
    return Person(client, pete)


@pytest.fixture
def admin(client: FlaskClient, record: SystemOfRecord) -> Person:
    kim = record.person("Kim")
    record.people.grant_roles(kim.person_id, {PersonRole.ADMIN})
    return Person(client, kim)


def report(who: Person, **more: str) -> dict[str, Any]:
    answer = who("POST", "/api/v1/reports", {**WRONG, **more})
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def test_a_report_is_made_listed_and_taken_back(learner: Person):
    made = report(learner)
    assert (made["state"], made["words"]) == ("open", "Not here.")
    assert learner("GET", "/api/v1/reports").get_json() == [made]
    assert learner("GET", "/api/v1/reports?role_code=53-3032.00").get_json() == []
    assert learner("DELETE", f"/api/v1/reports/{made['id']}").status_code == 204
    assert learner("DELETE", f"/api/v1/reports/{made['id']}").status_code == 404


def test_an_administrator_decides_and_takes_the_review_out(learner: Person, admin: Person, tmp_path: Path):
    made = report(learner)
    (case,) = admin("GET", "/api/v1/reports/open").get_json()
    assert (case["id"], case["skill"], case["count"]) == (made["id"], "give medicines", 1)
    assert [task["id"] for task in case["tasks"]] == [TASK]
    assert "Pete" not in str(case) and "person" not in case
    body = {"decision": "swap", "other_uri": LIFT, "task": TASK, "reason": "better", "core": True}
    for _click in range(2):
        assert admin("POST", f"/api/v1/reports/{made['id']}/decision", body).status_code == 204
    assert admin("GET", "/api/v1/reports/open").get_json() == []
    answer = admin("GET", "/api/v1/reports/decisions.csv")
    assert answer.mimetype == "text/csv" and "corrections.csv" in answer.headers["Content-Disposition"]
    path = tmp_path / "corrections.csv"
    path.write_bytes(answer.data)
    assert [(one.decision, one.other_uri, one.core) for one in read_decisions(path)] == [("swap", LIFT, True)]
    assert learner("GET", "/api/v1/reports").get_json()[0]["decision"] == "swap"
    body["decision"] = "keep"
    assert admin("POST", f"/api/v1/reports/{made['id']}/decision", body).status_code == 409


def test_what_is_missing_is_added_or_dismissed(learner: Person, admin: Person):
    first = report(learner, kind="missing", words="lifting", chosen_uri=LIFT)
    second = report(learner, kind="missing", words="singing")
    body = {"decision": "add", "task": TASK, "reason": "they do"}
    assert admin("POST", f"/api/v1/reports/{second['id']}/decision", body).status_code == 400
    assert admin("POST", f"/api/v1/reports/{first['id']}/decision", body).status_code == 204
    dismissed = {"decision": "dismiss"}
    assert admin("POST", f"/api/v1/reports/{second['id']}/decision", dismissed).status_code == 204
    states = {one["words"]: one["state"] for one in learner("GET", "/api/v1/reports").get_json()}
    assert states == {"lifting": "accepted", "singing": "dismissed"}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, method: str, path: str):
    body = {**WRONG, "decision": "drop"} if method == "POST" else None
    answer = Person(client, None)(method, path, body)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


@pytest.mark.parametrize(("method", "path"), ROUTES[3:])
def test_who_is_no_administrator_decides_nothing(learner: Person, method: str, path: str):
    answer = learner(method, path, {"decision": "drop"} if method == "POST" else None)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_another_s_report_is_nobody_s(learner: Person, admin: Person, client: FlaskClient, record):
    made = report(learner)
    other = Person(client, record.person("Maya"))
    assert other("GET", "/api/v1/reports").get_json() == []
    assert other("DELETE", f"/api/v1/reports/{made['id']}").status_code == 404
    assert admin("DELETE", f"/api/v1/reports/{made['id']}").status_code == 404
    assert len(learner("GET", "/api/v1/reports").get_json()) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"role_code": "99-9999.99"}, 404),
        ({"role_code": "29-1141"}, 400),
        ({"role_code": ["29-1141.00"]}, 400),
        ({"skill_uri": LIFT}, 404),
        ({"skill_uri": "x" * 300}, 400),
        ({"skill_uri": None}, 400),
        ({"kind": "drop"}, 400),
        ({"words": "x" * 501}, 400),
        ({"words": {"a": 1}}, 400),
        ({"kind": "missing", "words": ""}, 400),
        ({"kind": "missing", "words": "x", "chosen_uri": "javascript:alert(1)"}, 404),
    ],
)
def test_a_report_that_cannot_be_meant_is_a_problem(learner: Person, change: dict[str, Any], status: int):
    answer = learner("POST", "/api/v1/reports", {**WRONG, **change})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert learner("GET", "/api/v1/reports").get_json() == []

"""What programs may ask about ways to a role: the person's own, and described."""

from __future__ import annotations

import pytest

from tests.api.test_roles_api import assert_problem
from tests.careers import AIDE, NURSE, SPOKANE

PATH = f"/api/v1/wallet/pathways/{NURSE.code}"


@pytest.fixture
def as_pete(pete):
    return {"Person": pete.person_id}


def test_pathways_come_with_their_steps_and_the_one_straight_there_last(client, as_pete):
    answer = client.get(f"{PATH}?area={SPOKANE.code}", headers=as_pete)
    assert answer.status_code == 200
    ways = answer.json
    assert 1 <= len(ways) <= 4
    assert [way["direct"] for way in ways] == [False] * (len(ways) - 1) + [True]
    for way in ways:
        assert way["steps"][-1]["code"] == NURSE.code
        assert way["gap"] == pytest.approx(sum(step["gap"] for step in way["steps"]))
        assert way["to_gain"] == sum(len(step["skills"]) for step in way["steps"])
        assert way["steps"][0]["from_code"] is None
        for before, step in zip(way["steps"], way["steps"][1:], strict=False):
            assert step["from_code"] == before["code"]
        for step in way["steps"]:
            assert step["score"] + step["gap"] == pytest.approx(1.0)
            assert step["months"] is None and step["job_zone"] is None and step["education"] is None
            assert step["openings_kind"] == "jobs"
    straight = ways[-1]["steps"][0]
    assert [gain["skill"] for gain in straight["skills"]] == ["give medicines"]
    assert (straight["wage"], straight["wage_area"], straight["openings"]) == (93_600.0, SPOKANE.code, 6_850)
    assert straight["wage_change"] is None


def test_how_many_is_kept_to(client, as_pete):
    assert [way["direct"] for way in client.get(f"{PATH}?limit=1", headers=as_pete).json] in ([False], [True])
    assert len(client.get(f"{PATH}?limit=2", headers=as_pete).json) <= 2


def test_pay_may_fall_when_it_is_asked_for(client, as_pete):
    for query in (
        "pay_may_fall=true",
        "no_degree=1",
        "only_local=true",
        "only_reach=true",
        f"also={SPOKANE.code}",
    ):
        assert client.get(f"{PATH}?{query}", headers=as_pete).status_code == 200


@pytest.mark.parametrize("query", ["limit=0", "limit=99", "area=x", "also=1,2", "pay_may_fall=perhaps"])
def test_what_cannot_be_read_is_refused(client, as_pete, query):
    assert_problem(client.get(f"{PATH}?{query}", headers=as_pete), 400)


def test_what_is_not_there_is_not_found(client, as_pete):
    assert_problem(client.get("/api/v1/wallet/pathways/99-9999.00", headers=as_pete), 404)
    assert_problem(client.get(f"{PATH}?area=9999999", headers=as_pete), 404)
    assert_problem(client.get(f"{PATH}?also=9999999", headers=as_pete), 404)


def test_a_visitor_is_asked_to_sign_in_and_nobody_walks_from_another_wallet(client, record, pete):
    assert_problem(client.get(PATH), 401)
    maya = {"Person": record.person("Maya").person_id}
    [straight] = client.get(f"{PATH}?owner={pete.person_id}", headers=maya).json
    assert straight["gap"] == 1.0


def test_roles_that_are_away_are_a_503(client, as_pete, switch):
    switch.away = True
    assert_problem(client.get(PATH, headers=as_pete), 503)


def test_a_goal_that_is_reached_has_only_the_way_straight_there(client, as_pete):
    [straight] = client.get(f"/api/v1/wallet/pathways/{AIDE.code}", headers=as_pete).json
    assert straight["direct"] and straight["gap"] == 0.0 and straight["steps"][0]["carried"] == 3


def test_it_is_described(client):
    described = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/wallet/pathways/{code}"]["get"]
    assert {one["name"] for one in described["parameters"]} >= {"code", "area", "limit", "no_degree"}

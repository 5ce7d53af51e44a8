"""What a person's programs may ask about their own wallet, and nobody else's."""

from __future__ import annotations

import pytest

from tests.api.test_roles_api import assert_problem
from tests.careers import AIDE, DRIVER, NURSE, SPOKANE, skill

OWN = ("/wallet", "/wallet/matches", f"/wallet/gap/{NURSE.code}")


@pytest.fixture
def as_pete(pete):
    return {"Person": pete.person_id}


def test_the_wallet_holds_skills_and_credentials(client, as_pete):
    wallet = client.get("/api/v1/wallet", headers=as_pete).json
    held = {holding["skill"]: holding for holding in wallet["holdings"]}
    assert set(held) == {"monitor patients", "lift patients", "write reports"}
    monitor = held["monitor patients"]
    assert (monitor["uri"], monitor["standing"]) == (skill("monitor patients").uri, "verified")
    assert monitor["level"] is None
    assert monitor["by"][0]["title"] == "Nursing assistant certificate"
    assert held["write reports"]["standing"] == "self_asserted"
    [credential] = wallet["credentials"]
    assert credential["issuer"] == "Technical Institute"
    assert credential["issued_on"] == "2025-06-01"


def test_matches_come_best_first_with_their_range(client, as_pete):
    matches = client.get(f"/api/v1/wallet/matches?area={SPOKANE.code}", headers=as_pete).json
    assert matches[0]["code"] == AIDE.code
    assert matches[0]["score"] == pytest.approx(1.0)
    assert matches[0]["low"] < matches[0]["score"] <= matches[0]["high"]
    assert (matches[0]["matched"], matches[0]["partial"], matches[0]["missing"]) == (3, 0, 0)
    scores = [match["score"] for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert len(client.get("/api/v1/wallet/matches?limit=2", headers=as_pete).json) == 2


def test_a_gap_says_what_covers_each_square_and_why(client, as_pete):
    squares = client.get(f"/api/v1/wallet/gap/{NURSE.code}", headers=as_pete).json
    by_name = {square["skill"]: square for square in squares}
    monitor = by_name["monitor patients"]
    assert (monitor["state"], monitor["coverage"], monitor["importance"]) == ("matched", 1.0, 0.8)
    assert monitor["by"] == [
        {
            "title": "Nursing assistant certificate",
            "issuer": "Technical Institute",
            "standing": "verified",
            "record_id": monitor["by"][0]["record_id"],
        }
    ]
    assert by_name["give medicines"]["state"] == "missing" and by_name["give medicines"]["by"] == []
    assert "Nothing in your wallet covers it yet." in by_name["give medicines"]["why"]
    found = client.get("/api/v1/wallet/matches", headers=as_pete).json
    [score] = [match["score"] for match in found if match["code"] == NURSE.code]
    assert sum(s["weight"] * s["coverage"] for s in squares) == pytest.approx(score)


def test_figures_are_of_the_persons_home_area_unless_another_is_asked_for(client, record, pete, as_pete):
    def jobs(query: str = "") -> float | None:
        found = client.get(f"/api/v1/wallet/matches{query}", headers=as_pete).json
        return next(match["employment"] for match in found if match["code"] == NURSE.code)

    everywhere = jobs()
    record.service.set_area(pete, SPOKANE.code)
    assert jobs() == jobs(f"?area={SPOKANE.code}") == 6_850 != everywhere
    assert jobs("?area=0000000") == everywhere
    assert client.get(f"/api/v1/wallet/gap/{NURSE.code}", headers=as_pete).status_code == 200


def test_a_home_area_that_is_no_more_gives_the_figures_of_the_nation(client, record, pete, as_pete):
    record.service.set_area(pete, "99999")
    for path in OWN:
        assert client.get("/api/v1" + path, headers=as_pete).status_code == 200


def test_an_empty_wallet_reaches_nothing_and_says_so(client, record):
    maya = {"Person": record.person("Maya").person_id}
    assert client.get("/api/v1/wallet", headers=maya).json == {"holdings": [], "credentials": []}
    assert {match["score"] for match in client.get("/api/v1/wallet/matches", headers=maya).json} == {0.0}
    squares = client.get(f"/api/v1/wallet/gap/{DRIVER.code}", headers=maya).json
    assert {square["state"] for square in squares} == {"missing"}


@pytest.mark.parametrize("path", OWN)
def test_a_visitor_is_asked_to_sign_in(client, pete, path):
    assert_problem(client.get("/api/v1" + path), 401)


@pytest.mark.parametrize("path", OWN)
def test_nobody_sees_what_is_somebody_elses(client, record, pete, path):
    maya = {"Person": record.person("Maya").person_id}
    for query in ("", f"?owner={pete.person_id}", f"?person_id={pete.person_id}"):
        answer = client.get(f"/api/v1{path}{query}", headers=maya)
        assert answer.status_code == 200
        assert b"Nursing assistant certificate" not in answer.data


@pytest.mark.parametrize("path", OWN)
def test_what_is_a_persons_own_is_never_kept_on_the_way(client, as_pete, path):
    assert client.get("/api/v1" + path, headers=as_pete).headers["Cache-Control"] == "no-store"


def test_a_role_or_area_that_does_not_exist_is_not_found(client, as_pete):
    assert_problem(client.get("/api/v1/wallet/gap/99-9999.00", headers=as_pete), 404)
    assert_problem(client.get(f"/api/v1/wallet/gap/{NURSE.code}?area=9999999", headers=as_pete), 404)
    assert_problem(client.get("/api/v1/wallet/matches?area=9999999", headers=as_pete), 404)
    assert_problem(client.get("/api/v1/wallet/matches?limit=0", headers=as_pete), 400)


def test_the_wallet_can_be_read_while_roles_are_away(client, as_pete, switch):
    switch.away = True
    wallet = client.get("/api/v1/wallet", headers=as_pete)
    assert wallet.status_code == 200 and len(wallet.json["credentials"]) == 1
    assert_problem(client.get("/api/v1/wallet/matches", headers=as_pete), 503)
    assert_problem(client.get(f"/api/v1/wallet/gap/{NURSE.code}", headers=as_pete), 503)

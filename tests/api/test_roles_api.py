"""What any program may ask about places, roles and figures."""

from __future__ import annotations

import pytest

from graph.model import ModelledMove, ObservedMove
from tests.careers import AIDE, COUNTY, DRIVER, NURSE, OUTLOOK, SPOKANE, UNKNOWN, SmallLabor


def test_places_are_found_by_name(client):
    assert client.get("/api/v1/areas?q=spokane").json == [
        {"code": SPOKANE.code, "name": SPOKANE.name, "kind": "metro"},
        {"code": COUNTY.code, "name": "Spokane County", "kind": "county"},
    ]


def test_roles_are_found_with_their_figures(client):
    [first] = client.get("/api/v1/roles?q=CNA").json
    assert first["code"] == AIDE.code and first["title"] == "Nursing Assistants"
    assert first["job_family"] == "31"
    assert (first["employment"], first["median_wage"]) == (1_400_000, 93_600)


def test_a_figure_that_is_not_published_is_null_with_the_reason(client):
    found = {role["code"]: role for role in client.get(f"/api/v1/roles?area={SPOKANE.code}").json}
    assert found[DRIVER.code]["employment"] is None
    assert found[DRIVER.code]["employment_note"] == "suppressed"
    assert found[UNKNOWN.code]["median_wage"] is None
    assert found[UNKNOWN.code]["median_wage_note"] == "not_published"


def test_a_list_is_as_long_as_asked(client):
    assert len(client.get("/api/v1/roles?limit=2").json) == 2
    assert len(client.get("/api/v1/areas?limit=1").json) == 1
    assert len(client.get(f"/api/v1/roles/{NURSE.code}/similar?limit=1").json) == 1


def test_a_role_comes_with_requirements_market_and_sources(client):
    role = client.get(f"/api/v1/roles/{NURSE.code}?area={COUNTY.code}").json
    first = role["requirements"][0]
    assert first["skill"] == "monitor patients" and first["uri"].startswith("http://data.europa.eu/esco/")
    assert (first["facet"], first["importance"], first["level"]) == ("occupational", 0.8, None)
    assert first["evidence"] == [{"id": "ebcd3d47b1", "text": "They monitor patients."}]
    assert role["labor_market"]["area"]["code"] == SPOKANE.code
    assert role["labor_market"]["employment"] == {"value": 6850, "note": None}
    assert role["labor_market"]["annual"]["p50"]["value"] == 93_600
    assert role["sources"][0]["release"] == "May 2025"


def test_a_roles_market_says_how_employment_is_projected_where_it_is(client, monkeypatch):
    monkeypatch.setattr(SmallLabor, "outlooks", lambda _self, codes, _area: dict.fromkeys(codes, OUTLOOK))
    outlook = client.get(f"/api/v1/roles/{NURSE.code}?area={COUNTY.code}").json["labor_market"]["outlook"]
    assert (outlook["base_year"], outlook["target_year"], outlook["source"]) == (2024, 2034, "projections")
    assert outlook["area"]["code"] == "0000000" and outlook["openings"] == {"value": 189_100, "note": None}


def test_a_roles_market_has_no_outlook_where_no_projections_are_loaded(client):
    assert client.get(f"/api/v1/roles/{NURSE.code}").json["labor_market"]["outlook"] is None


def test_a_role_that_no_survey_counts_has_no_market(client):
    assert client.get(f"/api/v1/roles/{UNKNOWN.code}").json["labor_market"] is None


@pytest.mark.parametrize("said", ["31", "Healthcare Support", "healthcare  support occupations"])
def test_a_job_family_is_asked_for_by_its_digits_or_its_name(client, said):
    assert [role["code"] for role in client.get("/api/v1/roles", query_string={"job_family": said}).json] == [
        AIDE.code
    ]


def test_similar_roles_are_listed_as_on_the_command_line(client):
    assert client.get(f"/api/v1/roles/{NURSE.code}/similar").json == [
        {"code": "29-1141.01", "title": "Acute Care Nurses", "score": 0.9},
        {"code": AIDE.code, "title": "Nursing Assistants", "score": 0.5},
    ]


def test_parameters_of_unknown_name_are_passed_over_and_empty_ones_are_not_given(client):
    assert client.get("/api/v1/roles?q=CNA&colour=blue&area=&limit=&job_family=").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=ten",
        "limit=1e9",
        "limit=99999999999999999999",
        "limit=%00",
        "area=Spokane",
        "area=00440600",
        "area='; DROP TABLE role; --",
        "area=%F0%9F%99%82",
        "job_family=nursing",
        "job_family=299",
        "q=" + "x" * 101,
    ],
)
def test_a_parameter_that_cannot_be_is_refused_with_its_name(client, query):
    answer = client.get(f"/api/v1/roles?{query}")
    assert_problem(answer, 400)
    assert answer.json["detail"].startswith(query.split("=")[0])


def test_a_place_that_is_no_code_is_told_what_a_code_is(client):
    detail = client.get("/api/v1/roles?area=Spokane").json["detail"]
    assert "seven digits" in detail and "five-digit FIPS code" in detail
    assert "pattern" not in detail


@pytest.mark.parametrize(
    "path", ["/roles/{}", "/roles/{}/similar", "/roles/{}/moves", "/roles/29-1141.00?area=9999999"]
)
@pytest.mark.parametrize("code", ["99-9999.00", "'", "%00", "..%5C", "🙂", "a" * 3000, "<script>"])
def test_what_is_not_there_is_not_found(client, path, code):
    assert_problem(client.get("/api/v1" + path.format(code)), 404)


@pytest.mark.parametrize("path", ["/roles/99-9999.00", "/roles/99-9999.00/similar"])
def test_the_title_says_what_is_not_there(client, path):
    assert client.get("/api/v1" + path).json["title"] == "There is no role with the code 99-9999.00"


@pytest.mark.parametrize("kind", ["areas", "roles"])
def test_what_is_no_word_finds_nothing(client, kind):
    assert client.get(f"/api/v1/{kind}", query_string={"q": "';--"}).json == []


def test_an_area_that_does_not_exist_is_not_found(client):
    answer = client.get("/api/v1/roles?area=9999999")
    assert_problem(answer, 404)
    assert answer.json["detail"] == "There is no place with the code 9999999."


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%FF%FE", "q='", "q=%25", "q=" + "(" * 100, "q=<b>", "q=%F0%9F%99%82"]
)
def test_any_words_may_be_searched(client, query):
    assert client.get(f"/api/v1/roles?{query}").status_code == 200
    assert client.get(f"/api/v1/areas?{query}").status_code == 200


def test_another_method_is_told_which_ones_there_are(client):
    answer = client.post("/api/v1/roles")
    assert_problem(answer, 405)
    assert "GET" in answer.headers["Allow"] and "GET" in answer.json["detail"]


def test_a_path_that_does_not_exist_is_a_problem_document(client):
    assert_problem(client.get("/api/v1/nothing"), 404)


def test_roles_are_away_while_their_database_is(client, switch):
    switch.away = True
    for path in ("/areas", "/roles", f"/roles/{NURSE.code}", f"/roles/{NURSE.code}/similar"):
        assert_problem(client.get("/api/v1" + path), 503)


def test_health_names_the_release_of_every_source(client):
    assert client.get("/healthz").json == {"status": "ok", "sources": {"oews": "May 2025"}}


def test_health_says_why_not(client, switch):
    switch.away = True
    answer = client.get("/healthz")
    assert_problem(answer, 503)
    assert answer.json["detail"] == "There is no labour-market database yet."
    switch.away = False
    assert client.get("/healthz").status_code == 200


def assert_problem(answer, status: int) -> None:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"] and answer.json["detail"]


def test_moves_are_listed_with_their_range_or_their_year(client, monkeypatch):
    monkeypatch.setattr(
        SmallLabor,
        "modelled_moves",
        lambda self, code: (ModelledMove("31-1010", (AIDE.code,), 0.2, 0.1, 0.4),),
    )
    assert client.get(f"/api/v1/roles/{NURSE.code}/moves").json == [
        {
            "code": AIDE.code,
            "title": "Nursing Assistants",
            "share": 0.2,
            "low": 0.1,
            "high": 0.4,
            "counted_with": 0,
            "modelled": True,
            "year": "",
            "source": "moves_model",
        }
    ]
    monkeypatch.setattr(
        SmallLabor,
        "observed_moves",
        lambda self: (ObservedMove(NURSE.code, "31-1130", 0.07, "2024"),),
    )
    (counted,) = client.get(f"/api/v1/roles/{NURSE.code}/moves").json
    assert (counted["share"], counted["low"], counted["year"]) == (0.07, None, "2024")
    assert not counted["modelled"]

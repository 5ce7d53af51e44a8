"""Pathways as a page: ends, ways, filters, what is kept, and what is said where there is nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from components.pathway_picture import drawing, wrapped
from tests.careers import (
    ACUTE,
    AIDE,
    CLERK,
    DRIVER,
    NURSE,
    SPOKANE,
    UNKNOWN,
    SmallLabor,
    holding,
    skill,
    wallet,
)
from tests.pages.small_product import SmallProduct
from tests.people import PASSWORD
from web.navigation import in_order

FROM_AIDE = f"/pathways?now={AIDE.code}"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


def page(here: SmallProduct, address: str, status: int = 200) -> str:
    answer = here.browser.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.text


def post(here: SmallProduct, path: str, **fields: Any) -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', here.browser.get("/account").text)
    assert token
    return here.browser.post(path, data={**fields, "csrf_token": token[1]})


def test_there_is_one_heading_and_the_page_follows_the_network(here):
    text = page(here, "/pathways")
    assert re.findall(r"<h1>(.*?)</h1>", text) == ["Pathways"]
    labels = re.findall(r'<li><a href="(/[a-z]*)"', text.split("</nav>")[0])
    assert labels[labels.index("/network") + 1] == "/pathways"


def test_without_a_goal_or_a_record_the_page_asks_for_both(here):
    text = page(here, "/pathways")
    assert "Say which job you do now" in text and "Where you want to get to" in text
    assert "Choose where you want to get to." in text


def test_a_goal_is_found_by_any_title_and_chosen_by_a_link(here):
    text = page(here, "/pathways?q=enfermera")
    assert f'href="/pathways?to={NURSE.code}"' in text
    assert "No occupation goes by that name" in page(here, "/pathways?q=zzzz")


def test_the_job_done_now_is_found_too_and_keeps_the_goal(here):
    text = page(here, f"/pathways?to={NURSE.code}&job=cna")
    assert f"/pathways?now={AIDE.code}&amp;to={NURSE.code}" in text


def test_ways_are_shown_as_lists_as_a_table_and_as_a_hidden_picture(here):
    text = page(here, f"/pathways?have={skill('write reports').id}&to={NURSE.code}")
    assert len(re.findall(r'<li class="card way', text)) == 1 and "1 way over stepping stones" in text
    assert '<div class="card way-picture" aria-hidden="true">' in text
    assert "Show as table" in text and "Straight there" in text
    rows = re.findall(r"<tr><td>", text)
    steps = set(re.findall(r'<details id="(way-\d-step-\d|straight)"', text))
    assert len(rows) == len(steps)
    # What the eye can press on the picture leads to what is in the list, and takes no focus.
    for target in re.findall(r'<a href="#([\w-]+)" tabindex="-1">', text):
        assert target in steps
    assert 'href="#' not in re.sub(
        r'<a href="#[\w-]+" tabindex="-1">', "", text.split("way-picture")[1].split("</svg>")[0]
    )


def test_each_step_opens_to_its_squares_figures_and_changes(here):
    text = page(here, FROM_AIDE + f"&to={NURSE.code}&area={SPOKANE.code}")
    straight = text.split('<details id="straight"')[1].split("</details>")[0]
    for words in (
        "skill to gain",
        "carr",
        "give medicines",
        "square missing",
        "square matched",
        "Change in pay",
    ):
        assert words in straight
    assert "6,850 jobs" in straight and "OEWS" in straight
    assert f"/gap/{NURSE.code}?now={AIDE.code}" in straight


def test_what_cannot_be_known_is_said(here):
    text = page(here, FROM_AIDE + f"&to={NURSE.code}")
    assert "No release says which jobs are part time" in text
    assert "Nothing that is loaded says which roles take a degree" in text
    assert "not known: no release that says so is loaded" in text
    assert "whoever works in a role learns all that the role requires" in text


def test_filters_are_fields_of_a_form_and_stand_in_the_address(here):
    text = page(here, FROM_AIDE + f"&to={NURSE.code}&nodegree=1&within=1")
    for name, on in (("fall", False), ("nodegree", True), ("local", False), ("within", True)):
        [field] = re.findall(rf'<input type="checkbox" name="{name}"[^>]*>', text)
        assert (" checked" in field) is on
    form = text.split('class="filter-form"')[1].split("</form>")[0]
    assert f'name="to" value="{NURSE.code}"' in form and f'name="now" value="{AIDE.code}"' in form
    assert 'type="checkbox" disabled aria-describedby="part-time"' in form


def test_a_place_more_can_be_added_and_left_out(here):
    text = page(here, FROM_AIDE + f"&to={NURSE.code}&area={SPOKANE.code}&place=united")
    assert f"area={SPOKANE.code}&amp;also=0000000" in text
    added = page(here, FROM_AIDE + f"&to={NURSE.code}&area={SPOKANE.code}&also=0000000")
    assert 'aria-label="Leave out: United States"' in added


def test_a_limit_that_leaves_no_way_is_named_and_can_be_dropped(here):
    text = page(here, f"/pathways?now={DRIVER.code}&to={NURSE.code}&area={SPOKANE.code}&local=1&within=1")
    assert "No way over stepping stones" in text
    refused = page(here, FROM_AIDE + f"&to={AIDE.code}&area={SPOKANE.code}&local=1")
    assert "Nothing of what this role requires is missing" in refused
    local = page(here, f"/pathways?now={CLERK.code}&to={AIDE.code}&area={SPOKANE.code}&local=1")
    assert "The goal itself does not meet" in local
    dropped = re.search(r'href="([^"]+)">Drop', local)
    assert dropped and "local" not in dropped[1]


def test_a_goal_that_is_reached_or_says_nothing_is_told_apart(here):
    assert "You are there" in page(here, FROM_AIDE + f"&to={AIDE.code}")
    assert "No requirements published" in page(here, FROM_AIDE + f"&to={UNKNOWN.code}")


def test_a_goal_that_is_no_role_is_not_found_and_the_page_stays_of_use(here):
    text = page(here, FROM_AIDE + "&to=99-9999.00", 404)
    assert "There is no role with the code 99-9999.00." in text and "Where you want to get to" in text


@pytest.mark.parametrize(
    "address",
    [
        "?to=<script>",
        "?now=1&to=2",
        "?area=zz&also=,,,",
        "?fall=yes&within=2",
        "?q=" + "x" * 3000,
        "?also=" + "0" * 900,
    ],
)
def test_an_address_that_makes_no_sense_shows_what_it_would_without(here, address):
    assert "<h1>Pathways</h1>" in page(here, "/pathways" + address)
    assert "<script>alert" not in page(here, "/pathways?q=<script>alert(1)</script>")


def test_a_chosen_pathway_is_kept_shown_again_exported_and_taken_away(here):
    here.sign_in("Rosa")
    address = FROM_AIDE + f"&to={NURSE.code}"
    assert "Choose this pathway" in page(here, address)
    for _ in range(2):
        answer = post(here, "/pathways", to=NURSE.code, now=AIDE.code, stones=ACUTE.code)
        assert answer.status_code == 303 and f"to={NURSE.code}" in answer.headers["Location"]
    shown = page(here, "/pathways")
    assert shown.count("/remove") == 1 and "Your pathways" in shown and "Acute Care Nurses" in shown
    assert "Your choice" in page(here, address)
    held = json.loads(here.browser.get("/account/export").text)
    assert [one["stones"] for one in held["pathways"]] == [[ACUTE.code]]
    kept = re.search(r"/pathways/([0-9a-f]{32})/remove", shown)
    assert kept and post(here, f"/pathways/{kept[1]}/remove").status_code == 303
    assert "Your pathways" not in page(here, "/pathways")


def test_what_is_no_way_is_refused_in_words_and_keeps_nothing(here):
    here.sign_in("Rosa")
    for stones in (NURSE.code, ",".join([ACUTE.code] * 2)):
        answer = post(here, "/pathways", to=NURSE.code, stones=stones)
        assert answer.status_code == 422 and "Choose one of the pathways that are shown." in answer.text
    assert post(here, "/pathways", to=NURSE.code, stones="99-9999.00").status_code == 404
    assert "/remove" not in page(here, "/pathways")


def test_a_visitor_is_sent_to_sign_in_and_keeps_nothing(here):
    text = page(here, FROM_AIDE + f"&to={NURSE.code}")
    assert "Sign in to keep this pathway" in text and 'method="post" action="/pathways"' not in text


def test_somebody_elses_pathway_is_not_taken_away(here):
    here.sign_in("Rosa")
    post(here, "/pathways", to=NURSE.code, stones="")
    kept = re.search(r"/pathways/([0-9a-f]{32})/remove", page(here, "/pathways"))
    assert kept
    here.browser = here.shell.server.test_client()
    here.sign_in("Maya")
    assert post(here, f"/pathways/{kept[1]}/remove").status_code == 404
    here.browser = here.shell.server.test_client()
    here.browser.post("/api/v1/session", json={"email": "rosa@example.org", "password": PASSWORD})
    assert kept[1] in page(here, "/pathways")


def test_the_network_and_a_role_lead_there(here):
    drawn = here.open("/network", f"?now={AIDE.code}&open={NURSE.code}").get_data(as_text=True)
    assert "See ways there" in drawn and f"to={NURSE.code}" in drawn
    gap = here.open(f"/gap/{NURSE.code}", f"?now={AIDE.code}").get_data(as_text=True)
    assert "See ways there" in gap


def test_the_picture_goes_from_left_to_right(here):
    found = here.services.pathways.pathways(wallet(holding("write reports")), NURSE.code)
    assert found.ways
    drawn = drawing(found, "You")
    for place, way in enumerate(found.ways):
        across = [node.x for node in drawn.nodes if node.target.startswith(f"way-{place + 1}-")]
        assert len(across) == len(way.stones) and across == sorted(across)
    assert sum(bool(line.label) for line in drawn.lines) == len(found.ways) + 1
    assert all(0 <= node.arc <= node.ring for node in drawn.nodes)


def test_a_long_title_is_cut_where_the_picture_ends():
    assert wrapped("First-Line Supervisors of Transportation and Material Moving Workers", 24) == (
        "First-Line Supervisors",
        "of Transportation and…",
    )
    assert wrapped("") == ()


def test_a_place_that_names_another_stands_right_after_it():
    from types import SimpleNamespace as Spot

    places = [
        Spot(name="a", after=""),
        Spot(name="b", after=""),
        Spot(name="c", after="a"),
        Spot(name="d", after="?"),
    ]
    assert [one.name for one in in_order(places)] == ["a", "c", "b", "d"]


def test_while_roles_are_away_the_page_says_so(tmp_path):
    product = SmallProduct(tmp_path)
    labor = product.services.labor
    assert isinstance(labor, SmallLabor)
    product.services.close()

    from data.errors import LaborDataUnavailable

    def away() -> SmallLabor:
        raise LaborDataUnavailable("away")

    product.services._open_labor = away
    assert product.browser.get("/pathways").status_code == 503
    assert product.browser.get(f"/pathways?to={NURSE.code}").status_code == 503
    product.close()

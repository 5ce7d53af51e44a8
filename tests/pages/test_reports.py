"""The page of who decides, and what the gap page lets a person say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.roles import PersonRole
from data.review import read_decisions
from tests.careers import NURSE, skill
from tests.pages.small_product import SmallProduct, drawn
from tests.people import PASSWORD

MEDICINES, LIFT = skill("give medicines").uri, skill("lift patients").uri
TASK = NURSE.requirements[1].evidence[0].id
GAP = f"/gap/{NURSE.code}"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


@pytest.fixture
def admin(product: SmallProduct) -> Any:
    """Somebody who decides; signs in when called."""
    kim = product.record.person("Kim")
    product.record.people.grant_roles(kim.person_id, {PersonRole.ADMIN})

    def sign_in() -> None:
        product.browser = product.shell.server.test_client()
        sent = {"email": "kim@example.org", "password": PASSWORD}
        assert product.browser.post("/api/v1/session", json=sent).status_code == 204

    return sign_in


def act(product: SmallProduct, sent: Any) -> Any:
    return product.call(
        "gap-content.children", "act.data", act_data=sent, address_search="", address_pathname=GAP
    )


def say_wrong(product: SmallProduct, words: str = "Not here.") -> Any:
    return act(product, {"act": "report", "on": MEDICINES, "fields": {"words": words}, "nth": 1})


def missing(product: SmallProduct, sent: Any, **values: Any) -> Any:
    return product.call(
        "missing-mine.children",
        "missing-act.data",
        missing_act_data=sent,
        address_pathname=GAP,
        **values,
    )


def post(product: SmallProduct, path: str, **fields: str) -> Any:
    page = product.browser.get("/reports").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return product.browser.post(path, data={**fields, "csrf_token": token[1]})


# Saying it, on the gap page


def test_a_square_that_looks_wrong_is_thanked_for_and_taken_back(product: SmallProduct):
    pete = product.sign_in("Pete")
    assert "This looks wrong" in product.open(GAP).text
    answer = say_wrong(product)
    assert "You said this looks wrong." in drawn(answer, "gap-content")
    assert "looks wrong. Thank you" in drawn(answer, "gap-said")
    assert [report.words for report in product.services.reports.mine(pete)] == ["Not here."]
    answer = act(product, {"act": "unreport", "on": MEDICINES})
    assert "You said this looks wrong." not in drawn(answer, "gap-content")
    assert product.services.reports.mine(pete) == ()


def test_what_is_missing_is_said_with_the_statement_that_was_chosen(product: SmallProduct):
    pete = product.sign_in("Pete")
    assert "Something is missing" in product.open(GAP).text
    picked = missing(product, {"act": "pick", "on": LIFT}).get_json()["response"]
    assert picked["missing-pick"]["data"] == LIFT
    answer = missing(
        product, {"act": "missing", "on": "missing"}, missing_text_value="lifting", missing_pick_data=LIFT
    )
    assert "lift patients" in drawn(answer, "missing-mine")
    (report,) = product.services.reports.mine(pete)
    assert (report.kind, report.words, report.chosen_uri) == ("missing", "lifting", LIFT)
    answer = missing(product, {"act": "unmissing", "on": report.id})
    assert product.services.reports.mine(pete) == ()
    assert "You took it back" in drawn(answer, "missing-status")


def test_words_that_are_lacking_or_too_long_are_told(product: SmallProduct):
    product.sign_in("Pete")
    answer = missing(product, {"act": "missing", "on": "missing"}, missing_text_value=" ")
    assert drawn(answer, "missing-status") == '"Say in a few words what is missing."'
    answer = say_wrong(product, "x" * 501)
    assert "500 characters" in drawn(answer, "gap-said") and "500 characters" in drawn(answer, "gap-content")
    assert say_wrong(product, "x" * 5000).status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "report", "on": LIFT},
        {"act": "report", "on": "\x00"},
        {"act": "report", "on": 7},
        {"act": "report", "on": MEDICINES, "fields": {"words": ["x"]}},
    ],
)
def test_a_wish_no_button_could_send_reports_nothing(product: SmallProduct, sent: Any):
    pete = product.sign_in("Pete")
    answer = act(product, sent)
    assert answer.status_code == 400 or "not a skill of this role" in answer.text
    assert product.services.reports.mine(pete) == ()


def test_another_s_report_cannot_be_taken_back_here(product: SmallProduct):
    pete = product.sign_in("Pete")
    say_wrong(product)
    (report,) = product.services.reports.mine(pete)
    product.browser = product.shell.server.test_client()
    product.sign_in("Maya")
    answer = missing(product, {"act": "unmissing", "on": report.id})
    assert "There is no such report" in drawn(answer, "missing-status")
    act(product, {"act": "unreport", "on": MEDICINES})
    assert product.services.reports.mine(pete) == (report,)


def test_a_visitor_is_told_that_signing_in_allows_it_and_can_do_nothing(product: SmallProduct):
    page = product.open(GAP).text
    assert "This looks wrong" not in page and "to say that a skill looks wrong here" in page
    assert say_wrong(product).status_code == 401
    assert missing(product, {"act": "missing", "on": "missing"}).status_code == 401


def test_what_a_person_said_is_in_the_file_of_all_that_is_held_about_them(product: SmallProduct):
    product.sign_in("Pete")
    say_wrong(product, "What Pete wrote")
    assert "What Pete wrote" in product.browser.get("/account/export").text


# Deciding, on a page of its own


def test_reports_are_for_administrators_only(product: SmallProduct, admin: Any):
    assert product.browser.get("/reports").status_code == 303
    product.sign_in("Pete")
    refused = product.browser.get("/reports")
    assert refused.status_code == 403
    assert 'href="/reports"' not in product.browser.get("/account").text
    admin()
    page = product.browser.get("/reports").text
    assert "<h1>Reports</h1>" in page and "Nothing is open" in page and 'href="/reports"' in page


def test_a_case_shows_what_was_said_beside_the_tasks_and_no_name(product: SmallProduct, admin: Any):
    product.sign_in("Pete")
    say_wrong(product, "<script>alert(1)</script>")
    admin()
    page = product.browser.get("/reports").text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    tasks = [task.text for required in NURSE.requirements for task in required.evidence]
    assert [page.find(task) for task in tasks] == sorted(page.find(task) for task in tasks)
    assert all(task in page for task in tasks)
    assert page.count("behind the square now") == 1
    assert "Pete" not in page and "pete@" not in page


def test_a_decision_leads_to_an_export_that_can_be_read(product: SmallProduct, admin: Any, tmp_path: Path):
    pete = product.sign_in("Pete")
    say_wrong(product)
    (report,) = product.services.reports.mine(pete)
    admin()
    case = f"/reports/{report.id}"
    found = post(
        product, case, step="find", find="lift patients", decision="swap", task=TASK, reason="better"
    )
    assert found.status_code == 200
    assert f'value="{LIFT}"' in found.text and ">better</textarea>" in found.text
    lacking = post(product, case, step="decide", decision="swap", task=TASK, reason="better")
    assert lacking.status_code == 400 and "Look for the published statement" in lacking.text
    done = post(
        product,
        case,
        step="decide",
        decision="swap",
        task=TASK,
        reason="better",
        core="yes",
        statement=LIFT,
    )
    assert done.status_code == 303
    page = product.browser.get("/reports").text
    assert "Nothing is open" in page and "swapped for:" in page and "Your decision is kept" in page
    again = post(product, case, step="decide", decision="keep", task=TASK)
    assert again.status_code == 303
    assert "This is decided already" in product.browser.get("/reports").text
    link = re.search(r'href="([^"]+)"[^>]*>Export decisions', page)
    assert link
    path = tmp_path / "corrections.csv"
    path.write_bytes(product.browser.get(link[1]).data)
    assert [(d.skill_uri, d.decision, d.other_uri, d.core) for d in read_decisions(path)] == [
        (MEDICINES, "swap", LIFT, True)
    ]


def test_a_dismissed_report_can_be_opened_again(product: SmallProduct, admin: Any):
    pete = product.sign_in("Pete")
    say_wrong(product)
    (report,) = product.services.reports.mine(pete)
    admin()
    assert post(product, f"/reports/{report.id}", step="dismiss", reason="It is right.").status_code == 303
    assert "It is right." in product.browser.get("/reports").text
    assert post(product, f"/reports/{report.id}/undo").status_code == 303
    assert "Open (1)" in product.browser.get("/reports").text


def test_a_report_that_is_not_there_is_not_found_and_nobody_else_may_decide(
    product: SmallProduct, admin: Any
):
    pete = product.sign_in("Pete")
    say_wrong(product)
    (report,) = product.services.reports.mine(pete)
    page = product.browser.get("/account").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token[1], "step": "decide", "decision": "drop", "task": TASK, "reason": "x"}
    for path in (f"/reports/{report.id}", f"/reports/{report.id}/undo"):
        assert product.browser.post(path, data=fields).status_code == 403
    admin()
    assert post(product, "/reports/nothing", step="decide", decision="drop", task=TASK).status_code == 404
    assert post(product, "/reports/nothing/undo").status_code == 404
    assert product.browser.get("/reports?case=nothing").status_code == 404
    assert product.browser.post(f"/reports/{report.id}", data={"step": "decide"}).status_code == 400
    assert product.services.reports.mine(pete)[0].state == "open"


def test_the_page_is_in_spanish_for_who_reads_it(product: SmallProduct, admin: Any):
    product.sign_in("Pete")
    say_wrong(product)
    admin()
    product.browser.set_cookie("language", "es")
    page = product.browser.get("/reports").text
    assert "<h1>Avisos</h1>" in page and "¿Qué decide usted?" in page
    assert '<span lang="en">give medicines</span>' in page

"""What next, compare and explore: open to everybody, kept nowhere but in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.model import Interest, InterestActivity, Interests
from tests.careers import AIDE, DRIVER, NURSE, SmallLabor, skill
from tests.pages.small_product import SmallProduct

LIFT, WRITE, MONITOR = skill("lift patients"), skill("write reports"), skill("monitor patients")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


def post(here: SmallProduct, path: str, **fields: Any) -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', here.browser.get("/account").text)
    assert token
    return here.browser.post(path, data={**fields, "csrf_token": token[1]})


def test_a_visitor_without_anything_is_shown_where_to_begin(here):
    page = here.browser.get("/next").text
    assert "Nothing to start from yet" in page and 'href="/explore"' in page


def test_a_visitor_s_named_skills_are_reckoned_and_kept_nowhere(here):
    page = here.browser.get(f"/next?have={WRITE.id}").text
    assert "Monitor patients" in page or "monitor patients" in page
    assert "within reach" in page
    assert "Sign in to keep it as a plan" not in page
    tried = here.browser.get(f"/next?have={WRITE.id}&try={MONITOR.id}").text
    assert "Take off: monitor patients" in tried and "Sign in to keep it as a plan" in tried


def test_what_is_tried_on_goes_along_to_the_role_and_is_marked(here):
    gap = here.open(f"/gap/{NURSE.code}", f"?have={WRITE.id}&try={MONITOR.id}")
    drawn = gap.get_data(as_text=True)
    assert "Trying on" in drawn and "matched tried" in drawn and "with what you try on" in drawn
    plain = here.open(f"/gap/{NURSE.code}", f"?have={WRITE.id}").get_data(as_text=True)
    assert "matched tried" not in plain and "Try it on" in plain


def test_what_is_tried_on_redraws_the_network(here):
    address = f"?have={WRITE.id}&try={MONITOR.id}&open={NURSE.code}"
    drawn = here.open("/network", address).get_data(as_text=True)
    assert "square matched tried" in drawn and "Trying on" in drawn


@pytest.mark.parametrize(
    "address",
    ["?try=nonsense", "?try=esco:unknown", "?have=<script>", "?try=" + "x" * 9000, "?area=9999999&now=1"],
)
def test_an_address_that_makes_no_sense_shows_what_it_would_without(here, address):
    for path in ("/next", "/compare", "/explore"):
        assert here.browser.get(path + address).status_code == 200
    for path in ("/network", f"/gap/{NURSE.code}"):
        assert here.open(path, address).status_code == 200


def test_a_plan_is_kept_once_shown_tried_on_again_and_taken_away(here):
    here.sign_in("Rosa")
    for _ in range(2):
        answer = post(here, "/next/plans", name="To care", **{"try": f"{LIFT.id},{MONITOR.id}"})
        assert answer.status_code == 303
    page = here.browser.get("/next").text
    assert page.count("<b>To care</b>") == 1
    assert f"/next?try={LIFT.id},{MONITOR.id}" in page.replace("%3A", ":")
    plan = re.search(r"/next/plans/([0-9a-f]{32})/remove", page)[1]
    assert post(here, f"/next/plans/{plan}/remove").status_code == 303
    assert "To care" not in here.browser.get("/next").text
    assert post(here, f"/next/plans/{plan}/remove").status_code == 404


def test_a_plan_without_a_name_or_a_skill_is_refused_in_words(here):
    here.sign_in("Rosa")
    for fields in ({"name": " ", "try": LIFT.id}, {"name": "x"}, {"name": "x" * 121, "try": LIFT.id}):
        answer = post(here, "/next/plans", **fields)
        assert answer.status_code == 422 and "This needs your attention" in answer.text


def test_anothers_plan_is_not_there(here):
    here.sign_in("Rosa")
    post(here, "/next/plans", name="To care", **{"try": LIFT.id})
    plan = re.search(r"/next/plans/([0-9a-f]{32})/remove", here.browser.get("/next").text)[1]
    here.browser = here.shell.server.test_client()
    here.sign_in("Omar")
    assert post(here, f"/next/plans/{plan}/remove").status_code == 404
    assert "To care" not in here.browser.get("/next").text


def test_careers_stand_side_by_side_with_what_is_published(here):
    page = here.browser.get(f"/compare?roles={NURSE.code},{AIDE.code},{DRIVER.code}&have={WRITE.id}").text
    for title in (NURSE.title, AIDE.title, DRIVER.title):
        assert title in page
    assert "3,000,000 jobs" in page and "not published" not in page.split("<tbody>")[0]
    assert "1 skill is required by all of them" in page and "write reports" in page
    local = here.browser.get(f"/compare?roles={NURSE.code},{AIDE.code}&area=0044060").text
    assert "withheld by BLS" in local


def test_no_more_than_four_are_compared_and_none_is_fine(here):
    codes = ",".join([NURSE.code, AIDE.code, DRIVER.code, "29-1141.01", "53-3033.00"])
    page = here.browser.get(f"/compare?roles={codes}").text
    assert page.count('<th scope="col">') == 4 and "as many as can be" in page
    assert "No career is chosen yet" in here.browser.get("/compare").text
    assert "No career is chosen yet" in here.browser.get("/compare?roles=00-0000.00,none").text


def test_a_signed_in_person_compares_their_careers_first(here):
    rosa = here.sign_in("Rosa")
    here.record.people.choose_career(rosa.person_id, NURSE.code, None, 12)
    assert NURSE.title in here.browser.get("/compare").text
    assert NURSE.title not in here.browser.get("/compare?roles=none").text


def test_skills_are_chosen_and_put_into_a_wallet_by_a_click(here):
    page = here.browser.get("/explore?q=lift+patients").text
    found = re.search(r'href="(/explore\?have=[^"]+)"', page)
    chosen = here.browser.get(found[1].replace("&amp;", "&")).text
    assert "Make an account to keep them" in chosen and "See the careers around it" in chosen
    rosa = here.sign_in("Rosa")
    assert "Put them into my wallet" in here.browser.get(f"/explore?have={LIFT.id}").text
    assert post(here, "/explore/keep", have=LIFT.id).status_code == 303
    held = here.services.wallet_for(rosa).wallet().holdings
    assert [(one.skill.id, one.standing.value) for one in held] == [(LIFT.id, "self_asserted")]


def test_a_visitor_keeps_nothing(here):
    page = here.browser.get("/login").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = here.browser.post("/explore/keep", data={"have": LIFT.id, "csrf_token": token})
    assert answer.status_code in (303, 401)


class Rated(SmallLabor):
    """With a release that has interests and their activities."""

    def interests(self):
        def own(code, *scores):
            return Interests(code, dict(zip(Interest, scores, strict=True)))

        return {
            NURSE.code: own(NURSE.code, 2, 4, 1, 7, 2, 3),
            DRIVER.code: own(DRIVER.code, 7, 1, 1, 1, 2, 4),
        }

    def interest_activities(self):
        return tuple(InterestActivity(one, f"Do something {one.value}") for one in Interest)


def test_interests_say_what_is_not_loaded(here):
    assert "not loaded here" in here.browser.get("/explore/interests").text
    assert "It is not loaded." in here.browser.get("/explore").text


def test_ratings_lead_to_careers_that_share_them(tmp_path):
    here = SmallProduct(tmp_path, Rated)
    page = here.browser.get("/explore/interests?a0=5&a1=1&a2=1&a3=1&a4=2&a5=3").text
    assert page.index(DRIVER.title) < page.index(NURSE.title)
    assert 'name="a0" value="5" checked' in page
    some = here.browser.get("/explore/interests?a0=5&a1=9&a2=x").text
    assert "at least one activity of each kind" in some
    here.close()

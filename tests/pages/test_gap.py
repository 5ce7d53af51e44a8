"""The gap page: one role's squares, held against the reader's record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.careers import AIDE, CLERK, NURSE, UNKNOWN, skill
from tests.pages.small_product import SmallProduct, drawn

NURSING = f"/gap/{NURSE.code}"
MONITOR = skill("monitor patients").uri


@pytest.fixture
def product(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


def act(product: SmallProduct, sent, search: str = "", path: str = NURSING):
    return product.call(
        "gap-content", "act.data", act_data=sent, address_search=search, address_pathname=path
    )


def shown(product: SmallProduct, search: str = "", path: str = NURSING) -> str:
    return drawn(product.open(path, search), "page")


def test_the_first_html_carries_the_roles_title_as_its_heading(product):
    page = product.browser.get(NURSING)
    assert page.status_code == 200
    assert "<h1>Registered Nurses</h1>" in page.text


def test_a_role_that_does_not_exist_is_not_found(product):
    assert product.browser.get("/gap/99-9999.00").status_code == 404
    assert product.open("/gap/99-9999.00").status_code == 404


def test_a_visitor_sees_every_skill_missing_and_how_to_begin(product):
    page = shown(product)
    assert "0% matched" in page
    assert "Choose the job you do now" in page
    assert "I have this" not in page


def test_a_visitors_present_job_stands_in_for_a_wallet(product):
    page = shown(product, f"?now={AIDE.code}")
    assert "Reckoned for somebody who works as:" in page
    assert "by your own word" in page


def test_a_present_job_that_does_not_exist_is_passed_over(product):
    assert "0% matched" in shown(product, "?now=99-9999.00")


def test_the_place_in_the_address_gives_its_figures(product):
    assert "In Spokane" in shown(product, "?area=53063")
    assert "In the United States" in shown(product)


def test_figures_that_are_not_published_are_said_in_words(product):
    assert "not published (withheld by BLS)" in shown(product, "?area=0044060", f"/gap/{AIDE.code}")
    assert "no employment or wages" in shown(product, "", f"/gap/{CLERK.code}")


def test_a_role_without_published_requirements_says_so(product):
    page = shown(product, "", f"/gap/{UNKNOWN.code}")
    assert "No requirements published" in page
    assert "may be what you mean" not in page


def test_what_a_person_says_they_have_is_matched_by_their_own_word(product):
    product.sign_in("Pete")
    answer = act(product, {"act": "claim", "on": MONITOR, "nth": 1})
    assert "Matched, by your own word" in drawn(answer, "gap-said")
    assert "Take back" in drawn(answer, "gap-content")


def test_what_was_said_can_be_taken_back(product):
    product.sign_in("Pete")
    act(product, {"act": "claim", "on": MONITOR})
    answer = act(product, {"act": "unclaim", "on": MONITOR})
    assert "Missing" in drawn(answer, "gap-said")
    assert "Take back" not in drawn(answer, "gap-content")


def test_a_skill_set_aside_is_listed_and_can_be_counted_again(product):
    product.sign_in("Pete")
    aside = act(product, {"act": "hide", "on": MONITOR})
    assert "Set aside" in drawn(aside, "gap-content")
    assert "Count it again" in drawn(aside, "gap-content")
    back = act(product, {"act": "show", "on": MONITOR})
    assert "Set aside" not in drawn(back, "gap-content")


def test_counting_only_what_is_verified_leaves_a_claim_out(product):
    product.sign_in("Pete")
    answer = act(product, {"act": "claim", "on": MONITOR}, "?verified=1")
    assert "0% matched" in drawn(answer, "gap-content")
    assert "not counted here" in drawn(answer, "gap-said")
    assert "Take back" in drawn(answer, "gap-content")


def test_the_address_decides_the_order(product):
    answer = product.call(
        "gap-content", "address.search", address_search="?sort=name", address_pathname=NURSING
    )
    page = drawn(answer, "gap-content")
    assert page.index("give medicines") < page.rindex("monitor patients")
    assert page.rindex("monitor patients") < page.rindex("write reports")


def test_a_visitor_changes_nobodys_wallet(product):
    assert act(product, {"act": "claim", "on": MONITOR}).status_code == 401


def test_a_person_changes_only_their_own_wallet(product):
    pete = product.sign_in("Pete")
    maya = product.record.person("Maya")
    act(product, {"act": "claim", "on": MONITOR, "owner": maya.person_id})
    assert product.services.wallet_for(pete).wallet().holdings
    assert not product.services.wallet_for(maya).wallet().holdings


@pytest.mark.parametrize(
    "sent",
    [
        "claim",
        7,
        ["claim", MONITOR],
        {},
        {"act": "claim"},
        {"act": "drop", "on": MONITOR},
        {"act": ["claim"], "on": MONITOR},
        {"act": "claim", "on": {"uri": MONITOR}},
        {"act": "claim", "on": ""},
        {"act": "claim", "on": "x" * 5000},
        {"act": "claim", "on": "\ud800"},
        {"act": "claim", "on": "http://\x00"},
    ],
)
def test_a_wish_that_no_button_sends_is_refused(product, sent):
    product.sign_in("Pete")
    assert act(product, sent).status_code == 400


def test_a_skill_that_is_not_published_cannot_be_claimed(product):
    product.sign_in("Pete")
    assert act(product, {"act": "claim", "on": "https://example.org/flying"}).status_code == 404


@pytest.mark.parametrize("search", [None, 5, ["?"], "?" + "&a=1" * 3000, "?area=%00&now=%ff", "?now=\ud800"])
def test_an_address_that_cannot_be_meant_still_gives_the_page(product, search):
    # The frame refuses what is no text at all; the page's own callback passes it over.
    assert product.open(NURSING, search).status_code == (200 if isinstance(search, str | None) else 400)
    answer = product.call("gap-content", "address.search", address_search=search, address_pathname=NURSING)
    assert answer.status_code == 200


@pytest.mark.parametrize("path", [None, 5, "/wallet", "/gap/", "/gap/" + "9" * 400, "/gap/\ud800"])
def test_a_path_of_no_role_is_not_found(product, path):
    answer = product.call("gap-content", "address.search", address_search="", address_pathname=path)
    assert answer.status_code == 404

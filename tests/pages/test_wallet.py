"""The wallet page: a person's own records and what they say of themself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.careers import skill
from tests.pages.small_product import SmallProduct, drawn

MONITOR = skill("monitor patients").uri


@pytest.fixture
def product(tmp_path: Path) -> Iterator[SmallProduct]:
    product = SmallProduct(tmp_path)
    yield product
    product.close()


def act(product: SmallProduct, verb: str, typed: object = "", search: object = ""):
    return product.call(
        "wallet-records",
        "act.data",
        act_data={"act": verb, "on": MONITOR},
        wallet_search_value=typed,
        address_search=search,
    )


def look_up(product: SmallProduct, typed: object):
    return product.call("wallet-found", "wallet-search.value", wallet_search_value=typed)


def test_a_visitor_is_asked_to_sign_in(product):
    assert product.browser.get("/wallet").status_code in (302, 303)
    assert product.open("/wallet").status_code == 401
    assert look_up(product, "weld").status_code == 401
    assert act(product, "claim").status_code == 401


def test_an_empty_wallet_says_what_to_do_next(product):
    product.sign_in("Pete")
    page = drawn(product.open("/wallet"), "page")
    assert "No records yet" in page
    assert "Add a skill" in page


def test_a_search_offers_skills_to_claim(product):
    product.sign_in("Pete")
    answer = look_up(product, " monitor   patients ")
    assert "1 skill found" in drawn(answer, "wallet-count")
    assert "I have this" in drawn(answer, "wallet-found")


def test_a_claim_joins_the_list_and_can_be_taken_back(product):
    product.sign_in("Pete")
    claimed = act(product, "claim", "monitor patients")
    assert "1 skill: 1 by your own word." in drawn(claimed, "wallet-records")
    assert "Take back" in drawn(claimed, "wallet-own-word")
    assert "monitor patients" in drawn(claimed, "wallet-said")
    assert "Take back" in drawn(claimed, "wallet-found")
    back = act(product, "unclaim")
    assert "No skills in your wallet yet." in drawn(back, "wallet-records")
    assert "monitor patients" in drawn(back, "wallet-said")


def test_of_very_many_claims_some_are_shown_and_the_others_are_a_link_away(product, monkeypatch):
    monkeypatch.setattr("components.record_view.MOST_CLAIMS", 1)
    pete = product.sign_in("Pete")
    act(product, "claim")
    product.call("wallet-records", "act.data", act_data={"act": "claim", "on": skill("write reports").uri})
    ids = [record.id for record in product.services.wallet_for(pete).records()]
    first, second = (drawn(product.open("/wallet", f"?claims={one}"), "page") for one in ids)
    assert "1 to 1 of 2." in first and "2 to 2 of 2." in second
    assert f"claims={ids[1]}#" in first and f"claims={ids[0]}#" in second
    assert "Added earlier" in first and "Added later" not in first
    again = drawn(act(product, "claim", search=f"?claims={ids[1]}"), "wallet-own-word")
    assert "2 to 2 of 2." in again
    assert "1 to 1 of 2." in drawn(product.open("/wallet", "?claims=nonsense"), "page")


def test_a_skill_set_aside_can_be_counted_again_from_here(product):
    product.sign_in("Pete")
    assert "Count it again" in drawn(act(product, "hide"), "wallet-own-word")
    assert "Count it again" not in drawn(act(product, "show"), "wallet-own-word")


@pytest.mark.parametrize("typed", [None, 5, ["weld"], {"a": 1}, "\ud800", "\x00", "x" * 100_000])
def test_a_search_that_nobody_types_finds_nothing_and_breaks_nothing(product, typed):
    product.sign_in("Pete")
    assert look_up(product, typed).status_code == 200


def test_somebody_elses_records_never_appear(product):
    maya = product.record.person("Maya")
    product.services.wallet_for(maya).claim(MONITOR)
    product.sign_in("Pete")
    assert "monitor patients" not in drawn(product.open("/wallet"), "page")

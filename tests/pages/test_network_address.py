"""What the address of the network says is what whoever opens it sees."""

from __future__ import annotations

from pathlib import Path

from pages.network_address import Address
from tests.careers import AIDE, NURSE
from tests.pages.small_product import SmallProduct, drawn

AREA = "0044060"


def test_a_link_that_is_passed_on_shows_the_senders_careers():
    mine = Address.read("?view=table", (NURSE.code, AIDE.code), AREA)
    link = mine.search(home=AREA, table=False)
    assert Address.read(link, (), AREA).view.careers == (NURSE.code, AIDE.code)
    assert Address.read(link, (AIDE.code,), AREA).view.careers == (NURSE.code, AIDE.code)
    assert Address.read("", (AIDE.code,), AREA).view.careers == (AIDE.code,)


def test_a_career_that_is_kept_stands_in_the_address(tmp_path: Path):
    here = SmallProduct(tmp_path)
    here.sign_in("Rosa")
    answer = here.call(
        "address.search",
        "net-act.data",
        net_act_data={"act": "choose", "on": NURSE.code},
        address_search="",
        address_pathname="/network",
    )
    assert f"careers={NURSE.code}" in answer.get_json()["response"]["address"]["search"]
    empty = here.call(
        "net-picture.elements", "address.search", address_search="", address_pathname="/network"
    )
    assert drawn(empty, "net-chosen").count(NURSE.title) >= 1
    here.close()

"""Somebody who asks for everything that may be asked learns of no group of one to ten people.

Two worlds with the same large groups: in one of them small groups have one to ten people, in the other
nobody is
in them. Every answer of the page and of the API, over every pair of filters, is the same in both; so
nothing that is
reckoned from the answers, by subtraction or otherwise, tells one from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest

from accounts.roles import PersonRole
from graph.model import FEWEST_TOLD, JobLevel, Proof, Standing
from tests.pages.small_product import SmallProduct
from tests.regions import (
    COUNTY,
    KING,
    NATION,
    PIERCE,
    SEATTLE,
    SPOKANE,
    STEVENS,
    WASHINGTON,
    RegionLabor,
    settle,
)

COUNTIES = (COUNTY.code, STEVENS.code, KING.code, PIERCE.code)
AREAS = (
    *COUNTIES,
    *(",".join(some) for n in (2, 3) for some in combinations(COUNTIES, n)),
    SPOKANE.code,
    SEATTLE.code,
    WASHINGTON.code,
    NATION.code,
)
FAMILIES = ("", "29", "31", "53")
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


class World:
    """The product with people in it, and an official who asks."""

    def __init__(self, folder: Path, *, small: bool) -> None:
        folder.mkdir()
        self.product = SmallProduct(folder, RegionLabor, secret_key="the same in both worlds")
        few, claimed = small, Standing.SELF_ASSERTED
        record = self.product.record
        settle(record, COUNTY.code, 60, "write reports")
        settle(record, COUNTY.code, 40, "write reports", standing=Standing.VERIFIED)
        settle(record, COUNTY.code, 100, "lift patients", standing=Standing.VERIFIED)
        # As many people in both worlds; only what they hold differs.
        settle(record, COUNTY.code, 9, "drive trucks" if few else "whistle")
        settle(record, COUNTY.code, 50, "give medicines")
        settle(record, COUNTY.code, 4, "lift patients", standing=claimed if few else Standing.VERIFIED)
        settle(record, STEVENS.code, 10 if few else 0, "write reports", standing=Standing.VERIFIED)
        settle(record, KING.code, 195, "write reports")
        settle(record, KING.code, 30, "fill orders", standing=Standing.VERIFIED)
        settle(record, KING.code, 7, "drive vans", *(["write reports"] if few else []))
        settle(record, PIERCE.code, 100, "drive vans", "fill orders")
        settle(record, PIERCE.code, 5, "drive vans", *([] if few else ["fill orders"]))
        official = self.product.sign_in("Lee")
        record.people.grant_roles(official.person_id, {PersonRole.OFFICIAL})
        record.people.set_area(official.person_id, COUNTY.code)

    def ask(self, path: str) -> str:
        answer = self.product.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return TOKEN.sub("", answer.get_data(as_text=True))

    def rows(self, path: str) -> list[dict]:
        return self.product.browser.get(path).json


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    folder = tmp_path_factory.mktemp("worlds")
    both = World(folder / "one", small=True), World(folder / "other", small=False)
    yield both
    for world in both:
        world.product.close()


def interface(area: str, level: JobLevel, proof: Proof, family: str) -> str:
    return f"/api/v1/areas/{area}/gap?jobs={level}&evidence={proof}&job_family={family}&limit=1000"


def test_no_answer_tells_a_small_group_from_nobody(worlds: tuple[World, World]) -> None:
    one, other = worlds
    told = 0
    for area, level, proof, family in product(AREAS, JobLevel, Proof, FAMILIES):
        paths = [] if "," in area else [interface(area, level, proof, family)]
        if level in (JobLevel.ALL, JobLevel.ABOVE_MEDIAN) and not family:
            paths.append(f"/county?area={area}&jobs={level}&evidence={proof}&shown=100")
            paths += [f"{one}&sector=62" for one in paths[:1]]
        for path in paths:
            answer = one.ask(path)
            assert answer == other.ask(path), path
            told += '"withheld":false' in answer
    assert told > 20


def test_no_difference_of_two_told_counts_is_a_small_one(worlds: tuple[World, World]) -> None:
    """Supply times the county's people gives counts; subtract each from each, over all filters."""
    wallets = {COUNTY.code: 260, KING.code: 230, PIERCE.code: 110}
    counts: dict[str, set[float]] = {}
    for area, level, proof in product(wallets, JobLevel, Proof):
        for row in worlds[0].rows(interface(area, level, proof, "")):
            assert (row["supply"] is None) == row["withheld"] == (row["gap"] is None)
            if not row["withheld"]:
                counts.setdefault(row["skill"], set()).add(round(row["supply"] * wallets[area] / 1000, 1))
    assert any(len(found) > 1 for found in counts.values())
    for found in counts.values():
        assert all(abs(a - b) >= FEWEST_TOLD - 1.01 for a, b in combinations(sorted(found | {0.0}), 2)), found


@pytest.mark.parametrize(
    "view",
    [
        "bridges",
        "bridges&more=2",
        "families",
        "scarcity",
        "map",
        "fund&skill=esco:drive-trucks&seats=50",
        "fund&skill=esco:drive-trucks,esco:write-reports,esco:lift-patients&seats=50",
        "fund&program=care&seats=50",
    ],
)
def test_no_other_view_tells_them_apart_either(worlds: tuple[World, World], view: str) -> None:
    one, other = worlds
    for area in (COUNTY.code, STEVENS.code, SPOKANE.code, f"{COUNTY.code},{KING.code}", WASHINGTON.code):
        path = f"?area={area}&shown=100&view={view}"
        assert one.ask("/county" + path) == other.ask("/county" + path), path
        assert one.ask("/county/table.csv" + path) == other.ask("/county/table.csv" + path), path
    assert one.ask("/county/data.csv?area=5300000") == other.ask("/county/data.csv?area=5300000")

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

from accounts.actor import Actor
from accounts.roles import PersonRole
from graph.model import FEWEST_TOLD, GROUPS, JobLevel, PeopleGroup, Proof, Standing
from services.region import RegionView
from tests.pages.small_product import SmallProduct
from tests.people import SystemOfRecord
from tests.regions import (
    COUNTY,
    KING,
    LATAH,
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
TOKEN = re.compile(r'name="(?:csrf_token|form)" value="[^"]*"')


class World:
    """The product with people in it, and an official who asks."""

    def __init__(self, folder: Path, *, small: bool) -> None:
        folder.mkdir()
        self.product = SmallProduct(folder, RegionLabor, secret_key="one secret for two worlds")
        few, claimed = small, Standing.SELF_ASSERTED
        record = self.product.record
        settle(record, COUNTY.code, 60, "write reports")
        settle(record, COUNTY.code, 40, "write reports", standing=Standing.VERIFIED)
        settle(record, COUNTY.code, 100, "lift patients", standing=Standing.VERIFIED)
        # As many people in both worlds; only what they hold differs.
        # With the six of `settle_groups` ten at the most: fifteen could be told by right.
        settle(record, COUNTY.code, 4, "drive trucks" if few else "whistle")
        settle(record, COUNTY.code, 50, "give medicines")
        settle(record, COUNTY.code, 4, "lift patients", standing=claimed if few else Standing.VERIFIED)
        settle(record, STEVENS.code, 10 if few else 0, "write reports", standing=Standing.VERIFIED)
        settle(record, KING.code, 195, "write reports")
        settle(record, KING.code, 30, "fill orders", standing=Standing.VERIFIED)
        settle(record, KING.code, 7, "drive vans", *(["write reports"] if few else []))
        settle(record, PIERCE.code, 100, "drive vans", "fill orders")
        settle(record, PIERCE.code, 5, "drive vans", *([] if few else ["fill orders"]))
        self.settle_groups(record, few=few)
        official = self.product.sign_in("Lee")
        record.people.grant_roles(official.person_id, {PersonRole.OFFICIAL})
        record.people.set_area(official.person_id, COUNTY.code)
        self.official = Actor(str(official.person_id), "Lee", frozenset({PersonRole.OFFICIAL}))

    @staticmethod
    def settle_groups(record: SystemOfRecord, *, few: bool) -> None:
        """Groups with the same numbers in both worlds; small parts of them are there in one alone."""
        veterans, first, english = GROUPS
        # Told in both: fifty veterans of whom thirty hold what others hold too.
        settle(record, KING.code, 30, "write reports", groups=[veterans])
        settle(record, KING.code, 20, "fill orders", groups=[veterans])
        settle(record, KING.code, 25, "write reports", groups=[veterans], standing=Standing.VERIFIED)
        settle(record, KING.code, 25, "write reports", standing=Standing.VERIFIED)
        # Five are in two groups at once, or nobody is.
        settle(record, KING.code, 5, "write reports", groups=[veterans, first] if few else [veterans])
        settle(record, KING.code, 5, "write reports", groups=[] if few else [first])
        settle(record, KING.code, 40, "write reports", groups=[first])
        settle(record, KING.code, 20, "drive vans", groups=[first])
        # Eight of the group hold it, or eight who are not in it.
        settle(record, COUNTY.code, 30, "give medicines", groups=[english])
        settle(record, COUNTY.code, 30, "read monitors")
        settle(record, COUNTY.code, 8, "write reports" if few else "read monitors", groups=[english])
        settle(record, COUNTY.code, 8, "read monitors" if few else "write reports")
        settle(record, COUNTY.code, 6, "drive trucks", groups=[veterans] if few else [])
        # A county of twenty-five: six are no veterans and learn English, or all are veterans.
        settle(record, LATAH.code, 19, "drive trucks", groups=[veterans])
        settle(record, LATAH.code, 6, "drive trucks", groups=[english] if few else [veterans])

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


def interface(
    area: str, level: JobLevel, proof: Proof, family: str, group: PeopleGroup = PeopleGroup.ALL
) -> str:
    asked = f"jobs={level}&evidence={proof}&job_family={family}&people={group}&limit=1000"
    return f"/api/v1/areas/{area}/gap?{asked}"


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
    wallets = {
        area: worlds[0].product.services.region.gap(worlds[0].official, RegionView((area,))).people.wallets
        for area in (COUNTY.code, KING.code, PIERCE.code)
    }
    counts: dict[str, set[float]] = {}
    for area, level, proof in product(wallets, JobLevel, Proof):
        for row in worlds[0].rows(interface(area, level, proof, "")):
            assert (row["supply"] is None) == row["withheld"] == (row["gap"] is None)
            if not row["withheld"]:
                counts.setdefault(row["skill"], set()).add(round(row["supply"] * wallets[area] / 1000, 1))
    assert any(len(found) > 1 for found in counts.values())
    for found in counts.values():
        assert all(abs(a - b) >= FEWEST_TOLD - 1.01 for a, b in combinations(sorted(found | {0.0}), 2)), found


def test_no_answer_about_a_group_tells_a_small_part_from_nobody(worlds: tuple[World, World]) -> None:
    one, other = worlds
    told = 0
    for group, area, proof in product(GROUPS, AREAS, Proof):
        paths = [f"/county?area={area}&people={group}&shown=100"] if proof is Proof.ALL else []
        if "," not in area:
            paths.append(interface(area, JobLevel.ALL, proof, "", group))
        for path in paths:
            answer = one.ask(path)
            assert answer == other.ask(path), path
            told += '"withheld":false' in answer
    assert told > 5
    for view, group in product(("bridges", "families", "scarcity", "map"), GROUPS):
        path = f"?area={KING.code}&people={group}&shown=100&view={view}"
        assert one.ask("/county" + path) == other.ask("/county" + path), path
    for path in (
        "/county/data.csv?area=5300000&people=veterans",
        "/county/table.csv?people=english_learners",
    ):
        assert one.ask(path) == other.ask(path), path


def test_whatever_is_subtracted_of_a_group_and_all_stands_for_eleven_or_more(
    worlds: tuple[World, World],
) -> None:
    """What is told of a group, of all less it, and what of either lacks the skill, by exact counts."""
    services, subtracted = worlds[0].product.services, 0
    exact, column = services._region_supply._exact, services._region().asked.column
    for area, group, proof in product((COUNTY.code, KING.code, PIERCE.code), GROUPS, Proof):
        view = RegionView((area,), proof=proof, group=group)
        told = [row for row in services.region.gap(worlds[0].official, view).skills if not row.withheld]
        every, mine = exact[area, 0], exact.get((area, group.bit))
        for row in told:
            assert mine is not None
            place = column[row.skill.uri]
            all_holders, group_holders = every.holders[place], mine.holders[place]
            if proof is Proof.ALL:
                of_all, of_group = all_holders, group_holders
                without_all, without_group = every.wallets - all_holders, mine.wallets - group_holders
            else:
                of_all, of_group = every.proven[place], mine.proven[place]
                without_all, without_group = all_holders - of_all, group_holders - of_group
            parts = of_group, of_all - of_group, without_group, without_all - without_group
            assert min(parts) >= FEWEST_TOLD, (area, group, row.skill.name, parts)
            subtracted += 1
    assert subtracted > 2


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

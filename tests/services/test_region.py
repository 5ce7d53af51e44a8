"""Who is counted in a region's figures: whoever says yes, until they say no."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from accounts.actor import VISITOR, Actor
from accounts.consent import ConsentKind
from accounts.errors import ChangeRefused, PermissionDenied, SignInNeeded
from accounts.groups import GroupStore
from accounts.permissions import Action, may
from accounts.roles import PersonRole
from accounts.scopes import NEVER
from data.errors import LaborDataUnavailable
from graph.model import JobLevel, Measure, PeopleGroup, Proof, RegionalGap, Standing
from services.container import Services
from services.errors import AreaNotFound, RolesAway
from services.region import NoSuchCredential, NoSuchFamily, NoSuchSector, NotProjected, RegionView
from tests.people import SystemOfRecord
from tests.regions import COUNTY, KING, NATION, SPOKANE, STEVENS, WASHINGTON, RegionLabor, say_yes, settle

OFFICIAL = Actor("o" * 32, "Lee", frozenset({PersonRole.OFFICIAL}), area_code=COUNTY.code)
TODAY = date(2026, 3, 2)


class Scene:
    """The services over a small region, and its people."""

    def __init__(self, folder: Path) -> None:
        self.record = SystemOfRecord.in_folder(folder)
        self.labor = RegionLabor()
        self.services = Services(
            self.record.database, lambda: self.labor, today=lambda: TODAY, now=self.record.clock
        )

    def told(self, *areas: str, proof: Proof = Proof.ALL) -> dict[str, float | None]:
        """Supply by skill, in people: what is told times what is told of all."""
        found = self.services.region.gap(OFFICIAL, RegionView(areas or (COUNTY.code,), proof=proof))
        whole = found.people.wallets
        return {
            one.skill.name: None if one.supply is None or whole is None else one.supply * whole / 1000
            for one in found.skills
        }


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.services.close()
    made.record.close()


def test_only_officials_may_ask(scene: Scene) -> None:
    with pytest.raises(SignInNeeded):
        scene.services.region.gap(VISITOR, RegionView((COUNTY.code,)))
    for role in set(PersonRole) - {PersonRole.OFFICIAL}:
        with pytest.raises(PermissionDenied):
            scene.services.region.gap(Actor("x" * 32, "X", frozenset({role})), RegionView((COUNTY.code,)))


def test_who_may_not_ask_is_told_that_while_roles_are_away_too(tmp_path: Path) -> None:
    def nothing_there() -> RegionLabor:
        raise LaborDataUnavailable("There is no labour-market database yet.")

    record = SystemOfRecord.in_folder(tmp_path)
    services = Services(record.database, nothing_there, today=lambda: TODAY, now=record.clock)
    view = RegionView((COUNTY.code,))
    verbs: list[Callable[[Actor], object]] = [
        lambda actor: services.region.gap(actor, view),
        lambda actor: services.region.around(actor, COUNTY),
        lambda actor: services.region.bridges(actor, view),
        lambda actor: services.region.fund(actor, view, "esco:drive-trucks", 10),
        lambda actor: services.region.skill(actor, view, "esco:drive-trucks"),
        lambda actor: services.region.roles(actor, view),
        lambda actor: services.region.families(actor, view),
        lambda actor: services.region.counties(actor, view, "esco:drive-trucks"),
        lambda actor: services.region.shapes(actor, view),
        lambda actor: services.region.series(actor, view),
        lambda actor: services.region.sectors(actor),
        lambda actor: services.region.credentials(actor),
        lambda actor: services.region.programs(actor),
        lambda actor: services.region.projected(actor, view),
    ]
    for verb in verbs:
        with pytest.raises(SignInNeeded):
            verb(VISITOR)
        with pytest.raises(PermissionDenied):
            verb(Actor("x" * 32, "X", frozenset({PersonRole.LEARNER})))
        with pytest.raises(RolesAway):
            verb(OFFICIAL)
    services.close()
    record.close()


def test_nobody_is_counted_who_did_not_say_yes(scene: Scene) -> None:
    settle(scene.record, COUNTY.code, 80, "write reports", consenting=False)
    settle(scene.record, COUNTY.code, 80, "drive trucks", consenting=False)
    assert set(scene.told().values()) == {None}
    assert scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,))).people.wallets is None


def test_a_consent_taken_back_counts_no_more_at_the_next_request(scene: Scene) -> None:
    ids = settle(scene.record, COUNTY.code, 30, "write reports")
    settle(scene.record, COUNTY.code, 60, "drive trucks")
    assert scene.told()["write reports"] == 30
    for one in ids[:16]:
        scene.record.consents.withdraw_kind(one, ConsentKind.REGIONAL)
    # Fourteen are left, which is fewer than any threshold: nothing is told of them.
    assert scene.told()["write reports"] is None
    assert scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,))).people.wallets == 70
    scene.record.clock.advance(minutes=1)
    for one in ids[:16]:
        say_yes(scene.record, one)
    assert scene.told()["write reports"] == 30
    assert scene.labor.loads == 1


def test_who_deletes_their_account_counts_no_more_at_the_next_request(scene: Scene) -> None:
    ids = settle(scene.record, COUNTY.code, 30, "write reports")
    settle(scene.record, COUNTY.code, 60, "drive trucks")
    assert scene.told()["write reports"] == 30
    for one in ids[:20]:
        scene.record.people.delete(one)
    assert scene.told()["write reports"] is None


def test_counts_after_any_changes_are_those_of_counting_everybody_anew(scene: Scene, tmp_path: Path) -> None:
    ids = settle(scene.record, COUNTY.code, 40, "write reports", "lift patients", standing=Standing.VERIFIED)
    ids += settle(scene.record, STEVENS.code, 40, "write reports")
    ids += settle(scene.record, COUNTY.code, 40, "drive trucks", groups=["veterans", "english_learners"])
    groups = GroupStore(scene.record.database, scene.record.clock)
    scene.told()
    scene.services.region.bridges(OFFICIAL, RegionView((COUNTY.code,)))
    rng = np.random.default_rng(1)
    for _ in range(5):
        scene.record.clock.advance(minutes=1)
        for one in rng.choice(ids, 10, replace=False).tolist():
            if rng.random() < 0.5:
                groups.tell(one, rng.choice(["veterans", "first_generation"], 1).tolist())
            elif rng.random() < 0.6:
                scene.record.consents.withdraw_kind(one, ConsentKind.REGIONAL)
            else:
                say_yes(scene.record, one)
        scene.told()
    supply, ground = scene.services._region_supply, scene.services._region()
    bridged = {county: found.tolist() for county, found in (supply._bridges or {}).items() if found.any()}
    kept = {county: (found.wallets, found.holders.tolist()) for county, found in supply._exact.items()}
    supply.load()
    scene.told()
    fresh = {county: (found.wallets, found.holders.tolist()) for county, found in supply._exact.items()}
    assert kept == fresh
    supply.bridges(ground.asked, scene.services.graph, supply.people(ground.asked))
    again = {county: found.tolist() for county, found in (supply._bridges or {}).items() if found.any()}
    assert bridged == again != {}


def test_a_group_is_counted_for_who_told_it_and_lets_themself_be_counted(scene: Scene) -> None:
    group = PeopleGroup.VETERANS
    settle(scene.record, COUNTY.code, 60, "write reports")
    settle(scene.record, COUNTY.code, 40, "drive trucks")
    own = settle(scene.record, COUNTY.code, 40, "write reports", groups=[group])
    settle(scene.record, COUNTY.code, 30, "drive trucks", groups=[group])
    settle(scene.record, COUNTY.code, 30, "write reports", groups=[group], consenting=False)
    view = RegionView((COUNTY.code,), group=group)

    def told() -> tuple[int | None, float | None]:
        found = scene.services.region.gap(OFFICIAL, view)
        supply = next(one.supply for one in found.skills if one.skill.name == "write reports")
        return found.people.wallets, supply

    assert told() == (70, pytest.approx(1000 * 40 / 70))
    scene.record.clock.advance(minutes=1)
    # Somebody else's process takes it back: it is out at the next request.
    groups = GroupStore(scene.record.database, scene.record.clock)
    for one in own[:30]:
        assert groups.tell(one, ())
    assert told() == (40, None)
    assert scene.told()["write reports"] == 100
    other = scene.services.region.gap(
        OFFICIAL, RegionView((COUNTY.code,), group=PeopleGroup.ENGLISH_LEARNERS)
    )
    assert other.people.wallets is None and other.skills[0].demand > 0


def test_what_is_told_of_a_group_is_forgotten_with_the_consent_it_was_told_for(scene: Scene) -> None:
    rosa, groups = scene.record.person("Rosa"), scene.services.groups
    with pytest.raises(ChangeRefused):
        groups.tell(rosa, ["veterans"])
    scene.services.consents.set_regional(rosa, granted=True)
    with pytest.raises(ChangeRefused):
        groups.tell(rosa, ["rich"])
    groups.tell(rosa, ["veterans"])
    assert groups.mine(rosa).groups == ("veterans",) and "eleven" in groups.mine(rosa).words
    log = scene.services.consents.accesses(rosa)
    assert [one.action for one in log] == ["groups.change"] and "veteran" not in str(log[0].what)
    scene.services.consents.set_regional(rosa, granted=False)
    assert groups.mine(rosa).groups == () and groups.mine(rosa).words == ""


def test_nobody_else_reads_what_somebody_told_of_a_group(scene: Scene) -> None:
    rosa = scene.record.person("Rosa")
    scene.services.consents.set_regional(rosa, granted=True)
    scene.services.groups.tell(rosa, ["english_learners"])
    taken_out = json.loads(scene.services.taking_out.export(rosa))
    assert taken_out["population_groups"]["groups"] == ["english_learners"]
    program = replace(rosa, limited_to=frozenset(action.value for action in set(Action) - NEVER))
    assert json.loads(scene.services.taking_out.export(program))["population_groups"] is None
    for actor in (VISITOR, program):
        with pytest.raises((SignInNeeded, PermissionDenied)):
            scene.services.groups.mine(actor)
    for role in PersonRole:
        assert not may(Actor("x" * 32, "X", frozenset({role})), Action.GROUPS_READ, rosa.person_id)


def test_a_region_tells_what_its_counties_tell_and_nothing_else(scene: Scene) -> None:
    settle(scene.record, COUNTY.code, 40, "write reports")
    settle(scene.record, COUNTY.code, 40, "drive trucks")
    settle(scene.record, STEVENS.code, 7, "write reports")
    settle(scene.record, KING.code, 50, "write reports")
    settle(scene.record, KING.code, 50, "drive trucks")
    alone = scene.told(COUNTY.code)
    # Seven people of the other county are in nothing that is told of both.
    assert scene.told(SPOKANE.code) == alone
    both = scene.told(COUNTY.code, KING.code)
    assert both["write reports"] == pytest.approx(40 + 50)
    assert scene.told(WASHINGTON.code) == scene.told(NATION.code) == both


def test_demand_is_jobs_by_importance_and_the_gap_is_what_people_leave_of_it(scene: Scene) -> None:
    settle(scene.record, COUNTY.code, 30, "write reports", standing=Standing.VERIFIED)
    settle(scene.record, COUNTY.code, 30, "write reports")
    settle(scene.record, COUNTY.code, 40, "drive trucks")
    found = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,)))
    one = next(each for each in found.skills if each.skill.name == "write reports")
    # Nurses 3,000 x 0.4, of two roles of which one requires it: 29-1141 is nurses and acute care nurses.
    demand = 1000 * (3000 * 0.4 / 2 + 2000 * 0.4 + 2500 * 0.2) / 7500
    error = (
        1000 * ((3000 * 0.2 * 0.05) ** 2 + (2000 * 0.4 * 0.05) ** 2 + (2500 * 0.2 * 0.05) ** 2) ** 0.5 / 7500
    )
    assert one.demand == pytest.approx(demand) and one.margin == pytest.approx(1.96 * error)
    assert one.supply == pytest.approx(600) and one.gap == pytest.approx(demand - 600)
    assert one.low == pytest.approx(demand - 1.96 * error - 650)
    assert one.high == pytest.approx(demand + 1.96 * error - 250)
    proven = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), proof=Proof.VERIFIED))
    same = next(each for each in proven.skills if each.skill.name == "write reports")
    assert same.supply == pytest.approx(300) and (same.low, same.high) == (one.low, one.high)
    assert found.jobs.withheld == 1 and found.jobs.jobs == 7500


def test_jobs_above_the_median_are_those_whose_own_median_is_above_it(scene: Scene) -> None:
    view = RegionView((COUNTY.code,), level=JobLevel.ABOVE_MEDIAN)
    found = scene.services.region.gap(OFFICIAL, view)
    assert {one.skill.name for one in found.skills} == {
        "monitor patients",
        "give medicines",
        "read monitors",
        "write reports",
        "drive trucks",
    }
    below = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), level=JobLevel.TO_MEDIAN))
    assert "lift patients" in {one.skill.name for one in below.skills}
    well = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), level=JobLevel.WELL_ABOVE))
    assert "drive trucks" not in {one.skill.name for one in well.skills}


def test_without_enough_people_demand_still_stands(scene: Scene) -> None:
    found = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,)))
    demands = [one.demand for one in found.skills]
    assert demands == sorted(demands, reverse=True) and demands[0] > 0
    assert all(one.withheld and one.gap is None for one in found.skills)


@pytest.mark.parametrize(
    "areas", [("99999",), (COUNTY.code, WASHINGTON.code), ("16057",), (COUNTY.code, "16057")]
)
def test_a_place_without_figures_is_said_kindly(scene: Scene, areas: tuple[str, ...]) -> None:
    with pytest.raises(AreaNotFound):
        scene.services.region.gap(OFFICIAL, RegionView(areas))


def test_a_job_family_that_is_none_is_refused(scene: Scene) -> None:
    with pytest.raises(NoSuchFamily):
        scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), family="98"))


def demands(found: RegionalGap) -> dict[str, float]:
    return {one.skill.name: one.demand for one in found.skills if one.demand > 0}


def test_openings_weigh_demand_where_they_are_projected_and_are_refused_elsewhere(scene: Scene) -> None:
    view = RegionView((COUNTY.code,), measure=Measure.OPENINGS)
    assert not scene.services.region.projected(OFFICIAL, view)
    with pytest.raises(NotProjected):
        scene.services.region.gap(OFFICIAL, view)
    scene.labor.projected = True
    scene.services.__dict__["_region_ground"] = None
    found = scene.services.region.gap(OFFICIAL, view)
    # A tenth of 3,000 nurses and a fifth of 2,500 drivers; nobody projects aides.
    assert (found.jobs.jobs, found.jobs.unprojected) == (800, 1)
    assert demands(found)["drive trucks"] == pytest.approx(1000 * 500 * 0.9 / 800)
    one = next(each for each in found.skills if each.skill.name == "drive trucks")
    assert one.margin == pytest.approx(1.96 * 1000 * 500 * 0.05 * 0.9 / 800)
    # The state's own are as published, and no error of them is.
    state = scene.services.region.gap(OFFICIAL, RegionView((WASHINGTON.code,), measure=Measure.OPENINGS))
    assert state.jobs.jobs == 20_000 and {one.margin for one in state.skills} == {0.0}
    # The nation is not projected here, so that nothing is said of it in comparison.
    compared = scene.services.region.compared(OFFICIAL, found, [one.skill.id])
    assert NATION not in {area for each in compared for area in each.areas}
    bridges = scene.services.region.roles(OFFICIAL, view)
    assert {one.jobs.occupation_code: one.openings for one in bridges} == {"29-1141": 300, "53-3032": 500}


def test_a_sector_is_as_published_for_the_nation_and_an_estimate_with_its_range_elsewhere(
    scene: Scene,
) -> None:
    nation = scene.services.region.gap(OFFICIAL, RegionView((NATION.code,), sector="62"))
    assert (nation.jobs.jobs, nation.jobs.withheld, nation.jobs.all_jobs.value) == (2_400_000, 1, 5_000_000)
    local = scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), sector="62"))
    # 3,000 nurses, four fifths of them as in the nation; of aides it is not known, and drivers are not in it.
    assert (local.jobs.jobs, local.jobs.withheld, local.jobs.occupations) == (2_400, 1, 1)
    one = next(each for each in local.skills if each.skill.name == "monitor patients")
    together = (5.0**2 + 12.0**2 + 5.0**2) ** 0.5 / 100
    assert one.margin == pytest.approx(1.96 * one.demand * together)
    assert demands(local) == pytest.approx(demands(nation))
    with pytest.raises(NoSuchSector):
        scene.services.region.gap(OFFICIAL, RegionView((COUNTY.code,), sector="11"))


def test_a_credential_picks_the_jobs_that_a_loaded_source_gives_it_to(scene: Scene) -> None:
    view = RegionView((COUNTY.code,), credential="zone-below-3")
    assert scene.services.region.credentials(OFFICIAL) == ()
    with pytest.raises(NoSuchCredential):
        scene.services.region.gap(OFFICIAL, view)
    scene.labor.prepared = True
    scene.services.__dict__["_region_ground"] = None
    found = scene.services.region.gap(OFFICIAL, view)
    # Aides are below nurses' zone; of drivers no zone is given.
    assert (found.jobs.jobs, found.jobs.occupations, found.jobs.unrated) == (2_000, 1, 1)
    assert "lift patients" in demands(found) and "drive trucks" not in demands(found)
    keys = [one.key for one in scene.services.region.credentials(OFFICIAL)]
    assert keys == ["zone-at-2", "zone-at-3", "zone-below-3"]


def test_demand_over_time_is_of_the_same_occupations_and_says_where_a_release_has_none(scene: Scene) -> None:
    scene.labor.earlier = ("May 2023", "May 2024")
    view = RegionView((COUNTY.code,))
    found = scene.services.region.series(OFFICIAL, view, ("esco:drive-trucks",))
    assert found.releases == ("May 2023", "May 2024", "May 2025") and found.missing == ("May 2023",)
    absent, before, now = found.skills[0].points
    # 2,500 drivers of 7,500 jobs; a year before 1,250 of 4,250, aides being withheld.
    assert absent is None and before is not None and now is not None
    assert now.rate == pytest.approx(1000 * 2500 * 0.9 / 7500)
    assert before.rate == pytest.approx(1000 * 1250 * 0.9 / 4250)
    assert before.margin == pytest.approx(1.96 * before.rate * 0.05)
    above = replace(view, level=JobLevel.ABOVE_MEDIAN)
    same = scene.services.region.series(OFFICIAL, above, ("esco:drive-trucks",)).skills[0].points[1]
    assert same is not None and same.rate == pytest.approx(before.rate)
    assert len(scene.services.region.series(OFFICIAL, view).skills) == 5

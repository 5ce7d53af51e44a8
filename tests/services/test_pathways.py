"""Ways to a role over both stores: whose wallet, which places, what stands in the way, what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.kept_pathways import KeptPathwayStore
from accounts.roles import PersonRole
from graph.build import build
from graph.model import (
    Aim,
    Area,
    Figure,
    LaborMarket,
    Limit,
    Outlook,
    Preparation,
    SquareState,
    Wallet,
)
from graph.reach import REACH
from services.errors import RoleNotFound
from services.network import NetworkService
from services.pathway_ground import Grounds
from services.pathways import (
    MOST_KEPT,
    KeptPathwayService,
    NoSuchPathway,
    PathwayRefused,
    PathwayService,
    PathwayView,
)
from tests.careers import COUNTY, MOVING, NATION, SPOKANE, holding, needs, role, wallet
from tests.people import SystemOfRecord

LIFT, COUNT, STOCK, PLAN, DRIVE, LEAD = (
    needs(name)
    for name in ("lift goods", "count goods", "keep stock", "plan stock", "drive vans", "lead people")
)
MOVER = role("53-7062.00", "Movers", MOVING, LIFT)
STOCKER = role("53-7065.00", "Stockers", MOVING, LIFT, COUNT, STOCK)
CLERK = role("43-5071.00", "Clerks", MOVING, COUNT, STOCK, PLAN)
BUYER = role("13-1023.00", "Buyers", MOVING, LIFT, PLAN)
CHIEF = role("53-1042.00", "Chiefs", MOVING, STOCK, PLAN, LEAD)
SILENT = role("55-1011.00", "Silent", MOVING)
PEOPLE = (MOVER, STOCKER, CLERK, BUYER, CHIEF, SILENT)
SEATTLE = Area("0042660", "Seattle-Tacoma-Bellevue, WA", "metro", "WA", "0042660")
PLACES = {area.code: area for area in (NATION, SPOKANE, COUNTY, SEATTLE)}

# Median wages and jobs: the nation's of every role, Spokane's of some, Seattle's of the buyers alone.
WAGES = {
    NATION.code: {
        "53-7062": 33_000,
        "53-7065": 36_000,
        "43-5071": 40_000,
        "13-1023": 60_000,
        "53-1042": 55_000,
    },
    SPOKANE.code: {"53-7065": 38_000, "43-5071": 41_000, "53-1042": 56_000},
    SEATTLE.code: {"13-1023": 70_000},
}
JOBS = {
    NATION.code: {"53-7062": 900, "53-7065": 800, "43-5071": 700, "13-1023": 600, "53-1042": 500},
    SPOKANE.code: {"53-7065": 80, "43-5071": 70, "53-1042": 50},
    SEATTLE.code: {"53-7065": 20, "13-1023": 60},
}
HELD = wallet(holding("lift goods"))
PETE = Actor("pete", "Pete", frozenset({PersonRole.LEARNER}))


class Labor:
    """Figures of three places, and what a fuller release adds where a test gives it."""

    def __init__(self) -> None:
        self.zones: dict[str, Preparation] = {}
        self.projections: dict[str, Outlook] = {}
        self.asked = 0

    def area(self, code: str) -> Area | None:
        return PLACES.get(code)

    def markets(self, codes: Iterable[str], area_code: str) -> dict[str, LaborMarket]:
        self.asked += 1
        area = SPOKANE if area_code == COUNTY.code else PLACES[area_code]
        wages, jobs = WAGES[area.code], JOBS[area.code]

        def figure(values: dict[str, int], code: str) -> Figure:
            return Figure(float(values[code])) if code in values else Figure(None, "suppressed")

        return {
            code: LaborMarket(
                area,
                code[:7],
                "Occupation",
                employment=figure(jobs, code[:7]),
                annual={"p50": figure(wages, code[:7])},
            )
            for code in codes
            if code[:7] in WAGES[NATION.code]
        }

    def outlooks(self, codes: Iterable[str], area_code: str) -> dict[str, Outlook]:
        return {code: self.projections[code] for code in codes if code in self.projections}

    def preparations(self) -> dict[str, Preparation]:
        return self.zones


@pytest.fixture
def labor() -> Labor:
    return Labor()


def service_over(labor: Labor) -> PathwayService:
    alike = {one.code: [(other.code, 0.5) for other in PEOPLE if other is not one] for one in PEOPLE}
    graph = build(PEOPLE, similar=alike)
    return PathwayService(labor, graph, Grounds(labor, graph))


@pytest.fixture
def service(labor: Labor) -> PathwayService:
    return service_over(labor)


def codes(found) -> list[tuple[str, ...]]:
    return [way.codes for way in found.ways]


def test_a_step_tells_what_to_gain_what_carries_over_and_what_it_changes(service):
    found = service.pathways(HELD, CHIEF.code, PathwayView(area=SPOKANE.code))
    way = next(way for way in found.ways if way.codes[0] == STOCKER.code)
    first, last = way.steps[0], way.steps[-1]
    assert [s.requirement.skill.name for s in first.carried] == ["lift goods"]
    assert {s.requirement.skill.name for s in first.gap} == {"count goods", "keep stock"}
    assert all(s.state is SquareState.MISSING for s in first.gap)
    assert first.from_role is None and first.change is None
    assert last.to_role.code == CHIEF.code and "keep stock" in {
        s.requirement.skill.name for s in last.carried
    }
    assert last.change == 56_000 - last.pay_before.value
    assert first.openings.value == 80 and not found.projected
    assert all(step.months is None for step in way.steps)


def test_what_a_stone_teaches_is_named_as_taught_there(service):
    found = service.pathways(HELD, CHIEF.code)
    last = found.ways[0].steps[-1]
    [square] = [s for s in last.carried if s.requirement.skill.name == "plan stock"]
    assert square.by[0].evidence[0].title == "Clerks"


def test_the_way_straight_there_is_always_shown_with_its_gap(service):
    for goal in (CHIEF, MOVER, SILENT):
        found = service.pathways(HELD, goal.code)
        assert len(found.direct.steps) == 1 and found.direct.steps[0].to_role.code == goal.code
    assert found.direct.gap == 1.0


def test_the_nations_wage_stands_in_where_no_place_publishes_one_and_says_so(service):
    found = service.pathways(HELD, BUYER.code, PathwayView(area=SPOKANE.code))
    assert found.direct.steps[0].pay_after.area == NATION
    near = service.pathways(HELD, BUYER.code, PathwayView(area=SPOKANE.code, also=(SEATTLE.code,)))
    assert near.direct.steps[0].pay_after.value == 70_000 and near.direct.steps[0].pay_after.area == SEATTLE


def test_jobs_of_all_chosen_places_are_added_up_and_one_place_counts_once(service):
    home = service.pathways(HELD, STOCKER.code, PathwayView(area=SPOKANE.code))
    both = service.pathways(
        HELD, STOCKER.code, PathwayView(area=SPOKANE.code, also=(SEATTLE.code, COUNTY.code))
    )
    assert home.direct.steps[0].openings.value == 80
    assert both.direct.steps[0].openings.value == 100


def test_only_roles_with_jobs_there_are_left_when_asked(service):
    local = PathwayView(area=SPOKANE.code, only_local=True)
    assert all(BUYER.code not in way for way in codes(service.pathways(HELD, CHIEF.code, local)))
    near = replace(local, also=(SEATTLE.code,), pay_may_fall=True)
    assert any(BUYER.code in way for way in codes(service.pathways(HELD, CHIEF.code, near)))


def test_pay_does_not_fall_unless_it_may(service):
    assert all(BUYER.code not in way for way in codes(service.pathways(HELD, CHIEF.code)))
    free = service.pathways(HELD, CHIEF.code, PathwayView(pay_may_fall=True))
    [way] = [way for way in free.ways if BUYER.code in way.codes]
    assert any(step.change is not None and step.change < 0 for step in way.steps)


def test_where_a_limit_leaves_no_way_it_is_named_with_how_many_there_would_be(labor):
    labor.zones = {
        one.code: Preparation(one.code, 2, ((6, "Bachelor's degree", 1.0),))
        for one in (STOCKER, CLERK, BUYER)
    }
    found = service_over(labor).pathways(HELD, CHIEF.code, PathwayView(no_degree=True))
    assert not found.ways and found.goal_refused is None
    [(limit, count)] = found.blocked
    assert limit is Limit.DEGREE and count >= 1


def test_a_goal_that_takes_a_degree_itself_is_told_apart(labor):
    labor.zones = {CHIEF.code: Preparation(CHIEF.code, 4, ((6, "Bachelor's degree", 1.0),))}
    found = service_over(labor).pathways(HELD, CHIEF.code, PathwayView(no_degree=True))
    assert not found.ways and found.goal_refused is Limit.DEGREE and found.degrees_known


def test_a_role_of_which_education_is_not_known_is_left_in_and_named(labor):
    labor.zones = {CLERK.code: Preparation(CLERK.code, 2, ((2, "High school", 1.0),))}
    found = service_over(labor).pathways(HELD, CHIEF.code, PathwayView(no_degree=True))
    assert STOCKER.code in {one.code for one in found.degree_unknown}
    assert CLERK.code not in {one.code for one in found.degree_unknown}


def test_without_a_release_that_says_so_a_degree_cannot_be_told(service):
    asked = service.pathways(HELD, CHIEF.code, PathwayView(no_degree=True))
    assert not asked.degrees_known and codes(asked) == codes(service.pathways(HELD, CHIEF.code))


def test_what_bls_calls_typical_tells_a_degree_where_onet_does_not(labor):
    labor.projections = {
        one.code: Outlook(NATION, one.code[:7], "", 2024, 2034, entry_education=words)
        for one, words in ((STOCKER, "Bachelor's degree"), (CLERK, "High school diploma or equivalent"))
    }
    found = service_over(labor).pathways(HELD, CHIEF.code, PathwayView(no_degree=True))
    assert found.degrees_known and all(STOCKER.code not in way for way in codes(found))


def test_the_job_zone_rises_by_one_at_most_where_it_is_known(labor):
    labor.zones = {STOCKER.code: Preparation(STOCKER.code, 1), CHIEF.code: Preparation(CHIEF.code, 3)}
    assert (STOCKER.code,) not in codes(service_over(labor).pathways(HELD, CHIEF.code))


def test_projected_openings_are_used_for_all_or_for_none(labor):
    labor.projections = {
        STOCKER.code: Outlook(NATION, "53-7065", "", 2024, 2034, openings=Figure(12.0)),
    }
    found = service_over(labor).pathways(HELD, CHIEF.code, PathwayView(area=SPOKANE.code))
    assert found.projected
    steps = {step.to_role.code: step for way in found.ways for step in way.steps}
    assert steps[STOCKER.code].openings.value == 12 and steps[CHIEF.code].openings.value is None


def test_each_way_is_best_at_something_or_is_another_one_and_says_which(service):
    found = service.pathways(HELD, CHIEF.code, PathwayView(area=SPOKANE.code, pay_may_fall=True))
    assert len(found.ways) >= 2
    assert set().union(*(way.best for way in found.ways)) == set(Aim)
    paid = next(way for way in found.ways if Aim.PAY in way.best)
    assert paid.pay.value == max(way.pay.value for way in found.ways if way.pay.value is not None)


def test_a_long_step_is_marked_and_can_be_left_out(service):
    found = service.pathways(HELD, CHIEF.code, PathwayView(only_reach=True))
    assert all(step.match.score >= REACH - 1e-9 for way in found.ways for step in way.steps)
    for way in service.pathways(HELD, CHIEF.code).ways:
        assert all(step.within_reach == (step.match.score >= REACH - 1e-9) for step in way.steps)


def test_somebody_without_a_record_walks_from_the_job_they_do(service, labor):
    graph = build(PEOPLE)
    stand_in = NetworkService(labor, graph).wallet_of_role(CLERK.code)
    found = service.pathways(stand_in, CHIEF.code, PathwayView(area=SPOKANE.code))
    first = found.direct.steps[0]
    assert first.from_role.code == CLERK.code and first.change == 15_000
    assert first.likeness == 0.5


def test_a_place_that_does_not_exist_is_the_nation(service):
    found = service.pathways(HELD, CHIEF.code, PathwayView(area="nowhere", also=("99999", SPOKANE.code)))
    assert found.area.code == NATION.code and [area.code for area in found.also] == [SPOKANE.code]


def test_figures_of_a_place_are_read_once(service, labor):
    view = PathwayView(area=SPOKANE.code)
    service.pathways(HELD, CHIEF.code, view)
    before = labor.asked
    service.pathways(HELD, CLERK.code, view)
    assert labor.asked == before


def test_an_unknown_goal_is_not_found(service):
    with pytest.raises(RoleNotFound):
        service.pathways(HELD, "99-9999.00")


def test_nobody_walks_from_somebody_elses_wallet(service):
    theirs = replace(HELD, owner="maya")
    with pytest.raises(PermissionDenied):
        service.pathways(theirs, CHIEF.code, actor=PETE)
    with pytest.raises(SignInNeeded):
        service.pathways(theirs, CHIEF.code, actor=VISITOR)


def test_an_empty_wallet_has_no_way_and_no_failure(service):
    found = service.pathways(Wallet(""), CHIEF.code)
    assert not found.ways and found.direct.gap == 1.0


@pytest.fixture
def record(tmp_path: Path):
    kept = SystemOfRecord.in_folder(tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def keeping(record: SystemOfRecord) -> KeptPathwayService:
    return KeptPathwayService(KeptPathwayStore(record.database, record.clock))


def test_a_pathway_is_kept_once_and_goes_with_its_person(record, keeping):
    pete, maya = record.person("Pete"), record.person("Maya")
    first = keeping.keep(pete, CHIEF.code, [STOCKER.code, CLERK.code], "53063")
    again = keeping.keep(pete, CHIEF.code, [STOCKER.code, CLERK.code], "0042660")
    assert first.id == again.id and again.area_code == "0042660"
    keeping.keep(pete, CHIEF.code)
    assert [one.stones for one in keeping.mine(pete)] in (
        [(), (STOCKER.code, CLERK.code)],
        [(STOCKER.code, CLERK.code), ()],
    )
    assert keeping.mine(maya) == ()
    with pytest.raises(NoSuchPathway):
        keeping.remove(maya, first.id)
    keeping.remove(pete, first.id)
    assert [one.stones for one in keeping.mine(pete)] == [()]
    record.people.delete(pete.person_id)
    assert KeptPathwayStore(record.database).of(pete.person_id) == ()


@pytest.mark.parametrize(
    ("goal", "stones"),
    [
        ("'; drop", []),
        (CHIEF.code, ["x"]),
        (CHIEF.code, [CHIEF.code]),
        (CHIEF.code, [STOCKER.code, STOCKER.code]),
        (CHIEF.code, [f"11-{n}021.00" for n in range(1, 5)]),
    ],
)
def test_what_is_no_way_over_roles_is_not_kept(record, keeping, goal, stones):
    pete = record.person("Pete")
    with pytest.raises(PathwayRefused):
        keeping.keep(pete, goal, stones)
    assert keeping.mine(pete) == ()


def test_only_so_many_are_kept_and_a_visitor_keeps_none(record, keeping):
    pete = record.person("Pete")
    for n in range(MOST_KEPT):
        keeping.keep(pete, f"11-{n:04d}.00")
    with pytest.raises(PathwayRefused):
        keeping.keep(pete, CHIEF.code)
    with pytest.raises(SignInNeeded):
        keeping.keep(VISITOR, CHIEF.code)
    with pytest.raises(SignInNeeded):
        keeping.mine(VISITOR)


def test_a_kept_way_is_shown_and_marked_whatever_is_asked(service, record, keeping):
    pete = record.person("Pete")
    kept = keeping.keep(pete, CHIEF.code, [BUYER.code])
    found = service.pathways(HELD, CHIEF.code, PathwayView(), VISITOR, keeping.mine(pete))
    [mine] = [way for way in found.ways if way.kept]
    assert mine.codes == (BUYER.code,) and mine.kept == kept.id
    gone = replace(kept, stones=("11-9999.00",))
    assert all(not way.kept for way in service.pathways(HELD, CHIEF.code, kept=[gone]).ways)

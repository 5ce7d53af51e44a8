"""Ways to a role: what a step may be, that ways differ, and that what is said of them is so."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import pathways
from graph.build import SkillRoleGraph, build
from graph.match import match
from graph.model import Aim, Holding, Kinship, Relation, Requirement, Role, Standing, Wallet
from graph.pathways import (
    EARNED,
    LONGEST,
    Rules,
    Terrain,
    along,
    arrivals,
    differ,
    direct,
    neighbours,
    ways,
)
from graph.reach import REACH
from graph.steps import StepGraph, build_steps, learned
from tests.careers import MOVING, holding, needs, role, skill, wallet

unhurried = settings(deadline=None, max_examples=60)

SKILLS = [skill(f"skill {n}") for n in range(9)]
shares = st.integers(1, 20).map(lambda n: n / 20)
requirements = st.builds(
    Requirement,
    skill=st.sampled_from(SKILLS),
    importance=shares,
    level=st.none() | shares,
    facet=st.sampled_from(["occupational", "software"]),
)
kinships = st.builds(
    Kinship,
    skill_id=st.sampled_from([one.id for one in SKILLS]),
    other_id=st.sampled_from([one.id for one in SKILLS]),
    relation=st.sampled_from([Relation.BROADER, Relation.NEAR]),
    strength=shares,
)
wallets = st.builds(
    Wallet,
    owner=st.just("w"),
    holdings=st.lists(
        st.builds(
            Holding,
            skill=st.sampled_from(SKILLS),
            standing=st.sampled_from(Standing),
            level=st.none() | shares,
        ),
        max_size=5,
    ).map(tuple),
    hidden=st.frozensets(st.sampled_from([one.id for one in SKILLS]), max_size=2),
)


def code(n: int) -> str:
    return f"11-{n:02d}11.00"


@st.composite
def grounds(draw: st.DrawFn, most: int = 6):
    """A graph in which every role is like every other, and what is known of its roles besides."""
    size = draw(st.integers(2, most))
    roles = [
        Role(code(n), f"Role {n}", MOVING, requirements=tuple(draw(st.lists(requirements, max_size=5))))
        for n in range(size)
    ]
    alike = {code(n): [(code(m), 0.5) for m in range(size) if m != n] for n in range(size)}
    graph = build(roles, draw(st.lists(kinships, max_size=6)), alike)
    unknown = st.just(float("nan"))

    def each(values: st.SearchStrategy) -> np.ndarray:
        return np.array(draw(st.lists(unknown | values, min_size=size, max_size=size)), dtype=float)

    terrain = Terrain(
        each(st.integers(3, 9).map(lambda n: n * 10_000.0)),
        each(st.integers(0, 5).map(lambda n: n * 100.0)),
        each(st.integers(1, 5)),
        np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size))),
    )
    return build_steps(graph), terrain


def may(terrain: Terrain, rules: Rules, before: int, after: int) -> bool:
    """Whether a step keeps to pay and zones."""
    return not (
        (not rules.pay_may_fall and terrain.pay[after] < terrain.pay[before])
        or terrain.zones[after] - terrain.zones[before] > rules.zones_up
    )


def possible(
    steps: StepGraph, before: Wallet, goal: str, terrain: Terrain, rules: Rules, least: float
) -> dict[tuple[str, ...], float]:
    """Every way over stones by trying all of them, with the gaps of its steps together."""
    graph, found = steps.graph, {}
    open_roles = [r.code for r in graph.roles if terrain.open[graph.role_index[r.code]] and r.code != goal]
    for count in range(1, pathways.STONES + 1):
        for stones in permutations(open_roles, count):
            through, gap = (*stones, goal), 0.0
            for place, one in enumerate(through):
                score = match(graph, learned(graph, before, through[:place]), one).score
                without = match(graph, learned(graph, before, through[: max(0, place - 1)]), one).score
                gap += 1 - score
                at = graph.role_index[one]
                if (
                    score < least
                    or not graph.requirements[graph.span(at)]
                    or (place and score - without < EARNED)
                    or (place and not may(terrain, rules, graph.role_index[through[place - 1]], at))
                ):
                    break
            else:
                found[stones] = gap
    return found


@unhurried
@given(grounds(), wallets)
def test_a_step_s_gap_is_what_the_match_of_the_learned_wallet_leaves(ground, before):
    steps, terrain = ground
    graph = steps.graph
    goal = code(0)
    for way in (*ways(steps, before, goal, terrain), direct(steps, before, goal)):
        assert way.codes[-1] == goal
        for place, one in enumerate(way.codes):
            found = match(graph, learned(graph, before, way.codes[:place]), one)
            assert way.gaps[place] == pytest.approx(1 - found.score, abs=1e-9)


@unhurried
@given(grounds(), wallets, st.booleans(), st.integers(1, 5))
def test_every_way_keeps_the_rules_and_differs_from_the_others(ground, before, fall, limit):
    steps, terrain = ground
    graph, rules = steps.graph, Rules(pay_may_fall=fall)
    found = ways(steps, before, code(0), terrain, rules, limit=limit)
    assert len(found) <= limit
    for way in found:
        at = [graph.role_index[one] for one in way.codes]
        assert 1 <= len(way.stones) <= pathways.STONES
        assert len({one[:7] for one in way.codes}) == len(way.codes)
        assert all(gap <= 1 - LONGEST + 1e-9 for gap in way.gaps)
        assert all(terrain.open[place] for place in at)
        assert all(may(terrain, rules, *pair) for pair in pairwise(at))
        for place in range(1, len(way.codes)):
            without = match(graph, learned(graph, before, way.codes[: place - 1]), way.codes[place]).score
            assert 1 - way.gaps[place] - without >= EARNED - 1e-9
    assert all(differ(one.stones, other.stones) for one, other in combinations(found, 2))


@unhurried
@given(grounds(most=5), wallets)
def test_the_shortest_of_all_ways_is_found_whenever_there_is_one(ground, before):
    steps, terrain = ground
    goal, rules = code(0), Rules()
    at = steps.graph.role_index[goal]
    if not terrain.open[at] or match(steps.graph, before, goal).score >= pathways.MATCHED:
        assert not ways(steps, before, goal, terrain, rules)
        return
    near = possible(steps, before, goal, terrain, rules, REACH)
    every = near or possible(steps, before, goal, terrain, rules, LONGEST)
    found = ways(steps, before, goal, terrain, rules)
    assert bool(found) == bool(every)
    if every:
        assert found[0].gap == pytest.approx(min(every.values()), abs=1e-6)
        assert found[0].within() == bool(near)


@unhurried
@given(grounds(), wallets)
def test_what_a_way_is_best_at_no_other_one_shown_does_better(ground, before):
    steps, terrain = ground
    found = ways(steps, before, code(0), terrain)
    for way in found:
        if Aim.GAP in way.best:
            assert way.gap <= min(one.gap for one in found) + 1e-9
        for aim, values in ((Aim.PAY, terrain.pay), (Aim.OPENINGS, terrain.openings)):
            if aim in way.best:
                there = [
                    [values[steps.graph.role_index[one]] for one in each.stones] for each in (way, *found)
                ]
                reckon = np.mean if aim is Aim.PAY else np.min
                known = [reckon(each) for each in there if not np.isnan(each).any()]
                assert not np.isnan(there[0]).any() and reckon(there[0]) >= max(known) - 1e-9
    if len(found) == 1:
        assert not found[0].best


LIFT, COUNT, STOCK, PLAN, DRIVE = (
    needs(name) for name in ("lift goods", "count goods", "keep stock", "plan stock", "drive vans")
)
MOVER = role("53-7062.00", "Movers", MOVING, LIFT)
STOCKER = role("53-7065.00", "Stockers", MOVING, LIFT, COUNT, STOCK)
CLERK = role("43-5071.00", "Clerks", MOVING, COUNT, STOCK, PLAN)
DRIVER = role("53-3033.00", "Drivers", MOVING, LIFT, DRIVE)
CHIEF = role("53-1042.00", "Chiefs", MOVING, STOCK, PLAN, needs("lead people"))
TWIN = role("53-1042.01", "Other chiefs", MOVING, STOCK, PLAN, needs("lead people", 0.4))
PEOPLE = (MOVER, STOCKER, CLERK, DRIVER, CHIEF, TWIN)


@pytest.fixture(scope="module")
def warehouse() -> StepGraph:
    alike = {one.code: [(other.code, 0.5) for other in PEOPLE if other is not one] for one in PEOPLE}
    return build_steps(build(PEOPLE, similar=alike))


def terrain_of(graph: SkillRoleGraph, **more: dict[str, float]) -> Terrain:
    arrays = {
        name: np.array([more.get(name, {}).get(one.code, np.nan) for one in graph.roles])
        for name in ("pay", "openings", "zones")
    }
    return Terrain(**arrays, open=np.ones(len(graph.roles), dtype=bool))


def found(steps: StepGraph, terrain: Terrain, rules: Rules | None = None, **more) -> list[tuple[str, ...]]:
    return [
        way.codes
        for way in ways(steps, wallet(holding("lift goods")), CHIEF.code, terrain, rules, limit=9, **more)
    ]


def test_doing_a_role_teaches_what_it_requires(warehouse):
    way = along(warehouse, wallet(holding("lift goods")), [STOCKER.code, CLERK.code], CHIEF.code)
    assert way.gap < 3 and way.gaps[1] < direct(warehouse, wallet(holding("lift goods")), CLERK.code).gap
    assert (STOCKER.code, CLERK.code, CHIEF.code) in found(warehouse, terrain_of(warehouse.graph))


def test_a_stone_that_brings_nothing_for_the_next_role_is_no_stone(warehouse):
    assert all(DRIVER.code not in codes for codes in found(warehouse, terrain_of(warehouse.graph)))


def test_a_role_of_the_goal_s_own_occupation_is_no_stone(warehouse):
    assert all(TWIN.code not in codes for codes in found(warehouse, terrain_of(warehouse.graph)))


def test_pay_does_not_fall_unless_it_may(warehouse):
    pay = terrain_of(
        warehouse.graph, pay={STOCKER.code: 40_000.0, CLERK.code: 30_000.0, CHIEF.code: 50_000.0}
    )
    assert all((STOCKER.code, CLERK.code) != codes[:2] for codes in found(warehouse, pay))
    assert any(
        (STOCKER.code, CLERK.code) == codes[:2] for codes in found(warehouse, pay, Rules(pay_may_fall=True))
    )


def test_a_wage_that_is_not_known_forbids_nothing(warehouse):
    pay = terrain_of(warehouse.graph, pay={STOCKER.code: 40_000.0, CHIEF.code: 50_000.0})
    assert any((STOCKER.code, CLERK.code) == codes[:2] for codes in found(warehouse, pay))


def test_the_job_zone_rises_by_one_at_most(warehouse):
    far = terrain_of(warehouse.graph, zones={CLERK.code: 1, CHIEF.code: 3})
    assert all(codes[-2:] != (CLERK.code, CHIEF.code) for codes in found(warehouse, far))
    near = terrain_of(warehouse.graph, zones={CLERK.code: 2, CHIEF.code: 3})
    assert any(codes[-2:] == (CLERK.code, CHIEF.code) for codes in found(warehouse, near))


def test_the_job_done_now_sets_pay_and_is_no_stone(warehouse):
    pay = terrain_of(
        warehouse.graph, pay={DRIVER.code: 45_000.0, STOCKER.code: 40_000.0, CHIEF.code: 50_000.0}
    )
    assert all(codes[0] != STOCKER.code for codes in found(warehouse, pay, start=DRIVER.code))
    assert all(MOVER.code not in codes for codes in found(warehouse, pay, start=MOVER.code))


def test_a_step_that_nobody_makes_between_roles_unlike_each_other_is_none():
    alone = build_steps(build(PEOPLE, similar={}))
    assert found(alone, terrain_of(alone.graph)) == []


def test_ways_within_reach_come_before_those_with_a_long_step(warehouse):
    near = ways(
        warehouse,
        wallet(holding("lift goods"), holding("count goods")),
        CHIEF.code,
        terrain_of(warehouse.graph),
        limit=9,
    )
    flags = [way.within() for way in near]
    assert flags == sorted(flags, reverse=True) and flags[0]


def test_who_gets_to_a_goal_brings_at_least_the_reach_best_first(warehouse):
    there = arrivals(warehouse, CHIEF.code)
    assert [one.code for one in there] == [TWIN.code, CLERK.code]
    assert all(one.score >= REACH for one in there)
    assert [one.score for one in there] == sorted((one.score for one in there), reverse=True)


def test_what_shares_most_with_a_role_is_the_same_from_either_side(warehouse):
    beside = {one.code: one.score for one in neighbours(warehouse, CHIEF.code)}
    assert beside[CLERK.code] == pytest.approx(
        {one.code: one.score for one in neighbours(warehouse, CLERK.code)}[CHIEF.code]
    )
    assert CHIEF.code not in beside


def test_a_goal_without_requirements_or_already_reached_has_no_ways(warehouse):
    graph = warehouse.graph
    assert ways(warehouse, wallet(holding("lift goods")), MOVER.code, terrain_of(graph)) == ()
    empty = build_steps(build([*PEOPLE, role("55-1011.00", "Unknown", MOVING)], similar={}))
    assert ways(empty, wallet(holding("lift goods")), "55-1011.00", terrain_of(empty.graph)) == ()


def test_a_role_that_is_not_there_is_an_error(warehouse):
    with pytest.raises(KeyError):
        ways(warehouse, wallet(), "99-9999.00", terrain_of(warehouse.graph))

"""What the weights of requirements do to the ranking of roles: measured, not assumed.

A requirement weighs by its importance within the role, raised for what few roles require. Each of the
two is left out in turn, and both. Two rankings are compared: the roles that somebody reaches who has all
that one role requires, against the published related occupations of that role; and the place of a role
among those reached by somebody who has a part of what it requires, drawn by lot.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from data.store import LaborStore
from graph.__main__ import related
from graph.build import SkillRoleGraph, build, distinctiveness
from graph.match import match_all
from graph.model import Holding, Requirement, Role, Standing, Wallet
from graph.similar import evaluate
from tools.bench_figures import Figure, skipped

SHARE_HAD = 0.4
"""Of a role's requirements: few enough that the place is not always the first."""
KEPT = 30


def measure(folder: Path, listed: Path) -> Iterator[Figure]:
    """Both rankings under four weights; every role with requirements is asked."""
    store = LaborStore.open(folder / "labor.duckdb")
    try:
        required = store.requirements()
        roles = [
            replace(role, requirements=required[role.code]) for role in store.roles() if role.code in required
        ]
        kinships = store.kinships()
    finally:
        store.close()
    asked: dict[str, int] = {}
    for role in roles:
        for each in role.requirements:
            asked[each.skill.id] = asked.get(each.skill.id, 0) + 1
    raised = {
        skill: float(value)
        for skill, value in zip(
            asked, distinctiveness(np.array(list(asked.values())), len(roles)), strict=True
        )
    }
    variants: dict[str, Callable[[Requirement], float]] = {
        "both": lambda one: one.importance,
        "without_distinctiveness": lambda one: one.importance / raised[one.skill.id],
        "without_importance": lambda one: 1.0,
        "without_either": lambda one: 1 / raised[one.skill.id],
    }
    published = related(listed) if listed.is_file() else []
    for name, weigh in variants.items():
        graph = build([_weighed(role, weigh) for role in roles], kinships)
        if published:
            found = evaluate(reached(graph), published)
            yield Figure(f"match_recall_at_10_{name}", found.recall_at_10)
        else:
            yield from skipped([f"match_recall_at_10_{name}"], "no list of related occupations")
        places = own_places(graph)
        yield Figure(f"own_role_first_{name}", sum(place == 1 for place in places) / len(places))
        yield Figure(f"own_role_in_first_three_{name}", sum(place <= 3 for place in places) / len(places))


def reached(graph: SkillRoleGraph) -> dict[str, list[tuple[str, float]]]:
    """For each role, the roles that its own requirements reach best."""
    table = {}
    for role in graph.roles:
        ranked = _ranked(graph, role.requirements)
        table[role.code] = [pair for pair in ranked if pair[0] != role.code][:KEPT]
    return table


def own_places(graph: SkillRoleGraph) -> list[int]:
    """The place of every role for somebody who has a part of what it requires."""
    lot = random.Random(11)  # noqa: S311 - no secret
    places = []
    for role in graph.roles:
        had = sorted(role.requirements, key=lambda one: one.skill.id)
        had = lot.sample(had, max(1, round(SHARE_HAD * len(had))))
        codes = [code for code, _score in _ranked(graph, had)]
        places.append(codes.index(role.code) + 1)
    return places


def _ranked(graph: SkillRoleGraph, had: Sequence[Requirement]) -> list[tuple[str, float]]:
    wallet = Wallet("", tuple(Holding(one.skill, Standing.VERIFIED, None, ()) for one in had))
    found = [(found.role.code, found.score) for found in match_all(graph, wallet)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _weighed(role: Role, weigh: Callable[[Requirement], float]) -> Role:
    most = max(map(weigh, role.requirements))
    return replace(
        role,
        requirements=tuple(replace(one, importance=weigh(one) / most) for one in role.requirements),
    )

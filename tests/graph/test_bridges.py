"""Bridges of one and of two skills are those that the match itself says, person by person."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graph.bridges import WEIGHTIEST, bridges, pairs
from graph.build import build
from graph.model import JobFamily, Kinship, Relation, Requirement, Role, Skill
from graph.reach import REACH

FAMILY = JobFamily("51", "Production")
SKILLS = [
    Skill(f"esco:{n:02}", f"skill {n:02}", f"https://example.org/{n}", "esco", "skill") for n in range(14)
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_are_those_of_going_through_everybody(seed: int) -> None:
    rng = np.random.default_rng(seed)
    roles = [
        Role(
            f"51-40{n}0.00",
            f"Role {n}",
            FAMILY,
            requirements=tuple(
                Requirement(SKILLS[s], float(rng.uniform(0.2, 1.0)))
                for s in rng.choice(len(SKILLS), 9, replace=False)
            ),
        )
        for n in range(4)
    ]
    kin = [Kinship(SKILLS[0].id, SKILLS[1].id, Relation.NEAR, 0.6)]
    graph = build(roles, kin)
    people = 60
    held = [rng.choice(len(SKILLS), rng.integers(0, 4), replace=False) for _ in range(people)]
    owner = np.repeat(np.arange(people), [len(each) for each in held])
    index = graph.skill_index
    skill = np.array([index[SKILLS[s].id] for each in held for s in each], dtype=int)
    found = bridges(graph, owner, skill, people)
    single, both = len(graph.requirements), pairs(graph)
    assert len(found) == single + len(both) and found[:single].any() and found[single:].any()

    kinship = graph.kin.toarray()
    expected = np.zeros(len(found), dtype=int)
    for each in held:
        rows = [index[SKILLS[s].id] for s in each]
        covered = kinship[rows].max(axis=0) if rows else np.zeros(len(index))
        for position in range(len(graph.roles)):
            span = graph.span(position)
            weights, columns = graph.weights.data[span], graph.weights.indices[span]
            score = float(weights @ covered[columns])
            if score >= REACH:
                continue
            gain = {span.start + n: weights[n] * (1 - covered[columns[n]]) for n in range(len(weights))}
            alone = [entry for entry, more in gain.items() if score + more >= REACH]
            expected[alone] += 1
            if alone:
                continue
            heaviest = sorted(gain, key=lambda entry: -graph.weights.data[entry])[:WEIGHTIEST]
            for one, other in combinations(heaviest, 2):
                place = both.tolist().index([one, other])
                expected[single + place] += score + gain[one] + gain[other] >= REACH
    np.testing.assert_array_equal(found, expected)

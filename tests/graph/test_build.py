"""The graph says the same thing twice: as a network to walk and as arrays to reckon with."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graph.build import build
from graph.model import Kinship, Relation
from tests.careers import CLERK, DRIVER, LIGHT, MOVING, NURSE, ROLES, needs, role, skill, small_graph


def test_a_roles_weights_sum_to_one():
    graph = small_graph()
    sums = graph.weights.sum(axis=1)
    assert [round(float(s), 9) for s in sums] == [1.0 if r.requirements else 0.0 for r in graph.roles]


def test_the_network_holds_roles_skills_and_their_three_kinds_of_edges():
    network = small_graph().network
    assert isinstance(network, nx.Graph)
    assert network.nodes[NURSE.code] == {"kind": "role", "title": "Registered Nurses"}
    assert network.nodes[skill("drive trucks").id] == {"kind": "skill", "name": "drive trucks"}
    assert network.edges[NURSE.code, skill("give medicines").id]["importance"] == 0.6
    kin = network.edges[skill("drive trucks").id, skill("drive vans").id]
    assert kin == {"kind": "kin", "strength": 0.6}
    assert network.edges[DRIVER.code, LIGHT.code] == {"kind": "like", "likeness": 0.8}


def test_the_network_and_the_arrays_agree():
    graph = small_graph()
    skills = list(graph.skill_index)
    for position, each in enumerate(graph.roles):
        span = graph.span(position)
        for column, weight in zip(graph.weights.indices[span], graph.weights.data[span], strict=True):
            assert graph.network.edges[each.code, skills[column]]["weight"] == weight


def test_kin_holds_both_ways_when_given_one_way():
    graph = build(
        [role("11-0001.00", "One", MOVING, needs("a"), needs("b"))],
        [Kinship(skill("a").id, skill("b").id, Relation.BROADER, 0.5)],
    )
    assert np.array_equal(graph.kin.toarray(), [[1, 0.5], [0.5, 1]])


def test_a_general_skill_covers_no_special_one_and_is_covered_by_it():
    general = needs("coordination", 0.75, facet="transferable")
    graph = build(
        [role("11-0001.00", "One", MOVING, needs("coordinate shipments"), general)],
        [Kinship(general.skill.id, skill("coordinate shipments").id, Relation.NARROWER, 0.6)],
    )
    held, required = (graph.skill_index[skill(name).id] for name in ("coordinate shipments", "coordination"))
    kin = graph.kin.toarray()
    assert kin[held, required] == 0.6 and kin[required, held] == 0
    edge = graph.network.edges[skill("coordinate shipments").id, general.skill.id]
    assert edge == {"kind": "kin", "strength": 0.6}


def test_kin_that_no_role_asks_for_is_left_out():
    graph = build(
        [role("11-0001.00", "One", MOVING, needs("a"))],
        [Kinship(skill("b").id, skill("c").id, Relation.NEAR, 0.5)],
    )
    assert list(graph.skill_index) == [skill("a").id]


def test_a_kinship_of_a_skill_with_itself_changes_nothing():
    graph = build(
        [role("11-0001.00", "One", MOVING, needs("a"))],
        [Kinship(skill("a").id, skill("a").id, Relation.NEAR, 0.5)],
    )
    assert graph.kin.toarray().tolist() == [[1.0]]


def test_roles_whose_importances_are_all_zero_weigh_each_requirement_alike():
    graph = build([role("11-0001.00", "One", MOVING, needs("a", 0.0), needs("b", 0.0))])
    assert graph.weights.data.tolist() == [0.5, 0.5]


def test_two_roles_of_one_code_are_refused():
    with pytest.raises(ValueError, match="same code"):
        build([CLERK, CLERK])


def test_a_graph_of_nothing_can_be_built():
    graph = build([])
    assert len(graph.roles) == 0 and graph.network.number_of_nodes() == 0


def test_a_graph_knows_its_roles():
    graph = small_graph()
    assert NURSE.code in graph and "99-9999.00" not in graph
    assert graph.role(NURSE.code) == NURSE
    assert all(not listed.requirements for listed in graph.listed)
    assert len(graph.listed) == len(ROLES)

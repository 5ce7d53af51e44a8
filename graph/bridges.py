r"""Which skill, or which two, would bring a role within reach of how many people.

For a wallet with coverage :math:`c_i` of requirement *i* of a role with weights :math:`W_i`, score
:math:`S = \sum_i W_i c_i` and reach *R* (``graph.reach``), skill *i* is a bridge where

.. math:: S < R \le S + W_i (1 - c_i).

It is the sum of ``graph.match`` over all that people hold, levels left out, with one requirement covered in
full. What
else the skill would cover of the same role is left out too, so a bridge is never counted that is none.

Two skills *i* and *j* are a bridge where no single one of the role's is, and

.. math:: R \le S + W_i (1 - c_i) + W_j (1 - c_j).

So nobody stands in a role's cells of one skill and of two. Pairs are of the `WEIGHTIEST` requirements of each
role alone: which pairs there are depends on nobody, and there are not more cells of people than that.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from scipy.sparse import csr_array

from graph.build import SkillRoleGraph
from graph.match import FAINT
from graph.reach import REACH

CHUNK = 1024
"""Wallets reckoned at once: with 6,000 skills 25 MB, and 8 MB of scores."""

_LEAST = 1e-9

WEIGHTIEST = 6
"""Requirements of a role of which pairs are counted: 15 at most."""


@lru_cache(maxsize=2)
def pairs(graph: SkillRoleGraph) -> np.ndarray:
    """The pairs of requirements that are counted, role by role.

    Returns
    -------
    numpy.ndarray of int, shape (pairs, 2)
        Positions in ``graph.requirements``; the weightier one first.
    """
    found = []
    for position in range(len(graph.roles)):
        span = graph.span(position)
        order = np.argsort(-graph.weights.data[span], kind="stable")[:WEIGHTIEST] + span.start
        found += list(combinations(order.tolist(), 2))
    return np.array(found, dtype=int).reshape(-1, 2)


@lru_cache(maxsize=2)
def _of_roles(graph: SkillRoleGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray, csr_array]:
    """Where each role's pairs begin, its heaviest weight, its two heaviest together; skills by roles."""
    role_of = np.searchsorted(graph.weights.indptr, pairs(graph)[:, 0], side="right") - 1
    heaviest, two_heaviest = np.zeros(len(graph.roles)), np.zeros(len(graph.roles))
    for position in range(len(graph.roles)):
        row = np.sort(graph.weights.data[graph.span(position)])[::-1]
        heaviest[position], two_heaviest[position] = row[:1].sum(), row[:2].sum()
    first_pair = np.searchsorted(role_of, np.arange(len(graph.roles) + 1))
    return first_pair, heaviest, two_heaviest, graph.weights.T.tocsr()


@lru_cache(maxsize=2)
def _members(graph: SkillRoleGraph) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """For each role the requirements that stand in its pairs, and its pairs as places among these."""
    first_pair, both = _of_roles(graph)[0], pairs(graph)
    found = []
    for first, last in pairwise(first_pair.tolist()):
        members, numbers = np.unique(both[first:last], return_inverse=True)
        found.append((members, numbers.reshape(-1, 2)))
    return tuple(found)


def bridges(
    graph: SkillRoleGraph,
    owner: np.ndarray,
    skill: np.ndarray,
    people: int,
    groups: np.ndarray | None = None,
) -> np.ndarray:
    """For each requirement, and each of `pairs`, how many people would have its role within reach by it.

    Parameters
    ----------
    owner : numpy.ndarray of int, shape (holdings,)
        Number of the person, 0 to ``people`` - 1, sorted.
    skill : numpy.ndarray of int, shape (holdings,)
        Position in ``graph.skill_index``.
    people : int
    groups : numpy.ndarray of bool, shape (groups, people), optional
        Who is in which group; the people of each are counted too.

    Returns
    -------
    numpy.ndarray of int, shape (requirements + pairs,)
        In the order of ``graph.requirements``, then of `pairs`; where groups are given, a row of all people
        and one a group. Exact: small counts must be withheld before anybody sees them.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld, read = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...               for n in ("weld", "read"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, 0.8), Requirement(read, 0.2)))
    >>> graph = build([welder])
    >>> held = np.array([graph.skill_index["esco:read"]])
    >>> found = bridges(graph, np.array([0]), held, people=1)
    >>> [r.skill.name for r in graph.requirements], found.tolist()
    (['weld', 'read'], [1, 0, 0])
    """
    counted = np.ones((1, people), dtype=np.float32)
    if groups is not None:
        counted = np.vstack([counted, groups.astype(np.float32)])
    single = len(graph.requirements)
    both = pairs(graph)
    found = np.zeros((len(counted), single + len(both)), dtype=np.int32)
    first_pair, heaviest, two_heaviest, table = _of_roles(graph)
    of_pairs = _members(graph)
    weights, size = graph.weights, len(graph.skill_index)
    kin = graph.kin
    lengths = np.diff(kin.indptr)
    for start in range(0, people, CHUNK):
        first, last = np.searchsorted(owner, (start, start + CHUNK))
        count = min(CHUNK, people - start)
        held, who = skill[first:last], owner[first:last] - start
        many = lengths[held]
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        entries = np.repeat(kin.indptr[held], many) + within
        strength = kin.data[entries]
        enough = strength >= FAINT
        covered = np.zeros((count, size), dtype=np.float32)
        np.maximum.at(covered, (np.repeat(who, many)[enough], kin.indices[entries][enough]), strength[enough])
        scores = (table.T @ covered.T).T
        short = scores < REACH - _LEAST
        near = short & (scores + heaviest >= REACH)
        within_two = short & (scores + two_heaviest >= REACH)
        for position in np.flatnonzero(within_two.any(axis=0)).tolist():
            span = graph.span(position)
            farther = within_two[:, position]
            rows = np.flatnonzero(near[:, position])
            if len(rows):
                lacking = weights.data[span] * (1 - covered[np.ix_(rows, weights.indices[span])])
                alone = scores[rows, position, None] + lacking >= REACH
                found[:, span] += np.rint(counted[:, start + rows] @ alone).astype(np.int32)
                farther = farther.copy()
                farther[rows[alone.any(axis=1)]] = False
            rows = np.flatnonzero(farther)
            places = slice(first_pair[position], first_pair[position + 1])
            if not len(rows) or places.start == places.stop:
                continue
            members, numbers = of_pairs[position]
            lacking = weights.data[members] * (1 - covered[np.ix_(rows, weights.indices[members])])
            gained = lacking[:, numbers[:, 0]] + lacking[:, numbers[:, 1]]
            enough_both = scores[rows, position, None] + gained >= REACH
            found[:, single + places.start : single + places.stop] += np.rint(
                counted[:, start + rows] @ enough_both
            ).astype(np.int32)
    return found if groups is not None else found[0]

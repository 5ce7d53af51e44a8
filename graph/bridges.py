r"""Which single skill would bring a role within reach of how many people.

For a wallet with coverage :math:`c_i` of requirement *i* of a role with weights :math:`W_i`, score
:math:`S = \sum_i W_i c_i` and reach *R* (``graph.reach``), skill *i* is a bridge where

.. math:: S < R \le S + W_i (1 - c_i).

It is the sum of ``graph.match`` over all that people hold, levels left out, with one requirement covered in
full. What
else the skill would cover of the same role is left out too, so a bridge is never counted that is none.
"""

from __future__ import annotations

import numpy as np

from graph.build import SkillRoleGraph
from graph.match import FAINT
from graph.reach import REACH

CHUNK = 512
"""Wallets reckoned at once: with 6,000 skills 13 MB, and 4 MB of scores."""

_LEAST = 1e-9


def bridges(
    graph: SkillRoleGraph,
    owner: np.ndarray,
    skill: np.ndarray,
    people: int,
    groups: np.ndarray | None = None,
) -> np.ndarray:
    """For each requirement, how many people it alone would bring within reach of its role.

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
    numpy.ndarray of int, shape (requirements,)
        In the order of ``graph.requirements``; where groups are given, a row of all people and one a group.
        Exact: small counts must be withheld before anybody sees them.

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
    >>> [(r.skill.name, int(n)) for r, n in zip(
    ...     graph.requirements, bridges(graph, np.array([0]), held, people=1), strict=True)]
    [('weld', 1), ('read', 0)]
    """
    counted = np.ones((1, people), dtype=np.float32)
    if groups is not None:
        counted = np.vstack([counted, groups.astype(np.float32)])
    found = np.zeros((len(counted), len(graph.requirements)), dtype=int)
    weights, size = graph.weights, len(graph.skill_index)
    heaviest = np.zeros(len(graph.roles))
    for position in range(len(graph.roles)):
        row = weights.data[graph.span(position)]
        heaviest[position] = row.max() if len(row) else 0.0
    table = weights.T.tocsr()
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
        near = (scores < REACH - _LEAST) & (scores + heaviest >= REACH)
        for position in np.flatnonzero(near.any(axis=0)).tolist():
            rows = np.flatnonzero(near[:, position])
            span = graph.span(position)
            lacking = weights.data[span] * (1 - covered[np.ix_(rows, weights.indices[span])])
            near_enough = scores[rows, position, None] + lacking >= REACH
            found[:, span] += np.rint(counted[:, start + rows] @ near_enough).astype(int)
    return found if groups is not None else found[0]

"""What doing one role teaches of another: the ground that pathways walk on.

Reckoned once for a graph. Doing a role is taken to teach what the role requires, at the level it
requires: the assumption behind every pathway, said wherever one is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from graph.build import SkillRoleGraph
from graph.match import FAINT, scale_of_levels
from graph.model import Evidence, Holding, Standing, Wallet
from graph.ranges import rows_of

PLAUSIBLE = 40
"""A step leads to one of so many roles: those that people most likely move to, and those most alike."""

LEARNED = "role:"
"""Begins the id of the record that what a role teaches stands under."""


@dataclass(frozen=True, eq=False, slots=True)
class StepGraph:
    """Roles, and how much of each the people of every other one bring.

    Attributes
    ----------
    graph : SkillRoleGraph
    shares : numpy.ndarray, shape (roles, roles)
        ``shares[i, j]``: the match with role *j* of somebody who has exactly what role *i* requires,
        0-1; 0 on the diagonal.
    plausible : scipy.sparse.csr_array, shape (roles, roles)
        1 where a step from *i* to *j* is one that people make, or between roles that are alike.
    into : scipy.sparse.csr_array, shape (roles, roles)
        The same the other way round.
    starts, ends, brought : numpy.ndarray, shape (plausible.nnz,)
        The same as a list, with the share that the first role's people bring for the second.
    moves, likeness : mapping of int to mapping of int to float
        By position: of those who leave *i* the modelled share that goes to *j*, and how alike the
        two are; both 0-1, and absent where nothing is known.
    holders, strengths, levels : numpy.ndarray, shape (holdings,)
        What each role's requirements cover of each skill, skill after skill: the role's position, the
        strength of the kinship, and the level that is held (NaN where none is rated).
    bounds : numpy.ndarray, shape (skills + 1,)
        Where each skill's begin.
    """

    graph: SkillRoleGraph
    shares: np.ndarray
    plausible: csr_array
    into: csr_array
    starts: np.ndarray
    ends: np.ndarray
    brought: np.ndarray
    moves: Mapping[int, Mapping[int, float]]
    likeness: Mapping[int, Mapping[int, float]]
    holders: np.ndarray
    strengths: np.ndarray
    levels: np.ndarray
    bounds: np.ndarray

    def covers(self, positions: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the people of some roles cover of everything that some roles require.

        Parameters
        ----------
        positions : numpy.ndarray of int, shape (targets,)
            The roles that require.
        among : numpy.ndarray of int, shape (some,)
            The roles whose people are meant, each once.

        Returns
        -------
        coverage : numpy.ndarray, shape (some, requirements)
            0-1; the requirements of the first target, then of the second, and so on.
        bounds : numpy.ndarray, shape (targets + 1,)
            Where each target's begin.
        """
        return _covers(self.graph, positions, among, (self.holders, self.strengths, self.levels, self.bounds))

    def sources(self, position: int) -> np.ndarray:
        """Positions of the roles from which a step to this one is plausible."""
        return self.into.indices[self.into.indptr[position] : self.into.indptr[position + 1]]


def build_steps(graph: SkillRoleGraph) -> StepGraph:
    """Reckon what every role teaches of every other one.

    Parameters
    ----------
    graph : SkillRoleGraph
        Where it has a ``moves`` with entries, a plausible step is among a role's ``PLAUSIBLE`` likeliest
        moves or its ``PLAUSIBLE`` most similar roles; else among the similar ones.

    Returns
    -------
    StepGraph

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld, cut = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...              for n in ("weld metal", "cut metal"))
    >>> family = JobFamily("51", "Production")
    >>> steps = build_steps(build([
    ...     Role("51-4031.00", "Cutters", family, requirements=(Requirement(cut, 0.5),)),
    ...     Role("51-4121.00", "Welders", family, requirements=(
    ...         Requirement(weld, 0.5), Requirement(cut, 0.5))),
    ... ], similar={"51-4031.00": [("51-4121.00", 0.7)]}))
    >>> [[round(float(share), 2) for share in row] for row in steps.shares]
    [[0.0, 0.39], [1.0, 0.0]]
    >>> steps.plausible.toarray().tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    held = _held(graph)
    size = len(graph.roles)
    everybody = np.arange(size)
    shares = np.zeros((size, size), dtype=np.float32)
    for position in range(size):
        span = graph.span(position)
        if span.stop > span.start:
            covered, _ = _covers(graph, np.array([position]), everybody, held)
            shares[:, position] = covered @ graph.weights.data[span]
    np.fill_diagonal(shares, 0.0)
    moves = _by_position(graph, getattr(graph, "moves", {}))
    likeness = _by_position(graph, graph.similar)
    pairs = sorted({(i, j) for known in (moves, likeness) for i, others in known.items() for j in others})
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    plausible = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    starts, others = ends[:, 0], ends[:, 1]
    brought = shares[starts, others].astype(float)
    return StepGraph(
        graph, shares, plausible, csr_array(plausible.T), starts, others, brought, moves, likeness, *held
    )


def learned(graph: SkillRoleGraph, wallet: Wallet, codes: Iterable[str]) -> Wallet:
    """The wallet of somebody who did these roles as well.

    Each role adds what of it is reckoned, at the level required, by nobody's word but the
    assumption's: standing ``self_asserted``, under the role's title.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld = Skill("esco:weld", "weld metal", "https://example.org/weld", "esco", "skill")
    >>> graph = build([
    ...     Role("51-4121.00", "Welders", JobFamily("51", "Production"), "", (Requirement(weld, 0.5),))])
    >>> [(h.skill.name, h.evidence[0].title) for h in learned(graph, Wallet("w"), ["51-4121.00"]).holdings]
    [('weld metal', 'Welders')]
    """
    more = []
    for code in codes:
        position = graph.role_index[code]
        evidence = (Evidence(LEARNED + code, graph.roles[position].title, "", "role"),)
        more += [
            Holding(required.skill, Standing.SELF_ASSERTED, required.level, evidence)
            for required in graph.requirements[graph.span(position)]
        ]
    return Wallet(wallet.owner, (*wallet.holdings, *more), wallet.hidden)


Held = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _held(graph: SkillRoleGraph) -> Held:
    """Role, strength and level of everything that requirements cover, by the skill that is covered."""
    of_role = np.repeat(np.arange(len(graph.roles)), np.diff(graph.weights.indptr))
    kin, of = rows_of(graph.kin.indptr, graph.weights.indices)
    skills = graph.kin.indices[kin]
    order = np.argsort(skills, kind="stable")
    bounds = np.searchsorted(skills[order], np.arange(len(graph.skill_index) + 1))
    return of_role[of][order], graph.kin.data[kin][order], graph.levels[of][order], bounds


def _covers(
    graph: SkillRoleGraph, positions: np.ndarray, among: np.ndarray, held: Held
) -> tuple[np.ndarray, np.ndarray]:
    holders, strengths, levels, bounds = held
    if len(among) < len(graph.roles):
        row = np.full(len(graph.roles), -1)
        row[among] = np.arange(len(among))
        rows = row[holders]
        kept = rows >= 0
        holders, strengths, levels = rows[kept], strengths[kept], levels[kept]
        bounds = np.append(0, np.cumsum(kept))[bounds]
    entries, of_target = rows_of(graph.weights.indptr, positions)
    found, of = rows_of(bounds, graph.weights.indices[entries])
    covered = strengths[found] * scale_of_levels(levels[found], graph.levels[entries][of])
    covered[covered < FAINT] = 0.0
    table = np.zeros((len(among), len(entries)))
    np.maximum.at(table, (holders[found], of), covered)
    return table, np.searchsorted(of_target, np.arange(len(positions) + 1))


def _by_position(
    graph: SkillRoleGraph, ranked: Mapping[str, Sequence[tuple[str, float]]]
) -> dict[int, dict[int, float]]:
    return {
        graph.role_index[code]: {
            graph.role_index[other]: share for other, share in others[:PLAUSIBLE] if other in graph.role_index
        }
        for code, others in ranked.items()
        if code in graph.role_index
    }

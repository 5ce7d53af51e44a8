r"""What gaining one skill would do, over the whole network and not for one role alone.

For a wallet with coverage :math:`c_i` of requirement *i*, gaining skill *s* in full adds to a role's score

.. math:: \Delta_s = \sum_i W_i \max(0, k(s, r_i) - c_i)

where :math:`W_i` is the requirement's weight in the role and *k* what the gained skill covers of the
required one (1 for itself, its kinship otherwise, nothing below ``FAINT``). A role comes within reach when
:math:`S < R \le S + \Delta_s`. Nothing here is a prediction: it is the same sum as in ``graph.match``, with
one holding more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from graph.build import SkillRoleGraph
from graph.match import FAINT, coverage_of, match_all, shown_weights
from graph.model import TRIED, Evidence, Facet, Gain, Holding, Skill, Standing, Wallet
from graph.reach import REACH

GAINED = frozenset({Facet.OCCUPATIONAL, Facet.KNOWLEDGE, Facet.SOFTWARE})
"""Facets whose skills somebody can set out to gain; rated abilities such as reading come with them."""

NEAREST = 60
"""Roles of which ``Gain.rise`` is summed: the best matched that are not within reach yet."""

_LEAST = 1e-9


def next_skills(
    graph: SkillRoleGraph, wallet: Wallet, limit: int | None = None, *, reach: float = REACH
) -> tuple[Gain, ...]:
    """What each missing skill would do if it alone were gained.

    Parameters
    ----------
    graph : SkillRoleGraph
    wallet : Wallet
    limit : int, optional
        How many to return at most; all of them when not given.
    reach : float, optional
        Score from which a role is within reach.

    Returns
    -------
    tuple of Gain
        Those first that bring most roles within reach, then those that add most to the roles nearest to it.
        Skills that are held in full, set aside, or would change nothing are left out.

    Raises
    ------
    ValueError
        If ``limit`` is negative.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role
    >>> weld, read = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...               for n in ("weld metal", "read drawings"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, 0.75), Requirement(read, 0.25)))
    >>> [(gain.skill.name, len(gain.reached)) for gain in next_skills(build([welder]), Wallet(""))]
    [('weld metal', 1), ('read drawings', 0)]
    """
    if limit is not None and limit < 0:
        raise ValueError("limit takes a whole number from 0.")
    matches = match_all(graph, wallet)
    score = np.zeros(len(graph.roles))
    by_position = {graph.role_index[found.role.code]: found for found in matches}
    for position, found in by_position.items():
        score[position] = found.score
    skills, entries, covers = _pairs(graph)
    weights, role_of = shown_weights(graph, wallet)
    adds = weights[entries] * np.maximum(0.0, covers - coverage_of(graph, wallet)[entries])
    useful = adds > _LEAST
    roles = len(graph.roles)
    keys, place = np.unique(
        skills[useful].astype(np.int64) * roles + role_of[entries[useful]], return_inverse=True
    )
    delta = np.bincount(place, adds[useful], minlength=len(keys))
    of_skill, of_role = keys // roles, keys % roles

    before = score[of_role]
    crossing = (before < reach) & (before + delta >= reach)
    near = np.zeros(roles, dtype=bool)
    near[[p for p in np.argsort(-score, kind="stable") if score[p] < reach][:NEAREST]] = True
    size = len(graph.skill_index)
    crossed = np.bincount(of_skill[crossing], minlength=size)
    nearer = np.bincount(of_skill, minlength=size)
    rise = np.bincount(of_skill, delta * near[of_role], minlength=size)

    left = _gainable(graph)
    out = {h.skill.id for h in wallet.holdings if h.standing.counts} | wallet.hidden
    left[[graph.skill_index[skill] for skill in out if skill in graph.skill_index]] = False
    candidates = np.flatnonzero(left & (nearer > 0))
    # Positions are in the order of the skills' ids, so that equals come out the same every time.
    order = np.lexsort((candidates, -np.round(rise[candidates], 9), -crossed[candidates]))
    entry_of = np.zeros(size, dtype=int)
    entry_of[graph.weights.indices[::-1]] = np.arange(len(graph.requirements))[::-1]
    gains = []
    for s in candidates[order][:limit].tolist():
        mine = np.flatnonzero((of_skill == s) & crossing)
        reached = [(by_position[int(of_role[m])], float(before[m] + delta[m])) for m in mine]
        reached.sort(key=lambda pair: (-pair[1], pair[0].role.title))
        skill = graph.requirements[entry_of[s]].skill
        gains.append(Gain(skill, tuple(reached), int(nearer[s]), float(rise[s])))
    return tuple(gains)


def put_on(wallet: Wallet, skills: Iterable[Skill]) -> Wallet:
    """The wallet as if the person had these skills too, marked as only tried on.

    A skill that is held already stays as it is: trying it on changes nothing.

    Examples
    --------
    >>> weld = Skill("esco:weld", "Weld metal", "https://example.org/weld", "esco", "skill")
    >>> [h.evidence[0].kind for h in put_on(Wallet(""), [weld, weld]).holdings]
    ['tried']
    """
    held = {holding.skill.id for holding in wallet.holdings if holding.standing.counts}
    more = {skill.id: skill for skill in skills if skill.id not in held}
    tried = tuple(
        Holding(skill, Standing.SELF_ASSERTED, evidence=(Evidence("", "", "", TRIED),))
        for skill in more.values()
    )
    return replace(wallet, holdings=(*wallet.holdings, *tried))


def _pairs(graph: SkillRoleGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every skill with every requirement it covers at all, and how far: three arrays of one length."""
    kin = graph.kin.tocoo()
    lengths = np.diff(graph.by_skill.indptr)[kin.col]
    skills = np.repeat(kin.row, lengths)
    covers = np.repeat(kin.data, lengths)
    starts = np.repeat(graph.by_skill.indptr[kin.col], lengths)
    within = np.arange(len(skills)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    entries = graph.by_skill.indices[starts + within]
    enough = covers >= FAINT
    return skills[enough], entries[enough], covers[enough]


def _gainable(graph: SkillRoleGraph) -> np.ndarray:
    """For each skill, whether some role requires it in a facet that somebody can set out to gain."""
    facets = np.array([facet in GAINED for facet in graph.facets], dtype=bool)
    gainable = np.zeros(len(graph.skill_index), dtype=bool)
    gainable[graph.weights.indices[np.repeat(facets, np.diff(graph.bounds))]] = True
    return gainable

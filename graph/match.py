r"""How far a wallet reaches a role.

*Coverage* of a requirement is that of the best holding that covers it. A holding of skill
*h* and level :math:`l_h` covers a requirement of skill *r* and level :math:`l_r` by

.. math:: c = k(h, r) \cdot \min(1, l_h / l_r)

where :math:`k` is 1 for the same skill and the strength of the kinship otherwise, never
above 0.8; the second factor is left out when either level is unknown. An expired or
revoked holding covers nothing, and a coverage below ``FAINT`` counts as nothing, so that
a square that reads "missing" adds nothing to the score.

A *match* is the weighted mean of coverage, in each facet over the requirements that are not hidden, and
then over the facets:

.. math:: S = \frac{\sum_f F_f S_f}{\sum_f F_f}, \quad S_f = \frac{\sum_{i \in f} w_i c_i}{\sum_{i \in f} w_i}

where *f* runs over the facets of the role of which something is not hidden. ``score`` counts every
holding that counts at all, what the person says of themself included, in full: how far a claim can be
relied on is shown by the range around the score and not mixed into it. ``verified`` is the same sum
over verified and confirmed holdings only. Where standard errors of importance are published, the range
is widened by them at both ends: ``low`` is the least ``verified``, and ``high`` the greatest ``score``,
that importances within one standard error of theirs could give, all at once in each facet; elsewhere
the two are equal to them. So ``0 <= low <= verified <= score <= high <= 1``, and a holding more, or one
that is better proven, lowers none of the four.
"""

from __future__ import annotations

import math

import numpy as np

from graph.build import RELATIONS, SkillRoleGraph
from graph.model import FacetScore, Holding, Match, Square, SquareState, Standing, Wallet
from graph.ranges import facet_ranges, facet_shares, mean_of, rows_of

MATCHED = 0.999
"""Coverage from which a requirement is matched: 1 but for rounding."""

FAINT = 0.2
"""Coverage below which a holding is no help: a fifth of what is required."""

SHOWN = 3
"""Holdings named on a square, the best first."""

_STANDINGS = (Standing.VERIFIED, Standing.CONFIRMED, Standing.SELF_ASSERTED)


def match(graph: SkillRoleGraph, wallet: Wallet, role_code: str, *, verified_only: bool = False) -> Match:
    """Match one role, with its squares.

    Parameters
    ----------
    graph : SkillRoleGraph
    wallet : Wallet
        In any order; holdings of skills the graph does not know cover nothing.
    role_code : str
    verified_only : bool
        Leave out what only the person says.

    Returns
    -------
    Match
        Squares by weight, heaviest first. A hidden requirement keeps its square, with
        ``hidden`` set and no weight; those of the others in its facet are renormalized, so that all sum
        to 1, and the terms of squares, as those of facets, sum to ``score``.

    Raises
    ------
    KeyError
        If the graph has no role of that code.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld, read = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...               for n in ("weld metal", "read drawings"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, 0.75), Requirement(read, 0.25)))
    >>> found = match(build([welder]), Wallet("w", (Holding(weld, Standing.SELF_ASSERTED),)), "51-4121.00")
    >>> found.low, found.score, found.high
    (0.0, 0.75, 0.75)
    >>> [(s.requirement.skill.name, str(s.state), s.term) for s in found.squares]
    [('weld metal', 'matched', 0.75), ('read drawings', 'missing', 0.0)]
    """
    position = graph.role_index[role_code]
    span = graph.span(position)
    first, last = np.searchsorted(graph.facet_role, (position, position + 1))
    starts = graph.bounds[first:last] - span.start
    holdings = _counted(graph, wallet, verified_only)
    covering = _covering(graph, holdings, span)
    coverage = np.array([by[0][0] if by else 0.0 for by in covering])
    proven = np.array([max((c for c, h, _ in by if h.standing.proven), default=0.0) for by in covering])
    shown = _shown(graph, wallet)[graph.weights.indices[span]]
    weights = graph.weights.data[span] * shown
    ranges = facet_ranges(weights, graph.errors[span] * shown, coverage, proven, starts)
    counts = _counts(coverage, shown, starts)
    whole = np.add.reduceat(weights, starts) if len(starts) else np.zeros(0)
    shares = facet_shares(graph.facet_weights[first:last] * (whole > 0), np.zeros(last - first, dtype=int), 1)
    within = np.repeat(shares / np.where(whole > 0, whole, 1.0), np.diff(np.append(starts, len(weights))))
    squares = tuple(
        Square(
            requirement=requirement,
            state=_state(covered),
            coverage=float(covered),
            weight=float(weight),
            by=tuple(holding for _, holding, _ in by[:SHOWN]),
            relation=by[0][2] if by else None,
            verified_coverage=float(sure),
            hidden=not visible,
        )
        for requirement, covered, sure, weight, by, visible in zip(
            graph.requirements[span], coverage, proven, weights * within, covering, shown, strict=True
        )
    )
    facets = tuple(
        FacetScore(str(facet), share, score, low, high, *counted)
        for facet, share, score, low, high, counted in zip(
            graph.facets[first:last],
            *(v.tolist() for v in (shares, ranges.score, ranges.low, ranges.high)),
            counts.T.tolist(),
            strict=True,
        )
        if sum(counted)
    )
    score, low, high, verified = (float(np.clip((shares * v).sum(), 0.0, 1.0)) for v in ranges)
    matched, partial, missing = counts.sum(axis=1).tolist()
    return Match(
        graph.roles[position],
        score,
        low,
        high,
        matched,
        partial,
        missing,
        tuple(sorted(squares, key=lambda square: (square.hidden, -square.weight))),
        tuple(sorted(facets, key=lambda facet: -facet.weight)),
        verified,
    )


def match_all(graph: SkillRoleGraph, wallet: Wallet, verified_only: bool = False) -> tuple[Match, ...]:
    """Match every role, best first, without squares.

    Parameters
    ----------
    graph : SkillRoleGraph
    wallet : Wallet
    verified_only : bool
        Leave out what only the person says; ``score`` is then ``verified``.

    Returns
    -------
    tuple of Match
        One for each role of the graph, by score, then title, then code. A role without
        requirements cannot be reckoned: its score and its counts are 0.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld, cut = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...              for n in ("weld metal", "cut metal"))
    >>> family = JobFamily("51", "Production")
    >>> graph = build([
    ...     Role("51-4031.00", "Cutters", family, requirements=(Requirement(cut, 1.0),)),
    ...     Role("51-4121.00", "Welders", family, requirements=(Requirement(weld, 1.0),)),
    ... ])
    >>> [(m.role.title, m.score) for m in match_all(graph, Wallet("w", (Holding(weld, Standing.VERIFIED),)))]
    [('Welders', 1.0), ('Cutters', 0.0)]
    """
    holdings = _counted(graph, wallet, verified_only)
    coverage, proven = _coverage(graph, holdings)
    shown = _shown(graph, wallet)[graph.weights.indices]
    starts = graph.bounds[:-1]
    size = len(graph.roles)
    weights = graph.weights.data * shown
    ranges = facet_ranges(weights, graph.errors * shown, coverage, proven, starts)
    whole = np.add.reduceat(weights, starts) if len(starts) else np.zeros(0)
    shares = facet_shares(graph.facet_weights * (whole > 0), graph.facet_role, size)
    score, low, high, verified = (
        np.clip(np.bincount(graph.facet_role, shares * v, minlength=size), 0.0, 1.0) for v in ranges
    )
    counts = (
        np.bincount(graph.facet_role, each, minlength=size).astype(int)
        for each in _counts(coverage, shown, starts)
    )
    order = np.lexsort((graph.alphabet, -score))
    nothing = [()] * size
    return tuple(
        map(
            Match,
            [graph.listed[position] for position in order.tolist()],
            *(v[order].tolist() for v in (score, low, high, *counts)),
            nothing,
            nothing,
            verified[order].tolist(),
        )
    )


def coverage_of(graph: SkillRoleGraph, wallet: Wallet) -> np.ndarray:
    """Coverage of every requirement of every role by what counts in a wallet, shape (requirements,)."""
    return _coverage(graph, _counted(graph, wallet, verified_only=False))[0]


def shown_weights(graph: SkillRoleGraph, wallet: Wallet) -> tuple[np.ndarray, np.ndarray]:
    """What each requirement weighs in its role, and the role's position, both of shape (requirements,).

    What is set aside weighs nothing, and the others make up the whole: a role's weights sum to 1, or to 0
    where all of it is set aside.
    """
    shown = _shown(graph, wallet)[graph.weights.indices]
    starts = graph.bounds[:-1]
    lengths = np.diff(graph.bounds)
    weights = graph.weights.data * shown
    whole = np.add.reduceat(weights, starts) if len(starts) else np.zeros(0)
    shares = facet_shares(graph.facet_weights * (whole > 0), graph.facet_role, len(graph.roles))
    within = np.repeat(shares / np.where(whole > 0, whole, 1.0), lengths)
    return weights * within, np.repeat(graph.facet_role, lengths)


def score_all(graph: SkillRoleGraph, wallet: Wallet) -> np.ndarray:
    """The score of every role, and nothing else: for whoever asks very often.

    Parameters
    ----------
    graph : SkillRoleGraph
    wallet : Wallet

    Returns
    -------
    numpy.ndarray, shape (roles,)
        By position of the role; the scores of `match_all`.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import JobFamily, Requirement, Role, Skill
    >>> weld, cut = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...              for n in ("weld metal", "cut metal"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(weld, 0.75), Requirement(cut, 0.25)))
    >>> score_all(build([welder]), Wallet("w", (Holding(weld, Standing.VERIFIED),))).tolist()
    [0.75]
    """
    coverage = coverage_of(graph, wallet)
    weights = graph.weights.data * _shown(graph, wallet)[graph.weights.indices]
    starts = graph.bounds[:-1]
    size = len(graph.roles)
    if not len(starts):
        return np.zeros(size)
    shares = facet_shares(
        graph.facet_weights * (np.add.reduceat(weights, starts) > 0), graph.facet_role, size
    )
    found = np.bincount(graph.facet_role, shares * mean_of(weights, coverage, starts), minlength=size)
    return np.clip(found, 0.0, 1.0)


def _counted(graph: SkillRoleGraph, wallet: Wallet, verified_only: bool) -> tuple[Holding, ...]:
    return tuple(
        h
        for h in wallet.holdings
        if h.skill.id in graph.skill_index and (h.standing.proven if verified_only else h.standing.counts)
    )


def _shown(graph: SkillRoleGraph, wallet: Wallet) -> np.ndarray:
    """For each skill, whether requirements with it are reckoned."""
    shown = np.ones(len(graph.skill_index), dtype=bool)
    shown[[graph.skill_index[s] for s in wallet.hidden if s in graph.skill_index]] = False
    return shown


def _coverage(graph: SkillRoleGraph, holdings: tuple[Holding, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Coverage of every requirement of every role: by all holdings, and by those that are proven."""
    coverage = np.zeros(len(graph.requirements))
    if not holdings:
        return coverage, coverage
    held = np.array([graph.skill_index[h.skill.id] for h in holdings])
    held_level = np.array([np.nan if h.level is None else h.level for h in holdings], dtype=float)
    sure = np.array([h.standing.proven for h in holdings])
    kin, holding = rows_of(graph.kin.indptr, held)
    entry, of = rows_of(graph.by_skill.indptr, graph.kin.indices[kin])
    entry = graph.by_skill.indices[entry]
    covers = graph.kin.data[kin][of] * scale_of_levels(held_level[holding][of], graph.levels[entry])
    covers[covers < FAINT] = 0.0
    np.maximum.at(coverage, entry, covers)
    if sure.all():
        return coverage, coverage
    proven = np.zeros(len(graph.requirements))
    by_proof = sure[holding][of]
    np.maximum.at(proven, entry[by_proof], covers[by_proof])
    return coverage, proven


def scale_of_levels(held: np.ndarray, required: np.ndarray) -> np.ndarray:
    """``min(1, held / required)``; 1 where either is unknown or nothing is required."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(
            np.isnan(held) | np.isnan(required) | (required <= 0), 1.0, np.minimum(1.0, held / required)
        )


def _covering(graph: SkillRoleGraph, holdings: tuple[Holding, ...], span: slice) -> list[list[tuple]]:
    """For each requirement in ``span``: (coverage, holding, relation), the best first."""
    covering: list[list[tuple]] = [[] for _ in range(span.stop - span.start)]
    places: dict[int, list[int]] = {}
    for place, skill in enumerate(graph.weights.indices[span].tolist()):
        places.setdefault(skill, []).append(place)
    wanted = np.zeros(len(graph.skill_index), dtype=bool)
    wanted[list(places)] = True
    held = np.array([graph.skill_index[h.skill.id] for h in holdings], dtype=int)
    kin, of = rows_of(graph.kin.indptr, held)
    useful = wanted[graph.kin.indices[kin]]
    levels = graph.levels[span].tolist()
    found = kin[useful]
    for owner, strength, kind, skill in zip(
        of[useful].tolist(),
        graph.kin.data[found].tolist(),
        graph.relations[found].tolist(),
        graph.kin.indices[found].tolist(),
        strict=True,
    ):
        holding = holdings[owner]
        for place in places[skill]:
            required = levels[place]
            if holding.level is None or math.isnan(required) or required <= 0:
                covers = strength
            else:
                covers = strength * min(1.0, holding.level / required)
            if covers >= FAINT:
                covering[place].append((covers, holding, RELATIONS[kind]))
    for by in covering:
        by.sort(key=_best_first)
    return covering


def _best_first(found: tuple) -> tuple:
    covers, holding, relation = found
    return (
        -covers,
        _STANDINGS.index(holding.standing),
        RELATIONS.index(relation),
        holding.skill.id,
        holding.level is not None,
        -(holding.level or 0.0),
        tuple(e.record_id for e in holding.evidence),
    )


def _counts(coverage: np.ndarray, shown: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Matched, partial and missing requirements of each facet: shape (3, facets)."""
    if not len(starts):
        return np.zeros((3, 0), dtype=int)
    state = np.where(coverage >= MATCHED, 0, np.where(coverage > 0, 1, 2))
    lengths = np.diff(np.append(starts, len(coverage)))
    of = np.repeat(3 * np.arange(len(starts)), lengths)
    return np.bincount((of + state)[shown], minlength=3 * len(starts)).reshape(-1, 3).T


def _state(coverage: float) -> SquareState:
    if coverage >= MATCHED:
        return SquareState.MATCHED
    return SquareState.PARTIAL if coverage > 0 else SquareState.MISSING

r"""Ways from what a person has to a role, over stepping stones.

A *way* is a walk over roles: from a wallet, over none to three stepping stones, to the goal. Doing a role is
taken to teach what it requires (`graph.steps`), so a step's gap is what of the next role is not covered
by the wallet and the stones before it together:

.. math:: g_k = 1 - S(W \cup R_1 \cup \dots \cup R_{k-1},\; R_k)

with :math:`S` the match of `graph.match`. A step can be made when its match is at least the reach, when
people make it or the roles are alike (``StepGraph.plausible``), and when pay does not fall and the job
zone does not rise by more than one, where both ends are known. A stone has to earn its place: with it the
next role is at least ``EARNED`` nearer than without it.

Three aims stand side by side and are never blended: the least gap, the best pay on the way, the most
openings. Two ways differ when they share at most half of their stones, by SOC broad occupation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from graph.build import SkillRoleGraph
from graph.match import _shown, coverage_of, score_all
from graph.model import Aim, Likeness, Wallet
from graph.reach import REACH
from graph.steps import StepGraph

LONGEST = REACH / 5
"""Match from which a step is shown at all: a fifth of the reach, and marked as a long step."""

STONES = 3
"""Stepping stones on a way, at most."""

EARNED = 0.02
"""So much nearer the next role has to be with a stone than without it."""

CONSIDERED = 72
"""Roles among which ways are looked for: those on the shortest ways by the lower bound of their gaps."""

KEPT = 400
"""Ways kept from one number of stones to the next, the shortest first."""

DETOUR = 1.5
"""For better pay or more openings a way is taken whose gaps are at most so many times the least."""

SHARED = 0.5
"""Two ways differ when at most this share of the shorter one's stones is on the other too."""

BROAD = len("15-125")
"""Characters of a code that are its SOC broad occupation."""

OCCUPATION = len("15-1252")
"""Characters of a code that are its SOC occupation: of one occupation a way has one role at most."""

MATCHED = 0.999
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Terrain:
    """What is known of roles beside their skills; arrays by the role's position, NaN where it is not known.

    Attributes
    ----------
    pay : numpy.ndarray, shape (roles,)
        US dollars a year.
    openings : numpy.ndarray, shape (roles,)
        Openings a year, or jobs: whichever it is, the same for all.
    zones : numpy.ndarray, shape (roles,)
        Job zone, 1-5.
    open : numpy.ndarray of bool, shape (roles,)
        Roles that a filter leaves in.
    """

    pay: np.ndarray
    openings: np.ndarray
    zones: np.ndarray
    open: np.ndarray


@dataclass(frozen=True, slots=True)
class Rules:
    """What a step may be.

    Attributes
    ----------
    reach : float
        Match from which a step is within reach, 0-1.
    longest : float
        Least match of a step where too few ways are within reach; the same as ``reach`` for none but these.
    pay_may_fall : bool
        Whether a step may lead to a lower known wage.
    zones_up : int
        Job zones that a step may rise, where both are known.
    """

    reach: float = REACH
    longest: float = LONGEST
    pay_may_fall: bool = False
    zones_up: int = 1


@dataclass(frozen=True, slots=True)
class Way:
    """Roles in the order they are stepped into, the goal last.

    Attributes
    ----------
    codes : tuple of str
    gaps : tuple of float
        Of each step, 0-1.
    best : frozenset of Aim
        What no other way that is shown does better.
    """

    codes: tuple[str, ...]
    gaps: tuple[float, ...]
    best: frozenset[Aim] = field(default_factory=frozenset)

    @property
    def stones(self) -> tuple[str, ...]:
        """The roles on the way, without the goal."""
        return self.codes[:-1]

    @property
    def gap(self) -> float:
        """The gaps of all steps together."""
        return sum(self.gaps)

    def within(self, reach: float = REACH) -> bool:
        """Whether every step is within reach."""
        return max(self.gaps) <= 1.0 - reach + ROUNDING


@dataclass(frozen=True, eq=False, slots=True)
class _Walks:
    """Partial ways that end at some role: shape (walks, stones) of positions, and their gaps."""

    stones: np.ndarray
    gaps: np.ndarray


def ways(
    steps: StepGraph,
    wallet: Wallet,
    goal: str,
    terrain: Terrain,
    rules: Rules | None = None,
    *,
    start: str | None = None,
    limit: int = 3,
) -> tuple[Way, ...]:
    """Ways to a goal that truly differ, the one with the least gap first.

    Ways are looked for among the ``CONSIDERED`` roles through which a way with the least gap could lead: a
    bound by Dijkstra's algorithm [1]_ over steps that are no longer than they could at best be. Among
    these every way is reckoned as it is, up to ``STONES`` stones and ``KEPT`` ways of each length. Of what
    is found, the one with the least gap is taken, then of those that are no great detour (``DETOUR``) the
    one with the best pay and the one with the most
    openings among those that differ from what is taken, and then the next ones by gap. Where these are fewer
    than asked for, ways with steps that are longer than the reach follow in the same order.

    Parameters
    ----------
    steps : StepGraph
    wallet : Wallet
    goal : str
        Role code. A goal without requirements, or of which nothing is missing, has no ways to it.
    terrain : Terrain
    rules : Rules, optional
    start : str, optional
        The role that the wallet stands for: its pay and zone are then those to begin with, and the first
        step has to be a plausible one from it.
    limit : int
        Ways at most.

    Returns
    -------
    tuple of Way
        Each over at least one stone. Empty where there is none; the way without stones is `direct`.

    Raises
    ------
    KeyError
        If the graph has no role of that code.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.model import Holding, JobFamily, Requirement, Role, Skill, Standing
    >>> from graph.steps import build_steps
    >>> lift, count, plan = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...                      for n in ("lift goods", "count goods", "plan stock"))
    >>> family = JobFamily("53", "Moving")
    >>> def role(code, title, *needed):
    ...     return Role(code, title, family, requirements=tuple(Requirement(s, 0.5) for s in needed))
    >>> graph = build([role("53-7062.00", "Movers", lift), role("53-7065.00", "Stockers", lift, count),
    ...                role("53-1042.00", "Stock supervisors", count, plan)],
    ...               similar={"53-7065.00": [("53-1042.00", 0.6)]})
    >>> pete = Wallet("w", (Holding(lift, Standing.VERIFIED),))
    >>> unknown = np.full(3, np.nan)
    >>> terrain = Terrain(unknown, unknown, unknown, np.ones(3, dtype=bool))
    >>> [(way.codes, round(way.gap, 2)) for way in ways(build_steps(graph), pete, "53-1042.00", terrain)]
    [(('53-7065.00', '53-1042.00'), 1.1)]

    References
    ----------
    .. [1] Dijkstra, E. W. (1959). A note on two problems in connexion with graphs. Numerische Mathematik 1.
    """
    graph, rules = steps.graph, rules or Rules()
    end = graph.role_index[goal]
    begin = None if start is None else graph.role_index[start]
    search = _Search(steps, wallet, end, begin, terrain, rules)
    taken: tuple[Way, ...] = ()
    if search.worthwhile:
        for least in sorted({rules.reach, min(rules.reach, rules.longest)}, reverse=True):
            if len(taken) < limit:
                taken = _chosen(graph, search.found(least), terrain, limit, taken)
    return labelled(taken, graph, terrain, rules.reach)


def direct(steps: StepGraph, wallet: Wallet, goal: str) -> Way:
    """The way without stepping stones, whether or not it is within reach."""
    return along(steps, wallet, (), goal)


def along(steps: StepGraph, wallet: Wallet, stones: Sequence[str], goal: str) -> Way:
    """One way as it was chosen, reckoned anew.

    Raises
    ------
    KeyError
        If the graph has no role of one of the codes.
    """
    graph = steps.graph
    codes = (*stones, goal)
    coverage, shown = _of_wallet(graph, wallet)
    gaps = []
    for place, code in enumerate(codes):
        position = graph.role_index[code]
        span = graph.span(position)
        covered = coverage[span]
        if place:
            before = [graph.role_index[stone] for stone in codes[:place]]
            brought, _ = steps.covers(np.array([position]), np.unique(before))
            covered = np.maximum(covered, brought.max(axis=0))
        gaps.append(1.0 - float(covered @ _weights(graph, position, shown)))
    return Way(codes, tuple(gaps))


def differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two ways are truly different, by their stones.

    Stones of one SOC broad occupation count as one and the same: acute care nurses are no other stone
    than nurses. At most half of the shorter way's stones may be on the other one.

    Examples
    --------
    >>> differ(["29-1141.00"], ["29-1141.01"])
    False
    >>> differ(["29-1141.00", "31-1131.00"], ["29-1141.01", "31-9092.00"])
    True
    """
    here, there = ({code[:BROAD] for code in codes} for codes in (one, other))
    least = min(len(here), len(there))
    return least > 0 and len(here & there) <= SHARED * least


def arrivals(steps: StepGraph, goal: str, limit: int = 12) -> tuple[Likeness, ...]:
    """Backwards: the roles whose people are within one step of a goal, those who bring most first.

    ``score`` is the match of somebody who has exactly what the role requires; at least the reach.

    Raises
    ------
    KeyError
        If the graph has no role of that code.
    """
    end = steps.graph.role_index[goal]
    found = [
        (float(steps.shares[i, end]), int(i)) for i in steps.sources(end) if steps.shares[i, end] >= REACH
    ]
    return _ranked(steps.graph, found, limit)


def neighbours(steps: StepGraph, code: str, limit: int = 12) -> tuple[Likeness, ...]:
    """Sideways: the roles that share most with one, whichever of the two leads to the other.

    ``score`` is the mean of what each one's people bring for the other, 0-1.

    Raises
    ------
    KeyError
        If the graph has no role of that code.
    """
    here = steps.graph.role_index[code]
    both = (steps.shares[here] + steps.shares[:, here]) / 2
    found = [(float(both[i]), int(i)) for i in np.argsort(-both, kind="stable")[: limit + 1] if both[i] > 0]
    return _ranked(steps.graph, found, limit)


def _ranked(graph: SkillRoleGraph, found: Iterable[tuple[float, int]], limit: int) -> tuple[Likeness, ...]:
    roles = [(score, graph.roles[i]) for score, i in found]
    roles.sort(key=lambda pair: (-pair[0], pair[1].title))
    return tuple(Likeness(role.code, role.title, score) for score, role in roles[:limit])


def _of_wallet(graph: SkillRoleGraph, wallet: Wallet) -> tuple[np.ndarray, np.ndarray]:
    """Coverage of every requirement, and for each skill whether it is reckoned."""
    return coverage_of(graph, wallet), _shown(graph, wallet)


def _weights(graph: SkillRoleGraph, position: int, shown: np.ndarray) -> np.ndarray:
    """Weights of a role's requirements, those set aside left out as `graph.match` leaves them out."""
    span = graph.span(position)
    kept = shown[graph.weights.indices[span]]
    weights = graph.weights.data[span] * kept
    if kept.all():
        return weights
    first, last = np.searchsorted(graph.facet_role, (position, position + 1))
    starts = graph.bounds[first:last] - span.start
    whole = np.add.reduceat(weights, starts)
    shares = graph.facet_weights[first:last] * (whole > 0)
    each = shares / max(shares.sum(), 1e-12) / np.where(whole > 0, whole, 1.0)
    return weights * np.repeat(each, np.diff(np.append(starts, len(weights))))


class _Search:
    """One search: what the wallet brings, and what a step may be."""

    def __init__(
        self,
        steps: StepGraph,
        wallet: Wallet,
        goal: int,
        start: int | None,
        terrain: Terrain,
        rules: Rules,
    ) -> None:
        self.steps = steps
        self._graph = graph = steps.graph
        self.goal = goal
        self._start = start
        self._terrain = terrain
        self._rules = rules
        self._least = rules.reach
        self.coverage, self.shown = _of_wallet(graph, wallet)
        self.had = score_all(graph, wallet)
        self.occupation = np.unique([role.code[:OCCUPATION] for role in graph.roles], return_inverse=True)[1]

    @property
    def worthwhile(self) -> bool:
        """Whether the goal requires something, is left in, and is not reached already."""
        span = self._graph.span(self.goal)
        return (
            span.stop > span.start and bool(self._terrain.open[self.goal]) and self.had[self.goal] < MATCHED
        )

    def found(self, least: float) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
        """Every way over at least one stone in steps of such a match: positions, the goal last, and gaps."""
        self._least = least
        considered = self._considered()
        if not len(considered):
            return []
        ground = _Ground(self, considered)
        begun = np.flatnonzero(self._begun()[considered])
        walks = _Walks(begun[:, None], 1.0 - self.had[considered[begun]][:, None])
        goal, complete = len(considered), []
        for stones in range(1, STONES + 1):
            fits = ground.fits(walks)
            done = ground.on(walks, goal, fits, least)
            complete += [
                ((*map(int, considered[at]), self.goal), tuple(map(float, gaps)))
                for at, gaps in zip(done.stones, done.gaps, strict=True)
            ]
            if stones == STONES or not len(walks.stones):
                break
            targets = np.flatnonzero(fits[:, :goal].any(axis=0))
            grown = [(ground.on(walks, target, fits, least), target) for target in targets.tolist()]
            if not grown:
                break
            walks = _shortest(
                _Walks(
                    np.concatenate(
                        [np.column_stack([w.stones, np.full(len(w.stones), t)]) for w, t in grown]
                    ),
                    np.concatenate([w.gaps for w, _ in grown]),
                )
            )
        return complete

    def _considered(self) -> np.ndarray:
        """Positions of the roles through which the ways with the least gap could lead."""
        steps, size = self.steps, len(self._graph.roles)
        usable = self._terrain.open & (np.diff(self._graph.weights.indptr) > 0)
        if self._start is not None:
            usable = usable & (self.occupation != self.occupation[self._start])
        begun = self._begun() & usable
        begun[self.goal] = False
        usable[self.goal] = True
        first = np.flatnonzero(begun)
        # What somebody brings is at most what they had and what the role before teaches.
        at_best = steps.brought + self.had[steps.ends]
        kept = np.flatnonzero((at_best >= self._least) & usable[steps.starts] & usable[steps.ends])
        kept = kept[self.may(steps.starts[kept], steps.ends[kept])]
        gaps = np.maximum(0.0, 1.0 - np.concatenate([at_best[kept], self.had[first]])) + ROUNDING
        starts = np.concatenate([steps.starts[kept], np.full(len(first), size)])
        ends = np.concatenate([steps.ends[kept], first])
        walked = csr_array((gaps, (starts, ends)), shape=(size + 1, size + 1))
        through = dijkstra(walked, indices=size) + dijkstra(walked.T, indices=self.goal)
        through[[self.goal, size]] = np.inf
        order = np.argsort(through, kind="stable")[:CONSIDERED]
        return order[np.isfinite(through[order])]

    def _begun(self) -> np.ndarray:
        """Roles that the first step may lead to."""
        reached = self.had >= self._least
        if self._start is None:
            return reached
        plausible = np.zeros(len(reached), dtype=bool)
        plausible[self.steps.plausible.indices[slice(*self.steps.plausible.indptr[self._start :][:2])]] = True
        plausible[self._start] = False
        return reached & plausible & self.may(np.array([self._start]), np.arange(len(reached)))

    def may(self, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Whether pay and preparation let a step be made; what is not known forbids nothing."""
        terrain, rules = self._terrain, self._rules
        fits = ~(terrain.zones[targets] - terrain.zones[sources] > rules.zones_up)
        if not rules.pay_may_fall:
            fits &= ~(terrain.pay[targets] < terrain.pay[sources])
        return fits


class _Ground:
    """The considered roles and the goal after them: which steps may be made, and what each one brings."""

    def __init__(self, search: _Search, considered: np.ndarray) -> None:
        steps, graph = search.steps, search.steps.graph
        targets = np.append(considered, search.goal)
        row = np.full(len(graph.roles), -1)
        row[considered] = np.arange(len(considered))
        self._fits = np.zeros((len(considered), len(targets)), dtype=bool)
        for place, target in enumerate(targets):
            sources = row[steps.sources(int(target))]
            self._fits[sources[sources >= 0], place] = True
        self._fits &= search.may(considered[:, None], targets[None, :])
        self._other = search.occupation[considered][:, None] != search.occupation[targets][None, :]
        covered, bounds = steps.covers(targets, considered)
        spans = [graph.span(int(target)) for target in targets]
        before = np.concatenate([search.coverage[span] for span in spans])
        covered = np.maximum(covered, before)
        self._covered = [covered[:, slice(*ends)] for ends in pairwise(bounds)]
        self._weights = [_weights(graph, int(target), search.shown) for target in targets]
        self._had = search.had[targets]

    def fits(self, walks: _Walks) -> np.ndarray:
        """Which walks may go on to which target by the rules, skills aside: shape (walks, targets)."""
        may: np.ndarray = self._fits[walks.stones[:, -1]]
        for place in range(walks.stones.shape[1]):
            may = may & self._other[walks.stones[:, place]]
        return may

    def on(self, walks: _Walks, target: int, fits: np.ndarray, least: float) -> _Walks:
        """The walks from which a step of such a match can be made to a target, with that step's gap."""
        stones, gaps = walks.stones[fits[:, target]], walks.gaps[fits[:, target]]
        covered, weights = self._covered[target], self._weights[target]
        without: Any = self._had[target]
        together = covered[stones[:, -1]]
        if stones.shape[1] > 1:
            others = covered[stones[:, 0]]
            for place in range(1, stones.shape[1] - 1):
                others = np.maximum(others, covered[stones[:, place]])
            without = others @ weights
            together = np.maximum(together, others)
        having = together @ weights
        made = (having >= least) & (having - without >= EARNED)
        return _Walks(stones[made], np.column_stack([gaps[made], 1.0 - having[made]]))


def _shortest(walks: _Walks) -> _Walks:
    order = np.argsort(walks.gaps.sum(axis=1), kind="stable")[:KEPT]
    return _Walks(walks.stones[order], walks.gaps[order])


def _chosen(
    graph: SkillRoleGraph,
    found: Sequence[tuple[tuple[int, ...], tuple[float, ...]]],
    terrain: Terrain,
    limit: int,
    taken: Sequence[Way] = (),
) -> tuple[Way, ...]:
    """What is taken already, and ways that differ: the best of each aim, then the next ones by gap."""
    ranked = sorted(found, key=lambda way: (sum(way[1]), len(way[0]), way[0]))
    each = [Way(tuple(graph.roles[i].code for i in positions), gaps) for positions, gaps in ranked]
    by_aim = [list(range(len(each)))]
    for aim in (Aim.PAY, Aim.OPENINGS):
        values = [_on_the_way(aim, positions[:-1], terrain) for positions, _ in ranked]
        known = [
            place
            for place, value in enumerate(values)
            if not np.isnan(value) and each[place].gap <= DETOUR * each[0].gap
        ]
        by_aim.append([known[i] for i in np.argsort([-values[place] for place in known], kind="stable")])
    chosen = list(taken)
    turns = (*by_aim, *[by_aim[0]] * limit)
    for order in turns:
        if len(chosen) == limit:
            break
        following = next(
            (each[i] for i in order if all(differ(each[i].stones, way.stones) for way in chosen)), None
        )
        if following is not None:
            chosen.append(following)
    return tuple(chosen)


def labelled(
    chosen: Iterable[Way], graph: SkillRoleGraph, terrain: Terrain, reach: float = REACH
) -> tuple[Way, ...]:
    """The ways, those within reach first and of these the shortest, each with what it is best at among them.

    Of a single way nothing is said.
    """
    ordered = sorted(chosen, key=lambda way: (not way.within(reach), way.gap, len(way.codes), way.codes))
    if len(ordered) < 2:
        return tuple(replace(way, best=frozenset()) for way in ordered)
    values = {
        aim: [
            -way.gap
            if aim is Aim.GAP
            else _on_the_way(aim, tuple(graph.role_index[code] for code in way.stones), terrain)
            for way in ordered
        ]
        for aim in Aim
    }
    tops = {aim: np.nanmax(each) if not np.isnan(each).all() else np.nan for aim, each in values.items()}
    return tuple(
        replace(way, best=frozenset(aim for aim in Aim if values[aim][place] == tops[aim]))
        for place, way in enumerate(ordered)
    )


def _on_the_way(aim: Aim, stones: Sequence[int], terrain: Terrain) -> float:
    """Mean pay of the stones, or the openings of the scarcest one; NaN where one of them is not known."""
    if not len(stones):
        return float("nan")
    if aim is Aim.PAY:
        return float(terrain.pay[list(stones)].mean())
    return float(terrain.openings[list(stones)].min())

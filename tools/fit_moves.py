"""Learn where people who leave an occupation go: ``python -m tools.fit_moves FILE.csv``.

FILE.csv holds counted moves in the columns of ``python -m graph moves-eval``. The likelihood is that of a
conditional logit, every origin a choice among all destinations, half of its weight on where movers went
and half, alike, on its ten most usual destinations, since recall counts those alike. Origins from which few
moves were counted weigh less. Prints coefficients with standard errors (resampling origins), agreement on
origins set aside, and what is lost without each part. ``--write`` keeps the coefficients, and nothing else.

Everything else comes from the labour-market database that ``python -m data build`` made of the default
inputs.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from config import data_directory
from data import occupations
from data.build import packaged
from data.inputs import manifest
from data.moves import COEFFICIENTS, HIGH, INTO, LOW, MINOR, Occupations, features, pulls, way
from graph.__main__ import FILE, counted_moves
from graph.moves import FIRST, Agreement, Flows, evaluate

RIDGE, RIDGE_OF_PULLS = 5.0, 1.0
"""On standardized features, and on what draws people into an occupation or a group."""
RIDGE_OF_WAYS = 2.0
"""On ways between groups while the strongest of them are sought."""
WAYS = 60
"""Ways between two minor groups that have a number of their own."""
LIKENESSES = ("tasks", "tasks, close", "titles", "alike", "coverage", "areas", "tasks, by pay left")
COUNTED_AS_ONE = "counted as one"
BLEND = 0.5
MOST = 30
"""An origin weighs as the square root of its destinations, at most of so many."""
FOLDS, REPEATS, RESAMPLES, SEED = 5, 2, 40, 20_110
RANGE = 0.8
WELL_COUNTED = 40
"""Destinations of an origin from which on its shares are compared with modelled ones."""

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Counted moves beside the features of every pair.

    Attributes
    ----------
    names : tuple of str
        Features.
    known : array of shape (origins, destinations, features)
    codes, destinations : tuple of str
        Origins and destinations.
    flows : array of shape (origins, destinations)
        Share of those who left.
    counted : mapping
        The same, also where a destination is unknown.
    groups : array of shape (origins,)
        Origins that the survey counts as one have one number: their moves are the same, so they are
        learned from or set aside together.
    """

    names: tuple[str, ...]
    known: NDArray[np.float32]
    codes: tuple[str, ...]
    destinations: tuple[str, ...]
    flows: Table
    counted: Flows
    groups: NDArray[np.intp]

    def of(self, rows: NDArray[np.intp]) -> Cases:
        """The cases of some origins."""
        codes = tuple(self.codes[at] for at in rows)
        return replace(
            self, known=self.known[rows], codes=codes, flows=self.flows[rows], groups=self.groups[rows]
        )

    def without(self, *left: str) -> Cases:
        """The cases without some features."""
        kept = [at for at, name in enumerate(self.names) if name not in left]
        return replace(self, names=tuple(self.names[at] for at in kept), known=self.known[:, :, kept])

    @property
    def stays(self) -> NDArray[np.bool_]:
        return np.array([[code == other for other in self.destinations] for code in self.codes])

    @property
    def weight(self) -> Table:
        return np.sqrt(np.minimum((self.flows > 0).sum(axis=1), MOST) / 10)

    @property
    def aim(self) -> Table:
        """What the likelihood is of: shares of movers, and the most usual destinations alike."""
        order = np.argsort(-self.flows, axis=1, kind="stable")[:, :FIRST]
        usual = np.zeros_like(self.flows)
        np.put_along_axis(usual, order, 1.0, axis=1)
        usual *= self.flows > 0
        return BLEND * self.flows + (1 - BLEND) * usual / usual.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Fitted:
    """Coefficients of features, and pulls by the names that `data.moves.pulls` knows."""

    of: Mapping[str, float]
    pulls: Mapping[str, float]

    def scores(self, cases: Cases) -> Table:
        """The sum of every pair; minus infinity where somebody stays."""
        total = cases.known @ np.array([self.of[name] for name in cases.names])
        return np.where(cases.stays, -np.inf, total + pulls(cases.codes, cases.destinations, self.pulls))

    @property
    def ways(self) -> frozenset[str]:
        """The ways between groups that have a number of their own."""
        return frozenset(name for name in self.pulls if not name.startswith(INTO))


def collect(known: Occupations, counted: Flows) -> Cases:
    """Put counted moves beside the features."""
    at = {code: place for place, code in enumerate(known.codes)}
    named = features(known)
    origins = [code for code, away in counted.items() if code in at and any(other in at for other in away)]
    rows = [at[code] for code in origins]
    flows = np.zeros((len(origins), len(known.codes)))
    for row, code in enumerate(origins):
        for other, flow in counted[code].items():
            if other in at and other != code:
                flows[row, at[other]] = flow
    counted_as = [known.counted_as[row] for row in rows]
    group = {name: place for place, name in enumerate(dict.fromkeys(counted_as))}
    return Cases(
        names=tuple(named),
        known=np.stack([each[rows] for each in named.values()], axis=-1).astype(np.float32),
        codes=tuple(origins),
        destinations=known.codes,
        flows=flows / flows.sum(axis=1, keepdims=True),
        counted=counted,
        groups=np.array([group[name] for name in counted_as]),
    )


def fit(
    cases: Cases,
    *,
    minor: bool = True,
    own: bool = True,
    ways: int = WAYS,
    chosen: frozenset[str] | None = None,
    near: Fitted | None = None,
) -> Fitted:
    """Learn the coefficients.

    Parameters
    ----------
    minor, own : bool, optional
        Whether each minor group draws people of itself, and each single occupation.
    ways : int, optional
        Ways between two minor groups with a number of their own: the strongest when all have one. Then
        everything is learned anew.
    chosen : frozenset of str, optional
        These ways, without looking for the strongest.
    near : Fitted, optional
        Where to begin: the end is the same, and sooner reached.
    """
    if chosen is None and ways:
        every = frozenset(
            way(one, other) for one in _groups(cases.codes) for other in _groups(cases.destinations)
        )
        found = _fit(cases, minor, own, every, RIDGE_OF_WAYS).pulls
        chosen = frozenset(sorted(every, key=lambda name: (-abs(found[name]), name))[:ways])
    return _fit(cases, minor, own, chosen or frozenset(), RIDGE_OF_PULLS, near)


def _groups(codes: Sequence[str]) -> list[str]:
    return sorted({code[:MINOR] for code in codes})


def _fit(
    cases: Cases,
    minor: bool,
    own: bool,
    chosen: frozenset[str],
    ridge_of_ways: float,
    near: Fitted | None = None,
) -> Fitted:
    places, number = len(cases.destinations), len(cases.names)
    flat = cases.known.reshape(-1, number)
    scale = flat.std(axis=0) + 1e-9
    flat = np.ascontiguousarray(flat / scale)
    starts, ends = _groups(cases.codes), _groups(cases.destinations)
    out = np.array([[code[:MINOR] == one for one in starts] for code in cases.codes], dtype=float)
    into = np.array([[code[:MINOR] == one for one in ends] for code in cases.destinations], dtype=float)
    named = [way(one, other) for one in starts for other in ends]
    open_ways = np.array([name in chosen for name in named]).reshape(len(starts), len(ends))
    sizes = (number, len(ends), places, open_ways.size)
    cuts = np.cumsum(sizes)[:-1]
    free = np.repeat([True, minor, own, True], sizes)
    free[cuts[-1] :] = open_ways.ravel()
    ridge = np.repeat([RIDGE, RIDGE_OF_PULLS, RIDGE_OF_PULLS, ridge_of_ways], sizes)
    aim, weight, stays = cases.aim, cases.weight[:, None], cases.stays

    def loss(at: Table) -> tuple[float, Table]:
        plain, group, single, between = np.split(at, cuts)
        total = (flat @ plain.astype(np.float32)).reshape(aim.shape).astype(float)
        total += into @ group + single + out @ between.reshape(open_ways.shape) @ into.T
        total[stays] = -1e9
        logs = log_softmax(total, axis=1)
        over = weight * (aim - np.exp(logs))
        arrived = over.sum(axis=0)
        slope = np.concatenate(
            [
                (over.astype(np.float32).ravel() @ flat).astype(float),
                arrived @ into,
                arrived,
                (out.T @ over @ into).ravel(),
            ]
        )
        value = -float((weight * aim * np.where(stays, 0, logs)).sum()) + 0.5 * float(ridge @ at**2)
        return value, np.where(free, ridge * at - slope, 0)

    start = np.zeros(len(free))
    if near is not None:
        drawn = [*(INTO + name for name in ends), *(INTO + name for name in cases.destinations), *named]
        start[:number] = np.array([near.of[name] for name in cases.names]) * scale
        start[number:] = [near.pulls.get(name, 0.0) for name in drawn]
        start *= free
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 3e-6}).x
    plain, group, single, between = np.split(found, cuts)
    pulls: dict[str, float] = (
        dict(zip((INTO + name for name in ends), group.tolist(), strict=True)) if minor else {}
    )
    pulls |= (
        dict(zip((INTO + name for name in cases.destinations), single.tolist(), strict=True)) if own else {}
    )
    pulls |= {name: pull for name, pull in zip(named, between.tolist(), strict=True) if name in chosen}
    return Fitted(dict(zip(cases.names, (plain / scale).tolist(), strict=True)), pulls)


def set_aside(cases: Cases, learn: Callable[[Cases], Fitted], seed: int, folds: int = FOLDS) -> Table:
    """Scores of every origin by a model that saw none of its moves."""
    lot = np.random.default_rng(seed)
    fold_of = lot.permutation(cases.groups.max() + 1) % folds
    fold = fold_of[cases.groups]
    scores = np.zeros(cases.flows.shape)
    for number in range(folds):
        out = np.flatnonzero(fold == number)
        scores[out] = learn(cases.of(np.flatnonzero(fold != number))).scores(cases.of(out))
    return scores


def agreement(cases: Cases, scores: Table) -> Agreement:
    """By what the product is measured, in its order: what is counted as one with the origin is first."""
    if COUNTED_AS_ONE in cases.names:
        scores = scores + 1e3 * cases.known[:, :, cases.names.index(COUNTED_AS_ONE)]
    order = np.argsort(-scores, axis=1, kind="stable")[:, :FIRST]
    ranked = {code: [cases.destinations[at] for at in order[row]] for row, code in enumerate(cases.codes)}
    return evaluate(ranked, cases.counted)


def measured(cases: Cases, learn: Callable[[Cases], Fitted], repeats: int = REPEATS) -> tuple[float, float]:
    """Recall@10 and flow@10 on origins set aside, mean of repeats."""
    found = [agreement(cases, set_aside(cases, learn, SEED + repeat)) for repeat in range(repeats)]
    return (
        float(np.mean([each.recall_at_10 for each in found])),
        float(np.mean([each.flow_at_10 for each in found])),
    )


def resampled(cases: Cases, learned: Fitted, resamples: int = RESAMPLES) -> dict[str, float]:
    """Standard errors: the spread over origins drawn anew, the ways with a number of their own given."""
    lot = np.random.default_rng(SEED)
    drawn: list[dict[str, float]] = []
    for _ in range(resamples):
        rows = lot.integers(0, len(cases.codes), len(cases.codes))
        found = fit(cases.of(rows), chosen=learned.ways, near=learned)
        drawn.append({**found.of, **found.pulls})
    names = dict.fromkeys(name for each in drawn for name in each)
    return {name: float(np.std([each.get(name, 0.0) for each in drawn], ddof=1)) for name in names}


def between(cases: Cases, scores: Table) -> tuple[float, float]:
    """Between what multiples of the modelled share 8 in 10 counted ones are, where many were counted.

    Of the ten likeliest destinations of origins with many destinations, each pair weighed alike.
    """
    counted_as_one = cases.known[:, :, cases.names.index(COUNTED_AS_ONE)] > 0
    seen = np.where(counted_as_one, -np.inf, scores)
    modelled = softmax(seen, axis=1)
    flows = np.where(counted_as_one, 0, cases.flows)
    flows = flows / np.maximum(flows.sum(axis=1, keepdims=True), 1e-12)
    rows = np.flatnonzero((flows > 0).sum(axis=1) >= WELL_COUNTED)
    order = np.argsort(-seen[rows], axis=1)[:, :FIRST]
    times = np.take_along_axis(flows[rows], order, 1) / np.take_along_axis(modelled[rows], order, 1)
    low, high = np.quantile(times, [(1 - RANGE) / 2, (1 + RANGE) / 2])
    return float(low), float(high)


def tried(cases: Cases) -> Iterator[tuple[str, Callable[[Cases], Fitted], Cases]]:
    """The model, simpler and richer ones, and the model without each of its features."""
    yield "the model", fit, cases
    yield "no way between groups has a number", partial(fit, ways=0), cases
    yield "no occupation has a number of its own", partial(fit, own=False), cases
    yield "no group and no occupation draws people", partial(fit, minor=False, own=False, ways=0), cases
    for ways in (30, 120, 240):
        yield f"{ways} ways between groups", partial(fit, ways=ways), cases
    plain = cases.without(*set(cases.names) - {"size"})
    yield "size alone", partial(fit, minor=False, own=False, ways=0), plain
    yield "without any likeness", fit, cases.without(*LIKENESSES)
    for name in cases.names:
        yield f"without {name}", fit, cases.without(name)


def main(given: Sequence[str] | None = None) -> int:
    """Fit, measure, print; write the coefficients where asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_moves", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="counted moves")
    parser.add_argument("--curve", action="store_true", help="measure what else was tried")
    parser.add_argument("--write", action="store_true", help=f"write {COEFFICIENTS.name}")
    asked = parser.parse_args(given)
    cases = collect(read(data_directory() / FILE), counted_moves(asked.file))
    if asked.curve:
        for name, learn, some in tried(cases):
            recall, flow = measured(some, learn)
            print(f"{name}: recall@10 {recall:.3f}, flow@10 {flow:.3f}", flush=True)
        return 0
    learned = fit(cases)
    errors = resampled(cases, learned)
    low, high = between(cases, set_aside(cases, fit, SEED))
    rows = [(name, value, errors[name]) for name, value in learned.of.items()]
    rows += [(name, pull, errors.get(name, 0.0)) for name, pull in learned.pulls.items()]
    written = [(name, f"{value:.3f}", f"{error:.3f}") for name, value, error in rows]
    written += [(LOW, f"{low:.2f}", ""), (HIGH, f"{high:.2f}", "")]
    for row in written:
        print(*row, sep="\t")
    if asked.write:
        with COEFFICIENTS.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(("feature", "coefficient", "standard_error"))
            table.writerows(written)
    return 0


def read(database: Path) -> Occupations:
    """What the model asks of the built database."""
    texts, vectors = packaged(manifest())
    with duckdb.connect(str(database), read_only=True) as connection:
        return occupations.read(connection, texts[1], vectors[1])[1]


if __name__ == "__main__":
    raise SystemExit(main())

"""Learn what each likeness between roles counts for: ``python -m tools.fit_likeness FILE.csv``.

FILE.csv lists published related occupations, in the columns of ``python -m graph similar-eval``. The
weights are those of a logistic regression in which every role has an intercept of its own, such that as
many roles are expected as are published: what is learned is which roles come before which. Prints the
weights with standard errors (resampling roles), recall@10 on roles set aside, and what is lost without
each likeness.

Two tables: first ``starter``, from the packages of ``python -m data.linking``; run that after it. Then
``official`` from a full O*NET release (``--onet PATH``) and the database that was built of it.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from config import data_directory
from data import skill_index
from data.build import packaged
from data.inputs import STARTER, manifest
from data.likeness import MIDPOINT, SPREAD, WEIGHTS
from data.official import TextRelease
from data.role_likeness import ranked, read_rated, zone_distance
from data.sources import onet_likeness, starter
from graph.__main__ import FILE, related

CANDIDATES = 80
"""Roles that are compared with each: the first by all likenesses alike. They hold 99 in 100 published."""
RIDGE = 30.0
FOLDS, REPEATS, RESAMPLES, STEPS, SEED = 10, 3, 200, 8, 20_293
TOP = 10
PLAIN = ("same minor group", "same broad occupation", "job zone")
"""What leaves so many equal that it ranks nothing alone."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cases:
    """Likenesses of each role's candidates, shape (roles, candidates, likenesses), and which are published.

    ``beyond`` counts the published ones among all other roles.
    """

    names: tuple[str, ...]
    known: Array
    published: Array
    beyond: Array

    def of(self, rows: NDArray[np.intp]) -> Cases:
        """The cases of some roles."""
        return Cases(self.names, self.known[rows], self.published[rows], self.beyond[rows])

    def without(self, at: int) -> Cases:
        """The cases without one likeness."""
        kept = [other for other in range(len(self.names)) if other != at]
        names = tuple(self.names[other] for other in kept)
        return Cases(names, self.known[:, :, kept], self.published, self.beyond)


def main(given: Sequence[str] | None = None) -> int:
    """Fit, measure, print; write the weights where asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_likeness", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="published related occupations")
    parser.add_argument("--onet", type=Path, metavar="PATH", help="fit the official table by this release")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {WEIGHTS.name}")
    asked = parser.parse_args(given)
    codes, likenesses = official(asked.onet, data_directory() / FILE) if asked.onet else from_starter()
    cases = collect(codes, likenesses, related(asked.file))
    weights = fit(cases)
    errors = resampled(cases)
    midpoint, spread = calibrated(cases, weights)
    table = "official" if asked.onet else "starter"
    rows = [
        (table, MIDPOINT, f"{midpoint:.2f}", ""),
        (table, SPREAD, f"{spread:.2f}", ""),
        *(
            (table, name, f"{weight:.2f}", f"{error:.2f}")
            for name, weight, error in zip(cases.names, weights, errors, strict=True)
        ),
    ]
    whole = set_aside(cases)
    without = {name: set_aside(cases.without(at)) for at, name in enumerate(cases.names)}
    told = {
        "roles": len(cases.known),
        "weights": [row[1:] for row in rows],
        "recall_at_10": _rounded(recall(cases, weights)),
        "set_aside": _rounded(whole),
        # The same roles both times, so that the error is of the difference.
        "without": {name: _rounded(own - whole) for name, own in without.items()},
        "each_alone": {
            name: _rounded(recall(cases, np.eye(len(cases.names))[at]))
            for at, name in enumerate(cases.names)
            if name not in PLAIN
        },
    }
    print(json.dumps(told, indent=2))
    if asked.write:
        write(table, rows)
    return 0


def from_starter() -> tuple[list[str], dict[str, Array]]:
    """Roles with tasks and their likenesses, from the packages; two minutes."""
    # Only here, since what rebuilds the starter data needs more than the product.
    from data.linking.__main__ import Read
    from data.linking.likeness import parts
    from data.linking.require import read_links

    read = Read.everything(None, None, None, STARTER)
    inputs, suitability = read.inputs, read.suitability
    links = read_links(inputs, suitability, read.review)
    found, plain = parts(inputs, read.distilled, suitability.terms.affinity, links)
    has = np.array([bool(role.tasks) for role in inputs.roles])
    codes = [role.code for role in inputs.roles if role.tasks]
    return codes, {name: each[np.ix_(has, has)] for name, each in (found | plain).items()}


def official(path: Path, database: Path) -> tuple[list[str], dict[str, Array]]:
    """Roles with tasks and their likenesses, from a release and the database built of it."""
    with duckdb.connect(str(database), read_only=True) as connection:
        roles = connection.execute("SELECT code, title FROM role WHERE task_count > 0 ORDER BY code").df()
        every = {code for (code,) in connection.execute("SELECT code FROM role").fetchall()}
        rated = read_rated(connection)
    codes = roles.code.tolist()
    described = onet_likeness.load(TextRelease(path), frozenset(every))
    words = skill_index.learned_words(*packaged(manifest()))
    alike = starter.similarity(STARTER, every)
    titles = dict(zip(roles.code, roles.title, strict=True))
    found = ranked(codes, titles, described, rated, alike, words)
    return codes, found | {"job zone": zone_distance(codes, rated.zone)}


def collect(
    codes: Sequence[str], likenesses: Mapping[str, Array], listed: Sequence[tuple[str, str, int]]
) -> Cases:
    """The candidates of every role that is listed."""
    place = {code: at for at, code in enumerate(codes)}
    own: dict[str, set[int]] = {}
    for code, other, index in listed:
        if code in place and other in place and index <= TOP:
            own.setdefault(code, set()).add(place[other])
    rows = np.array([place[code] for code in own])
    stacked = np.stack([each[rows] for each in likenesses.values()], axis=-1)
    # What cannot be compared is as the others of the role are on the mean.
    mean = np.nanmean(np.where(np.isnan(stacked), np.nan, stacked), axis=-1, keepdims=True)
    stacked = np.where(np.isnan(stacked), mean, stacked)
    stacked[np.arange(len(rows)), rows] = -np.inf
    order = np.argsort(-stacked.sum(axis=-1), axis=1, kind="stable")[:, :CANDIDATES]
    published = np.zeros((len(rows), len(codes)))
    for row, others in enumerate(own.values()):
        published[row, list(others)] = 1
    inside = np.take_along_axis(published, order, axis=1)
    known = np.take_along_axis(stacked, order[:, :, None], axis=1)
    return Cases(tuple(likenesses), known, inside, published.sum(axis=1) - inside.sum(axis=1))


def fit(cases: Cases) -> Array:
    """Weights, by Newton's method; large ones of a standard deviation cost a little."""
    flat = cases.known.reshape(-1, len(cases.names))
    deviation = flat.std(axis=0)
    known = cases.known / deviation
    weights = np.zeros(len(cases.names))
    wanted = cases.published.sum(axis=1)
    for _ in range(STEPS):
        total = known @ weights
        chance = expit(total - _intercepts(total, wanted)[:, None])
        spread = chance * (1 - chance)
        mean = np.einsum("rc,rcf->rf", spread, known) / spread.sum(axis=1)[:, None]
        apart = (known - mean[:, None]).reshape(flat.shape)
        curvature = (apart * spread.reshape(-1, 1)).T @ apart + RIDGE * np.eye(len(weights))
        slope = apart.T @ (cases.published - chance).ravel() - RIDGE * weights
        weights = weights + np.linalg.solve(curvature, slope)
    return weights / deviation


def _intercepts(total: Array, wanted: Array) -> Array:
    """For each role the threshold at which as many are expected as are published."""
    low, high = total.min(axis=1) - 20, total.max(axis=1) + 20
    for _ in range(40):
        middle = (low + high) / 2
        many = expit(total - middle[:, None]).sum(axis=1) > wanted
        low, high = np.where(many, middle, low), np.where(many, high, middle)
    return low


def recall(cases: Cases, weights: Array) -> Array:
    """Share of each role's published ones among its first ten."""
    first = np.argsort(-(cases.known @ weights), axis=1, kind="stable")[:, :TOP]
    found = np.take_along_axis(cases.published, first, axis=1).sum(axis=1)
    return found / (cases.published.sum(axis=1) + cases.beyond)


def set_aside(cases: Cases) -> Array:
    """Recall of each role by weights that have not seen it, the mean over several ways to part them."""
    total = np.zeros(len(cases.known))
    for repeat in range(REPEATS):
        fold = np.random.default_rng(SEED + repeat).permutation(len(total)) % FOLDS
        for part in range(FOLDS):
            held, seen = np.flatnonzero(fold == part), np.flatnonzero(fold != part)
            total[held] += recall(cases.of(held), fit(cases.of(seen)))
    return total / REPEATS


def resampled(cases: Cases) -> Array:
    """Standard errors of the weights, by drawing as many roles again with replacement."""
    chance = np.random.default_rng(SEED)
    count = len(cases.known)
    drawn = [fit(cases.of(chance.integers(0, count, count))) for _ in range(RESAMPLES)]
    return np.std(drawn, axis=0)


def calibrated(cases: Cases, weights: Array) -> tuple[float, float]:
    """The sum at which half of the pairs are published, and how far above it 73 in 100 are."""
    total, published = (cases.known @ weights).ravel(), cases.published.ravel()
    sides = np.stack([total, np.ones_like(total)], axis=1)
    slope = np.array([0.5, -0.5 * total.mean()])
    for _ in range(40):
        chance = expit(sides @ slope)
        curvature = (sides * (chance * (1 - chance))[:, None]).T @ sides
        slope = slope + np.linalg.solve(curvature, sides.T @ (published - chance))
    return float(-slope[1] / slope[0]), float(1 / slope[0])


def write(table: str, rows: Sequence[Sequence[str]]) -> None:
    """Put the rows of a table in the place of those that were there."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        header, *old = list(csv.reader(file))
    both = sorted([*(row for row in old if row[0] != table), *map(list, rows)], key=lambda row: row[0])
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *both])


def _rounded(shares: Array) -> dict[str, float]:
    error = shares.std(ddof=1) / np.sqrt(len(shares))
    return {"mean": round(float(shares.mean()), 4), "error": round(float(error), 4)}


if __name__ == "__main__":
    raise SystemExit(main())

"""Fit what each likeness counts for in linking: ``python -m tools.fit_linking [--labels N]``.

Labels of ESCO's own list, one of a skill, each asked with its own line taken away; weights are fitted
on one half of the skills and measured on the other. Prints the weights, the recall by those in use
and by the fitted ones, and what is lost without each likeness. ``wallet/link_rank.py`` takes them by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from config import data_directory
from wallet.link_index import FOLDER, SkillIndex, current
from wallet.link_rank import FEATURES, WEIGHTS, rank

LABELS = 1200
SEED = 20_300
EVENLY = 0.002
"""How much large weights cost: enough that likenesses that say the same share theirs."""

Case = tuple[NDArray[np.float64], int]
"""Features of the candidates, and the place of the right one among them; -1 where it is none of them."""


def main(given: Sequence[str] | None = None) -> int:
    """Fit, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tools.fit_linking", description=__doc__)
    parser.add_argument("--labels", type=int, default=LABELS, metavar="N", help=f"how many labels ({LABELS})")
    asked = parser.parse_args(given)
    cases = collect(SkillIndex.open(current(data_directory() / FOLDER)), asked.labels)
    half = len(cases) // 2
    learned, held = cases[:half], cases[half:]
    found = fit(learned, range(len(FEATURES)))
    without = {}
    for at, name in enumerate(FEATURES):
        kept = [other for other in range(len(FEATURES)) if other != at]
        without[name] = recall(held, fit(learned, kept))
    told = {
        "labels": len(held),
        "weights": dict(zip(FEATURES, np.round(found, 1).tolist(), strict=True)),
        "in_use": recall(held, WEIGHTS.astype(np.float64)),
        "fitted": recall(held, found),
        "without": without,
    }
    print(json.dumps(told, indent=2))
    return 0


def collect(index: SkillIndex, count: int) -> list[Case]:
    """Candidates of other labels than the preferred one, of skills drawn at random."""
    chance = np.random.default_rng(SEED)
    places = chance.permutation(index.esco_skills).tolist()
    cases: list[Case] = []
    for place in places:
        lines = np.arange(int(index.statement_line[place]) + 1, int(index.statement_line[place + 1]))
        if not len(lines):
            continue
        query = index.lines[int(chance.choice(lines))]
        (ranked,) = rank(index, [query], esco_only=True, without=index.labels_of(place, query))
        right = np.flatnonzero(ranked.places == place)
        cases.append((ranked.features.astype(np.float64), int(right[0]) if len(right) else -1))
        if len(cases) == count:
            break
    return cases


def fit(cases: Sequence[Case], kept: Sequence[int]) -> NDArray[np.float64]:
    """Weights by which the right candidate is likeliest; those of features not kept are 0."""
    kept = list(kept)
    sound = [(features[:, kept], right) for features, right in cases if right >= 0]

    def cost(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = EVENLY * len(sound) * float(weights @ weights) / 2, EVENLY * len(sound) * weights
        for features, right in sound:
            scores = features @ weights
            whole = float(logsumexp(scores))
            total += whole - scores[right]
            slope = slope + np.exp(scores - whole) @ features - features[right]
        return total, slope

    found = np.zeros(len(FEATURES))
    found[kept] = minimize(cost, np.ones(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return found


def recall(cases: Sequence[Case], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Share of labels whose skill comes first, and among the first five."""
    ranks = [
        int((features @ weights > (features @ weights)[right]).sum()) if right >= 0 else len(features)
        for features, right in cases
    ]
    return tuple(round(float(np.mean([at < first for at in ranks])), 4) for first in (1, 5))  # type: ignore[return-value]


if __name__ == "__main__":
    raise SystemExit(main())

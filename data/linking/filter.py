"""The filter: which candidates of a role that nobody has read an expert would probably keep.

A logistic regression on what is known of a candidate, learned from the review. It is fitted when
the starter data are rebuilt, never when the product runs, and its coefficients are written out
(``data/starter/filter.csv``, ``docs/requirements.md``).

What the same statement got in other job families is one of its inputs; in fitting, a role's own
family never counts there, so that a family set aside is judged as one that nobody has read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from data.linking.candidates import TRAITS, Candidates

# Inverse strength of the ridge penalty, on standardized inputs.
PENALTY = 0.3
# Readings that the mean outweighs: of one statement, and of all statements with one verb.
FEW_READINGS, FEW_OF_A_VERB = 1.5, 8.0
# Products as small as those of one role: two processors would wait for each other longer than one works.
by_one_processor = threadpool_limits.wrap(limits=1, user_api="blas")
INPUTS = (
    *TRAITS,
    "score among its role's candidates",
    "rank among its role's candidates",
    "likeness to a better candidate",
    "description among its role's candidates",
    "statement kept elsewhere",
    "verb kept elsewhere",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate that was read: its role, statement, verb, what is known of it, and whether it was kept.

    ``twin`` tells that it was dropped only because another statement says the same.
    """

    role_code: str
    statement: int
    verb: str
    known: np.ndarray
    kept: bool
    twin: bool = False

    @property
    def family(self) -> str:
        return self.role_code[:2]


@dataclass(frozen=True, slots=True)
class Filter:
    """Coefficients on standardized inputs, in the order of ``INPUTS``, and what was kept elsewhere."""

    means: np.ndarray
    deviations: np.ndarray
    coefficients: np.ndarray
    intercept: float
    elsewhere: Elsewhere

    def probabilities(
        self, family: str, known: np.ndarray, statements: Sequence[int], verbs: Sequence[str]
    ) -> np.ndarray:
        """How probably each candidate would be kept, 0-1, shape (candidates,)."""
        rates = [
            self.elsewhere.rates(statement, verb, family)
            for statement, verb in zip(statements, verbs, strict=True)
        ]
        inputs = np.hstack([known, np.array(rates)])
        return 1 / (
            1 + np.exp(-(((inputs - self.means) / self.deviations) @ self.coefficients + self.intercept))
        )


class Elsewhere:
    """How often a statement, and statements with a verb, were kept in other job families."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._kept: defaultdict[object, float] = defaultdict(float)
        self._read: defaultdict[object, float] = defaultdict(float)
        kept = read = 0
        for example in examples:
            read += 1
            kept += example.kept
            for key in (example.statement, example.verb):
                for whose in (key, (key, example.family)):
                    self._read[whose] += 1
                    self._kept[whose] += example.kept
        self.share = kept / max(read, 1)

    def rates(self, statement: int, verb: str, family: str) -> tuple[float, float]:
        """Shares kept beside the usual one, the fewer readings the nearer to 0."""
        return self._rate(statement, family, FEW_READINGS), self._rate(verb, family, FEW_OF_A_VERB)

    def _rate(self, key: object, family: str, few: float) -> float:
        kept = self._kept.get(key, 0) - self._kept.get((key, family), 0)
        read = self._read.get(key, 0) - self._read.get((key, family), 0)
        return (kept + few * self.share) / (read + few) - self.share


def known_of(candidates: Candidates, likeness: np.ndarray) -> np.ndarray:
    """What is known of a role's candidates without the review, shape (candidates, len(INPUTS) - 2).

    Parameters
    ----------
    likeness : array of float, shape (candidates, candidates)
        Likeness of the statements with each other.
    """
    scores = candidates.scores
    rank = np.empty(len(scores))
    rank[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    better = rank[None, :] < rank[:, None]
    twin = np.where(better, likeness, 0.3).max(axis=1)
    return np.column_stack([candidates.traits, _within(scores), rank / 40, twin, _within(candidates.meant)])


@by_one_processor
def fit(examples: Sequence[Example]) -> Filter:
    """Learn the filter from candidates that were read."""
    elsewhere = Elsewhere(examples)
    rates = [elsewhere.rates(each.statement, each.verb, each.family) for each in examples]
    inputs = np.hstack([np.stack([each.known for each in examples]), np.array(rates)])
    means, deviations = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=2000)
    model.fit((inputs - means) / deviations, [each.kept for each in examples])
    return Filter(means, deviations, model.coef_[0], float(model.intercept_[0]), elsewhere)


@by_one_processor
def set_aside(examples: Sequence[Example], parts: int = 6) -> np.ndarray:
    """Probability of each example by a filter that has seen nothing of its job family.

    Returns
    -------
    array of float, shape (examples,)
    """
    families = sorted({each.family for each in examples})
    result = np.zeros(len(examples))
    places = defaultdict(list)
    for position, each in enumerate(examples):
        places[each.family].append(position)
    for part in range(parts):
        aside = families[part::parts]
        learned = fit([each for each in examples if each.family not in aside])
        for family in aside:
            own = [examples[position] for position in places[family]]
            known = np.stack([each.known for each in own])
            result[places[family]] = learned.probabilities(
                family, known, [each.statement for each in own], [each.verb for each in own]
            )
    return result


def precision_and_recall(kept: np.ndarray, probabilities: np.ndarray, floor: float) -> tuple[float, float]:
    """Share of what passes that was kept, and share of what was kept that passes."""
    passes = probabilities >= floor
    right = float((kept & passes).sum())
    return right / max(float(passes.sum()), 1.0), right / max(float(kept.sum()), 1.0)


def _within(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() + 1e-9)

"""How like one role is to another, from their own texts and their place in the classification.

Every likeness is standardized over the other roles (z-score along a row, then averaged both
ways) and added up with the weights below. They were chosen on published related occupations
of 300 roles by cross-validation and rounded; no published relatedness is an input.
``docs/requirements.md`` has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data.linking.inputs import Inputs, RoleText, Vectors, unit
from data.linking.labels import words_of
from data.linking.require import Link
from data.linking.words import DistilledWords

WEIGHTS = {
    "task_means": 0.6,
    "task_matches": 0.6,
    "affinity": 0.4,
    "words": 0.35,
    "description": 0.4,
    "squares": 0.4,
}
# Leading characters of a SOC code: 29-1 minor group, 29-114 broad occupation, 29-1141 detailed occupation.
SAME_GROUP = {4: 0.5, 6: 0.8, 7: 0.5}
# A role without tasks has no requirements either: it stands behind those that can be compared.
NO_TASKS = 6.0
# Logistic scale from summed z-scores to 0-1: half of the pairs at the midpoint are published as related.
MIDPOINT, SPREAD = 9.8, 1.34
KEPT = 40
KEPT_BY_SQUARES = 20


def likeness(
    inputs: Inputs,
    distilled: DistilledWords,
    affinity: np.ndarray,
    links: Mapping[str, Sequence[Link]],
) -> dict[str, list[tuple[str, float]]]:
    """The forty roles most like each role, best first, with scores 0-1.

    Parameters
    ----------
    affinity : array of float, shape (roles with tasks, statements)
        How much more each statement suits the role than others, in standard deviations.
    links : mapping of str to sequence of Link
        What the roles with tasks require.

    Returns
    -------
    dict of str to list of (str, float)
        For every role, those without tasks included.
    """
    total = summed(inputs, distilled, affinity, links)
    codes = [role.code for role in inputs.roles]
    score = 1 / (1 + np.exp(-(total - MIDPOINT) / SPREAD))
    result = {}
    for row, code in enumerate(codes):
        order = [other for other in np.argsort(-total[row], kind="stable") if other != row][:KEPT]
        result[code] = [(codes[other], float(score[row, other])) for other in order]
    return result


def likeness_of_squares(
    inputs: Inputs, distilled: DistilledWords, links: Mapping[str, Sequence[Link]]
) -> dict[str, list[tuple[str, float]]]:
    """The twenty roles whose requirements mean most nearly the same, best first, with scores 0-1.

    Nothing of a role's own text counts, only what it requires: the mean meaning of its statements,
    each weighed by its importance and by how few roles require it, set beside the mean of all roles.
    """
    codes = [role.code for role in inputs.roles if links.get(role.code)]
    close = _squares(inputs, distilled, links, codes)
    result = {}
    for row, code in enumerate(codes):
        order = [other for other in np.argsort(-close[row], kind="stable") if other != row][:KEPT_BY_SQUARES]
        result[code] = [(codes[other], float(np.clip(close[row, other], 0, 1))) for other in order]
    return result


def summed(
    inputs: Inputs,
    distilled: DistilledWords,
    affinity: np.ndarray,
    links: Mapping[str, Sequence[Link]],
) -> np.ndarray:
    """Weighted sum of the standardized likenesses, shape (roles, roles), symmetric."""
    roles = inputs.roles
    known = np.array([bool(role.tasks) for role in roles])
    with_tasks = [role for role in roles if role.tasks]
    told = unit(np.clip(affinity, 0, 6).astype(np.float32) ** 1.5)
    by_tasks = {
        "task_means": _task_means(inputs, with_tasks),
        "task_matches": _task_matches(inputs, with_tasks),
        "affinity": told @ told.T,
        "squares": _squares(inputs, distilled, links, [role.code for role in with_tasks]),
    }
    by_text = {"words": _words(inputs, roles), "description": _description(roles, distilled)}

    total = _weighted(by_text)
    # Where one side has no tasks, its texts speak for all.
    share = sum(WEIGHTS.values()) / sum(WEIGHTS[name] for name in by_text)
    compared = np.ix_(known, known)
    full = total[compared] + _weighted(by_tasks)
    total = total * share - NO_TASKS
    total[compared] = full
    for digits, weight in SAME_GROUP.items():
        group = np.array([role.code[:digits] for role in roles])
        total += weight * (group[:, None] == group[None, :])
    return total


def _weighted(likenesses: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.sum([WEIGHTS[name] * standardized(each) for name, each in likenesses.items()], axis=0)


def standardized(matrix: np.ndarray) -> np.ndarray:
    """Z-scores along rows, a role with itself left out, averaged both ways."""
    apart = matrix.astype(float).copy()
    np.fill_diagonal(apart, np.nan)
    # The small constant keeps a role that is like none of the others at zero.
    deviation = np.nanstd(apart, axis=1, keepdims=True) + 1e-3
    scores = (apart - np.nanmean(apart, axis=1, keepdims=True)) / deviation
    np.fill_diagonal(scores, 0)
    return (scores + scores.T) / 2


def _squares(
    inputs: Inputs, distilled: DistilledWords, links: Mapping[str, Sequence[Link]], codes: Sequence[str]
) -> np.ndarray:
    labels = distilled.embed([each.label for each in inputs.statements])
    told = distilled.embed([f"{each.label}. {each.description}" for each in inputs.statements])
    meanings = unit(inputs.statement_vectors + told + labels)
    weights = np.zeros((len(codes), len(inputs.statements)), dtype=np.float32)
    for row, code in enumerate(codes):
        for link in links[code]:
            weights[row, link.statement] = link.importance
    weights *= np.log1p(len(codes) / np.maximum((weights > 0).sum(axis=0), 1))
    return _centred_cosine(unit(weights @ meanings))


def _task_means(inputs: Inputs, roles: Sequence[RoleText]) -> np.ndarray:
    means = unit(np.stack([inputs.task_vectors[list(role.tasks)].mean(axis=0) for role in roles]))
    return _centred_cosine(means)


def _task_matches(inputs: Inputs, roles: Sequence[RoleText]) -> np.ndarray:
    """Each task's best match among the other role's tasks, averaged both ways."""
    rows = np.concatenate([role.tasks for role in roles]).astype(int)
    starts = np.cumsum([0] + [len(role.tasks) for role in roles[:-1]])
    vectors = inputs.task_vectors[rows]
    vectors = unit(vectors - vectors.mean(axis=0))
    matches = np.zeros((len(roles), len(roles)), dtype=np.float32)
    for row, (start, role) in enumerate(zip(starts, roles, strict=True)):
        block = vectors[start : start + len(role.tasks)] @ vectors.T
        matches[row] = np.maximum.reduceat(block, starts, axis=1).mean(axis=0)
    return (matches + matches.T) / 2


def _words(inputs: Inputs, roles: Sequence[RoleText]) -> np.ndarray:
    """Tf-idf of title, description and tasks; the title counts three times, the description twice."""

    def text(role: RoleText) -> str:
        own = [_title(role)] * 3 + [_meaning(role)] * 2 + [inputs.tasks[task] for task in role.tasks]
        return " ".join(words_of(" ".join(own)))

    tfidf = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    weights = tfidf.fit_transform([text(role) for role in roles])
    return (weights @ weights.T).toarray()


def _description(roles: Sequence[RoleText], distilled: DistilledWords) -> np.ndarray:
    return _centred_cosine(distilled.embed([f"{_title(role)}. {_meaning(role)}" for role in roles]))


def _title(role: RoleText) -> str:
    # "All Other" says nothing of the work, and would make all such roles alike.
    return role.title.removesuffix(", All Other")


def _meaning(role: RoleText) -> str:
    # "All managers not listed separately." would make all such roles alike as well.
    return "" if role.description.endswith("not listed separately.") else role.description


def _centred_cosine(vectors: Vectors) -> np.ndarray:
    """Cosine after the mean of all roles is taken away, so that what every job shares says nothing."""
    centred = unit(vectors - vectors.mean(axis=0))
    return centred @ centred.T

"""How like one role is to another, from their own texts and their place in the classification.

Every likeness counts by its rank, and they are added up with the weights that were learned on
published related occupations of 300 roles (``data/likeness.py``); no published relatedness is an
input. ``docs/guidance.md`` has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data.likeness import KEPT, Weights, best, blended, log_ranks, same_group
from data.linking.inputs import Inputs, RoleText, Vectors, unit
from data.linking.labels import words_of
from data.linking.require import Link
from data.linking.words import DistilledWords, statement_words

# Leading characters of a SOC code: 29-1 minor group, 29-114 broad occupation.
SAME_GROUP = {"same minor group": 4, "same broad occupation": 6}
# A role without tasks has no requirements either: it stands behind those that can be compared.
NO_TASKS = 6.0
KEPT_BY_SQUARES = 20
AT_ONCE = 32


def likeness(
    inputs: Inputs,
    distilled: DistilledWords,
    affinity: np.ndarray,
    links: Mapping[str, Sequence[Link]],
    weights: Weights,
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
    codes = [role.code for role in inputs.roles]
    known = np.array([bool(role.tasks) for role in inputs.roles])
    total = blended(*parts(inputs, distilled, affinity, links), weights)
    total[~(known[:, None] & known[None, :])] -= NO_TASKS
    result: dict[str, list[tuple[str, float]]] = {code: [] for code in codes}
    for row in best(total, codes, weights, KEPT).itertuples(index=False):
        result[str(row.role_code)].append((str(row.other_code), float(row.score)))
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


def parts(
    inputs: Inputs,
    distilled: DistilledWords,
    affinity: np.ndarray,
    links: Mapping[str, Sequence[Link]],
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Likenesses by name, ranked and plain, each of shape (roles, roles); NaN where a role has no tasks."""
    roles = inputs.roles
    known = np.array([bool(role.tasks) for role in roles])
    compared = np.ix_(known, known)
    with_tasks = [role for role in roles if role.tasks]
    told = unit(np.clip(affinity, 0, 6).astype(np.float32) ** 1.5)
    by_tasks = {
        "tasks": _task_matches(inputs, with_tasks),
        "affinity": told @ told.T,
        "squares": _squares(inputs, distilled, links, [role.code for role in with_tasks]),
    }
    ranked = {name: np.full((len(roles), len(roles)), np.nan) for name in by_tasks}
    for name, each in by_tasks.items():
        ranked[name][compared] = log_ranks(each)
    for name, each in {"words": _words(inputs, roles), "description": _description(roles, distilled)}.items():
        ranked[name] = log_ranks(each)
        # Among those with tasks, as if there were no others.
        ranked[name][compared] = log_ranks(each[compared])
    codes = [role.code for role in roles]
    return ranked, {name: same_group(codes, digits) for name, digits in SAME_GROUP.items()}


def _squares(
    inputs: Inputs, distilled: DistilledWords, links: Mapping[str, Sequence[Link]], codes: Sequence[str]
) -> np.ndarray:
    labels, told = statement_words(inputs, distilled)
    meanings = unit(inputs.statement_vectors + told + labels)
    weights = np.zeros((len(codes), len(inputs.statements)), dtype=np.float32)
    for row, code in enumerate(codes):
        for link in links[code]:
            weights[row, link.statement] = link.importance
    weights *= np.log1p(len(codes) / np.maximum((weights > 0).sum(axis=0), 1))
    return _centred_cosine(unit(weights @ meanings))


def _task_matches(inputs: Inputs, roles: Sequence[RoleText]) -> np.ndarray:
    """Each task's best match among the other role's tasks, averaged both ways."""
    rows = np.concatenate([role.tasks for role in roles]).astype(int)
    starts = np.cumsum([0] + [len(role.tasks) for role in roles[:-1]])
    vectors = inputs.task_vectors[rows]
    vectors = unit(vectors - vectors.mean(axis=0))
    matches = np.zeros((len(roles), len(roles)), dtype=np.float32)
    ends = [*starts[1:], len(rows)]
    # Some roles at once: many small products take several times as long as a few large ones.
    for first in range(0, len(roles), AT_ONCE):
        some = range(first, min(first + AT_ONCE, len(roles)))
        begin = starts[first]
        best = np.maximum.reduceat(vectors[begin : ends[some[-1]]] @ vectors.T, starts, axis=1)
        for row in some:
            matches[row] = best[starts[row] - begin : ends[row] - begin].mean(axis=0)
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

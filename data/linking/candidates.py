"""How well each published statement suits each role.

Four likenesses of a task and a statement are blended: the task's own words against the
statement's packaged embedding, its description and its label, and the two packaged
embeddings. What suits a role is then weighed by how many tasks call for it, by how much
more it suits this role than all others, by what the nearest roles say, and by the words of
the label that the role never uses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.linking.inputs import Inputs, RoleText, unit
from data.linking.labels import (
    PLAIN_STEMS,
    label_words,
    role_supervises,
    stem_vectors,
    supervises,
    words_of,
)
from data.linking.words import DistilledWords

# Shares of the four likenesses; they sum to 1.
OWN_WORDS, PACKAGED, DESCRIPTION, LABEL = 0.25, 0.25, 0.25, 0.25
CALLED_FOR = 0.50
NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """The statements that suit a role.

    Attributes
    ----------
    statements : array of int, shape (candidates,)
        Rows of ``Inputs.statements``.
    scores : array of float, shape (candidates,)
        How well each suits the role, all things weighed; about 0.3 to 1.
    likeness : array of float, shape (tasks, candidates)
        Blended likeness of each of the role's tasks with each candidate.
    """

    statements: np.ndarray
    scores: np.ndarray
    likeness: np.ndarray


@dataclass(frozen=True, slots=True)
class Terms:
    """What a candidate's score is made of, for reading; every array of shape (roles, statements)."""

    best: np.ndarray
    support: np.ndarray
    affinity: np.ndarray
    neighbours: np.ndarray


def statement_likeness(inputs: Inputs, distilled: DistilledWords) -> np.ndarray:
    """Blended likeness of every task with every statement, shape (tasks, statements)."""
    labels = distilled.embed([statement.label for statement in inputs.statements])
    meanings = distilled.embed([f"{each.label}. {each.description}" for each in inputs.statements])
    own = distilled.embed(inputs.tasks)
    target = OWN_WORDS * inputs.statement_vectors + DESCRIPTION * meanings + LABEL * labels
    return own @ target.T + PACKAGED * (inputs.task_vectors @ inputs.statement_vectors.T)


def weigh(inputs: Inputs, likeness: np.ndarray) -> Terms:
    """The terms of every role and statement, from the likeness of tasks and statements."""
    roles = [role for role in inputs.roles if role.tasks]
    shape = (len(roles), likeness.shape[1])
    best, support, core = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    for row, role in enumerate(roles):
        block = likeness[list(role.tasks)]
        ordered = np.sort(block, axis=0)[::-1]
        best[row] = ordered[0]
        core[row] = ordered[: min(4, len(role.tasks))].mean(axis=0)
        support[row] = np.clip((block - CALLED_FOR) / 0.2, 0, 1).sum(axis=0)
    affinity = (core - core.mean(axis=0)) / core.std(axis=0)
    near = nearest_roles(inputs, roles)
    neighbours = np.zeros(shape, dtype=np.float32)
    for row, (others, weights) in enumerate(near):
        neighbours[row] = weights @ best[others]
    return Terms(best, support, affinity, neighbours)


def nearest_roles(inputs: Inputs, roles: list[RoleText]) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each role the rows of its nearest ones by centred mean task embedding, and their weights."""
    means = unit(np.stack([inputs.task_vectors[list(role.tasks)].mean(axis=0) for role in roles]))
    centred = unit(means - means.mean(axis=0))
    likeness = centred @ centred.T
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    result = []
    for row, others in enumerate(nearest):
        weights = np.clip(likeness[row, others], 0.01, None) ** 2
        result.append((others, (weights / weights.sum()).astype(np.float32)))
    return result


def candidates(
    inputs: Inputs, distilled: DistilledWords, likeness: np.ndarray, limit: int = 150
) -> dict[str, Candidates]:
    """The best statements for every role with tasks, by role code."""
    terms = weigh(inputs, likeness)
    labels = label_words(inputs.statements, distilled)
    in_charge = np.array([supervises(each.label) for each in inputs.statements])
    length = np.array([len(each.label) for each in inputs.statements])
    open_skills = np.array([each.vocabulary == "osn" for each in inputs.statements])
    awkward = 0.0025 * np.clip(length - 42, 0, 24) + 0.02 * open_skills
    result: dict[str, Candidates] = {}
    for row, role in enumerate(role for role in inputs.roles if role.tasks):
        tasks = [inputs.tasks[task] for task in role.tasks]
        score = (
            terms.best[row]
            + 0.045 * np.log1p(terms.support[row])
            + 0.030 * np.clip(terms.affinity[row], -2, 5)
            + 0.30 * (terms.neighbours[row] - 0.45)
            - awkward
        )
        if not role_supervises(role.title, tasks):
            score = score - 0.10 * in_charge
        rows = np.argsort(-score, kind="stable")[: 4 * limit]
        strange = _strangeness(role, tasks, labels, rows, distilled)
        final = score[rows] - 0.22 * strange
        order = np.argsort(-final, kind="stable")[:limit]
        chosen = rows[order]
        result[role.code] = Candidates(chosen, final[order], likeness[np.ix_(list(role.tasks), chosen)])
    return result


def _strangeness(role, tasks, labels, rows, distilled) -> np.ndarray:
    """0-1 for each statement: how much of its label is foreign to everything said of the role."""
    said = sorted(set(words_of(" ".join((role.title, role.description, *tasks)))))
    vectors = stem_vectors(said, distilled)
    needed = sorted({word for row in rows for word in labels.of[row]})
    near = (labels.vectors[needed] @ vectors.T).max(axis=1) if needed else np.zeros(0)
    known = set(said)
    cost = {}
    for word, closeness in zip(needed, near, strict=True):
        if labels.words[word] in known or labels.words[word] in PLAIN_STEMS:
            cost[word] = 0.0
        else:
            cost[word] = float(labels.strangeness[word] * np.clip((0.85 - closeness) / 0.45, 0, 1))
    return np.array([max((cost[word] for word in labels.of[row]), default=0.0) for row in rows])

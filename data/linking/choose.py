"""Choose a role's requirements among its candidates: enough, all different, all its tasks heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.linking.candidates import Candidates
from data.linking.importance import importance
from data.linking.inputs import Statement
from data.linking.labels import words_of

FEWEST, MOST = 15, 40
EVIDENCE = 4
SAME = 0.72
# Statements that answer the same task first say the same sooner.
SAME_OF_A_TASK = 0.64


@dataclass(frozen=True, slots=True)
class Link:
    """A requirement.

    ``statement`` is its row, ``score`` and ``importance`` are 0-1, ``tasks`` are positions among the
    role's tasks, strongest first.
    """

    statement: int
    score: float
    importance: float
    tasks: tuple[int, ...]


def choose(candidates: Candidates, twins: np.ndarray, floor: float = 0.69) -> tuple[Link, ...]:
    """Take candidates one by one, each time the one that adds most.

    Parameters
    ----------
    candidates : Candidates
        Best first.
    twins : array of float, shape (candidates, candidates)
        Likeness of the statements with each other; ``SAME`` and more says the same.
    floor : float
        A candidate scoring less is taken only to reach the fewest a role can have.

    Returns
    -------
    tuple of Link
        15 to 40, most important first.
    """
    likeness = candidates.likeness
    wanted = int(np.clip(10 + 0.6 * len(likeness), 18, 28))
    heard = np.zeros(len(likeness))
    left = np.ones(len(candidates.statements), dtype=bool)
    nearest = np.zeros(len(candidates.statements))
    first = likeness.argmax(axis=0)
    taken: list[int] = []
    while left.any() and len(taken) < wanted:
        gain = np.clip(likeness - np.maximum(heard, 0.45)[:, None], 0, None).sum(axis=0)
        worth = candidates.scores + 0.30 * np.minimum(gain, 0.4) - 0.5 * np.clip(nearest - 0.5, 0, None)
        worth += candidates.kept
        worth[~left] = -np.inf
        pick = int(np.argmax(worth))
        if candidates.scores[pick] < floor and not candidates.kept[pick] and len(taken) >= FEWEST + 1:
            left[pick] = False
            continue
        taken.append(pick)
        heard = np.maximum(heard, likeness[:, pick])
        nearest = np.maximum(nearest, twins[pick])
        left &= twins[pick] < SAME
        left &= (twins[pick] < SAME_OF_A_TASK) | (first != first[pick]) | candidates.kept
        left[pick] = False
    return _links(candidates, taken)


def twins(rows: np.ndarray, statements: Sequence[Statement], meanings: np.ndarray) -> np.ndarray:
    """Likeness of statements with each other, 1 where they share a label or all their words.

    Parameters
    ----------
    rows : array of int, shape (candidates,)
        The statements.
    meanings : array of float, shape (all statements, any)
        Vectors whose dot products are likenesses.

    Returns
    -------
    array of float, shape (candidates, candidates)
    """
    likeness = meanings[rows] @ meanings[rows].T
    said: dict[frozenset[str] | str, list[int]] = {}
    for position, row in enumerate(rows):
        own = statements[row]
        labels = {label.lower() for label in (own.label, *own.other_labels)}
        for key in {*labels, *(frozenset(words_of(label)) for label in (own.label,))}:
            said.setdefault(key, []).append(position)
    for positions in said.values():
        likeness[np.ix_(positions, positions)] = 1.0
    return likeness


def _links(candidates: Candidates, taken: list[int]) -> tuple[Link, ...]:
    # What reading has kept is strong however the task words it.
    kept = candidates.kept[taken]
    likest = candidates.likeness[:, taken].max(axis=0)
    scores = np.where(kept, np.maximum(candidates.scores[taken], likest), candidates.scores[taken])
    weights = importance(
        candidates.likeness[:, taken],
        candidates.named[taken],
        candidates.meant[taken],
        kept,
        candidates.core[taken],
    )
    links = []
    for position, pick in enumerate(taken):
        column = candidates.likeness[:, pick]
        order = np.argsort(-column, kind="stable")
        tasks = [int(task) for task in order[:EVIDENCE] if column[task] >= max(0.5, column.max() - 0.1)]
        links.append(
            Link(
                statement=int(candidates.statements[pick]),
                score=float(np.clip(scores[position], 0, 1)),
                importance=float(weights[position]),
                tasks=tuple(tasks or [int(order[0])]),
            )
        )
    return tuple(sorted(links, key=lambda link: (-link.importance, link.statement)))

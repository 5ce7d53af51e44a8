"""The shortlist of a role: the candidates that are read, all different, all its tasks heard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data.linking.candidates import Candidates
from data.linking.inputs import Statement
from data.linking.labels import words_of

LENGTH = 40
SAME = 0.72
# Statements that answer the same task first say the same sooner.
SAME_OF_A_TASK = 0.68


def shortlist(candidates: Candidates, twins: np.ndarray, length: int = LENGTH) -> Candidates:
    """Take candidates one by one, each time the one that adds most.

    What tasks nobody has answered yet call for counts extra; what resembles something taken counts
    less, and is left out where it says the same.

    Parameters
    ----------
    candidates : Candidates
        Best first.
    twins : array of float, shape (candidates, candidates)
        Likeness of the statements with each other; ``SAME`` and more says the same.

    Returns
    -------
    Candidates
        Best first; ``length`` of them where there are so many different ones.
    """
    likeness = candidates.likeness
    heard = np.zeros(len(likeness))
    left = np.ones(len(candidates.statements), dtype=bool)
    nearest = np.zeros(len(candidates.statements))
    first = likeness.argmax(axis=0)
    taken: list[int] = []
    while left.any() and len(taken) < length:
        gain = np.clip(likeness - np.maximum(heard, 0.45)[:, None], 0, None).sum(axis=0)
        worth = candidates.scores + 0.30 * np.minimum(gain, 0.4) - 0.5 * np.clip(nearest - 0.5, 0, None)
        worth[~left] = -np.inf
        pick = int(np.argmax(worth))
        taken.append(pick)
        heard = np.maximum(heard, likeness[:, pick])
        nearest = np.maximum(nearest, twins[pick])
        left &= (twins[pick] < SAME) & ((twins[pick] < SAME_OF_A_TASK) | (first != first[pick]))
        left[pick] = False
    return candidates.at(sorted(taken, key=lambda pick: (-candidates.scores[pick], pick)))


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
    np.fill_diagonal(likeness, 1.0)
    for positions in said.values():
        if len(positions) > 1:
            likeness[np.ix_(positions, positions)] = 1.0
    return likeness

"""Word vectors learned from packaged sentence embeddings.

A ridge regression from the words of a text to the text's embedding gives every word a vector; a
text is the weighted sum of its words:

.. math:: W = (X^T X + \\lambda I)^{-1} X^T Y

solved for all columns at once by conjugate gradients, which needs seconds and numpy only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

import words

RIDGE = 1.0
STEPS = 12
"""After which the residual is half a per cent of what it was."""
FEWEST_TEXTS = 2

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their inverse document frequency and vectors, shape (words, dimensions)."""

    known: list[str]
    rarity: Floats
    vectors: Floats

    def embed(self, texts: Sequence[str]) -> Floats:
        """Meanings of texts, length 1, shape (texts, dimensions); zero where no word is known."""
        found, counts = counted(texts)
        place = {word: row for row, word in enumerate(self.known)}
        columns = [column for column, word in enumerate(found) if word in place]
        rows = [place[found[column]] for column in columns]
        weights = counts[:, columns]
        weights.data = 1 + np.log(weights.data)
        summed = np.asarray(weights @ (self.rarity[rows, None] * self.vectors[rows]))
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        return (summed / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def distil(texts: Sequence[str], vectors: Floats, dimensions: int) -> tuple[list[str], Floats, Floats]:
    """Words, their weights, and their vectors.

    Parameters
    ----------
    texts : sequence of str
        Texts whose embeddings are known; words seen in two of them or more are learned.
    vectors : array of shape (texts, any)
        Their embeddings, length 1. They are turned to their main directions first.
    dimensions : int
        How many of these are kept.

    Returns
    -------
    list of str, array of shape (words,), array of shape (words, dimensions)
        Words, their inverse document frequency, their vectors.
    """
    known, counts = counted(texts)
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= FEWEST_TEXTS)
    rarity = (np.log((1 + len(texts)) / (1 + seen[kept])) + 1).astype(np.float32)
    weights = counts[:, kept]
    weights.data = 1 + np.log(weights.data)
    weights = (weights @ sparse.diags_array(rarity)).tocsr()
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    weights = (sparse.diags_array(1 / lengths) @ weights).tocsr().astype(np.float32)
    learned = _ridge(weights, turned(vectors, dimensions))
    return [known[column] for column in kept], rarity, learned


class _Columns(dict[str, int]):
    """Where a word as written is counted: one column for all its spellings."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        column = self.columns.setdefault(words.spelled(word), len(self.columns))
        self[word] = column
        return column


def counted(texts: Sequence[str]) -> tuple[list[str], sparse.csr_array]:
    """Distinct words of the texts, and how often each text has each."""
    column_of = _Columns()
    columns_of: list[int] = []
    ends = [0]
    for text in texts:
        columns_of += [column_of[word] for word in words.raw_words(text)]
        ends.append(len(columns_of))
    columns = column_of.columns
    counts = sparse.csr_array(
        (
            np.ones(len(columns_of), dtype=np.float32),
            np.array(columns_of, dtype=np.int32),
            np.array(ends, dtype=np.int32),
        ),
        shape=(len(texts), len(columns)),
    )
    counts.sum_duplicates()
    return list(columns), counts


def turned(vectors: Floats, dimensions: int) -> Floats:
    """The vectors along their main directions, of which the first are kept."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(vectors @ directions[:, ::-1][:, :dimensions], dtype=np.float32)


def _ridge(weights: sparse.csr_array, targets: Floats) -> Floats:
    turned_round = weights.T.tocsr()
    residual = np.asarray(turned_round @ targets)
    scale = (1 / (np.asarray(weights.multiply(weights).sum(axis=0)).ravel() + RIDGE)).astype(np.float32)
    solution = np.zeros_like(residual)
    direction = scale[:, None] * residual
    power = (residual * direction).sum(axis=0)
    for _ in range(STEPS):
        image = turned_round @ (weights @ direction) + RIDGE * direction
        # A column that is solved has nowhere left to go.
        step = _ratio(power, (direction * image).sum(axis=0))
        solution += step * direction
        residual -= step * image
        better = scale[:, None] * residual
        fresh = (residual * better).sum(axis=0)
        direction = better + _ratio(fresh, power) * direction
        power = fresh
    return solution


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

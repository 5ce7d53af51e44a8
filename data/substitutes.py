"""Which words take each other's place in the labels of one skill: fix and repair, kid and child.

ESCO lists several labels a skill, mostly alike but for a word or two. The words by which two of
them differ stand for each other; the more skills say so, the more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

FEWEST = 1.4
"""Skills that must say so; one alone, with a pair of words between two labels, is not enough."""
MOST_PAIRS = 6
LEAST = 0.15
MOST = 0.9


def substitutes(
    label_stem: sparse.csr_array, statement_label: Sequence[int], *, stops: Collection[int]
) -> sparse.csr_array:
    """How far stems stand for each other.

    Parameters
    ----------
    label_stem : sparse array of shape (labels, stems)
        Which stems a label has.
    statement_label : sequence of int
        Where the labels of each skill begin, and the end of the last one's.
    stops : collection of int
        Stems that say nothing.

    Returns
    -------
    sparse array of shape (stems, stems)
        Symmetric, 0.15-0.9 where anything is known.
    """
    together: Counter[tuple[int, int]] = Counter()
    skills: Counter[int] = Counter()
    silent = frozenset(stops)
    ends, at = label_stem.indptr, label_stem.indices.tolist()
    for first, last in pairwise(statement_label):
        labels = {
            frozenset(at[ends[label] : ends[label + 1]]).difference(silent) for label in range(first, last)
        }
        for pair, strength in _exchanged(list(labels)).items():
            together[pair] += strength  # type: ignore[assignment]
        skills.update(frozenset().union(*labels))
    rows, columns, values = [], [], []
    for (one, other), count in together.items():
        if count < FEWEST:
            continue
        value = likeness(count, skills[one], skills[other])
        if value > LEAST:
            rows += [one, other]
            columns += [other, one]
            values += [value, value]
    size = label_stem.shape[1]
    return sparse.csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=(size, size))


def likeness(together: float, one: int, other: int) -> float:
    """How far two stems stand for each other: skills that have each, and skills that exchange them."""
    return min(MOST, 1.5 * math.sqrt(together / math.sqrt(one * other)) * together / (together + 0.7))


def _exchanged(labels: Sequence[frozenset[int]]) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for at, label in enumerate(labels):
        for other in labels[:at]:
            here, there = label - other, other - label
            if not here or not there or len(here) * len(there) > MOST_PAIRS:
                continue
            strength = 1 / max(len(here), len(there))
            if not label & other:
                strength /= 2
            for one in here:
                for two in there:
                    pair = (one, two) if one < two else (two, one)
                    if found.get(pair, 0.0) < strength:
                        found[pair] = strength
    return found

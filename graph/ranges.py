"""Weighted means of what is covered, facet by facet, and how far published errors could move them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

SETTLED = 1e-10
"""Change of a mean below which it has settled."""


class Ranges(NamedTuple):
    """Of each facet of each role, or of each role."""

    score: np.ndarray
    low: np.ndarray
    high: np.ndarray
    verified: np.ndarray


def facet_ranges(
    weights: np.ndarray, errors: np.ndarray, coverage: np.ndarray, proven: np.ndarray, starts: np.ndarray
) -> Ranges:
    """Range of each facet.

    Parameters
    ----------
    weights, errors : numpy.ndarray, shape (requirements,)
        Weight of each requirement, 0 where it is hidden, and its standard error.
    coverage, proven : numpy.ndarray, shape (requirements,)
        0-1, by all that counts, and by verified and confirmed holdings alone.
    starts : numpy.ndarray, shape (facets,)
        Where the requirements of each facet begin.

    Returns
    -------
    Ranges
        ``low <= verified <= score <= high``, each 0-1.

    Examples
    --------
    >>> had = np.array([1.0, 0.0])
    >>> found = facet_ranges(np.array([0.5, 0.5]), np.array([0.1, 0.1]), had, had, np.array([0]))
    >>> [round(float(end[0]), 3) for end in (found.low, found.verified, found.score, found.high)]
    [0.4, 0.5, 0.5, 0.6]
    """
    if not len(weights):
        return Ranges(*(np.zeros(len(starts)) for _ in range(4)))
    score = mean_of(weights, coverage, starts)
    verified = np.minimum(mean_of(weights, proven, starts), score)
    if not errors.any():
        return Ranges(score, verified, score, verified)
    high = np.clip(_greatest(weights, errors, coverage, starts, score), score, 1.0)
    # The least mean of what is covered is what is left of the greatest mean of what is not.
    low = np.clip(1.0 - _greatest(weights, errors, 1.0 - proven, starts, 1.0 - verified), 0.0, verified)
    return Ranges(score, low, high, verified)


def _greatest(
    weights: np.ndarray, errors: np.ndarray, values: np.ndarray, starts: np.ndarray, mean: np.ndarray
) -> np.ndarray:
    """The greatest weighted mean of ``values`` with each weight within its error; ``mean`` is without.

    Dinkelbach's method: what lies above the mean gets its most, what lies below its least, until the mean
    stays. Only facets with errors, and of which something lies above and something below, are reckoned.
    """
    bounds = np.append(starts, len(weights))
    left = np.flatnonzero(
        (np.maximum.reduceat(errors, starts) > 0)
        & (np.maximum.reduceat(values, starts) > np.minimum.reduceat(values, starts))
    )
    found = mean.copy()
    for _ in range(50):
        if not len(left):
            break
        entries, of = rows_of(bounds, left)
        some, weight, error = values[entries], weights[entries], errors[entries]
        within = np.where(some > found[left][of], weight + error, np.maximum(weight - error, 0.0))
        begins = np.append(0, np.cumsum(bounds[left + 1] - bounds[left])[:-1])
        greater = mean_of(within, some, begins)
        grown = greater > found[left] + SETTLED
        found[left] = np.maximum(found[left], greater)
        left = left[grown]
    return found


def facet_shares(facet_weights: np.ndarray, of_role: np.ndarray, roles: int) -> np.ndarray:
    """Each facet's share of its role; 0 where nothing of the role is reckoned.

    Parameters
    ----------
    facet_weights : numpy.ndarray, shape (facets,)
        0 for a facet that is not reckoned; its share goes to the role's others.
    of_role : numpy.ndarray, shape (facets,)
        Position of each facet's role.
    roles : int

    Returns
    -------
    numpy.ndarray, shape (facets,)

    Examples
    --------
    >>> facet_shares(np.array([0.6, 0.0, 0.2, 0.7]), np.array([0, 0, 0, 1]), 2).round(2).tolist()
    [0.75, 0.0, 0.25, 1.0]
    """
    whole = np.bincount(of_role, facet_weights, minlength=roles)[of_role]
    return facet_weights / np.where(whole > 0, whole, 1.0)


def mean_of(weights: np.ndarray, values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Weighted mean of each stretch of ``values`` that begins at ``starts``; 0 where nothing weighs.

    Examples
    --------
    >>> mean_of(np.array([1.0, 3.0, 0.0]), np.array([1.0, 0.0, 1.0]), np.array([0, 2])).tolist()
    [0.25, 0.0]
    """
    whole = np.add.reduceat(weights, starts)
    with np.errstate(invalid="ignore"):
        mean = np.add.reduceat(weights * values, starts) / whole
    return np.clip(np.where(whole > 0, mean, 0.0), 0.0, 1.0)


def rows_of(indptr: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of all entries of ``rows`` in a CSR array, and which of ``rows`` each is of.

    Examples
    --------
    >>> [found.tolist() for found in rows_of(np.array([0, 2, 2, 5]), np.array([2, 0]))]
    [[2, 3, 4, 0, 1], [0, 0, 0, 1, 1]]
    """
    lengths = indptr[rows + 1] - indptr[rows]
    of = np.repeat(np.arange(len(rows)), lengths)
    within = np.arange(len(of)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return indptr[rows][of] + within, of

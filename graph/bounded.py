"""Counts to which no person adds more than a stated number of skills: what noise can be set against."""

from __future__ import annotations

import numpy as np


def bounded_counts(
    owner: np.ndarray, skill: np.ndarray, skills: int, most: int, rng: np.random.Generator
) -> np.ndarray:
    """Holders of each skill, where whoever holds more than ``most`` counts in that many, drawn by lot.

    Parameters
    ----------
    owner : numpy.ndarray of int, shape (holdings,)
        Number of the person who holds a skill.
    skill : numpy.ndarray of int, shape (holdings,)
        The skill, 0 to ``skills`` - 1; no pair of person and skill comes twice.
    most : int
        Skills that one person counts in.

    Returns
    -------
    numpy.ndarray of int, shape (skills,)
        Exact. Taking one person out changes it by ``most`` at the most, summed over all skills.

    Raises
    ------
    ValueError
        If ``most`` is not 1 or more.

    Examples
    --------
    >>> owner, skill = np.array([0, 0, 0, 1]), np.array([0, 1, 2, 2])
    >>> found = bounded_counts(owner, skill, 3, 2, np.random.default_rng(1))
    >>> int(found.sum()), int(bounded_counts(owner, skill, 3, 9, np.random.default_rng(1)).sum())
    (3, 4)
    """
    if most < 1:
        raise ValueError("One skill a person is the least that can count.")
    lot = np.lexsort((rng.random(len(owner)), owner))
    owners = owner[lot]
    first = np.searchsorted(owners, owners, side="left")
    kept = lot[np.arange(len(owners)) - first < most]
    return np.bincount(skill[kept], minlength=skills)

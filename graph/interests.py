r"""Which roles share an interest profile: the six RIASEC interests of a person and of a role.

Interests are compared as profiles, by Pearson's correlation of the six ratings,

.. math:: r = \frac{\sum_k (p_k - \bar p)(q_k - \bar q)}
    {\sqrt{\sum_k (p_k - \bar p)^2 \sum_k (q_k - \bar q)^2}}

as O*NET's Interest Profiler does: what counts is which interests stand out, not how freely somebody
gives high ratings.

References
----------
.. [1] Rounds, J. et al. (2010). O*NET Interest Profiler Short Form: Psychometric Characteristics.
   National Center for O*NET Development.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.model import Interest, InterestActivity, Interests

ORDER = tuple(Interest)
LEAST, MOST = 1, 5
"""Ratings of one activity: 1 strongly dislike to 5 strongly like."""


def profile(activities: Sequence[InterestActivity], ratings: Mapping[int, int]) -> dict[Interest, float]:
    """Mean rating of each interest's activities.

    Parameters
    ----------
    activities : sequence of InterestActivity
    ratings : mapping of int to int
        By place in ``activities``; those without one are left out.

    Returns
    -------
    dict of Interest to float
        1-5; an interest of which nothing was rated is absent.

    Raises
    ------
    ValueError
        If a rating is not between 1 and 5.

    Examples
    --------
    >>> rated = [InterestActivity(Interest.REALISTIC, "Roof"), InterestActivity(Interest.SOCIAL, "Teach")]
    >>> {str(k): v for k, v in profile(rated, {0: 5, 1: 2}).items()}
    {'realistic': 5.0, 'social': 2.0}
    """
    given: dict[Interest, list[int]] = {}
    for place, rating in ratings.items():
        if not LEAST <= rating <= MOST:
            raise ValueError("A rating is a whole number from 1 to 5.")
        if 0 <= place < len(activities):
            given.setdefault(activities[place].interest, []).append(rating)
    return {interest: float(np.mean(given[interest])) for interest in ORDER if interest in given}


def alike(
    person: Mapping[Interest, float], roles: Mapping[str, Interests], limit: int | None = None
) -> tuple[tuple[str, float], ...]:
    """Roles whose interests stand out where the person's do.

    Parameters
    ----------
    person : mapping of Interest to float
        All six are needed for a profile; with fewer, or all alike, nothing can be told.
    roles : mapping of str to Interests
        By O*NET-SOC code; those without all six are left out.
    limit : int, optional

    Returns
    -------
    tuple of (str, float)
        Code and correlation, -1 to 1, best first.

    Examples
    --------
    >>> person = {k: v for k, v in zip(ORDER, (5, 1, 1, 1, 1, 3), strict=True)}
    >>> roles = {"a": Interests("a", dict(zip(ORDER, (7, 1, 1, 1, 1, 4), strict=True))),
    ...          "b": Interests("b", dict(zip(ORDER, (1, 7, 6, 1, 1, 1), strict=True)))}
    >>> [code for code, _ in alike(person, roles)]
    ['a', 'b']
    """
    if len(person) < len(ORDER):
        return ()
    mine = np.array([person[interest] for interest in ORDER], dtype=float)
    codes = [code for code, own in roles.items() if all(interest in own.scores for interest in ORDER)]
    if not codes or np.ptp(mine) == 0:
        return ()
    theirs = np.array([[roles[code].scores[interest] for interest in ORDER] for code in codes], dtype=float)
    mine = mine - mine.mean()
    theirs = theirs - theirs.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(theirs, axis=1) * np.linalg.norm(mine)
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.where(lengths > 0, theirs @ mine / lengths, -1.0)
    order = sorted(range(len(codes)), key=lambda place: (-correlation[place], codes[place]))
    return tuple((codes[place], float(correlation[place])) for place in order[:limit])

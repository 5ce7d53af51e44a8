"""When a role counts as within reach: one threshold, for everything that says so."""

from __future__ import annotations

from graph.model import Match

REACH = 0.3
"""Score from which a role is within reach.

Chosen by calibration (docs/guidance.md): of the roles that somebody reaches who has what one role
requires, 85 in 100 lie in the same job family and 95 within one job zone. Higher, most jobs
reach no other at all; lower, what is reached is soon of another kind.
"""


def within_reach(match: Match) -> bool:
    """Whether the match is near enough to be called within reach.

    Examples
    --------
    >>> from graph.model import JobFamily, Role
    >>> welders = Role("51-4121.00", "Welders", JobFamily("51", "Production"))
    >>> within_reach(Match(welders, score=0.31, low=0.1, high=0.4, matched=3, partial=0, missing=7))
    True
    """
    return match.score >= REACH

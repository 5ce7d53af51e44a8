"""Similar roles, and how well they agree with a published list of related occupations.

A table of likeness maps the code of a role to the roles most like it, best first, with a
score of 0-1. It needs no wallet. All functions are pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Likeness

Table = Mapping[str, Sequence[tuple[str, float]]]

# Below, nothing is shared that a reader could name: roles without tasks of their own ("All Other")
# have one or two neighbours of the same kind, and then only noise.
FLOOR = 0.05


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of published related occupations that are found.

    Attributes
    ----------
    roles : int
        Roles that were asked.
    recall_at_10 : float
        Mean over roles, 0-1.
    """

    roles: int
    recall_at_10: float


def similar(table: Table, titles: Mapping[str, str], code: str, limit: int = 10) -> tuple[Likeness, ...]:
    """Roles most like one role.

    Parameters
    ----------
    table : mapping of str to sequence of (str, float)
        Likeness by O*NET-SOC code, best first.
    titles : mapping of str to str
        Titles by code; a role without one is left out.
    code : str
        The O*NET-SOC code asked about.
    limit : int, optional
        How many to return at most.

    Returns
    -------
    tuple of Likeness
        Best first; never the role itself, and none below `FLOOR`, so there may be fewer than
        ``limit``. Empty when the table does not know the role.

    Raises
    ------
    ValueError
        If ``limit`` is negative.

    Examples
    --------
    >>> table = {"29-1141.00": [("29-2061.00", 0.9), ("29-1171.00", 0.8)]}
    >>> titles = {"29-2061.00": "Licensed Practical Nurses", "29-1171.00": "Nurse Practitioners"}
    >>> [found.title for found in similar(table, titles, "29-1141.00", limit=1)]
    ['Licensed Practical Nurses']
    >>> similar(table, titles, "99-9999.00")
    ()
    """
    if limit < 0:
        raise ValueError("limit takes a whole number from 0.")
    found = [
        Likeness(code=other, title=titles[other], score=score)
        for other, score in table.get(code, ())
        if other != code and other in titles and score >= FLOOR
    ]
    return tuple(found[:limit])


def recall_at(found: Sequence[str], related: Iterable[str], k: int = 10) -> float:
    r"""Share of related occupations among the first ``k`` found.

    .. math:: \mathrm{recall@}k = \frac{|\{f_1, \dots, f_k\} \cap R|}{\min(k, |R|)}

    Parameters
    ----------
    found : sequence of str
        Codes, best first.
    related : iterable of str
        Codes published as related, order without meaning.
    k : int, optional
        How many of the found ones count.

    Returns
    -------
    float
        0-1; 0 when nothing is published.

    Examples
    --------
    >>> recall_at(["a", "b", "c"], {"b", "z"}, k=2)
    0.5
    >>> recall_at(["a"], [])
    0.0
    """
    wanted = set(related)
    if not wanted or k < 1:
        return 0.0
    return len(wanted.intersection(found[:k])) / min(k, len(wanted))


def evaluate(table: Table, truth: Iterable[tuple[str, str, int]], primary: int = 10) -> Recall:
    """Recall@10 of the table over published related occupations.

    Parameters
    ----------
    table : mapping of str to sequence of (str, float)
        Likeness by O*NET-SOC code, best first. A role that it lacks counts as 0.
    truth : iterable of (str, str, int)
        Code, related code and index (1 is the closest), as in O*NET's Related Occupations.
    primary : int, optional
        Related codes with a larger index are left out: O*NET's first ten are its primary ones.

    Returns
    -------
    Recall

    References
    ----------
    .. [1] O*NET Resource Center, "Developing Related Occupations for the O*NET Program", 2021.

    Examples
    --------
    >>> table = {"a": [("b", 0.9), ("c", 0.4)], "b": [("c", 0.5)]}
    >>> evaluate(table, [("a", "b", 1), ("a", "x", 2), ("b", "c", 1)])
    Recall(roles=2, recall_at_10=0.75)
    """
    related: dict[str, set[str]] = defaultdict(set)
    for code, other, index in truth:
        if index <= primary:
            related[code].add(other)
    if not related:
        return Recall(0, 0.0)
    shares = [recall_at([other for other, _ in table.get(code, ())], own) for code, own in related.items()]
    return Recall(len(shares), sum(shares) / len(shares))

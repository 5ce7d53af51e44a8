r"""Which counts of people may be told, and in which form.

The universe of what is ever told is one table: for each county its number of people *N*, and for each skill
the part *n* of them who hold it and the part *v* of these for whom somebody else stands by it. Everything
else that is shown of people (places of several counties, ranges, comparisons, other filters) is reckoned
from cells
that were told, and from nothing else. So what has to be shown safe is this table, over time.

A cell is told where every part of it is large: with a threshold *t* of at least ``FEWEST_TOLD`` + 4,

- *N* where :math:`N \ge t`,
- *n* where also :math:`n \ge t` and :math:`N - n \ge t`,
- *v* where also :math:`v \ge t` and :math:`n - v \ge t`;

and then rounded to the nearest `STEP`. The second condition of each line is the complementary suppression: no
difference of two told counts of one county is a count below the threshold. Rounding is for what time tells:
two
counts of different days differ by a multiple of `STEP`, and such a difference never proves that between one
and ten
people came or went. Why that is so, and what it does not cover: docs/methods.md.

Of a group of people (`told_of_group`) a cell is told where all four parts of it are large: who is in the
group
and holds the skill, who is in it and does not, and both of those who are not in the group. So neither a cell
of the group nor what is left of the county's when it is taken away is a count below the threshold. How many
are in two groups at once is never counted.

The threshold is drawn for each cell by a secret (`threshold`, `thresholds`), so that nobody who adds
accounts of their own until a cell appears learns how many were there before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.model import FEWEST_TOLD, MOST_WITHHELD

STEP = 10
"""Counts of people are rounded to multiples of this."""

DRAWN = 10
"""The threshold of a cell lies this many above ``FEWEST_TOLD`` + 4 at most, not counting its end."""

MANY = 2 * FEWEST_TOLD
"""Where rounded people are as many, two parts are not both too small to be told from none."""

_ROUNDED_UP = STEP // 2 - 1
_LEAST = FEWEST_TOLD + _ROUNDED_UP

SURELY = 40
"""Where rounded people of a group, and rounded holders of all, are as many, who holds a skill in the group
being few leaves none of the other parts small."""

SURELY_LEFT = 30
"""The same of the rounded people who are in neither."""

assert MOST_WITHHELD == FEWEST_TOLD + _ROUNDED_UP + DRAWN - 2  # noqa: S101 - two rooms say the same

Count = TypeVar("Count", int, np.ndarray)


def threshold(secret: bytes, county: str) -> int:
    """The least number of people of one county, or of a group in it: between 15 and 24, the same as long as
    the secret is.

    Examples
    --------
    >>> threshold(b"key", "53063") == threshold(b"key", "53063")
    True
    >>> sorted({threshold(b"key", str(n)) for n in range(200)}) == list(range(15, 25))
    True
    """
    return _LEAST + _drawn(secret, county) % DRAWN


def marks(secret: bytes, cells: Iterable[str]) -> NDArray[np.uint64]:
    """What `thresholds` are drawn from, one a cell: reckoned once for all counties.

    Parameters
    ----------
    cells : iterable of str
        Names of the cells of one county, such as the addresses of skills.
    """
    return np.array([_drawn(secret, cell) for cell in cells], dtype=np.uint64)


def thresholds(secret: bytes, county: str, drawn: NDArray[np.uint64]) -> NDArray[np.int16]:
    """The least count of each cell of one county, or of a group in it: like `threshold`.

    A keyed digest of the county and one of the cell are put together by the finalizer of SplitMix64 (Steele,
    Lea and Flood 2014), since a digest for each of a million cells would take ten seconds.

    Parameters
    ----------
    drawn : numpy.ndarray of numpy.uint64
        The cells' `marks`.

    Examples
    --------
    >>> cells = marks(b"key", map(str, range(500)))
    >>> sorted(set(thresholds(b"key", "53063", cells).tolist())) == list(range(15, 25))
    True
    >>> bool((thresholds(b"key", "53063", cells) == thresholds(b"key", "53033", cells)).mean() < 0.2)
    True
    """
    mixed = drawn ^ np.uint64(_drawn(secret, county))
    for shift, times in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(times)
    mixed ^= mixed >> np.uint64(31)
    return (_LEAST + mixed % np.uint64(DRAWN)).astype(np.int16)


def _drawn(secret: bytes, name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8, key=secret[:64]).digest(), "big")


def rounded(count: Count) -> Count:
    """The nearest multiple of ``STEP``, halves up.

    Examples
    --------
    >>> [rounded(n) for n in (15, 24, 25, 20_004)]
    [20, 20, 30, 20000]
    """
    return (count + STEP // 2) // STEP * STEP


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """What may be told of the people of one county; counts are rounded, NaN where withheld.

    Attributes
    ----------
    wallets : int or None
        People who were counted; ``None`` where they are too few to tell anything.
    holders : numpy.ndarray, shape (skills,)
        Those who hold each skill.
    proven : numpy.ndarray, shape (skills,)
        Those of them for whom somebody else stands by it.
    few : numpy.ndarray of bool, shape (skills,)
        Where holders are withheld because they are few: fewer than `MOST_WITHHELD` + 1, and fewer than the
        others. Never where all people could be one small part beside another (fewer than ``MANY``): that
        they are few would tell there that some others are.
    """

    wallets: int | None
    holders: np.ndarray
    proven: np.ndarray
    few: np.ndarray


def told(wallets: int, holders: np.ndarray, proven: np.ndarray, of_all: int, least: np.ndarray) -> Cells:
    """What may be told of one county.

    Parameters
    ----------
    wallets : int
        Exact number of people.
    holders, proven : numpy.ndarray of int, shape (skills,)
        Exact counts, ``proven <= holders <= wallets``.
    of_all : int
        Threshold of the county.
    least : numpy.ndarray of int, shape (skills,)
        Thresholds of its cells.

    Raises
    ------
    ValueError
        If the counts are no parts of each other.

    Examples
    --------
    >>> cells = told(412, np.array([96, 10, 405]), np.array([40, 0, 40]), 15, np.array([15, 15, 15]))
    >>> cells.wallets, cells.holders.tolist(), cells.proven.tolist(), cells.few.tolist()
    (410, [100.0, nan, nan], [40.0, nan, nan], [False, True, False])
    """
    if (proven < 0).any() or (proven > holders).any() or (holders > wallets).any():
        raise ValueError("Proven are part of holders, and holders of wallets.")
    if wallets < of_all:
        nothing = np.full(len(holders), np.nan)
        return Cells(None, nothing, nothing.copy(), np.zeros(len(holders), dtype=bool))
    whole = (holders >= least) & (wallets - holders >= least)
    few = (holders < least) & (2 * holders < wallets) & (rounded(wallets) >= MANY)
    part = whole & (proven >= least) & (holders - proven >= least)
    return Cells(
        rounded(wallets),
        np.where(whole, rounded(holders), np.nan),
        np.where(part, rounded(proven), np.nan),
        few,
    )


def told_of_group(
    every: tuple[int, np.ndarray, np.ndarray],
    group: tuple[int, np.ndarray, np.ndarray],
    cells: Cells,
    of_all: int,
    least: np.ndarray,
) -> Cells:
    """What may be told of the people of one county who said that they belong to a group.

    Parameters
    ----------
    every, group : tuple of (int, numpy.ndarray, numpy.ndarray)
        Exact people, holders and proven holders of the county, and those of them in the group.
    cells : Cells
        What is told of all people of the county.
    of_all : int
        Threshold of the group.
    least : numpy.ndarray of int, shape (skills,)
        Thresholds of its cells.

    Returns
    -------
    Cells
        ``few`` where nothing is learned by it that the county's own cells do not tell, or where from what is
        told no other part can be small.

    Raises
    ------
    ValueError
        If the group is no part of all.

    Examples
    --------
    >>> every = 400, np.array([100, 90, 60]), np.array([0, 0, 0])
    >>> group = 80, np.array([40, 9, 50]), np.array([0, 0, 0])
    >>> least = np.array([15, 15, 15])
    >>> cells = told_of_group(every, group, told(*every, 15, least), 15, least)
    >>> cells.wallets, cells.holders.tolist(), cells.few.tolist()
    (80, [40.0, nan, nan], [False, True, False])
    """
    (people, held, stood_by), (wallets, holders, proven) = every, group
    if wallets > people or (holders > held).any() or (proven > stood_by).any() or (holders > wallets).any():
        raise ValueError("A group is part of all people.")
    if cells.wallets is None or min(wallets, people - wallets) < of_all:
        nothing = np.full(len(holders), np.nan)
        return Cells(None, nothing, nothing.copy(), np.zeros(len(holders), dtype=bool))
    whole = ~np.isnan(cells.holders)
    for part in (holders, wallets - holders, held - holders, (people - wallets) - (held - holders)):
        whole &= part >= least
    stands = whole & ~np.isnan(cells.proven)
    for part in (proven, holders - proven, stood_by - proven, (held - stood_by) - (holders - proven)):
        stands &= part >= least
    # From told numbers alone: with so many, the other three parts are large wherever this one is small.
    surely = (
        (rounded(wallets) >= SURELY)
        & (np.nan_to_num(cells.holders) >= SURELY)
        & (cells.wallets - rounded(wallets) - np.nan_to_num(cells.holders) >= SURELY_LEFT)
    )
    return Cells(
        rounded(wallets),
        np.where(whole, rounded(holders), np.nan),
        np.where(stands, rounded(proven), np.nan),
        cells.few | ((holders < least) & surely),
    )

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

The threshold is drawn for each cell by a secret (`threshold`), so that nobody who adds accounts of
their own until a cell appears learns how many were there before.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from graph.model import FEWEST_TOLD, MOST_WITHHELD

STEP = 10
"""Counts of people are rounded to multiples of this."""

DRAWN = 10
"""The threshold of a cell lies this many above ``FEWEST_TOLD`` + 4 at most, not counting its end."""

MANY = 2 * FEWEST_TOLD
"""Where rounded people are as many, two parts are not both too small to be told from none."""

_ROUNDED_UP = STEP // 2 - 1

assert MOST_WITHHELD == FEWEST_TOLD + _ROUNDED_UP + DRAWN - 2  # noqa: S101 - two rooms say the same

Count = TypeVar("Count", int, np.ndarray)


def threshold(secret: bytes, county: str, skill: str = "") -> int:
    """The least count of one cell: between 15 and 24, the same as long as the secret is.

    Examples
    --------
    >>> threshold(b"key", "53063", "esco:x") == threshold(b"key", "53063", "esco:x")
    True
    >>> sorted({threshold(b"key", "53063", str(n)) for n in range(200)}) == list(range(15, 25))
    True
    """
    digest = hashlib.blake2b(f"{county}|{skill}".encode(), digest_size=8, key=secret[:64]).digest()
    return FEWEST_TOLD + _ROUNDED_UP + int.from_bytes(digest, "big") % DRAWN


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

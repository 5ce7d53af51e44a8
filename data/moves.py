"""Where people who leave an occupation go: a gravity model with few coefficients.

Of those who leave occupation *i* for another one, the share that goes to *j* is

.. math:: p_{ij} = \\frac{\\exp s_{ij}}{\\sum_{k \\ne i} \\exp s_{ik}},
   \\quad s_{ij} = \\sum_f b_f x_{fij} + a_{ij}

with features x of both occupations (how alike they are, how large *j* is, how pay differs) and what
draws people out of *i* into *j* beyond these, a: one number for *j*'s SOC minor group, one for *j* itself,
and one where the way from *i*'s minor group to *j*'s is taken much more, or less, often than all else tells.
Coefficients and their standard errors stand in ``data/starter/moves_model.csv``; ``tools/fit_moves.py``
learns them from a table of moves, of which nothing else is kept, and ``docs/guidance.md`` says what each
adds.

References
----------
.. [1] del Rio-Chanona, R. M., Mealy, P., Beguerisse-Díaz, M., Lafond, F., Farmer, J. D. (2021).
   Occupational mobility and automation: a data-driven network model. Journal of the Royal Society
   Interface 18 (174). Its shares of moves, from the Current Population Survey, are what is learned from.
.. [2] Zipf, G. K. (1946). The P1 P2/D hypothesis: on the intercity movement of persons. American
   Sociological Review 11 (6). The gravity model.
.. [3] McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In: Zarembka, P.
   (ed.), Frontiers in Econometrics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.errors import InputFault
from data.inputs import STARTER
from data.sources.tables import read_table

COEFFICIENTS = STARTER / "moves_model.csv"
INTO = "into "
LOW, HIGH = "(low)", "(high)"
MAJOR, MINOR = 2, 4
"""Characters of a code that name its SOC major group and its minor group, such as 29 and 29-1."""
KEPT = 60
TYPICAL_SIZE = 13.0
"""Natural logarithm of the jobs of an occupation of ordinary size, 442,000."""
TYPICAL_PAY = 10.9
"""Natural logarithm of ordinary pay, 54,200 US dollars a year."""
LEAST_JOBS = 500.0
"""Taken for an occupation whose employment is not published: those that are suppressed are small."""

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Occupations:
    """Occupations as the survey tells them apart, n of them, and what is known of each.

    Attributes
    ----------
    codes : tuple of str
        As tables of moves write them, such as 53-3030.
    counted_as : tuple of str
        The occupation that the survey counts it as; several codes may share one.
    jobs : array of shape (n,)
        Employment in the nation; NaN where none is published.
    pay, spread : array of shape (n,)
        Natural logarithm of the median annual wage in US dollars, and how far the 90th percentile lies
        above the 10th on that scale; NaN where not published.
    catch_all : array of bool, shape (n,)
        A remainder ("All Other"), where what is hard to place is counted too.
    tasks, titles, alike, covered : array of shape (n, n)
        How alike the tasks of two are, their everyday titles, and the roles in them; and what those in
        the one (row) cover of what the other (column) requires, 0-1. NaN where not known.
    areas : array of shape (n, n)
        Whether the states where the one has many jobs are those where the other has. NaN where not known.
    """

    codes: tuple[str, ...]
    counted_as: tuple[str, ...]
    jobs: Table
    pay: Table
    spread: Table
    catch_all: NDArray[np.bool_]
    tasks: Table
    titles: Table
    alike: Table
    covered: Table
    areas: Table


def features(known: Occupations) -> dict[str, Table]:
    """Every feature by its name, shape (n, n): of those who leave a row for a column.

    Likenesses are in standard deviations from what is usual for the two.
    """
    size = np.log(np.where(np.isnan(known.jobs), LEAST_JOBS, np.maximum(known.jobs, LEAST_JOBS)))
    pay, spread = (np.where(np.isnan(each), np.nanmedian(each), each) for each in (known.pay, known.spread))
    rise = pay[None, :] - pay[:, None]
    earned = (pay - TYPICAL_PAY)[:, None]
    tasks, shape = _standard(known.tasks), known.tasks.shape
    major, minor = (np.array([code[:length] for code in known.codes]) for length in (MAJOR, MINOR))
    counted = np.array(known.counted_as)
    return {
        "tasks": tasks,
        "tasks, close": np.maximum(tasks, 0) ** 2,
        "titles": _standard(known.titles),
        "alike": np.nan_to_num(known.alike),
        "coverage": _standard(known.covered),
        "areas": _standard(known.areas),
        "same major group": (major[:, None] == major[None, :]).astype(float),
        "same minor group": (minor[:, None] == minor[None, :]).astype(float),
        "counted as one": (counted[:, None] == counted[None, :]).astype(float) - np.eye(len(counted)),
        "size": np.broadcast_to(size - TYPICAL_SIZE, shape),
        "pay up": np.maximum(rise, 0),
        "pay down": np.maximum(-rise, 0),
        "pay apart": rise**2,
        "catch-all": np.broadcast_to(known.catch_all.astype(float), shape),
        "spread of pay": np.broadcast_to(spread, shape),
        "tasks, by pay left": tasks * earned,
        "size, by pay left": earned * (size - TYPICAL_SIZE),
        "pay, by pay left": earned * (pay - TYPICAL_PAY),
    }


def pulls(origins: Sequence[str], destinations: Sequence[str], of: Mapping[str, float]) -> Table:
    """What draws people out of each origin into each destination beyond the features.

    The destination's minor group does, the destination itself, and a way between two minor groups.

    Examples
    --------
    >>> pulls(["29-1140"], ["11-9110", "29-2010"], {"into 11-9": 1.0, "29-1 into 11-9": 0.25})
    array([[1.25, 0.  ]])
    """
    into = [of.get(INTO + code[:MINOR], 0.0) + of.get(INTO + code, 0.0) for code in destinations]
    ends = [code[:MINOR] for code in destinations]
    rows = {
        one: [of.get(way(one, other), 0.0) for other in ends] for one in {code[:MINOR] for code in origins}
    }
    ways = [rows[code[:MINOR]] for code in origins]
    return np.array(ways).reshape(len(origins), len(destinations)) + np.array(into)


def way(one: str, other: str) -> str:
    """The name of the way from a minor group into another."""
    return f"{one} {INTO}{other}"


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned.

    Attributes
    ----------
    of : mapping of str to float
        Coefficient by feature, by ``into`` and the code of a minor group or an occupation, and by two minor
        groups with ``into`` between them.
    low, high : float
        Of modelled shares of occupations that the model had not seen, 8 in 10 of those observed
        were between ``low`` and ``high`` times as much.
    """

    of: Mapping[str, float]
    low: float
    high: float

    def scores(self, known: Occupations) -> Table:
        """The sum in the exponent, shape (n, n); minus infinity where somebody stays."""
        total = np.zeros(known.tasks.shape)
        for name, feature in features(known).items():
            total += self.of.get(name, 0.0) * feature
        total += pulls(known.codes, known.codes, self.of)
        np.fill_diagonal(total, -np.inf)
        return total

    def moves(self, known: Occupations, kept: int = KEPT) -> pd.DataFrame:
        """The likeliest moves out of each occupation: from_code, to_code, share, low, high, rank.

        What the survey counts as one occupation comes first and has no share: who goes from the one to
        the other is not seen to move.
        """
        total = self.scores(known)
        counted = np.array(known.counted_as)
        unseen = (counted[:, None] == counted[None, :]) & np.isfinite(total)
        seen = np.where(unseen, -np.inf, total)
        share = np.exp(seen - seen.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        # Rounded, so that the order does not hang on what differs between machines.
        order = np.argsort(-np.round(np.where(unseen, total + 1e3, total), 6), axis=1, kind="stable")
        order = order[:, : min(kept, len(known.codes) - 1)]
        names = np.array(known.codes)
        rows, columns = np.repeat(np.arange(len(names)), order.shape[1]), order.ravel()
        shares = np.where(unseen, np.nan, share)[rows, columns]
        return pd.DataFrame(
            {
                "from_code": names[rows],
                "to_code": names[columns],
                "share": shares,
                "low": shares * self.low,
                "high": np.minimum(shares * self.high, 1.0),
                "rank": np.tile(np.arange(1, order.shape[1] + 1), len(names)),
            }
        )


def read_model(path: Path = COEFFICIENTS) -> Model:
    """The coefficients.

    Raises
    ------
    InputFault
        If the file does not hold them.
    """
    rows = read_table(path, ("feature", "coefficient", "standard_error"))
    numbers = pd.to_numeric(rows.coefficient, errors="coerce").astype(float)
    of = dict(zip(rows.feature, numbers, strict=True))
    if numbers.isna().any() or not {LOW, HIGH, "size"} <= of.keys():
        raise InputFault(path, "has no whole set of coefficients")
    return Model(of, of.pop(LOW), of.pop(HIGH))


def _standard(likeness: Table) -> Table:
    """Z-scores along rows and columns, averaged; 0 where not known and for an occupation with itself."""
    apart = likeness.astype(float)
    np.fill_diagonal(apart, np.nan)
    both = [_z(apart, axis) for axis in (0, 1)]
    return np.nan_to_num(sum(both) / 2)


def _z(table: Table, axis: int) -> Table:
    known = ~np.isnan(table)
    count = np.maximum(known.sum(axis=axis, keepdims=True), 1)
    mean = np.where(known, table, 0).sum(axis=axis, keepdims=True) / count
    variance = np.where(known, (table - mean) ** 2, 0).sum(axis=axis, keepdims=True) / count
    return (table - mean) / (np.sqrt(variance) + 1e-3)

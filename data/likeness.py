"""Likenesses between roles: each ranked, weighed by what was learned, and added up.

A likeness counts by its rank, since of two roles it matters which is nearer and not by how much:

.. math:: s_{ij} = \\sum_f w_f \\ln \\frac{n_{fi}}{r_{fij}}

where r is the rank of role j among the n roles that likeness f can compare with role i, 1 for the
closest: who doubles a rank loses the same everywhere. The sum is not symmetric, as the published lists
are not. Weights and their standard errors stand in ``data/starter/likeness_weights.csv``;
``tools/fit_likeness.py`` learns them, and ``docs/guidance.md`` says what each adds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import rankdata

from data.errors import InputFault
from data.inputs import STARTER
from data.sources.tables import read_table

WEIGHTS = STARTER / "likeness_weights.csv"
MIDPOINT, SPREAD = "(midpoint)", "(spread)"
KEPT = 40
SAME = 6
"""Decimals to which two likenesses are the same: what is beyond differs between machines."""

Likeness = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness counts for, and where the sum stands between 0 and 1.

    Attributes
    ----------
    of : mapping of str to float
        Weight by likeness.
    midpoint, spread : float
        Half of the pairs whose sum is the midpoint are published as related; at one spread above
        it 73 in 100 are.
    """

    of: Mapping[str, float]
    midpoint: float
    spread: float

    def score(self, total: Likeness) -> Likeness:
        """Sums as scores 0-1."""
        return 1 / (1 + np.exp(-(total - self.midpoint) / self.spread))


def read_weights(table: str, path: Path = WEIGHTS) -> Weights:
    """The weights of one table, ``starter`` or ``official``.

    Raises
    ------
    InputFault
        If the file does not hold them.
    """
    rows = read_table(path, ("table", "likeness", "weight", "standard_error"))
    rows = rows[rows.table == table]
    numbers = pd.to_numeric(rows.weight, errors="coerce")
    of = dict(zip(rows.likeness, numbers.astype(float), strict=True))
    if numbers.isna().any() or not {MIDPOINT, SPREAD} < of.keys():
        raise InputFault(path, f"has no whole set of weights for {table}")
    midpoint, spread = of.pop(MIDPOINT), of.pop(SPREAD)
    return Weights(of, midpoint, spread)


def log_ranks(likeness: Likeness) -> Likeness:
    """How far in front each role stands in a row: ln(n / rank), 0 for the last of n.

    Parameters
    ----------
    likeness : array of shape (roles, roles)
        Larger is more alike; NaN where two cannot be compared. A role with itself does not count.

    Returns
    -------
    array of shape (roles, roles)
        NaN where two cannot be compared, and for a role with itself. Equals share their mean rank.

    Examples
    --------
    >>> log_ranks(np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]])).round(2).tolist()
    [[nan, 0.69, 0.0], [0.69, nan, 0.0], [0.0, 0.69, nan]]
    """
    apart = np.round(likeness.astype(float), SAME)
    np.fill_diagonal(apart, np.nan)
    known = ~np.isnan(apart)
    ranks = rankdata(np.where(known, -apart, np.inf), axis=1)
    counted = np.maximum(known.sum(axis=1, keepdims=True), 1)
    return np.where(known, np.log(counted) - np.log(ranks), np.nan)


def listed_ranks(table: pd.DataFrame, codes: Sequence[str], beyond: int) -> Likeness:
    """The same of a table that lists only the closest: what it does not list shares one rank.

    Parameters
    ----------
    table : DataFrame
        role_code, other_code, rank.
    beyond : int
        The rank of all that are not listed.
    """
    place = {code: at for at, code in enumerate(codes)}
    listed = table[table.role_code.isin(place) & table.other_code.isin(place)]
    ranks = np.full((len(codes), len(codes)), float(beyond))
    rows, columns = ([place[code] for code in listed[side]] for side in ("role_code", "other_code"))
    ranks[rows, columns] = listed["rank"]
    result = np.log(max(len(codes) - 1, beyond)) - np.log(ranks)
    # A role that the table does not know is neither like nor unlike the others.
    strange = ~np.isin(np.asarray(codes), table.role_code.unique())
    result[strange] = result[:, strange] = np.nan
    np.fill_diagonal(result, np.nan)
    return result


def blended(ranked: Mapping[str, Likeness], plain: Mapping[str, Likeness], weights: Weights) -> Likeness:
    """The weighted sum.

    Parameters
    ----------
    ranked : mapping of str to array
        Log ranks. Where one is NaN, the others speak for it by their weights.
    plain : mapping of str to array
        What counts as it is: the same group of the classification, the distance of job zones.
    """
    shape = next(iter(ranked.values())).shape
    total, speaking = np.zeros(shape), np.zeros(shape)
    for name, each in ranked.items():
        known = ~np.isnan(each)
        total += weights.of[name] * np.where(known, each, 0)
        speaking += weights.of[name] * known
    whole = sum(weights.of[name] for name in ranked)
    total *= whole / np.where(speaking > 0, speaking, np.inf)
    for name, each in plain.items():
        total += weights.of[name] * each
    return total


def best(total: Likeness, codes: Sequence[str], weights: Weights, kept: int = KEPT) -> pd.DataFrame:
    """The roles most like each role: role_code, other_code, score (0-1), rank (1 is the closest)."""
    apart = total.copy()
    np.fill_diagonal(apart, -np.inf)
    order = np.argsort(-apart, axis=1, kind="stable")[:, : min(kept, len(codes) - 1)]
    names = np.asarray(codes)
    rows, columns = np.repeat(np.arange(len(codes)), order.shape[1]), order.ravel()
    return pd.DataFrame(
        {
            "role_code": names[rows],
            "other_code": names[columns],
            "score": weights.score(total[rows, columns]),
            "rank": np.tile(np.arange(1, order.shape[1] + 1), len(codes)),
        }
    )


def same_group(codes: Sequence[str], digits: int) -> Likeness:
    """1 where two codes begin alike: 4 characters are the minor group, 6 the broad occupation of the SOC.

    Examples
    --------
    >>> same_group(["29-1141.00", "29-1171.00", "53-3032.00"], 4)[0].tolist()
    [1.0, 1.0, 0.0]
    """
    group = np.array([code[:digits] for code in codes])
    return (group[:, None] == group[None, :]).astype(float)


def centred_cosine(vectors: Likeness) -> Likeness:
    """Cosine after the mean of all roles is taken away, so that what every job shares says nothing.

    A row of NaN cannot be compared.
    """
    known = ~np.isnan(vectors).any(axis=1)
    return _cosine(vectors - vectors[known].mean(axis=0) if known.any() else vectors)


def correlation(profiles: Likeness) -> Likeness:
    """Correlation of rated profiles, shape (roles, elements); a row of NaN cannot be compared.

    Examples
    --------
    >>> correlation(np.array([[1.0, 2, 3], [2, 4, 6], [3, 2, 1]]))[0].round(2).tolist()
    [1.0, 1.0, -1.0]
    """
    return _cosine(profiles - profiles.mean(axis=1, keepdims=True))


def shared_pieces(texts: Iterable[Iterable[str]]) -> Likeness:
    """Cosine of tf-idf weights of the pieces that texts are made of; those of one text alone do not count.

    Weights are 1 + ln(count), times 1 + ln((1 + texts) / (1 + texts with the piece)).
    """
    columns: dict[str, int] = {}
    rows, places, counts = [], [], []
    count = 0
    for text in texts:
        for piece, times in Counter(text).items():
            rows.append(count)
            places.append(columns.setdefault(piece, len(columns)))
            counts.append(times)
        count += 1
    table = sparse.csr_array((1 + np.log(counts), (rows, places)), shape=(count, len(columns)))
    having = np.bincount(places, minlength=len(columns))
    rarity = np.where(having > 1, 1 + np.log((1 + count) / (1 + having)), 0)
    table = table @ sparse.diags_array(rarity)
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    shared = np.asarray((table @ table.T).todense())
    length[length == 0] = np.nan
    return shared / length[:, None] / length[None, :]


def letters(titles: Iterable[str], sizes: Sequence[int] = (3, 4, 5)) -> list[str]:
    """Runs of letters in the words of titles, a space before and after each word.

    Examples
    --------
    >>> letters(["Cook"], sizes=(4,))
    [' coo', 'cook', 'ook ']
    """
    found = []
    for title in titles:
        for word in title.lower().split():
            spaced = f" {word} "
            for size in sizes:
                found += [spaced[at : at + size] for at in range(max(len(spaced) - size + 1, 1))]
    return found


def _cosine(vectors: Likeness) -> Likeness:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    turned = vectors / np.where(length > 0, length, np.nan)
    return turned @ turned.T

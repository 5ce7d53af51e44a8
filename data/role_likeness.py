"""How alike roles are by a full O*NET release: what they are called, do and know.

The likeness of the starter data, which comes from tasks and reviewed requirements, is one of the
parts. No published relatedness is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from data.distil import Words
from data.likeness import (
    Likeness,
    Weights,
    best,
    blended,
    centred_cosine,
    correlation,
    letters,
    listed_ranks,
    log_ranks,
    shared_pieces,
)
from data.sources.onet_likeness import Described

UNLISTED = 60
"""The rank of all that the starter table does not list: it lists 40."""
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Rated:
    """Tables of a release: what is rated of roles.

    Attributes
    ----------
    knowledge : DataFrame
        role_code, skill_id, importance (0-1); what O*NET leaves out counts as not important.
    zone : DataFrame
        role_code, job_zone (1-5).
    """

    knowledge: pd.DataFrame
    zone: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Whether nothing is rated."""
        return self.knowledge.empty and self.zone.empty


def read_rated(connection: duckdb.DuckDBPyConnection) -> Rated:
    """What the tables of a database in the making hold."""
    return Rated(
        connection.execute(
            "SELECT role_code, skill_id, importance FROM requirement WHERE facet = 'knowledge'"
        ).df(),
        connection.execute("SELECT role_code, job_zone FROM role_job_zone").df(),
    )


def similarity(
    roles: pd.DataFrame,
    described: Described,
    rated: Rated,
    starter: pd.DataFrame,
    words: Words | None,
    weights: Weights,
) -> pd.DataFrame:
    """The roles most like each role: role_code, other_code, score (0-1), rank (1 is the closest).

    Roles without tasks are not described, and keep what the starter table says of them.

    Parameters
    ----------
    roles : DataFrame
        code, title, task_count.
    starter : DataFrame
        The starter table: role_code, other_code, score, rank.
    words : Words or None
        Without words no meaning is compared.
    """
    own = roles[roles.task_count > 0].sort_values("code")
    if len(own) < 2:
        return starter
    codes = own.code.tolist()
    parts = ranked(codes, dict(zip(own.code, own.title, strict=True)), described, rated, starter, words)
    # All parts at once may be missing of a pair: such a pair stands behind.
    total = blended(parts, {"job zone": zone_distance(codes, rated.zone)}, weights)
    computed = best(total, codes, weights)
    return pd.concat([computed, starter[~starter.role_code.isin(codes)]], ignore_index=True)


def ranked(
    codes: Sequence[str],
    titles: Mapping[str, str],
    described: Described,
    rated: Rated,
    starter: pd.DataFrame,
    words: Words | None,
) -> dict[str, Likeness]:
    """Every ranked likeness by its name, in the order of the codes; NaN where two cannot be compared."""
    called = [(titles[code], *described.titles.get(code, ())) for code in codes]
    plain = [[_IN_BRACKETS.sub("", title) for title in own] for own in called]
    done = [described.activities.get(code, ()) for code in codes]
    shared = Counter(each for own in done for each in set(own))
    parts = {
        "starter": listed_ranks(starter, codes, UNLISTED),
        "titles' letters": log_ranks(shared_pieces(letters(own) for own in called)),
        "knowledge": log_ranks(correlation(_profiles(rated.knowledge, codes))),
    }
    if words is not None:
        weighed = [
            {
                each: np.log1p(times) * np.log(len(codes) / shared[each])
                for each, times in Counter(own).items()
            }
            for own in done
        ]
        parts["titles' meaning"] = log_ranks(
            centred_cosine(_mean_meanings([dict.fromkeys(own, 1.0) for own in plain], words))
        )
        parts["activities' meaning"] = log_ranks(centred_cosine(_mean_meanings(weighed, words)))
    return parts


def zone_distance(codes: Sequence[str], zone: pd.DataFrame) -> Likeness:
    """Job zones between two roles, as a loss; where one has none, what is usual."""
    zones = pd.Series(zone.job_zone.to_numpy(dtype=float), index=zone.role_code).reindex(codes).to_numpy()
    apart = -np.abs(zones[:, None] - zones[None, :])
    usual = np.nanmean(apart) if np.isfinite(apart).any() else 0.0
    return np.where(np.isnan(apart), usual, apart)


def _profiles(rated: pd.DataFrame, codes: Sequence[str]) -> Likeness:
    if rated.empty:
        return np.full((len(codes), 1), np.nan)
    table = rated.pivot(index="role_code", columns="skill_id", values="importance")
    known = np.isin(np.asarray(codes), table.index)
    filled = table.reindex(codes).astype(float).fillna(0.0).to_numpy(copy=True)
    filled[~known] = np.nan
    return filled


def _mean_meanings(weighed: Sequence[Mapping[str, float]], words: Words) -> Likeness:
    """Mean meaning of weighed texts of each role, length 1; NaN for a role without any."""
    distinct = {text: at for at, text in enumerate(sorted(set().union(*weighed)))}
    vectors = words.embed(list(distinct)).astype(float)
    means = np.full((len(weighed), vectors.shape[1]), np.nan)
    for row, own in enumerate(weighed):
        if own:
            mean = np.fromiter(own.values(), float) @ vectors[[distinct[text] for text in own]]
            length = np.linalg.norm(mean)
            means[row] = mean / length if length else np.nan
    return means

"""The occupations that the survey of moves tells apart: which roles are in each, and what is known of them.

The Current Population Survey codes occupations more coarsely than O*NET, by the Census occupation codes of
2010. ``data/starter/survey_occupations.csv`` says which roles each of its codes holds (by what their SOC
codes begin with; the longest beginning counts), and which codes the survey counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from data import skill_index
from data.inputs import STARTER
from data.likeness import centred_cosine, shared_pieces
from data.moves import Occupations, Table
from data.sources.onet_tasks import read_json, task_id
from data.sources.tables import read_table

CROSSWALK = STARTER / "survey_occupations.csv"
NATION = "0000000"
UNLISTED = 61
"""The rank of a role that is not among the most alike: the table lists 40."""
PAY_POINTS = ("annual_p10", "annual_p50", "annual_p90")
REMAINDER = ", All Other"
DOUBT = 10
"""A correlation over so many states counts half."""
_WORD = re.compile(r"[a-záéíóúñ]{3,}")
_SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "or", "to", "de", "except", "all", "other"})


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Which roles the survey's occupations hold.

    Attributes
    ----------
    codes, counted_as : tuple of str
    members : DataFrame
        code, role_code, weight: the role's part of the occupation's jobs, as far as OEWS tells; roles that
        OEWS counts as one have equal parts.
    """

    codes: tuple[str, ...]
    counted_as: tuple[str, ...]
    members: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """The table ``survey_occupation``."""
        table = self.members[["code", "role_code", "weight"]].rename(columns={"weight": "part"})
        return table.sort_values(["code", "role_code"])


def crosswalk(roles: pd.DataFrame, path: Path = CROSSWALK) -> Crosswalk:
    """Place roles in the survey's occupations; those without any (the armed forces) are in none.

    Parameters
    ----------
    roles : DataFrame
        code, jobs: the role's employment in the nation, NaN where not published.
    """
    table = read_table(path, ("code", "soc_2018", "counted_as"))
    beginning: dict[str, list[str]] = {}
    for code, starts in zip(table.code, table.soc_2018, strict=True):
        for start in starts.split():
            beginning.setdefault(start, []).append(code)
    placed = []
    for role, jobs in zip(roles.code, roles.jobs, strict=True):
        lengths = range(len(role), 0, -1)
        own = next((beginning[role[:length]] for length in lengths if role[:length] in beginning), [])
        placed += [(code, role, jobs / len(own)) for code in own]
    members = pd.DataFrame(placed, columns=["code", "role_code", "jobs"])
    usual = members.jobs.fillna(members.groupby("code").jobs.transform("mean")).fillna(1.0)
    members["weight"] = usual / usual.groupby(members.code).transform("sum")
    held = set(members.code)
    codes = [code for code in table.code if code in held]
    together = dict(zip(table.code, table.counted_as, strict=True))
    return Crosswalk(tuple(codes), tuple(together[code] or code for code in codes), members)


def read(
    connection: duckdb.DuckDBPyConnection, tasks: Path, embeddings: Path
) -> tuple[Crosswalk, Occupations]:
    """Everything the model of moves asks, from a database in the making.

    Parameters
    ----------
    tasks, embeddings : Path
        The packaged tasks and their flat index. A task of another release is known by its text.
    """
    roles = connection.execute(
        "SELECT role.code, role.title, role.oews_code, employment AS together, "  # noqa: S608 - our own words
        f"{', '.join(PAY_POINTS)} FROM role LEFT JOIN oews ON area_code = '{NATION}'"
        " AND occupation_code = oews_code ORDER BY role.code"
    ).df()
    roles["jobs"] = roles.together / roles.groupby("oews_code").code.transform("size")
    placed = crosswalk(roles)
    members = placed.members
    of_role = {code: at for at, code in enumerate(roles.code)}
    of_code = {code: at for at, code in enumerate(placed.codes)}
    rows, columns = members.code.map(of_code), members.role_code.map(of_role)
    share = np.zeros((len(placed.codes), len(roles)))
    share[rows, columns] = members.weight
    # Larger roles speak louder for an occupation, but not in proportion: one may be most of it.
    voice = _shares(np.sqrt(share))
    figures = roles[list(PAY_POINTS)].to_numpy(dtype=float)
    p10, p50, p90 = (_mean(share, np.log(figures[:, at])) for at in range(len(PAY_POINTS)))
    covered, known = _coverage(connection, list(roles.code), voice)
    return placed, Occupations(
        codes=placed.codes,
        counted_as=placed.counted_as,
        jobs=members.groupby("code").jobs.sum(min_count=1).reindex(placed.codes).to_numpy(dtype=float),
        pay=p50,
        spread=p90 - p10,
        catch_all=np.array(
            [
                any(title.endswith(REMAINDER) for title in roles.title[share[at] > 0])
                for at in range(len(placed.codes))
            ]
        ),
        tasks=_tasks(connection, of_role, voice, tasks, embeddings),
        titles=_titles(connection, members, roles, placed.codes),
        alike=_alike(connection, of_role, voice),
        covered=np.where(known[:, None] & known[None, :], covered, np.nan),
        areas=_areas(connection, placed),
    )


def _shares(table: Table) -> Table:
    whole = table.sum(axis=1, keepdims=True)
    return table / np.where(whole > 0, whole, 1)


def _mean(share: Table, values: Table) -> Table:
    """Mean over the roles that have a value; NaN where none has."""
    known = np.isfinite(values)
    whole = share @ known
    return np.divide(
        share @ np.where(known, values, 0), whole, out=np.full(len(share), np.nan), where=whole > 0
    )


def _tasks(
    connection: duckdb.DuckDBPyConnection,
    of_role: Mapping[str, int],
    voice: Table,
    tasks: Path,
    embeddings: Path,
) -> Table:
    """Cosine of the mean meaning of tasks, what all share taken away."""
    packaged = read_json(tasks, ("name", "description", "taxonomy"))
    vectors = skill_index.read_embeddings(embeddings, len(packaged))
    own = (packaged.taxonomy == "onet_task").to_numpy()
    vectors, packaged = vectors[own], packaged[own]
    # The packaged meaning of a task knows its role's title: the role's own first, else the same words.
    by_title = {text: at for at, text in enumerate(packaged.description.tolist())}
    by_text = {task_id(text): at for at, text in enumerate(packaged.name.tolist())}
    stated = connection.execute(
        "SELECT task.id, task.role_code, role.title || ' | ' || task.text AS described"
        " FROM task JOIN role ON role.code = task.role_code ORDER BY task.role_code, position"
    ).df()
    at = [
        by_title.get(described, by_text.get(key, -1))
        for key, described in zip(stated.id.tolist(), stated.described.tolist(), strict=True)
    ]
    stated = stated.assign(at=at)[lambda table: table["at"] >= 0]
    means = np.zeros((len(of_role), vectors.shape[1]))
    np.add.at(means, stated.role_code.map(of_role).to_numpy(int), vectors[stated["at"].to_numpy(int)])
    length = np.linalg.norm(means, axis=1, keepdims=True)
    told = _shares(voice * (length > 0).T)
    meant = told @ (means / np.where(length > 0, length, 1))
    meant[told.sum(axis=1) == 0] = np.nan
    return centred_cosine(meant)


def _titles(
    connection: duckdb.DuckDBPyConnection,
    members: pd.DataFrame,
    roles: pd.DataFrame,
    codes: Sequence[str],
) -> Table:
    """Cosine of the words of published and everyday titles, rare ones counting more."""
    everyday = connection.execute(
        "SELECT role_code, title FROM role_title WHERE language = 'en' ORDER BY role_code, title"
    ).df()
    told = pd.concat(
        [roles[["code", "title"]].rename(columns={"code": "role_code"}), everyday], ignore_index=True
    )
    words: dict[str, list[str]] = {code: [] for code in codes}
    named = members.merge(told, on="role_code")
    for code, title in zip(named.code.tolist(), named.title.tolist(), strict=True):
        words[code] += [word for word in _WORD.findall(title.lower()) if word not in _SMALL_WORDS]
    return shared_pieces(words[code] for code in codes)


def _alike(connection: duckdb.DuckDBPyConnection, of_role: Mapping[str, int], voice: Table) -> Table:
    """How far in front the roles of the one stand among those most like the roles of the other."""
    table = connection.execute("SELECT role_code, other_code, rank FROM role_similarity").df()
    near = np.zeros((len(of_role), len(of_role)))
    near[table.role_code.map(of_role), table.other_code.map(of_role)] = np.log(UNLISTED / table["rank"])
    return voice @ np.maximum(near, near.T) @ voice.T


def _coverage(
    connection: duckdb.DuckDBPyConnection, codes: Sequence[str], voice: Table
) -> tuple[Table, NDArray[np.bool_]]:
    """What those in one occupation cover of what another requires, and which have requirements at all."""
    required = connection.execute(
        "SELECT role_code, skill_id, importance FROM requirement WHERE facet = 'occupational'"
        " ORDER BY role_code, skill_id"
    ).df()
    skills = {skill: at for at, skill in enumerate(sorted(required.skill_id.unique()))}
    of_role = {code: at for at, code in enumerate(codes)}
    rows, columns = required.role_code.map(of_role), required.skill_id.map(skills)
    shape = (len(codes), len(skills))
    importance = sparse.csr_array((required.importance.astype(float), (rows, columns)), shape=shape)
    kin = connection.execute("SELECT skill_id, other_id, strength FROM kin ORDER BY ALL").df()
    kin = kin[kin.skill_id.isin(skills) & kin.other_id.isin(skills)]
    covers = sparse.csr_array(
        (kin.strength.astype(float), (kin.skill_id.map(skills), kin.other_id.map(skills))),
        shape=(len(skills), len(skills)),
    ) + sparse.eye_array(len(skills))
    asked = np.maximum(np.bincount(columns, minlength=len(skills)), 1)
    known = rows.nunique()
    told = np.zeros(len(codes), dtype=bool)
    told[rows.unique()] = True
    part = sparse.csr_array(_shares(voice * told))
    wanted = (part @ importance) @ sparse.diags_array(np.log1p(known / asked))
    whole = np.asarray(wanted.sum(axis=1)).ravel()
    wanted = sparse.diags_array(1 / np.where(whole > 0, whole, 1)) @ wanted
    has = ((part @ importance) > 0).astype(float) @ covers
    has.data = np.minimum(has.data, 1.0)
    return np.asarray((has @ wanted.T).todense()), whole > 0


def _areas(connection: duckdb.DuckDBPyConnection, placed: Crosswalk) -> Table:
    """Correlation over states of how much more usual than in the nation two occupations are there.

    Of the logarithm of the location quotient; what works for one industry stands where that does.
    """
    told = connection.execute(
        "SELECT oews.area_code AS area, role.code AS role_code, occupation_code, employment FROM oews"
        " JOIN area ON area.code = oews.area_code AND area.kind = 'state'"
        " JOIN role ON role.oews_code = occupation_code WHERE employment > 0 ORDER BY ALL"
    ).df()
    # Roles that OEWS counts as one have one figure.
    each = told.merge(placed.members[["code", "role_code"]], on="role_code")
    each = each.drop_duplicates(["code", "area", "occupation_code"])
    jobs = each.pivot_table(index="code", columns="area", values="employment", aggfunc="sum")
    usual = np.log(jobs.reindex(placed.codes).to_numpy(dtype=float))
    whole = connection.execute(
        "SELECT area_code, employment FROM oews WHERE occupation_code = '00-0000'"
    ).df()
    usual -= np.log(whole.set_index("area_code").employment.reindex(jobs.columns).to_numpy(dtype=float))
    known = np.isfinite(usual)
    count = known.sum(axis=1, keepdims=True)
    mean = np.where(known, usual, 0).sum(axis=1, keepdims=True) / np.maximum(count, 1)
    apart = np.where(known, usual - mean, 0)
    shared = known.astype(float)
    length = np.sqrt((apart**2 @ shared.T) * (shared @ (apart**2).T))
    both = shared @ shared.T
    alike = np.divide(apart @ apart.T, length, out=np.full(length.shape, np.nan), where=length > 0)
    return alike * both / (both + DOUBT)

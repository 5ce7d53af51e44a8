"""Our own text in ``data/starter``: links from roles to skills, kin, titles, crosswalks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.sources.tables import read_table

ELEMENTS = "onet_elements.csv"
INVERSE = {"broader": "narrower", "narrower": "broader", "near": "near"}


def job_families(folder: Path) -> pd.DataFrame:
    """SOC major groups: code, name."""
    return read_table(folder / "job_families.csv", ("code", "name"))


def states(folder: Path) -> pd.DataFrame:
    """States and territories: fips, postal, name."""
    return read_table(folder / "states.csv", ("fips", "postal", "name"))


def oews_codes(folder: Path) -> dict[str, str]:
    """OEWS occupation by SOC code, where it is not the same; empty where OEWS has none."""
    frame = read_table(folder / "soc_to_oews.csv", ("soc_code", "oews_code", "oews_title"))
    return dict(zip(frame.soc_code, frame.oews_code, strict=True))


def skill_names(folder: Path) -> dict[str, str]:
    """A better square label by skill URI, where sentence case alone reads poorly."""
    path = folder / "skill_names.csv"
    if not path.is_file():
        return {}
    frame = read_table(path, ("skill_uri", "name"))
    return dict(zip(frame.skill_uri, frame.name, strict=True))


def requirements(
    folder: Path, skill_ids: dict[str, str], tasks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What roles require, and the tasks that call for it.

    Links of roles, skills or tasks that the loaded release does not have are left out, so that
    the links still hold under a newer release.

    Parameters
    ----------
    skill_ids : dict
        Skill id by URI.
    tasks : DataFrame
        id, role_code of the release.

    Returns
    -------
    requirement : DataFrame
        role_code, skill_id, facet, importance, score.
    requirement_task : DataFrame
        role_code, skill_id, task_id, position.
    """
    columns = ("role_code", "skill_uri", "score", "importance", "tasks")
    links = _together(folder, "links/*.csv", columns)
    links["skill_id"] = links.skill_uri.map(skill_ids)
    links = links[links.role_code.isin(tasks.role_code) & links.skill_id.notna()]
    links = links.drop_duplicates(["role_code", "skill_id"])
    called = links[["role_code", "skill_id"]].assign(task_id=links.tasks.str.split())
    called = called.explode("task_id").dropna(subset="task_id")
    known = pd.MultiIndex.from_frame(tasks[["role_code", "id"]])
    called = called[pd.MultiIndex.from_frame(called[["role_code", "task_id"]]).isin(known)]
    called["position"] = called.groupby(["role_code", "skill_id"]).cumcount()
    # A requirement whose tasks the release no longer has is no longer founded on anything.
    founded = pd.MultiIndex.from_frame(called[["role_code", "skill_id"]])
    links = links[pd.MultiIndex.from_frame(links[["role_code", "skill_id"]]).isin(founded)]
    requirement = links[["role_code", "skill_id"]].assign(
        facet="occupational",
        importance=_shares(links.importance, folder / "links", "importance"),
        score=_shares(links.score, folder / "links", "score"),
    )
    return requirement, called


def kin(folder: Path, skill_ids: dict[str, str]) -> pd.DataFrame:
    """Kindred skills, both ways: skill_id, other_id, relation, strength.

    Those of O*NET's elements come with the release that rates them, and are left out without one.
    """
    columns = ("skill_uri", "other_uri", "relation", "strength")
    pairs = _together(folder, "kin.csv", columns)
    one = _kindred(pairs, pairs.skill_uri.map(skill_ids), pairs.other_uri.map(skill_ids), folder / "kin.csv")
    elements = _together(folder, ELEMENTS, ("element_id", *columns[:1], *columns[2:], "reason"))
    # Skills of the same meaning in two vocabularies are skos:closeMatch: near, and at most 0.8.
    elements["relation"] = elements.relation.replace("same", "near")
    element = "onet:" + elements.element_id
    element_ids = element.where(element.isin(set(skill_ids.values())))
    two = _kindred(elements, element_ids, elements.skill_uri.map(skill_ids), folder / ELEMENTS)
    one = pd.concat([one, two], ignore_index=True)
    other = one.rename(columns={"skill_id": "other_id", "other_id": "skill_id"})
    other = other.assign(relation=one.relation.map(INVERSE))
    return pd.concat([one, other[one.columns]], ignore_index=True).drop_duplicates(["skill_id", "other_id"])


def _kindred(pairs: pd.DataFrame, skill_id: pd.Series, other_id: pd.Series, path: Path) -> pd.DataFrame:
    if not pairs.relation.isin(INVERSE).all():
        raise InputFault(path, f"has a relation other than {', '.join(INVERSE)}")
    strength = _shares(pairs.strength, path, "strength")
    columns = {"skill_id": skill_id, "other_id": other_id, "relation": pairs.relation, "strength": strength}
    return pd.DataFrame(columns).dropna()


def titles(folder: Path, roles: set[str]) -> pd.DataFrame:
    """Everyday titles: role_code, title, language."""
    frame = _together(folder, "titles/*.csv", ("role_code", "title", "language"))
    return frame[frame.role_code.isin(roles)].drop_duplicates()


def similarity(folder: Path, roles: set[str], table: str = "similar") -> pd.DataFrame:
    """Like roles: role_code, other_code, score, rank (1 is the closest)."""
    frame = _together(folder, f"{table}/*.csv", ("role_code", "other_code", "score"))
    frame = frame[frame.role_code.isin(roles) & frame.other_code.isin(roles)]
    frame = frame.assign(score=_shares(frame.score, folder / table, "score"))
    frame = frame.sort_values(["role_code", "score", "other_code"], ascending=[True, False, True])
    return frame.assign(rank=frame.groupby("role_code").cumcount() + 1)


def _together(folder: Path, pattern: str, columns: tuple[str, ...]) -> pd.DataFrame:
    frames = [read_table(path, columns) for path in sorted(folder.glob(pattern))]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*columns], dtype=object)


def _shares(values: pd.Series, path: Path, column: str) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    if numbers.isna().any() or not numbers.between(0, 1).all():
        raise InputFault(path, f"has a {column} that is not a number from 0 to 1")
    return numbers

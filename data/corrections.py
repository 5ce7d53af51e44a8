"""A county's corrections, put on top of the starter links while the database is built.

The decisions are in the format of the editorial review (``data.review``). What each one does:

======== ======================================================================================
``drop`` the role no longer requires the statement
``keep`` the role requires it, whatever the starter links say by now
``swap`` the role requires ``other_uri`` in its place
``add``  the role requires it as well
======== ======================================================================================

What is put in has the decision's task as its evidence, and its importance from the rank of that
task: O*NET lists a role's tasks by importance, so the rank falls evenly from 1 for the first to
0.4 for the last. Mapped onto the range of all importances,

.. math:: i = 0.35 + 0.65 \\frac{rank - 0.4}{0.6}

but never under 0.50, nor under 0.75 where the decision is marked core. What was required already
keeps its importance and its evidence, raised to the same 0.75 where it is marked core, and what
is put in a second time to 0.50.

A statement that one decision takes out stays out, whatever another would swap for it. A decision
whose role, statement or task the release does not have is passed over: the build goes on and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import pandas as pd

from data.errors import InputFault
from data.review import COLUMNS, Decision, read_decisions

FOLDER = "review"
"""Under ``DATA_DIR``: where a county puts the CSV files it exported."""

FIRST_TASK, LAST_TASK = 1.0, 0.4
LEAST, LEAST_PUT_IN, LEAST_CORE = 0.35, 0.50, 0.75


@dataclass(frozen=True, slots=True)
class Corrections:
    """Decisions as they were read, and the files they were read from."""

    decisions: tuple[Decision, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A decision that this release gives nothing to do for, and why."""

    decision: Decision
    why: str

    def __str__(self) -> str:
        one = self.decision
        return f"skipped: {one.decision} {one.skill_uri} for {one.role_code}: {self.why}"


@dataclass(frozen=True, slots=True)
class Corrected:
    """What roles require after the corrections, and what became of each of them.

    ``requirement`` and ``called`` have the columns of ``data.sources.starter.requirements``;
    ``table`` is the table ``correction``.
    """

    requirement: pd.DataFrame
    called: pd.DataFrame
    table: pd.DataFrame
    skipped: tuple[Skipped, ...]


def read(path: Path | None) -> Corrections:
    """Read the corrections of a file or a folder; none for ``None``.

    Raises
    ------
    InputFault
        If a file is not what it should be, or a folder holds no CSV file.
    """
    if path is None:
        return Corrections((), ())
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise InputFault(path, "holds no CSV file with decisions")
    return Corrections(read_decisions(path), tuple(files))


def put_there(data_directory: Path) -> Path | None:
    """The folder a county puts its exports in, where there is one with anything in it."""
    folder = data_directory / FOLDER
    return folder if any(folder.glob("*.csv")) else None


def correct(
    decisions: Sequence[Decision],
    requirement: pd.DataFrame,
    called: pd.DataFrame,
    skill_ids: dict[str, str],
    tasks: pd.DataFrame,
) -> Corrected:
    """Put decisions on top of what roles require.

    Parameters
    ----------
    decisions : sequence of Decision
    requirement, called : DataFrame
        As ``data.sources.starter.requirements`` gives them.
    skill_ids : dict
        Skill id by URI.
    tasks : DataFrame
        id, role_code, position of the release.
    """
    ranked = _ranked(tasks)
    skipped = [Skipped(one, why) for one in decisions if (why := _without(one, skill_ids, ranked))]
    passed_over = {id(one.decision) for one in skipped}
    sound = [one for one in decisions if id(one) not in passed_over]
    out = {(one.role_code, skill_ids[one.skill_uri]) for one in sound if one.required != one.skill_uri}
    # What one decision takes out stays out, whatever another would swap for it.
    put_in = [
        (one, skill)
        for one in sound
        if one.required is not None and (one.role_code, skill := skill_ids[one.required]) not in out
    ]
    requirement = requirement[~_pairs(requirement).isin(out)]
    called = called[~_pairs(called).isin(out)]
    requirement, called = _put_in(put_in, requirement, called, ranked)
    reasons = {id(each.decision): each.why for each in skipped}
    table = pd.DataFrame(
        [(*astuple(one), reasons.get(id(one))) for one in decisions], columns=[*COLUMNS, "skipped"]
    )
    return Corrected(requirement, called, table, tuple(skipped))


def importance(rank: float, *, core: bool) -> float:
    """Importance 0.35-1 of a statement that a decision puts in, from the rank of its task.

    Examples
    --------
    >>> importance(1.0, core=False), round(importance(0.7, core=False), 3), importance(0.4, core=True)
    (1.0, 0.675, 0.75)
    """
    share = (rank - LAST_TASK) / (FIRST_TASK - LAST_TASK)
    return max(LEAST + (1 - LEAST) * share, LEAST_CORE if core else LEAST_PUT_IN)


def _ranked(tasks: pd.DataFrame) -> dict[str, dict[str, float]]:
    """By role, the rank of each of its tasks by the task's id; of one that stands twice, the better."""
    found: dict[str, dict[str, float]] = {}
    for code, of_role in tasks.sort_values("position").groupby("role_code"):
        last = max(len(of_role) - 1, 1)
        ranks = found.setdefault(str(code), {})
        for place, task in enumerate(of_role.id):
            ranks.setdefault(task, FIRST_TASK - (FIRST_TASK - LAST_TASK) * place / last)
    return found


def _without(one: Decision, skill_ids: dict[str, str], ranked: dict[str, dict[str, float]]) -> str:
    """What of a decision the release does not have, in words; empty when it has everything."""
    if one.role_code not in ranked:
        return "the release has no tasks of this role"
    lost = next((uri for uri in (one.skill_uri, one.other_uri) if uri and uri not in skill_ids), None)
    if lost is not None:
        return f"the release has no statement {lost}"
    if one.task not in ranked[one.role_code]:
        return f"the release has no task {one.task} of this role"
    return "it is swapped for itself" if one.other_uri == one.skill_uri else ""


def _put_in(
    decided: Sequence[tuple[Decision, str]],
    requirement: pd.DataFrame,
    called: pd.DataFrame,
    ranked: dict[str, dict[str, float]],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    stands = dict(zip(_pairs(requirement), requirement.importance, strict=True))
    proofs = {
        pair: list(each.sort_values("position").task_id)
        for pair, each in called[
            _pairs(called).isin({(one.role_code, skill) for one, skill in decided})
        ].groupby(["role_code", "skill_id"])
    }
    weighed: dict[tuple[str, str], float] = {}
    tasks: dict[tuple[str, str], list[str]] = {}
    for one, skill in decided:
        pair = (one.role_code, skill)
        before = weighed.get(pair, stands.get(pair))
        if before is None:
            weighed[pair] = importance(ranked[one.role_code][one.task], core=one.core)
        else:
            least = LEAST_CORE if one.core else LEAST if one.decision == "keep" else LEAST_PUT_IN
            weighed[pair] = max(before, least)
        behind = tasks.setdefault(pair, proofs.get(pair, []))
        if one.task not in behind and (before is None or one.decision != "keep"):
            behind.append(one.task)
    raised = [weighed.get(pair, float(value)) for pair, value in stands.items()]
    fresh = [pair for pair in weighed if pair not in stands]
    requirement = pd.concat(
        [
            requirement.assign(importance=raised),
            pd.DataFrame(
                {
                    "role_code": [role for role, _ in fresh],
                    "skill_id": [skill for _, skill in fresh],
                    "facet": "occupational",
                    "importance": [weighed[pair] for pair in fresh],
                    # No likeness was reckoned: somebody has read it.
                    "score": [float("nan")] * len(fresh),
                }
            ),
        ],
        ignore_index=True,
    )
    rows = [
        (role, skill, task, place) for (role, skill), each in tasks.items() for place, task in enumerate(each)
    ]
    called = pd.concat(
        [
            called[~_pairs(called).isin(set(tasks))],
            pd.DataFrame(rows, columns=["role_code", "skill_id", "task_id", "position"]),
        ],
        ignore_index=True,
    )
    return requirement, called


def _pairs(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[["role_code", "skill_id"]])

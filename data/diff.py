"""What one build of the labour-market database has that another has not.

``python -m data diff`` compares the build in use with the one before it, which a build leaves beside
it. A figure of OEWS, or a rating of O*NET, counts as changed where the change is more than 1.96
standard errors of the difference (independent samples): less may be chance alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from data.errors import LaborDataUnavailable
from data.sql import query
from data.sqlite import quoted

PREVIOUS = "labor.previous.duckdb"
"""Beside the database: the build that the one in use took the place of."""
NATION = "0000000"
SHOWN = 20
"""Lines of a kind in the readable text; the JSON has them all."""
TABLES = ("source", "role", "task", "skill", "requirement", "oews")


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A release that is another one, new, or gone; ``None`` on the side that lacks it."""

    id: str
    title: str
    old_release: str | None
    new_release: str | None
    old_rows: int | None
    new_rows: int | None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role added (no old title), removed (no new one) or renamed."""

    code: str
    old_title: str | None
    new_title: str | None


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that a role gained or lost."""

    role_code: str
    text: str
    added: bool


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """A requirement gained, lost, or of another importance 0-1."""

    role_code: str
    facet: str
    skill: str
    old_importance: float | None
    new_importance: float | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure changed beyond its standard error: ``employment`` in jobs, ``annual_mean`` in US dollars."""

    area_code: str
    occupation_code: str
    occupation_title: str
    figure: str
    old_value: float
    new_value: float
    stderr: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs; figures of one area, and how many changed in all areas together."""

    sources: tuple[SourceChange, ...]
    roles: tuple[RoleChange, ...]
    tasks: tuple[TaskChange, ...]
    requirements: tuple[RequirementChange, ...]
    area: str
    figures: tuple[FigureChange, ...]
    figures_in_all_areas: int

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def compare(old: Path, new: Path, area: str = NATION) -> Difference:
    """Compare two builds.

    Parameters
    ----------
    old, new : Path
        Database files.
    area : str, optional
        OEWS area of which changed figures are listed; the nation when not said.

    Raises
    ------
    LaborDataUnavailable
        If either is not there or is no build that can be compared, or ``new`` has no such area.
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        for name, path in (("old", old), ("new", new)):
            _attach(connection, name, path)
        known = connection.execute("SELECT 1 FROM new.area WHERE code = $area", {"area": area}).fetchall()
        if not known:
            raise LaborDataUnavailable(f"There is no area {area} in {new}.")

        def rows(name: str, parameters: dict[str, object] | None = None) -> list[tuple]:
            return connection.execute(query(name), parameters or {}).fetchall()

        everywhere = rows("diff_oews", {"area": None})
        return Difference(
            sources=tuple(SourceChange(*row) for row in rows("diff_sources")),
            roles=tuple(RoleChange(*row) for row in rows("diff_roles")),
            tasks=tuple(TaskChange(*row) for row in rows("diff_tasks")),
            requirements=tuple(RequirementChange(*row) for row in rows("diff_requirements")),
            area=area,
            figures=tuple(FigureChange(*row) for row in everywhere if row[0] == area),
            figures_in_all_areas=len(everywhere),
        )


def told(difference: Difference) -> str:
    """The difference as text to read, the first few lines of each kind."""
    roles = difference.roles
    added = [f"{role.code} {role.new_title}" for role in roles if role.old_title is None]
    removed = [f"{role.code} {role.old_title}" for role in roles if role.new_title is None]
    renamed = [
        f"{role.code} {role.old_title} -> {role.new_title}"
        for role in roles
        if role.old_title is not None and role.new_title is not None
    ]
    sources = [
        f"{each.title}: {_release(each.old_release, each.old_rows)}"
        f" -> {_release(each.new_release, each.new_rows)}"
        for each in difference.sources
    ]
    figures = sorted(
        difference.figures,
        key=lambda each: -abs(each.new_value / each.old_value - 1) if each.old_value else 0,
    )
    parts = [
        _part("Releases that changed", sources),
        _part("Roles added", added),
        _part("Roles removed", removed),
        _part("Roles renamed", renamed),
        _part("Tasks, by role", _tasks(difference.tasks), f"{len(difference.tasks):,} tasks"),
        _part("Requirements, by facet", _requirements(difference.requirements)),
        _part(
            f"Employment and mean yearly wage in {difference.area}, changed beyond standard error",
            [
                f"{each.occupation_code} {each.occupation_title}, {each.figure}:"
                f" {each.old_value:,.0f} -> {each.new_value:,.0f} (standard error {each.stderr:,.0f})"
                for each in figures
            ],
        ),
        f"In all areas together: {difference.figures_in_all_areas:,} figures changed beyond standard error",
    ]
    return "\n\n".join(parts)


def _attach(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    if not path.is_file():
        raise LaborDataUnavailable(f"There is no build to compare at {path}.")
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS {name} (READ_ONLY)")
        for table in TABLES:
            connection.execute(f"SELECT 1 FROM {name}.{table} LIMIT 0")  # noqa: S608
    except duckdb.Error as error:
        raise LaborDataUnavailable(f"{path} is no build of this database that can be compared.") from error


def _release(release: str | None, rows: int | None) -> str:
    return "not loaded" if release is None else f"{release} ({rows:,} rows)"


def _tasks(tasks: tuple[TaskChange, ...]) -> list[str]:
    gained = Counter(task.role_code for task in tasks if task.added)
    lost = Counter(task.role_code for task in tasks if not task.added)
    ordered = sorted({*gained, *lost}, key=lambda code: (-gained[code] - lost[code], code))
    return [f"{code}: {gained[code]} added, {lost[code]} removed" for code in ordered]


def _requirements(requirements: tuple[RequirementChange, ...]) -> list[str]:
    kinds: dict[str, Counter[str]] = {}
    for each in requirements:
        kind = "changed"
        if each.old_importance is None or each.new_importance is None:
            kind = "added" if each.old_importance is None else "removed"
        kinds.setdefault(each.facet, Counter())[kind] += 1
    return [
        f"{facet}: " + ", ".join(f"{count[kind]:,} {kind}" for kind in ("added", "removed", "changed"))
        for facet, count in sorted(kinds.items())
    ]


def _part(title: str, lines: list[str], whole: str = "") -> str:
    count = whole or f"{len(lines):,}"
    shown = [f"  {line}" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append(f"  and {len(lines) - SHOWN:,} more: --json lists them all")
    return "\n".join([f"{title}: {count if lines else 'none'}", *shown])

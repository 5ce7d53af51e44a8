"""Reading the labour-market database: value objects out, nothing of DuckDB.

One store serves every thread of a process: each call has a cursor of its own. The file is
attached to an in-memory database, read-only; that is also where the skills of consenting
wallets are brought together. When a new build takes the file's place, the store goes over to it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from data import wallets
from data.errors import LaborDataUnavailable
from data.folding import fold, search_form
from data.guidance_reads import GuidanceReads
from data.kept import Kept
from data.local_reads import LocalReads
from data.reads import Read
from data.region_reads import RegionReads
from data.sql import query
from data.sqlite import quoted
from graph.model import (
    ALL_OCCUPATIONS,
    NOT_PUBLISHED,
    Area,
    Figure,
    JobFamily,
    Kinship,
    LaborMarket,
    Relation,
    Requirement,
    Role,
    Skill,
    Source,
    Task,
)

SCHEMA_VERSION = 6
NATION = "0000000"
POINTS = ("mean", "p10", "p25", "p50", "p75", "p90")
MOST_SKILLS_KNOWN = 20_000
LOOK_AGAIN_SECONDS = 1.0
ANSWERS_KEPT = 256
AREAS_KEPT = 8
"""Of which all estimates are kept, about a megabyte each."""
FIGURES = 17
"""Of an estimate."""
BUILD_HINT = "Build it with: python -m data build"

SKILL = "id, name, uri, vocabulary, kind, description"
AREA = "code, name, kind, state, oews_code"


class _Answers:
    """Answers of one build that are kept."""

    def __init__(self) -> None:
        self.rows: Kept[tuple, list[tuple]] = Kept(ANSWERS_KEPT)
        self.estimates: Kept[str, dict[str, tuple]] = Kept(AREAS_KEPT)
        self.once: Kept[str, Any] = Kept(ANSWERS_KEPT)


class LaborStore(GuidanceReads, LocalReads, RegionReads):
    """The labour-market database, opened for reading.

    Make one with `open`. Methods raise `LaborDataUnavailable` once it is closed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._looked = time.monotonic()
        self._identity = _identity(path)
        self._connection: duckdb.DuckDBPyConnection | None = _connect(path)
        self._build_id = _build_id(self._connection, path)
        self._wallets: wallets.Load | None = None
        self._skills: dict[str, Skill] = {}
        self._kept = _Answers()

    @classmethod
    def open(cls, path: Path | str) -> LaborStore:
        """Open the database at ``path``.

        Raises
        ------
        LaborDataUnavailable
            If it is not there, cannot be read, or was built by another version.
        """
        return cls(Path(path))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    @property
    def build_id(self) -> str:
        """Key of the build being read; it changes when a new build took the file's place."""
        with self._lock:
            self._current()
            return self._build_id

    def sources(self) -> tuple[Source, ...]:
        """The releases that were read."""
        rows = self._known(
            "SELECT id, title, publisher, release, licence, url, attribution, retrieved, sha256, rows"
            " FROM source ORDER BY rowid"
        )
        return tuple(Source(*row) for row in rows)

    def corrections_skipped(self) -> int:
        """How many corrections of the county had nothing to do in the releases that were read."""
        return int(self._rows("SELECT count(*) FROM correction WHERE skipped IS NOT NULL")[0][0])

    def job_families(self) -> tuple[JobFamily, ...]:
        """SOC major groups, by code."""
        return tuple(
            JobFamily(*row) for row in self._known("SELECT code, name FROM job_family ORDER BY code")
        )

    def roles(self) -> tuple[Role, ...]:
        """Every O*NET-SOC occupation by code, without its requirements."""
        families = {family.code: family for family in self.job_families()}
        rows = self._rows("SELECT code, title, job_family, description FROM role ORDER BY code")
        return tuple(Role(code, title, families[family], text) for code, title, family, text in rows)

    def role_titles(self) -> tuple[tuple[str, str, str], ...]:
        """Everyday titles: role code, title, language."""
        return tuple(
            self._rows(
                "SELECT role_code, title, language FROM role_title ORDER BY role_code, language, rowid"
            )
        )

    def tasks(self, role_code: str) -> tuple[Task, ...]:
        """A role's tasks as O*NET orders them."""
        rows = self._rows(
            "SELECT id, text FROM task WHERE role_code = $code ORDER BY position", {"code": role_code}
        )
        return tuple(Task(*row) for row in rows)

    def requirements(self) -> dict[str, tuple[Requirement, ...]]:
        """What each role requires, most important first, with the tasks that call for it.

        Roles without requirements are absent. Reads everything: call it once at start.
        """
        tasks: dict[str, Task] = {}
        evidence: dict[tuple[str, str], list[Task]] = {}
        for role_code, skill_id, task_id, text in self._rows(query("requirement_evidence")):
            task = tasks.setdefault(task_id, Task(task_id, text))
            evidence.setdefault((role_code, skill_id), []).append(task)
        skills: dict[str, Skill] = {}
        required: dict[str, list[Requirement]] = {}
        for role_code, skill_id, *rest in self._rows(query("requirements")):
            skill = skills.get(skill_id) or skills.setdefault(skill_id, Skill(skill_id, *rest[:5]))
            facet, importance, level, stderr, score = rest[5:]
            required.setdefault(role_code, []).append(
                Requirement(
                    skill,
                    importance,
                    level,
                    stderr,
                    tuple(evidence.get((role_code, skill_id), ())),
                    facet,
                    score,
                )
            )
        return {code: tuple(each) for code, each in required.items()}

    def kinships(self) -> tuple[Kinship, ...]:
        """Kindred skills, both ways, where at least one of the two is required by some role."""
        return tuple(
            Kinship(one, other, Relation(relation), strength)
            for one, other, relation, strength in self._rows(query("kinships"))
        )

    def similar(self, *, by_squares: bool = False) -> dict[str, tuple[tuple[str, float], ...]]:
        """Roles like each role, closest first, with their likeness 0-1.

        Parameters
        ----------
        by_squares : bool, optional
            By what they require alone; nothing of their titles, descriptions or tasks.
        """
        found: dict[str, list[tuple[str, float]]] = {}
        rows = self._rows(query("similar_by_squares" if by_squares else "similar"))
        for code, other, score in rows:
            found.setdefault(code, []).append((other, score))
        return {code: tuple(each) for code, each in found.items()}

    def skill(self, id_or_uri: str) -> Skill | None:
        """The skill with this id or URI."""
        rows = self._rows(f"SELECT {SKILL} FROM skill WHERE id = $key OR uri = $key", {"key": id_or_uri})  # noqa: S608
        return Skill(*rows[0]) if rows else None

    def skills(self, ids: Iterable[str]) -> dict[str, Skill]:
        """Skills by the id or URI they were asked for by; unknown ones are absent."""
        wanted = list(dict.fromkeys(ids))
        known = self._known_skills()
        fresh = [key for key in wanted if key not in known]
        if fresh:
            rows = self._rows(
                f"SELECT {SKILL} FROM skill"  # noqa: S608
                " WHERE id IN (SELECT unnest($keys)) OR uri IN (SELECT unnest($keys))",
                {"keys": fresh},
            )
            for skill in (Skill(*row) for row in rows):
                known[skill.id] = known[skill.uri] = skill
        return {key: known[key] for key in wanted if key in known}

    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]:
        """Skills of which some label holds the words of ``text``, best first.

        Where a label has them as whole words, only such skills and those whose name begins so;
        what stands inside of words, only where nothing else is found. When no label holds all
        words, those that hold most of them.
        """
        asked = search_form(text)
        words = asked.split()
        rows: list[tuple] = []
        for least in dict.fromkeys((len(words), -(-len(words) // 2))):
            if words and not rows:
                parameters = {"query": asked, "words": words, "least": least, "limit": limit}
                rows = self._known(query("search_skills"), parameters)
        return tuple(Skill(*row) for row in rows)

    def area(self, code: str) -> Area | None:
        """The area with this OEWS code or county FIPS code."""
        rows = self._known(f"SELECT {AREA} FROM area WHERE code = $code", {"code": code})  # noqa: S608
        return Area(*rows[0]) if rows else None

    def areas(self, text: str = "", limit: int = 20) -> tuple[Area, ...]:
        """Areas and counties whose name holds every word of ``text``, best first.

        All of them for an empty text; none where there is something, but no word.
        """
        folded = fold(text)
        if text.strip() and not folded:
            return ()
        rows = self._known(query("search_areas"), {"query": folded, "words": folded.split(), "limit": limit})
        return tuple(Area(*row) for row in rows)

    def market(self, role_code: str, area_code: str) -> LaborMarket | None:
        """OEWS figures of a role's occupation in an area.

        A county has the figures of its OEWS area; where that is not known, or nothing is
        published, every figure says ``not_published``. ``None`` when OEWS counts no such occupation or
        the area is unknown.
        """
        return self.markets((role_code,), area_code).get(role_code)

    def markets(self, role_codes: Iterable[str], area_code: str) -> dict[str, LaborMarket]:
        """`market` of many roles at once; roles that OEWS does not count are absent."""
        area = self.area(area_code)
        if area is None:
            return {}
        if area.oews_code is not None and area.oews_code != area.code:
            area = self.area(area.oews_code) or area
        estimates, occupations = self._estimates(area.code), self._occupations()
        return {
            code: _market(area, occupations[code], estimates.get(occupations[code][0]))
            for code in dict.fromkeys(role_codes)
            if code in occupations
        }

    def jobs(self, area_code: str) -> Figure:
        """All jobs of an OEWS area, or of a county's: employment of every occupation together."""
        area = self.area(area_code)
        code = (area.oews_code or area.code) if area else area_code
        every = self._estimates(code).get(ALL_OCCUPATIONS)
        return Figure(*every[:2]) if every else NOT_PUBLISHED

    def county_shapes(self, state: str | None = None) -> list[tuple[str, str, str, str]]:
        """County shapes: FIPS code, name, postal state, GeoJSON geometry text.

        Without ``state`` the whole country, coarse enough to draw at once; with one, that state's
        counties in finer lines.
        """
        if state is None:
            return self._rows("SELECT fips, name, state, outline FROM county_shape ORDER BY fips")
        return self._known(
            "SELECT fips, name, state, geometry FROM county_shape WHERE state = $state ORDER BY fips",
            {"state": state},
        )

    def load_wallets(self, system_of_record_url: str, today: date) -> int:
        """Bring in the skills of consenting people; the number of (person, skill) rows.

        They stay in memory, under keys that say nothing of who it is, until loaded again. `today`
        decides which records have expired.

        Raises
        ------
        LaborDataUnavailable
            If the system of record cannot be read.
        """
        loading = wallets.Load(system_of_record_url, today)
        with self._loading, self._cursor() as cursor:
            rows = wallets.load(cursor, loading)
            self._wallets = loading
        return rows

    def follow_wallets(
        self,
        consenting: Iterable[str],
        holdings_of: Callable[[tuple[str, ...]], Iterable[wallets.Held]],
    ) -> None:
        """Bring what was loaded up to who consents now.

        Parameters
        ----------
        consenting : iterable of str
            Ids of the people who are to be counted.
        holdings_of : callable
            Gives what is held by people who came since, by person id.

        Raises
        ------
        LaborDataUnavailable
            If nothing was loaded yet, or the people who came cannot be read.
        """
        if self._wallets is None:
            raise LaborDataUnavailable("The skills of consenting residents were not loaded yet.")
        with self._loading, self._cursor() as cursor:
            wallets.follow(cursor, self._wallets, consenting, holdings_of)

    def replace_wallets(self, person_ids: Iterable[str], rows: Iterable[wallets.Held]) -> list[wallets.Held]:
        """Put ``rows`` in the place of what was loaded of some people.

        Parameters
        ----------
        person_ids : iterable of str
            Nothing that was there of them is left.
        rows : iterable of Held
            By person id.

        Returns
        -------
        list of Held
            What was there, by the owner's key.

        Raises
        ------
        LaborDataUnavailable
            If nothing was loaded yet.
        """
        if self._wallets is None:
            raise LaborDataUnavailable("The skills of consenting residents were not loaded yet.")
        with self._loading, self._cursor() as cursor:
            return wallets.replace(cursor, self._wallets, person_ids, rows)

    def wallet_skill_counts(self) -> tuple[tuple[str | None, str, int], ...]:
        """Home area, skill URI, number of consenting people who have it.

        The counts are exact: small ones must be withheld before anybody sees them. Empty until
        `load_wallets` was called.
        """
        if self._wallets is None:
            return ()
        return tuple(self._rows(query("wallet_skill_counts")))

    def _rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple]:
        return self._ask(sql, parameters, lambda answer: answer.fetchall())

    def _columns(self, sql: str, parameters: Mapping[str, object] | None = None) -> dict[str, np.ndarray]:
        return self._ask(sql, parameters, lambda answer: answer.fetchnumpy())

    def _ask(
        self,
        sql: str,
        parameters: Mapping[str, object] | None,
        taken: Callable[[duckdb.DuckDBPyConnection], Read],
    ) -> Read:
        cursor = self._cursor()
        try:
            return taken(cursor.execute(sql, dict(parameters or {})))
        except duckdb.Error as error:
            raise LaborDataUnavailable(f"The labour-market database cannot be read: {error}") from error
        finally:
            cursor.close()

    def _known(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple]:
        asked = tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in (parameters or {}).items()
        )
        return self._answers().rows.of((sql, asked), lambda: self._rows(sql, parameters))

    def _once(self, name: str, read: Callable[[], Read]) -> Read:
        found: Read = self._answers().once.of(name, read)
        return found

    def _answers(self) -> _Answers:
        with self._lock:
            self._current()
            return self._kept

    def _estimates(self, area_code: str) -> dict[str, tuple]:
        """Estimates of an OEWS area by occupation."""

        def read() -> dict[str, tuple]:
            rows = self._rows(query("estimates"), {"area": area_code})
            return {row[0]: row[1:] for row in rows}

        return self._answers().estimates.of(area_code, read)

    def _occupations(self) -> dict[str, tuple[str, str]]:
        """Code and title of the occupation in which OEWS counts a role, by role code."""

        def read() -> dict[str, tuple[str, str]]:
            rows = self._rows("SELECT code, oews_code, oews_title FROM role WHERE oews_code IS NOT NULL")
            return {code: (occupation, title) for code, occupation, title in rows}

        return self._once("occupations of roles", read)

    def _known_skills(self) -> dict[str, Skill]:
        """Skills of this build that were asked for before, by id and URI."""
        with self._lock:
            self._current()
            if len(self._skills) > MOST_SKILLS_KNOWN:
                self._skills = {}
            return self._skills

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            cursor = self._current().cursor()
        cursor.execute("USE labor")
        return cursor

    def _current(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            raise LaborDataUnavailable("The labour-market database has been closed.")
        self._follow()
        return self._connection

    def _follow(self) -> None:
        """Go over to a new build; stay with the old one while the new cannot be opened."""
        now = time.monotonic()
        if now - self._looked < LOOK_AGAIN_SECONDS:
            return
        self._looked = now
        identity = _identity(self._path)
        if identity is None or identity == self._identity:
            return
        try:
            connection = _connect(self._path)
            build_id = _build_id(connection, self._path)
            if self._wallets is not None:
                wallets.load(connection, self._wallets)
        except LaborDataUnavailable:
            return
        # Cursors of calls under way hold on to the old one until they are done.
        self._connection, self._identity, self._build_id = connection, identity, build_id
        self._skills, self._kept = {}, _Answers()


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise LaborDataUnavailable(f"There is no labour-market database yet. {BUILD_HINT}")
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "512MB"})
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS labor (READ_ONLY)")
    except duckdb.Error as error:
        connection.close()
        raise LaborDataUnavailable(f"The labour-market database cannot be opened. {BUILD_HINT}") from error
    return connection


def _build_id(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    try:
        row = connection.execute("SELECT schema_version, build_id FROM labor.build").fetchone()
    except duckdb.Error:
        row = None
    if row is None or row[0] != SCHEMA_VERSION:
        connection.close()
        raise LaborDataUnavailable(f"The labour-market database is of another version. {BUILD_HINT}")
    return str(row[1])


def _market(area: Area, occupation: tuple[str, str], cells: Sequence | None) -> LaborMarket:
    """Figures from the cells of an estimate; without one, every figure is not published."""
    figures = [NOT_PUBLISHED] * FIGURES
    if cells is not None:
        figures = [Figure(value, note) for value, note in zip(cells[::2], cells[1::2], strict=True)]
    employment, employment_rse, hourly_mean, annual_mean, wage_rse = figures[:5]
    return LaborMarket(
        area=area,
        occupation_code=occupation[0],
        occupation_title=occupation[1],
        employment=employment,
        employment_rse=employment_rse,
        wage_rse=wage_rse,
        hourly=dict(zip(POINTS, (hourly_mean, *figures[5:10]), strict=True)),
        annual=dict(zip(POINTS, (annual_mean, *figures[10:15]), strict=True)),
        jobs_per_1000=figures[15],
        location_quotient=figures[16],
    )

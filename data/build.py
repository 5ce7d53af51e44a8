"""Build the labour-market database: whole, to a new file, put in place in one step.

Until the very last step the old database stays as it is, whatever happens.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from data import corrections, local, occupations, oews_sheets, role_likeness, skill_index
from data.corrections import Corrections, Skipped
from data.diff import PREVIOUS
from data.errors import BuildFault, InputFault
from data.inputs import STARTER, Release, digest, manifest
from data.likeness import read_weights
from data.local import LocalFiles
from data.moves import read_model
from data.official import TextRelease
from data.sources import (
    areas,
    counties,
    oews,
    oews_earlier,
    onet_likeness,
    onet_ratings,
    onet_tasks,
    skills,
    starter,
    technologies,
)
from data.sql import query, schema
from data.sqlite import quoted
from data.store import SCHEMA_VERSION

# Small enough that one area's occupations are read without the rest of the country.
ROW_GROUP_SIZE = 20_480
SCRATCH = ".labor-"
ABANDONED_SECONDS = 3600
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL_WORDS = ("No space left", "Disk quota", "File too large", "disk is full")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build loaded: rows by table, the seconds it took, corrections there was nothing to do for.

    ``notes`` say what was left out of a release, and what the release does not have.
    """

    path: Path
    rows: tuple[tuple[str, int], ...]
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def build(
    path: Path,
    *,
    onet: Path | None = None,
    oews_release: Path | None = None,
    area_listing: Path | None = None,
    earlier_oews: tuple[Path, ...] = (),
    review: Path | None = None,
    local_files: LocalFiles = LocalFiles(),  # noqa: B008 - a frozen value
) -> Built:
    """Build the database at ``path`` from the default inputs, or from the ones given.

    Parameters
    ----------
    path : Path
        Where the database is put; its folder is made when it is not there.
    onet : Path, optional
        Official O*NET text release, folder or zip.
    oews_release : Path, optional
        OEWS release as BLS publishes it (workbooks, zips of them, or a folder), or as SQLite, gzipped
        or plain.
    area_listing : Path, optional
        BLS's area definitions, or a CSV of counties and their OEWS areas.
    earlier_oews : tuple of Path, optional
        Earlier OEWS releases, in the same forms.
    review : Path, optional
        Corrections of what roles require, a CSV file or a folder of them.
    local_files : LocalFiles, optional
        Projections, price levels, and tables of a county's own.

    Raises
    ------
    InputFault
        If an input cannot be used.
    BuildFault
        If the database cannot be written.
    """
    started = time.perf_counter()
    decided = corrections.read(review)
    with _room_to_write(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(path.parent)
        # In the same folder, so that putting it in place is one step within one file system.
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=path.parent) as scratch:
            fresh = Path(scratch) / "labor.duckdb"
            rows, skipped, notes = _fill(
                fresh, Path(scratch), onet, oews_release, area_listing, earlier_oews, decided, local_files
            )
            _sync(fresh)
            _put_index(path.parent / skill_index.FOLDER, fresh, Path(scratch) / skill_index.FOLDER)
            _keep(path, Path(scratch) / PREVIOUS)
            fresh.replace(path)
        _sync(path.parent)
    return Built(path, rows, time.perf_counter() - started, skipped, notes)


def _keep(path: Path, scratch: Path) -> None:
    """Leave the build that is replaced beside the new one, for `data.diff`."""
    if not path.exists():
        return
    try:
        scratch.hardlink_to(path)
    except OSError:
        # Where a file system has no second names for a file.
        shutil.copyfile(path, scratch)
    scratch.replace(path.with_name(PREVIOUS))


def _put_index(parent: Path, fresh: Path, scratch: Path) -> None:
    """Compute the index of a fresh database's skills, and put it beside the one in use."""
    with duckdb.connect(str(fresh), read_only=True) as connection:
        skill = connection.execute("SELECT * FROM skill ORDER BY id").df()
        build_id = str(connection.execute("SELECT build_id FROM build").fetchall()[0][0])
    releases = manifest()
    texts, vectors = packaged(releases)
    skill_index.write(scratch, skill, texts, vectors, STARTER / skill_index.EVERYDAY)
    parent.mkdir(exist_ok=True)
    scratch.replace(parent / build_id)
    skill_index.keep_only(parent, build_id)


def packaged(releases: dict[str, Release]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The packaged texts, and the embeddings of each."""
    inputs = [each.path() for each in releases["esco"].inputs if each.distribution.startswith("laiser")]
    texts = (inputs[0], releases["onet_tasks"].inputs[0].path(), inputs[1])
    return texts, tuple(releases["embeddings"].files())


def _fill(
    fresh: Path,
    scratch: Path,
    onet: Path | None,
    oews_release: Path | None,
    area_listing: Path | None,
    earlier_oews: tuple[Path, ...],
    decided: Corrections,
    local_files: LocalFiles,
) -> tuple[tuple[tuple[str, int], ...], tuple[Skipped, ...], tuple[str, ...]]:
    releases = manifest()
    official = _official(onet)
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 2,
        "temp_directory": str(scratch / "spill"),
    }
    with ThreadPoolExecutor(max_workers=1) as aside, duckdb.connect(config=settings) as connection:
        # Shapes hang on nothing else, and are drawn simpler outside the interpreter's lock.
        states = starter.states(STARTER)
        postal = dict(zip(states.fips, states.postal, strict=True))
        drawn = aside.submit(counties.load, releases["counties"].files()[0], postal)
        connection.execute(f"ATTACH '{quoted(fresh)}' AS labor (ROW_GROUP_SIZE {ROW_GROUP_SIZE})")
        connection.execute("USE labor")
        connection.execute(schema())
        skipped: list[Skipped] = []
        notes: list[str] = []
        read = [
            *_load_oews(connection, releases["oews"], oews_release, scratch, notes),
            *_load_earlier(connection, releases["oews"], earlier_oews, scratch, notes),
            *_load_listing(connection, releases["areas"], area_listing, notes),
            *_load_roles(connection, releases, onet, official),
            *_load_skills(connection, releases),
            *_load_counties(connection, releases["counties"], drawn),
            # What somebody typed comes before what takes long: a fault in it is told sooner.
            *_load_local(connection, releases, local_files, scratch, notes),
            *_load_ratings(connection, releases["onet_ratings"], onet, official, notes),
            *_load_links(connection, releases, decided, skipped),
        ]
        _load_likeness(connection, releases, official)
        read += _load_moves(connection, releases)
        _insert(connection, "source", pd.DataFrame(read))
        connection.execute(
            "INSERT INTO build VALUES (?, ?, ?)",
            [SCHEMA_VERSION, uuid.uuid4().hex, datetime.now(UTC).replace(tzinfo=None)],
        )
        connection.execute("CHECKPOINT labor")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'labor' ORDER BY table_name"
        ).fetchall()
        rows = tuple((table, _count(connection, table)) for (table,) in tables if table != "build")
        connection.execute("USE memory")
        connection.execute("DETACH labor")
    return rows, tuple(skipped), tuple(notes)


@dataclass(frozen=True, slots=True)
class Official:
    """An O*NET text release, read and checked, before anything else: a fault is told within seconds."""

    roles: pd.DataFrame
    tasks: pd.DataFrame
    number: str
    ratings: onet_ratings.Ratings | None
    described: onet_likeness.Described


def _official(given: Path | None) -> Official | None:
    if given is None:
        return None
    release = TextRelease(given)
    roles, tasks, number = onet_tasks.load_official(release)
    described = onet_likeness.load(release, frozenset(roles.code))
    return Official(roles, tasks, number, onet_ratings.load(release, roles.code), described)


def _load_oews(
    connection: duckdb.DuckDBPyConnection,
    release: Release,
    given: Path | None,
    scratch: Path,
    notes: list[str],
) -> list[dict[str, object]]:
    _insert(connection, "state_postal", starter.states(STARTER), create=True)
    if given is not None and oews_sheets.is_published(given):
        name, files = _load_workbooks(connection, release, given, scratch, notes)
    else:
        files = [given] if given is not None else release.files()
        name = _load_series(connection, files[0], scratch)
    if given is not None:
        attribution = release.attribution.replace(release.release, name)
        release = replace(release, release=name, attribution=attribution, retrieved=_day(given))
    connection.execute("CREATE TEMPORARY TABLE newest_oews AS SELECT $release AS release", {"release": name})
    return [_source(release, files, _count(connection, "oews"))]


def _load_earlier(
    connection: duckdb.DuckDBPyConnection,
    described: Release,
    given: tuple[Path, ...],
    scratch: Path,
    notes: list[str],
) -> list[dict[str, object]]:
    """Jobs of earlier OEWS releases, each a source of its own; the newest one is loaded by then."""
    if not given:
        return []
    known = {newest for (newest,) in connection.execute("SELECT release FROM newest_oews").fetchall()}
    read = []
    for place, path in enumerate(given):
        name, rows = oews_earlier.load(connection, path, scratch / f"earlier-{place}", known)
        known.add(name)
        source = replace(
            described,
            id=f"oews_{name.rsplit(maxsplit=1)[-1]}",
            title=f"{described.title}, an earlier release",
            release=name,
            attribution=described.attribution.replace(described.release, name),
            retrieved=_day(path),
        )
        files = oews_sheets.files(path) if oews_sheets.is_published(path) else [path]
        read.append(_source(source, files, rows))
    lost = connection.execute(
        "SELECT count(DISTINCT area_code) FROM oews_earlier WHERE area_code NOT IN (SELECT code FROM area)"
    ).fetchone()
    if lost and lost[0]:
        notes.append(
            f"{lost[0]} areas of earlier OEWS releases are not in the newest one; they have no series"
        )
    return read


def _load_series(connection: duckdb.DuckDBPyConnection, packed: Path, scratch: Path) -> str:
    """OEWS as its time series in SQLite; the release's name."""
    plain = oews.unpack(packed, scratch)
    try:
        name = oews.load(connection, plain)
    except InputFault as error:
        raise InputFault(packed, str(error)) from error
    finally:
        if plain != packed:
            plain.unlink()
    if not _count(connection, "oews"):
        raise InputFault(packed, "has no estimates for all industries together")
    return name


def _load_workbooks(
    connection: duckdb.DuckDBPyConnection, release: Release, given: Path, scratch: Path, notes: list[str]
) -> tuple[str, list[Path]]:
    """OEWS as BLS publishes it; areas that it lacks stay as packaged, where that is the same release."""
    published = oews_sheets.load(given, scratch)
    files, bounds = oews_sheets.files(given), published.bounds
    if published.release == release.release:
        files += release.files()
        _load_series(connection, files[-1], scratch)
        bounds = bounds or _bounds(connection)
        connection.register("published", published.areas)
        connection.execute("DELETE FROM area WHERE code IN (SELECT code FROM published)")
        connection.execute("DELETE FROM oews WHERE area_code IN (SELECT code FROM published)")
        connection.unregister("published")
        if kept := _count(connection, "area"):
            notes.append(f"{kept} areas that {given.name} lacks are as packaged, of {release.release} too")
    elif not published.whole:
        raise InputFault(
            given,
            f"is of {published.release} and lacks {published.lacking}, and the packaged figures are of "
            f"{release.release}: give all of {published.release}, the zip of all data or a folder of three",
        )
    if published.capped and bounds is None:
        raise InputFault(
            given, "marks wages with # and says nowhere from which wage on; add BLS's field_descriptions.xlsx"
        )
    _insert(connection, "area", published.areas)
    _insert(connection, "oews", published.bounded(*bounds) if bounds else published.figures)
    return published.release, files


def _bounds(connection: duckdb.DuckDBPyConnection) -> tuple[float, float] | None:
    """The wages an hour and a year from which on the figures loaded are top-coded."""
    row = connection.execute(
        "SELECT max(hourly_p90) FILTER (hourly_p90_note = 'top_coded'),"
        " max(annual_p90) FILTER (annual_p90_note = 'top_coded') FROM oews"
    ).fetchone()
    return None if row is None or None in row else (row[0], row[1])


def _load_listing(
    connection: duckdb.DuckDBPyConnection, described: Release, given: Path | None, notes: list[str]
) -> list[dict[str, object]]:
    listing = given if given is not None else described.files()[0]
    placed, release, split = areas.load(listing)
    notes += split
    published = {code for (code,) in connection.execute("SELECT code FROM area").fetchall()}
    unknown = placed.area_code[~placed.area_code.isin(published)]
    if given is not None and not unknown.empty:
        raise InputFault(given, f"names {unknown.iloc[0]!r}, which is not an area of the OEWS release")
    # Our own listing may be of other definitions than a release given: what it lacks stays open.
    placed = placed.drop(unknown.index)
    counties_listed = pd.DataFrame(
        {
            "code": placed.county_fips,
            # One whose townships alone are listed has its name from the county shapes.
            "name": (placed.county_name + ", " + placed.state).where(placed.county_name != "", ""),
            "kind": "county",
            "state": placed.state,
            "oews_code": placed.area_code,
        }
    )
    _insert(connection, "area", counties_listed)
    if given is not None:
        described = replace(
            described, title="Counties and their OEWS areas", release=release, retrieved=_day(given)
        )
    return [_source(described, [listing], len(placed))]


def _load_counties(
    connection: duckdb.DuckDBPyConnection, described: Release, drawn: Future[pd.DataFrame]
) -> list[dict[str, object]]:
    shapes, files = drawn.result(), described.files()
    _insert(connection, "county_shape", shapes)
    connection.execute(query("name_counties"))
    connection.execute(query("load_unlisted_counties"))
    return [_source(described, files, len(shapes))]


def _load_roles(
    connection: duckdb.DuckDBPyConnection,
    releases: dict[str, Release],
    given: Path | None,
    official: Official | None,
) -> list[dict[str, object]]:
    described: tuple[Release, ...] = (releases["onet_roles"], releases["onet_tasks"])
    if given is None or official is None:
        files = tuple(release.files() for release in described)
        roles, tasks = onet_tasks.load_packaged(files[0][0], files[1][0])
    else:
        roles, tasks = official.roles, official.tasks
        files = (_inside(given), _inside(given))
        described = tuple(_numbered(each, official.number, given) for each in described)
    families = starter.job_families(STARTER)
    crosswalk = starter.oews_codes(STARTER)
    published = dict(
        connection.execute("SELECT DISTINCT occupation_code, occupation_title FROM oews").fetchall()
    )
    soc = roles.code.str[:7]
    oews_code = soc.map(lambda code: crosswalk.get(code, code))
    roles = roles.assign(
        job_family=roles.code.str[:2],
        oews_code=oews_code.where(oews_code.isin(published), None),
        oews_title=oews_code.map(published),
        task_count=roles.code.map(tasks.groupby("role_code").size()).fillna(0).astype(int),
    )
    unknown = roles.job_family[~roles.job_family.isin(families.code)]
    if not unknown.empty:
        raise InputFault(
            files[0][0], f"has a role of job family {unknown.iloc[0]}, which the SOC does not have"
        )
    _insert(connection, "job_family", families)
    _insert(connection, "role", roles.sort_values("code"))
    _insert(connection, "task", tasks.sort_values(["role_code", "position"]))
    return [
        _source(release, paths, rows)
        for release, paths, rows in zip(described, files, (len(roles), len(tasks)), strict=True)
    ]


def _inside(given: Path) -> list[Path]:
    return sorted(given.rglob("*.txt")) if given.is_dir() else [given]


def _numbered(described: Release, number: str, given: Path) -> Release:
    """A release as the file given has it, in place of the one that the manifest describes."""
    attribution = described.attribution.replace(described.release, number)
    return replace(described, release=number, retrieved=_day(given), attribution=attribution)


def _load_skills(
    connection: duckdb.DuckDBPyConnection, releases: dict[str, Release]
) -> list[dict[str, object]]:
    esco, osn = releases["esco"], releases["osn"]
    files = esco.files()
    skill, labels = skills.load(*files)
    technology = releases["onet_technology"]
    named, names = technologies.load(technology.files()[0])
    skill, labels = pd.concat([skill, named]), pd.concat([labels, names])
    better = starter.skill_names(STARTER)
    skill["name"] = [
        better.get(uri, name) for uri, name in zip(skill.uri.tolist(), skill.name.tolist(), strict=True)
    ]
    _insert(connection, "skill", skill.sort_values("id"))
    _insert(connection, "skill_label", labels.sort_values(["skill_id", "preferred"], ascending=[True, False]))
    counted = skill.vocabulary.value_counts()
    embeddings, everyday = releases["embeddings"].files(), releases["everyday"]
    return [
        _source(esco, files, int(counted["esco"])),
        _source(osn, osn.files(), int(counted["osn"])),
        _source(technology, technology.files(), int(counted["onet"])),
        _source(releases["embeddings"], embeddings, sum(map(skill_index.embedded, embeddings))),
        _source(everyday, everyday.files(), len(pd.read_csv(everyday.files()[0]))),
    ]


def _load_ratings(
    connection: duckdb.DuckDBPyConnection,
    described: Release,
    given: Path | None,
    official: Official | None,
    notes: list[str],
) -> list[dict[str, object]]:
    """What a full O*NET release rates; nothing without one."""
    if given is None or official is None or official.ratings is None:
        return []
    ratings = official.ratings
    technology = connection.execute("SELECT id, published_name FROM skill WHERE kind = 'technology'").df()
    software, fresh, labels = onet_ratings.software(ratings.software, technology)
    for table, frames in (
        ("skill", (ratings.skill, fresh)),
        ("skill_label", (ratings.skill_label, labels)),
        ("requirement", (ratings.requirement, software)),
    ):
        for frame in frames:
            _insert(connection, table, frame)
    _insert(connection, "role_job_zone", ratings.role_job_zone)
    _insert(connection, "role_education", ratings.role_education)
    _insert(connection, "role_interest", ratings.role_interest)
    _insert(connection, "interest_activity", ratings.interest_activity)
    ours = starter.titles(STARTER, set(official.roles.code))
    told = set(zip(ours.role_code.tolist(), ours.title.str.casefold().tolist(), strict=True))
    reported = ratings.role_title
    new = [
        (code, title.casefold()) not in told
        for code, title in zip(reported.role_code.tolist(), reported.title.tolist(), strict=True)
    ]
    _insert(connection, "role_title", reported[new])
    notes += ratings.notes
    return [_source(_numbered(described, official.number, given), _inside(given), ratings.rows)]


def _load_links(
    connection: duckdb.DuckDBPyConnection,
    releases: dict[str, Release],
    decided: Corrections,
    skipped: list[Skipped],
) -> list[dict[str, object]]:
    skill_ids = dict(connection.execute("SELECT uri, id FROM skill").fetchall())
    tasks = connection.execute("SELECT id, role_code, position FROM task").df()
    roles = {code for (code,) in connection.execute("SELECT code FROM role").fetchall()}
    requirement, called = starter.requirements(STARTER, skill_ids, tasks)
    linked = len(requirement)
    if decided.decisions:
        corrected = corrections.correct(decided.decisions, requirement, called, skill_ids, tasks)
        requirement, called = corrected.requirement, corrected.called
        skipped += corrected.skipped
        _insert(connection, "correction", corrected.table)
    titles = starter.titles(STARTER, roles)
    _insert(
        connection,
        "requirement",
        requirement.sort_values(["role_code", "importance"], ascending=[True, False]),
    )
    _insert(connection, "requirement_task", called.sort_values(["role_code", "skill_id", "position"]))
    _insert(connection, "kin", starter.kin(STARTER, skill_ids).sort_values(["skill_id", "other_id"]))
    _insert(connection, "role_title", titles)
    _insert(connection, "role_similarity_by_squares", starter.similarity(STARTER, roles, "similar_squares"))
    return [
        _source(releases["links"], releases["links"].files(), linked),
        _source(releases["titles"], releases["titles"].files(), len(titles)),
        *_corrections_read(decided, len(decided.decisions) - len(skipped)),
    ]


def _load_local(
    connection: duckdb.DuckDBPyConnection,
    releases: dict[str, Release],
    given: LocalFiles,
    scratch: Path,
    notes: list[str],
) -> list[dict[str, object]]:
    read = []
    for loaded in local.read(connection, releases, given, scratch):
        for table, frame in loaded.tables.items():
            _insert(connection, table, frame)
        notes += loaded.notes
        described = replace(loaded.release, retrieved=_day(loaded.file))
        read.append(_source(described, loaded.files(), loaded.rows))
    return read


def _load_likeness(
    connection: duckdb.DuckDBPyConnection, releases: dict[str, Release], official: Official | None
) -> None:
    """Which roles are alike: as the starter data have it, and with what a full O*NET release adds."""
    roles = connection.execute("SELECT code, title, task_count FROM role").df()
    alike = starter.similarity(STARTER, set(roles.code))
    rated = role_likeness.read_rated(connection)
    described = official.described if official else onet_likeness.Described({}, {})
    told = bool(described.titles or described.activities)
    if told or not rated.empty:
        words = skill_index.learned_words(*packaged(releases)) if told else None
        alike = role_likeness.similarity(roles, described, rated, alike, words, read_weights("official"))
    _insert(connection, "role_similarity", alike)


def _load_moves(
    connection: duckdb.DuckDBPyConnection, releases: dict[str, Release]
) -> list[dict[str, object]]:
    """Where people who leave an occupation go, by the model."""
    texts, vectors = packaged(releases)
    placed, known = occupations.read(connection, texts[1], vectors[1])
    moved = read_model().moves(known)
    _insert(connection, "survey_occupation", placed.table())
    _insert(connection, "occupation_move", moved)
    described = releases["moves_model"]
    return [_source(described, described.files(), len(moved))]


def _corrections_read(decided: Corrections, rows: int) -> list[dict[str, object]]:
    """The county's own part in what the numbers rest on, where it has one."""
    if not decided.files:
        return []
    newest = max(map(_day, decided.files))
    described = Release(
        id="corrections",
        title="Corrections of what roles require",
        publisher="This installation",
        release=newest.isoformat(),
        licence="Decisions of its own",
        url="",
        attribution="What roles require was corrected by whoever runs this installation.",
        retrieved=newest,
    )
    return [_source(described, list(decided.files), rows)]


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, *, create: bool = False
) -> None:
    connection.register("incoming", frame)
    if create:
        connection.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM incoming")  # noqa: S608
    else:
        # Table names are this module's own words, never input.
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
    connection.unregister("incoming")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _source(release: Release, files: list[Path], rows: int) -> dict[str, object]:
    return {
        "id": release.id,
        "title": release.title,
        "publisher": release.publisher,
        "release": release.release,
        "licence": release.licence,
        "url": release.url,
        "attribution": release.attribution,
        "retrieved": release.retrieved,
        "sha256": digest(files),
        "rows": rows,
    }


def _day(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def _clear_abandoned(folder: Path) -> None:
    """Remove what a build that was killed an hour ago or more left behind."""
    for scratch in folder.glob(SCRATCH + "*"):
        if time.time() - scratch.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(scratch, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _room_to_write(folder: Path) -> Iterator[None]:
    """Say in one line when a disk is full or a folder is not ours to write."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise BuildFault(f"No room left to write in {folder}; the old database is as it was.") from error
        if isinstance(error, PermissionError):
            raise BuildFault(f"{folder} cannot be written to; set DATA_DIR to a folder that can.") from error
        raise BuildFault(f"{folder}: {error.strerror or error}") from error
    except duckdb.Error as error:
        if any(words in str(error) for words in FULL_WORDS):
            raise BuildFault(f"No room left to write in {folder}; the old database is as it was.") from error
        raise

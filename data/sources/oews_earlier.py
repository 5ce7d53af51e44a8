"""Earlier releases of Occupational Employment and Wage Statistics: jobs by occupation, area and release.

Kept is what a series of demand needs: employment with its relative standard error. Areas and occupations are
those of the release itself; what another release calls otherwise is not brought together.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from data import oews_sheets, sqlite
from data.errors import InputFault
from data.sources import oews
from data.sql import query

COLUMNS = ["area_code", "occupation_code", "employment", "employment_note", "employment_rse"]
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def load(
    connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path, known: set[str]
) -> tuple[str, int]:
    """Add one release to the table ``oews_earlier``; its name, such as ``May 2024``, and its rows.

    Parameters
    ----------
    path : Path
        Workbooks, zips of them or a folder of either, or SQLite, gzipped or plain, as the newest release.
    known : set of str
        Releases that are loaded already.

    Raises
    ------
    InputFault
        If it is no release, one that is loaded already, or one that does not say of which year it is.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    if oews_sheets.is_published(path):
        published = oews_sheets.load(path, scratch)
        release = published.release
        year = _year(path, release, known)
        connection.register("earlier", published.figures[COLUMNS])
        connection.execute(
            "INSERT INTO oews_earlier SELECT $release, $year, * FROM earlier",
            {"release": release, "year": year},
        )
        connection.unregister("earlier")
    else:
        plain = oews.unpack(path, scratch)
        sqlite.attach(connection, plain, "release")
        try:
            told = connection.execute("SELECT value FROM release.meta WHERE name = 'release'").fetchone()
            release = told[0] if told else ""
            year = _year(path, release, known)
            reason, _bounds = oews.footnotes(connection)
            connection.register("footnote_reason", reason)
            connection.execute(query("load_earlier_oews"), {"release": release, "year": year})
            connection.unregister("footnote_reason")
        except duckdb.ConversionException as error:
            raise InputFault(path, f"has a value that is no number: {error}") from error
        finally:
            connection.execute("DETACH release")
            if plain != path:
                plain.unlink()
    row = connection.execute(
        "SELECT count(*) FROM oews_earlier WHERE release = $release", {"release": release}
    ).fetchone()
    rows = int(row[0]) if row else 0
    if not rows:
        raise InputFault(path, "has no estimates for all industries together")
    return release, rows


def _year(path: Path, release: str, known: set[str]) -> int:
    found = YEAR.search(release)
    if found is None:
        raise InputFault(path, "does not say of which year it is")
    if release in known:
        raise InputFault(path, f"is of {release}, which is loaded already")
    return int(found[1])

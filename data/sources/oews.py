"""Occupational Employment and Wage Statistics: every detailed occupation in every area.

The release comes as a SQLite file, gzipped or plain, with a row for each series group: the
key holds area, industry and occupation, ``v01`` to ``v17`` the published values as BLS
writes them (``-`` where there is none) and ``f01`` to ``f17`` their footnotes.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import sqlite3
import zlib
from pathlib import Path

import duckdb
import pandas as pd

from data import sqlite
from data.errors import InputFault
from data.sql import query

TABLES = {
    "cell": {"key", *(f"v{n:02}" for n in range(1, 18)), *(f"f{n:02}" for n in range(1, 18))},
    "area": {"area_code", "areatype_code", "state_code", "area_name"},
    "occupation": {"occupation_code", "occupation_name", "display_level"},
    "footnote": {"footnote_code", "footnote_text"},
    "meta": {"name", "value"},
}
# What each footnote says decides, not its number: numbers have changed between releases.
REASONS = (
    ("suppressed", re.compile(r"not released", re.IGNORECASE)),
    ("top_coded", re.compile(r"equal to or greater than", re.IGNORECASE)),
    ("one_period_only", re.compile(r"either as hourly wages or annual salaries", re.IGNORECASE)),
)
BOUND = re.compile(r"\$([\d,]+(?:\.\d+)?) per hour or \$([\d,]+(?:\.\d+)?) per year")


def unpack(path: Path, folder: Path) -> Path:
    """The release as a plain SQLite file: ``path`` itself, or unpacked into ``folder``.

    Raises
    ------
    InputFault
        If the file is cut short, damaged, or neither SQLite nor gzipped SQLite.
    """
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
    except OSError as error:
        raise InputFault(path, f"cannot be read: {error.strerror}") from error
    plain = path
    if packed:
        plain = folder / "oews.sqlite"
        with gzip.open(path) as source, plain.open("wb") as target:
            while block := _block(source, path):
                target.write(block)
    _check(plain, path)
    return plain


def load(connection: duckdb.DuckDBPyConnection, database: Path) -> str:
    """Fill the tables ``area``, ``oews`` and those of sectors; the release's name, such as ``May 2025``."""
    sqlite.attach(connection, database, "release")
    try:
        reason, (hourly, annual) = footnotes(connection)
        connection.register("footnote_reason", reason)
        connection.execute(query("load_areas"))
        connection.execute(query("load_oews"), {"hourly_bound": hourly, "annual_bound": annual})
        cells = _sector_cells(database)
        if not cells.empty:
            connection.register("sector_cell", cells)
            connection.execute(query("load_sectors"))
            connection.unregister("sector_cell")
        release = connection.execute("SELECT value FROM release.meta WHERE name = 'release'").fetchone()
        connection.unregister("footnote_reason")
        connection.execute("DETACH release")
    except duckdb.ConversionException as error:
        raise InputFault(database.name, f"has a value that is no number: {error}") from error
    except duckdb.IOException:
        # The database being written, not the release being read.
        raise
    except duckdb.Error as error:
        raise InputFault(database.name, f"is damaged: {error}") from error
    return release[0] if release else "unnamed"


def _sector_cells(database: Path) -> pd.DataFrame:
    """Cells of sectors in the nation; none where the release names no industries."""
    with contextlib.closing(
        sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    ) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(industry)")}
        if not columns >= {"industry_code", "industry_name"}:
            return pd.DataFrame()
        return pd.read_sql_query(query("sector_cells"), connection).astype(object)


def _block(source: gzip.GzipFile, path: Path) -> bytes:
    try:
        return source.read(1 << 20)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputFault(path, f"is cut short or damaged: {error}") from error


def _check(plain: Path, path: Path) -> None:
    with plain.open("rb") as stream:
        header = stream.read(100)
    if not header.startswith(b"SQLite format 3\x00"):
        raise InputFault(path, "is not a SQLite database, gzipped or plain")
    # Page size and count from the file's header: https://www.sqlite.org/fileformat2.html
    page_size = int.from_bytes(header[16:18]) or 1
    expected = (65536 if page_size == 1 else page_size) * int.from_bytes(header[28:32])
    if plain.stat().st_size < expected:
        raise InputFault(path, f"is cut short: {plain.stat().st_size:,} of {expected:,} bytes")
    try:
        connection = sqlite3.connect(f"{plain.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            for table, columns in TABLES.items():
                found = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
                if not found:
                    raise InputFault(path, f"has no table {table}")
                if columns - found:
                    raise InputFault(path, f"has no column {', '.join(sorted(columns - found))} in {table}")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise InputFault(path, f"is damaged: {error}") from error


def footnotes(connection: duckdb.DuckDBPyConnection) -> tuple[pd.DataFrame, tuple[float, float]]:
    """What each footnote of the attached release gives as reason, and the wages from which on it caps."""
    notes = connection.execute("SELECT footnote_code, footnote_text FROM release.footnote").fetchall()
    found = [(code, reason) for code, text in notes for reason, pattern in REASONS if pattern.search(text)]
    if {reason for _, reason in found} != {reason for reason, _ in REASONS}:
        raise InputFault("footnote", "do not say what is suppressed, top-coded, or paid by the year only")
    bound = next((match for _, text in notes if (match := BOUND.search(text))), None)
    if bound is None:
        raise InputFault("footnote", "do not say from which wage on figures are top-coded")
    hourly, annual = (float(each.replace(",", "")) for each in bound.groups())
    return pd.DataFrame(found, columns=["code", "reason"]).astype(object), (hourly, annual)

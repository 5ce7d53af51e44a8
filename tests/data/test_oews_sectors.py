"""Sectors of the nation are read from a release that has them; one without them is none the worse."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from data.inputs import STARTER
from data.sources import oews
from data.sources.starter import states
from data.sql import schema
from tests.data.conftest import NURSES


def loaded(release: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(schema())
    connection.register("listed", states(STARTER))
    connection.execute("CREATE TEMPORARY TABLE state_postal AS SELECT * FROM listed")
    oews.load(connection, release)
    return connection


def test_a_sector_is_named_by_its_codes_and_has_what_is_published_of_the_nation(small_oews: Path) -> None:
    with closing(sqlite3.connect(small_oews)) as release:
        release.execute(
            "CREATE TABLE industry (industry_code TEXT, industry_name TEXT, display_level INTEGER)"
        )
        release.executemany(
            "INSERT INTO industry VALUES (?, ?, 2)",
            [
                ("31--34", "Sectors 31, 32, and 33 - Manufacturing"),
                ("99-100", "Sector 99 - Government"),
                ("311000", "Food Manufacturing"),
            ],
        )
        rows = [
            ("31--34", "000000", ["900", "0.5"], None),
            ("31--34", "291141", ["40", "3.1"], None),
            ("31--34", "110000", ["70", "3.1"], None),
            ("99-100", "291141", ["-", "-"], "8"),
            ("311000", "291141", ["10", "9.9"], None),
        ]
        for industry, occupation, found, note in rows:
            values = [*found, *NURSES[2:]]
            release.execute(
                f"INSERT INTO cell VALUES ({', '.join('?' * 35)})",  # noqa: S608
                (f"OEUN0000000{industry}{occupation}", *values, note, *[None] * 16),
            )
        release.commit()
    database = loaded(small_oews)
    assert database.execute("SELECT * FROM sector ORDER BY code").fetchall() == [
        ("31-33", "Manufacturing"),
        ("99", "Government"),
    ]
    # Groups of occupations and finer industries are not among them; what is withheld says so.
    assert database.execute("SELECT * FROM oews_sector ORDER BY ALL").fetchall() == [
        ("31-33", "00-0000", 900.0, None, 0.5),
        ("31-33", "29-1141", 40.0, None, 3.1),
        ("99", "29-1141", None, "suppressed", None),
    ]


def test_a_release_that_names_no_industries_has_no_sectors(small_oews: Path) -> None:
    database = loaded(small_oews)
    assert database.execute("SELECT count(*) FROM sector").fetchall() == [(0,)]
    assert database.execute("SELECT count(*) FROM oews").fetchall() != [(0,)]

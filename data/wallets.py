"""Skills of the people who consented to be counted, brought beside the labour-market data."""

from __future__ import annotations

import secrets
from datetime import date

import duckdb

from data import sqlite
from data.errors import LaborDataUnavailable
from data.sql import query


def load(connection: duckdb.DuckDBPyConnection, url: str, today: date) -> int:
    """Fill ``memory.wallet_skill`` from the system of record; the number of rows.

    A row is a person's best standing in a skill that counts on ``today``. The owner is a salted hash
    whose salt is thrown away: it tells people apart within one load, and nothing more.

    Raises
    ------
    LaborDataUnavailable
        If the system of record cannot be read this way.
    """
    path = _sqlite_path(url)
    try:
        sqlite.attach(connection, path, "people")
        try:
            connection.execute(
                query("load_wallet_skills"), {"today": today.isoformat(), "salt": secrets.token_hex(16)}
            )
        finally:
            connection.execute("DETACH people")
        row = connection.execute("SELECT count(*) FROM memory.wallet_skill").fetchone()
    except duckdb.Error as error:
        raise LaborDataUnavailable("The skills of consenting residents cannot be read just now.") from error
    return int(row[0]) if row else 0


def _sqlite_path(url: str) -> str:
    scheme, _, path = url.partition(":///")
    if not scheme.startswith("sqlite") or not path:
        raise LaborDataUnavailable("The skills of consenting residents are read from SQLite files only.")
    return path

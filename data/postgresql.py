"""Reading PostgreSQL into DuckDB, by a copy that the server writes and DuckDB reads."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.sql import query
from data.sqlite import quoted

CONNECT_SECONDS = 10
SCHEME = "postgresql"


class PostgresUnreadable(Exception):  # noqa: N818 - named as it is handled
    """The server does not answer, or not as it should."""


def load(
    connection: duckdb.DuckDBPyConnection,
    url: str,
    tables: Mapping[str, str],
    parameters: Mapping[str, str],
) -> None:
    """Fill tables of DuckDB with what queries of PostgreSQL give, all of one moment.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it, ``postgresql+psycopg://…``.
    tables : mapping of str to str
        For each table its columns as DuckDB's ``read_csv`` takes them; the query is named as the table is, in
        ``data/queries``, with ``_postgresql`` at its end.
    parameters : mapping of str to str
        Of the queries.

    Raises
    ------
    PostgresUnreadable
    """
    import psycopg  # Only where it is the system of record.

    _scheme, _, rest = url.partition("://")
    try:
        with (
            tempfile.TemporaryDirectory(prefix="waymark-") as folder,
            psycopg.connect(f"{SCHEME}://{rest}", connect_timeout=CONNECT_SECONDS) as server,
        ):
            server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            server.read_only = True
            for table, columns in tables.items():
                path = Path(folder) / f"{table}.csv"
                with (
                    path.open("wb") as file,
                    server.cursor() as cursor,
                    cursor.copy(query(f"{table}_postgresql").encode(), parameters) as copy,
                ):
                    for part in copy:
                        file.write(part)
                connection.execute(
                    f"CREATE OR REPLACE TABLE memory.{table} AS SELECT * FROM"  # noqa: S608 - names of ours
                    f" read_csv('{quoted(path)}', header = false, delim = ',', quote = '\"', escape = '\"',"
                    f" columns = {columns})"
                )
    except (psycopg.Error, OSError) as error:
        raise PostgresUnreadable("PostgreSQL cannot be read.") from error

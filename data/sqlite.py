"""Reading SQLite files from DuckDB, with no network and nothing installed for the user."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import duckdb


def attach(connection: duckdb.DuckDBPyConnection, path: Path | str, name: str) -> None:
    """Attach a SQLite file read-only under ``name``, every value as text.

    The extension is loaded from where its package lies. (``INSTALL`` would copy it into the home folder
    first, which a service may not have.)
    """
    version = connection.execute("SELECT version()").fetchone()
    folder = importlib.resources.files("duckdb_extension_sqlite_scanner") / "extensions"
    extension = folder / str(version[0] if version else "") / "sqlite_scanner.duckdb_extension"
    connection.execute(f"LOAD '{quoted(extension)}'")
    # SQLite holds what it is given, whatever a column is declared as: nothing fails by being text.
    connection.execute("SET GLOBAL sqlite_all_varchar = true")
    connection.execute(f"ATTACH '{quoted(path)}' AS {name} (TYPE sqlite, READ_ONLY)")


def quoted(value: object) -> str:
    """Text to stand between single quotes in SQL, where a parameter cannot."""
    return str(value).replace("'", "''")

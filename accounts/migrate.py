"""Brings the system of record to the tables that the code expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from config import ROOT
from database import Database


def upgrade(database_url: str, revision: str = "head") -> bool:
    """Run the migrations that are missing; tell whether there were any.

    Parameters
    ----------
    database_url : str
        SQLAlchemy address. An SQLite file is made when it is not there, with its folder, for the
        eyes of the user it runs as.
    revision : str
        Where to stop; the newest by default.
    """
    _make_file(database_url)
    settings = _settings(database_url)
    before = current(database_url)
    if revision == "head" and before == ScriptDirectory.from_config(settings).get_current_head():
        return False
    command.upgrade(settings, revision)
    return current(database_url) != before


def downgrade(database_url: str, revision: str) -> None:
    """Undo migrations down to ``revision`` (``base`` for all)."""
    command.downgrade(_settings(database_url), revision)


def current(database_url: str) -> str | None:
    """Return the revision the database is at; ``None`` when it is empty."""
    database = Database(database_url)
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        database.close()


def _settings(database_url: str) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    settings.attributes["url"] = database_url
    return settings


def _make_file(database_url: str) -> None:
    address = make_url(database_url)
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        path = Path(str(address.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)

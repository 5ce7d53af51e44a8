"""Runs migrations on the system of record, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

import accounts.counsel_models
import accounts.models  # noqa: F401 - declares its tables on the metadata
import wallet.confirmation_models
import wallet.issuing_models
import wallet.models  # noqa: F401 - the same
from config import database_url
from database import Base, Database, UtcDateTime


def _written(kind: str, item: object, _context: object) -> str | bool:
    # A migration has to mean the same when the code has moved on: plain types only.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite cannot alter a column in place
        compare_type=True,
        render_item=_written,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run() -> None:
    if context.is_offline_mode():
        context.configure(url=database_url(), target_metadata=Base.metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    database = Database(context.config.attributes.get("url") or database_url())
    try:
        with database.engine.connect() as connection:
            _migrate(connection)
    finally:
        database.close()


_run()

"""The system of record: one declarative base, one engine, one way to a session.

``accounts`` and ``wallet`` declare their tables on the same metadata, so that a record
can point at its person, while neither room imports the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table in the system of record."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC on every database (SQLite drops the time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """An engine and its sessions.

    Parameters
    ----------
    url : str
        SQLAlchemy address; SQLite is put in WAL mode with foreign keys on.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        # An error names the statement, never the e-mail address or the hash that went into it.
        # A connection over a network may have gone; to a file it cannot, and need not be asked each time.
        over_network = make_url(url).get_backend_name() != "sqlite"
        self.engine: Engine = create_engine(url, pool_pre_ping=over_network, hide_parameters=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite_pragmas)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, undone when it raises."""
        with self._sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def batched(keys: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Keys in parts that fit into one statement.

    >>> list(batched("abc", size=2))
    [['a', 'b'], ['c']]
    """
    listed = list(keys)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def _sqlite_pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Store:
    """A part of the system of record, and a clock to write down when something was done.

    Parameters
    ----------
    database : Database
    now : callable
        Gives the present moment.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

"""A system of record for one test, and people in it."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import accounts.models  # noqa: F401 - a wallet points at its person
from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.consents import ConsentStore
from accounts.migrate import upgrade
from accounts.passwords import Passwords
from accounts.store import PersonStore
from database import Base, Database
from services.people import PeopleService
from wallet.store import WalletStore

PASSWORD = "three quiet herons"
QUICK = Passwords(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    """A clock that a test moves on."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@cache
def migrated() -> bytes:
    """An SQLite file after all migrations: half a second, once a process instead of once a test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "waymark.sqlite"
        upgrade(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.read_bytes()


def copy_migrated(path: Path) -> None:
    """Put such a file where there is none yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(migrated())


@dataclass
class SystemOfRecord:
    """Both stores over one migrated database, and the people service over them."""

    url: str
    demo: bool = False
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        if not self.url.startswith("sqlite:///") or Path(self.url.removeprefix("sqlite:///")).exists():
            upgrade(self.url)
        else:
            copy_migrated(Path(self.url.removeprefix("sqlite:///")))
        self.database = Database(self.url)
        # The demo people stand in the order they were made: they need a clock that goes on.
        self.people = PersonStore(self.database) if self.demo else PersonStore(self.database, self.clock)
        self.wallets = WalletStore(self.database)
        self.consents = ConsentStore(self.database, self.clock)
        self.audit = AuditLog(self.database, self.clock)
        self.service = PeopleService(self.people, QUICK, demo=self.demo)

    @classmethod
    def in_folder(cls, folder: Path, *, demo: bool = False) -> SystemOfRecord:
        """A fresh SQLite file."""
        return cls(f"sqlite:///{folder / 'waymark.sqlite'}", demo)

    def person(self, name: str) -> Actor:
        """Register a learner called ``name``."""
        return self.service.register(f"{name.lower()}@example.org", name, PASSWORD)

    def close(self) -> None:
        self.database.close()


def differences(url: str) -> list:
    """What the models say and the tables at ``url`` do not, and the other way round."""
    database = Database(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    database.close()
    return found

"""A system of record for one test, and people in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
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


@dataclass
class SystemOfRecord:
    """Both stores over one migrated database, and the people service over them."""

    url: str
    demo: bool = False
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        upgrade(self.url)
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

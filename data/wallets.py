"""Skills of the people who consented to be counted, brought beside the labour-market data."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb

from data import postgresql, sqlite
from data.errors import LaborDataUnavailable
from data.sql import query

Held = tuple[str, str | None, str, str, int]
"""A skill that somebody holds: person id or key of the owner, area code, skill URI, best standing, and the
marks of the person's groups, added up."""


TABLES = {
    "wallet_owner": "{'owner': 'VARCHAR'}",
    "wallet_skill": "{'owner': 'VARCHAR', 'area_code': 'VARCHAR', 'skill_uri': 'VARCHAR',"
    " 'standing': 'VARCHAR', 'groups': 'UTINYINT'}",
}
"""What is filled, with columns and types."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load of wallets: where from, as of which day, and by which salt their owners are told apart.

    The salt stays in this process and is another with every load.
    """

    url: str
    today: date
    salt: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def key(self, person_id: str) -> str:
        """The key of an owner, as ``load_wallet_skills`` makes it."""
        return hashlib.sha256(f"{person_id}{self.salt}".encode()).hexdigest()


def load(connection: duckdb.DuckDBPyConnection, loading: Load) -> int:
    """Fill ``memory.wallet_skill`` from the system of record; the number of rows.

    A row is a person's best standing in a skill that counts on that day. The owner is a salted hash: it
    tells people apart within one load, and nothing more.

    Raises
    ------
    LaborDataUnavailable
        If the system of record cannot be read this way.
    """
    parameters = {"today": loading.today.isoformat(), "salt": loading.salt}
    try:
        if loading.url.startswith(postgresql.SCHEME):
            postgresql.load(connection, loading.url, TABLES, parameters)
        else:
            _from_sqlite(connection, _sqlite_path(loading.url), parameters)
        row = connection.execute("SELECT count(*) FROM memory.wallet_skill").fetchone()
    except (duckdb.Error, postgresql.PostgresUnreadable) as error:
        raise LaborDataUnavailable("The skills of consenting residents cannot be read just now.") from error
    return int(row[0]) if row else 0


def _from_sqlite(connection: duckdb.DuckDBPyConnection, path: str, parameters: dict[str, str]) -> None:
    sqlite.attach(connection, path, "people")
    try:
        connection.execute(query("load_wallet_owners"), {"salt": parameters["salt"]})
        connection.execute(query("load_wallet_skills"), parameters)
    finally:
        connection.execute("DETACH people")


def follow(
    connection: duckdb.DuckDBPyConnection,
    loading: Load,
    consenting: Iterable[str],
    holdings_of: Callable[[tuple[str, ...]], Iterable[Held]],
) -> None:
    """Take out who no longer consents, and put in who has come since; see ``LaborStore.follow_wallets``."""
    now = {loading.key(person): person for person in consenting}
    try:
        there = {row[0] for row in connection.execute("SELECT owner FROM memory.wallet_owner").fetchall()}
        gone = [owner for owner in there if owner not in now]
        come = [owner for owner in now if owner not in there]
        rows = [
            [loading.key(person), *rest] for person, *rest in holdings_of(tuple(now[owner] for owner in come))
        ]
        connection.begin()
        for table in ("wallet_owner", "wallet_skill"):
            connection.execute(
                f"DELETE FROM memory.{table} WHERE list_contains($gone, owner)",  # noqa: S608
                {"gone": gone},
            )
        if come:
            connection.executemany("INSERT INTO memory.wallet_owner VALUES (?)", [[owner] for owner in come])
        if rows:
            connection.executemany("INSERT INTO memory.wallet_skill VALUES (?, ?, ?, ?, ?)", rows)
        connection.commit()
    except duckdb.Error as error:
        raise LaborDataUnavailable("The skills of consenting residents cannot be read just now.") from error


def replace(
    connection: duckdb.DuckDBPyConnection,
    loading: Load,
    person_ids: Iterable[str],
    rows: Iterable[Held],
) -> list[Held]:
    """Put ``rows`` in the place of what is there of some people; returns what was there, its owners by key.

    Parameters
    ----------
    rows : iterable of Held
    """
    owners = [loading.key(person) for person in person_ids]
    come = [[loading.key(person), *rest] for person, *rest in rows]
    try:
        connection.begin()
        there = connection.execute(
            "DELETE FROM memory.wallet_skill WHERE list_contains($owners, owner) RETURNING *",
            {"owners": owners},
        ).fetchall()
        connection.execute(
            "DELETE FROM memory.wallet_owner WHERE list_contains($owners, owner)", {"owners": owners}
        )
        if come:
            connection.executemany("INSERT INTO memory.wallet_skill VALUES (?, ?, ?, ?, ?)", come)
            connection.executemany(
                "INSERT INTO memory.wallet_owner VALUES (?)", [[key] for key in {row[0] for row in come}]
            )
        connection.commit()
    except duckdb.Error as error:
        raise LaborDataUnavailable("The skills of consenting residents cannot be read just now.") from error
    return there


def _sqlite_path(url: str) -> str:
    scheme, _, path = url.partition(":///")
    if not scheme.startswith("sqlite") or not path:
        raise LaborDataUnavailable(
            "The skills of consenting residents are read from SQLite and PostgreSQL only."
        )
    return path

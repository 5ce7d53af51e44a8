"""Personal access tokens in the system of record: every reading and writing of their table."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from accounts.models import ApiTokenRow, Person
from database import Store

PREFIX = "waymark_"
SECRET_BYTES = 32
USED_EVERY = timedelta(minutes=5)
"""How exact the moment of the last use is, so that not every request writes."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its person sees it; its secret is known to nobody but whoever holds it.

    Attributes
    ----------
    hint : str
        Its last four characters, to tell it from others.
    session_version : int
        That of the person when it was made: a changed password ends it.
    """

    id: str
    person_id: str
    name: str
    hint: str
    scopes: tuple[str, ...]
    session_version: int
    made_at: datetime
    ends_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def state_at(self, now: datetime) -> str:
        """``live``, ``revoked`` or ``expired``."""
        if self.revoked_at is not None:
            return "revoked"
        return "live" if now < self.ends_at else "expired"


def new_secret() -> str:
    """Return a token with 256 random bits; its beginning lets scanners for leaked secrets know it."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """Return the hash by which a token is found. With 256 random bits it needs no salt and no slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenStore(Store):
    """Tokens by person, and by the hash of their secret.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def add(
        self, person_id: str, name: str, scopes: tuple[str, ...], ends_at: datetime, most: int
    ) -> tuple[ApiToken, str] | None:
        """Keep a token; returns it with its secret, or ``None`` when the person has ``most`` live ones."""
        secret, now = new_secret(), self._now()
        with self._database.session() as session:
            # Two at once wait for each other (on PostgreSQL; SQLite has one writer).
            person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
            live = select(func.count()).where(
                ApiTokenRow.person_id == person_id,
                ApiTokenRow.revoked_at.is_(None),
                ApiTokenRow.ends_at > now,
            )
            if person is None or (session.scalar(live) or 0) >= most:
                return None
            row = ApiTokenRow(
                person_id=person_id,
                name=name,
                digest=digest(secret),
                hint=secret[-4:],
                scopes=list(scopes),
                session_version=person.session_version,
                made_at=now,
                ends_at=ends_at,
            )
            session.add(row)
            session.flush()
            return _token(row), secret

    def of(self, person_id: str) -> tuple[ApiToken, ...]:
        """Return a person's tokens, ended ones too, the newest first."""
        query = select(ApiTokenRow).where(ApiTokenRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(ApiTokenRow.made_at.desc(), ApiTokenRow.id))
            return tuple(_token(row) for row in rows)

    def by_secret(self, secret: str) -> ApiToken | None:
        """Return the token with this secret, whether or not it is good."""
        with self._database.session() as session:
            row = session.scalar(select(ApiTokenRow).where(ApiTokenRow.digest == digest(secret)))
            return None if row is None else _token(row)

    def used(self, token: ApiToken) -> None:
        """Note that a token was used just now."""
        now = self._now()
        if token.last_used_at is not None and now - token.last_used_at < USED_EVERY:
            return
        with self._database.session() as session:
            session.execute(update(ApiTokenRow).where(ApiTokenRow.id == token.id).values(last_used_at=now))

    def revoke(self, person_id: str, token_id: str) -> bool:
        """End a token; ``False`` when the person has none of this id, ``True`` also when it had ended."""
        with self._database.session() as session:
            row = session.get(ApiTokenRow, token_id)
            if row is None or row.person_id != person_id:
                return False
            row.revoked_at = row.revoked_at or self._now()
            return True


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        row.id,
        row.person_id,
        row.name,
        row.hint,
        tuple(row.scopes),
        row.session_version,
        row.made_at,
        row.ends_at,
        row.last_used_at,
        row.revoked_at,
    )

"""Systems of others in the system of record: who they are, their codes, their tokens.

Everything secret is kept as a hash, and everything hangs on a consent: when it ends, nothing of it opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, update

from accounts.models import OAuthClientRow, OAuthCodeRow, OAuthTokenRow
from accounts.tokens import digest
from database import Store

CODE_GOOD_FOR = timedelta(minutes=5)
UNUSED_FOR = timedelta(days=30)
ACCESS, REFRESH = "access", "refresh"


@dataclass(frozen=True, slots=True)
class Client:
    """A system as it registered itself (RFC 7591). Nothing it says of itself is checked.

    Attributes
    ----------
    method : str
        How it shows who it is: ``client_secret_basic``, ``client_secret_post`` or ``none``.
    scopes : tuple of str
        What it may ask people for.
    """

    id: str
    secret_digest: str
    method: str
    name: str
    uri: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for."""

    client_id: str
    consent_id: str
    redirect_uri: str
    challenge: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SystemToken:
    """A token of a system; ``kind`` is ``access`` or ``refresh``."""

    digest: str
    kind: str
    client_id: str
    consent_id: str
    scopes: tuple[str, ...]
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None

    def state_at(self, now: datetime) -> str:
        """``live``, ``revoked`` or ``expired``."""
        if self.revoked_at is not None:
            return "revoked"
        return "live" if now < self.ends_at else "expired"


class OAuthStore(Store):
    """Clients by their id; codes and tokens by the hash of their secret.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def add_client(self, client: Client, told: dict[str, str]) -> None:
        """Keep a system; those that nobody let in for a month are forgotten on the way."""
        unused = ~exists().where(OAuthTokenRow.client_id == OAuthClientRow.id)
        with self._database.session() as session:
            session.execute(
                delete(OAuthClientRow).where(OAuthClientRow.made_at < self._now() - UNUSED_FOR, unused)
            )
            session.add(
                OAuthClientRow(
                    id=client.id,
                    secret_digest=client.secret_digest,
                    method=client.method,
                    name=client.name,
                    uri=client.uri,
                    redirect_uris=list(client.redirect_uris),
                    scopes=list(client.scopes),
                    told=told,
                    made_at=client.made_at,
                )
            )

    def client(self, client_id: str) -> Client | None:
        """Return the system of this id."""
        with self._database.session() as session:
            row = session.get(OAuthClientRow, client_id)
            if row is None:
                return None
            return Client(
                row.id,
                row.secret_digest,
                row.method,
                row.name,
                row.uri,
                tuple(row.redirect_uris),
                tuple(row.scopes),
                row.made_at,
            )

    def add_code(self, secret: str, code: Code) -> None:
        """Keep what a code stands for, for a few minutes."""
        with self._database.session() as session:
            session.add(
                OAuthCodeRow(
                    digest=digest(secret),
                    client_id=code.client_id,
                    consent_id=code.consent_id,
                    redirect_uri=code.redirect_uri,
                    challenge=code.challenge,
                    scopes=list(code.scopes),
                    ends_at=self._now() + CODE_GOOD_FOR,
                )
            )

    def take_code(self, secret: str, client_id: str) -> tuple[Code | None, bool]:
        """Return what a code of this system stands for, once, and whether it was used before."""
        now, key = self._now(), digest(secret)
        with self._database.session() as session:
            row = session.get(OAuthCodeRow, key)
            if row is None or row.client_id != client_id:
                return None, False
            code = Code(row.client_id, row.consent_id, row.redirect_uri, row.challenge, tuple(row.scopes))
            taken = session.execute(
                update(OAuthCodeRow)
                .where(OAuthCodeRow.digest == key, OAuthCodeRow.used_at.is_(None))
                .values(used_at=now)
            )
            if not taken.rowcount:  # type: ignore[attr-defined]
                return code, True
            return (code if now < row.ends_at else None), False

    def add_token(
        self,
        secret: str,
        kind: str,
        client_id: str,
        consent_id: str,
        scopes: tuple[str, ...],
        ends_at: datetime,
    ) -> None:
        """Keep a token; those of the same consent that ended long ago are forgotten on the way."""
        now = self._now()
        with self._database.session() as session:
            session.execute(
                delete(OAuthTokenRow).where(
                    OAuthTokenRow.consent_id == consent_id, OAuthTokenRow.ends_at < now - UNUSED_FOR
                )
            )
            session.add(
                OAuthTokenRow(
                    digest=digest(secret),
                    kind=kind,
                    client_id=client_id,
                    consent_id=consent_id,
                    scopes=list(scopes),
                    made_at=now,
                    ends_at=ends_at,
                )
            )

    def token(self, secret: str) -> SystemToken | None:
        """Return the token with this secret, whether or not it is good."""
        with self._database.session() as session:
            row = session.get(OAuthTokenRow, digest(secret))
            if row is None:
                return None
            return SystemToken(
                row.digest,
                row.kind,
                row.client_id,
                row.consent_id,
                tuple(row.scopes),
                row.made_at,
                row.ends_at,
                row.revoked_at,
            )

    def revoke(self, token: SystemToken) -> bool:
        """End one token; ``False`` when it had ended."""
        with self._database.session() as session:
            done = session.execute(
                update(OAuthTokenRow)
                .where(OAuthTokenRow.digest == token.digest, OAuthTokenRow.revoked_at.is_(None))
                .values(revoked_at=self._now())
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def revoke_all(self, consent_id: str) -> None:
        """End every token that stands on a consent."""
        with self._database.session() as session:
            session.execute(
                update(OAuthTokenRow)
                .where(OAuthTokenRow.consent_id == consent_id, OAuthTokenRow.revoked_at.is_(None))
                .values(revoked_at=self._now())
            )

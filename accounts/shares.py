"""Links to what a person shows: every reading and writing of their table.

A share is a consent of kind ``link`` with the hash of a secret beside it: what is seen, for what and until
when stands in the consent, and taking the consent back takes the link back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from accounts.consent import Consent
from accounts.consents import ConsentStore
from accounts.models import ConsentRow, Person, PersonKey, ShareRow
from database import Database, Store, utc_now


@dataclass(frozen=True, slots=True)
class Share:
    """A link as its owner sees it.

    Attributes
    ----------
    consent : Consent
        What it shows, for what, until when; its id is the share's.
    openings : int
        How often it can be opened.
    opened : int
        How often it was.
    last_opened_at : datetime or None
    """

    consent: Consent
    openings: int
    opened: int = 0
    last_opened_at: datetime | None = None

    @property
    def id(self) -> str:
        return self.consent.id

    def state_at(self, now: datetime) -> str:
        """``live``, ``withdrawn``, ``expired`` or ``used_up``."""
        if self.consent.withdrawn_at is not None:
            return "withdrawn"
        if self.consent.ends_at is not None and self.consent.ends_at <= now:
            return "expired"
        return "live" if self.opened < self.openings else "used_up"


class ShareStore(Store):
    """Links by person, and by the hash of their secret.

    Parameters
    ----------
    database : Database
        The system of record.
    consents : ConsentStore
    now : callable
        The clock; a test gives another.
    """

    def __init__(
        self, database: Database, consents: ConsentStore, now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(database, now)
        self._consents = consents

    def add(self, consent: Consent, digest: str, openings: int) -> Share:
        """Let whoever has the secret of this hash in by a consent, so many times."""
        with self._database.session() as session:
            session.add(
                ShareRow(consent_id=consent.id, person_id=consent.person_id, digest=digest, openings=openings)
            )
        return Share(consent, openings)

    def change(self, share_id: str, consent: Consent, openings: int) -> None:
        """Let the same link stand on another yes of the same person, for so many openings in all."""
        with self._database.session() as session:
            session.execute(
                update(ShareRow)
                .where(ShareRow.consent_id == share_id, ShareRow.person_id == consent.person_id)
                .values(consent_id=consent.id, openings=openings)
            )

    def of(self, person_id: str) -> tuple[Share, ...]:
        """Return every link of a person, ended ones too, the newest first."""
        with self._database.session() as session:
            rows = {
                row.consent_id: row
                for row in session.scalars(select(ShareRow).where(ShareRow.person_id == person_id))
            }
        return tuple(
            _share(consent, rows[consent.id])
            for consent in self._consents.of(person_id)
            if consent.id in rows
        )

    def by_digest(self, digest: str) -> Share | None:
        """Return the link of this hash, ended or not."""
        with self._database.session() as session:
            row = session.scalar(select(ShareRow).where(ShareRow.digest == digest))
        consent = None if row is None else self._consents.get(row.consent_id)
        return None if row is None or consent is None else _share(consent, row)

    def open(self, share_id: str) -> bool:
        """Count an opening; ``False`` when the link has ended, is used up, or was taken back meanwhile.

        Of two at the same moment no more are let in than there are openings left.
        """
        now = self._now()
        live = select(ConsentRow.id).where(
            ConsentRow.id == share_id,
            ConsentRow.withdrawn_at.is_(None),
            (ConsentRow.ends_at.is_(None)) | (ConsentRow.ends_at > now),
        )
        with self._database.session() as session:
            done = session.execute(
                update(ShareRow)
                .where(
                    ShareRow.consent_id == share_id,
                    ShareRow.opened < ShareRow.openings,
                    ShareRow.consent_id.in_(live),
                )
                .values(opened=ShareRow.opened + 1, last_opened_at=now)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    # Keys

    def key(self, person_id: str) -> tuple[str, str] | None:
        """Return the person's public key and the sealed private one, if there is one yet."""
        with self._database.session() as session:
            row = session.get(PersonKey, person_id)
            return None if row is None else (row.public, row.sealed)

    def add_key(self, person_id: str, public: str, sealed: str) -> tuple[str, str]:
        """Keep the person's first key; of two at once the first stays, and is returned."""
        try:
            with self._database.session() as session:
                if session.get(Person, person_id) is not None:
                    session.add(PersonKey(person_id=person_id, public=public, sealed=sealed))
        except IntegrityError:
            pass
        return self.key(person_id) or (public, sealed)

    def replace_key(self, person_id: str, public: str, sealed: str) -> None:
        """Keep another key in the place of one that cannot be opened any more."""
        with self._database.session() as session:
            session.merge(PersonKey(person_id=person_id, public=public, sealed=sealed))


def _share(consent: Consent, row: ShareRow) -> Share:
    return Share(consent, row.openings, row.opened, row.last_opened_at)

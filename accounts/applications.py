"""Applications in the system of record: every reading and writing of their table.

What of a person may be seen stands in the consent that an application points at: without a live one it
is nothing but a row that its person sees.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError

from accounts.consent import Consent
from accounts.consents import ConsentStore
from accounts.models import ApplicationRow
from database import Database, Store, utc_now

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
TRIES = 20


@dataclass(frozen=True, slots=True)
class Application:
    """That somebody applied to a posting.

    Attributes
    ----------
    label : str
        Such as ``A7K2``: drawn by lot for this posting, and says nothing about anybody.
    answer : str
        What the person says to the reading of their record.
    moved_at : datetime or None
        When the employer moved the person forward.
    """

    id: str
    posting_id: str
    person_id: str
    consent: Consent
    label: str
    made_at: datetime
    answer: str = ""
    moved_at: datetime | None = None


class ApplicationStore(Store):
    """Applications by person, and by posting.

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

    def send(self, consent: Consent) -> Application:
        """Keep that the person of this consent applies to the posting it is about.

        Sent again while an earlier one holds, it is the same application with another scope; after it was
        taken back it is a new one, under a new label.
        """
        for tried in range(TRIES):
            try:
                return self._send(consent)
            except IntegrityError:
                # A label that is taken, or the other half of a double click.
                if tried == TRIES - 1:
                    raise
        raise AssertionError

    def _send(self, consent: Consent) -> Application:
        with self._database.session() as session:
            row = session.scalar(
                select(ApplicationRow).where(
                    ApplicationRow.posting_id == consent.about,
                    ApplicationRow.person_id == consent.person_id,
                )
            )
            if row is None:
                row = ApplicationRow(posting_id=consent.about, person_id=consent.person_id)
                session.add(row)
                fresh = True
            else:
                before = self._consents.get(row.consent_id)
                # An earlier yes that goes on ends in the moment in which this one begins.
                fresh = before is None or not (before.id == consent.id or _goes_on(before, consent))
            if fresh:
                row.label, row.made_at, row.moved_at, row.answer = _label(), self._now(), None, ""
            row.consent_id = consent.id
            session.flush()
            return _application(row, consent)

    def set_answer(self, person_id: str, posting_id: str, answer: str) -> bool:
        """Keep what the person says; ``False`` when they did not apply."""
        with self._database.session() as session:
            row = session.scalar(
                select(ApplicationRow).where(
                    ApplicationRow.posting_id == posting_id, ApplicationRow.person_id == person_id
                )
            )
            if row is None:
                return False
            row.answer = answer
            return True

    def move(self, application_id: str) -> bool:
        """Keep that the person was moved forward; ``False`` when they were before."""
        with self._database.session() as session:
            row = session.get(ApplicationRow, application_id, with_for_update=True)
            if row is None or row.moved_at is not None:
                return False
            row.moved_at = self._now()
            return True

    def get(self, application_id: str) -> Application | None:
        """Return an application, whether or not its consent holds."""
        return next(iter(self._all(ApplicationRow.id == application_id)), None)

    def of(self, person_id: str) -> tuple[Application, ...]:
        """Return what a person sent, taken back ones too, the newest first."""
        return self._all(ApplicationRow.person_id == person_id)

    def to(self, posting_id: str) -> tuple[Application, ...]:
        """Return what is sent to a posting and holds now, by label: the order says nothing of when."""
        now = self._now()
        found = [
            one for one in self._all(ApplicationRow.posting_id == posting_id) if one.consent.live_at(now)
        ]
        return tuple(sorted(found, key=lambda one: one.label))

    def count(self, person_id: str) -> int:
        """How many applications a person has sent."""
        query = select(func.count()).select_from(ApplicationRow).where(ApplicationRow.person_id == person_id)
        with self._database.session() as session:
            return session.scalar(query) or 0

    def _all(self, *where: ColumnElement[bool]) -> tuple[Application, ...]:
        query = select(ApplicationRow).where(*where)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(ApplicationRow.made_at.desc(), ApplicationRow.id)).all()
        consents = self._consents.each(row.consent_id for row in rows)
        return tuple(
            _application(row, consents[row.consent_id]) for row in rows if row.consent_id in consents
        )


def _goes_on(before: Consent, after: Consent) -> bool:
    """Whether a yes held until the other one took its place."""
    until = min((end for end in (before.withdrawn_at, before.ends_at) if end is not None), default=None)
    return until is None or until >= after.granted_at


def _label() -> str:
    draw = secrets.choice
    return draw(LETTERS) + draw(DIGITS) + draw(LETTERS) + draw(DIGITS)


def _application(row: ApplicationRow, consent: Consent) -> Application:
    return Application(
        row.id,
        row.posting_id,
        row.person_id,
        consent,
        row.label,
        row.made_at,
        row.answer,
        row.moved_at,
    )

"""Requests to confirm a record, in the system of record. What a person does with theirs takes their id;
who answers comes by the hash of a link's secret, or by the address that a request was sent to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import Store
from graph.model import Confirmation, Statement
from wallet.attested import still_says
from wallet.confirmation_models import ConfirmationLinkRow, ConfirmationRow
from wallet.record import WalletRecord

ASKED, OPENED, ANSWERED, EXPIRED, WITHDRAWN = "asked", "opened", "answered", "expired", "withdrawn"
CONFIRMED, CORRECTED, DECLINED = "confirmed", "corrected", "declined"
GOOD_FOR = timedelta(days=30)
REMIND_AFTER = timedelta(days=7)
DAY = timedelta(days=1)
# Who signed is an account here; that it was signed stands in ``signed``.
KEPT = tuple(
    column.key
    for column in ConfirmationRow.__table__.columns
    if column.key not in ("id", "person_id", "signer_id")
)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What a person asks, of whom; ``digest`` is the same for both halves of a double click."""

    record_id: str
    organization: str
    contact: str
    note: str
    shown: Statement
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says about it, and who they say they are; ``signer_id`` where an account says it."""

    outcome: str
    organization: str
    name: str
    position: str = ""
    email: str = ""
    reason: str = ""
    proposed: Statement | None = None
    signer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as who answers it finds it; ``person_id`` never leaves the services."""

    person_id: str
    confirmation: Confirmation
    signer_id: str | None = None


class ConfirmationStore(Store):
    """Requests by person, by link and by the address they were sent to.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    # The person's own

    def ask(
        self, person_id: str, new: NewRequest, link: str, *, most_a_day: int
    ) -> tuple[Confirmation, bool] | None:
        """Keep a request with the hash of its first link.

        Returns
        -------
        tuple of Confirmation and bool, or None
            Whether it is new: of a double click the second half gives what the first kept. ``None``
            when the person asked ``most_a_day`` times within a day.
        """
        try:
            with self._database.session() as session:
                row = self._same(session, person_id, new.digest)
                if row is not None:
                    return self._value(row), False
                since = self._now() - DAY
                asked = select(func.count()).where(
                    ConfirmationRow.person_id == person_id, ConfirmationRow.asked_at > since
                )
                if (session.scalar(asked) or 0) >= most_a_day:
                    return None
                now = self._now()
                row = ConfirmationRow(
                    person_id=person_id,
                    record_id=new.record_id,
                    request_digest=new.digest,
                    organization=new.organization,
                    contact=new.contact,
                    note=new.note,
                    shown=told(new.shown),
                    asked_at=now,
                    expires_at=now + GOOD_FOR,
                )
                session.add(row)
                session.flush()
                session.add(self._link(row.id, link))
                return self._value(row), True
        except IntegrityError:
            # The other half of a double click came first.
            with self._database.session() as session:
                row = self._same(session, person_id, new.digest)
                if row is None:
                    raise
                return self._value(row), False

    def of(self, person_id: str, records: Iterable[WalletRecord] = ()) -> tuple[Confirmation, ...]:
        """Return the person's requests, newest first; ``records`` tell which answers still hold."""
        known = {record.id: record for record in records}
        query = (
            select(ConfirmationRow)
            .where(ConfirmationRow.person_id == person_id)
            .order_by(ConfirmationRow.asked_at.desc(), ConfirmationRow.id)
        )
        with self._database.session() as session:
            return tuple(self._value(row, known.get(row.record_id)) for row in session.scalars(query))

    def answers(self, person_id: str) -> tuple[Confirmation, ...]:
        """Return what others said about the person's records."""
        query = select(ConfirmationRow).where(
            ConfirmationRow.person_id == person_id, ConfirmationRow.state == ANSWERED
        )
        with self._database.session() as session:
            return tuple(self._value(row) for row in session.scalars(query))

    def request(self, person_id: str, request_id: str) -> Request | None:
        """Return one of the person's requests, or ``None``, also when it is someone else's."""
        with self._database.session() as session:
            row = session.scalar(select(ConfirmationRow).where(*_own(person_id, request_id)))
            return None if row is None else self._request(row)

    def mails_to(self, contact: str) -> int:
        """How many mails went to an address within a day, whoever asked for them."""
        query = select(func.count()).where(
            ConfirmationRow.contact == contact, ConfirmationRow.mailed_at > self._now() - DAY
        )
        with self._database.session() as session:
            return session.scalar(query) or 0

    def mailed(self, person_id: str, request_id: str) -> None:
        """Note that a link was sent to who is asked."""
        with self._database.session() as session:
            session.execute(
                update(ConfirmationRow).where(*_own(person_id, request_id)).values(mailed_at=self._now())
            )

    def another_link(self, person_id: str, request_id: str, link: str, *, most: int) -> bool:
        """Keep one more link to a request that waits; the earlier ones stay good as long as they were.

        ``False`` when it does not wait any more, or has ``most`` links.
        """
        with self._database.session() as session:
            row = session.scalar(select(ConfirmationRow).where(*_own(person_id, request_id)))
            if row is None or row.state not in (ASKED, OPENED):
                return False
            links = session.scalar(
                select(func.count()).where(ConfirmationLinkRow.confirmation_id == request_id)
            )
            if (links or 0) >= most:
                return False
            session.add(self._link(row.id, link))
            row.expires_at = self._now() + GOOD_FOR
            return True

    def withdraw(self, person_id: str, request_id: str) -> bool:
        """Take a request back before it is answered; what it showed is forgotten."""
        emptied = told(Statement("", "", frozenset()))
        with self._database.session() as session:
            done = session.execute(
                update(ConfirmationRow)
                .where(*_own(person_id, request_id), _waits())
                .values(state=WITHDRAWN, note="", shown=emptied)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def forget(self, person_id: str, request_id: str) -> bool:
        """Take a request that is over out of the person's list, its answer included."""
        with self._database.session() as session:
            over = ConfirmationRow.state.in_((ANSWERED, WITHDRAWN)) | (
                ConfirmationRow.expires_at <= self._now()
            )
            done = session.execute(delete(ConfirmationRow).where(*_own(person_id, request_id), over))
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def decide(self, person_id: str, request_id: str, *, accepted: bool) -> bool:
        """Keep what the person says to a correction, once."""
        with self._database.session() as session:
            done = session.execute(
                update(ConfirmationRow)
                .where(
                    *_own(person_id, request_id),
                    ConfirmationRow.outcome == CORRECTED,
                    ConfirmationRow.accepted.is_(None),
                )
                .values(accepted=accepted)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def received(self, request_id: str, record_id: str) -> None:
        """Note which record holds the credential that came of an answer."""
        with self._database.session() as session:
            session.execute(
                update(ConfirmationRow).where(ConfirmationRow.id == request_id).values(credential=record_id)
            )

    def rows(self, person_id: str) -> list[dict[str, Any]]:
        """Return the person's requests with all that is kept of them, as JSON, but who signed."""
        query = select(ConfirmationRow).where(ConfirmationRow.person_id == person_id)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(ConfirmationRow.asked_at, ConfirmationRow.id))
            return [{name: _as_json(getattr(row, name)) for name in KEPT} for row in rows]

    def restore(self, person_id: str, said: dict[str, Any], records: dict[str, str]) -> bool:
        """Keep a request as ``rows`` wrote it down; ``records`` gives the new id of each old one.

        ``False`` when the person has it already, or what it is about is not there.
        """
        if said["record_id"] not in records:
            return False
        values = {
            name: datetime.fromisoformat(said[name]) if name.endswith("_at") and said[name] else said[name]
            for name in KEPT
        }
        values["record_id"] = records[said["record_id"]]
        values["credential"] = records.get(said["credential"], "")
        with self._database.session() as session:
            if self._same(session, person_id, said["request_digest"]) is not None:
                return False
            session.add(ConfirmationRow(person_id=person_id, **values))
            return True

    # For who answers

    def by_link(self, link: str) -> tuple[Request, bool] | None:
        """Return the request that a link leads to, and whether the link's own time is over."""
        query = (
            select(ConfirmationRow, ConfirmationLinkRow.expires_at)
            .join(ConfirmationLinkRow, ConfirmationLinkRow.confirmation_id == ConfirmationRow.id)
            .where(ConfirmationLinkRow.digest == link)
        )
        with self._database.session() as session:
            found = session.execute(query).first()
            return None if found is None else (self._request(found[0]), found[1] <= self._now())

    def sent_to(self, contact: str) -> tuple[Request, ...]:
        """Return what waits for an answer from an address, the oldest first."""
        query = (
            select(ConfirmationRow)
            .where(ConfirmationRow.contact == contact, _waits(), ConfirmationRow.expires_at > self._now())
            .order_by(ConfirmationRow.asked_at, ConfirmationRow.id)
        )
        with self._database.session() as session:
            return tuple(self._request(row) for row in session.scalars(query))

    def opened(self, request_id: str) -> None:
        """Note that somebody followed a link."""
        with self._database.session() as session:
            session.execute(
                update(ConfirmationRow)
                .where(ConfirmationRow.id == request_id, ConfirmationRow.state == ASKED)
                .values(state=OPENED)
            )

    def answer(self, request_id: str, answer: Answer) -> bool:
        """Keep an answer; ``False`` when somebody answered first, it was taken back or its time is over."""
        with self._database.session() as session:
            done = session.execute(
                update(ConfirmationRow)
                .where(ConfirmationRow.id == request_id, _waits(), ConfirmationRow.expires_at > self._now())
                .values(
                    state=ANSWERED,
                    outcome=answer.outcome,
                    by_organization=answer.organization,
                    by_name=answer.name,
                    by_position=answer.position,
                    by_email=answer.email,
                    reason=answer.reason,
                    proposed=None if answer.proposed is None else told(answer.proposed),
                    signer_id=answer.signer_id,
                    signed=answer.signer_id is not None,
                    answered_at=self._now(),
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def _same(self, session: Session, person_id: str, digest: str) -> ConfirmationRow | None:
        return session.scalar(
            select(ConfirmationRow).where(
                ConfirmationRow.person_id == person_id, ConfirmationRow.request_digest == digest
            )
        )

    def _link(self, request_id: str, link: str) -> ConfirmationLinkRow:
        now = self._now()
        return ConfirmationLinkRow(
            digest=link, confirmation_id=request_id, made_at=now, expires_at=now + GOOD_FOR
        )

    def _request(self, row: ConfirmationRow) -> Request:
        return Request(row.person_id, self._value(row), row.signer_id)

    def _value(self, row: ConfirmationRow, record: WalletRecord | None = None) -> Confirmation:
        waits = row.state in (ASKED, OPENED)
        over = waits and row.expires_at <= self._now()
        value = Confirmation(
            id=row.id,
            record_id=row.record_id,
            organization=row.organization,
            contact=row.contact,
            note=row.note,
            shown=statement(row.shown),
            asked_at=row.asked_at,
            expires_at=row.expires_at,
            state=EXPIRED if over else row.state,
            mailed=row.mailed_at is not None,
            outcome=row.outcome or "",
            proposed=None if row.proposed is None else statement(row.proposed),
            accepted=row.accepted,
            by_organization=row.by_organization or "",
            by_name=row.by_name or "",
            by_position=row.by_position or "",
            by_email=row.by_email or "",
            signed=bool(row.signed),
            answered_at=row.answered_at,
            reason=row.reason or "",
            credential=row.credential or "",
            remind_from=row.mailed_at + REMIND_AFTER if waits and not over and row.mailed_at else None,
        )
        if record is not None and value.stands and still_says(record, value.statement):
            return replace(value, holds=True)
        return value


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def told(stated: Statement) -> dict[str, Any]:
    """A statement as it is kept."""
    return {
        "kind": stated.kind,
        "issuer": stated.issuer,
        "parts": sorted(stated.parts),
        "title": stated.title,
        "started_on": stated.started_on and stated.started_on.isoformat(),
        "ended_on": stated.ended_on and stated.ended_on.isoformat(),
        "hours": stated.hours,
        "duties": stated.duties,
        "skills": [list(skill) for skill in stated.skills],
    }


def statement(kept: dict[str, Any]) -> Statement:
    """A statement out of what was kept."""

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return Statement(
        kind=kept["kind"],
        issuer=kept["issuer"],
        parts=frozenset(kept["parts"]),
        title=kept["title"],
        started_on=day(kept["started_on"]),
        ended_on=day(kept["ended_on"]),
        hours=kept["hours"],
        duties=kept["duties"],
        skills=tuple((uri, label) for uri, label in kept["skills"]),
    )


def _own(person_id: str, request_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ConfirmationRow.person_id == person_id, ConfirmationRow.id == request_id


def _waits() -> ColumnElement[bool]:
    return ConfirmationRow.state.in_((ASKED, OPENED))

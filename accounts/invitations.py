"""Invitations to be advised, and proposals of another counselor: all reading and writing of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, update

from accounts.counsel_models import InvitationRow, TransferRow
from accounts.models import Person
from database import Store
from graph.model import Invitation, Transfer


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation to be kept; ``digest`` is the hash of its secret."""

    id: str
    sender_id: str
    counselor_id: str
    name: str
    email: str
    digest: str
    last_day: date


class InvitationStore(Store):
    """Invitations by who sent them, and by the hash of their secret.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def add(self, new: NewInvitation) -> None:
        """Keep an invitation."""
        with self._database.session() as session:
            session.add(
                InvitationRow(
                    id=new.id,
                    sender_id=new.sender_id,
                    counselor_id=new.counselor_id,
                    name=new.name,
                    email=new.email,
                    digest=new.digest,
                    made_at=self._now(),
                    last_day=new.last_day,
                )
            )

    def sent_by(self, sender_id: str) -> tuple[Invitation, ...]:
        """Return what somebody sent, the newest first."""
        return self._all(InvitationRow.sender_id == sender_id)

    def waiting(self, sender_id: str) -> int:
        """Return how many that somebody sent wait for an answer."""
        query = (
            select(func.count())
            .select_from(InvitationRow)
            .where(
                InvitationRow.sender_id == sender_id,
                InvitationRow.accepted_at.is_(None),
                InvitationRow.withdrawn_at.is_(None),
                InvitationRow.last_day >= self._now().date(),
            )
        )
        with self._database.session() as session:
            return session.scalar(query) or 0

    def by_digest(self, digest: str) -> Invitation | None:
        """Return the invitation of a secret, whatever its state."""
        return next(iter(self._all(InvitationRow.digest == digest)), None)

    def mailed(self, invitation_id: str) -> None:
        """Keep that the link was sent."""
        self._set(invitation_id, mailed=True)

    def accept(self, invitation_id: str) -> bool:
        """Keep that it was accepted; ``False`` when somebody was first, or it was taken back."""
        with self._database.session() as session:
            done = session.execute(
                update(InvitationRow)
                .where(
                    InvitationRow.id == invitation_id,
                    InvitationRow.accepted_at.is_(None),
                    InvitationRow.withdrawn_at.is_(None),
                )
                # Who they are stands in their account now: what was typed of them is not kept twice.
                .values(accepted_at=self._now(), email="")
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def withdraw(self, sender_id: str, invitation_id: str) -> bool:
        """Take an invitation away with the name in it; ``False`` when they sent no such one."""
        with self._database.session() as session:
            done = session.execute(
                delete(InvitationRow).where(
                    InvitationRow.id == invitation_id, InvitationRow.sender_id == sender_id
                )
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def forget(self, before: date) -> None:
        """Take away what nobody answered, and whose last day is before ``before``."""
        with self._database.session() as session:
            session.execute(
                delete(InvitationRow).where(
                    InvitationRow.last_day < before, InvitationRow.accepted_at.is_(None)
                )
            )

    def _set(self, invitation_id: str, **values: object) -> None:
        with self._database.session() as session:
            session.execute(update(InvitationRow).where(InvitationRow.id == invitation_id).values(**values))

    def _all(self, *where) -> tuple[Invitation, ...]:  # type: ignore[no-untyped-def]
        query = (
            select(InvitationRow, Person.name)
            .join(Person, Person.id == InvitationRow.counselor_id)
            .where(*where)
            .order_by(InvitationRow.made_at.desc(), InvitationRow.id)
        )
        today = self._now().date()
        with self._database.session() as session:
            return tuple(_invitation(row, name, today) for row, name in session.execute(query))


class TransferStore(Store):
    """Proposals of another counselor, by the person they are about.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def propose(self, person_id: str, one: tuple[str, str], other: tuple[str, str]) -> Transfer:
        """Keep a proposal from counselor ``one`` to ``other`` (ids and names); it replaces an earlier one."""
        mine = TransferRow.person_id == person_id, TransferRow.from_id == one[0]
        with self._database.session() as session:
            session.execute(delete(TransferRow).where(*mine))
            row = TransferRow(
                person_id=person_id,
                from_id=one[0],
                from_name=one[1],
                to_id=other[0],
                to_name=other[1],
                asked_at=self._now(),
            )
            session.add(row)
            session.flush()
            return _transfer(row)

    def of(self, person_id: str) -> tuple[Transfer, ...]:
        """Return what waits for a person's answer."""
        query = select(TransferRow).where(TransferRow.person_id == person_id)
        with self._database.session() as session:
            return tuple(_transfer(row) for row in session.scalars(query.order_by(TransferRow.asked_at)))

    def answered(self, transfer_id: str) -> None:
        """Take a proposal away."""
        with self._database.session() as session:
            session.execute(delete(TransferRow).where(TransferRow.id == transfer_id))


def _invitation(row: InvitationRow, counselor: str, today: date) -> Invitation:
    state = (
        "accepted"
        if row.accepted_at
        else "withdrawn"
        if row.withdrawn_at
        else "expired"
        if row.last_day < today
        else "waiting"
    )
    return Invitation(
        row.id,
        row.sender_id,
        row.counselor_id,
        counselor,
        row.name,
        row.email,
        row.made_at,
        row.last_day,
        state,
        row.mailed,
    )


def _transfer(row: TransferRow) -> Transfer:
    return Transfer(row.id, row.person_id, row.from_id, row.from_name, row.to_id, row.to_name, row.asked_at)

"""Wallets in the system of record. Every verb takes the person's id, and every query asks for
it: another person's row can never come back."""

from __future__ import annotations

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from database import Database
from graph.model import Standing
from wallet.models import HiddenSkill, Record, RecordSkill
from wallet.record import RecordedSkill, RecordKind, WalletRecord, claim_of


class WalletStore:
    """Records, claims and hidden skills by person.

    Parameters
    ----------
    database : Database
        The system of record.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self, person_id: str) -> tuple[WalletRecord, ...]:
        """Return the person's records, newest first (claims among them)."""
        query = (
            select(Record)
            .where(Record.person_id == person_id)
            .order_by(Record.issued_on.desc().nulls_last(), Record.created_at.desc(), Record.id)
        )
        with self._database.session() as session:
            return tuple(_value(row) for row in session.scalars(query))

    def record(self, person_id: str, record_id: str) -> WalletRecord | None:
        """Return one record of the person's, or ``None``, also when it is someone else's."""
        query = select(Record).where(Record.person_id == person_id, Record.id == record_id)
        with self._database.session() as session:
            row = session.scalar(query)
            return None if row is None else _value(row)

    def add(self, person_id: str, record: WalletRecord) -> WalletRecord:
        """Keep a record; the same entry again gives back the one that is kept."""
        kept = self._same(person_id, record.digest)
        if kept is not None:
            return kept
        try:
            with self._database.session() as session:
                session.add(_row(person_id, record))
        except IntegrityError:
            # The other half of a double click came first.
            kept = self._same(person_id, record.digest)
            if kept is None:
                raise
            return kept
        return record

    def put(self, person_id: str, record: WalletRecord) -> bool:
        """Make the person's record of this id say what ``record`` says; tell whether it changed."""
        same = or_(Record.id == record.id, Record.digest == record.digest)
        with self._database.session() as session:
            rows = session.scalars(select(Record).where(Record.person_id == person_id, same)).all()
            if [_value(row) for row in rows] == [record]:
                return False
            for row in rows:
                session.delete(row)
            session.flush()
            session.add(_row(person_id, record))
            return True

    def remove(self, person_id: str, record_id: str) -> None:
        """Take a record of the person's out; nothing happens when there is none."""
        with self._database.session() as session:
            session.execute(delete(Record).where(Record.person_id == person_id, Record.id == record_id))

    def claim_skill(self, person_id: str, skill_uri: str, label: str) -> WalletRecord:
        """Keep "I have this"; saying it twice is saying it once."""
        return self.add(person_id, claim_of(skill_uri, label))

    def withdraw_claim(self, person_id: str, skill_uri: str) -> None:
        """Take "I have this" back; what other records prove stays."""
        with self._database.session() as session:
            session.execute(
                delete(Record).where(
                    Record.person_id == person_id,
                    Record.kind == RecordKind.CLAIM.value,
                    Record.digest == claim_of(skill_uri, "").digest,
                )
            )

    def hidden(self, person_id: str) -> frozenset[str]:
        """Return the URIs of the skills that the person set aside."""
        query = select(HiddenSkill.skill_uri).where(HiddenSkill.person_id == person_id)
        with self._database.session() as session:
            return frozenset(session.scalars(query))

    def hide_skill(self, person_id: str, skill_uri: str) -> None:
        """Set a skill aside from the reckoning."""
        if skill_uri in self.hidden(person_id):
            return
        try:
            with self._database.session() as session:
                session.add(HiddenSkill(person_id=person_id, skill_uri=skill_uri))
        except IntegrityError:
            if skill_uri not in self.hidden(person_id):
                raise

    def show_skill(self, person_id: str, skill_uri: str) -> None:
        """Let a skill count again."""
        with self._database.session() as session:
            session.execute(
                delete(HiddenSkill).where(
                    HiddenSkill.person_id == person_id, HiddenSkill.skill_uri == skill_uri
                )
            )

    def _same(self, person_id: str, digest: str) -> WalletRecord | None:
        query = select(Record).where(Record.person_id == person_id, Record.digest == digest)
        with self._database.session() as session:
            row = session.scalar(query)
            return None if row is None else _value(row)


def _row(person_id: str, record: WalletRecord) -> Record:
    return Record(
        id=record.id,
        person_id=person_id,
        kind=record.kind.value,
        title=record.title,
        issuer=record.issuer,
        description=record.description,
        issued_on=record.issued_on,
        ended_on=record.ended_on,
        expires_on=record.expires_on,
        standing=record.standing.value,
        hours=record.hours,
        document=record.document,
        demo=record.demo,
        digest=record.digest,
        created_at=record.created_at,
        skills=[
            RecordSkill(skill_uri=skill.uri, label=skill.label, level=skill.level, position=position)
            for position, skill in enumerate(record.skills)
        ],
    )


def _value(row: Record) -> WalletRecord:
    return WalletRecord(
        id=row.id,
        kind=RecordKind(row.kind),
        title=row.title,
        issuer=row.issuer,
        description=row.description,
        issued_on=row.issued_on,
        ended_on=row.ended_on,
        expires_on=row.expires_on,
        standing=Standing(row.standing),
        hours=row.hours,
        document=row.document,
        skills=tuple(RecordedSkill(skill.skill_uri, skill.label, skill.level) for skill in row.skills),
        demo=row.demo,
        created_at=row.created_at,
    )

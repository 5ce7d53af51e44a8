"""Wallets in the system of record. Every verb takes the person's id, and every query asks for
it: another person's row can never come back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from database import Database, batched
from graph.model import NewsKind, Standing
from wallet import notice
from wallet.confirmation_models import ConfirmationRow
from wallet.holdings import RANK
from wallet.models import (
    HiddenSkill,
    Notice,
    Original,
    Record,
    RecordProposal,
    RecordSkill,
    ShowcaseSkill,
)
from wallet.proposal import Proposal, ProposalSource, ProposalState
from wallet.record import RecordedSkill, RecordKind, WalletRecord, claim_of
from wallet.report import Check, Result, Step, Verdict
from wallet.sentence import Sentence


class WalletStore:
    """Records, claims and hidden skills by person.

    Parameters
    ----------
    database : Database
        The system of record.
    told : callable, optional
        Called with the person's id and the record's after a notice was kept.
    """

    def __init__(self, database: Database, told: Callable[[str, str], object] | None = None) -> None:
        self._database = database
        self._on_telling = told

    def records(self, person_id: str) -> tuple[WalletRecord, ...]:
        """Return the person's records, newest first (claims among them)."""
        query = (
            select(Record)
            .where(Record.person_id == person_id)
            .order_by(Record.issued_on.desc().nulls_last(), Record.created_at.desc(), Record.id)
        )
        with self._database.session() as session:
            return tuple(_value(row) for row in session.scalars(query))

    def counting(self, person_ids: Iterable[str], today: date) -> tuple[tuple[str, str, Standing], ...]:
        """Return person, skill URI and best standing of every skill of these people that counts on a day."""
        best: dict[tuple[str, str], Standing] = {}
        with self._database.session() as session:
            for some in batched(person_ids):
                query = (
                    select(Record.person_id, RecordSkill.skill_uri, Record.standing)
                    .join(RecordSkill, RecordSkill.record_id == Record.id)
                    .where(
                        Record.person_id.in_(some),
                        Record.standing.in_([one.value for one in Standing if one.counts]),
                        ~Record.hidden,
                        ~Record.declined,
                        Record.replaced_by == "",
                        or_(Record.expires_on.is_(None), Record.expires_on >= today),
                    )
                )
                for person, uri, said in session.execute(query):
                    standing = Standing(said)
                    kept = best.get((person, uri))
                    if kept is None or RANK[standing] < RANK[kept]:
                        best[person, uri] = standing
        return tuple((person, uri, standing) for (person, uri), standing in best.items())

    def record(self, person_id: str, record_id: str) -> WalletRecord | None:
        """Return one record of the person's, or ``None``, also when it is someone else's."""
        query = select(Record).where(Record.person_id == person_id, Record.id == record_id)
        with self._database.session() as session:
            row = session.scalar(query)
            return None if row is None else _value(row)

    def same(self, person_id: str, record: WalletRecord) -> WalletRecord | None:
        """Return the person's record that is the same entry as ``record``."""
        return self._same(person_id, record.digest)

    def add(self, person_id: str, record: WalletRecord, original: bytes | None = None) -> WalletRecord:
        """Keep a record, and the file it came in; the same entry again gives back the one that is kept."""
        kept = self._same(person_id, record.digest)
        if kept is not None:
            return kept
        try:
            file = None if original is None else self._keep(person_id, original)
            with self._database.session() as session:
                row = _row(person_id, record)
                row.original_id = file
                session.add(row)
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
            file = next((row.original_id for row in rows if row.id == record.id), None)
            for row in rows:
                session.delete(row)
            session.flush()
            row = _row(person_id, record)
            row.original_id = file
            session.add(row)
            return True

    def change(self, person_id: str, record: WalletRecord) -> bool:
        """Make the person's record of this id say what ``record`` says, in its place.

        Returns
        -------
        bool
            False when there is none of this id any more, or another entry says the same.
        """
        try:
            with self._database.session() as session:
                query = select(Record).where(Record.person_id == person_id, Record.id == record.id)
                row = session.scalar(query)
                if row is None:
                    return False
                for name, value in _columns(record).items():
                    setattr(row, name, value)
                row.skills.clear()
                row.proposals.clear()
                session.flush()
                row.skills.extend(_skill_rows(record))
                row.proposals.extend(_proposal_rows(record))
                return True
        except IntegrityError:
            return False

    def original(self, person_id: str, record_id: str) -> bytes | None:
        """Return the file that a record of the person's came in."""
        query = (
            select(Original.content)
            .join(Record, Record.original_id == Original.id)
            .where(Record.person_id == person_id, Record.id == record_id, Original.person_id == person_id)
        )
        with self._database.session() as session:
            return session.scalar(query)

    def size(self, person_id: str) -> tuple[int, int]:
        """Return how many records the person has, and how many bytes of files."""
        with self._database.session() as session:
            records = session.scalar(select(func.count()).where(Record.person_id == person_id))
            size = session.scalar(select(func.sum(Original.size)).where(Original.person_id == person_id))
            return records or 0, size or 0

    def remove(self, person_id: str, record_id: str) -> None:
        """Take a record of the person's out; nothing happens when there is none."""
        with self._database.session() as session:
            session.execute(delete(Record).where(Record.person_id == person_id, Record.id == record_id))
            in_use = select(Record.original_id).where(
                Record.person_id == person_id, Record.original_id.is_not(None)
            )
            session.execute(
                delete(Original).where(Original.person_id == person_id, Original.id.not_in(in_use))
            )

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

    def empty(self, person_id: str) -> None:
        """Take everything out: records with their files and confirmations, notices, what comes first."""
        with self._database.session() as session:
            for table in (Record, Original, Notice, ShowcaseSkill, HiddenSkill, ConfirmationRow):
                session.execute(delete(table).where(table.person_id == person_id))

    def notices(self, person_id: str) -> tuple[notice.Notice, ...]:
        """Return the person's notices, newest first."""
        query = select(Notice).where(Notice.person_id == person_id).order_by(Notice.made_at.desc(), Notice.id)
        with self._database.session() as session:
            return tuple(
                notice.Notice(
                    row.record_id,
                    Sentence(row.message, row.values),
                    row.happened_on,
                    NewsKind(row.kind),
                    row.id,
                    row.made_at,
                )
                for row in session.scalars(query)
            )

    def tell(self, person_id: str, told: notice.Notice) -> None:
        """Keep a notice; what was told of the same record before is replaced by it."""
        with self._database.session() as session:
            session.execute(
                delete(Notice).where(Notice.person_id == person_id, Notice.record_id == told.record_id)
            )
            session.add(
                Notice(
                    id=told.id,
                    person_id=person_id,
                    record_id=told.record_id,
                    message=told.sentence.message,
                    values=dict(told.sentence.values),
                    kind=told.kind.value,
                    happened_on=told.happened_on,
                    made_at=told.made_at,
                )
            )
        if self._on_telling is not None:
            self._on_telling(person_id, told.record_id)

    def dismiss(self, person_id: str, notice_id: str | None = None) -> bool:
        """Put a notice of the person's away, or all of them; ``False`` when they have no such one."""
        one = () if notice_id is None else (Notice.id == notice_id,)
        with self._database.session() as session:
            done = session.execute(delete(Notice).where(Notice.person_id == person_id, *one))
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def unmailed(self, since: datetime) -> tuple[tuple[str, str, NewsKind], ...]:
        """Return (person id, id, kind) of notices made since a moment and not mailed, the oldest first."""
        query = select(Notice.person_id, Notice.id, Notice.kind).where(
            Notice.mailed_at.is_(None), Notice.made_at >= since
        )
        with self._database.session() as session:
            found = session.execute(query.order_by(Notice.made_at, Notice.id))
            return tuple((person, one, NewsKind(kind)) for person, one, kind in found)

    def mailed(self, ids: Iterable[str], moment: datetime) -> None:
        """Note that these notices were mailed, or are not to be."""
        with self._database.session() as session:
            session.execute(update(Notice).where(Notice.id.in_(tuple(ids))).values(mailed_at=moment))

    def ending(self, first: date, last: date) -> tuple[tuple[str, str, str, date], ...]:
        """Return (person id, record id, title, last day) of what counts and ends between two days."""
        standings = [one.value for one in Standing if one.counts]
        query = select(Record.person_id, Record.id, Record.title, Record.expires_on).where(
            Record.expires_on >= first,
            Record.expires_on <= last,
            Record.standing.in_(standings),
            Record.replaced_by == "",
            Record.hidden.is_(False),
            Record.declined.is_(False),
        )
        with self._database.session() as session:
            found = session.execute(query.order_by(Record.expires_on, Record.id))
            return tuple((person, record, title, day) for person, record, title, day in found if day)

    def showcase(self, person_id: str) -> tuple[str, ...]:
        """Return the URIs of the skills that the person puts first, in their order."""
        query = (
            select(ShowcaseSkill.skill_uri)
            .where(ShowcaseSkill.person_id == person_id)
            .order_by(ShowcaseSkill.position)
        )
        with self._database.session() as session:
            return tuple(session.scalars(query))

    def put_showcase(self, person_id: str, uris: Iterable[str]) -> None:
        """Let these skills come first, in this order."""
        with self._database.session() as session:
            session.execute(delete(ShowcaseSkill).where(ShowcaseSkill.person_id == person_id))
            session.flush()
            for position, uri in enumerate(dict.fromkeys(uris)):
                session.add(ShowcaseSkill(person_id=person_id, skill_uri=uri, position=position))

    def checked_before(self, moment: datetime) -> tuple[tuple[str, str], ...]:
        """Return (person id, record id) of what came from a file and was last checked before a moment."""
        query = (
            select(Record.person_id, Record.id)
            .where(Record.checked_at < moment, Record.original_id.is_not(None), Record.replaced_by == "")
            .order_by(Record.checked_at, Record.id)
        )
        with self._database.session() as session:
            return tuple((person, record) for person, record in session.execute(query))

    def _same(self, person_id: str, digest: str) -> WalletRecord | None:
        query = select(Record).where(Record.person_id == person_id, Record.digest == digest)
        with self._database.session() as session:
            row = session.scalar(query)
            return None if row is None else _value(row)

    def _keep(self, person_id: str, content: bytes) -> str:
        """The id of the person's file with this content, which is made when there is none."""
        digest = hashlib.sha256(content).hexdigest()
        query = select(Original.id).where(Original.person_id == person_id, Original.sha256 == digest)
        with self._database.session() as session:
            kept = session.scalar(query)
        if kept is not None:
            return kept
        made = Original(
            id=uuid4().hex, person_id=person_id, sha256=digest, size=len(content), content=content
        )
        try:
            with self._database.session() as session:
                session.add(made)
                return made.id
        except IntegrityError:
            with self._database.session() as session:
                kept = session.scalar(query)
            if kept is None:
                raise
            return kept


def _row(person_id: str, record: WalletRecord) -> Record:
    return Record(
        id=record.id,
        person_id=person_id,
        created_at=record.created_at,
        skills=_skill_rows(record),
        proposals=_proposal_rows(record),
        **_columns(record),
    )


def _columns(record: WalletRecord) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "title": record.title,
        "issuer": record.issuer,
        "description": record.description,
        "issued_on": record.issued_on,
        "ended_on": record.ended_on,
        "expires_on": record.expires_on,
        "standing": record.standing.value,
        "hours": record.hours,
        "number": record.number,
        "form": record.form,
        "original_name": record.original_name,
        "place": record.place,
        "credential_id": record.credential_id,
        "achievement_id": record.achievement_id,
        "issuer_id": record.issuer_id,
        "fingerprint": record.fingerprint,
        "checks": [_told(check) for check in record.checks] or None,
        "verdict": record.verdict.value if record.verdict else "",
        "checked_at": record.checked_at,
        "replaced_by": record.replaced_by,
        "hidden": record.hidden,
        "declined": record.declined,
        "dispute": record.dispute,
        "sender": record.sender,
        "demo": record.demo,
        "digest": record.digest,
    }


def _skill_rows(record: WalletRecord) -> list[RecordSkill]:
    return [
        RecordSkill(skill_uri=skill.uri, label=skill.label, level=skill.level, position=position)
        for position, skill in enumerate(record.skills)
    ]


def _proposal_rows(record: WalletRecord) -> list[RecordProposal]:
    return [
        RecordProposal(
            skill_uri=one.uri,
            label=one.label,
            source=one.source.value,
            score=one.score,
            words=one.words,
            level=one.level,
            state=one.state.value,
            position=position,
        )
        for position, one in enumerate(record.proposals)
    ]


def _told(check: Check) -> dict[str, Any]:
    """A check as it is kept: the sentence with its places, so that it reads in any language."""
    return {
        "name": check.name.value,
        "result": check.result.value,
        "message": check.explanation.message,
        "values": dict(check.explanation.values),
        "verdict": check.verdict.value if check.verdict else None,
        "part": check.part,
    }


def _checks(told: Iterable[dict[str, Any]]) -> tuple[Check, ...]:
    return tuple(
        Check(
            Step(one["name"]),
            Result(one["result"]),
            Sentence(one["message"], one["values"]),
            Verdict(one["verdict"]) if one["verdict"] else None,
            one["part"],
        )
        for one in told
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
        number=row.number,
        skills=tuple(RecordedSkill(skill.skill_uri, skill.label, skill.level) for skill in row.skills),
        proposals=tuple(
            Proposal(
                one.skill_uri,
                one.label,
                ProposalSource(one.source),
                one.score,
                one.words,
                ProposalState(one.state),
                one.level,
            )
            for one in row.proposals
        ),
        form=row.form,
        original_name=row.original_name,
        place=row.place,
        credential_id=row.credential_id,
        achievement_id=row.achievement_id,
        issuer_id=row.issuer_id,
        fingerprint=row.fingerprint,
        checks=_checks(row.checks or ()),
        verdict=Verdict(row.verdict) if row.verdict else None,
        checked_at=row.checked_at,
        replaced_by=row.replaced_by,
        hidden=row.hidden,
        declined=row.declined,
        dispute=row.dispute,
        sender=row.sender,
        demo=row.demo,
        created_at=row.created_at,
    )

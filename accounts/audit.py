r"""Who looked at whose record, when, and by which consent: append-only, and chained by hashes.

Link *n* of the chain holds

.. math:: d_n = H(\text{salt}_n, \text{content}_n), \quad h_n = H(h_{n-1}, n, d_n)

with SHA-256 for *H*. What happened stands beside it, for the person it happened to, and goes with their
account; the link stays, so that the chain can be checked without keeping anything about anybody who left.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from accounts.models import AuditContent, AuditLink
from database import Database, utc_now

BEGINNING = "0" * 64
TRIES = 20


@dataclass(frozen=True, slots=True)
class Access:
    """One thing that somebody did with a person's record.

    Attributes
    ----------
    actor_id, actor_name : str
        Who; empty where it was whoever had a link.
    action : str
        What, such as ``wallet.read``.
    consent_id : str
        The consent it stood on; empty for the person's own acts.
    what : dict
        Particulars: counts, titles the person gave, a posting's name. Never the record itself.
    """

    happened_at: datetime
    action: str
    actor_id: str = ""
    actor_name: str = ""
    consent_id: str = ""
    what: Mapping[str, Any] = field(default_factory=dict)
    place: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found: links, those whose content left with its person, and what is amiss."""

    links: int
    erased: int
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faults


class AuditLog:
    """The chain. It has no verb that changes or removes anything.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    noted : callable, optional
        Called after something was added, with pairs of person and consent, and the action; who did it
        themself is not among them.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = utc_now,
        noted: Callable[[Sequence[tuple[str, str]], str], object] | None = None,
    ) -> None:
        self._database = database
        self._now = now
        self._noted = noted

    def note(
        self,
        person_id: str,
        action: str,
        *,
        actor_id: str = "",
        actor_name: str = "",
        consent_id: str = "",
        **what: Any,
    ) -> None:
        """Add what somebody did with a person's record.

        It is on disk when this returns; whoever cannot be noted down is not let in.
        """
        for tried in range(TRIES):
            try:
                with self._database.session() as session:
                    self._append(session, person_id, action, actor_id, actor_name, consent_id, what)
                break
            except (IntegrityError, OperationalError):
                # Another worker took the place at the same moment; the next one is free.
                if tried == TRIES - 1:
                    raise
        self._tell([(person_id, consent_id)], action, actor_id)

    def note_each(
        self, notes: Iterable[tuple[str, str]], action: str, *, actor_id: str, actor_name: str
    ) -> None:
        """Add the same for many people at once; ``notes`` are pairs of person and consent."""
        listed = tuple(notes)
        for tried in range(TRIES if listed else 0):
            try:
                with self._database.session() as session:
                    self._append_each(session, listed, action, actor_id, actor_name)
                break
            except (IntegrityError, OperationalError):
                if tried == TRIES - 1:
                    raise
        self._tell(listed, action, actor_id)

    def of(self, person_id: str, limit: int = 200, before: int | None = None) -> tuple[Access, ...]:
        """Return what was done with a person's record, the latest first."""
        query = select(AuditContent).where(AuditContent.person_id == person_id)
        if before is not None:
            query = query.where(AuditContent.place < before)
        with self._database.session() as session:
            rows = session.scalars(query.order_by(AuditContent.place.desc()).limit(limit))
            return tuple(_access(row) for row in rows)

    def check(self) -> Verdict:
        """Reckon the whole chain again."""
        faults: list[str] = []
        before, links, kept = BEGINNING, 0, 0
        query = (
            select(AuditLink, AuditContent)
            .outerjoin(AuditContent, AuditContent.place == AuditLink.place)
            .order_by(AuditLink.place)
            .execution_options(yield_per=1000)
        )
        with self._database.session() as session:
            for link, content in session.execute(query):
                links += 1
                if link.place != links:
                    faults.append(f"Link {links} is missing.")
                    links = link.place
                if link.hash != _chained(before, link.place, link.digest):
                    faults.append(f"Link {link.place} does not follow from the one before it.")
                if content is not None:
                    kept += 1
                    if _digest(content.salt, content.person_id, _access(content)) != link.digest:
                        faults.append(f"What link {link.place} stands for was changed.")
                before = link.hash
            loose = session.scalar(select(func.count()).select_from(AuditContent)) or 0
        if loose != kept:
            faults.append(f"{loose - kept} entries have no link.")
        return Verdict(links, links - kept, tuple(faults))

    def _tell(self, notes: Iterable[tuple[str, str]], action: str, actor_id: str) -> None:
        # One's own acts one knows of.
        others = [one for one in notes if one[0] != actor_id]
        if self._noted is not None and others:
            self._noted(others, action)

    def _append(
        self,
        session: Session,
        person_id: str,
        action: str,
        actor_id: str,
        actor_name: str,
        consent_id: str,
        what: dict,
    ) -> None:
        place, before = _end(session)
        access = Access(self._now(), action, actor_id, actor_name, consent_id, what, place + 1)
        _add(session, before, [(person_id, access)])

    def _append_each(
        self,
        session: Session,
        notes: Iterable[tuple[str, str]],
        action: str,
        actor_id: str,
        actor_name: str,
    ) -> None:
        place, before = _end(session)
        now = self._now()
        _add(
            session,
            before,
            [
                (person, Access(now, action, actor_id, actor_name, consent, {}, at))
                for at, (person, consent) in enumerate(notes, start=place + 1)
            ],
        )


def _end(session: Session) -> tuple[int, str]:
    """Place and hash of the last link."""
    last = session.execute(
        select(AuditLink.place, AuditLink.hash).order_by(AuditLink.place.desc()).limit(1)
    ).first()
    return (last.place, last.hash) if last else (0, BEGINNING)


def _add(session: Session, before: str, accesses: Iterable[tuple[str, Access]]) -> None:
    """Add links after the one whose hash is ``before``, each with what it stands for."""
    links, contents = [], []
    for person_id, access in accesses:
        salt = secrets.token_hex(16)
        digest = _digest(salt, person_id, access)
        before = _chained(before, access.place, digest)
        links.append({"place": access.place, "digest": digest, "hash": before})
        contents.append(
            {
                "place": access.place,
                "person_id": person_id,
                "salt": salt,
                "happened_at": access.happened_at,
                "actor_id": access.actor_id,
                "actor_name": access.actor_name,
                "action": access.action,
                "consent_id": access.consent_id,
                "what": access.what,
            }
        )
    # By table: the rows are written as they are, and no objects are made of them.
    session.execute(insert(cast(Table, AuditLink.__table__)), links)
    session.execute(insert(cast(Table, AuditContent.__table__)), contents)


def _access(row: AuditContent) -> Access:
    return Access(
        row.happened_at, row.action, row.actor_id, row.actor_name, row.consent_id, row.what, row.place
    )


def _digest(salt: str, person_id: str, access: Access) -> str:
    told = [
        salt,
        person_id,
        access.place,
        access.happened_at.isoformat(),
        access.actor_id,
        access.actor_name,
        access.action,
        access.consent_id,
        access.what,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _chained(before: str, place: int, digest: str) -> str:
    return hashlib.sha256(f"{before}:{place}:{digest}".encode()).hexdigest()

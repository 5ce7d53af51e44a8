"""Consents in the system of record: every reading and writing of their table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, func, or_, select, update

from accounts.consent import WORDING_VERSION, Consent, ConsentKind, Scope
from accounts.models import ConsentRow, Person
from database import Store, batched


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A yes to be kept; see ``accounts.consent.Consent`` for the fields."""

    kind: ConsentKind
    scope: Scope = field(default_factory=Scope)
    grantee_id: str | None = None
    grantee_name: str = ""
    about: str = ""
    purpose: str = ""
    words: str = ""
    locale: str = "en"
    ends_at: datetime | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class KindState:
    """How many yeses of a kind there are, ended ones too, and when one was last given and last taken back."""

    count: int
    granted_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """People whose yes was given or taken back, and how many yeses came; as many as the count says, unless
    some were deleted.
    """

    people: frozenset[str]
    came: int


class ConsentStore(Store):
    """Consents by the person who gave them, and by the one they are given to.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def grant(self, person_id: str, new: NewConsent) -> Consent:
        """Keep a yes. One that holds for the same kind, grantee and purpose is replaced by it:
        it ends now, and stays to be seen. The same yes again keeps its date.
        """
        now = self._now()
        with self._database.session() as session:
            # Two changes at once wait for each other (on PostgreSQL; SQLite has one writer).
            session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
            same = session.scalars(
                select(ConsentRow).where(
                    ConsentRow.person_id == person_id,
                    ConsentRow.kind == new.kind.value,
                    _is(ConsentRow.grantee_id, new.grantee_id),
                    ConsentRow.about == new.about,
                    *_live(now),
                )
            ).all()
            for row in same:
                if _says(row) == (new.scope, new.purpose, new.words, new.locale, new.ends_at):
                    return _consent(row)
                row.withdrawn_at = now
            row = ConsentRow(
                id=new.id or uuid4().hex,
                person_id=person_id,
                kind=new.kind.value,
                grantee_id=new.grantee_id,
                grantee_name=new.grantee_name,
                about=new.about,
                purpose=new.purpose,
                scope=new.scope.told(),
                words=new.words,
                locale=new.locale,
                wording=WORDING_VERSION,
                granted_at=now,
                starts_at=now,
                ends_at=new.ends_at,
            )
            session.add(row)
            session.flush()
            return _consent(row)

    def withdraw(self, person_id: str, consent_id: str) -> bool:
        """Take a yes back; ``False`` when the person has no such yes, ``True`` also when it had ended."""
        now = self._now()
        with self._database.session() as session:
            row = session.get(ConsentRow, consent_id)
            if row is None or row.person_id != person_id:
                return False
            session.execute(
                update(ConsentRow)
                .where(ConsentRow.id == consent_id, ConsentRow.withdrawn_at.is_(None))
                .values(withdrawn_at=now)
            )
            return True

    def withdraw_kind(self, person_id: str, kind: ConsentKind) -> None:
        """Take back every yes of a kind."""
        with self._database.session() as session:
            session.execute(
                update(ConsentRow)
                .where(
                    ConsentRow.person_id == person_id,
                    ConsentRow.kind == kind.value,
                    ConsentRow.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=self._now())
            )

    def of(self, person_id: str) -> tuple[Consent, ...]:
        """Return every yes of a person, ended ones too, the newest first."""
        return self._all(ConsentRow.person_id == person_id)

    def live(self, person_id: str, kind: ConsentKind | None = None) -> tuple[Consent, ...]:
        """Return what a person says yes to now, the newest first."""
        where = [ConsentRow.person_id == person_id, *_live(self._now())]
        if kind is not None:
            where.append(ConsentRow.kind == kind.value)
        return self._all(*where)

    def get(self, consent_id: str) -> Consent | None:
        """Return one yes, whether or not it holds."""
        with self._database.session() as session:
            row = session.get(ConsentRow, consent_id)
            return None if row is None else _consent(row)

    def each(self, consent_ids: Iterable[str]) -> dict[str, Consent]:
        """Return several by id, whether or not they hold."""
        return {
            one.id: one
            for some in batched(dict.fromkeys(consent_ids))
            for one in self._all(ConsentRow.id.in_(some))
        }

    def between(
        self, owner: str, grantee_id: str, kind: ConsentKind, about: str | None = None
    ) -> Consent | None:
        """Return the owner's yes of this kind to this person that holds now, or ``None``."""
        where = [
            ConsentRow.person_id == owner,
            ConsentRow.grantee_id == grantee_id,
            ConsentRow.kind == kind.value,
            *_live(self._now()),
        ]
        if about is not None:
            where.append(ConsentRow.about == about)
        return next(iter(self._all(*where)), None)

    def given_to(self, grantee_id: str, kind: ConsentKind, about: str | None = None) -> tuple[Consent, ...]:
        """Return everybody's yes of this kind to this person that holds now, the newest first."""
        where = [ConsentRow.grantee_id == grantee_id, ConsentRow.kind == kind.value, *_live(self._now())]
        if about is not None:
            where.append(ConsentRow.about == about)
        return self._all(*where)

    def ending(self, before: datetime, shortest: timedelta) -> tuple[Consent, ...]:
        """Return what holds now and ends before a moment, but for what was given for no longer than that."""
        found = self._all(ConsentRow.ends_at <= before, *_live(self._now()))
        return tuple(one for one in found if one.ends_at and one.ends_at - one.granted_at > shortest)

    def state(self, kind: ConsentKind) -> KindState:
        """What changes whenever a yes of a kind is given, taken back, or deleted with its person."""
        query = select(
            func.count(), func.max(ConsentRow.granted_at), func.max(ConsentRow.withdrawn_at)
        ).where(ConsentRow.kind == kind.value)
        with self._database.session() as session:
            return KindState(*session.execute(query).one())

    def changed_since(self, kind: ConsentKind, before: KindState) -> Changed:
        """Whose yes of a kind was given or taken back since then."""
        # From the last moment on, not after it: what came in the same moment is looked at again.
        given = [] if before.granted_at is None else [ConsentRow.granted_at >= before.granted_at]
        taken = (
            [ConsentRow.withdrawn_at.is_not(None)]
            if before.withdrawn_at is None
            else [ConsentRow.withdrawn_at >= before.withdrawn_at]
        )
        rows: list[tuple[str, datetime]] = []
        with self._database.session() as session:
            for where in (given, taken):
                query = select(ConsentRow.person_id, ConsentRow.granted_at).where(
                    ConsentRow.kind == kind.value, *where
                )
                rows += [(person, granted) for person, granted in session.execute(query)]
                if where is given:
                    came = sum(
                        before.granted_at is None or granted > before.granted_at for _, granted in rows
                    )
        return Changed(frozenset(person for person, _ in rows), came)

    def givers(self, kind: ConsentKind, among: Iterable[str] | None = None) -> frozenset[str]:
        """Return the ids of the active people whose yes of a kind holds now; of all, or of some."""
        query = (
            select(ConsentRow.person_id)
            .join(Person, Person.id == ConsentRow.person_id)
            .where(ConsentRow.kind == kind.value, Person.active, *_live(self._now()))
        )
        with self._database.session() as session:
            if among is None:
                return frozenset(session.scalars(query))
            return frozenset(
                person
                for some in batched(among)
                for person in session.scalars(query.where(ConsentRow.person_id.in_(some)))
            )

    def _all(self, *where: ColumnElement[bool]) -> tuple[Consent, ...]:
        query = select(ConsentRow).where(*where).order_by(ConsentRow.granted_at.desc(), ConsentRow.id)
        with self._database.session() as session:
            return tuple(_consent(row) for row in session.scalars(query))


def advised_by(counselor_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What a consent has to be for this counselor to advise its person now."""
    return (ConsentRow.grantee_id == counselor_id, *advising(now))


def advising(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What a consent has to be for whoever it names to advise its person now."""
    return (ConsentRow.kind == ConsentKind.COUNSELOR.value, *_live(now))


def _live(now: datetime) -> Iterable[ColumnElement[bool]]:
    return (
        ConsentRow.withdrawn_at.is_(None),
        ConsentRow.starts_at <= now,
        or_(ConsentRow.ends_at.is_(None), ConsentRow.ends_at > now),
    )


def _is(column, value: str | None) -> ColumnElement[bool]:  # type: ignore[no-untyped-def]
    return column.is_(None) if value is None else column == value


def _says(row: ConsentRow) -> tuple[Scope, str, str, str, datetime | None]:
    return Scope.read(row.scope), row.purpose, row.words, row.locale, row.ends_at


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        person_id=row.person_id,
        kind=ConsentKind(row.kind),
        scope=Scope.read(row.scope),
        granted_at=row.granted_at,
        starts_at=row.starts_at,
        grantee_id=row.grantee_id,
        grantee_name=row.grantee_name,
        about=row.about,
        purpose=row.purpose,
        words=row.words,
        locale=row.locale,
        wording=row.wording,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
    )

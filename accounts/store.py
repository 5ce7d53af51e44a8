"""People in the system of record: every reading and writing of their tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from accounts.actor import Account, Actor, DemoPerson
from accounts.errors import EmailTaken
from accounts.errors import marked as _
from accounts.models import ChosenCareer, EndedSession, Person, PersonRoleGrant, SignInAttempt
from accounts.roles import PersonRole
from database import Store, batched

FREE_ATTEMPTS = 10  # wrong passwords in a row before the first pause
FIRST_PAUSE = timedelta(seconds=30)  # doubled with every further one
LONGEST_PAUSE = timedelta(minutes=15)
ATTEMPTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against; never leaves ``accounts`` and ``services``."""

    actor: Actor
    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An account to be made. ``id`` is given only where it has to be the same everywhere."""

    email: str
    name: str
    password_hash: str = field(repr=False)
    roles: frozenset[PersonRole]
    locale: str = "en"
    area_code: str | None = None
    demo: bool = False
    id: str | None = None


class PersonStore(Store):
    """People, what they may be, and the careers they chose.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    # People

    def add(self, new: NewPerson) -> Actor:
        """Make an account.

        Raises
        ------
        EmailTaken
            If another account has the address.
        """
        person = Person(
            email=normal_email(new.email),
            name=new.name,
            password_hash=new.password_hash,
            locale=new.locale,
            area_code=new.area_code,
            demo=new.demo,
            created_at=self._now(),
            grants=[PersonRoleGrant(role=role.value) for role in sorted(new.roles)],
        )
        if new.id is not None:
            person.id = new.id
        try:
            with self._database.session() as session:
                session.add(person)
                session.flush()
                return _actor(person)
        except IntegrityError:
            raise EmailTaken(
                _("There is an account with this e-mail address already. Sign in instead.")
            ) from None  # PostgreSQL's own words repeat the address, and would stand in a log

    def actor(self, person_id: str, session_id: str | None = None) -> Actor | None:
        """Return the person, or ``None`` when there is none or the account is closed.

        With ``session_id`` also ``None`` when that session was signed out of.
        """
        with self._database.session() as session:
            if session_id is not None and session.get(EndedSession, _hash(session_id)) is not None:
                return None
            # Asked for at every request, and so in one question.
            person = session.get(Person, person_id, options=[joinedload(Person.grants)])
            return _actor(person) if person is not None and person.active else None

    def account(self, person_id: str) -> Account | None:
        """Return what the person sees of their own account."""
        with self._database.session() as session:
            person = session.get(Person, person_id, options=[joinedload(Person.grants)])
            if person is None:
                return None
            return Account(
                email=person.email,
                name=person.name,
                roles=_roles(person),
                area_code=person.area_code,
                locale=person.locale,
                demo=person.demo,
                created_at=person.created_at,
            )

    def credentials(self, email: str) -> Credentials | None:
        """Return what to check a sign-in with ``email`` against, of an active account."""
        with self._database.session() as session:
            person = session.scalar(select(Person).where(Person.email == normal_email(email)))
            return _credentials(person)

    def credentials_of(self, person_id: str) -> Credentials | None:
        """The same by id, for someone who is signed in."""
        with self._database.session() as session:
            return _credentials(session.get(Person, person_id))

    def demo_people(self) -> tuple[DemoPerson, ...]:
        """Return the invented people, in the order they were made."""
        query = select(Person).where(Person.demo, Person.active).order_by(Person.created_at, Person.email)
        with self._database.session() as session:
            return tuple(
                DemoPerson(person.id, person.email, person.name, _roles(person))
                for person in session.scalars(query)
            )

    def with_role(self, role: PersonRole) -> tuple[Actor, ...]:
        """Return everybody who has this part, by name."""
        query = (
            select(Person)
            .where(Person.active, Person.grants.any(PersonRoleGrant.role == role.value))
            .order_by(Person.name, Person.id)
        )
        with self._database.session() as session:
            return tuple(_actor(person) for person in session.scalars(query))

    def set_password_hash(self, person_id: str, password_hash: str, *, end_sessions: bool) -> Actor | None:
        """Keep another hash; with ``end_sessions`` every session of the person ends."""
        with self._database.session() as session:
            person = session.get(Person, person_id)
            if person is None:
                return None
            person.password_hash = password_hash
            if end_sessions:
                person.session_version += 1
            return _actor(person)

    def set_area(self, person_id: str, area_code: str | None) -> None:
        """Keep the home area."""
        self._change(person_id, area_code=area_code)

    def areas_of(self, person_ids: Iterable[str]) -> dict[str, str | None]:
        """Return the home areas of people by id; those who are not there are absent."""
        found: dict[str, str | None] = {}
        with self._database.session() as session:
            for some in batched(person_ids):
                query = select(Person.id, Person.area_code).where(Person.id.in_(some))
                found.update({row.id: row.area_code for row in session.execute(query)})
        return found

    def set_locale(self, person_id: str, locale: str) -> None:
        """Keep the language."""
        self._change(person_id, locale=locale)

    def set_name(self, person_id: str, name: str) -> None:
        """Keep the name to be called by."""
        self._change(person_id, name=name)

    def grant_roles(self, person_id: str, roles: Iterable[PersonRole]) -> None:
        """Let the person be ``roles`` too; what they are already stays."""
        with self._database.session() as session:
            person = session.get(Person, person_id)
            if person is not None:
                missing = {role.value for role in roles} - {grant.role for grant in person.grants}
                person.grants.extend(PersonRoleGrant(role=role) for role in sorted(missing))

    def delete(self, person_id: str) -> None:
        """Remove the person, and with them everything that is theirs (the database cascades)."""
        with self._database.session() as session:
            session.execute(delete(Person).where(Person.id == person_id))

    # Careers

    def chosen_careers(self, person_id: str) -> tuple[tuple[str, str | None], ...]:
        """Return (role code, area code) in the order they were chosen."""
        query = (
            select(ChosenCareer.role_code, ChosenCareer.area_code)
            .where(ChosenCareer.person_id == person_id)
            .order_by(ChosenCareer.added_at, ChosenCareer.role_code)
        )
        with self._database.session() as session:
            return tuple((code, area) for code, area in session.execute(query))

    def choose_career(self, person_id: str, role_code: str, area_code: str | None, most: int) -> bool:
        """Add a career, or change its area; return ``False`` when ``most`` are chosen already."""
        try:
            return self._choose(person_id, role_code, area_code, most)
        except IntegrityError:
            # The other half of a double click came first: its row is there now.
            return self._choose(person_id, role_code, area_code, most)

    def _choose(self, person_id: str, role_code: str, area_code: str | None, most: int) -> bool:
        with self._database.session() as session:
            chosen = session.get(ChosenCareer, (person_id, role_code))
            if chosen is not None:
                chosen.area_code = area_code or chosen.area_code
                return True
            count = session.scalar(
                select(func.count()).select_from(ChosenCareer).where(ChosenCareer.person_id == person_id)
            )
            if (count or 0) >= most:
                return False
            session.add(
                ChosenCareer(
                    person_id=person_id, role_code=role_code, area_code=area_code, added_at=self._now()
                )
            )
            return True

    def drop_career(self, person_id: str, role_code: str) -> None:
        """Take a career away; nothing happens when it is not there."""
        with self._database.session() as session:
            session.execute(
                delete(ChosenCareer).where(
                    ChosenCareer.person_id == person_id, ChosenCareer.role_code == role_code
                )
            )

    # Sessions

    def end_session(self, session_id: str, until: datetime) -> None:
        """Let nobody in with this session any more, and forget those that are past their time.

        Parameters
        ----------
        session_id : str
            Only its hash is kept: nobody can make a session of what stands here.
        until : datetime
            When the session would have ended by itself.
        """
        try:
            with self._database.session() as session:
                session.execute(delete(EndedSession).where(EndedSession.until < self._now()))
                session.merge(EndedSession(session_digest=_hash(session_id), until=until))
        except IntegrityError:
            # The other half of a double click came first: the session has ended.
            return

    # Wrong passwords

    def pause_left(self, email: str) -> int:
        """Return the seconds for which no password is tried for ``email``; 0 when there is no pause."""
        with self._database.session() as session:
            attempt = session.get(SignInAttempt, _digest(email))
            if attempt is None or attempt.paused_until is None:
                return 0
            left = (attempt.paused_until - self._now()).total_seconds()
            return max(0, int(left + 0.999))

    def note_wrong_password(self, email: str) -> None:
        """Count a wrong password, and pause after too many in a row; forget yesterday's."""
        now = self._now()
        try:
            self._note_wrong_password(email, now)
        except IntegrityError:
            self._note_wrong_password(email, now)

    def _note_wrong_password(self, email: str, now: datetime) -> None:
        with self._database.session() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.last_at < now - ATTEMPTS_KEPT))
            attempt = session.get(SignInAttempt, _digest(email))
            if attempt is None:
                attempt = SignInAttempt(email_digest=_digest(email), failures=0, last_at=now)
                session.add(attempt)
            attempt.failures += 1
            attempt.last_at = now
            over = attempt.failures - FREE_ATTEMPTS
            if over >= 0:
                attempt.paused_until = now + min(FIRST_PAUSE * 2 ** min(over, 16), LONGEST_PAUSE)

    def forget_wrong_passwords(self, email: str) -> None:
        """Start counting anew, after a right password."""
        with self._database.session() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.email_digest == _digest(email)))

    def _change(self, person_id: str, **values: object) -> None:
        with self._database.session() as session:
            person = session.get(Person, person_id)
            if person is not None:
                for name, value in values.items():
                    setattr(person, name, value)


def normal_email(email: str) -> str:
    """Return the address as it is kept: trimmed, in lower case."""
    return email.strip().lower()


def _digest(email: str) -> str:
    return _hash(normal_email(email))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _roles(person: Person) -> frozenset[PersonRole]:
    return frozenset(PersonRole(grant.role) for grant in person.grants)


def _actor(person: Person) -> Actor:
    return Actor(
        person_id=person.id,
        name=person.name,
        roles=_roles(person),
        area_code=person.area_code,
        locale=person.locale,
        session_version=person.session_version,
        demo=person.demo,
    )


def _credentials(person: Person | None) -> Credentials | None:
    if person is None or not person.active:
        return None
    return Credentials(_actor(person), person.email, person.password_hash)

"""Tables about people. What they know and have is in ``wallet``."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database import Base, UtcDateTime

PERSON_ID = String(32)


class Person(Base):
    """An account. ``email`` is kept in lower case; ``area_code`` is a county's FIPS code."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(8), server_default="en")
    area_code: Mapped[str | None] = mapped_column(String(7))
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    session_version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    grants: Mapped[list[PersonRoleGrant]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", passive_deletes=True
    )


class PersonRoleGrant(Base):
    """One part that a person has."""

    __tablename__ = "person_role"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class ChosenCareer(Base):
    """A career that a person put around themselves, in the area they look at it in."""

    __tablename__ = "chosen_career"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role_code: Mapped[str] = mapped_column(String(10), primary_key=True)
    area_code: Mapped[str | None] = mapped_column(String(7))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(Base):
    """A person's yes to one use of their record, until taken back.

    ``kind`` is ``regional``: counted, among at least eleven, in the figures of their region.
    """

    __tablename__ = "consent"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInAttempt(Base):
    """Wrong passwords in a row for one address, known or not; the address itself is not kept."""

    __tablename__ = "sign_in_attempt"

    email_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EndedSession(Base):
    """A session that its person signed out of, by the hash of its id, until it would have ended anyway."""

    __tablename__ = "ended_session"

    session_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

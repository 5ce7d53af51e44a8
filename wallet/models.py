"""Tables of what people know and have. Whose it is, is a ``person`` of ``accounts``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database import Base, UtcDateTime

URI = String(255)
LABEL = String(500)


class Record(Base):
    """One entry of one person's wallet; the same entry is kept once (``digest``)."""

    __tablename__ = "record"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(500))
    issuer: Mapped[str] = mapped_column(String(300), server_default="")
    description: Mapped[str] = mapped_column(Text, server_default="")
    issued_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    standing: Mapped[str] = mapped_column(String(16))
    hours: Mapped[float | None]
    number: Mapped[str] = mapped_column(String(200), server_default="")
    form: Mapped[str] = mapped_column(String(16), server_default="")
    original_id: Mapped[str | None] = mapped_column(String(32))
    original_name: Mapped[str] = mapped_column(String(200), server_default="")
    place: Mapped[int] = mapped_column(server_default="0")
    credential_id: Mapped[str] = mapped_column(Text, server_default="")
    achievement_id: Mapped[str] = mapped_column(Text, server_default="")
    issuer_id: Mapped[str] = mapped_column(Text, server_default="")
    fingerprint: Mapped[str] = mapped_column(String(64), server_default="")
    checks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    verdict: Mapped[str] = mapped_column(String(16), server_default="")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaced_by: Mapped[str] = mapped_column(String(32), server_default="")
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    declined: Mapped[bool] = mapped_column(default=False, server_default=false())
    dispute: Mapped[str] = mapped_column(Text, server_default="")
    sender: Mapped[str] = mapped_column(String(300), server_default="")
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    skills: Mapped[list[RecordSkill]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="RecordSkill.position",
    )
    proposals: Mapped[list[RecordProposal]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="RecordProposal.position",
    )


class RecordSkill(Base):
    """A skill that a record is evidence of, with the label it had then; ``level`` is 0-1."""

    __tablename__ = "record_skill"
    __table_args__ = (CheckConstraint("level >= 0 AND level <= 1", name="level_is_a_share"),)

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    skill_uri: Mapped[str] = mapped_column(URI, primary_key=True)
    label: Mapped[str] = mapped_column(LABEL)
    level: Mapped[float | None]
    position: Mapped[int] = mapped_column(server_default="0")


class RecordProposal(Base):
    """A skill that was read out of a record, with what its owner decided about it."""

    __tablename__ = "record_proposal"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    skill_uri: Mapped[str] = mapped_column(URI, primary_key=True)
    label: Mapped[str] = mapped_column(LABEL)
    source: Mapped[str] = mapped_column(String(16))
    score: Mapped[float | None]
    words: Mapped[str] = mapped_column(Text, server_default="")
    level: Mapped[float | None]
    state: Mapped[str] = mapped_column(String(16))
    position: Mapped[int] = mapped_column(server_default="0")


class Original(Base):
    """A file as it was handed in, byte for byte; the same bytes are kept once a person."""

    __tablename__ = "original"
    __table_args__ = (UniqueConstraint("person_id", "sha256"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Notice(Base):
    """Something that happened to a record while its owner was away, until they dismiss it.

    ``message`` and ``values`` are a sentence that is put together in the reader's language.
    """

    __tablename__ = "notice"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"))
    message: Mapped[str] = mapped_column(String(300))
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(12), server_default="changed")
    happened_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ShowcaseSkill(Base):
    """A skill that a person puts first, in their order."""

    __tablename__ = "showcase_skill"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    skill_uri: Mapped[str] = mapped_column(URI, primary_key=True)
    position: Mapped[int]


class HiddenSkill(Base):
    """A skill that a person set aside from the reckoning."""

    __tablename__ = "hidden_skill"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    skill_uri: Mapped[str] = mapped_column(URI, primary_key=True)

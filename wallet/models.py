"""Tables of what people know and have. Whose it is, is a ``person`` of ``accounts``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
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
    expires_on: Mapped[date | None]
    standing: Mapped[str] = mapped_column(String(16))
    hours: Mapped[float | None]
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    skills: Mapped[list[RecordSkill]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="RecordSkill.position",
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


class HiddenSkill(Base):
    """A skill that a person set aside from the reckoning."""

    __tablename__ = "hidden_skill"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    skill_uri: Mapped[str] = mapped_column(URI, primary_key=True)

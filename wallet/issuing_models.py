"""Tables of issuing: organizations and their keys, what they offer, and what they issued."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, UtcDateTime

ID = String(32)


def _id() -> str:
    return uuid4().hex


class IssuerRow(Base):
    """An organization that issues. It outlives its account: what it signed has to stay verifiable."""

    __tablename__ = "issuer"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IssuerKeyRow(Base):
    """A signing key; ``sealed`` is its private half, empty once another key took its place."""

    __tablename__ = "issuer_key"
    __table_args__ = (UniqueConstraint("issuer_id", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"))
    number: Mapped[int]
    public: Mapped[str] = mapped_column(String(128))
    sealed: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StatusListRow(Base):
    """A list of what was taken back; ``address`` is the issuer's public address when it was begun."""

    __tablename__ = "status_list"
    __table_args__ = (UniqueConstraint("issuer_id", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"))
    number: Mapped[int]
    address: Mapped[str] = mapped_column(String(255))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StatusPlaceRow(Base):
    """A place in a list that is some credential's; which one does not stand here, and it never goes away."""

    __tablename__ = "status_place"

    list_id: Mapped[str] = mapped_column(ForeignKey("status_list.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IssuerPictureRow(Base):
    """A picture of an achievement, by the SHA-256 of its content."""

    __tablename__ = "issuer_picture"

    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    content: Mapped[bytes]


class OfferRow(Base):
    """An achievement that an organization issues; ``skills`` is JSON."""

    __tablename__ = "offer"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text)
    criteria: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(40))
    picture: Mapped[str] = mapped_column(String(80), server_default="")
    skills: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IssueDraftRow(Base):
    """What is about to be issued, until somebody has looked at it; names are gone once it is."""

    __tablename__ = "issue_draft"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IssuedRow(Base):
    """A credential that was issued. ``batch`` and ``line`` make sure that it is issued once."""

    __tablename__ = "issued_credential"
    __table_args__ = (
        UniqueConstraint("batch", "line"),
        Index("ix_issued_credential_issuer", "issuer_id", "issued_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("issuer.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    batch: Mapped[str] = mapped_column(ID)
    line: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    title: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(600))
    content: Mapped[str] = mapped_column(Text)
    list_id: Mapped[str] = mapped_column(ForeignKey("status_list.id"))
    place: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date | None]
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300), server_default="")

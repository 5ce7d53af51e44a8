"""Tables of what people ask others to confirm, and of the issuers that a county knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, UtcDateTime

ID = String(32)
DIGEST = String(64)


def _id() -> str:
    return uuid4().hex


class ConfirmationRow(Base):
    """One request to confirm one record, and the answer to it.

    It is the asking person's, the answer included, and goes with them. ``record_id`` is no foreign
    key: an invented person's record is written anew when its file changes, and what was answered stays.
    ``request_digest`` is the same for both halves of a double click.
    """

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("person_id", "request_digest"), Index(None, "contact"))

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    record_id: Mapped[str] = mapped_column(ID)
    request_digest: Mapped[str] = mapped_column(DIGEST)
    organization: Mapped[str] = mapped_column(String(300))
    contact: Mapped[str] = mapped_column(String(254), server_default="")
    note: Mapped[str] = mapped_column(Text, server_default="")
    shown: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="asked", server_default="asked")
    outcome: Mapped[str] = mapped_column(String(10), default="", server_default="")
    proposed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    accepted: Mapped[bool | None]
    by_organization: Mapped[str] = mapped_column(String(300), default="", server_default="")
    by_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    by_position: Mapped[str] = mapped_column(String(120), default="", server_default="")
    by_email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    signer_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    signed: Mapped[bool] = mapped_column(default=False, server_default=false())
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    credential: Mapped[str] = mapped_column(ID, default="", server_default="")


class ConfirmationLinkRow(Base):
    """A link to a request, by the hash of its secret: the secret itself is not kept."""

    __tablename__ = "confirmation_link"
    __table_args__ = (Index(None, "confirmation_id"),)

    digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    confirmation_id: Mapped[str] = mapped_column(ForeignKey("confirmation.id", ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownIssuerRow(Base):
    """An issuer that the county knows, by its address."""

    __tablename__ = "known_issuer"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    address: Mapped[str] = mapped_column(String(500), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(500), server_default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegistryActRow(Base):
    """What somebody did to the registry: ``added``, ``changed`` or ``removed``. It stays."""

    __tablename__ = "registry_act"
    __table_args__ = (Index(None, "done_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=_id)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person_name: Mapped[str] = mapped_column(String(120))
    act: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(500))
    name: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(500), server_default="")

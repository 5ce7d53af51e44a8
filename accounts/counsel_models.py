"""Tables of advising: meetings, notes, groups, invitations, transfers, and employment plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import PERSON_ID
from database import Base, UtcDateTime

NAME = String(300)


class CaseListingRow(Base):
    """The last day on which somebody was noted as listed in the caseload that a consent put them in."""

    __tablename__ = "case_listing"

    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    listed_on: Mapped[date]


class MeetingRow(Base):
    """Time of a counselor with or for somebody; see ``graph.model.Meeting``."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_person_id", "person_id", "began_at"),
        Index("ix_meeting_counselor_id", "counselor_id", "began_at"),
    )

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    counselor_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    counselor_name: Mapped[str] = mapped_column(NAME)
    activity: Mapped[str] = mapped_column(String(16))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    group_id: Mapped[str] = mapped_column(String(32), default="", server_default="")


class CaseNoteRow(Base):
    """A note about somebody, by whoever advises them; it goes with their account."""

    __tablename__ = "case_note"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    author_name: Mapped[str] = mapped_column(NAME)
    text: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseGroupRow(Base):
    """Clients of one counselor who come to the same workshop."""

    __tablename__ = "case_group"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    counselor_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseGroupMemberRow(Base):
    """Who is in a group."""

    __tablename__ = "case_group_member"

    group_id: Mapped[str] = mapped_column(ForeignKey("case_group.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)


class InvitationRow(Base):
    """Somebody asked to let a counselor advise them; the link's secret is kept as a hash only."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    sender_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    counselor_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), server_default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_day: Mapped[date]
    mailed: Mapped[bool] = mapped_column(default=False, server_default=false())
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TransferRow(Base):
    """A proposal that another counselor advises somebody; it is taken away once it is answered."""

    __tablename__ = "case_transfer"
    __table_args__ = (UniqueConstraint("person_id", "from_id"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    from_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    from_name: Mapped[str] = mapped_column(NAME)
    to_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    to_name: Mapped[str] = mapped_column(NAME)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmploymentPlanRow(Base):
    """The plan of one person, as it says now; its steps stand in their own table."""

    __tablename__ = "employment_plan"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    counselor_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    counselor_name: Mapped[str] = mapped_column(NAME)
    goal_code: Mapped[str] = mapped_column(String(10), default="", server_default="")
    goal_title: Mapped[str] = mapped_column(NAME, default="", server_default="")
    reviews: Mapped[str] = mapped_column(String(100), default="", server_default="")
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_on: Mapped[date | None]


class PlanStepRow(Base):
    """A step of a plan, and when somebody ticked it off."""

    __tablename__ = "employment_plan_step"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    plan_id: Mapped[str] = mapped_column(ForeignKey("employment_plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(NAME)
    who: Mapped[str] = mapped_column(String(120), default="", server_default="")
    due_on: Mapped[date | None]
    cost: Mapped[str] = mapped_column(String(12), default="", server_default="")
    funding: Mapped[str] = mapped_column(String(120), default="", server_default="")
    done_on: Mapped[date | None]


class PlanVersionRow(Base):
    """A plan as it was made ready to sign; it is never changed."""

    __tablename__ = "employment_plan_version"

    plan_id: Mapped[str] = mapped_column(
        ForeignKey("employment_plan.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(NAME)


class PlanSignatureRow(Base):
    """One signature under a version, with the hash of what was signed."""

    __tablename__ = "employment_plan_signature"
    __table_args__ = (UniqueConstraint("plan_id", "number", "part"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    plan_id: Mapped[str] = mapped_column(ForeignKey("employment_plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    part: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    drawn: Mapped[str] = mapped_column(Text, default="", server_default="")
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(String(64))
    on_screen_of: Mapped[str] = mapped_column(NAME, default="", server_default="")


class FollowUpRow(Base):
    """Looking after somebody so many days after their plan was signed by both."""

    __tablename__ = "follow_up"

    plan_id: Mapped[str] = mapped_column(
        ForeignKey("employment_plan.id", ondelete="CASCADE"), primary_key=True
    )
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(16), default="", server_default="")
    words: Mapped[str] = mapped_column(String(500), default="", server_default="")

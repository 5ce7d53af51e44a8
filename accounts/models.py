"""Tables about people. What they know and have is in ``wallet``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, true
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


class ConsentRow(Base):
    """A person's yes to one use of their record, until taken back; see ``accounts.consent.Consent``.

    A yes that was taken back stays, so that what was done in the meantime can be explained.
    """

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_person_id", "person_id", "kind"),
        Index("ix_consent_grantee_id", "grantee_id", "kind"),
        Index("ix_consent_kind", "kind", "granted_at", "withdrawn_at"),
    )

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    grantee_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    grantee_name: Mapped[str] = mapped_column(String(300), server_default="")
    about: Mapped[str] = mapped_column(String(64), server_default="")
    purpose: Mapped[str] = mapped_column(String(300), server_default="")
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text, server_default="")
    locale: Mapped[str] = mapped_column(String(8), server_default="en")
    wording: Mapped[int] = mapped_column(server_default="1")
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PopulationGroupsRow(Base):
    """Groups that a person told, for regional figures alone, that they belong to; see ``accounts.groups``."""

    __tablename__ = "population_groups"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    veterans: Mapped[bool] = mapped_column(default=False, server_default=false())
    first_generation: Mapped[bool] = mapped_column(default=False, server_default=false())
    english_learners: Mapped[bool] = mapped_column(default=False, server_default=false())
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    locale: Mapped[str] = mapped_column(String(8), default="en", server_default="en")
    wording: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ShareRow(Base):
    """A link by which whoever has it sees what its consent covers; its secret is kept as a hash only."""

    __tablename__ = "share"

    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    openings: Mapped[int]
    opened: Mapped[int] = mapped_column(default=0, server_default="0")
    last_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonKey(Base):
    """The key by which a person signs what they show, sealed; made when it is first needed."""

    __tablename__ = "person_key"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    public: Mapped[str] = mapped_column(String(100))
    sealed: Mapped[str] = mapped_column(Text)


class AuditLink(Base):
    """One link of the chain of accesses: it says nothing about anybody, and is never changed.

    ``digest`` is the salted hash of what happened (`AuditContent`), ``hash`` that of the link before,
    the place and the digest together.
    """

    __tablename__ = "audit_link"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditContent(Base):
    """What happened, for whom it happened to: it goes with their account, and the link stays."""

    __tablename__ = "audit_content"
    __table_args__ = (Index("ix_audit_content_person_id", "person_id", "place"),)

    place: Mapped[int] = mapped_column(ForeignKey("audit_link.place"), primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    salt: Mapped[str] = mapped_column(String(32))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[str] = mapped_column(String(32), server_default="")
    actor_name: Mapped[str] = mapped_column(String(300), server_default="")
    action: Mapped[str] = mapped_column(String(40))
    consent_id: Mapped[str] = mapped_column(String(32), server_default="")
    what: Mapped[dict[str, Any]] = mapped_column(JSON)


class PlanRow(Base):
    """Skills that a person means to gain, kept under a name of theirs."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    role_code: Mapped[str] = mapped_column(String(10), server_default="")
    skills: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(index=True)


class PostingRow(Base):
    """A role that an employer wants to fill; see ``graph.model.Posting``. It goes with the employer."""

    __tablename__ = "posting"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    owner_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, server_default="")
    source: Mapped[str] = mapped_column(String(8))
    role_code: Mapped[str] = mapped_column(String(10), server_default="")
    wanted: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    area_code: Mapped[str | None] = mapped_column(String(7))
    wage_low: Mapped[float | None]
    wage_high: Mapped[float | None]
    wage_per: Mapped[str] = mapped_column(String(4), server_default="hour")
    last_day: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    warned: Mapped[bool] = mapped_column(default=False, server_default=false())
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())


class ApplicationRow(Base):
    """That somebody applied to a posting: what may be seen of them stands in the consent.

    ``label`` is what the employer calls them until they are moved forward, ``answer`` what they say to
    the reading of their record.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("posting_id", "person_id"),
        UniqueConstraint("posting_id", "label", name="uq_application_label"),
        Index("ix_application_person_id", "person_id"),
    )

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    posting_id: Mapped[str] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(8))
    answer: Mapped[str] = mapped_column(String(1000), server_default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NewsRow(Base):
    """A sentence for a person about something that happened, until they put it away.

    ``message`` and ``values`` are put together in the reader's language; ``about`` is what it is of.
    What was put away stays for a while, so that the calendar does not tell it again.
    """

    __tablename__ = "news"
    __table_args__ = (UniqueConstraint("person_id", "about"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(12), server_default="request")
    message: Mapped[str] = mapped_column(String(300))
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    path: Mapped[str] = mapped_column(String(120), server_default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NewsChoiceRow(Base):
    """What a person does not want to be told, here and by mail, when they last looked and were written to."""

    __tablename__ = "news_choice"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    not_here: Mapped[list[str]] = mapped_column(JSON)
    not_by_mail: Mapped[list[str]] = mapped_column(JSON)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class KeptPathwayRow(Base):
    """A way to a role that a person chose; ``stones`` are the codes on the way, joined by commas."""

    __tablename__ = "kept_pathway"
    __table_args__ = (UniqueConstraint("person_id", "goal_code", "stones"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    goal_code: Mapped[str] = mapped_column(String(10))
    stones: Mapped[str] = mapped_column(String(60), server_default="")
    area_code: Mapped[str | None] = mapped_column(String(7))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApiTokenRow(Base):
    """A key by which a program acts for a person, within its scopes; kept as a hash only."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    session_version: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OAuthClientRow(Base):
    """A system of somebody else that may ask people to let it in; its secret is kept as a hash only."""

    __tablename__ = "oauth_client"

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(120))
    uri: Mapped[str] = mapped_column(String(500))
    redirect_uris: Mapped[list[str]] = mapped_column(JSON)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OAuthCodeRow(Base):
    """A code that a system may change into tokens once, within minutes; kept as a hash only."""

    __tablename__ = "oauth_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_client.id", ondelete="CASCADE"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"))
    redirect_uri: Mapped[str] = mapped_column(String(2000))
    challenge: Mapped[str] = mapped_column(String(128))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OAuthTokenRow(Base):
    """What a system sends with its requests (``access``), and what it gets a new one by (``refresh``)."""

    __tablename__ = "oauth_token"
    __table_args__ = (Index("ix_oauth_token_consent_id", "consent_id"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_client.id", ondelete="CASCADE"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id", ondelete="CASCADE"))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookRow(Base):
    """An address that is told what happens to a person's record."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeliveryRow(Base):
    """Something that such an address is told, until it took it or was asked often enough."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_next_at", "state", "next_at"),
        Index("ix_webhook_delivery_webhook_id", "webhook_id"),
    )

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    state: Mapped[str] = mapped_column(String(10), default="waiting", server_default="waiting")
    status: Mapped[int | None]
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PublishedViewRow(Base):
    """A view of a region that an official lets anybody see, as the part of an address that asks for it."""

    __tablename__ = "published_view"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(400))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoiseBudgetRow(Base):
    """What a county has spent of its budget of noise in a year, in thousandths of epsilon."""

    __tablename__ = "noise_budget"

    county: Mapped[str] = mapped_column(String(7), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spent: Mapped[int] = mapped_column(default=0, server_default="0")


class NoiseReleaseRow(Base):
    """Counts of a county that an official released with noise, as the file that was given out."""

    __tablename__ = "noise_release"

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True)
    county: Mapped[str] = mapped_column(String(7), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    epsilon: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[str] = mapped_column(Text, default="", server_default="")


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


class Report(Base):
    """What one person says is wrong with, or missing from, what a role requires.

    It is the person's, words and all, and goes with them. ``skill_uri`` is empty where something
    is missing, ``chosen_uri`` the statement they would put there. ``about`` is what a second report
    of the same person would have to be about to be the same one. From ``state`` on: what an
    administrator answered; ``answer_uri`` names the correction it led to.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("person_id", "role_code", "about"),
        Index("ix_report_state", "state", "role_code"),
    )

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role_code: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(8))
    skill_uri: Mapped[str] = mapped_column(String(255), server_default="")
    chosen_uri: Mapped[str] = mapped_column(String(255), server_default="")
    words: Mapped[str] = mapped_column(String(500), server_default="")
    about: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="open", server_default="open")
    decision: Mapped[str] = mapped_column(String(8), default="", server_default="")
    answer_uri: Mapped[str] = mapped_column(String(255), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Correction(Base):
    """What an administrator decided about one statement of a role: the county's, and nobody's words.

    It stays when those who reported it, or who decided it, are gone. The columns up to ``reason``
    are those of the editorial review.
    """

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("role_code", "skill_uri"),)

    id: Mapped[str] = mapped_column(PERSON_ID, primary_key=True, default=lambda: uuid4().hex)
    role_code: Mapped[str] = mapped_column(String(10))
    skill_uri: Mapped[str] = mapped_column(String(255))
    decision: Mapped[str] = mapped_column(String(8))
    other_uri: Mapped[str] = mapped_column(String(255), server_default="")
    task: Mapped[str] = mapped_column(String(10))
    core: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(String(300), server_default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

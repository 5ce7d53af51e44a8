"""Consents with what, to whom, for what and until when; and the chain of accesses."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

SKILLS_AND_AREA = {"skills": "all", "records": [], "fields": ["area"], "actions": []}


def upgrade() -> None:
    connection = op.get_bind()
    before = connection.execute(
        sa.text("SELECT person_id, kind, granted_at, withdrawn_at FROM consent").columns(
            granted_at=sa.DateTime(timezone=True), withdrawn_at=sa.DateTime(timezone=True)
        )
    ).fetchall()
    op.drop_table("consent")
    consent = op.create_table(
        "consent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("grantee_id", sa.String(length=32), nullable=True),
        sa.Column("grantee_name", sa.String(length=300), server_default="", nullable=False),
        sa.Column("about", sa.String(length=64), server_default="", nullable=False),
        sa.Column("purpose", sa.String(length=300), server_default="", nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("locale", sa.String(length=8), server_default="en", nullable=False),
        sa.Column("wording", sa.Integer(), server_default="1", nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["grantee_id"], ["person.id"], name=op.f("fk_consent_grantee_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id", "kind"])
    op.create_index("ix_consent_grantee_id", "consent", ["grantee_id", "kind"])
    if before:
        # The sentence of the time was not kept; version 0 says so.
        op.bulk_insert(
            consent,
            [
                {
                    "id": uuid4().hex,
                    "person_id": row.person_id,
                    "kind": row.kind,
                    "scope": SKILLS_AND_AREA,
                    "wording": 0,
                    "granted_at": row.granted_at,
                    "starts_at": row.granted_at,
                    "withdrawn_at": row.withdrawn_at,
                }
                for row in before
            ],
        )
    op.create_table(
        "audit_link",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_audit_link")),
    )
    op.create_table(
        "audit_content",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("actor_name", sa.String(length=300), server_default="", nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("consent_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_content_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place"], ["audit_link.place"], name=op.f("fk_audit_content_place_audit_link")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_audit_content")),
    )
    op.create_index("ix_audit_content_person_id", "audit_content", ["person_id", "place"])


def downgrade() -> None:
    op.drop_table("audit_content")
    op.drop_table("audit_link")
    connection = op.get_bind()
    kept = connection.execute(
        sa.text(
            "SELECT person_id, kind, min(granted_at) AS granted_at,"
            " CASE WHEN count(*) = count(withdrawn_at) THEN max(withdrawn_at) END AS withdrawn_at"
            " FROM consent WHERE kind = 'regional' GROUP BY person_id, kind"
        ).columns(granted_at=sa.DateTime(timezone=True), withdrawn_at=sa.DateTime(timezone=True))
    ).fetchall()
    op.drop_table("consent")
    consent = op.create_table(
        "consent",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_consent")),
    )
    if kept:
        op.bulk_insert(consent, [dict(row._mapping) for row in kept])

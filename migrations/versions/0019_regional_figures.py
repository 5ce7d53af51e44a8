"""Tell quickly whether a consent of a kind changed, and keep which views of a region are open to anybody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_consent_kind", "consent", ["kind", "granted_at", "withdrawn_at"])
    op.create_table(
        "published_view",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_published_view_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_view")),
    )
    op.create_index(op.f("ix_published_view_person_id"), "published_view", ["person_id"])


def downgrade() -> None:
    op.drop_table("published_view")
    op.drop_index("ix_consent_kind", table_name="consent")

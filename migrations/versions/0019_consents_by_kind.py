"""Tell quickly whether any consent of a kind was given or taken back."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_consent_kind", "consent", ["kind", "granted_at", "withdrawn_at"])


def downgrade() -> None:
    op.drop_index("ix_consent_kind", table_name="consent")

"""Ways to a role that people chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_pathway",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("goal_code", sa.String(length=10), nullable=False),
        sa.Column("stones", sa.String(length=60), server_default="", nullable=False),
        sa.Column("area_code", sa.String(length=7), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_kept_pathway_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_pathway")),
        sa.UniqueConstraint("person_id", "goal_code", "stones", name=op.f("uq_kept_pathway_person_id")),
    )


def downgrade() -> None:
    op.drop_table("kept_pathway")

"""The level that a record states for a skill that was read out of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("record_proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("record_proposal", schema=None) as batch_op:
        batch_op.drop_column("level")

"""Keep which groups people tell, for regional figures alone, that they belong to, and releases with noise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "population_groups",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        *(
            sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            for name in ("veterans", "first_generation", "english_learners")
        ),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("locale", sa.String(length=8), server_default="en", nullable=False),
        sa.Column("wording", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_population_groups_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_population_groups")),
    )
    op.create_index(op.f("ix_population_groups_changed_at"), "population_groups", ["changed_at"])
    op.create_table(
        "noise_budget",
        sa.Column("county", sa.String(length=7), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spent", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("county", "year", name=op.f("pk_noise_budget")),
    )
    op.create_table(
        "noise_release",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("county", sa.String(length=7), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("epsilon", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_noise_release_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noise_release")),
    )
    op.create_index(op.f("ix_noise_release_county"), "noise_release", ["county"])


def downgrade() -> None:
    op.drop_table("noise_release")
    op.drop_table("noise_budget")
    op.drop_table("population_groups")

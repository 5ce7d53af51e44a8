"""Employment plans: steps, versions, signatures, follow-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employment_plan",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("counselor_id", sa.String(length=32), nullable=True),
        sa.Column("counselor_name", sa.String(length=300), nullable=False),
        sa.Column("goal_code", sa.String(length=10), server_default="", nullable=False),
        sa.Column("goal_title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("reviews", sa.String(length=100), server_default="", nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["counselor_id"],
            ["person.id"],
            name=op.f("fk_employment_plan_counselor_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_employment_plan_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_plan")),
        sa.UniqueConstraint("person_id", name=op.f("uq_employment_plan_person_id")),
    )
    op.create_table(
        "employment_plan_step",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=120), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.String(length=12), server_default="", nullable=False),
        sa.Column("funding", sa.String(length=120), server_default="", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["employment_plan.id"],
            name=op.f("fk_employment_plan_step_plan_id_employment_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_plan_step")),
    )
    op.create_index(op.f("ix_employment_plan_step_plan_id"), "employment_plan_step", ["plan_id"])
    op.create_table(
        "employment_plan_version",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["employment_plan.id"],
            name=op.f("fk_employment_plan_version_plan_id_employment_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_employment_plan_version")),
    )
    op.create_table(
        "employment_plan_signature",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("drawn", sa.Text(), server_default="", nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("on_screen_of", sa.String(length=300), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["employment_plan.id"],
            name=op.f("fk_employment_plan_signature_plan_id_employment_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_plan_signature")),
        sa.UniqueConstraint("plan_id", "number", "part", name=op.f("uq_employment_plan_signature_plan_id")),
    )
    op.create_table(
        "follow_up",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=16), server_default="", nullable=False),
        sa.Column("words", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["employment_plan.id"],
            name=op.f("fk_follow_up_plan_id_employment_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "days", name=op.f("pk_follow_up")),
    )


def downgrade() -> None:
    op.drop_table("follow_up")
    op.drop_table("employment_plan_signature")
    op.drop_table("employment_plan_version")
    op.drop_table("employment_plan_step")
    op.drop_table("employment_plan")

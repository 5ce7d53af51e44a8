"""What people are told by kind, what they want to be told, and by when a plan is meant to be done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("news") as table:
        table.add_column(sa.Column("kind", sa.String(length=12), server_default="request", nullable=False))
        table.add_column(sa.Column("away_at", MOMENT, nullable=True))
        table.add_column(sa.Column("mailed_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_news_made_at"), "news", ["made_at"])
    op.create_index(op.f("ix_news_about"), "news", ["about"])
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("kind", sa.String(length=12), server_default="changed", nullable=False))
        table.add_column(sa.Column("mailed_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_notice_made_at"), "notice", ["made_at"])
    # What was told before there was mail is not mailed now.
    for name in ("news", "notice"):
        told = sa.table(name, sa.column("made_at"), sa.column("mailed_at"))
        op.execute(told.update().values(mailed_at=told.c.made_at))
    notice = sa.table("notice", sa.column("kind"), sa.column("message"))
    for kind, names in (("arrived", "(sender)"), ("request", "(organization)")):
        op.execute(notice.update().where(notice.c.message.contains(names)).values(kind=kind))
    op.create_table(
        "news_choice",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("not_here", sa.JSON(), nullable=False),
        sa.Column("not_by_mail", sa.JSON(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("mailed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_news_choice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_news_choice")),
    )
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("due_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_plan_due_on"), "plan", ["due_on"])
    op.create_index(op.f("ix_record_expires_on"), "record", ["expires_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_record_expires_on"), table_name="record")
    op.drop_index(op.f("ix_plan_due_on"), table_name="plan")
    with op.batch_alter_table("plan") as table:
        table.drop_column("due_on")
    op.drop_table("news_choice")
    op.drop_index(op.f("ix_notice_made_at"), table_name="notice")
    with op.batch_alter_table("notice") as table:
        table.drop_column("mailed_at")
        table.drop_column("kind")
    op.drop_index(op.f("ix_news_about"), table_name="news")
    op.drop_index(op.f("ix_news_made_at"), table_name="news")
    with op.batch_alter_table("news") as table:
        table.drop_column("mailed_at")
        table.drop_column("away_at")
        table.drop_column("kind")

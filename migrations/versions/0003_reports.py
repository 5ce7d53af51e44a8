"""What people say is wrong with a role's skills, and what an administrator decides about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('correction',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('role_code', sa.String(length=10), nullable=False),
    sa.Column('skill_uri', sa.String(length=255), nullable=False),
    sa.Column('decision', sa.String(length=8), nullable=False),
    sa.Column('other_uri', sa.String(length=255), server_default='', nullable=False),
    sa.Column('task', sa.String(length=10), nullable=False),
    sa.Column('core', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('reason', sa.String(length=300), server_default='', nullable=False),
    sa.Column('decided_by', sa.String(length=32), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_correction_decided_by_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('role_code', 'skill_uri', name=op.f('uq_correction_role_code'))
    )
    op.create_table('report',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('role_code', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('skill_uri', sa.String(length=255), server_default='', nullable=False),
    sa.Column('chosen_uri', sa.String(length=255), server_default='', nullable=False),
    sa.Column('words', sa.String(length=500), server_default='', nullable=False),
    sa.Column('about', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), server_default='open', nullable=False),
    sa.Column('decision', sa.String(length=8), server_default='', nullable=False),
    sa.Column('answer_uri', sa.String(length=255), server_default='', nullable=False),
    sa.Column('reason', sa.String(length=300), server_default='', nullable=False),
    sa.Column('decided_by', sa.String(length=32), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_report_decided_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('person_id', 'role_code', 'about', name=op.f('uq_report_person_id'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_state'), ['state', 'role_code'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_state'))

    op.drop_table('report')
    op.drop_table('correction')

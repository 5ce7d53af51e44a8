"""Where a record came from, what was checked and proposed of it, the file itself, and what happened since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# Column by column: making the table anew, as SQLite otherwise needs, would take the rows that
# point at it along.
COLUMNS = (
    ('number', sa.String(length=200), ''),
    ('form', sa.String(length=16), ''),
    ('original_id', sa.String(length=32), None),
    ('original_name', sa.String(length=200), ''),
    ('place', sa.Integer(), '0'),
    ('credential_id', sa.Text(), ''),
    ('achievement_id', sa.Text(), ''),
    ('issuer_id', sa.Text(), ''),
    ('fingerprint', sa.String(length=64), ''),
    ('checks', sa.JSON(), None),
    ('verdict', sa.String(length=16), ''),
    ('checked_at', sa.DateTime(timezone=True), None),
    ('replaced_by', sa.String(length=32), ''),
    ('hidden', sa.Boolean(), sa.false()),
    ('declined', sa.Boolean(), sa.false()),
    ('dispute', sa.Text(), ''),
    ('sender', sa.String(length=300), ''),
)


def upgrade() -> None:
    for name, kind, default in COLUMNS:
        op.add_column('record', sa.Column(name, kind, server_default=default, nullable=default is None))
    op.drop_column('record', 'document')
    op.create_table('record_proposal',
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('skill_uri', sa.String(length=255), nullable=False),
    sa.Column('label', sa.String(length=500), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_record_proposal_record_id_record'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('record_id', 'skill_uri', name=op.f('pk_record_proposal'))
    )
    op.create_table('original',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_original_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_original')),
    sa.UniqueConstraint('person_id', 'sha256', name=op.f('uq_original_person_id'))
    )
    op.create_table('notice',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('message', sa.String(length=300), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record_id'], ['record.id'], name=op.f('fk_notice_record_id_record'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    op.create_index(op.f('ix_notice_person_id'), 'notice', ['person_id'], unique=False)
    op.create_table('showcase_skill',
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('skill_uri', sa.String(length=255), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_showcase_skill_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'skill_uri', name=op.f('pk_showcase_skill'))
    )


def downgrade() -> None:
    op.drop_table('showcase_skill')
    op.drop_index(op.f('ix_notice_person_id'), table_name='notice')
    op.drop_table('notice')
    op.drop_table('original')
    op.drop_table('record_proposal')
    op.add_column('record', sa.Column('document', sa.JSON(), nullable=True))
    for name, _kind, _default in reversed(COLUMNS):
        op.drop_column('record', name)

"""What a program may do for a counselor is two scopes, to read and to write: keys made for the one have both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BOTH = ("advising:read", "advising:write")
TOKENS = sa.table("api_token", sa.column("id", sa.String), sa.column("scopes", sa.JSON))


def upgrade() -> None:
    _change(
        lambda scopes: [
            new for one in scopes for new in (BOTH if one == "advising" else (one,))
        ]
    )


def downgrade() -> None:
    _change(lambda scopes: list(dict.fromkeys("advising" if one in BOTH else one for one in scopes)))


def _change(change) -> None:  # type: ignore[no-untyped-def]
    connection = op.get_bind()
    for row in connection.execute(sa.select(TOKENS.c.id, TOKENS.c.scopes)).all():
        if (scopes := change(row.scopes)) != row.scopes:
            connection.execute(sa.update(TOKENS).where(TOKENS.c.id == row.id).values(scopes=scopes))

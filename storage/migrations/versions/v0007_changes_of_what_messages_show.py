"""How often what a sent message shows has changed, and which change it shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

LIVING = sa.text("kind IN ('board', 'check_in', 'nudge') AND state IN ('sending', 'sent')")
CHANGED = sa.text("changes <> shown")


def upgrade() -> None:
    for name in ("changes", "shown"):
        op.add_column("outbox", sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_outbox_living", "outbox", ["chat_id", "on_date"], postgresql_where=LIVING, sqlite_where=LIVING)
    op.create_index("ix_outbox_changed", "outbox", ["chat_id"], postgresql_where=CHANGED, sqlite_where=CHANGED)


def downgrade() -> None:
    op.drop_index("ix_outbox_changed", "outbox")
    op.drop_index("ix_outbox_living", "outbox")
    for name in ("shown", "changes"):
        op.drop_column("outbox", name)

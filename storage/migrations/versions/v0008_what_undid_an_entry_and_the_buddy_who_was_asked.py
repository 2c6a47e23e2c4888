"""The source key of the /undo that took an entry back, and the member who was asked to be a buddy.

The previous release writes neither, so people whose question to a buddy was open at the upgrade have to ask again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TAKEN_BACK = sa.text("taken_back_by IS NOT NULL")


def upgrade() -> None:
    op.add_column("entries", sa.Column("taken_back_by", KEY))
    op.create_index(
        "ix_entries_taken_back_by",
        "entries",
        ["taken_back_by"],
        unique=True,
        postgresql_where=TAKEN_BACK,
        sqlite_where=TAKEN_BACK,
    )
    op.add_column("members", sa.Column("asked_buddy_id", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("members", "asked_buddy_id")
    op.drop_index("ix_entries_taken_back_by", "entries")
    op.drop_column("entries", "taken_back_by")

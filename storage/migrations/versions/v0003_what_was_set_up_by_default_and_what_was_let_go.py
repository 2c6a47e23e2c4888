"""Which reminders were set up by default; prompts asked for within quiet hours; goals that were given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NEW = (("owners", "defaults_given"), ("reminders", "by_default"), ("outbox", "at_any_hour"), ("nodes", "let_go"))


def upgrade() -> None:
    for table, column in _NEW:
        op.add_column(table, sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False))
    # Until now, people who had set one up by hand before the first plan got no others.
    planted = "EXISTS (SELECT 1 FROM visions v WHERE v.owner_id = owners.id)"
    op.execute(f"UPDATE owners SET defaults_given = has_reminders AND {planted}")
    op.drop_column("owners", "has_reminders")


def downgrade() -> None:
    op.add_column("owners", sa.Column("has_reminders", sa.Boolean(), server_default=sa.false(), nullable=False))
    asked = "EXISTS (SELECT 1 FROM reminders r WHERE r.owner_id = owners.id)"
    op.execute(f"UPDATE owners SET has_reminders = defaults_given OR {asked}")
    for table, column in _NEW:
        op.drop_column(table, column)

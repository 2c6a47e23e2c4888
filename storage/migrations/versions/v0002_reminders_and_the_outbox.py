"""Reminders, the outbox and the journal; quiet hours and nudges of owners, and whether they can be reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("owners", sa.Column("quiet_start", sa.String(5)))
    op.add_column("owners", sa.Column("quiet_end", sa.String(5)))
    op.add_column("owners", sa.Column("nudge_minutes", sa.BigInteger()))
    op.add_column("owners", sa.Column("has_reminders", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("owners", sa.Column("unreachable_since", INSTANT))
    op.create_table(
        "reminders",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at_time", sa.String(5), nullable=False),
        sa.Column("weekdays", sa.SmallInteger(), nullable=False),
        sa.Column("last_day_of", sa.Text()),
        sa.Column("node_id", ID),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("next_due", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_reminders_owner_id_owners", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_reminders_node_id_nodes", ondelete="CASCADE"),
    )
    op.create_index("ix_reminders_owner_id", "reminders", ["owner_id"])
    due = sa.text("next_due IS NOT NULL")
    op.create_index("ix_reminders_due", "reminders", ["next_due"], postgresql_where=due, sqlite_where=due)
    op.create_table(
        "outbox",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("nodes", sa.JSON(), nullable=False),
        sa.Column("after_id", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("useful_until", INSTANT, nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("doubts", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_outbox_owner_id_owners", ondelete="CASCADE"),
    )
    op.create_index("ix_outbox_chat_id_message_id", "outbox", ["chat_id", "message_id"])
    is_open = sa.text("state IN ('pending', 'retry', 'sending')")
    op.create_index("ix_outbox_open", "outbox", ["due_at"], postgresql_where=is_open, sqlite_where=is_open)
    settled = sa.text("settled_at IS NOT NULL")
    op.create_index("ix_outbox_settled", "outbox", ["settled_at"], postgresql_where=settled, sqlite_where=settled)
    op.create_table(
        "journal",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_journal"),
    )


def downgrade() -> None:
    for table in ("journal", "outbox", "reminders"):
        op.drop_table(table)
    for column in ("unreachable_since", "has_reminders", "nudge_minutes", "quiet_end", "quiet_start"):
        op.drop_column("owners", column)

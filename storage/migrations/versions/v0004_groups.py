"""Members of groups, their absences and own leaves, shares, publications and confirmations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.add_column("owners", sa.Column("thread_id", sa.BigInteger()))
    op.add_column("owners", sa.Column("round_deadline", sa.String(5)))
    op.add_column("owners", sa.Column("board_ordered", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("owners", sa.Column("invite", sa.Text()))
    op.add_column("owners", sa.Column("members_plan", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_owners_invite", "owners", ["invite"], unique=True)
    op.create_table(
        "members",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.Column("nudges", sa.Boolean(), nullable=False),
        sa.Column("buddy_id", ID),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_members_owner_id_owners", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["buddy_id"], ["members.id"], name="fk_members_buddy_id_members", ondelete="SET NULL"),
        sa.UniqueConstraint("owner_id", "user_id", name="uq_members_owner_id_user_id"),
    )
    op.create_index("ix_members_user_id", "members", ["user_id"])
    op.create_table(
        "absences",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_absences_member_id_members", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_absences_member_id", "absences", ["member_id"])
    op.add_column("nodes", sa.Column("each", sa.JSON()))
    # Written by hand: for a column that refers to a table, Alembic would recreate the whole SQLite table.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE nodes ADD COLUMN member_id {number} CONSTRAINT fk_nodes_member_id_members REFERENCES members (id)"
    )
    of_member = sa.text("member_id IS NOT NULL")
    op.create_index("ix_nodes_member_id", "nodes", ["member_id"], postgresql_where=of_member, sqlite_where=of_member)
    op.create_table(
        "confirmations",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_confirmations"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_confirmations_entry_id_entries", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_confirmations_member_id_members", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "shares",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_shares_node_id_nodes", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_shares_owner_id_owners", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_shares_member_id_members", ondelete="CASCADE"),
        sa.UniqueConstraint("node_id", "owner_id", name="uq_shares_node_id_owner_id"),
    )
    op.create_index("ix_shares_owner_id", "shares", ["owner_id"])
    op.create_index("ix_shares_member_id", "shares", ["member_id"])
    op.create_table(
        "publications",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by_user", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owners.id"], name="fk_publications_owner_id_owners", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("owner_id", "chat_id", name="uq_publications_owner_id_chat_id"),
    )
    op.create_index("ix_publications_chat_id", "publications", ["chat_id"])
    # For deleting a chat with all its data: removing a node looks for its reminders.
    of_node = sa.text("node_id IS NOT NULL")
    op.create_index("ix_reminders_node_id", "reminders", ["node_id"], postgresql_where=of_node, sqlite_where=of_node)


def downgrade() -> None:
    op.drop_index("ix_reminders_node_id", "reminders")
    for table in ("publications", "shares", "confirmations", "absences"):
        op.drop_table(table)
    op.drop_index("ix_nodes_member_id", "nodes")
    op.drop_column("nodes", "member_id")
    op.drop_column("nodes", "each")
    op.drop_table("members")
    op.drop_index("ix_owners_invite", "owners")
    for column in ("members_plan", "invite", "board_ordered", "round_deadline", "thread_id"):
        op.drop_column("owners", column)

"""Owners, trees, entries and their cache; conversations and the inbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "owners",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("day_start", sa.String(5), nullable=False),
        sa.Column("week_start", sa.SmallInteger(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("zone_chosen", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owners"),
        sa.UniqueConstraint("chat_id", name="uq_owners_chat_id"),
    )
    op.create_table(
        "visions",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("calculation_version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visions"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_visions_owner_id_owners", ondelete="CASCADE"),
    )
    op.create_index("ix_visions_owner_id", "visions", ["owner_id"])
    op.create_table(
        "nodes",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("vision_id", ID, nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("strategy", sa.Text()),
        sa.Column("measure", sa.Text()),
        sa.Column("aggregate", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("weekdays", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nodes"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_nodes_owner_id_owners", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["vision_id"], ["visions.id"], name="fk_nodes_vision_id_visions", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["nodes.id"], name="fk_nodes_parent_id_nodes", ondelete="CASCADE"),
        sa.UniqueConstraint("owner_id", "key", name="uq_nodes_owner_id_key"),
    )
    op.create_index("ix_nodes_vision_id", "nodes", ["vision_id"])
    op.create_index("ix_nodes_parent_id", "nodes", ["parent_id"])
    op.create_table(
        "node_targets",
        sa.Column("node_id", ID, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("target", sa.BigInteger()),
        sa.PrimaryKeyConstraint("node_id", "effective_from", name="pk_node_targets"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_node_targets_node_id_nodes", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entries",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("vision_id", ID, nullable=False),
        sa.Column("node_id", ID, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger()),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("author_id", sa.BigInteger()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("source_key", KEY),
        sa.Column("voided_at", INSTANT),
        sa.Column("replaced_by", ID),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.ForeignKeyConstraint(["vision_id"], ["visions.id"], name="fk_entries_vision_id_visions", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_entries_node_id_nodes", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["entries.id"], name="fk_entries_replaced_by_entries", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("source_key", name="uq_entries_source_key"),
    )
    op.create_index("ix_entries_node_id_on_date", "entries", ["node_id", "on_date"])
    op.create_index("ix_entries_vision_id_on_date", "entries", ["vision_id", "on_date"])
    op.create_index("ix_entries_vision_id_id", "entries", ["vision_id", "id"])
    replaced = sa.text("replaced_by IS NOT NULL")
    op.create_index(
        "ix_entries_replaced_by", "entries", ["replaced_by"], postgresql_where=replaced, sqlite_where=replaced
    )
    op.create_table(
        "cells",
        sa.Column("node_id", ID, nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("progress", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("node_id", "period_start", name="pk_cells"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_cells_node_id_nodes", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "runs",
        sa.Column("node_id", ID, autoincrement=False, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("best", sa.BigInteger(), nullable=False),
        sa.Column("through", sa.Date()),
        sa.PrimaryKeyConstraint("node_id", name="pk_runs"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_runs_node_id_nodes", ondelete="CASCADE"),
    )
    op.create_table(
        "conversations",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name="pk_conversations"),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", ID, autoincrement=False, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("handled_at", INSTANT),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    unhandled = sa.text("handled_at IS NULL")
    op.create_index("ix_inbox_unhandled", "inbox", ["update_id"], postgresql_where=unhandled, sqlite_where=unhandled)


def downgrade() -> None:
    for table in ("inbox", "conversations", "runs", "cells", "entries", "node_targets", "nodes", "visions", "owners"):
        op.drop_table(table)

"""The terms of goals from a date on, limits and ways from one value to another, other schedules, years, and pauses.

The previous release still reads and writes while processes are upgraded: all columns that it does not know have a
default, and a row of `node_targets` that it writes holds only the target.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (("ix_nodes_root", "parent_id IS NULL"), ("ix_nodes_yearly", "level = 'yearly'"))
COLUMNS: dict[str, tuple[tuple[str, sa.types.TypeEngine[Any], Any], ...]] = {
    "nodes": (
        ("every_days", sa.BigInteger(), None),
        ("month_days", sa.BigInteger(), None),
        ("direction", sa.Text(), None),
        ("baseline", sa.BigInteger(), None),
        ("adds_ticks", sa.Boolean(), sa.false()),
    ),
    "node_targets": (
        ("weight", sa.BigInteger(), None),
        ("weekdays", sa.SmallInteger(), None),
        ("every_days", sa.BigInteger(), None),
        ("month_days", sa.BigInteger(), None),
        ("active", sa.Boolean(), sa.true()),
    ),
    "cells": (("known", sa.Boolean(), sa.true()), ("extra", sa.Boolean(), sa.false())),
    "runs": (("missed", sa.Date(), None),),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, type_, default in columns:
            op.add_column(table, sa.Column(name, type_, server_default=default, nullable=default is None))
    op.create_table(
        "pauses",
        sa.Column("id", ID, sa.Identity(), primary_key=True),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("node_id", ID),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_pauses_owner_id_owners", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_pauses_node_id_nodes", ondelete="CASCADE"),
    )
    for part in ("owner_id", "node_id"):
        op.create_index(f"ix_pauses_{part}", "pauses", [part])
    for name, where in INDEXES:
        op.create_index(name, "nodes", ["vision_id"], postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def downgrade() -> None:
    for name, _ in INDEXES:
        op.drop_index(name, "nodes")
    op.drop_table("pauses")
    for table, columns in COLUMNS.items():
        for name, *_ in columns:
            op.drop_column(table, name)

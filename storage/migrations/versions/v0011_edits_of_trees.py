"""Edits of the structure of trees, so that they can be taken back. The previous release records none: its edits while
both run cannot be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant

revision = "0011"
down_revision = "0010"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_UNDONE = sa.text("undone_by IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("id", _ID, sa.Identity(), nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("node_id", sa.BigInteger()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("source_key", _KEY),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("last_node_id", sa.BigInteger()),
        sa.Column("undone_at", UtcInstant()),
        sa.Column("undone_by", _KEY),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
        sa.UniqueConstraint("source_key", name="uq_edits_source_key"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name="fk_edits_owner_id_owners", ondelete="CASCADE"),
    )
    op.create_index("ix_edits_owner_id_id", "edits", ["owner_id", "id"])
    op.create_index("ix_edits_last_node_id", "edits", ["last_node_id"])
    op.create_index(
        "ix_edits_undone_by", "edits", ["undone_by"], unique=True, postgresql_where=_UNDONE, sqlite_where=_UNDONE
    )


def downgrade() -> None:
    op.drop_table("edits")

"""The results of API requests with a key, and whether a member may be named in sheets. The previous release names
nobody in a sheet and ignores keys; while both run, a repeated request may be done twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant

revision = "0012"
down_revision = "0011"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("members", sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "api_requests",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_api_requests"),
    )
    op.create_index("ix_api_requests_created_at", "api_requests", ["created_at"])


def downgrade() -> None:
    op.drop_table("api_requests")
    op.drop_column("members", "named")

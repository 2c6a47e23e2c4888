"""Personal tokens for the API, and a count of each tree's changes, which shows a reader that nothing is new. The
previous release counts nothing: while both run, its changes of a tree are noticed with the next change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant

revision = "0010"
down_revision = "0009"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("visions", sa.Column("version", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "api_tokens",
        sa.Column("id", _ID, sa.Identity(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("digest", _KEY, nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])


def downgrade() -> None:
    op.drop_table("api_tokens")
    op.drop_column("visions", "version")

"""Plans that people sent recently, and what became of them. The previous release keeps none: a plan that it planted
cannot be changed by editing its message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "plan_messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_plan_messages"),
    )


def downgrade() -> None:
    op.drop_table("plan_messages")

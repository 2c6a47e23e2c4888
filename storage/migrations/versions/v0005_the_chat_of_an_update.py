"""The chat of each update in the inbox, so that only one process at a time handles a chat's updates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

PATHS = ("message", "edited_message", "my_chat_member", "callback_query message")


def _chat_of(path: str, *, sqlite: bool) -> str:
    parts = [*path.split(), "chat", "id"]
    if sqlite:
        return f"json_extract(payload, '$.{'.'.join(parts)}')"
    return f"CAST(CAST(payload AS json) #>> '{{{','.join(parts)}}}' AS bigint)"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("inbox", sa.Column("chat_id", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    chats = ", ".join(_chat_of(path, sqlite=sqlite) for path in PATHS)
    op.execute(f"UPDATE inbox SET chat_id = COALESCE({chats}, 0) WHERE handled_at IS NULL")
    unhandled = sa.text("handled_at IS NULL")
    op.drop_index("ix_inbox_unhandled", "inbox")
    op.create_index(
        "ix_inbox_unhandled", "inbox", ["chat_id", "update_id"], postgresql_where=unhandled, sqlite_where=unhandled
    )


def downgrade() -> None:
    unhandled = sa.text("handled_at IS NULL")
    op.drop_index("ix_inbox_unhandled", "inbox")
    op.create_index("ix_inbox_unhandled", "inbox", ["update_id"], postgresql_where=unhandled, sqlite_where=unhandled)
    op.drop_column("inbox", "chat_id")

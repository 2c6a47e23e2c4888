"""The time since when a group may read the notes that a member writes elsewhere. The previous release shows none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant

revision = "0016"
down_revision = "0015"

_COLUMNS = ("notes_since", "notes_asked_at")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("members", sa.Column(name, UtcInstant()))


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("members", name)

"""The number of evenings in a row without an answer. The previous release counts none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("owners", sa.Column("unanswered", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("owners", sa.Column("asked_on", sa.Date()))


def downgrade() -> None:
    op.drop_column("owners", "asked_on")
    op.drop_column("owners", "unanswered")

"""Two numbers of each tree, which show whether the basis of a check-off still holds.

`revision` changes with the tree's entries, cells and runs (on PostgreSQL, where several write at once), `shape` with
its nodes, its terms and its owner's settings. Both are drawn at random each time, so that a number from a restored
backup is never taken for a later one. The previous release changes neither: see 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_RANDOM = {"sqlite": "random()", "postgresql": "(random() * 9e18)::bigint"}


def upgrade() -> None:
    for name in ("revision", "shape"):
        op.add_column("visions", sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    drawn = _RANDOM[op.get_context().dialect.name]
    op.execute(f"UPDATE visions SET revision = {drawn}, shape = {drawn}")


def downgrade() -> None:
    for name in ("shape", "revision"):
        op.drop_column("visions", name)

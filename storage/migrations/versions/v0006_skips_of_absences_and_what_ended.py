"""The skips that absences made; the goals that were let go with a quarter; the visions whose end was announced.

Until now the first was in the source key ("away:<absence>:…"), the others in `conversations`, under the negated id of
the vision's node. The previous release still reads and writes both while processes are upgraded: rows in
`conversations` stay, and on PostgreSQL, where several processes may run, a trigger fills `known_ahead`. The next
release removes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LET_GO = "let go "

FUNCTION = """
    CREATE FUNCTION entries_fill_known_ahead() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.known_ahead := true;
        RETURN NEW;
    END $$"""
TRIGGER = """
    CREATE TRIGGER entries_fill_known_ahead BEFORE INSERT ON entries FOR EACH ROW
    WHEN (NOT NEW.known_ahead AND NEW.source_key LIKE 'away:%') EXECUTE FUNCTION entries_fill_known_ahead()"""


def upgrade() -> None:
    op.add_column("entries", sa.Column("known_ahead", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE entries SET known_ahead = true WHERE source_key LIKE 'away:%'")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        op.execute(TRIGGER)
    let_go = op.create_table(
        "let_go",
        sa.Column("node_id", ID, nullable=False),
        sa.Column("quarter_start", sa.Date(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("end_before", sa.Date()),
        sa.PrimaryKeyConstraint("node_id", "quarter_start", name="pk_let_go"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_let_go_node_id_nodes", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    farewells = op.create_table(
        "farewells",
        sa.Column("node_id", ID, autoincrement=False, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node_id", name="pk_farewells"),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name="fk_farewells_node_id_nodes", ondelete="CASCADE"),
    )
    remembered = _remembered()
    op.bulk_insert(let_go, [row for _, state in remembered for row in _let_go(state)])
    op.bulk_insert(farewells, [row for node_id, state in remembered for row in _farewell(node_id, state)])


def _remembered() -> list[tuple[int, dict[str, Any]]]:
    """(id of a vision's node, the stored facts about the vision), without deleted nodes."""
    connection = op.get_bind()
    remembered = []
    for node_id, vision_id, text in connection.execute(
        sa.text(
            "SELECT n.id, n.vision_id, CAST(c.state AS text) FROM conversations c JOIN nodes n ON n.id = -c.user_id"
            " WHERE c.user_id < 0 ORDER BY n.id"
        )
    ).all():
        nodes = set(
            connection.scalars(sa.text("SELECT id FROM nodes WHERE vision_id = :vision_id"), {"vision_id": vision_id})
        )
        state = json.loads(text)
        for kept in [kept for key, kept in state.items() if key.startswith(LET_GO)]:
            kept["goals"] = [goal for goal in kept["goals"] if goal in nodes]
            kept["ends"] = {int(node): end for node, end in kept["ends"].items() if int(node) in nodes}
        remembered.append((node_id, state))
    return remembered


def _let_go(state: dict[str, Any]) -> Iterator[dict[str, object]]:
    for key, kept in state.items():
        if key.startswith(LET_GO):
            for node_id in {*kept["goals"], *kept["ends"]}:
                end = kept["ends"].get(node_id)
                yield {
                    "node_id": node_id,
                    "quarter_start": date.fromisoformat(key.removeprefix(LET_GO)),
                    "chosen": node_id in kept["goals"],
                    "ended": node_id in kept["ends"],
                    "end_before": end and date.fromisoformat(end),
                }


def _farewell(node_id: int, state: dict[str, Any]) -> Iterator[dict[str, object]]:
    if said := state.get("farewell"):
        yield {"node_id": node_id, "ended_on": date.fromisoformat(said["end"]), "message_id": said["message"]}


def downgrade() -> None:
    op.drop_table("farewells")
    op.drop_table("let_go")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER entries_fill_known_ahead ON entries")
        op.execute("DROP FUNCTION entries_fill_known_ahead()")
    op.drop_column("entries", "known_ahead")

"""Notes on goals and visions that came to an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, insert, or_, select

from core.ports.endings import LetGo
from storage.sql import Sql, Statement
from storage.tables import LetGoRow, NodeRow

_ANNOUNCE = Statement("""
    INSERT INTO farewells (node_id, ended_on, message_id) VALUES ($1, $2, $3)
    ON CONFLICT (node_id) DO UPDATE SET ended_on = excluded.ended_on, message_id = excluded.message_id
    WHERE farewells.ended_on <> excluded.ended_on OR farewells.message_id = excluded.message_id
    RETURNING node_id""")


class SqlEndings:
    """See `core.ports.endings.Endings`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def let_go(self, vision_id: int, quarter_start: date) -> list[LetGo]:
        chosen = select(LetGoRow.node_id, LetGoRow.chosen, LetGoRow.ended, LetGoRow.end_before)
        of_vision = chosen.join(NodeRow, NodeRow.id == LetGoRow.node_id).where(
            NodeRow.vision_id == vision_id, LetGoRow.quarter_start == quarter_start
        )
        return [LetGo(*row) for row in self._sql.connection.execute(of_vision)]

    def save_let_go(self, vision_id: int, quarter_start: date, goals: Iterable[LetGo], *, keep_from: date) -> None:
        gone = delete(LetGoRow).where(
            LetGoRow.node_id.in_(select(NodeRow.id).where(NodeRow.vision_id == vision_id)),
            or_(LetGoRow.quarter_start == quarter_start, LetGoRow.quarter_start < keep_from),
        )
        self._sql.connection.execute(gone)
        rows = [
            {
                "node_id": goal.node_id,
                "quarter_start": quarter_start,
                "chosen": goal.chosen,
                "ended": goal.ended,
                "end_before": goal.end_before,
            }
            for goal in goals
        ]
        if rows:
            self._sql.connection.execute(insert(LetGoRow), rows)

    def announce(self, node_id: int, ended_on: date, message_id: int) -> bool:
        return bool(self._sql.rows(_ANNOUNCE, node_id, self._sql.values.day(ended_on), message_id))

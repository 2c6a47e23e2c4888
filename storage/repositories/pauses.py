"""Days off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from core.goals.model import Pause
from storage.sql import Sql
from storage.tables import PauseRow


class SqlPauses:
    """See `core.ports.pauses.Pauses`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def of_owner(self, owner_id: int) -> list[Pause]:
        columns = (PauseRow.id, PauseRow.first, PauseRow.last, PauseRow.node_id)
        query = select(*columns).where(PauseRow.owner_id == owner_id).order_by(PauseRow.id)
        return [Pause(*row) for row in self._sql.connection.execute(query)]

    def add(self, owner_id: int, pauses: Sequence[Pause]) -> None:
        rows = [
            {"owner_id": owner_id, "node_id": pause.node_id, "first": pause.first, "last": pause.last}
            for pause in pauses
        ]
        if rows:
            self._sql.connection.execute(insert(PauseRow), rows)

    def save(self, pause: Pause) -> None:
        changed = update(PauseRow).where(PauseRow.id == pause.id).values(first=pause.first, last=pause.last)
        self._sql.connection.execute(changed)

    def remove(self, pause_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(PauseRow).where(PauseRow.id.in_(pause_ids)))

"""Every row of every table as text: what is to be found nowhere is looked for here."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.connections import on_snapshot
from storage.portable import line_of, read_rows, shapes
from storage.urls import database_url


async def everything(url: str) -> list[str]:
    """All that a database holds, a line for each row with its table's name."""

    def rows(connection: Connection) -> list[str]:
        return [f"{shape.table}: {line_of(row)}" for shape in shapes() for row in read_rows(connection, shape)]

    return await on_snapshot(database_url(url), rows)

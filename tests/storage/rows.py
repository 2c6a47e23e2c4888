"""Every row of every table as text, to search for what must not be there."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.connections import on_snapshot
from storage.portable import line_of, read_rows, shapes
from storage.urls import database_url


async def everything(url: str) -> list[str]:
    """The whole database, a line for each row with its table's name."""

    def rows(connection: Connection) -> list[str]:
        return [f"{shape.table}: {line_of(row)}" for shape in shapes() for row in read_rows(connection, shape)]

    return await on_snapshot(database_url(url), rows)

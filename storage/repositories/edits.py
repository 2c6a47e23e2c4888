"""Edits of the structure of trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, delete, insert, select, update

from core.planning.edits import Edit, EditKind, Effects
from storage.message_tables import EditRow
from storage.sql import Sql

_KEPT = timedelta(days=90)
_VERSION = 1
"""The version of the format of `effects`, for a release that changes it."""


class SqlEdits:
    """See `core.ports.edits.Edits`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, edit: Edit) -> Edit:
        old = delete(EditRow).where(EditRow.owner_id == edit.owner_id, EditRow.at < edit.at - _KEPT)
        self._sql.connection.execute(old)
        new = insert(EditRow).values(
            owner_id=edit.owner_id,
            user_id=edit.user_id,
            kind=edit.kind.value,
            node_id=edit.node_id,
            title=edit.title,
            at=edit.at,
            source_key=edit.source_key,
            effects={"version": _VERSION, **_form().dump_python(edit.effects, mode="json")},
            last_node_id=_last_node_id(edit.effects),
        )
        return replace(edit, id=self._sql.connection.execute(new.returning(EditRow.id)).scalar_one())

    def by_source(self, source_key: str) -> Edit | None:
        return self._last(EditRow.source_key == source_key)

    def latest(self, owner_id: int, user_id: int) -> Edit | None:
        return self._last(EditRow.owner_id == owner_id, EditRow.user_id == user_id, EditRow.undone_at.is_(None))

    def since(self, owner_id: int, at: datetime) -> list[Edit]:
        which = EditRow.owner_id == owner_id, EditRow.at >= at, EditRow.undone_at.is_(None)
        return self._edits(_EDITS.where(*which).order_by(EditRow.id.desc()))

    def undone_by(self, source_key: str) -> Edit | None:
        return self._last(EditRow.undone_by == source_key)

    def mark_undone(self, edit_id: int, source_key: str | None, now: datetime) -> None:
        done = update(EditRow).where(EditRow.id == edit_id).values(undone_at=now, undone_by=source_key)
        self._sql.connection.execute(done)

    def forget(self, owner_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(EditRow).where(EditRow.owner_id.in_(owner_ids)))

    def _last(self, *which: ColumnElement[bool]) -> Edit | None:
        return next(iter(self._edits(_EDITS.where(*which).order_by(EditRow.id.desc()).limit(1))), None)

    def _edits(self, chosen: Select[*tuple[Any, ...]]) -> list[Edit]:
        return [
            Edit(
                edit_id, owner_id, user_id, node_id, title, at, source_key,
                EditKind(kind), _form().validate_python(effects), undone_at is not None,
            )
            for edit_id, owner_id, user_id, kind, node_id, title, at, source_key, effects, undone_at
            in self._sql.connection.execute(chosen).all()
        ]  # fmt: skip


_EDITS = select(
    EditRow.id,
    EditRow.owner_id,
    EditRow.user_id,
    EditRow.kind,
    EditRow.node_id,
    EditRow.title,
    EditRow.at,
    EditRow.source_key,
    EditRow.effects,
    EditRow.undone_at,
)


@cache
def _form() -> TypeAdapter[Effects]:
    return TypeAdapter(Effects)


def _last_node_id(effects: Effects) -> int | None:
    passing = (change.node_id for change in effects.nodes if change.before is None or change.after is None)
    return max(passing, default=None)

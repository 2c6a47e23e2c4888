"""Plans that people sent, which wait for an answer or an edit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from core.ports.plan_messages import PlanMessage, Stage
from storage.message_tables import PlanMessageRow
from storage.repositories.upsert import insert
from storage.sql import Sql

_KEPT = timedelta(days=3)
"""How long plans are kept: Telegram lets people edit a message for two days."""
_NEAR = 20
"""The most plans that may come between the parts of one."""


class SqlPlanMessages:
    """See `core.ports.plan_messages.PlanMessages`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def get(self, chat_id: int, message_id: int) -> PlanMessage | None:
        near = _PLANS.where(PlanMessageRow.chat_id == chat_id, PlanMessageRow.message_id <= message_id)
        last = near.order_by(PlanMessageRow.message_id.desc()).limit(_NEAR)
        known = (_read(*row) for row in self._sql.connection.execute(last))
        return next((plan for plan in known if message_id == plan.message_id or message_id in plan.parts), None)

    def latest(self, chat_id: int, user_id: int) -> PlanMessage | None:
        theirs = _PLANS.where(PlanMessageRow.chat_id == chat_id, PlanMessageRow.user_id == user_id)
        last = theirs.order_by(PlanMessageRow.message_id.desc()).limit(1)
        row = self._sql.connection.execute(last).first()
        return None if row is None else _read(*row)

    def put(self, message: PlanMessage) -> None:
        old = delete(PlanMessageRow).where(
            PlanMessageRow.chat_id == message.chat_id, PlanMessageRow.at < message.at - _KEPT
        )
        self._sql.connection.execute(old)
        new = insert(self._sql, PlanMessageRow).values(
            chat_id=message.chat_id,
            message_id=message.message_id,
            user_id=message.user_id,
            at=message.at,
            stage=message.stage.value,
            state={
                "parts": dict(message.parts),
                "lines": dict(message.lines),
                "visions": list(message.visions),
                "planted": message.planted,
                "renames": dict(message.renames),
            },
        )
        self._sql.connection.execute(
            new.on_conflict_do_update(
                index_elements=["chat_id", "message_id"],
                set_={name: new.excluded[name] for name in ("user_id", "at", "stage", "state")},
            )
        )

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        self._sql.connection.execute(delete(PlanMessageRow).where(PlanMessageRow.chat_id == old_chat_id))

    def forget(self, user_id: int) -> None:
        theirs = or_(PlanMessageRow.chat_id == user_id, PlanMessageRow.user_id == user_id)
        self._sql.connection.execute(delete(PlanMessageRow).where(theirs))


_PLANS = select(
    PlanMessageRow.chat_id,
    PlanMessageRow.message_id,
    PlanMessageRow.user_id,
    PlanMessageRow.at,
    PlanMessageRow.stage,
    PlanMessageRow.state,
)


def _read(chat_id: int, message_id: int, user_id: int, at: datetime, stage: str, state: Any) -> PlanMessage:
    return PlanMessage(
        chat_id,
        message_id,
        user_id,
        at,
        {int(part): text for part, text in state["parts"].items()},
        Stage(stage),
        {int(number): line for number, line in state["lines"].items()},
        tuple(state["visions"]),
        state["planted"],
        {int(node): said for node, said in state["renames"].items()},
    )

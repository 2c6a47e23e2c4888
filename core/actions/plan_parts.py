"""Waiting for the second part of a plan that a chat split into two messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from core.actions.access import enter
from core.asking.reminders import MessageKind, NewMessage
from core.group.permissions import Act, Actor
from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store, Transaction

PATIENCE = timedelta(minutes=1)
"""How long after the first part the second one comes at the latest."""
_STILL_OF_USE = timedelta(hours=12)


async def await_rest(store: Store, actor: Actor, message: PlanMessage, today: date, now: datetime) -> None:
    """Keeps a plan that cannot be read by itself. If no second part comes, a message will say what is wrong with it.
    Raises `Refused`."""

    def work(tx: Transaction) -> None:
        owner = enter(tx, actor, Act.EDIT_TREE).owner
        tx.plan_messages.put(replace(message, chat_id=owner.chat_id, stage=Stage.WAITING))
        asked = NewMessage(
            key=f"{MessageKind.PLAN_PART.value}:{owner.chat_id}:{message.message_id}",
            kind=MessageKind.PLAN_PART,
            owner_id=owner.id,
            chat_id=owner.chat_id,
            on=today,
            due_at=now + PATIENCE,
            useful_until=now + _STILL_OF_USE,
            nodes=(message.message_id,),
            thread_id=owner.thread_id,
            at_any_hour=True,
        )
        tx.outbox.add([asked], now)

    await store.write(work)

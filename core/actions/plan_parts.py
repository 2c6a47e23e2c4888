"""Outlines as they were sent: kept with their messages, and waiting for the second part if Telegram split one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from core.actions.access import enter
from core.asking.reminders import MessageKind, NewMessage
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store, Transaction

_PATIENCE = timedelta(minutes=1)
_PATIENCE_IN_GROUPS = timedelta(minutes=10)
"""Longer in groups: the bot sees only replies there, so somebody has to send the rest by hand."""
_STILL_OF_USE = timedelta(hours=12)


async def read_plan(store: Store, actor: Actor, message_id: int) -> PlanMessage | None:
    """The plan that a message of the actor's chat holds, or a part of it. Raises `Refused`."""
    return await store.read(lambda tx: tx.plan_messages.get(enter(tx, actor, Act.EDIT_TREE).owner.chat_id, message_id))


async def latest_plan(store: Store, actor: Actor) -> PlanMessage | None:
    """The last plan that the actor sent to their chat. Raises `Refused`."""
    return await store.read(
        lambda tx: tx.plan_messages.latest(enter(tx, actor, Act.EDIT_TREE).owner.chat_id, actor.user_id or 0)
    )


async def keep_plan(store: Store, actor: Actor, message: PlanMessage) -> None:
    """Stores what became of a plan. Raises `Refused`."""

    def work(tx: Transaction) -> None:
        tx.plan_messages.put(replace(message, chat_id=enter(tx, actor, Act.EDIT_TREE).owner.chat_id))

    await store.write(work)


def patience(owner: Owner) -> timedelta:
    """How long to wait for the second part after the first."""
    return _PATIENCE_IN_GROUPS if owner.type is OwnerType.GROUP else _PATIENCE


async def await_rest(store: Store, actor: Actor, message: PlanMessage, today: date, now: datetime) -> None:
    """Keeps a plan that cannot be read without its second part. If none comes, a message will say what is wrong with
    it. Raises `Refused`."""

    def work(tx: Transaction) -> None:
        owner = enter(tx, actor, Act.EDIT_TREE).owner
        tx.plan_messages.put(replace(message, chat_id=owner.chat_id, stage=Stage.WAITING))
        asked = NewMessage(
            key=f"{MessageKind.PLAN_PART.value}:{owner.chat_id}:{message.message_id}",
            kind=MessageKind.PLAN_PART,
            owner_id=owner.id,
            chat_id=owner.chat_id,
            on=today,
            due_at=now + patience(owner),
            useful_until=now + _STILL_OF_USE,
            nodes=(message.message_id,),
            thread_id=owner.thread_id,
            at_any_hour=True,
        )
        tx.outbox.add([asked], now)

    await store.write(work)

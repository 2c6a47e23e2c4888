"""Nudging: a member reminds others that something of theirs is open today. Only those who allow it, once a day each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.actions.day.circle import read_circle
from core.errors import NotFound, Refused
from core.model import Member, OwnerType
from core.permissions import Actor
from core.ports.store import Store, Transaction
from core.reminders import MessageKind, NewMessage, ends
from core.round import State

SAID_HERE = "said in the group"


@dataclass(frozen=True, slots=True)
class Nudged:
    """Whom a nudge reaches: `privately`, those who have spoken to the bot; `here`, in the group. Of the others: whom it
    reached `before` today, who allows none (`spared`), who is `away`, and with whom nothing is open (`done`)."""

    privately: tuple[Member, ...]
    here: tuple[Member, ...]
    before: tuple[Member, ...]
    spared: tuple[Member, ...]
    away: tuple[Member, ...]
    done: tuple[Member, ...]


async def nudge(
    store: Store, chat_id: int, user_id: int, wanted: Sequence[int] | None, now: datetime, *, today: date
) -> Nudged:
    """Nudges members by id; None: all with whom something is open. Never oneself. `Refused` for who did not join."""
    circle = await read_circle(store, Actor.in_group(chat_id, user_id), today)
    state = {part.member.id: part.state for part in circle.round.members}
    others = [
        part.member
        for part in circle.round.members
        if part.member.user_id != user_id and (part.member.id in wanted if wanted is not None else True)
    ]
    open_ = [member for member in others if state[member.id] is State.OPEN]

    def work(tx: Transaction) -> Nudged:
        owner = tx.owners.by_chat(chat_id, lock=True)
        if owner is None:
            raise NotFound("chat_unknown", chat_id=chat_id)
        asker = tx.members.by_user(owner.id, user_id)
        if asker is None or not asker.present:
            raise Refused("join_first")
        allowing = [member for member in open_ if member.nudges]
        keys = {member.id: f"{MessageKind.NUDGE_MEMBER.value}:{member.id}:{today.isoformat()}" for member in allowing}
        known = tx.outbox.known(list(keys.values()))
        fresh = [member for member in allowing if keys[member.id] not in known]
        privately: list[Member] = []
        here: list[Member] = []
        for member in fresh:
            private = tx.owners.by_chat(member.user_id)
            reachable = private is not None and private.type is OwnerType.PRIVATE and private.unreachable_since is None
            (privately if reachable else here).append(member)
            where = private if reachable and private is not None else owner
            message = NewMessage(
                keys[member.id],
                MessageKind.NUDGE_MEMBER,
                where.id,
                where.chat_id,
                today,
                now,
                ends(owner, today, now),
                (member.id,),
            )
            tx.outbox.add([message if reachable else replace(message, dropped=SAID_HERE)], now)
        return Nudged(
            tuple(privately),
            tuple(here),
            tuple(member for member in allowing if keys[member.id] in known),
            tuple(member for member in open_ if not member.nudges),
            tuple(member for member in others if state[member.id] is State.AWAY),
            tuple(member for member in others if state[member.id] in (State.DONE, State.FREE)),
        )

    return await store.write(work)


async def allow_nudges(store: Store, chat_id: int, user_id: int, allowed: bool) -> Member:
    """Whether others may nudge a member. `Refused` for who did not join."""

    def work(tx: Transaction) -> Member:
        owner = tx.owners.by_chat(chat_id)
        member = None if owner is None else tx.members.by_user(owner.id, user_id)
        if member is None or not member.present:
            raise Refused("join_first")
        changed = replace(member, nudges=allowed)
        tx.members.save(changed)
        return changed

    return await store.write(work)

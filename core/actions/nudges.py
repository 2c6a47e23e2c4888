"""Nudging: a member reminds others that something of theirs is open today. Only those who allow it, once a day each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.actions.access import enter
from core.actions.day.circle import Circle, circle_of
from core.actions.read import on_snapshot, today_of
from core.asking.reminders import MessageKind, NewMessage, ends
from core.goals.model import Member, OwnerType
from core.group.permissions import Act, Actor
from core.group.round import MemberPart, MemberState
from core.ports.store import Store, Transaction

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


async def nudge(store: Store, actor: Actor, wanted: Sequence[int] | None, now: datetime) -> Nudged:
    """Nudges members by id; None: all with whom something is open today. Never oneself. `Refused` for somebody who did
    not join."""

    def look(tx: Transaction) -> Circle:
        owner = enter(tx, actor, Act.NUDGE).owner
        return circle_of(tx, owner.chat_id, today_of(owner, now))

    circle = await on_snapshot(store, look)
    parts = [
        part
        for part in circle.round.members
        if part.member.user_id != actor.user_id and (wanted is None or part.member.id in wanted)
    ]
    return await store.write(lambda tx: _nudge(tx, actor, parts, circle.round.on, now))


def _nudge(tx: Transaction, actor: Actor, parts: Sequence[MemberPart], today: date, now: datetime) -> Nudged:
    owner = enter(tx, actor, Act.NUDGE, lock=True).owner
    open_ = [part.member for part in parts if part.state is MemberState.OPEN]
    keys = {
        member.id: f"{MessageKind.NUDGE_MEMBER.value}:{member.id}:{today.isoformat()}"
        for member in open_
        if member.nudges
    }
    known = tx.outbox.known(list(keys.values()))
    privately: list[Member] = []
    here: list[Member] = []
    before: list[Member] = []
    for member in open_:
        if member.id not in keys:
            continue
        key = keys[member.id]
        if key in known:
            before.append(member)
            continue
        private = tx.owners.by_chat(member.user_id)
        if private is None or private.type is not OwnerType.PRIVATE or private.unreachable_since is not None:
            private = None
        (here if private is None else privately).append(member)
        to = private or owner
        message = NewMessage(
            key,
            MessageKind.NUDGE_MEMBER,
            to.id,
            to.chat_id,
            today,
            now,
            ends(owner, today, now),
            (member.id,),
            dropped=SAID_HERE if private is None else None,
        )
        tx.outbox.add([message], now)
    return Nudged(
        tuple(privately),
        tuple(here),
        tuple(before),
        tuple(member for member in open_ if not member.nudges),
        tuple(part.member for part in parts if part.state is MemberState.AWAY),
        tuple(part.member for part in parts if part.state in (MemberState.DONE, MemberState.SKIPPED, MemberState.FREE)),
    )


async def allow_nudges(store: Store, actor: Actor, allowed: bool) -> Member:
    """Whether others may nudge the actor. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> Member:
        changed = replace(enter(tx, actor, Act.NUDGE).require_member(), nudges=allowed)
        tx.members.save(changed)
        return changed

    return await store.write(work)

"""Nudging: a member reminds others of open goals, once a day each, and only those who allow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.actions.access import enter
from core.actions.day.circle import Circle, circle_of
from core.actions.read import on_snapshot, today_of
from core.asking.reminders import MessageKind, NewMessage, ends
from core.goals.model import Member, Owner, OwnerType
from core.group.permissions import Act, Actor
from core.group.round import MemberPart, MemberState
from core.ports.store import Store, Transaction
from core.records import record

SAID_HERE = "said in the group"


@record
class Nudged:
    """The members that a nudge reaches: `privately` in their own chat with the bot, or `here` in the group. The others
    were reached `before` today, allow no nudges (`spared`), are `away`, or have nothing open (`done`)."""

    privately: tuple[Member, ...]
    here: tuple[Member, ...]
    before: tuple[Member, ...]
    spared: tuple[Member, ...]
    away: tuple[Member, ...]
    done: tuple[Member, ...]


async def nudge(store: Store, actor: Actor, wanted: Sequence[int] | None, now: datetime) -> Nudged:
    """Nudges members by id; None: all who have something open today. Never the actor. `Refused` for somebody who did
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

    allowing, spared = _split(_in_state(parts, MemberState.OPEN), lambda member: member.nudges)
    known = tx.outbox.existing_keys([_key(member, today) for member in allowing])
    before, new = _split(allowing, lambda member: _key(member, today) in known)
    privately, here = _split(new, lambda member: _send(tx, owner, member, today, now))
    away = _in_state(parts, MemberState.AWAY)
    done = _in_state(parts, MemberState.DONE, MemberState.SKIPPED, MemberState.FREE)
    return Nudged(privately, here, before, spared, away, done)


def _in_state(parts: Sequence[MemberPart], *states: MemberState) -> tuple[Member, ...]:
    return tuple(part.member for part in parts if part.state in states)


def _split(members: Sequence[Member], is_first: Callable[[Member], bool]) -> tuple[tuple[Member, ...], ...]:
    """(the members for whom `is_first` holds, the others)."""
    held = [(member, is_first(member)) for member in members]
    return tuple(member for member, holds in held if holds), tuple(member for member, holds in held if not holds)


def _send(tx: Transaction, group: Owner, member: Member, today: date, now: datetime) -> bool:
    """Nudges a member in their own chat; returns False if they have none, so that it has to be said in the group."""
    private = _own_chat(tx, member)
    to = private or group
    message = NewMessage(
        _key(member, today),
        MessageKind.NUDGE_MEMBER,
        to.id,
        to.chat_id,
        today,
        now,
        ends(group, today, now),
        (member.id,),
        dropped=SAID_HERE if private is None else None,
    )
    tx.outbox.add([message], now)
    return private is not None


def _key(member: Member, today: date) -> str:
    return f"{MessageKind.NUDGE_MEMBER.value}:{member.id}:{today.isoformat()}"


def _own_chat(tx: Transaction, member: Member) -> Owner | None:
    """A member's private chat, if the bot can write there."""
    chat = tx.owners.by_chat(member.user_id)
    is_open = chat is not None and chat.type is OwnerType.PRIVATE and chat.unreachable_since is None
    return chat if is_open else None


async def allow_nudges(store: Store, actor: Actor, allowed: bool) -> Member:
    """Sets whether others may nudge the actor. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> Member:
        changed = replace(enter(tx, actor, Act.NUDGE).require_member(), nudges=allowed)
        tx.members.save(changed)
        return changed

    return await store.write(work)

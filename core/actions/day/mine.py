"""A person's tasks from the groups that they are in now, for their own chat."""

from __future__ import annotations

from datetime import date, datetime

from core.actions.access import chat_of, check_everywhere
from core.actions.day.circle import circle_of, logged_for
from core.actions.read import on_snapshot, today_of
from core.group.mine import GroupSection, section_of
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction


async def read_mine(store: Store, actor: Actor, group_id: int, on: date, now: datetime) -> GroupSection | None:
    """A person's tasks from one group on a day, read in their own chat; None if that is nothing. `group_id` is the id
    of the group's owner. Raises `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = chat_of(actor)

    def work(tx: Transaction) -> GroupSection | None:
        return next((one for one in sections_of(tx, user_id, now, on) if one.group.id == group_id), None)

    return await on_snapshot(store, work)


def sections_of(tx: Transaction, user_id: int, now: datetime, on: date | None = None) -> tuple[GroupSection, ...]:
    """A section for each group in which the user has tasks on a day (default: each group's today; never later). Raises
    `CacheStale`."""
    sections = []
    for member, group in tx.members.of_user(user_id):
        today = today_of(group, now)
        circle = circle_of(tx, group.chat_id, today if on is None else min(on, today))
        section = section_of(group, member, circle.round, logged_for(tx, circle, circle.round.asks))
        if section.goals:
            sections.append(section)
    return tuple(sections)

"""What a person's groups ask of them, for their own chat. Only groups that they are in now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.actions.read import today_of
from core.actions.round import read_round
from core.mine import Section, section_of
from core.ports.store import Store


async def sections_of(store: Store, user_id: int, now: datetime, on: date | None = None) -> Sequence[Section]:
    """A section for each group that asks something of the user on a day (default each group's today; never later)."""
    found = []
    for member, group in await store.read(lambda tx: tx.members.of_user(user_id)):
        today = today_of(group, now)
        circle = await read_round(store, group.chat_id, today if on is None else min(on, today))
        section = section_of(group, member, circle.round)
        if section.goals:
            found.append(section)
    return found

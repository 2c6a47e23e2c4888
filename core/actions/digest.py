"""Reading an owner's digest: a handful of statements, however many goals there are and however long they are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from core.actions.access import access_to, chat_of
from core.actions.cache import rebuild_vision, tree_of
from core.actions.read import today_of
from core.actions.sources import as_planned, digest_sources
from core.digest.company import GroupFacts
from core.digest.dates import dates_of
from core.digest.making import digest_of
from core.digest.model import Digest
from core.digest.source import Source
from core.digest.when import entries_from
from core.goals.model import Level, Owner, OwnerType
from core.goals.periods import Period
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.group.round import LOOK_BACK, daily_each
from core.planning.foresight import planned_by
from core.ports.store import Store, Transaction


async def read_digest(store: Store, actor: Actor, level: Level, period: Period, on: date) -> Digest:
    """The digest of the actor's chat about a period (see `core.digest.period_for`), read on the owner's date. It
    `is_empty` for a chat that has no goals or is not known. Raises `Refused`."""

    def look(tx: Transaction, *, mend: bool = False) -> tuple[list[Source], int, GroupFacts] | None:
        """Reads the sources of the digest, the week start and, for a group, the facts about its members. Returns None
        on a stale cache, or rebuilds it if `mend`."""
        owner = tx.owners.by_chat(chat_of(actor))
        if owner is None:
            return [], 0, GroupFacts()
        access_to(tx, actor, owner).check(Act.SEE)
        views = tx.trees.view(owner.id, on, owner.week_start)
        stale = [view.vision.id for view in views if view.vision.stale]
        if stale and not mend:
            return None
        for vision_id in stale:
            rebuild_vision(tx, vision_id)
        if stale:
            views = tx.trees.view(owner.id, on, owner.week_start)
        trees = [tree_of(view.vision) for view in views]
        dates = dates_of(level, period, on, owner.week_start)
        sources = digest_sources(tx, owner.id, views, trees, dates, on)
        if on > period.end and (then := _planned_by(tx, owner, trees, period.end)) != trees:
            first = entries_from(level, period, then, owner.week_start)
            sources = as_planned(tx, owner.id, sources, then, dates, first)
        watched = [node.id for _, node in daily_each(source.tree for source in sources)]
        seen = min(on, period.end)
        days = tx.cache.done_by_day(watched, seen - LOOK_BACK, seen) if watched else {}
        members = tx.members.of_owner(owner.id) if owner.type is OwnerType.GROUP else ()
        return sources, owner.week_start, GroupFacts(days, members)

    looked_up = await store.read(look) or await store.write(lambda tx: look(tx, mend=True))
    sources, week_start, group = looked_up or ([], 0, GroupFacts())
    # Beside the event loop: a quarter of many goals takes a while.
    return await asyncio.to_thread(digest_of, sources, level, period, on, week_start, group)


def _planned_by(tx: Transaction, owner: Owner, trees: Sequence[Tree], day: date) -> list[Tree]:
    """The trees as they were planned at the end of a day, so that a digest says the same whenever it is asked for."""
    since = datetime.combine(day, time.min, UTC)  # the day has not ended in any zone yet
    later = [edit for edit in tx.edits.since(owner.id, since) if today_of(owner, edit.at) > day]
    gone: set[int] = set()
    if owner.type is OwnerType.GROUP:
        members = tx.members.of_owner(owner.id, left_too=True)
        gone = {member.id for member in members if member.left_at and today_of(owner, member.left_at) > day}
    return [planned_by(tree, day, later, gone) for tree in trees]

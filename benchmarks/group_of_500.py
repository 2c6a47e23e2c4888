"""A check-off in a group of 500, on a goal that each of them does, beside one of the same depth in a private chat.

All have logged on the day already, so each check-off counts the most members possible. The first round, in which no
member's part is cached, is reported apart; a private chat is cached as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal

from benchmarks.harness import Bench, Row, at_most, side_by_side
from benchmarks.trees import BALANCED, DAY, FIRST, NOW, PATH, TODAY, check_offs_in
from core.actions.cache import rebuild_vision, verify
from core.actions.each import settle
from core.actions.log import log
from core.actions.logged import CheckOff, Log, LogOutcome
from core.actions.owners import welcome
from core.actions.plant import plant
from core.goals.model import Node, OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from storage import migrate, open_store

MEMBERS = 500
WARM = 20
GROUP = -1
DAYS = 3
OUTLINE = BALANCED.replace("        W: Sport", "        D: Run each one = 5 km each\n        W: Sport")


async def measure(bench: Bench) -> list[Row]:
    url = await bench.postgres.database()
    await migrate(url)
    rows = []
    for name, where in (("SQLite", bench.sqlite_url("group")), ("PostgreSQL", url)):
        async with open_store(where) as store:
            alone, together = await check_offs_in(store, 1), await _group(store)
            works = [together.next, alone.next]
            first, beside_first = await side_by_side(works, bench.times(MEMBERS - WARM), WARM)
            ours, private = await side_by_side(works, bench.times(600))
            _, differences = await verify(store, Actor.host())
        assert not differences
        work = f"check-off in a group of {MEMBERS}, {name}"
        rows.append(Row(f"{work}: each member's first", first, "ms", "private", beside_first))
        rows.append(Row(work, ours, "ms", "private", private, at_most(2)))
    return rows


class _CheckOffs:
    """One member after the other logs again, on one day after the other."""

    def __init__(self, store: Store, each: Node) -> None:
        self._store, self._each = store, each
        self._coming: Iterator[tuple[int, int]] = ((user, day) for day in range(DAYS) for user in range(1, MEMBERS + 1))

    async def next(self) -> CheckOff:
        """Log once; raises if the leaf or an ancestor did not change."""
        user, day = next(self._coming)
        source = f"{GROUP}:{user}-{day}:0"
        wanted = Log(self._each.id, FIRST + day * DAY, value=Decimal(1), source_key=source)
        done = await log(self._store, Actor.in_group(GROUP, user), wanted, NOW)
        if done.outcome is not LogOutcome.LOGGED or sum(step.touched for step in done.steps) != PATH:
            raise RuntimeError("a check-off did not change what it should")
        return done


async def _group(store: Store) -> _CheckOffs:
    begun = datetime.combine(FIRST, time(12), NOW.tzinfo)
    await welcome(store, Actor.host(GROUP), OwnerType.GROUP, "Runners", "en", begun)
    [made] = await plant(store, Actor.host(GROUP), parse_outline(OUTLINE, TODAY), FIRST, begun)

    def everyone(tx: Transaction) -> Node:
        owner = tx.owners.by_chat(GROUP)
        assert owner is not None
        for user in range(1, MEMBERS + 1):
            tx.members.join(owner.id, user, f"Member {user}", begun)
        settle(tx, owner, FIRST, begun)
        vision = tx.trees.vision(made.vision_id)
        assert vision is not None
        leaves = [node.id for node in vision.nodes if node.member_id is not None]
        logged = [NewEntry(leaf, FIRST + day * DAY, Decimal(1)) for day in range(DAYS) for leaf in leaves]
        tx.entries.add_many(vision.id, logged, begun)
        rebuild_vision(tx, vision.id)
        return next(node for node in vision.nodes if node.each is not None)

    return _CheckOffs(store, await store.write(everyone))

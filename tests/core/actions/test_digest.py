"""Reading a digest through a real store."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from core.actions.digest import read_digest
from core.actions.documents import import_document
from core.actions.owners import change_settings, welcome
from core.actions.read import read_trees
from core.digest.model import Digest
from core.digest.when import previous_of
from core.goals.model import Level, OwnerType
from core.goals.periods import Period, period_of
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.core.digests import digest
from tests.core.plain import Grown, goal, grow, number, series

Json = dict[str, Any]

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)
WEEK = period_of(Level.WEEKLY, SUNDAY)
CHAT = 7
LOGGED = [
    *[("run", f"2026-03-{at:02}", 5) for at in range(2, 20)],
    *[("run", f"2026-11-{at:02}", 6) for at in range(9, 25)],
    ("run", "2026-11-20", "skip"),
    *series("stretch", "2026-11-01", "xx.xxs.xxxx-x.xxxxxxxxxxx"),
    ("swim", "2026-10-05", 3),
    ("swim", "2026-11-17", 4),
]


def children() -> list[Json]:
    month = goal("month", "monthly", number("run", unit="km"), strategy="sum", target=200, unit="km")
    return [
        goal("fit", "quarterly", month, number("swim", "monthly", unit="km", target=8)),
        goal("stretch", weekdays=["mon", "tue", "thu", "sun"]),
    ]


def document(*visions: Json) -> str:
    return json.dumps({"format": "goaltree/1", "visions": list(visions), "entries": said(LOGGED)})


def said(logged: list[tuple[str, str, object]]) -> list[Json]:
    return [
        {"node": key, "date": on} | ({"skipped": True} if value == "skip" else {"value": value})
        for key, on, value in logged
    ]


async def imported(store: Store, **vision: Any) -> Grown:
    """The tree in the store, and the same as values."""
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", NOW)
    root = {"key": "v", "title": "v", "kind": "vision", "starts_on": "2026-01-01", "children": children()} | vision
    await import_document(store, Actor.host(CHAT), document(root), NOW)
    return grow(*children(), logged=LOGGED, **vision)


def told(result: Digest) -> Json:
    """The contents of a digest with keys for nodes, so that digests from different stores can be compared."""

    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if hasattr(value, "key"):
            return value.key
        if hasattr(value, "__dataclass_fields__"):
            return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return value

    return {name: plain(getattr(result, name)) for name in result.__dataclass_fields__}


async def test_a_digest_from_the_store_is_that_of_its_values(store: Store) -> None:
    tree = await imported(store)
    result = await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, SUNDAY)
    assert told(result) == told(digest(Level.WEEKLY, "2026-11-22", tree))
    assert [line.level for line in result.lines] == ["daily", "monthly", "quarterly"]
    quarter = period_of(Level.QUARTERLY, SUNDAY)
    closed = await read_digest(store, Actor.host(CHAT), Level.QUARTERLY, quarter, date(2026, 12, 31))
    assert told(closed) == told(digest(Level.QUARTERLY, "2026-12-31", tree))


async def test_a_vision_with_an_end_and_a_streak_from_long_ago_come_from_the_cache(store: Store) -> None:
    tree = await imported(store, ends_on="2026-12-31", strategy="count", target=2)
    result = await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, date(2026, 11, 24))
    assert told(result) == told(digest(Level.WEEKLY, "2026-11-22", tree, on="2026-11-24"))
    assert next(item for item in result.streaks if item.leaf.key == "run").best == 18


async def test_a_vision_that_sums_to_its_end_takes_what_is_later_out_of_the_cache(store: Store) -> None:
    plan = [number("run", unit="km"), goal("stretch", weight=0), number("swim", weight=0)]
    vision: Json = {"ends_on": "2026-12-31", "strategy": "sum", "target": 400, "unit": "km"}
    tree = await imported(store, children=plan, **vision)
    same = grow(*plan, logged=LOGGED, **vision)
    result = await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, SUNDAY)
    assert told(result) == told(digest(Level.WEEKLY, "2026-11-22", same))
    # 18 x 5 km in March, 14 days of 6 km until Sunday: with the two days after it, it would be 186.
    assert result.roll_ups[0].value == 174
    assert tree.tree.vision.key == "v"


async def test_a_chat_without_goals_or_unknown_has_an_empty_digest(store: Store) -> None:
    assert (await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, SUNDAY)).is_empty
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", NOW)
    result = await read_digest(store, Actor.host(CHAT), Level.MONTHLY, period_of(Level.MONTHLY, SUNDAY), SUNDAY)
    assert result.is_empty
    assert result.previous == Period(date(2026, 10, 1), date(2026, 10, 31))


async def test_another_chats_trees_are_not_in_it(store: Store) -> None:
    await imported(store)
    await welcome(store, Actor.host(8), OwnerType.PRIVATE, "Ben", "en", NOW)
    assert (await read_digest(store, Actor.host(8), Level.WEEKLY, WEEK, SUNDAY)).is_empty


async def test_a_stale_cache_is_repaired_before_it_is_shown(store: Store) -> None:
    await imported(store, ends_on="2026-12-31")
    expected = told(await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, SUNDAY))
    [reading] = await read_trees(store, Actor.host(CHAT), SUNDAY)
    [vision_id] = await store.read(lambda tx: tx.trees.vision_ids())

    def lose(tx: Transaction) -> None:
        tx.trees.vision(vision_id, lock=True)
        tx.cache.remove([(reading.tree.vision.id, date(2026, 1, 1))])

    await store.write(lose)
    owner = await store.read(lambda tx: tx.owners.by_chat(CHAT))
    assert owner is not None
    await store.write(lambda tx: tx.owners.mark_stale(owner.id))
    assert told(await read_digest(store, Actor.host(CHAT), Level.WEEKLY, WEEK, SUNDAY)) == expected


async def test_a_week_begins_on_the_owners_first_weekday(store: Store) -> None:
    await imported(store)
    await change_settings(store, Actor.host(CHAT), NOW, week_start=6)
    week = period_of(Level.WEEKLY, SUNDAY, 6)
    result = await read_digest(store, Actor.host(CHAT), Level.WEEKLY, week, date(2026, 11, 28))
    assert result.previous == previous_of(Level.WEEKLY, week, 6) == Period(date(2026, 11, 15), date(2026, 11, 21))
    stretch = next(item for item in result.strips if item.leaf.key == "stretch")
    assert [item.on for item in stretch.days] == [date(2026, 11, at) for at in range(22, 29)]

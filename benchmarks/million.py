"""A day of 20,000 people with a million entries, beside the same in a database of a thousand entries.

Each person has the same tree and the same number of days in both, so that only the size of the database differs. A
process caches the trees of some hundred people, whatever the size; so people with cached trees stand beside such, and
others beside people without. The day's figures stand beside computing every tree from its entries, as a nightly job
would.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle, islice
from typing import TypeVar

from sqlalchemy import make_url

from benchmarks.filling import computed_anew, filled, for_somebody, in_turn
from benchmarks.harness import Bench, Row, Work, at_least, at_most, rates, side_by_side
from benchmarks.trees import TODAY, CheckOffs
from core.actions.cache import verify
from core.actions.read import read_summary
from core.group.permissions import Actor
from core.ports.store import Store
from core.ports.store import Work as CheckOffWork
from storage import open_store
from storage.sqlite import SqliteStore
from storage.sqlite_check_offs import Quick
from storage.urls import sqlite_path

P = TypeVar("P")
T = TypeVar("T")

EACH = 50
"""Entries per person."""
AT_ONCE = 64
"""Chats that check off at the same time, as in the evening."""


async def measure(bench: Bench) -> list[Row]:
    many_people, few_people = bench.times(20_000, quick=40), bench.times(20, quick=10)
    many = await filled(bench.sqlite_url("many"), many_people * EACH, many_people)
    few = await filled(bench.sqlite_url("few"), few_people * EACH, few_people)
    async with (
        open_store(many.url) as many_store,
        open_store(few.url) as few_store,
        _forgetful(few.url) as few_forgotten,
    ):
        crowd, friends = many.check_offs(many_store), few_people // 4
        random.Random(3).shuffle(crowd)
        village, forgotten = few.check_offs(few_store)[:friends], few.check_offs(few_forgotten)[friends:]
        known, unknown = crowd[:friends], crowd[friends:]
        works = [in_turn(people) for people in (known, village, unknown, forgotten)]
        one, one_few, new, new_few = await side_by_side(works, bench.times(1000))
        together = bench.times(AT_ONCE * 8, quick=AT_ONCE)
        speed, speed_few = await rates(
            [_at_once(unknown[len(unknown) // 3 :], together), _at_once(forgotten, together)],
            [together] * 2,
            bench.times(9, quick=1),
        )
        works = [
            for_somebody(many, lambda chat: read_summary(many_store, Actor.host(chat), TODAY)),
            for_somebody(few, lambda chat: read_summary(few_store, Actor.host(chat), TODAY)),
        ]
        summary, summary_few = await side_by_side(works, bench.times(500))
        [anew] = await side_by_side(
            [for_somebody(many, lambda chat: computed_anew(many_store, chat))], bench.times(300)
        )
        _, differences = await verify(many_store, Actor.host(), part=(0, max(1, many_people // 200)))
        assert not differences
    there = f"{many_people * EACH:,} entries of {many_people:,} people"
    beside = f"at {few_people * EACH:,} entries"
    return [
        Row(f"check-off at {there}", one, "ms", beside, one_few, at_most(1.3)),
        Row("check-off there, nothing remembered", new, "ms", beside, new_few, at_most(1.3)),
        Row(f"check-offs of {AT_ONCE} people at once there, the same", speed, "/s", beside, speed_few, at_least(0.7)),
        Row("a day's summary there", summary, "ms", beside, summary_few, at_most(1.3)),
        Row(
            f"roll-up of a check-off by each of {many_people:,} people",
            many_people / speed,
            "s",
            "every tree computed anew",
            many_people * anew / 1000,
        ),
    ]


class _Forgetful(SqliteStore):
    """A cache that keeps no tree from one check-off to the next."""

    async def check_off(self, work: CheckOffWork[P, T]) -> T:
        self._quick = Quick()
        return await super().check_off(work)


@asynccontextmanager
async def _forgetful(url: str) -> AsyncIterator[Store]:
    path = sqlite_path(make_url(url))
    assert path is not None
    store = _Forgetful(path)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def _at_once(people: Sequence[CheckOffs], count: int) -> Work:
    """Check-offs by one person after the other, `AT_ONCE` of them at the same time."""
    turns = cycle(people)

    async def all_of_them() -> None:
        coming = islice(turns, count)

        async def one_after_the_other() -> None:
            for person in coming:
                await person.next()

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))

    return all_of_them

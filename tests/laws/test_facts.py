"""The entries and the cache after adding, setting, skipping, editing and undoing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from core.actions.documents import export_document
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.read import read_trees
from core.errors import NothingToUndo
from core.group.permissions import Actor
from core.ports.store import Store
from tests.laws.shared_tree import CHAT, all_is_well, make
from tests.laws.stream import NOON

TODAY = NOON.date()


class Talk:
    """Logs on leaves of the shared tree (a, b: numbers in km; c, d likewise) and reads the results."""

    def __init__(self, store: Store, leaves: dict[str, int]) -> None:
        self.store, self.leaves, self.numbers = store, leaves, count(1)

    async def say(self, key: str, how: How, value: Any = None, ago: int = 0, source: str | None = None) -> CheckOff:
        return await log(self.store, Actor.alone(CHAT), self._wanted(key, how, value, ago, source), NOON)

    async def edit(self, source: str, key: str, how: How, value: Any = None, ago: int = 0) -> list[CheckOff]:
        edited = self._wanted(key, how, value, ago, f"{source}e{next(self.numbers)}")
        return await amend(self.store, Actor.alone(CHAT), source, [edited], NOON)

    async def undo(self) -> CheckOff:
        done = await undo_last(self.store, Actor.alone(CHAT), NOON)
        assert isinstance(done, CheckOff)
        return done

    async def there(self, key: str) -> list[tuple[int, float | str]]:
        """(days ago, value or "skip") of a leaf's entries."""
        await all_is_well(self.store)
        entries = json.loads(await export_document(self.store, Actor.host(CHAT)))["entries"]
        mine = [entry for entry in entries if entry["node"] == key]
        return [
            ((TODAY - date.fromisoformat(e["date"])).days, "skip" if e.get("skipped") else e["value"]) for e in mine
        ]

    def _wanted(self, key: str, how: How, value: Any, ago: int, source: str | None) -> Log:
        number = None if value is None else Decimal(str(value))
        on = TODAY - timedelta(days=ago)
        return Log(self.leaves[key], on, how, number, source_key=source or f"{CHAT}:{next(self.numbers)}:")


@pytest.fixture
async def talk(store: Store) -> Talk:
    await make(store)
    [reading] = await read_trees(store, Actor.host(CHAT), TODAY)
    return Talk(store, {leaf.key: leaf.id for leaf in reading.tree.leaves()})


async def test_adding_adds_and_setting_replaces(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5)
    await talk.say("a", How.ADD, 2.5)
    await talk.say("a", How.ADD, 1, ago=1)
    assert await talk.there("a") == [(1, 1), (0, 5), (0, 2.5)]
    await talk.say("a", How.SET, 7)
    assert await talk.there("a") == [(1, 1), (0, 7)]


async def test_undo_brings_back_what_was_replaced_one_word_at_a_time(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5)
    await talk.say("a", How.ADD, 2)
    await talk.say("a", How.SET, 9)
    await talk.say("a", How.SET, 8)
    states = [[(0, 9)], [(0, 5), (0, 2)], [(0, 5)], []]
    for state in states:
        assert (await talk.undo()).outcome is LogOutcome.UNDONE
        assert await talk.there("a") == state
    with pytest.raises(NothingToUndo):
        await talk.undo()


async def test_undo_takes_the_newest_entry_of_whatever_day(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5)
    await talk.say("c", How.ADD, 2, ago=9)
    await talk.undo()
    assert (await talk.there("a"), await talk.there("c")) == ([(0, 5)], [])


async def test_a_skip_keeps_what_was_logged_and_logging_takes_the_skip_away(talk: Talk) -> None:
    await talk.say("c", How.ADD, 2)
    await talk.say("c", How.SKIP)
    assert await talk.there("c") == [(0, 2), (0, "skip")]
    assert (await talk.say("c", How.SKIP)).outcome is LogOutcome.UNCHANGED
    await talk.say("c", How.ADD, 4)
    assert await talk.there("c") == [(0, 2), (0, 4)]
    await talk.undo()
    assert await talk.there("c") == [(0, 2), (0, "skip")]


async def test_an_edited_message_replaces_what_it_logged(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5, source="7:90:")
    await talk.say("a", How.ADD, 1)
    await talk.edit("7:90:", "b", How.ADD, 3, ago=2)
    assert (await talk.there("a"), await talk.there("b")) == ([(0, 1)], [(2, 3)])
    await talk.edit("7:90:", "a", How.SET, 4)
    assert (await talk.there("a"), await talk.there("b")) == ([(0, 4)], [])
    await amend(talk.store, Actor.alone(CHAT), "7:90:", [], NOON)
    assert await talk.there("a") == [(0, 1)]


async def test_a_message_does_not_take_another_for_its_own(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5, source="7:9:")
    await talk.say("a", How.ADD, 6, source="7:90:")
    await talk.edit("7:9:", "a", How.ADD, 1)
    assert await talk.there("a") == [(0, 6), (0, 1)]


async def test_a_repeated_log_stays_repeated_after_an_undo(talk: Talk) -> None:
    await talk.say("a", How.ADD, 5, source="7:90:")
    assert (await talk.say("a", How.ADD, 5, source="7:90:")).outcome is LogOutcome.REPEATED
    await talk.undo()
    assert (await talk.say("a", How.ADD, 5, source="7:90:")).outcome is LogOutcome.REPEATED
    assert await talk.there("a") == []


async def test_a_streak_mended_behind_a_skip_that_stood_alone(talk: Talk) -> None:
    await talk.say("c", How.ADD, 5, ago=4)
    await talk.say("c", How.SKIP, ago=1)
    for ago, current in ((3, 0), (2, 3)):
        assert (await talk.say("c", How.ADD, 5, ago=ago)).streak_current == current
        await all_is_well(talk.store)
    assert (await talk.say("c", How.ADD, 5)).streak_current == 4
    await all_is_well(talk.store)

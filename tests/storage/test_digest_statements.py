"""A digest takes a handful of statements, whatever the size."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.actions.digest import read_digest
from core.actions.owners import welcome
from core.actions.plant import plant
from core.goals.model import Level, OwnerType
from core.goals.periods import period_of
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.entries import NewEntry
from core.ports.store import Store
from storage.sql import Sql

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)


async def grown(store: Store, chat_id: int, leaves: int, visions: int, days: int) -> None:
    await welcome(store, Actor.host(chat_id), OwnerType.PRIVATE, "Anna", "en", NOW)
    for number in range(visions):
        below = "".join(f"    D: Goal {number} {leaf}\n" for leaf in range(leaves))
        outline = f"Vision {number} (from 2026-01-01 until 2027-12-31)\n  M: All of it\n{below}"
        [planted] = await plant(store, Actor.host(chat_id), parse_outline(outline, SUNDAY), SUNDAY, NOW)
        logged = [
            NewEntry(leaf.id, SUNDAY - timedelta(days=ago), None, skipped=True)
            for leaf in planted.tree.leaves()
            for ago in range(days)
        ]
        await store.write(lambda tx, id=planted.vision_id, new=logged: tx.entries.add_many(id, new, NOW))  # type: ignore[misc]


async def test_the_statements_of_a_digest_do_not_grow_with_the_trees(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await grown(store, 7, leaves=1, visions=1, days=1)
    await grown(store, 8, leaves=12, visions=3, days=20)
    sent = []
    rows = Sql.rows

    def counted(self, statement, *parameters):  # type: ignore[no-untyped-def]
        sent.append(statement)
        return rows(self, statement, *parameters)

    monkeypatch.setattr(Sql, "rows", counted)
    numbers = []
    for chat_id in (7, 8):
        sent.clear()
        result = await read_digest(store, Actor.host(chat_id), Level.WEEKLY, period_of(Level.WEEKLY, SUNDAY), SUNDAY)
        assert result.strips
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 5

"""The marks of trees, and the guard that fails any change to a tree without them."""

from __future__ import annotations

import asyncpg
import pytest

import storage
from core.actions.log import log
from core.actions.logged import Log
from core.group.permissions import Actor
from storage.postgres import MARKED
from storage.repositories.marks import drawn
from tests.storage.planting import CHAT, MONDAY, NOW, planted


def test_a_mark_is_never_one_that_was_there() -> None:
    assert len({drawn() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET note = 'other'",
        "DELETE FROM entries",
        "DELETE FROM cells",
        "UPDATE cells SET progress = 1",
        "UPDATE runs SET length = 9",
        "UPDATE nodes SET title = 'Other'",
        "INSERT INTO node_targets (node_id, effective_from, target) SELECT id, '2026-01-01', 1000000 FROM nodes",
        "INSERT INTO pauses (owner_id, first, last) SELECT id, '2026-01-01', '2026-01-02' FROM owners",
        "UPDATE owners SET timezone = 'Asia/Tokyo'",
    ],
)
async def test_changing_a_tree_without_its_marks_fails_in_tests(postgres_url: str, change: str) -> None:
    async with storage.open_store(postgres_url) as store:
        tree = await planted(store)
        await log(store, Actor.alone(CHAT), Log(tree.stretch, MONDAY), NOW)
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""), server_settings=dict(MARKED))
    try:
        with pytest.raises(asyncpg.RaiseError, match="without its"):
            await other.execute(change)
        await other.execute(f"BEGIN; UPDATE visions SET revision = 1, shape = 1; {change}; COMMIT")
    finally:
        await other.close()


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("UPDATE entries SET voided_at = now()", {"revision"}),
        (
            "INSERT INTO entries (vision_id, node_id, on_date, value, skipped, created_at)"
            " SELECT vision_id, node_id, on_date, value, false, now() FROM entries",
            {"revision"},
        ),
        ("UPDATE visions SET version = version + 1, stale = true", {"revision", "shape"}),
        ("UPDATE owners SET week_start = 6", {"shape"}),
    ],
)
async def test_for_a_process_of_the_release_before_the_database_changes_them(
    postgres_url: str, change: str, changed: set[str]
) -> None:
    async with storage.open_store(postgres_url) as store:
        tree = await planted(store)
        await log(store, Actor.alone(CHAT), Log(tree.stretch, MONDAY), NOW)
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        before = await other.fetchrow("SELECT revision, shape FROM visions")
        await other.execute(change)
        after = await other.fetchrow("SELECT revision, shape FROM visions")
        assert before is not None
        assert after is not None
        assert {mark for mark in ("revision", "shape") if before[mark] != after[mark]} >= changed
    finally:
        await other.close()

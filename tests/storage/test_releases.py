"""Databases that earlier releases made, with what people had in them, come to the newest shape and lose nothing.

`releases/` holds such databases as SQL, as the release left them. A later release adds its own beside them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import make_url

import storage
from core.actions.cache import verify
from core.actions.read import read_trees
from tests.storage.everything import ask, checksums
from tests.storage.planting import CHAT

RELEASES = Path(__file__).parent / "releases"
TABLES = {
    "owners": "id, chat_id, type, title, timezone, day_start, week_start, locale, zone_chosen, created_at",
    "visions": "id, owner_id, position, stale, calculation_version, created_at",
    "nodes": "id, owner_id, vision_id, parent_id, key, kind, level, title, strategy, measure, aggregate, unit, weight, "
    "weekdays, starts_on, ends_on, position",
    "node_targets": "node_id, effective_from, target",
    "entries": "id, vision_id, node_id, on_date, value, skipped, note, author_id, created_at, source_key, voided_at, "
    "replaced_by",
    "cells": "node_id, period_start, value, progress, counts, excused",
    "runs": "node_id, length, best, through",
    "conversations": "chat_id, user_id, CAST(state AS text), updated_at",
    "inbox": "update_id, payload, received_at, handled_at",
}
"""What the first release kept."""


def sqlite_of_the_first_release(path: Path) -> Path:
    """Its database, made anew."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript((RELEASES / "0001.sqlite.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
async def released_url(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> str:
    """The URL of the first release's database, of each kind."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{sqlite_of_the_first_release(tmp_path / 'released.db')}"
    url: str = request.getfixturevalue("bare_postgres_url")
    parsed = make_url(url)
    connection = await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database=parsed.database)
    try:
        await connection.execute((RELEASES / "0001.postgresql.sql").read_text(encoding="utf-8"))
    finally:
        await connection.close()
    return url


async def _all(url: str) -> dict[str, list[tuple[Any, ...]]]:
    return {name: await ask(url, f"SELECT {columns} FROM {name} ORDER BY 1, 2") for name, columns in TABLES.items()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_database_of_the_first_release_is_migrated_with_all_that_is_in_it(released_url: str) -> None:
    before = await _all(released_url)
    assert all(before.values())
    if released_url.startswith("sqlite"):
        tables = await ask(released_url, "SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {name for (name,) in tables if not name.startswith("sqlite_")} == {*TABLES, "alembic_version"}
    assert not await storage.is_at_head(released_url)
    await storage.migrate(released_url)
    assert await storage.is_at_head(released_url)
    assert await _all(released_url) == before
    async with storage.open_store(released_url) as store:
        assert await verify(store) == (2, [])
        [reading] = await read_trees(store, CHAT, date(2026, 11, 20))
        standings = {node.title: reading.standing(node) for node in reading.tree.nodes.values()}
        assert standings["60 km a month"].value == Decimal("26.25")
        assert standings["Run"].streak.best == 1
        owner = await store.read(lambda tx: tx.owners.by_chat(CHAT))
        assert owner is not None
        assert owner.quiet is None
        assert await store.read(lambda tx: tx.reminders.of_owner(owner.id)) == []


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_both_databases_of_the_first_release_come_to_the_same(released_url: str, tmp_path: Path) -> None:
    other = f"sqlite+aiosqlite:///{sqlite_of_the_first_release(tmp_path / 'released.db')}"
    await storage.migrate(released_url)
    await storage.migrate(other)
    assert await checksums(released_url) == await checksums(other)

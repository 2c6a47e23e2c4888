"""Databases of earlier releases, with people's data, are migrated to the newest schema and lose nothing.

`releases/` holds such databases as SQL, as each release left them. A later release adds its own.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import storage
from core.actions.absences import come_back
from core.actions.cache import rebuild, verify
from core.actions.closing import carry_over
from core.actions.read import read_trees
from core.asking.reminders import MONTHLY, WEEKLY, MessageKind
from core.asking.schedule import Schedule
from core.goals.model import Level
from core.group.permissions import Actor
from core.ports.entries import NewEntry
from core.ports.store import Transaction
from tests.storage.everything import GROUP, ask, checksums
from tests.storage.planting import CHAT, MONDAY, NOW

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
"""The contents of the first release's database."""
DAY = MONDAY.isoformat()
CHECK_OFF = (
    "INSERT INTO entries (vision_id, node_id, on_date, value, skipped, source_key, created_at) VALUES {entry}",
    "UPDATE cells SET value = value + 1000000 WHERE node_id = {leaf} AND period_start = '{day}'",
)
"""As the previous release writes it."""


def sqlite_of_the_first_release(path: Path, revision: str = "0001") -> Path:
    """A recreated database of a release, by default the first."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript((RELEASES / f"{revision}.sqlite.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def revision() -> str:
    """The revision of the release whose database `released_url` is."""
    return "0001"


@pytest.fixture
async def released_url(request: pytest.FixtureRequest, tmp_path: Path, kind: str, revision: str) -> str:
    """The URL of a release's database, of each kind."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{sqlite_of_the_first_release(tmp_path / 'released.db', revision)}"
    url: str = request.getfixturevalue("bare_postgres_url")
    parsed = make_url(url)
    connection = await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database=parsed.database)
    try:
        await connection.execute((RELEASES / f"{revision}.postgresql.sql").read_text(encoding="utf-8"))
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
        assert await verify(store, Actor.host()) == (2, [])
        [reading] = await read_trees(store, Actor.host(CHAT), date(2026, 11, 20))
        standings = {node.title: reading.standing(node) for node in reading.tree.nodes.values()}
        assert standings["60 km a month"].value == Decimal("26.25")
        streak = standings["Run"].streak
        assert streak is not None
        assert streak.best == 1
        owner = await store.read(lambda tx: tx.owners.by_chat(CHAT))
        assert owner is not None
        assert owner.quiet is None
        assert await store.read(lambda tx: tx.reminders.of_owner(owner.id)) == []


@pytest.mark.parametrize("kind", ["postgresql"])
async def test_both_databases_of_the_first_release_migrate_alike(released_url: str, tmp_path: Path) -> None:
    await _come_to_the_same(released_url, sqlite_of_the_first_release(tmp_path / "released.db"))


@pytest.mark.parametrize("kind", ["postgresql"])
@pytest.mark.parametrize("revision", ["0005", "0010", "0015"])
async def test_both_databases_of_a_later_revision_migrate_alike(
    released_url: str, tmp_path: Path, revision: str
) -> None:
    await _come_to_the_same(released_url, sqlite_of_the_first_release(tmp_path / "released.db", revision))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("revision", ["0010", "0015"])
async def test_a_database_with_something_in_every_table_keeps_all_of_it(released_url: str) -> None:
    columns = await _columns(released_url)
    before = await _rows(released_url, columns)
    assert all(before.values())
    await storage.migrate(released_url)
    after = await _rows(released_url, columns)
    assert {name for name in before if before[name] != after[name]} == {"alembic_version"}
    async with storage.open_store(released_url) as store:
        assert await verify(store, Actor.host()) == (2, [])


async def _columns(url: str) -> dict[str, list[str]]:
    """The columns of every table."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        result: dict[str, list[str]] = await connection.run_sync(
            lambda sync: {
                name: [column["name"] for column in inspect(sync).get_columns(name)]
                for name in inspect(sync).get_table_names()
            }
        )
    await engine.dispose()
    return result


async def _rows(url: str, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """All rows of tables, in these columns."""
    return {
        name: sorted(map(repr, await ask(url, f"SELECT {', '.join(map(_quoted, chosen))} FROM {name}")))
        for name, chosen in columns.items()
    }


def _quoted(name: str) -> str:
    return f'"{name}"'


async def _come_to_the_same(postgres_url: str, path: Path) -> None:
    other = f"sqlite+aiosqlite:///{path}"
    for url in (postgres_url, other):
        await storage.migrate(url)
        # Random values set by the migration.
        await _run(url, ["UPDATE visions SET revision = id, shape = id"])
    assert await checksums(postgres_url) == await checksums(other)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("revision", ["0005"])
async def test_state_that_revision_5_kept_in_keys_and_conversations_still_works(released_url: str) -> None:
    # Carl (7) let a goal go, Dora's (8) vision ended and a digest said so, and Ann is away in the group until the 26th.
    await storage.migrate(released_url)
    async with storage.open_store(released_url) as store:
        assert await verify(store, Actor.host()) == (4, [])

        ahead = await store.read(lambda tx: tx.entries.known_ahead(1, date.min))
        assert [entry.on.day for entry in ahead] == [24, 25, 26]
        assert all(entry.is_known_ahead for entry in ahead)
        await come_back(store, Actor.in_group(GROUP, 5000000001), NOW + timedelta(days=2))
        assert [entry.on.day for entry in await store.read(lambda tx: tx.entries.known_ahead(1, date.min))] == [24]

        def announce(tx: Transaction) -> list[bool]:
            [dora] = tx.trees.visions_of(tx.owners.by_chat(8).id)  # type: ignore[union-attr]
            root = next(node.id for node in dora.nodes if node.parent_id is None)
            return [tx.endings.announce(root, date(2026, 11, 20), message_id) for message_id in (7, 8)]

        assert await store.write(announce) == [True, False]
        [reading] = await read_trees(store, Actor.host(7), date(2027, 3, 31))
        book = next(node for node in reading.tree.nodes.values() if node.title == "The book")
        assert (book.ends_on, book.let_go) == (date(2027, 3, 31), True)
        later = datetime(2027, 4, 2, 12, tzinfo=UTC)
        closed = await carry_over(store, Actor.host(7), book.id, date(2027, 1, 1), later)
        assert (closed.node.ends_on, closed.node.let_go) == (None, False)


@pytest.mark.parametrize("kind", ["postgresql"])
@pytest.mark.parametrize("revision", ["0005"])
async def test_a_skip_that_the_release_before_still_writes_is_known_ahead(released_url: str) -> None:
    await storage.migrate(released_url)
    new = NewEntry(8, date(2026, 11, 27), None, skipped=True, source_key="away:2:8:2026-11-27:1795467600.000000")
    async with storage.open_store(released_url) as store:
        await store.write(lambda tx: tx.entries.add(2, new, NOW))
        assert [entry.on.day for entry in await store.read(lambda tx: tx.entries.known_ahead(1, date.min))] == [
            24,
            25,
            26,
            27,
        ]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("revision", ["0005"])
async def test_digests_at_the_usual_hour_move_behind_the_last_prompt(released_url: str) -> None:
    first = (
        "INSERT INTO reminders (owner_id, kind, at_time, weekdays, last_day_of, paused, next_due, created_at) VALUES"
    )
    rows = [
        "(1, 'weekly_digest', '19:00', 64, NULL, false, '2099-11-29T19:00:00.000000+00:00', {now})",
        "(1, 'monthly_digest', '19:00', 127, 'monthly', true, NULL, {now})",
        "(1, 'quarterly_digest', '18:30', 127, 'quarterly', false, '2099-12-31T18:30:00.000000+00:00', {now})",
        "(2, 'weekly_digest', '19:00', 16, NULL, false, '2099-11-27T19:00:00.000000+00:00', {now})",
    ]
    now = "'2026-11-23T12:00:00.000000+00:00'"
    before = "DELETE FROM reminders WHERE kind <> 'check_in'"
    await _run(released_url, [before, *(f"{first} {row.format(now=now)}" for row in rows)])
    await storage.migrate(released_url)
    async with storage.open_store(released_url) as store:
        moved = await store.read(lambda tx: [*tx.reminders.of_owner(1), *tx.reminders.of_owner(2)])
    digests = {(one.owner_id, one.kind): one for one in moved if one.kind.digest_of}
    weekly = digests[1, MessageKind.WEEKLY_DIGEST]
    assert weekly.schedule == WEEKLY
    assert weekly.next_due is not None
    assert weekly.next_due < datetime(2099, 1, 1, tzinfo=UTC)  # it is rescheduled at the next tick
    assert digests[1, MessageKind.MONTHLY_DIGEST].schedule == MONTHLY
    assert digests[1, MessageKind.MONTHLY_DIGEST].next_due is None
    assert digests[1, MessageKind.QUARTERLY_DIGEST].schedule.at == time(18, 30)
    assert digests[2, MessageKind.WEEKLY_DIGEST].schedule == Schedule(time(19), frozenset({4}))
    yearly = digests[1, MessageKind.YEARLY_DIGEST]  # beside the quarterly one, at its hour
    assert yearly.schedule == Schedule(time(18, 30), end_of=Level.YEARLY)
    assert yearly.next_due is not None
    assert (yearly.next_due.month, yearly.next_due.day) == (12, 31)
    assert (2, MessageKind.YEARLY_DIGEST) not in digests


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("revision", ["0005"])
async def test_the_release_before_checks_off_while_its_database_is_migrated(released_url: str) -> None:
    [(leaf, vision)] = await ask(released_url, "SELECT id, vision_id FROM nodes WHERE title = 'Run' AND owner_id = 1")
    [(value,)] = await ask(released_url, f"SELECT value FROM cells WHERE node_id = {leaf} AND period_start = '{DAY}'")
    written, is_over, one_more = 0, False, asyncio.Event()

    async def check_off() -> None:
        nonlocal written
        while not is_over:
            entry = f"({vision}, {leaf}, '{DAY}', 1000000, false, 'old:{written}', '2026-11-23T21:00:00.000000+00:00')"
            await _run(released_url, [statement.format(entry=entry, leaf=leaf, day=DAY) for statement in CHECK_OFF])
            written += 1
            one_more.set()

    checking_off = asyncio.create_task(check_off())
    await one_more.wait()
    await storage.migrate(released_url)
    one_more.clear()
    await one_more.wait()
    is_over = True
    await checking_off
    assert await ask(released_url, "SELECT count(*) FROM entries WHERE source_key LIKE 'old:%'") == [(written,)]
    async with storage.open_store(released_url) as store:
        for _ in range(2):  # as stored by the previous release, and by the entries
            [reading] = await read_trees(store, Actor.host(CHAT), MONDAY)
            assert reading.standing(reading.tree.nodes[leaf]).value == Decimal(value) / 10**6 + written
            await rebuild(store, Actor.host())


async def _run(url: str, statements: list[str]) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()

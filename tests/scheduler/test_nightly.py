"""The night's work: once a night, caught up after an absence, and no part of it held up by another."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.actions.cache import verify
from core.actions.plant import plant
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.journal import Note
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler.nightly import BACKUP, NIGHTS_FOR_ALL, VERIFICATION, Nightly
from storage import backup
from tests.core.actions.reminding import ANNA, DAY, HOUR, NOON, at, person
from tests.core.reminders import list_reminders
from tests.databases import ON_SQLITE
from tests.storage.remembering import message, written

pytestmark = ON_SQLITE

TREES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def nightly(store: Store, clock: SandboxClock, sqlite_url: str, folder: Path) -> Nightly:
    return Nightly(store, clock, back_up=lambda path: backup(sqlite_url, path, clock()), folder=folder, keep=2)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def backup_to(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("copy")


async def notes(store: Store) -> dict[str, Note]:
    return await store.read(lambda tx: tx.journal.all())


async def trees(store: Store, count: int, chat_id: int = ANNA) -> None:
    await person(store, chat_id)
    for number in range(count):
        await plant(
            store, Actor.host(chat_id), parse_outline(f"Fit {number}\n  D: Run\n", NOON.date()), NOON.date(), NOON
        )


async def test_it_is_done_once_a_night_and_caught_up_whenever_it_was_missed(
    nightly: Nightly, store: Store, clock: SandboxClock
) -> None:
    async def done_at(instant: datetime) -> set[datetime]:
        clock.set(instant)
        await nightly.run()
        return {note.at for note in (await notes(store)).values()}

    assert await done_at(NOON) == {NOON}
    assert await done_at(at("Mon 23:00")) == {NOON}
    assert await done_at(at("Tue 02:59")) == {NOON}
    assert await done_at(at("Tue 03:00")) == {at("Tue 03:00")}
    assert await done_at(at("Tue 03:10")) == {at("Tue 03:00")}
    assert await done_at(at("Fri 18:00")) == {at("Fri 18:00")}
    assert await done_at(at("Sat 04:00")) == {at("Sat 04:00")}
    assert set(await notes(store)) == {VERIFICATION, BACKUP, "zones", "pruning"}


async def test_notes_of_a_time_to_come_do_not_keep_the_nights_idle(
    nightly: Nightly, store: Store, clock: SandboxClock, folder: Path
) -> None:
    for wrong in range(3):
        clock.set(NOON + (400 + wrong) * DAY)
        await nightly.run()
    clock.set(NOON)
    await nightly.run()
    assert {note.at for note in (await notes(store)).values()} == {NOON}
    assert "goaltree-20261123.db" in names(folder)


async def test_a_job_that_fails_keeps_no_other_from_being_done_and_is_tried_again(
    store: Store, clock: SandboxClock, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    full = True

    async def back_up(path: Path) -> None:
        if full:
            raise OSError("no space left on device")
        backup_to(path)

    nightly = Nightly(store, clock, back_up=back_up, folder=folder, keep=2)

    def broken(*_: object) -> Awaitable[dict[str, object]]:
        raise RuntimeError("cannot verify")

    nightly._verify = broken  # type: ignore[method-assign, assignment]
    await nightly.run()
    assert set(await notes(store)) == {"zones", "pruning"}
    assert "nightly job verification failed" in caplog.text
    assert "nightly job backup failed" in caplog.text
    full = False
    clock.advance(HOUR)
    await nightly.run()
    assert (await notes(store))[BACKUP] == Note(NOON + HOUR, {"path": str(folder / "goaltree-20261123.db"), "bytes": 4})


async def test_backups_can_be_opened_and_only_the_newest_are_kept(
    nightly: Nightly, store: Store, clock: SandboxClock, folder: Path
) -> None:
    await trees(store, 1)
    backup_to(folder / "notes.txt")
    for day in ("Mon", "Tue", "Wed"):
        clock.set(at(f"{day} 12:00"))
        await nightly.run()
    assert names(folder) == [
        "goaltree-20261124.db", "goaltree-20261125.db", "notes.txt",
    ]  # fmt: skip
    newest = sqlite3.connect(folder / "goaltree-20261125.db")
    assert newest.execute("SELECT count(*) FROM visions").fetchone() == (1,)
    newest.close()
    note = (await notes(store))[BACKUP]
    assert note.detail["bytes"] == (folder / "goaltree-20261125.db").stat().st_size


@pytest.mark.parametrize("keep", [0, 3])
async def test_without_a_way_or_a_wish_there_are_no_backups(
    store: Store, clock: SandboxClock, folder: Path, keep: int
) -> None:
    async def back_up(path: Path) -> None:
        raise AssertionError(path)

    ways: Callable[[Path], Awaitable[None]] | None = back_up if keep == 0 else None
    await Nightly(store, clock, back_up=ways, folder=folder, keep=keep).run()
    assert BACKUP not in await notes(store)
    assert names(folder) == []


async def test_in_a_month_of_nights_every_tree_is_verified_once(
    nightly: Nightly, store: Store, clock: SandboxClock
) -> None:
    await trees(store, TREES)
    seen = 0
    for night in range(NIGHTS_FOR_ALL):
        clock.set(NOON + night * DAY)
        await nightly.run()
        verified = (await notes(store))[VERIFICATION].detail["visions"]
        assert isinstance(verified, int)
        assert verified <= 2
        seen += verified
    assert seen == TREES
    parts = [await verify(store, Actor.host(), part=(which, 7)) for which in range(7)]
    assert sum(visions for visions, _ in parts) == TREES
    assert await verify(store, Actor.host(), part=(7 * 12_345, 7)) == parts[0]


async def test_a_wrong_figure_is_logged_and_noted(
    nightly: Nightly, store: Store, clock: SandboxClock, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await trees(store, 1)
    with sqlite3.connect(sqlite_url.split("///")[1]) as database:
        [(vision, node)] = database.execute("SELECT vision_id, max(id) FROM nodes")
        columns = "node_id, period_start, value, progress, counts, excused"
        database.execute(f"INSERT INTO cells ({columns}) VALUES (?, '2026-11-23', 1000000, 1, 1, 0)", (node,))
        database.execute("UPDATE visions SET stale = 0")
    database.close()
    for night in range(NIGHTS_FOR_ALL):
        clock.set(NOON + night * DAY)
        await nightly.run()
        if (clock().toordinal() - vision) % NIGHTS_FOR_ALL == 0:
            assert (await notes(store))[VERIFICATION].detail == {"visions": 1, "differences": 1}
    assert caplog.text.count("cached figures differ from the entries") == 1


async def test_old_messages_are_forgotten_and_reminders_follow_the_rules_of_their_zones(
    nightly: Nightly, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "20:00")
    await written(store, message(reminder.owner_id, "old", dropped="stale"))
    # As if the zone's rules had been different when this was written.
    await store.write(lambda tx: tx.reminders.advance({reminder.id: at("Mon 19:00")}))
    await nightly.run()
    assert [one.next_due for one in await list_reminders(store, Actor.host(ANNA))] == [at("Mon 20:00")]
    assert (await notes(store))["zones"].detail == {"moved": 1}
    clock.set(NOON + timedelta(days=61))
    await nightly.run()
    assert (await notes(store))["pruning"].detail == {"messages": 1}

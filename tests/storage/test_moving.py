"""Backing up, restoring and moving: everything arrives, or nothing does."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import storage
from core.actions.cache import verify
from core.group.permissions import Actor
from storage.portable import BATCH, RowTally, line_of, shapes
from storage.revisions import head
from tests.storage.everything import ask, checksums, fill
from tests.storage.planting import NOW, logged, planted
from tests.storage.test_releases import TABLES

Lines = list[bytes]


@pytest.fixture
def other_sqlite_url(tmp_path: Path) -> str:
    """The URL of a second SQLite file, in a folder that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'other' / 'goaltree.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def target_url(request: pytest.FixtureRequest) -> str:
    """The destination, of each kind; `store_url` is the source."""
    name = "other_sqlite_url" if request.param == "sqlite" else "other_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


async def filled(url: str) -> dict[str, tuple[int, str]]:
    async with storage.open_store(url) as store:
        await fill(store)
    before = await checksums(url)
    assert all(rows for rows, _ in before.values()), before
    return before


def left_over(folder: Path) -> list[str]:
    """Unfinished files, and those written on the way."""
    return [file.name for file in folder.rglob("*") if file.suffix == ".part" or file.name.startswith("goaltree-")]


async def is_sound(url: str) -> None:
    """Assert that a store on it is verified, and that new rows get ids of their own."""
    async with storage.open_store(url) as store:
        visions, differences = await verify(store, Actor.host())
        assert (visions, differences) == (2, [])
        tree = await planted(store, chat_id=99)
        entry = await store.write(lambda tx: tx.entries.add(tree.vision, logged(tree.run), NOW))
        assert entry is not None


@pytest.mark.parametrize("name", ["backup.jsonl", "backup.jsonl.gz"])
async def test_a_portable_backup_of_either_database_restores_into_either(
    store_url: str, target_url: str, name: str, tmp_path: Path
) -> None:
    before = await filled(store_url)
    await storage.backup(store_url, tmp_path / name, NOW)
    await storage.restore(target_url, tmp_path / name)
    assert await checksums(target_url) == before
    await is_sound(target_url)
    assert left_over(tmp_path) == []


async def test_a_copy_holds_the_same_on_either_database(store_url: str, target_url: str, tmp_path: Path) -> None:
    before = await filled(store_url)
    await storage.migrate(target_url)
    copied = await storage.copy(store_url, target_url, NOW, tmp_path)
    assert {table.table: (table.rows, table.checksum) for table in copied} == before
    assert await checksums(target_url) == before
    await is_sound(target_url)


async def test_more_rows_than_one_batch_and_references_across_batches_arrive(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    async with storage.open_store(sqlite_url) as store:
        tree = await planted(store)
        many = [logged(tree.run, source_key=f"k{number}") for number in range(2 * BATCH + 5)]
        await store.write(lambda tx: tx.entries.add_many(tree.vision, many, NOW))
        first, between, last = 1, BATCH, 2 * BATCH + 5
        await store.write(lambda tx: tx.entries.void([first], NOW, replaced_by=last))
        await store.write(lambda tx: tx.entries.void([between], NOW, replaced_by=between + 1))
    await storage.copy(sqlite_url, postgres_url, NOW, tmp_path)
    replaced = await ask(postgres_url, "SELECT id, replaced_by FROM entries WHERE replaced_by IS NOT NULL ORDER BY id")
    assert replaced == [(first, last), (between, between + 1)]


async def test_a_sqlite_backup_of_an_earlier_release_is_brought_up_to_date(tmp_path: Path, sqlite_url: str) -> None:
    from tests.storage.test_releases import sqlite_of_the_first_release

    old = sqlite_of_the_first_release(tmp_path / "old.db")
    await storage.restore(sqlite_url, old)
    assert await storage.is_at_head(sqlite_url)
    assert (await ask(sqlite_url, "SELECT count(*) FROM entries"))[0][0] == 15


async def test_a_portable_backup_of_an_earlier_shape_is_brought_up_to_date(
    store_url: str, target_url: str, tmp_path: Path
) -> None:
    await filled(store_url)
    new, old = tmp_path / "new.jsonl", tmp_path / "old.jsonl"
    await storage.backup(store_url, new, NOW)
    old.write_bytes(b"".join(_as_the_first_release(new.read_bytes().splitlines(keepends=True))))
    await storage.migrate(target_url)
    await storage.restore(target_url, old)
    assert await storage.is_at_head(target_url)
    before, after = await checksums(store_url), await checksums(target_url)
    for table in ("cells", "conversations"):
        assert after[table] == before[table]
    for table in ("nodes", "entries"):
        assert after[table][0] == before[table][0]
    assert await ask(target_url, "SELECT title, nudge_minutes FROM owners WHERE week_start = 6") == [
        ("Läufer\n\\N \"quoted\" 'so'", None)
    ]
    assert after["reminders"][0] == 0
    await is_sound(target_url)


def _as_the_first_release(lines: Lines) -> Lines:
    """A dump without what came with later revisions."""
    kept: Lines = [json.dumps({**json.loads(lines[0]), "revision": "0001"}).encode() + b"\n"]
    tally, columns, gone, tables = RowTally(), list[str](), False, 0
    came: set[str] = set()
    for line in map(json.loads, lines[1:]):
        if isinstance(line, list):
            line = [value for name, value in zip(columns, line, strict=True) if name not in came]
            tally.add(line_of(line))
        elif "table" in line:
            gone = line["table"] not in TABLES
            came = {name for name, _ in line["columns"]} - set(re.findall(r"\w+", TABLES.get(line["table"], "")))
            tally, columns = RowTally(), [name for name, _ in line["columns"]]
            line["columns"] = [[name, form] for name, form in line["columns"] if name not in came]
            tables += not gone
        elif "rows" in line:
            line = {"rows": tally.rows, "sha256": tally.checksum}
        else:
            line, gone = {"tables": tables}, False
        if not gone:
            kept.append(line_of(line).encode() + b"\n")
    return kept


def _changed(lines: Lines) -> Lines:
    row = next(at for at, line in enumerate(lines) if b"slow" in line)
    return [*lines[:row], lines[row].replace(b"slow", b"fast"), *lines[row + 1 :]]


def _without_a_row(lines: Lines) -> Lines:
    row = next(at for at, line in enumerate(lines) if line.startswith(b"["))
    return [*lines[:row], *lines[row + 1 :]]


def _without_a_table(lines: Lines) -> Lines:
    [at] = [at for at, line in enumerate(lines) if b'"table":"journal"' in line]
    end = next(after for after in range(at, len(lines)) if b'"sha256"' in lines[after])
    return [*lines[:at], *lines[end + 1 : -1], line_of({"tables": len(shapes()) - 1}).encode() + b"\n"]


DAMAGE: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "cut short": (lambda lines: lines[: len(lines) // 2], "ends too early"),
    "cut within a line": (lambda lines: [*lines[:-1], lines[-1][:-2]], "cut short"),
    "a changed value": (_changed, "entries is damaged"),
    "a lost row": (_without_a_row, "is damaged"),
    "a lost table": (_without_a_table, "no table journal"),
    "two of it": (lambda lines: [*lines, *lines], "does not end where it says"),
    "another revision": (lambda lines: [lines[0].replace(head().encode(), b"9999"), *lines[1:]], "newer version"),
    "another file": (lambda _: [b'{"format": "goaltree/1"}\n'], "no backup"),
    "no text": (lambda _: [b"\xff\xfe\n"], "damaged"),
    "no shape": (lambda lines: [lines[0], b'{"table": "pg_class", "columns": [], "key": [], "own": []}\n'], "no shape"),
    "a deep one": (lambda lines: [lines[0], b"[" * 100_000 + b"\n"], "cannot be read"),
    "a row too short": (lambda lines: [*lines[:2], b"[1]\n", *lines[2:]], "not of the shape"),
    "a value of another kind": (lambda lines: [*lines[:2], b'["x",1,{},"when",[],"y"]\n', *lines[2:]], "do not fit"),
    "nothing": (lambda _: [], "too early"),
}


async def test_nothing_of_a_damaged_backup_is_kept(sqlite_url: str, target_url: str, tmp_path: Path) -> None:
    before = await filled(sqlite_url)
    good = tmp_path / "good.jsonl"
    await storage.backup(sqlite_url, good, NOW)
    lines = good.read_bytes().splitlines(keepends=True)
    for name, (damage, words) in DAMAGE.items():
        bad = tmp_path / f"{name}.jsonl"
        bad.write_bytes(b"".join(damage(lines)))
        with pytest.raises(storage.BadBackup, match=words):
            await storage.restore(target_url, bad)
        if storage.is_a_file(target_url):
            assert list((tmp_path / "other").iterdir()) == [], name
    await storage.restore(target_url, good)  # as empty as before
    assert await checksums(target_url) == before


async def test_a_zipped_backup_that_was_cut_short_is_refused(
    sqlite_url: str, other_sqlite_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url)
    file = tmp_path / "backup.jsonl.gz"
    await storage.backup(sqlite_url, file, NOW)
    whole = file.read_bytes()
    for damaged in (whole[:-20], whole[:200] + b"\0\0\0\0" + whole[204:], gzip.compress(b"{}\n")):
        file.write_bytes(damaged)
        with pytest.raises(storage.BadBackup):
            await storage.restore(other_sqlite_url, file)


async def test_a_sqlite_backup_restores_to_a_checked_copy(
    sqlite_url: str, other_sqlite_url: str, tmp_path: Path
) -> None:
    before = await filled(sqlite_url)
    await storage.backup(sqlite_url, tmp_path / "copy.db", NOW)
    async with storage.open_store(other_sqlite_url):
        pass  # an empty database exists already
    await storage.restore(other_sqlite_url, tmp_path / "copy.db")
    assert await checksums(other_sqlite_url) == before
    await is_sound(other_sqlite_url)
    assert [file.name for file in (tmp_path / "other").iterdir()] == ["goaltree.db"]


async def test_a_damaged_sqlite_backup_is_refused(sqlite_url: str, other_sqlite_url: str, tmp_path: Path) -> None:
    await filled(sqlite_url)
    copy = tmp_path / "copy.db"
    await storage.backup(sqlite_url, copy, NOW)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: 3 * 4096] + b"\xff" * 4096 + whole[4 * 4096 :])
    with pytest.raises(storage.BadBackup, match="damaged"):
        await storage.restore(other_sqlite_url, copy)
    copy.write_bytes(whole)
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(storage.BadBackup, match="newer version"):
        await storage.restore(other_sqlite_url, copy)
    copy.unlink()
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("CREATE TABLE recipes (title)")
    with pytest.raises(storage.BadBackup, match="no database of goaltree"):
        await storage.restore(other_sqlite_url, copy)
    assert list((tmp_path / "other").iterdir()) == []


async def test_a_sqlite_backup_is_not_restored_to_postgresql(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url)
    await storage.backup(sqlite_url, tmp_path / "copy.db", NOW)
    with pytest.raises(storage.BadBackup, match="goaltree copy-to"):
        await storage.restore(postgres_url, tmp_path / "copy.db")


async def test_a_database_that_holds_something_is_never_written_over(
    sqlite_url: str, target_url: str, tmp_path: Path
) -> None:
    before = await filled(target_url)
    await filled(sqlite_url)
    for name in ("copy.jsonl", "copy.db"):
        await storage.backup(sqlite_url, tmp_path / name, NOW)
        if name.endswith(".db") and not storage.is_a_file(target_url):
            continue
        with pytest.raises(storage.NotEmpty):
            await storage.restore(target_url, tmp_path / name)
    with pytest.raises(storage.NotEmpty):
        await storage.copy(sqlite_url, target_url, NOW, tmp_path)
    assert await checksums(target_url) == before


async def test_an_empty_database_that_somebody_has_open_is_left_alone(
    sqlite_url: str, other_sqlite_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url)
    await storage.backup(sqlite_url, tmp_path / "copy.db", NOW)
    async with storage.open_store(other_sqlite_url) as store:
        with pytest.raises(storage.NotEmpty, match="in use"):
            await storage.restore(other_sqlite_url, tmp_path / "copy.db")
        assert await store.read(lambda tx: tx.owners.all()) == []


async def test_a_copy_needs_a_migrated_target(sqlite_url: str, bare_postgres_url: str, tmp_path: Path) -> None:
    await filled(sqlite_url)
    with pytest.raises(storage.NotMigrated):
        await storage.copy(sqlite_url, bare_postgres_url, NOW, tmp_path)
    await storage.restore(bare_postgres_url, await _portable(sqlite_url, tmp_path))  # which a restore does not
    assert await checksums(bare_postgres_url) == await checksums(sqlite_url)


async def _portable(url: str, folder: Path) -> Path:
    await storage.backup(url, folder / "portable.jsonl", NOW)
    return folder / "portable.jsonl"


async def test_a_value_that_the_other_database_cannot_hold_stops_the_copy_and_nothing_stays(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    await filled(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.partition(":///")[2], isolation_level=None)) as database:
        database.execute("UPDATE entries SET note = 'a' || char(0) || 'b' WHERE id = 3")
    with pytest.raises(storage.BadBackup, match="entries do not fit") as refused:
        await storage.copy(sqlite_url, postgres_url, NOW, tmp_path)
    assert "slow" not in str(refused.value)
    assert all(rows == 0 for rows, _ in (await checksums(postgres_url)).values())
    assert left_over(tmp_path) == []


def test_two_urls_of_one_database_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert storage.same_database("sqlite:///a.db", f"sqlite+aiosqlite:///{tmp_path}/x/../a.db")
    assert storage.same_database("postgresql://anna:1@db/goals", "postgresql+asyncpg://ben:2@db:5432/goals")
    assert not storage.same_database("postgresql://db/goals", "postgresql://db/other")
    assert not storage.same_database("sqlite:///a.db", "postgresql://db/a.db")

"""`goaltree backup`, `restore` and `copy-to` from outside."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import storage
from goaltree.cli import main
from scheduler.postman import TICK
from tests.storage.everything import checksums, fill

Says = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("GOALTREE_DATABASE_URL", raising=False)
    monkeypatch.delenv("GOALTREE_BOT_TOKEN", raising=False)
    asyncio.run(_filled(url_in(tmp_path / "data")))
    return tmp_path / "data"


async def _filled(url: str) -> None:
    async with storage.open_store(url) as store:
        await fill(store)  # its last tick is at a fixed instant in 2026
        await store.write(lambda tx: tx.journal.note(TICK, datetime(2026, 1, 1, tzinfo=UTC), {}))


def url_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'goaltree.db'}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Says:
    def says(*argv: object) -> tuple[int, str, str]:
        status = main([str(part) for part in argv])
        said = capsys.readouterr()
        return status, said.out, said.err

    return says


def held(url: str) -> dict[str, Any]:
    return asyncio.run(checksums(url))


@pytest.mark.parametrize("name", ["copy.db", "copy.jsonl", "copy.jsonl.gz"])
def test_restore_reads_a_backup(
    name: str, run: Says, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", name) == (0, f"Backed up to {name}.\n", "")
    status, _, err = run("restore", name)
    assert status == 2
    assert "empty database only" in err
    assert err.count("\n") == 1
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "new"))
    status, out, err = run("restore", name)
    assert (status, err) == (0, "")
    assert out.splitlines() == [f"Restored from {name}.", "2 vision(s) verified: every figure is what the entries say."]
    assert held(url_in(tmp_path / "new")) == held(url_in(data_dir))


def test_a_backup_of_postgresql_restores_into_sqlite(
    run: Says, tmp_path: Path, data_dir: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("copy-to", postgres_url)
    monkeypatch.setenv("GOALTREE_DATABASE_URL", postgres_url)
    assert run("backup", "all.jsonl.gz")[0] == 0
    monkeypatch.setenv("GOALTREE_DATABASE_URL", url_in(tmp_path / "new"))
    assert run("restore", "all.jsonl.gz")[0] == 0
    assert held(url_in(tmp_path / "new")) == held(url_in(data_dir))


def test_a_file_that_is_no_backup_is_refused_in_one_line(
    run: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "new"))
    (tmp_path / "notes.txt").write_text("milk, eggs\n")
    for file, words in (("notes.txt", "cannot be read"), ("nowhere.db", "There is no file")):
        status, out, err = run("restore", file)
        assert (status, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1


def test_a_backup_of_no_database_makes_none(run: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "new"))
    assert run("backup", "copy.db")[0] == 2
    assert not (tmp_path / "new").exists()


def test_a_copy_to_postgresql_shows_each_table_and_that_it_is_verified(
    run: Says, data_dir: Path, postgres_url: str
) -> None:
    status, out, err = run("copy-to", postgres_url)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split()[:2] == ["table", "rows"]
    rows = {line.split()[0]: int(line.split()[1]) for line in lines[1:-2]}
    assert rows == {name: count for name, (count, _) in held(url_in(data_dir)).items()}
    assert lines[-2:] == [
        "All of it is there, with equal checksums. Set GOALTREE_DATABASE_URL to the new one.",
        "2 vision(s) verified: every figure is what the entries say.",
    ]
    assert held(postgres_url) == held(url_in(data_dir))
    status, _, err = run("copy-to", postgres_url)
    assert status == 2
    assert "not empty" in err


def test_figures_that_were_wrong_before_are_reported_after_the_copy(
    run: Says, data_dir: Path, postgres_url: str
) -> None:
    with closing(sqlite3.connect(data_dir / "goaltree.db", isolation_level=None)) as database:
        database.execute("UPDATE cells SET progress = progress + 1")
    status, out, _ = run("copy-to", postgres_url)
    assert status == 1
    assert "goaltree rebuild" in out


def test_a_copy_says_what_its_target_lacks(run: Says, tmp_path: Path, data_dir: Path, bare_postgres_url: str) -> None:
    for url, words in (
        (url_in(data_dir), "uses now"),
        (f"sqlite:///{data_dir}/../data/goaltree.db", "uses now"),
        (bare_postgres_url, "goaltree migrate"),
        (url_in(tmp_path / "new"), "goaltree migrate"),
        ("mysql://db/goals", "no database that goaltree knows"),
    ):
        status, out, err = run("copy-to", url)
        assert (status, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1


def test_a_copy_from_under_a_running_bot_is_refused(run: Says, data_dir: Path, postgres_url: str) -> None:
    async def tick(ago: timedelta) -> None:
        async with storage.open_store(url_in(data_dir)) as store:
            await store.write(lambda tx: tx.journal.note(TICK, datetime.now(UTC) - ago, {}))

    asyncio.run(tick(timedelta(seconds=20)))
    status, out, err = run("copy-to", postgres_url)
    assert (status, out) == (2, "")
    assert "stop it" in err
    asyncio.run(tick(timedelta(minutes=5)))
    assert run("copy-to", postgres_url)[0] == 0


def test_a_password_is_never_shown(run: Says) -> None:
    for command in (
        ["copy-to", "postgresql://anna:s3cret@127.0.0.1:1/goals"],
        ["copy-to", "postgres+x://anna:s3cret@h/g"],
    ):
        status, out, err = run(*command)
        assert status in (1, 2)
        assert "s3cret" not in out + err
        assert err.count("\n") == 1

"""`goaltree doctor`: its findings and advice, and that it shows no secret."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr

import storage
from core.ports.store import Transaction
from goaltree.cli import main
from goaltree.doctor import machine
from goaltree.doctor.bot_api import at_telegram
from goaltree.doctor.database import in_database
from goaltree.doctor.findings import Finding, Health
from goaltree.settings import Settings, load
from scheduler.nightly import BACKUP, VERIFICATION
from scheduler.postman import TICK
from tests.storage.everything import fill
from tests.storage.planting import NOW

TOKEN = "4711:do-not-show-this-to-anyone_at-all"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GOALTREE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GOALTREE_API_BASE_URL", "http://127.0.0.1:1")
    return tmp_path / "data"


def is_there(path: Path) -> bool:
    return path.exists()


def by_check(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.check: finding for finding in findings}


# -- all of it ---------------------------------------------------------------------------------------------------------


def test_before_the_first_run_only_the_token_is_missing(capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("fail")] == [
        "fail  token: GOALTREE_BOT_TOKEN is not set → Get one from @BotFather (/newbot) and set GOALTREE_BOT_TOKEN. "
        "goaltree chat needs none."
    ]
    assert not data_dir.exists()


def test_without_a_network_it_says_so_fails_nothing_and_shows_no_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_BOT_TOKEN", TOKEN)
    assert main(["doctor", "--json"]) == 0
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err
    result = {each["check"]: each for each in json.loads(said.out)["findings"]}
    assert json.loads(said.out)["ok"] is True
    assert result["Telegram"]["state"] == "warn"
    assert "cannot be reached" in result["Telegram"]["says"]


def test_settings_that_cannot_be_are_a_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_LOG_LEVEL", "LOUD")
    assert main(["doctor"]) == 1
    assert "GOALTREE_LOG_LEVEL" in capsys.readouterr().out


# -- the machine -------------------------------------------------------------------------------------------------------


def test_a_slip_of_the_pen_a_broken_token_and_an_open_env_file_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert [finding.state for finding in machine.of_settings(load())] == [Health.OK]
    monkeypatch.setenv("GOALTREE_ALOWED_USERS", "1")
    monkeypatch.setenv("GOALTREE_BOT_TOKEN", "do-not-show")
    (tmp_path / ".env").write_text("GOALTREE_BACKUP=3\nPOSTGRES_PASSWORD=x\n")
    (tmp_path / ".env").chmod(0o644)
    result = machine.of_settings(load())
    assert [finding.state for finding in result] == [Health.WARN, Health.FAIL, Health.WARN]
    assert result[0].says == "there is no setting GOALTREE_ALOWED_USERS, GOALTREE_BACKUP"
    assert "do-not-show" not in f"{result}"


def test_a_data_directory_that_cannot_be_written_to_fails(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.of_data_dir(load())[0].state is Health.OK
    data_dir.mkdir()
    (data_dir / "goaltree.db").touch()
    assert machine.of_data_dir(load())[0].state is Health.OK
    # root can write everything, and may run these tests
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "goaltree.db")
    [finding] = machine.of_data_dir(load())
    assert finding.state is Health.FAIL
    assert "goaltree.db" in finding.says
    assert "chown" in finding.do
    data_dir.joinpath("goaltree.db").unlink()
    data_dir.rmdir()
    data_dir.touch()
    assert machine.of_data_dir(load())[0].says.endswith("is a file")


def test_a_disk_is_reported_before_it_is_full(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int
        used: int
        free: int

    states = []
    for megabytes in (50_000, 500, 50):
        usage = Usage(0, 0, megabytes * machine.MEGABYTE)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, usage=usage: usage)
        states += [finding.state for finding in machine.of_disk(load())]
    assert states == [Health.OK, Health.WARN, Health.FAIL]


def test_old_rules_of_the_system_and_missing_ones_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = []
    for name in ("2999a", "1999a"):
        (tmp_path / "tzdata.zi").write_text(f"# version {name}\nR A\n")
        monkeypatch.setattr(machine, "TZPATH", (str(tmp_path / "none"), str(tmp_path)))
        states += [finding.state for finding in machine.of_zones()]
    monkeypatch.setattr(machine, "_ZONES", ("Europe/Berlin", "Atlantis/Poseidonis"))
    states += [finding.state for finding in machine.of_zones()]
    assert states == [Health.OK, Health.WARN, Health.FAIL]


# -- the database ------------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(store_url: str, data_dir: Path) -> Settings:
    """Settings with a database of each kind."""
    return load(database_url=store_url)


async def note(url: str, **ages: timedelta) -> None:
    async with storage.open_store(url) as store:

        def work(tx: Transaction) -> None:
            for name, age in ages.items():
                tx.journal.note(name, NOW - age, {"differences": 0})

        await store.write(work)


async def test_a_bot_that_works_has_a_young_tick_and_nothing_else_to_say(settings: Settings) -> None:
    await note(
        settings.url, **{TICK: timedelta(seconds=9), VERIFICATION: timedelta(hours=3), BACKUP: timedelta(hours=3)}
    )
    result = await in_database(settings, NOW)
    assert {finding.state for finding in result} == {Health.OK}
    assert by_check(result)["ticks"].says == "the last one was 9 seconds ago"


async def test_a_bot_that_stands_still_is_found_with_what_it_left_undone(settings: Settings) -> None:
    async with storage.open_store(settings.url) as store:
        await fill(store)
        owner = await store.read(lambda tx: tx.owners.all()[0])
        await store.write(lambda tx: tx.owners.save(replace(owner, unreachable_since=NOW)))
        await store.write(lambda tx: tx.journal.note(VERIFICATION, NOW, {"differences": 3}))
    await note(settings.url, **{BACKUP: timedelta(0)})
    result = await in_database(settings, NOW + timedelta(days=4))
    said = by_check(result)
    assert said["ticks"].says == "the last one was 4 days ago"
    assert said["verification"].state is Health.FAIL
    assert "goaltree rebuild" in said["verification"].do
    assert said["backup"].state is (Health.WARN if storage.is_a_file(settings.url) else Health.OK)
    assert "1 of 2 chats" in said["people"].says
    messages = [finding.says for finding in result if finding.check == "messages"]
    assert messages == [
        "1 could not be delivered in the last 60 days",
        "the one that waits longest was written 4 days ago",
    ]


async def test_a_database_that_is_not_there_is_not_made_and_an_unmigrated_one_left_alone(
    data_dir: Path, bare_postgres_url: str
) -> None:
    [finding] = await in_database(load(), NOW)
    assert finding.state is Health.OK
    assert not is_there(data_dir)
    [finding] = await in_database(load(database_url=bare_postgres_url), NOW)
    assert finding.state is Health.FAIL
    assert "goaltree migrate" in finding.do
    assert not await storage.is_at_head(bare_postgres_url)


@pytest.fixture
def broken(data_dir: Path) -> None:
    """A file that is no database in the database's place."""
    data_dir.mkdir()
    (data_dir / "goaltree.db").write_bytes(b"milk, eggs" * 1000)


async def test_a_broken_or_unreachable_database_fails_with_a_reason_and_without_a_password(broken: None) -> None:
    for settings in (
        load(),
        load(database_url="postgresql://anna:s3cret@127.0.0.1:1/goals"),
        load(database_url="my://x"),
    ):
        [finding] = await in_database(settings, NOW)
        assert finding.state is Health.FAIL
        assert "s3cret" not in str(finding)


def test_looking_does_not_write(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data_dir.mkdir()
    from tests.storage.test_releases import sqlite_of_the_first_release

    file = sqlite_of_the_first_release(data_dir / "goaltree.db")
    before = file.read_bytes()
    main(["doctor"])
    assert "of an earlier version" in capsys.readouterr().out
    assert file.read_bytes() == before
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


# -- Telegram ----------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def telegram(answers: dict[str, Any], date: datetime | None = None) -> AsyncIterator[Settings]:
    """Settings with a server that gives these answers, and a date."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        answer = answers.get(request.split()[1].decode().rpartition("/")[2])
        body = json.dumps({"ok": True, "result": answer} if answer else {"ok": False, "description": "no"}).encode()
        told = f"Date: {format_datetime(date, usegmt=True)}\r\n" if date else ""
        status = "200 OK" if answer else "401 Unauthorized"
        writer.write(f"HTTP/1.1 {status}\r\n{told}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        writer.write(body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield load(api_base_url=f"http://127.0.0.1:{port}", bot_token=SecretStr(TOKEN))


ME = {"id": 4711, "is_bot": True, "first_name": "Goals", "username": "goals_bot"}


@pytest.mark.parametrize(
    ("off", "state"), [(0, Health.OK), (8, Health.OK), (-60, Health.WARN), (60, Health.WARN), (3600, Health.FAIL)]
)
async def test_the_clock_is_compared_with_telegrams(off: int, state: Health) -> None:
    async with telegram({"getMe": ME, "getWebhookInfo": {"url": ""}}, NOW - timedelta(seconds=off)) as settings:
        result = by_check(await at_telegram(settings, lambda: NOW))
    assert result["token"].says == "it is that of @goals_bot"
    assert result["webhook"].state is Health.OK
    assert result["clock"].state is state
    assert ("ahead" in result["clock"].says) is (off > 10)


async def test_a_token_that_telegram_does_not_know_fails() -> None:
    async with telegram({}) as settings:
        [finding] = await at_telegram(settings, lambda: NOW)
    assert finding.state is Health.FAIL
    assert "BotFather" in finding.do
    assert TOKEN not in str(finding)


async def test_a_webhook_takes_the_updates_from_a_bot_that_polls() -> None:
    hook = {"url": "https://elsewhere.example/hook", "pending_update_count": 3}
    async with telegram({"getMe": ME, "getWebhookInfo": hook}) as settings:
        result = by_check(await at_telegram(settings, lambda: NOW))
    assert result["webhook"].state is Health.WARN
    assert "elsewhere" in result["webhook"].says
    assert result["clock"].says == "the server tells no time to compare with"


HOOK = "https://bot.example.org/telegram"


@pytest.mark.parametrize(
    ("hook", "state", "says"),
    [
        ({"url": HOOK, "pending_update_count": 3}, Health.OK, "3 updates wait"),
        ({"url": ""}, Health.WARN, "updates go nowhere, and should go to https://bot.example.org/telegram"),
        ({"url": "https://elsewhere.example/x"}, Health.WARN, "updates go to https://elsewhere.example/x"),
        ({"url": HOOK, "pending_update_count": 101}, Health.WARN, "101 updates wait"),
        (
            {"url": HOOK, "last_error_message": "Connection refused", "last_error_date": NOW.timestamp() - 600},
            Health.WARN,
            "could not deliver 10 minutes ago: Connection refused",
        ),
        (
            {"url": HOOK, "last_error_message": "Connection refused", "last_error_date": NOW.timestamp() - 86400},
            Health.OK,
            "0 updates wait",
        ),
        (
            {
                "url": HOOK,
                "last_error_message": "Wrong response",
                "last_error_date": NOW.timestamp() - 86400,
                "pending_update_count": 1,
            },
            Health.WARN,
            "1 updates wait",
        ),
    ],
)
async def test_how_the_webhook_is(hook: dict[str, Any], state: Health, says: str) -> None:
    async with telegram({"getMe": ME, "getWebhookInfo": hook}) as settings:
        settings = settings.model_copy(update={"webhook_url": HOOK, "webhook_secret": SecretStr("abc")})
        result = by_check(await at_telegram(settings, lambda: NOW))
    assert result["webhook"].state is state
    assert says in result["webhook"].says


async def test_an_answer_that_makes_no_sense_is_as_good_as_none() -> None:
    async with telegram({"getMe": [1, 2]}) as settings:
        [finding] = await at_telegram(settings, lambda: NOW)
    assert finding.state is Health.WARN
    assert "status 200" in finding.says


async def test_the_local_telegram_is_well() -> None:
    from sandbox.server import LocalTelegram
    from sandbox.world import World

    def clock() -> datetime:
        return datetime.now(UTC)

    server = LocalTelegram(World(clock), clock)
    await server.start()
    try:
        settings = load(api_base_url=server.base_url, bot_token=SecretStr(server.token))
        result = await at_telegram(settings, clock)
    finally:
        await server.stop()
    assert {finding.state for finding in result} == {Health.OK}

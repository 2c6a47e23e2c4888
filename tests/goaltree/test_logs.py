"""The log: it names the update that a line is about, and never holds a secret or people's words."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import asyncpg
import httpx
import pytest
from sqlalchemy import create_engine, text
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.telegram.calls import patiently, reason_of
from core.observing import AT_WORK, AtWork
from core.ports.store import Store, Transaction
from goaltree.logs import set_up
from goaltree.settings import load
from tests.bot.conftest import Stage, Talk, chat, stage  # noqa: F401 (fixtures)

TOKEN = "4711:AAtoken_of_the_bot-1234567890abcdef"
HOOK, METRICS, PASSWORD = "hook-secret-1", "metrics-token-1", "p@ss/w'ord"
SECRETS = [TOKEN, HOOK, METRICS, PASSWORD, quote(TOKEN, safe=""), quote(PASSWORD, safe=""), repr(PASSWORD)[1:-1]]
WORDS = "mark" + "er-words"
logger = logging.getLogger("goaltree.test")


class Log:
    """Everything that was logged, in one form."""

    def __init__(self, form: str, written: io.StringIO) -> None:
        self.form, self._written = form, written

    @property
    def text(self) -> str:
        return self._written.getvalue()

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def over_http() -> bool:
    """So that the log has the client's lines as well."""
    return True


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    set_up(
        load(
            bot_token=TOKEN,
            webhook_secret=HOOK,
            metrics_token=METRICS,
            database_url=f"postgresql+asyncpg://goaltree:{quote(PASSWORD, safe='')}@db/goaltree",
            log_format=request.param,
            log_level="DEBUG",
        )
    )
    written = io.StringIO()
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield Log(request.param, written)
    root.handlers[:] = handlers
    root.setLevel(level)


def assert_says_nothing(log: Log, *, lines: bool = True) -> None:
    assert bool(log.text) is lines
    for secret in SECRETS:
        assert secret not in log.text
    assert WORDS not in log.text


def test_a_line_says_which_update_it_is_about(log: Log) -> None:
    AT_WORK.set(AtWork(12, 34))
    logger.info("hello")
    AT_WORK.set(AtWork(13, None))
    logger.info("hello")
    AT_WORK.set(None)
    logger.info("hello", extra={"visions": 3})
    if log.form == "text":
        one, two, three = log.text.splitlines()
        assert one.endswith("goaltree.test: hello [update_id=12 chat_id=34]")
        assert two.endswith("hello [update_id=13]")
        assert three.endswith("hello [visions=3]")
    else:
        first, second, third = log.lines()
        assert (first["update_id"], first["chat_id"], first["message"], first["level"]) == (12, 34, "hello", "INFO")
        assert (second["update_id"], "chat_id" in second) == (13, False)
        assert ("update_id" in third, third["visions"]) == (False, 3)


async def test_the_lines_of_updates_of_many_chats_are_not_mixed_up(log: Log, stage: Stage) -> None:  # noqa: F811
    talks = [stage.talk(name) for name in ("Anna", "Bob", "Cleo")]
    stage.telegram.faults.forbidden("sendMessage", times=3)
    updates = {talk.chat_id: stage.world.say(talk.person, talk.chat, "/help")["update_id"] for talk in talks}
    await stage.quiet()
    if log.form == "json":
        result = {line["chat_id"]: line["update_id"] for line in log.lines() if "not delivered" in str(line["message"])}
        assert result == updates
    else:
        for chat_id, update_id in updates.items():
            assert f"[update_id={update_id} chat_id={chat_id}]" in log.text


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_never_written(log: Log, secret: str) -> None:
    logger.warning("at https://api.telegram.org/bot%s/getMe", secret, extra={"url": f"x{secret}x"})
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        logger.exception("failed with %s", secret)
    assert_says_nothing(log)
    assert "RuntimeError" in log.text


def test_words_quoted_by_an_exception_are_never_logged(log: Log) -> None:
    async def broken() -> None:
        raise LookupError(WORDS)

    async def together() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(broken())

    def chained() -> None:
        try:
            int(WORDS)
        except ValueError as error:
            raise KeyError(WORDS) from error

    def while_another() -> None:
        try:
            dict[str, str]()[WORDS]
        except KeyError:
            raise UnicodeDecodeError("utf-8", WORDS.encode(), 0, 1, WORDS)  # noqa: B904

    for act in (chained, while_another, lambda: asyncio.run(together()), lambda: json.loads(f'"{WORDS}')):
        try:
            act()
        except Exception:
            logger.exception("failed")
    assert_says_nothing(log)
    for kind in ("KeyError", "ValueError", "UnicodeDecodeError", "ExceptionGroup", "LookupError", "which led to"):
        assert kind in log.text


def test_reasons_of_the_system_and_the_database_are_logged(log: Log) -> None:
    engine = create_engine("sqlite://")
    for act in (
        lambda: open(f"/nowhere/{WORDS}"),  # noqa: SIM115
        lambda: engine.connect().execute(text("SELECT * FROM gone WHERE x = :x"), {"x": WORDS}),
    ):
        try:
            act()
        except Exception:
            logger.exception("failed")
    engine.dispose()
    assert_says_nothing(log)
    assert "FileNotFoundError: No such file or directory" in log.text
    assert "sqlite3.OperationalError: no such table: gone" in log.text
    assert "sqlalchemy.exc.OperationalError" in log.text


async def test_words_quoted_by_a_database_are_never_logged(log: Log, store: Store) -> None:
    def twice(tx: Transaction) -> None:
        from core.ports.inbox import NewUpdate

        tx.conversations.put(1, 1, {"words": WORDS}, None)  # type: ignore[arg-type]
        tx.inbox.receive([NewUpdate(1, 1, WORDS)], None)  # type: ignore[arg-type]

    try:
        await store.write(twice)
    except Exception:
        logger.exception("failed")
    assert_says_nothing(log)


async def test_only_the_code_of_a_postgresql_error_is_logged(log: Log, bare_postgres_url: str) -> None:
    from sqlalchemy import make_url

    url = make_url(bare_postgres_url)
    connection = await asyncpg.connect(host=str(url.query["host"]), user="postgres", database=url.database)
    try:
        await connection.execute("CREATE TABLE t (key text PRIMARY KEY)")
        await connection.execute("INSERT INTO t VALUES ($1)", WORDS)
        with pytest.raises(asyncpg.PostgresError, match=WORDS) as refused:
            await connection.execute("INSERT INTO t VALUES ($1)", WORDS)
    finally:
        await connection.close()
    logger.error("failed", exc_info=refused.value)
    assert_says_nothing(log)
    assert "UniqueViolationError: 23505" in log.text


async def test_a_task_that_nobody_waited_for_is_not_quoted(log: Log) -> None:
    async def broken() -> None:
        raise RuntimeError(WORDS)

    task = asyncio.create_task(broken())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    assert_says_nothing(log)
    assert "never retrieved" in log.text


async def test_the_libraries_that_talk_to_telegram_write_no_token(log: Log) -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe")
    bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot")
    try:
        await bot.initialize()
    except TelegramError:
        logger.exception("failed")
    finally:
        await bot.shutdown()
    logging.getLogger("uvicorn.error").error("Exception in ASGI application %s", TOKEN)
    assert_says_nothing(log)


async def test_words_quoted_by_telegram_are_never_logged(log: Log) -> None:
    error = BadRequest(f'Can\'t parse entities: unsupported start tag "{WORDS}" at byte offset 7')
    assert reason_of(error) == 'Can\'t parse entities: unsupported start tag "…" at byte offset 7'

    async def refused() -> None:
        raise TelegramError(f'Forbidden: "{WORDS}"')

    with pytest.raises(TelegramError):
        await patiently(refused)
    logger.warning("Telegram said: %s", reason_of(error))
    assert_says_nothing(log)


async def test_a_whole_conversation_leaves_no_words_behind(log: Log, chat: Talk, stage: Stage) -> None:  # noqa: F811
    for words in (f"/plan {WORDS}\n  D: {WORDS} = 5 km", f"{WORDS} 5", f"/log {WORDS} =7", f"/{WORDS}", WORDS, "/tree"):
        await chat.say(words)
    stage.telegram.faults.error(400, f'Bad Request: "{WORDS}"', "sendMessage")
    stage.expects_failure = True
    await chat.say("/help")
    assert_says_nothing(log)

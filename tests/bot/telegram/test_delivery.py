"""Scheduled messages on their way to Telegram, over HTTP, with everything that can go wrong: counted where they arrive.

Their contents do not matter here: a letter of one line stands in for all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

import aiohttp
import pytest
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.telegram import messenger as rules
from bot.telegram.connections import CONNECTIONS, TRIP
from bot.telegram.letter import Letter, Writer
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.services import Services
from core.actions.owners import change_settings, welcome
from core.actions.reminders import add_check_in, set_digest
from core.asking.delivery import CUT, MOST_DOUBTS, Failed, NotNeeded, ShutOut
from core.asking.reminders import Message, MessageKind, NewMessage
from core.asking.schedule import Schedule
from core.goals.model import Level, Owner, OwnerType
from core.group.permissions import Actor
from core.ports.statistics import Counts
from sandbox.faults import Faults
from sandbox.objects import Chat
from sandbox.world import BOT
from scheduler.postman import Postman
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk, text_of
from tests.core.reminders import list_reminders

TRIES = MOST_DOUBTS // CUT
"""How often a message is sent whose answer is lost."""
DUE = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PROMPT, DIGEST = "Mon: how was it?", "Mon: the week"


class Post:
    """A stage's postman with a letter of one line, which `letter` can replace."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.letter: Callable[[str], Letter | NotNeeded] = Letter
        writers: dict[MessageKind, Writer] = {
            MessageKind.CHECK_IN: self.write,
            MessageKind.WEEKLY_DIGEST: self.write,
            MessageKind.PICTURE: self.draw,
        }
        self.messenger = TelegramMessenger(stage.bot.services, stage.bot.bot, writers)
        self.postman = Postman(stage.store, self.messenger, stage.clock, chance=lambda: 0.0)

    async def write(self, services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
        digest = message.kind is MessageKind.WEEKLY_DIGEST
        return self.letter(f"{message.on:%a}: {'the week' if digest else 'how was it?'}")

    async def draw(self, services: Services, owner: Owner, message: Message, now: datetime) -> Letter:
        return Letter("", picture=PIXEL, silent=True)

    async def subscribe(self, chat: Chat, *, digest: bool = False) -> None:
        """A chat in UTC with a check-in (or a digest) at 22:00."""
        store, now, schedule = self.stage.store, self.stage.clock(), Schedule(time(22))
        kind = OwnerType.PRIVATE if chat.type == "private" else OwnerType.GROUP
        await welcome(store, Actor.host(chat.id), kind, "", "en", now)
        await change_settings(store, Actor.host(chat.id), now, timezone="UTC")
        if digest:
            await set_digest(store, Actor.host(chat.id), Level.WEEKLY, Schedule(time(22), frozenset({0})), now)
        else:
            await add_check_in(store, Actor.host(chat.id), schedule, now)

    async def until(self, instant: datetime) -> None:
        """Lets time pass, stopping wherever something is due."""
        while (due := await self.postman.next_due()) and due <= instant:
            self.stage.clock.set(max(due, self.stage.clock()))
            await self.postman.settle()
        self.stage.clock.set(max(instant, self.stage.clock()))

    async def counts(self) -> Counts:
        now = self.stage.clock()
        return await self.stage.store.read(lambda tx: tx.statistics.counts(now))


@pytest.fixture
def post(stage: Stage) -> Post:
    return Post(stage)


@pytest.fixture
def faults(stage: Stage) -> Faults:
    return stage.telegram.faults


def arrived(chat: Chat) -> list[str]:
    """The text of the bot's messages in a chat."""
    return [text_of(message) for message in chat.messages.values() if message["from"]["id"] == BOT.id]


async def test_a_due_digest_arrives_once_with_its_picture(post: Post, chat: Talk) -> None:
    post.letter = lambda text: Letter(text, picture=PIXEL)
    await post.subscribe(chat.chat)
    await post.until(DUE + timedelta(hours=1))
    [message] = chat.chat.messages.values()
    assert text_of(message) == PROMPT
    assert message["photo"]
    assert (await post.counts()).outbox["sent"] == 1


async def test_a_picture_that_is_owed_follows_once_and_in_silence(
    post: Post, chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = list[object]()
    send_photo = LimitedBot.send_photo

    async def noted(bot: LimitedBot, *args: Any, **fields: Any) -> object:
        loud.append(fields["disable_notification"])
        return await send_photo(bot, *args, **fields)

    monkeypatch.setattr(LimitedBot, "send_photo", noted)
    post.letter = lambda text: Letter(text, owes_picture=True)
    await post.subscribe(chat.chat)
    await post.until(DUE + timedelta(hours=1))
    words, picture = chat.chat.messages.values()
    assert text_of(words) == PROMPT
    assert picture["photo"]
    assert "caption" not in picture
    assert loud == [True]
    assert (await post.counts()).outbox["sent"] == 2


async def test_a_message_no_longer_needed_is_not_sent(post: Post, chat: Talk) -> None:
    post.letter = lambda text: NotNeeded("all is done")
    await post.subscribe(chat.chat)
    await post.until(DUE + timedelta(hours=1))
    assert arrived(chat.chat) == []
    assert (await post.counts()).outbox["dropped"] == 1


async def test_someone_who_was_taken_off_the_list_is_not_asked_any_more(stage: Stage) -> None:
    anna, bob = stage.talk("Anna"), stage.talk("Bob")
    await stage.restart(allowed=frozenset({anna.person.id}))
    post = Post(stage)
    for talk in (anna, bob):
        await post.subscribe(talk.chat)
    await post.until(DUE)
    assert (arrived(anna.chat), arrived(bob.chat)) == ([PROMPT], [])


async def test_too_many_requests_waits_as_told(post: Post, chat: Talk, faults: Faults) -> None:
    await post.subscribe(chat.chat)
    faults.too_many_requests("sendMessage", retry_after=1)
    await post.until(DUE)
    assert arrived(chat.chat) == []
    assert await post.postman.next_due() == DUE + SECOND
    await post.until(DUE + SECOND)
    assert arrived(chat.chat) == [PROMPT]


@pytest.mark.parametrize("code", [500, 502, 503])
async def test_telegram_s_own_trouble_is_waited_out(post: Post, chat: Talk, faults: Faults, code: int) -> None:
    await post.subscribe(chat.chat)
    faults.server_error("sendMessage", code=code, times=5)
    await post.until(DUE + timedelta(hours=1))
    assert arrived(chat.chat) == [PROMPT]
    assert len([method for method, _ in post.stage.telegram.requests if method == "sendMessage"]) == 6


async def test_a_connection_cut_before_it_was_taken_loses_nothing(post: Post, chat: Talk, faults: Faults) -> None:
    await post.subscribe(chat.chat)
    faults.cut_before("sendMessage", times=TRIES - 1)
    await post.until(DUE + timedelta(hours=1))
    assert arrived(chat.chat) == [PROMPT]


async def test_a_lost_answer_is_the_one_window_in_which_it_comes_twice(post: Post, chat: Talk, faults: Faults) -> None:
    ben = post.stage.talk("Ben")
    for one in (chat.chat, ben.chat):
        await post.subscribe(one)
    faults.cut_after("sendMessage", chat=chat.chat_id)
    await post.until(DUE + timedelta(hours=1))
    assert arrived(chat.chat) == [PROMPT, PROMPT]
    assert arrived(ben.chat) == [PROMPT]


async def test_after_the_last_try_it_is_dead_logged_and_counted(
    post: Post, chat: Talk, faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    await post.subscribe(chat.chat)
    faults.cut_after("sendMessage", times=100)
    await post.until(DUE + timedelta(hours=1))
    assert len(arrived(chat.chat)) == TRIES
    assert f"to chat {chat.chat_id} is dead: " in caplog.text
    assert (await post.counts()).outbox["dead"] == 1
    faults.clear()
    await post.until(DUE + DAY)
    assert len(arrived(chat.chat)) == TRIES + 1


async def test_a_message_that_telegram_cannot_take_is_dead_at_once(post: Post, chat: Talk) -> None:
    post.letter = lambda text: Letter("<b>unfinished")
    await post.subscribe(chat.chat)
    await post.until(DUE + timedelta(hours=1))
    assert arrived(chat.chat) == []
    assert (await post.counts()).outbox["dead"] == 1


async def test_someone_who_blocks_the_bot_is_left_alone_until_they_write_again(
    post: Post, stage: Stage, chat: Talk
) -> None:
    ben = stage.talk("Ben")
    for one in (chat.chat, ben.chat):
        await post.subscribe(one)
    stage.world.block(chat.person)
    stage.world.updates.clear()  # the news never came: a refusal tells
    await post.until(DUE + DAY)
    assert arrived(chat.chat) == []
    assert arrived(ben.chat) == [PROMPT, "Tue: how was it?"]
    attempts = [params["chat_id"] for method, params in stage.telegram.requests if method == "sendMessage"]
    assert sum(int(chat_id) == chat.chat_id for chat_id in attempts) == 1
    assert (await post.counts()).unreachable == 1

    stage.world.block(chat.person, blocked=False)
    await chat.say("/help")
    assert (await post.counts()).unreachable == 0
    await post.until(DUE + 2 * DAY)
    assert arrived(chat.chat)[-1] == "Wed: how was it?"


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: chat not found",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
    ],
)
async def test_a_chat_that_is_closed_to_the_bot_is_left_alone(
    post: Post, chat: Talk, faults: Faults, description: str
) -> None:
    await post.subscribe(chat.chat)
    faults.error(400, description, "sendMessage")
    await post.until(DUE + DAY)
    assert arrived(chat.chat) == []
    assert (await post.counts()).unreachable == 1


@pytest.mark.parametrize("heard_of_before", [False, True])
async def test_a_group_that_moved_gets_it_once_in_the_new_chat(post: Post, stage: Stage, heard_of_before: bool) -> None:
    anna = stage.world.person("Anna")
    old = stage.world.group("Friends", anna, kind="group")
    await stage.quiet()
    old.messages.clear()  # the welcome
    await post.subscribe(old)
    await post.subscribe(old, digest=True)
    new = stage.world.migrate(old)
    if heard_of_before:
        await stage.quiet()
        assert await stage.store.read(lambda tx: tx.owners.by_chat(new.id)) is not None
    else:
        stage.world.updates.clear()
    await post.until(DUE + timedelta(hours=1))
    assert sorted(arrived(new)) == [PROMPT, DIGEST]
    assert arrived(old) == []
    assert await stage.store.read(lambda tx: tx.owners.by_chat(old.id)) is None
    assert len(await list_reminders(stage.store, Actor.host(new.id))) == 2
    await post.until(DUE + DAY)
    assert arrived(new)[2:] == ["Tue: how was it?"]


async def test_a_message_to_a_deleted_topic_goes_to_the_chat(post: Post, stage: Stage) -> None:
    group = stage.group()
    await stage.quiet()
    group.chat.messages.clear()  # the welcome
    before = len(stage.telegram.requests)
    await post.subscribe(group.chat, digest=True)
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(group.chat_id))
    assert owner is not None
    in_topic = NewMessage("k", MessageKind.CHECK_IN, owner.id, group.chat_id, DUE.date(), DUE, DUE + DAY, thread_id=99)
    await stage.store.write(lambda tx: tx.outbox.add([in_topic], MONDAY_EVENING))
    await post.until(DUE)
    assert sorted(arrived(group.chat)) == [PROMPT, DIGEST]
    sent = [params for method, params in stage.telegram.requests[before:] if method == "sendMessage"]
    threads = [params.get("message_thread_id") for params in sent]
    assert threads.count(None) == 2


async def test_the_words_arrive_alone_if_the_picture_is_refused(
    post: Post, chat: Talk, faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    post.letter = lambda text: Letter(text, picture=PIXEL)
    await post.subscribe(chat.chat)
    for description in (
        "Bad Request: IMAGE_PROCESS_FAILED",
        "Bad Request: not enough rights to send photos to the chat",
    ):
        faults.error(400, description, "sendPhoto")
    await post.until(DUE + DAY)
    assert arrived(chat.chat) == [PROMPT, "Tue: how was it?"]
    assert not any("photo" in message for message in chat.chat.messages.values())
    assert "a picture was not taken" in caplog.text
    assert (await post.counts()).unreachable == 0


async def test_a_turn_that_did_not_come_leaves_no_doubt_and_a_call_that_had_begun_does(
    post: Post, stage: Stage, chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All connections are taken, as behind a limiter that holds: a call that waits in vain has certainly sent
    nothing."""
    monkeypatch.setattr(rules, "PATIENCE", 0.0)
    await post.subscribe(chat.chat)
    connections: Any = stage.bot.bot.request
    for _ in range(CONNECTIONS):
        await connections._turns.acquire()
    await post.until(DUE)
    for _ in range(CONNECTIONS):
        connections._turns.release()
    [message] = await claimed_again(post)
    assert (message.attempt, message.doubts) == (2, 0)

    outcome = await post.messenger.send(message, stage.clock())
    assert outcome == Failed("took too long", doubtful=True)


class Reluctant:
    """A bot that is refused a picture."""

    async def send_photo(self, *_: object, **__: object) -> None:
        trip = TRIP.get()
        assert trip is not None
        trip.begun = True
        raise BadRequest("Image_process_failed")


async def test_words_that_wait_in_vain_behind_a_refused_picture_leave_no_doubt(
    post: Post, stage: Stage, chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_turn(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(rules, "PATIENCE", 0.0)
    monkeypatch.setattr(rules, "post", no_turn)
    post.letter = lambda text: Letter(text, picture=PIXEL)
    await post.subscribe(chat.chat)
    await post.until(DUE)
    [message] = await claimed_again(post)
    messenger = TelegramMessenger(stage.bot.services, cast(LimitedBot, Reluctant()), {MessageKind.CHECK_IN: post.write})
    assert await messenger.send(message, stage.clock()) == Failed("its turn did not come")


async def claimed_again(post: Post) -> list[Message]:
    due = await post.postman.next_due()
    assert due is not None
    return await post.stage.store.write(lambda tx: tx.outbox.claim(due, due + DAY, 10))


def caused(error: TelegramError, cause: Exception | None) -> TelegramError:
    error.__cause__ = cause
    return error


REFUSED = aiohttp.ClientConnectorError(cast(Any, None), OSError(111, "refused"))
NOT_JSON = TelegramError("Invalid server response")
MEANINGS = {
    "a proxy's 403": (caused(Forbidden("Forbidden (403)"), NOT_JSON), Failed("Forbidden (403)")),
    "a proxy's 400": (caused(BadRequest("Bad Request (400)"), NOT_JSON), Failed("Bad Request (400)")),
    "a proxy's 502": (caused(NetworkError("Bad Gateway (502)"), NOT_JSON), Failed("Bad Gateway (502)")),
    "a proxy's 200": (NOT_JSON, Failed("Invalid server response", doubtful=True)),
    "no answer in time": (caused(TimedOut(), aiohttp.SocketTimeoutError()), Failed("Timed out", doubtful=True)),
    "no connection": (caused(NetworkError("refused"), REFUSED), Failed("refused")),
    "no connection in time": (caused(TimedOut(), aiohttp.ConnectionTimeoutError()), Failed("Timed out")),
    "something broke": (caused(NetworkError("?"), RuntimeError()), Failed("?", doubtful=True)),
    "a revoked token": (InvalidToken("Unauthorized"), Failed("Unauthorized")),
    "a conflict": (Conflict("Conflict"), Failed("Conflict")),
    "a rule of the chat": (BadRequest("Chat_write_forbidden"), ShutOut("Chat_write_forbidden")),
}


@pytest.mark.parametrize(("error", "outcome"), MEANINGS.values(), ids=MEANINGS.keys())
def test_errors_and_their_meaning_for_the_message(error: TelegramError, outcome: object) -> None:
    assert rules._outcome_of(error) == outcome


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea7358be00000000049454e44ae426082"
)

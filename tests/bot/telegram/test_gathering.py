"""Messages in a group are gathered, so that nobody waits for the answers to others. The calls are counted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.telegram import gathering
from bot.telegram.calls import NotNow
from bot.telegram.gathering import Gathering, WaitingWords, together
from bot.telegram.limits import Limits
from bot.telegram.throttle import IN_A_GROUP, Allowance, in_group
from sandbox.objects import Person, author_id
from sandbox.world import Event
from tests.bot.company import Company
from tests.bot.conftest import Stage
from tests.bot.planting import planted

CHAT = -100
PATIENCE, STEP = 60.0, 0.02


class Group:
    """A chat that accepts a number of messages, and the calls that it got."""

    def __init__(self, room: float = 20, a_minute: float = 20) -> None:
        self.room = room
        self.calls: list[tuple[str, Any]] = []
        self.gathering = Gathering(lambda chat_id: self.room, a_minute)
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, text: str, is_answer: bool) -> int:
        await self.open.wait()
        self.calls.append(("answer" if is_answer else "send", text))
        return len(self.calls)

    async def rewrite(self, message_id: int, text: str) -> bool:
        self.calls.append((f"edit {message_id}", text))
        return True

    def say(self, name: str, text: str, topic: int | None = None) -> asyncio.Future[Any]:
        return self.gathering.say(CHAT, WaitingWords(name, text, topic, self.send, self.rewrite))

    def does(self, what: str) -> Callable[[], Awaitable[str]]:
        async def call() -> str:
            await self.open.wait()
            self.calls.append(("call", what))
            return what

        return call


async def test_a_single_answer_is_one() -> None:
    group = Group()
    assert await group.say("Ann", "one") == 1
    await group.say("Ben", "two")
    assert group.calls == [("answer", "one"), ("answer", "two")]


async def test_answers_that_wait_are_gathered_with_a_name_above_each() -> None:
    group = Group()
    group.open.clear()
    first = group.say("Ann", "one")
    await asyncio.sleep(0)
    waiting = [group.say("Ben", "two"), group.say("Ben", "three"), group.say("Cleo", "<four>")]
    group.open.set()
    await asyncio.gather(first, *waiting)
    assert group.calls == [("answer", "one"), ("send", "<b>Ben</b>\ntwo\n\nthree\n\n<b>Cleo</b>\n<four>")]


async def test_several_messages_of_one_person_become_one_answer() -> None:
    group = Group()
    await asyncio.gather(group.say("Ann", "one"), group.say("Ann", "two"))
    assert group.calls == [("answer", "one\n\ntwo")]


async def test_topics_are_kept_apart_and_so_is_what_does_not_fit() -> None:
    group = Group()
    await asyncio.gather(group.say("Ann", "a"), group.say("Ben", "b", 7), group.say("Ben", "c" * 4000, 7))
    assert [text for _, text in group.calls] == ["a", f"<b>Ben</b>\nb\n\n{'c' * 4000}".removeprefix("<b>Ben</b>\n")]
    await asyncio.gather(*(group.say("Ann", "d" * 3000) for _ in range(3)))
    assert [len(text) for _, text in group.calls[2:]] == [3000, 3000, 3000]


async def test_when_the_minute_is_used_up_words_are_added_by_an_edit() -> None:
    group = Group()
    await group.say("Ann", "one")
    group.room = 4
    await group.say("Ben", "two")
    await group.say("Ann", "three")
    assert group.calls == [
        ("answer", "one"),
        ("edit 1", "<b>Ann</b>\none\n\n<b>Ben</b>\ntwo"),
        ("edit 1", "<b>Ann</b>\none\n\n<b>Ben</b>\ntwo\n\n<b>Ann</b>\nthree"),
    ]


async def test_files_keep_off_the_share_of_words_and_hold_nobody_up() -> None:
    group = Group(room=8)
    alone = group.gathering.alone(CHAT, group.does("picture"))
    await asyncio.sleep(0.01)
    await group.say("Ann", "one")
    assert group.calls == [("answer", "one")]
    group.room = 9
    assert await alone == "picture"


async def test_files_are_sent_though_words_never_leave_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PATIENCE", 0.0)
    group = Group(room=5)
    files = [group.gathering.alone(CHAT, group.does(name)) for name in ("file", "picture")]
    words = [group.say(name, "done") for name in ("Ann", "Ben")]
    await asyncio.gather(*files, *words)
    assert group.calls == [("call", "file"), ("send", "<b>Ann</b>\ndone\n\n<b>Ben</b>\ndone"), ("call", "picture")]
    group.room = 0
    late = group.gathering.alone(CHAT, group.does("late"))
    await group.say("Cleo", "done")
    assert not late.done()  # nothing is sent while Telegram accepts nothing
    group.room = 1
    assert await late == "late"


async def test_equal_messages_are_sent_once_and_only_the_last_edit_is_made() -> None:
    group = Group()
    group.open.clear()
    first = group.say("Ann", "one")
    await asyncio.sleep(0)
    lists = [group.gathering.alone(CHAT, group.does("list"), ("list",)) for _ in range(50)]
    changes = [group.gathering.change(CHAT, 5, group.does(f"change {at}")) for at in range(50)]
    group.open.set()
    await asyncio.gather(first, *lists, *changes)
    assert group.calls == [("answer", "one"), ("call", "change 49"), ("call", "list")]


async def test_a_call_that_telegram_puts_off_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.gathering.PAUSES", (0.0, 0.0))
    group, refusals = Group(), [NotNow(), NotNow()]

    async def send(text: str, is_answer: bool) -> int:
        if refusals:
            raise refusals.pop()
        return await group.send(text, is_answer)

    await group.gathering.say(CHAT, WaitingWords("Ann", "one", None, send, group.rewrite))
    assert group.calls == [("answer", "one")]


async def test_a_failure_is_reported_and_the_rest_goes_on() -> None:
    group = Group()

    async def broken() -> None:
        raise RuntimeError

    failed = group.gathering.alone(CHAT, broken)
    with pytest.raises(RuntimeError):
        await failed
    await group.say("Ann", "one")
    assert group.calls == [("answer", "one")]


def test_one_persons_texts_need_no_name() -> None:
    async def send(text: str, is_answer: bool) -> None: ...

    async def rewrite(message_id: int, text: str) -> bool:
        return True

    assert together([WaitingWords("Ann", text, None, send, rewrite) for text in "ab"]) == "a\n\nb"


def test_one_person_may_send_what_a_group_takes() -> None:
    assert in_group(Allowance()) == Allowance(IN_A_GROUP, IN_A_GROUP)
    assert in_group(Allowance(5, 3)) == Allowance(5, 3)


@pytest.mark.long
async def test_one_persons_messages_and_fifty_taps_do_not_delay_an_answer_to_others(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "V (from 2026-10-01)\n  D: Run = 5 km\n  D: Read = 20 pages each\n")
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    crowd = a_crowd(stage, company)
    await stage.restart(limits=Limits())
    calls: list[str] = []
    stage.world.listeners.append(lambda event: calls.append(f"{event.message}") if event.message else None)
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(company.chat.id))
    assert owner is not None

    async def is_logged(amount: str) -> bool:
        logged = await stage.store.read(lambda tx: tx.entries.of_owner_latest(owner.id, company.ben.person.id, 1))
        return bool(logged) and str(logged[0].value) == amount

    async def is_told(said: str) -> bool:
        return any(said in text for text in company.bots)

    async def before(words: str, said: str) -> int:
        """The number of calls in the group between the log of Ben's message and its answer."""
        stage.world.say(company.ben.person, company.chat, words)
        await until(lambda: is_logged(words.split()[-1]))
        begun = len(calls)
        await until(lambda: is_told(said))
        return next(at for at, text in enumerate(calls) if said in text) - begun

    for at in range(45):
        stage.world.say(company.anna.person, company.chat, f"/log run {1 + at / 100}")
    assert await before("/log read 7", "Read  7 pages") <= 2
    [hello] = [m for m in company.chat.messages.values() if "Tap Join" in str(m.get("text"))]
    for person in crowd:
        stage.world.tap(person, company.chat, hello["message_id"], "join:")
    assert await before("/log read 8", "Read  8 pages") <= 2
    await stage.quiet()
    assert len(await company.members()) == 2 + len(crowd)
    sent = [m for m in company.chat.messages.values() if author_id(m) == 1]
    assert len(sent) < 45  # the answers to nearly a hundred updates stand together, however long they took


async def test_toasts_do_not_wait_for_what_is_said_in_the_group(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "V (from 2026-10-01)\n  D: Run = 5 km\n")
    crowd, toasts, answers = a_crowd(stage, company), 0, asyncio.Event()

    def hear(event: Event) -> None:
        nonlocal toasts
        toasts += event.kind == "answered"
        if toasts == len(crowd):
            answers.set()

    stage.world.listeners.append(hear)
    stage.telegram.faults.late(chat=company.chat.id, until=answers, times=len(crowd))
    [hello] = [m for m in company.chat.messages.values() if "Tap Join" in str(m.get("text"))]
    for person in crowd:
        stage.world.tap(person, company.chat, hello["message_id"], "join:")
    await stage.quiet()
    assert toasts == len(crowd)
    assert len(await company.members()) == 1 + len(crowd)


@pytest.mark.parametrize("words", ["/board", "/tree", "/tree outline", "/chart", "/log", "/export"])
async def test_an_undelivered_answer_holds_up_nobody(stage: Stage, words: str) -> None:
    company, heard = await Company(stage).settled(), asyncio.Event()
    many = "".join(f"  D: Walk to the place that has the number {at} on its door\n" for at in range(90))
    await planted(company.anna, f"V (from 2026-10-01)\n  D: Run = 5 km\n{many}")
    await company.ben.say("/join")
    stage.telegram.faults.late("sendMessage", chat=company.chat.id, until=heard)
    stage.world.say(company.anna.person, company.chat, words)
    stage.world.say(company.ben.person, company.chat, "/log run 5")

    async def is_logged() -> bool:
        owner = await stage.store.read(lambda tx: tx.owners.by_chat(company.chat.id))
        assert owner is not None
        ben = company.ben.person.id
        return bool(await stage.store.read(lambda tx: tx.entries.of_owner_latest(owner.id, ben, 1)))

    async def is_held() -> bool:
        return not stage.telegram.faults.planned

    await until(is_logged)
    await until(is_held)
    heard.set()
    await stage.quiet()


def a_crowd(stage: Stage, company: Company) -> list[Person]:
    """Fifty more people in the group."""
    crowd = [stage.world.person(f"P{at}") for at in range(50)]
    for person in crowd:
        stage.world.join(person, company.chat)
    return crowd


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition."""
    for _ in range(round(PATIENCE / STEP)):
        if await is_so():
            return
        await asyncio.sleep(STEP)
    raise TimeoutError

"""Whole conversations in the terminal, typed as lines, with the small bot at the other end."""

import io
import textwrap
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from sandbox.clock import SandboxClock
from sandbox.passing import BotSide, Passage
from sandbox.server import LocalTelegram
from sandbox.terminal import HINT, run_terminal
from sandbox.world import World
from tests.sandbox.small_bot import SmallBot

Chat = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def chat(telegram: LocalTelegram, world: World, clock: SandboxClock, small_bot: SmallBot, tmp_path: Path) -> Chat:
    """Type lines; returns the exit status, and the output after the opening hint."""

    async def zone_of(chat_id: int) -> tzinfo:
        return ZoneInfo("Europe/Berlin")

    async def nothing() -> None:
        pass

    async def type_lines(
        lines: str,
        *,
        time_changed: Callable[[], Awaitable[None]] = nothing,
        next_due: Callable[[], Awaitable[datetime | None]] | None = None,
    ) -> tuple[int, str]:
        out = io.StringIO()
        side = BotSide(small_bot.settle, zone_of, time_changed, next_due, lambda: bool(small_bot.errors))
        typed = io.StringIO(textwrap.dedent(lines))
        status = await run_terminal(telegram, Passage(telegram, clock, side), tmp_path / "files", typed, out)
        assert out.getvalue().startswith(HINT.format(bot="goaltree") + "\n")
        return status, out.getvalue().split("\n", 1)[1].strip("\n")

    return type_lines


async def test_messages_and_answers_are_printed_in_turn(chat: Chat) -> None:
    status, printed = await chat("hello\nare you there?")
    assert status == 0
    assert printed == (
        "You: hello\n\ngoaltree: You said hello\n\nYou: are you there?\n\ngoaltree: You said are you there?"
    )


async def test_an_outline_arrives_as_one_message(chat: Chat, world: World) -> None:
    await chat("/plan Run\n  Q: 600 km\n    M: 200 km\nbye\n")
    texts = [m["text"] for m in world.private(world.person()).messages.values() if m["from"]["first_name"] == "You"]
    assert texts == ["/plan Run\n  Q: 600 km\n    M: 200 km", "bye"]


async def test_buttons_are_tapped_and_edits_are_shown(chat: Chat) -> None:
    _, printed = await chat("/ask\n:tap done\n")
    assert printed == (
        "You: /ask\n\n"
        "goaltree: Did you run today?\n  [1 ✅ Done]  [2 Skip]\n\n"
        "  · You tapped [✅ Done]\n  · Saved\n\n"
        "goaltree (edited): You chose done."
    )


async def test_a_number_taps_the_newest_message_and_a_label_also_an_older_one(chat: Chat) -> None:
    _, printed = await chat("/ask\n/ask\n:tap 2\n:tap 2\n:tap 2")
    assert printed.count("You chose skip.") == 2
    assert "! There is no button in this chat yet." in printed


async def test_an_edit_and_a_redelivery_reach_the_bot(chat: Chat) -> None:
    _, printed = await chat("hello\n:edit goodbye\n:again")
    assert printed.count("goaltree: You changed it to goodbye") == 2
    assert "You (edited): goodbye" in printed


async def test_someone_else_speaks_in_a_group_and_alone(chat: Chat, world: World) -> None:
    _, printed = await chat("""
        :as Anna
        hi
        :chat Friends
        /ask
        hi all
        :as Ben
        :tap Skip
        :chat
        hi
        """)
    assert "· Anna, alone with the bot" in printed
    assert "· Anna, in Friends" in printed
    assert "Anna: hi all\n  · In a group the bot sees commands" in printed
    assert "· Ben tapped [Skip]" in printed
    assert printed.endswith("· Ben, alone with the bot\n\nBen: hi\n\ngoaltree: You said hi")
    assert world.group("Friends").has(world.person("Ben").id)


async def test_a_message_to_another_chat_names_it(
    chat: Chat, telegram: LocalTelegram, world: World, small_bot: SmallBot
) -> None:
    anna = world.private(world.person("Anna"))

    async def remind() -> None:
        await small_bot.app.bot.send_message(anna.id, "It is evening.")

    _, printed = await chat(":wait 1h", time_changed=remind)
    assert printed.endswith("⏱ Mon 23 Nov 2026 22:00\n\ngoaltree → Anna: It is evening.")


async def test_the_clock_is_set_in_the_chats_zone(chat: Chat, clock: SandboxClock) -> None:
    _, printed = await chat(":at\n:at 2026-12-24 18:30\n:wait 1w")
    assert printed == "  ⏱ Mon 23 Nov 2026 21:00\n\n  ⏱ Thu 24 Dec 2026 18:30\n\n  ⏱ Thu 31 Dec 2026 18:30"
    assert clock() == datetime(2026, 12, 31, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))


async def test_time_stops_wherever_something_is_due_on_its_way(chat: Chat, clock: SandboxClock) -> None:
    due = [clock() + timedelta(hours=hours) for hours in (1, 25, 100)]
    passed: list[datetime] = []

    async def changed() -> None:
        passed.append(clock())

    async def next_due() -> datetime | None:
        return next((moment for moment in due if moment > clock()), None)

    start = clock()
    await chat(":wait 2d", time_changed=changed, next_due=next_due)
    assert passed == [*due[:2], start + timedelta(days=2)]


async def test_time_stops_for_things_due_while_the_bot_is_busy_or_moments_after_the_minute(
    chat: Chat, clock: SandboxClock
) -> None:
    hour, moment = timedelta(hours=1), timedelta(milliseconds=3)
    start = clock()
    waiting = [start + hour, start + hour + moment, start + 2 * hour, start + 3 * hour + moment]
    passed: list[datetime] = []

    async def changed() -> None:
        passed.append(clock())
        waiting[:] = [due for due in waiting if due > clock()]
        clock.advance(2 * moment)  # it takes its time

    async def next_due() -> datetime | None:
        return min(waiting, default=None)

    _, printed = await chat(":wait 3h", time_changed=changed, next_due=next_due)
    assert passed == [start + hour, start + hour + 2 * moment, start + 2 * hour, start + 3 * hour + moment]
    assert [line[-5:] for line in printed.splitlines() if line] == ["22:00", "23:00", "00:00"]


async def test_a_thing_that_stays_due_is_tried_once_more_and_time_goes_on(chat: Chat, clock: SandboxClock) -> None:
    start = clock()

    async def next_due() -> datetime:
        return start + timedelta(minutes=5)

    await chat(":wait 1h", next_due=next_due)
    assert clock() == start + timedelta(hours=1)


async def test_the_clock_goes_back_at_once(chat: Chat, clock: SandboxClock) -> None:
    async def next_due() -> datetime:
        return clock()

    _, printed = await chat(":at 2026-11-23 20:00", next_due=next_due)
    assert printed == "  ⏱ Mon 23 Nov 2026 20:00"


async def test_files_go_both_ways(chat: Chat, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("remember", encoding="utf-8")
    _, printed = await chat(f"/file\n/file\n:send {tmp_path}/note.txt\n:send {tmp_path}/nothing.txt")
    path = tmp_path / "files" / "plan.json"
    assert f"📎 plan.json (8 B) → {path}\n  Your plan" in printed
    assert path.read_bytes() == b'{"a": 1}'
    assert [file.name for file in path.parent.iterdir()] == ["plan.json"]
    assert "You: 📎 note.txt (8 B)\n\ngoaltree: note.txt: remember" in printed
    assert "cannot be read: No such file or directory." in " ".join(printed.split())


async def test_the_shell_survives_what_makes_no_sense(chat: Chat) -> None:
    status, printed = await chat(":foo\n:tap\n:wait soon\n:at noon\n:edit x\n:reply x\n:again\n::tap\n:help\nhello")
    assert status == 0
    assert "There is no :foo here; :help lists what there is." in printed
    assert "You: :tap\n\ngoaltree: You said :tap" in printed
    assert printed.endswith("goaltree: You said hello")


async def test_a_very_long_message_arrives_in_pieces(chat: Chat, world: World) -> None:
    await chat("🔥word " * 1500)
    mine = [m["text"] for m in world.private(world.person()).messages.values() if m["from"]["first_name"] == "You"]
    assert len(mine) == 3
    assert " ".join(mine) == ("🔥word " * 1500).strip()


async def test_a_failing_bot_ends_in_1_and_the_chat_goes_on(chat: Chat) -> None:
    status, printed = await chat("/fail\nhello")
    assert status == 1
    assert printed.endswith("goaltree: You said hello")


async def test_quit_ends_the_chat_at_once(chat: Chat) -> None:
    assert await chat("hello\n:quit\nnot read") == (0, "You: hello\n\ngoaltree: You said hello")


class Keyboard(io.StringIO):
    """Claims to be a terminal; the keys come through prompt_toolkit's own pipe."""

    def isatty(self) -> bool:
        return True


async def test_at_a_keyboard_enter_sends_and_a_pasted_block_stays_together(
    telegram: LocalTelegram, world: World, clock: SandboxClock, small_bot: SmallBot, tmp_path: Path
) -> None:
    async def zone_of(chat_id: int) -> tzinfo:
        return UTC

    async def nothing() -> None:
        pass

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("hello\r")
        keys.send_text("\x1b[200~/plan\nRun\n  Q: a\x1b[201~\r")
        keys.send_text("one\\\rtwo\r")
        keys.send_text("three\x1b\rfour\r")
        keys.send_text(":foo\r\r\x04")
        side = BotSide(small_bot.settle, zone_of, nothing)
        status = await run_terminal(telegram, Passage(telegram, clock, side), tmp_path, Keyboard(), Keyboard())
    assert status == 0
    mine = [m["text"] for m in world.private(world.person()).messages.values() if m["from"]["first_name"] == "You"]
    assert mine == ["hello", "/plan\nRun\n  Q: a", "one\ntwo", "three\nfour"]


async def test_a_group_is_run_from_the_terminal(chat: Chat, world: World) -> None:
    status, printed = await chat("""
        :as Anna
        :chat Friends
        :topic Sport
        /ask
        :topic
        :add Ben
        :promote Ben
        :hide
        /ask
        :hide
        :kick goaltree
        :add goaltree
        :channel News
        :promote goaltree
        New this week
        :chat Friends
        :link News
        :leave
        :open t.me/goaltree_bot?start=join-1
        :promote Ben
        :open example.org
        """)
    assert status == 0
    for line in (
        "· Anna, in Friends, Sport",
        "Anna: /ask\n\ngoaltree: Did you run today?",
        "· Ben was added to Friends",
        "· Ben is an admin of Friends now",
        "· Anna, in Friends, as the group",
        "Friends: /ask",
        "· goaltree was put out of Friends",
        "· goaltree was added to Friends",
        "· goaltree is an admin of News now",
        "News: New this week",
        "· Anna left Friends",
        "Anna: /start join-1",
        "! That is for groups: go to one first, such as :chat Friends.",
        "! That is no link to the bot, such as t.me/goaltree_bot?start=join.",
    ):
        assert line in printed
    friends, news = world.group("Friends"), world.channel("News")
    assert friends.linked == news.id
    assert friends.is_admin(world.person("Ben").id)
    assert not friends.has(world.person("Anna").id)

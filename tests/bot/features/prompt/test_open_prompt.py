"""An open prompt follows every change to what it shows: logs, /undo, plans, settings, another process."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import pytest

import storage
from bot.telegram.calls import TRIES
from core.actions.log import log
from core.actions.logged import Log
from core.group.permissions import Actor
from sandbox.world import Event
from tests.bot.conftest import PATIENCE, Said, Stage, Talk
from tests.bot.features.log.test_day import data_of
from tests.bot.features.prompt.test_prompt import DAYS_OWN, HALF_PAST, asked, reminded
from tests.processes import started

OPEN = "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km\n• Gym"


def shown(chat: Talk, prompt: Said) -> str:
    """The prompt as the chat shows it."""
    return str(chat.chat.messages[prompt.raw["message_id"]]["text"])


async def test_words_and_undo_are_shown_at_once(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    assert shown(chat, prompt) == OPEN
    [_, edited] = await chat.say("gym")
    assert edited.raw["message_id"] == prompt.raw["message_id"]
    assert edited.text == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"
    await chat.say("/undo")
    assert shown(chat, prompt) == OPEN


async def test_after_undo_the_button_counts_again(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    await chat.tap("✅ Gym")
    await chat.say("/undo")
    assert shown(chat, prompt) == OPEN
    [said] = await chat.tap("✅ Gym")
    assert said.text.startswith("✅ Gym · today done")


async def test_the_reply_above_stays_until_something_else_changes(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    await chat.tap("✅ Gym")
    await chat.stage.quiet()
    assert shown(chat, prompt).startswith("✅ Gym · today done")
    await chat.stage.restart()
    await chat.stage.quiet()
    assert shown(chat, prompt).startswith("✅ Gym · today done")


async def test_a_plan_that_changes_is_shown(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    await chat.say("/plan Vision\n  D: Swim")
    await chat.tap("Apply")
    assert shown(chat, prompt) == OPEN + "\n• Swim"


async def test_settings_that_change_are_shown(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    await chat.say("/settings zone Asia/Tokyo")  # where it is the next morning
    assert shown(chat, prompt) == OPEN.replace("how is it going?", "how did it go?")


async def test_logs_of_another_process_are_shown(chat: Talk) -> None:
    nodes = await reminded(chat, DAYS_OWN)
    [prompt] = await chat.until(HALF_PAST)
    edited = asyncio.Event()

    def hear(event: Event) -> None:
        if event.kind == "edited":
            edited.set()

    chat.stage.world.listeners.append(hear)
    async with storage.open_store(chat.stage._url) as other:
        wanted = Log(nodes["Gym"].id, HALF_PAST.date())
        await log(other, Actor.alone(chat.chat_id), wanted, HALF_PAST)
    async with asyncio.timeout(PATIENCE):
        await edited.wait()
    assert shown(chat, prompt) == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"


async def test_logs_before_a_kill_are_shown_by_the_next_run(chat: Talk) -> None:
    nodes = await reminded(chat, DAYS_OWN)
    [prompt] = await chat.until(HALF_PAST)
    await chat.stage.stop()
    arguments = [chat.stage._url, str(chat.chat_id), str(nodes["Gym"].id), HALF_PAST.isoformat()]
    process = await started("tests.bot.check_off_and_die", *arguments)
    assert await process.wait() == -signal.SIGKILL
    assert shown(chat, prompt) == OPEN
    await chat.stage.start()
    await chat.stage.quiet()
    assert shown(chat, prompt) == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"


async def test_a_tap_whose_own_edit_was_lost_is_shown_all_the_same(chat: Talk, stage: Stage) -> None:
    prompt = await asked(chat, DAYS_OWN)
    stage.telegram.faults.server_error("editMessageText", times=TRIES)
    await chat.press(data_of(prompt, "Gym"), prompt.raw["message_id"])
    assert shown(chat, prompt) == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"


@pytest.mark.parametrize("words", [("gym", "run 5"), ("gym", "run 2", "/undo")])
async def test_the_last_state_is_shown_however_many_come_at_once(chat: Talk, words: tuple[str, ...]) -> None:
    prompt = await asked(chat, DAYS_OWN)
    world: Any = chat.stage.world
    for said in words:
        world.say(chat.person, chat.chat, said)
    await chat.stage.quiet()
    assert "• Gym" not in shown(chat, prompt)
    assert ("0 of 5 km" in shown(chat, prompt)) == (words[-1] == "/undo")

"""Fifty people tap within a second, in ten groups at once: nothing is lost, limits hold, and the final state is
right."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import time
from itertools import pairwise

import pytest

from bot.telegram.limits import CallKind, ChatLimit, Limits
from core.actions.day.circle import read_circle
from core.actions.members import join
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.actions.reminders import set_round
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.group.round import MemberState
from core.planning.outline import parse_outline
from sandbox.objects import Chat, Json
from sandbox.world import Event
from tests.bot.circle import ROUND
from tests.bot.conftest import Stage
from tests.bot.planting import STARTED

pytestmark = pytest.mark.long

GROUPS, PEOPLE = 10, 50
PATIENCE = 200.0
PLAN = "Together (from 2026-10-01)\n  D: Gym each\n"


async def a_group(stage: Stage, number: int) -> Chat:
    """A group of fifty who have joined."""
    now = stage.clock()
    people = [stage.world.person(f"P{number}.{at}") for at in range(PEOPLE)]
    chat = stage.world.group(f"Group {number}", people[0])
    await welcome(stage.store, Actor.host(chat.id), OwnerType.GROUP, f"Group {number}", "en", now)
    await change_settings(stage.store, Actor.host(chat.id), now, timezone="UTC")
    await plant(stage.store, Actor.host(chat.id), parse_outline(PLAN, STARTED), STARTED, now)
    for person in people:
        stage.world.join(person, chat)
        await join(stage.store, Actor.in_group(chat.id, person.id), person.first_name, now)
    await set_round(stage.store, Actor.host(chat.id), time(20), now)
    return chat


def gym(message: Json) -> str:
    return str(message["reply_markup"]["inline_keyboard"][0][0]["callback_data"])


async def test_fifty_taps_within_a_second_in_ten_groups_at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    chats = [await a_group(stage, number) for number in range(GROUPS)]
    await stage.restart(limits=Limits())
    await stage.until(ROUND)
    rounds = {chat.id: list(chat.messages.values())[-1] for chat in chats}
    edits: dict[ChatLimit, list[float]] = defaultdict(list)
    toasts, counted = 0, ChatLimit.count

    def count(limit: ChatLimit, kind: CallKind, now: float) -> None:
        if kind is CallKind.EDIT:
            edits[limit].append(now)
        counted(limit, kind, now)

    monkeypatch.setattr(ChatLimit, "count", count)

    def hear(event: Event) -> None:
        nonlocal toasts
        toasts += event.kind == "answered"

    stage.world.listeners.append(hear)
    for at in range(PEOPLE):  # everybody's first tap, group by group, and so on
        for number, chat in enumerate(chats):
            message = rounds[chat.id]
            stage.world.tap(stage.world.person(f"P{number}.{at}"), chat, message["message_id"], gym(message))
    async with asyncio.timeout(PATIENCE):
        await stage.telegram.taken()
        await stage.bot.settle()

    assert toasts == GROUPS * PEOPLE
    for chat in chats:
        circle = await read_circle(stage.store, Actor.host(chat.id), ROUND.date())
        assert len(circle.round.of(MemberState.DONE)) == PEOPLE
        text = chat.messages[rounds[chat.id]["message_id"]]["text"]
        assert "and 5 more" in text
        assert "⬜" not in text
        assert "Nothing is open any more. 🎉" in text
    assert len(edits) == GROUPS
    for times in edits.values():
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(times)), times
    pending = await stage.store.read(lambda tx: tx.inbox.pending())
    assert pending == []


async def test_taps_before_the_end_are_shown_by_the_next_run(stage: Stage) -> None:
    chat = await a_group(stage, 0)
    await stage.until(ROUND)
    message = list(chat.messages.values())[-1]
    stage.telegram.faults.server_error("editMessageText", times=1000)
    answered = asyncio.Event()
    stage.world.listeners.append(lambda event: answered.set() if event.kind == "answered" else None)
    stage.world.tap(stage.world.person("P0.7"), chat, message["message_id"], gym(message))
    async with asyncio.timeout(PATIENCE):
        await answered.wait()
    await stage.bot._live.close()  # as a process that dies
    assert "P0.7" in chat.messages[message["message_id"]]["text"].split("⬜")[1]
    assert [one.chat_id for one in await stage.store.read(lambda tx: tx.living.changed(9))] == [chat.id]
    stage.telegram.faults.planned.clear()
    await stage.restart()
    await stage.quiet()
    assert "✅ P0.7" in chat.messages[message["message_id"]]["text"]
    assert await stage.store.read(lambda tx: tx.living.changed(9)) == []
    assert len((await read_circle(stage.store, Actor.host(chat.id), ROUND.date())).entries) == 1

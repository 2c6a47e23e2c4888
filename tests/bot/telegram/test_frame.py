"""How updates pass through the bot: once, in order, and not stopped by anybody's mistake."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.application import GoaltreeBot
from bot.features.help import view as help_view
from bot.options import BotOptions
from bot.telegram import calls, poller, setbacks
from bot.telegram.calls import TRIES
from bot.telegram.poller import BotRefused
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.ports.inbox import NewUpdate
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted

RUN = "/plan Fit\n  D: Run = 5 km"


async def value_today(talk: Talk) -> str:
    readings = await read_trees(talk.stage.store, Actor.host(talk.chat_id), MONDAY_EVENING.date())
    return str(readings[0].standing(readings[0].tree.leaves()[0]).value)


async def test_an_unknown_command_gets_one_helpful_sentence(chat: Talk) -> None:
    assert await chat.tell("/frobnicate now") == "I do not know /frobnicate. /help shows what I can do."
    assert await chat.tell("/redo") == "I do not know /redo. /help shows what I can do."
    assert await chat.tell("/sumary") == "I do not know /sumary. Did you mean /summary?"
    assert await chat.tell("/<b>") != ""


async def test_commands_of_other_bots_are_left_alone(stage: Stage, chat: Talk) -> None:
    friends = stage.group()
    assert await chat.say("/help@other_bot") == []
    assert await friends.say("/frobnicate") == []
    assert await friends.say("/frobnicate@other_bot") == []
    assert len(await friends.say("/frobnicate@goaltree_bot")) == 1
    assert "Tick off" in await friends.tell("/help@GoalTree_bot")


async def test_an_update_that_is_delivered_again_changes_nothing(chat: Talk) -> None:
    await chat.say(RUN)
    assert len(await chat.say("/log run 5")) == 1
    assert await chat.again() == []
    assert await value_today(chat) == "5"
    await chat.say("/log run 5")
    assert await value_today(chat) == "10"


async def test_it_remembers_across_a_restart_what_it_has_handled(chat: Talk, stage: Stage) -> None:
    await chat.say(RUN)
    await chat.say("/log run 5")
    await stage.restart()
    assert await chat.again() == []
    assert await value_today(chat) == "5"


async def test_stored_updates_are_handled_at_the_next_start(chat: Talk, stage: Stage) -> None:
    await chat.say(RUN)
    await stage.stop()
    update = stage.world.say(chat.person, chat.chat, "/log run 5")
    stage.world.updates.clear()  # confirmed to Telegram, which will not send it again
    await stage.open_store()
    await stage.store.write(
        lambda tx: tx.inbox.receive([NewUpdate(update["update_id"], 0, json.dumps(update))], MONDAY_EVENING)
    )
    await stage.start_bot()
    await stage.quiet()
    assert await value_today(chat) == "5"
    assert await stage.store.read(lambda tx: tx.inbox.pending()) == []


async def test_a_forged_button_does_nothing(chat: Talk, stage: Stage) -> None:
    await chat.say(RUN)
    bob = stage.talk("Bob")
    await bob.say("/help")
    readings = await read_trees(stage.store, Actor.host(chat.chat_id), MONDAY_EVENING.date())
    leaf = readings[0].tree.leaves()[0].id
    assert await bob.press("nonsense:1:2:3") == []
    assert bob.toasts == ["This button does not work any more."]
    for data in (f"arch:yes:{leaf}", f"arch:ask:{leaf}", f"plan:more:{readings[0].tree.vision.id}"):
        assert await bob.press(data) == []
        assert [toast.partition(")")[0] for toast in bob.toasts] == ["That goal is not here (any more"]
    assert await bob.press("plan:aim:0:weekly:nan") == []
    assert bob.toasts == ["This button does not work any more."]
    for data in ("plan:plant", "plan:level:9:W", "plan:until:x", "plan:aim:0:weekly:5"):
        assert await bob.press(data) == []
        assert bob.toasts == ["These questions are over. /plan begins anew."]
    for data in (
        "zone:Mars/Olympus",
        "arch:yes:x",
        "arch:",
        "set:day:99:99",
        "set:nothing:1",
        "zone:",
        ":",
        "plan:more:",
    ):
        await bob.press(data)
    after = await read_trees(stage.store, Actor.host(chat.chat_id), MONDAY_EVENING.date())
    assert after[0].tree.nodes == readings[0].tree.nodes
    assert await read_trees(stage.store, Actor.host(bob.chat_id), MONDAY_EVENING.date()) == []


async def test_only_those_on_the_list_are_served(stage: Stage) -> None:
    anna, bob = stage.talk("Anna"), stage.talk("Bob")
    await stage.restart(allowed=frozenset({anna.person.id}))
    assert await bob.tell("/start") == (
        "Hello! This bot is kept for a few people, and you are not on its list. Its host can add you."
    )
    assert await bob.say("/plan Fit\n  D: Run") == []
    assert await bob.say("hello") == []
    assert await bob.send("a.json", b"{}") == []
    assert await bob.press("plan:new") == []
    assert await stage.store.read(lambda tx: tx.owners.by_chat(bob.chat_id)) is None
    assert "Planted" in await anna.tell(RUN)
    friends = stage.group("Friends", "Bob")
    assert await friends.say("/start") == []
    assert len(await stage.group("Ours", "Anna").say("/start")) == 1


async def test_a_mistake_of_ours_is_an_apology_and_life_goes_on(
    chat: Talk, stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    quoted = "sec" + "ret words"

    def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError(quoted)

    stage.expects_failure = True
    with monkeypatch.context() as patched:
        patched.setattr(help_view, "overview", broken)
        assert "Sorry, something went wrong" in await chat.tell("/help secret words")
    assert stage.bot.failed
    line = next(record.getMessage() for record in caplog.records if record.levelno == logging.ERROR)
    assert str(chat.chat_id) in line
    assert "RuntimeError" in line
    assert "secret" not in line
    assert "Tick off" in await chat.tell("/help")


async def test_an_answer_is_tried_again_when_telegram_stumbles(chat: Talk, stage: Stage) -> None:
    stage.telegram.faults.server_error("sendMessage")
    assert "Tick off" in await chat.tell("/help")
    stage.telegram.faults.too_many_requests("sendMessage", retry_after=1)
    assert "Tick off" in await chat.tell("/help")
    stage.telegram.faults.forbidden("sendMessage")
    assert await chat.say("/help") == []
    assert "Tick off" in await chat.tell("/help")


async def test_an_answer_that_telegram_does_not_take_for_long_comes_later_and_nothing_is_doubled(
    chat: Talk, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(setbacks, "FIRST_PAUSE", 0.01)
    await planted(chat)
    stage.telegram.faults.server_error("sendMessage", times=2 * TRIES + 1)
    assert (await chat.tell("run 5")).startswith("✅ Run  5 km · today done")
    assert await told(chat) == [("11-23", "5", None)]
    assert not stage.bot.failed


async def test_an_update_that_always_fails_is_given_up_with_an_apology(
    chat: Talk, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(setbacks, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(setbacks, "MOST_SILENCES", 2)
    await planted(chat)
    stage.telegram.faults.server_error("sendMessage", times=2 * TRIES)
    assert await chat.tell("run 5") == (
        "Sorry, something went wrong on my side with “run 5”. If it is not in /log, please send it again in a moment."
    )
    assert await told(chat) == [("11-23", "5", None)]
    assert (await chat.tell("gym")).startswith("✅ Gym")


async def test_polling_goes_on_after_trouble(chat: Talk, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "_longer", lambda pause: 0.0)
    stage.telegram.faults.server_error("getUpdates")
    stage.telegram.faults.cut_before("getUpdates")
    assert "Tick off" in await chat.tell("/help")
    assert "Tick off" in await chat.tell("/help")


async def test_a_wrong_token_is_reported_clearly(stage: Stage) -> None:
    bot = GoaltreeBot(stage.store, stage.clock, "1:WRONG", BotOptions(base_url=stage.telegram.base_url))
    with pytest.raises(BotRefused, match="GOALTREE_BOT_TOKEN"):
        await bot.start()
    await bot.stop()


async def test_the_menus_are_set_and_a_refusal_does_not_matter(stage: Stage) -> None:
    private = stage.world.profile.commands_for({"type": "all_private_chats"})
    groups = stage.world.profile.commands_for({"type": "all_group_chats"})
    assert {"log", "tree", "plan", "export"} <= {command["command"] for command in private}
    assert "export" not in {command["command"] for command in groups}
    stage.telegram.faults.error(400, "Bad Request: no", "setMyCommands")
    await stage.restart()
    assert "Tick off" in await stage.talk().tell("/help")


async def test_messages_of_one_chat_are_answered_in_order(stage: Stage, chat: Talk) -> None:
    await chat.say(RUN)
    for number in range(1, 21):
        stage.world.say(chat.person, chat.chat, f"/frob{number}")
    await stage.quiet()
    answers = [m["text"] for m in chat.chat.messages.values() if m["from"]["is_bot"]][-20:]
    assert [answer.split(".")[0] for answer in answers] == [f"I do not know /frob{n}" for n in range(1, 21)]


async def test_many_people_at_once(stage: Stage) -> None:
    talks = [stage.talk(f"Person {number}") for number in range(30)]
    for talk in talks:
        stage.world.say(talk.person, talk.chat, RUN)
        stage.world.say(talk.person, talk.chat, "run 3")
        stage.world.say(talk.person, talk.chat, "run 4")
    await stage.quiet()
    for talk in talks:
        assert await value_today(talk) == "7"

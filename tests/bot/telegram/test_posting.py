"""A text message: the request to Telegram, and its answer."""

from __future__ import annotations

import json

import pytest
from telegram import ReplyParameters
from telegram.error import BadRequest

from bot.telegram.limiter import Limiter
from bot.telegram.limits import ANSWER, SCHEDULED, Limits
from bot.telegram.posting import post
from tests.bot.conftest import Stage, Talk


async def test_a_message_is_sent_with_what_belongs_to_it_and_gives_its_number(stage: Stage, chat: Talk) -> None:
    first = await post(stage.bot.bot, chat.chat_id, "<b>one</b>")
    reply = ReplyParameters(first, allow_sending_without_reply=True)
    second = await post(stage.bot.bot, chat.chat_id, "two", disable_notification=True, reply_parameters=reply)
    assert [message["text"] for message in chat.chat.messages.values()][-2:] == ["one", "two"]
    assert list(chat.chat.messages)[-2:] == [first, second]
    sent = [fields for method, fields in stage.telegram.requests if method == "sendMessage"][-2:]
    kinds = {"parse_mode": "HTML", "link_preview_options": '{"is_disabled": true}', "chat_id": str(chat.chat_id)}
    assert sent[0] == kinds | {"text": "<b>one</b>"}
    assert json.loads(sent[1]["reply_parameters"]) == {"message_id": first, "allow_sending_without_reply": True}
    assert sent[1]["disable_notification"] == "true"


async def test_a_refusal_by_telegram_is_raised(stage: Stage, chat: Talk) -> None:
    with pytest.raises(BadRequest):
        await post(stage.bot.bot, chat.chat_id, "5 < 6")


async def test_it_waits_for_its_turn_by_its_priority(stage: Stage, chat: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = []
    turn = Limiter._turn

    async def noted(self: Limiter, key: object, kind: object, priority: int) -> None:
        turns.append((key, priority))
        await turn(self, key, kind, priority)  # type: ignore[arg-type]

    await chat.say("/help")
    await stage.restart(limits=Limits())
    monkeypatch.setattr(Limiter, "_turn", noted)
    await post(stage.bot.bot, chat.chat_id, "one")
    await post(stage.bot.bot, chat.chat_id, "two", priority=SCHEDULED)
    assert turns == [(chat.chat_id, ANSWER), (chat.chat_id, SCHEDULED)]

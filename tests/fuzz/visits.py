"""Steps of `strategies` carried out in the world of a `Harness`, by people in chats that are not the victims'."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sandbox.errors import ApiError
from sandbox.objects import Json, Upload
from tests.fuzz.harness import ANNA, CLEO, GROUP, Harness
from tests.fuzz.updates import KINDS


async def visit(harness: Harness, step: tuple[Any, ...]) -> None:
    """Carry out one step, unless Telegram's apps do not allow it (an empty message)."""
    what, *how = step
    with suppress(ValueError, LookupError, ApiError):
        await _STEPS[what](harness, *how)
    await harness.taken()


def _who(chat_id: int) -> Any:
    return CLEO if chat_id == CLEO.id else ANNA


async def _say(harness: Harness, chat_id: int, text: str) -> None:
    harness.world.say(_who(chat_id), harness.world.chats[chat_id], text)


async def _reply(harness: Harness, chat_id: int, which: int, text: str) -> None:
    messages = sorted(harness.world.chats[chat_id].messages)
    to = messages[which % len(messages)] if messages else None
    harness.world.say(_who(chat_id), harness.world.chats[chat_id], text, reply_to=to)


async def _tap(harness: Harness, chat_id: int, which: int) -> None:
    """A button that was sent, new or old."""
    chat = harness.world.chats[chat_id]
    buttons = [
        (message["message_id"], button["callback_data"])
        for message in chat.messages.values()
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    ]
    if buttons:
        harness.world.tap(_who(chat_id), chat, *buttons[which % len(buttons)])


async def _press(harness: Harness, chat_id: int, which: int, data: str) -> None:
    messages = sorted(harness.world.chats[chat_id].messages) or [0]
    harness.world.tap(_who(chat_id), harness.world.chats[chat_id], messages[which % len(messages)], data)


async def _press_nothing(harness: Harness, chat_id: int, data: str) -> None:
    """A tap on a message so old that Telegram no longer sends its contents."""
    chat, person = harness.world.chats[chat_id], _who(chat_id)
    message = {"message_id": 1, "date": 0, "chat": chat.json()}
    query = {"id": "9", "from": person.json(), "message": message, "chat_instance": "1", "data": data}
    harness.world.push("callback_query", query)


async def _edit(harness: Harness, chat_id: int, which: int, text: str) -> None:
    person = _who(chat_id)
    messages = harness.world.chats[chat_id].messages
    mine = sorted(number for number, message in messages.items() if message["from"]["id"] == person.id)
    if mine and text.strip():
        harness.world.edit(person, harness.world.chats[chat_id], mine[which % len(mine)], text)
    elif text.strip():  # about a message that the bot never saw
        unseen = {"message_id": 77, "from": person.json(), "chat": harness.world.chats[chat_id].json(), "date": 1}
        harness.world.push("edited_message", {**unseen, "edit_date": harness.world.now(), "text": text.strip()})


async def _send(harness: Harness, chat_id: int, name: str, content: bytes, caption: str) -> None:
    upload = Upload(name, content, "application/json")
    harness.world.send_file(_who(chat_id), harness.world.chats[chat_id], upload, caption)


async def _again(harness: Harness) -> None:
    harness.world.again()


async def _anonymous(harness: Harness, text: str) -> None:
    harness.world.say(ANNA, harness.world.chats[GROUP], text, sender_chat=harness.world.chats[GROUP])


async def _blocked(harness: Harness, blocked: bool) -> None:
    harness.world.block(ANNA, blocked=blocked)


async def _wait(harness: Harness, minutes: int) -> None:
    """Time passes, and due messages come."""
    harness.clock.advance(timedelta(minutes=minutes))
    await harness.postman.settle()


_STEPS: dict[str, Callable[..., Awaitable[None]]] = {
    "say": _say,
    "reply": _reply,
    "tap": _tap,
    "press": _press,
    "press_nothing": _press_nothing,
    "edit": _edit,
    "send": _send,
    "again": _again,
    "anonymous": _anonymous,
    "blocked": _blocked,
    "wait": _wait,
}


def numbered(harness: Harness, update: Json) -> Json:
    """With an id, which every update must have."""
    known = {"update_id": harness.next_id(), **update}
    for kind in KINDS:
        content = known.get(kind)
        if isinstance(content, dict) and kind == "callback_query":
            content = content.get("message")
        chat = content.get("chat") if isinstance(content, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int) and chat["id"] not in harness.world.chats:
            _open_chat(harness, chat["id"], "private" if chat["id"] > 0 else "supergroup")
    return known


def _open_chat(harness: Harness, chat_id: int, kind: str) -> None:
    from sandbox.objects import Chat

    harness.world.chats[chat_id] = Chat(chat_id, kind, "?", members={harness.world.bot.id: "member"})

"""Steps of `supply` carried out in the world of a `Bench`: by people, in chats that are no victim's."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from sandbox.errors import ApiError
from sandbox.objects import Json, Upload
from tests.fuzz.bench import ANNA, CLEO, GROUP, Bench
from tests.fuzz.supply import KINDS


async def visit(bench: Bench, step: tuple[Any, ...]) -> None:
    """Carries out one step; what cannot be done in Telegram's apps (an empty message) is not."""
    what, *how = step
    with suppress(ValueError, LookupError, ApiError):
        await _STEPS[what](bench, *how)
    await bench.taken()


def _who(chat_id: int) -> Any:
    return CLEO if chat_id == CLEO.id else ANNA


async def _say(bench: Bench, chat_id: int, text: str) -> None:
    bench.world.say(_who(chat_id), bench.world.chats[chat_id], text)


async def _reply(bench: Bench, chat_id: int, which: int, text: str) -> None:
    messages = sorted(bench.world.chats[chat_id].messages)
    to = messages[which % len(messages)] if messages else None
    bench.world.say(_who(chat_id), bench.world.chats[chat_id], text, to)


async def _tap(bench: Bench, chat_id: int, which: int) -> None:
    """A button that was given out, new or old."""
    chat = bench.world.chats[chat_id]
    buttons = [
        (message["message_id"], button["callback_data"])
        for message in chat.messages.values()
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    ]
    if buttons:
        bench.world.tap(_who(chat_id), chat, *buttons[which % len(buttons)])


async def _press(bench: Bench, chat_id: int, which: int, data: str) -> None:
    messages = sorted(bench.world.chats[chat_id].messages) or [0]
    bench.world.tap(_who(chat_id), bench.world.chats[chat_id], messages[which % len(messages)], data)


async def _press_nothing(bench: Bench, chat_id: int, data: str) -> None:
    """A tap on a message so old that Telegram does not say any more what it was."""
    chat, person = bench.world.chats[chat_id], _who(chat_id)
    message = {"message_id": 1, "date": 0, "chat": chat.json()}
    query = {"id": "9", "from": person.json(), "message": message, "chat_instance": "1", "data": data}
    bench.world.push("callback_query", query)


async def _edit(bench: Bench, chat_id: int, which: int, text: str) -> None:
    person = _who(chat_id)
    messages = bench.world.chats[chat_id].messages
    mine = sorted(number for number, message in messages.items() if message["from"]["id"] == person.id)
    if mine and text.strip():
        bench.world.edit(person, bench.world.chats[chat_id], mine[which % len(mine)], text)
    elif text.strip():  # of a message that the bot never saw
        unseen = {"message_id": 77, "from": person.json(), "chat": bench.world.chats[chat_id].json(), "date": 1}
        bench.world.push("edited_message", {**unseen, "edit_date": bench.world.now(), "text": text.strip()})


async def _send(bench: Bench, chat_id: int, name: str, content: bytes, caption: str) -> None:
    upload = Upload(name, content, "application/json")
    bench.world.say(_who(chat_id), bench.world.chats[chat_id], caption, document=upload)


async def _again(bench: Bench) -> None:
    bench.world.again()


async def _anonymous(bench: Bench, text: str) -> None:
    bench.world.say(ANNA, bench.world.chats[GROUP], text, anonymous=True)


async def _blocked(bench: Bench, blocked: bool) -> None:
    bench.world.block(ANNA, blocked=blocked)


async def _wait(bench: Bench, minutes: int) -> None:
    """Time passes; what is due comes."""
    bench.clock.advance(timedelta(minutes=minutes))
    await bench.postman.settle()


_STEPS = {
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


def numbered(bench: Bench, update: Json) -> Json:
    """With an id, which is all that an inbox cannot do without."""
    known = {"update_id": bench.next_id(), **update}
    for kind in KINDS:
        content = known.get(kind)
        if isinstance(content, dict) and kind == "callback_query":
            content = content.get("message")
        chat = content.get("chat") if isinstance(content, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int) and chat["id"] not in bench.world.chats:
            _open_chat(bench, chat["id"], "private" if chat["id"] > 0 else "supergroup")
    return known


def _open_chat(bench: Bench, chat_id: int, kind: str) -> None:
    from sandbox.objects import Chat

    bench.world.chats[chat_id] = Chat(chat_id, kind, "?", members={bench.world.bot.id: "member"})

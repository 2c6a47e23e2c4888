"""The traffic between the local Telegram and the bot, compared with aiogram's reading of the Bot API."""

import httpx
import pytest
from telegram import Bot

from sandbox.clock import SandboxClock
from sandbox.objects import Upload
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.sandbox.bot_api import assert_valid_message, assert_valid_request, assert_valid_result, assert_valid_update
from tests.sandbox.small_bot import BUTTONS, SmallBot
from tests.sandbox.test_messages import PNG


def test_every_update_is_one_that_telegram_could_send(world: World, clock: SandboxClock) -> None:
    anna, you = world.person("Anna", username="anna"), world.person()
    friends = world.group("Friends", anna, kind="group")
    world.updates.allow(["message", "edited_message", "callback_query", "my_chat_member", "chat_member"])
    world.set_member(friends, world.bot, "administrator")
    world.join(you, friends)
    said = world.say(you, friends, "/log@goaltree_bot 🔥 #run https://example.org @anna")["message"]
    world.edit(you, friends, said["message_id"], "/log gym")
    world.say(anna, friends, "yes", reply_to=said["message_id"])
    world.say(anna, friends, "/log", sender_chat=friends)
    world.send_file(you, None, Upload("a.json", b"{}", "application/json"), "a caption")
    asked = world.store(friends, world.bot, {"text": "x", "reply_markup": BUTTONS.to_dict()})
    world.tap(anna, friends, asked["message_id"], "done")
    world.set_member(friends, you, "kicked", by=anna)
    world.block(you)
    world.migrate(friends)
    updates = world.updates.take(0, 100)
    assert len(updates) >= 14
    for update in updates:
        assert_valid_update(update)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getMe", {}),
        ("getChat", {"chat_id": "GROUP"}),
        ("getChat", {"chat_id": "YOU"}),
        ("getChatMember", {"chat_id": "GROUP", "user_id": 1}),
        ("getChatMember", {"chat_id": "GROUP", "user_id": "YOU"}),
        ("getChatAdministrators", {"chat_id": "GROUP"}),
        ("getChatMemberCount", {"chat_id": "GROUP"}),
        ("getWebhookInfo", {}),
        ("getMyDescription", {}),
        ("getMyShortDescription", {}),
        ("getMyName", {}),
        ("getChatMenuButton", {}),
        ("setMyCommands", {"commands": [{"command": "log", "description": "Log"}]}),
        ("getMyCommands", {}),
        ("sendChatAction", {"chat_id": "YOU", "action": "typing"}),
        ("sendMessage", {"chat_id": "YOU", "text": "<b>x</b> /log", "parse_mode": "HTML"}),
        (
            "sendMessage",
            {"chat_id": "YOU", "text": "<pre>x</pre><blockquote expandable>y</blockquote>", "parse_mode": "html"},
        ),
        ("sendMessage", {"chat_id": "YOU", "text": "x", "link_preview_options": {"is_disabled": True}}),
        ("SENDMESSAGE", {"chat_id": "YOU", "text": "names are not case-sensitive"}),
    ],
)
async def test_every_answer_is_of_the_type_that_telegram_gives(
    telegram: LocalTelegram, world: World, method: str, params: dict[str, object]
) -> None:
    places = {"GROUP": world.group("Friends").id, "YOU": world.private(world.person()).id}
    sent = {name: places.get(str(value), value) for name, value in params.items()}
    async with httpx.AsyncClient() as client:
        answer = (await client.post(f"{telegram.base_url}/bot{telegram.token}/{method}", json=sent)).json()
    assert answer["ok"], answer
    assert_valid_result(method, answer["result"])


async def test_files_and_pictures_are_written_as_telegram_writes_them(bot: Bot, world: World) -> None:
    chat = world.private(world.person())
    await bot.send_document(chat.id, b"{}", filename="plan.json", caption="x")
    await bot.send_photo(chat.id, PNG)
    for message in chat.messages.values():
        assert_valid_message(message)


async def test_every_request_of_a_real_bot_is_understood(
    small_bot: SmallBot, world: World, telegram: LocalTelegram
) -> None:
    for text in ("hello", "/ask", "/file"):
        world.say("You", None, text)
    await telegram.taken()
    await small_bot.settle()
    asked = next(m for m in world.private(world.person()).messages.values() if "reply_markup" in m)
    world.tap("You", None, asked["message_id"], "done")
    await telegram.taken()
    await small_bot.settle()
    used = {method for method, _ in telegram.requests}
    assert {"getMe", "getUpdates", "sendMessage", "sendDocument", "answerCallbackQuery", "editMessageText"} <= used
    for method, params in telegram.requests:
        assert_valid_request(method, params)
    assert not small_bot.errors


def test_the_validation_notices_what_is_wrong(world: World) -> None:
    update = world.say("You", None, "hi")
    update["message"]["colour"] = "red"
    with pytest.raises(AssertionError, match="colour"):
        assert_valid_update(update)
    with pytest.raises(AssertionError, match="colour"):
        assert_valid_request("sendMessage", {"chat_id": "1", "text": "x", "colour": "red"})
    with pytest.raises(ValueError, match="text"):
        assert_valid_request("sendMessage", {"chat_id": "1"})

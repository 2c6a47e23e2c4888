"""The bot's messages, as python-telegram-bot sees them."""

import io
import struct
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, NetworkError

from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import Event, World

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"\x00" * 20


def keyboard(*labels: str, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label in labels])


@pytest.fixture
def you(world: World) -> int:
    """The id of your private chat with the bot."""
    return world.private(world.person()).id


async def refused(call: Any) -> str:
    with pytest.raises(BadRequest) as refusal:
        await call
    return refusal.value.message


async def test_html_is_shown_as_text_with_entities(bot: Bot, you: int) -> None:
    message = await bot.send_message(you, "🔥 <b>12</b> days, see /tree", parse_mode="HTML")
    assert message.text == "🔥 12 days, see /tree"
    assert [(e.type, message.parse_entity(e)) for e in message.entities] == [("bold", "12"), ("bot_command", "/tree")]


async def test_a_message_has_the_date_of_the_clock(bot: Bot, you: int, clock: SandboxClock) -> None:
    clock.advance(timedelta(days=300))
    assert (await bot.send_message(you, "hi")).date == clock()


async def test_an_edit_replaces_the_text_and_takes_the_buttons_away(bot: Bot, you: int, world: World) -> None:
    heard: list[Event] = []
    world.listeners.append(heard.append)
    sent = await bot.send_message(you, "one", reply_markup=keyboard("a"))
    edited = await sent.edit_text("two")
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.message_id) == ("two", None, sent.message_id)
    assert [event.kind for event in heard] == ["sent", "edited"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, you: int) -> None:
    sent = await bot.send_message(you, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard("a"))
    same = sent.edit_text("<strong>one</strong> ", parse_mode="HTML", reply_markup=keyboard("a"))
    assert (await refused(same)).startswith("Message is not modified: specified new message content and reply markup")
    await sent.edit_reply_markup(keyboard("b"))
    assert "not modified" in await refused(sent.edit_reply_markup(keyboard("b")))


async def test_texts_have_their_limits_after_the_entities_are_parsed(bot: Bot, you: int) -> None:
    await bot.send_message(you, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    sent = await bot.send_message(you, "🔥" * 2048)
    assert await refused(bot.send_message(you, "🔥" * 2048 + "x")) == "Message is too long"
    assert await refused(sent.edit_text("x" * 4097)) == "Message_too_long"
    assert await refused(bot.send_message(you, "")) == "Message text is empty"
    assert await refused(bot.send_message(you, " \n ")) == "Text must be non-empty"
    long_caption = bot.send_document(you, b"x", caption="x" * 1025)
    assert await refused(long_caption) == "Message caption is too long"


async def test_broken_html_is_refused_and_nothing_is_sent(bot: Bot, you: int, world: World) -> None:
    said = await refused(bot.send_message(you, "5 < 6", parse_mode="HTML"))
    assert said == 'Can\'t parse entities: unsupported start tag "" at byte offset 2'
    assert not world.chats[you].messages


async def test_buttons_have_their_limits(bot: Bot, you: int) -> None:
    await bot.send_message(you, "x", reply_markup=keyboard("a", data="x" * 64))
    assert await refused(bot.send_message(you, "x", reply_markup=keyboard("a", data="é" * 33))) == "Button_data_invalid"
    await bot.send_message(you, "x", reply_markup=keyboard(*["a"] * 100))
    assert await refused(bot.send_message(you, "x", reply_markup=keyboard(*["a"] * 101))) == "Reply markup is too long"


async def test_a_missing_message_cannot_be_edited_answered_or_deleted(bot: Bot, you: int, world: World) -> None:
    theirs = world.say("You", None, "hi")["message"]["message_id"]
    assert await refused(bot.edit_message_text("x", you, 99999)) == "Message to edit not found"
    assert await refused(bot.edit_message_text("x", you, theirs)) == "Message can't be edited"
    assert await refused(bot.delete_message(you, 99999)) == "Message to delete not found"
    lost = bot.send_message(you, "x", reply_parameters=ReplyParameters(99999))
    assert await refused(lost) == "Message to be replied not found"
    lenient = ReplyParameters(99999, allow_sending_without_reply=True)
    assert (await bot.send_message(you, "x", reply_parameters=lenient)).reply_to_message is None
    assert await refused(bot.send_message(4711, "x")) == "Chat not found"
    assert "query is too old" in (await refused(bot.answer_callback_query("4711"))).lower()


async def test_an_old_message_cannot_be_deleted(bot: Bot, you: int, clock: SandboxClock) -> None:
    sent = await bot.send_message(you, "x")
    clock.advance(timedelta(hours=49))
    assert await refused(sent.delete()) == "Message can't be deleted for everyone"


async def test_a_document_goes_up_and_comes_down(bot: Bot, you: int) -> None:
    sent = await bot.send_document(
        you, io.BytesIO(b'{"a": 1}'), filename="plan é.json", caption="<b>x</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type, sent.document.file_size) == (
        "plan é.json",
        "application/json",
        8,
    )
    assert sent.caption == "x"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b'{"a": 1}'
    again = await bot.send_document(you, sent.document.file_id)
    assert again.document == sent.document
    assert "file_id" in (await refused(bot.send_document(you, "nonsense"))).lower()


async def test_a_picture_has_its_size_and_can_be_replaced(bot: Bot, you: int) -> None:
    sent = await bot.send_photo(you, PNG, caption="before")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (800, 600)
    recaptioned = await sent.edit_caption("after")
    assert isinstance(recaptioned, Message)
    assert recaptioned.caption == "after"
    replaced = await sent.edit_media(InputMediaDocument(b"text", filename="a.txt"))
    assert isinstance(replaced, Message)
    assert replaced.document is not None
    assert await refused(bot.send_photo(you, b"not a picture")) == "Image_process_failed"


async def test_a_big_file_is_refused(bot: Bot, world: World, you: int) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(you, b"x" * (50 * 1024 * 1024 + 1))


async def test_reactions_come_from_telegrams_list(bot: Bot, you: int, world: World) -> None:
    heard: list[Event] = []
    world.listeners.append(heard.append)
    theirs = world.say("You", None, "hi")["message"]["message_id"]
    await bot.set_message_reaction(you, theirs, "👍")
    assert heard[-1].text == "👍"
    assert await refused(bot.set_message_reaction(you, theirs, ReactionTypeEmoji("✅"))) == "Reaction_invalid"


async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("log", "Log a goal")])
    await bot.set_my_commands([BotCommand("log", "Ziel abhaken")], BotCommandScopeAllGroupChats(), "de")
    assert (await bot.get_my_commands())[0].description == "Log a goal"
    assert (await bot.get_my_commands(BotCommandScopeAllGroupChats(), "de"))[0].description == "Ziel abhaken"
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    assert await refused(bot.set_my_commands([("Log", "x")])) == "Bot_command_invalid"


async def test_members_and_admins_are_reported(bot: Bot, world: World) -> None:
    anna, ben = world.person("Anna"), world.person("Ben")
    friends = world.group("Friends", anna)
    world.join(ben, friends)
    assert [admin.user.first_name for admin in await bot.get_chat_administrators(friends.id)] == ["Anna"]
    assert (await bot.get_chat_member(friends.id, ben.id)).status == "member"
    assert (await bot.get_chat_member(friends.id, world.private(world.person()).id)).status == "left"
    assert (await bot.get_chat(friends.id)).title == "Friends"
    await bot.leave_chat(friends.id)
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(friends.id, "x")


async def test_someone_who_blocked_the_bot_gets_nothing(bot: Bot, world: World, you: int) -> None:
    world.block(world.person())
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(you, "x")
    world.say("You", None, "/start")
    await bot.send_message(you, "welcome back")


async def test_a_wrong_token_is_not_let_in(telegram: LocalTelegram) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("2:WRONG", base_url=f"{telegram.base_url}/bot"):
            pass


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("makeCoffee")

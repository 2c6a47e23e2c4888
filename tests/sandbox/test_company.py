"""Groups with topics, channels, rights and senders who are no users, as in Telegram."""

from __future__ import annotations

import json

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from sandbox.objects import ANONYMOUS_ADMIN, CHANNEL_BOT, GENERAL, TELEGRAM, Chat, Json
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.sandbox.bot_api import assert_valid_message, assert_valid_result, assert_valid_update
from tests.sandbox.test_messages import PNG

ALL_KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "channel_post"]


def updates(world: World) -> list[Json]:
    result = world.updates.take(0, 100)
    for update in result:
        assert_valid_update(update)
    world.updates.clear()
    return result


@pytest.fixture
def friends(world: World) -> Chat:
    """Anna's group with Ben and the bot."""
    world.updates.allow(ALL_KINDS)
    group = world.group("Friends", world.person("Anna"))
    world.join(world.person("Ben"), group)
    world.updates.clear()
    return group


@pytest.fixture
def news(world: World) -> Chat:
    """Anna's channel, in which the bot may post."""
    world.updates.allow(ALL_KINDS)
    channel = world.channel("News", world.person("Anna"), username="news")
    world.promote(channel, world.bot, by=world.person("Anna"))
    return channel


def test_a_topics_messages_carry_its_number_and_general_ones_do_not(world: World, friends: Chat) -> None:
    sport = world.topic(friends, "Sport", world.person("Anna"))
    assert world.topic(friends, "sport") == sport
    there = world.say("Ben", friends, "/log", topic=sport)["message"]
    assert (there["message_thread_id"], there["is_topic_message"]) == (sport, True)
    # Telegram lets it "answer" the message that opened the topic.
    assert there["reply_to_message"]["message_id"] == sport
    general = world.say("Ben", friends, "/log")["message"]
    assert general.keys().isdisjoint({"message_thread_id", "is_topic_message", "reply_to_message"})
    answer = world.say("Anna", friends, "/tree", reply_to=there["message_id"])["message"]
    assert answer["message_thread_id"] == sport
    updates(world)


def test_answers_in_a_group_without_topics_carry_a_threads_number(world: World, friends: Chat) -> None:
    first = world.say("Ben", friends, "/log")["message"]["message_id"]
    second = world.say("Anna", friends, "/log", reply_to=first)["message"]
    third = world.say("Ben", friends, "/log", reply_to=second["message_id"])["message"]
    assert third["message_thread_id"] == first
    assert "is_topic_message" not in third
    updates(world)


async def test_the_bot_writes_in_topics_that_are_there_and_open(bot: Bot, world: World, friends: Chat) -> None:
    sport = world.topic(friends, "Sport")
    sent = await bot.send_message(friends.id, "hi", message_thread_id=sport)
    assert (sent.message_thread_id, sent.is_topic_message) == (sport, True)
    assert_valid_message(friends.messages[sent.message_id])
    for number in (GENERAL, 999_999):
        with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
            await bot.send_message(friends.id, "hi", message_thread_id=number)
    world.close_topic(friends, sport)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(friends.id, "hi", message_thread_id=sport)
    world.close_topic(friends, sport, closed=False)
    world.delete_topic(friends, sport)
    assert sent.message_id not in friends.messages
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(friends.id, "hi", message_thread_id=sport)
    world.close_topic(friends, GENERAL)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(friends.id, "hi")


def test_senders_who_are_no_users(world: World, friends: Chat, news: Chat) -> None:
    world.link(news, friends)
    world.promote(friends, world.bot)
    updates(world)
    hidden = world.say("Anna", friends, "/log", sender_chat=friends)["message"]
    assert (hidden["from"]["id"], hidden["sender_chat"]["id"]) == (ANONYMOUS_ADMIN.id, friends.id)
    through = world.say("Ben", friends, "/log", sender_chat=news)["message"]
    assert (through["from"]["id"], through["sender_chat"]["id"]) == (CHANNEL_BOT.id, news.id)
    post = world.post(news, "New: #goals")["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["id"] == news.id
    forward = list(friends.messages.values())[-1]
    assert (forward["from"]["id"], forward["sender_chat"]["id"]) == (TELEGRAM.id, news.id)
    assert forward["is_automatic_forward"]
    assert forward["forward_origin"]["message_id"] == post["message_id"]
    assert [next(k for k in u if k != "update_id") for u in updates(world)] == [*["message"] * 3, "channel_post"]


def test_someone_who_hides_behind_the_group_still_taps_as_themselves(world: World, friends: Chat) -> None:
    asked = world.store(friends, world.bot, {"text": "x"})
    assert world.tap("Anna", friends, asked["message_id"], "x")["callback_query"]["from"]["first_name"] == "Anna"


def test_the_bot_hears_of_others_coming_and_going_only_as_an_admin(world: World, friends: Chat) -> None:
    ben, cleo = world.person("Ben"), world.person("Cleo")
    world.leave(ben, friends)
    assert [*updates(world)[0]] == ["update_id", "message"]
    world.promote(friends, world.bot, by=world.person("Anna"))
    world.join(cleo, friends)
    world.promote(friends, cleo, by=world.person("Anna"), can_pin_messages=False)
    world.set_member(friends, cleo, "kicked", by=world.person("Anna"))
    heard = updates(world)
    changes = [u["chat_member"]["new_chat_member"]["status"] for u in heard if "chat_member" in u]
    assert changes == ["member", "administrator", "kicked"]
    assert heard[-1]["message"]["left_chat_member"]["id"] == cleo.id


async def test_a_group_may_keep_its_members_from_writing_and_the_bot_with_them(
    bot: Bot, world: World, friends: Chat
) -> None:
    friends.denied = ["can_send_photos"]
    await bot.send_message(friends.id, "hi")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send photos to the chat"):
        await bot.send_photo(friends.id, PNG)
    world.restrict(friends, world.bot)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages to the chat"):
        await bot.send_message(friends.id, "hi")
    assert updates(world)[-1]["my_chat_member"]["new_chat_member"]["can_send_messages"] is False
    world.promote(friends, world.bot)
    await bot.send_message(friends.id, "hi")


async def test_in_a_channel_the_bot_posts_only_as_an_admin_with_that_right(bot: Bot, world: World, news: Chat) -> None:
    friends = world.group("Friends", world.person("Anna"))
    world.link(news, friends)
    sent = await bot.send_message("@news", "This week: 62%")
    assert sent.from_user is None
    assert sent.sender_chat is not None
    assert_valid_message(news.messages[sent.message_id])
    assert list(friends.messages.values())[-1]["text"] == "This week: 62%"
    await bot.edit_message_text("This week: 63%", news.id, sent.message_id)
    world.promote(news, world.bot, can_post_messages=False)
    with pytest.raises(BadRequest, match=r"(?i)need administrator rights in the channel chat"):
        await bot.send_message(news.id, "hi")
    world.set_member(news, world.bot, "left")
    with pytest.raises(Forbidden, match=r"(?i)bot is not a member of the channel chat"):
        await bot.send_message(news.id, "hi")
    with pytest.raises(BadRequest, match=r"(?i)member list is inaccessible"):
        await bot.get_chat_administrators("@news")
    assert (await bot.get_chat("@news")).title == "News"


async def test_an_account_that_is_gone_is_a_number_without_a_name(bot: Bot, world: World, friends: Chat) -> None:
    ben = world.person("Ben")
    world.private(ben)
    world.delete_account(ben)
    member = await bot.get_chat_member(friends.id, ben.id)
    assert (member.status, member.user.first_name) == ("member", "")
    with pytest.raises(Forbidden, match=r"(?i)user is deactivated"):
        await bot.send_message(ben.id, "hi")


async def test_an_invitation_needs_the_right_to_invite(bot: Bot, world: World, friends: Chat) -> None:
    for call in (bot.export_chat_invite_link, bot.create_chat_invite_link):
        with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage chat invite link"):
            await call(friends.id)
    world.promote(friends, world.bot, can_invite_users=False)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage chat invite link"):
        await bot.create_chat_invite_link(friends.id)
    world.promote(friends, world.bot)
    link = await bot.create_chat_invite_link(friends.id)
    assert_valid_result("createChatInviteLink", link.to_dict())
    assert (await bot.export_chat_invite_link(friends.id)).startswith("https://t.me/+")


async def test_admins_and_members_are_written_as_telegram_writes_them(
    telegram: LocalTelegram, bot: Bot, world: World, friends: Chat, news: Chat
) -> None:
    world.promote(friends, world.bot)
    world.promote(friends, world.person("Ben"), can_delete_messages=False)
    friends.anonymous.append(world.person("Ben").id)
    world.restrict(friends, world.person("Cleo"), can_send_messages=True)
    for chat in (friends, news):
        for method in ("getChatAdministrators", "getChat"):
            assert_valid_result(method, await bot._post(method, {"chat_id": chat.id}))
    for name in ("Anna", "Ben", "Cleo", "Dan"):
        answer = await bot._post("getChatMember", {"chat_id": friends.id, "user_id": world.person(name).id})
        assert_valid_result("getChatMember", answer)
    by_id = {a.user.id: a for a in await bot.get_chat_administrators(friends.id)}
    assert by_id.keys() == {world.person("Anna").id, world.person("Ben").id, world.bot.id}
    assert by_id[world.person("Ben").id].to_dict()["is_anonymous"] is True


async def test_edits_are_counted_by_message(bot: Bot, world: World, friends: Chat) -> None:
    first, other = await bot.send_message(friends.id, "0"), await bot.send_message(friends.id, "0")
    for text in ("1", "2", "3"):
        await bot.edit_message_text(text, friends.id, first.message_id)
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        await bot.edit_message_text("3", friends.id, first.message_id)
    await bot.edit_message_text("1", friends.id, other.message_id)
    assert len(world.edits) == 4
    assert [edit.message_id for edit in world.edits] == [*[first.message_id] * 3, other.message_id]


def test_links_start_the_bot_and_add_it_to_groups(world: World, friends: Chat) -> None:
    assert world.open_link("Cleo", "join-7")["message"]["text"] == "/start join-7"
    world.set_member(friends, world.bot, "left")
    updates(world)
    world.add_bot(friends, world.person("Anna"), "here")
    first, second, third = updates(world)
    assert first["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert second["message"]["new_chat_members"][0]["id"] == world.bot.id
    assert third["message"]["text"] == "/start@goaltree_bot here"


def test_a_restart_keeps_topics_rights_and_links(world: World, friends: Chat) -> None:
    sport = world.topic(friends, "Sport")
    world.restrict(friends, world.bot, can_send_messages=True)
    kept = Chat.restored(json.loads(json.dumps(friends.kept())))
    assert kept.topics[sport].name == "Sport"
    assert kept.rights == {world.bot.id: {"can_send_messages": True}}
    assert kept.messages == {}

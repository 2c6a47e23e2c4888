"""The chat that a call is for, and whether the bot may act there; refused in Telegram's words."""

from __future__ import annotations

from sandbox.errors import bad_request, forbidden
from sandbox.objects import GENERAL, Chat
from sandbox.params import Params
from sandbox.rights import may
from sandbox.world import World

_RIGHT = {"text messages": "can_send_messages", "photos": "can_send_photos", "documents": "can_send_documents"}


def named(world: World, params: Params) -> Chat:
    """The chat that a call names; refused if it does not exist, or has become a supergroup."""
    raw = params.text("chat_id")
    if not raw:
        raise bad_request("chat_id is empty")
    chat = _by_name(world, raw[1:]) if raw.startswith("@") else world.chats.get(params.number("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        error = bad_request("group chat was upgraded to a supergroup chat")
        error.parameters = {"migrate_to_chat_id": chat.migrated_to}
        raise error
    return chat


def _by_name(world: World, name: str) -> Chat | None:
    """The channel or group with a public name; private chats have none."""
    named = [chat for chat in world.chats.values() if chat.username and not chat.is_private]
    return next((chat for chat in named if chat.username and chat.username.lower() == name.lower()), None)


def target(world: World, params: Params) -> Chat:
    """The chat of a call; refused too if it is closed to the bot."""
    chat = named(world, params)
    if chat.is_private and (person := world.people.get(chat.id)) and person.is_deleted:
        raise forbidden("user is deactivated")
    if not chat.has(world.bot.id):
        if chat.is_private:
            raise forbidden("bot was blocked by the user")
        was = "was kicked from" if chat.members.get(world.bot.id) == "kicked" else "is not a member of"
        raise forbidden(f"bot {was} the {chat.type} chat")
    return chat


def may_send(world: World, params: Params, what: str) -> Chat:
    """The chat of a call that sends text messages, photos or documents."""
    chat = target(world, params)
    if chat.is_channel:
        if not may(chat, world.bot.id, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
    elif not chat.is_private and not chat.is_admin(world.bot.id) and not may(chat, world.bot.id, _RIGHT[what]):
        raise bad_request(f"not enough rights to send {what} to the chat")
    return chat


def thread_of(world: World, chat: Chat, named: int, reply_to: int) -> int | None:
    """The topic of a message: the one named, or that of the message it replies to. Refused if it does not exist or is
    closed to the bot. The general topic has no number."""
    answered = chat.messages.get(reply_to, {})
    if not named and answered.get("is_topic_message"):
        named = answered["message_thread_id"]
    if named and named not in chat.topics.keys() - {GENERAL}:
        raise bad_request("message thread not found")
    topic = chat.topics.get(named or GENERAL)
    if topic and topic.is_closed and not _manages_topics(world, chat):
        raise bad_request("TOPIC_CLOSED")
    return named or None


def _manages_topics(world: World, chat: Chat) -> bool:
    return chat.is_admin(world.bot.id) and may(chat, world.bot.id, "can_manage_topics")

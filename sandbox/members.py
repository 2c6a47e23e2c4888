"""The Bot API's methods about chats and their members, all listed in `METHODS`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from sandbox.errors import bad_request
from sandbox.objects import Chat, Json
from sandbox.params import Params
from sandbox.places import named, target
from sandbox.rights import ANYONES, SENDING, may, member_json
from sandbox.world import Event, World


def get_chat(world: World, params: Params) -> Json:
    chat = named(world, params)
    if chat.username is None or chat.is_private:  # A chat with a public name can be looked up from outside.
        chat = target(world, params)
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: Json = {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(kinds, False)
    if chat.linked is not None:
        full["linked_chat_id"] = chat.linked
    if chat.type in ("group", "supergroup"):
        full["permissions"] = {right: right in SENDING and right not in chat.denied for right in ANYONES}
    return full


def _with_open_list(world: World, params: Params) -> Chat:
    """A chat whose members the bot may list; a channel shows them only to its admins."""
    chat = named(world, params)
    if chat.is_channel and not chat.is_admin(world.bot.id):
        raise bad_request("member list is inaccessible")
    return target(world, params)


def get_chat_member(world: World, params: Params) -> Json:
    chat = _with_open_list(world, params)
    user_id = params.number("user_id")
    person = world.bot if user_id == world.bot.id else world.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(chat, person)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = _with_open_list(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    known = {world.bot.id: world.bot, **world.people}
    return [member_json(chat, known[user]) for user in chat.members if chat.is_admin(user)]


def get_chat_member_count(world: World, params: Params) -> int:
    chat = target(world, params)
    return sum(1 for user in chat.members if chat.has(user))


def leave_chat(world: World, params: Params) -> bool:
    chat = target(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.set_member(chat, world.bot, "left")
    world.tell(Event("left", chat.id))
    return True


def _invite_link(world: World, params: Params) -> str:
    chat = target(world, params)
    if chat.is_private:
        raise bad_request("can't create invite links in private chats")
    if not (chat.is_admin(world.bot.id) and may(chat, world.bot.id, "can_invite_users")):
        raise bad_request("not enough rights to manage chat invite link")
    return "https://t.me/+" + hashlib.sha256(str(chat.id).encode()).hexdigest()[:16]


def export_chat_invite_link(world: World, params: Params) -> str:
    return _invite_link(world, params)


def create_chat_invite_link(world: World, params: Params) -> Json:
    flags = {"creates_join_request": params.flag("creates_join_request"), "is_primary": False, "is_revoked": False}
    return {"invite_link": _invite_link(world, params), "creator": world.bot.json(), **flags}


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getchatmembercount": get_chat_member_count,
    "exportchatinvitelink": export_chat_invite_link,
    "createchatinvitelink": create_chat_invite_link,
    "leavechat": leave_chat,
}

"""The Bot API's methods for messages and files, and the full list in `METHODS`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sandbox import bot_profile, checks, members
from sandbox.entities import units
from sandbox.errors import bad_request
from sandbox.files import StoredFile, file_json, picture_size
from sandbox.objects import Chat, Json
from sandbox.params import Params
from sandbox.places import may_send, target, thread_of
from sandbox.rights import may
from sandbox.world import Event, World

DELETABLE = timedelta(hours=48)
ANSWERABLE = timedelta(minutes=15)
CONTENT = ("text", "entities", "caption", "caption_entities", "document", "photo", "reply_markup")


def _own_message(world: World, params: Params) -> tuple[Chat, Json]:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = target(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not world.is_bots(chat, message) and not (chat.is_channel and may(chat, world.bot.id, "can_edit_messages")):
        raise bad_request("message can't be edited")
    return chat, message


# --- messages ---


def _post(world: World, params: Params, chat: Chat, body: Json) -> Json:
    markup = checks.markup(params.json("reply_markup"), private=chat.is_private)
    reply_to = _answered(params, chat)
    topic = thread_of(world, chat, params.number("message_thread_id"), reply_to)
    if params.text("message_effect_id"):
        body["effect_id"] = params.text("message_effect_id")
    if markup and "inline_keyboard" in markup:
        body["reply_markup"] = markup
    author, sender_chat = (None, chat) if chat.is_channel else (world.bot, None)
    message = world.store(chat, author, body, reply_to=reply_to or None, topic=topic, sender_chat=sender_chat)
    world.posted(chat, message)
    world.tell(Event("sent", chat.id, message))
    return message


def _answered(params: Params, chat: Chat) -> int:
    """The id of the message that a call replies to, or 0."""
    reply = params.json("reply_parameters") or {}
    reply_to = int(reply.get("message_id", 0)) or params.number("reply_to_message_id")
    lenient = reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if reply_to and reply_to not in chat.messages and not lenient:
        raise bad_request("message to be replied not found")
    return reply_to


def send_message(world: World, params: Params) -> Json:
    chat = may_send(world, params, "text messages")
    text, marks = checks.message_text(params)
    body: Json = {"text": text}
    if marks:
        body["entities"] = marks
    if preview := params.json("link_preview_options"):
        body["link_preview_options"] = preview
    return _post(world, params, chat, body)


def _captioned(params: Params, body: Json, *, edit: bool = False) -> Json:
    text, marks = checks.caption(params, edit=edit)
    if text:
        body["caption"] = text
        if marks:
            body["caption_entities"] = marks
    return body


def _file(world: World, params: Params, field: str, folder: str) -> StoredFile:
    if (upload := params.upload(field)) is not None:
        return world.files.keep(upload, folder)
    if params.text(field).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # nothing leaves this machine
    if not params.text(field):
        raise bad_request(f"there is no {field} in the request")
    return world.files.find(params.text(field))


def _photo(file: StoredFile) -> list[Json]:
    width, height = picture_size(file.upload.content)
    return [{**file.json(), "width": width, "height": height}]


def send_document(world: World, params: Params) -> Json:
    chat = may_send(world, params, "documents")
    body = _captioned(params, {"document": _file(world, params, "document", "documents").document()})
    return _post(world, params, chat, body)


def send_photo(world: World, params: Params) -> Json:
    chat = may_send(world, params, "photos")
    body = _captioned(params, {"photo": _photo(_file(world, params, "photo", "photos"))})
    return _post(world, params, chat, body)


def _replace(world: World, params: Params, chat: Chat, old: Json, content: Json) -> Json:
    # An edit without reply_markup removes the buttons: Telegram's rule, and a common surprise.
    markup = checks.markup(params.json("reply_markup"), private=chat.is_private)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if all(old.get(name) == content.get(name) for name in CONTENT):
        raise bad_request(checks.NOT_MODIFIED)
    message = {k: v for k, v in old.items() if k not in CONTENT} | {"edit_date": world.now()} | content
    chat.messages[message["message_id"]] = message
    world.edited(chat, message)
    world.tell(Event("edited", chat.id, message))
    return message


def edit_message_text(world: World, params: Params) -> Json:
    chat, old = _own_message(world, params)
    text, marks = checks.message_text(params, edit=True)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, params, chat, old, {"text": text, **({"entities": marks} if marks else {})})


def edit_message_caption(world: World, params: Params) -> Json:
    chat, old = _own_message(world, params)
    if "text" in old:
        raise bad_request("there is no caption in the message to edit")
    media: Json = {k: old[k] for k in ("document", "photo") if k in old}
    return _replace(world, params, chat, old, _captioned(params, media, edit=True))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, old = _own_message(world, params)
    content = {k: old[k] for k in CONTENT if k in old and k != "reply_markup"}
    return _replace(world, params, chat, old, content)


def edit_message_media(world: World, params: Params) -> Json:
    chat, old = _own_message(world, params)
    if "text" in old:
        raise bad_request("there is no media in the message to edit")
    media = params.json("media") or {}
    kind = str(media.get("type", ""))
    if kind not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: unsupported type")
    file = _file(world, Params(media, params.files), "media", f"{kind}s")
    content: Json = {kind: _photo(file) if kind == "photo" else file.document()}
    return _replace(world, params, chat, old, _captioned(Params(media), content, edit=True))


def delete_message(world: World, params: Params) -> bool:
    chat = target(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    own = world.is_bots(chat, message)
    allowed = own or chat.is_private or may(chat, world.bot.id, "can_delete_messages")
    if not allowed or timedelta(seconds=world.now() - message["date"]) > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    world.tell(Event("deleted", chat.id, message))
    return True


def delete_messages(world: World, params: Params) -> bool:
    wanted = params.json("message_ids") or []
    if not 1 <= len(wanted) <= 100:
        raise bad_request("too many messages to delete" if wanted else "message identifiers are not specified")
    chat = target(world, params)
    for message_id in wanted:  # unknown ids are ignored
        if message_id in chat.messages:
            delete_message(world, Params({"chat_id": chat.id, "message_id": message_id}))
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    chat = target(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    wanted = checks.reaction(params.json("reaction"))
    world.tell(Event("reacted", chat.id, message, "".join(str(one.get("emoji", "")) for one in wanted)))
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    chat = target(world, params)
    if not chat.is_private and not may(chat, world.bot.id, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    if params.text("message_id") and params.number("message_id") not in chat.messages:
        raise bad_request("message to pin not found")
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answered or world.clock() - query.asked_at > ANSWERABLE:
        raise bad_request(checks.QUERY_TOO_OLD)
    if units(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    world.tell(Event("answered", query.chat_id, None, params.text("text"), params.flag("show_alert")))
    return True


def send_chat_action(world: World, params: Params) -> bool:
    target(world, params)
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    return True


# --- files ---


def get_file(world: World, params: Params) -> Json:
    return file_json(world.files.find(params.text("file_id")))


# Names match in any letter case, as at Telegram.
METHODS: dict[str, Callable[[World, Params], Any]] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendchataction": send_chat_action,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "setmessagereaction": set_message_reaction,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": pin_chat_message,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    **bot_profile.METHODS,
    **members.METHODS,
}

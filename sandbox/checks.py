"""Telegram's refusals, in its own words."""

from __future__ import annotations

import re
from typing import Any

from sandbox import entities
from sandbox.errors import bad_request
from sandbox.objects import Json
from sandbox.params import Params

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTONS = 100
MAX_ROW = 8
ACTIONS = ("url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
           "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay")  # fmt: skip
ADDRESS = re.compile(r"(https?://)?[^\s/]+\.[^\s]+$|https?://localhost|tg://|mailto:")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
# The allowed emoji of reactions; a tick is not among them.
REACTION_EMOJI = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = frozenset(REACTION_EMOJI.split())

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
"""Characters that Telegram shows as a blank; line ends stay."""


def formatted(params: Params, field: str, entities_field: str, parse_mode: str | None = None) -> tuple[str, list[Json]]:
    """The text of a call with its entities, as it is shown: parsed, completed and trimmed."""
    source = params.text(field)
    mode = (params.text("parse_mode") if parse_mode is None else parse_mode).lower()
    if mode == "html":
        text, marks = entities.html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")  # Markdown is left out of the local Telegram
    else:
        text, marks = source, entities.given(params.json(entities_field) or [])
    text = _CONTROL.sub(" ", text.replace("\r", ""))
    text, marks = entities.trimmed(text, marks)
    return text, entities.with_own_entities(text, marks)


def message_text(params: Params, *, edit: bool = False) -> tuple[str, list[Json]]:
    """The text of a message: 1 to 4,096 UTF-16 code units after the entities are parsed."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, marks = formatted(params, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if entities.units(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG" if edit else "message is too long")
    return text, marks


def caption(params: Params, *, edit: bool = False) -> tuple[str, list[Json]]:
    """The caption of a file: none, or up to 1,024 UTF-16 code units."""
    text, marks = formatted(params, "caption", "caption_entities")
    if entities.units(text) > MAX_CAPTION:
        raise bad_request("MEDIA_CAPTION_TOO_LONG" if edit else "message caption is too long")
    return text, marks


def markup(raw: Any, *, private: bool) -> Json | None:
    """The keyboard of a message, as Telegram keeps it."""
    if raw is None or raw == {}:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in raw:
        return raw
    rows = raw["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays')
    broken = _rows(rows, private=private)
    return {"inline_keyboard": broken} if broken else None


def _rows(rows: list[list[Any]], *, private: bool) -> list[list[Json]]:
    """The rows of buttons; Telegram shows at most eight in a row and breaks longer rows."""
    checked = [[_button(button, private=private) for button in row] for row in rows]
    if sum(map(len, checked)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row[at : at + MAX_ROW] for row in checked for at in range(0, len(row), MAX_ROW)]


def _button(button: Any, *, private: bool) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if not any(action in button for action in ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_action(button)
    if "web_app" in button:
        _check_web_app(button["web_app"], private=private)
    return button


def _check_action(button: Json) -> None:
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not ADDRESS.match(str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(str(button["copy_text"].get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_web_app(app: Json, *, private: bool) -> None:
    if not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    address = str(app.get("url", ""))
    if not address.startswith("https://"):
        raise bad_request(f"inline keyboard button Web App URL '{address}' is invalid: Only HTTPS links are allowed")


def reaction(raw: Any) -> list[Json]:
    """The reactions a bot may set: at most one, from Telegram's list."""
    wanted = raw or []
    if not isinstance(wanted, list):
        raise bad_request("can't parse reaction types JSON object")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for one in wanted:
        if str(one.get("emoji", "")).replace("\ufe0f", "") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    return wanted


def commands(raw: Any) -> list[Json]:
    """A list of bot commands: at most 100, lower-case names up to 32, descriptions of 1 to 256 characters."""
    if not isinstance(raw, list):
        raise bad_request("can't parse commands JSON object")
    if len(raw) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked: list[Json] = []
    for command in raw:
        name = str(command.get("command", "")).removeprefix("/")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        checked.append({"command": name, "description": command["description"]})
    return checked

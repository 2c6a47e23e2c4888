"""Facts about a raw update, needed before a handler reads it."""

from __future__ import annotations

from typing import Any, TypeGuard

from core.records import record

Json = dict[str, Any]

NEWS = frozenset(
    {"migrate_to_chat_id", "migrate_from_chat_id", "new_chat_members", "left_chat_member", "new_chat_title"}
)
"""The fields of service messages about the chat itself."""
_SAID = ("message", "edited_message", "callback_query")


@record
class Sent:
    """The sender of an update in a group, and its time by Telegram's clock in seconds (None for a tap)."""

    by: int
    at: int | None


def chat_of(update: Json) -> int:
    """The chat that an update belongs to; 0 if it belongs to none."""
    for kind, content in update.items():
        if kind == "callback_query" and isinstance(content, dict):
            content = content.get("message")
        chat = content.get("chat") if isinstance(content, dict) else None
        if isinstance(chat, dict) and is_number(chat.get("id")):
            return int(chat["id"])
    return 0


def sent(update: Json) -> Sent | None:
    """The sender; None in a private chat, and for service messages, such as joining and leaving."""
    content = next((update[kind] for kind in _SAID if isinstance(update.get(kind), dict)), None)
    if content is None or chat_of(update) > 0 or not NEWS.isdisjoint(content):
        return None
    sender = content.get("from")
    by = sender.get("id") if isinstance(sender, dict) else None
    return Sent(by, None if "callback_query" in update else _written_at(content)) if is_number(by) else None


def _written_at(message: Json) -> int | None:
    at = message.get("edit_date") or message.get("date")
    return at if is_number(at) else None


def is_number(value: object) -> TypeGuard[int]:
    """Whether a value is an integer that fits into a database column."""
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63

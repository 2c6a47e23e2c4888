"""The meaning of Telegram's refusals."""

from __future__ import annotations

from telegram.error import BadRequest

TOPIC_GONE = ("message thread not found", "topic_deleted")
NO_TOPIC = (*TOPIC_GONE, "topic_closed")
"""The topic takes no message, but the chat itself may."""
CLOSED = (
    "chat not found", "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden",
    "chat_admin_required", "channel_private", "peer_id_invalid",
)  # fmt: skip
"""The bot may not write to the chat at all."""


def says(error: BadRequest, phrases: tuple[str, ...]) -> bool:
    """Whether a refusal contains one of these phrases."""
    return any(phrase in error.message.lower() for phrase in phrases)

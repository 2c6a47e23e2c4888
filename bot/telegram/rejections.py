"""The meaning of Telegram's refusals."""

from __future__ import annotations

from telegram.error import BadRequest

TOPIC_GONE = ("message thread not found", "topic_deleted")
NO_TOPIC = (*TOPIC_GONE, "topic_closed")
"""The message may go to the chat instead."""
CLOSED = (
    "chat not found", "not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden",
    "chat_admin_required", "channel_private", "peer_id_invalid",
)  # fmt: skip
"""The bot may not write there at all."""


def says(error: BadRequest, phrases: tuple[str, ...]) -> bool:
    """Whether a refusal is one of these."""
    return any(phrase in error.message.lower() for phrase in phrases)

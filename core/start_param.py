"""The parameter of a link that opens the Mini App on a group's trees.

Telegram does not tell a Mini App from which chat a link opened it, so the link names the chat. The signature keeps
people from naming any chat they like; whether they are in it is checked separately.
"""

from __future__ import annotations

import hmac
import re

_SHAPE = re.compile(r"g(\d{1,18})-([0-9a-f]{32})", re.ASCII)


def group_param(chat_id: int, secret: str) -> str:
    """The signed parameter for a group (its id is below zero); the key is the bot's token."""
    return f"g{-chat_id}-{_signature(-chat_id, secret)}"


def group_in(param: str, secret: str) -> int | None:
    """The group that a parameter names; None if `group_param` did not make it."""
    parts = _SHAPE.fullmatch(param)
    if parts is None or not hmac.compare_digest(parts[2], _signature(int(parts[1]), secret)):
        return None
    return -int(parts[1])


def _signature(number: int, secret: str) -> str:
    return hmac.digest(secret.encode(), f"goaltree group {number}".encode(), "sha256").hex()[:32]

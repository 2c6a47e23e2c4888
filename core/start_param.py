"""The parameter of a link that opens the Mini App on a group's trees.

Telegram tells a Mini App that was opened by a link no chat, so the link names it. The signature keeps people from
naming any chat they like; that they are in it is asked besides.
"""

from __future__ import annotations

import hmac
import re

_SHAPE = re.compile(r"g(\d{1,18})-([0-9a-f]{32})", re.ASCII)


def group_param(chat_id: int, secret: str) -> str:
    """The parameter that names a group, whose id is below zero, signed with the bot's token."""
    return f"g{-chat_id}-{_signature(-chat_id, secret)}"


def group_in(param: str, secret: str) -> int | None:
    """The group that a parameter names; None for one that was not made by `group_param`."""
    parts = _SHAPE.fullmatch(param)
    if parts is None or not hmac.compare_digest(parts[2], _signature(int(parts[1]), secret)):
        return None
    return -int(parts[1])


def _signature(number: int, secret: str) -> str:
    return hmac.digest(secret.encode(), f"goaltree group {number}".encode(), "sha256").hex()[:32]

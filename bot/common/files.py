"""Files that people send."""

from __future__ import annotations

from telegram.error import BadRequest

from bot.telegram.calls import patiently
from bot.telegram.turn import Turn


async def downloaded(turn: Turn, file_id: str) -> bytes | None:
    """The contents of a file; None if Telegram does not provide it (it does up to 20 MB)."""
    try:
        file = await patiently(lambda: turn.bot.get_file(file_id))
        content = await patiently(file.download_as_bytearray) if file else None
    except BadRequest:
        return None
    return None if content is None else bytes(content)

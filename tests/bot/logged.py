"""Entries logged in a chat."""

from __future__ import annotations

from core.goals.model import Entry
from tests.bot.conftest import Talk


async def entries(talk: Talk) -> list[Entry]:
    """The entries logged in the chat, oldest first."""

    def look(tx):  # type: ignore[no-untyped-def]
        owner = tx.owners.by_chat(talk.chat_id)
        return [entry for vision in tx.trees.visions_of(owner.id) for entry in tx.entries.of_vision(vision.id)]

    return sorted(await talk.stage.store.read(look), key=lambda entry: entry.id)


async def told(talk: Talk) -> list[tuple[str, str, str | None]]:
    """Entries as (day, value, note)."""
    return [
        (f"{e.on:%m-%d}", "skip" if e.skipped else f"{e.value.normalize():f}" if e.value else "0", e.note)
        for e in await entries(talk)
    ]

"""A group's round and its round-up: read as things stand, sent once, and kept up to date by the editor."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime

from bot.editor import Face, NotYet
from bot.letters import Letter, Shown
from bot.turn import Services
from bot.views.round import message
from core.actions.day.round import RoundSheet, gives_way, round_sheet
from core.actions.read import on_snapshot, today_of
from core.delivery import NotNeeded
from core.model import Owner, OwnerType
from core.periods import DAY
from core.ports.store import Transaction
from core.reminders import Message, MessageState
from language import i18n

NOTHING = "nothing is asked of anybody"


async def check_in(services: Services, owner: Owner, asked: Message, now: datetime) -> Letter | NotNeeded:
    """The round of a day; none where nothing is to be done. Earlier rounds of the day that ask for no more give way."""
    sheet = await _sheet(services, asked, now)
    if not sheet.round.asks:
        return NotNeeded(NOTHING)
    for earlier in await services.store.read(lambda tx: tx.outbox.rounds(asked.chat_id, asked.on)):
        if earlier.id < asked.id and earlier.on == asked.on and gives_way(earlier, [asked]):
            touch(services, earlier)
    return Letter(*message(sheet, i18n.words(owner.locale, services.catalogues)))


async def round_up(services: Services, owner: Owner, due: Message, now: datetime) -> Letter | Shown | NotNeeded:
    """The round becomes the round-up; where it cannot be changed any more, the round-up is a message of its own."""
    after = due.after or 0
    asked = await services.store.read(lambda tx: tx.outbox.by_id(after, due.chat_id))
    if asked is None:
        return NotNeeded("its round is not remembered")
    sheet = await _sheet(services, asked, now, is_over=True)
    if sheet.goes_on or not sheet.round.asks:
        return NotNeeded("a later round ends the day" if sheet.goes_on else NOTHING)
    if asked.message_id is not None and await touch(services, asked):
        return Shown(asked.message_id)
    return Letter(*message(sheet, i18n.words(owner.locale, services.catalogues)))


async def _sheet(services: Services, asked: Message, now: datetime, *, is_over: bool = False) -> RoundSheet:
    return await on_snapshot(services.store, lambda tx: round_sheet(tx, asked, now, is_over=is_over))


# --- keeping it up to date ---


def touch(services: Services, asked: Message, update_id: int = 0, message_id: int | None = None) -> Awaitable[bool]:
    """Has a round's message show how things stand. `message_id` is its number, where that is known already."""

    async def render(stamp: int) -> Face | None:
        owner, found = await services.store.read(
            lambda tx: (tx.owners.by_chat(asked.chat_id), tx.outbox.by_id(asked.id, asked.chat_id))
        )
        if owner is None or found is None:
            return None
        number = found.message_id or message_id
        if number is None and found.state is MessageState.SENDING:
            raise NotYet
        if number is None:
            return None
        sheet = await _sheet(services, found, services.clock())
        return Face(
            asked.chat_id, number, *message(replace(sheet, stamp=stamp), i18n.words(owner.locale, services.catalogues))
        )

    return services.editor.touch(("round", asked.id), render, update_id)


async def follow(services: Services, chat_id: int, now: datetime, update_id: int = 0) -> None:
    """The rounds of a group that are about today or yesterday show what has changed. Nothing, where there are none."""

    def look(tx: Transaction) -> list[Message]:
        owner = tx.owners.by_chat(chat_id)
        if owner is None or owner.type is not OwnerType.GROUP:
            return []
        return tx.outbox.rounds(chat_id, today_of(owner, now) - DAY)

    rounds = await services.store.read(look)
    for asked in rounds:
        later = [one for one in rounds if one.id > asked.id and one.on == asked.on]
        if not gives_way(asked, later):
            touch(services, asked, update_id)

"""A group's round and its round-up, as things stand when they are sent."""

from __future__ import annotations

from datetime import datetime

from bot.features.round.view import message
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.day.round import RoundSheet, round_sheet
from core.actions.read import on_snapshot
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.goals.model import Owner
from core.ports.store import Transaction
from language import i18n

NOTHING = "nothing is asked of anybody"


async def check_in(services: Services, owner: Owner, asked: Message, now: datetime) -> Letter | NotNeeded:
    """The round of a day; not needed if nothing is to be done."""
    sheet = await on_snapshot(services.store, lambda tx: round_sheet(tx, asked, now))
    if not sheet.round.asks:
        return NotNeeded(NOTHING)
    return Letter(*message(sheet, i18n.words(owner.locale, services.catalogues)))


async def round_up(services: Services, owner: Owner, due: Message, now: datetime) -> Letter | NotNeeded:
    """Turns the round into the round-up by an edit; if the round cannot be edited any more, the round-up is a new
    message."""

    def look(tx: Transaction) -> RoundSheet | None:
        asked = tx.outbox.by_id(due.after or 0, due.chat_id)
        return None if asked is None else round_sheet(tx, asked, now, is_over=True)

    sheet = await on_snapshot(services.store, look)
    if sheet is None:
        return NotNeeded("its round is not remembered")
    if sheet.goes_on or not sheet.round.asks:
        return NotNeeded("a later round ends the day" if sheet.goes_on else NOTHING)
    words = i18n.words(owner.locale, services.catalogues)
    return Letter(*message(sheet, words), instead_of=sheet.asked.message_id)


FEATURE = Feature(letters={MessageKind.ROUND_UP: round_up})

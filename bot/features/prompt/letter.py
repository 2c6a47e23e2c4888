"""The check-in prompt and its reminder, as things stand when they are sent."""

from __future__ import annotations

from datetime import datetime

from bot.features.prompt.view import prompt
from bot.features.round import letter as group_round
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.day.prompt import PromptSheet, prompt_sheet
from core.actions.read import on_snapshot
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.goals.model import Owner, OwnerType
from core.ports.store import Transaction
from language import i18n


async def check_in(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """One message for everything open; none if nothing is. A repeated prompt (reminder or snooze) asks only for the
    day's own leaves. A group gets its round."""
    if owner.type is OwnerType.GROUP:
        return await group_round.check_in(services, owner, message, now)

    def look(tx: Transaction) -> tuple[PromptSheet, Message | None]:
        first = None if message.after is None else tx.outbox.by_id(message.after, message.chat_id)
        return prompt_sheet(tx, owner, message, now), first

    sheet, first = await on_snapshot(services.store, look)
    in_groups = any(not section.is_over for section in sheet.groups)
    if not in_groups and (not sheet.rows or (message.after is not None and sheet.is_over)):
        return NotNeeded("nothing is open")
    text, keyboard = prompt(sheet, i18n.words(owner.locale, services.catalogues))
    return Letter(text, keyboard, reply_to=first.message_id if first else None)


FEATURE = Feature(letters={MessageKind.CHECK_IN: check_in, MessageKind.NUDGE: check_in})

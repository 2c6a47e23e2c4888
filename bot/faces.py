"""The current contents of prompts, rounds and boards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.features.group import board_view as board
from bot.features.prompt.view import prompt
from bot.features.round import view as group_round
from bot.telegram.keyboard import Keyboard
from bot.telegram.live_messages import Face
from core.actions.day.board import Board, board_in
from core.actions.day.prompt import PromptSheet, prompt_sheet
from core.actions.day.round import RoundSheet, round_sheet
from core.actions.read import on_snapshot
from core.asking.reminders import Message, MessageKind
from core.goals.model import Owner, OwnerType
from core.ports.store import Store, Transaction
from core.records import record
from language import i18n

Sheet = Board | RoundSheet | PromptSheet


@record
class Faces:
    """Reads each message's state in one snapshot, and words it in its chat's language."""

    store: Store
    clock: Callable[[], datetime]
    catalogues: Path

    async def of(self, message: Message) -> Face | None:
        """The contents of a message; None if it or its chat is gone."""
        now = self.clock()

        def look(tx: Transaction) -> tuple[Owner, Message, Sheet] | None:
            owner = tx.owners.by_chat(message.chat_id)
            asked = tx.outbox.by_id(message.id, message.chat_id)
            return (owner, asked, _sheet(tx, owner, asked, now)) if owner and asked else None

        snapshot = await on_snapshot(self.store, look)
        if snapshot is None or snapshot[1].message_id is None:
            return None
        owner, asked, sheet = snapshot
        text, keyboard = _worded(sheet, i18n.words(owner.locale, self.catalogues))
        return Face(asked.chat_id, snapshot[1].message_id, text, keyboard, asked.changes)


def _sheet(tx: Transaction, owner: Owner, asked: Message, now: datetime) -> Sheet:
    if asked.kind is MessageKind.BOARD:
        return board_in(tx, asked.chat_id, asked.on)
    if owner.type is OwnerType.GROUP:
        return round_sheet(tx, asked, now)
    return prompt_sheet(tx, owner, asked, now)


def _worded(sheet: Sheet, w: i18n.Words) -> tuple[str, Keyboard]:
    match sheet:
        case Board():
            return board.board(sheet, w)
        case RoundSheet():
            return group_round.message(sheet, w)
        case PromptSheet():
            return prompt(sheet, w)

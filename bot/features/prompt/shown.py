"""A check-in prompt in the chat: found by what a button or an answer carries, and edited in place."""

from __future__ import annotations

from bot.features.prompt.view import prompt
from bot.telegram.turn import Turn
from core.actions.day.prompt import PromptSheet, read_prompt
from core.actions.sent import read_sent
from core.asking.reminders import PROMPTS, Message
from core.errors import NotFound


async def find_prompt(turn: Turn, prompt_id: int) -> Message | None:
    """A prompt of this chat by its outbox id; None if it is another chat's, or not remembered any more."""
    if not turn.is_private:  # a group has rounds
        return None
    sent = await read_sent(turn.store, turn.actor, prompt_id) if prompt_id else None
    return sent if sent and sent.kind in PROMPTS else None


async def sheet_for(turn: Turn, asked: Message) -> PromptSheet:
    """Its current contents. Raises `NotFound`, should it be gone meanwhile."""
    sheet = await read_prompt(turn.store, turn.actor, asked.id, turn.now)
    if sheet is None:
        raise NotFound("check_in_gone")
    return sheet


async def show(turn: Turn, sheet: PromptSheet, page: int = 0, above: str = "") -> None:
    """Edits the prompt whose button was tapped, with a reply `above`; so it need not be edited once more."""
    is_it = turn.message is not None and turn.message.message_id == sheet.prompt.message_id
    if await turn.edit(*prompt(sheet, turn.words, page=page, above=above)) and is_it:
        turn.services.shown.note(sheet.prompt.id, sheet.prompt.changes)

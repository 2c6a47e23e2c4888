"""A check-in prompt in the chat: looked up for a button or an answer, and edited in place."""

from __future__ import annotations

from bot.features.prompt.view import prompt
from bot.telegram.turn import Turn
from core.actions.day.prompt import PromptSheet, read_prompt
from core.actions.sent import read_sent
from core.asking.reminders import PROMPTS, Message
from core.errors import NotFound


async def find_prompt(turn: Turn, prompt_id: int) -> Message | None:
    """A prompt of this chat by its outbox id; None if it is another chat's, or no longer stored."""
    if not turn.is_private:  # a group has rounds instead
        return None
    sent = await read_sent(turn.store, turn.actor, prompt_id) if prompt_id else None
    return sent if sent and sent.kind in PROMPTS else None


async def sheet_for(turn: Turn, asked: Message) -> PromptSheet:
    """A prompt's current contents. Raises `NotFound` if it is gone."""
    sheet = await read_prompt(turn.store, turn.actor, asked.id, turn.now)
    if sheet is None:
        raise NotFound("check_in_gone")
    return sheet


async def show(turn: Turn, sheet: PromptSheet, page: int = 0, above: str = "") -> None:
    """Edits the tapped prompt, with a reply `above`, and notes that it is up to date."""
    is_it = turn.message is not None and turn.message.message_id == sheet.prompt.message_id
    if await turn.edit(*prompt(sheet, turn.words, page=page, above=above)) and is_it:
        turn.services.shown.note(sheet.prompt.id, sheet.prompt.changes)

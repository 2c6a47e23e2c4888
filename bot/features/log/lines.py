"""Reads the lines of a message as logs."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.common.goals import Reach, context_of
from bot.features.log.buttons import Origin
from bot.telegram.errors import sentence
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.logged import CheckOff, How, Log
from core.errors import GoaltreeError
from core.records import record
from language.parsing.line import Context, KnownGoal, KnownGoals, SaidLine, SaidOfGoal
from language.parsing.log_text import read_line, split_lines
from language.parsing.several import doubt_days, split_goals

MOST_LINES = 30
"""More lines would delay other chats: finding names in a large tree takes a while."""


@record
class LineAnswer:
    """The answer to one line. `logged` is its check-off; `asks` is the goal and the day for which it asks how much."""

    text: str
    keyboard: Keyboard = ()
    logged: CheckOff | None = None
    asks: tuple[int, date] | None = None


async def read_all(turn: Turn, reach: Reach) -> list[SaidLine | LineAnswer]:
    """Every line (at most one more than allowed), understood or answered with what is wrong with it."""
    goals, lines = reach.goals, []
    context = context_of(turn, turn.about)
    for text in split_lines(turn.args)[: MOST_LINES + 1]:
        parts = [_read(turn, goals, part, context) for part in split_goals(text, goals, context)]
        dated = doubt_days([part if isinstance(part, SaidLine) else None for part in parts], context)
        lines += [line or part for line, part in zip(dated, parts, strict=True)]
        await asyncio.sleep(0)  # let other chats have their turn
    return lines


def _read(turn: Turn, goals: KnownGoals, text: str, context: Context) -> SaidLine | LineAnswer:
    try:
        return read_line(text, goals, context)
    except GoaltreeError as error:
        return LineAnswer(sentence(error, turn.words))


async def wanted(turn: Turn, reach: Reach, goal: KnownGoal, said: SaidOfGoal, source_key: str) -> Log:
    """The log of one goal. For a skip it also finds out whether the sender is an admin."""
    skips = said.how is How.SKIP
    if skips:
        await turn.try_whether_admin()
    value = None if skips else said.value
    on = reach.day_of(turn, goal.id, said.on)
    return Log(goal.id, on, said.how, value, said.note, source_key, sure=False)


def origin_of(turn: Turn, part: int) -> Origin:
    """The origin that buttons for a line carry."""
    return (turn.message.message_id if turn.message else 0), part

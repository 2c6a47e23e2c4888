"""Whether words are clearly a log, or about the day, although another question is open."""

from __future__ import annotations

from bot.common.goals import context_of, reach_on
from bot.telegram.turn import Turn
from core.errors import GoaltreeError
from language.meanings import Meaning
from language.parsing.line import SaidLine
from language.parsing.log_text import read_line, split_lines
from language.tokens import phrase

_OF_THE_DAY = (Meaning.ALL_DONE, Meaning.ASK_DAY, Meaning.ASK_SUMMARY, Meaning.ASK_TREE, Meaning.DAY_OFF)


async def clearly_logs(turn: Turn) -> bool:
    """Whether every line of the message names one goal and does something to it."""
    lines = await _lines(turn)
    return bool(lines) and all(_is_clear(line) for line in lines)


async def is_aside(turn: Turn) -> bool:
    """Whether the message cannot answer a question about a plan: it logs an existing goal, is about the whole day, or
    asks how things stand."""
    said = phrase(turn.text).rstrip(" ?!.")
    if turn.lexicon.means(said, *_OF_THE_DAY) and (await reach_on(turn, turn.written_on)).goals:
        return True
    return await clearly_logs(turn)


async def names_a_goal(turn: Turn) -> bool:
    """Whether a line of the message names any goal, so that it may be a log if nothing else understands it."""
    return any(line.goals for line in await _lines(turn))


async def _lines(turn: Turn) -> list[SaidLine]:
    """The lines of a message as logs; empty if one cannot be read, or there are no goals."""
    goals = (await reach_on(turn, turn.written_on)).goals
    try:
        return [read_line(line, goals, context_of(turn)) for line in split_lines(turn.text)[:9]] if goals else []
    except GoaltreeError:
        return []


def _is_clear(line: SaidLine) -> bool:
    """Whether a line names one goal by its whole title, or by its beginning together with something done."""
    if len(line.goals) != 1 or not line.goals[0].leaf or line.goals[0].ended:
        return False
    name, title = line.name.casefold(), " ".join(line.goals[0].title.split()).casefold()
    return name == title if line.said.plain else title.startswith(name)

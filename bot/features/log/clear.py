"""Whether words are clearly a log, though another question is open."""

from __future__ import annotations

from bot.common.goals import context_of, reach_on
from bot.telegram.turn import Turn
from core.errors import GoaltreeError
from language.parsing.line import Line
from language.parsing.log_text import read_line, split_lines


async def clearly_logs(turn: Turn) -> bool:
    """Whether every line of the message names one goal and does something to it."""
    goals = (await reach_on(turn, turn.written_on)).goals
    try:
        lines = [read_line(line, goals, context_of(turn)) for line in split_lines(turn.text)[:9]]
    except GoaltreeError:
        return False
    return bool(goals) and all(_is_clear(line) for line in lines)


def _is_clear(line: Line) -> bool:
    """One goal by the beginning of its title with something done to it, or by its whole title."""
    if len(line.goals) != 1 or not line.goals[0].leaf or line.goals[0].ended:
        return False
    name, title = line.name.casefold(), " ".join(line.goals[0].title.split()).casefold()
    return name == title if line.said.plain else title.startswith(name)

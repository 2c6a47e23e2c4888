"""Plain words that ask for what a command shows ("what's left?", "how am I doing?"), and small talk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.common.goals import Reach
from bot.features.help.handler import help_command
from bot.features.log import day
from bot.features.log import sentences as talk
from bot.features.summary.handler import summary_command
from bot.features.tree.handler import tree_command
from bot.telegram.turn import Turn
from language.meanings import Meaning
from language.tokens import phrase


async def answers_question(turn: Turn, reach: Reach) -> bool:
    """Answers words that ask for the day, the summary, the tree or help, and small talk; False for all others. A goal
    of that name goes first."""
    said = phrase(turn.args).rstrip(" ?!.")
    if said in reach.goals.phrases:
        return False
    answer = next((one for meaning, one in _ANSWERS.items() if turn.lexicon.means(said, meaning)), None)
    if answer is None:
        return False
    turn.args = ""
    await answer(turn)
    return True


async def _welcome(turn: Turn) -> None:
    await turn.reply(talk.welcome(turn.words))


async def _greeted(turn: Turn) -> None:
    await turn.reply(talk.greeting(turn.words))


async def _nodded(turn: Turn) -> None:
    await turn.reply("👍")


_ANSWERS: Mapping[Meaning, Callable[[Turn], Awaitable[None]]] = {
    Meaning.ASK_DAY: day.show_day,
    Meaning.ASK_SUMMARY: summary_command,
    Meaning.ASK_TREE: tree_command,
    Meaning.ASK_HELP: help_command,
    Meaning.GREETING: _greeted,
    Meaning.THANKS: _welcome,
    Meaning.NOD: _nodded,
    Meaning.OK: _nodded,
    Meaning.YES: _nodded,
    Meaning.AGREED: _nodded,
}

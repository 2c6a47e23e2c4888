"""Plain words that are no log: commands without a slash ("my goals", "remind me at 7"), and small talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.common.goals import Reach
from bot.features.log import sentences as talk
from bot.features.log.clear import clearly_logs
from bot.telegram.turn import Turn
from language.i18n import Words
from language.meanings import Meaning
from language.tokens import phrase


async def answers_talk(turn: Turn, reach: Reach) -> bool:
    """Runs the command that words mean, or answers small talk. False for any other words, and for those that name a
    goal."""
    said = phrase(turn.args)
    answer = next((one for meaning, one in _ANSWERS.items() if turn.lexicon.means(said.rstrip(" ?!."), meaning)), None)
    if answer is None and turn.spoken is None:
        return False
    if await _names_a_goal(turn, said, reach):
        return False
    if turn.spoken:
        await turn.spoken(turn)
    elif answer:
        await turn.reply(answer(turn.words))
    return True


async def _names_a_goal(turn: Turn, said: str, reach: Reach) -> bool:
    """Whether the words begin with a goal, or add to one: "pause 5 min" of a goal called Pause, "add 5 km to run"."""
    first = said.partition(" ")[0]
    begins = any(title.partition(" ")[0] == first for title in reach.goals.phrases)
    return begins or (turn.lexicon.means(first, Meaning.ADD) and await clearly_logs(turn))


def _nodded(_: Words) -> str:
    return "👍"


_ANSWERS: Mapping[Meaning, Callable[[Words], str]] = {
    Meaning.GREETING: talk.greeting,
    Meaning.THANKS: talk.welcome,
    Meaning.REGRET: talk.how_to_take_back,
    Meaning.STOP_ASKING: talk.how_to_be_left_alone,
    Meaning.NOD: _nodded,
    Meaning.OK: _nodded,
    Meaning.YES: talk.yes_to_what,
    Meaning.AGREED: _nodded,
}

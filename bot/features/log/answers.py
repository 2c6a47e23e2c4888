"""The lines of a message, logged and answered together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.common.goals import Reach
from bot.common.terms import invitation
from bot.features.group.buddy import buddy_line
from bot.features.log import choose
from bot.features.log import sentences as talk
from bot.features.log.buttons import AmountAsked
from bot.features.log.lines import MOST_LINES, LineAnswer
from bot.features.log.one_line import answer_line
from bot.telegram.html import LIMIT, units
from bot.telegram.turn import Turn
from language.parsing.line import SaidLine


async def log_lines(turn: Turn, reach: Reach, lines: list[SaidLine | LineAnswer], *, talking: bool) -> None:
    """Logs the lines of a message, in one reply as far as there are no questions. `talking`: the words may be part of a
    conversation."""
    if not reach.trees:
        await turn.reply(invitation(turn.words))
        return
    if len(lines) > MOST_LINES:
        await turn.reply(talk.too_many_lines(MOST_LINES, turn.words))
        return
    answers = [
        line if isinstance(line, LineAnswer) else await answer_line(turn, reach, line, part, talking=talking)
        for part, line in enumerate(lines)
    ]
    await _keep_notes(turn, lines, answers)
    await _keep_question(turn, answers)
    for answer in _joined(await _with_buddy(turn, answers)):
        await turn.reply(answer.text, answer.keyboard)


async def _keep_notes(turn: Turn, lines: Sequence[SaidLine | LineAnswer], answers: Sequence[LineAnswer]) -> None:
    """Keeps the notes of lines whose goal is still to be chosen by a button."""
    notes = {}
    for part, (line, answer) in enumerate(zip(lines, answers, strict=True)):
        if answer.keyboard and answer.logged is None and isinstance(line, SaidLine) and line.said.note:
            notes[part] = line.said.note
    if notes:
        await choose.keep_notes(turn, notes)


async def _keep_question(turn: Turn, answers: Sequence[LineAnswer]) -> None:
    """Remembers the question of a single line, so that a number in the next message answers it."""
    asked = [answer.asks for answer in answers if answer.asks is not None]
    if len(asked) == 1 and turn.is_private:
        await turn.remember(AmountAsked(*asked[0], None))


async def _with_buddy(turn: Turn, answers: list[LineAnswer]) -> list[LineAnswer]:
    """The answers, with the line about the buddy's confirmation below the last."""
    logged = [answer.logged for answer in answers if answer.logged is not None]
    waits, keyboard = await buddy_line(turn, max(done.on for done in logged)) if logged else ("", ())
    if not waits:
        return answers
    if answers[-1].keyboard:
        return [*answers, LineAnswer(waits, keyboard)]
    return [*answers[:-1], LineAnswer(f"{answers[-1].text}\n{waits}", keyboard)]


def _joined(answers: list[LineAnswer]) -> list[LineAnswer]:
    """Joins answers without buttons into as few messages as possible."""
    joined: list[LineAnswer] = []
    for answer in answers:
        last = joined[-1] if joined else None
        if last and not last.keyboard and not answer.keyboard and units(last.text + answer.text) < LIMIT - 2:
            joined[-1] = LineAnswer(f"{last.text}\n\n{answer.text}")
        else:
            joined.append(answer)
    return joined

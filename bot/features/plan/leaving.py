"""Words that cancel a plan in progress, or go back in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.features.plan import view
from bot.telegram.question import Question
from bot.telegram.turn import Turn
from language.meanings import Meaning
from language.tokens import phrase

Q = TypeVar("Q", bound=Question)
Answer = Callable[[Turn, Q], Awaitable[None]]

_LEAVING = (Meaning.LEAVE, Meaning.OFF, Meaning.QUIT)


def leavable(answer: Answer[Q], back: Callable[[Turn, Q], Awaitable[bool]] | None = None) -> Answer[Q]:
    """An answer's handler that first understands "stop", which cancels, and "back", which goes back or cancels if there
    is no earlier question."""

    async def handle(turn: Turn, asked: Q) -> None:
        said = phrase(turn.text)
        if turn.lexicon.means(said, Meaning.BACK):
            if back is None or not await back(turn, asked):
                await leave(turn)
        elif turn.lexicon.means(said, *_LEAVING):
            await leave(turn)
        else:
            await answer(turn, asked)

    return handle


async def leave(turn: Turn) -> None:
    """Cancels any conversation."""
    was = await turn.recall()
    await turn.forget()
    await turn.reply(view.cancelled(was is not None, turn.words))

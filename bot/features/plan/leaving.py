"""Words that leave a plan that is being made, or go back in it: they are none of its goals."""

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
    """The handler of an answer, for words that are none: "stop" leaves, and so does "back" where `back` knows no
    earlier question."""

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
    """Leaves any conversation."""
    was = await turn.recall()
    await turn.forget()
    await turn.reply(view.cancelled(was is not None, turn.words))
